// The record in time: a dot for everything said, in the row of its side, and below it how the gap moved:
// the share in which some package suits all, and that of the best single package, date by date.
import type { History } from "../answers";
import { ink } from "../color";
import type { Statement } from "../data";
import { Later, answerOf } from "../later";
import { Num } from "../num";
import { useWidth } from "../size";
import { isolated } from "../turns";
import { basis, switchable, type View } from "../state";
import { bothWords, cut, day, percent } from "../words";

/** The day of a date as the case writes it; a month or a year stands for itself. */
const dayOf = (date: string | null) => date?.slice(0, 10) ?? null;

interface Dot {
  at: number;
  x: number;
  y: number;
}

/** Days since 1970 of a date, a month or a year, which stand at their first day. */
const time = (date: string) => Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7) || 1) - 1, Number(date.slice(8, 10) || 1)) / 864e5;

/**
 * A side's dots, each at its day: one that finds its place taken goes a row down, and past eight rows to the
 * side, so that a day on which all was said stays readable. O(n * rows).
 */
function placed(v: View, side: Statement["side"], x: (date: string) => number, most: number): { dots: Dot[]; rows: number } {
  const ends: number[] = [];
  const dots: Dot[] = [];
  const said = v.doc.statements.map((s, at) => ({ s, at })).filter(({ s }) => dayOf(s.date) && s.side === side && s.kind !== "assumption")
    .sort((a, b) => x(a.s.date!) - x(b.s.date!) || a.at - b.at);
  for (const { s, at } of said) {
    const wish = Math.min(x(s.date!), most);
    let row = ends.findIndex((end) => end + 13 <= wish);
    if (row < 0) row = ends.length < 8 ? ends.length : ends.indexOf(Math.min(...ends));
    const place = ends[row] !== undefined && ends[row] + 13 > wish ? Math.min(ends[row] + 13, most) : wish;
    ends[row] = place;
    dots.push({ at, x: place, y: row });
  }
  return { dots, rows: ends.length };
}

function line(points: [number, number | null][]): string {
  let d = "";
  let pen = false;
  for (const [x, y] of points) {
    if (y === null) {
      pen = false;
      continue;
    }
    d += pen ? `H${x}V${y}` : `M${x},${y}`;
    pen = true;
  }
  return d;
}

