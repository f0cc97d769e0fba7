// The library of sources and the text of the one that is open. Quotes that were taken are marked in their
// speaker's colour; words that are selected become a quote, a paraphrase or a background remark.
import { batch, effect, signal } from "@preact/signals";
import { openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, keymap, type DecorationSet } from "@codemirror/view";
import { useEffect, useRef } from "preact/hooks";
import { addEntry, draft, known, perform, put, refusal, RELIABILITY, sayWho, startNew, tree, verbs, written } from "./desk";
import { change, remove, rename } from "./acts";
import { findWords, fold, type Span } from "./find";
import { keepText, texts, wantText, wordsOfFile, wordsOfHtml } from "./library";
import { fresh, sideOf, slug, str, type Entry, type Statement } from "./model";
import { PRIVATE } from "./fields";
import { readsPdf } from "../pdf/read";
import { Area, Button, Line, Pick, Tick } from "./widgets";

export const chosen = signal("");
const selected = signal<Span | null>(null);
const told = signal("");
const adding = signal<{ title: string; author: string; secret: boolean; publisher: string; date: string; url: string; reliability: string; text: string; id: string; editing: string | null } | null>(null);
const busy = signal("");

const sourceOf = (id: string): Entry | undefined => known.value.sources.find((s) => s.id === id);
const fileOf = (id: string): string => str(sourceOf(id)?.words.file);

export interface Mark extends Span {
  statement: Statement;
  /** Which of the places of these words it is, and of how many. */
  place: number;
  of: number;
}
let folded: { text: string; fold: ReturnType<typeof fold> } | null = null;
/** Places already looked up, by the words: a search goes through the whole text. */
let looked = new Map<string, Span[]>();

/** Where the words of the statements from this source stand in its text. */
export function marksOf(id: string, text: string): Mark[] {
  if (folded?.text !== text) {
    folded = { text, fold: fold(text) };
    looked = new Map();
  }
  const found: Mark[] = [];
  for (const s of known.value.statements) {
    if (str(s.words.source) !== id || (s.kind !== "quote" && s.kind !== "reported") || s.text === "") continue;
    if (!looked.has(s.text)) looked.set(s.text, findWords(folded.fold, s.text));
    const spans = looked.get(s.text)!;
    spans.forEach((span, i) => found.push({ ...span, statement: s, place: i + 1, of: spans.length }));
  }
  return found.sort((a, b) => a.from - b.from || a.to - b.to);
}

// ---- The text -------------------------------------------------------------------------------

const setMarks = StateEffect.define<DecorationSet>();
const markField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, t) => t.effects.reduce((m, e) => (e.is(setMarks) ? e.value : m), marks.map(t.changes)),
  provide: (f) => EditorView.decorations.from(f),
});
let view: EditorView | null = null;
let marks: Mark[] = [];

function decorate(): void {
  const text = texts.value[fileOf(chosen.value)];
  if (!view || typeof text !== "string") return;
  marks = marksOf(chosen.value, text);
  const parties = known.value.parties.map((p) => p.id);
  const set = marks.map((m) => {
    const side = parties.indexOf(sideOf(known.value, m.statement.by));
    const again = m.of > 1 ? `, place ${m.place} of ${m.of}` : "";
    return Decoration.mark({
      class: m.of > 1 ? "quoted again" : "quoted",
      attributes: { style: `--side: ${side < 0 ? "var(--ink-2)" : `var(--p${side})`}`, title: `${sayWho(m.statement.by)}: ${m.statement.id}${again}` },
    }).range(m.from, m.to);
  });
  view.dispatch({ effects: setMarks.of(Decoration.set(set, true)) });
}

/** The next or previous quote that was taken, from where the caret stands. */
export function toMark(forth: boolean): void {
  if (!view || marks.length === 0) {
    told.value = "No quote was taken from this source yet.";
    return;
  }
  const at = view.state.selection.main.from;
  const next = forth ? (marks.find((m) => m.from > at) ?? marks[0]) : ([...marks].reverse().find((m) => m.from < at) ?? marks[marks.length - 1]);
  view.dispatch({ selection: { anchor: next.from, head: next.to }, effects: EditorView.scrollIntoView(next.from, { y: "center" }) });
  view.focus();
  told.value = `${sayWho(next.statement.by)}: ${next.statement.id}${next.of > 1 ? `, place ${next.place} of ${next.of}` : ""}`;
}

