// entente.html: the empty bench. It opens, edits and saves case files and shows what they come to; nothing
// is installed, and nothing is sent: its policy allows no connection.
import { batch, signal } from "@preact/signals";
import { follow, recompute } from "../compute";
import { EditorPane, name as caseName, setStore, type Saved } from "../editor/pane";
import { unpack } from "../engine/unpack";
import { prepare, workerEngine } from "../engine/worker";
import { start } from "../start";
import { accountId, beside, doc, engine, fault, front, place, plain, readUrl, reset, shownFor, still, warning } from "../state";
import { embedded } from "../data";
import { takeFile } from "../take/open";
import { startNew } from "../workbench/desk";
import { slug } from "../workbench/model";
import { scalar } from "../workbench/yaml";
import { setReader } from "../pdf/read";
import { setShelf } from "../workbench/library";
import { openWorkbench, useSchema } from "../workbench/register";
import { download, dropped, pick, textOf, write, type Handle, type Opened } from "./files";
import { drafts, dropDraft, dropKey, keepDraft } from "./drafts";
import { openScenario } from "./scenario";
import { openShelf, saveTexts, shelf, shelfFiles } from "./shelf";

let file: Opened = { path: "case.yaml", text: "", handle: null };
/** What the panels are of: the last words without an error. */
let shown = "";
const note = signal("");
const stands = signal<string | null>(null);
let examples: Record<string, string> = {};
/** The script that reads PDFs, unpacked when the first one comes. */
let readerUrl = "";

