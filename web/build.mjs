// Makes build/web/rathaus.html of the engine, the model and the page: node web/build.mjs ENGINE.wasm OUTPUT.html
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { parse } from "smol-toml";

const own = dirname(fileURLToPath(import.meta.url)), root = dirname(own);
const [wasm_file, output] = process.argv.slice(2);
if (!output) {
  console.error("usage: node web/build.mjs ENGINE.wasm OUTPUT.html");
  process.exit(1);
}
const text_of = (...path) => readFileSync(join(root, ...path), "utf8");

async function bundle(entry) {
  const { outputFiles } = await build({ entryPoints: [join(own, "page", entry)], bundle: true, minify: true, write: false, format: "iife", target: "es2022", charset: "utf8", legalComments: "none" });
  return outputFiles[0].text.trim();
}
/** In a script element nothing may end it. */
const inert = (text) => text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const packed = (bytes) => gzipSync(bytes, { level: 9 }).toString("base64");

const examples = ["own_share", "calls", "windows", "open_standards", "rebound"];
const texts = {};
for (const part of readdirSync(join(root, "models/germany")))
  if (part.endsWith(".toml") && !["patterns.toml", "calibration.toml"].includes(part)) texts[`models/germany/${part}`] = text_of("models/germany", part);
for (const name of examples) texts[`experiments/${name}.toml`] = text_of("experiments", `${name}.toml`);
// the doubt that it ships, an ensemble for each decision rule; without the columns that the reader passes over, but told by the hash of the whole file
const ensembles = {}, passed_over = (/** @type {string} */ column) => ["particle", "distance"].includes(column) || column.startsWith("statistic.");
for (const part of readdirSync(join(root, "models/germany"))) {
  if (!/^ensemble.*\.csv$/.test(part)) continue;
  const name = `models/germany/${part}`, rows = text_of(name).trimEnd().split(/\r?\n/).map((row) => row.split(","));
  if (rows.some((row) => row.length !== rows[0].length || row.some((cell) => cell.includes('"')))) throw new Error(`${name}: a row is no plain list as long as the header`);
  const kept = rows[0].map((column) => !passed_over(column));
  texts[name] = rows.map((row) => row.filter((_, c) => kept[c]).join(",") + "\n").join("");
  ensembles[name] = createHash("sha256").update(readFileSync(join(root, name))).digest("hex");
}
const version = /project\(rathaus\s+VERSION\s+([\d.]+)/.exec(text_of("CMakeLists.txt"))[1];
/** The German of what the engine says is the program's. */
const { said } = parse(text_of("python/rathaus/report/words.toml"));
const cargo = { texts, examples, ensembles, version, said };

/** Of what is bundled: their licences want to be told. */
const licences = Object.keys(JSON.parse(text_of("web/package.json")).dependencies).concat("d3-path", "d3-array", "d3-interpolate", "d3-format", "d3-time", "d3-time-format", "d3-color", "internmap", "pako").map((name) => {
  const folder = join("web/node_modules", name), file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each));
  return file ? `${name}\n${text_of(folder, file)}` : "";
}).filter(Boolean).join("\n");

const script = inert(await bundle("main.js")), worker = inert(await bundle("worker.js")), style = text_of("web/page/style.css");
const policy = ["default-src 'none'", `script-src ${hash(script)} 'wasm-unsafe-eval'`, `style-src ${hash(style)}`, "worker-src blob:", "img-src data:", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"].join("; ");
const parts = { policy, style, experiment: "", engine: packed(readFileSync(wasm_file)), cargo: packed(JSON.stringify(cargo)), worker, script, licences: inert(licences) };
const page = text_of("web/page/index.html").replace(/@(\w+)@/g, (whole, name) => parts[name] ?? whole);
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, page);
console.log(`${output}: ${(page.length / 1e6).toFixed(2)} MB`);
if (page.length > 2e6) {
  console.error("the page is larger than 2 MB");
  process.exit(1);
}
