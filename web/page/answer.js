// The answer in sentences, over its figures.
import { by_points, pairs_of } from "./compute.js";
import { details } from "./details.js";
import { fill, h } from "./dom.js";
import { fit } from "./figures.js";
import { draw_foot, group_words, speed } from "./frame.js";
import { chance_of, gains, spread, strata, told_gains, value, whole } from "./results.js";
import { called, element, end_words, horizon_quarter, page, strata_horizon, verdict_words } from "./state.js";
import { judge, judge_by_chance, mean } from "./statistics.js";
import { story } from "./story.js";
import { number, quarter, rounded, t } from "./words.js";

/** @typedef {import("./results.js").Pair} Pair */
/** @typedef {{ name: string, design: import("./experiment.js").Design, d: number, first: Pair[], again: Pair[], gain: ReturnType<typeof spread>, chance: number }} Shown */

const { view } = page;

/** Designs of which there is a pair, with their gain in what is asked. @returns {Shown[]} */
function shown_designs() {
  const at = horizon_quarter(), { about } = page;
  return page.experiment.designs.map((design, d) => {
    const { first, again } = pairs_of(d);
    return { name: called(design), design, d, first, again, gain: spread(told_gains(about, first, view.metric, view.group, at)),
      chance: chance_of(about, first, again, view.metric, view.group, at) };
  }).filter(({ first }) => first.length > 0);
}

export function draw_answer() {
  if (!page.experiment) return;
  fit();
  const begin = performance.now(), shown = shown_designs(), at = horizon_quarter(), year = end_words(horizon_quarter() + 1, quarter), place = element("answer");
  const opened = new Set([...place.querySelectorAll("details[open]")].map((each) => each.parentElement?.getAttribute("aria-labelledby")));
  const sentences = shown.map((each) => sentence(each));
  const note = h("p", { class: "honest" }, t(by_points() ? "both" : "chance_alone"), ...page.about.notes.filter((note) => note.startsWith("doubt: none")).map((note) => ` ${note}.`), " ", t("simulated"));
  fill(place, h("h2", { id: "h-answer", tabindex: -1 }, t("answer")),
    ...(shown.length ? [h("div", { class: "sentences" }, h("p", { class: "honest" }, t("asked_of", { year, group: group_words() })), ...sentences), note, ...details(shown, at, year), story(shown)] : [h("p", { class: "wait" }, t("computing"))]));
  for (const figure of place.querySelectorAll("figure")) {
    const table = figure.querySelector("details");
    if (table && opened.has(figure.getAttribute("aria-labelledby"))) table.open = true;
  }
  announce(sentences.map(({ textContent }) => textContent).join(" "));
  draw_foot(shown, at);
  speed.draw = performance.now() - begin;
  if (!speed.moved || !shown.some(({ d }) => d === view.selected)) return;
  const { moved } = speed;
  speed.moved = 0;
  page.painting = true;
  // what is drawn is seen after the next frame
  requestAnimationFrame(() => setTimeout(() => {
    speed.first = performance.now() - moved;
    page.painting = false;
    page.pool.kick();
  }));
}

let told_at = 0;
/** What a screen reader hears, not more often than every few seconds. @param {string} text */
function announce(text) {
  const now = performance.now();
  if (now - told_at < 6000) return;
  told_at = now;
  element("live").textContent = text;
}

/** "93 fewer", "5 more". @param {number} gain @param {string} [of] */
const change_words = (gain, of = "") => t(`${gain < 0 ? "fewer" : "more"}${of && "_of"}`, { n: rounded(Math.abs(gain)), metric: of });

/** The verdict first, then the gain. @param {Shown} shown */
function sentence({ name, first, again, d, gain, chance }) {
  const all = gain.values, raw = gains(page.about, first, view.metric, view.group, horizon_quarter()), parts = [];
  parts.push(t(all.length < 2 ? "sentence_one" : "sentence", { change: change_words(gain.mean, t(`metric_${view.metric}`)), low: change_words(gain.low), high: change_words(gain.high) }));
  const judgement = all.length >= 8 ? judged(raw) : null;
  if (judgement) parts.push(t(verdict_words(by_points(), judgement.verdict), judgement));
  const part = strata(page.about, first, strata_horizon()), funded = anyway(part) + part.accelerated + part.induced;
  if (funded >= 1 && all.length >= 2) parts.push(t("sentence_anyway", { n: number((10 * anyway(part)) / funded, 0) }));
  return h("p", { class: "sentence" }, h("span", { class: `mark mark-${d}`, "aria-hidden": "true" }), h("strong", {}, name, judgement ? ": " : ". "),
    judgement && h("span", { class: `verdict is-${judgement.verdict}` }, t(`short_${judgement.verdict}`)), judgement && ". ", parts.join(" "),
    Number.isFinite(chance) && h("small", {}, ` ${t("chance_part", { n: rounded(chance), of: again.length })}`));
}

/** Supported units that would have had a service in any case. @param {Record<string, number>} part */
export const anyway = (part) => part.windfall + part.enlarged + part.reduced + part.delayed;

/** What may be said of gains, of points or of replicates. @param {number[]} of */
export function judged(of) {
  const { more } = page.question, smallest = smallest_gain(), counted = judge(of, more, smallest);
  return by_points() ? counted : { ...counted, verdict: judge_by_chance(of, more, smallest) };
}

/** Below it a gain counts as none: what the experiment says of its own question, else a thousandth of the whole [docs/metrics.md, "Verdicts"]. */
export function smallest_gain() {
  const { question } = page, part = 0.001;
  if (question.in_numbers && question.smallest_gain !== undefined && question.metric === view.metric) return question.smallest_gain;
  if (view.metric.startsWith("share_of_")) return part;
  const { units, inhabitants } = whole(page.about, view.group);
  if (view.metric !== "services_running") return part * (view.metric === "adopters" ? units : inhabitants);
  const at = horizon_quarter(), { first } = pairs_of(0);
  return part * mean(first.map(({ baseline }) => value(page.about, baseline, view.metric, view.group, at)));
}
