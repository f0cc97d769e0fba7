// Words from right to left (Hebrew, Arabic) within English sentences: each run of them is isolated, as Unicode's
// bidirectional algorithm (UAX 9) has it, so that figures and signs beside a name stay at their side of it.
import type { Doc } from "./data";

const R = "\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}";
/** From one such letter to the last that only marks, blanks and signs part from it. */
const RUN = new RegExp(`[${R}](?:[${R}\\p{M}\\s\\d"'’\\u05f3\\u05f4.,\\-]*[${R}\\p{M}])?`, "gu");
const ANY = new RegExp(`[${R}]`, "u");

/** Without such signs, for files in which nobody looks for them. */
export const bare = (text: string): string => text.replace(/[\u2066-\u2069]/g, "");
/** The same, each run between U+2068 and U+2069. */
export function isolated<T extends string | null>(text: T): T {
  return (text !== null && ANY.test(text) ? bare(text).replace(RUN, "\u2068$&\u2069") : text) as T;
}

/** A name as one whole, whose own first letter says which way it goes. */
const name = <T extends string | null>(text: T): T => (text !== null && ANY.test(text) ? `\u2068${bare(text)}\u2069` : text) as T;

/** The names of a document, which stand in sentences, figures and tables; ids and the case's text stay. */
export function isolateNames(d: Doc): Doc {
  for (const p of d.parties) p.name = name(p.name);
  for (const a of d.accounts) a.name = name(a.name);
  for (const s of d.statements) {
    s.speaker = name(s.speaker);
    s.title = name(s.title);
    for (const c of s.claims) c.text = isolated(c.text);
  }
  for (const i of d.issues) {
    i.name = name(i.name);
    i.unit = name(i.unit);
    for (const p of i.parts) p.name = name(p.name);
  }
  return d;
}

/** Of an answer about the case whatever is words: for JSON.parse. */
export const wordsOnly = (key: string, value: unknown): unknown =>
  typeof value === "string" && (key === "words" || key === "text" || key === "story" || key === "label" || key === "name") ? isolated(value) : value;
