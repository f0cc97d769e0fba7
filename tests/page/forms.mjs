// The workbench of entente.html, by mouse alone and by keyboard alone, in Chromium and Firefox: somebody who knows
// no YAML makes a case of three parties, four issues, two sources and eight statements with one dispute. The file
// that is saved must be the one in forms.yaml, byte for byte, and pass `check`. TAP.
// usage: forms.mjs ENTENTE SOURCE BUILD NPM [chrome|firefox [mouse|keys]]
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { builder } from "./builder.mjs";
import { hands } from "./hands.mjs";
import { model } from "./model.mjs";
import { odd } from "./odd.mjs";
import { pdfs } from "./pdfs.mjs";
import { rebuild } from "./rebuild.mjs";
import { states } from "./states.mjs";
import { served } from "./served.mjs";

const [entente, source, build, npm, onlyBrowser, onlyHand] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const file = join(dirname(entente), "page", "entente.html");
const BROWSERS = [
  ["chrome", ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]],
  ["firefox", ["/usr/bin/firefox-esr", "/usr/bin/firefox"]],
];
function skip(why) {
  console.log(`1..0 # SKIP ${why}`);
  process.exit(0);
}
if (!existsSync(file)) skip("entente.html is not built");
if (!existsSync(join(here, "node_modules", ".package-lock.json"))) {
  try {
    execFileSync(npm, ["ci", "--no-audit", "--no-fund"], { cwd: here, stdio: "ignore" });
  } catch {
    skip("the packages of tests/page could not be installed");
  }
}
mkdirSync(build, { recursive: true });
const puppeteer = (await import("puppeteer-core")).default;
const axe = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");

let count = 0, failed = 0;
function ok(name, faults) {
  const list = Array.isArray(faults) ? faults : faults ? [] : ["not so"];
  console.log(`${list.length ? "not ok" : "ok"} ${++count} - ${name}`);
  list.slice(0, 12).forEach((f) => console.log(`# ${String(f).replace(/\n/g, "\n# ")}`));
  failed += list.length ? 1 : 0;
}
const say = (text) => console.log(`# ${text}`);

// ---- What is made ----------------------------------------------------------------------------
const MINUTES = `Minutes of the harbour board, 4 March 2024

The mayor opened the meeting. "We pay four million a year if the ferry runs every hour," she said.
The line's director answered: "An hourly boat for four million is not on." He added that the line
could run it for six.

For the crews Ms Okafor said that "two per cent more is the least we need", and that no boat would
sail on split shifts.

The director said he would not hand over the south berth.
`;
const PAPER = `<!doctype html><html><head><title>Ferry talks stall over money</title><script>window.pwned = 1</script></head>
<body><h1>Ferry talks stall over money</h1><p>According to the mayor, the line <b>would have taken</b> the hourly boat for four million.</p>
<p>The harbour was built in 1911.</p><p>“We are still talking,” the director told this paper.</p></body></html>`;

const PRIVATE = "Private: left out of what is given away";

