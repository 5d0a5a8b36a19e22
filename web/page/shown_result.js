// A result file that was dropped: its question, its designs with their verdicts, and how their gains are spread.
import { fill, h } from "./dom.js";
import { dots, figure } from "./figures.js";
import { csv, save, svg } from "./files.js";
import { Refused, answer_of, read_version } from "./result_file.js";
import { told_by } from "./results.js";
import { called, element, page, verdict_words } from "./state.js";
import { mean } from "./statistics.js";
import { quarter, rounded, t } from "./words.js";

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
  const asked = page.view.language === "de" ? answer.de : answer.en, group = Object.values(answer.group).map((label) => t(`class_${label}`)).join(", ") || t("class_all");
  const close = () => { shown = null; draw_result(); element("open").focus(); };
  const designs = answer.designs.map((design, d) => ({ ...design, d: d % 4, told: called(design) + (design.theory ? `, ${design.theory}` : "") }));
  const rows = designs.map(({ told, gains, range }) => [told, by * mean(gains), by * range.low, by * range.high, gains.length]);
  const tools = (/** @type {string} */ title, /** @type {any[]} */ head, /** @type {any[][]} */ all, /** @type {any} */ picture) => [
    h("button", { type: "button", class: "quiet", onclick: () => save(`${title}.csv`, csv([head, ...all], page.view.language), "text/csv") }, "CSV"),
    h("button", { type: "button", class: "quiet", onclick: () => save(`${title}.svg`, svg(picture), "image/svg+xml") }, "SVG")];
  fill(place, h("h2", { id: "h-result", tabindex: -1 }, t("result", { name })), h("p", { class: "asked" }, h("strong", {}, answer.title)), asked && h("p", {}, asked),
    answer.metric !== answer.asked && h("p", { class: "honest" }, t("result_other", { metric: answer.asked })),
    h("p", { class: "honest" }, t("result_how", { against: called(answer.against), metric: unit, group, quarter: quarter(answer.quarter), points: answer.points, replicates: answer.replicates })),
    ...designs.map(({ told, d, gains, range, judged }) => h("p", { class: "sentence" }, h("span", { class: `mark mark-${d}`, "aria-hidden": "true" }),
      h("strong", {}, told), ": ", h("span", { class: `verdict is-${judged.verdict}` }, t(`short_${judged.verdict}`)), ". ", `${rounded(by * mean(gains))} ${unit}${Number.isFinite(range.low) ? ` (${rounded(by * range.low)} … ${rounded(by * range.high)})` : ""}. `, t(verdict_words(answer.by_points, judged.verdict), judged))),
    figure(t("gain"), `${unit}, ${quarter(answer.quarter)}. ${t("dots_how")}`, dots(designs.slice(0, 8).map(({ told, d, gains }) => ({ name: told, d, values: gains.map((gain) => by * gain), mean: by * mean(gains), chance: NaN })), t("gain")),
      [t("designs"), t("mean"), t("lowest"), t("highest"), t("n_pairs")], rows, tools),
    h("p", { class: "tools" }, h("button", { type: "button", id: "close-result", onclick: close }, t("close_result"))));
}
