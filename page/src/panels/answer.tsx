import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Num } from "../num";
import {
  absent, anySwitch, asOf, busy, flips, goTo, progress, redaction, reset, restsOn, rough, shownFor, still, suppose, supposeAll, switchable,
  choiceOf, settled, told, type View,
} from "../state";
import { choiceWords } from "../take/trail";
import { withheldWords } from "../take/without";
import { Deciding } from "./next";
import { accountWords, bothSides, capital, count, day, fitWords, percent, ranged, votesWords } from "../words";

function question(v: View): string {
  return v.doc.deciders.length === 2
    ? "Was there a package that both sides would have taken?"
    : "Was there a package that all sides would have taken?";
}

function Sentence({ v }: { v: View }): ComponentChildren {
  const p = v.picture;
  const sides = bothSides(v.doc);
  if (!p && v.account.consistent) return <>{capital(accountWords(v.account))}: {absent(v.account)}.</>;
  if (!p) {
    return (
      <>
        {capital(accountWords(v.account))} contradicts itself{anySwitch.value ? " with this change" : ""}: no
        preferences fit it.
      </>
    );
  }
  const all = restsOn(v);
  if (p.zone.impossible) {
    return (
      <>
        <Num of={{ title: "Impossible", note: "Proved: every package is refused by somebody.", statements: all }} big>
          None
        </Num>{" "}
        is possible: that any package suits {sides} contradicts {accountWords(v.account)}.
      </>
    );
  }
  const zone = {
    title: `Some package suits ${sides}: ${ranged(p.zone)}`,
    note:
      `The share of ${fitWords(v.account)} in which at least one package beats no deal for ` +
      `${sides}. It is not a probability.${votesWords(p.zone)}`,
    statements: all,
  };
  const bestBasis = {
    title: `The best single package: ${percent(p.best)}`,
    note: `No single package suits ${sides} in a greater share of these worlds.`,
    statements: all,
  };
  if (p.zone.share === 0) {
    return (
      <>
        In <Num of={zone} big>none</Num> of {count(p.worlds)} sampled preference worlds that fit{" "}
        {accountWords(v.account)} does any package suit {sides}.
      </>
    );
  }
  if (ranged(p.zone) === percent(p.best)) {
    return (
      <>
        In <Num of={bestBasis} big>{percent(p.zone.share)}</Num> of {fitWords(v.account)}, one and the
        same package suits {sides}.
      </>
    );
  }
  return (
    <>
      In <Num of={zone} big>{ranged(p.zone)}</Num> of {fitWords(v.account)}, some package
      suits {sides}{ranged(p.zone) !== percent(p.zone.share) && ", depending on votes that nobody stated"}. No single package does in more than{" "}
      <Num of={bestBasis} big>{percent(p.best)}</Num>.
    </>
  );
}

function Switched({ v }: { v: View }) {
  // Only what the picture was computed with: words and figures never part.
  if (!anySwitch.value || shownFor.value !== choiceOf()) return null;
  const names = flips.value.map((f) => (f.kind === "with" ? `with ${f.statement} believed` : `without ${f.statement}`));
  const recorded = v.doc.statements.length - v.doc.supposed.length;
  v.doc.statements.slice(recorded).forEach((s) => names.push(`supposing that ${s.claims.map((c) => c.text).join("; ")}`));
  if (asOf.value) names.push(`as the record stood on ${day(asOf.value)}`);
  const was = v.base ? ` Unchanged, it is ${ranged(v.base.zone)} and ${percent(v.base.best)}.` : "";
  return (
    <p class="switched">
      <b>Shown {names.join(", ")}.</b>
      {was}{" "}
      <button type="button" class="plain" disabled={!switchable.value} onClick={reset}>
        Undo
      </button>
    </p>
  );
}

