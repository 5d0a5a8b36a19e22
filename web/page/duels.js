// Design against design at the same points: which is the better one, by the rules of `rathaus compare` [docs/metrics.md, "Verdicts"].
import { figure } from "./statistics.js";
import { verdict_table } from "./theories.js";
import { figure_words } from "./told.js";
import { judge_theories } from "./verdicts.js";
import { t } from "./words.js";

/** @typedef {import("./theories.js").JudgedByTheory} JudgedByTheory */
/** @typedef {{ key: string, name: string }} Named */
/** @typedef {Named & { gains: number[][] }} Entrant gains under each theory */
/** @typedef {{ first: Named, second: Named, leads: number[][], judged: JudgedByTheory, back: JudgedByTheory }} Duel `leads`: gains of the first less those of
 * the second; `judged`: as the first sees it, `back`: as the second does */

/** Of two whose gains stand at the same points. @param {Entrant} first @param {Entrant} second @param {boolean} more is what is wanted @param {number} smallest @param {boolean} by_points @returns {Duel} */
export function duel(first, second, more, smallest, by_points) {
  const leads = first.gains.map((gains, a) => gains.slice(0, second.gains[a].length).map((gain, i) => gain - second.gains[a][i]));
  const back = leads.map((each) => each.map((lead) => -lead));
  return { first, second, leads, judged: judge_theories(leads, more, smallest, by_points), back: judge_theories(back, more, smallest, by_points) };
}

/** The one that beats every other under every theory. @param {Duel[]} duels @returns {Named | undefined} */
const better = (duels) => duels.flatMap(({ first, second }) => [first, second]).find(({ key }) =>
  duels.every(({ first, second, judged: { verdict } }) => (first.key !== key && second.key !== key) || verdict === (first.key === key ? "holds" : "harms")));

/** Who is ahead; a tendency, and a theory that says otherwise, may be seen from the side of the second alone. @param {import("./verdicts.js").Judged} judged @param {import("./verdicts.js").Judged} back */
function outcome({ verdict }, back) {
  if (verdict !== "leans" && back.verdict === "leans") return t("duel_leans_second");
  if (verdict !== "leans" && back.verdict === "mixed") return t("short_mixed");
  return t(`${["holds", "harms", "leans"].includes(verdict) ? "duel" : "short"}_${verdict}`);
}

/** @param {Duel[]} duels of every two designs of a study @param {boolean} by_points */
export function better_sentence(duels, by_points) {
  const best = better(duels), by = by_points ? "points" : "chance";
  return best ? t(`duel_best_${by}`, { name: best.name }) : t(`duel_no_best_${by}`);
}

/** Each against each; replicates stand for themselves under each theory. @param {Duel[]} duels @param {string[]} theories @param {boolean} by_points
 * @param {{ metric: string, year: string, told_by: number }} asked */
export function duel_table(duels, theories, by_points, { metric, year, told_by }) {
  const words = (/** @type {import("./verdicts.js").Judged} */ judged, /** @type {import("./verdicts.js").Judged} */ back) => by_points
    ? t("duel_counted", { verdict: outcome(judged, back), k: judged.positive, worse: judged.negative, n: judged.of }) : outcome(judged, back);
  const told = (/** @type {number[]} */ leads) => figure(leads.map((lead) => told_by * lead), by_points);
  const rows = duels.map(({ first, second, leads, judged, back }) => ({ name: t("duel_of", { first: first.name, second: second.name }), words: words(judged, back), whole: by_points || leads.length < 2 ? told(leads.flat()) : { middle: NaN, low: NaN, high: NaN },
    each: leads.map((each, a) => ({ words: words(judged.theories[a], back.theories[a]), figure: told(each) })) }));
  const counts = duels.flatMap(({ leads }) => [leads.flat(), ...(leads.length > 1 ? leads : [])].map((each) => each.length));
  return verdict_table(t("duels"), [t("duel_pair"), t("duel_better"), t(by_points ? "median" : "mean")], rows, theories,
    `${t("duels_how", { metric, year, told: figure_words(counts, by_points) })}${by_points ? ` ${t("duels_counted")}` : ""}`);
}