export function RecordFigure({ v }: { v: View }) {
  const { ref, width } = useWidth(760);
  const d = v.doc;
  const said = d.statements.filter((s) => s.kind !== "assumption" && s.date);
  const days = [...new Set(said.map((s) => dayOf(s.date)!))].sort();
  const history = answerOf<History>("history");
  if (days.length < 2) return null;
  const [left, right] = [10, 44];
  const [start, end] = [time(days[0]), time(days[days.length - 1])];
  // A time line: equal distances are equal times.
  const x = (date: string) => left + 8 + ((width - left - right - 16) * (time(dayOf(date)!) - start)) / Math.max(1, end - start);
  const sides: { side: Statement["side"]; name: string }[] = [
    ...d.parties.map((p, i) => ({ side: i as Statement["side"], name: p.name })),
    { side: null, name: "Others" },
  ];
  let y = 4;
  const rows = sides.map((s) => ({ ...s, ...placed(v, s.side, x, width - right) })).filter((s) => s.dots.length > 0)
    .map((s) => {
      const top = y;
      y += 22 + 14 * s.rows + 6;
      return { ...s, top };
    });
  const plot = { top: y + 26, height: 120 };
  const shares = history?.dates.map((h) => ({ ...h, a: h.accounts[0] })) ?? [];
  const most = Math.max(0.05, ...shares.flatMap((s) => [s.a?.zone ?? 0, s.a?.best ?? 0]));
  const up = (share: number) => plot.top + plot.height * (1 - share / most);
  const series = (key: "zone" | "best") => {
    // Moments of one night can have days that go back, by where they were said: the line does not.
    let so = 0;
    const points = shares.map((s): [number, number | null] => {
      const share = s.a?.[key] ?? null;
      so = Math.max(so, x(s.date));
      return [so, share === null ? null : up(share)];
    });
    const end = points[points.length - 1];
    return line(end ? [...points, [width - right, end[1]]] : points);
  };
  const height = (shares.length ? plot.top + plot.height : y) + 26;
  const foot = shares.length ? plot.top + plot.height : y;
  // As many dates below as have room, the first and the last in any case. The longest takes about 84 pixels:
  // from its day on for the first, up to its day for the last, around it for the others.
  const [first, last] = [days[0], days[days.length - 1]];
  const wide = 88;
  let taken = x(first) + wide;
  const between = days.slice(1, -1).filter((d) => {
    const free = x(d) - wide / 2 >= taken && x(d) + wide / 2 <= x(last) - wide;
    if (free) taken = x(d) + wide / 2;
    return free;
  });
  const named = [first, ...between, last];
  const words = rows.map((r) => `${r.name}: ${r.dots.length}`).join("; ");
  return (
    <>
      <div class="plot" ref={ref}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`What was said, by side and date. ${words}`}>
          {rows.map((r) => (
            <g key={r.name}>
              <text x={left} y={r.top + 14} class="label" style={{ fill: ink(r.side, true) }}>{r.name}</text>
              {r.dots.map((dot) => (
                <circle
                  key={dot.at} cx={dot.x} cy={r.top + 28 + 14 * dot.y} r="5"
                  fill={v.believed.has(dot.at) ? ink(r.side) : "var(--paper)"} stroke={ink(r.side)} stroke-width="2" class="said-dot"
                  onClick={() => (basis.value = { title: d.statements[dot.at].id, statements: [dot.at] })}
                >
                  <title>{`${day(d.statements[dot.at].date)}: ${isolated(cut(d.statements[dot.at].words ?? "", 140))}`}</title>
                </circle>
              ))}
            </g>
          ))}
          {shares.length > 0 && (
            <g>
              <text x={left} y={plot.top - 10} class="axis">some package suits {bothWords(d)} (full), the best single one (dashed)</text>
              {[0, most / 2, most].map((s) => (
                <g key={s}>
                  <line x1={left} x2={width - right} y1={up(s)} y2={up(s)} class="grid" />
                  <text x={width - right + 6} y={up(s) + 4} class="tick">{percent(s)}</text>
                </g>
              ))}
              <path d={series("zone")} class="frontier gap-zone" />
              <path d={series("best")} class="frontier gap-best" stroke-dasharray="5 4" />
            </g>
          )}
          {named.map((date) => (
            <g key={date}>
              <line x1={x(date)} x2={x(date)} y1={4} y2={foot + 4} class="grid" />
              <text x={x(date)} y={foot + 18} text-anchor={date === last ? "end" : date === first ? "start" : "middle"} class="tick">{day(date)}</text>
            </g>
          ))}
        </svg>
      </div>
      <p class="caption">
        A dot for everything said: full where the account believes it. Equal distances are equal times.{" "}
        {shares.length > 0 && "Below, the record as it stood at each date."}
      </p>
      {switchable.value && v.picture && (
        <Later question="history">
          {history && (
            <details class="table">
              <summary>How the gap moved, as a table</summary>
              <div class="wide" tabIndex={0} role="region" aria-label="How the gap moved">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">date</th>
                      <th scope="col">some package suits {bothWords(d)}</th>
                      <th scope="col">best single package</th>
                      <th scope="col">believed since</th>
                    </tr>
                  </thead>
                  <tbody>
                    {history.dates.map(({ date, accounts: [a] }) => (
                      <tr key={date}>
                        <th scope="row">{day(date)}</th>
                        <td>{a?.consistent ? percent(a.zone) : "contradicts itself"}</td>
                        <td>{a?.consistent ? percent(a.best) : ""}</td>
                        <td>
                          {a && a.joined.length > 0 && (
                            <Num of={{ title: `Believed from ${day(date)} on`, statements: a.joined.map((id) => d.statements.findIndex((s) => s.id === id)).filter((i) => i >= 0) }}>
                              {a.joined.length}
                            </Num>
                          )}
                          {a && a.left.length > 0 && `, ${a.left.length} no longer`}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </details>
          )}
        </Later>
      )}
    </>
  );
}
