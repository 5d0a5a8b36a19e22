// What leaves the page: files that are saved, figures, links.

/** @param {string} name @param {string} text @param {string} type */
export function save(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** For the spreadsheet of the language: semicolon and decimal comma in German. A text that a spreadsheet would take for a formula is kept one.
 * @param {(string | number)[][]} rows @param {string} language */
export function csv(rows, language) {
  const german = language === "de";
  const cell = (/** @type {string | number} */ value) => {
    if (typeof value === "number") return german ? String(value).replace(".", ",") : String(value);
    const text = /^[=+@\t\r-]/.test(value) && !/^[-−]?[\d.,]+$/.test(value) ? `'${value}` : value;
    return /[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(german ? ";" : ",")).join("\r\n")}\r\n`;
}

const drawn = "text{font:12px sans-serif}.scale{fill:#333}.label{font-weight:bold}.grid{stroke:#ddd}.zero,.base{stroke:#555}.start{stroke:#555;stroke-dasharray:4 3}.part{stroke:#333;stroke-width:.5}";

/** @param {any} picture */
export function svg(picture) {
  const copy = picture.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = drawn;
  copy.prepend(style);
  return new XMLSerializer().serializeToString(copy);
}

/** @param {Uint8Array} bytes @param {CompressionStream | DecompressionStream} through */
async function passed(bytes, through) {
  return new Uint8Array(await new Response(new Blob([/** @type {any} */ (bytes)]).stream().pipeThrough(/** @type {any} */ (through))).arrayBuffer());
}

/** @param {string} base64 */
export async function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64.trim()), (c) => c.charCodeAt(0));
  return passed(bytes, new DecompressionStream("gzip"));
}

const version = "1";

/** A state as the part of an address behind "#". @param {object} state */
export async function fragment(state) {
  const bytes = await passed(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream("deflate-raw"));
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `#${version}.${btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** The state, or null if the fragment is cut or of another version. @param {string} hash @returns {Promise<any>} */
export async function state_of(hash) {
  try {
    const [of, text] = hash.slice(1).split(".");
    if (of !== version) return null;
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(await passed(bytes, new DecompressionStream("deflate-raw"))));
  } catch {
    return null;
  }
}
