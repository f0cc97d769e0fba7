// What is looked at. Everything that a reader can choose lives in the URL's fragment.
import { batch, computed, effect, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { Account, Doc, Picture, Toggle, ToggleKind } from "./data";
import { live, recompute } from "./live";

export interface Flip {
  kind: ToggleKind;
  statement: number;
}
/** What a number rests on; shown in the dialog. */
export interface Basis {
  title: string;
  note?: string;
  statements: number[];
}

export const doc = signal<Doc | null>(null);
/** The document with nothing switched: what changes are compared with. */
export const plain = signal<Doc | null>(null);
export const accountId = signal("");
export const flips = signal<Flip[]>([]);
export const measure = signal("importance");
export const layer = signal<"joint" | "a" | "b">("joint");
/** Outcome index in doc.outcomes of the deal that is looked at; null: the best single one. */
export const chosen = signal<number | null>(null);
export const basis = signal<Basis | null>(null);
export const said = signal("");
export const busy = signal(false);
/** The picture is there; the panels below are still being computed. */
export const more = signal(false);
export const fault = signal<string | null>(null);
export const openLine = signal<number | null>(null);
/** What is wrong with the file on disk, while the last valid one is shown. */
export const diskFault = signal<string | null>(null);
export const diskHash = signal("");
/** "1,240 of 2,000 worlds", after a while. */
export const progress = signal("");
/** Live: the record up to the end of this day; in a file it is one of the precomputed switches. */
export const asOf = signal("");
/** What stands beside the panels: the editor, where there is one. */
export const beside = signal<ComponentType | null>(null);

export interface View {
  doc: Doc;
  account: Account;
  /** With the switched statement; null where the account then contradicts itself. */
  picture: Picture | null;
  base: Picture | null;
  toggle: Toggle | null;
  believed: Set<number>;
}

export function toggleOf(account: Account, list: Flip[]): Toggle | null {
  const flip = list[0];
  if (!flip) return null;
  return (
    account.toggles.find(
      (t) =>
        t.statement === flip.statement && (t.kind === "as-of") === (flip.kind === "as-of"),
    ) ?? null
  );
}

export const account = computed<Account | null>(() => {
  const d = doc.value;
  return d?.accounts.find((a) => a.id === accountId.value) ?? d?.accounts[0] ?? null;
});

export const view = computed<View | null>(() => {
  const d = doc.value;
  const a = account.value;
  if (!d || !a) return null;
  const toggle = live ? null : toggleOf(a, flips.value);
  const before = live ? plain.value?.accounts.find((x) => x.id === a.id) : a;
  const believed = new Set(a.in);
  toggle?.enters.forEach((s) => believed.add(s));
  toggle?.leaves.forEach((s) => believed.delete(s));
  return {
    doc: d,
    account: a,
    picture: toggle ? toggle.picture : a.picture,
    base: before?.picture ?? null,
    toggle,
    believed,
  };
});

/** Statements with claims that the view believes, about the parties given (none: all). */
export function restsOn(v: View, parties?: number[]): number[] {
  return [...v.believed]
    .filter((s) =>
      v.doc.statements[s].claims.some((c) => !parties || parties.includes(c.party)),
    )
    .sort((a, b) => a - b);
}

export const flipped = (statement: number) =>
  flips.value.some((f) => f.statement === statement && f.kind !== "as-of");

/** Switch one statement. A file holds single changes, so there a second replaces the first. */
export function flip(kind: ToggleKind, statement: number): void {
  if (live && kind === "as-of") {
    const date = doc.value?.statements[statement].date?.slice(0, 10) ?? "";
    goTo(asOf.value === date ? "" : date);
    return;
  }
  const there = flips.value.some((f) => f.statement === statement && f.kind === kind);
  const others = flips.value.filter((f) => !(f.statement === statement && f.kind === kind));
  const name = doc.value?.statements[statement].id ?? "";
  batch(() => {
    chosen.value = null;
    flips.value = there ? others : live ? [...others, { kind, statement }] : [{ kind, statement }];
    said.value = there ? `${name} as before` : `${name} switched`;
  });
  if (live) void recompute();
}

/** Live: the record as it stood at the end of a day; empty: all of it. */
export function goTo(date: string): void {
  batch(() => {
    chosen.value = null;
    asOf.value = date;
    said.value = date ? `The record up to ${date}` : "The whole record";
  });
  void recompute();
}

export function reset(): void {
  flips.value = [];
  asOf.value = "";
  said.value = "All statements as the account has them";
  if (live) void recompute();
}

const known = ["account", "with", "without", "as-of", "measure", "layer", "deal"];

export function readUrl(): void {
  const d = doc.value;
  if (!d) return;
  const q = new URLSearchParams(location.hash.slice(1));
  const at = (id: string) => d.statements.findIndex((s) => s.id === id);
  const list: Flip[] = [];
  for (const kind of ["without", "with", "as-of"] as const) {
    for (const id of q.getAll(kind)) {
      if (at(id) >= 0) list.push({ kind, statement: at(id) });
    }
  }
  const deal = q.get("deal");
  const date = q.get("as-of") ?? "";
  batch(() => {
    if (live) {
      const named = at(date);
      const then = named >= 0 ? (d.statements[named].date?.slice(0, 10) ?? "") : date;
      asOf.value = /^\d{4}(-\d\d){0,2}$/.test(then) ? then : "";
    }
    accountId.value = q.get("account") ?? d.accounts[0]?.id ?? "";
    flips.value = live ? list.filter((f) => f.kind !== "as-of") : list.slice(0, 1);
    measure.value = q.get("measure") ?? "importance";
    layer.value = q.get("layer") === "a" ? "a" : q.get("layer") === "b" ? "b" : "joint";
    chosen.value = deal === null ? null : findOutcome(d, deal);
  });
}

const outcomeKey = (d: Doc, outcome: number) => d.outcomes[outcome].join(".");

function findOutcome(d: Doc, key: string): number | null {
  const at = d.outcomes.findIndex((_, i) => outcomeKey(d, i) === key);
  return at < 0 ? null : at;
}

export function writeUrl(): void {
  effect(() => {
    const d = doc.value;
    if (!d) return;
    const q = new URLSearchParams(location.hash.slice(1));
    known.forEach((k) => q.delete(k));
    if (accountId.value && accountId.value !== d.accounts[0]?.id) {
      q.set("account", accountId.value);
    }
    flips.value.forEach((f) => q.append(f.kind, d.statements[f.statement].id));
    if (asOf.value) q.set("as-of", asOf.value);
    if (measure.value !== "importance") q.set("measure", measure.value);
    if (layer.value !== "joint") q.set("layer", layer.value);
    if (chosen.value !== null) q.set("deal", outcomeKey(d, chosen.value));
    const next = q.toString();
    if (next !== location.hash.slice(1)) history.replaceState(null, "", `#${next}`);
  });
}
