// Numbers over pairs: a pair is one run with and one without support under the same chance events.

/** @param {number[]} values */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {number[]} values */
export function variance(values) {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

/** In order, without those that are missing. @param {number[]} values */
const in_order = (values) => values.filter((value) => !Number.isNaN(value)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** The range of n values goes from the r-th to the (n + 1 − r)-th: from the 2nd to the 47th of 48 [docs/metrics.md, "Verdicts"]. @param {number} n */
export const range_rank = (n) => Math.max(1, Math.floor(n / 24));

/** @param {number[]} values */
export function range(values) {
  const sorted = in_order(values), cut = range_rank(sorted.length) - 1;
  return sorted.length ? { low: sorted[cut], high: sorted[sorted.length - 1 - cut] } : { low: NaN, high: NaN };
}

/** @param {number[]} values */
export function median(values) {
  const sorted = in_order(values);
  return sorted.length ? quantile(sorted, 0.5) : NaN;
}

/** As `rathaus compare` tells it: median and range of points; of replicates the mean with its 95 % interval, chance alone, and of one run its
 * value. @param {number[]} values @param {boolean} by_points */
export function figure(values, by_points) {
  if (by_points) return { middle: median(values), ...range(values) };
  return { middle: mean(values), ...(values.length > 1 ? interval(values) : { low: NaN, high: NaN }) };
}

/** @param {number[]} numerator @param {number[]} denominator */
export function ratio_of_means(numerator, denominator) {
  const below = mean(denominator);
  return below > 0 ? mean(numerator) / below : NaN;
}

/** The value below which a share of them lies, between neighbours in a straight line. @param {number[]} sorted @param {number} share */
export function quantile(sorted, share) {
  const place = share * (sorted.length - 1), below = Math.floor(place), part = place - below;
  return part > 0 && sorted[below] !== sorted[below + 1] ? sorted[below] + part * (sorted[below + 1] - sorted[below]) : sorted[below];
}

/** So many values that stand for all of them. @param {number[]} values @param {number} dots */
export function quantile_dots(values, dots) {
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

/** Half of the 95 % interval of a median, from one value of the order to another; none of few. @param {number[]} values */
export function half_width_of_median(values) {
  const sorted = in_order(values), n = sorted.length, cut = Math.floor(n / 2 - 0.98 * Math.sqrt(n));
  return cut < 1 ? NaN : (sorted[n - cut] - sorted[cut - 1]) / 2;
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
