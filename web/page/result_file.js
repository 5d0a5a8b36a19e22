// The answer of a result file, computed as `rathaus compare` does (docs/metrics.md, "Verdicts"). The experiment in it says what was asked.
import { File as Hdf5 } from "jsfive";
import { parse } from "smol-toml";
import { ratio_named } from "./results.js";
import { figure, mean } from "./statistics.js";
import { judge_theories } from "./verdicts.js";

/** @typedef {{ name: string, label?: import("./experiment.js").Label, theory: string, gains: number[], under: number[][], figure: import("./theories.js").Figure, each: import("./theories.js").Figure[],
 *   judged: import("./theories.js").JudgedByTheory }} DesignOfResult over all theories and under each; of replicates, that stand for themselves, `theory` is the one */
/** @typedef {{ title: string | import("./experiment.js").Label, en: string, de: string, metric: string, asked: string, group: Record<string, string | string[]>, quarter: string, points: number, replicates: number,
 *   by_points: boolean, theories: string[], more: boolean, smallest: number, against: { name: string, label?: import("./experiment.js").Label }, designs: DesignOfResult[] }} ResultAnswer */

export const read_version = 1; // of the format, its first number [src/hdf5/file.h]
const groupings = ["land", "size_class", "fiscal_class"];

/** A file that is no result, or of another version of the format. */
export class Refused extends Error {
  /** @param {string} version what the file says; empty: it is no result */
  constructor(version) {
    super(version || "no result");
    this.version = version;
  }
}

/** @param {ArrayBuffer} bytes @param {string} name */
function opened(bytes, name) {
  /** @type {any} */
  let file;
  let format = "";
  try {
    file = new Hdf5(bytes, name);
    format = String(file.get("provenance/format").value);
  } catch {
    throw new Refused("");
  }
  const [, version, major] = /^rathaus-results ((\d+)\.\d+)/.exec(format) ?? [];
  if (Number(major) !== read_version) throw new Refused(version ?? "");
  return file;
}

/** @param {any} file @param {any} asked [question] of the experiment */
function reader_of(file, asked) {
  const at = new Map();
  /** @param {string} path @returns {any[]} */
  const all = (path) => {
    if (!at.has(path)) at.set(path, Array.from(file.get(path).value));
    return at.get(path);
  };
  const shape = (/** @type {string} */ path) => /** @type {number[]} */ (file.get(path).shape);
  const group = groupings.filter((grouping) => asked.group?.[grouping] !== undefined), grouping = group.join("_and_");
  // a class of each, or any of several
  const labels = group.reduce((begun, part) => begun.flatMap((begin) => [asked.group[part]].flat().map((label) => [...begin, label])), [/** @type {string[]} */ ([])]);
  const places = grouping ? labels.map((parts) => all(grouping).indexOf(parts.join(", "))) : [];
  /** A variable in one run at a quarter, of the class that is asked for. @param {string} name @param {number} run @param {number} quarter */
  const value = (name, run, quarter) => {
    const path = name + (grouping && grouping !== "size_class" ? `_by_${grouping}` : ""), axes = shape(path), classes = axes[axes.length - 1];
    const values = all(path), row = axes.length === 3 ? (run * axes[1] + quarter) * classes : 0; // units and inhabitants are the same in every run
    return (grouping ? places.map((place) => values[row + place]) : values.slice(row, row + classes)).reduce((sum, one) => sum + one, 0);
  };
  const knows = (/** @type {string} */ name) => file.keys.includes(name) && shape(name).length === 3;
  return { all, value, knows };
}

/** As the file's experiment says, else ten years after support starts. @param {ReturnType<typeof reader_of>} read @param {any} asked @param {any} file */
function horizon_of(read, asked, file) {
  const labels = /** @type {string[]} */ (read.all("quarter_label"));
  if (asked.horizon) return labels.indexOf(asked.horizon);
  const paired = file.keys.includes("horizon");
  const start = paired ? read.all("strata/horizon_quarter")[0] + 1 - Math.round(4 * read.all("strata/horizon_years")[0]) : 0;
  return Math.min(labels.length - 1, start + 39);
}

