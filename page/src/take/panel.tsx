// A panel: what it is about, what it finds, and the ways in which it can leave the page.
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { doc, told } from "../state";
import { csvOf, type Rows } from "./csv";
import { download } from "./download";
import { dotsOf, pictureOf } from "./picture";

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

function Save({ id, name, section, rows }: { id: string; name: string; section: () => HTMLElement; rows: () => Rows }) {
  const file = (ending: string) => `${stem()}-${id}.${ending}`;
  const save = async (kind: "svg" | "png" | "csv") => {
    try {
      if (kind === "csv") {
        download(file("csv"), csvOf(rows()), "text/csv;charset=utf-8");
      } else {
        const drawn = pictureOf(section(), name);
        download(file(kind), kind === "svg" ? drawn.svg : await dotsOf(drawn), kind === "svg" ? "image/svg+xml" : "image/png");
      }
      told(`Saved ${file(kind)}`);
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
    </details>
  );
}

export function Panel({ id, topic, title, rows, class: name = "wide-panel", children }: Props) {
  const box = useRef<HTMLElement>(null);
  return (
    <section ref={box} class={`panel ${name}`} id={id} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <div class="panel-head">
        <h2 id={`${id}-title`}>
          <span class="topic">{topic}</span> <span class="finding" dir="auto">{title}</span>
        </h2>
        <Save id={id} name={topic} section={() => box.current!} rows={rows} />
      </div>
      {children}
    </section>
  );
}
