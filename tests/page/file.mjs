// The file that recomputes, opened from disk in Chromium and in Firefox (puppeteer drives both: Firefox by
// WebDriver BiDi). What a page shows for random choices must be what the program prints for them.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bench } from "./bench.mjs";
import { asked } from "./panels.mjs";
import { redact } from "./redact.mjs";
import { take } from "./take.mjs";
import { paintAll } from "./look.mjs";
import { order } from "./order.mjs";
import { open, settle, shares, switches } from "./tools.mjs";
import { trouble } from "./trouble.mjs";

const BROWSERS = [
  ["chrome", ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]],
  ["firefox", ["/usr/bin/firefox-esr", "/usr/bin/firefox"]],
];

/** Numbers that look random and are the same every time. */
function draws(seed) {
  let s = seed;
  return (below) => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return Math.floor((s / 4294967296) * below);
  };
}

/** A choice of account, switches and date, as an address and as options. */
function choiceOf(doc, draw) {
  const account = doc.accounts[draw(doc.accounts.length)];
  const claims = doc.statements.map((s, i) => [s, i]).filter(([s]) => s.on && s.claims.length > 0);
  const picked = [...Array(1 + draw(4))].map(() => claims[draw(claims.length)]);
  const unique = [...new Map(picked.map((p) => [p[1], p])).values()];
  const without = unique.filter(([, i]) => account.in.includes(i)).map(([s]) => s.id);
  const taken = unique.filter(([, i]) => !account.in.includes(i)).map(([s]) => s.id);
  const dates = doc.statements.map((s) => s.date?.slice(0, 10)).filter((d) => d?.length === 10).sort();
  const asOf = draw(3) === 0 ? dates[draw(dates.length)] : null;
  const q = [["account", account.id], ["without", without.join(",")], ["with", taken.join(",")], ["as-of", asOf]]
    .filter(([, v]) => v);
  return {
    hash: q.map(([k, v]) => `${k}=${v}`).join("&"),
    account: account.id,
    options: ["--account", account.id, ...without.flatMap((s) => ["--without", s]),
      ...taken.flatMap((s) => ["--with", s]), ...(asOf ? ["--as-of", asOf] : [])],
  };
}

async function go(page, hash) {
  await page.evaluate((to) => new Promise((r) => {
    if (location.hash.slice(1) === to) return r();
    addEventListener("hashchange", () => setTimeout(r), { once: true });
    location.hash = to;
  }), hash);
  await settle(page);
}

function printed(entente, path, options) {
  const run = spawnSync(entente, ["deals", path, "--json", "--top", "1", ...options], { encoding: "utf8" });
  if (run.status > 1) return { fault: run.stderr };
  const account = JSON.parse(run.stdout).accounts.find((a) => a.name === options[options.indexOf("--account") + 1]);
  return { zone: account?.zone?.share ?? null, best: account?.deals?.[0]?.joint ?? null };
}

