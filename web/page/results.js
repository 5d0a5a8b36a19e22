// What has been computed, and what of it the page tells.
import { chance, figure, half_width, half_width_of_median, mean, median, ratio_of_means } from "./statistics.js";

/** @typedef {import("./pool.js").About} About */
/** @typedef {Float64Array | number[]} Numbers */
/** @typedef {{ offered: Numbers, paid: Numbers, returned: Numbers, applied: Numbers, awarded: Numbers }} Pot by quarter, summed up so far */
/** @typedef {{ variables: Record<string, Float64Array>, strata: Record<string, number[]>, after: Numbers, after_baseline: Numbers, pots: Pot[], first_operation: Int16Array }} Run
 * variables by quarter and class, strata by horizon, `after` of the supported that have a service three years after their first payment, with and without support, pots of the design's programmes in their order, first quarter of each unit, -1 never, `before` */

/** A first quarter that lies before the results begin. */
export const before = -2;

const counted = ["adopters", "adopter_inhabitants", "services_running"];
/** Shares of a class: what is counted, and of what [src/analysis/ratios.cpp]. @type {Record<string, { of: string, per: "units" | "inhabitants" }>} */
const shares = { share_of_adopters: { of: "adopters", per: "units" }, share_of_inhabitants: { of: "adopter_inhabitants", per: "inhabitants" } };
export const metrics = [...counted, ...Object.keys(shares)];
/** @param {string} metric */
export const ratio_named = (metric) => shares[metric];
/** By what a number is multiplied to be told: shares in percentage points. @param {string} metric */
export const told_by = (metric) => (metric in shares ? 100 : 1);
/** Every metric is kept by size and fiscal strength at once; all other classes are sums of these. */
export const crossed = "size_class_and_fiscal_class";
const variables = [...counted.map((metric) => `${metric}_by_${crossed}`), "services_running", "energy_net", "emissions_net", "lock_in", "hhi_national"];

/** What the page keeps of the run that an engine has just computed.
 * @param {(name: string) => Float64Array} array @param {About} about @param {number} scenario @returns {Run} */
export function kept(array, about, scenario) {
  const classes = about.axes.size_class.length, all = about.axes.programme?.labels ?? [], quarters = about.quarters;
  const count = array("strata/count"), strata = about.axes.stratum.labels;
  const over_classes = (/** @type {Float64Array} */ values, /** @type {number} */ row) => values.subarray(row * classes, (row + 1) * classes).reduce((sum, value) => sum + value, 0);
  const programmes = about.scenarios[scenario].programmes.map((name) => all.indexOf(name));
  const money = programmes.length ? ["refilled", "paid", "returned"].map((name) => array(`programmes/${name}`)) : [];
  const reach = programmes.length ? ["applied", "awarded"].map((name) => array(`programmes/${name}`)) : [];
  const pots = programmes.map((k) => {
    const [offered, paid, returned] = money.map((values) => {
      let sum = 0;
      return Float64Array.from({ length: quarters }, (_, quarter) => (sum += values[quarter * all.length + k]));
    });
    const [applied, awarded] = reach.map((values) => Float64Array.from({ length: quarters }, (_, quarter) => over_classes(values, quarter * all.length + k)));
    return { offered, paid, returned, applied, awarded };
  });
  return {
    variables: Object.fromEntries(variables.map((name) => [name, array(name)])),
    strata: Object.fromEntries(strata.map((name, s) => [name, about.horizons.map((_, horizon) => over_classes(count, horizon * strata.length + s))])),
    after: array("strata/adopted_after_payment"), after_baseline: array("strata/adopted_after_payment_baseline"),
    pots, first_operation: first_quarters(array("municipalities/first_operation"), array("municipalities/operated_before")),
  };
}

/** @param {Float64Array} first @param {Float64Array} earlier 1: ran a service before the results begin */
const first_quarters = (first, earlier) => Int16Array.from(first, (quarter, unit) => (earlier[unit] ? before : quarter));

/** @typedef {{ size: string, fiscal: string }} Class "all", or a label of its axis */

