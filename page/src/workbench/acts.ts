// What a form does to a case, each act a list of patches that is one step of undo: an entry or a statement
// added, changed, renamed, taken out. An act that would leave names without what they name is refused, and
// says where they stand.
import type { Node, Pair, Scalar } from "yaml";
import {
  addItem, addPair, asMap, asSeq, block, child, columnOf, entry, flow, item, keyOf, pairOf, plain, removeItem, removePair, sameValue, setIn, setItem,
  setPair, setScalar, startOf, WIDTH, type MapNode, type Patch, type SeqNode, type Tree, type Value,
} from "./yaml";
import { mentions, mentionsOf, type NameKind } from "./names";
import type { Verb } from "./verbs";
import type { Words } from "./model";

export type Act = { patches: Patch[]; why: null } | { patches: null; why: string };
const done = (patches: Patch[]): Act => ({ patches, why: null });
const refused = (why: string): Act => ({ patches: null, why });

/** Keys in the order in which a person writes them. */
export const ORDER: Record<string, readonly string[]> = {
  case: ["entente", "title", "as-of", "summary", "parties", "people", "sources", "issues", "rules", "packages", "assumptions", "statements", "accounts"],
  parties: ["name", "role", "approves", "approval", "reservation", "color", "utility"],
  people: ["name", "for", "title"],
  sources: ["title", "author", "publisher", "date", "url", "file", "reliability", "private"],
  issues: ["name", "by", "for", "stakes", "unit", "options", "items", "range", "undo", "sizes"],
  statements: ["id", "by", "date", "date-basis", "about", "supersedes", "source", "quote", "reported", "editorial", "via", "credibility", "private", "claims"],
  assumptions: ["id", "name", "because", "source", "private", "claims"],
  claim: ["party"],
  range: ["from", "to", "step", "unit"],
  approval: ["votes", "of", "members", "veto", "others", "because"],
  item: ["name", "sizes"],
  rules: ["if", "then", "because"],
  accounts: ["name", "believes", "only"],
};
/** Whose entries are written in lines of their own: the others stand on one line where they fit. */
const OPEN = new Set(["sources", "issues", "statements", "assumptions"]);
const LISTS = new Set(["statements", "assumptions", "rules"]);

/** The keys that have a value, in the order of writing. */
export function ordered(words: Words, order: readonly string[]): Words {
  const known = order.filter((k) => words[k] !== undefined);
  const others = Object.keys(words).filter((k) => words[k] !== undefined && !order.includes(k));
  return Object.fromEntries([...known, ...others].map((k) => [k, words[k]]));
}

// ---- Sections --------------------------------------------------------------------------------

const isEmpty = (node: Node | null): boolean => {
  const list = asMap(node)?.items ?? asSeq(node)?.items;
  return list ? list.length === 0 : plain(node) === "";
};

/** A section that is not there yet, with its first entry: in its place, parted by empty lines. */
function newSection(tree: Tree, section: string, body: string): Patch {
  const { text, root } = tree;
  const pairs = (root?.items ?? []) as Pair<Scalar, Node>[];
  const order = ORDER.case;
  const rank = order.indexOf(section);
  const next = pairs.find((p) => order.indexOf(keyOf(p)) > rank);
  if (!next) {
    const gap = text === "" ? "" : text.endsWith("\n") ? "\n" : "\n\n";
    return { from: text.length, to: text.length, insert: `${gap}${section}:${body}\n` };
  }
  // Before the comments that stand right over what follows.
  let from = startOf(next.key);
  for (;;) {
    const before = text.lastIndexOf("\n", from - 2) + 1;
    if (before >= from || !text.slice(before, from).trim().startsWith("#")) break;
    from = before;
  }
  const parted = from === 0 || text.slice(0, from).endsWith("\n\n");
  return { from, to: from, insert: `${parted ? "" : "\n"}${section}:${body}\n\n` };
}

/** Another value for one of the case's own lines: title, summary, as-of. */
export function setTop(tree: Tree, key: string, value: string): Act {
  if (!tree.root) return refused("the text holds no case");
  return done(setIn(tree, tree.root, key, value === "" ? undefined : value, ORDER.case));
}

