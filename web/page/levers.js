// The levers of a design in the words of a guideline; every number with its plausible range and grade.
import { h } from "./dom.js";
import { rates } from "./experiment.js";
import { number, quarter, t, typed } from "./words.js";

/** @typedef {import("./experiment.js").Programme} Programme */
/** @typedef {import("./experiment.js").Catalogue} Catalogue */
/** @typedef {import("./experiment.js").Evidence} Evidence */

const fiscal = ["weak", "middle", "strong"];
const rules = ["fcfs", "merit", "lottery", "need", "quota", "formula"];
/** Hard bounds of gains [src/model/programmes.cpp]; the engine refuses what lies beyond. */
const most = (/** @type {string} */ port) => (rates.includes(port) ? 1 : 100);

let ids = 0;

/**
 * A number as a slider and as a field for typing, with a decimal comma or point.
 * @param {{ label: string, value: number, low: number, high: number, hard?: [number, number], step?: number, percent?: boolean, evidence?: Evidence, note?: (value: number) => string,
 *   set: (value: number) => void }} lever
 */
function lever({ label, value, low, high, hard = [low, high], step, percent, evidence, note, set }) {
  const id = `lever-${++ids}`, by = step ?? (high - low) / 100, scale = percent ? 100 : 1;
  const digits = Math.max(0, Math.min(4, Math.ceil(-Math.log10(by * scale) - 1e-9)));
  const shown = (/** @type {number} */ of) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: digits, useGrouping: false }).format(of * scale);
  const field = h("input", { id, type: "text", inputmode: "decimal", value: shown(value), "aria-describedby": `${id}-note` });
  const slider = h("input", { type: "range", min: Math.min(low, value), max: Math.max(high, value), step: by, "aria-label": label, "aria-describedby": `${id}-note` });
  slider.value = String(value);
  const told = h("small", { id: `${id}-note` });
  const tell = (/** @type {number} */ of) => {
    const outside = evidence && (of < evidence.range[0] - 1e-12 || of > evidence.range[1] + 1e-12);
    told.textContent = [note?.(of), evidence && t("grade", { low: number(evidence.range[0] * scale, digits), high: number(evidence.range[1] * scale, digits), grade: evidence.grade }),
      evidence?.grade === "D" && t("assumption"), outside && `⚠ ${t("outside")}`].filter(Boolean).join(" · ");
    told.className = outside ? "outside" : "";
  };
  tell(value);
  if (evidence) told.title = evidence.source;
  slider.addEventListener("input", () => { field.value = shown(Number(slider.value)); field.removeAttribute("aria-invalid"); tell(Number(slider.value)); set(Number(slider.value)); });
  field.addEventListener("change", () => {
    const given = typed(field.value);
    if (given === null || given / scale < hard[0] || given / scale > hard[1]) {
      told.textContent = t("possible", { low: number(hard[0] * scale, digits), high: number(hard[1] * scale, digits) });
      told.className = "outside";
      return field.setAttribute("aria-invalid", "true");
    }
    field.removeAttribute("aria-invalid");
    slider.min = String(Math.min(low, given / scale));
    slider.max = String(Math.max(high, given / scale));
    slider.value = String(given / scale);
    tell(given / scale);
    set(given / scale);
  });
  return h("div", { class: "lever" }, h("label", { for: id }, label), slider, field, percent ? h("span", { class: "unit", "aria-hidden": "true" }, "%") : h("span", {}), told);
}

/** @param {string} label @param {boolean} value @param {(value: boolean) => void} set */
function tick(label, value, set) {
  const box = h("input", { type: "checkbox", checked: value });
  box.addEventListener("change", () => set(box.checked));
  return h("label", { class: "tick" }, box, " ", label);
}

