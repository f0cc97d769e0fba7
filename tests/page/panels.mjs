// The panels that are asked when somebody looks: ways forward, priorities, the gap's history, the questions in
// dispute. What they show is what the program prints, before and after a supposition.
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { axe, look, open, settle, shares } from "./tools.mjs";

/** A share in words, as page/src/words.ts has it. */
function percent(share) {
  if (share === null || share === undefined) return "not known";
  const p = 100 * share;
  if (p > 0 && p <= 0.5) return "<1%";
  if (p < 100 && p >= 99.5) return ">99%";
  return `${Math.round(p)}%`;
}

const equal = (what, shown, told) => (JSON.stringify(shown) === JSON.stringify(told) ? [] : [`${what}: page ${JSON.stringify(shown)}, program ${JSON.stringify(told)}`]);

async function ways(page, asking, name, ok) {
  for (const q of ["menu", "ask"]) await look(page, q);
  const menus = asking("menu").accounts[0].menus;
  const asked = asking("ask").accounts[0];
  const shown = await page.evaluate(() => ({
    curve: [...document.querySelectorAll("#ways .steps tr")].map((r) => r.querySelector("td:last-child").innerText.trim()),
    items: document.querySelectorAll("#ways .tabled > li").length,
    sizes: document.querySelectorAll("#ways select option").length,
    first: document.querySelector("#ways .asked p")?.innerText ?? "",
    questions: document.querySelectorAll("#ways .in-brief tbody tr").length,
    next: document.querySelector(".deciding p:last-child").innerText,
  }));
  const several = menus.filter((m) => m.size > 1);
  const told = [asked.curve.best, ...several.map((m) => m.share), ...asked.curve.questions, asked.curve.zone].map(percent);
  ok(`${name}: ways forward, from the best package to what no way passes`, [
    ...equal("curve", shown.curve, told),
    ...equal("packages tabled", shown.items, several.at(-1)?.items.length ?? 0),
    ...equal("sizes of menus", shown.sizes, several.length > 1 ? several.length : 0),
    ...equal("questions", shown.questions, asked.questions.length),
    ...(asked.plan && !shown.first.startsWith(asked.plan.tree.question.words) ? [`the plan begins with ${shown.first}`] : []),
    ...(asked.questions[0]?.expected > asked.curve.best + 0.005 && !shown.next.includes(percent(asked.questions[0].expected)) ? [`first screen: ${shown.next}`] : []),
  ]);
  if (several.length > 1) {
    await page.select("#ways select", String(several[0].size));
    ok(`${name}: another number of packages shows those`, equal("items", await page.$$eval("#ways .tabled > li", (l) => l.length), several[0].items.length));
  }
  return asked;
}

async function priorities(page, asking, name, ok) {
  await look(page, "priorities");
  const parties = Object.values(asking("priorities").accounts[0].parties).filter((rows) => rows.length > 0);
  const told = parties.flatMap((rows) => rows.map((r) => `${percent(r.importance[0])} to ${percent(r.importance[1])}`)).sort();
  const shown = await page.$$eval("#priorities tbody tr", (rows) => rows.map((r) => r.querySelector("td .num").textContent.replace(/\s+/g, " ").trim()));
  const bars = await page.$$eval("#priorities .interval-all", (all) => all.filter((b) => b.style.width !== "").length);
  ok(`${name}: priorities of all parties are the program's bounds`, [...equal("bounds", shown.sort(), told), ...equal("bars", bars, told.length)]);
}

async function history(page, asking, name, ok) {
  await look(page, "history");
  const told = asking("history").dates.map((d) => percent(d.accounts[0]?.zone));
  await page.evaluate(() => { document.querySelector("#timeline details.table").open = true; });
  const shown = await page.$$eval("#timeline details.table tbody tr", (rows) => rows.map((r) => r.querySelector("td").innerText.trim()));
  const lines = await page.$$eval("#timeline .gap-zone, #timeline .gap-best", (l) => l.filter((p) => /^M.*H/.test(p.getAttribute("d"))).length);
  ok(`${name}: how the gap moved, date by date`, [...equal("shares", shown, told.map((t) => (t === "not known" ? "contradicts itself" : t))), ...equal("lines", lines, 2)]);
}

async function dispute(page, asking, name, ok) {
  await look(page, "accounts");
  const told = asking("accounts").questions;
  const shown = await page.evaluate(() => [...document.querySelectorAll("#parting [data-question=accounts] > *")].map((e) =>
    e.tagName === "OL" ? [...e.children].map((li) => li.innerText.replace(/\s+/g, " ").trim()) : e.innerText));
  const words = shown.filter(Array.isArray).flat();
  ok(`${name}: each question in dispute stands there once, with its statements`, [
    ...equal("how many", words.length, told.length),
    ...told.filter((q) => !words.some((w) => w.startsWith(q.words.replace(/\s+/g, " ")) && w.includes(`${q.a.length} statement`))).map((q) => q.words),
  ]);
}

export async function asked(name, browser, { entente, source, build, ok }) {
  for (const example of ["hanoi", "camp-david", "labour"]) {
    const path = join(source, `examples/${example}.yaml`);
    const file = join(build, `${name}-${example}-asked.html`);
    execFileSync(entente, ["html", path, "-o", file, "--worlds", "2500"], { stdio: "ignore" });
    const { page, noise } = await open(browser, pathToFileURL(file).href);
    await settle(page, true);
    const account = await page.$eval("input[name=account]:checked", (e) => e.value);
    const asking = (question, ...options) => JSON.parse(spawnSync(entente, [question, path, "--json",
      ...(question === "accounts" ? [] : ["--worlds", "2500", "--account", account]), ...options], { encoding: "utf8", maxBuffer: 1 << 26 }).stdout);
    const at = `${name}, ${example}`;
    const plan = (await page.$("#ways")) ? await ways(page, asking, at, ok) : null;
    if (await page.$("[data-question=accounts]")) await dispute(page, asking, at, ok);
    await priorities(page, asking, at, ok);
    if (await page.$("[data-question=history]")) await history(page, asking, at, ok);
    for (const id of ["ways", "priorities", "timeline", "parting"]) {
      const panel = await page.$(`#${id}`);
      if (panel) await panel.screenshot({ path: join(build, `${name}-${example}-${id}.png`) });
    }
    ok(`${at}: axe finds nothing with all of it there`, await axe(page));
    if (plan?.plan) {
      await page.evaluate(() => document.querySelector("#ways .branches .plain").click());
      await settle(page);
      const claim = new URL(page.url().replace("#", "?")).searchParams.get("suppose");
      const run = spawnSync(entente, ["deals", path, "--json", "--top", "1", "--worlds", "2500", "--account", account, "--suppose", claim], { encoding: "utf8" });
      const told = JSON.parse(run.stdout).accounts.find((a) => a.name === account);
      ok(`${at}: an answer supposed shows what the program prints for it`, equal(claim, (await shares(page)).zone, told?.zone?.share ?? null));
    }
    ok(`${at}: quiet when all is asked`, noise);
    await page.close();
  }
}
