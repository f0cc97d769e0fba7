import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ink } from "../color";
import { Panel } from "../take/panel";
import { dealRows } from "../take/rows";
import { DESCRIBED, outcomeKey, type DealRow, type Picture } from "../data";
import { Num } from "../num";
import { absent, basis, busy, choose, chosen, place, restsOn, workbench, type View } from "../state";
import {
  bothSides, bothWords, count, exchange, givesWords, level, outcomeWords, packageName, percent, shareOf,
  shareWords, verdictOf,
} from "../words";
import { Scatter, pointsOf, type Point } from "./scatter";

function basisOf(v: View, row: DealRow, parties: number[]) {
  const p = v.picture!;
  return {
    title: packageName(v.doc, row) ?? "A package",
    note: `${outcomeWords(v.doc, row[0], true)}. ${parties.map((x) => shareWords(v.doc, p, row, x)).join("; ")}${
      parties.length > 1 ? `; ${bothSides(v.doc)} in ${percent(row[2])}` : ""
    }.`,
    statements: restsOn(v, parties),
  };
}

/** What one package asks of each side, and who would take it. */
export function DealCard({ v, row, title }: { v: View; row: DealRow; title: string }) {
  const p = v.picture!;
  const d = v.doc;
  // Those beside the table whose consent this package needs: without them the joint share does not add up.
  const approvers = p.voters.filter((x) => d.parties[x].approves.some((i) => d.outcomes[row[0]][i] !== 0));
  return (
    <div class="card" aria-live="polite">
      <p class="card-title">
        <b>{title}</b>
        {packageName(d, row) && !title.includes(packageName(d, row)!) && (
          <code> {packageName(d, row)}</code>
        )}
      </p>
      <dl class="gives">
        {exchange(d, row[0]).map((g) => (
          <div>
            <dt style={{ color: ink(g.party, true) }}>
              {givesWords(g)}
            </dt>
            <dd>
              {g.what.length
                ? g.what.map((w) => `${w.issue.name}: ${level(w.issue, w.value)}`).join("; ")
                : "nothing"}
            </dd>
          </div>
        ))}
      </dl>
      <p class="shares">
        {[...d.deciders, ...approvers].map((x) => (
          <span>
            <span style={{ color: ink(x, true) }}>{d.parties[x].name}</span>{" "}
            <Num of={basisOf(v, row, [x])}>
              {verdictOf(p, row, x) === "i" ? "impossible" : percent(shareOf(p, row, x))}
            </Num>
          </span>
        ))}
        <span>
          {approvers.length ? "all" : bothWords(d)}{" "}
          <Num of={basisOf(v, row, [...d.deciders, ...approvers])}>{percent(row[2])}</Num>
        </span>
      </p>
      {workbench.value && (
        <p class="no-print">
          <button type="button" class="plain" onClick={() => { choose(d, row); place.value = "package"; }}>
            Build on this package
          </button>
        </p>
      )}
    </div>
  );
}

