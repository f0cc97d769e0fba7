// Answers to what is chosen: first a picture of few worlds, then the picture of all, then the parts of the
// account that is looked at, one after the other. Each is one short question to the engine; when something
// else is chosen what is still asked is stopped, and nothing of it is shown.
import { batch, computed, effect } from "@preact/signals";
import { adopt, PARTS, type Doc, type Part } from "./data";
import type { Options } from "./engine/engine";
import { Stopped } from "./engine/engine";
import { keepLater, nextLater, onWanted } from "./later";
import {
  account, asOf, busy, choiceOf, doc, engine, fault, flips, front, pending, plain, progress, redaction, rough,
  shownFor, suppose,
} from "./state";
import { isolateNames, wordsOnly } from "./turns";

let running: AbortController | null = null;

/** What is chosen of the record, which every question takes. */
function choice(): Options {
  const list: Options = flips.value.map((f) => [f.kind, f.statement]);
  if (asOf.value) list.push(["as-of", asOf.value]);
  suppose.value.forEach((claim) => list.push(["suppose", claim]));
  if (redaction.value) list.push([redaction.value, null]);
  return list;
}

/** What every question that draws worlds is asked with. */
export function options(): Options {
  const settings = doc.value?.settings;
  const list = choice();
  if (settings) {
    list.push(["seed", String(settings.seed)]);
    if (settings.prior !== "importance") list.push(["prior", settings.prior]);
  }
  return list;
}

/** As many as every question draws where it is told nothing else. */
const WORLDS = 20000;
const worldsOf = (d: Doc | null): Options => (d ? [["worlds", String(d.settings.worlds)]] : []);

const tell = (words: string) => {
  progress.value = words;
};

const only = (id: string | undefined): Options => (id ? [["account", id]] : []);

/** The pictures of an account, or of all; of all too where there is no such account any more. */
async function light(lane: "first" | "full", worlds: Options, of: Options, signal: AbortSignal): Promise<Doc | null> {
  const ask = (more: Options) => engine.value!.ask(
    { question: "page", options: [...options(), ...worlds, ...more, ["light", null]] }, lane, signal, tell);
  let reply = await ask(of);
  if (reply.text === null && of.length > 0) reply = await ask([]);
  if (reply.text === null) {
    fault.value = reply.fault;
    return null;
  }
  return isolateNames(JSON.parse(reply.text) as Doc);
}

const unswitched = () => flips.value.length === 0 && !asOf.value && suppose.value.length === 0;

function show(next: Doc, key: string, whole: boolean): void {
  const worlds = doc.value?.settings.worlds ?? WORLDS;
  batch(() => {
    fault.value = null;
    // The number of worlds that is asked for stays, whatever this picture was drawn of.
    if (!whole) next.settings.worlds = worlds;
    doc.value = next;
    shownFor.value = key;
    if (whole && unswitched()) plain.value = next;
    busy.value = false;
    rough.value = !whole;
  });
}

/** Accounts that can be believed and have no picture yet. */
const unseen = () => doc.value?.accounts.filter((a) => a.consistent && !a.picture) ?? [];

/**
 * A first picture of few worlds, then the whole one; null where the engine gave none. An engine of this very
 * file is asked for the account that is looked at and for nothing else: what others come to follows (others()).
 * The whole one is asked when the first has come, so that the two do not share what cores there are, and a
 * click in between finds only one of them to stop.
 */
async function pictures(key: string, signal: AbortSignal): Promise<Doc | null> {
  const e = engine.value!;
  const worlds = doc.value?.settings.worlds ?? WORLDS;
  // Of a text without what is private, the account that is looked at may be gone.
  const of = e.first === null || redaction.value ? [] : only(account.value?.id);
  const few = e.first !== null && worlds > e.first && busy.value
    ? await light("first", [["worlds", String(e.first)]], of, signal)
    : null;
  const full = light("full", worldsOf(doc.value), of, signal);
  if (few) show(few, key, false);
  const whole = await full;
  if (whole) show(whole, key, true);
  return whole;
}

/** The pictures of the other accounts: of one by itself, of several at once, as alike ones are one. */
async function others(signal: AbortSignal): Promise<void> {
  const missing = unseen();
  if (missing.length === 0) return;
  pending.value = new Set([...pending.value, "others"]);
  const one = missing.length === 1 ? only(missing[0].id) : [];
  const reply = await light("full", worldsOf(doc.value), one, signal);
  const d = doc.value;
  if (!reply || !d || signal.aborted) return;
  const next = { ...d };
  missing.forEach((a) => adopt(next, reply, a.id, "picture"));
  batch(() => {
    doc.value = next;
    if (unswitched()) plain.value = next;
  });
}

/** The parts of the account that is looked at, where they are not there yet. */
async function parts(signal: AbortSignal): Promise<void> {
  const d = doc.value;
  const a = account.value;
  if (!d || !a?.picture) return;
  const missing = PARTS.filter((p) => a[p] === undefined);
  pending.value = new Set(missing);
  for (const part of missing) {
    const reply = await engine.value!.ask(
      { question: "page", options: [...options(), ...worldsOf(d), ["account", a.id], ["part", part]] }, "rest", signal, tell);
    if (signal.aborted || doc.value?.accounts !== d.accounts) return;
    if (reply.text === null) fault.value = reply.fault;
    else doc.value = adopt({ ...d }, JSON.parse(reply.text, wordsOnly) as Doc, a.id, part as Part);
    pending.value = new Set([...pending.value].filter((p) => p !== part));
  }
}

/** What is in view further down and takes longer. */
async function later(signal: AbortSignal): Promise<void> {
  for (;;) {
    const [d, a, question] = [doc.value, account.value, nextLater()];
    if (!d || !a?.picture || !question) return;
    progress.value = "";
    const reply = await engine.value!.ask(
      { question, options: question === "accounts" ? choice() : [...options(), ...worldsOf(d), ["account", a.id]] },
      "rest", signal, tell);
    if (signal.aborted) return;
    keepLater(question, reply.text === null ? (reply.fault ?? "no answer") : (JSON.parse(reply.text, wordsOnly) as object));
  }
}

/** Compute what is chosen; `anew`: also where the document is of the same choice (the case changed). */
export async function recompute(anew = false): Promise<void> {
  const e = engine.value;
  if (!e || front.value) return;
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const key = choiceOf();
  const seen = !account.value?.consistent || account.value.picture !== null;
  const there = shownFor.value === key && !rough.value && !anew && seen;
  try {
    if (!there) {
      batch(() => {
        busy.value = shownFor.value !== key || anew || !seen;
        progress.value = "";
        pending.value = new Set([...PARTS, "others"]);
      });
      if (!(await pictures(key, mine.signal))) return;
    }
    await others(mine.signal);
    await parts(mine.signal);
    await later(mine.signal);
    e.rest("rest");
  } catch (e) {
    if (!(e instanceof Stopped)) throw e;
  } finally {
    if (running === mine) {
      running = null;
      batch(() => {
        busy.value = false;
        progress.value = "";
        pending.value = new Set();
      });
    }
  }
}

/** From now on whatever is chosen is computed. */
export function follow(): void {
  const id = computed(() => account.value?.id);
  onWanted(() => {
    if (!running) void recompute();
  });
  effect(() => {
    void [flips.value, asOf.value, suppose.value, redaction.value, id.value, engine.value];
    queueMicrotask(() => void recompute());
  });
}
