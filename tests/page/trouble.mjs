// What can go wrong in the page, in both browsers: files that are none, hostile names, storage that is full or
// closed, two tabs on one draft, a worker that dies, memory that runs out, hundreds of switches, a large case.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { catchDownloads, frames, open, saved, settle, shares } from "./tools.mjs";

const bench = (browser, file, before = []) => open(browser, pathToFileURL(file).href, { before: [catchDownloads, ...before], wait: "#open:not([disabled])" });

/** Drop files; content is text, or a number of bytes that count up. */
const drop = (page, files) => page.evaluate((list) => {
  const data = new DataTransfer();
  for (const { name, text, bytes } of list) {
    data.items.add(new File([text ?? new Uint8Array(bytes).map((_, i) => (i * 7 + 128) & 255)], name));
  }
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}, files);

const alert = async (page) => {
  await page.waitForFunction(() => document.querySelector(".fault")?.innerText, { timeout: 60000 });
  return page.$eval(".fault", (e) => e.innerText);
};

const example = async (page, name) => {
  await page.evaluate((n) => [...document.querySelectorAll("button")].find((b) => b.textContent === n).click(), name);
  await page.waitForSelector("[data-value=zone], .fault", { timeout: 180000 });
};

const type = async (page, text) => {
  await page.waitForSelector(".cm-content");
  await page.focus(".cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  await page.keyboard.type(text);
};

async function files(name, browser, { file, source, build, ok }) {
  const { page, noise } = await bench(browser, file);
  await drop(page, [{ name: "big.yaml", bytes: 100e6 }]);
  ok(`${name}, trouble: a file of 100 MB is refused in words`, /big\.yaml is larger than/.test(await alert(page)));
  await drop(page, [{ name: "noise.yaml", bytes: 4096 }]);
  await page.waitForFunction(() => /noise/.test(document.querySelector(".fault").innerText));
  ok(`${name}, trouble: bytes that are no text are refused in words`, /noise\.yaml is not text/.test(await alert(page)));
  const hostile = readFileSync(join(source, "tests/page/hostile.yaml"), "utf8");
  await drop(page, [{ name: '<img src=x onerror="window.pwned=1">.yaml', text: hostile }]);
  await page.waitForSelector("#sentence, .fault[role=alert]", { timeout: 120000 });
  await settle(page);
  ok(`${name}, trouble: hostile words and a hostile name do nothing`, await page.evaluate(() =>
    window.pwned === undefined && document.querySelector("h1").innerText.includes("</script>") && !document.querySelector("#app img, #app iframe")));
  const svg = await saved(page, () => document.querySelector("#deals [data-save=svg]").click());
  const csv = await saved(page, () => document.querySelector("#said [data-save=csv]").click());
  const named = await page.evaluate((t) => new DOMParser().parseFromString(t, "image/svg+xml").querySelector("script, parsererror, image, a") === null, svg.text);
  ok(`${name}, trouble: nor in what they are saved as`, named && !/[<>"/\\]/.test(svg.name) && !/(^|,)[=+@-][^,\d]/m.test(csv.text) ? [] : [svg.name, csv.text.slice(0, 300)]);
  const view = await saved(page, () => document.querySelector("#save-view").click());
  const path = join(build, `${name}-hostile-view.html`);
  writeFileSync(path, view.text);
  const again = await open(browser, pathToFileURL(path).href);
  await settle(again.page);
  ok(`${name}, trouble: nor in a view saved as a file`, (await again.page.evaluate(() => window.pwned === undefined && document.querySelector("h1").innerText.includes("</script>"))) ? again.noise : ["it ran"]);
  await again.page.close();
  await drop(page, [{ name: "huge.yaml", bytes: 17 << 20 }]);
  await page.waitForFunction(() => /huge/.test(document.querySelector("#warning")?.innerText ?? ""));
  ok(`${name}, trouble: with a case open it is told too, and the case stays`, (await page.$("#sentence")) !== null);
  ok(`${name}, trouble: quiet with all of these`, noise);
  await page.close();
}

async function storage(name, browser, { file, ok }) {
  const full = await bench(browser, file, [() => {
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
  }]);
  await example(full.page, "labour.yaml");
  await type(full.page, "# mine\n");
  await full.page.waitForSelector("#warning", { timeout: 60000 });
  ok(`${name}, trouble: where storage is full that is said`, /keeps no drafts/.test(await full.page.$eval("#warning", (e) => e.innerText)));
  const there = await saved(full.page, () => document.querySelector(".cm-content").dispatchEvent(new KeyboardEvent("keydown", { key: "s", ctrlKey: true, bubbles: true, cancelable: true })));
  ok(`${name}, trouble: and the words can still be saved`, there.text.endsWith("# mine\n"));
  await full.page.close();
  const shut = await bench(browser, file, [() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("closed", "SecurityError"); } });
    }
  }]);
  await example(shut.page, "labour.yaml");
  await settle(shut.page);
  await type(shut.page, "# mine\n");
  await shut.page.waitForSelector("#warning", { timeout: 60000 });
  ok(`${name}, trouble: where storage is closed, as in private windows, the bench works and says that no draft is kept`, shut.noise);
  await shut.page.close();
}

