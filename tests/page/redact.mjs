// Nothing private leaves the page unasked: the case of tests/data/private.yaml is full of words that stand nowhere
// else, and every way out of the page is searched for them.
import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { axe, catchDownloads, look, open, saved, serve, settle, shares } from "./tools.mjs";

const WORDS = ["zebra", "quagga", "1987-06", "1991-02", "1992-03", "0.1357", "7.531"];
/** With the effects kept: when it was said, and figures by their metric. */
const KEPT = ["quagga", "1991-02", "1992-03", "0.1357", "7.531"];
const QUESTIONS = ["accounts", "menu", "ask", "priorities", "history"];

const leaks = (text, words) => words.filter((w) => text.toLowerCase().includes(w));
/** Without the scripts, which are the page's own and packed. */
const written = (html) => html.replace(/<script>[\s\S]*?<\/script>/g, "");
const status = (page) => page.$eval("p[role=status]", (e) => e.textContent);

/** Tick or untick a box of the menu. */
const tick = (page, id, on) => page.evaluate((i, to) => {
  const box = document.getElementById(i);
  if (box.checked !== to) box.click();
}, id, on);

async function said(page, words) {
  await page.waitForFunction((w) => document.querySelector("p[role=status]").textContent.includes(w), { timeout: 120000 }, words);
  return status(page);
}

const saveView = (page) => saved(page, () => document.querySelector("#save-view").click());

async function views(name, browser, page, words, build, ok) {
  const before = { ...(await shares(page)), address: page.url(), back: await page.$("#back") !== null };
  const view = await saveView(page);
  const told = await said(page, "Saved");
  ok(`${name}, private: a saved view holds nothing of it`, leaks(written(view.text), words));
  ok(`${name}, private: the view and the status say what was withheld`,
    /withheld: 1 account, 2 assumptions, .*3 statements, and 3 of what is chosen/.test(told) && /-redacted\.html$/.test(view.name) &&
    /Withheld: 1 account, 2 assumptions/.test(view.text) ? [] : [told, view.name]);
  await settle(page, true);
  const after = { ...(await shares(page)), address: page.url(), back: await page.$("#back") !== null };
  ok(`${name}, private: and the page is as it was`, JSON.stringify(after) === JSON.stringify(before) ? [] : [JSON.stringify([before, after])]);
  const path = join(build, `${name}-redacted-view.html`);
  writeFileSync(path, view.text);
  const again = await open(browser, pathToFileURL(path).href, { before: [catchDownloads] });
  await settle(again.page, true);
  const text = await again.page.evaluate(() => document.documentElement.innerText);
  ok(`${name}, private: the view opens, and says it on its first screen`, [
    ...leaks(text, words), ...(/Withheld from the case as shown here: 1 account/.test(text) ? [] : ["it is silent"]),
    ...((await again.page.$("#leave-out")) === null ? [] : ["it asks again"]), ...again.noise]);
  const twice = await saveView(again.page);
  ok(`${name}, private: saved anew from there too`, leaks(written(twice.text), words));
  await again.page.close();
}

async function panels(name, page, words, ok) {
  const ids = await page.$$eval("main .panel", (all) => all.map((e) => e.id));
  const found = [];
  const silent = [];
  for (const id of ids) {
    for (const kind of ["svg", "csv"]) {
      const file = await saved(page, (i, k) => document.querySelector(`#${i} [data-save=${k}]`).click(), id, kind);
      found.push(...leaks(file.text, words).map((w) => `${id}.${kind}: ${w}`));
      if (kind === "svg" && !/Withheld/.test(file.text)) silent.push(id);
      if (!file.name.includes("-redacted")) silent.push(file.name);
      await settle(page, true);
    }
  }
  const png = await saved(page, () => document.querySelector("#deals [data-save=png]").click());
  await settle(page, true);
  ok(`${name}, private: no panel's picture or rows hold it (${ids.length} panels)`, ids.length > 10 ? found : ["few panels"]);
  ok(`${name}, private: the pictures say so, and the files are named so`, /-redacted\.png$/.test(png.name) ? silent : [png.name]);
}

async function link(name, page, ok) {
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: async (t) => { self.copied = t; } } });
    document.querySelector("#copy-link").click();
  });
  const told = await said(page, "Copied");
  const copied = decodeURIComponent((await page.evaluate(() => self.copied)).split("#")[1] ?? "");
  ok(`${name}, private: a copied link names nothing of it and keeps the rest`,
    !/zebra/.test(copied) && /without=answer/.test(copied) && /suppose=yard.accepts.plain/.test(copied) && /without 3 of it/.test(told) ? [] : [copied, told]);
}

async function paper(name, page, words, ok) {
  const printed = async () => {
    await page.evaluate(() => {
      self.printed = null;
      window.print = () => {
        dispatchEvent(new Event("beforeprint"));
        self.printed = document.body.innerText;
        dispatchEvent(new Event("afterprint"));
      };
      document.querySelector("#print-all").click();
    });
    await page.waitForFunction(() => self.printed, { timeout: 240000 });
    return page.evaluate(() => self.printed);
  };
  await page.emulateMediaType("print").catch(() => null); // Firefox has no such door: all words are looked at
  const text = await printed();
  ok(`${name}, private: nothing of it is printed`, [...leaks(text, words), ...(/Withheld/.test(text) ? [] : ["nothing is said"])]);
  await said(page, "Printed; withheld: 1 account");
  await settle(page, true);
  await page.emulateMediaType(undefined).catch(() => null);
}

/** A server of the case with these options, until `act` has been done with its address. */
async function serving(entente, path, options, act) {
  const server = await serve(entente, path, ["--lazy", ...options]);
  try {
    await act(server.address);
  } finally {
    server.end();
  }
}

