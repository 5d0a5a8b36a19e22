// Tables as TOML, and an experiment's text cut into its tables.

/** @param {string} key */
const key_text = (key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key));

/** @param {any} value @returns {string} */
export function value_text(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(value_text).join(", ")}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return "{}";
  return `{ ${entries.map(([key, inner]) => `${key_text(key)} = ${value_text(inner)}`).join(", ")} }`;
}

/** @param {string} header @param {Record<string, any>} table */
export function table_text(header, table) {
  const lines = Object.entries(table).filter(([, value]) => value !== undefined).map(([key, value]) => `${key_text(key)} = ${value_text(value)}`);
  return `[${header}]\n${lines.join("\n")}\n`;
}

/** @param {string[]} path */
export const header_text = (path) => path.map(key_text).join(".");

/**
 * The lines of each table, in order; the first part has no header. Comments above a header belong to it.
 * @param {string} text @returns {{ name: string, text: string }[]}
 */
export function tables_of(text) {
  const parts = [{ name: "", text: "" }];
  let comments = "";
  for (const line of text.replace(/^\uFEFF/, "").split(/(?<=\n)/)) {
    const header = /^\s*\[\[?\s*([A-Za-z0-9_."' -]+?)\s*\]\]?\s*(#.*)?\r?\n?$/.exec(line);
    if (header) {
      parts.push({ name: header[1].replace(/["'\s]/g, ""), text: comments + line });
      comments = "";
    } else if (parts.length > 1 && /^\s*#/.test(line)) {
      comments += line;
    } else {
      parts[parts.length - 1].text += comments + line;
      comments = "";
    }
  }
  parts[parts.length - 1].text += comments;
  return parts;
}
