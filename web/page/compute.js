// Which runs are wanted, and which pairs there are.
import { run_text } from "./experiment.js";
import { page } from "./state.js";

/** @typedef {import("./results.js").Pair} Pair */

/** @typedef {import("./pool.js").Place} Place */

const most_points = 96, twice_points = 12;
/** So many points under each theory make a verdict; what is told of fewer is provisional. */
const least_points = 8;

/** Whether what is run has points of what is not known, or is chance alone. */
export const by_points = () => page.about.points > 1;
/** Under each theory: the points of the doubt, or the replicates that are asked for. */
function most_each() {
  const { points, replicates } = page.about;
  return by_points() ? Math.min(points, most_points) : replicates >= least_points && replicates <= most_points ? replicates : 48;
}
/** Whether pairs under each theory are enough for a verdict; a study that has fewer in all is judged by them, as in the program. @param {number[]} counts */
export const enough = (counts) => counts.every((count) => count >= Math.min(least_points, most_each()));
/** So many pairs make an answer. */
export const most_pairs = () => most_each() * page.about.theories.length;

let keys = { baseline: "", designs: /** @type {string[]} */ ([]) };
const in_work = new Set();
/** False while what is open in the engines and what the page names differ: nothing is begun then. */
let settled = false;

/** The experiment as the engines run it. */
export const current_text = () => run_text({ ...page.experiment, designs: all_designs() }, !page.view.ignorance);
/** Those that are not shown too: what is not known is drawn for all of them together. */
export const all_designs = () => [...page.experiment.designs, ...page.beyond];

export function unsettle() { settled = false; }

/** The engines have opened the current text: runs get their names from all that they depend on, and begin. */
export function settle() {
  const text = run_text({ ...page.experiment, designs: [], title: "" }, !page.view.ignorance);
  const frame = `${hash(text)}:${page.about.support_start}:${page.population}`;
  keys = { baseline: `${frame}:baseline`, designs: page.experiment.designs.map((design) => `${frame}:${hash(JSON.stringify(design.programmes) + effects_of(design.name))}`) };
  page.results.keep([keys.baseline, ...keys.designs]);
  in_work.clear();
  settled = true;
}

/** The unknown effects of a design, each with its place among all: another place is another draw. @param {string} name */
function effects_of(name) {
  const programmes = page.about.scenarios.find((scenario) => scenario.name === name)?.programmes ?? [];
  return page.about.numbers.flatMap((path, place) => (programmes.some((programme) => path.startsWith(`programme.${programme}.`)) ? `${place}:${path}` : [])).join();
}

/** @param {string} text */
export function hash(text) {
  let a = 0x811c9dc5, b = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b) ^ (b >>> 13);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}.${text.length}`;
}

/** Pairs in the order in which they are wanted: a point under every theory before the next one, so that an answer of few points holds all
 * theories; once there are enough for verdicts, the first of them once more, to tell chance apart. @returns {Place[]} */
function wanted() {
  const all = [], points = by_points(), theories = page.about.theories.length;
  const twice = Math.ceil(twice_points / theories), from = Math.max(least_points, twice);
  for (let n = 0, most = most_each(); n < most; n++)
    for (let theory = 0; theory < theories; theory++) {
      all.push(points ? { theory, point: n, replicate: 0 } : { theory, point: 0, replicate: n });
      if (points && n >= from && n < from + twice) all.push({ theory, point: n - from, replicate: 1 });
    }
  return all;
}
const place_words = (/** @type {Place} */ { theory, point, replicate }) => `${theory}|${point}|${replicate}`;

/** The next run for a free worker: every design has its first pair before any has its second, the one that is looked at first. A
 * worker keeps to the points whose baseline it knows.
 * @param {number} affinity @param {number} workers @returns {import("./pool.js").Job | null} */
export function next(affinity, workers) {
  if (!settled || page.painting || !page.view.running || document.hidden) return null;
  const { designs, baseline } = page.experiment, first = page.view.selected;
  const order = designs.map((_, d) => d).sort((a, b) => Number(b === first) - Number(a === first));
  const runs = [{ key: keys.baseline, name: baseline.name }, ...order.map((d) => ({ key: keys.designs[d], name: designs[d].name }))]
    .map(({ key, name }) => ({ key, scenario: page.about.scenarios.findIndex((scenario) => scenario.name === name) })).filter(({ scenario }) => scenario >= 0);
  let other = null;
  for (const place of wanted()) {
    const nth = place.point * page.about.theories.length + place.theory + place.replicate;
    for (const { key, scenario } of runs) {
      if (page.results.get(key, place) || in_work.has(`${key}|${place_words(place)}`)) continue;
      const job = { key, scenario, ...place };
      if (nth % workers === affinity) return begun(job);
      other ??= job;
    }
    if (other && nth > 2 * workers) break;
  }
  return other && begun(other);
}

/** @param {import("./pool.js").Job} job */
function begun(job) {
  in_work.add(`${job.key}|${place_words(job)}`);
  return job;
}

/** @param {import("./pool.js").Job} job @param {import("./results.js").Run} run */
export function done(job, run) {
  in_work.delete(`${job.key}|${place_words(job)}`);
  page.results.put(job.key, job, run);
}

export const forget_work = () => in_work.clear();

/** Those of points that were computed once more stand in `again`. @param {number} d @returns {{ first: Pair[], again: Pair[] }} */
export function pairs_of(d) {
  /** @type {Pair[]} */
  const first = [];
  /** @type {Pair[]} */
  const again = [];
  for (const place of wanted()) {
    const design = page.results.get(keys.designs[d], place), baseline = page.results.get(keys.baseline, place);
    if (design && baseline) (by_points() && place.replicate > 0 ? again : first).push({ ...place, design, baseline });
  }
  return { first, again: again.filter((pair) => first.some(({ theory, point }) => theory === pair.theory && point === pair.point)) };
}
