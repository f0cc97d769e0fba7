// What is known of what matters to whom: exact bounds of each issue's importance, the middle of the worlds
// and eight of ten, beside the statements that bound them.
import type { Importance, Priorities } from "../answers";
import { ink } from "../color";
import { Later, answerOf } from "../later";
import { Num } from "../num";
import { restsOn, switchable, type View } from "../state";
import { Panel } from "../take/panel";
import { priorityRows } from "../take/rows";
import { list, percent } from "../words";
import { partyAt } from "./plan";

const rank = ([a, b]: [number, number]) => (a === b ? `${a}` : `${a} to ${b}`);

function Line({ v, party, r }: { v: View; party: number; r: Importance }) {
  const name = v.doc.issues.find((i) => i.id === r.issue)?.name ?? r.issue;
  const [low, high] = r.importance;
  const [from, to] = r.eight_of_ten ?? r.importance;
  const words = `${percent(low)} to ${percent(high)} of all that is at stake for ${v.doc.parties[party].name}`;
  return (
    <tr>
      <th scope="row" dir="auto">{name}</th>
      <td class="interval" aria-hidden="true">
        <span class="interval-line">
          <span class="interval-all" style={{ left: `${100 * low}%`, width: `${100 * (high - low)}%` }} />
          <span class="interval-most" style={{ left: `${100 * from}%`, width: `${100 * (to - from)}%`, background: ink(party) }} />
          {r.middle !== null && <span class="interval-middle" style={{ left: `${100 * r.middle}%` }} />}
        </span>
      </td>
      <td>
        <Num of={{
          title: `${name}: ${words}`,
          note: `These bounds are exact. ${r.middle === null ? "" : `The middle of the worlds is ${percent(r.middle)}; eight of ten lie from ${percent(from)} to ${percent(to)}. `}${r.unpriced ? "Nothing on record puts a price on it." : ""}`,
          statements: r.unpriced ? [] : restsOn(v, [party]),
        }}>
          {percent(low)} to {percent(high)}
        </Num>
      </td>
      <td>{rank(r.rank)}</td>
      <td>{r.unpriced ? "no price on record" : ""}</td>
    </tr>
  );
}

/** The issue with the greatest middle, for each who decides. */
function finding(v: View, rows: [string, Importance[]][] | undefined): string {
  if (!rows) return "What each issue can be worth";
  const of = rows.map(([id, all]) => {
    const top = [...all].sort((a, b) => (b.middle ?? b.importance[1]) - (a.middle ?? a.importance[1]))[0];
    return `${v.doc.issues.find((i) => i.id === top.issue)?.name ?? top.issue} most to ${v.doc.parties[partyAt(v.doc, id)].name}`;
  });
  return of.length > 3 ? `${of.length} parties, by issue` : list(of);
}

export function PrioritiesPanel({ v }: { v: View }) {
  if (!v.picture || !switchable.value) return null;
  const found = answerOf<Priorities>("priorities")?.accounts[0]?.parties;
  const rows = found && Object.entries(found).filter(([, list]) => list.length > 0);
  // Those who decide are open, the others at hand.
  const table = ([id, list]: [string, Importance[]]) => {
    const party = partyAt(v.doc, id);
    return (
      <div class="wide" tabIndex={0} role="region" aria-label={`Priorities of ${v.doc.parties[party].name}`} key={id}>
        <table class="priorities">
          <caption style={{ color: ink(party, true) }} dir="auto">{v.doc.parties[party].name}</caption>
          <thead>
            <tr>
              <th scope="col">issue</th>
              <td aria-hidden="true" />
              <th scope="col">of all at stake</th>
              <th scope="col">rank</th>
              <td />
            </tr>
          </thead>
          <tbody>{list.map((r) => <Line key={r.issue} v={v} party={party} r={r} />)}</tbody>
        </table>
      </div>
    );
  };
  const decides = ([id]: [string, Importance[]]) => v.doc.deciders.includes(partyAt(v.doc, id));
  const others = rows?.filter((r) => !decides(r)) ?? [];
  return (
    <Panel id="priorities" topic="What matters to whom" title={finding(v, rows?.filter(decides))} rows={() => priorityRows(v, answerOf<Priorities>("priorities"))}>
      <p class="caption">
        How much of all that is at stake for a party each issue can be. Thin: what the account allows, exact.
        Thick: eight of ten worlds. Mark: the middle one.
      </p>
      <Later question="priorities">
        {rows && (
          <>
            <div class="pair">{rows.filter(decides).map(table)}</div>
            {others.length > 0 && (
              <details class="others">
                <summary>{others.length} other part{others.length === 1 ? "y" : "ies"}</summary>
                <div class="pair">{others.map(table)}</div>
              </details>
            )}
          </>
        )}
      </Later>
    </Panel>
  );
}
