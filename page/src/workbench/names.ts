// Every place where a name stands: where it is defined and where it is used. A rename changes them all; what
// is still used is not taken out.
import type { Node, Scalar } from "yaml";
import { asMap, asScalar, asSeq, child, keyOf, type Tree } from "./yaml";
import type { Verb } from "./verbs";

export type NameKind = "party" | "person" | "source" | "issue" | "level" | "package" | "statement" | "account";
export interface Mention {
  /** What it can be the name of: a speaker is a person or a party. */
  kinds: NameKind[];
  name: string;
  /** The issue that a level is of. */
  issue?: string;
  node: Scalar;
  defines: boolean;
  /** Inside brackets other signs need quotation marks. */
  inFlow: boolean;
  /** Where it stands, for people: "statement trump-all". */
  where: string;
}

/** Names of `items` that stand for all or none of them. */
const WHOLE = new Set(["all", "none"]);

class Walk {
  readonly found: Mention[] = [];
  private where = "";
  constructor(private readonly verbs: Verb[]) {}

  add(kinds: NameKind[], node: Node | null, inFlow: boolean, defines = false, issue?: string): void {
    const s = asScalar(node);
    if (s && s.value !== "") this.found.push({ kinds, name: String(s.value), issue, node: s, defines, inFlow, where: this.where });
  }
  /** One name or a list of names. */
  names(kinds: NameKind[], node: Node | null, inFlow: boolean, defines = false, issue?: string): void {
    const list = asSeq(node);
    if (list) list.items.forEach((n) => this.add(kinds, n as Node, inFlow || Boolean(list.flow), defines, issue));
    else this.add(kinds, node, inFlow, defines, issue);
  }
  keys(kinds: NameKind[], node: Node | null, inFlow: boolean, each?: (name: string, value: Node | null, flow: boolean) => void, defines = false, issue?: string): void {
    const map = asMap(node);
    const flow = inFlow || Boolean(map?.flow);
    map?.items.forEach((p) => {
      this.add(kinds, p.key as Node, flow, defines, issue);
      each?.(keyOf(p as never), p.value as Node | null, flow);
    });
  }
  pack(node: Node | null, inFlow: boolean): void {
    if (asScalar(node)) this.add(["package"], node, inFlow);
    else {
      this.keys(["issue"], node, inFlow, (issue, v, flow) => {
        const levels = asSeq(v)?.items ?? [v];
        levels.forEach((l) => {
          if (!WHOLE.has(String(asScalar(l)?.value))) this.add(["level"], l as Node, flow || Boolean(asSeq(v)?.flow), false, issue);
        });
      });
    }
  }
  figures(node: Node | null, inFlow: boolean): void {
    const map = asMap(node);
    if (map) this.add(["source"], child(map, "source"), inFlow || Boolean(map.flow));
  }
  claim(node: Node | null, inFlow: boolean): void {
    const map = asMap(node);
    if (!map) return;
    const flow = inFlow || Boolean(map.flow);
    this.add(["party"], child(map, "party"), flow);
    const rest = child(map, "rest");
    if (String(asScalar(rest)?.value) !== "open") this.names(["issue"], rest, flow);
    for (const verb of this.verbs) {
      const value = child(map, verb.name);
      if (!value) continue;
      for (const [shape, v] of [[verb.shape, value], [verb.partner?.shape, verb.partner && child(map, verb.partner.key)]] as const) {
        if (!v) continue;
        if (shape === "package") this.pack(v, flow);
        else if (shape === "issues") this.names(["issue"], v, flow);
        else if (shape === "weights") this.keys(["issue"], v, flow);
        else if (shape === "party") this.add(["party"], v, flow);
      }
    }
  }
  each(tree: Tree, section: string, kind: NameKind, what: string, visit: (id: string, node: Node | null, flow: boolean) => void): void {
    this.keys([kind], child(tree.root, section), false, (id, v, flow) => {
      this.where = `${what} ${id}`;
      visit(id, v, flow || Boolean(asMap(v)?.flow));
    }, true);
  }

  run(tree: Tree): Mention[] {
    const into = (node: Node | null, key: string) => child(asMap(node), key);
    this.where = "parties";
    this.each(tree, "parties", "party", "party", (_, v, flow) => {
      this.names(["issue"], into(v, "approves"), flow);
      const council = into(v, "approval");
      this.names(["party"], into(council, "members"), flow || Boolean(asMap(council)?.flow));
      this.names(["party"], into(council, "veto"), flow || Boolean(asMap(council)?.flow));
      this.keys(["issue"], into(v, "utility"), flow, (issue, worth, f) => this.keys(["level"], worth, f, undefined, false, issue));
    });
    this.each(tree, "people", "person", "person", (_, v, flow) => this.add(["party"], into(v, "for"), flow));
    this.each(tree, "sources", "source", "source", () => {});
    this.each(tree, "issues", "issue", "issue", (issue, v, flow) => {
      this.names(["party"], into(v, "by"), flow);
      this.names(["party"], into(v, "for"), flow);
      this.keys(["party"], into(v, "stakes"), flow);
      this.names(["level"], into(v, "options"), flow, true, issue);
      const items = into(v, "items");
      if (asMap(items)) {
        this.keys(["level"], items, flow, (_id, item, f) => {
          this.keys([], into(item, "sizes"), f, (_m, figure, g) => this.figures(figure, g));
        }, true, issue);
      } else this.names(["level"], items, flow, true, issue);
      if (asMap(into(v, "undo"))) this.keys(["level"], into(v, "undo"), flow, undefined, false, issue);
      this.keys([], into(v, "sizes"), flow, (_m, sizes, f) => this.keys(["level"], sizes, f, (_l, figure, g) => this.figures(figure, g), false, issue));
    });
    asSeq(child(tree.root, "rules"))?.items.forEach((rule, i) => {
      this.where = `rule ${i + 1}`;
      this.pack(into(rule as Node, "if"), Boolean(asMap(rule)?.flow));
      this.pack(into(rule as Node, "then"), Boolean(asMap(rule)?.flow));
    });
    this.each(tree, "packages", "package", "package", (_, v, flow) => this.pack(v, flow));
    for (const section of ["assumptions", "statements"]) {
      const list = asSeq(child(tree.root, section));
      list?.items.forEach((s) => {
        const map = asMap(s);
        const flow = Boolean(list.flow || map?.flow);
        this.where = `${section.slice(0, -1)} ${String(asScalar(child(map, "id"))?.value ?? "")}`;
        this.add(["statement"], child(map, "id"), flow, true);
        this.add(["person", "party"], child(map, "by"), flow);
        this.add(["source"], child(map, "source"), flow);
        this.names(["statement"], child(map, "supersedes"), flow);
        const claims = asSeq(child(map, "claims"));
        claims?.items.forEach((c) => this.claim(c as Node, flow || Boolean(claims.flow)));
      });
    }
    this.each(tree, "accounts", "account", "account", (_, v, flow) => this.names(["statement", "party"], into(v, "believes"), flow));
    return this.found;
  }
}

/** Every mention of every name. O(length of the case). */
export const mentions = (tree: Tree, verbs: Verb[]): Mention[] => new Walk(verbs).run(tree);

/** The mentions of one name. Of levels those of the issue. */
export function mentionsOf(all: Mention[], kind: NameKind, name: string, issue?: string): Mention[] {
  return all.filter((m) => m.name === name && m.kinds.includes(kind) && (kind !== "level" || m.issue === issue));
}
