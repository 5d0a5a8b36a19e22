// Which runs are wanted, and which pairs there are.
import { run_text } from "./experiment.js";
import { page } from "./state.js";

/** @typedef {import("./results.js").Pair} Pair */

const most_points = 96, twice_points = 12;

/** Whether what is run has points of what is not known, or is chance alone. */
export const by_points = () => page.about.points > 1;
/** So many pairs make an answer: the points of the doubt, or the replicates that are asked for. */
export function most_pairs() {
  const { points, replicates } = page.about;
  return by_points() ? Math.min(points, most_points) : replicates >= 8 && replicates <= most_points ? replicates : 48;
}

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

/** Pairs in the order in which they are wanted; of points some once more, to tell chance apart. */
function wanted() {
  const all = [], points = by_points();
  for (let n = 0, most = most_pairs(); n < most; n++) {
    all.push(points ? { point: n, replicate: 0 } : { point: 0, replicate: n });
    if (points && n >= twice_points && n < 2 * twice_points) all.push({ point: n - twice_points, replicate: 1 });
  }
  return all;
}

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
  for (const { point, replicate } of wanted()) {
    for (const { key, scenario } of runs) {
      const id = `${key}|${point}|${replicate}`;
      if (page.results.get(key, point, replicate) || in_work.has(id)) continue;
      const job = { key, scenario, point, replicate };
      if ((point + replicate) % workers === affinity) return begun(job);
      other ??= job;
    }
    if (other && point > 2 * workers) break;
  }
  return other && begun(other);
}

/** @param {import("./pool.js").Job} job */
function begun(job) {
  in_work.add(`${job.key}|${job.point}|${job.replicate}`);
  return job;
}

/** @param {import("./pool.js").Job} job @param {import("./results.js").Run} run */
export function done(job, run) {
  in_work.delete(`${job.key}|${job.point}|${job.replicate}`);
  page.results.put(job.key, job.point, job.replicate, run);
}

export const forget_work = () => in_work.clear();

/** @param {number} d @returns {{ first: Pair[], again: Pair[] }} */
export function pairs_of(d) {
  /** @type {Pair[]} */
  const first = [];
  /** @type {Pair[]} */
  const again = [];
  for (const { point, replicate } of wanted()) {
    const design = page.results.get(keys.designs[d], point, replicate), baseline = page.results.get(keys.baseline, point, replicate);
    if (design && baseline) (by_points() && replicate > 0 ? again : first).push({ point, replicate, design, baseline });
  }
  return { first, again: again.filter((pair) => first.some(({ point }) => point === pair.point)) };
}
