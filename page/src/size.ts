import { options } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** What a sheet of A4 or Letter has between its margins. */
const PAPER = 660;

/** Draw now, not with the next frame: paper is laid out right after `beforeprint`. */
function atOnce(draw: () => void) {
  const later = options.debounceRendering;
  options.debounceRendering = (render) => render();
  draw();
  options.debounceRendering = later;
}

/** What was changed is drawn. */
export const nextTick = () => new Promise<void>((r) => requestAnimationFrame(() => setTimeout(r)));

/** A phone, or a window as narrow. */
export function useNarrow(): boolean {
  const [narrow, set] = useState(() => matchMedia("(max-width: 699px)").matches);
  useLayoutEffect(() => {
    const query = matchMedia("(max-width: 699px)");
    const read = () => set(query.matches);
    query.addEventListener("change", read);
    return () => query.removeEventListener("change", read);
  }, []);
  return narrow;
}

/** The width of an element in CSS pixels, so that text in a figure keeps its size. */
export function useWidth(start: number) {
  const ref = useRef<HTMLDivElement>(null);
  const [width, set] = useState(start);
  const [paper, setPaper] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    let printing = false;
    const read = () => {
      if (printing) return;
      const now = Math.floor(element.getBoundingClientRect().width);
      if (now > 0) set(Math.max(240, now));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    const before = () => {
      printing = true;
      atOnce(() => {
        set((now) => Math.min(now, PAPER));
        setPaper(true);
      });
    };
    const after = () => {
      printing = false;
      setPaper(false);
      read();
    };
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      observer.disconnect();
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  return { ref, width, paper };
}

let canvas: CanvasRenderingContext2D | null = null;
let family = "";
/** To ask for the page's font lays the page out; the same words stand in the figure after every switch. */
const widths = new Map<string, number>();

export function textWidth(text: string, size: number, weight = 400): number {
  canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return text.length * size * 0.6;
  const key = `${weight} ${size} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  family ||= getComputedStyle(document.body).fontFamily;
  canvas.font = `${weight} ${size}px ${family}`;
  const width = canvas.measureText(text).width;
  if (widths.size > 5000) widths.clear();
  widths.set(key, width);
  return width;
}

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}
export interface Wish {
  x: number;
  y: number;
  radius: number;
  text: string;
  weight?: number;
}
export interface Placed extends Wish {
  box: Box;
}

export const meets = (a: Box, b: Box) =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** Labels beside their marks, first wishes first; one that finds no free place is not drawn. */
export function placeLabels(wishes: Wish[], frame: Box, taken: Box[], size = 13): Placed[] {
  const placed: Placed[] = [];
  const blocks = [...taken];
  for (const wish of wishes) {
    const w = textWidth(wish.text, size, wish.weight) + 4;
    const h = size + 5;
    const gap = wish.radius + 4;
    const spots: Box[] = [
      { x: wish.x + gap, y: wish.y - h / 2, w, h },
      { x: wish.x - gap - w, y: wish.y - h / 2, w, h },
      { x: wish.x + gap, y: wish.y - h - 3, w, h },
      { x: wish.x + gap, y: wish.y + 3, w, h },
      { x: wish.x - gap - w, y: wish.y - h - 3, w, h },
      { x: wish.x - gap - w, y: wish.y + 3, w, h },
      { x: wish.x - w / 2, y: wish.y - gap - h, w, h },
      { x: wish.x - w / 2, y: wish.y + gap, w, h },
    ];
    const free = spots.find(
      (s) =>
        s.x >= frame.x && s.y >= frame.y && s.x + w <= frame.x + frame.w &&
        s.y + h <= frame.y + frame.h && !blocks.some((b) => meets(s, b)),
    );
    if (free) {
      blocks.push(free);
      placed.push({ ...wish, box: free });
    }
  }
  return placed;
}
