// What the page knows: one object, changed by the modules that draw and compute.
import { Results } from "./results.js";

/** @typedef {import("./experiment.js").Experiment} Experiment */
/** @typedef {import("./pool.js").About} About */
/** @typedef {{ texts: Record<string, string>, examples: string[], doubt: import("./experiment.js").Vectors, version: string, ensemble: string }} Cargo */

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

/** @param {string} id */
export const element = (id) => /** @type {any} */ (document.getElementById(id));

/** Quarters since year 0 of the first quarter of a run. */
export function start_index() {
  const [year, q] = page.about.start.split("-Q").map(Number);
  return year * 4 + q - 1;
}
/** The last quarter of a horizon, from the start of the run. */
export const horizon_quarter = () => page.about.horizons[page.view.horizon] - 1;
/** @param {number} k */
export const horizon_year = (k) => Math.floor((start_index() + page.about.horizons[k] - 1) / 4);
/** @param {string} name */
export const shown_name = (name) => name.replaceAll("_", " ");
export const file_name = () => page.view.example || "experiment";
