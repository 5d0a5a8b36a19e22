// What the page holds of an experiment: its frame, kept as it was written, and designs whose numbers have levers.
import { parse } from "smol-toml";
import { crossed } from "./results.js";
import { policies_text } from "./policies.js";
import { header_text, table_text, tables_of, value_text } from "./toml.js";

/** @typedef {{ en: string, de: string }} Label what it is called; none: by its name */
/** @typedef {{ name: string, from: string, label?: Label, keys: Record<string, any> }} Programme */
/** @typedef {{ name: string, label?: Label, programmes: Programme[] }} Design */
/** @typedef {{ title: string | Label, question: string, frame: string, kept: string, targets: string, order: string[], baseline: Design, designs: Design[] }} Experiment
 * `order`: names of the programmes in the file; their unknown effects are drawn in it */
/** @typedef {{ default: number, range: [number, number], unit: string, grade: string, source: string }} Evidence */
/** @typedef {Record<string, { title: string, field: string, ports: Record<string, Evidence>, unit_cost?: Evidence }>} Catalogue */

export const most_designs = 4;
/** Ports that are rates of a grant. */
export const rates = ["grant_pilot", "grant_scale"];

/** Tables of what is not known and of rival theories. */
const kept_tables = ["uncertain", "design", "alternatives", "doubt"];

/** Of these, what the page leaves to the command line: rival theories, and points that only its libraries draw. @param {string} text */
export function left_out(text) {
  const design = tables_of(text).find(({ name }) => name === "design");
  const drawn = design && !/^\s*method\s*=\s*"(list|keyed_hypercube)"/m.test(design.text);
  return drawn ? ["alternatives", "uncertain", "design"] : ["alternatives"];
}

/** Whether an experiment asks for chance alone. @param {string} text */
export const is_certain = (text) => /^\s*doubt\s*=\s*["']none["']/m.test(tables_of(text)[0].text);

/** @param {string} name @param {string[]} tables */
const is_of = (name, tables) => tables.some((table) => name === table || name.startsWith(`${table}.`));

/**
 * @param {string} text as the user wrote it
 * @param {string} resolved as the engine read it
 * @returns {{ experiment: Experiment, catalogue: Catalogue, discount: number }}
 */
export function read(text, resolved) {
  const doc = /** @type {any} */ (parse(resolved));
  const programmes = doc.programme ?? {};
  const designs = Object.entries(/** @type {Record<string, any>} */ (doc.scenario ?? { baseline: { baseline: true, programmes: [] } }))
    .map(([name, scenario]) => ({
      name, label: scenario.label, baseline: scenario.baseline === true,
      programmes: /** @type {string[]} */ (scenario.programmes).map((programme) => {
        const { from = "", label, ...keys } = structuredClone({ ...programmes[programme], ...(scenario.change?.[programme] ?? {}) });
        return { name: programme, from, label, keys };
      }),
    }));
  const baseline = designs.find((design) => design.baseline) ?? designs[0];
  let frame = "", kept = "", targets = "", question = "";
  for (const part of tables_of(text)) {
    if (part.name === "") question = (part.text.match(/^[ \t]*question\b.*\n?/gm) ?? []).join("");
    if (part.name === "") frame += part.text.split(/(?<=\n)/).filter((line) => /^\s*(model|population|time|money|replicates|random|output|parameters)\b/.test(line)).join("");
    else if (is_of(part.name, ["programme", "scenario"])) continue;
    else if (is_of(part.name, ["target"])) targets += part.text;
    else if (is_of(part.name, ["question"])) question += part.text;
    else if (is_of(part.name, kept_tables)) kept += part.text;
    else frame += part.text;
  }
  const strip = (/** @type {any} */ design) => ({ name: design.name, label: design.label, programmes: design.programmes });
  return {
    experiment: { title: doc.title, question,
      frame, kept, targets, order: Object.keys(programmes), baseline: strip(baseline), designs: designs.filter((design) => design !== baseline).map(strip) },
    catalogue: doc.model?.programmes ?? {}, discount: doc.money.discount,
  };
}

/** What is asked, as the table that the command line reads; `more` is kept, and the smallest gain that counts for the same metric.
 * @param {import("./pool.js").Question} before @param {{ en: string, de: string }} text @param {string} metric @param {import("./results.js").Class} of @param {string} horizon */
export function question_text(before, { en, de }, metric, of, horizon) {
  const group = { ...(of.size === "all" ? {} : { size_class: of.size }), ...(of.fiscal === "all" ? {} : { fiscal_class: of.fiscal }) };
  return table_text("question", { text: en === de ? en : { en, de }, metric, ...(Object.keys(group).length ? { group } : {}), horizon,
    ...(before.more ? {} : { prefer: "less" }), ...(before.metric === metric ? { smallest_gain: before.smallest_gain } : {}) });
}

/** The experiment as a file for the command line. @param {Experiment} experiment @param {boolean} certain: chance alone */
export function text_of(experiment, certain) {
  const { frame } = experiment;
  const tables = tables_of(frame);
  const root = tables[0].text.trim() + (certain && !experiment.kept ? '\ndoubt = "none"' : "");
  const rest = tables.slice(1).map((part) => part.text.trim()).filter(Boolean).join("\n\n");
  const is_table = /^\s*(#|\[)/.test(experiment.question);
  return [`title = ${value_text(experiment.title)}\n${is_table ? "" : experiment.question}${root}`, is_table ? experiment.question.trim() : "",
    policies_text(experiment.designs, experiment.baseline, experiment.order), rest, experiment.targets.trim(), experiment.kept.trim()]
    .filter(Boolean).join("\n\n") + "\n";
}

/** The experiment as the engine of the page runs it: sums by the classes of the page, at the points that the program runs.
 * @param {Experiment} experiment @param {boolean} certain */
export function run_text(experiment, certain) {
  const out = left_out(experiment.kept), kept = certain ? "" : tables_of(experiment.kept).filter(({ name }) => !is_of(name, out)).map(({ text }) => text).join("");
  const frame = tables_of(experiment.frame).filter(({ name }) => name !== "output").map(({ text }) => text).join("");
  return text_of({ ...experiment, frame: `${frame}\n[output]\ngroups = ["${crossed}"]\n`, question: "", kept }, certain);
}

/** A programme of a kind of the catalogue, with money and dates to begin with. @param {string} kind @param {Catalogue} catalogue @returns {Programme} */
export function new_programme(kind, catalogue) {
  const ports = Object.fromEntries(Object.entries(catalogue[kind].ports).map(([port, evidence]) => [port, evidence.default]));
  const grants = "grant_pilot" in ports || "grant_scale" in ports;
  return { name: kind, from: kind, keys: {
    ports, window: grants ? { first: "2026-Q1", length: 2, every: 4, last: "2030-Q4", announced: 2 } : { first: "2026-Q1", length: 20 },
    budget: { per_year: grants ? 10_000_000 : 3_000_000, carry_over: grants },
    eligible: {}, ...(grants ? { effort: { application_days: 10 }, award: { rule: "fcfs" } } : {}),
    ...(catalogue[kind].unit_cost && !grants ? { unit_cost: catalogue[kind].unit_cost.default } : {}),
  } };
}

/** A name that no other design has. @param {string} wanted @param {Experiment} experiment */
export function free_name(wanted, experiment) {
  const taken = new Set([experiment.baseline.name, ...experiment.designs.map((design) => design.name)]);
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
  return name;
}