/** What the selected words become. */
export function take(kind: "quote" | "reported" | "editorial"): void {
  const span = selected.value;
  if (!view || !span || span.from === span.to) {
    told.value = "Select words in the text first.";
    return;
  }
  const text = view.state.doc.toString();
  const words = text.slice(span.from, span.to).replace(/\s+/g, " ").trim();
  const again = findWords(folded?.text === text ? folded.fold : fold(text), words).length;
  const over = marks.filter((m) => m.from < span.to && m.to > span.from);
  const d = draft.value;
  const date = str(sourceOf(chosen.value)?.words.date);
  // A form that is begun keeps what is in it, and gets the words.
  if (d.editing || written(d)) put({ text: words, kind, source: chosen.value });
  else startNew({ text: words, kind, source: chosen.value, date, inferred: date !== "", by: d.by });
  if (kind === "editorial") put({ counts: "nothing" });
  told.value = [
    { quote: "Quote", reported: "Paraphrase", editorial: "Background" }[kind],
    " taken. ",
    again > 1 ? `These words stand ${again} times in this source: all places are marked; select more of the sentence to tell them apart. ` : "",
    over.length > 0 ? `Part of them is quoted already by ${[...new Set(over.map((m) => m.statement.id))].join(", ")}. ` : "",
  ].join("");
  const field = document.getElementById(kind === "editorial" || d.by ? "statement-text" : "statement-by");
  field?.focus();
}

function TextView({ text, name }: { text: string; name: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    view = new EditorView({
      parent: box.current!,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorState.readOnly.of(true), EditorView.lineWrapping, drawSelection(), markField, search({ top: true }),
          EditorView.contentAttributes.of({ "aria-label": `Text of ${name}; select words to quote them`, spellcheck: "false", tabindex: "0", dir: "auto" }),
          keymap.of([
            { key: "q", run: () => (take("quote"), true) }, { key: "p", run: () => (take("reported"), true) },
            { key: "b", run: () => (take("editorial"), true) }, { key: "Tab", run: () => false }, ...searchKeymap,
          ]),
          EditorView.updateListener.of((u) => {
            if (u.selectionSet) selected.value = { from: u.state.selection.main.from, to: u.state.selection.main.to };
          }),
        ],
      }),
    });
    selected.value = null;
    const stop = effect(() => {
      void [known.value, texts.value, chosen.value];
      decorate();
    });
    return () => {
      stop();
      view?.destroy();
      view = null;
    };
  }, [text]);
  return <div class="source-text" ref={box} />;
}

/** Find in the source's text. */
export function findInText(): void {
  if (!view) return;
  view.focus();
  openSearchPanel(view);
}

// ---- A source's own form --------------------------------------------------------------------

function fileName(id: string): string {
  const taken = known.value.sources.map((s) => str(s.words.file));
  return taken.includes(`${id}.txt`) ? `${fresh(id, taken.map((t) => t.replace(/\.txt$/, "")))}.txt` : `${id}.txt`;
}

