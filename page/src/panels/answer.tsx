import type { ComponentChildren } from "preact";
import { Num } from "../num";
import { live } from "../live";
import { asOf, busy, flips, goTo, progress, reset, restsOn, type View } from "../state";
import { accountWords, bothSides, capital, count, day, fitWords, percent } from "../words";

function question(v: View): string {
  return v.doc.deciders.length === 2
    ? "Was there a package that both sides would have taken?"
    : "Was there a package that all sides would have taken?";
}

function Sentence({ v }: { v: View }): ComponentChildren {
  const p = v.picture;
  const sides = bothSides(v.doc);
  if (!p) {
    return (
      <>
        {capital(accountWords(v.account))} contradicts itself{v.toggle ? " with this change" : ""}: no
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
    title: `Some package suits ${sides}: ${percent(p.zone.share)}`,
    note:
      `The share of ${fitWords(v.account)} in which at least one package beats no deal for ` +
      `${sides}. It is not a probability.`,
    statements: all,
  };
  const best = p.deals[0];
  const bestBasis = {
    title: `The best single package: ${percent(best?.[2] ?? 0)}`,
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
  if (percent(p.zone.share) === percent(best?.[2] ?? 0)) {
    return (
      <>
        In <Num of={bestBasis} big>{percent(p.zone.share)}</Num> of {fitWords(v.account)}, one and the
        same package suits {sides}.
      </>
    );
  }
  return (
    <>
      In <Num of={zone} big>{percent(p.zone.share)}</Num> of {fitWords(v.account)}, some package
      suits {sides}. No single package does in more than{" "}
      <Num of={bestBasis} big>{percent(best?.[2] ?? 0)}</Num>.
    </>
  );
}

function Switched({ v }: { v: View }) {
  if (flips.value.length === 0 && !asOf.value) return null;
  const names = flips.value.map((f) => {
    const s = v.doc.statements[f.statement];
    if (f.kind === "as-of") return `as the record stood on ${s.date}`;
    return f.kind === "with" ? `with ${s.id} believed` : `without ${s.id}`;
  });
  if (asOf.value) names.push(`as the record stood on ${day(asOf.value)}`);
  const was = v.base ? ` Unchanged, it is ${percent(v.base.zone.share)} and ${percent(v.base.deals[0]?.[2] ?? 0)}.` : "";
  return (
    <p class="switched">
      <b>Shown {names.join(", ")}.</b>
      {was}{" "}
      <button type="button" class="plain" onClick={reset}>
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

export function Answer({ v }: { v: View }) {
  return (
    <header class="answer">
      <h1 dir="auto">{v.doc.case.title}</h1>
      <p class="question">{question(v)}</p>
      <p class={busy.value ? "sentence old" : "sentence"} id="sentence">
        <Sentence v={v} />
      </p>
      {busy.value && <p class="switched">Computing{progress.value && `: ${progress.value}`}. This is the picture before.</p>}
      <Switched v={v} />
      {live && <RecordUpTo v={v} />}
    </header>
  );
}
