// Numbers over pairs: a pair is one run with and one without support under the same chance events.

/** @param {number[]} values */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {number[]} values */
export function variance(values) {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

/** From the 2nd to the 47th of 48, the r-th to the (n + 1 − r)-th of n, r = max(1, ⌊n/24⌋) [docs/metrics.md, "Verdicts"]. @param {number[]} values */
export function range(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.max(1, Math.floor(sorted.length / 24)) - 1;
  return { low: sorted[cut], high: sorted[sorted.length - 1 - cut] };
}

/** The value below which a share of them lies, between neighbours in a straight line. @param {number[]} sorted @param {number} share */
export function quantile(sorted, share) {
  const place = share * (sorted.length - 1), below = Math.floor(place), part = place - below;
  return sorted[below] + (part > 0 ? part * (sorted[below + 1] - sorted[below]) : 0);
}

/** Fifty values that stand for all of them. @param {number[]} values @param {number} [dots] */
export function quantile_dots(values, dots = 50) {
  const sorted = [...values].sort((a, b) => a - b);
  return Array.from({ length: dots }, (_, i) => quantile(sorted, (i + 0.5) / dots));
}

/** Half width of the 95 % interval of a mean: Student's quantiles by Cornish and Fisher's expansion. @param {number[]} values */
export function half_width(values) {
  const n = values.length, df = n - 1, z = 1.959964;
  if (n < 2) return NaN;
  const t = df === 1 ? 12.706 : df === 2 ? 4.303 : df === 3 ? 3.182
    : z + (z ** 3 + z) / (4 * df) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * df ** 3);
  return t * Math.sqrt(variance(values) / n);
}

/** The 95 % interval of a mean: what replicates tell of a gain, chance alone. @param {number[]} values */
export function interval(values) {
  const middle = mean(values), half = half_width(values);
  return { low: middle - half, high: middle + half };
}

/** Places in order, the mean place where some are equal. @param {number[]} values */
function ranks(values) {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  const rank = new Array(values.length);
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last + 1 < order.length && order[last + 1].value === order[first].value) last++;
    for (let k = first; k <= last; k++) rank[order[k].i] = (first + last) / 2;
    first = last + 1;
  }
  return rank;
}

/** Spearman's rank correlation; 0 if either does not vary. @param {number[]} a @param {number[]} b */
export function rank_correlation(a, b) {
  const x = ranks(a), y = ranks(b), mx = mean(x), my = mean(y);
  let xy = 0, xx = 0, yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) ** 2;
    yy += (y[i] - my) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/** The bound that chance alone passes at one of twenty occasions for any of `tries` numbers (Bonferroni, normal approximation by Fisher).
 * @param {number} n @param {number} tries */
export function correlation_bound(n, tries) {
  // upper quantile of the normal distribution [Abramowitz and Stegun 26.2.23], |error| < 4.5e-4
  const tail = 0.025 / tries, t = Math.sqrt(-2 * Math.log(tail));
  const z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  return Math.tanh(z / Math.sqrt(n - 3));
}

/** The part of chance in the spread of gains, from points that were computed twice: its standard deviation. @param {[number, number][]} twice */
export function chance(twice) {
  return Math.sqrt(mean(twice.map(([a, b]) => (a - b) ** 2)) / 2);
}

/** @typedef {"holds" | "leans" | "open" | "no_difference" | "harms" | "unknown"} Verdict
 * @typedef {{ verdict: Verdict, positive: number, negative: number, neither: number, of: number }} Judged `positive`: as wanted */

/** The rules of `rathaus compare` [docs/metrics.md, "Verdicts"], in proportion while points are missing.
 * @param {number[]} gains at the points @param {boolean} more is what is wanted @param {number} smallest relevant gain @returns {Judged} */
export function judge(gains, more, smallest) {
  const of = gains.length, sign = more ? 1 : -1;
  const positive = gains.filter((gain) => sign * gain > smallest).length, negative = gains.filter((gain) => -sign * gain > smallest).length;
  const all = Math.ceil((46 * of) / 48), most = Math.ceil((36 * of) / 48), neither = of - positive - negative;
  const verdict = positive >= all ? "holds" : negative >= all ? "harms" : neither >= all ? "no_difference" : positive >= most ? "leans" : "open";
  return { verdict, positive, negative, neither, of };
}

/** Of replicates, chance alone: where the 95 % interval of the mean gain lies. @param {number[]} gains @param {boolean} more @param {number} smallest @returns {Verdict} */
export function judge_by_chance(gains, more, smallest) {
  if (gains.length < 2) return "unknown"; // one run tells nothing from chance
  const { low, high } = interval(more ? gains : gains.map((gain) => -gain));
  return low > smallest ? "holds" : high < -smallest ? "harms" : low >= -smallest && high <= smallest ? "no_difference" : "open";
}