/** @param {string} label @param {string} value @param {[string, string][]} options @param {(value: string) => void} set */
export function choice(label, value, options, set) {
  const id = `choice-${++ids}`;
  const select = h("select", { id }, ...options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
  select.value = value;
  select.addEventListener("change", () => set(select.value));
  return h("div", { class: "choice" }, h("label", { for: id }, label), select);
}

/** Quarters of the run as options. @param {number} from @param {number} to @returns {[string, string][]} */
const quarters = (from, to) => Array.from({ length: (to - from + 1) * 4 }, (_, i) => {
  const text = `${from + (i >> 2)}-Q${(i % 4) + 1}`;
  return [text, quarter(text)];
});

/** More than these are chosen by a button for all and one for none. */
const few = 4;

/** Classes that are ticked; all or none means no condition.
 * @param {string} legend @param {string[]} names @param {string[]} [chosen] @param {(names: string[]) => void} [set] @param {(name: string) => string} [label] */
function several(legend, names, chosen = [], set = () => {}, label = (name) => name) {
  const boxes = names.map((name) => tick(label(name), !chosen.length || chosen.includes(name), () => chosen_now()));
  const told = h("small", { role: "status" });
  const box_of = (/** @type {HTMLElement} */ made) => /** @type {HTMLInputElement} */ (made.querySelector("input"));
  const chosen_now = () => {
    const now = names.filter((_, k) => box_of(boxes[k]).checked);
    told.textContent = now.length ? "" : t("none_chosen");
    set(now.length === names.length ? [] : now);
  };
  const all = (/** @type {boolean} */ on) => h("button", { type: "button", class: "quiet", onclick: () => { for (const box of boxes) box_of(box).checked = on; chosen_now(); } }, t(on ? "choose_all" : "choose_none"));
  return h("fieldset", { class: "several" }, h("legend", {}, legend), names.length > few && h("p", { class: "tools" }, all(true), all(false)), ...boxes, told);
}

/**
 * All levers of one element of a design.
 * @param {Programme} programme @param {Catalogue} catalogue @param {{ lands: string[], years: [number, number] }} world
 * @param {(redraw?: boolean) => void} changed
 */
export function levers(programme, catalogue, world, changed) {
  const { keys } = programme, kind = catalogue[programme.from];
  const set = (/** @type {() => void} */ change, redraw = false) => () => { change(); changed(redraw); };
  const grants = rates.some((rate) => rate in keys.ports);
  const parts = [];

  const gains = Object.keys(keys.ports).map((port) => {
    const value = keys.ports[port], evidence = kind?.ports[port], percent = rates.includes(port);
    const least = typeof value === "object" ? 0 : 0.01;  // a grant of nothing is no grant
    const of = (/** @type {string} */ label, /** @type {number} */ now, /** @type {(value: number) => void} */ put) => lever({
      label, value: now, percent, evidence: evidence, low: percent ? least : Math.min(0, evidence?.range[0] ?? 0), high: percent ? 1 : evidence ? evidence.range[1] * 1.25 : Math.max(1, now * 2),
      hard: [percent ? least : 0, most(port)], step: percent ? 0.01 : undefined, note: percent ? (rate) => t("own_share", { n: `${number((1 - rate) * 100)} %` }) : undefined,
      set: (next) => set(() => put(next))() });
    if (typeof value !== "object")
      return h("div", {}, of(t(`port_${port}`), value, (next) => { keys.ports[port] = next; }),
        percent && tick(t("by_fiscal"), false, () => set(() => { keys.ports[port] = { weak: value, middle: value, strong: value }; }, true)()));
    const classes = Object.keys(value);
    return h("fieldset", { class: "classes" }, h("legend", {}, t(`port_${port}`)),
      ...classes.map((name) => of(t(`short_${name}`), value[name], (next) => { value[name] = next; })),
      percent && fiscal.includes(classes[0]) && tick(t("by_fiscal"), true, () => set(() => { keys.ports[port] = value.middle; }, true)()));
  });
  parts.push(section(t("l_gains"), ...gains,
    keys.unit_cost !== undefined && lever({ label: t("l_unit_cost"), value: keys.unit_cost, low: 0, high: Math.max(10000, keys.unit_cost), hard: [0, 1e9], step: 50, evidence: kind?.unit_cost,
      set: (next) => set(() => { keys.unit_cost = next; })() })));

  const budget = keys.budget, million = 1e6;
  const pot = budget && ("per_year" in budget ? "per_year" : "total");
  parts.push(section(t("l_money"),
    tick(t("unlimited"), !budget, (on) => set(() => { keys.budget = on ? undefined : { per_year: 5 * million, carry_over: true }; }, true)()),
    budget && lever({ label: t(pot === "per_year" ? "l_budget" : "l_total"), value: budget[pot] / million, low: 0, high: Math.max(50, (2 * budget[pot]) / million), hard: [0.01, 1e6], step: 0.1,
      set: (next) => set(() => { budget[pot] = Math.round(next * million); })() }),
    budget && tick(t("l_carry"), budget.carry_over === true, (on) => set(() => { budget.carry_over = on; })()),
    keys.cap_per_award !== undefined && lever({ label: t("l_cap"), value: keys.cap_per_award, low: 1000, high: Math.max(1_000_000, keys.cap_per_award), hard: [1, 1e9], step: 1000,
      set: (next) => set(() => { keys.cap_per_award = next; })() })));

  const { window: calls } = keys, [from, to] = world.years;
  parts.push(section(t("l_when"),
    choice(t("l_first"), calls.first, quarters(from, to), (next) => set(() => { calls.first = next; })()),
    lever({ label: t("l_length"), value: calls.length, low: 1, high: 40, hard: [1, 240], step: 1, set: (next) => set(() => { calls.length = Math.round(next); })() }),
    grants && lever({ label: t("l_every"), value: calls.every ?? 0, low: 0, high: 16, hard: [0, 240], step: 1,
      set: (next) => set(() => { calls.every = Math.round(next); if (!calls.every) delete calls.last; })() }),
    Boolean(calls.every) && choice(t("l_last"), calls.last ?? `${to}-Q4`, quarters(from, to), (next) => set(() => { calls.last = next; })()),
    grants && lever({ label: t("l_announced"), value: calls.announced ?? 0, low: 0, high: 8, hard: [0, 240], step: 1, set: (next) => set(() => { calls.announced = Math.round(next); })() }),
    keys.wait !== undefined && lever({ label: t("l_wait"), value: keys.wait, low: 0, high: 1, step: 0.05, note: () => t("assumption"), set: (next) => set(() => { keys.wait = next; })() })));

  if (grants)
    parts.push(section(t("l_rule"),
      choice(t("l_rule"), keys.award?.rule ?? "fcfs", rules.map((rule) => [rule, t(`rule_${rule}`)]),
        (next) => set(() => { keys.award = next === "quota" ? { rule: next, reserve: { weak: 0.5, middle: 0, strong: 0 } } : { rule: next }; }, true)()),
      keys.award?.reserve?.weak !== undefined && lever({ label: t("l_reserve"), value: keys.award.reserve.weak, low: 0, high: 1, percent: true, step: 0.05,
        set: (next) => set(() => { keys.award.reserve.weak = next; })() }),
      lever({ label: t("l_days"), value: keys.effort?.application_days ?? 0, low: 0, high: 60, hard: [0, 1e6], step: 1, set: (next) => set(() => { keys.effort = { application_days: next }; })() }),
      tick(t("l_joint"), keys.joint === true, (on) => set(() => { keys.joint = on; })())));

  const eligible = (keys.eligible ??= {});
  const bound = (/** @type {string} */ name) => choice(t(name === "below" ? "l_below" : "l_least"), String(eligible.population?.[name] ?? ""),
    [["", t("any")], ...[...new Set([2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000, ...(eligible.population?.[name] ? [Number(eligible.population[name])] : [])])]
      .sort((a, b) => a - b).map((n) => /** @type {[string, string]} */ ([String(n), number(n)]))],
    (next) => set(() => {
      const population = { ...eligible.population };
      if (next) population[name] = Number(next); else delete population[name];
      if (Object.keys(population).length) eligible.population = population; else delete eligible.population;
    })());
  const listed = (/** @type {string} */ key) => (/** @type {string[]} */ names) => set(() => { if (names.length) eligible[key] = names; else delete eligible[key]; })();
  parts.push(section(t("l_eligible"), bound("at_least"), bound("below"),
    several(t("l_fiscal"), fiscal, eligible.fiscal_class, listed("fiscal_class"), (name) => t(`short_${name}`)),
    world.lands.length > 1 && h("details", {}, h("summary", {}, "Länder"), several("Länder", world.lands, eligible.land, listed("land")))));
  return parts;
}

/** @param {string} title @param {(Node | false | null | undefined)[]} children */
const section = (title, ...children) => h("div", { class: "section" }, h("h3", {}, title), ...children);
