// What the page holds of an experiment: its frame, kept as it was written, and designs whose numbers have levers.
import { parse } from "smol-toml";
import { crossed } from "./results.js";
import { header_text, table_text, tables_of } from "./toml.js";

/** @typedef {{ name: string, from: string, keys: Record<string, any> }} Programme */
/** @typedef {{ name: string, programmes: Programme[] }} Design */
/** @typedef {{ title: string, question: string, frame: string, kept: string, targets: string, baseline: Design, designs: Design[] }} Experiment */
/** @typedef {{ default: number, range: [number, number], unit: string, grade: string, source: string }} Evidence */
/** @typedef {Record<string, { title: string, field: string, ports: Record<string, Evidence>, unit_cost?: Evidence }>} Catalogue */

export const most_designs = 4;

/** Tables of what is not known and of rival theories: the page draws its own points, and keeps them for the full study. */
const kept_tables = ["uncertain", "design", "alternatives", "doubt"];

/** @param {string} name @param {string[]} tables */
const is_of = (name, tables) => tables.some((table) => name === table || name.startsWith(`${table}.`));

/**
 * @param {string} text as the user wrote it
 * @param {string} resolved as the engine read it
 * @returns {{ experiment: Experiment, catalogue: Catalogue, doc: any }}
 */
export function read(text, resolved) {
  const doc = /** @type {any} */ (parse(resolved));
  const programmes = doc.programme ?? {};
  const designs = Object.entries(/** @type {Record<string, any>} */ (doc.scenario ?? { baseline: { baseline: true, programmes: [] } }))
    .map(([name, scenario]) => ({
      name, baseline: scenario.baseline === true,
      programmes: /** @type {string[]} */ (scenario.programmes).map((programme) => {
        const { from = "", ...keys } = structuredClone({ ...programmes[programme], ...(scenario.change?.[programme] ?? {}) });
        return { name: programme, from, keys };
      }),
    }));
  const baseline = designs.find((design) => design.baseline) ?? designs[0];
  let frame = "", kept = "", targets = "", question = "";
  for (const part of tables_of(text)) {
    if (part.name === "") question = /^\s*question\s*=.*\n?/m.exec(part.text)?.[0] ?? "";
    if (part.name === "") frame += part.text.split(/(?<=\n)/).filter((line) => /^\s*(model|population|time|money|replicates|random|output|parameters|doubt)\b/.test(line)).join("");
    else if (is_of(part.name, ["programme", "scenario"])) continue;
    else if (is_of(part.name, ["target"])) targets += part.text;
    else if (is_of(part.name, ["question"])) question += part.text;
    else if (is_of(part.name, kept_tables)) kept += part.text;
    else frame += part.text;
  }
  const strip = (/** @type {any} */ design) => ({ name: design.name, programmes: design.programmes });
  return {
    experiment: { title: doc.title, question,
      frame, kept, targets, baseline: strip(baseline), designs: designs.filter((design) => design !== baseline).map(strip) },
    catalogue: doc.model?.programmes ?? {}, doc,
  };
}

/** Programmes and scenarios as tables: a programme that differs between designs is written once for each.
 * @param {Design[]} designs @param {Design} baseline */
function policies_text(designs, baseline) {
  let text = "";
  /** @type {Map<string, string>} */
  const written = new Map();
  /** @type {Set<string>} */
  const taken = new Set();
  const scenarios = [baseline, ...designs].map((design) => {
    const names = design.programmes.map((programme) => {
      const body = JSON.stringify([programme.from, programme.keys]);
      const same = written.get(programme.name + body);
      if (same) return same;
      let name = programme.name;
      for (let n = 2; taken.has(name); n++) name = `${programme.name}_${n}`;
      taken.add(name);
      written.set(programme.name + body, name);
      text += table_text(header_text(["programme", name]), { ...(programme.from ? { from: programme.from } : {}), ...programme.keys }) + "\n";
      return name;
    });
    return table_text(header_text(["scenario", design.name]), { ...(design === baseline ? { baseline: true } : {}), programmes: names });
  });
  return text + scenarios.join("\n");
}

/** What is asked, as the table that the command line reads.
 * @param {{ en: string, de: string }} text @param {string} metric @param {import("./results.js").Class} of @param {string} horizon */
export function question_text({ en, de }, metric, of, horizon) {
  const group = { ...(of.size === "all" ? {} : { size_class: of.size }), ...(of.fiscal === "all" ? {} : { fiscal_class: of.fiscal }) };
  return table_text("question", { text: en === de ? en : { en, de }, metric, ...(Object.keys(group).length ? { group } : {}), horizon });
}

/** The experiment as a file for the command line. @param {Experiment} experiment */
export function text_of(experiment) {
  const { frame } = experiment;
  const tables = tables_of(frame);
  const root = tables[0].text.trim();
  const rest = tables.slice(1).map((part) => part.text.trim()).filter(Boolean).join("\n\n");
  const is_table = /^\s*(#|\[)/.test(experiment.question);
  return [`title = ${JSON.stringify(experiment.title)}\n${is_table ? "" : experiment.question}${root}`, is_table ? experiment.question.trim() : "",
    policies_text(experiment.designs, experiment.baseline), rest, experiment.targets.trim(), experiment.kept.trim()]
    .filter(Boolean).join("\n\n") + "\n";
}

/** @typedef {{ names: string[], values: number[][], lowest: number[], highest: number[] }} Vectors */

/**
 * The experiment as the engine of the page runs it: sums by the classes of the page, and, with doubt, one vector of the ensemble a point.
 * @param {Experiment} experiment @param {Vectors | null} doubt
 */
export function run_text(experiment, doubt) {
  const frame = tables_of(experiment.frame).filter(({ name }) => name !== "output")
    .map(({ name, text }) => (name === "" ? text.replace(/^\s*doubt\s*=.*\n?/m, "") : text)).join("") + `\n[output]\ngroups = ["${crossed}"]\n`;
  const text = text_of({ ...experiment, frame, question: "", kept: "" });
  if (!doubt) return text;
  const own = set_numbers(frame);
  const used = doubt.names.map((name, k) => ({ name, k })).filter(({ name }) => !own.has(name));
  const rows = doubt.values.map((vector) => `[${used.map(({ k }) => vector[k]).join(", ")}]`);
  return `${text}\n[uncertain]\n${used.map(({ name, k }) => `${header_text([name])} = { uniform = [${doubt.lowest[k]}, ${doubt.highest[k]}] }`).join("\n")}\n
[design]\nmethod = "list"\nvalues = [\n${rows.join(",\n")}\n]\n`;
}

/** Numbers that the experiment itself sets: the ensemble does not vary them. @param {string} frame */
export function set_numbers(frame) {
  const names = new Set();
  for (const part of tables_of(frame))
    if (part.name === "parameters" || part.name === "coefficients")
      for (const match of part.text.matchAll(/^\s*([a-z0-9_]+)\s*=/gm)) names.add(part.name === "parameters" ? match[1] : `coefficients.${match[1]}`);
  return names;
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
