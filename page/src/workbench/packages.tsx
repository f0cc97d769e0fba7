// The package builder: how far each issue goes, each party's share in every account as one turns, what one step
// would lift the weaker side, who ever spoke of it; two packages pinned beside it; and "suppose they accept".
import { batch, effect, signal } from "@preact/signals";
import { ink } from "../color";
import { options } from "../compute";
import { AVAILABLE, type Doc } from "../data";
import { caseWords } from "../editor/pane";
import { Stopped } from "../engine/engine";
import { account, chosen, doc, engine, place, said, supposeAll } from "../state";
import { percent, shareOf, verdictOf } from "../words";
import { add, ordered, ORDER } from "./acts";
import { builtOf, groundsOf, levelOf, stepOf, stepsFrom, valueAt, withLevel, type Built } from "./builder";
import { addEntry, known, open, tree, verbs } from "./desk";
import { fresh, nameOf, slug, type Case, type Issue, type Words } from "./model";
import { mentions } from "./names";
import { Button, Line, Pick, Ticks } from "./widgets";
import { apply, flow, read, type Tree, type Value } from "./yaml";

export const built = signal<Built>({});
const pins = signal<Built[]>([]);
/** Shares by account and party; of the package, of those one step away, of the pinned ones. */
interface Share {
  account: string;
  name: string;
  of: { party: number; name: string; share: string; value: number }[];
  all: number;
  /** No rule of the case forbids it, and everybody can do it. */
  available: boolean;
}
interface Seen {
  key: string;
  doc: Doc;
  now: Share[];
  steps: { words: string; built: Built; shares: Share[] }[];
  pinned: Share[][];
}
const seen = signal<Seen | null>(null);
const why = signal("");
let running: AbortController | null = null;
let timer = 0;
const keyOf = () => flow([built.value, ...pins.value] as Value);

/** Those whose consent the package needs, as the deals' card has it: who decides, and who approves what moves. */
function sharesIn(d: Doc, name: string): Share[] {
  const outcome = d.packages.find((p) => p.name === name)?.outcome;
  return d.accounts.flatMap((a) => {
    const row = a.picture?.deals.find((r) => r[0] === outcome);
    const p = a.picture;
    if (!row || !p) return [];
    const asked = [...d.deciders, ...p.voters.filter((x) => !d.deciders.includes(x) && d.parties[x].approves.some((i) => d.outcomes[row[0]][i] !== 0))];
    return [{
      account: a.id, name: a.name, all: row[2], available: (row[1] & AVAILABLE) !== 0,
      of: asked.map((x) => ({ party: x, name: d.parties[x].name, value: shareOf(p, row, x), share: verdictOf(p, row, x) === "i" ? "impossible" : percent(shareOf(p, row, x)) })),
    }];
  });
}

/** The case with the packages named in it, so that the engine looks at them. */
function textWith(list: Built[]): { text: string; names: string[] } {
  const taken = known.value.packages.map((p) => p.id);
  const names = list.map((_, i) => fresh(`looked-at-${i}`, taken));
  const put = (t: Tree, i: number) => add(t, "packages", names[i], list[i] as Words).patches?.[0];
  const first = put(tree.value, 0);
  if (!first) return { text: caseWords.value, names };
  // With one there the section is there: the others stand behind it, all at one place.
  const text = apply(caseWords.value, [first]);
  const whole = read(text);
  const rest = names.slice(1).map((_, i) => put(whole, i + 1)).filter((p) => p !== undefined);
  return { text: rest.length > 0 ? apply(text, [{ ...rest[0], insert: rest.map((p) => p.insert).join("") }]) : text, names };
}

async function compute(): Promise<void> {
  running?.abort();
  if (!engine.value || !doc.value) return;
  const mine = new AbortController();
  running = mine;
  const key = keyOf();
  const steps = stepsFrom(known.value, built.value).slice(0, 60);
  const { text, names } = textWith([built.value, ...pins.value, ...steps.map((s) => s.built)]);
  try {
    for (const worlds of [2000, doc.value.settings.worlds]) {
      const reply = await engine.value.ask({ question: "page", text, options: [...options(), ["worlds", String(worlds)], ["light", null]] }, "effect", mine.signal);
      if (reply.text === null) {
        why.value = reply.findings.find((f) => f.severity === "error")?.message ?? reply.fault ?? "";
        seen.value = null;
        return;
      }
      const d = JSON.parse(reply.text) as Doc;
      const shares = names.map((n) => sharesIn(d, n));
      const from = 1 + pins.value.length;
      why.value = "";
      seen.value = { key, doc: d, now: shares[0], pinned: shares.slice(1, from), steps: steps.map((s, i) => ({ words: s.words, built: s.built, shares: shares[from + i] })) };
    }
  } catch (e) {
    if (!(e instanceof Stopped)) throw e;
  }
}

