// A result file that was dropped: its question, its designs with their verdicts, and how their gains are spread.
import { fill, h } from "./dom.js";
import { better_sentence, duel, duel_table } from "./duels.js";
import { dot_words, dots, figure } from "./figures.js";
import { Refused, answer_of, read_version } from "./result_file.js";
import { told_by } from "./results.js";
import { called, element, in_language, page } from "./state.js";
import { tools } from "./tables.js";
import { theory_name, theory_table, verdict_badge, verdict_sentences } from "./theories.js";
import { figure_words, gain_sentence } from "./told.js";
import { quarter, t } from "./words.js";

const most_bytes = 1e9;

/** @type {{ name: string, answer: import("./result_file.js").ResultAnswer } | null} */
let shown = null;

export const shown_answer = () => shown?.answer ?? null;

/** @param {File} file @param {(what: string, messages?: string) => void} tell */
export async function take_result(file, tell) {
  if (file.size > most_bytes) return tell(t("result_large", { name: file.name }), `rathaus compare ${file.name}`);
  try {
    shown = { name: file.name, answer: answer_of(await file.arrayBuffer(), file.name) };
  } catch (error) {
    if (error instanceof Refused && error.version) return tell(t("result_version", { name: file.name, version: error.version, own: read_version }));
    return tell(t("result_none", { name: file.name }), error instanceof Refused ? "" : String(error));
  }
  draw_result();
  element("h-result")?.focus();
}

export function draw_result() {
  const place = element("result");
  place.hidden = !shown;
  if (!shown) return fill(place);
  const { name, answer } = shown, by = told_by(answer.metric), unit = t(`metric_${answer.metric}`);
  const asked = page.view.language === "de" ? answer.de : answer.en, group = Object.values(answer.group).map((labels) => [labels].flat().map((label) => t(`class_${label}`)).join(` ${t("or")} `)).join(", ") || t("class_all");
  const close = () => { shown = null; draw_result(); element("open").focus(); };
  const designs = answer.designs.map((design, d) => ({ ...design, d: d % 4, told: called(design) + (design.theory ? `, ${theory_name(design.theory)}` : "") }));
  const scaled = (/** @type {import("./theories.js").Figure} */ { middle, low, high }) => ({ middle: by * middle, low: by * low, high: by * high });
  const rows = designs.map(({ told, gains, figure }) => { const { middle, low, high } = scaled(figure); return [told, middle, low, high, gains.length]; });
  const counts = designs.map(({ gains }) => gains.length), told = (/** @type {number[]} */ of) => figure_words(of, answer.by_points);
  const drawn = designs.slice(0, 8), several = answer.by_points && answer.theories.length > 1, end = quarter(answer.quarter);
  const entrants = [...new Set(designs.map(({ name }) => name))].map((key) => {
    const own = designs.filter((design) => design.name === key);
    return { key, name: called(own[0]), gains: own.flatMap(({ under }) => under) };
  });
  const duels = entrants.flatMap((first, k) => entrants.slice(k + 1).map((second) => duel(first, second, answer.more, answer.smallest, answer.by_points)))
    .filter(({ judged }) => judged.verdict !== "unknown");
  fill(place, h("h2", { id: "h-result", tabindex: -1 }, t("result", { name })), h("p", { class: "asked" }, h("strong", {}, in_language(answer.title))), asked && h("p", {}, asked),
    answer.metric !== answer.asked && h("p", { class: "honest" }, t("result_other", { metric: answer.asked })),
    h("p", { class: "honest" }, t("result_how", { against: called(answer.against), metric: unit, group, quarter: end, points: answer.points, replicates: answer.replicates }), " ", t("result_numbers", { told: told(counts) }),
      answer.theories.length > 1 && ` ${t("many_theories", { n: answer.theories.length, list: answer.theories.map(theory_name).join("; ") })}`),
    ...designs.map(({ told, d, figure, judged }) => h("p", { class: "sentence" }, h("span", { class: `mark mark-${d}`, "aria-hidden": "true" }),
      h("strong", {}, told), ": ", verdict_badge(judged.verdict), ". ", gain_sentence(scaled(figure), unit, answer.by_points), " ",
      verdict_sentences(judged, answer.by_points, answer.theories).join(" "))),
    duels.length > 0 && h("p", { class: "sentence" }, better_sentence(duels, answer.by_points)),
    several && theory_table(designs.map(({ told, figure, each, judged }) => ({ name: told, judged, whole: scaled(figure), each: each.map(scaled) })), answer.theories, t("each_theory_how", { metric: unit, year: end, told: told(designs.flatMap(({ gains, under }) => [gains, ...under].map((values) => values.length))) })),
    duels.length > 0 && duel_table(duels, answer.theories, answer.by_points, { metric: unit, year: end, told_by: by }),
    figure(t("gain"), `${unit}, ${end}. ${dot_words(counts, answer.by_points)} ${t("dots_how")} ${t("dots_range", { told: told(counts) })}`,
      dots(drawn.map(({ told, d, gains, figure }) => ({ name: told, d, values: gains.map((gain) => by * gain), ...scaled(figure), chance: NaN })), t("gain")),
      [t("designs"), t(answer.by_points ? "median" : "mean"), t("lowest"), t("highest"), t("n_pairs")], rows, tools),
    h("p", { class: "tools" }, h("button", { type: "button", id: "close-result", onclick: close }, t("close_result"))));
}
