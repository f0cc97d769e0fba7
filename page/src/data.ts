// The document entente.page/1 (docs/PAGE.md), as src/report/page.c writes it.
import { isolateNames } from "./turns";

/** [outcome, flags, share of all that are asked, share of each voter ..., verdict letters] */
export type DealRow = [number, number, number, ...(number | string)[]];

export const FRONTIER = 1;
export const DESCRIBED = 2;
export const AVAILABLE = 4;

export interface Zone {
  share: number;
  error: number;
  /** With all members of councils whom the case does not name against, and with all of them for. */
  low: number;
  high: number;
  impossible: boolean;
}
export interface Picture {
  worlds: number;
  zone: Zone;
  /** Share of the best single package, unrounded; the rows' shares are rounded to four digits. */
  best: number;
  method: string;
  proved: boolean;
  outcomes: string;
  available: string | null;
  effective: number;
  poor: boolean;
  /** What is doubtful about these numbers, in words. */
  doubts: { kind: string; party: string | null; text: string }[];
  voters: number[];
  deals: DealRow[];
}
export interface Move {
  issue: number;
  item: number | null;
  from: number;
  to: number;
  mover: number | null;
  cost: number;
}
export interface Position {
  party: number;
  statement: number | null;
  claim: number | null;
  own: boolean;
  deal: DealRow | null;
}
export interface Crossing {
  from: number;
  deal: DealRow;
  moves: Move[];
}
export interface RecordChange {
  without: number[];
  with: number | null;
  party: number | null;
  reservation: number | null;
  deal: DealRow | null;
  zone: number | null;
  opens: boolean;
}
export interface Bridge {
  threshold: number;
  positions: Position[];
  crossings: Crossing[];
  smallest: Crossing[];
  changes: RecordChange[];
  change_worlds: number;
}
export interface Axis {
  party: number;
  measure: string;
  label: string;
  unit: string | null;
  edges: number[];
  /** Where each cell holds packages of one scope: these. */
  values: number[] | null;
  left_out: number[];
}
export interface Exchange {
  measure: string;
  x: Axis;
  y: Axis;
  a: (number | null)[];
  b: (number | null)[];
  joint: (number | null)[];
  line_a: (number | null)[];
  line_b: (number | null)[];
  marks: { package: string; x: number; y: number }[];
  complete: boolean;
}
export interface Effect {
  consistent: boolean;
  share: number | null;
  change: number | null;
  error: number | null;
}
export interface Influence {
  worlds: number;
  base: Zone;
  rows: { statement: number; in: boolean; without: Effect | null; with: Effect | null }[];
}
/** What the engine knows by name: a number for each party's id. */
export type ByParty<T = number> = Record<string, T>;
export interface Phase {
  phase: number;
  steps: ByParty<string[]>;
  /** Steps that no party gives alone. */
  together: string[];
  trust: ByParty;
  trust_low: ByParty<number | null>;
  trust_high: ByParty<number | null>;
  exposure: ByParty;
}
export interface Plan {
  outcome: number;
  steps: { id: string; text: string; issue: number; part: number }[];
  trust_by_phases: number[];
  trust_by_phases_low?: number[];
  trust_by_phases_high?: number[];
  spread_worlds: number;
  exact: boolean;
  bound: number;
  plan: Phase[];
  stated_trust: ByParty<{ low: number; high: number; statements: string[] } | null>;
  first_step: string[] | null;
  carried: boolean | null;
  undo: { step: string; undo: number; trust_if_undone: number | null }[];
  least_change: { make_undoable: string[]; trust: number; proved: boolean } | null;
}
/** Chances are null where none is enough. */
export interface Walk {
  party: string;
  break_even: number | null;
  break_even_low: number | null;
  break_even_high: number | null;
  staying_cannot_lose: number;
  no_chance_is_enough: number;
  no_deal: number;
  deal_value: number | null;
  walk: number;
  later: number;
  cost: number;
  worlds: number;
  nash_outcome: number | null;
  nash_deal_share?: number;
}
export const CONCEPTS = ["nash", "gmr", "smr", "seq", "sseq"] as const;
export type Concept = (typeof CONCEPTS)[number];
export type ByConcept = Record<Concept, number>;
export interface Held {
  outcome: number;
  shares: ByParty<ByConcept>;
  all: ByConcept;
  worlds: number;
  stories: {
    party: string;
    story: string;
    move: string | null;
    deterred?: boolean;
    answers?: { party: string; move: string }[];
    missing: ByConcept;
  }[];
}
export interface LeftOut {
  statement: number;
  because: number[];
  party: number;
}
export interface Account {
  id: string;
  name: string;
  party: number | null;
  consistent: boolean;
  in: number[];
  core: number[];
  left_out: LeftOut[];
  core_dispute: number[] | null;
  picture: Picture | null;
  bridge?: Bridge | null;
  exchange?: Exchange[] | null;
  influence?: Influence | null;
  plan?: Plan | null;
  walk?: Walk[];
  stability?: Held[];
}
export interface Claim {
  party: number;
  verb: string;
  text: string;
}
export interface Statement {
  id: string;
  line: number;
  speaker: string;
  title: string | null;
  side: number | "assumption" | null;
  date: string | null;
  time: number | null;
  inferred: boolean;
  source: number | null;
  kind: "quote" | "reported" | "editorial" | "assumption" | null;
  words: string | null;
  via: string | null;
  because: string | null;
  credibility: number | null;
  on: boolean;
  claims: Claim[];
}
export interface Party {
  id: string;
  name: string;
  role: "decider" | "approver" | "observer";
  /** Issues of which this party's consent is needed. */
  approves: number[];
  color: string | null;
}
export interface Issue {
  id: string;
  name: string;
  kind: "options" | "items" | "range";
  unit: string | null;
  givers: number[];
  getters: number[];
  parts: { id: string; name: string }[];
  range?: { from: number; to: number; step: number };
}
export interface Source {
  id: string;
  title: string | null;
  publisher: string | null;
  date: string | null;
  url: string | null;
  reliability: string | null;
}
export interface Dispute {
  statements: number[];
  party: number;
  by_cannot: boolean;
}
export interface Doc {
  schema: string;
  engine: string;
  case: {
    title: string;
    summary: string | null;
    as_of: string | null;
    file: string;
    hash: string;
    text: string | null;
  };
  settings: {
    worlds: number;
    seed: number;
    prior: string;
    as_of: string | null;
    with: number[];
    without: number[];
  };
  parties: Party[];
  deciders: number[];
  sources: Source[];
  issues: Issue[];
  statements: Statement[];
  packages: { name: string; outcome: number }[];
  outcomes: (number | string)[][];
  /** What `--redact` would leave out; not there where that is nothing. */
  private?: { text: string; statements: string[]; packages: string[]; accounts: string[] };
  /** What was left out of the case that is shown. */
  withheld?: Record<"accounts" | "assumptions" | "figures" | "packages" | "people" | "reservations" | "sources" | "statements", number> & {
    effects: "kept" | "left-out";
  };
  /** Claims taken on supposition: the last statements are theirs. */
  supposed: string[];
  disputes: Dispute[];
  disputes_complete: boolean;
  accounts: Account[];
  both: { consistent: boolean; dispute: number[] | null };
}

