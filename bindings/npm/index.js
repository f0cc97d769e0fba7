// Entente's engine for node and browsers. See README.md.
import { ask as askDoor, questions as tableOf } from "./door.js";

/** The glue of emscripten is a classic script: it is read as one, wherever this is. */
async function glue() {
  if (typeof process === "object" && process.versions?.node) {
    const { createRequire } = await import("node:module");
    return createRequire(import.meta.url)("./entente.cjs");
  }
  await import("./entente.js");
  return globalThis.EntenteModule;
}

async function bytesHere() {
  const url = new URL("./entente.wasm", import.meta.url);
  if (url.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    return readFile(url);
  }
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

/**
 * Make an engine. `wasm`: the bytes of entente.wasm or a compiled module (default: those beside this file);
 * `tick(what, done, total)`: progress, true asks to stop.
 */
export async function open({ wasm, tick } = {}) {
  const load = await glue();
  const given = wasm ?? (await bytesHere());
  const options = { ...(tick ? { tick } : {}) };
  if (given instanceof WebAssembly.Module) {
    options.instantiateWasm = (imports, done) => {
      WebAssembly.instantiate(given, imports).then((instance) => done(instance));
      return {};
    };
  } else {
    options.wasmBinary = given;
  }
  const module = await load(options);
  return {
    questions: () => tableOf(module),
    ask: (question, files = [], options = {}, { format = "json", inputs, width } = {}) =>
      askDoor(module, { question, files, options, format, inputs, width }),
  };
}
