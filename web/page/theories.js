// Verdicts in words, over all rival theories and under each: by which rule municipalities decide. Nothing is averaged over theories.
import { h } from "./dom.js";
import { plain_table } from "./figures.js";
import { verdict_words } from "./state.js";
import { tabled } from "./tables.js";
import { all_keys, number, t } from "./words.js";

/** @typedef {import("./verdicts.js").Judged} Judged */
/** @typedef {Judged & { theories: Judged[] }} JudgedByTheory */
/** @typedef {{ middle: number, low: number, high: number }} Figure */
/** @typedef {{ name: string, judged: JudgedByTheory, whole: Figure, each: Figure[] }} Row a design: its gain over all theories and under each */

/** "decision_rule=logit" in words; a theory with numbers of its own by its name. @param {string} theory */
export const theory_name = (theory) => (all_keys.includes(`theory_${theory}`) ? t(`theory_${theory}`) : theory);

/** @param {import("./verdicts.js").Verdict} verdict */
export const verdict_badge = (verdict) => h("span", { class: `verdict is-${verdict}` }, t(`short_${verdict}`));

/** What a verdict rests on: its count, and what each theory says where they do not say the same. @param {JudgedByTheory} judged @param {boolean} by_points @param {string[]} theories */
export function verdict_sentences(judged, by_points, theories) {
  const { verdict, theories: each, positive, negative, neither, of } = judged, said = t(verdict_words(by_points, verdict), { positive, negative, neither, of });
  if (each.length < 2) return [said];
  const same = each.every((one) => one.verdict === verdict);
  const told = each.map((one, a) => t("under_theory", { verdict: t(`short_${one.verdict}`), theory: theory_name(theories[a]) }));
  return [said, same ? t("every_theory", { n: number(each.length) }) : t("theories_say", { each: told.join("; ") })];
}

/** "holds (46 of 48)", as `rathaus compare` counts. @param {Judged} judged */
const counted = ({ verdict, positive, negative, of }) => t(negative > 0 ? "counted_worse" : "counted", { verdict: t(`short_${verdict}`), k: positive, n: of, worse: negative });

/** @typedef {{ name: string, words: string, whole: Figure, each: { words: string, figure: Figure }[] }} Line what is judged: its verdict and figure over all theories and under each */

/** A verdict with its figure for each line over all theories, and below it under each where there are several. @param {string} title @param {string[]} head of the
 * first three columns @param {Line[]} lines @param {string[]} theories @param {string} how */
export function verdict_table(title, [of, verdict, middle], lines, theories, how) {
  const line = (/** @type {string} */ name, /** @type {string} */ theory, /** @type {string} */ words, /** @type {Figure} */ { middle, low, high }) => [name, theory, words, middle, low, high];
  const rows = lines.flatMap(({ name, words, whole, each }) => [line(name, "", words, whole),
    ...(theories.length > 1 ? each.map((one, a) => line(name, theory_name(theories[a]), one.words, one.figure)) : [])]);
  const head = [verdict, middle, t("lowest"), t("highest")];
  const table = plain_table([of, ...head], rows.map(([name, theory, ...rest]) => [theory ? h("span", { class: "each" }, theory) : name, ...rest]));
  table.classList.add("verdicts");
  return tabled(title, [of, t("theory"), ...head], rows.map(([name, theory, ...rest]) => [name, theory || t("all_theories"), ...rest]), how, table);
}

/** What each theory says of each design. @param {Row[]} rows @param {string[]} theories @param {string} how */
export const theory_table = (rows, theories, how) => verdict_table(t("each_theory"), [t("each_design"), t("verdict"), t("median")],
  rows.map(({ name, judged, whole, each }) => ({ name, words: counted(judged), whole, each: judged.theories.map((one, a) => ({ words: counted(one), figure: each[a] })) })), theories, how);
