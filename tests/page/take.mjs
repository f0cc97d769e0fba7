// How an answer leaves the page, in both browsers: every panel as a picture and as rows, the link, the view as a
// file that opens as it is, the steps in words, the brief on paper.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { axe, catchDownloads, look, open, saved, settle, shares } from "./tools.mjs";

/** Rows of a CSV (RFC 4180), without its mark. */
export function rowsOf(text) {
  const rows = [[]];
  for (const m of text.slice(1).matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g)) {
    if (m.index + 1 === text.length && m[0] === "") break;
    rows[rows.length - 1].push(m[1].startsWith('"') ? m[1].slice(1, -1).replace(/""/g, '"') : m[1]);
    if (m[2] === "\r\n") rows.push([]);
  }
  return rows.filter((r) => r.length > 0);
}

async function oneCsv(page, id, faults) {
  const csv = await saved(page, (i) => document.querySelector(`#${i} [data-save=csv]`).click(), id);
  if (csv.text.charCodeAt(0) !== 0xfeff) faults.push(`${id}: no mark`);
  const rows = rowsOf(csv.text);
  if (rows.length < 2) faults.push(`${id}: ${rows.length} rows`);
  if (rows.some((r) => r.some((c) => /NaN|undefined|\[object/.test(c)))) faults.push(`${id}: ${rows.find((r) => /NaN|undefined|\[object/.test(r.join())).join()}`);
  return rows;
}

async function onePicture(page, id, faults, build, name) {
  const svg = await saved(page, (i) => document.querySelector(`#${i} [data-save=svg]`).click(), id);
  const seen = await page.evaluate((text, i) => {
    const doc = new DOMParser().parseFromString(text, "image/svg+xml");
    const words = [...doc.querySelectorAll("text")].map((t) => t.textContent).join(" ").replace(/\s+/g, " ");
    const title = document.querySelector(`#${i} .finding`).textContent.replace(/\s+/g, " ").trim();
    return { fault: doc.querySelector("parsererror")?.textContent ?? null, html: doc.querySelectorAll("foreignObject, script, style, [class]").length,
      titled: words.includes(title), words: words.slice(0, 120), title, width: Number(doc.documentElement.getAttribute("width")),
      numbers: [...doc.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => /NaN|undefined/.test(a.value))).length,
      outside: [...doc.querySelectorAll("text")].filter((t) => Number(t.getAttribute("x")) > Number(doc.documentElement.getAttribute("width"))).length };
  }, svg.text, id);
  if (seen.fault || seen.html || !seen.titled || seen.numbers || seen.outside) faults.push(`${id}: ${JSON.stringify(seen)}`);
  const png = await saved(page, (i) => document.querySelector(`#${i} [data-save=png]`).click(), id);
  const colors = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    const ink = canvas.getContext("2d");
    ink.drawImage(bitmap, 0, 0);
    const dots = ink.getImageData(0, 0, Math.min(800, bitmap.width), Math.min(800, bitmap.height)).data;
    return { width: bitmap.width, colors: new Set(new Uint32Array(dots.buffer)).size };
  }, png.base64);
  if (colors.colors < 8 || colors.width < seen.width * 0.5) faults.push(`${id}: png ${JSON.stringify(colors)} of ${seen.width}`);
  writeFileSync(join(build, `${name}-${id}.png`), Buffer.from(png.base64, "base64"));
  return svg.text;
}