async function oneBrowser(name, browser, { entente, source, build, ok, say }) {
  const make = (example, options = []) => {
    const file = join(build, `${name}-${example}.html`);
    execFileSync(entente, ["html", join(source, `examples/${example}.yaml`), "-o", file, ...options], { stdio: "ignore" });
    return file;
  };
  const docOf = (file) => JSON.parse(/id="entente-data">(.*?)<\/script>/s.exec(readFileSync(file, "utf8"))[1]);
  const examples = ["hanoi", "camp-david", "labour"].filter((e) => existsSync(join(source, `examples/${e}.yaml`)));
  const many = name === "chrome" ? 10 : 3;

  for (const example of examples) {
    const worlds = ["--worlds", "3000"];
    const file = make(example, worlds);
    const path = join(source, `examples/${example}.yaml`);
    const doc = docOf(file);
    const draw = draws(example.length * 7919);
    const { page, noise } = await open(browser, pathToFileURL(file).href);
    await settle(page, true);
    const faults = [];
    const written = doc.accounts[0];
    const at = await shares(page);
    if (at.zone !== written.picture.zone.share) faults.push(`opened: ${JSON.stringify(at)}`);
    for (let i = 0; i < many; i++) {
      const choice = choiceOf(doc, draw);
      await go(page, choice.hash);
      const shown = await shares(page);
      const told = printed(entente, path, [...worlds, ...choice.options]);
      const same = told.fault ? shown.fault !== null : shown.zone === told.zone && (shown.best ?? null) === (told.best ?? null);
      if (!same) faults.push(`${choice.hash}: page ${JSON.stringify(shown)}, program ${JSON.stringify(told)}`);
    }
    ok(`${name}, ${example}: ${many} random choices show what the program prints`, faults);
    await go(page, "");
    ok(`${name}, ${example}: with nothing chosen the figures are as written`,
      (await shares(page)).zone === written.picture.zone.share);
    await settle(page, true);
    await page.screenshot({ path: join(build, `${name}-${example}-file.png`) });
    ok(`${name}, ${example}: an empty console and no network`, noise);
    await page.close();
  }

  // How long it takes, at 20,000 worlds.
  const file = make("hanoi");
  const url = pathToFileURL(file).href;
  {
    const start = performance.now();
    const { page, noise } = await open(browser, url);
    const opened = performance.now() - start;
    await settle(page, true);
    say(`${name}: opened to the answer in ${opened.toFixed(0)} ms, all panels in ${(performance.now() - start).toFixed(0)} ms`);
    const times = await switches(page, 20);
    say(`${name}: from a switch to the first picture ${times[0].toFixed(0)} ms, to all 20,000 worlds ${times[1].toFixed(0)} ms (medians of 20)`);
    ok(`${name}: switches were measured`, times.every((t) => t > 0) && times[0] <= times[1]);

    // Clicks that come faster than answers: the last one counts, and nothing of the others stays.
    await go(page, "");
    const clicked = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll(".said-panel input:not(:disabled)")].slice(0, 5);
      boxes.forEach((b) => b.click());
      return boxes.map((b) => b.closest(".said").id.slice(5));
    });
    await settle(page, true);
    const shown = await shares(page);
    const doc = docOf(file);
    const first = doc.accounts[0];
    const options = clicked.flatMap((id) => [first.in.includes(doc.statements.findIndex((s) => s.id === id)) ? "--without" : "--with", id]);
    const told = printed(entente, join(source, "examples/hanoi.yaml"), ["--account", first.id, ...options]);
    ok(`${name}: of five clicks at once all are in the answer`,
      shown.zone === told.zone && shown.best === told.best ? [] : [`${clicked}: ${JSON.stringify(shown)} ${JSON.stringify(told)}`]);
    ok(`${name}: the address names them`, clicked.every((id) => page.url().includes(id)));
    await page.evaluate(() => new Promise((r) => {
      addEventListener("popstate", () => setTimeout(r), { once: true });
      history.go(-5);
    }));
    await settle(page);
    ok(`${name}: Back, once for each, takes them back`, (await shares(page)).zone === first.picture.zone.share);
    ok(`${name}: quiet while it recomputes`, noise);
    await page.evaluate(paintAll);
    await page.screenshot({ path: join(build, `${name}-whole.png`), fullPage: true });
    await page.close();
  }

  // Where it cannot recompute it shows what it was written with, and says why.
  {
    const { page, noise } = await open(browser, `${url}#without=walk-away-values`, { before: [() => { delete globalThis.WebAssembly; }] });
    await page.waitForSelector("#still");
    const text = await page.$eval("#still", (e) => e.innerText);
    ok(`${name}, without WebAssembly: it says why it stands still`, /forbids WebAssembly/.test(text) && /not in these figures/.test(text));
    ok(`${name}, without WebAssembly: its switches are off`, await page.evaluate(() =>
      [...document.querySelectorAll(".said-panel input")].every((b) => b.disabled)));
    ok(`${name}, without WebAssembly: the figures are as written, and claim no switch`, await page.evaluate(() =>
      /%/.test(document.querySelector("#sentence").innerText) && !document.querySelector(".switched") && !document.querySelector("[data-value]")));
    ok(`${name}, without WebAssembly: quiet`, noise);
    await page.screenshot({ path: join(build, `${name}-still.png`) });
    await page.close();
  }

  // Its script does not run when a byte of the engine is another: the policy has its hash.
  {
    const html = readFileSync(file, "utf8");
    const at = html.indexOf("ENTENTE_ENGINE=") + 200;
    const other = join(build, `${name}-tampered.html`);
    writeFileSync(other, html.slice(0, at) + (html[at] === "a" ? "b" : "a") + html.slice(at + 1));
    const { page } = await open(browser, pathToFileURL(other).href);
    await page.waitForSelector("#still");
    ok(`${name}: an engine that was tampered with does not run`, true);
    await page.close();
  }
}

export async function inBrowsers(tools) {
  const { ok, say, whole, only } = tools;
  const puppeteer = (await import("puppeteer-core")).default;
  for (const [name, places] of BROWSERS) {
    if (only && only !== name) continue;
    const executablePath = places.find(existsSync);
    if (!executablePath || !whole) {
      say(`${name}: files are not tried: ${whole ? "it is not installed" : "no engine inside"}`);
      continue;
    }
    const browser = await puppeteer.launch({
      browser: name, executablePath, headless: true,
      protocolTimeout: 600000,
      args: name === "chrome" ? ["--no-sandbox", "--disable-gpu", "--no-first-run"] : [],
    });
    try {
      await oneBrowser(name, browser, tools);
      await order(name, browser, tools);
      await take(name, browser, tools);
      await redact(name, browser, tools);
      await asked(name, browser, tools);
      await trouble(name, browser, tools);
      await bench(name, browser, tools);
    } catch (e) {
      ok(`${name}: to the end`, [e.stack]);
    } finally {
      await browser.close();
    }
  }
}
