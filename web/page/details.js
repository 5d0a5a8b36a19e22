// What stands behind the answer: figures, tables, what decides, the full study.
import { anyway, counts_of, duels_of } from "./answer.js";
import { by_points } from "./compute.js";
import { h } from "./dom.js";
import { duel_table } from "./duels.js";
import { bars, course, dot_words, dots, figure, legend, plain_table, ranges } from "./figures.js";
import { group_words } from "./frame.js";
import { ensemble_marks } from "./in_out.js";
import { by_theory, cumulated, gains, middle, pots, price, spread, strata, told_by, told_gains, total } from "./results.js";
import { end_words, file_name, page, start_index, strata_horizon } from "./state.js";
import { correlation_bound, rank_correlation } from "./statistics.js";
import { tabled, tools } from "./tables.js";
import { theory_name, theory_table } from "./theories.js";
import { figure_words } from "./told.js";
import { number, quarter, rounded, t } from "./words.js";

/** @typedef {import("./answer.js").Shown} Shown */
/** @typedef {import("./results.js").Run} Run */

const { view } = page;

/** What stands in the middle of a range: the median of points, the mean of replicates. */
const centre = () => t(by_points() ? "median" : "mean");

/** The same with how wide the range is. @param {number[]} counts */
const told = (counts) => figure_words(counts, by_points());

/** Left out on paper, which is one page. @param {HTMLElement} figure */
const on_screen = (figure) => { figure.classList.add("on-screen"); return figure; };

/** @param {Shown[]} shown @param {number} at @param {string} year */
export const details = (shown, at, year) => [under_each(shown, at, year), each_against_each(shown, year), spread_figure(shown, year), on_screen(course_figure(shown)), strata_figure(shown),
  money_figure(shown, at, year), on_screen(groups_figure(shown, at, year)), side_effects(shown, at, year), decides(shown, at), full_study()];

/** What each theory says, where there are several. @param {Shown[]} shown @param {number} at @param {string} year */
function under_each(shown, at, year) {
  const { about } = page;
  if (about.theories.length < 2 || !by_points()) return null;
  const rows = shown.flatMap(({ name, first, gain, judged }) => (judged ? [{ name, judged, whole: gain,
    each: by_theory(about, first).map((pairs) => spread(about, told_gains(about, pairs, view.metric, view.group, at))) }] : []));
  return rows.length > 0 && theory_table(rows, about.theories, t("each_theory_how", { metric: t(`metric_${view.metric}`), year,
    told: told(rows.flatMap(({ whole, each }) => [whole, ...each].map(({ values }) => values.length))) }));
}

/** Where there are two designs or more. @param {Shown[]} shown @param {string} year */
function each_against_each(shown, year) {
  const duels = duels_of(shown);
  return duels.length > 0 && on_screen(duel_table(duels, page.about.theories, by_points(), { metric: t(`metric_${view.metric}`), year, told_by: told_by(view.metric) }));
}

/** @param {Shown[]} shown @param {string} year */
function spread_figure(shown, year) {
  const each = shown.map(({ name, gain }) => `${name}: ${rounded(gain.middle)} (${rounded(gain.low)} – ${rounded(gain.high)})`).join("; ");
  const label = `${t("gain")}: ${t(`metric_${view.metric}`)}, ${group_words()}. ${each}`, counts = counts_of(shown);
  return figure(t("dots"), `${t(`metric_${view.metric}`)}, ${year}. ${dot_words(counts, by_points())} ${t("dots_how")} ${t("dots_range", { told: told(counts) })}${shown.some(({ chance }) => Number.isFinite(chance)) ? ` ${t("dots_chance")}` : ""}`,
    dots(shown.map(({ name, d, gain, chance }) => ({ name, d, ...gain, chance })), label),
    [t("designs"), centre(), t("lowest"), t("highest"), t("chance"), t("n_pairs")], shown.map(({ name, gain, chance }) => [name, gain.middle, gain.low, gain.high, chance, gain.values.length]), tools);
}

/** @param {Shown[]} shown */
function course_figure(shown) {
  const { about } = page, fourth = Array.from({ length: about.quarters }, (_, i) => i).filter((i) => (start_index() + i) % 4 === 3);
  const years = fourth.map((i) => Math.floor((start_index() + i) / 4));
  const courses = shown.map(({ name, d, first }) => {
    const each = fourth.map((quarter) => spread(about, told_gains(about, first, view.metric, view.group, quarter)));
    return { name, d, chosen: shown.length === 1 || d === view.selected, middle: each.map((one) => one.middle), low: each.map((one) => one.low), high: each.map((one) => one.high) };
  });
  const label = `${t("course")}: ${t(`metric_${view.metric}`)}, ${group_words()}`;
  return figure(t("course"), `${t(`metric_${view.metric}`)}, ${group_words()}. ${t("course_how", { told: told(counts_of(shown)) })}`, course(courses, years, (start_index() + about.support_start) / 4, label),
    [t("until"), ...shown.flatMap(({ name }) => [name, `${name}, ${t("lowest")}`, `${name}, ${t("highest")}`])],
    years.map((y, i) => [String(y), ...courses.flatMap((one) => [one.middle[i], one.low[i], one.high[i]])]), tools);
}

