// The page behind `entente serve --edit`: switches computed anew, the editor, conflicts.
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./tools.mjs";

/** From a click to the new picture, live: first with nothing at hand, then with what was computed ahead. */
export async function liveSpeed(tools) {
  await speedOf(tools, "cold", ["--lazy"]);
  await speedOf(tools, "computed ahead", []);
}

async function speedOf({ browser, entente, source, ok, say }, name, options) {
  const server = await serve(entente, join(source, "examples/hanoi.yaml"), options);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(server.address);
    await page.waitForFunction(() => document.querySelector("#sentence") && document.querySelector("#stability") &&
      document.querySelector("main").ariaBusy !== "true", null, { timeout: 60000 });
    if (options.length === 0) {
      await page.evaluate(async () => {
        const headers = { "X-Entente-Token": sessionStorage.getItem("entente-token") };
        for (let waited = 0, half = false; waited < 60 && !half; waited++) {
          await new Promise((r) => setTimeout(r, 1000));
          const { ahead } = await (await fetch("api/status", { headers })).json();
          half = ahead.ready * 2 >= ahead.of; // the first screens come before the whole pages
        }
      });
    }
    const times = await page.evaluate(async () => {
      const main = document.querySelector("main");
      // The moment at which the picture of what was clicked stands. What the page has kept is drawn in the next
      // frame, and nothing is busy for it.
      const settled = (click, there) => new Promise((done, fail) => {
        let began = false;
        let frame = 0;
        const watch = new MutationObserver(() => { began = true; });
        watch.observe(main, { attributes: true, attributeFilter: ["aria-busy"] });
        const start = performance.now();
        click();
        began ||= main.ariaBusy === "true";
        requestAnimationFrame(() => setTimeout(() => { frame = performance.now(); }));
        const end = (at) => { watch.disconnect(); done(at - start); };
        const look = () => {
          const now = performance.now();
          if (began && main.ariaBusy !== "true" && there()) requestAnimationFrame(() => setTimeout(() => end(performance.now())));
          else if (!began && frame > 0 && now - start > 400 && there()) end(frame);
          else if (now - start > 60000) fail(new Error(`no new picture: busy ${main.ariaBusy}, began ${began}, ${there()}`));
          else setTimeout(look, 1);
        };
        look();
      });
      const taken = [];
      const count = document.querySelectorAll(".said-panel input:not(:disabled)").length;
      for (let i = 0; i < Math.min(50, count); i++) {
        const box = () => document.querySelectorAll(".said-panel input:not(:disabled)")[i];
        const back = () => document.querySelector(".switched button");
        // What leaves the address as it is, is no switch of a statement.
        const unmoved = () => location.hash.length < 2;
        const took = await settled(() => box().click(), () => back() !== null || unmoved());
        if (back() === null) continue;
        taken.push(took);
        await settled(() => back().click(), () => back() === null);
        await new Promise((r) => setTimeout(r, 150)); // what was stopped has stopped
      }
      return taken.sort((a, b) => a - b);
    });
    const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(0);
    say(`live, ${name}: from a switch to the new picture: median ${at(0.5)} ms, nine of ten ${at(0.9)}, worst ${at(1)} of ${times.length} (hanoi, 20,000 worlds)`);
    ok(`live, ${name}: every switch of the flagship case gave a new picture`, times.length > 20);
  } finally {
    await context.close();
    server.end();
  }
}

