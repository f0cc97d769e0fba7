// The package builder: from a package of the picture, its shares are the program's for the case with that package
// named; a pin stands beside it, grounds are the record's, and what is supposed is taken into the answer.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hands } from "./hands.mjs";
import { model } from "./model.mjs";

const percent = (share) => {
  const p = 100 * share;
  return p > 0 && p <= 0.5 ? "<1%" : p < 100 && p >= 99.5 ? ">99%" : `${Math.round(p)}%`;
};

export async function builder(browser, name, { url, ok, shot, entente, source, build, axe }) {
  const m = await model(source);
  const h = await hands(browser, url, "mouse", shot);
  const page = h.page;
  const until = (f, ...args) => page.waitForFunction(f, { timeout: 120000 }, ...args);
  await page.evaluate(() => [...document.querySelectorAll("button")].find((b) => b.textContent === "camp-david.yaml").click());
  await until(() => document.querySelector("[data-value=zone]") && !document.querySelector("#rough, #computing"));
  await h.click({ button: "Build on this package" });
  const still = () => until(() => document.querySelector("#package-shares") && document.querySelector(".builder [aria-busy=false]"));
  await still();
  await h.click("#pin");
  const text = readFileSync(join(source, "examples/camp-david.yaml"), "utf8");
  const c = m.caseOf(m.read(text));
  const issue = c.issues.find((i) => i.kind === "options");
  const last = issue.levels.at(-1);
  await h.choose({ label: issue.name }, last.name, ".builder");
  await still();
  // The whole number of worlds.
  await new Promise((r) => setTimeout(r, 500));
  await until(() => document.querySelector("#package-shares thead").innerText.includes("pinned 1"));
  const words = await page.$eval(".package-words", (e) => e.innerText);
  ok(`${name}: what is turned stands in words`, words.includes(`${issue.name}: ${last.name}`) ? [] : [words]);
  const built = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".builder select")].map((s) => [s.closest("label").querySelector(".label").textContent, s.value])));
  const ranges = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".builder input[type=range]")].map((s) => [s.closest("label").querySelector(".label").textContent.split(":")[0], Number(s.value)])));
  const ticks = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".builder fieldset")].map((f) => [f.querySelector("legend").textContent, [...f.querySelectorAll("label")].filter((l) => l.querySelector("input").checked).map((l) => l.textContent.trim())])));
  const pack = {};
  for (const i of c.issues) {
    if (i.kind === "options" && built[i.name] !== i.levels[0].id) pack[i.id] = built[i.name];
    if (i.kind === "range" && ranges[i.name]) pack[i.id] = String(i.range.from + i.range.step * ranges[i.name]);
    if (i.kind === "items" && ticks[i.name].length) pack[i.id] = ticks[i.name].map((n) => i.levels.find((l) => l.name === n).id);
  }
  const file = join(build, "builder.yaml");
  writeFileSync(file, m.apply(text, m.acts.add(m.read(text), "packages", "built", pack).patches));
  const doc = JSON.parse(spawnSync(entente, ["page", file, "--light"], { encoding: "utf8", maxBuffer: 1 << 28 }).stdout);
  const outcome = doc.packages.find((p) => p.name === "built").outcome;
  const faults = [];
  for (const a of doc.accounts) {
    const row = a.picture.deals.find((r) => r[0] === outcome);
    for (const p of doc.deciders) {
      const cell = `[data-account="${a.id}"][data-party="${doc.parties[p].id}"]`;
      const letter = row[3 + a.picture.voters.length]?.[a.picture.voters.indexOf(p)];
      const want = letter === "i" ? "impossible" : percent(row[3 + a.picture.voters.indexOf(p)]);
      await until((s, w) => document.querySelector(s)?.innerText === w, cell, want)
        .catch(async () => faults.push(`${cell}: ${await page.$eval(cell, (e) => e.innerText)} and not ${want}`));
    }
  }
  ok(`${name}: each party's share in every account is the program's`, faults);
  const grounds = await page.$eval(".grounds", (e) => e.innerText);
  const spoke = c.statements.filter((s) => JSON.stringify(s.claims).includes(`"${issue.id}":"${last.id}"`)).map((s) => s.id);
  ok(`${name}: the grounds name who spoke of it`, spoke.slice(0, 3).filter((id) => !grounds.includes(id)).map((id) => `${id} is not in ${grounds}`));
  ok(`${name}: what would lift the weaker side is told`, /What would lift/.test(await page.$eval(".builder", (e) => e.innerText)));
  await h.shot("builder");
  ok(`${name}, the builder: axe finds nothing`, await axe(page));
  await h.click({ buttonStarts: c.parties[0].words.name });
  await until(() => document.querySelector(".with-editor") && !document.querySelector(".with-editor").hidden && decodeURIComponent(location.hash).includes("suppose={party:"));
  ok(`${name}: "suppose they accept" is taken into the answer`, true);
  ok(`${name}, the builder: quiet`, h.noise);
  await h.close();
}
