// The first screen's second half: what decides, and what to do next.
import type { Asked } from "../answers";
import { useEffect } from "preact/hooks";
import { answerOf, want, whyNot } from "../later";
import { Num } from "../num";
import { flip, isFlipped, pending, settled, switchable, type View } from "../state";
import { goToPanel } from "../dom";
import { bothWords, cut, percent } from "../words";
import { barWords, barsOf, moves } from "./influence";

function Decides({ v }: { v: View }) {
  const f = v.account.influence;
  if (f === undefined && !pending.value.has("influence")) return null;
  if (!f) return <p><b>What decides.</b> <span class="faint">{f === undefined ? "Computing" : "No statement can be switched."}</span></p>;
  const bars = barsOf(v).filter((b) => b.effect.change !== null && moves(b));
  const top = bars[0];
  if (!top) return <p><b>What decides.</b> No single statement moves the answer by a point.</p>;
  const id = v.doc.statements[top.statements[0]].id;
  return (
    <p>
      <b>What decides.</b>{" "}
      <Num of={{ title: barWords(v, top), note: "One statement switched at a time; this moves the answer most.", statements: top.statements }}>{barWords(v, top)}.</Num>{" "}
      {switchable.value && (
        <button type="button" class="plain" aria-pressed={isFlipped(id)} onClick={() => flip(top.kind, id)}>
          {isFlipped(id) ? "undo" : "see"}
          <span class="hidden"> {id}</span>
        </button>
      )}
      {bars.length > 1 && <span class="faint"> {bars.length - 1} other{bars.length === 2 ? " moves" : "s move"} it by a point or more.</span>}
    </p>
  );
}

function Next({ v }: { v: View }) {
  useEffect(() => {
    want(["ask"], true);
    return () => want(["ask"], false);
  }, []);
  const asked = answerOf<Asked>("ask")?.accounts[0];
  const q = asked?.questions[0];
  const refused = whyNot("ask");
  return (
    <p>
      <b>What to do next.</b>{" "}
      {q && q.expected > v.picture!.best + 0.005 ? (
        <>
          Ask first: {cut(q.words, 130)} What is tabled after the answer suits {bothWords(v.doc)} in{" "}
          {percent(q.expected)}, not {percent(v.picture!.best)}.{" "}
          <button type="button" class="plain" onClick={() => goToPanel("ways")}>Ways forward</button>
        </>
      ) : asked ? (
        <>No question helps by a point: table the best single package, which suits {bothWords(v.doc)} in {percent(v.picture!.best)}.</>
      ) : (
        <span class="faint">{refused ? `Not computed: ${refused}` : settled.value ? "Computing what to ask first" : "Computing"}</span>
      )}
    </p>
  );
}

export function Deciding({ v }: { v: View }) {
  if (!v.picture || v.picture.zone.impossible || !switchable.value) return null;
  return (
    <div class="deciding">
      <Decides v={v} />
      <Next v={v} />
    </div>
  );
}