/** Behind a server, which writes the view's file: with the editor, whose text is no part of it; and redacted itself. */
async function served(name, browser, { entente, source, build, ok }) {
  const path = join(build, `${name}-private.yaml`);
  copyFileSync(join(source, "tests/data/private.yaml"), path);
  await serving(entente, path, ["--edit"], async (address) => {
    const { page } = await open(browser, `${address}&without=zebraone`, { before: [catchDownloads] });
    await settle(page, true);
    const view = await saveView(page);
    const told = await said(page, "Saved");
    ok(`${name}, private, behind a server: a saved view holds nothing of it, and opens in words`,
      [...leaks(written(view.text), WORDS), ...(/-redacted/.test(view.name) && /withheld: 1 account/.test(told) && /Withheld: 1 account/.test(view.text) ? [] : [view.name, told])]);
    await settle(page, true);
    await page.emulateMediaType("print").catch(() => null);
    await page.evaluate(() => {
      window.print = () => {
        const seen = [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && e.children.length === 0);
        self.printed = seen.map((e) => e.textContent).join("\n");
      };
      document.querySelector("#print-all").click();
    });
    await page.waitForFunction(() => self.printed, { timeout: 240000 });
    if (name === "chrome") ok(`${name}, private, behind a server: the editor's text is not printed`, leaks(await page.evaluate(() => self.printed), WORDS));
    await page.close();
  });
  await serving(entente, path, ["--redact"], async (address) => {
    const { page } = await open(browser, address, { before: [catchDownloads] });
    await settle(page, true);
    const seen = await page.evaluate(() => document.documentElement.innerText);
    ok(`${name}, private, serve --redact: the page holds nothing of it, says so, and offers no tick`,
      [...leaks(seen, WORDS), ...(/Withheld from the case as shown here: 1 account/.test(seen) ? [] : ["silent"]), ...((await page.$("#leave-out")) ? ["it asks"] : [])]);
    const view = await saveView(page);
    ok(`${name}, private, serve --redact: nor does a view saved from it`, [...leaks(written(view.text), WORDS), ...(/withheld: 1 account/.test(await said(page, "Saved")) ? [] : ["silent"])]);
    await page.close();
  });
}

export async function redact(name, browser, { entente, source, build, ok }) {
  const file = join(build, `${name}-private.html`);
  execFileSync(entente, ["html", join(source, "tests/data/private.yaml"), "-o", file, "--worlds", "1000"], { stdio: "ignore" });
  const q = new URLSearchParams();
  q.set("account", "zebraaccount");
  q.set("without", "zebraone,answer");
  q.set("with", "zebrathree");
  q.append("suppose", "town accepts zebrapackage");
  q.append("suppose", "yard accepts plain");
  const url = `${pathToFileURL(file).href}#${q}`;
  const { page, noise } = await open(browser, url, { before: [catchDownloads] });
  await settle(page, true);
  for (const question of QUESTIONS) if (await page.$(`[data-question=${question}]`)) await look(page, question);
  const hash = await page.$eval(".provenance", (e) => /sha256 (\w{7})/.exec(e.textContent)[1]);
  const words = [...WORDS, hash];
  const shown = await page.evaluate(() => document.documentElement.innerText);
  ok(`${name}, private: the page itself shows it, and marks it`, /zebra/i.test(shown) && (await page.$$(".mark-private")).length >= 3);
  await page.evaluate(() => (document.querySelector(".take").open = true));
  ok(`${name}, private: leaving it out is ticked, and says what it is`, await page.evaluate(() =>
    document.querySelector("#leave-out").checked && /1 account, 2 assumptions, .*1 source and 3 statements/.test(document.querySelector(".private").textContent)));
  await page.screenshot({ path: join(build, `${name}-private.png`) });
  ok(`${name}, private: axe finds nothing`, await axe(page));
  await views(name, browser, page, words, build, ok);
  await panels(name, page, words, ok);
  await link(name, page, ok);
  await paper(name, page, words, ok);

  // The second choice: what follows from it stays, and with it every number of the plain case.
  await page.evaluate(() => { location.hash = ""; });
  await settle(page, true);
  const plain = await shares(page);
  await tick(page, "keep-effects", true);
  const kept = await saveView(page);
  const data = JSON.parse(/id="entente-data">([\s\S]*?)<\/script>/.exec(kept.text)[1]);
  ok(`${name}, private: with its effects kept the words alone are gone`, [
    ...leaks(written(kept.text), words.filter((w) => !KEPT.includes(w))),
    ...(data.withheld?.effects === "kept" && data.accounts[0].picture.zone.share === plain.zone ? [] : [JSON.stringify(data.withheld)])]);
  await settle(page, true);
  await tick(page, "leave-out", false);
  const whole = await saveView(page);
  ok(`${name}, private: it goes out where that is wanted, and that is told`, leaks(whole.text, ["zebra quoted"]).length === 1 && /holds what is private/.test(await said(page, "Saved")));
  ok(`${name}, private: quiet`, noise);
  await page.close();

  const still = await open(browser, url, { before: [catchDownloads, () => { delete globalThis.WebAssembly; }] });
  await still.page.waitForSelector("#still");
  const refused = await still.page.evaluate(async () => {
    document.querySelector("#accounts [data-save=csv]").click();
    await new Promise((r) => setTimeout(r, 500));
    return { told: document.querySelector("p[role=status]").textContent, files: Object.keys(self.downloads).length };
  });
  ok(`${name}, private: where nothing can be computed it is refused in words`, /only the engine can leave out/.test(refused.told) && refused.files === 0 ? [] : [JSON.stringify(refused)]);
  await still.page.close();
  await served(name, browser, { entente, source, build, ok });
}

