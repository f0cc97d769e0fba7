// The workbench's frame: the bar that leads between answer, record and packages, and three columns that are tabs
// on a phone. Keys: n new, / find, [ ] quotes, x believe, Ctrl-Enter add, Ctrl-Z back.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { setColors } from "../color";
import { conflict, locked, name, note, save, steps, takeAgain, takeBack, unsaved } from "../editor/pane";
import { doc, openLine, place, said } from "../state";
import { keepHalf, known, keep, startNew, tree } from "./desk";
import { Drawers } from "./drawers";
import { EffectColumn, followEffect } from "./effect";
import { followPackages, Packages } from "./packages";
import { findInText, SourceColumn, toMark } from "./source";
import { believe, LastAct, Record, StatementForm } from "./statement";
import "./workbench.css";

const tab = signal<"source" | "statement" | "effect">("statement");
const letters = signal(true);

const PLACES: [typeof place.value, string][] = [["answer", "Answer and text"], ["record", "Workbench"], ["package", "Packages"]];

function go(to: typeof place.value): void {
  place.value = to;
}
function undo(): void {
  said.value = takeBack() ? "Taken back" : "Nothing to take back";
}
function redo(): void {
  said.value = takeAgain() ? "Done again" : "Nothing to do again";
}

function Bar() {
  return (
    <nav class="bench-bar no-print" aria-label="Workbench">
      <span class="bench-places">
        {PLACES.map(([p, words]) => (
          <button type="button" class="button" id={`place-${p}`} aria-current={place.value === p ? "page" : undefined} onClick={() => go(p)}>{words}</button>
        ))}
      </span>
      {place.value !== "answer" && (
        <>
          <span class="bench-file"><code dir="auto">{name.value}</code>{unsaved.value && <span class="unsaved"> ● not saved</span>}</span>
          <button type="button" class="button" id="undo" disabled={steps.value.back === 0} aria-keyshortcuts="Control+Z" onClick={undo}>Undo</button>
          <button type="button" class="button" id="redo" disabled={steps.value.forth === 0} aria-keyshortcuts="Control+Y" onClick={redo}>Redo</button>
          <button type="button" class="button" id="bench-save" disabled={!unsaved.value || locked.value !== null} aria-keyshortcuts="Control+S" onClick={() => void save()}>Save</button>
          <span class="bench-note" role="status">{note.value || said.value}</span>
        </>
      )}
    </nav>
  );
}

function Tabs() {
  return (
    <p class="bench-tabs controls">
      {(["source", "statement", "effect"] as const).map((t) => (
        <button type="button" class="button" id={`tab-${t}`} aria-pressed={tab.value === t} onClick={() => (tab.value = t)}>{t[0].toUpperCase() + t.slice(1)}</button>
      ))}
    </p>
  );
}

function Keys() {
  return (
    <details class="drawer">
      <summary>Keys</summary>
      <p class="caption">
        <kbd>Ctrl-Enter</kbd> adds or keeps, <kbd>Ctrl-Z</kbd> takes the last act back, <kbd>Ctrl-Y</kbd> does it again, <kbd>Ctrl-S</kbd> saves.
        Outside of fields: <kbd>n</kbd> new statement, <kbd>/</kbd> find in the source, <kbd>[</kbd> <kbd>]</kbd> quotes, <kbd>x</kbd> believe the statement.
        In a source: arrows with Shift select, <kbd>q</kbd> quote, <kbd>p</kbd> paraphrase, <kbd>b</kbd> background.
      </p>
      <label class="tick-line"><input type="checkbox" checked={letters.value} onChange={(e) => (letters.value = e.currentTarget.checked)} /> single letters are keys</label>
    </details>
  );
}

/** Typed into a field, a letter is a letter. */
const typing = (e: KeyboardEvent): boolean => {
  const t = e.target as Element;
  return Boolean(t.closest("input:not([type=checkbox]):not([type=radio]):not([type=file]), textarea, select, [contenteditable=true]")) && !t.closest(".source-text .cm-content");
};

function onKey(e: KeyboardEvent): void {
  if (place.value === "answer" || e.defaultPrevented || document.querySelector("dialog[open]")) return;
  const ctrl = e.ctrlKey || e.metaKey;
  if (ctrl && e.key === "Enter" && place.value === "record") {
    e.preventDefault();
    keep();
  } else if (ctrl && !typing(e) && (e.key === "z" || e.key === "y" || e.key === "Z")) {
    e.preventDefault();
    if (e.key === "z") undo();
    else redo();
  } else if (!ctrl && !e.altKey && letters.value && place.value === "record" && !typing(e)) {
    const row = (e.target as Element).closest<HTMLElement>("[data-statement]");
    if (e.key === "n") {
      startNew();
      tab.value = "statement";
      requestAnimationFrame(() => document.getElementById("statement-by")?.focus());
    } else if (e.key === "/") {
      tab.value = "source";
      requestAnimationFrame(findInText);
    } else if (e.key === "[" || e.key === "]") toMark(e.key === "]");
    else if (e.key === "x" && row) believe(row.dataset.statement!);
    else return;
    e.preventDefault();
  }
}

export function Workbench() {
  useEffect(() => {
    addEventListener("keydown", onKey);
    const stop = [
      followEffect(),
      followPackages(),
      // A place in the text is wanted: the text stands beside the answer.
      openLine.subscribe((line) => {
        if (line !== null) place.value = "answer";
      }),
      // So are the two texts of a conflict.
      conflict.subscribe((c) => {
        if (c) place.value = "answer";
      }),
      keepHalf(),
    ];
    return () => {
      removeEventListener("keydown", onKey);
      stop.forEach((s) => s());
    };
  }, []);
  return (
    <>
      <Bar />
      {place.value !== "answer" && <Desk />}
    </>
  );
}

function Desk() {
  // Colours are the picture's; before there is one they are made here.
  const colors = known.value.parties.map((p) => (typeof p.words.color === "string" ? p.words.color : null));
  useEffect(() => {
    if (!doc.value || doc.value.parties.length !== colors.length) setColors(colors);
  }, [colors.join()]);
  const fault = tree.value.fault;
  if (fault) {
    return (
      <main class="bench-desk">
        <h1>Workbench</h1>
        <p class="fault" role="alert">The text cannot be read as it stands: line {fault.line}, {fault.message}. The forms wait until it is put right.{" "}
          <button type="button" class="plain" onClick={() => (openLine.value = fault.line)}>show the line</button>
        </p>
      </main>
    );
  }
  return (
    <main class="bench-desk" data-tab={tab.value}>
      <h1 dir="auto" class="bench-title">{known.value.title || "A new case"}</h1>
      {place.value === "package" ? <Packages /> : <Columns />}
    </main>
  );
}

function Columns() {
  return (
    <>
      <Tabs />
      <div class="bench-columns">
        <SourceColumn />
        <section class="bench-column" aria-labelledby="statement-head" id="bench-statement">
          <StatementForm />
          <Record />
          <Drawers />
          <LastAct />
          <Keys />
        </section>
        <EffectColumn />
      </div>
    </>
  );
}
