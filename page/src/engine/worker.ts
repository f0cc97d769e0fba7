// The engine inside the file: WebAssembly in workers that are made from text of this page. A running
// question cannot be told to stop, so a worker whose question is not wanted any more is ended, and the
// next is made from the kept module: 20 to 85 ms. Each lane has its own worker, so that the lane of first
// pictures keeps the worlds that it drew while the others are ended and made again.
import { count } from "../words";
import { Stopped, type Engine, type Finding, type Lane, type Question, type Reply } from "./engine";

interface Diag extends Finding {
  text: string;
}
interface Answer {
  exit: number;
  status: string;
  text: string | null;
  diags: Diag[];
}
interface Packed {
  code: string;
  wasm: string;
}
interface Said {
  id?: number;
  reply?: unknown;
  thrown?: string;
  module?: WebAssembly.Module;
  tick?: { what: string; done: number; total: number };
}

/** Why the page stands still, or the means to recompute. */
export type Means = { why: string } | { module: WebAssembly.Module; url: string };

/** The engine unpacked and compiled in a worker, while this page draws its answer: a tenth of a second and more. */
function compiled(url: string, packed: string): Promise<WebAssembly.Module> {
  const worker = new Worker(url);
  return new Promise<WebAssembly.Module>((there, gone) => {
    worker.onmessage = ({ data }: MessageEvent<Said>) => (data.module ? there(data.module) : gone(new Error(data.thrown)));
    worker.onerror = (event) => {
      event.preventDefault();
      gone(new Error(event.message || "the worker died"));
    };
    worker.postMessage({ id: 0, packed });
  }).finally(() => worker.terminate());
}

/** Compile the engine that this file holds. */
export async function prepare(): Promise<Means> {
  const packed = (self as unknown as { ENTENTE_ENGINE?: Packed }).ENTENTE_ENGINE;
  if (!packed) return { why: "it was written by a build without the engine for browsers" };
  if (typeof WebAssembly !== "object") return { why: "this browser forbids WebAssembly, by which it recomputes" };
  if (typeof DecompressionStream !== "function" || typeof Worker !== "function") {
    return { why: "this browser is too old to unpack the engine inside" };
  }
  try {
    const url = URL.createObjectURL(new Blob([packed.code], { type: "text/javascript" }));
    return { module: await compiled(url, packed.wasm), url };
  } catch (e) {
    return { why: `this browser will not run the engine inside (${String(e)})` };
  }
}

interface Job {
  request: object;
  resolve: (answer: Answer) => void;
  reject: (e: unknown) => void;
  tick?: (words: string) => void;
}

class LaneOfWorker {
  private worker: Worker | null = null;
  private running: Job | null = null;
  private readonly waiting: Job[] = [];
  private id = 0;

  /** patience: how long a question that is not wanted any more may run on, so that its worlds are kept. */
  constructor(
    private readonly means: { module: WebAssembly.Module; url: string },
    private readonly patience: number,
  ) {}

  private start(): Worker {
    const worker = new Worker(this.means.url);
    worker.onmessage = (event: MessageEvent<Said>) => this.hear(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.fail(event.message || "the worker died");
    };
    worker.postMessage({ id: 0, module: this.means.module });
    return worker;
  }

  private hear(said: Said): void {
    if (said.tick) {
      const { what, done, total } = said.tick;
      this.running?.tick?.(total > 0 ? `${count(done)} of ${count(total)} ${what}` : what);
    } else if (said.thrown !== undefined) {
      this.fail(said.thrown);
    } else if (said.id === this.id && this.id > 0 && this.running) {
      const job = this.running;
      this.running = null;
      job.resolve(said.reply as Answer);
      this.next();
    }
  }

  /** After anything was thrown the module's memory is not to be trusted. */
  private fail(why: string): void {
    const job = this.running;
    this.end();
    job?.reject(new Error(why));
    this.next();
  }

  private next(): void {
    if (this.running || this.waiting.length === 0) return;
    this.running = this.waiting.shift()!;
    this.worker ??= this.start();
    this.worker.postMessage({ id: ++this.id, request: this.running.request });
  }

  end(): void {
    this.worker?.terminate();
    this.worker = null;
    this.running = null;
  }

  private lose(job: Job): void {
    if (this.running !== job) return;
    this.end();
    this.next();
  }

  get idle(): boolean {
    return !this.running && this.waiting.length === 0;
  }

  ask(request: object, signal: AbortSignal, tick?: (words: string) => void): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new Stopped());
        return;
      }
      const job: Job = { request, resolve, reject, tick };
      signal.addEventListener("abort", () => {
        const at = this.waiting.indexOf(job);
        if (at >= 0) this.waiting.splice(at, 1);
        reject(new Stopped());
        if (this.running !== job) return;
        if (this.patience > 0) window.setTimeout(() => this.lose(job), this.patience);
        else this.lose(job);
      }, { once: true });
      this.waiting.push(job);
      this.next();
    });
  }
}

/**
 * Kept worlds make the next picture shorter, so pictures are let run to their end where that is near. Both
 * lanes are asked at once, on two cores.
 */
const PATIENCE: Record<Lane, number> = { first: 300, full: 250, rest: 0, check: 100, effect: 300 };

/** An engine over the means, for the case that `file` gives when it is asked. */
export function workerEngine(
  means: { module: WebAssembly.Module; url: string },
  file: () => { path: string; bytes: string; beside?: { path: string; bytes: string }[] },
): Engine {
  const lanes = new Map<Lane, LaneOfWorker>();
  return {
    where: "here",
    first: 2000,
    async ask(question: Question, lane: Lane, signal: AbortSignal, tick?: (words: string) => void): Promise<Reply> {
      const held = file();
      const request = {
        question: question.question,
        options: question.options,
        inputs: question.inputs ?? [held.path],
        files: question.files ?? [{ path: held.path, bytes: question.text ?? held.bytes }, ...(held.beside ?? [])],
        format: question.format ?? "json",
      };
      if (!lanes.has(lane)) lanes.set(lane, new LaneOfWorker(means, PATIENCE[lane]));
      const worker = lanes.get(lane)!;
      try {
        // A worker that died is made anew and asked once more; what is chosen stands in the page.
        const answer = await worker.ask(request, signal, tick).catch((e) => {
          if (e instanceof Stopped) throw e;
          return worker.ask(request, signal, tick);
        });
        const error = answer.diags.find((d) => d.severity === "error");
        return {
          text: answer.text,
          fault: answer.text === null ? (error?.message ?? answer.status) : null,
          findings: answer.diags,
        };
      } catch (e) {
        if (e instanceof Stopped) throw e;
        return { text: null, fault: `the engine stopped (${(e as Error).message}); it was started anew`, findings: [] };
      }
    },
    rest(lane: Lane) {
      const l = lanes.get(lane);
      if (l?.idle) l.end();
    },
  };
}
