// What the statement in the form would do, before anything is saved: the answer before and after, disputes that
// come or go, which account takes it in or leaves it out, the frontier then and now. The engine is asked about
// the text as it would be.
import { effect, signal } from "@preact/signals";
import { ink } from "../color";
import { FRONTIER, type Account, type Doc } from "../data";
import { Stopped, type Reply } from "../engine/engine";
import { caseWords } from "../editor/pane";
import { doc, engine, place } from "../state";
import { percent, shareOf } from "../words";
import { draft, idOf, wouldBe } from "./desk";

interface Dispute {
  statements: string[];
  party: string;
  kind: string;
}
interface Accounts {
  disputes: Dispute[];
  complete: boolean;
}
interface Seen {
  doc: Doc;
  accounts: Accounts;
}
/** `now` is the statement's effect; `before` is null where the case as it stands has no answer yet. */
interface Shown {
  id: string;
  before: Seen | null;
  now: Seen;
  worlds: number;
}
const shown = signal<Shown | null>(null);
const faults = signal<string[]>([]);
const state = signal<"" | "computing">("");
/** The statement's claims in the engine's words. */
export const echo = signal<string[]>([]);

const FIRST = 2000;
let running: AbortController | null = null;
let timer = 0;
const kept = new Map<string, Seen | null>();

async function see(text: string, worlds: number, signal: AbortSignal): Promise<{ seen: Seen | null; reply: Reply }> {
  const seed = String(doc.value?.settings.seed ?? 1);
  const ask = (question: string, options: [string, string | null][]) => engine.value!.ask({ question, options, text }, "effect", signal);
  const reply = await ask("page", [["worlds", String(worlds)], ["seed", seed], ["light", null]]);
  if (reply.text === null) return { seen: null, reply };
  const told = await ask("accounts", []);
  if (told.text === null) return { seen: null, reply: told };
  return { seen: { doc: JSON.parse(reply.text) as Doc, accounts: JSON.parse(told.text) as Accounts }, reply };
}

/** The case as it stands: kept, since every draft is compared with it. */
async function seeBefore(text: string, worlds: number, signal: AbortSignal): Promise<Seen | null> {
  const key = `${worlds} ${text}`;
  if (!kept.has(key)) {
    const { seen } = await see(text, worlds, signal);
    for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - 3))) kept.delete(old);
    kept.set(key, seen);
  }
  return kept.get(key)!;
}

async function compute(): Promise<void> {
  running?.abort();
  const d = draft.value;
  const would = wouldBe(d);
  if (!would || !engine.value) {
    shown.value = null;
    faults.value = [];
    echo.value = [];
    state.value = "";
    return;
  }
  const mine = new AbortController();
  running = mine;
  state.value = "computing";
  const text = caseWords.value;
  const id = d.editing ?? idOf(d);
  try {
    for (const worlds of [FIRST, doc.value?.settings.worlds ?? 20000]) {
      const { seen, reply } = await see(would.text, worlds, mine.signal);
      if (!seen) {
        const errors = reply.findings.filter((f) => f.severity === "error").map((f) => (f.hint ? `${f.message} (${f.hint})` : f.message));
        faults.value = errors.length > 0 ? errors : [reply.fault ?? "the engine gave no answer"];
        shown.value = null;
        echo.value = [];
        break;
      }
      faults.value = [];
      echo.value = seen.doc.statements.find((s) => s.id === id)?.claims.map((c) => `${c.text}.`) ?? [];
      const before = await seeBefore(text, worlds, mine.signal);
      if (mine.signal.aborted) return;
      shown.value = { id, before, now: seen, worlds };
    }
  } catch (e) {
    if (!(e instanceof Stopped)) throw e;
    return;
  }
  if (running === mine) state.value = "";
}

/** From now on the form's effect is computed at every pause. */
export function followEffect(): () => void {
  return effect(() => {
    void [draft.value, caseWords.value, engine.value];
    if (place.value !== "record") return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void compute(), 350);
  });
}

const key = (x: Dispute) => `${x.party} ${[...x.statements].sort().join(" ")}`;

function Disputes({ s }: { s: Shown }) {
  const was = new Set((s.before?.accounts.disputes ?? []).map(key));
  const is = new Set(s.now.accounts.disputes.map(key));
  const come = s.now.accounts.disputes.filter((x) => !was.has(key(x)));
  const gone = (s.before?.accounts.disputes ?? []).filter((x) => !is.has(key(x)));
  const name = (id: string) => s.now.doc.parties.find((p) => p.id === id)?.name ?? id;
  const words = (id: string) => s.now.doc.statements.find((x) => x.id === id);
  if (come.length + gone.length === 0) return <p>No dispute comes or goes.</p>;
  return (
    <>
      {come.slice(0, 6).map((x) => (
        <div class="card dispute">
          <p><b>{x.kind === "moved" ? "A position that moved" : "New dispute"}</b>, about {name(x.party)}. {x.statements.length === 1 ? "This contradicts itself" : `These ${x.statements.length} cannot all be true; without any one of them the others can`} (proved):</p>
          <ul>{x.statements.map((id) => <li><code>{id}</code> <span dir="auto">{words(id)?.claims.map((c) => c.text).join("; ")}</span></li>)}</ul>
        </div>
      ))}
      {come.length > 6 && <p class="caption">and {come.length - 6} more new disputes</p>}
      {gone.length > 0 && <p>{gone.length} dispute{gone.length === 1 ? "" : "s"} would be gone: {gone.slice(0, 4).map((x) => x.statements.join(" against ")).join("; ")}.</p>}
    </>
  );
}

