// The workbench: designs on the left, their answer on the right, and engines that compute while one looks.
import { draw_answer, duels_of, gains_of, shown_designs } from "./answer.js";
import { by_points, done, forget_work, next } from "./compute.js";
import { draw_designs } from "./designs.js";
import { unpacked } from "./files.js";
import { draw_head, draw_question, speed } from "./frame.js";
import { open_example, remember, restore, take, tell, text } from "./in_out.js";
import { Pool } from "./pool.js";
import { draw_result, shown_answer } from "./shown_result.js";
import { anyway_after, price } from "./results.js";
import { element, horizon_quarter, page, strata_horizon } from "./state.js";
import { figure } from "./statistics.js";
import { theory_name } from "./theories.js";
import { all_keys, speak, t } from "./words.js";

const { view } = page;
const packed = (/** @type {string} */ id) => element(id).textContent;

function draw_language() {
  speak(view.language);
  document.documentElement.lang = view.language;
  document.title = t("title");
}

let drawn = "";
page.redraw = () => {
  draw_language();
  draw_head();
  draw_question();
  draw_result();
  // levers are drawn when they change from outside, not under the hand that moves them
  const shape = [view.language, page.experiment.designs.map(({ programmes }) => programmes.length), page.about.title, view.selected].join("|");
  if (shape !== drawn) draw_designs();
  drawn = shape;
  draw_answer();
};

let waits = false;
page.answer_soon = () => {
  // who reads a table by keyboard keeps it until she leaves it
  const draw = () => { if (!element("answer").contains(document.activeElement)) draw_answer(); };
  if (speed.moved) return draw(); // the first answer waits for nothing
  if (waits) return;
  waits = true;
  requestAnimationFrame(() => { waits = false; draw(); });
};

function listen() {
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void take(file);
  });
  element("answer").addEventListener("focusout", () => page.answer_soon());
  addEventListener("hashchange", () => void restore());
  document.addEventListener("visibilitychange", () => page.pool.kick());
}

/** One core is left to the page where there are more than two. */
function workers() {
  const cores = navigator.hardwareConcurrency || 2;
  return Math.max(1, Math.min(4, cores > 2 ? cores - 1 : cores));
}

async function start() {
  draw_language();
  const [wasm, cargo] = await Promise.all([unpacked(packed("engine")), unpacked(packed("cargo"))]);
  page.cargo = JSON.parse(new TextDecoder().decode(cargo));
  page.pool = new Pool(packed("worker"), wasm, page.cargo.texts, {
    next,
    done: (job, run, seconds) => {
      done(job, run);
      speed.run = speed.run ? 0.8 * speed.run + 200 * seconds : 1000 * seconds;
      page.answer_soon();
    },
    failed: (why) => { forget_work(); tell(t("worker_failed"), why); },
  }, workers());
  listen();
  await restore();
  document.body.dataset.ready = "true";
}

/** What the page says of each design, in the program's numbers: the gain with its range, the verdicts, who would have it anyway, what one more costs. */
const answers = () => shown_designs().map(({ design, d, first, judged }) => ({ name: design.name, gains: gains_of(d), gain: figure(gains_of(d).flat(), by_points()), judged, anyway: anyway_after(page.about, first, strata_horizon()),
  cost: price(page.about, first, page.discount, horizon_quarter()) }));

/** For tests and the benchmark: what the page knows. */
/** @type {any} */ (window).rathaus = { page, text, open_example, link: remember, take, speed, words: all_keys, theory_name, answers, duels: () => duels_of(shown_designs()), result: shown_answer };

void start().catch((error) => {
  element("messages").hidden = false;
  element("messages").textContent = `${error}. WebAssembly with SIMD and exceptions is needed: Chromium 95, Firefox 100, Safari 16.4 or newer.`;
});