export const PARTS = ["exchange", "bridge", "influence", "plan", "walk", "stability"] as const;
export type Part = (typeof PARTS)[number];

export const outcomeKey = (d: Doc, outcome: number) => d.outcomes[outcome].join(".");

/**
 * The document with one more part of an account, or its picture. Each document names outcomes by its own
 * numbers: those of the part become numbers of the whole.
 */
export function adopt(whole: Doc, piece: Doc, id: string, part: Part | "picture"): Doc {
  const from = piece.accounts.find((a) => a.id === id);
  const numbers = new Map(whole.outcomes.map((_, i) => [outcomeKey(whole, i), i]));
  const at = piece.outcomes.map((levels, i) => {
    const key = outcomeKey(piece, i);
    if (!numbers.has(key)) {
      numbers.set(key, whole.outcomes.length);
      whole.outcomes.push(levels);
    }
    return numbers.get(key)!;
  });
  const row = <T extends DealRow | null>(r: T): T => (r ? ([at[r[0]], ...r.slice(1)] as unknown as T) : r);
  const crossing = (c: Crossing) => ({ ...c, deal: row(c.deal) });
  const to = whole.accounts.find((a) => a.id === id);
  if (!from || !to) return whole;
  switch (part) {
    case "picture":
      to.picture = from.picture && { ...from.picture, deals: from.picture.deals.map(row) };
      break;
    case "exchange":
      to.exchange = from.exchange ?? null;
      break;
    case "bridge":
      to.bridge = from.bridge
        ? {
            ...from.bridge,
            positions: from.bridge.positions.map((p) => ({ ...p, deal: row(p.deal) })),
            crossings: from.bridge.crossings.map(crossing),
            smallest: from.bridge.smallest.map(crossing),
            changes: from.bridge.changes.map((c) => ({ ...c, deal: row(c.deal) })),
          }
        : null;
      break;
    case "influence":
      to.influence = from.influence ?? null;
      break;
    case "plan":
      to.plan = from.plan ? { ...from.plan, outcome: at[from.plan.outcome] } : null;
      break;
    case "walk":
      to.walk = (from.walk ?? []).map((w) => ({ ...w, nash_outcome: w.nash_outcome === null ? null : at[w.nash_outcome] }));
      break;
    case "stability":
      to.stability = (from.stability ?? []).map((h) => ({ ...h, outcome: at[h.outcome] }));
      break;
  }
  return whole;
}

/** The document in the file, or null in the page that the local server sends. */
export function embedded(): Doc | null {
  const element = document.getElementById("entente-data");
  return element?.textContent ? isolateNames(JSON.parse(element.textContent) as Doc) : null;
}