/** The places of a class along the crossed axis. @param {About} about @param {Class} of */
export const places = (about, of) => about.axes[crossed].labels.map((label, c) => ({ c, parts: label.split(", ") }))
  .filter(({ parts }) => (of.size === "all" || parts[0] === of.size) && (of.fiscal === "all" || parts[1] === of.fiscal)).map(({ c }) => c);

/** @typedef {import("./pool.js").Place} Place */

const most_runs = 2000;

export class Results {
  constructor() {
    this.runs = /** @type {Map<string, Run>} */ (new Map());
    this.shown = /** @type {Set<string>} */ (new Set());
  }
  /** What is shown stays, however much is tried beside it. @param {string[]} keys */
  keep(keys) { this.shown = new Set(keys); }
  /** @param {string} key @param {Place} place */
  get(key, { theory, point, replicate }) { return this.runs.get(`${key}|${theory}|${point}|${replicate}`); }
  /** @param {string} key @param {Place} place @param {Run} run */
  put(key, { theory, point, replicate }, run) {
    if (this.runs.size > most_runs)
      for (const old of [...this.runs.keys()].filter((id) => !this.shown.has(id.slice(0, id.indexOf("|")))).slice(0, most_runs / 4)) this.runs.delete(old);
    this.runs.set(`${key}|${theory}|${point}|${replicate}`, run);
  }
}

/** @param {About} about @param {Run} run @param {string} metric @param {Class} of @param {number} quarter */
export function value(about, run, metric, of, quarter) {
  const { of: what, per } = shares[metric] ?? { of: metric };
  const values = run.variables[`${what}_by_${crossed}`], n = about.axes[crossed].length;
  const sum = places(about, of).reduce((total, c) => total + values[quarter * n + c], 0);
  return per ? sum / whole(about, of)[per] : sum;
}

/** Units and inhabitants of a class. @param {About} about @param {Class} of */
export function whole(about, of) {
  const { units, inhabitants } = /** @type {import("./pool.js").Grouping} */ (about.groupings.find(({ name }) => name === crossed));
  const sum = (/** @type {number[]} */ all) => places(about, of).reduce((total, c) => total + all[c], 0);
  return { units: sum(units), inhabitants: sum(inhabitants) };
}

/** Sum over all classes at a quarter. @param {About} about @param {Run} run @param {string} name @param {number} quarter */
export function total(about, run, name, quarter) {
  const n = about.groupings[0].labels.length;
  let sum = 0;
  for (let c = 0; c < n; c++) sum += run.variables[name][quarter * n + c];
  return sum;
}

/** @param {About} about @param {Run} run @param {string} name @param {number} until */
export function cumulated(about, run, name, until) {
  let sum = 0;
  for (let quarter = 0; quarter <= until; quarter++) sum += total(about, run, name, quarter);
  return sum;
}

/** @typedef {Place & { design: Run, baseline: Run }} Pair */

/** Whether pairs are points of what is not known; else they are replicates, chance alone. @param {About} about */
const by_points = (about) => about.points > 1;

/** The figure of pairs as the program tells it, and how well its middle is known. @param {About} about @param {number[]} values */
export function spread(about, values) {
  const { middle, low, high } = figure(values, by_points(about)), ends = Number.isFinite(low) ? { low, high } : { low: middle, high: middle }; // one run has none
  return { middle, ...ends, half: (by_points(about) ? half_width_of_median : half_width)(values), values };
}
/** @param {About} about @param {number[]} values */
export const middle = (about, values) => (by_points(about) ? median : mean)(values);

/** Pairs under each theory. @template {{ theory: number }} T @param {About} about @param {T[]} pairs @returns {T[][]} */
export const by_theory = (about, pairs) => about.theories.map((_, a) => pairs.filter(({ theory }) => theory === a));

/** Gains of pairs in one number, as the program has them. @param {About} about @param {Pair[]} pairs @param {string} metric @param {Class} of @param {number} quarter */
export const gains = (about, pairs, metric, of, quarter) =>
  pairs.map(({ design, baseline }) => value(about, design, metric, of, quarter) - value(about, baseline, metric, of, quarter));

