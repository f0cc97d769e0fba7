// The case file beside the panels: checked as one types, saved with the hash it was read with.
import { signal } from "@preact/signals";
import { closeBrackets, autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { yaml } from "@codemirror/lang-yaml";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Text } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "preact/hooks";
import type { Finding } from "../engine/engine";
import { diskHash, openLine } from "../state";
import { complete } from "./complete";
import { parted, together, type Form } from "./form";
import { difference, merge } from "./merge";

export interface Held {
  name: string;
  hash: string;
  text: string;
  fault?: string | null;
  editable: boolean;
  /** Why it cannot be written, where it cannot. */
  read_only?: string | null;
}

/** What came of saving. */
export type Saved =
  | { kind: "saved"; hash: string; words?: string }
  | { kind: "conflict"; held: Held }
  | { kind: "draft"; findings: Finding[] }
  | { kind: "failed"; why: string };

/** Where the case file lives: with a server, or in this browser. */
export interface Store {
  read(): Promise<Held | null>;
  save(text: string, hash: string): Promise<Saved>;
  /** Null: a later check replaced this one, or it could not be done. */
  check(text: string, signal: AbortSignal): Promise<Finding[] | null>;
  /** The words changed; null: they are the file's again. */
  edited?(text: string | null): void;
}
let store: Store;
export function setStore(to: Store): void {
  store = to;
}

export const name = signal("");
const hash = signal("");
/** The words on disk that the editor's were made from, and the form they stand in there. */
const base = signal("");
let form: Form = { mark: "", ends: [] };
export const locked = signal<string | null>(null);
export const unsaved = signal(false);
export const note = signal("");
export const findings = signal<Finding[]>([]);
/** The case's words as they stand now, and how many steps can be taken back and taken again. */
export const caseWords = signal("");
export const steps = signal({ back: 0, forth: 0 });
export const conflict = signal<Held | null>(null);
const shown = signal(true);

let view: EditorView | null = null;
let checking: AbortController | null = null;
let timer = 0;
let saving = false;

const words = () => view?.state.doc.toString() ?? "";
/** The words as they would stand in the file. */
const text = () => together(words(), base.value, form);

/** Findings count in code points from 1, the editor in UTF-16 units from 0. */
function rangeOf(doc: Text, f: Finding): { from: number; to: number } {
  if (f.line < 1 || f.line > doc.lines) return { from: 0, to: 0 };
  const line = doc.line(f.line);
  const points = [...line.text];
  const units = (n: number) => points.slice(0, Math.max(0, n)).join("").length;
  const from = line.from + units(f.column - 1);
  return { from, to: Math.min(line.to, Math.max(from, line.from + units(f.column - 1 + Math.max(1, f.length)))) };
}

function show(list: Finding[]): void {
  findings.value = list;
  if (!view) return;
  const doc = view.state.doc;
  const diagnostics: Diagnostic[] = list.map((f) => ({
    ...rangeOf(doc, f),
    severity: f.severity === "note" ? "info" : f.severity,
    message: f.hint ? `${f.message} (${f.hint})` : f.message,
    source: f.code,
  }));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

async function check(): Promise<void> {
  checking?.abort();
  const mine = new AbortController();
  checking = mine;
  const found = await store.check(text(), mine.signal);
  if (found && !mine.signal.aborted) show(found);
}

function checkSoon(): void {
  clearTimeout(timer);
  checking?.abort();
  timer = window.setTimeout(() => void check(), 300);
}

type Changes = { from: number; to: number; insert: string }[];
/**
 * One act of a form: one step of undo, whatever it touches. `then`: changes of the text that the first ones make.
 * False where the text is only read.
 */
export function act(changes: Changes, then: Changes = []): boolean {
  if (!view || locked.value) return false;
  if (changes.length + then.length > 0) {
    view.dispatch({ changes, annotations: isolateHistory.of("full") }, { changes: then, sequential: true });
  }
  return true;
}
export const takeBack = (): boolean => view !== null && undo(view);
export const takeAgain = (): boolean => view !== null && redo(view);

/** Replace what differs, so that cursor, scroll and undo stay sensible. */
function replace(text: string): void {
  if (!view) return;
  const old = words();
  let start = 0;
  while (start < old.length && start < text.length && old[start] === text[start]) start++;
  let end = 0;
  while (end < old.length - start && end < text.length - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  view.dispatch({
    changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) },
    // A step of its own: undo takes this back and not the words typed just before.
    annotations: isolateHistory.of("full"),
  });
}