const isCase = (f: Opened) => /\.ya?ml$/i.test(f.path) ? /^entente\s*:/m.test(f.text) : /^\s*\{[\s\S]*"entente"\s*:/.test(f.text);

function openCase(opened: Opened, texts: Opened[] = [], at: typeof place.value = "answer"): void {
  file = opened;
  openShelf(opened.path, texts);
  setShelf(shelf);
  // The form of the case before stays with that one.
  caseName.value = "";
  startNew({ source: "" });
  warning.value = null;
  shown = opened.text;
  batch(() => {
    reset();
    fault.value = null;
    doc.value = plain.value = null;
    accountId.value = "";
    shownFor.value = "";
    front.value = null;
    beside.value = EditorPane;
    place.value = at;
    openWorkbench();
  });
  readUrl(true);
  void recompute(true);
}

async function open(list: Promise<Opened[]>): Promise<void> {
  try {
    const files = await list;
    if (files.length === 0) return;
    const cases = files.filter(isCase);
    const texts = files.filter((f) => /\.(txt|md)$/i.test(f.path));
    if (cases.length === 1 && texts.length === files.length - 1) openCase(cases[0], texts);
    else await openScenario(files);
  } catch (e) {
    if (front.value) note.value = (e as Error).message;
    else warning.value = (e as Error).message;
  }
}

async function starter(): Promise<void> {
  const reply = await engine.value!.ask({ question: "new", options: [], inputs: [], files: [], format: "text" }, "check", new AbortController().signal);
  if (reply.text) openCase({ path: "case.yaml", text: reply.text, handle: null });
}

/** A case of nothing but its title: the forms fill it. */
function byForms(title: string): void {
  const words = title.trim().replace(/\s+/g, " ") || "A new case";
  const text = `entente: 1\ntitle: ${scalar(words, false)}\n`;
  openCase({ path: `${slug(words) || "case"}.yaml`, text, handle: null }, [], "record");
}

let keeping = 0;
setStore({
  async read() {
    return { name: file.path, hash: file.text, text: file.text, editable: true };
  },
  async save(text, hash): Promise<Saved> {
    clearTimeout(keeping); // a draft of what is being saved would outlive it
    try {
      const handle: Handle | null = file.handle;
      if (handle) {
        const there = await textOf(await handle.getFile());
        if (there !== hash) return { kind: "conflict", held: { name: file.path, hash: there, text: there, editable: true } };
        await write(handle, text);
      } else {
        download(file.path, text, "application/yaml");
      }
      dropDraft(file.path);
      const beside = saveTexts();
      const also = beside.length > 0 ? `, and beside it ${beside.join(", ")}` : "";
      return { kind: "saved", hash: text, words: (handle ? "Saved" : `Saved among your downloads as ${file.path}`) + also };
    } catch (e) {
      return { kind: "failed", why: (e as Error).message };
    }
  },
  async check(text, signal) {
    try {
      const reply = await engine.value!.ask({ question: "check", options: [], text }, "check", signal);
      if (!signal.aborted && !reply.findings.some((f) => f.severity === "error") && text !== shown) {
        shown = text;
        void recompute(true);
      }
      return reply.findings;
    } catch {
      return null;
    }
  },
  edited(text) {
    clearTimeout(keeping);
    if (text === null) {
      dropDraft(file.path);
      return;
    }
    keeping = window.setTimeout(() => {
      warning.value = keepDraft(file.path, text) ? null : "This browser keeps no drafts here (its storage is full or closed): save your words yourself.";
    }, 400);
  },
});

function Start() {
  const kept = drafts();
  const ready = engine.value !== null;
  return (
    <main class="page bench">
      <h1>Entente</h1>
      <p>
        Who accepts which package, and what the record says about it. Open a case file, or drop one here.
        Everything is computed in this page; nothing is sent, and its policy allows no connection.
      </p>
      {stands.value && <p class="fault" role="alert">The bench cannot work here: {stands.value}.</p>}
      {note.value && <p class="fault" role="alert">{note.value}</p>}
      <p class="controls">
        <button type="button" class="button" id="open" disabled={!ready} onClick={() => void open(pick())}>
          Open files
        </button>
        <button type="button" class="button" id="starter" disabled={!ready} onClick={() => void starter()}>
          Start from a commented small case
        </button>
      </p>
      <form class="controls" onSubmit={(e) => { e.preventDefault(); byForms(new FormData(e.currentTarget).get("title") as string); }}>
        <label>
          New case, by forms: its title <input type="text" name="title" id="new-title" autocomplete="off" />
        </label>{" "}
        <button type="submit" class="button" id="new-case" disabled={!ready}>Begin</button>
      </form>
      <p class="caption">
        Case files (YAML or JSON); scenarios of Genius, GeniusWeb and NegMAS, with all their files at once;
        CSV tables; conflicts of GMCR+ (.gmcr).
      </p>
      <h2>Examples</h2>
      <ul class="plain-list">
        {Object.keys(examples).map((name) => (
          <li key={name}>
            <button type="button" class="plain" disabled={!ready} onClick={() => openCase({ path: name, text: examples[name], handle: null })}>
              {name}
            </button>
          </li>
        ))}
      </ul>
      {kept.length > 0 && (
        <>
          <h2>Drafts kept in this browser</h2>
          <ul class="plain-list">
            {kept.map((d) => (
              <li key={d.key}>
                <button type="button" class="plain" disabled={!ready} onClick={() => openCase({ path: d.name, text: d.text, handle: null })}>
                  {d.name}
                </button>{" "}
                <span class="faint">{new Date(d.time).toLocaleString("en-GB")}</span>{" "}
                <button type="button" class="plain" onClick={() => { dropKey(d.key); note.value = `${d.name}: the draft is gone`; }}>
                  forget
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="caption">What you write is kept as a draft in this browser until it is saved.</p>
    </main>
  );
}

async function begin(): Promise<void> {
  // A view that was saved as a file from here: it opens as it was.
  const data = embedded();
  if (data) {
    file = { path: data.case.file, text: data.case.text ?? "", handle: null };
    shown = file.text;
    takeFile(data);
  } else {
    front.value = Start;
  }
  start();
  addEventListener("dragover", (e) => e.preventDefault());
  addEventListener("drop", (e) => {
    e.preventDefault();
    void open(dropped(e));
  });
  const means = await prepare();
  if ("why" in means) {
    stands.value = still.value = means.why;
    return;
  }
  const packed = document.getElementById("entente-examples")?.textContent;
  if (packed) examples = JSON.parse(new TextDecoder().decode(await unpack(packed.trim())));
  engine.value = workerEngine(means, () => ({ path: file.path, bytes: shown, beside: shelfFiles() }));
  const schema = await engine.value.ask({ question: "schema", options: [], inputs: [], files: [], format: "text" }, "check", new AbortController().signal);
  if (schema.text) useSchema(JSON.parse(schema.text));
  if (data) {
    openShelf(file.path, []);
    setShelf(shelf);
    startNew({ source: "" });
    beside.value = EditorPane;
    openWorkbench();
  }
  const reader = document.getElementById("entente-reader")?.textContent;
  if (reader) {
    setReader(async () => {
      readerUrl ||= URL.createObjectURL(new Blob([await unpack(reader)], { type: "text/javascript" }));
      return new Worker(readerUrl);
    });
  }
  follow();
}

void begin();
