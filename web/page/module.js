// The engine as a WebAssembly module: texts in, arrays out (src/engine/interface.h).

/** What the module asks of a system: a clock, and a place for its last words. @param {() => WebAssembly.Memory} memory @param {(text: string) => void} say */
function system(memory, say) {
  const view = () => new DataView(memory().buffer);
  const decoder = new TextDecoder();
  /** @type {Record<string, Function>} */
  const calls = {
    /** @param {number} _file @param {number} pieces @param {number} count @param {number} written */
    fd_write(_file, pieces, count, written) {
      let text = "", total = 0;
      for (let i = 0; i < count; i++) {
        const at = view().getUint32(pieces + 8 * i, true), length = view().getUint32(pieces + 8 * i + 4, true);
        text += decoder.decode(new Uint8Array(memory().buffer, at, length).slice());
        total += length;
      }
      view().setUint32(written, total, true);
      if (text.trim()) say(text);
      return 0;
    },
    /** @param {number} _clock @param {bigint} _precision @param {number} at */
    clock_time_get(_clock, _precision, at) {
      view().setBigUint64(at, BigInt(Math.round(performance.now() * 1e6)), true);
      return 0;
    },
    /** @param {number} code */
    proc_exit(code) { throw new Error(`the engine ended (${code})`); },
  };
  const no_system = 52; // ENOSYS
  return new Proxy(calls, { get: (known, name) => known[String(name)] ?? (() => no_system) });
}

export const texts = { messages: 0, about: 1, resolved: 2, digest: 3 };

/**
 * @param {BufferSource} bytes
 * @param {(text: string) => void} [say]
 */
export async function engine(bytes, say = () => {}) {
  /** @type {any} */
  let exports;
  const { instance } = await WebAssembly.instantiate(bytes, { wasi_snapshot_preview1: system(() => exports.memory, say) });
  exports = instance.exports;
  exports._initialize();
  const encoder = new TextEncoder(), decoder = new TextDecoder();

  /** Calls with texts, each as an address and a length. @param {string[]} given @param {(...numbers: number[]) => number} call */
  function with_texts(given, call) {
    const held = given.map((text) => {
      const bytes = encoder.encode(text), at = exports.allocate(bytes.length || 1);
      new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
      return [at, bytes.length];
    });
    try {
      return call(...held.flat());
    } finally {
      for (const [at] of held) exports.release(at);
    }
  }
  /** @param {number} which */
  const text = (which) => {
    const length = exports.text(which);
    return decoder.decode(new Uint8Array(exports.memory.buffer, exports.text_begin(), length).slice());
  };
  /** What the last call told. @returns {import("./said.js").Finding[]} */
  const findings = () => text(texts.messages).trim().split("\n").map((line) => JSON.parse(line));
  return {
    /** @param {string} name @param {string} content */
    put: (name, content) => void with_texts([name, content], exports.put),
    /** True, or messages. @param {string} name @returns {true | import("./said.js").Finding[]} */
    open: (name) => with_texts([name], exports.open) === 1 || findings(),
    /** @param {number} scenario @param {number} alternative @param {number} point @param {number} replicate @returns {true | import("./said.js").Finding[]} */
    compute: (scenario, alternative, point, replicate) =>
      exports.compute(scenario, alternative, point, replicate) === 1 || findings(),
    text,
    /** @param {string} name */
    array(name) {
      const length = with_texts([name], exports.array);
      return new Float64Array(exports.memory.buffer, exports.array_begin(), length).slice();
    },
    /** @returns {number} bytes */
    memory: () => exports.memory.buffer.byteLength,
  };
}
