// One municipality over all pairs: when it begins, without support and under each design.
import { h } from "./dom.js";
import { keeping_focus } from "./frame.js";
import { remember } from "./in_out.js";
import { nearest } from "./nearest.js";
import { starts } from "./results.js";
import { element, horizon_quarter, page, start_index } from "./state.js";
import { quantile } from "./statistics.js";
import { number, t } from "./words.js";

/** @typedef {import("./answer.js").Shown} Shown */

const { view } = page;

/** @param {Shown[]} shown */
export function story(shown) {
  const id = "f-story", { names } = page.about, at = horizon_quarter();
  view.unit = Math.min(view.unit, names.length - 1);
  const one = shown.map(({ name, d, first }) => ({ name, d, all: starts(first, view.unit) }));
  const rows = [row(t("without"), one[0].all.map(({ baseline }) => baseline), at), ...one.map(({ name, all }) => row(name, all.map(({ design }) => design), at))];
  const earlier = one.map(({ name, all }) => h("li", {}, h("strong", {}, name), ": ", t("story_pairs", {
    earlier: all.filter(({ design, baseline }) => design >= 0 && (baseline === -1 || design < baseline)).length,
    later: all.filter(({ design, baseline }) => baseline >= 0 && (design === -1 || design > baseline)).length, of: all.length })));
  return h("section", { class: "story", "aria-labelledby": id }, h("h3", { id }, t("story")), choose(names),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("table") }, h("table", {},
      h("thead", {}, h("tr", {}, h("td", {}), ...[t("story_share", { year: year_of(at) }), t("story_start"), t("story_range")].map((cell) => h("th", { scope: "col" }, cell)))),
      h("tbody", {}, ...rows.map(([name, ...cells]) => h("tr", {}, h("th", { scope: "row" }, name), ...cells.map((cell) => h("td", {}, cell))))))),
    h("ul", {}, ...earlier), h("p", { class: "honest" }, t("story_how")));
}

const year_of = (/** @type {number} */ quarter) => quarter < 0 ? t("story_before", { quarter: page.about.start })
  : String(Math.floor((start_index() + quarter) / 4));

/** In how many pairs the unit has a service by the quarter, and when it begins where it does at all.
 * @param {string} name @param {number[]} begins @param {number} at */
function row(name, begins, at) {
  const ever = begins.filter((quarter) => quarter !== -1).sort((a, b) => a - b);
  const when = ever.length ? year_of(Math.round(quantile(ever, 0.5))) : "–", range = ever.length ? `${year_of(ever[0])} – ${year_of(ever[ever.length - 1])}` : "–";
  return [name, t("of", { n: number(ever.filter((quarter) => quarter <= at).length), of: number(begins.length) }), when, range];
}

/** What was typed and is no name, with the nearest that are; it stays until one is chosen. */
let unknown = { name: "", near: /** @type {string[]} */ ([]) };
const known = () => { unknown = { name: "", near: [] }; };

/** By name or at random. @param {string[]} names */
function choose(names) {
  const unit_of = (/** @type {string} */ name) => names.findIndex((each) => each.toLowerCase() === name.trim().toLowerCase());
  if (unit_of(unknown.name) >= 0) known();
  const field = h("input", { type: "text", id: "story-unit", list: "story-names", value: unknown.name || names[view.unit], maxlength: 100, autocomplete: "off",
    ...(unknown.name ? { "aria-invalid": "true", "aria-describedby": "story-unknown" } : {}) });
  const list = h("datalist", { id: "story-names" });
  const offer = () => {
    const wanted = field.value.toLowerCase();
    list.replaceChildren(...names.filter((name) => name.toLowerCase().includes(wanted)).slice(0, 20).map((name) => h("option", { value: name })));
  };
  const look_at = (/** @type {number} */ unit) => {
    known();
    view.unit = unit;
    void remember();
    keeping_focus(page.redraw);
  };
  field.addEventListener("input", offer);
  field.addEventListener("change", () => {
    const unit = unit_of(field.value);
    if (unit >= 0) return look_at(unit);
    const name = field.value.trim();
    unknown = { name, near: name ? nearest(name, names, 5) : [] };
    keeping_focus(page.redraw);
    element("live").textContent = element("story-unknown")?.textContent ?? "";
  });
  const random = h("button", { type: "button", id: "story-random", class: "quiet" }, t("story_random"));
  random.addEventListener("click", () => look_at(Math.floor(Math.random() * names.length)));
  const near = unknown.near.filter((name) => unit_of(name) >= 0).map((name, k) => h("button", { type: "button", id: `story-near-${k}`, class: "quiet", onclick: () => { look_at(unit_of(name)); element("story-unit").focus(); } }, name));
  return h("div", {}, h("div", { class: "choice" }, h("label", { for: "story-unit" }, t("story_of")), field, list, random),
    unknown.name && h("div", { class: "choice", id: "story-unknown" }, t("story_unknown", { name: unknown.name, of: names[view.unit] }), ...near));
}
