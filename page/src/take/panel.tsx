// A panel: what it is about, what it finds, and the ways in which it can leave the page.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { doc, redaction, told } from "../state";
import { csvOf, type Rows } from "./csv";
import { download } from "./download";
import { dotsOf, pictureOf } from "./picture";
import { hidden, wanted, withheldWords, without } from "./without";

/** "hanoi" of "cases/hanoi.yaml": how what is saved is named. */
export function stem(): string {
  const name = (doc.value?.case.file ?? "entente").split(/[/\\]/).pop()!;
  return name.replace(/\.(ya?ml|json)$/i, "").replace(/[^\p{L}\p{N}._-]+/gu, "-") || "entente";
}

interface Props {
  id: string;
  topic: string;
  /** The finding, in one line. */
  title: string;
  rows: () => Rows;
  class?: string;
  children: ComponentChildren;
}

/** The rows of what each panel shows now: while one saves it may be drawn anew. */
const rowsNow = new Map<string, () => Rows>();

/** Write the panel as it stands among the downloads; the file's name. */
async function write(id: string, topic: string, kind: "svg" | "png" | "csv"): Promise<string> {
  const name = `${stem()}-${id}${redaction.value ? "-redacted" : ""}.${kind}`;
  const [section, rows] = [document.getElementById(id), rowsNow.get(id)];
  if (!section || !rows) throw new Error("this panel has nothing to say without what is private");
  if (kind === "csv") {
    download(name, csvOf(rows()), "text/csv;charset=utf-8");
  } else {
    const drawn = pictureOf(section, topic);
    download(name, kind === "svg" ? drawn.svg : await dotsOf(drawn), kind === "svg" ? "image/svg+xml" : "image/png");
  }
  return name;
}

function Save({ id, name }: { id: string; name: string }) {
  const save = async (kind: "svg" | "png" | "csv") => {
    try {
      let file = "";
      const how = await without(async () => {
        file = await write(id, name, kind);
      });
      told(`Saved ${file}${how}`);
    } catch (e) {
      told(`Not saved: ${(e as Error).message}`);
    }
  };
  return (
    <details class="save no-print">
      <summary aria-label={`Save: ${name}`}>Save</summary>
      {(["svg", "png", "csv"] as const).map((kind) => (
        <button type="button" class="plain" key={kind} data-save={kind} onClick={() => void save(kind)}>
          {kind.toUpperCase()}
        </button>
      ))}
      {hidden() && <span class="caption how">{wanted() ? "without what is private" : "with what is private"}</span>}
    </details>
  );
}

export function Panel({ id, topic, title, rows, class: name = "wide-panel", children }: Props) {
  rowsNow.set(id, rows);
  useEffect(() => () => void rowsNow.delete(id), [id]);
  const withheld = withheldWords(doc.value);
  return (
    <section class={`panel ${name}`} id={id} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <div class="panel-head">
        <h2 id={`${id}-title`}>
          <span class="topic">{topic}</span> <span class="finding">{title}</span>
        </h2>
        <Save id={id} name={topic} />
      </div>
      {children}
      {withheld && <p class="caption withheld">Withheld from the case as shown here: {withheld}.</p>}
    </section>
  );
}
