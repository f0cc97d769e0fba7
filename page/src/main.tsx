import { batch, effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app";
import { setColors } from "./color";
import { follow } from "./compute";
import { embedded } from "./data";
import { watch } from "./disk";
import { server, takeToken } from "./engine/server";
import { prepare, workerEngine } from "./engine/worker";
import { choiceOf, doc, engine, plain, readSettings, readUrl, shownFor, still, writeUrl } from "./state";
import "./style.css";

function start(): void {
  let colors = "";
  effect(() => {
    const d = doc.value;
    if (!d) return;
    document.title = d.case.title;
    const now = d.parties.map((p) => p.color);
    if (now.join() !== colors || colors === "") setColors(now);
    colors = now.join();
  });
  const app = document.getElementById("app")!;
  app.textContent = "";
  render(<App />, app);
  writeUrl();
  addEventListener("hashchange", () => readUrl());
  addEventListener("popstate", () => readUrl());
  // On paper everything is open.
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details:not([open]):not(.no-print)").forEach((e) => {
      e.setAttribute("open", "");
      e.classList.add("opened-to-print");
    });
  });
  addEventListener("afterprint", () => {
    document.querySelectorAll(".opened-to-print").forEach((e) => {
      e.removeAttribute("open");
      e.classList.remove("opened-to-print");
    });
  });
}

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
