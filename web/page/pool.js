// Engines side by side. Each computes one run at a time, and the page says which one when it is free.

/** @typedef {{ name: string, labels: string[], units: number[], inhabitants: number[] }} Grouping */
/** @typedef {{ en: string, de: string, in_numbers: boolean, more: boolean, metric: string, of: [string, string][], horizon?: number, smallest_gain?: number }} Question */
/** @typedef {{ title: string, question: Question, model: string, model_sha256: string, start: string, quarters: number, support_start: number,
 *   horizons: number[], units: number, doubt: string, theories: string[], points: number, numbers: string[], values: (number | null)[][],
 *   ensembles: { file: string, sha256: string }[], replicates: number, baseline: number, scenarios: { name: string, programmes: string[] }[],
 *   names: string[], groupings: Grouping[], axes: Record<string, { length: number, labels: string[] }>, warnings: string[], notes: import("./said.js").Finding[] }} About
 * `points`: under each theory; `values`: of a theory, point by point, null where a number is not of its ensemble */
/** @typedef {{ theory: number, point: number, replicate: number }} Place of a run, under whatever design */
/** @typedef {Place & { key: string, scenario: number }} Job */
/** @typedef {import("./results.js").Run} Run */

export class Pool {
  /**
   * @param {string} script of a worker
   * @param {Uint8Array} wasm
   * @param {Record<string, string>} files that every engine knows
   * @param {{ next: (affinity: number, workers: number) => Job | null, done: (job: Job, run: Run, seconds: number) => void,
   *   failed: (why: string | import("./said.js").Finding[]) => void }} page
   * @param {number} count
   */
  constructor(script, wasm, files, page, count) {
    this.url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    this.wasm = wasm;
    this.files = files;
    this.page = page;
    this.version = 0;
    this.text = "";
    this.deaths = 0;
    this.workers = Array.from({ length: count }, (_, index) => this.start(index));
  }

  /** @param {number} index */
  start(index) {
    const worker = new Worker(this.url);
    /** @type {Map<number, (answer: any) => void>} */
    const waiting = new Map();
    let id = 0;
    const own = {
      index, worker, version: 0, busy: false, dead: false,
      /** @param {any} request @returns {Promise<any>} */
      ask: (request) => new Promise((resolve) => {
        waiting.set(++id, resolve);
        worker.postMessage({ ...request, id });
      }),
      /** @param {string} why */
      die: (why) => {
        own.dead = true;
        worker.terminate();
        for (const resolve of waiting.values()) resolve({ failed: why });
        waiting.clear();
      },
    };
    worker.onmessage = ({ data }) => {
      const resolve = waiting.get(data.id);
      waiting.delete(data.id);
      resolve?.(data);
    };
    worker.onerror = (event) => { event.preventDefault?.(); own.die(event.message || "the worker ended"); };
    own.busy = true;
    own.ask({ kind: "start", wasm: this.wasm, texts: this.files }).then((answer) => {
      own.busy = false;
      if (answer.failed) this.replace(own, answer.failed);
      else this.work(own);
    });
    return own;
  }

  /** A worker that died is replaced, and it is told; one that dies again and again is not.
   * @param {ReturnType<Pool["start"]>} own @param {string} why */
  replace(own, why) {
    if (!own.dead) own.die(why);
    this.page.failed(why);
    if (++this.deaths > 20) return;
    this.workers[own.index] = this.start(own.index);
  }

  /** @param {string} name @param {string} text */
  async put(name, text) {
    this.files = { ...this.files, [name]: text };
    await Promise.all(this.workers.map((own) => own.ask({ kind: "put", name, text })));
  }

  /** Reads an experiment: what is in it, or messages. @param {string} name @param {string} text @returns {Promise<any>} */
  async open(name, text) {
    const own = this.workers[0];
    own.busy = true;
    const answer = await own.ask({ kind: "open", name, text, resolved: true });
    own.busy = false;
    if (answer.failed) {
      this.replace(own, answer.failed);
      return { messages: answer.failed };
    }
    if (answer.messages !== undefined) {
      this.kick();
      return answer;
    }
    this.name = name;
    this.text = text;
    own.version = ++this.version;
    return answer;
  }

  kick() { for (const own of this.workers) this.work(own); }

  /** @param {ReturnType<Pool["start"]>} own */
  async work(own) {
    while (!own.busy && !own.dead) {
      const job = this.version > 0 ? this.page.next(own.index, this.workers.length) : null;
      if (!job) return;
      own.busy = true;
      const version = this.version;
      let answer = /** @type {any} */ ({});
      if (own.version !== version) {
        answer = await own.ask({ kind: "open", name: this.name, text: this.text });
        own.version = version;
      }
      if (!answer.failed && !answer.messages)
        answer = await own.ask({ kind: "compute", scenario: job.scenario, theory: job.theory, point: job.point, replicate: job.replicate });
      own.busy = false;
      if (answer.failed) return this.replace(own, answer.failed);
      if (answer.messages) return this.page.failed(answer.messages);
      this.page.done(job, answer.run, answer.seconds);
    }
  }
}
