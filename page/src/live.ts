// The same page behind `entente serve`: the analysis comes from the server and every switch is
// computed anew. In the file that `entente html` writes nothing here is ever called.
import { batch, effect } from "@preact/signals";
import type { Bridge, DealRow, Doc } from "./data";
import { busy, doc, fault, flips, more, plain, readUrl, said } from "./state";

export let live = false;
let token = "";
let running: AbortController | null = null;

function takeToken(): void {
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

/** Ask for the page with what is switched. The old picture stays, marked, until the new is here. */
export async function recompute(): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const q = new URLSearchParams();
  const d = doc.value;
  for (const f of flips.value) {
    const s = d?.statements[f.statement];
    if (!s) continue;
    if (f.kind === "as-of") q.set("as-of", s.date ?? "");
    else q.append(f.kind, s.id);
  }
  busy.value = true;
  try {
    // First what the first screen needs, then the rest.
    const light = new URLSearchParams(q);
    light.set("light", "");
    for (const [query, whole] of [[light, false], [q, true]] as const) {
      const reply = await call(`api/page?${query}`, { signal: mine.signal });
      if (!reply.ok) {
        fault.value = await faultOf(reply);
        return;
      }
      const next = (await reply.json()) as Doc;
      batch(() => {
        fault.value = null;
        doc.value = whole ? next : keepRest(next, doc.value);
        if (flips.value.length === 0) plain.value = doc.value;
        busy.value = false;
        more.value = !whole;
        if (!whole) said.value = "New picture";
      });
    }
  } catch (e) {
    if (!mine.signal.aborted) fault.value = "the server does not answer";
  } finally {
    if (running === mine) busy.value = more.value = false;
  }
}

/**
 * Until the rest is computed, the panels below stay as they were. They name outcomes by number: those
 * of the old document are added behind the new ones.
 */
function keepRest(next: Doc, old: Doc | null): Doc {
  if (old?.case.hash !== next.case.hash) return next;
  const shift = next.outcomes.length;
  const moved = (row: DealRow | null): DealRow | null => {
    if (!row) return null;
    const copy = [...row] as DealRow;
    copy[0] += shift;
    return copy;
  };
  next.outcomes = next.outcomes.concat(old.outcomes);
  for (const account of next.accounts) {
    const before = old.accounts.find((a) => a.id === account.id);
    if (!before || !account.picture) continue;
    account.exchange = before.exchange;
    account.influence = before.influence;
    const b = before.bridge;
    if (b) {
      const crossings = (list: Bridge["crossings"]) => list.map((c) => ({ ...c, deal: moved(c.deal)! }));
      account.bridge = {
        ...b,
        positions: b.positions.map((p) => ({ ...p, deal: moved(p.deal) })),
        crossings: crossings(b.crossings),
        smallest: crossings(b.smallest),
        changes: b.changes.map((c) => ({ ...c, deal: moved(c.deal) })),
      };
    }
    if (before.plan) account.plan = { ...before.plan, outcome: before.plan.outcome + shift };
    account.walk = before.walk?.map((w) => ({
      ...w,
      nash_outcome: w.nash_outcome === null ? null : w.nash_outcome + shift,
    }));
    account.stability = before.stability?.map((h) => ({ ...h, outcome: h.outcome + shift }));
  }
  return next;
}

/** Wait for changes of the file on disk, and show them. */
async function watch(): Promise<void> {
  let wait = 1000;
  for (;;) {
    try {
      const hash = doc.value?.case.hash ?? "";
      const reply = await call(`api/wait?hash=${encodeURIComponent(hash)}`);
      if (reply.status === 401) return;
      if (!reply.ok) throw new Error();
      const told = (await reply.json()) as { hash?: string };
      wait = 1000;
      if (told.hash && told.hash !== hash) {
        await recompute();
        if (doc.value?.case.hash === hash) await new Promise((r) => setTimeout(r, 2000));
      }
    } catch {
      await new Promise((r) => setTimeout(r, wait));
      wait = Math.min(2 * wait, 30000);
    }
  }
}

export async function goLive(): Promise<void> {
  live = true;
  takeToken();
  void recompute();
  await new Promise<void>((there) => {
    effect(() => {
      if (doc.value || fault.value) there();
    });
  });
  readUrl();
  if (flips.value.length > 0) void recompute();
  void watch();
}
