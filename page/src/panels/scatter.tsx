// The deals scatter: x and y are shares of worlds that accept, always 0 to 100%.
import { useMemo, useState } from "preact/hooks";
import { ink } from "../color";
import { DESCRIBED, FRONTIER, type DealRow, type Picture } from "../data";
import { placeLabels, textWidth, useWidth, type Box, type Wish } from "../size";
import type { View } from "../state";
import { bothWords, outcomeWords, packageName, percent, shareOf, shareWords } from "../words";

export interface Point {
  row: DealRow;
  x: number;
  y: number;
}

export function pointsOf(p: Picture, a: number, b: number): Point[] {
  return p.deals.map((row) => ({ row, x: shareOf(p, row, a), y: shareOf(p, row, b) }));
}

const MARGIN = { left: 46, right: 22, top: 30, bottom: 50 };
const LEVELS = [0.1, 0.25, 0.5];

interface Frame {
  width: number;
  height: number;
  sx: (v: number) => number;
  sy: (v: number) => number;
}

function frameOf(width: number, paper: boolean): Frame {
  // On paper the answer, the accounts and the chart share a sheet.
  const height = paper ? 330 : Math.round(Math.max(280, Math.min(width * 0.72, 1100, Math.max(330, innerHeight * 0.5))));
  return {
    width,
    height,
    sx: (v) => MARGIN.left + v * (width - MARGIN.right - MARGIN.left),
    sy: (v) => height - MARGIN.bottom - v * (height - MARGIN.bottom - MARGIN.top),
  };
}

function Axes({ f, names, pair }: { f: Frame; names: [string, string]; pair: [number, number] }) {
  const ticks = f.width < 420 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  const yWords = `↑ accepted by ${names[1]}, share of worlds`;
  const xWords = `accepted by ${names[0]}, share of worlds →`;
  const fits = (t: string) => textWidth(t, 13, 600) < f.width - 10;
  return (
    <g class="axes">
      {ticks.map((t) => (
        <g key={t}>
          <line x1={f.sx(t)} x2={f.sx(t)} y1={f.sy(0)} y2={f.sy(1)} class="grid" />
          <line x1={f.sx(0)} x2={f.sx(1)} y1={f.sy(t)} y2={f.sy(t)} class="grid" />
          <text x={f.sx(t)} y={f.sy(0) + 18} text-anchor="middle" class="tick">{t * 100}%</text>
          <text x={MARGIN.left - 8} y={f.sy(t) + 4} text-anchor="end" class="tick">{t * 100}%</text>
        </g>
      ))}
      <text x={4} y={14} class="axis" style={{ fill: ink(pair[1], true) }}>
        {fits(yWords) ? yWords : `↑ ${names[1]} accepts`}
      </text>
      <text x={f.width - MARGIN.right} y={f.height - 8} text-anchor="end" class="axis" style={{ fill: ink(pair[0], true) }}>
        {fits(xWords) ? xWords : `${names[0]} accepts →`}
      </text>
    </g>
  );
}

/** Where the product of the two shares is 10, 25 and 50%: the same chance to suit both. */
function Contours({ f, words, taken }: { f: Frame; words: string; taken: Box[] }) {
  return (
    <g class="contours">
      {LEVELS.map((level) => {
        const xs = Array.from({ length: 41 }, (_, i) => level + ((1 - level) * i) / 40);
        const text = `${words} ${level * 100}%`;
        const w = textWidth(text, 12);
        const spot = [0.99, 0.9, 0.8, 0.7]
          .map((x) => ({ x: f.sx(x) - w, y: f.sy(level / x) - 19, w: w + 2, h: 16 }))
          .find((s) => s.x > f.sx(level) && !taken.some((t) => s.x < t.x + t.w && t.x < s.x + s.w && s.y < t.y + t.h && t.y < s.y + s.h));
        if (spot) taken.push(spot);
        return (
          <g key={level}>
            <path d={`M${xs.map((x) => `${f.sx(x)},${f.sy(level / x)}`).join("L")}`} class="contour" />
            {spot && <text x={spot.x} y={spot.y + 12} class="tick halo">{text}</text>}
          </g>
        );
      })}
    </g>
  );
}

/** Where others are asked too, a point of the frontier may be beaten in these two shares: the line leaves it out. */
function frontierPath(f: Frame, points: Point[]): string {
  const all = points.filter((p) => p.row[1] & FRONTIER);
  const on = all
    .filter((p) => !all.some((q) => q.x >= p.x && q.y >= p.y && (q.x > p.x || q.y > p.y)))
    .sort((a, b) => a.x - b.x);
  if (on.length === 0) return "";
  const path: string[] = [`M${f.sx(0)},${f.sy(on[0].y)}`];
  on.forEach((p, i) => {
    path.push(`H${f.sx(p.x)}`);
    path.push(`V${f.sy(i + 1 < on.length ? on[i + 1].y : 0)}`);
  });
  return path.join("");
}

