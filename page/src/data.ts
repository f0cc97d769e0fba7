// The document entente.page/1 (docs/PAGE.md), as src/report/page.c writes it.

/** [outcome, flags, share of all that are asked, share of each voter ..., verdict letters] */
export type DealRow = [number, number, number, ...(number | string)[]];

export const FRONTIER = 1;
export const DESCRIBED = 2;
export const AVAILABLE = 4;

export interface Zone {
  share: number;
  error: number;
  impossible: boolean;
}
export interface Picture {
  worlds: number;
  zone: Zone;
  method: string;
  proved: boolean;
  outcomes: string;
  available: string | null;
  effective: number;
  poor: boolean;
  voters: number[];
  deals: DealRow[];
}
export type ToggleKind = "without" | "with" | "as-of";
export interface Toggle {
  kind: ToggleKind;
  statement: number;
  consistent: boolean;
  enters: number[];
  leaves: number[];
  /** Nothing that counts has changed: the account's own picture. */
  same: boolean;
  picture: Picture | null;
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
  toggles: Toggle[];
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
    toggle_worlds: number;
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
  disputes: Dispute[];
  disputes_complete: boolean;
  accounts: Account[];
  both: { consistent: boolean; dispute: number[] | null };
}

/** The document in the file, or null in the page that the local server sends. */
export function embedded(): Doc | null {
  const element = document.getElementById("entente-data");
  if (!element?.textContent) return null;
  const doc = JSON.parse(element.textContent) as Doc;
  for (const account of doc.accounts) {
    for (const toggle of account.toggles) {
      if (toggle.same) toggle.picture = account.picture;
    }
  }
  return doc;
}