/** @param {Shown[]} shown */
function strata_figure(shown) {
  const kinds = ["s_anyway", "s_earlier", "s_new", "s_failed", "s_spill", "s_displaced"].map((key) => t(key));
  const all = shown.map(({ name, d, first }) => {
    const part = strata(page.about, first, strata_horizon());
    return { name, d, parts: [anyway(part), part.accelerated, part.induced, part.failed, part.spillover, part.displaced + part.displaced_unfunded] };
  });
  const label = `${t("strata")}. ${all.map(({ name, parts }) => `${name}: ${kinds.map((kind, k) => `${kind} ${rounded(parts[k])}`).join(", ")}`).join("; ")}`;
  return figure(t("strata"), t("strata_how", { year: end_words(page.about.horizons[strata_horizon()], quarter), each: t(by_points() ? "each_median" : "each_mean") }), bars(all, label), [t("designs"), ...kinds], all.map(({ name, parts }) => [name, ...parts]), tools, legend(kinds));
}

/** @param {Shown[]} shown @param {number} at @param {string} year */
function money_figure(shown, at, year) {
  const costs = shown.map(({ name, d, first }) => ({ name, d, words: cost_words(price(page.about, first, page.discount, at)) }));
  const head = [t("offered"), t("applied"), t("awarded"), t("paid"), t("returned")];
  const rows = shown.flatMap(({ name, design, first }, row) => {
    const all = pots(page.about, first, at);
    return design.programmes.map((programme, p) => ({ name, p, element: t(`kind_${programme.from || "own"}`), cost: costs[row].words,
      cells: [programme.keys.budget ? number(all[p].offered / 1e6, 1) : t("unlimited"), number(all[p].applied), number(all[p].awarded), number(all[p].paid / 1e6, 1), number(all[p].returned / 1e6, 1)] }));
  });
  const table = plain_table([t("element"), ...head], rows.map(({ name, p, element, cells }) => [h("span", {}, p === 0 && name, h("span", { class: "part-of" }, element)), ...cells]));
  table.classList.add("money");
  return tabled(t("money"), [t("designs"), t("element"), ...head, t("per_gain")], rows.map(({ name, p, element, cells, cost }) => [name, element, ...cells, p === 0 ? cost : ""]),
    `${t("per_gain_how", { year, told: told(counts_of(shown)) })} ${t("money_how", { year, each: t(by_points() ? "each_median" : "each_mean") })}`,
    table, h("ul", { class: "costs" }, h("li", {}, `${t("costs")}:`), ...costs.map(({ name, d, words }) => h("li", {}, h("span", { class: `mark mark-${d}`, "aria-hidden": "true" }), h("strong", {}, name), `: ${words}`))));
}

/** "0.35 million EUR (range: 0.2 to 0.6)". @param {{ middle: number, low: number, high: number }} cost in EUR */
function cost_words({ middle, low, high }) {
  if (!Number.isFinite(middle)) return t(middle === Infinity ? "cost_none" : "cost_unknown", { middle: centre() });
  const [n, from, to] = [middle, low, high].map((sum) => number(sum / 1e6, 2));
  return t(Number.isNaN(low) ? "cost_alone" : high === Infinity ? "cost_open" : "cost", { n, low: from, high: to });
}

/** @param {Shown[]} shown @param {number} at @param {string} year */
function groups_figure(shown, at, year) {
  const { size_class, fiscal_class } = page.about.axes;
  const classes = [...size_class.labels.map((size) => ({ label: size, of: { size, fiscal: "all" } })), ...fiscal_class.labels.map((fiscal) => ({ label: fiscal, of: { size: "all", fiscal } }))];
  const all = shown.map(({ name, d, first }) => ({ name, d, rows: classes.map(({ of }) => spread(page.about, told_gains(page.about, first, view.metric, of, at))) }));
  return figure(t("groups"), t("groups_how", { year, told: told(counts_of(shown)) }), ranges(all, classes.map(({ label }) => t(`short_${label}`)), t("groups")),
    [t("among"), ...shown.flatMap(({ name }) => [name, `${name}, ${t("lowest")}`, `${name}, ${t("highest")}`])],
    classes.map(({ label }, c) => [t(`short_${label}`), ...all.flatMap(({ rows }) => [rows[c].middle, rows[c].low, rows[c].high])]), tools);
}