async function tabs(name, browser, { file, ok }) {
  const [one, two] = [await bench(browser, file), await bench(browser, file)];
  for (const [tab, words] of [[one, "# of the first tab\n"], [two, "# of the second tab\n"]]) {
    await tab.page.bringToFront();
    await example(tab.page, "labour.yaml");
    await type(tab.page, words);
    await tab.page.waitForFunction((w) => Object.keys(localStorage).some((k) => localStorage.getItem(k).includes(w.trim())), { timeout: 60000 }, words);
  }
  const kept = await two.page.evaluate(() => Object.keys(localStorage).map((k) => localStorage.getItem(k)));
  ok(`${name}, trouble: two tabs on one case keep a draft each`, ["# of the first tab", "# of the second tab"].filter((w) => kept.filter((k) => k.includes(w)).length !== 1));
  for (const tab of [one, two]) await tab.page.close();
  const third = await bench(browser, file);
  const offered = await third.page.$$eval("button", (all) => all.filter((b) => b.textContent === "labour.yaml").length);
  ok(`${name}, trouble: and the next tab is offered both`, offered === 3 ? [] : [`${offered} with the example`]);
  await third.page.evaluate(() => localStorage.clear());
  await third.page.close();
}

/** A worker that the page has, for a test to end. */
function keepWorkers() {
  const Real = Worker;
  self.workers = [];
  self.Worker = class extends Real {
    constructor(...given) {
      super(...given);
      self.workers.push(this);
    }
  };
}

const flipOne = (page, n = 0) => page.evaluate((i) => {
  const boxes = [...document.querySelectorAll(".said-panel input:not(:disabled)")];
  boxes[i % boxes.length].click();
}, n);

async function lives(name, browser, { entente, source, build, ok }) {
  const path = join(build, `${name}-lives.html`);
  execFileSync(entente, ["html", join(source, "examples/labour.yaml"), "-o", path, "--worlds", "2500"], { stdio: "ignore" });
  const { page } = await open(browser, pathToFileURL(path).href, { before: [keepWorkers] });
  await settle(page, true);
  const first = (await shares(page)).zone;
  await flipOne(page);
  await page.evaluate(() => self.workers.forEach((w) => w.dispatchEvent(new ErrorEvent("error", { message: "killed by a test", cancelable: true }))));
  await settle(page);
  const after = await shares(page);
  ok(`${name}, trouble: a worker that dies is made anew, and what is chosen is answered`,
    after.fault === null && after.zone !== null && after.zone !== first && (await page.$(".switched")) !== null ? [] : [JSON.stringify(after)]);
  await page.close();

  // The number of worlds stands in the document, which no hash covers: more than memory holds.
  const html = readFileSync(path, "utf8");
  const much = join(build, `${name}-much.html`);
  writeFileSync(much, html.replace('"worlds":2500,"seed"', '"worlds":20000000,"seed"'));
  const big = await open(browser, pathToFileURL(much).href);
  await big.page.waitForFunction(() => document.querySelector(".deciding"), { timeout: 60000 });
  await flipOne(big.page);
  await big.page.waitForSelector(".fault[role=alert]", { timeout: 240000 });
  ok(`${name}, trouble: where memory runs out the page says so and lives`,
    /memory/.test(await big.page.$eval(".fault[role=alert]", (e) => e.innerText)) && (await big.page.$("#sentence")) !== null);
  await big.page.screenshot({ path: join(build, `${name}-memory-out.png`) });
  await big.page.close();
}

/** What the processes of a browser hold, in MB: resident, shared parts counted once for each. */
function held(browser) {
  const parent = browser.process()?.pid;
  if (!parent || !existsSync("/proc")) return null;
  const of = new Map();
  for (const pid of readdirSync("/proc").filter((p) => /^\d+$/.test(p))) {
    try {
      of.set(Number(pid), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))[1]));
    } catch {
      // It has ended.
    }
  }
  const mine = (pid) => { for (let p = pid; p > 1; p = of.get(p) ?? 0) if (p === parent) return true; return false; };
  let sum = 0;
  for (const pid of of.keys()) {
    if (!mine(pid)) continue;
    try {
      sum += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // As above.
    }
  }
  return sum / 1024;
}