function Table({ v, p, points }: { v: View; p: Picture; points: Point[] }) {
  const d = v.doc;
  const top = p.deals.slice(0, 10);
  const rest = points.map((x) => x.row).filter((r) => r[1] & DESCRIBED && !top.includes(r));
  const line = (row: DealRow) => (
    <tr key={row[0]}>
      <th scope="row">
        <button type="button" class="plain left" onClick={() => choose(d, row)}>
          {packageName(d, row) && <b>{packageName(d, row)}: </b>}
          <span>{outcomeWords(d, row[0], true)}</span>
        </button>
      </th>
      {d.deciders.map((x) => (
        <td>
          <Num of={basisOf(v, row, [x])}>
            {verdictOf(p, row, x) === "i" ? "impossible" : percent(shareOf(p, row, x))}
          </Num>
        </td>
      ))}
      <td>
        <Num of={basisOf(v, row, d.deciders)}>{percent(row[2])}</Num>
      </td>
    </tr>
  );
  return (
    <details class="table">
      <summary>The same numbers as a table: the ten best by {bothWords(d)}, and what was described</summary>
      <div class="wide" tabIndex={0} role="region" aria-label="Packages and their shares">
        <table>
          <thead>
            <tr>
              <th scope="col">package</th>
              {d.deciders.map((x) => (
                <th scope="col">{d.parties[x].name}</th>
              ))}
              <th scope="col">{bothWords(d)}</th>
            </tr>
          </thead>
          <tbody>
            {top.map(line)}
            {rest.map(line)}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Pair({ v, pair, set }: { v: View; pair: [number, number]; set: (p: [number, number]) => void }) {
  const d = v.doc;
  if (d.deciders.length < 3) return null;
  const pick = (at: 0 | 1, words: string) => (
    <label>
      {words}{" "}
      <select
        value={pair[at]}
        onChange={(e) => {
          const to = Number((e.target as HTMLSelectElement).value);
          const other = pair[1 - at];
          const kept = other === to ? pair[at] : other;
          set(at === 0 ? [to, kept] : [kept, to]);
        }}
      >
        {d.deciders.map((x) => (
          <option value={x}>{d.parties[x].name}</option>
        ))}
      </select>
    </label>
  );
  return (
    <p class="controls">
      {pick(0, "Right:")} {pick(1, "Up:")}
    </p>
  );
}

const TOPIC = "Which packages would each side take?";

function finding(v: View, p: Picture): string {
  if (p.best === 0) return `Not one suits ${bothSides(v.doc)}`;
  return `Not one suits ${bothSides(v.doc)} in more than ${percent(p.best)}`;
}

export function DealsPanel({ v }: { v: View }) {
  const d = v.doc;
  const p = v.picture;
  const [pair, setPair] = useState<[number, number]>([d.deciders[0], d.deciders[1]]);
  const points = useMemo(() => (p ? pointsOf(p, pair[0], pair[1]) : []), [p, pair]);
  const asked = chosen.value;
  const row = p ? (p.deals.find((r) => outcomeKey(d, r[0]) === asked) ?? p.deals[0]) : null;
  const first = useRef(true);
  useEffect(() => {
    first.current = false;
  }, []);
  if (!p || !row) {
    return (
      <Panel class="deals" id="deals" topic={TOPIC} title="Nothing to draw" rows={() => dealRows(v)}>
        <p>There is nothing to draw: {v.account.consistent ? absent(v.account) : "no preferences fit what is believed here"}.</p>
      </Panel>
    );
  }
  const a = d.parties[pair[0]].name;
  const b = d.parties[pair[1]].name;
  // A package that others equal is not to pass for the one answer.
  const equal = p.deals.filter((r) => r[2] >= p.deals[0][2]).length;
  const bestTitle =
    equal > 1 ? `The best single package, one of ${equal} or more as good` : "The best single package";
  const of = p.available ? count(p.available) : "many";
  return (
    <Panel class={busy.value ? "deals old" : "deals"} id="deals" topic={TOPIC} title={finding(v, p)} rows={() => dealRows(v)}>
      <p class="caption">
        Right: accepted in more of the {a} worlds. Up: in more of the {b} worlds. Drawn are{" "}
        {points.length} of {of} possible packages: the frontier, what somebody described, and a
        spread of the others.
      </p>
      <Pair v={v} pair={pair} set={setPair} />
      <figure>
        <Scatter
          v={v}
          points={points}
          pair={pair}
          row={row}
          onPick={(r) => choose(d, r)}
          onOpen={(r) => (basis.value = basisOf(v, r, d.deciders))}
        />
        <figcaption class="legend">
          <span>
            <svg width="16" height="16" aria-hidden="true"><path d="M8 2 14 8 8 14 2 8Z" class="diamond" /></svg>
            described by somebody
          </span>
          <span>
            <svg width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="4" class="dot" /></svg>
            on the frontier: no other is accepted more often by {p.voters.length > 2 ? "all who are asked" : bothWords(d)}
          </span>
          <span>
            <svg width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="3.5" class="ring" /></svg>
            other
          </span>
        </figcaption>
      </figure>
      <DealCard v={v} row={row} title={row === p.deals[0] ? bestTitle : packageName(d, row) ?? "The package chosen"} />
      <Table v={v} p={p} points={points} />
    </Panel>
  );
}
