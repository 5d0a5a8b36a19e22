// The answer in sentences, over its figures.
import { pairs_of } from "./compute.js";
import { details } from "./details.js";
import { fill, h } from "./dom.js";
import { draw_foot, group_words, speed } from "./frame.js";
import { chance_of, crossed, gains, places, spread, strata } from "./results.js";
import { element, horizon_quarter, horizon_year, page, shown_name } from "./state.js";
import { verdict } from "./statistics.js";
import { story } from "./story.js";
import { number, rounded, t } from "./words.js";

/** @typedef {import("./results.js").Pair} Pair */
/** @typedef {{ name: string, design: import("./experiment.js").Design, d: number, first: Pair[], again: Pair[], gain: ReturnType<typeof spread>, chance: number }} Shown */

const { view } = page;

/** Designs of which there is a pair, with their gain in what is asked. @returns {Shown[]} */
function shown_designs() {
  const at = horizon_quarter(), { about } = page;
  return page.experiment.designs.map((design, d) => {
    const { first, again } = pairs_of(d);
    return { name: shown_name(design.name), design, d, first, again, gain: spread(gains(about, first, view.metric, view.group, at)),
      chance: chance_of(about, first, again, view.metric, view.group, at) };
  }).filter(({ first }) => first.length > 0);
}

export function draw_answer() {
  if (!page.experiment) return;
  const begin = performance.now(), shown = shown_designs(), at = horizon_quarter(), year = String(horizon_year(view.horizon)), place = element("answer");
  const opened = new Set([...place.querySelectorAll("details[open]")].map((each) => each.parentElement?.getAttribute("aria-labelledby")));
  const sentences = shown.map((each) => sentence(each, year));
  const note = h("p", { class: "honest" }, t(view.ignorance ? "both" : "chance_alone"), " ", t("simulated"));
  fill(place, h("h2", { id: "h-answer", tabindex: -1 }, t("answer")),
    ...(shown.length ? [h("div", { class: "sentences" }, ...sentences), note, ...details(shown, at, year), story(shown)] : [h("p", { class: "wait" }, t("computing"))]));
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

/** @param {Shown} shown @param {string} year */
function sentence({ name, first, again, d, gain, chance }, year) {
  const values = { design: name, year, group: group_words(), change: change_words(gain.mean, t(`metric_${view.metric}`)), low: change_words(gain.low), high: change_words(gain.high) };
  const all = gain.values, parts = [t(all.length < 2 ? "sentence_one" : "sentence", values)];
  const judged = verdict(all, smallest_gain());
  if (all.length >= 8) parts.push(t(`verdict_${judged.verdict}`, judged));
  const part = strata(page.about, first, view.horizon), funded = anyway(part) + part.accelerated + part.induced;
  if (funded >= 1 && all.length >= 2) parts.push(t("sentence_anyway", { n: number((10 * anyway(part)) / funded, 0) }));
  return h("p", { class: "sentence" }, h("span", { class: `mark mark-${d}`, "aria-hidden": "true" }), parts.join(" "),
    Number.isFinite(chance) && h("small", {}, ` ${t("chance_part", { n: rounded(chance), of: again.length })}`));
}

/** Supported units that would have had a service in any case. @param {Record<string, number>} part */
export const anyway = (part) => part.windfall + part.enlarged + part.reduced + part.delayed;

/** Below it a gain counts as none: what the experiment says of its own question, else a thousandth of all that could be reached. */
function smallest_gain() {
  const { question } = page;
  if (question.in_numbers && question.smallest_gain !== undefined && question.metric === view.metric) return question.smallest_gain;
  const grouping = /** @type {import("./pool.js").Grouping} */ (page.about.groupings.find(({ name }) => name === crossed));
  const of = view.metric === "adopter_inhabitants" ? grouping.inhabitants : grouping.units;
  const all = places(page.about, view.group).reduce((sum, c) => sum + of[c], 0);
  return (view.metric === "services_running" ? all * page.about.axes.use_case.length : all) / 1000;
}
