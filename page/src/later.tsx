// Answers that take longer and stand far down: each is asked when its place comes into view, after all that
// stands above it, and anew when something else is chosen.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";
import { account, choiceOf, doc, progress, settled } from "./state";

export const LATER = ["accounts", "menu", "ask", "priorities", "history"] as const;
export type LaterQuestion = (typeof LATER)[number];

/** What was answered, and for which choice, account and case. */
const held = signal<{ key: string; answers: Partial<Record<LaterQuestion, object | string>> }>({ key: "", answers: {} });
const wanted = signal<ReadonlySet<LaterQuestion>>(new Set());
let waiting: () => void = () => {};

const keyNow = () => JSON.stringify([choiceOf(), account.value?.id, doc.value?.case.hash, doc.value?.settings]);

/** The next question that somebody looks at and that has no answer yet. */
export function nextLater(): LaterQuestion | null {
  if (!settled.value) return null;
  const there = held.value.key === keyNow() ? held.value.answers : {};
  return LATER.find((q) => wanted.value.has(q) && !(q in there)) ?? null;
}

/** An answer came: the document, or why there is none. */
export function keepLater(question: LaterQuestion, answer: object | string): void {
  const key = keyNow();
  const answers = held.value.key === key ? held.value.answers : {};
  held.value = { key, answers: { ...answers, [question]: answer } };
}

/** What to do when a question is wanted. */
export function onWanted(call: () => void): void {
  waiting = call;
}

/** The answer to what is chosen now; undefined while it is not there. */
export function answerOf<T>(question: LaterQuestion): T | undefined {
  const answer = held.value.key === keyNow() && settled.value ? held.value.answers[question] : undefined;
  return typeof answer === "object" ? (answer as T) : undefined;
}

/** The place of an answer: what it is, or that it is being computed. */
export function Later({ question, children }: { question: LaterQuestion; children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const set = (there: boolean) => {
      if (wanted.value.has(question) === there) return;
      const next = new Set(wanted.value);
      if (there) next.add(question);
      else next.delete(question);
      wanted.value = next;
      if (there) waiting();
    };
    const observer = new IntersectionObserver((seen) => set(seen.some((s) => s.isIntersecting)), { rootMargin: "200px" });
    observer.observe(place.current!);
    return () => {
      observer.disconnect();
      set(false);
    };
  }, []);
  const why = held.value.key === keyNow() ? held.value.answers[question] : undefined;
  return (
    <div ref={place} class="later" data-question={question} aria-busy={!children && why === undefined}>
      {children || (
        <p class="caption">
          {typeof why === "string" ? `Not computed: ${why}` : `Computing${wanted.value.has(question) && progress.value ? `: ${progress.value}` : ""}`}
        </p>
      )}
    </div>
  );
}