function Taken({ s }: { s: Shown }) {
  const at = s.now.doc.statements.findIndex((x) => x.id === s.id);
  if (at < 0 || s.now.doc.statements[at].claims.length === 0) return <p>It claims nothing that is counted: it stands in the timeline and changes no number.</p>;
  return (
    <ul>
      {s.now.doc.accounts.map((a) => {
        const out = a.left_out.find((l) => l.statement === at);
        return (
          <li dir="auto">
            <b>{a.name}</b>{" "}
            {a.in.includes(at) ? "takes it in" : out ? (out.because.length === 0 ? "leaves it out: it contradicts itself" : `leaves it out: it collides with ${out.because.map((b) => s.now.doc.statements[b].id).join(", ")}`) : "does not hold it"}
          </li>
        );
      })}
    </ul>
  );
}

const zone = (a: Account | undefined) => (a?.picture ? (a.picture.zone.impossible ? "none, proved" : percent(a.picture.zone.share)) : "contradicts itself");
const best = (a: Account | undefined) => (a?.picture ? percent(a.picture.best) : "–");

function Numbers({ s }: { s: Shown }) {
  const cell = (before: string | null, now: string) => (before === null ? now : before === now ? `${now}, as before` : <><span class="faint">{before} →</span> <b>{now}</b></>);
  return (
    <table class="effect-table">
      <caption class="hidden">The answer before and after</caption>
      <thead><tr><th scope="col">account</th><th scope="col">some package suits all</th><th scope="col">best package</th></tr></thead>
      <tbody>
        {s.now.doc.accounts.map((a) => {
          const b = s.before?.doc.accounts.find((x) => x.id === a.id);
          return (
            <tr>
              <th scope="row" dir="auto">{a.name}</th>
              <td>{cell(b ? zone(b) : null, zone(a))}</td>
              <td>{cell(b ? best(b) : null, best(a))}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The frontier of an account as steps: of the first two that decide, what neither can better alone. */
function frontier(d: Doc, a: Account | undefined): [number, number][] {
  const p = a?.picture;
  if (!p || d.deciders.length < 2) return [];
  const points = p.deals.filter((r) => r[1] & FRONTIER).map((r): [number, number] => [shareOf(p, r, d.deciders[0]), shareOf(p, r, d.deciders[1])]);
  points.sort((x, y) => y[0] - x[0] || y[1] - x[1]);
  let top = -1;
  return points.filter(([, y]) => y > top && ((top = y), true)).reverse();
}

const SIDE = 190;
const PAD = 26;
function Frontier({ s, a }: { s: Shown; a: Account }) {
  const d = s.now.doc;
  const was = s.before ? frontier(s.before.doc, s.before.doc.accounts.find((x) => x.id === a.id)) : [];
  const now = frontier(d, a);
  if (now.length === 0) return null;
  const px = (v: number) => PAD + v * SIDE;
  const py = (v: number) => 8 + (1 - v) * SIDE;
  const path = (list: [number, number][]) => list.map(([x, y], i) => (i === 0 ? `M${px(x)} ${py(y)}` : `V${py(y)}H${px(x)}`)).join("");
  const [one, two] = d.deciders.map((p) => d.parties[p]);
  return (
    <figure class="frontier-figure">
      <svg width={SIDE + PAD + 10} height={SIDE + PAD + 12} role="img" aria-label={`The frontier on ${a.name}: ${now.length} packages now${was.length ? `, ${was.length} before` : ""}`}>
        <rect x={PAD} y={8} width={SIDE} height={SIDE} class="frame" />
        {was.length > 0 && <path d={path(was)} class="was" />}
        {now.length === 1 ? <circle cx={px(now[0][0])} cy={py(now[0][1])} r="4" class="point" /> : <path d={path(now)} class="now" />}
        <text x={PAD + SIDE} y={SIDE + 24} text-anchor="end" style={{ fill: ink(d.deciders[0], true) }}>{`${one.name} →`.slice(0, 26)}</text>
        <text x={PAD - 10} y={8} text-anchor="end" transform={`rotate(-90 ${PAD - 10} 8)`} style={{ fill: ink(d.deciders[1], true) }}>{`${two.name} →`.slice(0, 26)}</text>
      </svg>
      <figcaption class="caption" dir="auto">{a.name}: before thin, after bold</figcaption>
    </figure>
  );
}

export function EffectColumn() {
  const s = shown.value;
  return (
    <section class="bench-column effect-column" aria-labelledby="effect-head" id="bench-effect">
      <h2 id="effect-head">Effect</h2>
      <div role="status" aria-busy={state.value !== ""}>
        {state.value && !s && <p class="caption">Computing what it would change</p>}
        {faults.value.length > 0 && (
          <>
            <p>The case would not be valid with it, or is not yet:</p>
            <ul>{faults.value.slice(0, 6).map((f) => <li dir="auto">{f}</li>)}</ul>
          </>
        )}
        {!s && faults.value.length === 0 && !state.value && <p class="caption">What a statement would change stands here before it is added: the answer before and after, new disputes, and who takes it in.</p>}
        {s && (
          <>
            <p class="caption">With <code>{s.id}</code>, in {s.worlds.toLocaleString("en-GB")} preference worlds{state.value && ", more to come"}. Nothing is saved yet.</p>
            <Numbers s={s} />
            <h3>In dispute</h3>
            <Disputes s={s} />
            <h3>Who takes it in</h3>
            <Taken s={s} />
          </>
        )}
      </div>
      {s && <div class="frontiers">{s.now.doc.accounts.slice(0, 2).map((a) => <Frontier s={s} a={a} />)}</div>}
    </section>
  );
}
