// A panel as a vector picture: its words, boxes, lines and figures as they stand on the screen, drawn anew as
// plain SVG (no HTML inside), so that word processors and drawing programs can open it. O(words).

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 16;
/** What is for the hand, not for the eye. */
const SKIPPED = ".no-print, .hidden, .tip, .controls, .effect .plain, .day .plain, .branches .plain, details:not([open]), script, style, defs";
/** Of a figure's elements, what paints them. */
const PAINT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "opacity",
  "font-family", "font-size", "font-weight", "text-anchor", "paint-order"];

export interface Drawn {
  svg: string;
  width: number;
  height: number;
}

type Box = { left: number; top: number; width: number; height: number };

/** Characters that no XML may hold. */
const allowed = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
const seen = (color: string) => color !== "" && color !== "transparent" && !/^rgba\(.*,\s*0\)$|\/\s*0\)$/.test(color);
const round = (x: number) => String(Math.round(100 * x) / 100);

class Canvas {
  private readonly out: Element[] = [];
  private readonly measure = document.createElement("canvas").getContext("2d");

  constructor(private readonly origin: DOMRect) {}

  private add(name: string, attributes: Record<string, string | number>): Element {
    const e = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([k, v]) => e.setAttribute(k, typeof v === "number" ? round(v) : v));
    this.out.push(e);
    return e;
  }

  private at = (box: Box) => ({ x: box.left - this.origin.left + MARGIN, y: box.top - this.origin.top + MARGIN });

  /** Ground and edges of an element, or of what stands before or after its words. */
  box(box: Box, style: CSSStyleDeclaration): void {
    const { x, y } = this.at(box);
    const { width, height } = box;
    const fill = seen(style.backgroundColor) ? style.backgroundColor : null;
    if (fill && width > 0 && height > 0) {
      this.add("rect", { x, y, width, height, rx: parseFloat(style.borderTopLeftRadius) || 0, fill });
    }
    // Of grounds that are not one colour there are lines through the middle, and hatching.
    const first = /rgba?\([^)]*\)|color\([^)]*\)/.exec(style.backgroundImage)?.[0];
    if (first && style.backgroundSize.includes("1px")) {
      this.add("rect", { x, y: y + height / 2 - 0.5, width, height: 1, fill: first });
    } else if (first) {
      this.add("rect", { x, y, width, height, fill: first, "fill-opacity": 0.6 });
    }
    const edges = (["Top", "Right", "Bottom", "Left"] as const).map((side) => ({
      side,
      width: parseFloat(style[`border${side}Width`]) || 0,
      color: style[`border${side}Color`],
      style: style[`border${side}Style`],
    }));
    // A box that is all edge, of which one side has a colour: the point of an arrow.
    if (edges[3].width + edges[1].width >= width && width > 0 && seen(edges[3].color) && !seen(edges[0].color)) {
      this.add("path", { d: `M${round(x)},${round(y)}L${round(x + width)},${round(y + height / 2)}L${round(x)},${round(y + height)}Z`, fill: edges[3].color });
      return;
    }
    for (const e of edges) {
      if (e.width <= 0 || e.style === "none" || e.style === "hidden" || !seen(e.color)) continue;
      const h = e.width / 2;
      const ends = {
        Top: [x, y + h, x + width, y + h], Bottom: [x, y + height - h, x + width, y + height - h],
        Left: [x + h, y, x + h, y + height], Right: [x + width - h, y, x + width - h, y + height],
      }[e.side];
      this.add("line", {
        x1: ends[0], y1: ends[1], x2: ends[2], y2: ends[3], stroke: e.color, "stroke-width": e.style === "double" ? e.width / 2 : e.width,
        ...(e.style === "dashed" || e.style === "dotted" ? { "stroke-dasharray": "4 3" } : {}),
      });
    }
  }

  words(text: string, box: Box, style: CSSStyleDeclaration): void {
    if (!text.trim()) return;
    const size = parseFloat(style.fontSize);
    const m = this.measure;
    if (m) m.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const t = m?.measureText(text);
    const [up, down] = [t?.fontBoundingBoxAscent ?? 0.93 * size, t?.fontBoundingBoxDescent ?? 0.24 * size];
    const { x, y } = this.at(box);
    const rtl = style.direction === "rtl";
    const e = this.add("text", {
      x: rtl ? x + box.width : x, y: y + (box.height - up - down) / 2 + up, fill: style.color, "font-family": style.fontFamily.replace(/"/g, "'"),
      "font-size": size, "font-weight": style.fontWeight, "xml:space": "preserve",
      ...(style.fontStyle === "normal" ? {} : { "font-style": style.fontStyle }), ...(rtl ? { direction: "rtl" } : {}),
      ...(box.width > 0 ? { textLength: box.width, lengthAdjust: "spacingAndGlyphs" } : {}),
    });
    e.textContent = allowed(text);
  }

  figure(svg: SVGSVGElement): void {
    const copy = svg.cloneNode(true) as SVGSVGElement;
    const [from, to] = [[...svg.querySelectorAll("*")], [...copy.querySelectorAll("*")]];
    from.forEach((e, i) => {
      const style = getComputedStyle(e);
      PAINT.forEach((name) => {
        const value = style.getPropertyValue(name).replace(/url\("?[^"#)]*#([^")]*)"?\)/, "url(#$1)").replace(/"/g, "'");
        if (value) to[i].setAttribute(name, value);
      });
      ["class", "style"].forEach((name) => to[i].removeAttribute(name));
      if (to[i].tagName === "text") to[i].textContent = allowed(to[i].textContent ?? "");
    });
    const box = svg.getBoundingClientRect();
    const { x, y } = this.at(box);
    Object.entries({ x: round(x), y: round(y), width: round(box.width), height: round(box.height), overflow: "visible" })
      .forEach(([k, v]) => copy.setAttribute(k, v));
    ["class", "style", "aria-hidden", "focusable"].forEach((name) => copy.removeAttribute(name));
    this.out.push(copy);
  }

  done(title: string, width: number, height: number, ground: string): string {
    const svg = document.createElementNS(SVG, "svg");
    Object.entries({ width: round(width), height: round(height), viewBox: `0 0 ${round(width)} ${round(height)}`, role: "img" })
      .forEach(([k, v]) => svg.setAttribute(k, v));
    const name = document.createElementNS(SVG, "title");
    name.textContent = allowed(title);
    const paper = document.createElementNS(SVG, "rect");
    Object.entries({ width: "100%", height: "100%", fill: ground }).forEach(([k, v]) => paper.setAttribute(k, v));
    svg.append(name, paper, ...this.out);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
  }
}

/** The lines of a text, each with the room it takes: words of one height stand in one line. */
function linesOf(node: Text): { text: string; box: Box }[] {
  const found: { text: string; box: Box }[] = [];
  const range = document.createRange();
  const add = (text: string, r: DOMRect) => {
    if (r.width === 0) return;
    const last = found[found.length - 1];
    if (last && Math.abs(last.box.top - r.top) < 3) {
      const left = Math.min(last.box.left, r.left);
      last.text += ` ${text}`;
      last.box = { ...last.box, left, width: Math.max(last.box.left + last.box.width, r.right) - left };
    } else {
      found.push({ text, box: { left: r.left, top: r.top, width: r.width, height: r.height } });
    }
  };
  for (const word of node.data.matchAll(/\S+/g)) {
    range.setStart(node, word.index!);
    range.setEnd(node, word.index! + word[0].length);
    const rects = range.getClientRects();
    if (rects.length < 2) {
      add(word[0], range.getBoundingClientRect());
      continue;
    }
    // A word that is broken over lines: sign by sign.
    let part = "";
    let box: DOMRect | null = null;
    for (let i = 0; i < word[0].length; i++) {
      range.setStart(node, word.index! + i);
      range.setEnd(node, word.index! + i + 1);
      const r = range.getBoundingClientRect();
      if (box && Math.abs(box.top - r.top) > 3) {
        add(part, box);
        [part, box] = ["", null];
      }
      part += word[0][i];
      box = box ? new DOMRect(Math.min(box.left, r.left), box.top, Math.max(box.right, r.right) - Math.min(box.left, r.left), box.height) : r;
    }
    if (box) add(part, box);
  }
  return found;
}

function beside(canvas: Canvas, e: Element, style: CSSStyleDeclaration): void {
  const rects = e.getClientRects();
  if (e.tagName === "Q" && rects.length > 0) {
    const [a, b] = [rects[0], rects[rects.length - 1]];
    canvas.words("“", { left: a.left, top: a.top, width: 0, height: a.height }, style);
    canvas.words("”", { left: b.right - 0.45 * parseFloat(style.fontSize), top: b.top, width: 0, height: b.height }, style);
  }
  if (e.tagName === "LI" && style.listStyleType !== "none") {
    const box = e.getBoundingClientRect();
    const size = parseFloat(style.fontSize);
    const sign = style.listStyleType === "decimal" ? `${[...e.parentElement!.children].indexOf(e) + 1}.` : "•";
    canvas.words(sign, { left: box.left - (sign === "•" ? 0.9 : 1.5) * size, top: box.top, width: 0, height: 1.45 * size }, style);
  }
  for (const which of ["::before", "::after"]) {
    const s = getComputedStyle(e, which);
    if (s.content === "none" || s.position !== "absolute") continue;
    if (["left", "top", "width", "height"].some((k) => Number.isNaN(parseFloat(s[k as "left"])))) continue;
    const box = e.getBoundingClientRect();
    const edge = (a: string, b: string) => (parseFloat(s[a as "left"]) || 0) + (parseFloat(s[b as "left"]) || 0);
    canvas.box({
      left: box.left + parseFloat(s.left), top: box.top + parseFloat(s.top),
      width: s.boxSizing === "border-box" ? parseFloat(s.width) : parseFloat(s.width) + edge("borderLeftWidth", "borderRightWidth"),
      height: s.boxSizing === "border-box" ? parseFloat(s.height) : parseFloat(s.height) + edge("borderTopWidth", "borderBottomWidth"),
    }, s);
  }
}

function draw(canvas: Canvas, node: Node): void {
  if (node instanceof Text) {
    const style = getComputedStyle(node.parentElement!);
    linesOf(node).forEach((l) => canvas.words(l.text, l.box, style));
    return;
  }
  if (!(node instanceof Element) || node.matches(SKIPPED) || !node.checkVisibility()) return;
  if (node instanceof SVGSVGElement) {
    canvas.figure(node);
    return;
  }
  const style = getComputedStyle(node);
  canvas.box(node.getBoundingClientRect(), style);
  if (node instanceof HTMLInputElement) {
    if (node.checked) canvas.words(node.type === "radio" ? "◉" : "☑", node.getBoundingClientRect(), style);
    else canvas.words(node.type === "radio" ? "○" : "☐", node.getBoundingClientRect(), style);
    return;
  }
  beside(canvas, node, style);
  node.childNodes.forEach((child) => draw(canvas, child));
}

/** The panel as it stands, on white. While it is measured it is laid out without scrolling; nothing is painted. */
export function pictureOf(section: HTMLElement, title: string): Drawn {
  section.classList.add("taking");
  try {
    const origin = section.getBoundingClientRect();
    const canvas = new Canvas(origin);
    section.childNodes.forEach((child) => draw(canvas, child));
    const [width, height] = [origin.width + 2 * MARGIN, origin.height + 2 * MARGIN];
    return { svg: canvas.done(title, width, height, "#ffffff"), width, height };
  } finally {
    section.classList.remove("taking");
  }
}

/** The same in dots, two for each pixel of the screen where that is not more than a canvas holds. */
export async function dotsOf({ svg, width, height }: Drawn): Promise<Blob> {
  const scale = Math.min(2, 16000 / Math.max(width, height), Math.sqrt(1e8 / (width * height)));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((there, gone) => canvas.toBlob((b) => (b ? there(b) : gone(new Error("no picture could be made"))), "image/png"));
}
