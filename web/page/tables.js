// Tables that stand as they are, and what saves a table or a figure as a file.
import { h } from "./dom.js";
import { plain_table } from "./figures.js";
import { csv, save, svg } from "./files.js";
import { spoken } from "./words.js";

/** @param {string} title @param {any[]} head @param {any[][]} rows @param {any} [picture] */
export const tools = (title, head, rows, picture) => [
  h("button", { type: "button", class: "quiet", onclick: () => save(`${title}.csv`, csv([head, ...rows], spoken()), "text/csv") }, "CSV"),
  picture && h("button", { type: "button", class: "quiet", onclick: () => save(`${title}.svg`, svg(picture), "image/svg+xml") }, "SVG")].filter(Boolean);

/** @param {string} title @param {any[]} head @param {any[][]} rows as they are saved @param {string} how @param {any} [table] as it is shown @param {any} [lead] above it */
export function tabled(title, head, rows, how, table = plain_table(head, rows), lead = null) {
  const id = `f-${title.replace(/\W+/g, "-")}`;
  return h("figure", { "aria-labelledby": id }, h("h3", { id }, title), lead, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, table),
    h("figcaption", {}, how), h("p", { class: "tools" }, ...tools(title, head, rows)));
}
