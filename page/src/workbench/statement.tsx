// The statement that is written, and the record below it: every statement, to be changed, believed or not.
import { caseWords } from "../editor/pane";
import { doc, flip, flips, view } from "../state";
import { remove } from "./acts";
import { Claims } from "./claims";
import { echo } from "./effect";
import { bringBack, CREDIBILITY, draft, emptied, idOf, keep, known, lacks, lastPatch, open, perform, put, refusal, startNew, tree, verbs, wouldBe, written } from "./desk";
import { openForm } from "./drawers";
import { chosen } from "./source";
import { nameOf, speakerOf, str, type Statement } from "./model";
import { Area, Button, Line, Pick, Radios, Tick, Ticks } from "./widgets";
import { PRIVATE } from "./fields";
import { apply, type Patch } from "./yaml";

function Who() {
  const c = known.value;
  const d = draft.value;
  return (
    <p class="controls">
      <Pick id="statement-by" label="Who says it" value={d.by} none="choose" set={(by) => put({ by })}
        groups={[
          { name: "People", choices: c.people.map((p) => [p.id, nameOf(p)]) },
          { name: "Parties as a whole", choices: c.parties.map((p) => [p.id, nameOf(p)]) },
        ]} />
      <Button act={() => openForm("people", null)}>+ person</Button>
    </p>
  );
}

/** What patches do to a text: what goes and what comes. */
function Patches({ before, patches }: { before: string; patches: Patch[] }) {
  return (
    <>
      {patches.map((p) => {
        const gone = before.slice(p.from, p.to).replace(/^\n|\n$/g, "");
        const line = before.slice(0, p.from + (p.insert.startsWith("\n") ? 1 : 0)).split("\n").length;
        return (
          <pre class="patch" tabIndex={0} dir="auto" aria-label={`At line ${line}`}>
            <span class="faint">line {line}</span>{"\n"}
            {gone && <del>{gone}</del>}{gone && "\n"}
            <ins>{p.insert.replace(/^\n|\n$/g, "") || "(nothing)"}</ins>
          </pre>
        );
      })}
    </>
  );
}

function PatchView() {
  const would = wouldBe(draft.value);
  if (!would) return null;
  const before = caseWords.value;
  return (
    <details class="sub">
      <summary>What is written to the file</summary>
      <Patches before={before} patches={would.patches} />
      <p class="caption">{apply(before, would.patches).split("\n").length} lines in all; every other line stays as it is.</p>
    </details>
  );
}

