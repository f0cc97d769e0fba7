// What lies on the workbench: the case as its text stands, the statement that is being written, the source that
// is open. All of it is kept while one looks at the answer or the text.
import { batch, computed, effect, signal } from "@preact/signals";
import { act, caseWords, locked, name, note } from "../editor/pane";
import { said } from "../state";
import { add, change, ordered, ORDER, remove, rename, type Act } from "./acts";
import { claimOf, draftOf, missing, newClaim, type ClaimDraft } from "./claim";
import { caseOf, fresh, KINDS, listOf, sideOf, slug, speakerOf, str, type Statement, type Words } from "./model";
import { fieldsOf, verbsOf, type Schema } from "./verbs";
import { apply, read, type Patch, type Tree, type Value } from "./yaml";
import type { NameKind } from "./names";

export const schema = signal<Schema | null>(null);
export const verbs = computed(() => (schema.value ? verbsOf(schema.value) : []));
export const fields = (kind: string) => (schema.value ? fieldsOf(schema.value, kind) : {});

export const tree = computed(() => read(caseWords.value));
export const known = computed(() => caseOf(tree.value));

/** What the last act did to the text, to be looked at. */
export const lastPatch = signal<{ before: string; patches: Patch[] }[]>([]);
/** Why the last act was not done. */
export const refusal = signal<string | null>(null);

/** Do it, and then what follows from the text it makes: one step of undo. True where it was done. */
export function perform(a: Act, what: string, then?: (after: Tree) => Act): boolean {
  const after = a.patches ? apply(caseWords.value, a.patches) : "";
  const b = a.patches && then ? then(read(after)) : { patches: [], why: null };
  const why = a.why ?? b.why;
  if (a.patches === null || b.patches === null) {
    refusal.value = `Not done: ${why}.`;
    return false;
  }
  if (locked.value) {
    refusal.value = `Not done: ${locked.value}.`;
    return false;
  }
  batch(() => {
    refusal.value = null;
    if (a.patches.length + b.patches.length > 0) {
      lastPatch.value = [{ before: caseWords.value, patches: a.patches }, { before: after, patches: b.patches }];
      act(a.patches, b.patches);
    }
    note.value = "";
    said.value = `${what}. Undo takes it back.`;
  });
  return true;
}

export const addEntry = (section: string, id: string, words: Words): boolean => perform(add(tree.value, section, id, words), `${id} added`);
export const renameEntry = (kind: NameKind, from: string, to: string, issue?: string): boolean =>
  perform(rename(tree.value, verbs.value, kind, from, to, issue), `${from} is ${to} now, everywhere`);
export const removeEntry = (section: string, kind: NameKind, id: string): boolean =>
  perform(remove(tree.value, verbs.value, section, kind, id), `${id} taken out`);

// ---- The statement that is being written ------------------------------------------------------

export interface Draft {
  /** The statement that is changed; null for a new one. */
  editing: string | null;
  id: string;
  by: string;
  date: string;
  inferred: boolean;
  about: string;
  source: string;
  kind: (typeof KINDS)[number];
  text: string;
  via: string;
  credibility: string;
  /** Confidential. */
  secret: boolean;
  supersedes: string[];
  /** "" until it is said whether anything can be counted. */
  counts: "" | "claims" | "nothing";
  claims: ClaimDraft[];
}
const blank = (): Draft => ({
  editing: null, id: "", by: "", date: "", inferred: false, about: "", source: "", kind: "quote", text: "", via: "", credibility: "",
  secret: false, supersedes: [], counts: "", claims: [],
});
export const draft = signal<Draft>(blank());
export const put = (some: Partial<Draft>): void => {
  draft.value = { ...draft.value, ...some };
};

/** A name for the statement, from its speaker and words. */
export function proposed(d: Draft): string {
  const c = known.value;
  const taken = [...c.statements, ...c.assumptions].map((s) => s.id);
  const words = slug(d.text, 3);
  return fresh([slug(d.by || "said", 2), words].filter(Boolean).join("-"), taken.filter((t) => t !== d.editing));
}
export const idOf = (d: Draft): string => d.id || (d.editing ?? proposed(d));

/** What the statement still lacks, each in words. */
export function lacks(d: Draft): string[] {
  const list: string[] = [];
  if (!d.by) list.push("who says it");
  if (!d.text.trim()) list.push("the words");
  if (d.date && !DATE.test(d.date)) list.push("a date that can be read, such as 2019-02-28");
  if (d.about && !DATE.test(d.about)) list.push("a time it speaks of that can be read");
  if (d.counts === "") list.push("whether it claims something that can be counted");
  if (d.counts === "claims" && d.claims.length === 0) list.push("a claim");
  if (d.counts === "claims") {
    d.claims.forEach((x, i) => {
      const m = missing(x, verbs.value, known.value);
      if (m) list.push(`in claim ${i + 1}: ${m}`);
    });
  }
  return list;
}
export const DATE = /^\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)? ?(Z|[+-]\d\d(:?\d\d)?))?)?)?$/;

