// The answer in sentences, over its figures.
import { by_points, enough, pairs_of } from "./compute.js";
import { details } from "./details.js";
import { fill, h } from "./dom.js";
import { better_sentence, duel } from "./duels.js";
import { fit } from "./figures.js";
import { count_words, draw_foot, group_words, speed } from "./frame.js";
import { anyway_after, at_the_same, by_theory, chance_of, gains, spread, told_gains, value, whole } from "./results.js";
import { paper } from "./paper.js";
import { called, element, end_words, horizon_quarter, page, strata_horizon, told_by_engine } from "./state.js";
import { mean } from "./statistics.js";
import { story } from "./story.js";
import { theory_name, verdict_badge, verdict_sentences } from "./theories.js";
import { figure_words, gain_sentence } from "./told.js";
import { judge_theories } from "./verdicts.js";
import { number, quarter, rounded, t } from "./words.js";

/** @typedef {import("./results.js").Pair} Pair */
/** @typedef {{ name: string, design: import("./experiment.js").Design, d: number, first: Pair[], again: Pair[], gain: ReturnType<typeof spread>, chance: number,
 *   judged: ReturnType<typeof judge_theories> | null }} Shown `gain`: over all theories; `judged`: null while there are too few pairs */

const { view } = page;

/** Designs of which there is a pair, with their gain in what is asked. @returns {Shown[]} */
export function shown_designs() {
  const at = horizon_quarter(), { about } = page;
  return page.experiment.designs.map((design, d) => {
    const { first, again } = pairs_of(d);
    return { name: called(design), design, d, first, again, gain: spread(about, told_gains(about, first, view.metric, view.group, at)),
      chance: chance_of(about, first, again, view.metric, view.group, at), judged: judged(d) };
  }).filter(({ first }) => first.length > 0);
}

/** How many pairs there are of each. @param {Shown[]} shown */
export const counts_of = (shown) => shown.map(({ first }) => first.length);

export function draw_answer() {
  if (!page.experiment) return;
  fit();
  const begin = performance.now(), shown = shown_designs(), at = horizon_quarter(), year = end_words(horizon_quarter() + 1, quarter), place = element("answer");
  const opened = new Set([...place.querySelectorAll("details[open]")].map((each) => each.parentElement?.getAttribute("aria-labelledby")));
  const sentences = shown.map((each) => sentence(each)), duels = duels_of(shown), designs = page.experiment.designs.length + page.beyond.length;
  if (duels.length && duels.length === (designs * (designs - 1)) / 2) sentences.push(h("p", { class: "sentence" }, better_sentence(duels, by_points())));
  const { about: { theories, notes } } = page, many = theories.length > 1 && ` ${t("many_theories", { n: theories.length, list: theories.map(theory_name).join("; ") })}`;
  const twice = shown.find(({ chance }) => Number.isFinite(chance))?.again.length, by_chance = twice !== undefined && ` ${t("chance_how", { of: twice })}`;
  const note = h("p", { class: "honest" }, t(by_points() ? "both" : "chance_alone"), by_chance, many, ...notes.filter((note) => /^doubt: (none|the rule|without)/.test(note.message)).map((note) => ` ${told_by_engine(note)}.`), " ", t("simulated"));
  fill(place, h("h2", { id: "h-answer", tabindex: -1 }, t("answer")),
    ...(shown.length ? [h("div", { class: "sentences" }, h("p", { class: "honest" }, t("asked_of", { year, group: group_words(), told: figure_words(counts_of(shown), by_points()) })), ...sentences), note, paper(shown), ...details(shown, at, year), story(shown)] : [h("p", { class: "wait" }, t("computing"))]));
  if (!shown.every((each) => each.judged)) for (const title of place.querySelectorAll("figure > h3")) title.append(" ", provisional(Math.min(...counts_of(shown))));
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

/** In the place of a verdict. @param {number} n pairs */
const provisional = (n) => h("span", { class: "verdict is-provisional" }, t("provisional", { count: count_words(n) }));

/** The verdict first, then the gain. @param {Shown} shown */
function sentence({ name, first, d, gain, chance, judged }) {
  const one = gain.values.length < 2, parts = [gain_sentence(one ? { ...gain, low: NaN } : gain, t(`metric_${view.metric}`), by_points())];
  if (judged) parts.push(...verdict_sentences(judged, by_points(), page.about.theories));
  const share = one ? NaN : anyway_after(page.about, first, strata_horizon());
  if (Number.isFinite(share)) parts.push(t("sentence_anyway", { n: number(10 * share, 0) }));
  return h("p", { class: "sentence" }, h("span", { class: `mark mark-${d}`, "aria-hidden": "true" }), h("strong", {}, name, ": "),
    judged ? verdict_badge(judged.verdict) : provisional(first.length), ". ", parts.join(" "),
    Number.isFinite(chance) && h("small", {}, ` ${t("chance_part", { n: rounded(chance) })}`));
}

/** Supported units that would have had a service in any case. @param {Record<string, number>} part */
export const anyway = (part) => part.windfall + part.enlarged + part.reduced + part.delayed;

/** Gains under each theory, as the program has them. @param {Pair[]} all */
const gains_of_pairs = (all) => by_theory(page.about, all).map((pairs) => gains(page.about, pairs, view.metric, view.group, horizon_quarter()));
/** Those of a design. @param {number} d */
export const gains_of = (d) => gains_of_pairs(pairs_of(d).first);

/** Each two designs, once there are enough points of both. @param {Shown[]} shown */
export const duels_of = (shown) => shown.flatMap((a, k) => shown.slice(k + 1).map((b) => {
  const [first, second] = at_the_same(a.first, b.first).map(gains_of_pairs);
  return duel({ key: a.design.name, name: a.name, gains: first }, { key: b.design.name, name: b.name, gains: second }, page.question.more, smallest_gain(), by_points());
})).filter(({ leads }) => enough(leads.map(({ length }) => length)));

/** What may be said of a design, of points or of replicates: nothing before each theory has enough of them. @param {number} d */
export function judged(d) {
  const all = gains_of(d);
  return enough(all.map((each) => each.length)) ? judge_theories(all, page.question.more, smallest_gain(), by_points()) : null;
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