/** Garbage is collected where the browser can be asked to, so that what is measured is held. */
async function collected(page) {
  try {
    const session = await page.createCDPSession();
    await session.send("HeapProfiler.collectGarbage");
    await session.detach();
  } catch {
    // It collects when it likes.
  }
}

/** What the browser holds after each `step` of `most` switches, in MB, the first with its numbers of switches. */
export async function memoryOf(name, browser, { entente, source, build }, most, step) {
  const path = join(build, `${name}-memory.html`);
  execFileSync(entente, ["html", join(source, "examples/camp-david.yaml"), "-o", path, "--worlds", "2500"], { stdio: "ignore" });
  const { page } = await open(browser, pathToFileURL(path).href);
  await settle(page);
  const sizes = [];
  for (let i = 0; i < most; i++) {
    await flipOne(page, i >> 1);
    await frames(page);
    await page.waitForFunction(() => document.querySelector("main").getAttribute("aria-busy") !== "true", { timeout: 120000 });
    if ((i + 1) % step === 0) {
      await settle(page, true); // the same workers each time: none has the parts below
      await collected(page);
      sizes.push(held(browser));
    }
  }
  await page.close();
  return sizes.includes(null) ? null : sizes;
}

async function memory(name, browser, tools) {
  const sizes = await memoryOf(name, browser, tools, 120, 40);
  if (!sizes) {
    tools.say(`${name}: memory is not measured here`);
    return;
  }
  tools.say(`${name}: the browser holds ${sizes.map((s) => s.toFixed(0)).join(", ")} MB after 40, 80, 120 switches`);
  tools.ok(`${name}, trouble: after 120 switches memory is not far above that after 40`,
    sizes[2] < 1.5 * sizes[0] + 64 ? [] : [`${sizes[0]} MB, then ${sizes[2]} MB`]);
}

/** Sixty statements, twelve issues, four parties: a case of the size that practice has at most. */
export function largeCase() {
  const parties = ["north", "south", "east", "west"];
  const lines = ["entente: 1", "title: Sixty statements, twelve issues, four parties", "parties:"];
  for (const p of parties) lines.push(`  ${p}: {name: ${p[0].toUpperCase()}${p.slice(1)}}`);
  lines.push("issues:");
  for (let i = 0; i < 12; i++) {
    lines.push(`  i${i}: {name: Issue ${i + 1}, by: ${parties[i % 4]}, for: ${parties[(i + 1) % 4]}, options: [none, some, all]}`);
  }
  lines.push("statements:");
  for (let s = 0; s < 60; s++) {
    const party = parties[s % 4];
    const [a, b] = [(s * 5) % 12, (s * 7 + 3) % 12];
    const verb = s % 3 === 0 ? "accepts" : "refuses";
    const levels = verb === "accepts" ? `i${a}: some, i${(s % 4 + 3) % 12}: all` : `i${s % 4 + 4 * (s % 3)}: all`;
    lines.push(`  - {id: s${s}, by: ${party}, date: 2024-0${1 + (s % 9)}-1${s % 10}, quote: "Statement ${s} of ${party} on ${a} and ${b}", claims: [{party: ${party}, ${verb}: {${levels}}}]}`);
  }
  return `${lines.join("\n")}\n`;
}

export async function large(name, browser, { file, build, ok, say }) {
  writeFileSync(join(build, "large.yaml"), largeCase());
  const { page } = await bench(browser, file);
  const started = performance.now();
  await drop(page, [{ name: "large.yaml", text: largeCase() }]);
  await page.waitForSelector("#sentence, .fault", { timeout: 500000 });
  const first = performance.now() - started;
  await settle(page);
  say(`${name}: a case of 60 statements, 12 issues, 4 parties: first picture after ${first.toFixed(0)} ms, all worlds after ${(performance.now() - started).toFixed(0)} ms`);
  ok(`${name}, trouble: the large case is drawn`, (await page.$(".fault[role=alert]")) === null && (await page.$$("#said .said")).length >= 50
    ? [] : [await page.$eval("main", (e) => e.innerText.slice(0, 300))]);
  await page.screenshot({ path: join(build, `${name}-large.png`) });
  await page.close();
}

export async function trouble(name, browser, tools) {
  await lives(name, browser, tools);
  await memory(name, browser, tools);
  if (!existsSync(tools.file)) return;
  await files(name, browser, tools);
  await storage(name, browser, tools);
  await tabs(name, browser, tools);
  await large(name, browser, tools);
}
