// What goes wrong at the workbench: nothing is lost, and it is told in place.
import { hands } from "./hands.mjs";

const FORTY = `entente: 1
title: Forty claims   # a title
parties: {a: {name: Anna}, b: {name: Bert}}

issues:
  # The one that all speak of.
  water: {by: a, for: b, options: [none, some, all]}
  money:
    by: b
    for: a
    range: {from: 0, to: 50, step: 1}

statements:
${[...Array(40)].map((_, i) => `  - id: s${i}
    by: a
    reported: Words ${i}   # as told
    claims:
    - {party: a, accepts: {water: some, money: ${i + 1}}}
`).join("")}`;
const TWICE = `No deal, said Anna. We waited.

No deal, said Bert, and left. We waited for long.
`;

export async function odd(browser, name, { url, ok, shot }) {
  const h = await hands(browser, url, "mouse", shot);
  const page = h.page;
  const text = async () => {
    await page.evaluate(() => { self.downloads = {}; });
    return (await h.save()).text;
  };
  const drop = (file, words) => page.evaluate((n, t) => {
    const data = new DataTransfer();
    data.items.add(new File([t], n));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, file, words);
  const say = (s) => page.evaluate((x) => document.querySelector(x)?.innerText ?? "", s);
  const until = (f, ...args) => page.waitForFunction(f, { timeout: 30000 }, ...args);

  // ---- Forty claims, and an option in use ----
  await drop("forty.yaml", FORTY.replace(/\n/g, "\r\n"));
  await until(() => document.querySelector("#place-record"));
  await h.click("#place-record");
  await h.openDrawer("issues");
  await h.click({ buttonStarts: "water" });
  const form = "form.bench-form-inner";
  await page.evaluate(() => document.querySelector('[aria-label="take out some"]').click());
  await h.click({ button: "Keep" });
  ok(`${name}: an option in use is not taken out, and where it is used is told`, /some is still named in statement s0, .* and \d+ more/.test(await say(`${form} .fault`)));
  await h.click({ button: "Leave it" });
  await h.click({ buttonStarts: "water" });
  await h.write({ label: "Short name in the file" }, "river", form);
  await h.click({ button: "Keep" });
  await until(() => !document.querySelector("form.bench-form-inner"));
  const renamed = await text();
  ok(`${name}: a renamed issue: all forty claims follow, and no other sign changes`, renamed === FORTY.replace(/water/g, "river").replace(/\n/g, "\r\n"));
  await h.click("#undo");
  ok(`${name}: and one undo takes all of it back, carriage returns and all`, (await text()) === FORTY.replace(/\n/g, "\r\n"));

  // ---- A source of 20 MB; words that stand twice; words across a mark ----
  await h.click("#new-source");
  await h.write("#source-title", "A letter");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["All work and no play. ".repeat(950000)], "big.txt"));
    const input = document.querySelector("#bench-source input[type=file]");
    input.files = data.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await until(() => /20,900,000 signs/.test(document.querySelector("#bench-source [role=status]").textContent));
  await h.click({ button: "Add the source" });
  await until(() => /at most 4\.0 MB/.test(document.querySelector("#bench-source [role=status]").textContent));
  ok(`${name}: a source of 20 MB is told to be too long, and what was written stays`,
    (await page.$eval("#source-title", (e) => e.value)) === "A letter" && (await page.evaluate(() => !document.querySelector("#undo:not(:disabled)"))));
  await page.evaluate(() => [...document.querySelectorAll("#bench-source button")].find((b) => b.textContent === "leave them out").click());
  await h.paste("#source-paste", TWICE);
  await h.click({ button: "Add the source" });
  await h.there(".source-text .cm-content");
  await h.select("No deal");
  await h.take("quote");
  ok(`${name}: words that stand twice are told`, /stand 2 times in this source/.test(await say("#bench-source [role=status]")));
  await h.choose("#statement-by", "Anna");
  await h.tick({ label: "nothing that can be counted" });
  await h.keep();
  await until(() => document.querySelectorAll(".source-text .quoted.again").length === 2);
  ok(`${name}: and both places are marked`, true);
  await h.select("No deal, said Anna");
  await h.take("quote");
  ok(`${name}: a selection across a mark is taken, and told`,
    (await page.$eval("#statement-text", (e) => e.value)) === "No deal, said Anna" && /quoted already by a-no-deal/.test(await say("#bench-source [role=status]")));

  // ---- A claim half built, a date of a spreadsheet ----
  await h.choose("#statement-by", "Anna");
  await h.tick({ label: "something that can be counted" });
  await h.choose("#claim-verb-0", "offers");
  await h.choose({ label: "offers: add an issue" }, "water", ".claim");
  await h.write("#statement-date", "28/02/2019");
  await h.keep();
  const told = await say(".bench-form .fault");
  ok(`${name}: a claim half built and a spreadsheet's date are told, and nothing is added`, /a date that can be read/.test(told) && /in claim 1: how far water goes/.test(told) ? [] : [told]);
  await h.click("#place-answer");
  await h.click("#place-record");
  ok(`${name}: what was half built is there after a look at the answer`,
    (await page.$eval("#statement-text", (e) => e.value)) === "No deal, said Anna" && (await page.$eval("#claim-verb-0", (e) => e.value)) === "offers");

  await h.click({ button: "Empty the form" });
  await until(() => document.querySelector("#statement-text").value === "");
  await h.click({ button: "Bring back what was emptied" });
  ok(`${name}: a form that was emptied comes back`, (await page.$eval("#statement-text", (e) => e.value)) === "No deal, said Anna");

  // ---- The page is loaded again ----
  page.once("dialog", (d) => void d.accept()); // unsaved words are asked about
  await page.reload();
  await page.waitForSelector("#open:not(:disabled)");
  await page.evaluate(() => [...document.querySelectorAll("button")].find((b) => b.textContent === "forty.yaml").click());
  await until(() => document.querySelector("#place-record"));
  await h.click("#place-record");
  await until(() => document.querySelector("#statement-text")?.value === "No deal, said Anna");
  ok(`${name}: what was half built, the words and the source's text outlive a reload`,
    (await page.$eval("#claim-verb-0", (e) => e.value)) === "offers" && (await page.evaluate(() => Boolean(document.querySelector('[data-statement="a-no-deal"]')))));
  await h.choose("#source-pick", "A letter");
  await until(() => document.querySelectorAll(".source-text .quoted.again").length === 2);

  // ---- Forms and text are one document ----
  await h.click("#place-answer");
  await page.focus(".editor-text .cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  await page.keyboard.type("broken: a: b\n");
  await h.click("#place-record");
  await until(() => /forms wait until it is put right/.test(document.querySelector(".bench-desk .fault")?.textContent ?? ""));
  await h.shot("odd-fault");
  ok(`${name}: while the text has a fault the forms wait, and say where`, /line \d+/.test(await say(".bench-desk .fault")));
  for (let i = 0; i < 10 && !(await page.$("#statement-text")); i++) await h.click("#undo");
  await until(() => document.querySelector("#statement-text"));
  ok(`${name}: undo puts the text right, and the form still holds what was in it`, (await page.$eval("#statement-text", (e) => e.value)) === "No deal, said Anna");
  ok(`${name}: quiet`, h.noise);
  await h.close();
}
