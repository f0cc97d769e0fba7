// Stay or walk: how likely a later deal must be for staying at the table to pay.
import { ink } from "../color";
import type { Walk } from "../data";
import { Num } from "../num";
import { textWidth, useWidth } from "../size";
import { restsOn, type View } from "../state";
import { Panel } from "../take/panel";
import { walkRows } from "../take/rows";
import { bothWords, count, list, outcomeWords, percent } from "../words";
import { partyAt } from "./plan";

const enough = (x: number | null): x is number => x !== null && x < 1;

function chance(x: number | null): string {
  return enough(x) ? percent(Math.max(0, x)) : "no chance";
}

function Figure({ v, walks }: { v: View; walks: Walk[] }) {
  const { ref, width } = useWidth(760);
  const row = 62;
  const top = 8;
  const bottom = 48;
  const left = 14;
  // Past 100% no chance is enough: a column of its own.
  const beyond = Math.min(150, Math.max(116, width * 0.2));
  const height = top + row * walks.length + bottom;
  const x1 = width - beyond - 12;
  const x = (p: number) => left + (x1 - left) * Math.max(0, Math.min(1, p));
  const far = x1 + 10 + (beyond - 8) / 2;
  const ticks = width < 480 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  return (
    <div class="plot" ref={ref}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={walks.map((w) => `${v.doc.parties[partyAt(v.doc, w.party)].name}: ${chance(w.break_even)}`).join("; ")}>
        <rect x={x1 + 10} y={top} width={beyond - 8} height={row * walks.length} class="beyond" />
        {ticks.map((t) => (
          <g>
            <line x1={x(t)} x2={x(t)} y1={top} y2={top + row * walks.length} class="grid" />
            <text x={x(t)} y={height - bottom + 18} text-anchor={t === 0 ? "start" : t === 1 ? "end" : "middle"} class="tick">
              {percent(t)}
            </text>
          </g>
        ))}
        {(beyond > 120 ? ["no chance is enough"] : ["no chance", "is enough"]).map((words, i) => (
          <text x={far} y={height - bottom + 18 + 16 * i} text-anchor="middle" class="tick">
            {words}
          </text>
        ))}
        <text x={left} y={height - 8} class="axis">
          chance of a later deal
        </text>
        {walks.map((w, i) => {
          const at = partyAt(v.doc, w.party);
          const y = top + row * i + 42;
          const end = enough(w.break_even_high) ? x(w.break_even_high) : far + 15;
          const start = enough(w.break_even_low) ? x(w.break_even_low) : far;
          const mid = enough(w.break_even) ? x(w.break_even) : far;
          const label = enough(w.break_even) ? chance(w.break_even) : `in ${percent(w.no_chance_is_enough)} of worlds`;
          const half = textWidth(label, 13, 600) / 2;
          return (
            <g>
              <text x={left + 6} y={top + row * i + 16} class="label" style={{ fill: ink(at, true) }}>
                {v.doc.parties[at].name}
              </text>
              <line x1={start} x2={end} y1={y} y2={y} stroke={ink(at)} stroke-width={3} class="whisker" />
              <line x1={start} x2={start} y1={y - 5} y2={y + 5} stroke={ink(at)} stroke-width={2} class="whisker" />
              {!enough(w.break_even_high) && <path d={`M${far + 24},${y}l-9,-5v10z`} fill={ink(at)} class="whisker-end" />}
              <path d={`M${mid},${y - 9}l9,9l-9,9l-9,-9z`} fill={ink(at)} class="median" />
              <text x={Math.min(Math.max(mid, half + 4), width - half - 4)} y={y - 13} text-anchor="middle" class="label halo">
                {label}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

const PARTS = ["staying cannot lose", "pays if a deal is likely enough", "no chance is enough", "no deal suits"] as const;

function Party({ v, w }: { v: View; w: Walk }) {
  const at = partyAt(v.doc, w.party);
  const name = v.doc.parties[at].name;
  const rests = restsOn(v, v.doc.deciders);
  const shares = [w.staying_cannot_lose, 1 - w.staying_cannot_lose - w.no_chance_is_enough, w.no_chance_is_enough - w.no_deal, w.no_deal];
  const note = `Staying pays where chance x deal + (1 - chance) x breakdown - cost of another round is at least what leaving brings. Means over ${count(w.worlds)} worlds, in shares of all that ${name} has at stake: leaving now ${percent(w.walk)}, the deal ${percent(w.deal_value)}, a breakdown later ${percent(w.later)}, another round ${percent(w.cost)}.`;
  return (
    <div class="card sided" style={{ "--side": ink(at) }}>
      <p>
        {w.no_deal >= 1 ? (
          <>For {name} staying has nothing to lead to: in none of {count(w.worlds)} sampled worlds does a deal suit {bothWords(v.doc)}.</>
        ) : enough(w.break_even) ? (
          <>
            For <b dir="auto">{name}</b> staying pays from a chance of{" "}
            <Num of={{ title: `${name}: break-even at ${percent(w.break_even)}`, note, statements: rests }}>{percent(Math.max(0, w.break_even))}</Num> that a deal
            follows; in eight worlds of ten from {chance(w.break_even_low)} to {chance(w.break_even_high)}.
          </>
        ) : (
          <>
            For <b dir="auto">{name}</b>, in{" "}
            <Num of={{ title: `${name}: no chance is enough`, note, statements: rests }}>{percent(w.no_chance_is_enough)}</Num> of these worlds, no chance of a later
            deal makes staying better than leaving now.
          </>
        )}
      </p>
      <div class="stack" aria-hidden="true">
        {shares.map((s, i) => (s > 0.002 ? <span class={`part part-${i}`} style={{ flexGrow: Math.max(0.001, s) }} /> : null))}
      </div>
      <ul class="plain-list stack-legend">
        {PARTS.map((words, i) =>
          shares[i] > 0.002 ? (
            <li>
              <span class={`swatch part-${i}`} aria-hidden="true" />{" "}
              {i === 3 ? `${words} ${bothWords(v.doc)}` : words}{" "}
              <Num of={{ title: `${words}: ${percent(shares[i])} of worlds`, note, statements: rests }}>{percent(shares[i])}</Num>
            </li>
          ) : null,
        )}
      </ul>
      {w.nash_outcome !== null && (
        <p class="caption">
          The deal counted on: each world's Nash deal, the one whose gains multiplied over the sides are greatest. Most often ({percent(w.nash_deal_share)} of the worlds with one):{" "}
          <span>{outcomeWords(v.doc, w.nash_outcome)}</span>.
        </p>
      )}
    </div>
  );
}

function finding(v: View, walks: Walk[]): string {
  const of = walks.map((w) => `${enough(w.break_even) ? `from ${percent(Math.max(0, w.break_even))}` : "at no chance"} for ${v.doc.parties[partyAt(v.doc, w.party)].name}`);
  return of.length > 3 ? "From what chance of a later deal staying pays" : `Staying pays ${list(of)}`;
}

export function WalkPanel({ v }: { v: View }) {
  const walks = v.account.walk ?? [];
  if (walks.length === 0) return null;
  const cost = walks[0].cost;
  return (
    <Panel id="walk" topic="Stay or walk" title={finding(v, walks)} rows={() => walkRows(v)}>
      <figure>
        <Figure v={v} walks={walks} />
        <figcaption class="caption">
          How likely must a later deal be for staying at the table to pay? Diamond: the middle world;
          line: eight worlds of ten. Counted against staying: another round costs {percent(cost)} of all
          that is at stake, and if it fails, today's alternative is gone.
        </figcaption>
      </figure>
      <div class="pair">
        {walks.map((w) => (
          <Party key={w.party} v={v} w={w} />
        ))}
      </div>
    </Panel>
  );
}