async function makeCase(h) {
  await h.press("new-title", "Ferry talks");
  const at = (label) => ({ label });
  // Parties, people, issues.
  for (const name of ["The city", "The ferry line", "The crews"]) {
    await h.openDrawer("parties");
    await h.click("#new-party");
    await h.write(at("Name"), name);
    if (name === "The crews") {
      await h.click({ summary: "More" }, "form.bench-form-inner");
      await h.write(at("Walks away below, from"), "0.1");
      await h.write({ label: "to (empty: just that)", beside: "Walks away below" }, "0.2");
      await h.tick({ label: PRIVATE });
    }
    await h.click({ button: "Add the party" });
  }
  for (const [name, party, title] of [["Ada Lund", "The city", "Mayor"], ["Per Holm", "The ferry line", "Director"], ["Ngozi Okafor", "The crews", ""]]) {
    await h.openDrawer("people");
    await h.click("#new-person");
    await h.write(at("Name"), name);
    await h.choose(at("For"), party);
    if (title) await h.write(at("Title"), title, "form.bench-form-inner");
    await h.click({ button: "Add the person" });
  }
  const issue = async (name, by, to, more) => {
    await h.openDrawer("issues");
    await h.click("#new-issue");
    await h.write(at("Name"), name);
    await h.tick({ legend: "Given by", label: by });
    await h.tick({ legend: "For", label: to });
    await more();
    await h.click({ button: "Add the issue" });
  };
  const list = async (words, label) => { for (const w of words) await h.write(at(label), w, null, "Enter"); };
  await issue("How often the ferry runs", "The ferry line", "The city", () => list(["as-it-is", "every-hour", "every-half-hour"], "Add one, from little to much"));
  await issue("Money a year", "The city", "The ferry line", async () => {
    await h.tick({ label: "a number" });
    for (const [label, value] of [["From (status quo)", "0"], ["To", "10"], ["Step", "1"], ["Unit", "million"]]) await h.write(at(label), value, "fieldset, details[open]");
  });
  await issue("Wages of the crews", "The ferry line", "The crews", () => list(["frozen", "plus-two", "plus-four"], "Add one, from little to much"));
  await issue("Berths handed over", "The ferry line", "The city", async () => {
    await h.tick({ label: "any of several items" });
    await list(["north", "south"], "Add an item");
  });

  // Two sources: one pasted, one chosen as a file.
  await h.click("#new-source");
  await h.write("#source-title", "Minutes of the harbour board");
  await h.write(at("Date"), "2024-03-04", "form.bench-form-inner");
  await h.choose(at("Reliability"), "A: completely reliable");
  await h.paste("#source-paste", MINUTES);
  await h.write(at("Short name in the file"), "minutes", "form.bench-form-inner");
  await h.click({ button: "Add the source" });
  await h.there(".source-text .cm-content");

  const counted = async (verb, levels, back = []) => {
    await h.tick({ label: "something that can be counted" });
    await claim(0, verb, levels, back);
  };
  const claim = async (n, verb, levels, back, party) => {
    if (party) await h.choose(`#claim-party-${n}`, party);
    await h.choose(`#claim-verb-${n}`, verb);
    const put = async (legend, list) => {
      for (const [name, level, kind] of list) {
        await h.choose(at(`${legend}: add an issue`), name, ".claim");
        if (kind === "number") await h.write({ starts: name }, level, ".chip");
        else if (kind === "items") for (const off of level) await h.tick({ label: off }, ".chip");
        else await h.choose(at(name), level, ".chip");
      }
    };
    await put(verb, levels);
    if (back.length > 0) await put("for", back);
  };
  const add = async (id) => {
    await h.keep();
    await h.inRecord(id);
  };
  const HOURLY = ["How often the ferry runs", "every-hour"];
  const FOUR = ["Money a year", "4", "number"];

  // 1: a quote, an offer.
  await h.select("We pay four million a year if the ferry runs every hour");
  await h.take("quote");
  await h.choose("#statement-by", "Ada Lund");
  await h.choose(at("Credibility"), "1: confirmed by others");
  await counted("offers", [FOUR], [HOURLY]);
  await h.echo(/The city offers Money a year: 4 million for How often the ferry runs: every-hour/);
  await add("ada-lund-pay-four-million");
  // 2: refused.
  await h.select("An hourly boat for four million is not on.");
  await h.take("quote");
  await h.choose("#statement-by", "Per Holm");
  await counted("refuses", [HOURLY, FOUR]);
  await add("per-holm-hourly-boat-four");
  // 3: a paraphrase.
  await h.select("the line\ncould run it for six");
  await h.take("reported");
  await h.choose("#statement-by", "Per Holm");
  await counted("accepts", [HOURLY, ["Money a year", "6", "number"]]);
  await add("per-holm-line-could-run");
  // 4: part of a sentence; 5: a red line of theirs, a paraphrase over a line's end.
  await h.select("two per cent more is the least we need");
  await h.take("quote");
  await h.choose("#statement-by", "Ngozi Okafor");
  await counted("requires", [["Wages of the crews", "plus-two"]]);
  await add("ngozi-okafor-two-per-cent");
  await h.select("he would not hand over the south berth");
  await h.take("reported");
  await h.choose("#statement-by", "Per Holm");
  await counted("never", [["Berths handed over", ["north"], "items"]]);
  await add("per-holm-he-not-hand");

  await h.click("#new-source");
  await h.file("#bench-source input[type=file]", { name: "paper.html", text: PAPER });
  await h.write(at("Author"), "Kim Reyes", "form.bench-form-inner");
  await h.write(at("Publisher"), "The Harbour Post", "form.bench-form-inner");
  await h.write(at("Date"), "2024-03-06", "form.bench-form-inner");
  await h.choose(at("Reliability"), "C: fairly reliable");
  await h.write(at("Short name in the file"), "post", "form.bench-form-inner");
  await h.click({ button: "Add the source" });
  await h.there(".source-text .cm-content");
  // 6: the dispute, seen before it is added.
  await h.select("the line would have taken the hourly boat for four million");
  await h.take("reported");
  await h.choose("#statement-by", "Ada Lund");
  await h.choose(at("Credibility"), "3: possibly true");
  await h.tick({ label: "something that can be counted" });
  await claim(0, "accepts", [HOURLY, FOUR], [], "The ferry line");
  await h.effect(/New dispute/);
  await h.shot("dispute");
  await add("ada-lund-line-taken-hourly");
  // 7: background.
  await h.select("The harbour was built in 1911.");
  await h.take("editorial");
  await h.choose("#statement-by", "The city");
  await add("city-harbour-built-1911");
  // 8: nothing that can be counted.
  await h.select("We are still talking");
  await h.take("quote");
  await h.choose("#statement-by", "Per Holm");
  await h.tick("#statement-private");
  await h.tick({ label: "nothing that can be counted" });
  await add("per-holm-still-talking");
}

