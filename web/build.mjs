// Makes build/web/rathaus.html of the engine, the model and the page: node web/build.mjs ENGINE.wasm OUTPUT.html
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { shipped_doubt } from "./doubt.mjs";

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
const ensemble = text_of("models/germany/ensemble.csv");
const version = /project\(rathaus\s+VERSION\s+([\d.]+)/.exec(text_of("CMakeLists.txt"))[1];
const cargo = { texts, examples, doubt: shipped_doubt(ensemble), version, ensemble: createHash("sha256").update(ensemble).digest("hex") };

const script = inert(await bundle("main.js")), worker = inert(await bundle("worker.js")), style = text_of("web/page/style.css");
const policy = ["default-src 'none'", `script-src ${hash(script)} 'wasm-unsafe-eval'`, `style-src ${hash(style)}`, "worker-src blob:", "img-src data:", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"].join("; ");
const parts = { policy, style, experiment: "", engine: packed(readFileSync(wasm_file)), cargo: packed(JSON.stringify(cargo)), worker, script };
const page = text_of("web/page/index.html").replace(/@(\w+)@/g, (whole, name) => parts[name] ?? whole);
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, page);
console.log(`${output}: ${(page.length / 1e6).toFixed(2)} MB`);
if (page.length > 2e6) {
  console.error("the page is larger than 2 MB");
  process.exit(1);
}
