// The page's times, sizes and memory in one run, in both browsers, beside the page of another build:
//   node tests/page/speed.mjs ENTENTE SOURCE BUILD [OTHER_ENTENTE OTHER_CASE] [--times 50] [--switches 500]
// ENTENTE and OTHER_ENTENTE are programs, SOURCE is this project, BUILD a folder for what is written, OTHER_CASE
// the flagship as the other reads it (0.1.0: git show ba84482:examples/hanoi.yaml). Times are milliseconds,
// medians; each pair of pages is opened in turn, so that both have the same machine. Not in CI: it takes a
// quarter of an hour on a quiet machine, and times say nothing on a busy one.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { loadavg } from "node:os";
import { pathToFileURL } from "node:url";
import { liveSpeed } from "./live.mjs";
import { settle, switches } from "./tools.mjs";
import { large, memoryOf } from "./trouble.mjs";

const plain = process.argv.slice(2).filter((a, i, all) => !a.startsWith("--") && !all[i - 1]?.startsWith("--"));
const number = (name, usual) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};
const [entente, source, build, other, otherCase] = plain.map((path) => resolve(path));
if (!build) {
  console.error("speed.mjs ENTENTE SOURCE BUILD [OTHER_ENTENTE OTHER_CASE] [--times 50] [--switches 500]");
  process.exit(2);
}
const TIMES = number("times", 50);
const SWITCHES = number("switches", 500);
const BROWSERS = [["chrome", ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]], ["firefox", ["/usr/bin/firefox-esr", "/usr/bin/firefox"]]];

const say = (...words) => console.log(...words);
const row = (what, figure, wanted = "") => say(`${what.padEnd(64)}${figure.padStart(12)}  ${wanted}`);
const ms = (t) => `${t.toFixed(0)} ms`;
const middle = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];
/** Shown only where something is wrong: these are figures, the tests are elsewhere. */
const ok = (name, faults) => {
  if (Array.isArray(faults) ? faults.length : !faults) say(`! ${name}: ${faults}`);
};

mkdirSync(build, { recursive: true });
const hanoi = join(source, "examples/hanoi.yaml");

function written(program, name, path = hanoi) {
  const file = join(build, `speed-${name}.html`);
  const taken = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    execFileSync(program, ["html", path, "-o", file], { stdio: "ignore" });
    taken.push(performance.now() - start);
  }
  row(`${name}: the flagship's page`, `${statSync(file).size} B`, `${1.2 * 1024 * 1024 | 0} B`);
  row(`${name}: written in`, ms(middle(taken)), "300 ms");
  return { name, url: pathToFileURL(file).href };
}

/** Before anything of the page runs: when its answer is painted, since the opening began. */
function noteAnswer() {
  new MutationObserver((_, watch) => {
    if (!document.querySelector("#sentence")) return;
    watch.disconnect();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { self.answered = performance.now(); };
      channel.port2.postMessage(0);
    });
  }).observe(document, { childList: true, subtree: true });
}

async function opened(browser, url) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  await page.evaluateOnNewDocument(noteAnswer);
  await page.goto(url);
  await page.waitForFunction(() => self.answered, { timeout: 60000 });
  return { page, at: await page.evaluate(() => self.answered) };
}

async function openings(name, browser, pages) {
  const taken = new Map(pages.map((p) => [p, []]));
  for (let i = 0; i < TIMES; i++) {
    for (const p of pages) {
      const { page, at } = await opened(browser, p.url);
      taken.get(p).push(at);
      await page.close();
    }
  }
  for (const p of pages) row(`${name}, ${p.name}: from opening to the first picture`, ms(middle(taken.get(p))), "800 ms");
}

/** A page of tables: what is switched is looked up, in the next frame. */
const lookUp = (page, count) => page.evaluate(async (most) => {
  const taken = [];
  for (let i = 0; i < most; i++) {
    const boxes = [...document.querySelectorAll(".said-panel input:not(:disabled)")];
    const start = performance.now();
    boxes[(i >> 1) % boxes.length].click();
    taken.push(await new Promise((done) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - start);
      channel.port2.postMessage(0);
    })));
  }
  return taken.sort((a, b) => a - b)[most >> 1];
}, count);

async function switched(name, browser, mine, beside) {
  const { page } = await opened(browser, mine.url);
  await settle(page, true);
  const [first, whole] = await switches(page, TIMES);
  row(`${name}: from a switch to the first picture`, ms(first), "120 ms");
  row(`${name}: from a switch to all 20,000 worlds`, ms(whole), "400 ms");
  await page.close();
  if (!beside) return;
  const old = await opened(browser, beside.url);
  row(`${name}, ${beside.name}: a switch that stands in its tables`, ms(await lookUp(old.page, TIMES)));
  await old.page.close();
}

async function inOne(name, browser, mine, beside) {
  await openings(name, browser, beside ? [mine, beside] : [mine]);
  await switched(name, browser, mine, beside);
  const step = Math.max(1, Math.floor(SWITCHES / 10));
  const sizes = await memoryOf(name, browser, { entente, source, build }, step * 10, step);
  if (sizes) {
    row(`${name}: the browser holds after ${step} switches`, `${sizes[0].toFixed(0)} MB`);
    row(`${name}: and after ${10 * step}`, `${sizes[9].toFixed(0)} MB`, `${sizes[0].toFixed(0)} MB`);
    say(`  after each ${step}: ${sizes.map((s) => s.toFixed(0)).join(", ")}`);
  }
  const bench = join(dirname(entente), "page/entente.html");
  if (!existsSync(bench)) say(`${name}: ${bench} is not there: no large case`);
  else await large(name, browser, { file: bench, build, ok, say: (words) => say(`${words} (wanted: 3000 ms)`) });
}

say(`load at the beginning ${loadavg()[0].toFixed(1)}; ${TIMES} times, ${SWITCHES} switches for memory; figure, and what is wanted`);
const mine = written(entente, "this build");
const beside = other ? written(other, "the other build", otherCase) : null;
const puppeteer = (await import("puppeteer-core")).default;
for (const [name, places] of BROWSERS) {
  const executablePath = places.find(existsSync);
  if (!executablePath) {
    say(`${name} is not installed`);
    continue;
  }
  const browser = await puppeteer.launch({
    browser: name, executablePath, headless: true, protocolTimeout: 900000,
    args: name === "chrome" ? ["--no-sandbox", "--disable-gpu", "--no-first-run"] : [],
  });
  try {
    await inOne(name, browser, mine, beside);
  } finally {
    await browser.close();
  }
}
const chromium = BROWSERS[0][1].find(existsSync);
if (chromium) {
  const playwright = await import("playwright-core");
  const browser = await playwright.chromium.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
  try {
    await liveSpeed({ browser, entente, source, ok, say });
  } finally {
    await browser.close();
  }
}
say(`load at the end ${loadavg()[0].toFixed(1)}`);
