// What to find out first: bars from the baseline, greatest change first.
import { ink } from "../color";
import type { Effect } from "../data";
import { Num, Words } from "../num";
import { flip, isFlipped, switchable, type View } from "../state";
import { Panel } from "../take/panel";
import { influenceRows } from "../take/rows";
import { bothWords, count, list, percent, points } from "../words";

export interface Bar {
  /** The first of them is drawn; the others do the same. */
  statements: number[];
  kind: "with" | "without";
  effect: Effect;
}

/**
 * One statement switched at a time, greatest change first, what contradicts the rest at the end; statements of
 * one side that do the same to the last digit stand in one row. O(n log n).
 */
export function barsOf(v: View): Bar[] {
  const bars = new Map<string, Bar>();
  v.account.influence!.rows.forEach((r) => {
    (["without", "with"] as const).forEach((kind) => {
      const effect = r[kind];
      if (!effect) return;
      const key = JSON.stringify([kind, v.doc.statements[r.statement].side, effect.share, effect.change, effect.change === 0 ? r.statement : 0]);
      const same = bars.get(key);
      if (same) same.statements.push(r.statement);
      else bars.set(key, { statements: [r.statement], kind, effect });
    });
  });
  const size = (b: Bar) => (b.effect.change === null ? -1 : Math.abs(b.effect.change));
  return [...bars.values()].sort((a, b) => size(b) - size(a) || a.statements[0] - b.statements[0]);
}

/** What moves the answer by a point or more either way. */
export const moves = (b: Bar) => Math.abs(b.effect.change ?? 1) >= 0.005;

function Line({ v, b, x }: { v: View; b: Bar; x: (s: number) => number }) {
  const s = v.doc.statements[b.statements[0]];
  const base = v.account.influence!.base.share;
  const e = b.effect;
  const from = x(base);
  const to = e.share === null ? from : x(e.share);
  return (
    <li class="effect" style={{ "--side": ink(s.side) }}>
      <div class="effect-words">
        <span class="clip">
          <b>{s.kind === "assumption" ? "Assumption" : s.speaker}</b> <Words s={s} />
        </span>
        <span class="faint">
          <code>{s.id}</code> {b.kind === "with" ? "believed" : "taken out"}
          {b.statements.length > 1 && <>; the same alone: {list(b.statements.slice(1).map((i) => v.doc.statements[i].id))}</>}
        </span>
      </div>
      <div class="effect-bar" aria-hidden="true">
        <span class="base-line" style={{ left: `${from}%` }} />
        <span class="effect-fill" style={{ left: `${Math.min(from, to)}%`, width: `${Math.abs(to - from)}%` }} />
      </div>
      <div class="effect-value">
        {e.share === null ? (
          "contradicts the rest"
        ) : (
          <Num of={{ title: `${percent(base)} becomes ${percent(e.share)}`, note: `The share in which some package suits ${bothWords(v.doc)}, with this statement ${b.kind === "with" ? "believed before all others" : "taken out"}. Standard error of the change: ${((e.error ?? 0) * 100).toFixed(1)} points.`, statements: b.statements }}>
            {percent(e.share)} <span class="faint">{points(e.change ?? 0)}</span>
          </Num>
        )}
        <button type="button" class="plain" disabled={!switchable.value} aria-pressed={isFlipped(s.id)} onClick={() => flip(b.kind, s.id)}>
          {isFlipped(s.id) ? "undo" : "see"}
          <span class="hidden"> {s.id}</span>
        </button>
      </div>
    </li>
  );
}

/** "If what Kim Jong Un said (kim-first) is taken out, 12% becomes 71%". */
export function barWords(v: View, b: Bar): string {
  const of = b.statements.map((i) => v.doc.statements[i]);
  const who = of[0].kind === "assumption" ? "what the analyst assumes" : `what ${of[0].speaker} said`;
  const named = of.length > 2 ? `any of ${of.length} statements that do the same` : `${who} (${list(of.map((s) => s.id), "or")})`;
  const how = b.kind === "with" ? "believed" : "taken out";
  return `If ${named} is ${how}, ${percent(v.account.influence!.base.share)} becomes ${percent(b.effect.share)}`;
}

function finding(v: View, bars: Bar[]): string {
  const top = bars.find((b) => b.effect.change !== null && moves(b));
  return top ? barWords(v, top) : "No single statement moves the answer by a point";
}

export function InfluencePanel({ v }: { v: View }) {
  const f = v.account.influence;
  if (!f || f.rows.length === 0) return null;
  const bars = barsOf(v);
  const shares = [f.base.share, ...bars.map((b) => b.effect.share ?? f.base.share)];
  // Whole steps of 5, 10 or 20 points around what there is.
  const [low, high] = [Math.max(0, Math.min(...shares) - 0.03), Math.min(1, Math.max(...shares) + 0.03)];
  const step = high - low > 0.5 ? 0.2 : high - low > 0.25 ? 0.1 : 0.05;
  const [from, to] = [step * Math.floor(low / step), Math.min(1, step * Math.ceil(high / step))];
  const scale = (s: number) => (100 * (s - from)) / (to - from);
  const moving = bars.filter(moves);
  const still = bars.filter((b) => !moves(b)).reduce((sum, b) => sum + b.statements.length, 0);
  return (
    <Panel id="influence" topic="What to find out first" title={finding(v, bars)} rows={() => influenceRows(v)}>
      <p class="caption">
        One statement switched at a time: how the share in which some package suits{" "}
        {bothWords(v.doc)} moves from {percent(f.base.share)}. Scale from{" "}
        {percent(from)} to {percent(to)}; {count(f.worlds)} worlds each.
      </p>
      <ol class="plain-list">
        {moving.map((b) => (
          <Line key={`${b.kind}${b.statements[0]}`} v={v} b={b} x={scale} />
        ))}
      </ol>
      {still > 0 && (
        <p class="caption">
          {still} other{still === 1 ? "" : "s"} move{still === 1 ? "s" : ""} it by less than one
          point.
        </p>
      )}
    </Panel>
  );
}
