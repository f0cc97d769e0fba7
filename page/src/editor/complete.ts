// Completion: keys from the schema of the case format, names from the document itself.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";

interface Node {
  description?: string;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  items?: Node;
  anyOf?: Node[];
  enum?: unknown[];
  $ref?: string;
}
let root: Node & { $defs: Record<string, Node> } = { $defs: {} };

/** The case format's JSON Schema: the engine's, or the one that was built in. */
export function setSchema(schema: object): void {
  root = schema as typeof root;
}

/** A node with its references and alternatives laid open. */
function open(node: Node | undefined, depth = 0): Node[] {
  if (!node || depth > 6) return [];
  const self = [node];
  if (node.$ref) self.push(...open(root.$defs[node.$ref.replace("#/$defs/", "")], depth + 1));
  node.anyOf?.forEach((n) => self.push(...open(n, depth + 1)));
  return self;
}

function descend(nodes: Node[], step: string): Node[] {
  return nodes.flatMap((n) => {
    if (step === "[]") return open(n.items);
    const named = n.properties?.[step];
    if (named) return open(named);
    return typeof n.additionalProperties === "object" ? open(n.additionalProperties) : [];
  });
}

export interface Place {
  path: string[]; // keys and "[]" for list items, outermost first
  key: boolean; // a key is being written; otherwise a value of the path's last key
}

