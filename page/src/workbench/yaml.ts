// Reading a case's text with places, and writing values as a person would. What YAML is, the package `yaml`
// knows; what is here keeps a text as it was: every act is a list of patches, and no patch touches a line that
// the act is not about. Places are in UTF-16 units of the words, whose lines end in line feeds (editor/form.ts).
import { isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";

export interface Patch {
  from: number;
  to: number;
  insert: string;
}
export type Value = string | number | boolean | Value[] | { [key: string]: Value | undefined };
export type MapNode = YAMLMap<Scalar, Node>;
export type SeqNode = YAMLSeq<Node>;
type MapPair = Pair<Scalar, Node>;

export interface Tree {
  text: string;
  root: MapNode | null;
  /** What stops the text from being read at all, in words, with its line; null where nothing does. */
  fault: { line: number; message: string } | null;
}

/** The widest line that is written. */
export const WIDTH = 100;

export function read(text: string): Tree {
  // Plain text only: `no`, `1` and dates are words in this format.
  const doc = parseDocument(text, { schema: "failsafe", version: "1.2", uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  const first = doc.errors[0];
  const fault = first
    ? { line: text.slice(0, first.pos[0]).split("\n").length, message: first.message.replace(/ at line.*$/s, "") }
    : doc.contents && !isMap(doc.contents) ? { line: 1, message: "the case is no map" } : null;
  return { text, root: isMap(doc.contents) ? (doc.contents as MapNode) : null, fault };
}

// ---- Looking ---------------------------------------------------------------------------------

export const asMap = (node: unknown): MapNode | null => (isMap(node) ? (node as MapNode) : null);
export const asSeq = (node: unknown): SeqNode | null => (isSeq(node) ? (node as SeqNode) : null);
export const asScalar = (node: unknown): Scalar | null => (isScalar(node) ? node : null);
export const keyOf = (pair: MapPair): string => String(pair.key?.value ?? "");
export const pairOf = (map: MapNode | null, key: string): MapPair | null =>
  (map?.items as MapPair[] | undefined)?.find((p) => keyOf(p) === key) ?? null;
export const child = (map: MapNode | null, key: string): Node | null => pairOf(map, key)?.value ?? null;
export const wordOf = (node: unknown): string | null => {
  const s = asScalar(node);
  return s ? String(s.value ?? "") : null;
};

/** The node at a path of keys and numbers. */
export function at(tree: Tree, path: (string | number)[]): Node | null {
  let node: Node | null = tree.root;
  for (const step of path) {
    if (typeof step === "number") node = asSeq(node)?.items[step] ?? null;
    else node = child(asMap(node), step);
  }
  return node;
}

/** What a node holds, without its places. */
export function plain(node: Node | null | undefined): Value {
  if (isMap(node)) {
    return Object.fromEntries((node as MapNode).items.map((p) => [keyOf(p as MapPair), plain((p as MapPair).value)]));
  }
  if (isSeq(node)) return (node as SeqNode).items.map((n) => plain(n));
  return wordOf(node) ?? "";
}

// ---- Places ----------------------------------------------------------------------------------

export const startOf = (node: Node): number => node.range![0];
const emptyScalar = (node: Node | null): boolean => !node || (isScalar(node) && node.range![0] === node.range![1]);

/** Where a node's own text ends: behind its last sign, before a comment or a line's end. */
export function endOf(node: Node): number {
  if (isMap(node) && !node.flow && node.items.length > 0) {
    const last = node.items[node.items.length - 1] as MapPair;
    return emptyScalar(last.value) ? Math.max(last.key.range![1], last.value?.range?.[0] ?? 0) : endOf(last.value!);
  }
  if (isSeq(node) && !node.flow && node.items.length > 0) return endOf(node.items[node.items.length - 1] as Node);
  return node.range![1];
}
/** The same where a block of text ends: its last line's end stays outside. */
function contentEnd(text: string, node: Node): number {
  let end = endOf(node);
  while (end > startOf(node) && text[end - 1] === "\n") end--;
  return end;
}
const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
};
export const columnOf = (text: string, at: number): number => at - lineStart(text, at);

/** Behind a block node: its last line's end, and the comments under it that stand further in than `column`. */
function behind(text: string, end: number, column: number): number {
  let to = lineEnd(text, end);
  for (let next = to; next < text.length; ) {
    const stop = lineEnd(text, next + 1);
    const line = text.slice(next + 1, stop);
    const indent = line.length - line.trimStart().length;
    if (!line.trim().startsWith("#") || indent <= column) break;
    to = next = stop;
  }
  return to;
}

// ---- Writing ---------------------------------------------------------------------------------

const PLAIN = /^[\p{L}\p{N}_(./$€£][^\n\r\t]*$/u;
const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const quoted = (text: string): string =>
  `"${[...text].map((c) =>
    c === '"' || c === "\\" ? `\\${c}`
    : c === "\n" ? "\\n" : c === "\t" ? "\\t" : c === "\r" ? "\\r"
    : ODD.test(c) ? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}` : c).join("")}"`;

/** One line: as it is where that is safe, else in quotation marks. */
export function scalar(value: string | number | boolean, inFlow: boolean): string {
  const text = String(value);
  const safe = PLAIN.test(text) && !ODD.test(text) && !/: |:$| #|\s$/.test(text) && !(inFlow && /[,[\]{}]/.test(text)) &&
    !/^(\.\.\.|---)/.test(text);
  return safe ? text : quoted(text);
}

/** A value on one line. */
export function flow(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value).filter(([, v]) => v !== undefined).map(([k, v]) => `${scalar(k, true)}: ${flow(v!)}`).join(", ")}}`;
  }
  return scalar(value, true);
}

/** Words in lines of at most WIDTH: each break stands for one space. */
function folded(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=[^ ]) (?=[^ ])/)) {
    if (line && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

/** Text behind `key:`, with its leading space: on the line, or as a block under it. */
function textOf(text: string, indent: number, used: number): string {
  const one = scalar(text, false);
  if (used + 1 + one.length <= WIDTH && !text.includes("\n")) return ` ${one}`;
  const pad = " ".repeat(indent);
  if (ODD.test(text) || /[\t\r]|^\s|\s$|\n\n*\s/.test(text) || text === "") return ` ${quoted(text)}`;
  if (text.includes("\n")) return ` |-\n${text.split("\n").map((l) => (l ? pad + l : "")).join("\n")}`;
  return ` >-\n${folded(text, indent).map((l) => pad + l).join("\n")}`;
}

/** These keys' values stand in lines of their own, however short they are. */
const BLOCKS = new Set(["claims"]);

/**
 * `value` behind a key, with its leading space or line end. `indent`: where the key stands; `used`: signs of the
 * line that are written. What fits on the line stands there; what does not, below it.
 */
export function behindKey(key: string, value: Value, indent: number, used: number): string {
  if (typeof value !== "object") return textOf(String(value), indent + 2, used);
  const one = flow(value);
  const empty = one === "{}" || one === "[]";
  if (empty || (!BLOCKS.has(key) && used + 1 + one.length <= WIDTH)) return ` ${one}`;
  const pad = " ".repeat(indent + 2);
  if (Array.isArray(value)) return `\n${value.map((v) => pad + item(v, indent + 2)).join("\n")}`;
  return `\n${pad}${block(value, indent + 2)}`;
}

/** A map's lines; the first without its indentation. */
export function block(map: { [key: string]: Value | undefined }, indent: number): string {
  const pad = " ".repeat(indent);
  return Object.entries(map)
    .filter(([, v]) => v !== undefined)
    .map(([k, v]) => {
      const key = `${scalar(k, false)}:`;
      return key + behindKey(k, v!, indent, indent + key.length);
    })
    .join(`\n${pad}`);
}

/** An item of a list, from its dash on. A short map stands on its line, unless it is `open`. */
export function item(value: Value, indent: number, open = false): string {
  if (typeof value !== "object") return `- ${scalar(value, false)}`;
  const one = flow(value);
  if (!open && indent + 2 + one.length <= WIDTH) return `- ${one}`;
  return Array.isArray(value) ? `- ${one}` : `- ${block(value, indent + 2)}`;
}

/** A named entry of a map. A short map stands on its line, unless it is `open`. */
export function entry(key: string, value: Value, indent: number, open = false): string {
  const head = `${scalar(key, false)}:`;
  if (open && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length > 0) {
    return `${head}\n${" ".repeat(indent + 2)}${block(value, indent + 2)}`;
  }
  return head + behindKey(key, value, indent, indent + head.length);
}

// ---- Patches ---------------------------------------------------------------------------------

export function apply(text: string, patches: Patch[]): string {
  let out = text;
  for (const p of [...patches].sort((a, b) => b.from - a.from || b.to - a.to)) out = out.slice(0, p.from) + p.insert + out.slice(p.to);
  return out;
}

/** The column at which a block map's keys, or a block list's dashes, stand. */
function columnIn(text: string, node: MapNode | SeqNode): number {
  if (isMap(node)) return columnOf(text, startOf((node.items[0] as MapPair).key));
  const first = startOf(node.items[0] as Node);
  return columnOf(text, text.lastIndexOf("-", first - 1));
}

/** A further part inside brackets, on the line where it fits there and else on the next. */
function intoFlow(text: string, node: MapNode | SeqNode, after: number, part: string): Patch {
  if (node.items.length === 0) return { from: startOf(node) + 1, to: endOf(node) - 1, insert: part };
  const ends = (i: number): number => {
    const x = node.items[i];
    return isMap(node) ? ((x as MapPair).value && !emptyScalar((x as MapPair).value) ? endOf((x as MapPair).value!) : (x as MapPair).key.range![1]) : endOf(x as Node);
  };
  if (after < 0) {
    const first = node.items[0];
    const from = startOf(isMap(node) ? (first as MapPair).key : (first as Node));
    return { from, to: from, insert: `${part}, ` };
  }
  const from = ends(after);
  const line = lineEnd(text, from) - lineStart(text, from);
  const wide = line + 2 + part.length > WIDTH;
  return { from, to: from, insert: wide ? `,\n${" ".repeat(columnOf(text, startOf(node)) + 1)}${part}` : `, ${part}` };
}

/** Where in `order` a key belongs among a map's: behind which of its pairs (-1: before all). */
function placeIn(map: MapNode, key: string, order: readonly string[]): number {
  const rank = order.indexOf(key);
  if (rank < 0) return map.items.length - 1;
  let place = -1;
  map.items.forEach((p, i) => {
    const other = order.indexOf(keyOf(p as MapPair));
    if (other >= 0 && other < rank) place = i;
  });
  return place;
}

/** A new pair in a map. `open`: its value in lines of its own. */
export function addPair(tree: Tree, map: MapNode, key: string, value: Value, order: readonly string[] = [], open = false): Patch {
  const { text } = tree;
  const after = placeIn(map, key, order);
  if (map.flow || map.items.length === 0) return intoFlow(text, map, after, `${scalar(key, true)}: ${flow(value)}`);
  const column = columnIn(text, map);
  const pad = " ".repeat(column);
  const written = entry(key, value, column, open);
  if (after < 0) {
    const from = startOf((map.items[0] as MapPair).key);
    return { from, to: from, insert: `${written}\n${pad}` };
  }
  const pair = map.items[after] as MapPair;
  const end = emptyScalar(pair.value) ? pair.key.range![1] : contentEnd(text, pair.value!);
  const from = behind(text, end, column);
  return { from, to: from, insert: `\n${pad}${written}` };
}

/** A new item at a list's end. */
export function addItem(tree: Tree, list: SeqNode, value: Value, open = false): Patch {
  const { text } = tree;
  const last = list.items.length - 1;
  if (list.flow || last < 0) return intoFlow(text, list, last, flow(value));
  const column = columnIn(text, list);
  const from = behind(text, contentEnd(text, list.items[last] as Node), column);
  return { from, to: from, insert: `\n${" ".repeat(column)}${item(value, column, open)}` };
}

/** Another value for a pair that is there; no patch where it is the same. */
export function setPair(tree: Tree, pair: MapPair, value: Value, inFlow: boolean, map: MapNode | null = null): Patch[] {
  const { text } = tree;
  const node = pair.value;
  if (node && sameValue(value, plain(node))) return [];
  const key = keyOf(pair);
  const keyStart = startOf(pair.key);
  const from = emptyScalar(node) ? text.indexOf(":", pair.key.range![1]) + 1 : startOf(node!);
  const to = emptyScalar(node) ? from : contentEnd(text, node!);
  if (inFlow) {
    const insert = `${emptyScalar(node) ? " " : ""}${flow(value)}`;
    const start = lineStart(text, keyStart);
    const wide = from + insert.length + (lineEnd(text, to) - to) - start > WIDTH;
    const before = text.slice(start, keyStart);
    // A line that would grow too wide is broken before the key, where something stands before it.
    if (!wide || !map || !/,\s*$/.test(before)) return [{ from, to, insert }];
    const gap = keyStart - before.length + before.trimEnd().length;
    return [{ from: gap, to, insert: `\n${" ".repeat(columnOf(text, startOf(map)) + 1)}${text.slice(keyStart, from)}${insert}` }];
  }
  const column = columnOf(text, keyStart);
  const colon = text.indexOf(":", pair.key.range![1]) + 1;
  // A comment between the two stays where it is.
  if (text.slice(colon, from).includes("#")) return [{ from, to, insert: flow(value) }];
  return [{ from: colon, to, insert: behindKey(key, value, column, colon - lineStart(text, colon)) }];
}

/** A value in a map: changed, added, or (undefined) taken out. */
export function setIn(tree: Tree, map: MapNode, key: string, value: Value | undefined, order: readonly string[]): Patch[] {
  const pair = pairOf(map, key);
  if (value === undefined) return pair ? [removePair(tree, map, pair)] : [];
  return pair ? setPair(tree, pair, value, Boolean(map.flow), map) : [addPair(tree, map, key, value, order)];
}

/** In a form to compare: a map's keys in one order, since their order says nothing there. */
const sorted = (value: Value): Value =>
  Array.isArray(value) ? value.map(sorted)
  : typeof value === "object"
    ? Object.fromEntries(Object.keys(value).filter((k) => value[k] !== undefined).sort().map((k) => [k, sorted(value[k]!)]))
    : String(value);
export const sameValue = (a: Value, b: Value): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** All values as the words that they are read as. */
export function words(value: Value): Value {
  if (Array.isArray(value)) return value.map(words);
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).map(([k, v]) => [k, words(v!)]));
  return String(value);
}

function cut(text: string, node: MapNode | SeqNode, index: number, from: number, to: number, start: (i: number) => number): Patch {
  if (node.items.length === 1) return { from, to, insert: "" };
  if (index + 1 < node.items.length) return { from, to: start(index + 1), insert: "" };
  // The last one goes with the comma before it.
  return { from: text.lastIndexOf(",", from - 1), to, insert: "" };
}

export function removePair(tree: Tree, map: MapNode, pair: MapPair): Patch {
  const { text } = tree;
  const index = (map.items as MapPair[]).indexOf(pair);
  const from = startOf(pair.key);
  const end = emptyScalar(pair.value) ? text.indexOf(":", pair.key.range![1]) + 1 : contentEnd(text, pair.value!);
  const start = (i: number) => startOf((map.items[i] as MapPair).key);
  if (map.flow) return cut(text, map, index, from, end, start);
  if (map.items.length === 1) {
    // Nothing is left of the map: what it is behind keeps an empty one.
    return { from, to: end, insert: "{}" };
  }
  const column = columnIn(text, map);
  // On the line of a dash the next key takes its place.
  if (text.slice(lineStart(text, from), from).trim() !== "") return { from, to: start(index + 1), insert: "" };
  return { from: lineStart(text, from), to: Math.min(text.length, behind(text, end, column) + 1), insert: "" };
}

export function removeItem(tree: Tree, list: SeqNode, index: number): Patch {
  const { text } = tree;
  const node = list.items[index] as Node;
  const end = contentEnd(text, node);
  if (list.flow) return cut(text, list, index, startOf(node), end, (i) => startOf(list.items[i] as Node));
  const column = columnIn(text, list);
  const dash = text.lastIndexOf("-", startOf(node) - 1);
  if (list.items.length === 1) return { from: dash, to: end, insert: "[]" };
  return { from: lineStart(text, dash), to: Math.min(text.length, behind(text, end, column) + 1), insert: "" };
}

/** Another value for an item of a list. */
export function setItem(tree: Tree, list: SeqNode, index: number, value: Value): Patch[] {
  const { text } = tree;
  const node = list.items[index] as Node;
  if (sameValue(value, plain(node))) return [];
  const to = contentEnd(text, node);
  if (list.flow) return [{ from: startOf(node), to, insert: flow(value) }];
  const dash = text.lastIndexOf("-", startOf(node) - 1);
  return [{ from: dash, to, insert: item(value, columnOf(text, dash)) }];
}

/** The text with other words in place of a scalar's, in the manner it was written where that can be. */
export function setScalar(node: Scalar, value: string, inFlow: boolean): Patch {
  return { from: startOf(node), to: node.range![1], insert: scalar(value, inFlow) };
}
