// Figures as SVG, each with its table; marks and labels differ, not hues alone.
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { h, s } from "./dom.js";
import { number, rounded, t } from "./words.js";
import { quantile_dots } from "./statistics.js";

/** Okabe and Ito's colours, dark enough for text on white. */
export const colours = ["#005a8d", "#a34700", "#00694b", "#8a3f74"];
export const dashes = ["", "7 3", "2 3", "9 3 2 3"];

let width = 640;
/** As wide as the place: on a phone letters stay legible. */
export const fit = () => { width = innerWidth < 480 ? 400 : 640; };

const line_height = 14;
/** A label whole: on lines of at most so many letters, broken between words where there are some. @param {string} text @param {number} most */
function lines_of(text, most) {
  const lines = [""];
  for (const word of text.split(" ").flatMap((whole) => whole.match(new RegExp(`.{1,${most}}`, "gu")) ?? [])) {
    const last = lines[lines.length - 1];
    if (last && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}
/** @param {string[]} lines @param {number} d @param {number} x @param {number} y of the first line */
const label_of = (lines, d, x, y) => s("text", { class: "label", x, y, fill: colours[d] }, ...lines.map((line, k) => s("tspan", { x, dy: k && line_height }, k < lines.length - 1 ? `${line} ` : line)));
/** Labels that stand above what they name, and what the longest needs beyond its first line. @param {{ name: string }[]} designs */
function labels_above(designs) {
  const labels = designs.map(({ name }) => lines_of(name, Math.floor(width / 8)));
  return { labels, more: line_height * (Math.max(1, ...labels.map(({ length }) => length)) - 1) };
}

/** @param {string} title @param {string} how @param {any} picture @param {string[]} head @param {(string | number)[][]} rows @param {(name: string, head: string[], rows: any[][], picture: any) => Node[]} tools @param {any} [key] */
export function figure(title, how, picture, head, rows, tools, key = null) {
  const id = `f-${title.replace(/\W+/g, "-")}`;
  return h("figure", { "aria-labelledby": id }, h("h3", { id }, title), key, picture, h("figcaption", {}, how),
    h("details", {}, h("summary", {}, t("table")),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `${t("table")}: ${title}` }, plain_table(head, rows)), h("p", { class: "tools" }, ...tools(title, head, rows, picture))));
}

/** Numbers with as many digits as tell something. @param {any[]} head @param {any[][]} rows */
export const plain_table = (head, rows) => h("table", {}, h("thead", {}, h("tr", {}, ...head.map((cell) => (cell === "" ? h("td", {}) : h("th", { scope: "col" }, cell))))),
  h("tbody", {}, ...rows.map((row) => h("tr", {}, h("th", { scope: "row" }, row[0]), ...row.slice(1).map((cell) => h("td", {}, typeof cell === "number" ? rounded(cell) : cell))))));

/** @param {number} height @param {string} label @param {any[]} children */
const picture = (height, label, ...children) => s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }, ...children);

/** @typedef {{ name: string, d: number, values: number[], middle: number, low: number, high: number, chance: number }} Spread */

const most_dots = 50;
/** Whether a dot is what was computed, for every design alike. @param {number[]} counts of what was computed of each */
const each_a_dot = (counts) => Math.min(...counts) <= most_dots;
/** What a dot stands for. @param {number[]} counts @param {boolean} by_points */
export const dot_words = (counts, by_points) => t(each_a_dot(counts) ? (by_points ? "dot_point" : "dot_pair") : "dot_of_fifty");