/** A new entry of a section, or a new statement. */
export function add(tree: Tree, section: string, id: string, words: Words): Act {
  const open = OPEN.has(section);
  const value = ordered(words, ORDER[section] ?? []) as Value;
  const list = LISTS.has(section);
  const node = child(tree.root, section);
  const full = list && section !== "rules" ? ({ id, ...(value as object) } as Value) : value;
  if (isEmpty(node)) {
    const body = list ? `\n  ${item(full, 2, open)}` : `\n  ${entry(id, value, 2, open)}`;
    const pair = tree.root && pairOf(tree.root, section);
    if (!pair) return done([newSection(tree, section, body)]);
    const colon = tree.text.indexOf(":", pair.key.range![1]) + 1;
    const to = node && node.range![1] > node.range![0] ? node.range![1] : colon;
    return done([{ from: colon, to, insert: body }]);
  }
  if (list) {
    const seq = asSeq(node);
    return seq ? done([parted(tree, seq, addItem(tree, seq, full, open))]) : refused(`\`${section}\` is no list in the text`);
  }
  const map = asMap(node);
  if (!map) return refused(`\`${section}\` is no map in the text`);
  if (pairOf(map, id)) return refused(`${id} is there already`);
  return done([parted(tree, map, addPair(tree, map, id, value, [], open && !map.flow))]);
}

/** Where the entries of a section are parted by empty lines a new one is too. */
function parted(tree: Tree, node: MapNode | SeqNode, patch: Patch): Patch {
  const items = node.items;
  if (node.flow || items.length < 2 || !patch.insert.startsWith("\n")) return patch;
  const last = items[items.length - 1] as Node & { key?: Scalar };
  const start = startOf(last.key ?? last);
  const line = tree.text.lastIndexOf("\n", start - 1);
  const apart = line > 0 && tree.text[line - 1] === "\n";
  return apart ? { ...patch, insert: `\n${patch.insert}` } : patch;
}

function entryOf(tree: Tree, section: string, id: string): { map: MapNode | null; list: SeqNode | null; index: number } {
  const node = child(tree.root, section);
  if (LISTS.has(section)) {
    const list = asSeq(node);
    const index = list?.items.findIndex((n) => plain(child(asMap(n), "id")) === id) ?? -1;
    return { list, index, map: index < 0 ? null : asMap(list!.items[index]) };
  }
  return { map: asMap(child(asMap(node), id)), list: null, index: -1 };
}

/** Claims line by line: what is the same stays untouched. */
function setClaims(tree: Tree, map: MapNode, claims: Words[] | undefined): Patch[] {
  const list = asSeq(child(map, "claims"));
  if (!claims || claims.length === 0 || !list || list.items.length === 0) {
    return setIn(tree, map, "claims", claims && claims.length > 0 ? (claims as Value) : undefined, ORDER.statements);
  }
  // Several that go from inside brackets share commas: then the list is written anew.
  if (list.flow && claims.length < list.items.length) return setPair(tree, pairOf(map, "claims")!, claims as Value, Boolean(map.flow));
  const same = Math.min(claims.length, list.items.length);
  const patches: Patch[] = [];
  for (let i = 0; i < same; i++) patches.push(...setItem(tree, list, i, claims[i] as Value));
  for (let i = list.items.length - 1; i >= claims.length; i--) patches.push(removeItem(tree, list, i));
  if (claims.length > list.items.length) {
    const more = claims.slice(list.items.length).map((c) => addItem(tree, list, c as Value));
    // They stand at one place, one behind the other.
    patches.push({ ...more[0], insert: more.map((p) => p.insert).join("") });
  }
  return joined(patches);
}

/** Patches at one place become one: their order is that of the list. */
function joined(patches: Patch[]): Patch[] {
  const out: Patch[] = [];
  for (const p of patches) {
    const twin = out.find((o) => o.from === p.from && o.from === o.to && p.from === p.to);
    if (twin) twin.insert += p.insert;
    else out.push({ ...p });
  }
  return out;
}

