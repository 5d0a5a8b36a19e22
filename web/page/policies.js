// Programmes and scenarios as tables. A programme is written once, and what a design has otherwise is its change: the engine then sees one
// programme with one set of unknown effects, as in the file that was opened, and draws the same points.
import { header_text, table_text } from "./toml.js";

/** @typedef {import("./experiment.js").Design} Design */
/** @typedef {{ of: string, name: string, label?: import("./experiment.js").Label, from: string, keys: Record<string, any> }} Written a table [programme.name] for programmes called `of` */

const is_table = (/** @type {any} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);
const same = (/** @type {any} */ a, /** @type {any} */ b) => JSON.stringify(a) === JSON.stringify(b);

/** What has to be laid over a table for another to come out; null where a key would have to go, or to come where none may.
 * @param {Record<string, any>} base @param {Record<string, any>} wanted @param {boolean} may_grow @returns {Record<string, any> | null} */
export function change_of(base, wanted, may_grow = false) {
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  if (Object.keys(base).some((key) => base[key] !== undefined && wanted[key] === undefined)) return null;
  /** @type {Record<string, any>} */
  const change = {};
  for (const [key, value] of given) {
    if (same(base[key], value)) continue;
    if (base[key] === undefined && !may_grow) return null;
    const inner = is_table(base[key]) && is_table(value) ? change_of(base[key], value, key !== "ports") : value;
    if (inner === null) return null;
    if (!is_table(inner) || Object.keys(inner).length) change[key] = inner;
  }
  return change;
}

/** One table for all programmes of a name, as far as changes can tell them apart. @param {Design[]} designs @param {string[]} order */
function written(designs, order) {
  const all = designs.flatMap(({ programmes }) => programmes), names = [...new Set([...order, ...all.map(({ name }) => name)])];
  const taken = new Set(names);
  /** @type {Written[]} */
  const tables = [];
  for (const of of names) {
    // the least of them first: changes add to tables, and take nothing away
    const variants = all.filter(({ name }) => name === of).sort((a, b) => JSON.stringify(a.keys).length - JSON.stringify(b.keys).length);
    for (const { from, label, keys } of variants) {
      if (tables.some((table) => table.of === of && table.from === from && change_of(table.keys, keys))) continue;
      let name = of;
      for (let n = 2; tables.some((table) => table.of === of) && taken.has(name); n++) name = `${of}_${n}`;
      taken.add(name);
      tables.push({ of, name, label, from, keys });
    }
  }
  return tables;
}

/** @param {Design[]} designs @param {Design} baseline @param {string[]} order of the programmes in the file */
export function policies_text(designs, baseline, order) {
  const tables = written([baseline, ...designs], order);
  const scenarios = [baseline, ...designs].map((design) => {
    /** @type {Record<string, any>} */
    const change = {};
    const chosen = design.programmes.map(({ name, from, keys }) => {
      for (const table of tables) {
        const own = table.of === name && table.from === from && change_of(table.keys, keys);
        if (own) return { name, table, own };
      }
      throw new Error(`no table for ${name}`);
    });
    for (const { table, own } of chosen) {
      // a stage follows on the table that this design has for the programme it names
      const first = chosen.find(({ name }) => name === (own.requires ?? table.keys.requires))?.table.name;
      if (first !== undefined && first !== (own.requires ?? table.keys.requires)) own.requires = first;
      if (Object.keys(own).length) change[table.name] = own;
    }
    const programmes = chosen.map(({ table }) => table.name);
    return table_text(header_text(["scenario", design.name]), { label: design.label, ...(design === baseline ? { baseline: true } : {}), programmes, ...(Object.keys(change).length ? { change } : {}) });
  });
  return [...tables.map(({ name, label, from, keys }) => table_text(header_text(["programme", name]), { label, ...(from ? { from } : {}), ...keys })), ...scenarios].join("\n");
}
