// Numbers and packages in words. The rules of wording: whole percents; a sampled none is "none of
// N sampled worlds" and never "impossible", which is said only where it is proved.
import type { Account, DealRow, Doc, Issue, Picture, Zone } from "./data";
import { DESCRIBED } from "./data";

export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || Number.isNaN(share)) return "not known";
  const p = 100 * share;
  if (p > 0 && p <= 0.5) return "<1%";
  if (p < 100 && p >= 99.5) return ">99%";
  return `${Math.round(p)}%`;
}

/** "12% to 31%" where the share hangs on votes that nobody stated, else "31%". */
export function ranged(zone: Zone): string {
  const [low, high] = [percent(zone.low), percent(zone.high)];
  return low === high ? percent(zone.share) : `${low} to ${high}`;
}

/** Why it is a range. */
export const votesWords = (zone: Zone): string =>
  ranged(zone) === percent(zone.share)
    ? ""
    : ` It depends on how council members vote whom the case does not model: with all of them against ${percent(zone.low)}, with all of them for ${percent(zone.high)}.`;

export function points(change: number): string {
  const p = Math.round(100 * change);
  return p === 0 ? "±0" : p > 0 ? `+${p}` : `−${-p}`;
}

export function count(n: number | string): string {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

export function list(words: string[], last = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}

export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const at = text.lastIndexOf(" ", most - 1);
  return `${text.slice(0, at > most / 2 ? at : most - 1)}…`;
}

/** A level of an issue: its option, its items, its value. */
export function level(issue: Issue, value: number | string): string {
  if (issue.kind === "options") return issue.parts[Number(value)]?.name ?? "?";
  if (issue.kind === "range") {
    const r = issue.range!;
    const shown = Math.round((r.from + Number(value) * r.step) * 1e9) / 1e9;
    return issue.unit ? `${shown} ${issue.unit}` : `${shown}`;
  }
  const bits = BigInt(value);
  const on = issue.parts.filter((_, j) => (bits >> BigInt(j)) & 1n);
  if (on.length === issue.parts.length && on.length > 1) return "all";
  return on.length === 0 ? "none" : on.map((p) => p.name).join(", ");
}

/** The same in a few words: long lists of items become their count. */
export function brief(issue: Issue, value: number | string): string {
  if (issue.kind === "items") {
    const bits = BigInt(value);
    const on = issue.parts.filter((_, j) => (bits >> BigInt(j)) & 1n);
    if (on.length > 2 && on.length < issue.parts.length) {
      return `${on.length} of ${issue.parts.length}`;
    }
    if (on.length <= 2 && on.length > 0) return on.map((p) => p.name.split(":")[0]).join(", ");
  }
  return level(issue, value);
}

/** Who gives what no side gives: somebody beside the table, or all together. */
const togetherWords = (issue: Issue) => (issue.givers.length ? "Others" : TOGETHER);
export const TOGETHER = "All together";

/** "Ana gives", "Ana and Bo give", "All together". */
export const givesWords = (g: Given) =>
  g.who === TOGETHER ? g.who : `${g.who} ${g.party === null ? "give" : "gives"}`;

export interface Given {
  who: string;
  party: number | null;
  what: { issue: Issue; value: number | string }[];
}

/** What an outcome asks of each giver, in the order of the parties. */
export function exchange(doc: Doc, outcome: number): Given[] {
  const rows = new Map<string, Given>();
  doc.deciders.forEach((p) => {
    if (doc.issues.some((i) => i.givers.includes(p))) {
      rows.set(String(p), { who: doc.parties[p].name, party: p, what: [] });
    }
  });
  doc.outcomes[outcome].forEach((value, i) => {
    const issue = doc.issues[i];
    if (value === 0) return;
    const givers = issue.givers.filter((p) => doc.deciders.includes(p));
    const key = givers.join(",") || togetherWords(issue);
    if (!rows.has(key)) {
      const who = givers.length ? list(givers.map((p) => doc.parties[p].name)) : togetherWords(issue);
      rows.set(key, { who, party: givers.length === 1 ? givers[0] : null, what: [] });
    }
    rows.get(key)!.what.push({ issue, value });
  });
  return [...rows.values()];
}

/** A package as documents write it: an option's id, ids of items, a number, for each issue that moves. */
export type ByIssue = Record<string, string | number | string[]>;

/** A document's package with its items in full. */
export function packageWords(doc: Doc, given: ByIssue): string {
  const words = doc.issues.filter((i) => given[i.id] !== undefined).map((issue) => {
    const value = given[issue.id];
    const nameOf = (id: string) => issue.parts.find((p) => p.id === id)?.name ?? id;
    const ids = Array.isArray(value) ? value : [String(value)];
    if (issue.kind === "range") return `${issue.name}: ${value}${issue.unit ? ` ${issue.unit}` : ""}`;
    const every = issue.kind === "items" && ids.length === issue.parts.length && ids.length > 1;
    return `${issue.name}: ${every ? `all ${ids.length}` : ids.map(nameOf).join(", ")}`;
  });
  return words.length ? words.join("; ") : "nothing changes";
}

/** "The Yongbyon complex: dismantled; UN sanctions lifted: 6 of 8"; in full the items by name. */
export function outcomeWords(doc: Doc, outcome: number, full = false): string {
  const words = doc.outcomes[outcome]
    .map((v, i) => (v === 0 ? "" : `${doc.issues[i].name}: ${(full ? level : brief)(doc.issues[i], v)}`))
    .filter(Boolean);
  return words.length ? words.join("; ") : "nothing changes";
}

export function packageName(doc: Doc, row: DealRow): string | null {
  if (!(row[1] & DESCRIBED)) return null;
  const names = doc.packages.filter((p) => p.outcome === row[0]).map((p) => p.name);
  return names.length ? names.join(", ") : null;
}

export function shareOf(picture: Picture, row: DealRow, party: number): number {
  return row[3 + picture.voters.indexOf(party)] as number;
}

export function verdictOf(picture: Picture, row: DealRow, party: number): string {
  const letters = row[3 + picture.voters.length] as string | undefined;
  return letters?.[picture.voters.indexOf(party)] ?? "p";
}

/** A party's share of one deal in words: certain where it is proved. */
export function shareWords(doc: Doc, picture: Picture, row: DealRow, party: number): string {
  const name = doc.parties[party].name;
  const verdict = verdictOf(picture, row, party);
  const share = shareOf(picture, row, party);
  if (verdict === "i") return `${name}: impossible, it contradicts this account`;
  if (verdict === "n") return `${name} in every world that fits, proved`;
  if (share === 0) return `${name} in none of ${count(picture.worlds)} sampled worlds`;
  return `${name} in ${percent(share)} of its worlds`;
}

export const bothWords = (doc: Doc) => (doc.deciders.length === 2 ? "both" : "all");
export const bothSides = (doc: Doc) => (doc.deciders.length === 2 ? "both sides" : "all sides");

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Some accounts are called "North Korea account", others "As the union tells it". */
export const accountWords = (account: Account) =>
  /\baccount$/i.test(account.name) ? `the ${account.name}` : `the account “${account.name}”`;

export function fitWords(account: Account): string {
  return `the preference worlds that fit ${accountWords(account)}`;
}

export function day(date: string | null): string {
  if (!date) return "no date";
  const m = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date);
  if (!m) return date;
  const month = m[2] ? MONTHS[Number(m[2]) - 1] : "";
  return [m[3] ? String(Number(m[3])) : "", month, m[1]].filter(Boolean).join(" ");
}
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
