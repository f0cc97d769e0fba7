// A claim while it is being built: what its chips hold, what is still missing, and the claim that the file gets.
import { listOf, str, type Case, type Claim, type Words } from "./model";
import type { Shape, Verb } from "./verbs";
import type { Value } from "./yaml";

/** What stands behind a verb, in whichever shape it asks for; the others are kept while one tries verbs. */
export interface Part {
  /** A named package; "" where levels are given. */
  named: string;
  levels: [issue: string, level: string | string[]][];
  issues: string[];
  weights: [issue: string, low: string, high: string][];
  low: string;
  high: string;
  party: string;
}
export interface ClaimDraft {
  party: string;
  verb: string;
  first: Part;
  second: Part;
  rest: "closed" | "open" | string[];
  /** Keys that no form knows: they stay. */
  other: Words;
}

export const newPart = (): Part => ({ named: "", levels: [], issues: [], weights: [], low: "", high: "", party: "" });
export const newClaim = (party = ""): ClaimDraft => ({ party, verb: "", first: newPart(), second: newPart(), rest: "closed", other: {} });

const bounds = (v: Value | undefined): [string, string] => (Array.isArray(v) ? [str(v[0]), str(v[1])] : [str(v), ""]);
const interval = (low: string, high: string): Value => (high === "" || high === low ? low : [low, high]);

function partOf(shape: Shape, v: Value | undefined): Part {
  const part = newPart();
  if (v === undefined) return part;
  switch (shape) {
    case "package":
      if (typeof v === "object" && !Array.isArray(v)) {
        part.levels = Object.entries(v).map(([k, l]) => [k, Array.isArray(l) ? l.map((x) => str(x)) : str(l)]);
      } else part.named = str(v);
      break;
    case "issues":
      part.issues = listOf(v);
      break;
    case "weights":
      part.weights = Object.entries(v as Words).map(([k, w]) => [k, ...bounds(w)]);
      break;
    case "party":
      part.party = str(v);
      break;
    default:
      [part.low, part.high] = bounds(v);
  }
  return part;
}

function valueOf(shape: Shape, p: Part): Value {
  switch (shape) {
    case "package": return p.named || Object.fromEntries(p.levels);
    case "issues": return p.issues;
    case "weights": return Object.fromEntries(p.weights.map(([k, low, high]) => [k, interval(low, high)]));
    case "party": return p.party;
    default: return interval(p.low, p.high);
  }
}

const isBlank = (shape: Shape, p: Part): boolean =>
  shape === "package" ? p.named === "" && p.levels.length === 0
  : shape === "issues" ? p.issues.length === 0
  : shape === "weights" ? p.weights.length === 0
  : shape === "party" ? p.party === "" : p.low === "";

export function draftOf(claim: Claim, verbs: Verb[]): ClaimDraft {
  const verb = verbs.find((v) => claim[v.name] !== undefined);
  const used = ["party", "rest", verb?.name, verb?.partner?.key];
  return {
    party: str(claim.party),
    verb: verb?.name ?? "",
    first: verb ? partOf(verb.shape, claim[verb.name]) : newPart(),
    second: verb?.partner ? partOf(verb.partner.shape, claim[verb.partner.key]) : newPart(),
    rest: claim.rest === undefined ? "closed" : claim.rest === "open" ? "open" : listOf(claim.rest),
    other: Object.fromEntries(Object.entries(claim).filter(([k]) => !used.includes(k))),
  };
}

/** The claim as the file has it. A package may be empty: the status quo of everything. */
export function claimOf(d: ClaimDraft, verbs: Verb[]): Claim {
  const verb = verbs.find((v) => v.name === d.verb);
  const claim: Claim = { party: d.party };
  if (!verb) return { ...claim, ...d.other };
  claim[verb.name] = valueOf(verb.shape, d.first);
  const partner = verb.partner;
  if (partner && (partner.needed || !isBlank(partner.shape, d.second))) claim[partner.key] = valueOf(partner.shape, d.second);
  if (verb.rest && d.rest !== "closed") claim.rest = d.rest;
  return { ...claim, ...d.other };
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function missingPart(shape: Shape, p: Part, c: Case): string | null {
  switch (shape) {
    case "package": {
      const bare = p.levels.find(([, l]) => l === "");
      if (bare) return `how far ${c.issues.find((i) => i.id === bare[0])?.name ?? bare[0]} goes`;
      return null;
    }
    case "issues": return p.issues.length < 2 ? "at least two issues to rank" : null;
    case "weights":
      return p.weights.length === 0 ? "an issue and its importance" : p.weights.some((w) => !NUMBER.test(w[1])) ? "a number from 0 to 1" : null;
    case "party": return p.party ? null : "the other party";
    default: return NUMBER.test(p.low) && (p.high === "" || NUMBER.test(p.high)) ? null : "a number";
  }
}

/** What is still to be said, in words; null where the claim is whole. */
export function missing(d: ClaimDraft, verbs: Verb[], c: Case): string | null {
  if (!d.party) return "whose will the claim is about";
  const verb = verbs.find((v) => v.name === d.verb);
  if (!verb) return "what the party does";
  const first = missingPart(verb.shape, d.first, c);
  if (first) return first;
  return verb.partner && (verb.partner.needed || !isBlank(verb.partner.shape, d.second)) ? missingPart(verb.partner.shape, d.second, c) : null;
}
