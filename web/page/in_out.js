// Experiments in and out: files, links, populations; what is not possible is told, and the last state goes on.
import { all_designs, current_text, hash, settle, unsettle } from "./compute.js";
import { fill, h } from "./dom.js";
import { is_certain, left_out, most_designs, question_text, read, text_of } from "./experiment.js";
import { fragment, state_of } from "./files.js";
import { speed } from "./frame.js";
import { metrics } from "./results.js";
import { take_result } from "./shown_result.js";
import { element, ends, horizon_quarter, page, start_index, told_by_engine } from "./state.js";
import { t } from "./words.js";

const { view } = page;
const run_name = "experiments/page.toml";
let unchanged = "";

/** The experiment as a file, designs that are not shown included. */
export const text = () => text_of({ ...page.experiment, designs: all_designs() }, !view.ignorance);

/** The model and its doubt, as far as a link holds them. */
const model_mark = () => page.about.model_sha256.slice(0, 12) + ensembles().map((sha256) => sha256.slice(0, 12)).join("");
/** Hashes of the ensembles as the model ships them; the page holds them without the columns that nobody reads. */
const ensembles = () => page.about.ensembles.map(({ file, sha256 }) => page.cargo.ensembles[file] ?? sha256);
/** The first characters of each. @param {number} length */
export const ensemble_marks = (length) => ensembles().map((sha256) => sha256.slice(0, length)).join(", ") || "–";
/** As a file that says what it was made by. */
export const file_text = () => `# ${t("version", { version: page.cargo.version, model: `${page.about.model} ${page.about.model_sha256}`, ensemble: ensemble_marks(64) })}\n${text()}`;

/** @param {string} what @param {string | import("./said.js").Finding[]} [behind] texts, or what the engine says */
export function tell(what, behind = "") {
  const messages = typeof behind === "string" ? behind : behind.map(told_by_engine).join("\n");
  const place = element("messages"), before = /** @type {HTMLElement} */ (document.activeElement);
  const close = () => { hush(); (before.isConnected && before !== document.body ? before : element("open")).focus(); };
  fill(place, h("p", {}, what), messages && h("pre", { tabindex: 0 }, messages), h("button", { type: "button", onclick: close }, "OK"));
  place.hidden = false;
}
export function hush() {
  element("messages").hidden = true;
  fill(element("messages"));
}

let version = 0;
let reading = Promise.resolve(false);
/** Reads the experiment as it stands. Of several changes in a row the last one counts. @returns {Promise<boolean>} */
export function apply() {
  const mine = ++version;
  reading = reading.then(async () => {
    if (mine !== version) return false;
    unsettle();
    const begin = performance.now(), answer = await page.pool.open(run_name, current_text());
    speed.open = performance.now() - begin;
    if (answer.messages === undefined) {
      page.about = answer.about;
      hush();
    } else tell(t("not_applied"), answer.messages);
    settle();
    page.redraw();
    page.pool.kick();
    return answer.messages === undefined;
  });
  void remember();
  return reading;
}

/** A slider that moves is read as often as there is time for it. */
export function apply_soon() {
  speed.moved ||= performance.now();
  void apply();
}

/** What was asked becomes part of the experiment. */
export function ask() {
  const { question } = page, index = start_index() + horizon_quarter();
  const { title } = page.experiment, titles = typeof title === "string" ? { en: title, de: title } : title;
  const { en, de } = question.en ? question : titles;
  page.experiment.question = question_text(question, { en, de }, view.metric, view.group, `${Math.floor(index / 4)}-Q${(index % 4) + 1}`);
  void remember();
  page.redraw();
}

/** Takes up what the experiment asks, as far as the page can ask it. */
function take_question() {
  const { question } = page, labels = (/** @type {string} */ of) => question.of.filter(([grouping]) => grouping === of).map(([, label]) => label);
  // the page asks about one class of a grouping or about all of them
  const part = (/** @type {string} */ of) => { const [one, ...more] = labels(of); return one === undefined || more.length ? "all" : one; };
  view.horizon = Math.max(0, ends().findIndex((end) => end > (question.horizon ?? 0)));
  if (!question.in_numbers) return;
  if (metrics.includes(question.metric)) view.metric = question.metric;
  view.group = { size: part("size_class"), fiscal: part("fiscal_class") };
}

