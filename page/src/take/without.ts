// What is private stays in the house: what leaves the page is taken from a page in which it never stood. While
// something is saved the engine is asked for the case as `--redact` leaves it (docs/FORMAT.md, 10), the panels
// show that, and then what was shown before comes back.
import { batch, effect, signal } from "@preact/signals";
import type { Doc } from "../data";
import { answersKept, keepAnswers, missing, want, type LaterQuestion } from "../later";
import { nextTick } from "../size";
import {
  accountId, asOf, basis, chosen, doc, engine, fault, flips, pending, plain, readUrl, redaction, settled, shownFor, suppose, urlOf,
  type Redaction,
} from "../state";
import { list } from "../words";

/** What is ticked: leave it out, and keep what follows from it. */
export const leaveOut = signal(true);
export const keepEffects = signal(false);

/** What the case marks as private, where something of it is shown. */
export const hidden = () => doc.value?.private ?? null;
/** How what leaves the page is redacted; null: it leaves as it is shown. */
export const wanted = (): Redaction | null => (!hidden() || !leaveOut.value ? null : keepEffects.value ? "redact-words" : "redact");

const KINDS: [keyof NonNullable<Doc["withheld"]>, string, string][] = [
  ["accounts", "account", "accounts"], ["assumptions", "assumption", "assumptions"], ["figures", "figure", "figures"],
  ["packages", "package", "packages"], ["people", "person", "people"], ["reservations", "reservation", "reservations"],
  ["sources", "source", "sources"], ["statements", "statement", "statements"],
];

/** "2 statements and 1 source", as the engine says it; null where nothing was withheld. */
export function withheldWords(d: Doc | null): string | null {
  const w = d?.withheld;
  if (!w) return null;
  const of = KINDS.filter(([k]) => Number(w[k]) > 0).map(([k, one, many]) => `${w[k]} ${w[k] === 1 ? one : many}`);
  return of.length ? list(of) : "nothing";
}

/** The address of a choice without what it names of private things, and how many of these there were. */
export function addressWithout(address: string, d: Doc): { address: string; dropped: number } {
  const p = d.private;
  if (!p) return { address, dropped: 0 };
  const q = new URLSearchParams(address);
  const names = new Set([...p.statements, ...p.packages, ...p.accounts]);
  let dropped = 0;
  const keep = (key: string, values: string[], good: (value: string) => boolean, join: boolean) => {
    const left = values.filter(good);
    dropped += values.length - left.length;
    q.delete(key);
    if (join && left.length) q.set(key, left.join(","));
    if (!join) left.forEach((v) => q.append(key, v));
  };
  for (const key of ["without", "with"]) keep(key, q.getAll(key).flatMap((v) => v.split(",")), (id) => !p.statements.includes(id), true);
  keep("suppose", q.getAll("suppose"), (claim) => !(claim.match(/[\p{L}\p{N}_.-]+/gu) ?? []).some((word) => names.has(word)), false);
  keep("account", q.getAll("account"), (id) => !p.accounts.includes(id), false);
  return { address: q.toString().replace(/%2C/g, ","), dropped };
}

/** All that is asked of what is chosen is there and drawn; false: the engine found a fault. */
async function computed(questions: LaterQuestion[]): Promise<boolean> {
  await new Promise<void>((done) => {
    let tries = 0;
    const timer = window.setInterval(() => {
      const ready = settled.value && pending.value.size === 0 && !missing(questions);
      if (ready || (fault.value !== null && !settled.value) || ++tries > 3000) {
        clearInterval(timer);
        done();
      }
    }, 100);
  });
  for (let i = 0; i < 50; i++) {
    await nextTick();
    if (document.querySelector("main.page")?.getAttribute("data-late") === "false") break;
  }
  return settled.value && pending.value.size === 0;
}

/**
 * Do it, on a page without what is private where that is ticked. Says what was withheld: " ..., withheld: 1 source".
 * Throws in words where the page cannot be had without.
 */
export async function without(act: () => Promise<void>): Promise<string> {
  const how = wanted();
  const before = doc.value;
  if (!how || !before) {
    await act();
    return hidden() ? "; it holds what is private" : withheldWords(before) ? `; withheld: ${withheldWords(before)}` : "";
  }
  if (redaction.value) throw new Error("something else is being saved");
  if (!engine.value) throw new Error("only the engine can leave out what is private, and it does not run here");
  const seen = { plain: plain.value, shownFor: shownFor.value, account: accountId.value, flips: flips.value, asOf: asOf.value,
    suppose: suppose.value, chosen: chosen.value, answers: answersKept(), fault: fault.value };
  const questions = Object.keys(seen.answers) as LaterQuestion[];
  const link = addressWithout(urlOf(), before);
  batch(() => {
    redaction.value = how;
    plain.value = null;
    basis.value = null;
    fault.value = null;
    readUrl(false, link.address);
    if (before.private!.accounts.includes(accountId.value)) accountId.value = ""; // the first of those that are left
  });
  want(questions, true);
  try {
    if (!(await computed(questions))) throw new Error(fault.value ?? "what is left could not be computed");
    await act();
    return `; withheld: ${withheldWords(doc.value)}${link.dropped ? `, and ${link.dropped} of what is chosen` : ""}`;
  } finally {
    want(questions, false);
    batch(() => {
      redaction.value = null;
      doc.value = before;
      plain.value = seen.plain;
      accountId.value = seen.account;
      flips.value = seen.flips;
      asOf.value = seen.asOf;
      suppose.value = seen.suppose;
      chosen.value = seen.chosen;
      fault.value = seen.fault;
      shownFor.value = seen.shownFor;
      keepAnswers(seen.answers);
    });
  }
}

// The ticks are of one case: another begins with what is private left out.
let ticked: string | undefined;
effect(() => {
  const file = doc.value?.private ? doc.value.case.file : undefined;
  if (file === undefined || file === ticked || redaction.peek()) return;
  ticked = file;
  leaveOut.value = true;
  keepEffects.value = false;
});