/** Vendors and climate: the case without, and what each design changes. @param {Shown[]} shown @param {number} at @param {string} year */
function side_effects(shown, at, year) {
  const { about } = page, head = ["", t("without"), ...shown.map(({ name }) => name)], how = t("change_how", { middle: centre(), told: told(counts_of(shown)) });
  const lock = (/** @type {Run} */ run) => total(about, run, "lock_in", at) / Math.max(1, total(about, run, "services_running", at));
  /** @param {string} label @param {(run: Run) => number} of @param {number} digits */
  const row = (label, of, digits) => [label, number(middle(about, shown[0].first.map(({ baseline }) => of(baseline))), digits), ...shown.map(({ first }) => {
    const change = spread(about, first.map(({ design, baseline }) => of(design) - of(baseline)));
    const signed = (/** @type {number} */ x) => `${Number(x.toFixed(digits)) > 0 ? "+" : ""}${number(x, digits)}`;
    return `${signed(change.middle)} (${signed(change.low)} … ${signed(change.high)})`;
  })];
  return tabled(t("side_effects"), head, [row(t("hhi"), (run) => run.variables.hhi_national[at], 3), row(t("lock_in"), lock, 3),
    row(t("energy", { year }), (run) => cumulated(about, run, "energy_net", at) / 1e6, 0), row(t("emissions", { year }), (run) => cumulated(about, run, "emissions_net", at) / 1e6, 0)], how);
}

/** Numbers that the gain follows under each theory, where chance alone would not show it. @param {Shown[]} shown @param {number} at */
function decides(shown, at) {
  const id = "f-decides", section = (/** @type {any[]} */ ...children) => h("section", { "aria-labelledby": id }, h("h3", { id }, t("decides")), ...children);
  const { about } = page, all = shown.map(({ name, first }) => ({ name, under: by_theory(about, first) }));
  const most = Math.min(...all.flatMap(({ under }) => under.map((pairs) => pairs.length)));
  if (!by_points() || most < 24) return section(h("p", {}, t("decides_wait")));
  const each = about.theories.map((theory, a) => {
    const values = about.values[a], known = about.numbers.map((path, k) => ({ path, k })).filter(({ k }) => values[k] !== null);
    const bound = correlation_bound(most, known.length), value = (/** @type {number} */ point, /** @type {number} */ k) => Number(values[point * about.numbers.length + k]);
    const lines = all.flatMap(({ name, under }) => {
      const of = gains(about, under[a], view.metric, view.group, at);
      const found = known.map(({ path, k }) => ({ path, rho: rank_correlation(under[a].map(({ point }) => value(point, k)), of) }))
        .filter(({ rho }) => Math.abs(rho) > bound).sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho)).slice(0, 4);
      const told = found.map(({ path, rho }) => `${number_name(path)} (${rho > 0 ? "+" : ""}${number(rho, 2)})`).join(", ");
      return told ? [h("li", {}, h("strong", {}, name), ": ", told)] : [];
    });
    const rule = about.theories.length > 1 && `${t("under", { theory: theory_name(theory) })}: `, none = t("decides_none", { k: known.length });
    return { bound, parts: lines.length ? [rule && h("p", { class: "under" }, rule), h("ul", {}, ...lines)] : [h("p", { class: "under" }, rule, none)] };
  });
  const bounds = [...new Set(each.map(({ bound }) => number(bound, 2)))].join(", ");
  return section(...each.flatMap(({ parts }) => parts), h("p", { class: "honest" }, t("decides_how", { n: most, bound: bounds })));
}

/** "programme.advice.ports.coop": its element and effect. @param {string} path */
function number_name(path) {
  const [, programme, what] = /^programme\.(\w+?)\.(?:ports\.)?(\w+)$/.exec(path) ?? [];
  if (!programme) return t(`number_${path}`);
  const from = page.experiment.designs.flatMap(({ programmes }) => programmes).find(({ name }) => programme === name || programme.startsWith(`${name}_`))?.from;
  return `${t(`kind_${from || programme}`)}: ${what === "unit_cost" ? t("l_unit_cost") : t(`port_${what}`)}`;
}

function full_study() {
  const { about, cargo } = page, id = "f-study", name = file_name();
  return h("section", { class: "full", "aria-labelledby": id }, h("h3", { id }, t("full_study")), h("p", {}, t("full_study_how", { name: `${name}.toml` })),
    h("pre", { tabindex: 0 }, `rathaus run ${name}.toml -o ${name}.h5 --report ${name}.html`),
    h("p", { class: "version" }, t("version", { version: cargo.version, model: `${about.model} ${about.model_sha256.slice(0, 12)}`, ensemble: ensemble_marks(12) })));
}

