import { ink } from "../color";
import type { Bridge, Crossing, Move, Position, RecordChange } from "../data";
import { Num } from "../num";
import { restsOn, type View } from "../state";
import { Panel } from "../take/panel";
import { bridgeRows } from "../take/rows";
import { bothWords, level, list, outcomeWords, packageName, percent, shareOf } from "../words";

function moveWords(v: View, m: Move): string {
  const issue = v.doc.issues[m.issue];
  if (m.item !== null) {
    return `${issue.name}: ${m.to > 0 ? "adds" : "drops"} ${issue.parts[m.item].name}`;
  }
  return `${issue.name}: from ${level(issue, m.from)} to ${level(issue, m.to)}`;
}

function Moves({ v, list: moves }: { v: View; list: Move[] }) {
  return (
    <ul class="moves">
      {moves.map((m) => (
        <li>
          <span class="mover" style={{ color: ink(m.mover, true) }} dir="auto">
            {m.mover === null ? "At nobody's cost" : v.doc.parties[m.mover].name}
          </span>
          <span>{moveWords(v, m)}</span>
          {m.mover !== null && (
            <span class="cost">
              <span class="bar" aria-hidden="true">
                <span style={{ width: `${Math.max(0, 100 * m.cost)}%`, background: ink(m.mover) }} />
              </span>
              <Num of={{ title: `What the move costs ${v.doc.parties[m.mover].name}`, note: `Made alone, it takes ${percent(Math.max(0, m.cost))} of all its worlds from those that accept.`, statements: restsOn(v, [m.mover]) }}>
                {m.cost > 0.005 ? `−${Math.round(100 * m.cost)}` : "0"}
              </Num>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Stand({ v, p }: { v: View; p: Position }) {
  const d = v.doc;
  const name = d.parties[p.party].name;
  if (!p.deal || p.statement === null) {
    return (
      <div class="card" style={{ "--side": ink(p.party) }}>
        <b>{name}</b> holds no position in this account.
      </div>
    );
  }
  const picture = v.account.picture!;
  return (
    <div class="card sided" style={{ "--side": ink(p.party) }}>
      <p class="card-title">
        <b>
          Last position of {name}
          {!p.own && `, as ${d.statements[p.statement].speaker} reports it`}
        </b>{" "}
        <Num of={{ title: `Where ${name} last stood`, note: p.own ? undefined : "Reported about it by others.", statements: [p.statement] }}>
          {d.statements[p.statement].id}
        </Num>
      </p>
      <p>
        {packageName(d, p.deal) && <code>{packageName(d, p.deal)}: </code>}
        {outcomeWords(d, p.deal[0], true)}
      </p>
      <p class="shares">
        {d.deciders.map((x) => (
          <span>
            <span style={{ color: ink(x, true) }}>{d.parties[x].name}</span>{" "}
            <Num of={{ title: `${d.parties[x].name} accepts it`, statements: restsOn(v, [x]) }}>{percent(shareOf(picture, p.deal!, x))}</Num>
          </span>
        ))}
      </p>
    </div>
  );
}

function Way({ v, c }: { v: View; c: Crossing }) {
  const d = v.doc;
  const from = v.account.bridge!.positions[c.from];
  return (
    <div class="way">
      <h3>
        From where <span style={{ color: ink(from.party, true) }}>{d.parties[from.party].name}</span>{" "}
        stood to{" "}
        {packageName(d, c.deal) ?? (c.deal[0] === v.account.picture?.deals[0]?.[0] ? "the best single package" : "a package")}
        : {c.moves.length} move{c.moves.length === 1 ? "" : "s"}, {bothWords(d)}{" "}
        <Num of={{ title: `${bothWords(d)} accept it`, note: outcomeWords(d, c.deal[0]), statements: restsOn(v, d.deciders) }}>
          {percent(c.deal[2])}
        </Num>
      </h3>
      <Moves v={v} list={c.moves} />
    </div>
  );
}

function changeWords(v: View, x: RecordChange): string {
  const ids = x.without.map((s) => v.doc.statements[s].id);
  if (ids.length > 0) return `without ${list(ids)}`;
  if (x.with !== null) return `with ${v.doc.statements[x.with].id} believed`;
  return `if ${v.doc.parties[x.party!].name} needed at most ${percent(x.reservation)} of its stakes more than no deal`;
}

function Changes({ v }: { v: View }) {
  const b = v.account.bridge!;
  if (b.changes.length === 0) return null;
  return (
    <>
      <h3>No moves are enough. What would have to change in the record</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">change of the record</th>
            <th scope="col">best single package then</th>
            <th scope="col">some package suits {bothWords(v.doc)}</th>
          </tr>
        </thead>
        <tbody>
          {b.changes.map((x) => (
            <tr>
              <th scope="row">
                {changeWords(v, x)}
              </th>
              <td>
                {x.deal ? (
                  <Num of={{ title: `The best single package ${changeWords(v, x)}`, note: outcomeWords(v.doc, x.deal[0]), statements: x.without.concat(x.with ?? []) }}>
                    {percent(x.deal[2])}
                  </Num>
                ) : (
                  "none"
                )}
                {x.opens && " reaches it"}
              </td>
              <td>
                {x.zone === null ? (
                  "not computed"
                ) : (
                  <Num of={{ title: `Some package suits ${bothWords(v.doc)} ${changeWords(v, x)}`, statements: x.without.concat(x.with ?? []) }}>
                    {percent(x.zone)}
                  </Num>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function finding(v: View, b: Bridge): string {
  const threshold = percent(b.threshold);
  if (b.smallest.length > 0) {
    const n = b.smallest[0].moves.length;
    return `${n} move${n === 1 ? "" : "s"} from a last position ${n === 1 ? "reaches" : "reach"} ${threshold}`;
  }
  const opening = b.changes.find((x) => x.opens);
  return `No package suits ${bothWords(v.doc)} in ${threshold}${opening ? `; ${changeWords(v, opening)} one would` : ""}`;
}

export function BridgePanel({ v }: { v: View }) {
  const b = v.account.bridge;
  if (!b || !v.account.picture) return null;
  const threshold = percent(b.threshold);
  const main = b.crossings.slice(0, b.positions.length);
  return (
    <Panel id="bridge" topic="Bridge: what would have to change" title={finding(v, b)} rows={() => bridgeRows(v)}>
      <p class="caption">
        From each side's last position to the package that suits {bothWords(v.doc)} most often: who
        moves on what, and how many points of its own share each move takes from the mover.
      </p>
      <div class="pair">
        {b.positions.map((p) => (
          <Stand v={v} p={p} />
        ))}
      </div>
      <div class="pair">
        {main.map((c) => (
          <Way v={v} c={c} />
        ))}
      </div>
      {b.smallest.length > 0 ? (
        <>
          <h3>
            The fewest moves that reach {threshold}: {b.smallest[0].moves.length}
          </h3>
          {b.smallest.slice(0, 3).map((c) => (
            <Way v={v} c={c} />
          ))}
        </>
      ) : (
        <>
          <p>
            No package suits {bothWords(v.doc)} in {threshold} of these worlds.
          </p>
          <Changes v={v} />
        </>
      )}
    </Panel>
  );
}
