// The same as tests/engine/engine_run.cpp, of the module: node digests.mjs ENGINE.wasm ROOT FILE NAME
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { engine, texts } from "../../web/page/module.js";

const [wasm, root, file, name] = process.argv.slice(2);
const own = await engine(readFileSync(wasm), (text) => process.stderr.write(text));
function put(from) {
  for (const entry of readdirSync(join(root, from))) {
    const path = `${from}/${entry}`;
    if (statSync(join(root, path)).isDirectory()) put(path);
    else if (/\.(toml|csv)$/.test(entry)) own.put(path, readFileSync(join(root, path), "utf8"));
  }
}
put("models");
put("experiments");
own.put(name, readFileSync(file, "utf8"));
const opened = own.open(name);
if (opened !== true) {
  console.error(opened);
  process.exit(1);
}
const about = JSON.parse(own.text(texts.about));
for (const path of Object.keys(about.variables)) console.log(`variable ${path}`);
for (let a = 0; a < about.theories.length; a++)
  for (let r = 0; r < 2; r++) {
    const p = Math.min(r, about.points - 1);
    for (let s = 0; s < about.scenarios.length; s++) {
      const computed = own.compute(s, a, p, r);
      if (computed !== true) throw new Error(JSON.stringify(computed));
      console.log(`run ${s} ${a} ${p} ${r} ${own.text(texts.digest)}`);
    }
  }
