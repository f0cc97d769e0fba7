// entente.html, opened from disk in both browsers: an example, an error while typing, a draft that outlives
// the page, saving by download, files that are dropped; and no connection.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { catchDownloads } from "./tools.mjs";

// 2.5 MB, of which all but what reads PDFs may be half: what is sent by mail should not grow unseen.
const MOST = Math.floor(1.25 * 1024 * 1024);
const WITH_READER = Math.floor(2.5 * 1024 * 1024);

async function open(browser, url) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  const noise = [];
  page.on("console", (m) => noise.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => noise.push(`error: ${e.message}`));
  page.on("request", (r) => { if (!/^(file|data|blob|about):/.test(r.url())) noise.push(`request: ${r.url()}`); });
  await page.evaluateOnNewDocument(catchDownloads);
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector("#open:not(:disabled)"), { timeout: 120000 });
  return { page, noise };
}

const settle = (page) => page.waitForFunction(
  () => document.querySelector("[data-value=zone]") && !document.querySelector("#rough, #computing"), { timeout: 180000 });

const drop = (page, files) => page.evaluate((list) => {
  const data = new DataTransfer();
  list.forEach(({ name, text }) => data.items.add(new File([text], name)));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}, files);

const press = async (page, text) => {
  await page.focus(".cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  await page.keyboard.type(text);
};

export async function bench(name, browser, { entente, source, build, file, ok, say }) {
  if (!existsSync(file)) {
    say(`${name}: entente.html is not tried: it is not built`);
    return;
  }
  const size = statSync(file).size;
  const reader = /<script type="text\/plain" id="entente-reader">[^<]*<\/script>/.exec(readFileSync(file, "latin1"))?.[0].length ?? 0;
  ok(`${name}, bench: at most ${MOST} bytes beside its reader of PDFs, and ${WITH_READER} with it`,
    size - reader > MOST || size > WITH_READER || reader === 0 ? [`${size}, of which the reader ${reader}`] : []);
  const example = readFileSync(join(source, "examples/camp-david.yaml"), "utf8");
  const { page, noise } = await open(browser, pathToFileURL(file).href);
  await page.screenshot({ path: join(build, `${name}-bench-start.png`) });

  await page.evaluate(() => [...document.querySelectorAll("button")].find((b) => b.textContent === "camp-david.yaml").click());
  await settle(page);
  await page.waitForSelector(".cm-content");
  const shown = await page.$eval("[data-value=zone]", (e) => Number(e.dataset.share));
  const told = JSON.parse(spawnSync(entente, ["deals", join(source, "examples/camp-david.yaml"), "--json", "--top", "1"], { encoding: "utf8" }).stdout);
  ok(`${name}, bench: an example shows what the program prints`,
    shown === told.accounts[0].zone.share ? [] : [`${shown} and ${told.accounts[0].zone.share}`]);
  ok(`${name}, bench: nothing is unsaved that nobody changed`, (await page.$(".unsaved")) === null);
  await page.screenshot({ path: join(build, `${name}-bench-case.png`) });

  const before = await page.$eval("#sentence", (e) => e.innerText);
  await press(page, "colour: blue\n");
  await page.waitForSelector(".cm-lintRange-error", { timeout: 60000 });
  ok(`${name}, bench: an error is marked as one types, and the picture stays`,
    (await page.$eval(".cm-lintRange-error", (e) => e.innerText)).includes("colour") &&
    (await page.$eval("#sentence", (e) => e.innerText)) === before);
  await page.waitForFunction(() => Object.keys(localStorage).some((k) => localStorage.getItem(k).includes("colour: blue")));
  const refused = await page.evaluate(() => fetch("https://example.invalid/").then(() => false, () => true));
  ok(`${name}, bench: its policy refuses a connection`, refused);
  ok(`${name}, bench: quiet but for that refusal`, noise.filter((n) => !/example\.invalid|Content.Security.Policy|Fetch API/i.test(n)));
  await page.close();

  // Opened again the words are there, and can be put right and saved.
  const again = await open(browser, pathToFileURL(file).href);
  const draft = await again.page.$$eval("button", (all) => {
    const found = all.filter((b) => b.textContent === "camp-david.yaml")[1];
    found?.click();
    return Boolean(found);
  });
  ok(`${name}, bench: the draft outlives the page`, draft);
  await again.page.waitForFunction(() => document.querySelector(".cm-content"));
  for (let i = 0; i < "colour: blue\n".length; i++) {
    if (i === 0) await press(again.page, "");
    await again.page.keyboard.press("Backspace");
  }
  await press(again.page, "# a line more\n");
  await settle(again.page);
  await again.page.waitForFunction(() => !document.querySelector(".cm-lintRange-error"), { timeout: 60000 });
  await again.page.keyboard.down("Control");
  await again.page.keyboard.press("s");
  await again.page.keyboard.up("Control");
  await again.page.waitForFunction(() => Object.keys(self.downloads).length > 0, { timeout: 60000 });
  const [[savedAs, saved]] = Object.entries(await again.page.evaluate(() => self.downloads));
  ok(`${name}, bench: saved by download, byte for byte`,
    savedAs === "camp-david.yaml" && saved === `${example}# a line more\n` ? [] : [savedAs, saved.slice(-80)]);
  ok(`${name}, bench: saved, no draft is left`, await again.page.evaluate(() =>
    !Object.keys(localStorage).some((k) => k.startsWith("entente-draft:") && localStorage.getItem(k).includes("a line more"))));

  // Dropped: a case with carriage returns and a mark, then a scenario's files.
  const labour = readFileSync(join(source, "examples/labour.yaml"), "utf8");
  await drop(again.page, [{ name: "labour.yaml", text: `\uFEFF${labour.replace(/\n/g, "\r\n")}` }]);
  await again.page.waitForFunction((t) => document.querySelector("h1")?.innerText === t, { timeout: 180000 }, /^title: (.*)$/m.exec(labour)[1].replace(/^"|"$/g, ""));
  await settle(again.page);
  ok(`${name}, bench: a case with a mark and carriage returns is not called unsaved`, (await again.page.$(".unsaved")) === null);
  ok(`${name}, bench: quiet to the end`, again.noise);
  await again.page.close();

  const third = await open(browser, pathToFileURL(file).href);
  const folder = join(source, "tests/data/scenarios/genius-small");
  await drop(third.page, readdirSync(folder).map((f) => ({ name: f, text: readFileSync(join(folder, f), "utf8") })));
  await third.page.waitForFunction(() => document.querySelectorAll("section pre").length === 2 && !document.querySelector("[role=status]"), { timeout: 180000 });
  const words = await third.page.$eval("section pre", (e) => e.innerText);
  const printed = spawnSync(entente, ["frontier", folder], { encoding: "utf8", env: { ...process.env, COLUMNS: "80", NO_COLOR: "1" } }).stdout;
  const rows = (text) => text.split("\n").slice(1).join("\n").trim();
  ok(`${name}, bench: a scenario's files show what the program prints`, rows(words) === rows(printed) ? [] : [words.slice(0, 300), printed.slice(0, 300)]);
  await third.page.screenshot({ path: join(build, `${name}-bench-scenario.png`) });
  ok(`${name}, bench: quiet with a scenario`, third.noise);
  await third.page.close();
}