/** @param {ArrayBuffer} bytes @param {string} name @returns {ResultAnswer} */
export function answer_of(bytes, name) {
  const file = opened(bytes, name), doc = /** @type {any} */ (parse(String(file.get("provenance/resolved").value)));
  const asked = doc.question?.text ? doc.question : {}, read = reader_of(file, asked), quarter = horizon_of(read, asked, file);
  const wanted = asked.metric ?? "adopters", metric = ratio_named(wanted) || read.knows(wanted) ? wanted : "adopters", ratio = ratio_named(metric);
  const of_run = (/** @type {number} */ run) => (ratio ? read.value(ratio.of, run, quarter) / read.value(ratio.per, run, quarter) : read.value(metric, run, quarter));

  const scenarios = /** @type {string[]} */ (read.all("scenario")), theories = /** @type {string[]} */ (read.all("alternative"));
  const [of, alternative, point, replicate, twin] = ["scenario", "alternative", "point", "replicate", "fixed_demand"].map((key) => read.all(`run_${key}`));
  const runs = new Map(of.map((_, run) => [[of[run], alternative[run], point[run], replicate[run], twin[run]].join(), run]));
  const against = Math.max(0, scenarios.findIndex((each) => doc.scenario?.[each]?.baseline === true));
  const points = new Set(point).size, by_points = points > 1, more = asked.prefer !== "less";
  const smallest = metric === asked.metric && asked.smallest_gain !== undefined ? Number(asked.smallest_gain) : smallest_of(metric);

  /** @param {string} of_metric */
  function smallest_of(of_metric) {
    if (ratio) return 0.001;
    const whole = /** @type {Record<string, string>} */ ({ adopters: "units", adopter_inhabitants: "inhabitants" })[of_metric];
    if (whole) return 0.001 * read.value(whole, 0, quarter);
    return 0.001 * Math.abs(mean([...runs.values()].filter((run) => of[run] === against && !twin[run]).map(of_run)));
  }
  /** @param {number} scenario @param {number} theory */
  function gains(scenario, theory) {
    /** @type {Map<number, number[]>} */
    const at = new Map();
    for (const run of runs.values()) {
      if (of[run] !== scenario || alternative[run] !== theory || twin[run]) continue;
      const gain = of_run(run) - of_run(/** @type {number} */ (runs.get([against, theory, point[run], replicate[run], 0].join())));
      const which = by_points ? point[run] : replicate[run];
      at.set(which, [...(at.get(which) ?? []), gain]);
    }
    return [...at.entries()].sort(([a], [b]) => a - b).map(([, each]) => mean(each));
  }

  /** @param {number} s @param {number[]} under which theories @returns {DesignOfResult} */
  function design(s, under) {
    const each = under.map((theory) => gains(s, theory)), all = each.flat();
    return { name: scenarios[s], label: doc.scenario?.[scenarios[s]]?.label, theory: theories.length > 1 && under.length === 1 ? theories[under[0]] : "", gains: all, under: each,
      figure: figure(all, by_points), each: each.map((one) => figure(one, by_points)), judged: judge_theories(each, more, smallest, by_points) };
  }
  const compared = scenarios.map((_, s) => s).filter((s) => s !== against), every = theories.map((_, a) => a);
  const designs = by_points ? compared.map((s) => design(s, every)) : every.flatMap((theory) => compared.map((s) => design(s, [theory])));
  const text = asked.text ?? doc.question ?? "", in_one = typeof text === "string" ? text : "";
  return { title: doc.title, en: text.en ?? in_one, de: text.de ?? in_one, metric, asked: wanted, group: asked.group ?? {}, quarter: read.all("quarter_label")[quarter],
    points, replicates: new Set(replicate).size, by_points, theories, more, smallest, against: { name: scenarios[against], label: doc.scenario?.[scenarios[against]]?.label }, designs };
}
