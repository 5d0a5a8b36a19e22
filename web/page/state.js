// What the page knows: one object, changed by the modules that draw and compute.
import { Results } from "./results.js";
import { forms_of, in_german } from "./said.js";

/** @typedef {import("./experiment.js").Experiment} Experiment */
/** @typedef {import("./pool.js").About} About */
/** @typedef {{ texts: Record<string, string>, examples: string[], ensembles: Record<string, string>, version: string, said: Record<string, string> }} Cargo
 * `ensembles`: the hash of each as it is shipped; `said`: what the engine says, and its German */

/** What is shown and asked; all of it is in the link. */
const view = {
  language: /** @type {"de" | "en"} */ (!navigator.language || navigator.language.startsWith("de") ? "de" : "en"),
  example: "own_share", metric: "adopters", group: { size: "all", fiscal: "all" }, horizon: 1, unit: 0, ignorance: true,
  selected: 0, running: true,
};

export const page = {
  view, results: new Results(),
  cargo: /** @type {Cargo} */ (/** @type {any} */ (null)),
  pool: /** @type {import("./pool.js").Pool} */ (/** @type {any} */ (null)),
  experiment: /** @type {Experiment} */ (/** @type {any} */ (null)),
  about: /** @type {About} */ (/** @type {any} */ (null)),
  /** What the experiment asks; a run of the page knows nothing of it. */
  question: /** @type {import("./pool.js").Question} */ (/** @type {any} */ (null)),
  catalogue: /** @type {import("./experiment.js").Catalogue} */ ({}),
  /** By which money of later years counts less, a year. */
  discount: 0,
  /** Of a file that was dropped: its hash, since only its name stands in the experiment. */
  population: "",
  /** Designs of a file beyond those that are shown. */
  beyond: /** @type {import("./experiment.js").Design[]} */ ([]),
  /** A first answer is on its way to the screen: no run begins before it is seen. */
  painting: false,
  /** Draws what depends on the experiment; set by main.js. */
  redraw: () => {},
  answer_soon: () => {},
};

/** @type {import("./said.js").Form[] | undefined} */
let forms;
/** What the engine says, in the language of the page. @param {import("./said.js").Finding} finding */
export function told_by_engine(finding) {
  const { file, line, column, message } = page.view.language === "de" ? in_german(finding, (forms ??= forms_of(page.cargo.said))) : finding;
  return [...[file, line, column].filter((part) => part !== null), ` ${message}`].join(":").trim();
}

/** @param {string} id */
export const element = (id) => /** @type {any} */ (document.getElementById(id));

/** Quarters since year 0 of the first quarter of a run. */
export function start_index() {
  const [year, q] = page.about.start.split("-Q").map(Number);
  return year * 4 + q - 1;
}
/** Quarters after which one may ask: those of the strata, and the question's own. */
export function ends() {
  const { about: { horizons }, question } = page;
  return [...new Set([...horizons, ...(question.horizon === undefined ? [] : [question.horizon + 1])])].sort((a, b) => a - b);
}
/** The last quarter of what is asked, from the start of the run. */
export const horizon_quarter = () => (ends()[page.view.horizon] ?? page.about.quarters) - 1;
/** The last horizon of the strata that is not after it. */
export const strata_horizon = () => Math.max(0, page.about.horizons.filter((end) => end - 1 <= horizon_quarter()).length - 1);
/** @param {number} quarter */
const year_of = (quarter) => Math.floor((start_index() + quarter) / 4);
/** "2035", or "Q2 2033" of a quarter that ends no year. @param {number} end @param {(text: string) => string} told */
export const end_words = (end, told) => ((start_index() + end) % 4 === 0 ? String(year_of(end - 1)) : told(`${year_of(end - 1)}-Q${((start_index() + end - 1) % 4) + 1}`));
/** @param {string} name */
export const shown_name = (name) => name.replaceAll("_", " ");
/** A text in the language of the page. @param {string | import("./experiment.js").Label} text */
export const in_language = (text) => (typeof text === "string" ? text : text[page.view.language] ?? text.en ?? text.de);
/** What a design or an element is called. @param {{ name: string, label?: import("./experiment.js").Label }} of */
export const called = ({ name, label }) => label?.[page.view.language] ?? shown_name(name);
/** Key of the words of a verdict. @param {boolean} by_points @param {string} verdict */
export const verdict_words = (by_points, verdict) => `${by_points ? "verdict" : "chance"}_${verdict === "mixed" ? "open" : verdict}`; // both sides are told alike
export const file_name = () => page.view.example || "experiment";