export async function live({ browser, entente, source, build, ok, say, sound, axe, shot }) {
  const path = join(build, "live.yaml");
  for (const old of [path, `${path}~`, `${path}.draft`]) rmSync(old, { force: true });
  copyFileSync(join(source, "examples/camp-david.yaml"), path);
  const original = readFileSync(path, "utf8");
  const server = await serve(entente, path);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const noise = [];
  page.on("console", (m) => { if (!/409|422/.test(m.text())) noise.push(`console: ${m.text()}`); });
  page.on("pageerror", (e) => noise.push(`error: ${e.message}`));
  try {
    await page.goto(server.address);
    await page.waitForSelector("#sentence");
    await page.waitForSelector(".cm-content");
    await page.waitForFunction(() => document.querySelector("main").ariaBusy !== "true" && document.querySelector("#stability"));
    ok("live: the token is not left in the address", !page.url().includes("token"));
    await sound("live with the editor", page);
    await shot(page, "editor");

    // Switches and the record's date.
    const before = await page.locator("#sentence").innerText();
    const times = [];
    for (let i = 0; i < 6; i++) {
      const start = Date.now();
      await page.locator(".said-panel input:not(:disabled)").first().click();
      await page.waitForFunction((on) => Boolean(document.querySelector(".switched b")) === on && document.querySelector("main").ariaBusy !== "true", i % 2 === 0);
      times.push(Date.now() - start);
    }
    say(`live: from a switch to the new picture: ${times.join(", ")} ms (camp-david, 20,000 worlds)`);
    ok("live: switched back, the picture is the one before", (await page.locator("#sentence").innerText()) === before);
    await page.evaluate(() => { const i = document.querySelector("input[type=date]"); i.value = i.min; i.dispatchEvent(new Event("change", { bubbles: true })); });
    await page.waitForFunction(() => /as the record stood/.test(document.querySelector(".switched")?.innerText ?? ""));
    ok("live: the record's date stands in the address", /as-of=\d{4}-/.test(page.url()));
    await page.locator(".switched button").first().click();
    await page.waitForFunction(() => !document.querySelector(".switched"));

    // An error shows at its line as one types.
    const text = page.locator(".cm-content");
    const lines = original.split("\n").length;
    await text.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("colour: blue\n");
    await page.waitForSelector(".cm-lintRange-error");
    ok("editor: an error is marked at its place", (await page.locator(".cm-lintRange-error").first().innerText()).includes("colour"));
    await page.locator(".findings summary").click();
    ok("editor: and told with its line", (await page.locator(".findings li").first().innerText()).includes(`line ${lines}`));
    ok("editor: not saved yet is said", await page.locator(".unsaved").isVisible());
    ok("editor with an error: axe finds nothing", await axe(page));
    await shot(page, "editor-error");

    // Invalid: a draft, the case file as it was.
    await text.focus();
    await page.keyboard.press("Control+s");
    await page.waitForFunction(() => /draft/.test(document.querySelector(".editor-note").innerText));
    ok("editor: an invalid text goes to a draft", readFileSync(path, "utf8") === original && readFileSync(`${path}.draft`, "utf8").includes("colour: blue"));

    // Completion: keys of the format, names of the document.
    await page.keyboard.press("Control+End");
    await page.keyboard.type("packages:\n");
    await page.keyboard.type("  mine: {");
    await page.keyboard.press("Control+Space");
    await page.waitForSelector(".cm-tooltip-autocomplete li");
    ok("editor: completion offers the names of issues", (await page.locator(".cm-tooltip-autocomplete").innerText()).includes("freeze"));
    ok("editor with completions: axe finds nothing", await axe(page));
    await shot(page, "editor-completion");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.evaluate((t) => navigator.clipboard?.writeText?.(t).catch(() => {}), original);
    await page.keyboard.insertText(original);
    await page.waitForFunction(() => !document.querySelector(".unsaved"));
    ok("editor: the file's own words are no change", true);

    // Saving.
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("# one line more\n");
    await page.waitForSelector(".unsaved");
    await page.keyboard.press("Control+s");
    await page.waitForFunction(() => document.querySelector(".editor-note").innerText === "Saved");
    ok("editor: saved, with the old text beside it",
      readFileSync(path, "utf8") === `${original}# one line more\n` && readFileSync(`${path}~`, "utf8") === original);
    ok("editor: no change is left", (await page.locator(".unsaved").count()) === 0);

    // Another program writes while there are unsaved words here.
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("# my words\n");
    writeFileSync(path, `# their words\n${original}# one line more\n`);
    await page.waitForSelector(".conflict");
    ok("conflict: both texts are shown", await page.evaluate(() => {
      const words = document.querySelector(".conflict").innerText;
      return words.includes("# my words") && words.includes("# their words");
    }));
    ok("conflict: axe finds nothing", await axe(page));
    await shot(page, "editor-conflict");
    await page.getByRole("button", { name: "Put both together" }).click();
    await page.waitForSelector(".conflict", { state: "detached" });
    await page.keyboard.press("Control+s");
    await page.waitForFunction(() => document.querySelector(".editor-note").innerText === "Saved");
    ok("conflict: nobody's words are lost", readFileSync(path, "utf8") === `# their words\n${original}# one line more\n# my words\n`);

    // The same at the moment of saving; the file's text is taken, and undo brings one's own back.
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("# again mine\n");
    writeFileSync(path, original);
    await page.keyboard.press("Control+s");
    await page.waitForSelector(".conflict");
    await page.getByRole("button", { name: "Take the file's" }).click();
    await page.waitForSelector(".conflict", { state: "detached" });
    ok("conflict: the file's text is taken, and the file is as it was",
      (await page.locator(".unsaved").count()) === 0 && readFileSync(path, "utf8") === original);
    await page.keyboard.press("Control+z");
    await page.waitForSelector(".unsaved");
    await page.keyboard.press("Control+End"); // lines out of sight are not in the document
    await page.waitForTimeout(200);
    ok("conflict: undo brings one's own words back", (await text.innerText()).includes("# again mine"));
    await page.keyboard.press("Control+y");
    await page.waitForFunction(() => !document.querySelector(".unsaved"));

    // The file turns invalid on disk: the last picture stays, the fault is told.
    writeFileSync(path, "entente: 1\ntitle: [\n");
    await page.waitForSelector(".fault");
    ok("invalid on disk: the fault is told and the picture stays",
      /not valid/.test(await page.locator(".fault").innerText()) && (await page.locator("#sentence").innerText()) === before);
    writeFileSync(path, original);
    await page.waitForSelector(".fault", { state: "detached" });

    // Keys: Escape, then Tab leaves the text.
    await text.focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    ok("editor: Escape, then Tab leaves the text", await page.evaluate(() => !document.activeElement.closest(".cm-content")));
    await page.locator(".editor-head .plain").click();
    await sound("live, the editor shut", page);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.locator(".editor-head .plain").click();
    await sound("live, narrow", page);
    await shot(page, "editor-narrow", { fullPage: true });
    ok("live: quiet", noise);
  } finally {
    await context.close();
    server.end();
    if (existsSync(`${path}.draft`)) rmSync(`${path}.draft`);
  }
}
