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
/** How many places each question is wanted in. */
const wanted = signal<Partial<Record<LaterQuestion, number>>>({});
let waiting: () => void = () => {};

const keyNow = () => JSON.stringify([choiceOf(), account.value?.id, doc.value?.case.hash, doc.value?.settings]);

/** The next question that somebody looks at and that has no answer yet. */
export function nextLater(): LaterQuestion | null {
  if (!settled.value) return null;
  const there = held.value.key === keyNow() ? held.value.answers : {};
  return LATER.find((q) => wanted.value[q] && !(q in there)) ?? null;
}

/** What a printed brief shows of these. */
export const WANTED_IN_A_BRIEF: LaterQuestion[] = ["accounts", "menu", "ask", "priorities"];

/** Questions are wanted in one place more, or less. */
export function want(questions: LaterQuestion[], on: boolean): void {
  const next = { ...wanted.value };
  questions.forEach((q) => (next[q] = Math.max(0, (next[q] ?? 0) + (on ? 1 : -1))));
  wanted.value = next;
  if (on) waiting();
}

/** One of them is asked and has no answer yet. */
export const missing = (questions: LaterQuestion[]): boolean =>
  account.value?.picture !== null && !!nextLater() && questions.some((q) => wanted.value[q] && !(held.value.key === keyNow() && q in held.value.answers));

/** What has been answered of what is chosen now, to be kept in a file; and taken from one. */
export const answersKept = () => (held.value.key === keyNow() ? held.value.answers : {});
export const keepAnswers = (answers: object) => {
  held.value = { key: keyNow(), answers };
};

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

/** Why there is none. */
export function whyNot(question: LaterQuestion): string | undefined {
  const answer = held.value.key === keyNow() ? held.value.answers[question] : undefined;
  return typeof answer === "string" ? answer : undefined;
}

/** The place of an answer: what it is, or that it is being computed. */
export function Later({ question, children }: { question: LaterQuestion; children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let here = false;
    const set = (there: boolean) => {
      if (there !== here) want([question], there);
      here = there;
    };
    const observer = new IntersectionObserver((seen) => set(seen.some((s) => s.isIntersecting)), { rootMargin: "200px" });
    observer.observe(place.current!);
    return () => {
      observer.disconnect();
      set(false);
    };
  }, []);
  const why = whyNot(question);
  return (
    <div ref={place} class="later" data-question={question} aria-busy={!children && why === undefined}>
      {children || (
        <p class="caption">
          {why !== undefined ? `Not computed: ${why}` : `Computing${wanted.value[question] && progress.value ? `: ${progress.value}` : ""}`}
        </p>
      )}
    </div>
  );
}