const KEY = /^(\s*)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([^\s:#{}[\],][^:#{}[\],]*?))\s*:(?:\s|$)/;

/** Where in the document the end of the text stands, by indentation and open brackets. */
export function placeOf(text: string): Place {
  const lines = text.split("\n");
  const here = lines.pop() ?? "";
  const path: string[] = [];
  const lead = /^(\s*)((?:- +)*)/.exec(here)!;
  // Where the line's own key begins: behind its dashes.
  let column = lead[0].length;
  const dashes = (lead[2].match(/-/g) ?? []).length;
  let bound = lead[1].length + (dashes > 0 ? 1 : 0);
  const outer: string[] = [];
  for (let d = 0; d < dashes; d++) outer.unshift("[]");
  if (dashes === 0) bound = column;
  let list = dashes > 0 ? lead[1].length : Infinity; // indentation of the innermost list so far
  for (let i = lines.length - 1; i >= 0 && bound > 0; i--) {
    const line = lines[i];
    if (!line.trim() || line.trim().startsWith("#")) continue;
    const m = KEY.exec(line);
    const indent = /^\s*/.exec(line)![0].length;
    const itemDashes = m ? (m[2].match(/-/g) ?? []).length : (/^\s*((?:- +)*)/.exec(line)![1].match(/-/g) ?? []).length;
    const at = m ? m[1].length + m[2].length : indent;
    if (m && at < bound) {
      outer.unshift(m[3] ?? m[4] ?? m[5]);
      bound = at;
    }
    if (itemDashes > 0 && indent < bound && indent < list) { // not another item of the same list
      outer.unshift("[]");
      bound = indent + 1;
      list = indent;
    }
  }
  path.push(...outer);
  // What stands on the line itself: a key, then flow maps and lists.
  let key = true;
  let word = "";
  const stack: ("{" | "[")[] = [];
  let quote = "";
  for (const c of here.slice(column)) {
    if (quote) {
      if (c === quote) quote = "";
      word += c;
    } else if ((c === '"' || c === "'") && word.trim() === "") quote = c;
    else if (c === ":" ) {
      path.push(word.trim());
      key = false;
      word = "";
    } else if (c === "{" || c === "[") {
      if (c === "[") path.push("[]");
      stack.push(c);
      key = c === "{";
      word = "";
    } else if (c === ",") {
      if (stack[stack.length - 1] === "{") {
        if (!key) path.pop();
        key = true;
      }
      word = "";
    } else if (c === "}" || c === "]") {
      if (c === "}" && !key) path.pop();
      if (c === "]") path.pop();
      stack.pop();
      key = false;
      word = "";
    } else word += c;
    column++;
  }
  return { path, key };
}

type Names = Record<"parties" | "people" | "sources" | "issues" | "packages" | "accounts" | "statements", string[]> & {
  levels: Record<string, string[]>;
};

/** Names that the document defines, found line by line so that a broken document has them too. */
export function namesOf(text: string): Names {
  const names: Names = { parties: [], people: [], sources: [], issues: [], packages: [], accounts: [], statements: [], levels: {} };
  let section = "";
  let issue = "";
  let items = -1;
  const flow = (s: string) => s.split(",").map((x) => x.split(":")[0].trim().replace(/^["']|["']$/g, "")).filter(Boolean);
  for (const line of text.split("\n")) {
    const top = /^([A-Za-z-]+):/.exec(line);
    if (top) section = top[1];
    const second = /^ {1,4}([A-Za-z0-9][A-Za-z0-9_.-]*):/.exec(line);
    const indent = /^\s*/.exec(line)![0].length;
    if (second && indent === 2 && section in names && section !== "levels" && section !== "statements") {
      names[section as "parties"].push(second[1]);
      if (section === "issues") names.levels[(issue = second[1])] = [];
    }
    if (section === "issues" && issue) {
      const options = /\boptions:\s*\[([^\]]*)/.exec(line);
      if (options) names.levels[issue].push(...flow(options[1]));
      const list = /\bitems:\s*\[([^\]]*)/.exec(line);
      if (list) names.levels[issue].push(...flow(list[1]));
      if (/^\s+(items|options):\s*(#.*)?$/.test(line)) items = indent;
      else if (indent <= items && line.trim()) items = -1;
      else if (items >= 0) {
        const item = /^\s+(?:- )?([A-Za-z0-9][A-Za-z0-9_.-]*)(?::|\s*$)/.exec(line);
        if (item && indent === items + 2) names.levels[issue].push(item[1]);
      }
    }
    const id = /^\s*(?:- )?(?:\{)?id:\s*([A-Za-z0-9][A-Za-z0-9_.-]*)/.exec(line);
    if (id && (section === "statements" || section === "assumptions")) names.statements.push(id[1]);
  }
  return names;
}

const of = (list: string[], detail: string, type = "variable"): Completion[] =>
  [...new Set(list)].map((label) => ({ label, detail, type }));

/** Does the path lead into a package, and to which issue's level? */
function packageAt(path: string[], nodes: Node[]): boolean {
  return path.length > 0 && nodes.some((n) => n.$ref === "#/$defs/package" || n.$ref === "#/$defs/choices");
}

export function optionsAt(place: Place, text: string): Completion[] {
  const names = namesOf(text);
  let nodes = open(root);
  let inPackage = false;
  const { path } = place;
  let wayIssue = "";
  for (const step of path) {
    if (inPackage && step !== "[]") wayIssue = step;
    nodes = descend(nodes, step);
    inPackage = packageAt(path, nodes) || (inPackage && wayIssue === "");
  }
  if (place.key) {
    const keys = nodes.flatMap((n) => Object.entries(n.properties ?? {}));
    const list = keys.map(([label, n]) => ({ label, info: n.description, detail: "key", type: "property", apply: `${label}: ` }));
    const issues = inPackage && wayIssue === "" ? of(names.issues, "issue") : [];
    const parties = ["stakes"].includes(path[path.length - 1]) ? of(names.parties, "party") : [];
    return [...list, ...[...issues, ...parties].map((c) => ({ ...c, apply: `${c.label}: ` }))];
  }
  const values = nodes.flatMap((n) => n.enum ?? []).map((x) => ({ label: String(x), detail: "value", type: "enum" }));
  const last = path.filter((p) => p !== "[]").pop() ?? "";
  const found: Completion[] = [...values];
  if (wayIssue !== "") found.push(...of(names.levels[wayIssue] ?? [], `of ${wayIssue}`));
  else if (inPackage) found.push(...of(names.packages, "package"));
  else if (last === "source") found.push(...of(names.sources, "source"));
  else if (last === "by" || last === "speaker") found.push(...of(names.people, "person"), ...of(names.parties, "party"));
  else if (["party", "for", "trusts", "veto", "members"].includes(last)) found.push(...of(names.parties, "party"));
  else if (["approves", "ranks", "over", "unit"].includes(last)) found.push(...of(names.issues, "issue"));
  else if (last === "rest") {
    if (path[path.length - 1] !== "[]") found.push({ label: "open", detail: "all that is not named", type: "enum" });
    found.push(...of(names.issues, "issue"));
  } else if (last === "supersedes") found.push(...of(names.statements, "statement"));
  else if (last === "believes") found.push(...of(names.parties, "party"), ...of(names.statements, "statement"));
  return found;
}

export function complete(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[A-Za-z0-9_.-]+/);
  if (!word && !context.explicit) {
    const before = context.matchBefore(/[{[,:]\s+|^\s*- |^\s+/);
    if (!before) return null;
  }
  const text = context.state.doc.toString();
  const from = word ? word.from : context.pos;
  const options = optionsAt(placeOf(text.slice(0, from)), text);
  return options.length > 0 ? { from, options, validFor: /^[A-Za-z0-9_.-]*$/ } : null;
}
