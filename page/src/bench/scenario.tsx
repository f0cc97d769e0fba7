// Scenario files (Genius, GeniusWeb, NegMAS, CSV) and conflicts (.gmcr): what the engine says of them.
import { signal } from "@preact/signals";
import { engine, front } from "../state";
import type { Opened } from "./files";

interface Shown {
  title: string;
  picture: string | null;
  text: string;
}
const name = signal("");
const shown = signal<Shown[]>([]);
const working = signal(false);

const QUESTIONS: [question: string, title: string][] = [
  ["frontier", "Frontier and solution points"],
  ["haggle", "Haggling, one run"],
];
const CONFLICT: [string, string][] = [["stability", "Stability: what would hold"]];

const isConflict = (files: Opened[]) => files.length === 1 && /\.gmcr$/i.test(files[0].path);

async function ask(question: string, title: string, files: Opened[], inputs: string[]): Promise<Shown> {
  const request = { question, options: [] as [string, string | null][], inputs, files: files.map((f) => ({ path: f.path, bytes: f.text })) };
  const signal = new AbortController().signal;
  const text = await engine.value!.ask({ ...request, format: "text" }, "full", signal);
  const picture = question === "stability" ? null : await engine.value!.ask({ ...request, format: "svg" }, "full", signal);
  return {
    title,
    picture: picture?.text ? `data:image/svg+xml,${encodeURIComponent(picture.text)}` : null,
    text: text.text ?? text.fault ?? "no answer",
  };
}

function Scenario() {
  return (
    <main class="page bench">
      <p>
        <button type="button" class="plain" onClick={() => location.reload()}>
          Another file
        </button>
      </p>
      <h1 dir="auto">{name.value}</h1>
      {shown.value.map((s) => (
        <section class="wide-panel" key={s.title}>
          <h2>{s.title}</h2>
          {s.picture && <img src={s.picture} alt={`${s.title}: the same stands in words below`} />}
          <pre dir="auto" tabIndex={0}>{s.text}</pre>
        </section>
      ))}
      {working.value && <p role="status" class="caption">Computing</p>}
    </main>
  );
}

/** Show what the engine says of these files. */
export async function openScenario(files: Opened[]): Promise<void> {
  const inside = files.length > 1 ? files.map((f) => ({ ...f, path: `scenario/${f.path}` })) : files;
  const inputs = [files.length > 1 ? "scenario" : files[0].path];
  name.value = files.map((f) => f.path).join(", ");
  shown.value = [];
  working.value = true;
  front.value = Scenario;
  for (const [question, title] of isConflict(files) ? CONFLICT : QUESTIONS) {
    shown.value = [...shown.value, await ask(question, title, inside, inputs)];
  }
  working.value = false;
}
