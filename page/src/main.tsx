import { follow } from "./compute";
import { embedded, PARTS } from "./data";
import { watch } from "./disk";
import { server, takeToken } from "./engine/server";
import { prepare, workerEngine } from "./engine/worker";
import { engine, pending, readUrl, still } from "./state";
import { takeFile } from "./take/open";
import { start } from "./start";

/** A file: its answer at once, then the engine inside. */
async function startFile(): Promise<void> {
  const data = embedded()!;
  takeFile(data);
  pending.value = new Set(PARTS); // until it is known that they cannot be had
  start();
  await new Promise((r) => requestAnimationFrame(() => setTimeout(r)));
  const means = await prepare();
  if ("why" in means) {
    pending.value = new Set();
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
