// What a case's text says, as forms need it: lists of parties, people, sources, issues, statements. Nothing is
// checked here: the engine does that. What is missing or odd is left empty.
import { asMap, at, child, plain, type Tree, type Value } from "./yaml";

export type Words = { [key: string]: Value | undefined };
/** A package in a claim: a name from `packages`, or levels by issue. */
export type Package = string | Record<string, string | string[]>;
/** A claim as the file has it. */
export type Claim = Words & { party: string };

export interface Entry {
  id: string;
  words: Words;
}
export interface Level {
  id: string;
  name: string;
}
export interface Issue extends Entry {
  name: string;
  kind: "options" | "items" | "range" | "none";
  levels: Level[];
  range: { from: number; to: number; step: number; unit: string } | null;
}
export interface Statement extends Entry {
  index: number;
  by: string;
  kind: "quote" | "reported" | "editorial" | null;
  text: string;
  claims: Claim[];
}
export interface Case {
  title: string;
  summary: string;
  asOf: string;
  parties: Entry[];
  people: Entry[];
  sources: Entry[];
  issues: Issue[];
  packages: Entry[];
  statements: Statement[];
  assumptions: Statement[];
  accounts: Entry[];
}

export const KINDS = ["quote", "reported", "editorial"] as const;
export const str = (v: Value | undefined): string => (v === undefined || typeof v === "object" ? "" : String(v));
export const listOf = (v: Value | undefined): string[] =>
  v === undefined || v === "" ? [] : Array.isArray(v) ? v.map((x) => str(x)) : typeof v === "object" ? Object.keys(v) : [String(v)];
const mapOf = (v: Value | undefined): Words => (v !== undefined && typeof v === "object" && !Array.isArray(v) ? v : {});

function entries(tree: Tree, section: string): Entry[] {
  return Object.entries(mapOf(plain(at(tree, [section])))).map(([id, v]) => ({ id, words: mapOf(v) }));
}

export function issueOf({ id, words }: Entry): Issue {
  const kind = (["options", "items", "range"] as const).find((k) => words[k] !== undefined) ?? "none";
  const range = mapOf(words.range);
  const named = mapOf(words.items);
  return {
    id, words, kind,
    name: str(words.name) || id,
    levels: kind === "range" || kind === "none" ? [] : listOf(words[kind]).map((x) => ({ id: x, name: str(mapOf(named[x]).name) || x })),
    range: kind === "range"
      ? { from: Number(str(range.from)), to: Number(str(range.to)), step: Number(str(range.step)), unit: str(range.unit) || str(words.unit) }
      : null,
  };
}

function statements(tree: Tree, section: string): Statement[] {
  const list = plain(at(tree, [section]));
  if (!Array.isArray(list)) return [];
  return list.map((v, index) => {
    const words = mapOf(v);
    const kind = KINDS.find((k) => words[k] !== undefined) ?? null;
    return {
      index, words, kind,
      id: str(words.id),
      by: str(words.by),
      text: str(kind ? words[kind] : words.because),
      claims: (Array.isArray(words.claims) ? words.claims : []).map((c) => mapOf(c) as Claim),
    };
  });
}

export function caseOf(tree: Tree): Case {
  const word = (key: string) => str(plain(child(asMap(tree.root), key)));
  return {
    title: word("title"),
    summary: word("summary"),
    asOf: word("as-of"),
    parties: entries(tree, "parties"),
    people: entries(tree, "people"),
    sources: entries(tree, "sources"),
    issues: entries(tree, "issues").map(issueOf),
    packages: entries(tree, "packages"),
    statements: statements(tree, "statements"),
    assumptions: statements(tree, "assumptions"),
    accounts: entries(tree, "accounts"),
  };
}

export const nameOf = (e: Entry | undefined): string => (e ? str(e.words.name) || e.id : "");
/** The party that a speaker speaks for; "" where nobody. */
export function sideOf(c: Case, by: string): string {
  if (c.parties.some((p) => p.id === by)) return by;
  return str(c.people.find((p) => p.id === by)?.words.for);
}
export const speakerOf = (c: Case, by: string): string =>
  nameOf(c.people.find((p) => p.id === by) ?? c.parties.find((p) => p.id === by)) || by;

/** A name from words: letters without accents, digits and hyphens, at most four words. */
export function slug(text: string, most = 4): string {
  const parts = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const told = parts.filter((w) => !LITTLE.has(w));
  return (told.length > 0 ? told : parts).slice(0, most).join("-").slice(0, 60);
}
const LITTLE = new Set("a an and are as at be by for from had has have if in is it its of on or our that the their this to was we were which will with would".split(" "));

/** The name with a number behind it where it is taken. */
export function fresh(base: string, taken: string[]): string {
  const name = base || "name";
  if (!taken.includes(name)) return name;
  for (let n = 2; ; n++) if (!taken.includes(`${name}-${n}`)) return `${name}-${n}`;
}
