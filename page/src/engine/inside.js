// The worker of a page that stands alone: the engine's glue stands before this text (EntenteModule), the
// compiled module comes with the first message, or goes out in answer to one that has it packed. Each request is
// answered by its number; after a throw the module is not asked again, and the page drops this worker.
import { ask, questions } from "../../../wasm/door.js";
import { unpack } from "./unpack";

/** A promise: a question may come before the module is ready. */
let engine = null;
let told = 0;

self.onmessage = async (event) => {
  const { id, module, packed, request } = event.data;
  try {
    if (packed) {
      self.postMessage({ id, module: await WebAssembly.compile(await unpack(packed)) });
      return;
    }
    if (module) {
      engine = self.EntenteModule({
        instantiateWasm: (imports, done) => {
          WebAssembly.instantiate(module, imports).then(
            (instance) => done(instance),
            (e) => self.postMessage({ id, thrown: String(e) }),
          );
          return {};
        },
        tick: (what, done, total) => {
          const now = performance.now();
          if (now - told > 150) {
            told = now;
            self.postMessage({ tick: { what, done, total } });
          }
          return false;
        },
      });
      self.postMessage({ id, reply: questions(await engine) });
      return;
    }
    told = performance.now();
    self.postMessage({ id, reply: ask(await engine, request) });
  } catch (e) {
    self.postMessage({ id, thrown: String(e) });
  }
};