function from(held: Held): void {
  name.value = held.name;
  hash.value = held.hash;
  const read = parted(held.text);
  base.value = read.words;
  form = read.form;
  locked.value = held.editable ? null : (held.read_only ?? "this page only reads it");
  unsaved.value = words() !== base.value;
  view?.dispatch({ effects: lock.reconfigure(EditorState.readOnly.of(!held.editable)) });
}

/** The file is another than the one the editor's text was made from. */
async function changedOnDisk(): Promise<void> {
  const held = await store.read();
  if (!held || held.fault || held.hash === hash.value || saving) return;
  const there = parted(held.text).words;
  if (unsaved.value && words() !== there) {
    conflict.value = held;
    note.value = "The file changed on disk";
  } else {
    replace(there);
    from(held);
    note.value = "Read again from disk";
  }
}

export async function save(): Promise<void> {
  if (conflict.value) {
    note.value = "First choose what becomes of the two texts";
    return;
  }
  if (saving || locked.value) return;
  saving = true;
  const mine = words();
  const written = text();
  note.value = "Saving";
  const told = await store.save(written, hash.value);
  saving = false;
  switch (told.kind) {
    case "saved":
      hash.value = told.hash;
      base.value = mine;
      form = parted(written).form;
      unsaved.value = words() !== mine;
      note.value = told.words ?? "Saved";
      break;
    case "conflict":
      if (told.held.text === written) {
        from(told.held);
        note.value = "Saved already";
      } else {
        conflict.value = told.held;
        note.value = "Not saved: the file changed in between";
      }
      break;
    case "draft":
      show(told.findings);
      note.value = `Not valid yet: kept as ${name.value}.draft, the case file is as it was`;
      break;
    case "failed":
      note.value = `Not saved: ${told.why}`;
      break;
  }
}

function settle(how: "mine" | "theirs" | "both"): void {
  const c = conflict.value;
  if (!c || !view) return;
  const mine = words();
  const theirs = parted(c.text).words;
  if (how === "theirs") {
    replace(theirs);
    note.value = "The file's text; undo brings yours back";
  } else if (how === "both") {
    const merged = merge(base.value, mine, theirs);
    replace(merged.text);
    note.value =
      merged.clashes === 0
        ? "Both changes stand in the text, not saved yet"
        : `Both changes stand in the text; in ${merged.clashes} place${merged.clashes === 1 ? "" : "s"} the file's lines follow yours as comments`;
  } else {
    note.value = "Your text, not saved yet; saving keeps the file's as a backup";
  }
  from(c);
  conflict.value = null;
  view.focus();
}

const lock = new Compartment();
const style = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], fontWeight: "600" },
  { tag: tags.comment, color: "var(--ink-2)", fontStyle: "italic" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: "var(--ink-2)" },
]);

function create(parent: HTMLElement, held: Held): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: parted(held.text).words,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [complete], aboveCursor: false }),
        indentUnit.of("  "),
        yaml(),
        syntaxHighlighting(style),
        EditorView.lineWrapping,
        EditorView.scrollMargins.of(() => ({ bottom: 44, top: 10 })),
        lock.of(EditorState.readOnly.of(!held.editable)),
        EditorView.contentAttributes.of({ "aria-label": `Text of the case file ${held.name}`, spellcheck: "false", tabindex: "0" }),
        keymap.of([
          { key: "Mod-s", preventDefault: true, run: () => (void save(), true) },
          ...completionKeymap,
          ...lintKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of((u) => {
          if (!u.docChanged) return;
          caseWords.value = words();
          steps.value = { back: undoDepth(u.state), forth: redoDepth(u.state) };
          unsaved.value = words() !== base.value;
          if (unsaved.value && !note.value.includes("draft")) note.value = "";
          store.edited?.(unsaved.value ? text() : null);
          checkSoon();
        }),
      ],
    }),
  });
}

function jump(line: number, column = 1): void {
  if (!view || line < 1 || line > view.state.doc.lines) return;
  const at = rangeOf(view.state.doc, { line, column, length: 1 } as Finding).from;
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  view.focus();
}

