// The exchange map: how much is given for how much, and each side's 50% line, stepped.
import { ink } from "../color";
import type { Axis, Exchange } from "../data";
import { meets, placeLabels, textWidth, useWidth, type Box, type Placed, type Wish } from "../size";
import { layer, measure, restsOn, type View } from "../state";
import { Num } from "../num";
import { Panel } from "../take/panel";
import { exchangeRows } from "../take/rows";
import { bothWords, list, percent } from "../words";

const M = { left: 62, right: 20, top: 34, bottom: 54 };

function figure(axis: Axis, value: number): string {
  if (axis.measure === "importance") return `${Math.round(100 * value)}%`;
  return String(Math.round(value * 100) / 100);
}

interface Frame {
  width: number;
  height: number;
  nx: number;
  ny: number;
  x: (i: number) => number;
  y: (j: number) => number;
}

/** Where the edges of an axis' cells stand, from 0 to 1: unequal cells are drawn unequally. */
function edgesOf(axis: Axis): number[] {
  const v = axis.values;
  if (v && v.length < 2) return [0, 1];
  const n = axis.edges.length;
  const at = v
    ? [v[0] - (v[1] - v[0]) / 2, ...v.slice(1).map((x, i) => (x + v[i]) / 2), v[v.length - 1] + (v[v.length - 1] - v[v.length - 2]) / 2]
    : axis.edges;
  return at[n - 1] > at[0] ? at.map((x) => (x - at[0]) / (at[n - 1] - at[0])) : at.map((_, i) => i / (n - 1));
}

/** The place of a cell's edge, or of what lies between two. */
const between = (edges: number[]) => (i: number) => {
  const k = Math.max(0, Math.min(edges.length - 2, Math.floor(i)));
  return edges[k] + (i - k) * (edges[k + 1] - edges[k]);
};

function frameOf(e: Exchange, width: number): Frame {
  const nx = e.x.edges.length - 1;
  const ny = e.y.edges.length - 1;
  const height = Math.round(Math.max(300, Math.min(width * 0.66, 620)));
  const w = width - M.left - M.right;
  const h = height - M.top - M.bottom;
  const [x, y] = [between(edgesOf(e.x)), between(edgesOf(e.y))];
  return { width, height, nx, ny, x: (i) => M.left + w * x(i), y: (j) => height - M.bottom - h * y(j) };
}

/** Where on the frame a value of the axis stands: cells may be of unequal width. */
function place(axis: Axis, value: number, at: (i: number) => number): number {
  const e = axis.edges;
  if (axis.values) {
    let near = 0;
    axis.values.forEach((x, k) => {
      if (Math.abs(x - value) < Math.abs(axis.values![near] - value)) near = k;
    });
    return at(near + 0.5);
  }
  const i = Math.max(0, e.findIndex((_, k) => k + 1 < e.length && value <= e[k + 1]));
  const t = e[i + 1] > e[i] ? (value - e[i]) / (e[i + 1] - e[i]) : 0.5;
  return at(i + Math.max(0, Math.min(1, t)));
}

function stairs(line: (number | null)[], f: Frame): string {
  const path: string[] = [];
  let pen = false;
  line.forEach((row, i) => {
    if (row === null) {
      pen = false;
      return;
    }
    const y = f.y(row);
    path.push(`${pen ? "L" : "M"}${f.x(i)},${y}H${f.x(i + 1)}`);
    pen = true;
  });
  return path.join("");
}

/** Teeth along the level pieces of a side's line, towards where half of its worlds accept. */
function teeth(line: (number | null)[], shares: (number | null)[], f: Frame): string {
  const accepts = (i: number, from: number, step: number) => {
    for (let j = from; j >= 0 && j < f.ny; j += step) {
      const s = shares[j * f.nx + i];
      if (s !== null && s !== undefined) return s >= 0.5;
    }
    return false;
  };
  const path: string[] = [];
  line.forEach((row, i) => {
    if (row === null) return;
    const up = accepts(i, row, 1);
    if (!up && !accepts(i, row - 1, -1)) return;
    for (let x = f.x(i) + 7; x < f.x(i + 1) - 3; x += 14) path.push(`M${x},${f.y(row)}v${up ? -7 : 7}`);
  });
  return path.join("");
}

