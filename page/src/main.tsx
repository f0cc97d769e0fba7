import { batch } from "@preact/signals";
import { follow } from "./compute";
import { embedded } from "./data";
import { watch } from "./disk";
import { server, takeToken } from "./engine/server";
import { prepare, workerEngine } from "./engine/worker";
import { choiceOf, doc, engine, plain, readSettings, readUrl, shownFor, still } from "./state";
import { start } from "./start";

/** A file: its answer at once, then the engine inside. */
async function startFile(): Promise<void> {
  const data = embedded()!;
  batch(() => {
    doc.value = data;
    readSettings(data);
    shownFor.value = choiceOf();
    if (data.settings.with.length + data.settings.without.length === 0 && !data.settings.as_of) plain.value = data;
    readUrl(true);
  });
  start();
  await new Promise((r) => requestAnimationFrame(() => setTimeout(r)));
  const means = await prepare();
  if ("why" in means) {
    still.value = means.why;
    return;
  }
  engine.value = workerEngine(means, () => ({ path: data.case.file, bytes: data.case.text ?? "" }));
  follow();
}

function startLive(): void {
  takeToken();
  readUrl(true);
  engine.value = server;
  start();
  follow();
  void watch();
}

if (document.getElementById("entente-data")) void startFile();
else startLive();