function Mark({ p, f }: { p: Point; f: Frame }) {
  const x = f.sx(p.x);
  const y = f.sy(p.y);
  if (p.row[1] & DESCRIBED) {
    return <path d={`M${x},${y - 6.5}l6.5,6.5 -6.5,6.5 -6.5,-6.5Z`} class="diamond" />;
  }
  return p.row[1] & FRONTIER ? (
    <circle cx={x} cy={y} r={4} class="dot" />
  ) : (
    <circle cx={x} cy={y} r={3} class="ring" />
  );
}

/** Described packages so near to each other that their marks meet share one label. */
function clusters(points: Point[], f: Frame): Point[][] {
  const found: Point[][] = [];
  points.forEach((p) => {
    const near = found.find((c) => Math.hypot(f.sx(c[0].x) - f.sx(p.x), f.sy(c[0].y) - f.sy(p.y)) < 12);
    if (near) near.push(p);
    else found.push([p]);
  });
  return found;
}

function wishes(v: View, points: Point[], f: Frame): Wish[] {
  const best = v.picture!.deals[0];
  const named = points
    .filter((p) => p.row[1] & DESCRIBED && p.row !== best)
    .sort((a, b) => b.row[2] - a.row[2]);
  const first = points.find((p) => p.row === best);
  const name = (p: Point) => (packageName(v.doc, p.row) ?? "").split(",")[0];
  const at = (p: Point, text: string) => ({ x: f.sx(p.x), y: f.sy(p.y), radius: 7, weight: 600, text });
  return [
    ...(first ? [at(first, `best single package ${percent(best[2])}`)] : []),
    ...clusters(named, f).map((c) =>
      at(c[0], c.length === 1 ? `${name(c[0])} ${percent(c[0].row[2])}` : `${name(c[0])} and ${c.length - 1} more`),
    ),
  ];
}

/** The marks that arrow keys visit: the frontier from left to right, then what was described. */
function walkOf(points: Point[]): Point[] {
  const front = points.filter((p) => p.row[1] & FRONTIER).sort((a, b) => a.x - b.x || b.y - a.y);
  const described = points.filter((p) => p.row[1] & DESCRIBED && !(p.row[1] & FRONTIER));
  return [...front, ...described.sort((a, b) => a.x - b.x)];
}

interface Props {
  v: View;
  points: Point[];
  pair: [number, number];
  row: DealRow;
  onPick: (row: DealRow) => void;
  onOpen: (row: DealRow) => void;
}

function describe(v: View, row: DealRow, pair: [number, number]): string {
  const name = packageName(v.doc, row);
  const p = v.picture!;
  return (
    `${name ? `${name}: ` : ""}${outcomeWords(v.doc, row[0])}. ` +
    `${pair.map((x) => shareWords(v.doc, p, row, x)).join("; ")}; ` +
    `${bothWords(v.doc)} in ${percent(row[2])}.`
  );
}

function Tip({ at, f, text }: { at: Point; f: Frame; text: string }) {
  const left = f.sx(at.x);
  const wide = Math.min(300, f.width - 16);
  const x = Math.max(4, Math.min(left + 14 + wide > f.width ? left - wide - 14 : left + 14, f.width - wide - 4));
  const below = f.sy(at.y) < f.height / 2;
  return (
    <div
      class="tip"
      aria-hidden="true"
      style={{
        left: `${x}px`,
        width: `${wide}px`,
        ...(below ? { top: `${f.sy(at.y) + 14}px` } : { bottom: `${f.height - f.sy(at.y) + 14}px` }),
      }}
    >
      {text}
    </div>
  );
}