let shownKey: string | null = null;
/** From now on shares follow what is turned; a package chosen in the picture is opened here. */
export function followPackages(): () => void {
  return effect(() => {
    void [built.value, pins.value, caseWords.value, engine.value, doc.value?.case.hash];
    if (place.value !== "package") return;
    const d = doc.value;
    const best = account.value?.picture?.deals[0];
    const want = chosen.value ?? (d && best ? d.outcomes[best[0]].join(".") : null);
    if (d && want !== null && want !== shownKey) {
      shownKey = want;
      built.value = builtOf(d, want);
      return;
    }
    clearTimeout(timer);
    timer = window.setTimeout(() => void compute(), 250);
  });
}

function Lever({ i }: { i: Issue }) {
  const level = levelOf(i, built.value);
  const set = (v: string | string[]) => (built.value = withLevel(built.value, i, v));
  if (i.kind === "items") return <Ticks label={i.name} value={level as string[]} choices={i.levels.map((l) => [l.id, l.name])} set={set} />;
  if (i.kind === "options") return <Pick label={i.name} value={level as string} choices={i.levels.map((l) => [l.id, l.name])} set={set} />;
  if (i.kind !== "range") return null;
  const r = i.range!;
  return (
    <label class="field wide-field">
      <span class="label">{i.name}: {level}{r.unit && ` ${r.unit}`}</span>
      <input type="range" min={0} max={Math.round((r.to - r.from) / r.step)} step={1} value={stepOf(i, level as string)} aria-valuetext={`${level} ${r.unit}`}
        onInput={(e) => set(valueAt(i, Number(e.currentTarget.value)))} />
    </label>
  );
}

const wordsOf = (c: Case, b: Built): string =>
  c.issues.filter((i) => b[i.id] !== undefined).map((i) => {
    const v = levelOf(i, b);
    const name = (id: string) => i.levels.find((l) => l.id === id)?.name ?? id;
    return `${i.name}: ${Array.isArray(v) ? (v.length === i.levels.length ? "all" : v.map(name).join(", ")) : name(v)}`;
  }).join("; ") || "everything stays as it is";

/** One table: the package now, and the pinned ones beside it. */
function Shares({ s }: { s: Seen }) {
  const pinned = s.pinned.length === pins.value.length ? s.pinned : [];
  const cell = (list: Share[], a: string, party: number | null) => {
    const x = list.find((y) => y.account === a);
    return x ? (party === null ? percent(x.all) : (x.of.find((o) => o.party === party)?.share ?? "not asked")) : "–";
  };
  return (
    <table class="effect-table" id="package-shares">
      <caption class="hidden">Share of the preference worlds in which each accepts it</caption>
      <thead>
        <tr><th scope="col">account</th><th scope="col">accepted by</th><th scope="col">this package</th>{pinned.map((_, i) => <th scope="col">pinned {i + 1}</th>)}</tr>
      </thead>
      <tbody>
        {s.now.flatMap((a) => [...a.of, null].map((o, i) => (
          <tr>
            {i === 0 && <th scope="rowgroup" rowSpan={a.of.length + 1} dir="auto">{a.name}</th>}
            <td style={o ? { color: ink(o.party, true) } : { fontWeight: 600 }} dir="auto">{o ? o.name : "all who are asked"}</td>
            <td data-account={a.account} data-party={o ? s.doc.parties[o.party].id : "all"}>{o ? o.share : <b>{percent(a.all)}</b>}</td>
            {pinned.map((p) => <td>{cell(p, a.account, o ? o.party : null)}</td>)}
          </tr>
        )))}
      </tbody>
    </table>
  );
}

