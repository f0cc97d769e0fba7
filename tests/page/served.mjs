// The workbench behind `entente serve --edit`: a source is pasted and quoted, its effect is seen, the case is
// saved; on disk only the new lines are new, and the source's text stands beside the case.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hands } from "./hands.mjs";
import { serve } from "./tools.mjs";

const LETTER = `To the works council

We could live with three per cent if the night shifts stay as they are.
`;

export async function served(browser, name, { ok, shot, entente, source, build, axe }) {
  const folder = join(build, `served-${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "labour.yaml");
  copyFileSync(join(source, "examples/labour.yaml"), path);
  const before = readFileSync(path, "utf8");
  const server = await serve(entente, path);
  try {
    const h = await hands(browser, server.address, "mouse", shot, "#place-record");
    const until = (f, ...args) => h.page.waitForFunction(f, { timeout: 40000 }, ...args);
    await until(() => document.querySelector("#sentence"));
    await h.click("#place-record");
    await h.click("#new-source");
    await h.write("#source-title", "A letter");
    await h.write({ label: "Date" }, "2024-02-01", "form.bench-form-inner");
    await h.paste("#source-paste", LETTER);
    await h.write({ label: "Short name in the file" }, "a-letter", "form.bench-form-inner");
    await h.click({ button: "Add the source" });
    await h.there(".source-text .cm-content");
    ok(`${name}, served: the source's text stands beside the case`, existsSync(join(folder, "a-letter.txt")) && readFileSync(join(folder, "a-letter.txt"), "utf8") === LETTER);
    await h.select("We could live with three per cent if the night shifts stay as they are");
    await h.take("quote");
    const by = await h.page.evaluate(() => [...document.querySelector("#statement-by").options].find((o) => o.value).textContent);
    await h.choose("#statement-by", by);
    await h.click({ summary: "More: through whom, about when, what it takes back" });
    await h.write({ label: "Short name in the file" }, "new-words", "form.bench-form");
    await h.tick({ label: "something that can be counted" });
    await h.choose("#claim-verb-0", "accepts");
    await until(() => /Who takes it in/.test(document.querySelector("#bench-effect").innerText));
    const effect = await h.page.$eval("#bench-effect", (e) => e.innerText);
    ok(`${name}, served: the effect is seen before anything is saved`, /account/.test(effect) && readFileSync(path, "utf8") === before ? [] : [effect]);
    await h.shot("served");
    ok(`${name}, served: axe finds nothing`, await axe(h.page));
    await h.keep();
    await h.inRecord("new-words");
    await h.click("#bench-save");
    await until(() => /Saved/.test(document.querySelector(".bench-note").textContent));
    const after = readFileSync(path, "utf8");
    const old = new Set(before.split("\n"));
    const kept = after.split("\n").filter((l) => old.has(l)).length;
    ok(`${name}, served: on disk every line that was there is there, and new ones beside`,
      kept >= before.split("\n").length && before.split("\n").every((l) => after.includes(l)) && after.includes("  - id: new-words") ? [] : [after]);
    const checked = spawnSync(entente, ["check", path], { encoding: "utf8" });
    ok(`${name}, served: it passes check`, checked.status === 0 ? [] : [checked.stdout, checked.stderr]);
    // Two at once: somebody else writes the file while a form is open here.
    await h.click({ button: "Empty the form" });
    await h.choose("#statement-by", by);
    await h.write("#statement-text", "Mine");
    await h.tick({ label: "nothing that can be counted" });
    await h.keep();
    writeFileSync(path, `${after}# theirs\n`);
    await until(() => document.querySelector(".conflict") && !document.querySelector(".with-editor").hidden);
    await h.shot("served-conflict");
    await h.click({ button: "Put both together" });
    await until(() => !document.querySelector(".conflict"));
    await h.click("#place-record");
    await h.click("#bench-save");
    await until(() => /Saved/.test(document.querySelector(".bench-note").textContent)).catch(async () => { throw new Error(await h.page.$eval(".bench-bar", (e) => e.innerText)); });
    const both = readFileSync(path, "utf8");
    ok(`${name}, served: two editors at once are told, and both words stand`, both.includes("# theirs") && both.includes("quote: Mine") ? [] : [both.slice(-400)]);
    ok(`${name}, served: quiet`, h.noise);
    await h.close();
  } finally {
    server.end();
  }
}
