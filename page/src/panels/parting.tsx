// The accounts side by side: what collides is joined by "contests", what both believe spans both.
import { ink } from "../color";
import type { Account, Dispute } from "../data";
import { By, Num, SourceLine, Words } from "../num";
import type { View } from "../state";

const SHOWN = 8;

/** Which side of the table a statement of a dispute stands on: with the account that believes it. */
function columnOf(at: number, left: Account, right: Account): 0 | 1 {
  const inLeft = left.in.includes(at);
  const inRight = right.in.includes(at);
  if (inLeft !== inRight) return inLeft ? 0 : 1;
  return right.core.includes(at) ? 1 : 0;
}

function Item({ v, at }: { v: View; at: number }) {
  const s = v.doc.statements[at];
  return (
    <div class="said" style={{ "--side": ink(s.side) }}>
      <By s={s} />
      <div>
        <Words s={s} />
      </div>
      <SourceLine d={v.doc} s={s} />
    </div>
  );
}

function Clash({ v, x, left, right }: { v: View; x: Dispute; left: Account; right: Account }) {
  const sides: [number[], number[]] = [[], []];
  x.statements.forEach((s) => sides[columnOf(s, left, right)].push(s));
  if (sides[0].length === 0) sides[0].push(sides[1].shift()!);
  if (sides[1].length === 0 && sides[0].length > 1) sides[1].push(sides[0].pop()!);
  const why = x.by_cannot
    ? "one rules out what the other says is accepted"
    : `no preferences of ${v.doc.parties[x.party].name} fit ${x.statements.length === 2 ? "both" : "all of these"}`;
  return (
    <li class="clash">
      <div class="column">{sides[0].map((s) => <Item key={s} v={v} at={s} />)}</div>
      <div class="join">
        <Num of={{ title: "Why they cannot all be true", note: `Proved: ${why}. Taken together; any of them alone could go.`, statements: x.statements }}>
          {x.statements.length === 2 ? "contests" : "contest"}
        </Num>
      </div>
      <div class="column">{sides[1].map((s) => <Item key={s} v={v} at={s} />)}</div>
    </li>
  );
}

export function PartingPanel({ v }: { v: View }) {
  const d = v.doc;
  const [left, right] = d.accounts;
  if (!left || !right || d.disputes.length === 0) return null;
  const shared = left.in.filter((s) => right.in.includes(s) && d.statements[s].claims.length > 0);
  const shown = d.disputes.slice(0, SHOWN);
  const rest = d.disputes.slice(SHOWN);
  const part = (list: Dispute[]) => (
    <ol class="plain-list">
      {list.map((x) => (
        <Clash key={x.statements.join()} v={v} x={x} left={left} right={right} />
      ))}
    </ol>
  );
  return (
    <section aria-labelledby="parting-title" class="wide-panel">
      <h2 id="parting-title">Where the accounts part</h2>
      <p class="caption">
        {d.disputes.length}
        {d.disputes_complete ? "" : " or more"} smallest sets of statements cannot be true
        together. What is not here is not in dispute.
      </p>
      <div class="columns-head" aria-hidden="true">
        <b style={{ color: ink(left.party, true) }}>{left.name}</b>
        <span />
        <b style={{ color: ink(right.party, true) }}>{right.name}</b>
      </div>
      {part(shown)}
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more</summary>
          {part(rest)}
        </details>
      )}
      {shared.length > 0 && (
        <details class="shared">
          <summary>
            {shared.length} statement{shared.length === 1 ? "" : "s"} that both accounts believe
          </summary>
          <div class="shared-list">
            {shared.map((s) => (
              <Item key={s} v={v} at={s} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}