async function panels(name, page, build, ok) {
  const ids = await page.$$eval("main .panel", (all) => all.map((e) => e.id));
  ok(`${name}, panels: all are there`, ["deals", "accounts", "said", "parting", "ways", "priorities", "bridge", "exchange", "plan", "walk",
    "stability", "influence", "timeline", "case-file", "method"].filter((id) => !ids.includes(id)));
  const tables = [];
  const pictures = [];
  const rows = {};
  const svgs = {};
  for (const id of ids) {
    rows[id] = await oneCsv(page, id, tables);
    svgs[id] = await onePicture(page, id, pictures, build, name);
  }
  ok(`${name}, panels: each saves its rows as CSV`, tables);
  ok(`${name}, panels: each saves a picture as SVG without HTML in it, and as PNG`, pictures);
  const shown = await shares(page);
  const at = rows.accounts.find((r) => r[0] === rows.accounts[1][0]);
  ok(`${name}, panels: the rows hold the numbers, unrounded`, [
    ...(Number(at[2]) === shown.zone ? [] : [`zone ${at[2]}, shown ${shown.zone}`]),
    ...(Number(at[6]) === shown.best ? [] : [`best ${at[6]}, shown ${shown.best}`]),
  ]);
  const marks = await page.$$eval(".deals .plot svg :is(.dot, .ring, .diamond)", (all) => all.length);
  ok(`${name}, panels: a figure's picture has all its marks, and its rows a row for each`,
    (svgs.deals.match(/<circle/g) ?? []).length + (svgs.deals.match(/<path[^>]*l6\.5,6\.5/g) ?? []).length >= marks && rows.deals.length === marks + 1
      ? [] : [`${marks} marks, ${rows.deals.length} rows`]);
  ok(`${name}, panels: nothing of the page is left changed`, (await page.$(".taking")) === null);
}

async function steps(name, page, ok) {
  const first = await page.$eval("#sentence", (e) => e.innerText);
  const id = await page.evaluate(() => {
    const box = document.querySelector(".said-panel input:not(:disabled):checked");
    box.click();
    return box.closest(".said").id.slice(5);
  });
  await settle(page);
  await page.waitForFunction(() => /%|none/.test(document.querySelector("p[role=status]").textContent), { timeout: 60000 });
  const spoken = await page.$eval("p[role=status]", (e) => e.textContent);
  const now = await page.$eval("#sentence", (e) => e.textContent);
  ok(`${name}, steps: the status region speaks the new answer`, spoken.includes(id) && spoken.endsWith(now) ? [] : [spoken]);
  const back = await page.$eval("#back", (e) => e.innerText);
  ok(`${name}, steps: Back says where it leads`, /^← Back to the .*account$/.test(back) ? [] : [back]);
  await page.evaluate(() => document.querySelector("#back").click());
  await page.waitForFunction(() => document.querySelector("#forward"), { timeout: 60000 });
  await settle(page);
  const forward = await page.$eval("#forward", (e) => e.innerText);
  ok(`${name}, steps: Forward says it too, and the answer is the one before`,
    forward.includes(`without ${id}`) && (await page.$eval("#sentence", (e) => e.innerText)) === first ? [] : [forward]);
  await page.evaluate(() => document.querySelector("#forward").click());
  await page.waitForFunction((words) => document.querySelector(".switched")?.innerText.includes(words), { timeout: 60000 }, id);
  await settle(page);
  await page.waitForFunction(() => document.querySelector("p[role=status]").textContent.endsWith(document.querySelector("#sentence").textContent), { timeout: 60000 });
  return id;
}

async function link(name, page, ok) {
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: async (t) => { self.copied = t; } } });
    document.querySelector("#copy-link").click();
  });
  await page.waitForFunction(() => /Copied/.test(document.querySelector("p[role=status]").textContent));
  ok(`${name}, link: it holds what is chosen`, (await page.evaluate(() => self.copied)) === page.url());
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("closed"));
    document.execCommand = () => false;
    document.querySelector("#copy-link").click();
  });
  await page.waitForFunction(() => /Not copied. The link is file:/.test(document.querySelector("p[role=status]").textContent));
  ok(`${name}, link: where the clipboard is closed it is told`, true);
}

