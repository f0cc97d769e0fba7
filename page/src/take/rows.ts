// What each panel shows, as rows of a table: shares unrounded, from 0 to 1; parties, issues and statements by
// name and id.
import type { Asked, History, InDispute, Menus, Priorities } from "../answers";
import { FRONTIER, DESCRIBED, CONCEPTS, type DealRow } from "../data";
import type { View } from "../state";
import { level, outcomeWords, packageName, packageWords, shareOf } from "../words";
import type { Rows } from "./csv";

const nameOf = (v: View, id: string) => v.doc.parties.find((p) => p.id === id)?.name ?? id;
const ids = (v: View, list: number[]) => list.map((s) => v.doc.statements[s].id).join(" ");
const wordsOf = (v: View, at: number) => v.doc.statements[at].words ?? v.doc.statements[at].because;

export function accountRows(v: View): Rows {
  return [
    ["account", "consistent", "some package suits all", "standard error", "lowest", "highest", "best single package", "worlds", "believed", "left out"],
    ...v.doc.accounts.map((a) => {
      const p = a.picture;
      return [a.name, a.consistent ? "yes" : "no", p?.zone.share, p?.zone.error, p?.zone.low, p?.zone.high, p?.best, p?.worlds,
        ids(v, a.in), ids(v, a.left_out.map((l) => l.statement))];
    }),
  ];
}

export function saidRows(v: View): Rows {
  return [
    ["id", "side", "speaker", "date", "kind", "words", "claims", "believed in this account", "source", "line"],
    ...v.doc.statements.map((s, i) => [
      s.id, typeof s.side === "number" ? v.doc.parties[s.side].name : (s.side ?? "others"), s.speaker, s.date, s.kind, wordsOf(v, i),
      s.claims.map((c) => c.text).join("; "), v.believed.has(i) ? "yes" : "no", s.source === null ? null : v.doc.sources[s.source].id, s.line,
    ]),
  ];
}

export function dealRows(v: View): Rows {
  const p = v.picture;
  if (!p) return [["package"]];
  const line = (row: DealRow) => [
    packageName(v.doc, row), ...v.doc.issues.map((issue, i) => level(issue, v.doc.outcomes[row[0]][i])),
    row[1] & FRONTIER ? "yes" : "no", row[1] & DESCRIBED ? "yes" : "no", row[2], ...p.voters.map((x) => shareOf(p, row, x)),
  ];
  return [
    ["name", ...v.doc.issues.map((i) => i.name), "on the frontier", "described", "all accept", ...p.voters.map((x) => `${v.doc.parties[x].name} accepts`)],
    ...p.deals.map(line),
  ];
}

export function partingRows(v: View, found?: InDispute): Rows {
  const head = [["kind", "question or reason", "party", "statements", "against"]];
  const questions = (found?.questions ?? []).map((q) => [q.kind, q.words, nameOf(v, q.party), q.a.join(" "), q.b.join(" ")]);
  const sets = v.doc.disputes.map((x) => ["smallest set that cannot be true together", x.by_cannot ? "one rules out what another accepts" : "no preferences fit",
    v.doc.parties[x.party].name, ids(v, x.statements), ""]);
  return [...head, ...questions, ...sets];
}

export function wayRows(v: View, menus?: Menus["accounts"][0], asked?: Asked["accounts"][0]): Rows {
  const p = v.picture!;
  return [
    ["way", "share of worlds in which all agree", "what is tabled or asked", "adds, or yes in"],
    ["one package, the best", p.best, p.deals[0] ? outcomeWords(v.doc, p.deals[0][0], true) : "", ""],
    ...(menus?.menus ?? []).filter((m) => m.size > 1).flatMap((m): Rows => [
      [`${m.size} packages tabled together`, m.share, "", ""],
      ...m.items.map((x) => [`${m.size} packages tabled together: one of them`, x.joint, packageWords(v.doc, x.package), x.adds]),
    ]),
    ...(asked?.curve.questions ?? []).map((s, i) => [`${i + 1} question${i ? "s" : ""} first, then one package`, s, "", ""]),
    ...(asked?.questions ?? []).map((q) => ["one question first: this", q.expected, q.words, q.yes]),
    ["some package: no way passes this", p.zone.share, "", ""],
  ];
}

export function priorityRows(v: View, found?: Priorities): Rows {
  return [
    ["party", "issue", "least", "most", "middle", "eight of ten from", "to", "rank from", "rank to", "priced on record"],
    ...Object.entries(found?.accounts[0]?.parties ?? {}).flatMap(([id, list]) =>
      list.map((r) => [nameOf(v, id), v.doc.issues.find((i) => i.id === r.issue)?.name ?? r.issue, ...r.importance, r.middle,
        ...(r.eight_of_ten ?? [null, null]), ...r.rank, r.unpriced ? "no" : "yes"])),
  ];
}

