// The steps of a reading, in the browser's history and in words: what is computed makes a step, how it is
// looked at does not.
import { computed, effect, signal } from "@preact/signals";
import { account, accountId, asOf, doc, flips, readUrl, redaction, suppose, urlOf } from "../state";
import { accountWords, day, list } from "../words";

interface Step {
  at: number;
  words: string[];
}
const trail = signal<Step>({ at: 0, words: [] });

/** Where Back and Forward lead, in words; null: nowhere in this page. */
export const before = computed(() => trail.value.words[trail.value.at - 1] ?? null);
export const after = computed(() => trail.value.words[trail.value.at + 1] ?? null);
export const walk = (by: number) => history.go(by);

/** What is chosen now, in words. */
export function choiceWords(): string {
  const words = flips.value.map((f) => (f.kind === "with" ? `with ${f.statement}` : `without ${f.statement}`));
  if (asOf.value) words.push(`as of ${day(asOf.value)}`);
  suppose.value.forEach((c) => words.push(`supposing ${c}`));
  const whose = account.value ? accountWords(account.value) : "the case";
  return words.length ? `${whose}, ${list(words)}` : whose;
}

/** A state of the history holds its own words and those before it: after a reload they are all there is. */
interface Kept {
  at: number;
  words: string[];
}
const kept = (step: Step): Kept => ({ at: step.at, words: step.words.slice(Math.max(0, step.at - 1), step.at + 1) });
const isKept = (state: unknown): state is Kept =>
  typeof state === "object" && state !== null && Array.isArray((state as Kept).words) && typeof (state as Kept).at === "number";

/** The step of a state, among those that this page has seen. */
function stepOf(state: Kept, known: string[]): Step {
  const words = [...known];
  state.words.forEach((w, i) => (words[state.at - state.words.length + 1 + i] = w));
  return { at: state.at, words };
}

/** Somebody went to another step, or wrote another address. */
function arrived(event: PopStateEvent): void {
  const known = trail.value;
  if (isKept(event.state)) {
    trail.value = stepOf(event.state, known.words);
    readUrl();
    return;
  }
  readUrl();
  const next = { at: known.at + 1, words: [...known.words.slice(0, known.at + 1), choiceWords()] };
  trail.value = next;
  history.replaceState(kept(next), "");
}

/** From now on the address follows what is chosen, and what is chosen the address. */
export function writeUrl(): void {
  let last = "";
  if (isKept(history.state)) trail.value = stepOf(history.state, []);
  effect(() => {
    if (!doc.value || redaction.value) return; // what is saved meanwhile is no step
    const next = urlOf();
    const chosen = JSON.stringify([flips.value, asOf.value, suppose.value, accountId.value]);
    const words = choiceWords();
    const known = trail.peek();
    if (next !== location.hash.slice(1)) {
      const step = last !== "" && chosen !== last;
      const at = known.at + (step ? 1 : 0);
      trail.value = { at, words: [...known.words.slice(0, at), words, ...(step ? [] : known.words.slice(at + 1))] };
      history[step ? "pushState" : "replaceState"](kept(trail.value), "", next ? `#${next}` : location.pathname + location.search);
    } else if (known.words[known.at] !== words) {
      const all = known.words.length ? known.words.map((w, i) => (i === known.at ? words : w)) : [words];
      trail.value = { at: known.at, words: all };
      history.replaceState(kept(trail.value), "");
    }
    last = chosen;
  });
  addEventListener("popstate", arrived);
}
