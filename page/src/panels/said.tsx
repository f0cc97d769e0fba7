import { useNarrow } from "../size";
import { ink } from "../color";
import type { Doc, Statement } from "../data";
import { By, SourceLine, Words } from "../num";
import { busy, flip, flips, isFlipped, switchable, type View } from "../state";
import { RecordControls } from "./answer";
import { Panel } from "../take/panel";
import { saidRows } from "../take/rows";
import { accountWords, list } from "../words";

/** The statements that take part in a dispute of two with this one. */
function contested(d: Doc, at: number): number[] {
  const others = d.disputes
    .filter((x) => x.statements.length === 2 && x.statements.includes(at))
    .map((x) => x.statements.find((s) => s !== at)!);
  return [...new Set(others)];
}

function jump(id: string): void {
  const row = document.getElementById(`said-${id}`);
  row?.scrollIntoView({ block: "center" });
  row?.querySelector("input")?.focus();
}

function Row({ v, at }: { v: View; at: number }) {
  const d = v.doc;
  const s = d.statements[at];
  const believed = v.believed.has(at);
  const kind = flips.value.find((f) => f.statement === s.id)?.kind;
  const others = contested(d, at);
  const because = v.account.left_out.find((l) => l.statement === at);
  return (
    <li
      id={`said-${s.id}`}
      class={`said${believed ? "" : " off"}${isFlipped(s.id) ? " changed" : ""}`}
      style={{ "--side": ink(s.side) }}
    >
      <label class="tick">
        <input
          type="checkbox"
          checked={believed}
          disabled={!switchable.value || (!s.on && !kind)}
          onChange={() => flip(kind ?? (believed ? "without" : "with"), s.id)}
        />
        <span>
          <By s={s} />
          <span class="words">
            <Words s={s} />
          </span>
        </span>
      </label>
      {others.length > 0 && (
        <p class="contests">
          contests{" "}
          {others.map((o, i) => (
            <>
              {i > 0 && ", "}
              <button type="button" class="plain" onClick={() => jump(d.statements[o].id)}>
                {d.statements[o].id}
              </button>
            </>
          ))}
        </p>
      )}
      {!believed && because && (
        <p class="contests">
          left out of this account: it collides with{" "}
          {list(because.because.map((b) => d.statements[b].id))}
        </p>
      )}
      {d.private?.statements.includes(s.id) && <p class="contests"><span class="mark-private">private</span></p>}
      <SourceLine d={d} s={s} />
    </li>
  );
}

interface Group {
  name: string;
  side: Statement["side"];
  rows: number[];
}

function groups(d: Doc): Group[] {
  const found: Group[] = [];
  const recorded = d.statements.length - d.supposed.length;
  const add = (side: Statement["side"], name: string) => {
    const rows = d.statements
      .map((_, i) => i)
      .filter((i) => i < recorded)
      .filter((i) => d.statements[i].side === side && d.statements[i].claims.length > 0);
    if (rows.length > 0) found.push({ name, side, rows });
  };
  d.parties.forEach((p, i) => add(i, `${p.name} said`));
  add(null, "Others said");
  add("assumption", "The analyst assumes");
  return found;
}

export function SaidPanel({ v }: { v: View }) {
  const silent = v.doc.statements.filter((s) => s.claims.length === 0).length;
  const claiming = v.doc.statements.filter((s) => s.claims.length > 0).length;
  const believed = v.doc.statements.filter((s, i) => s.claims.length > 0 && v.believed.has(i)).length;
  // On a phone the answer and the chart come first; what was said is at hand.
  const narrow = useNarrow();
  return (
    <Panel class="said-panel" id="said" topic="What was said" title={`${believed} of ${claiming} statements believed in ${accountWords(v.account)}`} rows={() => saidRows(v)}>
      {narrow ? (
        <details>
          <summary>The statements, each with a switch</summary>
          <Statements v={v} silent={silent} />
        </details>
      ) : (
        <Statements v={v} silent={silent} />
      )}
    </Panel>
  );
}

function Statements({ v, silent }: { v: View; silent: number }) {
  return (
    <>
      <p class="caption">
        Ticked: believed here.{switchable.value && " Switch one and see what depends on it."}
      </p>
      <div class="said-scroll" tabIndex={0} role="region" aria-label="Statements by side" aria-busy={busy.value}>
        {groups(v.doc).map((g) => (
          <div key={g.name}>
            <h3 style={{ color: ink(g.side, true) }}>
              {g.name}
            </h3>
            <ul class="plain-list">
              {g.rows.map((at) => (
                <Row key={at} v={v} at={at} />
              ))}
            </ul>
          </div>
        ))}
        {silent > 0 && (
          <p class="caption">
            {silent} more statements claim nothing that could be counted. They stand in the{" "}
            <a href="#timeline" onClick={(e) => { e.preventDefault(); document.getElementById("timeline")?.scrollIntoView(); }}>timeline</a>.
          </p>
        )}
      </div>
      <RecordControls v={v} />
    </>
  );
}
