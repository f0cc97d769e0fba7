// What a file holds, taken up as it was written or as it was saved.
import { batch } from "@preact/signals";
import type { Doc } from "../data";
import { anySwitch, choiceOf, doc, plain, readSettings, readUrl, shownFor } from "../state";
import { savedView, takeAnswers } from "./file";

export function takeFile(data: Doc): void {
  const seen = savedView();
  batch(() => {
    doc.value = data;
    readSettings(data);
    if (seen) readUrl(false, seen.address);
  });
  shownFor.value = choiceOf();
  plain.value = seen?.plain ?? (anySwitch.value ? null : data);
  if (seen) takeAnswers(seen);
  // What the address asks for beside that; where it is silent, the file's own choice stays.
  if (location.hash.length > 1) readUrl(true);
  else if (!seen) readUrl(true);
}