async function view(name, browser, page, id, build, ok) {
  await settle(page, true);
  await page.evaluate(() => { const s = [...document.querySelectorAll("#exchange select")].at(-1); s.value = "a"; s.dispatchEvent(new Event("change", { bubbles: true })); });
  await settle(page, true);
  for (const q of ["menu", "priorities"]) await look(page, q);
  const was = { shares: await shares(page), address: page.url().split("#")[1], switched: await page.$eval(".switched", (e) => e.innerText),
    ways: await page.$eval("#ways-title", (e) => e.innerText), plan: await page.$eval("#stability", (e) => e.innerText) };
  const file = await saved(page, () => document.querySelector("#save-view").click());
  const path = join(build, `${name}-view.html`);
  writeFileSync(path, file.text);
  const url = pathToFileURL(path).href;
  const again = await open(browser, url, { before: [catchDownloads] });
  await settle(again.page, true);
  await look(again.page, "menu");
  const is = { shares: await shares(again.page), address: again.page.url().split("#")[1], switched: await again.page.$eval(".switched", (e) => e.innerText),
    ways: await again.page.$eval("#ways-title", (e) => e.innerText), plan: await again.page.$eval("#stability", (e) => e.innerText) };
  ok(`${name}, view: the file opens as it was: ${id} switched`, Object.keys(was).filter((k) => JSON.stringify(was[k]) !== JSON.stringify(is[k]))
    .map((k) => `${k}: ${JSON.stringify(was[k])} and ${JSON.stringify(is[k])}`.slice(0, 400)));
  await again.page.evaluate(() => document.querySelector(".switched button").click());
  await settle(again.page);
  ok(`${name}, view: and goes on from there`, (await again.page.$(".switched")) === null && (await shares(again.page)).zone !== was.shares.zone);
  const twice = await saved(again.page, () => document.querySelector("#save-view").click());
  ok(`${name}, view: saved anew from there it is no larger`, twice.text.length < file.text.length * 1.02 ? [] : [`${file.text.length}, then ${twice.text.length}`]);
  ok(`${name}, view: quiet`, again.noise);
  await again.page.close();
  const still = await open(browser, url, { before: [() => { delete globalThis.WebAssembly; }] });
  await still.page.waitForSelector("#still");
  await still.page.waitForSelector("#stability", { timeout: 60000 }).catch(() => null); // below the first screen, drawn after it
  ok(`${name}, view: without WebAssembly it shows what it was saved with`,
    (await still.page.$eval("#sentence", (e) => e.innerText)) === was.shares.words && (await still.page.$("#stability")) !== null &&
    !/not in these figures/.test(await still.page.$eval("#still", (e) => e.innerText)));
  await still.page.close();
  const words = /<div id="app">([\s\S]*?)<\/div>/.exec(file.text)[1];
  const percent = was.shares.words.match(/\d+%/)[0];
  ok(`${name}, view: without scripts its answer stands in words`, words.includes("plain-answer") && words.includes(percent) && words.includes(`without=${id}`) ? [] : [words.slice(0, 300)]);
}