/** An entry's or statement's words, key by key; undefined takes a key out. The name stays: see rename(). */
export function change(tree: Tree, section: string, id: string, words: Words): Act {
  const { map } = entryOf(tree, section, id);
  if (!map) {
    // `us:` with nothing behind it becomes a map.
    const pair = pairOf(asMap(child(tree.root, section)), id);
    if (!pair) return refused(`${id} does not stand in the text`);
    return done(setPair(tree, pair, ordered(words, ORDER[section] ?? []) as Value, Boolean(asMap(child(tree.root, section))?.flow)));
  }
  const order = ORDER[section] ?? [];
  const laid = laidOpen(tree, section, id, map, words);
  if (laid) return done([laid]);
  const patches: Patch[] = [];
  const gone = map.items.length > 0 && Object.entries(words).every(([, v]) => v === undefined) &&
    map.items.every((p) => keyOf(p as Pair<Scalar, Node>) in words);
  if (gone) return refused(`${id} would be left with nothing`);
  let into: { at: number; patch: Patch } | null = null;
  for (const [key, value] of Object.entries(ordered(words, order)).concat(Object.entries(words).filter(([, v]) => v === undefined))) {
    if (key === "claims") {
      patches.push(...setClaims(tree, map, value as Words[] | undefined));
      continue;
    }
    const more = setIn(tree, map, key, value, order);
    for (const p of more) {
      // Several new keys at one place follow each other in the order of writing.
      if (into && p.from === p.to && into.at === p.from) into.patch.insert += p.insert;
      else {
        patches.push(p);
        if (p.from === p.to) into = { at: p.from, patch: p };
      }
    }
  }
  return done(oneKeyForAnother(tree, patches));
}

/**
 * An entry in brackets that gets something too long for a line: it is laid open, a key a line. Null where it need
 * not be, or where a comment or a list stands around it.
 */
function laidOpen(tree: Tree, section: string, id: string, map: MapNode, words: Words): Patch | null {
  const around = asMap(child(tree.root, section));
  const pair = pairOf(around, id);
  const long = Object.entries(words).some(([k, v]) => v !== undefined && !sameValue(v, plain(child(map, k))) && flow(v).length > WIDTH - 8 - k.length);
  const [from, to] = [startOf(map), map.range![1]];
  // Several new keys, each of which would fit on the line.
  const fresh = Object.entries(words).filter(([k, v]) => v !== undefined && !pairOf(map, k));
  const line = tree.text.slice(tree.text.lastIndexOf("\n", from) + 1, to);
  const crowded = fresh.length > 1 && !line.includes("\n") && line.length + fresh.reduce((n, [k, v]) => n + k.length + 4 + flow(v!).length, 0) > WIDTH;
  if (!map.flow || !(long || crowded) || !around || around.flow || !pair) return null;
  if (tree.text.slice(from, to).includes("#")) return null;
  const all = ordered({ ...(plain(map) as Words), ...words }, ORDER[section] ?? []);
  const column = columnOf(tree.text, startOf(pair.key));
  const colon = tree.text.indexOf(":", pair.key.range![1]) + 1;
  return { from: colon, to, insert: `\n${" ".repeat(column + 2)}${block(all, column + 2)}` };
}

/** A key that is taken out right where another comes in (reported for quote): one patch of both. */
function oneKeyForAnother(tree: Tree, patches: Patch[]): Patch[] {
  const out = patches.map((p) => ({ ...p }));
  for (const gone of out) {
    if (gone.insert !== "" || gone.from >= gone.to) continue;
    const twin = out.find((p) => p.from === p.to && p.from > gone.from && p.from <= gone.to);
    if (!twin) continue;
    if (tree.text[gone.from] === ",") gone.insert = twin.insert;
    else if (twin.insert.startsWith("\n")) gone.insert = twin.insert.slice(1) + (tree.text[gone.to - 1] === "\n" ? "\n" : "");
    else gone.insert = `${twin.insert.replace(/^,\s*/, "")}, `;
    twin.from = -1;
  }
  return out.filter((p) => p.from >= 0);
}

/** Where a name is used beside its definition, in words: "statement a, rule 2". */
export function usesOf(tree: Tree, verbs: Verb[], kind: NameKind, name: string, issue?: string): string[] {
  const own = `${kind === "level" ? "issue" : kind} ${kind === "level" ? issue : name}`;
  const places = mentionsOf(mentions(tree, verbs), kind, name, issue)
    .filter((m) => !m.defines && !(kind === "level" && m.where === own))
    .map((m) => m.where);
  return [...new Set(places)];
}

