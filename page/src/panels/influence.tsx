// What to find out first: bars from the baseline, greatest change first.
import { scaleLinear } from "d3-scale";
import { extent } from "d3-array";
import { ink } from "../color";
import type { Effect } from "../data";
import { Num, Words } from "../num";
import { flip, isFlipped, switchable, type View } from "../state";
import { bothWords, count, percent, points } from "../words";

interface Bar {
  statement: number;
  kind: "with" | "without";
  effect: Effect;
}

function barsOf(v: View): Bar[] {
  return v.account.influence!.rows.flatMap((r) => {
    const bars: Bar[] = [];
    if (r.without) bars.push({ statement: r.statement, kind: "without", effect: r.without });
    if (r.with) bars.push({ statement: r.statement, kind: "with", effect: r.with });
    return bars;
  });
}

function Line({ v, b, x }: { v: View; b: Bar; x: (s: number) => number }) {
  const s = v.doc.statements[b.statement];
  const base = v.account.influence!.base.share;
  const e = b.effect;
  const from = x(base);
  const to = e.share === null ? from : x(e.share);
  return (
    <li class="effect" style={{ "--side": ink(s.side) }}>
      <div class="effect-words">
        <span class="clip" dir="auto">
          <b>{s.kind === "assumption" ? "Assumption" : s.speaker}</b> <Words s={s} />
        </span>
        <span class="faint">
          <code>{s.id}</code> {b.kind === "with" ? "believed" : "taken out"}
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
          <Num of={{ title: `${percent(base)} becomes ${percent(e.share)}`, note: `The share in which some package suits ${bothWords(v.doc)}, with this statement ${b.kind === "with" ? "believed before all others" : "taken out"}. Standard error of the change: ${((e.error ?? 0) * 100).toFixed(1)} points.`, statements: [b.statement] }}>
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

export function InfluencePanel({ v }: { v: View }) {
  const f = v.account.influence;
  if (!f || f.rows.length === 0) return null;
  const bars = barsOf(v);
  const [low, high] = extent([f.base.share, ...bars.map((b) => b.effect.share ?? f.base.share)]) as [number, number];
  const scale = scaleLinear().domain([Math.max(0, low - 0.03), Math.min(1, high + 0.03)]).nice(5).range([0, 100]);
  const moving = bars.filter((b) => Math.abs(b.effect.change ?? 1) >= 0.005);
  const still = bars.length - moving.length;
  return (
    <section aria-labelledby="influence-title" class="wide-panel">
      <h2 id="influence-title">What to find out first</h2>
      <p class="caption">
        One statement switched at a time: how the share in which some package suits{" "}
        {bothWords(v.doc)} moves from {percent(f.base.share)}. Scale from{" "}
        {percent(scale.domain()[0])} to {percent(scale.domain()[1])}; {count(f.worlds)} worlds each.
      </p>
      <ol class="plain-list">
        {moving.map((b) => (
          <Line key={`${b.kind}${b.statement}`} v={v} b={b} x={(s) => scale(s)} />
        ))}
      </ol>
      {still > 0 && (
        <p class="caption">
          {still} other{still === 1 ? "" : "s"} move{still === 1 ? "s" : ""} it by less than one
          point.
        </p>
      )}
    </section>
  );
}