/** Dots of each design, left and right of zero: one for each value, or fifty quantiles of more. @param {Spread[]} designs @param {string} label */
export function dots(designs, label) {
  const each = each_a_dot(designs.map(({ values }) => values.length));
  const { labels, more } = labels_above(designs), rows = 64 + more, left = 8, bin = 7.4, all = designs.flatMap((design) => design.values);
  const low = Math.min(0, ...all), high = Math.max(0, ...all), pad = (high - low || 1) * 0.05;
  const x = scaleLinear([low - pad, high + pad], [left, width - left]);
  // a bin has its middle at zero, so that no gain stands on the line
  const bin_of = (/** @type {number} */ value) => Math.round((x(value) - x(0)) / bin);
  const parts = x.ticks(7).map((tick) => s("g", {}, s("line", { class: tick === 0 ? "zero" : "grid", x1: x(tick), x2: x(tick), y1: 0, y2: designs.length * rows }),
    s("text", { class: "scale", x: x(tick), y: designs.length * rows + 15, "text-anchor": "middle" }, number(tick, tick % 1 ? 1 : 0))));
  designs.forEach((design, row) => {
    const { d } = design, bottom = (row + 1) * rows - 8;
    /** @type {Map<number, number>} */
    const heights = new Map();
    parts.push(label_of(labels[row], d, left, row * rows + 13));
    const places = (each ? design.values : quantile_dots(design.values, most_dots)).map(bin_of);
    const step = Math.min(bin, (rows - 22 - more) / Math.max(1, ...places.map((place) => places.filter((other) => other === place).length)));
    for (const place of places) {
      const height = heights.get(place) ?? 0;
      heights.set(place, height + 1);
      const cx = x(0) + place * bin, cy = bottom - height * step;
      parts.push(d % 2 ? s("rect", { x: cx - 3, y: cy - 3, width: 6, height: 6, fill: colours[d] }) : s("circle", { cx, cy, r: 3.3, fill: colours[d] }));
    }
    parts.push(s("line", { class: "base", x1: left, x2: width - left, y1: bottom + 4, y2: bottom + 4 }));
    if (design.low < design.high) parts.push(s("line", { x1: x(design.low), x2: x(design.high), y1: bottom + 5, y2: bottom + 5, stroke: colours[d], "stroke-width": 1.6 }), s("line", { x1: x(design.middle), x2: x(design.middle), y1: bottom - 1, y2: bottom + 12, stroke: colours[d], "stroke-width": 1.6 }));
    if (Number.isFinite(design.chance)) parts.push(s("line", { x1: x(design.middle - design.chance), x2: x(design.middle + design.chance), y1: bottom + 5, y2: bottom + 5, stroke: colours[d], "stroke-width": 6 }));
  });
  return picture(designs.length * rows + 20, label, ...parts);
}

/** @typedef {{ name: string, d: number, middle: number[], low: number[], high: number[], chosen: boolean }} Course */

/** Gains over time with their band; labels stand at the lines. @param {Course[]} designs @param {number[]} years @param {number} starts @param {string} label */
export function course(designs, years, starts, label) {
  const height = 250, left = 48, right = width < 500 ? 134 : 190, top = 12, bottom = 26;
  const all = designs.flatMap((design) => [...design.low, ...design.high]);
  const x = scaleLinear([years[0], years[years.length - 1]], [left, width - right]);
  const y = scaleLinear([Math.min(0, ...all), Math.max(0.001, ...all)], [height - bottom, top]).nice(5);
  const parts = y.ticks(5).map((tick) => s("g", {}, s("line", { class: tick === 0 ? "zero" : "grid", x1: left, x2: width - right, y1: y(tick), y2: y(tick) }),
    s("text", { class: "scale", x: left - 5, y: y(tick) + 4, "text-anchor": "end" }, number(tick, tick % 1 ? 1 : 0))));
  for (const year of x.ticks(6)) parts.push(s("text", { class: "scale", x: x(year), y: height - 8, "text-anchor": "middle" }, String(year)));
  parts.push(s("line", { class: "start", x1: x(starts), x2: x(starts), y1: top, y2: height - bottom }));
  const ends = designs.map(({ name, d, middle }) => ({ lines: lines_of(name, width < 500 ? 13 : 23), d, at: y(middle[middle.length - 1]) })).sort((a, b) => a.at - b.at);
  // labels give way to those above them, and all of them to the lower end
  ends.forEach((end, k) => { if (k > 0) end.at = Math.max(end.at, ends[k - 1].at + line_height * ends[k - 1].lines.length); });
  ends.reduceRight((below, end) => (end.at = Math.min(end.at, below - line_height * end.lines.length)), height - bottom + line_height / 2);
  designs.forEach((design) => {
    const { d } = design, at = (/** @type {any} */ _v, /** @type {number} */ i) => x(years[i]);
    if (design.chosen) parts.push(s("path", { d: area().x(at).y0((_v, i) => y(design.low[i])).y1((_v, i) => y(design.high[i]))(/** @type {any} */ (design.middle)), fill: colours[d], "fill-opacity": 0.18 }));
    parts.push(s("path", { d: line().x(at).y((_v, i) => y(design.middle[i]))(/** @type {any} */ (design.middle)), fill: "none", stroke: colours[d], "stroke-width": 2.2, "stroke-dasharray": dashes[d] }));
  });
  for (const { lines, d, at } of ends) parts.push(label_of(lines, d, width - right + 6, at + 4));
  return picture(height, label, ...parts);
}

