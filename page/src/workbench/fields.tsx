// Forms made from the case format's schema: whatever an entry may hold has a field, with the schema's own words
// beside it. Names are chosen from those of the case.
import { Bounds } from "./claims";
import { newPart, type Part } from "./claim";
import { schema } from "./desk";
import { ordered, ORDER } from "./acts";
import { listOf, nameOf, str, type Case, type Words } from "./model";
import { PackageEditor } from "./package";
import { Adder, Area, Line, Ordered, Pick, Tick, Ticks, type Choice } from "./widgets";
import type { Value } from "./yaml";

interface Node {
  description?: string;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  items?: Node;
  anyOf?: Node[];
  enum?: unknown[];
  type?: string | string[];
  $ref?: string;
}
interface Props {
  c: Case;
  node: Node;
  /** The key that it stands behind, and those around it. */
  path: string[];
  /** The entry that is looked at. */
  of: string;
  value: Value | undefined;
  set: (v: Value | undefined) => void;
  /** What it is called, where the key is a name of the case. */
  called?: string;
}

const LABELS: Record<string, string> = {
  name: "Name", role: "Part at the table", approves: "Must consent to", approval: "Votes", reservation: "Walks away below", color: "Colour",
  utility: "Known values", "item-sizes": "Sizes", for: "For", title: "Title", author: "Author", publisher: "Publisher", date: "Date", url: "Address", file: "File of its text",
  reliability: "Reliability", by: "Given by", stakes: "Others with a stake", unit: "Unit", options: "Options, the status quo first",
  items: "Items, of which any may be given", range: "Range", undo: "Comes back if it collapses", sizes: "Sizes", from: "From (status quo)",
  to: "To", step: "Step", because: "Because", source: "Source", believes: "Believes", only: "Only that", votes: "Votes that it takes",
  of: "Members in all", members: "Members of the case", veto: "With a veto", others: "Of the other members, for", if: "What goes as far as",
  then: "must go as far as",
};
export const PRIVATE = "Private: left out of what is given away";
export const labelOf = (key: string): string => LABELS[key] ?? key.replace(/-/g, " ");

const entries = (list: { id: string; words: Words }[]): Choice[] => list.map((e) => [e.id, nameOf(e)]);
/** Names that can stand behind a key. */
function candidates(c: Case, path: string[], of: string): Choice[] | null {
  const [key, around] = [path[path.length - 1], path[path.length - 2]];
  switch (key) {
    case "by": case "for": case "members": case "veto": case "stakes": return entries(c.parties);
    case "approves": case "utility": return entries(c.issues);
    case "source": return c.sources.map((s) => [s.id, str(s.words.title) || s.id]);
    case "believes":
      return [...entries(c.parties), ...[...c.statements, ...c.assumptions].map((s): Choice => [s.id, s.id])];
    case "undo": return levels(c, of);
    default: return around === "sizes" ? levels(c, of) : around === "utility" ? levels(c, key) : null;
  }
}
const levels = (c: Case, issue: string): Choice[] => (c.issues.find((i) => i.id === issue)?.levels ?? []).map((l) => [l.id, l.name]);
const target = (node: Node): Node => (node.$ref && schema.value ? (schema.value.$defs[node.$ref.replace("#/$defs/", "")] as Node) : node);
const refOf = (node: Node): string => node.$ref?.replace("#/$defs/", "") ?? "";
const orNone = (v: Value): Value | undefined => (v === "" || (Array.isArray(v) && v.length === 0) ? undefined : v);
const mapOf = (v: Value | undefined): Words => (v !== undefined && typeof v === "object" && !Array.isArray(v) ? v : {});
const bounds = (v: Value | undefined): [string, string] => (Array.isArray(v) ? [str(v[0]), str(v[1])] : [str(v), ""]);
const interval = (low: string, high: string): Value | undefined => (low === "" && high === "" ? undefined : high === "" ? low : [low, high]);

function Interval({ label, value, set }: { label: string; value: Value | undefined; set: Props["set"] }) {
  const [low, high] = bounds(value);
  return <Bounds label={label} low={low} high={high} set={(l, h) => set(interval(l, h))} />;
}

/** What a deal must bring, and whether that is confidential. */
function Reservation({ label, value, set }: { label: string; value: Value | undefined; set: Props["set"] }) {
  const map = mapOf(value);
  const amount = Array.isArray(value) || typeof value !== "object" ? value : map.value;
  const hidden = str(map.private) === "true";
  const give = (v: Value | undefined, on: boolean) => set(v === undefined ? undefined : on ? { value: v, private: "true" } : v);
  return (
    <span class="bounds">
      <Interval label={label} value={amount} set={(v) => give(v, hidden)} />
      <Tick label={PRIVATE} value={hidden} set={(on) => give(amount ?? "0", on)} />
    </span>
  );
}