/** The line's level pieces as thin boxes, so that no label stands on them. */
function stripesOf(line: (number | null)[], f: Frame): Box[] {
  return line.flatMap((row, i) =>
    row === null ? [] : [{ x: f.x(i), y: f.y(row) - 3, w: f.x(i + 1) - f.x(i), h: 6 }],
  );
}

/** Places for a line's name, from the middle of the line outwards. */
function labelOf(line: (number | null)[], name: string, f: Frame): Wish[] {
  const middle = (line.length - 1) / 2;
  return line
    .map((row, i) => ({ row, i }))
    .filter((k) => k.row !== null)
    .sort((a, b) => Math.abs(a.i - middle) - Math.abs(b.i - middle))
    .map((k) => ({ x: f.x(k.i) - 3, y: f.y(k.row!), radius: 3, text: `50% line of ${name}`, weight: 600 }));
}

function placeFirst(wishes: Wish[], frame: Box, taken: Box[]): Placed[] {
  for (const wish of wishes) {
    const found = placeLabels([wish], frame, taken);
    if (found.length > 0) return found;
  }
  return [];
}

function Ticks({ e, f }: { e: Exchange; f: Frame }) {
  const label = (a: Axis, i: number) => (a.values ? figure(a, a.values[i]) : figure(a, a.edges[i]));
  const ticks = (a: Axis, n: number, at: (i: number) => number, need: number) =>
    Array.from({ length: a.values ? n : n + 1 }, (_, i) => i).reduce<number[]>((all, i) => {
      const place = (k: number) => at(k + (a.values ? 0.5 : 0));
      return all.length === 0 || Math.abs(place(i) - place(all[all.length - 1])) >= need ? [...all, i] : all;
    }, []);
  return (
    <g>
      {ticks(e.x, f.nx, f.x, 48).map((i) => (
        <text x={f.x(i + (e.x.values ? 0.5 : 0))} y={f.height - M.bottom + 18} text-anchor="middle" class="tick">
          {label(e.x, i)}
        </text>
      ))}
      {ticks(e.y, f.ny, f.y, 20).map((j) => (
        <text x={M.left - 8} y={f.y(j + (e.y.values ? 0.5 : 0)) + 4} text-anchor="end" class="tick">
          {label(e.y, j)}
        </text>
      ))}
    </g>
  );
}

function shorten(text: string, room: number): string {
  let t = text;
  while (textWidth(t, 13, 600) > room && t.includes(" ")) t = t.slice(0, t.lastIndexOf(" "));
  return t === text ? t : `${t}…`;
}