/** Sheets of a brief: poppler counts them where it is there. */
function sheets(path) {
  try {
    return Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [path], { encoding: "utf8" }))[1]);
  } catch {
    return (readFileSync(path, "latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  }
}

async function paper(name, page, build, example, ok) {
  await page.evaluate(() => { window.print = () => { self.printed = document.documentElement.className || "brief"; }; document.querySelector("#print-brief").click(); });
  await page.waitForFunction(() => self.printed, { timeout: 240000 });
  const path = join(build, `${name}-${example}-brief.pdf`);
  await page.pdf({ path, format: "A4", preferCSSPageSize: false });
  const count = sheets(path);
  ok(`${name}, ${example}: the brief has two to four sheets`, count >= 2 && count <= 4 ? [] : [`${count}`]);
  if (name !== "chrome") return;
  await page.evaluate(() => document.documentElement.classList.add("print-all"));
  await page.pdf({ path: join(build, `${name}-${example}-all.pdf`), format: "A4" });
  await page.evaluate(() => document.documentElement.classList.remove("print-all"));
  ok(`${name}, ${example}: everything has more`, sheets(join(build, `${name}-${example}-all.pdf`)) > count);
}

async function phone(name, browser, url, build, ok) {
  const { page } = await open(browser, url, { size: { width: 390, height: 840 } });
  await settle(page, true);
  const order = await page.evaluate(() => ["#sentence", ".deals .plot", "#said"].map((s) => document.querySelector(s).getBoundingClientRect().top));
  ok(`${name}, phone: the answer and the chart stand before the statements`, order[0] < order[1] && order[1] < order[2] ? [] : [order.join()]);
  ok(`${name}, phone: the statements are folded`, await page.evaluate(() => !document.querySelector("#said .said").checkVisibility()));
  ok(`${name}, phone: the bar stays in sight`, await page.evaluate(async () => {
    scrollTo(0, 3000);
    await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
    const box = document.querySelector(".topbar").getBoundingClientRect();
    return box.top === 0 && box.height < innerHeight / 5;
  }));
  ok(`${name}, phone: nothing scrolls sideways`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1));
  ok(`${name}, phone: axe finds nothing`, await axe(page));
  await page.screenshot({ path: join(build, `${name}-phone.png`) });
  await page.close();
}

export async function take(name, browser, { entente, source, build, ok }) {
  const make = (example) => {
    const file = join(build, `${name}-${example}-take.html`);
    execFileSync(entente, ["html", join(source, `examples/${example}.yaml`), "-o", file, "--worlds", "3000"], { stdio: "ignore" });
    return pathToFileURL(file).href;
  };
  const url = make("hanoi");
  const { page, noise } = await open(browser, url, { before: [catchDownloads] });
  let stops = 0;
  while (stops < 30 && !(await page.evaluate(() => Boolean(document.activeElement?.closest(".plot-focus"))))) {
    await page.keyboard.press("Tab");
    stops++;
  }
  ok(`${name}, keys: Tab reaches the chart within ten stops`, stops <= 10 ? [] : [`${stops}`]);
  await settle(page, true);
  for (const q of ["accounts", "menu", "ask", "priorities", "history"]) await look(page, q);
  await page.evaluate(() => document.querySelectorAll(".topbar details, .save").forEach((d) => (d.open = true)));
  await page.screenshot({ path: join(build, `${name}-open.png`) });
  ok(`${name}, all menus open: axe finds nothing`, await axe(page));
  await page.evaluate(() => document.querySelectorAll(".topbar details, .save").forEach((d) => (d.open = false)));
  const places = await page.evaluate(async () => {
    document.querySelector(".contents").open = true;
    await new Promise((r) => setTimeout(r, 100));
    const links = [...document.querySelectorAll(".contents a")];
    const before = location.hash;
    links.find((a) => /Stability/.test(a.textContent)).click();
    const top = () => document.querySelector("#stability").getBoundingClientRect().top;
    for (let waited = 0, still = 0, at = top(); waited < 40 && still < 4; waited++) {
      await new Promise((r) => setTimeout(r, 50));
      still = top() === at ? still + 1 : 0;
      at = top();
    }
    return { links: links.length, top: Math.round(document.querySelector("#stability").getBoundingClientRect().top), same: before === location.hash,
      focus: document.activeElement.id };
  });
  ok(`${name}, contents: they lead to a panel, and leave what is chosen`, places.links >= 12 && places.top >= 0 && places.top < 120 && places.same && places.focus === "stability"
    ? [] : [JSON.stringify(places)]);
  await panels(name, page, build, ok);
  const id = await steps(name, page, ok);
  await link(name, page, ok);
  await view(name, browser, page, id, build, ok);
  await paper(name, page, build, "hanoi", ok);
  ok(`${name}, take away: quiet`, noise);
  await page.close();
  for (const example of ["camp-david", "labour"].filter((e) => existsSync(join(source, `examples/${e}.yaml`)))) {
    const other = await open(browser, make(example));
    await settle(other.page, true);
    await paper(name, other.page, build, example, ok);
    await other.page.close();
  }
  await phone(name, browser, url, build, ok);
}
