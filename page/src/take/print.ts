// Paper: a brief of the few panels that decide, or everything. What a brief holds is computed first.
import { nextTick } from "../size";
import { WANTED_IN_A_BRIEF, missing, want } from "../later";
import { pending } from "../state";

/** Wait for what the brief holds, then open the browser's own dialog. */
export async function print(all: boolean): Promise<void> {
  want(WANTED_IN_A_BRIEF, true);
  try {
    for (let waited = 0; waited < 600 && (pending.value.size > 0 || missing(WANTED_IN_A_BRIEF)); waited++) {
      await new Promise((r) => setTimeout(r, 100));
    }
    document.documentElement.classList.toggle("print-all", all);
    await nextTick();
    window.print();
  } finally {
    document.documentElement.classList.remove("print-all");
    want(WANTED_IN_A_BRIEF, false);
  }
}
