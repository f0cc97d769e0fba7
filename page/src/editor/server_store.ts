// The case file of `entente serve --edit`: the server reads, checks and writes it.
import type { Finding } from "../engine/engine";
import { call } from "../engine/server";
import type { Shelf } from "../workbench/library";
import type { Held, Saved, Store } from "./pane";

const json = (body: object, method: string, signal?: AbortSignal): RequestInit => ({
  method,
  signal,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

async function save(text: string, hash: string): Promise<Saved> {
  try {
    const reply = await call("api/case", json({ text, hash }, "PUT"));
    const told = await reply.json();
    if (reply.ok) return { kind: "saved", hash: told.hash };
    if (reply.status === 409) return { kind: "conflict", held: told as Held };
    if (reply.status === 422) {
      return { kind: "draft", findings: told.check.findings as Finding[] };
    }
    return { kind: "failed", why: told.error ?? `the server answered ${reply.status}` };
  } catch {
    return { kind: "failed", why: "the server does not answer. Your words are still here" };
  }
}

export const serverStore: Store = {
  async read() {
    try {
      const reply = await call("api/case");
      return reply.ok ? ((await reply.json()) as Held) : null;
    } catch {
      return null;
    }
  },
  save,
  async check(text, signal) {
    try {
      const reply = await call("api/check", json({ text }, "POST", signal));
      return reply.ok ? ((await reply.json()) as { findings: Finding[] }).findings : null;
    } catch {
      return null; // a later check replaced this one, or the server is away: what is shown stays
    }
  },
};

/** What stands in each text beside the case, as it was read last. */
const known = new Map<string, string>();

/** Texts of sources, in the folder of the case. */
export const serverShelf: Shelf = {
  async get(file) {
    const reply = await call(`api/source?file=${encodeURIComponent(file)}`);
    if (!reply.ok) return null;
    const told = (await reply.json()) as { hash: string; text: string };
    known.set(file, told.hash);
    return told.text;
  },
  async put(file, text) {
    const reply = await call("api/source", json({ file, text, hash: known.get(file) ?? "" }, "PUT"));
    if (reply.ok) {
      await this.get(file);
      return null;
    }
    return ((await reply.json().catch(() => ({}))) as { error?: string }).error ?? `the server answered ${reply.status}`;
  },
};