/** @param {string} given @param {string} name @param {boolean} [certain] chance alone */
export async function open(given, name, certain = is_certain(given)) {
  unsettle();
  const answer = await page.pool.open(`experiments/${name}`, tidied(given));
  if (answer.messages !== undefined) {
    tell(t("not_opened"), answer.messages);
    if (page.experiment) {
      await page.pool.open(run_name, current_text());
      settle();
      page.pool.kick();
    }
    return false;
  }
  page.about = answer.about;
  page.question = answer.about.question;
  ({ catalogue: page.catalogue, discount: page.discount, experiment: page.experiment } = read(given, answer.resolved));
  page.beyond = page.experiment.designs.splice(most_designs);
  view.ignorance = !certain;
  view.selected = 0;
  take_question();
  await apply();
  if (page.beyond.length) tell(t("too_many"));
  else if (set_aside(given)) tell(t("own_points"));
  return true;
}

/** @param {string} given */
const set_aside = (given) => new RegExp(`^\\s*\\[+\\s*(${left_out(given).join("|")})\\b`, "m").test(given);

/** Without what the page leaves to the command line. A line that is cut stays as an empty one, so that messages name the lines of the
 * file. @param {string} given */
function tidied(given) {
  const out = left_out(given);
  let cut = false;
  return given.replace(/^\uFEFF/, "").split(/(?<=\n)/).map((line) => {
    const header = /^\s*\[\[?\s*([A-Za-z0-9_]+).*\]\s*(#.*)?\r?\n?$/.exec(line);
    if (header) cut = out.includes(header[1]);
    return cut ? "\n" : line;
  }).join("");
}

let remembered = 0;
/** Writes the state into the address, and tells it. Of several in a row the last one stands. */
export async function remember() {
  if (!page.experiment) return "";
  const mine = ++remembered;
  const now = text(), { language, example, metric, group, horizon, ignorance, unit } = view;
  const state = { l: language, e: example, ...(now !== unchanged || !example ? { t: now } : {}), m: metric, g: group, h: horizon, i: ignorance ? 1 : 0, u: unit, v: page.cargo.version, s: model_mark() };
  const link = await fragment(state);
  if (mine === remembered) history.replaceState(null, "", link);
  return link;
}

/** @param {File} file */
export async function take(file) {
  const name = file.name.toLowerCase();
  if (name.endsWith(".toml")) {
    if (await open(await file.text(), file.name)) { view.example = ""; unchanged = ""; page.redraw(); await remember(); }
  } else if (name.endsWith(".csv")) await take_population(await file.text());
  else if (/\.(h5|hdf5|nc)$/.test(name)) await take_result(file, tell);
  else tell(t("not_known"));
}

/** @param {string} csv */
async function take_population(csv) {
  const before = { frame: page.experiment.frame, population: page.population };
  await page.pool.put("experiments/population.csv", csv);
  page.population = hash(csv);
  page.experiment.frame = `${before.frame.replace(/^\s*\[population\][^[]*/m, "")}\n[population]\nfile = "population.csv"\n`;
  if (await apply()) return tell(t("population_taken", { n: page.about.units }));
  page.experiment.frame = before.frame;
  page.population = before.population;
}

/** The state of the address, of the experiment inside the page, or the first example. */
export async function restore() {
  const own = element("experiment").textContent.trim();
  const state = location.hash.length > 1 ? await state_of(location.hash) : null;
  const bad = location.hash.length > 1 && !state;
  if (state) {
    view.language = state.l === "en" ? "en" : "de";
    view.example = page.cargo.examples.includes(state.e) ? state.e : "";
    if (Number.isInteger(state.u)) view.unit = state.u;
  } else if (own) view.example = "";
  const given = state?.t ?? (view.example ? page.cargo.texts[`experiments/${view.example}.toml`] : own || page.cargo.texts["experiments/own_share.toml"]);
  let refused = "";
  if (!(await open(given, "page.toml", state?.i === 0 || is_certain(given))) && !page.experiment) {
    refused = element("messages").querySelector("pre")?.textContent ?? "";
    view.example = "own_share";
    await open(page.cargo.texts["experiments/own_share.toml"], "own_share.toml");
  }
  unchanged = state?.t || refused ? "" : text();
  if (metrics.includes(state?.m)) view.metric = state.m;
  if (state?.g?.size && state?.g?.fiscal) view.group = state.g;
  if (Number.isInteger(state?.h) && state.h < ends().length) view.horizon = state.h;
  page.redraw();
  if (bad) tell(t("bad_link"));
  else if (state?.s && state.s !== model_mark()) tell(t("other_model", { version: state.v }));
  if (refused) tell(t("not_opened"), refused);
}

/** Another example of the page. @param {string} name */
export async function open_example(name) {
  view.example = name;
  await open(page.cargo.texts[`experiments/${name}.toml`], `${name}.toml`);
  unchanged = text();
  await remember();
}
