// Where a statement's words stand in its source, as `check` compares them (docs/FORMAT.md, 4): kinds of spaces,
// dashes and quotation marks, forms that look alike, what is not seen, hyphens at line ends, bullets and marks of
// emphasis are all one; `[...]` and `…` stand for what was left out.

export interface Span {
  from: number;
  to: number;
}
interface Folded {
  /** Compared text. */
  text: string;
  /** For each of its signs where it stood; one more for the end. */
  at: Uint32Array;
}

const UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]/u;

/** The text as it is compared, with places. O(length). */
export function fold(text: string): Folded {
  const out: string[] = [];
  const places: number[] = [];
  let space = true;
  const put = (c: string, i: number) => {
    out.push(c);
    for (let k = 0; k < c.length; k++) places.push(i);
  };
  for (let i = 0; i < text.length; ) {
    const c = String.fromCodePoint(text.codePointAt(i)!);
    const here = i;
    i += c.length;
    if (UNSEEN.test(c) || c === "*" || c === "_" || c === "•" || c === "·") continue;
    // A word parted at a line's end.
    if ((c === "-" || c === "\u2010") && /^[ \t]*\n\s*\p{L}/u.test(text.slice(i, i + 80)) && out.length > 0 && !space) {
      while (/\s/.test(text[i])) i++;
      continue;
    }
    if (/\s/u.test(c)) {
      if (!space) put(" ", here);
      space = true;
      continue;
    }
    if (c === ">" && (space || out.length === 0)) continue;
    space = false;
    if (/[\p{Pd}\u2212]/u.test(c)) put("-", here);
    else if (/["'`´\u2018-\u201f\u00ab\u00bb\u2039\u203a]/u.test(c)) put("'", here);
    else put(c.normalize("NFKC"), here);
  }
  places.push(text.length);
  return { text: out.join(""), at: Uint32Array.from(places) };
}

const isWord = (c: string | undefined): boolean => c !== undefined && /[\p{L}\p{N}]/u.test(c);

/** All places of one piece from `start` on, as whole words. */
function* places(hay: string, piece: string, start: number, first: boolean): Generator<number> {
  const heads = first ? [piece[0].toLowerCase(), piece[0].toUpperCase()] : [piece[0]];
  const rest = piece.slice(1);
  for (let at = start; at <= hay.length - piece.length; at++) {
    if (heads.includes(hay[at]) && hay.startsWith(rest, at + 1) &&
        !(isWord(piece[0]) && isWord(hay[at - 1])) && !(isWord(piece[piece.length - 1]) && isWord(hay[at + piece.length]))) yield at;
  }
}

/** Where the words stand: every place, in order. At most `most`. */
export function findWords(source: Folded, words: string, most = 20): Span[] {
  const pieces = words.replace(/\[(\p{L})\]/u, "$1").split(/\[\s*(?:\.\.\.|…)\s*\]|…|\.\.\./u)
    .map((p) => fold(p).text.trim()).filter(Boolean);
  if (pieces.length === 0) return [];
  pieces[pieces.length - 1] = pieces[pieces.length - 1].replace(/\.$/, "");
  if (!pieces[pieces.length - 1]) return [];
  const found: Span[] = [];
  for (const start of places(source.text, pieces[0], 0, true)) {
    let end = start + pieces[0].length;
    let there = true;
    for (const piece of pieces.slice(1)) {
      const next = places(source.text, piece, end, false).next();
      if (next.done) {
        there = false;
        break;
      }
      end = next.value + piece.length;
    }
    if (there) found.push({ from: source.at[start], to: source.at[end - 1] + 1 });
    if (found.length >= most) break;
  }
  return found;
}
