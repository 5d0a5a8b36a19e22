// One engine in a thread of its own. It answers one request after the other; which is next is decided by the
// page, so that nothing stale waits in a queue.
import { engine, texts } from "./module.js";
import { kept } from "./results.js";

/** @type {Awaited<ReturnType<typeof engine>>} */
let own;
/** @type {import("./pool.js").About} */
let about;
let said = "";

/** @param {any} request */
async function answer(request) {
  if (request.kind === "start") {
    own = await engine(request.wasm, (text) => { said += text; });
    for (const [name, content] of Object.entries(request.texts)) own.put(name, /** @type {string} */ (content));
    return {};
  }
  if (request.kind === "put") {
    own.put(request.name, request.text);
    return {};
  }
  if (request.kind === "open") {
    own.put(request.name, request.text);
    const opened = own.open(request.name);
    if (opened !== true) return { messages: opened };
    about = JSON.parse(own.text(texts.about));
    return { about, resolved: request.resolved ? own.text(texts.resolved) : "" };
  }
  if (request.kind === "compute") {
    const begin = performance.now();
    const computed = own.compute(request.scenario, request.theory, request.point, request.replicate);
    if (computed !== true) return { messages: computed };
    const run = kept((name) => own.array(name), about, request.scenario);
    return { run, seconds: (performance.now() - begin) / 1000 };
  }
  if (request.kind === "digest") {
    const computed = own.compute(request.scenario, request.theory, request.point, request.replicate);
    return computed === true ? { digest: own.text(texts.digest) } : { messages: computed };
  }
  throw new Error(`no such request: ${request.kind}`);
}

/** @param {any} request */
async function handle(request) {
  try {
    self.postMessage({ id: request.id, ...(await answer(request)) });
  } catch (error) {
    // a trap leaves the module in an unknown state: the page replaces this worker
    self.postMessage({ id: request.id, failed: String(error) + (said ? ` ${said}` : "") });
  }
}

let last = Promise.resolve();
self.onmessage = ({ data }) => { last = last.then(() => handle(data)); };
