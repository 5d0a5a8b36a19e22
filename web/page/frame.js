// Head, question and foot of the page.
import { by_points, most_pairs } from "./compute.js";
import { fill, h } from "./dom.js";
import { save } from "./files.js";
import { apply, ask, file_text, open_example, remember, take, tell } from "./in_out.js";
import { choice } from "./levers.js";
import { metrics, spread, told_gains } from "./results.js";
import { element, end_words, ends, file_name, in_language, page } from "./state.js";
import { number, quarter, rounded, t } from "./words.js";

const { view } = page;

/** @param {string} key @param {string} label @param {[string, string][]} options @param {string} value @param {(value: string) => void} set */
export function asked(key, label, options, value, set) {
  const made = choice(label, value, options, set);
  made.classList.add("inline");
  made.querySelector("select").id = `ask-${key}`;
  made.querySelector("label").htmlFor = `ask-${key}`;
  return made;
}

/** Draws and gives the focus back to what had it. @param {() => void} draw */
export function keeping_focus(draw) {
  const focused = document.activeElement?.id;
  draw();
  if (focused && focused !== document.activeElement?.id) element(focused)?.focus({ preventScroll: true });
}

export const draw_head = () => keeping_focus(() => {
  element("brand").textContent = t("title");
  element("skip").textContent = t("skip");
  element("intro").textContent = t("intro");
  const examples = page.cargo.examples.map((name) => /** @type {[string, string]} */ ([name, t(`example_${name}`)]));
  if (!view.example) examples.unshift(["", in_language(page.experiment.title).slice(0, 40)]);
  const file = h("input", { type: "file", accept: ".toml,.csv,.h5", id: "file", class: "hidden", tabindex: -1, "aria-label": t("open") });
  file.addEventListener("change", () => file.files[0] && take(file.files[0]));
  const button = (/** @type {string} */ id, /** @type {() => void} */ press, /** @type {string} */ label) => h("button", { type: "button", id, onclick: press }, label);
  fill(element("tools"), asked("example", t("example"), examples, view.example, (name) => { if (name) void open_example(name); }), file,
    button("open", () => file.click(), t("open")), button("save", () => save(`${file_name()}.toml`, file_text(), "application/toml"), t("save")),
    button("link", copy_link, t("link")), button("print", () => print(), t("print")),
    h("button", { type: "button", id: "language", lang: view.language === "de" ? "en" : "de", onclick: switch_language }, view.language === "de" ? "English" : "Deutsch"));
});

async function copy_link() {
  await remember();
  const copied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
  tell(t(copied ? "link_copied" : "link_in_address"));
}

function switch_language() {
  view.language = view.language === "de" ? "en" : "de";
  page.redraw();
  void remember();
}

let question_drawn = "";
/** Not drawn anew while nothing of it has changed: a list that is open would close. */
export const draw_question = () => keeping_focus(() => {
  const now = JSON.stringify([view.language, page.question, view.group, view.metric, view.horizon, ends(), page.about.start, page.about.axes, page.experiment.frame]);
  if (now === question_drawn) return;
  question_drawn = now;
  const { about } = page, { size, fiscal } = view.group;
  const all = (/** @type {string} */ axis) => [["all", t(`any_${axis}`)], ...about.axes[axis].labels.map((label) => [label, t(`class_${label}`)])];
  const text = view.language === "de" ? page.question.de : page.question.en;
  fill(element("question"), h("h2", { id: "h-question" }, t("question")), text && h("p", { class: "asked" }, text),
    h("div", { class: "ask" },
      asked("metric", t("asked"), metrics.map((metric) => [metric, t(`metric_${metric}`)]), view.metric, (metric) => { view.metric = metric; ask(); }),
      asked("size", t("among"), /** @type {any} */ (all("size_class")), size, (label) => { view.group.size = label; ask(); }),
      asked("fiscal", t("and"), /** @type {any} */ (all("fiscal_class")), fiscal, (label) => { view.group.fiscal = label; ask(); }),
      asked("until", t("until"), ends().map((end, k) => [String(k), end_words(end, quarter)]), String(view.horizon), (k) => { view.horizon = Number(k); ask(); }),
      where()));
});