function Map({ v, e }: { v: View; e: Exchange }) {
  const { ref, width } = useWidth(760);
  const f = frameOf(e, width);
  const values = layer.value === "a" ? e.a : layer.value === "b" ? e.b : e.joint;
  const names = [v.doc.parties[e.x.party].name, v.doc.parties[e.y.party].name];
  const hue = layer.value === "joint" ? "var(--ink)" : ink(layer.value === "a" ? e.x.party : e.y.party);
  const frame: Box = { x: M.left, y: M.top, w: f.width - M.left - M.right, h: f.height - M.top - M.bottom };
  const diamonds = e.marks.map((m) => ({ m, x: place(e.x, m.x, f.x), y: place(e.y, m.y, f.y) }));
  // Packages that stand on each other share a label.
  const piles: (typeof diamonds)[] = [];
  diamonds.forEach((k) => {
    const near = piles.find((p) => Math.hypot(p[0].x - k.x, p[0].y - k.y) < 12);
    if (near) near.push(k);
    else piles.push([k]);
  });
  const pileName = (p: typeof diamonds) => (p.length === 1 ? p[0].m.package : `${p[0].m.package} and ${p.length - 1} more`);
  const solid = diamonds.map((k) => ({ x: k.x - 7, y: k.y - 7, w: 14, h: 14 }));
  const stripes = [...stripesOf(e.line_a, f), ...stripesOf(e.line_b, f)];
  const lineWords = [labelOf(e.line_a, names[0], f), labelOf(e.line_b, names[1], f)].flatMap(
    (wishes, i, all) => {
      const before = i === 1 ? placeFirst(all[0], frame, [...solid, ...stripes]) : [];
      return placeFirst(wishes, frame, [...solid, ...stripes, ...before.map((l) => l.box)]);
    },
  );
  const labels = placeLabels(
    piles.map((p) => ({ x: p[0].x, y: p[0].y, radius: 6, text: pileName(p) })), frame,
    [...solid, ...stripes, ...lineWords.map((l) => l.box)]);
  const unnamed = piles.filter((p) => p.length > 1 || !labels.some((l) => l.text === pileName(p)));
  const words = [...lineWords, ...labels].map((l) => l.box).concat(solid);
  return (
    <div ref={ref} class="plot">
      <svg width={f.width} height={f.height} viewBox={`0 0 ${f.width} ${f.height}`} role="img" aria-label={`Exchange map; the numbers are in the table below. ${equation(v, e)}`}>
        <defs>
          <pattern id="no-package" width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M0,6 6,0" class="hatch" />
          </pattern>
        </defs>
        {values.map((s, k) => {
          const i = k % f.nx;
          const j = Math.floor(k / f.nx);
          const [cw, ch] = [f.x(i + 1) - f.x(i), f.y(j) - f.y(j + 1)];
          const numbered = cw >= 38 && ch >= 20;
          const box = { x: f.x(i), y: f.y(j + 1), width: cw, height: ch };
          return s === null ? (
            <rect {...box} fill="url(#no-package)" class="cell" />
          ) : (
            <g>
              <rect {...box} class="cell" style={{ fill: hue, fillOpacity: 0.04 + 0.42 * s }} />
              {numbered && !words.some((w) => meets(w, { x: box.x + cw / 2 - 11, y: box.y + ch / 2 - 7, w: 22, h: 15 })) && (
                <text x={box.x + cw / 2} y={box.y + ch / 2 + 4} text-anchor="middle" class="cell-number">
                  {Math.round(100 * s)}
                </text>
              )}
            </g>
          );
        })}
        <path d={stairs(e.line_b, f)} class="line-under" />
        <path d={stairs(e.line_a, f)} class="line-under" />
        <path d={stairs(e.line_a, f)} class="half" style={{ stroke: ink(e.x.party) }} />
        <path d={stairs(e.line_b, f)} class="half dashed" style={{ stroke: ink(e.y.party) }} />
        <path d={teeth(e.line_a, e.a, f)} class="teeth" style={{ stroke: ink(e.x.party) }} />
        <path d={teeth(e.line_b, e.b, f)} class="teeth" style={{ stroke: ink(e.y.party) }} />
        {diamonds.map((k) => (
          <path d={`M${k.x},${k.y - 6}l6,6 -6,6 -6,-6Z`} class="diamond" />
        ))}
        <Ticks e={e} f={f} />
        {lineWords.map((l) => (
          <text x={l.box.x + 2} y={l.box.y + 13} class="label halo" style={{ fill: ink(l.text.endsWith(names[0]) ? e.x.party : e.y.party, true) }}>
            {l.text}
          </text>
        ))}
        {labels.map((l) => (
          <text x={l.box.x + 2} y={l.box.y + 13} class="label light halo">{l.text}</text>
        ))}
        <text x={4} y={16} class="axis" style={{ fill: ink(e.y.party, true) }}>
          {shorten(`↑ ${e.y.label}${e.y.unit ? `, ${e.y.unit}` : ""}`, f.width - 8)}
        </text>
        <text x={f.width - M.right} y={f.height - 8} text-anchor="end" class="axis" style={{ fill: ink(e.x.party, true) }}>
          {shorten(`${e.x.label}${e.x.unit ? `, ${e.x.unit}` : ""} →`, f.width - M.right - 6)}
        </text>
      </svg>
      {unnamed.length > 0 && (
        <p class="caption">
          On one spot, or without room for a name: {unnamed.map((p) => `${list(p.map((k) => k.m.package))} at ${figure(e.x, p[0].m.x)} and ${figure(e.y, p[0].m.y)}`).join("; ")}.
        </p>
      )}
    </div>
  );
}

const meets50 = (e: Exchange) => e.a.some((a, k) => a !== null && a >= 0.5 && (e.b[k] ?? 0) >= 0.5);

