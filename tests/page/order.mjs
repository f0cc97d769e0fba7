// In which order a page asks its engine: a switch for the first screen's picture alone, what stands further down
// after it, and nothing that a click would have to wait for.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { open, settle } from "./tools.mjs";

/** Before anything of the page runs: what is said to workers and by them, and when one is ended. */
function listen() {
  const Real = Worker;
  let made = 0;
  self.heard = [];
  self.Worker = class extends Real {
    constructor(...given) {
      super(...given);
      this.number = made++;
      this.addEventListener("message", ({ data }) => {
        if (data.reply && data.id > 0) self.heard.push({ what: "answer", worker: this.number });
      });
    }
    postMessage(said) {
      if (said.request) self.heard.push({ what: "ask", worker: this.number, question: said.request.question, options: Object.fromEntries(said.request.options) });
      super.postMessage(said);
    }
    terminate() {
      self.heard.push({ what: "end", worker: this.number });
      super.terminate();
    }
  };
}

/** Switch the first statement that can be, and note what stands there while the picture is of few worlds. */
const flip = (page) => page.evaluate(() => {
  self.heard = [];
  self.seen = [];
  const main = document.querySelector("main");
  new MutationObserver((_, watch) => {
    if (!document.querySelector("#rough")) return;
    watch.disconnect();
    self.seen.push({
      late: document.querySelector("#late")?.textContent ?? null,
      marked: document.querySelector(".below.old") !== null,
      waiting: document.querySelectorAll(".waiting").length,
      others: [...document.querySelectorAll("#accounts tr:not(.here) td[colspan]")].map((e) => e.textContent),
      value: document.querySelector("[data-value]") !== null,
    });
  }).observe(main, { childList: true, subtree: true, attributes: true, characterData: true });
  document.querySelector(".said-panel input:not(:disabled)").click();
});

export async function order(name, browser, { entente, source, build, ok }) {
  const path = join(build, `${name}-order.html`);
  execFileSync(entente, ["html", join(source, "examples/hanoi.yaml"), "-o", path, "--worlds", "6000"], { stdio: "ignore" });
  const { page, noise } = await open(browser, pathToFileURL(path).href, { before: [listen] });
  await settle(page, true);
  await flip(page);
  await settle(page, true);
  const { heard, seen } = await page.evaluate(() => ({ heard: self.heard, seen: self.seen }));
  const [chosen, other] = await page.$$eval("input[name=account]", (all) => all.sort((a, b) => b.checked - a.checked).map((e) => e.value));
  const said = heard.filter((h) => h.what !== "end");
  const asked = heard.filter((h) => h.what === "ask");
  const is = (h, worlds, account) => h?.what === "ask" && h.question === "page" && "light" in h.options && !("part" in h.options) &&
    h.options.worlds === worlds && h.options.account === account;
  ok(`${name}, order: a switch asks first for a picture of few worlds, of the account that is looked at`,
    is(said[0], "2000", chosen) ? [] : [JSON.stringify(said[0])]);
  ok(`${name}, order: nothing else is asked until it is there`, said[1]?.what === "answer" ? [] : [JSON.stringify(said.slice(0, 3))]);
  ok(`${name}, order: then for that of all worlds, then for the other account`,
    is(asked[1], "6000", chosen) && is(asked[2], "6000", other) ? [] : [JSON.stringify(asked.slice(1, 3))]);
  ok(`${name}, order: then for the parts below, one after the other`,
    asked.slice(3, 9).every((h) => h.options.part && h.options.account === chosen) && new Set(asked.slice(3, 9).map((h) => h.options.part)).size === 6
      ? [] : [JSON.stringify(asked.slice(3))]);
  ok(`${name}, order: a first picture says that what stands below is of the picture before`,
    seen.length === 1 && /the picture before/.test(seen[0].late) && seen[0].marked && seen[0].waiting === 0 ? [] : [JSON.stringify(seen)]);
  ok(`${name}, order: the other account says that it is computed, and figures of few worlds are not given out`,
    seen.length === 1 && seen[0].others[0] === "computing" && !seen[0].value ? [] : [JSON.stringify(seen)]);
  ok(`${name}, order: with all of it there nothing says so`, await page.evaluate(() =>
    !document.querySelector("#late, .old") && !/computing/i.test(document.querySelector("#accounts").textContent)));

  // A click while a part is being computed: its worker ends before anything is asked.
  await flip(page);
  await page.waitForFunction(() => self.heard.some((h) => h.what === "ask" && h.options.part), { timeout: 120000 });
  const busy = await page.evaluate(() => {
    const last = self.heard.findLast((h) => h.what === "ask");
    self.heard = [];
    document.querySelector(".said-panel input:not(:disabled)").click();
    return last;
  });
  await page.waitForFunction(() => self.heard.some((h) => h.what === "ask"), { timeout: 120000 });
  const after = await page.evaluate(() => self.heard);
  ok(`${name}, order: a click ends what is computed in the background before it asks`,
    busy.options.part && after[0].what === "end" && after[0].worker === busy.worker && is(after.find((h) => h.what === "ask"), "2000", chosen)
      ? [] : [JSON.stringify([busy, ...after.slice(0, 3)])]);
  await settle(page);

  // Parts that come leave what stands above them as it is.
  const moved = await page.evaluate(async () => {
    let count = 0;
    new MutationObserver((all) => (count += all.length)).observe(document.querySelector("#deals"), { childList: true, subtree: true, attributes: true, characterData: true });
    const before = document.querySelectorAll(".waiting").length;
    while (document.querySelector(".waiting")) await new Promise((r) => setTimeout(r, 20));
    return { before, count };
  });
  ok(`${name}, order: a part that comes draws no other panel anew`, moved.before > 0 && moved.count === 0 ? [] : [JSON.stringify(moved)]);
  ok(`${name}, order: quiet`, noise);
  await page.close();
}
