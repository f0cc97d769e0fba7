// The same page behind `entente serve`: the analysis comes from the server and every switch is
// computed anew. In the file that `entente html` writes nothing here is ever called.
import { batch, effect } from "@preact/signals";
import type { Bridge, DealRow, Doc } from "./data";
import { asOf, busy, diskFault, diskHash, doc, fault, flips, more, plain, progress, readUrl, said } from "./state";
import { count } from "./words";

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
    q.append(f.kind, s.id);
  }
  if (asOf.value) q.set("as-of", asOf.value);
  busy.value = true;
  progress.value = "";
  const asking = window.setInterval(() => void tellProgress(mine.signal), 700);
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
        if (flips.value.length === 0 && !asOf.value) plain.value = doc.value;
        busy.value = false;
        more.value = !whole;
        if (!whole) said.value = "New picture";
      });
    }
  } catch (e) {
    if (!mine.signal.aborted) fault.value = "the server does not answer";
  } finally {
    clearInterval(asking);
    if (running === mine) {
      busy.value = more.value = false;
      progress.value = "";
    }
  }
}

/** How far the computation is, in words, once it takes longer. */
async function tellProgress(signal: AbortSignal): Promise<void> {
  try {
    const reply = await call("api/status", { signal });
    const told = (await reply.json()) as { running: number; what: string | null; done: number; total: number };
    if (signal.aborted || told.running === 0 || !told.what) return;
    progress.value = told.total > 0 ? `${count(told.done)} of ${count(told.total)} ${told.what}` : told.what;
  } catch {
    // Progress is a courtesy.
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

interface OnDisk {
  name: string;
  hash: string;
  analysed: string | null;
  fault: string | null;
  check: { findings: { severity: string; line: number; message: string }[] };
}

/** The file on disk: its faults are told, and a valid one is analysed anew. */
async function look(): Promise<void> {
  const reply = await call("api/case");
  if (!reply.ok) return;
  const held = (await reply.json()) as OnDisk;
  const first = held.check.findings.find((f) => f.severity === "error");
  diskHash.value = held.hash;
  diskFault.value = held.fault
    ? `${held.name}: ${held.fault}`
    : held.analysed === held.hash
      ? null
      : `${held.name} is not valid now${first ? `: line ${first.line}, ${first.message}` : ""}`;
  if (held.analysed && held.analysed !== doc.value?.case.hash) await recompute();
}

/** Wait for changes of the file on disk, and show them. */
async function watch(): Promise<void> {
  let wait = 1000;
  let seen = "";
  for (;;) {
    try {
      if (seen !== "") {
        const reply = await call(`api/wait?hash=${encodeURIComponent(seen)}`);
        if (reply.status === 401) return;
        if (!reply.ok) throw new Error();
        const told = (await reply.json()) as { hash?: string };
        if (!told.hash || told.hash === seen) continue;
      }
      await look();
      seen = diskHash.value;
      wait = 1000;
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
  if (flips.value.length > 0 || asOf.value) void recompute();
  void watch();
}
