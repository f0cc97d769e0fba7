// Packages while they are built: from an outcome of the picture, to the words of a case, to what lies one step
// away. Pure; the builder (packages.tsx) asks the engine about them as named packages of a text nobody saves.
import type { Doc } from "../data";
import { listOf, type Case, type Issue } from "./model";
import type { Mention } from "./names";

/** What is done on each issue; an issue that is not named is at the status quo. */
export type Built = Record<string, string | string[]>;

const steps = (i: Issue): number => Math.round((i.range!.to - i.range!.from) / i.range!.step);
export const valueAt = (i: Issue, step: number): string => String(Math.round((i.range!.from + step * i.range!.step) * 1e9) / 1e9);
export const stepOf = (i: Issue, value: string): number => Math.round((Number(value) - i.range!.from) / i.range!.step);

/** How far an issue goes: its option's number, its items, its step. */
export function levelOf(i: Issue, b: Built): string | string[] {
  const v = b[i.id];
  if (i.kind === "items") return v === "all" ? i.levels.map((l) => l.id) : v === undefined || v === "none" ? [] : listOf(v);
  if (v !== undefined) return v;
  return i.kind === "range" ? String(i.range!.from) : (i.levels[0]?.id ?? "");
}

/** The package with another level of an issue; at the status quo it is not named. */
export function withLevel(b: Built, i: Issue, level: string | string[]): Built {
  const rest = { ...b };
  delete rest[i.id];
  const still = i.kind === "items" ? level.length === 0 : i.kind === "range" ? Number(level) === i.range!.from : level === i.levels[0]?.id;
  if (still) return rest;
  return { ...rest, [i.id]: Array.isArray(level) && level.length === 1 ? level[0] : level };
}

/** An outcome of a picture as a package; `key` as outcomeKey() has it. */
export function builtOf(d: Doc, key: string): Built {
  const built: Built = {};
  key.split(".").forEach((v, n) => {
    const issue = d.issues[n];
    if (!issue || v === "0") return;
    if (issue.kind === "options") built[issue.id] = issue.parts[Number(v)]?.id ?? "";
    else if (issue.kind === "range") built[issue.id] = String(Math.round((issue.range!.from + Number(v) * issue.range!.step) * 1e9) / 1e9);
    else {
      const ids = issue.parts.filter((_, j) => (BigInt(v) >> BigInt(j)) & 1n).map((p) => p.id);
      built[issue.id] = ids.length === 1 ? ids[0] : ids;
    }
  });
  return built;
}

export interface Step {
  issue: string;
  /** "more: dismantled", "less: kept". */
  words: string;
  built: Built;
}
/** All packages one minimal step away: one option, one item, one step of a range. */
export function stepsFrom(c: Case, b: Built): Step[] {
  const found: Step[] = [];
  for (const i of c.issues) {
    const now = levelOf(i, b);
    const go = (level: string | string[], words: string) => found.push({ issue: i.id, words: `${i.name}: ${words}`, built: withLevel(b, i, level) });
    if (i.kind === "options") {
      const at = i.levels.findIndex((l) => l.id === now);
      if (at > 0) go(i.levels[at - 1].id, `${i.levels[at - 1].name}, not ${i.levels[at].name}`);
      if (at + 1 < i.levels.length) go(i.levels[at + 1].id, `${i.levels[at + 1].name}, not ${i.levels[at].name}`);
    } else if (i.kind === "items") {
      for (const l of i.levels) {
        const on = (now as string[]).includes(l.id);
        go(i.levels.map((x) => x.id).filter((x) => (x === l.id ? !on : (now as string[]).includes(x))), on ? `without ${l.name}` : `with ${l.name}`);
      }
    } else if (i.kind === "range") {
      const at = stepOf(i, now as string);
      for (const next of [at - 1, at + 1]) if (next >= 0 && next <= steps(i)) go(valueAt(i, next), `${valueAt(i, next)}, not ${now}`);
    }
  }
  return found;
}

/** Statements whose claims name a level of an issue, by its word or through a named package. */
export function groundsOf(c: Case, all: Mention[], issue: string, level: string): string[] {
  const held = c.packages.filter((p) => {
    const v = p.words[issue];
    return v !== undefined && (v === "all" || listOf(v).includes(level));
  }).map((p) => p.id);
  const places = all.filter((m) => !m.defines && ((m.kinds.includes("level") && m.issue === issue && m.name === level) || (m.kinds.includes("package") && held.includes(m.name))));
  return [...new Set(places.map((m) => m.where).filter((w) => w.startsWith("statement ")).map((w) => w.slice("statement ".length)))];
}
