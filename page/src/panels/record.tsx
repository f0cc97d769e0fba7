// The record in time: a dot for everything said, in the row of its side, and below it how the gap moved:
// the share in which some package suits all, and that of the best single package, date by date.
import { ink } from "../color";
import type { Statement } from "../data";
import { Later, answerOf } from "../later";
import { Num } from "../num";
import { useWidth } from "../size";
import { basis, switchable, type View } from "../state";
import { bothWords, cut, day, percent } from "../words";

interface History {
  dates: {
    date: string;
    added: string[];
    accounts: { consistent: boolean; zone: number | null; best: number | null; joined: string[]; left: string[] }[];
  }[];
}

const DAY = 86400000;
/** Milliseconds of a day as the case writes it; a month or a year counts from its first day. */
const timeOf = (date: string) => Date.parse(date);

interface Dot {
  at: number;
  x: number;
  y: number;
}

/** Dots of a row beside each other where they would meet: as many rows as it takes. O(n * rows). */
function placed(v: View, side: Statement["side"], x: (t: number) => number): { dots: Dot[]; rows: number } {
  const ends: number[] = [];
  const dots: Dot[] = [];
  v.doc.statements
    .map((s, i) => ({ s, i, t: s.date ? timeOf(s.date) : NaN }))
    .filter(({ s, t }) => s.side === side && s.kind !== "assumption" && Number.isFinite(t))
    .sort((a, b) => a.t - b.t || a.i - b.i)
    .forEach(({ i, t }) => {
      const at = x(t);
      let row = ends.findIndex((end) => end + 13 <= at);
      if (row < 0) row = ends.length;
      ends[row] = at;
      dots.push({ at: i, x: at, y: row });
    });
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
  const times = d.statements.flatMap((s) => (s.date ? [timeOf(s.date)] : [])).filter(Number.isFinite);
  const history = answerOf<History>("history");
  if (times.length < 2) return null;
  const first = Math.min(...times);
  const last = Math.max(...times, first + DAY);
  const [left, right] = [10, 14];
  const x = (t: number) => left + ((width - left - right) * (t - first)) / (last - first);
  const sides: { side: Statement["side"]; name: string }[] = [
    ...d.parties.map((p, i) => ({ side: i as Statement["side"], name: p.name })),
    { side: null, name: "Others" },
  ];
  let y = 4;
  const rows = sides.map((s) => ({ ...s, ...placed(v, s.side, x) })).filter((s) => s.dots.length > 0)
    .map((s) => {
      const top = y;
      y += 22 + 14 * s.rows + 6;
      return { ...s, top };
    });
  const plot = { top: y + 26, height: 120 };
  const shares = history?.dates.map((h) => ({ ...h, t: timeOf(h.date), a: h.accounts[0] })) ?? [];
  const most = Math.max(0.05, ...shares.flatMap((s) => [s.a?.zone ?? 0, s.a?.best ?? 0]));
  const up = (share: number) => plot.top + plot.height * (1 - share / most);
  const series = (key: "zone" | "best") => {
    const points = shares.map((s): [number, number | null] => {
      const share = s.a?.[key] ?? null;
      return [x(s.t), share === null ? null : up(share)];
    });
    const end = points[points.length - 1];
    return line(end ? [...points, [x(last), end[1]]] : points);
  };
  const height = (shares.length ? plot.top + plot.height : y) + 26;
  const foot = shares.length ? plot.top + plot.height : y;
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
                  <title>{`${day(d.statements[dot.at].date)}: ${cut(d.statements[dot.at].words ?? "", 140)}`}</title>
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
                  <text x={width - right} y={up(s) - 3} text-anchor="end" class="tick halo">{percent(s)}</text>
                </g>
              ))}
              <path d={series("zone")} class="frontier gap-zone" />
              <path d={series("best")} class="frontier gap-best" stroke-dasharray="5 4" />
            </g>
          )}
          <text x={left} y={foot + 18} class="tick">{day(new Date(first).toISOString().slice(0, 10))}</text>
          <text x={width - right} y={foot + 18} text-anchor="end" class="tick">{day(new Date(last).toISOString().slice(0, 10))}</text>
        </svg>
      </div>
      <p class="caption">
        A dot for everything said: full where the account believes it. {shares.length > 0 && "Below, the record as it stood at each date."}
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
