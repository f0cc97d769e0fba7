// The accounts side by side: what collides is joined by "contests", what both believe spans both.
import { ink } from "../color";
import type { Account, Dispute } from "../data";
import { By, Num, SourceLine, Words } from "../num";
import { Later, answerOf } from "../later";
import { switchable, type View } from "../state";
import type { InDispute } from "../answers";
import { Panel } from "../take/panel";
import { partingRows } from "../take/rows";
import { list } from "../words";

const SHOWN = 6;

/** Which column a statement of a dispute stands in: of the account that believes it, of both or of neither. */
type Column = "left" | "right" | "both" | "neither";

function columnOf(at: number, left: Account, right: Account): Column {
  const inLeft = left.in.includes(at);
  const inRight = right.in.includes(at);
  return inLeft && inRight ? "both" : inLeft ? "left" : inRight ? "right" : "neither";
}

function Item({ v, at, again = false }: { v: View; at: number; again?: boolean }) {
  const s = v.doc.statements[at];
  if (again) {
    return (
      <div class="said again" style={{ "--side": ink(s.side) }}>
        <By s={s} /> <span class="faint">(above)</span>
      </div>
    );
  }
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

interface Row {
  left: number[];
  right: number[];
  both: number[];
  neither: number[];
  disputes: Dispute[];
}

/** Disputes of two that share a statement of the left account stand together, so that it is shown once. */
function rowsOf(list: Dispute[], left: Account, right: Account): Row[] {
  const rows: Row[] = [];
  const pairs = new Map<number, Row>();
  list.forEach((x) => {
    const row: Row = { left: [], right: [], both: [], neither: [], disputes: [x] };
    x.statements.forEach((s) => row[columnOf(s, left, right)].push(s));
    const pair = x.statements.length === 2 && row.left.length === 1 && row.right.length === 1;
    const same = pair ? pairs.get(row.left[0]) : undefined;
    if (same) {
      same.right.push(...row.right);
      same.disputes.push(x);
      return;
    }
    rows.push(row);
    if (pair) pairs.set(row.left[0], row);
  });
  return rows;
}

const all = (row: Row) => [...row.left, ...row.both, ...row.neither, ...row.right];

function Clash({ v, row, seen }: { v: View; row: Row; seen: Set<number> }) {
  const x = row.disputes[0];
  const whose = [...new Set(row.disputes.map((y) => v.doc.parties[y.party].name))];
  const why = x.by_cannot
    ? "one rules out what the other says is accepted"
    : `no preferences of ${list(whose)} fit ${x.statements.length === 2 ? "both" : "all of these"}`;
  const many = x.statements.length === 2 && row.right.length > 1;
  const column = (these: number[]) => these.map((s) => <Item key={s} v={v} at={s} again={seen.has(s)} />);
  const beside: [string, number[]][] = [["in both accounts", row.both], ["in neither of the two accounts", row.neither]];
  return (
    <li class="clash">
      <div class="column">{column(row.left)}</div>
      <div class="join">
        <Num of={{ title: "Why they cannot all be true", note: `Proved: ${why}${many ? ", the first with any of the others" : ""}. Any of them could go; the record does not say which.`, statements: all(row) }}>
          {row.left.length === 1 ? "contests" : "contest"}
        </Num>
      </div>
      <div class="column">{column(row.right)}</div>
      {beside.map(([words, these]) =>
        these.length > 0 ? (
          <div class="column beside" key={words}>
            <p class="faint">{words}:</p>
            {column(these)}
          </div>
        ) : null,
      )}
    </li>
  );
}

/** The same disputes by what is asked: each statement of one group collides with each of the other. */
function Questions({ v }: { v: View }) {
  const found = answerOf<InDispute>("accounts")?.questions;
  const at = (ids: string[]) => ids.map((id) => v.doc.statements.findIndex((s) => s.id === id)).filter((i) => i >= 0);
  const part = (title: string, these: InDispute["questions"]) => these.length > 0 && (
    <>
      <h3>{title}</h3>
      <ol>
        {these.map((q) => (
          <li key={q.words}>
            {q.words}{" "}
            <Num of={{ title: q.words, statements: at(q.a) }}>{q.a.length} statement{q.a.length === 1 ? "" : "s"}</Num>
            {q.b.length > 0 && <> against <Num of={{ title: q.words, statements: at(q.b) }}>{q.b.length}</Num></>}
          </li>
        ))}
      </ol>
    </>
  );
  const dispute = found?.filter((q) => q.kind === "dispute") ?? [];
  return (
    <Later question="accounts">
      {found && (
        <>
          {part("Questions in dispute", dispute.filter((q) => q.live))}
          {part("In dispute only if silence means no", found.filter((q) => q.kind === "silence"))}
          {part("Settled since: positions moved", found.filter((q) => q.kind === "move" || (q.kind === "dispute" && !q.live)))}
        </>
      )}
    </Later>
  );
}

function finding(v: View): string {
  const live = answerOf<InDispute>("accounts")?.questions.filter((q) => q.kind === "dispute" && q.live);
  if (live?.length === 1) return `Over one question: ${live[0].words}`;
  if (live && live.length > 1) return `Over ${live.length} questions`;
  const n = v.doc.disputes.length;
  return `${n}${v.doc.disputes_complete ? "" : " or more"} set${n === 1 ? "" : "s"} of statements cannot be true together`;
}

export function PartingPanel({ v }: { v: View }) {
  const d = v.doc;
  const [left, right] = d.accounts;
  if (!left || !right || d.disputes.length === 0) return null;
  const shared = left.in.filter((s) => right.in.includes(s) && d.statements[s].claims.length > 0);
  const rows = rowsOf(d.disputes, left, right);
  const shown = rows.slice(0, SHOWN);
  const rest = rows.slice(SHOWN);
  const part = (these: Row[]) => (
    <ol class="plain-list">
      {these.map((x, i) => (
        <Clash
          key={x.disputes[0].statements.join()}
          v={v}
          row={x}
          seen={new Set(these.slice(0, i).flatMap(all))}
        />
      ))}
    </ol>
  );
  return (
    <Panel id="parting" topic="Where the accounts part" title={finding(v)} rows={() => partingRows(v, answerOf<InDispute>("accounts"))}>
      <p class="caption">
        {d.disputes.length}
        {d.disputes_complete ? "" : " or more"} smallest set
        {d.disputes.length === 1 && d.disputes_complete ? "" : "s"} of statements cannot be true
        together.{d.accounts.length > 2 && ` Side by side: the first two of ${d.accounts.length} accounts.`} What is not here is not in dispute.
      </p>
      {switchable.value && <Questions v={v} />}
      <div class="clashes">
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
      </div>
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
    </Panel>
  );
}