export function StatementForm() {
  const c = known.value;
  const d = draft.value;
  const lack = lacks(d);
  return (
    <form class="bench-form" aria-label={d.editing ? `Change the statement ${d.editing}` : "A new statement"} onSubmit={(e) => { e.preventDefault(); }}>
      <h2 id="statement-head">{d.editing ? <>Statement <code dir="auto">{d.editing}</code></> : "New statement"}</h2>
      <Who />
      <Area id="statement-text" label={d.kind === "quote" ? "The words, as they were said" : d.kind === "reported" ? "The words, as a paraphrase" : "Background: a remark of the writer"} value={d.text} set={(text) => put({ text })} />
      <Radios label="These are" name="words-kind" value={d.kind} set={(kind) => put({ kind: kind as typeof d.kind })}
        choices={[["quote", "a quote"], ["reported", "a paraphrase"], ["editorial", "background"]]} />
      <p class="controls">
        <Line id="statement-date" label="Date" value={d.date} hint="2019-02-28" set={(date) => put({ date: date.trim() })} />
        <label class="tick-line"><input type="checkbox" checked={d.inferred} onChange={(e) => put({ inferred: e.currentTarget.checked })} /> inferred, not stated</label>
        <Pick label="Source" value={d.source} none="none" set={(source) => put({ source })} choices={c.sources.map((s) => [s.id, str(s.words.title) || s.id])} />
        <Pick label="Credibility" value={d.credibility} none="not given" set={(credibility) => put({ credibility })} choices={CREDIBILITY.map(([v, w]) => [v, `${v}: ${w}`])} />
        <Tick id="statement-private" label={PRIVATE} value={d.secret} set={(secret) => put({ secret })} />
      </p>
      <details class="sub" open={Boolean(d.via || d.about || d.supersedes.length > 0)}>
        <summary>More: through whom, about when, what it takes back</summary>
        <Line label="Through whom" value={d.via} set={(via) => put({ via })} />
        <Line label="The time it speaks of" value={d.about} hint="if not its date" set={(about) => put({ about: about.trim() })} />
        <Ticks label="Takes back" value={d.supersedes} set={(supersedes) => put({ supersedes })}
          choices={c.statements.filter((s) => s.id !== d.editing && (s.by === d.by || d.supersedes.includes(s.id))).map((s) => [s.id, s.id])} />
        <Line label="Short name in the file" value={d.id} hint={idOf(d)} set={(id) => put({ id: id.trim() })} />
      </details>
      <Claims />
      {lack.length > 0 && (written(d) || d.by !== "") && <p class="caption" id="still">Still missing: {lack.join("; ")}.</p>}
      {refusal.value && <p class="fault" role="alert">{refusal.value}</p>}
      <p class="controls">
        <Button strong id="keep-statement" keys="Control+Enter" act={keep}>{d.editing ? "Keep the change" : "Add to the record"}</Button>
        <Button act={() => startNew()} keys="n">{d.editing ? "New statement" : "Empty the form"}</Button>
        {emptied.value && !written(d) && <Button act={bringBack}>Bring back what was emptied</Button>}
        {d.editing && <Button act={() => perform(remove(tree.value, verbs.value, "statements", "statement", d.editing!), `${d.editing} taken out`) && startNew()}>Take it out</Button>}
      </p>
      <div class="echo" role="status" aria-label="In plain words">
        {echo.value.length > 0 && <ul class="plain-list">{echo.value.map((t) => <li dir="auto">{t}</li>)}</ul>}
      </div>
      <PatchView />
    </form>
  );
}

/** What the last act of any form wrote. */
export function LastAct() {
  if (lastPatch.value.length === 0) return null;
  return (
    <details class="drawer">
      <summary>What the last act wrote to the file</summary>
      {lastPatch.value.map((x) => <Patches before={x.before} patches={x.patches} />)}
    </details>
  );
}

/** Believe a statement or not, in the account that is looked at. */
export function believe(id: string): void {
  const v = view.value;
  const d = doc.value;
  const at = d?.statements.findIndex((s) => s.id === id) ?? -1;
  if (!v || at < 0) return;
  const kind = flips.value.find((f) => f.statement === id)?.kind;
  flip(kind ?? (v.believed.has(at) ? "without" : "with"), id);
}

function Row({ s }: { s: Statement }) {
  const c = known.value;
  const v = view.value;
  const at = v?.doc.statements.findIndex((x) => x.id === s.id) ?? -1;
  const believed = at >= 0 && v!.believed.has(at);
  return (
    <li class="record-row" data-statement={s.id}>
      {s.claims.length > 0 && v && (
        <label class="tick-target">
          <input type="checkbox" checked={believed} disabled={at < 0} aria-label={`believe ${s.id}`} aria-keyshortcuts="x" onChange={() => believe(s.id)} />
        </label>
      )}
      <button type="button" class="plain left" onClick={() => { open(s); if (str(s.words.source)) chosen.value = str(s.words.source); document.getElementById("statement-by")?.focus(); }}>
        <b dir="auto">{speakerOf(c, s.by)}</b> <span class="faint">{str(s.words.date).slice(0, 10)}</span>{" "}
        {str(s.words.private) === "true" && <span class="mark-private">private</span>} <span class="clip" dir="auto">{s.text}</span>
      </button>
    </li>
  );
}

export function Record() {
  const list = known.value.statements;
  return (
    <details class="drawer" id="drawer-statements" open={list.length <= 12 || undefined}>
      <summary>Statements on record <span class="faint">{list.length}</span></summary>
      <ol class="plain-list record">{list.map((s) => <Row key={s.id} s={s} />)}</ol>
    </details>
  );
}
