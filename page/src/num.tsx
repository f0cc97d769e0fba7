// A number that opens the statements it rests on, and the dialog that shows them.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ink } from "./color";
import type { Doc, Statement } from "./data";
import { basis, doc, openLine, type Basis } from "./state";
import { day } from "./words";

export function Num(props: { of: Basis; children: ComponentChildren; big?: boolean; label?: string }) {
  return (
    <button
      type="button"
      class={props.big ? "num big" : "num"}
      title={props.label ?? "What this rests on"}
      aria-haspopup="dialog"
      onClick={(e) => {
        e.stopPropagation();
        basis.value = props.of;
      }}
    >
      {props.children}
    </button>
  );
}

export function Words({ s }: { s: Statement }) {
  if (s.kind === "quote") return <q dir="auto">{s.words}</q>;
  const words = s.kind === "assumption" ? s.because : s.words;
  return <span dir="auto">{words ?? (s.kind === "assumption" ? "no reason given" : "")}</span>;
}

export function By({ s, id = true }: { s: Statement; id?: boolean }) {
  return (
    <span class="by">
      <b dir="auto">{s.kind === "assumption" ? "Assumption" : s.speaker}</b>
      {s.date && (
        <span class="faint">
          {" "}
          {day(s.date)}
          {s.inferred && <abbr title="this date is inferred, not stated"> (inferred)</abbr>}
        </span>
      )}
      {id && (
        <span class="faint">
          {" "}
          · <code>{s.id}</code>
        </span>
      )}
    </span>
  );
}

export function SourceLine({ d, s }: { d: Doc; s: Statement }) {
  const source = s.source === null ? null : d.sources[s.source];
  const parts: ComponentChildren[] = [];
  if (source) {
    const words = source.publisher ?? source.title ?? source.id;
    const safe = source.url && /^https?:\/\//i.test(source.url);
    parts.push(
      safe ? (
        <a href={source.url!} rel="noreferrer noopener" target="_blank" dir="auto">
          {words}
        </a>
      ) : (
        <span dir="auto">{words}</span>
      ),
    );
    if (source.reliability) parts.push(`source ${source.reliability}`);
  }
  if (s.credibility) parts.push(`credibility ${s.credibility}`);
  if (s.via) parts.push(<span dir="auto">via {s.via}</span>);
  if (s.kind === "reported") parts.push("a paraphrase");
  if (s.line > 0) parts.push(<LineLink s={s} />);
  if (parts.length === 0) return null;
  return (
    <p class="source">
      {parts.map((p, i) => (
        <>
          {i > 0 && " · "}
          {p}
        </>
      ))}
    </p>
  );
}

function LineLink({ s }: { s: Statement }) {
  if (!doc.value?.case.text) return <span>line {s.line}</span>;
  return (
    <a
      href="#case-file"
      onClick={(e) => {
        e.preventDefault();
        basis.value = null;
        openLine.value = s.line;
      }}
    >
      line {s.line}
    </a>
  );
}

export function BasisDialog() {
  const box = useRef<HTMLDialogElement>(null);
  const b = basis.value;
  const d = doc.value!;
  useEffect(() => {
    const dialog = box.current!;
    if (b && !dialog.open) {
      dialog.showModal();
      dialog.scrollTop = 0;
    }
    if (!b && dialog.open) dialog.close();
  }, [b]);
  return (
    <dialog
      ref={box}
      aria-labelledby="basis-title"
      onClose={() => (basis.value = null)}
      onClick={(e) => {
        if (e.target === box.current) basis.value = null;
      }}
    >
      {b && (
        <div class="basis">
          <div class="basis-head">
            <h2 id="basis-title">{b.title}</h2>
            <button type="button" class="plain" onClick={() => (basis.value = null)}>
              Close
            </button>
          </div>
          {b.note && <p>{b.note}</p>}
          <p class="faint">
            {b.statements.length === 0
              ? "No statement bears on it: it follows from the issues and the assumed spread alone."
              : `It rests on ${b.statements.length} statement${b.statements.length === 1 ? "" : "s"}:`}
          </p>
          <ul class="plain-list">
            {b.statements.map((i) => {
              const s = d.statements[i];
              return (
                <li key={s.id} class="said" style={{ "--side": ink(s.side) }}>
                  <By s={s} />
                  <div>
                    <Words s={s} />
                  </div>
                  <ul class="claims">
                    {s.claims.map((c) => (
                      <li dir="auto">{c.text}</li>
                    ))}
                  </ul>
                  <SourceLine d={d} s={s} />
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </dialog>
  );
}
