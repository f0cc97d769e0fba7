// The shapes of claims, read from the case format's JSON Schema: what a verb speaks of, its second part, and
// whether what a claim does not name can be left open. The schema is made from the engine's own records.
interface Node {
  description?: string;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
  enum?: unknown[];
  required?: string[];
  type?: string | string[];
  dependentSchemas?: Record<string, Node>;
  $ref?: string;
}
export type Schema = Node & { $defs: Record<string, Node> };
/** What stands behind a verb or its second key. */
export type Shape = "package" | "issues" | "weights" | "interval" | "share" | "party";

export interface Verb {
  name: string;
  help: string;
  shape: Shape;
  partner: { key: string; shape: Shape; needed: boolean; help: string } | null;
  /** May `rest` leave issues open? */
  rest: boolean;
}

function shapeOf(node: Node): Shape {
  if (node.type === "array") return "issues";
  if (node.type === "object") return "weights";
  switch (node.$ref?.replace("#/$defs/", "")) {
    case "package": return "package";
    case "interval": return "interval";
    case "share": return "share";
    default: return "party";
  }
}

const names = (node: Node | undefined): string[] => (node?.anyOf ?? []).flatMap((n) => n.required ?? []);

export function verbsOf(schema: Schema): Verb[] {
  const claim = schema.$defs.claim;
  const needs = claim.dependentSchemas ?? {};
  const open = names(needs.rest);
  const verbs = (claim.oneOf ?? []).flatMap((n) => n.required ?? []);
  const partners = Object.keys(needs).filter((k) => k !== "rest" && !verbs.includes(k));
  return verbs.map((name) => {
    const key = partners.find((p) => names(needs[p]).includes(name));
    const about = claim.properties![name];
    return {
      name,
      help: about.description ?? "",
      shape: shapeOf(about),
      partner: key
        ? { key, shape: shapeOf(claim.properties![key]), needed: (needs[name]?.required ?? []).includes(key), help: claim.properties![key].description ?? "" }
        : null,
      rest: open.includes(name),
    };
  });
}

/** The keys of a kind of entry, with what they are: fields of a form. */
export const fieldsOf = (schema: Schema, kind: string): Record<string, Node> => schema.$defs[kind]?.properties ?? {};
