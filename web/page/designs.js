// The designs side by side, and the levers of the one that is chosen.
import { fill, h } from "./dom.js";
import { free_name, most_designs, new_programme } from "./experiment.js";
import { keeping_focus, land_names } from "./frame.js";
import { apply, apply_soon } from "./in_out.js";
import { levers } from "./levers.js";
import { called, element, page, shown_name, start_index } from "./state.js";
import { t } from "./words.js";

const { view } = page;
const kind_name = (/** @type {import("./experiment.js").Programme} */ programme) => t(`kind_${programme.from || "own"}`);

/** Elements of designs that were opened or closed. @type {WeakMap<import("./experiment.js").Programme, boolean>} */
const opened = new WeakMap();

/** Draws and reads again; the focus goes to what was added, or stands beside what is gone. @param {string} id */
function changed(id) {
  draw_designs();
  (element(id) ?? element("add-programme")).focus();
  void apply();
}
const show_selected = () => changed(`tab-${view.selected}`);
const element_id = (/** @type {number} */ k) => `element-${k}`;

export const draw_designs = () => keeping_focus(() => {
  const { experiment } = page, design = experiment.designs[view.selected], few = experiment.designs.length < most_designs;
  const add = few && h("button", { type: "button", id: "add-design", onclick: () => insert({ name: free_name(t("new_design"), experiment), programmes: [] }) }, `+ ${t("add_design")}`);
  fill(element("designs"), h("h2", {}, t("designs")), tabs(), add || h("p", { class: "honest" }, t("four_designs")), design && panel(design, few));
});

function tabs() {
  const { designs } = page.experiment;
  return h("div", { role: "tablist", "aria-label": t("designs") }, ...designs.map((each, d) => h("button", {
    type: "button", role: "tab", id: `tab-${d}`, "aria-selected": String(d === view.selected), "aria-controls": "design", tabindex: d === view.selected ? 0 : -1,
    onclick: () => select(d),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const to = event.key === "ArrowRight" ? d + 1 : event.key === "ArrowLeft" ? d - 1 : NaN;
      if (!designs[to]) return;
      event.preventDefault();
      select(to);
    },
  }, h("span", { class: `mark mark-${d}`, "aria-hidden": "true" }), called(each))));
}

/** @param {number} d */
function select(d) {
  view.selected = d;
  draw_designs();
  element(`tab-${d}`).focus();
}

/** @param {import("./experiment.js").Design} design @param {boolean} few */
function panel(design, few) {
  const { experiment } = page;
  const remove = () => { experiment.designs.splice(view.selected, 1); view.selected = Math.max(0, view.selected - 1); show_selected(); };
  const copy = () => insert({ name: free_name(design.name, experiment), programmes: structuredClone(design.programmes) });
  return h("div", { role: "tabpanel", id: "design", "aria-labelledby": `tab-${view.selected}` },
    h("div", { class: "choice" }, h("label", { for: "design-name" }, t("design_name")), name_field(design)),
    !design.programmes.length && h("p", {}, t("no_programme")),
    ...design.programmes.map((programme, k) => element_of(design, programme, k)), more(design),
    h("p", { class: "tools" }, few && h("button", { type: "button", id: "copy-design", onclick: copy }, t("copy_design")),
      experiment.designs.length > 1 && h("button", { type: "button", class: "quiet", id: "remove-design", onclick: remove }, t("remove_design"))),
    h("p", { class: "honest" }, t("drop")));
}

/** @param {import("./experiment.js").Design} design */
function name_field(design) {
  const field = h("input", { type: "text", id: "design-name", value: called(design), maxlength: 40 });
  field.addEventListener("change", () => {
    const wanted = field.value.trim().replaceAll(/[^\p{L}\p{N} _-]/gu, "");
    if (!wanted) { field.value = called(design); return; }
    delete design.label;
    design.name = "";
    design.name = free_name(wanted, page.experiment);
    element(`tab-${view.selected}`).lastChild.textContent = called(design);
    void apply();
  });
  return field;
}

/** @param {import("./experiment.js").Design} design @param {import("./experiment.js").Programme} programme @param {number} k */
function element_of(design, programme, k) {
  const years = /** @type {[number, number]} */ ([Math.floor(start_index() / 4), Math.floor((start_index() + page.about.quarters - 1) / 4)]);
  const remove = () => { design.programmes.splice(k, 1); changed(element_id(Math.min(k, design.programmes.length - 1))); };
  return h("details", { class: "programme", open: opened.get(programme) ?? k === 0, ontoggle: (/** @type {Event} */ event) => opened.set(programme, /** @type {HTMLDetailsElement} */ (event.currentTarget).open) },
    h("summary", { id: element_id(k) }, kind_name(programme), (programme.label || programme.name !== programme.from) && h("small", {}, ` ${called(programme)}`)),
    ...levers(programme, page.catalogue, { lands: land_names(), years }, (redraw) => { if (redraw) draw_again(); apply_soon(); }),
    h("button", { type: "button", class: "quiet", onclick: remove }, t("remove_programme", { name: kind_name(programme) })));
}

/** The lever that had the focus keeps it: the one of its label, and of these the same. */
function draw_again() {
  const label = /** @type {any} */ (document.activeElement)?.labels?.[0]?.textContent;
  const named = () => /** @type {any[]} */ ([...document.querySelectorAll("#design :is(input, select)")]).filter(({ labels }) => labels[0]?.textContent === label);
  const nth = named().indexOf(document.activeElement);
  draw_designs();
  named()[nth]?.focus();
}

/** @param {import("./experiment.js").Design} design */
function more(design) {
  const select = h("select", { id: "add-programme", "aria-label": t("add_programme") }, h("option", { value: "" }, `+ ${t("add_programme")}`),
    ...Object.keys(page.catalogue).map((kind) => h("option", { value: kind }, t(`kind_${kind}`))));
  select.addEventListener("change", () => {
    if (!select.value) return;
    const programme = new_programme(select.value, page.catalogue);
    while (design.programmes.some(({ name }) => name === programme.name)) programme.name += "_2";
    design.programmes.push(programme);
    opened.set(programme, true);
    changed(element_id(design.programmes.length - 1));
  });
  return select;
}

/** @param {import("./experiment.js").Design} design */
function insert(design) {
  page.experiment.designs.push(design);
  view.selected = page.experiment.designs.length - 1;
  show_selected();
}
