// Figures in words: what stands in the middle and how wide they are, in one phrase wherever the page shows a range.
import { range_rank } from "./statistics.js";
import { number, ordinal, rounded, t } from "./words.js";

/** Which of n values bound their range: "2nd to 47th of 48". @param {number} n */
const ranks = (n) => t("ranks", { low: ordinal(range_rank(n)), high: ordinal(n + 1 - range_rank(n)), n: number(n) });

/** "median and range (2nd to 47th of 48 points)". @param {number[]} counts of the values behind each figure @param {boolean} by_points */
export function figure_words(counts, by_points) {
  const several = [...new Set(counts)].filter((n) => n > 1);
  if (!several.length) return t("figure_one");
  return by_points ? t("figure_points", { each: several.map(ranks).join(", ") }) : t("figure_chance");
}

/** "93 fewer", "5 more". @param {number} gain @param {string} [of] */
const change_words = (gain, of = "") => t(`${gain < 0 ? "fewer" : "more"}${of && "_of"}`, { n: rounded(Math.abs(gain)), metric: of });

/** "20 more municipalities with AI (range: 3 more to 40 more)." @param {{ middle: number, low: number, high: number }} figure without ends of one run
 * @param {string} metric in words @param {boolean} by_points */
export function gain_sentence({ middle, low, high }, metric, by_points) {
  const change = change_words(middle, metric);
  return Number.isFinite(low) ? t(by_points ? "sentence" : "sentence_chance", { change, low: change_words(low), high: change_words(high) }) : `${change}.`;
}
