// The page in a browser, as TAP: run.mjs ENTENTE SOURCE BUILD NPM
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { live, liveSpeed } from "./live.mjs";
import { inBrowsers } from "./file.mjs";
import * as look from "./look.mjs";

const [entente, source, build, npm, engine] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

function skip(why) {
  console.log(`1..0 # SKIP ${why}`);
  process.exit(0);
}
if (!chromium) skip("there is no chromium");
if (!existsSync(join(here, "node_modules", ".package-lock.json"))) {
  try {
    execFileSync(npm, ["ci", "--no-audit", "--no-fund"], { cwd: here, stdio: "ignore" });
  } catch {
    skip("the packages of tests/page could not be installed");
  }
}
const playwright = await import("playwright-core");
const { default: AxeBuilder } = await import("@axe-core/playwright");

let count = 0;
let failed = 0;
function ok(name, faults) {
  const list = Array.isArray(faults) ? faults : faults ? [] : ["not so"];
  console.log(`${list.length ? "not ok" : "ok"} ${++count} - ${name}`);
  list.slice(0, 12).forEach((f) => console.log(`# ${String(f).replace(/\n/g, " ")}`));
  failed += list.length ? 1 : 0;
}
const say = (text) => console.log(`# ${text}`);

mkdirSync(build, { recursive: true });
function make(path, name, ...options) {
  const file = join(build, `${name}.html`);
  execFileSync(entente, ["html", path, "-o", file, ...options], { stdio: "ignore" });
  return file;
}
const hanoi = make(join(source, "examples/hanoi.yaml"), "hanoi", "--worlds", "4000");
const url = pathToFileURL(hanoi).href;

const browser = await playwright.chromium.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run"],
});

/** All that is chosen is computed and shown. */
const settled = (page) => page.waitForFunction(
  () => document.querySelector("#still, [role=alert]") || (document.querySelector("[data-value=zone]") && !document.querySelector(".waiting, main[data-late=true]")),
  null, { timeout: 120000 });

/** A page that notes all that it prints and asks for. */
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const noise = [];
  page.on("console", (m) => noise.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => noise.push(`error: ${e.message}`));
  page.on("dialog", (d) => { noise.push(`dialog: ${d.message()}`); void d.dismiss(); });
  page.on("request", (r) => { if (!/^(file|data|blob):/.test(r.url())) noise.push(`request: ${r.url()}`); });
  await page.goto(address);
  await page.waitForSelector("#sentence, [role=alert]");
  await settled(page);
  await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));
  return { page, noise, close: () => context.close() };
}

async function axe(page) {
  const result = await new AxeBuilder({ page }).analyze();
  return result.violations.map((v) => `${v.id}: ${v.nodes[0].target} ${v.nodes[0].failureSummary ?? ""}`.slice(0, 300));
}

/** Everything that must hold in a state, whatever it is. */
async function sound(name, page) {
  // Figures out of sight are drawn for their room when they come into sight.
  await page.evaluate(look.paintAll);
  await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r, 200)))));
  ok(`${name}: axe finds nothing`, await axe(page));
  for (const [what, check] of [
    ["no text below 12 px", look.smallText], ["no words overlap in a figure", look.overlaps],
    ["no words leave a figure", look.outside], ["targets of 24 px", look.smallTargets],
    ["no scrolling sideways", look.sideways],
  ]) {
    ok(`${name}: ${what}`, await page.evaluate(check));
  }
}

async function shot(page, name, options = {}) {
  if (options.fullPage) await page.evaluate(look.paintAll);
  await page.screenshot({ path: join(build, `${name}.png`), ...options });
}

// ---- Size, silence, policy ------------------------------------------------------------------
const size = statSync(hanoi).size;
say(`the flagship page: ${size} bytes`);
const whole = existsSync(join(engine ?? "", "entente.wasm"));
say(whole ? "the engine is inside" : "the engine for browsers is not built: the files stand still (make wasm)");
ok("the flagship page is at most 1.2 MB", size <= 1.2 * 1024 * 1024);
const html = readFileSync(hanoi, "utf8");
ok("a strict policy stands in the page", /content="default-src 'none'; [^"]*"/.test(html) && !/'unsafe-/.test(html.match(/content="default-src[^"]*"/)[0]));

