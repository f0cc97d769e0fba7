// Drawers: parties, people, issues, named packages, rules, assumptions and accounts, each a list of what there is
// and a form for one of them.
import { batch, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { add, both, change, ordered, ORDER, rename, setLevels, setTop, type Act } from "./acts";
import { claimOf, draftOf, missing, newClaim, type ClaimDraft } from "./claim";
import { draft, fields, known, perform, put, refusal, removeEntry, renameEntry, tree, verbs } from "./desk";
import { Fields } from "./fields";
import { fresh, issueOf, listOf, nameOf, slug, str, type Claim, type Words } from "./model";
import type { NameKind } from "./names";
import { Button, Line, Pick, Radios } from "./widgets";
import { sameValue, type Value } from "./yaml";
import { ClaimSentence } from "./claims";

interface Kind {
  section: string;
  kind: NameKind;
  /** In the schema. */
  of: string;
  one: string;
  many: string;
  first: string[];
}
export const DRAWERS: Kind[] = [
  { section: "parties", kind: "party", of: "party", one: "party", many: "Parties", first: ["name", "role", "approves"] },
  { section: "people", kind: "person", of: "person", one: "person", many: "People who speak", first: ["name", "for", "title"] },
  { section: "issues", kind: "issue", of: "issue", one: "issue", many: "Issues", first: ["name", "by", "for"] },
  { section: "packages", kind: "package", of: "choices", one: "package", many: "Named packages", first: [] },
  { section: "rules", kind: "package", of: "rule", one: "rule", many: "Rules", first: ["if", "then", "because"] },
  { section: "assumptions", kind: "statement", of: "assumption", one: "assumption", many: "Assumptions", first: ["name", "because", "source"] },
  { section: "accounts", kind: "account", of: "account", one: "account", many: "Accounts", first: ["name", "believes", "only"] },
];

/** The form that is open in a drawer: a new entry where `id` is null. */
interface Form {
  section: string;
  id: string | null;
  name: string;
  words: Words;
  was: Words;
  claims: ClaimDraft[];
  kind: "options" | "items" | "range";
}
export const form = signal<Form | null>(null);
/** Drawers that stand open: they stay so. */
const opened = signal<ReadonlySet<string>>(new Set());
const setOpen = (section: string, there: boolean): void => {
  if (opened.value.has(section) === there) return;
  const next = new Set(opened.value);
  if (there) next.add(section);
  else next.delete(section);
  opened.value = next;
};
/** Where the focus goes back to when the form is shut. */
let opener: HTMLElement | null = null;

const kindOf = (w: Words): Form["kind"] => (w.items !== undefined ? "items" : w.range !== undefined ? "range" : "options");

export function openForm(section: string, id: string | null): void {
  const c = known.value;
  const list = section === "assumptions" ? c.assumptions : section === "rules" ? [] : (c[section as "parties"] ?? []);
  const words = { ...(list.find((e) => e.id === id)?.words ?? {}) };
  opener = document.activeElement as HTMLElement | null;
  const claims = section === "assumptions" ? ((words.claims ?? []) as Words[]).map((x) => draftOf(x as Claim, verbs.value)) : [];
  delete words.claims;
  if (section === "assumptions") delete words.id;
  batch(() => {
    refusal.value = null;
    setOpen(section, true);
    form.value = { section, id, name: id ?? "", words, was: { ...words }, claims: id === null && section === "assumptions" ? [newClaim()] : claims, kind: kindOf(words) };
  });
}
function shut(): void {
  const back = opener;
  const one = DRAWERS.find((d) => d.section === form.value?.section)?.one;
  form.value = null;
  refusal.value = null;
  requestAnimationFrame(() => (back?.isConnected ? back : document.getElementById(`new-${one}`))?.focus());
}
const set = (some: Partial<Form>) => {
  if (form.value) form.value = { ...form.value, ...some };
};

const proposal = (f: Form): string => {
  const c = known.value;
  const taken = f.section === "parties" || f.section === "people" ? [...c.parties, ...c.people] : f.section === "assumptions" ? [...c.statements, ...c.assumptions] : ((c as unknown as Record<string, { id: string }[]>)[f.section] ?? []);
  const words = str(f.words.name) || str(f.words.because) || (f.section === "packages" ? Object.keys(f.words).join(" ") : "");
  return fresh(slug(words, 3) || f.section.replace(/ies$/, "y").replace(/s$/, ""), taken.map((x) => x.id));
};

/** What the form lacks; null where it can be kept. */
function lack(f: Form): string | null {
  if (f.section === "issues" && listOf(f.words.by).length + listOf(f.words.for).length === 0) return "who gives it or who gets it";
  if (f.section === "issues" && f.kind === "options" && listOf(f.words.options).length < 2) return "at least two options";
  if (f.section === "issues" && f.words[f.kind] === undefined) return `its ${f.kind}`;
  if (f.section === "people" && !f.words.name && !f.name) return "a name";
  if (f.section === "parties" && !f.words.name && !f.name) return "a name";
  if (f.section === "accounts" && listOf(f.words.believes).length === 0) return "what it believes";
  if (f.section === "rules" && (f.words.if === undefined || f.words.then === undefined)) return "both packages";
  const open = f.claims.map((x) => missing(x, verbs.value, known.value)).find(Boolean);
  return f.section === "assumptions" ? (f.claims.length === 0 ? "a claim" : open ? `in a claim: ${open}` : null) : null;
}

function actOf(f: Form): Act {
  const why = lack(f);
  if (why) return { patches: null, why: `still missing: ${why}` };
  const words: Words = { ...f.words };
  if (f.section === "assumptions") words.claims = f.claims.map((x) => claimOf(x, verbs.value) as Value);
  if (f.id === null) return add(tree.value, f.section, f.name || proposal(f), ordered(words, ORDER[f.section] ?? []));
  const changed: Words = {};
  for (const k of new Set([...Object.keys(words), ...Object.keys(f.was)])) {
    const [now, then] = [words[k], f.was[k]];
    if (k === "claims" || (now === undefined) !== (then === undefined) || (now !== undefined && !sameValue(now, then!))) changed[k] = now;
  }
  const list = f.section === "issues" && f.kind !== "range" && changed[f.kind] !== undefined && f.was[f.kind] !== undefined;
  const level: Act = list ? setLevels(tree.value, verbs.value, f.id, listOf(changed[f.kind])) : { patches: [], why: null };
  // Items with words of their own are written as a whole where more than their names changed.
  if (list && !(f.kind === "items" && level.why === null && !Array.isArray(changed.items))) delete changed[f.kind];
  else if (level.why !== null) return level;
  const others: Act = Object.keys(changed).length > 0 ? change(tree.value, f.section, f.id, changed) : { patches: [], why: null };
  return list && changed[f.kind] === undefined ? both(level, others) : others;
}

function keepForm(): void {
  const f = form.value;
  if (!f) return;
  const name = f.name || proposal(f);
  const { kind } = DRAWERS.find((d) => d.section === f.section)!;
  const renamed = f.id !== null && f.section !== "rules" && name !== f.id;
  const done = perform(actOf(f), f.id === null ? `${name} added` : `${name} changed`, renamed ? (t) => rename(t, verbs.value, kind, f.id!, name) : undefined);
  if (!done) return;
  // Somebody who was added on the spot is who speaks.
  if (f.section === "people" && f.id === null && draft.value.by === "") put({ by: name });
  shut();
}

function LevelNames({ f }: { f: Form }) {
  const issue = known.value.issues.find((i) => i.id === f.id);
  const level = useRef("");
  const to = useRef<HTMLInputElement>(null);
  if (!issue || issue.levels.length === 0) return null;
  return (
    <details class="sub">
      <summary>Rename one of them, everywhere</summary>
      <Pick label="which" value={level.current} none="choose" set={(v) => (level.current = v)} choices={issue.levels.map((l) => [l.id, l.id])} />
      <label class="field"><span class="label">new name</span><input type="text" ref={to} /></label>
      <Button act={() => level.current && to.current?.value && renameEntry("level", level.current, to.current.value, issue.id) && shut()}>Rename</Button>
    </details>
  );
}

function FormOf({ d, f }: { d: Kind; f: Form }) {
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);
  // Options and items that are being written down here are names already.
  const c = d.section !== "issues" ? known.value : { ...known.value, issues: [...known.value.issues.filter((i) => i.id !== f.id), issueOf({ id: f.id ?? "", words: f.words })] };
  const properties = { ...fields(d.of) } as Record<string, never>;
  delete properties.id;
  delete properties.claims;
  for (const k of ["options", "items", "range"]) delete properties[k];
  const kinds = fields("issue");
  return (
    <form class="bench-form-inner" ref={box} aria-label={f.id ? `Change ${f.id}` : `A new ${d.one}`}
      onSubmit={(e) => { e.preventDefault(); keepForm(); }}
      onKeyDown={(e) => {
        if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); e.stopPropagation(); keepForm(); }
        if (e.key === "Escape") { e.stopPropagation(); shut(); }
      }}>
      {d.of === "choices" ? (
        <Fields c={c} properties={{ package: { $ref: "#/$defs/choices" } } as never} path={[]} of="" value={{ package: f.words as Value }}
          set={(_, v) => set({ words: (typeof v === "object" ? v : {}) as Words })} />
      ) : (
        <Fields c={c} properties={properties} path={[]} of={f.id ?? ""} value={f.words} first={d.first}
          set={(k, v) => set({ words: { ...f.words, [k]: v } })} />
      )}
      {d.section === "issues" && (
        <>
          {(f.id === null || f.was[f.kind] === undefined) && (
            <Radios label="What can be given" name="issue-kind" value={f.kind} set={(kind) => set({ kind: kind as Form["kind"], words: { ...f.words, options: undefined, items: undefined, range: undefined } })}
              choices={[["options", "one of several options"], ["items", "any of several items"], ["range", "a number"]]} />
          )}
          <Fields c={c} properties={{ [f.kind]: kinds[f.kind] } as never} path={[]} of={f.id ?? ""} value={f.words} set={(k, v) => set({ words: { ...f.words, [k]: v } })} />
          {f.id !== null && <LevelNames f={f} />}
        </>
      )}
      {d.section === "assumptions" && (
        <>
          {f.claims.map((x, i) => (
            <ClaimSentence key={i} c={c} d={x} at={i} all={verbs.value} set={(some) => set({ claims: f.claims.map((y, k) => (k === i ? { ...y, ...some } : y)) })}
              drop={() => set({ claims: f.claims.filter((_, k) => k !== i) })} />
          ))}
          <Button act={() => set({ claims: [...f.claims, newClaim()] })}>+ claim</Button>
        </>
      )}
      {d.section !== "rules" && <Line label="Short name in the file" value={f.name} hint={proposal(f)} set={(name) => set({ name: name.trim() })} />}
      {refusal.value && <p class="fault" role="alert">{refusal.value}</p>}
      <p class="controls">
        <button type="submit" class="button strong" aria-keyshortcuts="Control+Enter">{f.id ? "Keep" : `Add the ${d.one}`}</button>
        <Button act={shut}>Leave it</Button>
        {f.id && d.section !== "rules" && <Button act={() => removeEntry(d.section, d.kind, f.id!) && shut()}>Take it out</Button>}
      </p>
    </form>
  );
}

