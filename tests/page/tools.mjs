// What the tests of files and of the bench share, in either browser.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

/** Looked for when it is asked for: whoever imports this may install it first. */
const axeSource = () => readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A server of the case with these options: its address, and how it is ended. */
export async function serve(entente, path, options = ["--edit", "--lazy"]) {
  const server = spawn(entente, ["serve", path, ...options], { stdio: ["ignore", "pipe", "ignore"] });
  let told = "";
  const address = await new Promise((there, gone) => {
    server.stdout.on("data", (d) => {
      told += d;
      const m = /http:\S+/.exec(told);
      if (m) there(m[0]);
    });
    server.on("exit", () => gone(new Error("the server ended")));
  });
  return { address, end: () => server.kill("SIGTERM") };
}

/** Before anything of the page runs: downloads are caught, not made: the last one, and the texts of all by name. */
export function catchDownloads() {
  self.downloads = {};
  const blobs = new Map();
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    const url = make(blob);
    blobs.set(url, blob);
    return url;
  };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    if (!this.download) return click.call(this);
    const name = this.download;
    const blob = blobs.get(this.href);
    void blob.arrayBuffer().then((buffer) => {
      const bytes = new Uint8Array(buffer);
      self.caught = { name, type: blob.type, bytes };
      if (!/png/.test(blob.type)) self.downloads[name] = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    });
  };
}

/** Do something in the page, and have what it saves: {name, type, text or base64}. */
export async function saved(page, act, ...given) {
  await page.evaluate(() => { self.caught = null; });
  await page.evaluate(act, ...given);
  await page.waitForFunction(() => self.caught, { timeout: 60000 });
  return page.evaluate(() => {
    const { name, type, bytes } = self.caught;
    if (!/png/.test(type)) return { name, type, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
    let binary = "";
    bytes.forEach((b) => (binary += String.fromCharCode(b)));
    return { name, type, base64: btoa(binary) };
  });
}

export async function open(browser, url, { before = [], size = { width: 1440, height: 900 }, wait = "#sentence" } = {}) {
  const page = await browser.newPage();
  await page.setViewport(size);
  const noise = [];
  page.on("console", (m) => noise.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => noise.push(`error: ${e.message}`));
  page.on("request", (r) => { if (!/^(file|data|blob|about):/.test(r.url())) noise.push(`request: ${r.url()}`); });
  for (const f of before) await page.evaluateOnNewDocument(f);
  await page.goto(url);
  await page.waitForSelector(wait, { timeout: 120000 });
  return { page, noise };
}

export const frames = (page) => page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r)))));

/** All that is chosen is computed and shown; `parts`: the panels below too. */
export async function settle(page, parts = false) {
  await frames(page);
  await page.waitForFunction(
    (all) => document.querySelector("#still") || (document.querySelector("main").getAttribute("aria-busy") !== "true" &&
      !document.querySelector("#rough, #computing, main[data-late=true]") && !(all && document.querySelector(".waiting")) &&
      !document.querySelector(".said-panel input:disabled:only-child")),
    { timeout: 180000 }, parts);
}

/** Look at a place until the answer to its question stands there, or why there is none. */
export async function look(page, question) {
  await page.waitForSelector(`[data-question=${question}]`, { timeout: 60000 });
  await page.evaluate((q) => document.querySelector(`[data-question=${q}]`).scrollIntoView({ block: "center" }), question);
  await page.waitForFunction((q) => document.querySelector(`[data-question=${q}]`)?.getAttribute("aria-busy") === "false",
    { timeout: 240000 }, question);
}

/**
 * Switch statements one after the other, each on and off: the medians of the times from the click to the first
 * picture and to that of all worlds, both painted. What is busy is watched, not polled: it may be so for less
 * than a turn of the clock.
 */
export const switches = (page, count) => page.evaluate(async (most) => {
  const main = document.querySelector("main");
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  const until = async (what) => { while (!what()) await new Promise((r) => setTimeout(r, 2)); };
  const drawn = () => document.querySelector("[data-value=zone]") || /contradicts/.test(document.querySelector("#sentence").textContent);
  const taken = [];
  for (let i = 0; i < most; i++) {
    const boxes = [...document.querySelectorAll(".said-panel input:not(:disabled)")];
    let start = 0;
    const first = await new Promise((done) => {
      let began = false;
      const watch = new MutationObserver(() => {
        if (main.getAttribute("aria-busy") === "true") began = true;
        else if (began) {
          watch.disconnect();
          done(painted());
        }
      });
      watch.observe(main, { attributes: true, attributeFilter: ["aria-busy"] });
      start = performance.now();
      boxes[(i >> 1) % boxes.length].click();
    });
    await until(drawn);
    const whole = await painted();
    taken.push([first - start, whole - start]);
    await until(() => !document.querySelector(".waiting, main[data-late=true]"));
  }
  const middle = (k) => taken.map((t) => t[k]).sort((a, b) => a - b)[taken.length >> 1];
  return [middle(0), middle(1)];
}, count);

export const shares = (page) => page.evaluate(() => {
  const of = (name) => {
    const all = [...document.querySelectorAll(`[data-value=${name}]`)];
    return all.length === 1 ? Number(all[0].dataset.share) : all.length === 0 ? null : NaN;
  };
  return { zone: of("zone"), best: of("best"), fault: document.querySelector(".fault")?.innerText ?? null,
    words: document.querySelector("#sentence")?.innerText };
});

/** What axe finds, in words. */
export async function axe(page) {
  await page.evaluate(axeSource());
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }).then((r) =>
    r.violations.map((v) => `${v.id}: ${v.nodes[0].target} ${v.nodes[0].failureSummary ?? ""}`.slice(0, 300))));
  return found;
}