export const patterns = ["#005a8d", "#7fb2d0", "#00694b", "#b8b8b8", "#8bc1a8", "#a34700"];
const inks = ["#fff", "#111", "#fff", "#111", "#111", "#fff"];

/** What the parts of bars are called. @param {string[]} names */
export const legend = (names) => h("ul", { class: "legend" }, ...names.map((name, k) => h("li", {}, s("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" }, s("rect", { width: 12, height: 12, fill: patterns[k], class: "part" })), name)));

/** Parts of a bar a design. @param {{ name: string, d: number, parts: number[] }[]} designs @param {string} label */
export function bars(designs, label) {
  const { labels, more } = labels_above(designs), rows = 46 + more, top = 8, left = 8;
  const x = scaleLinear([0, Math.max(1, ...designs.map((design) => design.parts.reduce((a, b) => a + b, 0)))], [left, width - left]);
  /** @type {Node[]} */
  const parts = [];
  designs.forEach((design, row) => {
    const { d } = design, y = top + row * rows + more;
    let sum = 0;
    parts.push(label_of(labels[row], d, left, y - more + 4));
    design.parts.forEach((part, k) => {
      const begin = x(sum), end = x(sum + part);
      sum += part;
      parts.push(s("rect", { class: "part", x: begin, y: y + 8, width: Math.max(0, end - begin), height: 20, fill: patterns[k] }));
      const text = rounded(part);
      if (end - begin > text.length * 7 + 4)
        parts.push(s("text", { class: "inside", x: (begin + end) / 2, y: y + 22, "text-anchor": "middle", fill: inks[k] }, text));
    });
  });
  return picture(top + designs.length * rows, label, ...parts);
}

/** Middle and range of a gain for each class, designs beside each other. @param {{ name: string, d: number, rows: { middle: number, low: number, high: number }[] }[]} designs @param {string[]} classes @param {string} label */
export function ranges(designs, classes, label) {
  const gap = 11, left = width < 500 ? 128 : 180, block = designs.length * gap + 12;
  const all = designs.flatMap((design) => design.rows.flatMap((row) => [row.low, row.high]));
  const x = scaleLinear([Math.min(0, ...all), Math.max(0.001, ...all)], [left, width - 12]).nice(5);
  const parts = x.ticks(5).map((tick) => s("g", {}, s("line", { class: tick === 0 ? "zero" : "grid", x1: x(tick), x2: x(tick), y1: 0, y2: classes.length * block }),
    s("text", { class: "scale", x: x(tick), y: classes.length * block + 14, "text-anchor": "middle" }, number(tick, tick % 1 ? 1 : 0))));
  classes.forEach((name, c) => {
    parts.push(s("text", { class: "scale", x: left - 8, y: c * block + block / 2 + 4, "text-anchor": "end" }, name));
    designs.forEach(({ d, rows }, row) => {
      const { middle, low, high } = rows[c], y = c * block + 10 + row * gap;
      parts.push(s("line", { x1: x(low), x2: x(high), y1: y, y2: y, stroke: colours[d], "stroke-width": 2.2, "stroke-dasharray": dashes[d] }));
      parts.push(d % 2 ? s("rect", { x: x(middle) - 4, y: y - 4, width: 8, height: 8, fill: colours[d] }) : s("circle", { cx: x(middle), cy: y, r: 4.4, fill: colours[d] }));
    });
  });
  return picture(classes.length * block + 18, label, ...parts);
}
