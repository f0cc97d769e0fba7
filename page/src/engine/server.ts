// The local server as the page's engine.
import { count } from "../words";
import { Stopped, type Engine, type Finding, type Lane, type Question, type Reply } from "./engine";

let token = "";

/** The run's token comes with the address once, and is kept for this tab. */
export function takeToken(): void {
  const q = new URLSearchParams(location.hash.slice(1));
  const given = q.get("token");
  if (given) {
    sessionStorage.setItem("entente-token", given);
    q.delete("token");
    history.replaceState(null, "", q.toString() ? `#${q}` : location.pathname);
  }
  token = given ?? sessionStorage.getItem("entente-token") ?? "";
}

/** A call to the server with the run's token. */
export async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("X-Entente-Token", token);
  return fetch(path, { ...init, headers, cache: "no-store" });
}

async function faultOf(reply: Response): Promise<string> {
  try {
    const body = await reply.json();
    const first = body?.findings?.[0]?.message ?? body?.error ?? body?.message;
    return typeof first === "string" ? first : `the server answered ${reply.status}`;
  } catch {
    return `the server answered ${reply.status}`;
  }
}

/** How far the computation is, in words, once it takes longer. */
async function progress(signal: AbortSignal, tick: (words: string) => void): Promise<void> {
  try {
    const reply = await call("api/status", { signal });
    const told = (await reply.json()) as { running: number; what: string | null; done: number; total: number };
    if (signal.aborted || told.running === 0 || !told.what) return;
    tick(told.total > 0 ? `${count(told.done)} of ${count(told.total)} ${told.what}` : told.what);
  } catch {
    // Progress is a courtesy.
  }
}

async function check(text: string, signal: AbortSignal): Promise<Reply> {
  const reply = await call("api/check", {
    method: "POST", signal, headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text }),
  });
  const body = reply.ok ? ((await reply.json()) as { findings: Finding[] }) : null;
  return { text: null, fault: body ? null : await faultOf(reply), findings: body?.findings ?? [] };
}

export const server: Engine = {
  where: "server",
  first: null,
  async ask(question: Question, _lane: Lane, signal: AbortSignal, tick?: (words: string) => void): Promise<Reply> {
    const asking = tick && window.setInterval(() => void progress(signal, tick), 700);
    try {
      if (question.text !== undefined && question.question === "check") return await check(question.text, signal);
      const q = new URLSearchParams(question.options.map(([name, value]) => [name, value ?? ""]));
      // About a text that is not saved: the server takes it in place of the file's.
      const init = question.text === undefined ? { signal } : { signal, method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text: question.text }) };
      const reply = await call(`api/ask/${question.question}?${q}`, init);
      if (reply.ok) return { text: await reply.text(), fault: null, findings: [] };
      const found = question.text === undefined ? null : await check(question.text, signal);
      return { text: null, fault: await faultOf(reply), findings: found?.findings ?? [] };
    } catch {
      if (signal.aborted) throw new Stopped();
      return { text: null, fault: "the server does not answer", findings: [] };
    } finally {
      clearInterval(asking);
    }
  },
  rest() {
    // A server keeps what it likes.
  },
};