function Conflict() {
  const c = conflict.value;
  if (!c) return null;
  const d = difference(words(), parted(c.text).words);
  const part = (lines: string[]) => (
    <pre dir="auto" tabIndex={0}>
      {lines.slice(0, 60).join("\n") || "(nothing that the other has not)"}
      {lines.length > 60 && `\n… ${lines.length - 60} more lines`}
    </pre>
  );
  return (
    <div class="conflict" role="alertdialog" aria-labelledby="conflict-title" aria-describedby="conflict-words">
      <h3 id="conflict-title">The file changed while you were writing</h3>
      <p id="conflict-words">Nothing is lost and nothing is overwritten. What shall become of the two texts?</p>
      <p class="controls">
        <button type="button" class="button" onClick={() => settle("both")}>
          Put both together
        </button>
        <button type="button" class="button" onClick={() => settle("mine")}>
          Keep mine
        </button>
        <button type="button" class="button" onClick={() => settle("theirs")}>
          Take the file's
        </button>
      </p>
      <div class="two">
        <section aria-label="Only in your text">
          <b>Only in your text</b>
          {part(d.mine)}
        </section>
        <section aria-label="Only in the file">
          <b>Only in the file</b>
          {part(d.theirs)}
        </section>
      </div>
    </div>
  );
}

function Findings() {
  const list = findings.value;
  if (list.length === 0) return <p class="caption findings">No error and no warning.</p>;
  const errors = list.filter((f) => f.severity === "error").length;
  return (
    <details class="findings">
      <summary>
        {errors} error{errors === 1 ? "" : "s"}, {list.length - errors} other remark{list.length - errors === 1 ? "" : "s"}
      </summary>
      <ul class="plain-list">
        {list.slice(0, 100).map((f) => (
          <li>
            <button type="button" class="plain left" onClick={() => jump(f.line, f.column)}>
              line {f.line}: {f.message}
              {f.hint && ` (${f.hint})`} <code>{f.code}</code>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function EditorPane() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let gone = false;
    void store.read().then((held) => {
      if (gone || !box.current) return;
      if (!held) {
        note.value = "The case file cannot be read";
        return;
      }
      view = create(box.current, held);
      caseWords.value = words();
      steps.value = { back: 0, forth: 0 };
      from(held);
      void check();
    });
    const leave = (e: BeforeUnloadEvent) => {
      if (unsaved.value) e.preventDefault();
    };
    const keys = (e: KeyboardEvent) => {
      if ((e.ctrlKey || e.metaKey) && e.key === "s") {
        e.preventDefault();
        if (!box.current?.contains(e.target as Element)) void save();
      }
    };
    addEventListener("beforeunload", leave);
    addEventListener("keydown", keys);
    const stop = [
      diskHash.subscribe((h) => {
        if (h && hash.value && h !== hash.value) void changedOnDisk();
      }),
      openLine.subscribe((line) => {
        if (line !== null) {
          shown.value = true;
          jump(line);
        }
      }),
    ];
    return () => {
      gone = true;
      stop.forEach((s) => s());
      removeEventListener("beforeunload", leave);
      removeEventListener("keydown", keys);
      view?.destroy();
      view = null;
    };
  }, []);
  return (
    <aside class={shown.value ? "editor" : "editor shut"} aria-label="The case file">
      <div class="editor-head">
        <h2>
          <code dir="auto">{name.value || "case file"}</code>
          {unsaved.value && <span class="unsaved"> ● not saved</span>}
          {locked.value && <span class="faint"> read only</span>}
        </h2>
        {!locked.value && (
          <button type="button" class="button" disabled={!unsaved.value} aria-keyshortcuts="Control+S" onClick={() => void save()}>
            Save
          </button>
        )}
        <button type="button" class="plain" aria-expanded={shown.value} onClick={() => (shown.value = !shown.value)}>
          {shown.value ? "Hide" : "Show"}
        </button>
      </div>
      <p class="editor-note" role="status">
        {note.value || (locked.value && `Read only: ${locked.value}.`)}
      </p>
      <Conflict />
      <div class="editor-text" ref={box} />
      <Findings />
      <p class="caption editor-keys">
        {!locked.value && "Ctrl-S saves, Ctrl-Space completes. "}Escape, then Tab leaves the text.
      </p>
    </aside>
  );
}
