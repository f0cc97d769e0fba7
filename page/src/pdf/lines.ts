// Lines and words out of what pdf.js finds on a page: no browser is needed for this.

/** A run of signs as pdf.js gives it; marks of structure have no `str`. */
export interface Run {
  str?: string;
  hasEOL?: boolean;
  /** The last two: where it stands, in points from the lower left. */
  transform?: number[];
  height?: number;
}
interface Line {
  text: string;
  y: number;
  height: number;
}

/** A page's lines; an empty one where more than a line's room is left, or where the next column begins. */
export function pageText(runs: Run[]): string {
  const lines: Line[] = [];
  let line: Line | null = null;
  const end = () => {
    if (line && line.text.trim() !== "") lines.push({ ...line, text: line.text.replace(/[ \t\u00a0]+/g, " ").trim() });
    line = null;
  };
  for (const run of runs) {
    if (run.str) {
      line ??= { text: "", y: run.transform?.[5] ?? 0, height: 0 };
      line.text += run.str;
      if (run.str.trim() !== "") line.height = Math.max(line.height, run.height ?? 0);
    }
    if (run.hasEOL) end();
  }
  end();
  return lines.map((l, i) => {
    const before = lines[i - 1];
    const gap = before ? before.y - l.y : 0;
    const room = before ? Math.max(before.height, l.height) || 12 : 0;
    const apart = before !== undefined && (gap > 1.7 * room || gap < -room);
    return `${i === 0 ? "" : apart ? "\n\n" : "\n"}${l.text}`;
  }).join("");
}

const WORD = /\p{L}+(?:-\p{L}+)*/gu;

/**
 * Words that a line's end has broken are joined where that is certain: at a soft hyphen, or where the same text has
 * the word whole and nowhere with its hyphen. Others are left: quotes are found across them all the same.
 */
export function joinBroken(text: string): string {
  const known = new Set<string>();
  for (const [word] of text.replace(/\p{L}+-\n\p{L}+/gu, " ").matchAll(WORD)) known.add(word.toLowerCase());
  return text
    .replace(/\u00ad\n(\p{L}+[^\s\p{L}]*)[ ]?/gu, "$1\n")
    .replace(/\u00ad/g, "")
    .replace(/(\p{L}+)-\n(\p{Ll}+)([^\s\p{L}-]*)(?![\p{L}-])[ ]?/gu, (all, a: string, b: string, rest: string) => {
      const [whole, parted] = [`${a}${b}`.toLowerCase(), `${a}-${b}`.toLowerCase()];
      return known.has(whole) && !known.has(parted) ? `${a}${b}${rest}\n` : all;
    });
}

/** All pages: a form feed stands before each further one, as in what pdftotext writes. */
export const together = (pages: string[]): string => `${joinBroken(pages.join("\n\f\n"))}\n`;

/** "3, 5 to 7": the pages (from 1) that hold no text. */
export function emptyPages(pages: string[]): string {
  const empty = pages.flatMap((p, i) => (p.trim() === "" ? [i + 1] : []));
  const runs: number[][] = [];
  for (const n of empty) {
    const last = runs[runs.length - 1];
    if (last && last[last.length - 1] === n - 1) last.push(n);
    else runs.push([n]);
  }
  return runs.map((r) => (r.length > 1 ? `${r[0]} to ${r[r.length - 1]}` : String(r[0]))).join(", ");
}