/** Steps that lift whoever accepts it least, in the account that is looked at. */
function Lifts({ s }: { s: Seen }) {
  const id = account.value?.id ?? s.now[0]?.account;
  const now = s.now.find((a) => a.account === id);
  if (!now || now.of.length === 0) return null;
  const weak = now.of.reduce((a, b) => (b.value < a.value ? b : a));
  const better = s.steps
    .flatMap((x) => {
      const there = x.shares.find((a) => a.account === id);
      const share = there?.of.find((o) => o.party === weak.party);
      return there?.available && share && share.value > weak.value ? [{ ...x, lift: share.value, share: share.share, all: there.all }] : [];
    })
    .sort((a, b) => b.all - a.all || b.lift - a.lift || (a.words < b.words ? -1 : 1))
    .slice(0, 4);
  return (
    <>
      <h3>What would lift {weak.name}, on {now.name}</h3>
      {better.length === 0 ? <p>No single step: {weak.name} accepts no neighbour of it in more worlds.</p> : (
        <ul class="plain-list lifts">
          {better.map((x) => (
            <li>
              <button type="button" class="plain left" onClick={() => (built.value = x.built)}>
                <b dir="auto">{x.words}</b>: {weak.name} {weak.share} → {x.share}, all {percent(now.all)} → {percent(x.all)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Grounds() {
  const c = known.value;
  const all = mentions(tree.value, verbs.value);
  const rows = c.issues.flatMap((i) => {
    const v = built.value[i.id];
    if (v === undefined) return [];
    const level = levelOf(i, built.value);
    return (Array.isArray(level) ? level : [level]).map((l) => ({ words: `${i.name}: ${i.levels.find((x) => x.id === l)?.name ?? l}`, by: groundsOf(c, all, i.id, l) }));
  });
  if (rows.length === 0) return null;
  return (
    <>
      <h3>Who ever spoke of it</h3>
      <ul class="grounds">
        {rows.map((r) => (
          <li>
            <span dir="auto">{r.words}</span>:{" "}
            {r.by.length === 0 ? <b>nobody on this record</b> : r.by.slice(0, 6).map((id, k) => (
              <>
                {k > 0 && ", "}
                <button type="button" class="plain" onClick={() => {
                  const s = c.statements.find((x) => x.id === id);
                  if (s) batch(() => { open(s); place.value = "record"; });
                }}>{id}</button>
              </>
            ))}
            {r.by.length > 6 && ` and ${r.by.length - 6} more`}
          </li>
        ))}
      </ul>
    </>
  );
}

function suppose(party: string, verb: "accepts" | "refuses"): void {
  supposeAll([flow({ party, [verb]: built.value as Value })]);
  said.value = `Supposed: ${party} ${verb} it. The answer above all follows; its switch stands in the answer.`;
  place.value = "answer";
}

const naming = signal("");
export function Packages() {
  const c = known.value;
  const s = seen.value;
  const fits = s?.key === keyOf();
  const deciders = c.parties.filter((p) => (p.words.role ?? "decider") === "decider");
  const name = naming.value || slug(Object.values(built.value).flat().join(" "), 3) || "as-it-is";
  return (
    <div class="bench-columns builder">
      <section class="bench-column" aria-labelledby="package-head">
        <h2 id="package-head">Package</h2>
        <p dir="auto" class="package-words">{wordsOf(c, built.value)}.</p>
        {c.issues.map((i) => <Lever key={i.id} i={i} />)}
        <p class="controls">
          <Button id="pin" disabled={pins.value.length >= 2} act={() => (pins.value = [...pins.value, built.value])}>Pin it</Button>
          {pins.value.length > 0 && <Button act={() => (pins.value = [])}>Take the pins out</Button>}
          <Button act={() => (built.value = {})}>Status quo</Button>
        </p>
        {pins.value.map((p, i) => <p class="caption" dir="auto">Pinned {i + 1}: {wordsOf(c, p)}. <button type="button" class="plain" onClick={() => (built.value = p)}>back to it</button></p>)}
        <p class="controls">
          <Line label="Name it in the case" value={naming.value} hint={name} set={(v) => (naming.value = v.trim())} />
          <Button act={() => addEntry("packages", fresh(name, c.packages.map((p) => p.id)), ordered(built.value as never, ORDER.packages ?? []))}>Add to the case</Button>
        </p>
      </section>
      <section class="bench-column" aria-labelledby="shares-head">
        <h2 id="shares-head">Who would take it</h2>
        <div role="status" aria-busy={!fits}>
          {s ? <Shares s={s} /> : <p class="caption">{why.value || "Computing"}</p>}
          {s?.now.some((a) => !a.available) && <p class="fault">This package is not to be had: a rule of the case or what nobody can do forbids it{s.now.every((a) => !a.available) ? "" : ` on ${s.now.filter((a) => !a.available).map((a) => a.name).join(", ")}`}.</p>}
          <p class="caption">{s && !fits ? "Computing the package as it stands now. " : ""}Shares of the preference worlds that fit each account.</p>
        </div>
        {s && fits && <Lifts s={s} />}
      </section>
      <section class="bench-column" aria-label="Grounds and suppositions">
        <h2>Grounds</h2>
        <Grounds />
        <h3>Suppose</h3>
        <p class="controls">
          {deciders.map((p) => (
            <>
              <Button act={() => suppose(p.id, "accepts")}>{nameOf(p)} accepts it</Button>
              <Button act={() => suppose(p.id, "refuses")}>{nameOf(p)} refuses it</Button>
            </>
          ))}
        </p>
      </section>
    </div>
  );
}