function RecordUpTo({ v }: { v: View }) {
  const days = v.doc.statements.flatMap((s) => (s.date && s.date.length >= 10 ? [s.date.slice(0, 10)] : [])).sort();
  if (days.length === 0) return null;
  const set = (value: string) => {
    if (value !== asOf.value && (value === "" || /^[12]\d{3}-/.test(value))) goTo(value);
  };
  return (
    <p class="controls up-to">
      <label>
        The record up to the end of{" "}
        <input type="date" min={days[0]} max={days[days.length - 1]} value={asOf.value} onChange={(e) => set(e.currentTarget.value)} />
      </label>
    </p>
  );
}

/** What nobody said, taken as if it were so. */
function Suppose() {
  const [claim, set] = useState("");
  const take = (e: Event) => {
    e.preventDefault();
    if (claim.trim()) supposeAll([claim.trim()]);
    set("");
  };
  return (
    <form class="controls suppose" onSubmit={take}>
      <label>
        Suppose{" "}
        <input type="text" id="suppose" size={30} value={claim} placeholder="party accepts package" aria-describedby="suppose-form" onInput={(e) => set(e.currentTarget.value)} />
      </label>
      <button type="submit" class="button" disabled={!claim.trim()}>
        See
      </button>
      {suppose.value.map((c) => (
        <button type="button" class="plain" key={c} onClick={() => (suppose.value = suppose.value.filter((x) => x !== c))}>
          drop <code>{c}</code>
        </button>
      ))}
      <span class="hidden" id="suppose-form">A party, a verb and a package, or a claim of the case format in braces</span>
    </form>
  );
}

/** What the figures are of, and what is being done. */
function State({ v }: { v: View }) {
  if (still.value) {
    return (
      <p class="state" id="still">
        This file stands still: {still.value}. It shows its answer as it was written; its switches are off.
        {shownFor.value !== choiceOf() && " The address asks for switches: they are not in these figures."}
      </p>
    );
  }
  if (redaction.value) {
    return <p class="state" id="saving">What leaves the page is computed without what is private{progress.value && `: ${progress.value}`}.</p>;
  }
  if (busy.value) {
    return <p class="state" id="computing">Computing{progress.value && `: ${progress.value}`}. This is the picture before.</p>;
  }
  if (rough.value) {
    return (
      <p class="state" id="rough">
        A first picture, of {count(v.picture?.worlds ?? 0)} worlds; computing that of {count(v.doc.settings.worlds)}
        {progress.value && `: ${progress.value}`}.
      </p>
    );
  }
  return null;
}

/** The record up to a day, and what nobody said: they stand with what was said. */
export function RecordControls({ v }: { v: View }) {
  if (!switchable.value) return null;
  return (
    <div class="controls">
      <RecordUpTo v={v} />
      <Suppose />
    </div>
  );
}

export function Answer({ v }: { v: View }) {
  const words = useRef<HTMLParagraphElement>(null);
  const spoken = useRef("");
  // Once the figures are of what is chosen the status region speaks the new answer.
  useEffect(() => {
    if (!settled.value || redaction.value) return;
    const now = `${choiceWords()}: ${words.current!.textContent}`;
    if (spoken.current !== "" && spoken.current !== now) told(now);
    spoken.current = now;
  });
  return (
    <header class="answer">
      <div>
        <h1 dir="auto">{v.doc.case.title}</h1>
        <p class="question">{question(v)}</p>
        <p class={busy.value ? "sentence old" : "sentence"} id="sentence" ref={words}>
          <Sentence v={v} />
        </p>
        {v.picture?.doubts.filter((x) => x.kind !== "unnamed-votes").map((x) => (
          <p class="caption doubt" key={x.text}>{x.text}</p>
        ))}
        {withheldWords(v.doc) && (
          <p class="caption" id="withheld">
            Withheld from the case as shown here: {withheldWords(v.doc)}
            {v.doc.withheld!.effects === "kept" ? "; what follows from it is kept." : "."}
          </p>
        )}
        {v.doc.private && <p class="caption print-only">This copy holds what the case marks as private: {v.doc.private.text}.</p>}
        <State v={v} />
        <Switched v={v} />
      </div>
      <Deciding v={v} />
    </header>
  );
}