export const tellUses = (uses: string[]): string =>
  uses.length <= 6 ? uses.join(", ") : `${uses.slice(0, 5).join(", ")} and ${uses.length - 5} more`;

/** Another name, everywhere at once. */
export function rename(tree: Tree, verbs: Verb[], kind: NameKind, from: string, to: string, issue?: string): Act {
  if (from === to) return done([]);
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(to)) return refused(`${to || "an empty name"} is no name: letters, digits, hyphens, dots`);
  const all = mentions(tree, verbs);
  const shared: NameKind[] = kind === "party" || kind === "person" ? ["party", "person"] : [kind];
  if (all.some((m) => m.defines && m.name === to && m.kinds.some((k) => shared.includes(k)) && (kind !== "level" || m.issue === issue))) {
    return refused(`${to} is taken already`);
  }
  return done(mentionsOf(all, kind, from, issue).map((m) => setScalar(m.node, to, m.inFlow)));
}

/** An entry or statement taken out, where nothing else names it. */
export function remove(tree: Tree, verbs: Verb[], section: string, kind: NameKind, id: string): Act {
  const uses = usesOf(tree, verbs, kind, id);
  if (uses.length > 0) return refused(`${id} is still named in ${tellUses(uses)}`);
  const { list, index } = entryOf(tree, section, id);
  if (list) {
    if (index < 0) return refused(`${id} does not stand in the text`);
    if (list.items.length === 1) return removeSection(tree, section);
    return done([removeItem(tree, list, index)]);
  }
  const map = asMap(child(tree.root, section));
  const pair = pairOf(map, id);
  if (!map || !pair) return refused(`${id} does not stand in the text`);
  if (map.items.length === 1) return removeSection(tree, section);
  return done([removePair(tree, map, pair)]);
}

function removeSection(tree: Tree, section: string): Act {
  const pair = pairOf(tree.root, section);
  return pair && tree.root ? done([removePair(tree, tree.root, pair)]) : refused(`there is no \`${section}\``);
}

/** An issue's options or items: renamed, added at the end, put in another order, taken out where unused. */
export function setLevels(tree: Tree, verbs: Verb[], issue: string, levels: string[]): Act {
  const { map } = entryOf(tree, "issues", issue);
  const key = map && (["options", "items"] as const).find((k) => child(map, k) !== null);
  if (!map || !key) return refused(`${issue} has no options or items in the text`);
  const node = child(map, key)!;
  const before = asSeq(node) ? (plain(node) as string[]) : Object.keys(plain(node) as object);
  for (const gone of before.filter((l) => !levels.includes(l))) {
    const uses = mentionsOf(mentions(tree, verbs), "level", gone, issue).filter((m) => !m.defines).map((m) => m.where);
    if (uses.length > 0) return refused(`${gone} is still named in ${tellUses([...new Set(uses)])}`);
  }
  const seq = asSeq(node);
  if (seq) {
    const kept = before.filter((l) => levels.includes(l));
    // Where only the end grows or parts go, the others are left as they are written.
    if (levels.slice(0, kept.length).join("\n") === kept.join("\n")) {
      const patches = before.flatMap((l, i) => (levels.includes(l) ? [] : [i])).reverse().map((i) => removeItem(tree, seq, i));
      const more = levels.slice(kept.length).map((l) => addItem(tree, seq, l));
      if (patches.length === 0 || (patches.length === 1 && more.length === 0)) {
        if (more.length > 0) patches.push({ ...more[0], insert: more.map((p) => p.insert).join("") });
        return done(patches);
      }
    }
    return done(setPair(tree, pairOf(map, key)!, levels, Boolean(map.flow)));
  }
  const items = asMap(node)!;
  const patches = before.filter((l) => !levels.includes(l)).map((l) => removePair(tree, items, pairOf(items, l)!));
  if (patches.length > 1 && items.flow) return refused("take one out at a time");
  const more = levels.filter((l) => !before.includes(l)).map((l) => addPair(tree, items, l, {}));
  if (more.length > 0) patches.push({ ...more[0], insert: more.map((p) => p.insert).join("") });
  return done(patches);
}

/** Two acts about different places of one text, as one. */
export function both(a: Act, b: Act): Act {
  if (a.why !== null) return a;
  return b.why !== null ? b : done([...a.patches, ...b.patches]);
}