async function keepSource(): Promise<void> {
  const a = adding.value;
  if (!a) return;
  const some = (v: string) => (v.trim() === "" ? undefined : v.trim());
  const id = a.editing ?? (a.id || idFor(a));
  let file = a.editing ? fileOf(a.editing) || undefined : undefined;
  if (a.text.trim() !== "") {
    const name = file ?? fileName(id);
    busy.value = "Keeping the text";
    const html = /^\s*<(!doctype html|html)\b/i.test(a.text) ? wordsOfHtml(a.text).text : a.text.replace(/\r\n?/g, "\n");
    const why = await keepText(name, html.endsWith("\n") ? html : `${html}\n`);
    busy.value = "";
    if (why) {
      told.value = `The text is not kept: ${why}. All that you wrote is still here.`;
      return;
    }
    file = name;
  }
  const words = { title: some(a.title), author: some(a.author), publisher: some(a.publisher), date: some(a.date), url: some(a.url), file, reliability: some(a.reliability),
    private: a.secret ? "true" : a.editing && str(sourceOf(a.editing)?.words.private) === "false" ? "false" : undefined };
  const renamed = a.editing !== null && a.id !== "" && a.id !== a.editing;
  const done = a.editing
    ? perform(change(tree.value, "sources", a.editing, words), `${a.editing} changed`, renamed ? (t) => rename(t, verbs.value, "source", a.editing!, a.id) : undefined)
    : addEntry("sources", id, words);
  if (!done) {
    told.value = refusal.value ?? "";
    return;
  }
  batch(() => {
    chosen.value = a.editing && a.id ? a.id : id;
    adding.value = null;
    told.value = "";
    if (!draft.value.editing) put({ source: chosen.value });
  });
  requestAnimationFrame(() => document.getElementById("source-pick")?.focus());
}
const idFor = (a: { title: string; publisher: string }): string => fresh(slug(a.publisher || a.title, 2) || "source", known.value.sources.map((s) => s.id));

async function fill(file: File): Promise<void> {
  busy.value = `Reading ${file.name}`;
  try {
    const { title, text, note } = await wordsOfFile(file, (words) => (busy.value = `Reading ${file.name}: ${words}`));
    if (!adding.value) begin();
    adding.value = { ...adding.value!, title: adding.value!.title || title, text };
    told.value = `${file.name}: ${text.length.toLocaleString("en-GB")} signs of text.${note ?? ""}`;
  } catch (e) {
    told.value = `${(e as Error).message}. Nothing was changed.`;
  }
  busy.value = "";
}

export function begin(editing: string | null = null): void {
  const w = editing ? (sourceOf(editing)?.words ?? {}) : {};
  adding.value = {
    title: str(w.title), author: str(w.author), secret: str(w.private) === "true", publisher: str(w.publisher), date: str(w.date), url: str(w.url), reliability: str(w.reliability), text: "", id: editing ?? "", editing,
  };
  requestAnimationFrame(() => document.getElementById("source-title")?.focus());
}

/** More than this is not shown in a field: it would stand still. It is kept all the same. */
const SHOWN = 300000;

function SourceForm() {
  const a = adding.value!;
  const set = (some: Partial<typeof a>) => (adding.value = { ...a, ...some });
  const large = a.text.length > SHOWN;
  return (
    <form class="bench-form-inner" aria-label={a.editing ? `Change the source ${a.editing}` : "A new source"}
      onSubmit={(e) => { e.preventDefault(); void keepSource(); }}
      onKeyDown={(e) => {
        if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); e.stopPropagation(); void keepSource(); }
        if (e.key === "Escape") { e.stopPropagation(); adding.value = null; }
      }}>
      <Line id="source-title" label="Title" value={a.title} wide set={(title) => set({ title })} />
      <Line label="Author" value={a.author} set={(author) => set({ author })} />
      <Line label="Publisher" value={a.publisher} set={(publisher) => set({ publisher })} />
      <Line label="Date" value={a.date} hint="2019-02-28" set={(date) => set({ date })} />
      <Line label="Address" value={a.url} hint="https://" set={(url) => set({ url })} />
      <Pick label="Reliability" value={a.reliability} none="not given" set={(reliability) => set({ reliability })} choices={RELIABILITY.map(([v, w]) => [v, `${v}: ${w}`])} />
      <Tick label={PRIVATE} value={a.secret} set={(secret) => set({ secret })} />
      {large
        ? <p class="caption">{a.text.length.toLocaleString("en-GB")} signs of text, kept as they are. <button type="button" class="plain" onClick={() => set({ text: "" })}>leave them out</button></p>
        : <Area id="source-paste" label={a.editing && fileOf(a.editing) ? "Another text in place of the one there is" : "Its text: paste it, or drop a file here"} rows={5} value={a.text} set={(text) => set({ text })} />}
      <label class="field">
        <span class="label">or choose a file (txt, html{readsPdf() && ", pdf"})</span>
        <input type="file" accept={`.txt,.md,.html,.htm,text/plain,text/html${readsPdf() ? ",.pdf,application/pdf" : ""}`} onChange={(e) => {
          const file = e.currentTarget.files?.[0];
          if (file) void fill(file);
        }} />
      </label>
      <Line label="Short name in the file" value={a.id} hint={idFor(a)} set={(id) => set({ id: id.trim() })} />
      <p class="controls">
        <button type="submit" class="button strong" aria-keyshortcuts="Control+Enter">{a.editing ? "Keep" : "Add the source"}</button>
        <Button act={() => (adding.value = null)}>Leave it</Button>
        {a.editing && <Button act={() => perform(remove(tree.value, verbs.value, "sources", "source", a.editing!), `${a.editing} taken out`) && ((adding.value = null), (chosen.value = ""))}>Take it out</Button>}
      </p>
    </form>
  );
}