/** The statement's words for the file. */
export function wordsOf(d: Draft): Words {
  const some = (v: string): Value | undefined => (v.trim() === "" ? undefined : v.trim());
  const claims = d.counts === "claims" ? d.claims.map((c) => claimOf(c, verbs.value) as Value) : [];
  const words: Words = {
    by: some(d.by), date: some(d.date), "date-basis": d.inferred && d.date ? "inferred" : undefined, about: some(d.about),
    source: some(d.source), via: some(d.via), credibility: some(d.credibility), private: d.secret ? "true" : undefined,
    supersedes: d.supersedes.length === 0 ? undefined : d.supersedes.length === 1 ? d.supersedes[0] : d.supersedes,
    claims: claims.length > 0 ? claims : undefined,
  };
  for (const k of KINDS) words[k] = k === d.kind ? some(d.text.replace(/\s*\n\s*/g, " ")) : undefined;
  return words;
}

/** The act that the form stands for; why not, where it is not whole. */
export function actOf(d: Draft): Act {
  const lack = lacks(d);
  if (lack.length > 0) return { patches: null, why: `still missing: ${lack.join("; ")}` };
  const words = wordsOf(d);
  if (d.editing === null) {
    const whole = Object.fromEntries(Object.entries(words).filter(([, v]) => v !== undefined));
    return add(tree.value, "statements", idOf(d), ordered(whole, ORDER.statements));
  }
  const was = known.value.statements.find((s) => s.id === d.editing)?.words;
  // What is said to be empty and was empty stays out of it; `stated` need not be written, and may be.
  const changed = Object.fromEntries(Object.entries(words).filter(([k, v]) => v !== undefined || was?.[k] !== undefined));
  if (was?.["date-basis"] === "stated" && !d.inferred) delete changed["date-basis"];
  if (was?.private === "false" && !d.secret) delete changed.private;
  return change(tree.value, "statements", d.editing, changed);
}

/** The text as it would be with the form's statement in it; null where the form is not whole. */
export function wouldBe(d: Draft): { text: string; patches: Patch[] } | null {
  const a = actOf(d);
  return a.patches && a.patches.length > 0 ? { text: apply(caseWords.value, a.patches), patches: a.patches } : null;
}

/** Add or change; a new form follows, with what the next statement most likely shares. */
export function keep(): boolean {
  const d = draft.value;
  const id = idOf(d);
  const renamed = d.editing !== null && d.id !== "" && d.id !== d.editing;
  const done = perform(actOf(d), d.editing ? `${id} changed` : `${id} added`,
    renamed ? (t) => rename(t, verbs.value, "statement", d.editing!, d.id) : undefined);
  if (!done) return false;
  draft.value = { ...blank(), source: d.source, date: d.editing ? "" : d.date, inferred: !d.editing && d.inferred };
  return true;
}

/** A form that was emptied with words in it: they can come back. */
export const emptied = signal<Draft | null>(null);
export function bringBack(): void {
  if (emptied.value) draft.value = emptied.value;
  emptied.value = null;
}
export function startNew(some: Partial<Draft> = {}): void {
  batch(() => {
    refusal.value = null;
    if (written(draft.value) && draft.value.editing === null) emptied.value = draft.value;
    draft.value = { ...blank(), source: draft.value.source, ...some };
  });
}

/** Is there something in the form that would be lost? */
export const written = (d: Draft): boolean => d.text.trim() !== "" || d.claims.length > 0;

export function open(s: Statement): void {
  const w = s.words;
  batch(() => {
    refusal.value = null;
    draft.value = {
      editing: s.id, id: s.id, by: s.by, date: str(w.date), inferred: str(w["date-basis"]) === "inferred", about: str(w.about),
      source: str(w.source), kind: s.kind ?? "reported", text: s.text, via: str(w.via), credibility: str(w.credibility), secret: str(w.private) === "true",
      supersedes: listOf(w.supersedes), counts: s.claims.length > 0 ? "claims" : "nothing",
      claims: s.claims.map((c) => draftOf(c, verbs.value)),
    };
  });
}

/** A further claim: about the speaker's side, which is what most words are about. */
export function addClaim(): void {
  const d = draft.value;
  put({ counts: "claims", claims: [...d.claims, newClaim(sideOf(known.value, d.by))] });
}
export const setClaim = (i: number, some: Partial<ClaimDraft>): void =>
  put({ claims: draft.value.claims.map((c, k) => (k === i ? { ...c, ...some } : c)) });

// ---- A page that is loaded again --------------------------------------------------------------

let restoredFor = "";
/** What is being written outlives a reload of the page, in this tab and for its case. */
export function keepHalf(): () => void {
  return effect(() => {
    const [key, d] = [`entente-form:${name.value}`, draft.value];
    if (!name.value) return;
    try {
      if (restoredFor !== key) {
        restoredFor = key;
        const held = sessionStorage.getItem(key);
        if (held && !written(d)) draft.value = { ...blank(), ...(JSON.parse(held) as Draft) };
      } else if (written(d)) sessionStorage.setItem(key, JSON.stringify(d));
      else sessionStorage.removeItem(key);
    } catch {
      // Storage is forbidden or full, or holds what is not ours: nothing is kept.
    }
  });
}

export const sayWho = (by: string): string => speakerOf(known.value, by);

// ---- Words for the Admiralty scale (NATO AJP-2.1), as docs/FORMAT.md has them -------------------

export const RELIABILITY: [string, string][] = [
  ["A", "completely reliable"], ["B", "usually reliable"], ["C", "fairly reliable"], ["D", "not usually reliable"], ["E", "unreliable"],
  ["F", "reliability cannot be judged"],
];
export const CREDIBILITY: [string, string][] = [
  ["1", "confirmed by others"], ["2", "probably true"], ["3", "possibly true"], ["4", "doubtful"], ["5", "improbable"],
  ["6", "truth cannot be judged"],
];