// ---- States ---------------------------------------------------------------------------------
const states = [
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["narrow", { viewport: { width: 320, height: 640 } }],
  ["tablet", { viewport: { width: 800, height: 1100 } }],
  ["forced colours", { forcedColors: "active" }],
  ["reduced motion", { reducedMotion: "reduce", viewport: { width: 1280, height: 800 } }],
  ["4k", { viewport: { width: 3840, height: 2160 } }],
];
for (const [name, options] of states) {
  const { page, noise, close } = await open(url, options);
  await sound(name, page);
  await shot(page, name.replace(" ", "-"));
  if (["light", "dark", "narrow", "forced colours"].includes(name)) {
    await shot(page, `${name.replace(" ", "-")}-whole`, { fullPage: true });
  }
  ok(`${name}: an empty console and no network`, noise);
  await close();
}
{
  const { page, noise, close } = await open(url);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  ok("print: no text below 12 px", await page.evaluate(look.smallText));
  ok("print: figures are drawn for paper", await page.evaluate(look.widerThanPaper));
  await page.pdf({ path: join(build, "print.pdf"), format: "A4" });
  await page.setViewportSize({ width: 794, height: 1123 });
  await shot(page, "print", { fullPage: true });
  ok("print: quiet", noise);
  await close();
}
{
  const { page, close } = await open(`${url}#account=dprk`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  await sound("all open, other account", page);
  const found = await page.evaluate(() => ({
    rungs: document.querySelectorAll("#plan .rung").length,
    trust: [...document.querySelectorAll("#plan .needs .num")].every((n) => /%$/.test(n.textContent)),
    curve: document.querySelectorAll("#plan svg circle").length,
    walk: document.querySelectorAll("#walk .median").length,
    outcomes: document.querySelectorAll("#stability .outcome").length,
    answers: document.querySelectorAll("#stability .arrow.back").length,
    rows: document.querySelectorAll("#stability tbody tr").length,
  }));
  ok("plan: rungs with the trust they need, and the curve", found.rungs > 1 && found.trust && found.curve === found.rungs);
  ok("stay or walk: a break-even for each side", found.walk === 2);
  ok("stability: outcomes, moves and answers, and a table", found.outcomes > 1 && found.answers > 1 && found.rows > found.outcomes);
  for (const id of ["plan", "walk", "stability"]) {
    await page.locator(`#${id}`).screenshot({ path: join(build, `${id}.png`) });
  }
  await page.locator(".sentence .num").first().click();
  await page.waitForSelector("dialog[open]");
  ok("dialog: axe finds nothing", await axe(page));
  ok("dialog: it names statements", (await page.locator("dialog .said").count()) > 3);
  await shot(page, "dialog");
  await close();
}

// ---- First screen ---------------------------------------------------------------------------
{
  const { page, close } = await open(url);
  const below = await page.evaluate(() =>
    ["h1", "#sentence", ".compare", ".said-panel .said", ".deals .plot svg"]
      .filter((s) => {
        const box = document.querySelector(s).getBoundingClientRect();
        return s === ".said-panel .said" ? box.top > innerHeight - 80 : box.bottom > innerHeight;
      }));
  ok("answer, accounts, words and deals share the first screen", below);
  await close();
}

// ---- Keyboard alone -------------------------------------------------------------------------
{
  const { page, noise, close } = await open(url);
  const press = async (key, times = 1) => { for (let i = 0; i < times; i++) await page.keyboard.press(key); };
  const focus = (what) => page.evaluate((s) => Boolean(document.activeElement?.closest(s)), what);
  const tabTo = async (what, most = 60) => {
    for (let i = 0; i < most; i++) {
      if (await focus(what)) return true;
      await press("Tab");
    }
    return false;
  };
  await press("Tab");
  ok("keys: the first stop skips to the deals", await focus(".skip"));
  ok("keys: a number can be reached", await tabTo("#sentence .num"));
  await press("Enter");
  await page.waitForSelector("dialog[open]");
  await press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  ok("keys: Escape closes what it rests on, and focus is back",
    (await page.locator("dialog[open]").count()) === 0 && (await focus("#sentence .num")));
  ok("keys: the accounts can be reached", await tabTo("input[name=account]"));
  const before = await page.locator("#sentence").innerText();
  await press("ArrowDown");
  await page.waitForFunction((old) => document.querySelector("#sentence").innerText !== old, before);
  ok("keys: an arrow switches the account", (await page.locator("#sentence").innerText()) !== before);
  ok("keys: the account stands in the address", page.url().includes("account="));
  ok("keys: a statement can be reached", await tabTo(".said input"));
  const plain = await page.locator("#sentence").innerText();
  const name = await page.evaluate(() => document.activeElement.closest(".said").id.slice(5));
  await press("Space");
  await page.waitForSelector(".switched");
  ok("keys: Space switches a statement", await page.locator(".switched").isVisible());
  ok("keys: the statement stands in the address", page.url().includes(name));
  await settled(page);
  await sound("one statement switched", page);
  await shot(page, "switched");
  await page.reload();
  await settled(page);
  await page.waitForSelector(".switched");
  ok("keys: the address brings it back", (await page.locator(".switched").innerText()).includes(name));
  await page.locator(".switched button").focus();
  await press("Enter");
  await page.waitForSelector(".switched", { state: "detached" });
  await settled(page);
  ok("keys: and it can be undone", (await page.locator("#sentence").innerText()) === plain);
  ok("keys: the chart can be reached", await tabTo(".plot-focus", 200));
  await press("Home");
  const walked = [];
  const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20))));
  for (let i = 0; i < 6; i++) {
    await drawn(); // a busy machine draws later than the next key comes
    walked.push(await page.evaluate(() => {
      const box = document.querySelector(".plot-focus");
      const stop = document.getElementById(box.getAttribute("aria-activedescendant"));
      return { id: stop?.id, words: stop?.getAttribute("aria-label") ?? "" };
    }));
    await press("ArrowRight");
  }
  ok("keys: arrows walk the frontier, each stop in words",
    new Set(walked.map((w) => w.id)).size === 6 && walked.every((w) => /%|none|every/.test(w.words)));
  ok("keys: what is looked at is told in a box", await page.locator(".tip").isVisible());
  await press("Enter");
  await page.waitForSelector("dialog[open] .said");
  ok("keys: Enter shows what it rests on", (await page.locator("dialog[open] .said").count()) > 0);
  ok("keys: quiet", noise);
  await close();
}