/** A figure with its source, or a bare one. */
function Measure({ c, label, value, set }: { c: Case; label: string; value: Value | undefined; set: Props["set"] }) {
  const map = mapOf(value);
  const figure = "value" in map ? map.value : value;
  const source = str(map.source);
  const give = (v: Value | undefined, s: string) => set(v === undefined ? undefined : s ? { value: v, source: s } : v);
  return (
    <span class="bounds">
      <Interval label={label} value={figure} set={(v) => give(v, source)} />
      <Pick label="its source" value={source} none="no source" set={(s) => give(figure, s)} choices={candidates(c, ["source"], "")!} />
    </span>
  );
}

function Rows({ c, node, path, of, value, set }: Props) {
  const map = mapOf(value);
  const names = candidates(c, path, of);
  const inner = node.additionalProperties as Node;
  const free = names?.filter(([n]) => !(n in map));
  const add = (key: string) => {
    if (key && !(key in map)) set({ ...map, [key]: inner.enum ? str(inner.enum[0] as string) : target(inner).type === "object" ? {} : "" });
  };
  const label = labelOf(path[path.length - 1]);
  return (
    <fieldset class="rows">
      <legend>{label}</legend>
      {Object.entries(map).map(([key, v]) => (
        <div class="row" key={key}>
          <Field c={c} node={inner} path={[...path, key]} of={of} value={v} called={names?.find(([n]) => n === key)?.[1] ?? key} set={(next) => set({ ...map, [key]: next ?? "" })} />
          <button type="button" class="chip-act" aria-label={`take out ${key}`} onClick={() => {
            const rest = { ...map };
            delete rest[key];
            set(Object.keys(rest).length > 0 ? rest : undefined);
          }}>×</button>
        </div>
      ))}
      {free ? free.length > 0 && <Pick label={`${label}: add`} value="" none="+ one more" quiet set={add} choices={free} /> : <Adder label={`${label}: add`} put={add} />}
    </fieldset>
  );
}

/** Items: names in a list; where one has words or sizes of its own, a map. */
function Items({ c, value, set, path, of }: Props) {
  const given = Array.isArray(value) ? Object.fromEntries(value.map((v) => [str(v), {} as Words])) : Object.fromEntries(Object.entries(mapOf(value)).map(([k, v]) => [k, mapOf(v)]));
  const give = (map: Record<string, Words>) => {
    const bare = Object.values(map).every((w) => Object.values(w).every((v) => v === undefined));
    set(Object.keys(map).length === 0 ? undefined : bare && !(value && !Array.isArray(value)) ? Object.keys(map) : (map as Value));
  };
  const item = (schema.value?.$defs.item as Node | undefined)?.properties ?? {};
  return (
    <fieldset class="rows">
      <legend>{labelOf("items")}</legend>
      {Object.entries(given).map(([key, words]) => (
        <details class="sub" key={key}>
          <summary>{str(words.name) || key}</summary>
          {Object.entries(item).map(([k, node]) => (
            <Field key={k} c={c} node={node} path={[...path, key, k === "sizes" ? "item-sizes" : k]} of={of} value={words[k]} set={(v) => give({ ...given, [key]: ordered({ ...words, [k]: v }, ORDER.item) })} />
          ))}
          <button type="button" class="plain" onClick={() => {
            const rest = { ...given };
            delete rest[key];
            give(rest);
          }}>take {key} out</button>
        </details>
      ))}
      <Adder label="Add an item" put={(key) => !(key in given) && give({ ...given, [key.replace(/\s+/g, "-")]: {} })} />
    </fieldset>
  );
}

/** One value for all, or each its own. */
function Either({ c, node, path, of, value, set }: Props) {
  const map = node.anyOf!.map(target).find((n) => n.type === "object")!;
  const simple = node.anyOf!.find((n) => target(n) !== map)!;
  const each = typeof value === "object" && !Array.isArray(value);
  const label = labelOf(path[path.length - 1]);
  return (
    <div>
      <Pick label={`${label}: how it is told`} value={each ? "each" : "one"} choices={[["one", "one for all"], ["each", "each its own"]]} set={(v) => set(v === "each" ? {} : undefined)} />
      {each ? <Rows c={c} node={map} path={path} of={of} value={value} set={set} /> : <Field c={c} node={simple} path={path} of={of} value={value} set={set} />}
    </div>
  );
}