// ---- The acceptance --------------------------------------------------------------------------
async function axeOf(page) {
  return page.evaluate(async (code) => {
    if (!self.axe) (0, eval)(code);
    const r = await self.axe.run(document, { resultTypes: ["violations"] });
    return r.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).slice(0, 3).join(" | ")} ${v.nodes[0].failureSummary ?? ""}`.slice(0, 400));
  }, axe).catch((e) => [e.message]);
}
async function soundness(page, name) {
  ok(`${name}: axe finds nothing`, await axeOf(page));
}

/** The flagship's record from nothing, by forms: the same words, and the same answers. */
async function flagship(browser, name) {
  const label = `${name}, the flagship by forms`;
  const m = await model(source);
  const path = join(source, "examples/hanoi.yaml");
  const text = readFileSync(path, "utf8");
  const c = { ...m.caseOf(m.read(text)), rules: m.plain(m.read(text).root).rules };
  const h = await hands(browser, pathToFileURL(file).href, "mouse", (shot) => join(build, `forms-${name}-flagship-${shot}.png`));
  const began = Date.now();
  await h.press("new-title", c.title);
  try {
    await rebuild(h, c, m.verbs);
  } finally {
    await h.shot("whole").catch(() => {});
  }
  const saved = await h.save();
  const made = join(build, "forms-flagship.yaml");
  writeFileSync(made, saved.text);
  say(`${label}: made in ${Math.round((Date.now() - began) / 1000)} s with ${h.acts()} acts`);
  // One name and a list of one are the same.
  const bare = (v) => (Array.isArray(v) ? (v.length === 1 ? bare(v[0]) : v.map(bare))
    : typeof v === "object" ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, bare(x)])) : v);
  const [mine, theirs] = [saved.text, text].map((t) => bare(m.plain(m.read(t).root)));
  ok(`${label}: the same words, whatever the order of keys`,
    Object.keys(theirs).filter((k) => !m.sameValue(mine[k] ?? "", theirs[k])).map((k) => {
      const [a, b] = [mine[k], theirs[k]];
      const at = typeof b === "object" && Object.keys(b).find((x) => !m.sameValue(a?.[x] ?? "", b[x]));
      return `${k} ${at}: ${JSON.stringify(at ? a?.[at] : a)}\nand not ${JSON.stringify(at ? b[at] : b)}`;
    }));
  for (const question of ["accounts", "deals", "bridge", "plan"]) {
    const [a, b] = [made, path].map((f) => {
      const told = JSON.parse(spawnSync(entente, [question, f, "--json", "--worlds", "2000"], { encoding: "utf8" }).stdout);
      return JSON.stringify({ ...told, case: null });
    });
    ok(`${label}: ${question} is the same to the last digit`, a === b ? [] : [a.slice(0, 200), b.slice(0, 200)]);
  }
  const wide = saved.text.split("\n").filter((l) => l.length > 100 && /[,:] /.test(l.trim()) && !/https?:/.test(l));
  ok(`${label}: no line is wider than 100`, wide);
  ok(`${label}: quiet`, h.noise);
  await h.close();
}

for (const [name, places] of BROWSERS) {
  const executablePath = places.find(existsSync);
  if ((onlyBrowser && onlyBrowser !== name) || !executablePath) {
    if (!executablePath) say(`${name} is not installed: it is not tried`);
    continue;
  }
  const browser = await puppeteer.launch({
    browser: name, executablePath, headless: true, protocolTimeout: 600000,
    args: name === "chrome" ? ["--no-sandbox", "--disable-gpu", "--no-first-run"] : [],
  });
  for (const hand of ["mouse", "keys"]) {
    if (onlyHand && onlyHand !== hand) continue;
    const label = `${name}, ${hand === "mouse" ? "by mouse" : "by keyboard"}`;
    try {
      const h = await hands(browser, pathToFileURL(file).href, hand, (shot) => join(build, `forms-${name}-${hand}-${shot}.png`));
      const began = Date.now();
      await makeCase(h);
      await h.shot("whole");
      const saved = await h.save();
      say(`${label}: made in ${Math.round((Date.now() - began) / 1000)} s with ${h.acts()} acts`);
      const path = join(build, `forms-${name}-${hand}.yaml`);
      for (const [f, text] of Object.entries(saved.all)) writeFileSync(join(build, f), text);
      writeFileSync(path, saved.text);
      const want = readFileSync(join(here, "forms.yaml"), "utf8");
      const [mine, theirs] = [saved.text.split("\n"), want.split("\n")];
      const first = mine.findIndex((l, i) => l !== theirs[i]);
      ok(`${label}: the file is the one that a person would write`, saved.text === want ? [] : [`line ${first + 1}:`, mine[first], "and not", theirs[first], saved.name]);
      const checked = spawnSync(entente, ["check", path], { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
      ok(`${label}: it passes check, and its quotes stand in their sources`, checked.status === 0 && !/warning/.test(checked.stderr + checked.stdout) ? [] : [checked.stdout, checked.stderr]);
      const accounts = JSON.parse(spawnSync(entente, ["accounts", path, "--json"], { encoding: "utf8" }).stdout || "{}");
      ok(`${label}: one dispute`, accounts.disputes?.length === 1 ? [] : [JSON.stringify(accounts.disputes)]);
      ok(`${label}: a quote of the paper did nothing`, !(await h.page.evaluate(() => "pwned" in self)));
      ok(`${label}: quiet, and no connection`, h.noise);
      if (hand === "mouse") await soundness(h.page, label);
      await h.close();
    } catch (e) {
      ok(`${label}: to the end`, [e.stack]);
    }
  }
  if (!onlyHand || onlyHand === "builder") {
    try {
      await builder(browser, name, { url: pathToFileURL(file).href, ok, shot: (s) => join(build, `forms-${name}-${s}.png`), entente, source, build, axe: axeOf });
    } catch (e) {
      ok(`${name}, the package builder: to the end`, [e.stack]);
    }
  }
  if (!onlyHand || onlyHand === "served") {
    try {
      await served(browser, name, { ok, shot: (s) => join(build, `forms-${name}-${s}.png`), entente, source, build, axe: axeOf });
    } catch (e) {
      ok(`${name}, served: to the end`, [e.stack]);
    }
  }
  if (!onlyHand || onlyHand === "pdfs") {
    try {
      await pdfs(browser, name, { url: pathToFileURL(file).href, ok, shot: (s) => join(build, `forms-${name}-${s}.png`), entente, source, build });
    } catch (e) {
      ok(`${name}, PDFs: to the end`, [e.stack]);
    }
  }
  if (!onlyHand || onlyHand === "states") {
    try {
      await states(browser, name, { url: pathToFileURL(file).href, ok, shot: (s) => join(build, `forms-${name}-${s}.png`), source, axe: axeOf });
    } catch (e) {
      ok(`${name}, the workbench in all states: to the end`, [e.stack]);
    }
  }
  if (!onlyHand || onlyHand === "odd") {
    try {
      await odd(browser, name, { url: pathToFileURL(file).href, ok, shot: (s) => join(build, `forms-${name}-${s}.png`) });
    } catch (e) {
      ok(`${name}, what goes wrong: to the end`, [e.stack]);
    }
  }
  if (name === "chrome" && (!onlyHand || onlyHand === "rebuild")) {
    try {
      await flagship(browser, name);
    } catch (e) {
      ok(`${name}, the flagship by forms: to the end`, [e.stack]);
    }
  }
  await browser.close();
}
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