export function Scatter({ v, points, pair, row, onPick, onOpen }: Props) {
  const { ref, width, paper } = useWidth(640);
  const [over, setOver] = useState<Point | null>(null);
  const [focus, setFocus] = useState(false);
  const f = useMemo(() => frameOf(width, paper), [width, paper]);
  const walk = useMemo(() => walkOf(points), [points]);
  const names: [string, string] = [v.doc.parties[pair[0]].name, v.doc.parties[pair[1]].name];
  const two = v.doc.deciders.length === 2;
  const drawn = useMemo(() => {
    const order = [...points].sort((a, b) => (a.row[1] & 3) - (b.row[1] & 3));
    const solid: Box[] = points
      .filter((p) => p.row[1] & 3)
      .map((p) => ({ x: f.sx(p.x) - 5, y: f.sy(p.y) - 5, w: 10, h: 10 }));
    const frame = { x: MARGIN.left + 1, y: MARGIN.top - 8, w: f.width - MARGIN.left - 3, h: f.height - MARGIN.top - MARGIN.bottom + 8 };
    const described = wishes(v, points, f);
    const labels = placeLabels(described, frame, solid);
    const taken = [...labels.map((l) => l.box), ...solid];
    const rings: Box[] = points
      .filter((p) => !(p.row[1] & 3))
      .map((p) => ({ x: f.sx(p.x) - 3, y: f.sy(p.y) - 3, w: 6, h: 6 }));
    const unnamed = described.filter((w) => !labels.some((l) => l.text === w.text));
    return { order, labels, unnamed, path: two ? frontierPath(f, points) : "", taken: [...taken, ...rings] };
  }, [points, f, v]);
  const here = points.find((p) => p.row === row) ?? null;
  const shown = over ?? (focus ? here : null);

  const near = (e: PointerEvent): Point | null => {
    const box = (e.currentTarget as Element).getBoundingClientRect();
    const x = e.clientX - box.left;
    const y = e.clientY - box.top;
    let best: Point | null = null;
    let least = 24 * 24;
    for (const p of points) {
      const bonus = p.row[1] & DESCRIBED ? 0.5 : p.row[1] & FRONTIER ? 0.7 : 1;
      const d = ((f.sx(p.x) - x) ** 2 + (f.sy(p.y) - y) ** 2) * bonus;
      if (d < least) [best, least] = [p, d];
    }
    return best;
  };

  const onKey = (e: KeyboardEvent) => {
    const at = walk.findIndex((p) => p.row === row);
    const step: Record<string, number> = {
      ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
      Home: 0, End: walk.length - 1,
    };
    if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      onOpen(row);
    } else if (e.key in step && walk.length > 0) {
      e.preventDefault();
      setOver(null);
      onPick(walk[Math.max(0, Math.min(walk.length - 1, at < 0 ? 0 : step[e.key]))].row);
    } else if (e.key === "Escape") {
      setOver(null);
      setFocus(false);
    }
  };

  const contours = two && v.doc.parties.length > 0;
  return (
    <>
      <div ref={ref} class="plot">
        <div
          class="plot-focus"
          tabIndex={0}
          role="listbox"
          aria-label={`Packages: the frontier, then those described. ${walk.length} to walk with the arrow keys; Enter shows what a number rests on.`}
          aria-activedescendant={here ? `deal-${here.row[0]}` : undefined}
          onKeyDown={onKey}
          onFocus={() => setFocus(true)}
          onBlur={() => setFocus(false)}
          onPointerMove={(e) => setOver(near(e))}
          onPointerLeave={() => setOver(null)}
          onClick={(e) => {
            const p = near(e as unknown as PointerEvent);
            if (p) onPick(p.row);
          }}
        >
          <svg width={f.width} height={f.height} viewBox={`0 0 ${f.width} ${f.height}`} aria-hidden="true" focusable="false">
            <Axes f={f} names={names} pair={pair} />
            {contours && <Contours f={f} words={bothWords(v.doc)} taken={drawn.taken} />}
            {drawn.path && <path d={drawn.path} class="frontier" />}
            {drawn.order.map((p) => (
              <Mark key={p.row[0]} p={p} f={f} />
            ))}
            {here && <circle cx={f.sx(here.x)} cy={f.sy(here.y)} r={10} class="chosen" />}
            {drawn.labels.map((l) => (
              <text x={l.box.x + 2} y={l.box.y + 13} class="label halo">{l.text}</text>
            ))}
          </svg>
          {walk.map((p) => (
            <div
              role="option"
              class="hidden"
              id={`deal-${p.row[0]}`}
              aria-selected={p.row === row}
              aria-label={describe(v, p.row, pair)}
            />
          ))}
          {here && !walk.includes(here) && (
            <div role="option" class="hidden" id={`deal-${here.row[0]}`} aria-selected aria-label={describe(v, here.row, pair)} />
          )}
        </div>
        {shown && <Tip at={shown} f={f} text={describe(v, shown.row, pair)} />}
      </div>
      {drawn.unnamed.length > 0 && <p class="caption">Described, without room for a name: {drawn.unnamed.map((w) => w.text).join("; ")}.</p>}
    </>
  );
}