export function bridgeRows(v: View): Rows {
  const b = v.account.bridge;
  const p = v.picture;
  if (!b || !p) return [["from"]];
  const issueWords = (issue: number, value: number) => level(v.doc.issues[issue], value);
  return [
    ["from the last position of", "to", "all accept it", "issue", "item", "from", "to level", "who moves", "cost to the mover"],
    ...b.crossings.flatMap((c) => c.moves.map((m) => [
      v.doc.parties[b.positions[c.from].party].name, outcomeWords(v.doc, c.deal[0], true), c.deal[2], v.doc.issues[m.issue].name,
      m.item === null ? "" : v.doc.issues[m.issue].parts[m.item].name,
      m.item === null ? issueWords(m.issue, m.from) : m.from, m.item === null ? issueWords(m.issue, m.to) : m.to,
      m.mover === null ? "nobody's cost" : v.doc.parties[m.mover].name, m.cost,
    ])),
    ...b.changes.map((c) => ["change of the record", c.deal ? outcomeWords(v.doc, c.deal[0], true) : "", c.deal?.[2], "", "",
      c.without.length ? `without ${ids(v, c.without)}` : c.with !== null ? `with ${v.doc.statements[c.with].id}` : "", "",
      c.party === null ? "" : v.doc.parties[c.party].name, c.reservation]),
  ];
}

export function exchangeRows(v: View): Rows {
  const of = (a: { label: string }) => a.label;
  return (v.account.exchange ?? []).flatMap((e): Rows => {
    const nx = e.x.edges.length - 1;
    const span = (a: typeof e.x, i: number) => (a.values ? [a.values[i], a.values[i]] : [a.edges[i], a.edges[i + 1]]);
    return [
      ["measured by", `${of(e.x)}: from`, "to", `${of(e.y)}: from`, "to", `${v.doc.parties[e.x.party].name} accepts`, `${v.doc.parties[e.y.party].name} accepts`, "all accept"],
      ...e.a.map((a, k) => [e.measure, ...span(e.x, k % nx), ...span(e.y, Math.floor(k / nx)), a, e.b[k], e.joint[k]]),
    ];
  });
}

export function planRows(v: View): Rows {
  const plan = v.account.plan;
  return [
    ["phase", "party", "steps", "trust needed", "eight of ten from", "to", "given away if the others do nothing"],
    ...(plan?.plan ?? []).flatMap((p) => [
      ...Object.keys(p.steps).map((id) => [p.phase, nameOf(v, id), p.steps[id].map((s) => plan!.steps.find((x) => x.id === s)?.text ?? s).join("; "),
        p.trust[id], p.trust_low[id], p.trust_high[id], p.exposure[id]]),
      ...(p.together.length ? [[p.phase, "all together", p.together.map((s) => plan!.steps.find((x) => x.id === s)?.text ?? s).join("; "), null, null, null, null]] : []),
    ]),
  ];
}

export function walkRows(v: View): Rows {
  return [
    ["party", "staying pays from a chance of", "eight of ten from", "to", "staying cannot lose", "no chance is enough", "no deal suits", "worlds"],
    ...(v.account.walk ?? []).map((w) => [nameOf(v, w.party), w.break_even, w.break_even_low, w.break_even_high, w.staying_cannot_lose, w.no_chance_is_enough, w.no_deal, w.worlds]),
  ];
}

export function stabilityRows(v: View): Rows {
  return [
    ["outcome", "party", ...CONCEPTS.map((c) => c.toUpperCase()), "its move", "answered by"],
    ...(v.account.stability ?? []).flatMap((h) => [
      [outcomeWords(v.doc, h.outcome, true), "all at once", ...CONCEPTS.map((c) => h.all[c]), "", ""],
      ...h.stories.map((s) => [outcomeWords(v.doc, h.outcome, true), nameOf(v, s.party), ...CONCEPTS.map((c) => h.shares[s.party][c]), s.move,
        (s.answers ?? []).map((a) => `${nameOf(v, a.party)}: ${a.move}`).join("; ")]),
    ]),
  ];
}

export function influenceRows(v: View): Rows {
  const f = v.account.influence;
  return [
    ["statement", "words", "changed how", "some package suits all", "change", "standard error of the change"],
    ["", "", "as it is", f?.base.share, 0, f?.base.error],
    ...(f?.rows ?? []).flatMap((r) => (["without", "with"] as const).flatMap((kind) => {
      const e = r[kind];
      return e ? [[v.doc.statements[r.statement].id, wordsOf(v, r.statement), kind === "with" ? "believed before all others" : "taken out",
        e.consistent ? e.share : "contradicts the rest", e.change, e.error]] : [];
    })),
  ];
}

export function timelineRows(v: View, history?: History): Rows {
  return [
    ["date", "id", "side", "speaker", "words", "some package suits all, as of that day", "best single package"],
    ...v.doc.statements.filter((s) => s.kind !== "assumption").map((s) => {
      const at = history?.dates.find((h) => h.date.slice(0, 10) === s.date?.slice(0, 10))?.accounts[0];
      return [s.date, s.id, typeof s.side === "number" ? v.doc.parties[s.side].name : "others", s.speaker, s.words, at?.zone, at?.best];
    }),
  ];
}

export function methodRows(v: View): Rows {
  const p = v.picture;
  return [
    ["what", "value"],
    ["case file", v.doc.case.file], ["sha256", v.doc.case.hash], ["engine", v.doc.engine], ["seed", v.doc.settings.seed], ["prior", v.doc.settings.prior],
    ["worlds per account", v.doc.settings.worlds], ["worlds of this picture", p?.worlds], ["as good as independent draws", p?.effective],
    ["standard error", p?.zone.error], ["packages", p?.outcomes], ["available packages", p?.available],
    ...v.doc.statements.filter((s) => s.kind === "assumption").map((s) => [`assumed: ${s.id}`, s.because]),
  ];
}

export function caseRows(v: View): Rows {
  return [["line", "text"], ...(v.doc.case.text ?? "").split("\n").map((t, i) => [i + 1, t])];
}
