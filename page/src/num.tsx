// A number that opens the statements it rests on, and the dialog that shows them.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ink } from "./color";
import type { Doc, Statement } from "./data";
import { basis, doc, flip, flips, openLine, switchable, view, type Basis } from "./state";
import { isolated } from "./turns";
import { bothWords, day, percent, points } from "./words";

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
  if (s.via) parts.push(<span>via {isolated(s.via)}</span>);
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

/** What switching a statement alone does to the share in which some package suits all, where that was computed. */
function effectOf(s: number) {
  const v = view.value;
  const row = v?.account.influence?.rows.find((r) => r.statement === s);
  return row?.[v!.believed.has(s) ? "without" : "with"] ?? null;
}

/** The statements of a number, greatest effect first; those whose effect is not known as they stand. */
function byEffect(statements: number[]): number[] {
  const size = (s: number) => {
    const e = effectOf(s);
    return e === null ? -1 : e.change === null ? 2 : Math.abs(e.change);
  };
  return [...statements].sort((a, b) => size(b) - size(a) || a - b);
}

/** A switch at each line, and what it would do. */
function Switch({ at, s }: { at: number; s: Statement }) {
  const v = view.value!;
  const believed = v.believed.has(at);
  const kind = flips.value.find((f) => f.statement === s.id)?.kind;
  const effect = effectOf(at);
  if (s.claims.length === 0 || at >= v.doc.statements.length - v.doc.supposed.length) return null;
  return (
    <p class="why-switch">
      <label>
        <input
          type="checkbox"
          checked={believed}
          disabled={!switchable.value || (!s.on && !kind)}
          onChange={() => flip(kind ?? (believed ? "without" : "with"), s.id)}
        />{" "}
        believed
      </label>
      {effect && (
        <span class="faint">
          {believed ? "taken out" : "believed"} alone:{" "}
          {effect.share === null ? "contradicts the rest" : `some package suits ${bothWords(v.doc)} in ${percent(effect.share)} (${points(effect.change ?? 0)} points)`}
        </span>
      )}
    </p>
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
            {byEffect(b.statements).map((i) => {
              const s = d.statements[i];
              return (
                <li key={s.id} class="said" style={{ "--side": ink(s.side) }}>
                  <By s={s} />
                  <div>
                    <Words s={s} />
                  </div>
                  <ul class="claims">
                    {s.claims.map((c) => (
                      <li>{c.text}</li>
                    ))}
                  </ul>
                  <SourceLine d={d} s={s} />
                  <Switch at={i} s={s} />
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </dialog>
  );
}