/** Länder of the model's population. */
export function land_names() {
  /** @type {string[]} */
  const found = [];
  for (const match of (page.cargo.texts["models/germany/population.toml"] ?? "").matchAll(/^\s*(?:land|name)\s*=\s*"([^"]+)"/gm)) if (!found.includes(match[1])) found.push(match[1]);
  return found;
}

const whole_land = /^\s*\[population\]\s*\nselect = \{ land = \["([^"]+)"\] \}\n?/m;

/** "" for the whole country. */
const land_asked = () => whole_land.exec(page.experiment.frame)?.[1] ?? "";

/** The area in words. */
export const area = () => land_asked() || (/^\s*\[population\]/m.test(page.experiment.frame) ? t("own_population") : t("whole"));

/** The whole country or one Land, unless the experiment has a population of its own. */
function where() {
  const { experiment } = page, current = land_asked(), names = land_names();
  if (names.length < 2 || (!current && /^\s*\[population\]/m.test(experiment.frame))) return null;
  return asked("where", t("where"), [["", t("whole")], ...names.map((name) => /** @type {[string, string]} */ ([name, name]))], current, (land) => {
    experiment.frame = experiment.frame.replace(whole_land, "");
    if (land) experiment.frame += `\n[population]\nselect = { land = [${JSON.stringify(land)}] }\n`;
    void apply();
  });
}

export const group_words = () => {
  const { size, fiscal } = view.group;
  return [size === "all" && fiscal === "all" ? t("class_all") : size === "all" ? "" : t(`class_${size}`), fiscal === "all" ? "" : t(`class_${fiscal}`)].filter(Boolean).join(", ");
};

/** "2 of 96 points". @param {number} n */
export const count_words = (n) => t(by_points() ? "pairs" : "replicates", { n, of: most_pairs() });

/** Milliseconds: of a run (a running mean), of reading an experiment, of drawing the answer, from a moved lever to its first answer. */
export const speed = { run: 0, open: 0, draw: 0, first: 0, moved: 0 };

/** @param {import("./answer.js").Shown[]} shown @param {number} at */
export const draw_foot = (shown, at) => keeping_focus(() => {
  const { about, experiment, pool } = page, most = most_pairs();
  const n = shown.length < experiment.designs.length ? 0 : Math.min(most, ...shown.map(({ first }) => first.length));
  const halves = shown.map(({ first }) => spread(about, told_gains(about, first, view.metric, view.group, at)).half).filter(Number.isFinite);
  const left = (3 * n * (experiment.designs.length + 1) * (speed.run / 1000)) / Math.max(1, pool.workers.length);
  const ignorance = h("input", { type: "checkbox", id: "ignorance", checked: view.ignorance });
  ignorance.addEventListener("change", () => { view.ignorance = ignorance.checked; void apply(); });
  fill(element("foot"), h("strong", {}, t("precision")), h("span", { id: "pairs", "data-pairs": n, "data-of": most }, count_words(n)),
    h("label", { class: "tick" }, ignorance, " ", t("ignorance")), h("span", {}, t("units", { n: number(about.units) })),
    halves.length > 0 && h("span", {}, t("known_within", { middle: t(by_points() ? "median" : "mean"), n: rounded(Math.max(...halves)) })),
    h("span", {}, n >= most ? t("at_rest") : !view.running ? t("paused") : n >= 2 && speed.run ? t("halving", { s: number(left) }) : t("computing")),
    h("button", { type: "button", id: "pause", class: "quiet", onclick: () => { view.running = !view.running; draw_foot(shown, at); pool.kick(); } }, t(view.running ? "pause" : "go_on")),
    h("small", { id: "speed" }, speed.run ? [t("speed", { ms: number(speed.run), workers: pool.workers.length }), speed.first && t("first_answer", { ms: number(speed.first) })].filter(Boolean).join(", ") : ""));
});
