// What is looked at. Everything that a reader can choose lives in the URL's fragment.
import { batch, computed, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { Account, DealRow, Doc, Picture } from "./data";
import { outcomeKey } from "./data";
import type { Engine } from "./engine/engine";

export interface Flip {
  kind: "without" | "with";
  statement: string;
}
/** What a number rests on; shown in the dialog. */
export interface Basis {
  title: string;
  note?: string;
  statements: number[];
}
export const engine = signal<Engine | null>(null);
/** Why the page stands still, where it does. */
export const still = signal<string | null>(null);

export const doc = signal<Doc | null>(null);
/** The document with nothing switched: what changes are compared with. */
export const plain = signal<Doc | null>(null);
export const accountId = signal("");
export const flips = signal<Flip[]>([]);
/** The record up to the end of this day; empty: all of it. */
export const asOf = signal("");
/** Claims taken on supposition, as `--suppose` has them. */
export const suppose = signal<string[]>([]);
export const measure = signal("importance");
export const layer = signal<"joint" | "a" | "b">("joint");
/** How what is shown is redacted, while something leaves the page: the engine's option. */
export type Redaction = "redact" | "redact-words";
export const redaction = signal<Redaction | null>(null);
/** Key of the outcome that is looked at; null: the best single one. */
export const chosen = signal<string | null>(null);
export const basis = signal<Basis | null>(null);
export const said = signal("");
/** What has been done, in the status region. */
export const told = (words: string) => {
  said.value = words;
};
/** What is shown belongs to an earlier choice; the new picture is being computed. */
export const busy = signal(false);
/** The picture is of few worlds; the one of all of them is being computed. */
export const rough = signal(false);
/** Parts of the account that are being computed, and "others": the pictures of the other accounts. */
export const pending = signal<ReadonlySet<string>>(new Set());
export const fault = signal<string | null>(null);
/** What the reader should know and nothing can mend: that no draft is kept. */
export const warning = signal<string | null>(null);
export const openLine = signal<number | null>(null);
/** What is wrong with the file on disk, while the last valid one is shown. */
export const diskFault = signal<string | null>(null);
export const diskHash = signal("");
/** "1,240 of 2,000 worlds", after a while. */
export const progress = signal("");
/** What the document was computed for, as choiceOf() has it. */
export const shownFor = signal("");
/** What stands in place of the panels: where a case is chosen, or a scenario's answers. */
export const front = signal<ComponentType | null>(null);
/** What stands beside the panels: the editor, where there is one. */
export const beside = signal<ComponentType | null>(null);

/** The workbench, where there is an editor; and what of the page is looked at. */
export const workbench = signal<ComponentType | null>(null);
export const place = signal<"answer" | "record" | "package">("answer");

export interface View {
  doc: Doc;
  account: Account;
  /** Null where the account contradicts itself, or its picture is not there yet. */
  picture: Picture | null;
  base: Picture | null;
  believed: Set<number>;
}

export const account = computed<Account | null>(() => {
  const d = doc.value;
  return d?.accounts.find((a) => a.id === accountId.value) ?? d?.accounts[0] ?? null;
});

export const view = computed<View | null>(() => {
  const d = doc.value;
  const a = account.value;
  if (!d || !a) return null;
  const before = plain.value?.accounts.find((x) => x.id === a.id);
  return { doc: d, account: a, picture: a.picture, base: before?.picture ?? null, believed: new Set(a.in) };
});

/** All that the answer hangs on beside the case, in a form to compare. */
export const choiceOf = () => JSON.stringify([flips.value, asOf.value, suppose.value, ...(redaction.value ? [redaction.value] : [])]);
/** The figures shown are of what is chosen, and of all worlds. */
export const settled = computed(() => shownFor.value === choiceOf() && !rough.value && !busy.value);
/** What stands in place of an account's figures that are not there. */
export const absent = (a: Account) =>
  !a.consistent ? "contradicts itself: no world fits" : busy.value || pending.value.has("others") ? "computing" : "not asked";

/** Statements with claims that the view believes, about the parties given (none: all). */
export function restsOn(v: View, parties?: number[]): number[] {
  return [...v.believed]
    .filter((s) =>
      v.doc.statements[s].claims.some((c) => !parties || parties.includes(c.party)),
    )
    .sort((a, b) => a - b);
}

export const switchable = computed(() => engine.value !== null);
export const anySwitch = computed(() => flips.value.length > 0 || asOf.value !== "" || suppose.value.length > 0);
export const isFlipped = (id: string) => flips.value.some((f) => f.statement === id);

/** Take a statement out, or believe it first; the same again takes the change back. */
export function flip(kind: Flip["kind"], id: string): void {
  const there = flips.value.some((f) => f.statement === id);
  const others = flips.value.filter((f) => f.statement !== id);
  batch(() => {
    flips.value = there ? others : [...others, { kind, statement: id }];
    said.value = there ? `${id} as before` : `${id} switched`;
  });
}

/** Take claims on supposition beside those that are taken already. */
export function supposeAll(claims: string[]): void {
  batch(() => {
    suppose.value = [...suppose.value, ...claims.filter((c) => !suppose.value.includes(c))];
    said.value = "Supposed";
  });
}

/** The record as it stood at the end of a day; empty: all of it. */
export function goTo(date: string): void {
  batch(() => {
    asOf.value = date;
    said.value = date ? `The record up to ${date}` : "The whole record";
  });
}

export function reset(): void {
  batch(() => {
    flips.value = [];
    asOf.value = "";
    suppose.value = [];
    said.value = "All statements as the account has them";
  });
}

export function choose(d: Doc, row: DealRow): void {
  chosen.value = outcomeKey(d, row[0]);
}

const known = ["account", "with", "without", "as-of", "suppose", "measure", "layer", "deal"];

/** A list in the address: parted by commas, or given several times. */
const listOf = (q: URLSearchParams, key: string) => q.getAll(key).flatMap((v) => v.split(",")).filter(Boolean);

/**
 * `first`: the page has just been opened; what its file was written with holds where the address is silent.
 * `address`: in place of what stands after the `#`.
 */
export function readUrl(first = false, address = location.hash.slice(1)): void {
  const q = new URLSearchParams(address);
  const silent = first && !["with", "without", "as-of", "suppose"].some((k) => q.has(k));
  const list: Flip[] = [];
  for (const kind of ["without", "with"] as const) {
    for (const id of listOf(q, kind)) {
      if (!list.some((f) => f.statement === id)) list.push({ kind, statement: id });
    }
  }
  const date = q.get("as-of") ?? "";
  const same = (a: Flip[], b: Flip[]) => JSON.stringify(a) === JSON.stringify(b);
  batch(() => {
    if (!silent) asOf.value = /^\d{4}(-\d\d){0,2}$/.test(date) ? date : "";
    accountId.value = q.get("account") ?? doc.value?.accounts[0]?.id ?? "";
    if (!silent && !same(flips.value, list)) flips.value = list;
    const claims = q.getAll("suppose");
    if (!silent && claims.join("\n") !== suppose.value.join("\n")) suppose.value = claims;
    measure.value = q.get("measure") ?? "importance";
    layer.value = q.get("layer") === "a" ? "a" : q.get("layer") === "b" ? "b" : "joint";
    chosen.value = q.get("deal");
  });
}

/** What was chosen when a file was written, where its address says nothing. */
export function readSettings(d: Doc): void {
  const id = (s: number) => d.statements[s].id;
  batch(() => {
    flips.value = [
      ...d.settings.without.map((s) => ({ kind: "without" as const, statement: id(s) })),
      ...d.settings.with.map((s) => ({ kind: "with" as const, statement: id(s) })),
    ];
    asOf.value = d.settings.as_of ?? "";
  });
}

export function urlOf(): string {
  const q = new URLSearchParams(location.hash.slice(1));
  known.forEach((k) => q.delete(k));
  if (accountId.value && accountId.value !== doc.value?.accounts[0]?.id) q.set("account", accountId.value);
  for (const kind of ["without", "with"] as const) {
    const ids = flips.value.filter((f) => f.kind === kind).map((f) => f.statement);
    if (ids.length > 0) q.set(kind, ids.join(","));
  }
  if (asOf.value) q.set("as-of", asOf.value);
  suppose.value.forEach((s) => q.append("suppose", s));
  if (measure.value !== "importance") q.set("measure", measure.value);
  if (layer.value !== "joint") q.set("layer", layer.value);
  if (chosen.value !== null) q.set("deal", chosen.value);
  return q.toString().replace(/%2C/g, ",");
}