// ---- The column -----------------------------------------------------------------------------

function About({ e }: { e: Entry }) {
  const n = known.value.statements.filter((s) => str(s.words.source) === e.id).length;
  const grade = RELIABILITY.find(([v]) => v === str(e.words.reliability))?.[1];
  const hidden = str(e.words.private) === "true";
  const parts = [str(e.words.author), str(e.words.publisher), str(e.words.date), grade, `${n} statement${n === 1 ? "" : "s"}`].filter(Boolean);
  return <p class="caption" dir="auto">{parts.join(" · ")} {hidden && <span class="mark-private">private</span>} <button type="button" class="plain" onClick={() => begin(e.id)}>change</button></p>;
}

export function SourceColumn() {
  const c = known.value;
  const e = sourceOf(chosen.value);
  const file = e ? str(e.words.file) : "";
  if (file) wantText(file);
  const text = file ? texts.value[file] : undefined;
  return (
    <section class="bench-column source-column" aria-labelledby="source-head" id="bench-source"
      onDragOver={(x) => x.preventDefault()}
      onDrop={(x) => {
        const dropped = x.dataTransfer?.files[0];
        if (!dropped) return;
        x.preventDefault();
        x.stopPropagation();
        void fill(dropped);
      }}>
      <h2 id="source-head">Source</h2>
      {adding.value ? <SourceForm /> : (
        <>
          <p class="controls">
            <Pick id="source-pick" label="Source" value={chosen.value} none={c.sources.length === 0 ? "no source yet" : "choose a source"} quiet set={(v) => (chosen.value = v)}
              choices={c.sources.map((s) => [s.id, str(s.words.title) || s.id])} />
            <Button id="new-source" act={() => begin()}>+ source</Button>
          </p>
          {e && <About e={e} />}
        </>
      )}
      <p class="caption" role="status">{busy.value || told.value}</p>
      {!adding.value && e && (typeof text === "string" ? (
        <>
          <p class="controls" role="toolbar" aria-label="What the selected words are">
            <Button id="take-quote" keys="q" act={() => take("quote")}>Quote</Button>
            <Button id="take-reported" keys="p" act={() => take("reported")}>Paraphrase</Button>
            <Button id="take-editorial" keys="b" act={() => take("editorial")}>Background</Button>
            <Button keys="[" label="Previous quote" act={() => toMark(false)}>[</Button>
            <Button keys="]" label="Next quote" act={() => toMark(true)}>]</Button>
            <Button keys="/" act={findInText}>Find</Button>
          </p>
          <TextView key={file} text={text} name={str(e.words.title) || e.id} />
        </>
      ) : (
        <p class="caption">{file && text === null ? `The text ${file} is not here. Drop it here or paste it to see its quotes.` : file ? "Opening the text" : "No text is kept of this source. Paste it to quote from it."}{" "}
          {!(file && text === undefined) && <button type="button" class="plain" onClick={() => begin(e.id)}>paste its text</button>}</p>
      ))}
    </section>
  );
}