function Drawer({ d }: { d: Kind }) {
  const c = known.value;
  const f = form.value;
  const rules = d.section === "rules";
  const list = rules ? [] : d.section === "assumptions" ? c.assumptions : (c as unknown as Record<string, { id: string; words: Words }[]>)[d.section];
  return (
    <details class="drawer" id={`drawer-${d.section}`} open={opened.value.has(d.section)} onToggle={(e) => setOpen(d.section, e.currentTarget.open)}>
      <summary>{d.many}{!rules && <span class="faint"> {list.length}</span>}</summary>
      <ul class="plain-list">
        {list.map((e) => (
          <li key={e.id}>
            {f?.section === d.section && f.id === e.id ? <FormOf d={d} f={f} /> : (
              <button type="button" class="plain left" onClick={() => openForm(d.section, e.id)}>
                <b dir="auto">{nameOf(e)}</b> <span class="faint">change</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {f?.section === d.section && f.id === null
        ? <FormOf d={d} f={f} />
        : <p><Button id={`new-${d.one}`} act={() => openForm(d.section, null)}>+ {d.one}</Button></p>}
    </details>
  );
}

export function Drawers() {
  const c = known.value;
  return (
    <section class="drawers" aria-label="The case">
      <details class="drawer" id="drawer-case">
        <summary>Title and date</summary>
        <Top label="Title" name="title" value={c.title} needed />
        <Top label="The record goes up to" name="as-of" value={c.asOf} />
        <Top label="What the case is about" name="summary" value={c.summary} long />
      </details>
      {DRAWERS.map((d) => <Drawer key={d.section} d={d} />)}
    </section>
  );
}

/** One of the case's own lines: what was typed is one act when the field is left. */
function Top({ label, name, value, long, needed }: { label: string; name: string; value: string; long?: boolean; needed?: boolean }) {
  const done = (e: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
    const words = e.currentTarget.value.replace(/\s+/g, " ").trim();
    if (needed && !words) e.currentTarget.value = value;
    else perform(setTop(tree.value, name, words), `${label} changed`);
  };
  return (
    <label class="field wide-field">
      <span class="label">{label}</span>
      {long ? <textarea rows={3} dir="auto" value={value} onChange={done} /> : <input type="text" dir="auto" autocomplete="off" value={value} onChange={done} />}
    </label>
  );
}
