// What may be said of a gain, by the rules of `rathaus compare` [docs/metrics.md, "Verdicts"].
import { interval } from "./statistics.js";

/** @typedef {"holds" | "leans" | "open" | "no_difference" | "harms" | "unknown" | "mixed"} Verdict `mixed`: theories do not agree
 * @typedef {{ verdict: Verdict, positive: number, negative: number, neither: number, of: number }} Judged `positive`: as wanted */

/** In proportion while points are missing.
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

/** What holds under every theory: what they agree on; leans where some hold and the others lean; else it depends on the theory. @param {Verdict[]} verdicts @returns {Verdict} */
export function verdict_of_all(verdicts) {
  const all = (/** @type {Verdict[]} */ ...any) => verdicts.every((verdict) => any.includes(verdict));
  return all(verdicts[0]) ? verdicts[0] : all("holds", "leans") ? "leans" : "mixed";
}

/** Over all theories and under each: counts are those of all points, and decide nothing. @param {number[][]} gains under each theory @param {boolean} more
 * @param {number} smallest @param {boolean} by_points @returns {Judged & { theories: Judged[] }} */
export function judge_theories(gains, more, smallest, by_points) {
  const theories = gains.map((each) => {
    const counted = judge(each, more, smallest);
    return by_points ? counted : { ...counted, verdict: judge_by_chance(each, more, smallest) };
  });
  return { ...judge(gains.flat(), more, smallest), verdict: verdict_of_all(theories.map(({ verdict }) => verdict)), theories };
}