/** What lies between the two lines, in a sentence or two. */
export function equation(v: View, e: Exchange): string {
  const names = [v.doc.parties[e.x.party].name, v.doc.parties[e.y.party].name];
  const meeting = e.a.map((a, k) => (a !== null && a >= 0.5 && (e.b[k] ?? 0) >= 0.5 ? k : -1)).filter((k) => k >= 0);
  const filled = e.a.filter((a) => a !== null).length;
  if (meeting.length > 0) {
    const best = Math.max(...meeting.map((k) => e.joint[k] ?? 0));
    return (
      `A zone lies between the lines: in ${meeting.length} of ${filled} cells half of the ${names[0]} worlds and half of the ` +
      `${names[1]} worlds each accept some package. The best single package there suits ${bothWords(v.doc)} in ${percent(best)}.`
    );
  }
  return `A gap lies between the lines: in no cell do half of the ${names[0]} worlds and half of the ${names[1]} worlds each accept a package.`;
}

function Numbers({ v, e }: { v: View; e: Exchange }) {
  const nx = e.x.edges.length - 1;
  const ny = e.y.edges.length - 1;
  const span = (a: Axis, i: number) =>
    a.values ? figure(a, a.values[i]) : `${figure(a, a.edges[i])}–${figure(a, a.edges[i + 1])}`;
  const values = layer.value === "a" ? e.a : layer.value === "b" ? e.b : e.joint;
  return (
    <details class="table">
      <summary>The same numbers as a table</summary>
      <div class="wide" tabIndex={0} role="region" aria-label="Exchange map as a table">
        <table class="matrix">
          <caption>
            Rows: {e.y.label}. Columns: {e.x.label}. Best share in percent.
          </caption>
          <thead>
            <tr>
              <td />
              {Array.from({ length: nx }, (_, i) => (
                <th scope="col">{span(e.x, i)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: ny }, (_, r) => ny - 1 - r).map((j) => (
              <tr>
                <th scope="row">{span(e.y, j)}</th>
                {Array.from({ length: nx }, (_, i) => (
                  <td>{values[j * nx + i] === null ? "–" : percent(values[j * nx + i])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="caption">
        <Num of={{ title: "The exchange map", statements: restsOn(v, v.doc.deciders) }}>What these rest on</Num>
      </p>
    </details>
  );
}

const measureWords: Record<string, string> = {
  importance: "what it is worth to the getter, on average",
  count: "how many parts",
  parts: "how many parts",
};

export function ExchangePanel({ v }: { v: View }) {
  const maps = v.account.exchange;
  if (!maps || maps.length === 0) return null;
  const e = maps.find((m) => m.measure === measure.value) ?? maps[0];
  const names = [v.doc.parties[e.x.party].name, v.doc.parties[e.y.party].name];
  const left = [...new Set([...e.x.left_out, ...e.y.left_out])].map((i) => v.doc.issues[i].name);
  return (
    <Panel id="exchange" topic="Exchange map: how much is given for how much" title={meets50(e) ? "A zone lies between the two sides' lines" : "A gap lies between the two sides' lines"} rows={() => exchangeRows(v)}>
      <p class="controls">
        <label>
          How much, measured by{" "}
          <select value={e.measure} onChange={(x) => (measure.value = (x.target as HTMLSelectElement).value)}>
            {maps.map((m) => (
              <option value={m.measure}>{measureWords[m.measure] && !m.x.unit && !m.y.unit ? measureWords[m.measure] : m.measure}</option>
            ))}
          </select>
        </label>{" "}
        <label>
          Shade by{" "}
          <select value={layer.value} onChange={(x) => (layer.value = (x.target as HTMLSelectElement).value as "joint")}>
            <option value="joint">{bothWords(v.doc)}</option>
            <option value="a">{names[0]}</option>
            <option value="b">{names[1]}</option>
          </select>
        </label>
      </p>
      <figure>
        <Map v={v} e={e} />
        <figcaption>
          <p>
            <b>{equation(v, e)}</b>
          </p>
          <p class="caption">
            Each cell: the best share, in percent, that any one package which gives and gets that much has. Hatched:
            no package. Each line is where half of that side's worlds begin to accept;
            its teeth point to where they do.
            {left.length > 0 && ` Not measured this way: ${list(left)}.`}
            {!e.complete && " The space is too large to look at every package: cells may be too low."}
          </p>
        </figcaption>
      </figure>
      <Numbers v={v} e={e} />
    </Panel>
  );
}