export function Field(props: Props) {
  const { c, node, path, of, value, set } = props;
  const key = path[path.length - 1];
  const label = props.called ?? labelOf(key);
  const ref = refOf(node);
  const real = target(node);
  const names = candidates(c, path, of);
  if (key === "items") return <Items {...props} />;
  if (ref === "package" || ref === "choices") {
    const part: Part = { ...newPart(), named: typeof value === "string" ? value : "", levels: Object.entries(mapOf(value)).map(([k, v]) => [k, Array.isArray(v) ? v.map((x) => str(x)) : str(v)]) };
    return <PackageEditor c={c} label={label} part={part} set={(p) => set(p.named || Object.fromEntries(p.levels))} />;
  }
  if (key === "private") return <Tick label={PRIVATE} value={str(value) === "true"} set={(on) => set(on ? "true" : undefined)} />;
  if (ref === "reservation") return <Reservation label={label} value={value} set={set} />;
  if (real.enum) {
    return <Pick label={label} value={str(value)} none="not given" set={(v) => set(orNone(v))} choices={real.enum.map((v): Choice => [String(v), ENUMS[String(v)] ?? String(v)])} />;
  }
  if (ref === "interval" || ref === "share") return <Interval label={label} value={value} set={set} />;
  if (ref === "measure") return <Measure c={c} label={label} value={value} set={set} />;
  if (ref === "names" && names) {
    return <Ticks label={label} value={listOf(value)} choices={names} set={(v) => set(v.length === 0 ? undefined : v.length === 1 ? v[0] : v)} />;
  }
  if (real.anyOf && real.anyOf.map(target).some((n) => n.type === "object")) return <Either {...props} node={real} />;
  if (real.type === "array") {
    return names
      ? <Ticks label={label} value={listOf(value)} choices={names} set={(v) => set(orNone(v))} />
      : <Ordered label={label} value={listOf(value)} set={(v) => set(orNone(v.map((x) => x.replace(/\s+/g, "-"))))} add="Add one, from little to much" />;
  }
  if (real.type === "object" && real.properties) {
    const map = mapOf(value);
    return (
      <details class="sub" open={key === "range"}>
        <summary>{label}</summary>
        <Fields c={c} properties={ordered(real.properties as never, ORDER[key] ?? []) as never} path={path} of={of} value={map} set={(k, v) => {
          const next = { ...map, [k]: v };
          set(Object.values(next).every((x) => x === undefined) ? undefined : (ordered(next, ORDER[key] ?? []) as Value));
        }} />
      </details>
    );
  }
  if (real.type === "object") return <Rows {...props} node={real} />;
  const number = real.type === "number" || real.type === "integer";
  if (names && !number) return <Pick label={label} value={str(value)} none="none" set={(v) => set(orNone(v))} choices={names} />;
  if (key === "because" || key === "summary") return <Area label={label} value={str(value)} set={(v) => set(orNone(v))} />;
  return <Line label={label} value={str(value)} set={(v) => set(orNone(v))} mode={number ? "decimal" : undefined} hint={HINTS[key]} />;
}
const ENUMS: Record<string, string> = {
  decider: "decides: must accept every deal", approver: "approves: must accept deals about some issues", observer: "looks on",
  "+": "gains by it", "-": "loses by it", true: "yes", false: "no",
  A: "A: completely reliable", B: "B: usually reliable", C: "C: fairly reliable", D: "D: not usually reliable", E: "E: unreliable", F: "F: cannot be judged",
};
const HINTS: Record<string, string> = { date: "2019-02-28", color: "#0072B2", url: "https://" };

/** All fields of an entry: those that are often filled in first, the others behind a fold. */
export function Fields({ c, properties, path, of, value, set, first }: {
  c: Case; properties: Record<string, Node>; path: string[]; of: string; value: Words; set: (key: string, v: Value | undefined) => void; first?: string[];
}) {
  const field = (key: string) => (
    <Field key={key} c={c} node={properties[key]} path={[...path, key]} of={of} value={value[key]} set={(v) => set(key, v)} />
  );
  const shown = first ? first.filter((k) => k in properties) : Object.keys(properties);
  const more = first ? Object.keys(properties).filter((k) => !first.includes(k)) : [];
  return (
    <>
      {shown.map(field)}
      {more.length > 0 && (
        <details class="sub" open={more.some((k) => value[k] !== undefined)}>
          <summary>More</summary>
          {more.map(field)}
        </details>
      )}
    </>
  );
}