// ---- Every number opens its statements ------------------------------------------------------
{
  const { page, close } = await open(url);
  const numbers = page.locator(".num:visible");
  const faults = [];
  const all = await numbers.count();
  for (let i = 0; i < all; i += Math.max(1, Math.floor(all / 25))) {
    await numbers.nth(i).click();
    await page.waitForSelector("dialog[open] .basis");
    const text = await page.locator("dialog[open]").innerText();
    if (!/rests on|follows from/.test(text)) faults.push(text.slice(0, 80));
    await page.keyboard.press("Escape");
  }
  ok(`numbers open what they rest on (${all} of them)`, faults);
  const measure = page.locator("section[aria-labelledby=exchange-title] .controls select").first();
  const values = await measure.locator("option").evaluateAll((o) => o.map((x) => x.value));
  for (const value of values) {
    await measure.selectOption(value);
    ok(`exchange map by ${value}: no words overlap`, await page.evaluate(look.overlaps));
    await page.locator("section[aria-labelledby=exchange-title]").screenshot({ path: join(build, `exchange-${value}.png`) });
  }
  ok("the measure stands in the address", values.length < 2 || page.url().includes(`measure=${values.at(-1)}`));
  await close();
}

// ---- Hostile words --------------------------------------------------------------------------
{
  const file = make(join(here, "hostile.yaml"), "hostile", "--worlds", "500");
  const { page, noise, close } = await open(pathToFileURL(file).href);
  ok("hostile words do nothing", await page.evaluate(() => window.pwned === undefined));
  ok("hostile words stand as they were written",
    (await page.locator("h1").innerText()).includes("</script><script>window.pwned = 1</script>"));
  ok("no link but to the web", await page.evaluate(() =>
    [...document.querySelectorAll("a[href]")].every((a) => /^(https?:|#)/.test(a.getAttribute("href")))));
  ok("nothing of theirs became an element", await page.evaluate(() =>
    !document.querySelector("#app img, #app iframe, #app b > b, #app script, #app form:not(.suppose)")));
  await sound("hostile words", page);
  await shot(page, "hostile");
  ok("hostile words: quiet", noise);
  await close();
}
{
  // Names from right to left: figures and signs beside them stay at their side, and nothing leaves its place.
  const { page, noise, close } = await open(pathToFileURL(make(join(source, "tests/page/turns.yaml"), "turns", "--worlds", "500")).href);
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  await sound("right to left", page);
  ok("right to left: names in sentences, tables and figures are isolated", await page.evaluate(look.loose));
  ok("right to left: a figure after a name stands after it", await page.evaluate(look.turned));
  await shot(page, "right-to-left", { fullPage: true });
  ok("right to left: quiet", noise);
  await close();
}
for (const name of ["camp-david", "labour"]) {
  const path = join(source, `examples/${name}.yaml`);
  if (!existsSync(path)) continue;
  const file = make(path, name, "--worlds", "500");
  ok(`${name}: at most 1.2 MB`, statSync(file).size <= 1.2 * 1024 * 1024);
  const { page, noise, close } = await open(pathToFileURL(file).href);
  await sound(name, page);
  if (name === "labour") {
    ok("labour: the trust there is stands on the ladder", (await page.locator("#plan .trust-there").count()) === 2);
  }
  await shot(page, name);
  ok(`${name}: quiet`, noise);
  await close();
}

try {
  await inBrowsers({ entente, source, build, ok, say, whole, chromium, file: join(dirname(entente), "page", "entente.html") });
} catch (e) {
  ok("files in both browsers", [e.stack]);
}
try {
  await liveSpeed({ browser, entente, source, ok, say });
  await live({ browser, entente, source, build, ok, say, sound, axe, shot });
} catch (e) {
  ok("live", [e.message]);
}

await browser.close();
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