/** Pairs of two designs at the places where both are computed. @param {Pair[]} first @param {Pair[]} second */
export function at_the_same(first, second) {
  const both = (/** @type {Pair[]} */ pairs, /** @type {Pair[]} */ others) => pairs.filter((pair) => others.some(({ theory, point, replicate }) => theory === pair.theory && point === pair.point && replicate === pair.replicate));
  return [both(first, second), both(second, first)];
}

/** The same as they are told. @type {typeof gains} */
export const told_gains = (about, pairs, metric, of, quarter) => gains(about, pairs, metric, of, quarter).map((gain) => gain * told_by(metric));

/** The spread of a run by chance alone, where points were computed twice. @param {About} about @param {Pair[]} first @param {Pair[]} again @param {string} metric @param {Class} of @param {number} quarter */
export function chance_of(about, first, again, metric, of, quarter) {
  const twice = again.map((pair) => {
    const other = /** @type {Pair} */ (first.find(({ theory, point }) => theory === pair.theory && point === pair.point));
    return /** @type {[number, number]} */ ([told_gains(about, [pair], metric, of, quarter)[0], told_gains(about, [other], metric, of, quarter)[0]]);
  });
  return twice.length >= 4 ? chance(twice) : NaN;
}

/** Units of each stratum at a horizon, each by itself: medians of points, means of replicates. @param {About} about @param {Pair[]} pairs @param {number} horizon */
export const strata = (about, pairs, horizon) => Object.fromEntries(about.axes.stratum.labels.map((name) => [name, middle(about, pairs.map(({ design }) => design.strata[name][horizon]))]));

/** Of the supported with a service three years after their first payment, the part that would have one then without [docs/metrics.md, `anyway`];
 * NaN where there are none. @param {About} about @param {Pair[]} pairs @param {number} horizon */
export function anyway_after(about, pairs, horizon) {
  const without = pairs.map(({ design }) => design.after_baseline[horizon]), all = pairs.map(({ design }) => design.after[horizon]);
  return by_points(about) ? median(all.flatMap((units, i) => (units > 0 ? [without[i] / units] : []))) : ratio_of_means(without, all);
}

/** Of each programme up to a quarter, in EUR and units, each by itself: medians of points, means of replicates. @param {About} about @param {Pair[]} pairs @param {number} quarter */
export const pots = (about, pairs, quarter) => pairs[0].design.pots.map((_, k) => {
  const at = (/** @type {keyof Pot} */ name) => middle(about, pairs.map(({ design }) => design.pots[k][name][quarter]));
  return { offered: at("offered"), paid: at("paid"), returned: at("returned"), applied: at("applied"), awarded: at("awarded") };
});

/** Money paid up to a quarter, as it is worth when the run starts. @param {Run} run @param {number} discount a year @param {number} quarter */
const present_value = ({ pots }, discount, quarter) => pots.reduce((sum, { paid }) => {
  for (let q = 0; q <= quarter; q++) sum += (paid[q] - (q > 0 ? paid[q - 1] : 0)) * (1 + discount) ** (-q / 4);
  return sum;
}, 0);

/** Public money for each additional unit with a service, whatever is asked [docs/metrics.md, `cost_per_additional_unit`]: of points without bound
 * where nothing is gained; of replicates the quotient of the means, without interval.
 * @param {About} about @param {Pair[]} pairs @param {number} discount @param {number} quarter */
export function price(about, pairs, discount, quarter) {
  const money = pairs.map(({ design, baseline }) => present_value(design, discount, quarter) - present_value(baseline, discount, quarter));
  const gained = gains(about, pairs, "adopters", { size: "all", fiscal: "all" }, quarter);
  if (!by_points(about)) return { middle: mean(gained) > 0 ? mean(money) / mean(gained) : Infinity, low: NaN, high: NaN };
  return figure(money.map((sum, i) => (Number.isNaN(sum) ? NaN : gained[i] > 0 ? sum / gained[i] : Infinity)), true);
}

/** A unit's first quarter with a service in each pair, with and without. @param {Pair[]} pairs @param {number} unit */
export const starts = (pairs, unit) => pairs.map(({ design, baseline }) => ({ design: design.first_operation[unit], baseline: baseline.first_operation[unit] }));
