// Two hands for one script. "mouse" clicks and drags, and types only what is written into a field; "keys" never
// points: it tabs to what it wants, and chooses, ticks and presses by keys.

import { catchDownloads } from "./tools.mjs";

/** In the page: the control that a person would find by its words. */
function findControl(what, within) {
  const seen = (e) => e.getClientRects().length > 0;
  const of = (s) => [...document.querySelectorAll(s)].filter(seen);
  // Of forms the one that is open lies on top.
  const areas = within ? of(within) : [document.body];
  if (typeof what === "string") return of(what).at(-1) ?? null;
  if (what.summary) return areas.flatMap((a) => [...a.querySelectorAll("summary")]).filter((s) => seen(s) && s.textContent.trim() === what.summary).at(-1) ?? null;
  if (what.buttonStarts) return of("button").filter((b) => b.textContent.trim().startsWith(what.buttonStarts)).at(-1) ?? null;
  if (what.button) return of("button").filter((b) => b.textContent.trim() === what.button).at(-1) ?? null;
  const words = (e) => (e.querySelector(":scope > .label, :scope > .hidden")?.textContent ?? e.textContent).trim();
  const right = (text) => (what.starts ? text.startsWith(what.starts) : text === what.label);
  for (const area of areas.reverse()) {
    let labels = [...area.querySelectorAll("label")].filter((l) => seen(l) && right(words(l)));
    if (what.legend) labels = labels.filter((l) => l.closest("fieldset")?.querySelector("legend")?.textContent.trim() === what.legend);
    // Of several packages the one of that name; of several figures the one beside that label.
    if (what.package) labels = labels.filter((l) => l.closest("fieldset.package")?.querySelector("legend")?.textContent.trim() === what.package);
    if (what.beside) labels = labels.filter((l) => l.closest(".bounds")?.textContent.includes(`${what.beside}, from`));
    const open = labels.filter((l) => l.closest(".bench-form-inner"));
    const found = (open.length ? open : labels).at(-1)?.querySelector("input, select, textarea");
    if (found) return found;
  }
  return null;
}

export async function hands(browser, url, hand, shotPath, ready = "#open:not(:disabled)") {
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 950 });
  const noise = [];
  page.on("console", (m) => noise.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => noise.push(`error: ${e.message}`));
  page.on("request", (r) => { if (!/^(file|data|blob|about):/.test(r.url()) && !r.url().startsWith(new URL(url).origin + "/")) noise.push(`request: ${r.url()}`); });
  await page.evaluateOnNewDocument(catchDownloads);
  await page.goto(url);
  await page.waitForFunction((s) => document.querySelector(s), { timeout: 120000 }, ready);
  let acts = 0;
  const keys = hand === "keys";
  const finder = `(${findControl})`;

  async function find(what, within) {
    acts++;
    const script = `${finder}(${JSON.stringify(what)}, ${JSON.stringify(within ?? null)})`;
    const found = await page.waitForFunction(script, { timeout: 20000 }).catch(() => null);
    if (!found) throw new Error(`there is no ${JSON.stringify(what)}${within ? ` in ${within}` : ""} to be seen`);
    return found.asElement();
  }
  /** Tab until the focus is there, the shorter way round by the order of the page. */
  async function tabTo(element) {
    for (let i = 0; i < 500; i++) {
      const way = await element.evaluate((e) => {
        const a = document.activeElement;
        if (a === e) return "there";
        // A group of radios is one stop: its ticked one, or its first.
        if (e.type === "radio" && a?.type === "radio" && a.name === e.name) return "group";
        if (!a || a === document.body) return "Tab";
        return a.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING ? "back" : "Tab";
      });
      if (way === "there") return;
      if (way === "group") {
        await page.keyboard.press("ArrowDown");
        continue;
      }
      // Out of a text that takes Tab for itself.
      if (way === "back") await page.keyboard.down("Shift");
      await page.keyboard.press("Tab");
      if (way === "back") await page.keyboard.up("Shift");
    }
    throw new Error(`Tab does not reach ${await element.evaluate((e) => e.outerHTML.slice(0, 200))}`);
  }
  async function click(what, within) {
    const e = await find(what, within);
    if (keys) {
      await tabTo(e);
      await page.keyboard.press("Enter");
    } else await e.click();
  }
  const all = async () => {
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
  };
  async function reach(what, within) {
    const e = await find(what, within);
    if (keys) await tabTo(e);
    else await e.click();
    return e;
  }
  async function write(what, text, within = null, then = null) {
    const e = await reach(what, within);
    if (await e.evaluate((x) => x.value !== "")) await all();
    // Long words come at once, as from a clipboard.
    if (text.length > 80) await page.keyboard.sendCharacter(text);
    else await page.keyboard.type(text);
    if (then && keys) await page.keyboard.press(then);
    else if (then) await (await e.evaluateHandle((x) => x.closest(".adder").querySelector("button"))).asElement().click();
  }
  async function choose(what, words, within) {
    const e = await find(what, within);
    const value = await e.evaluate((x, w) => [...x.options].find((o) => o.textContent === w)?.value ?? null, words);
    if (value === null) throw new Error(`${words} cannot be chosen: ${await e.evaluate((x) => [...x.options].map((o) => o.textContent).join(", "))}`);
    if (!keys) {
      // A list's own window is the system's: what is clicked in it arrives as this.
      await e.evaluate((x, v) => {
        x.value = v;
        x.dispatchEvent(new Event("input", { bubbles: true }));
        x.dispatchEvent(new Event("change", { bubbles: true }));
      }, value);
      return;
    }
    await tabTo(e);
    const [from, to] = await e.evaluate((x, v) => [x.selectedIndex, [...x.options].findIndex((o) => o.value === v)], value);
    // Arrows would choose what they pass: letters go there at once.
    if (from !== to) await page.keyboard.type(words, { delay: 0 });
    const got = await e.evaluate((x) => x.isConnected ? x.value : null);
    if (got !== null && got !== value && got !== "") throw new Error(`typed ${words}, chosen is ${got}`);
  }
  async function tick(what, within) {
    const e = await find(what, within);
    if (!keys) {
      await e.click();
      // On a busy machine a line may have moved under the pointer; to choose again what is chosen changes nothing.
      if (await e.evaluate((x) => x.isConnected && x.type === "radio" && !x.checked)) await e.click();
      return;
    }
    await tabTo(e);
    if (await e.evaluate((x) => x.type !== "radio" || !x.checked)) await page.keyboard.press(" ");
  }
  const wait = (f, ...args) => page.waitForFunction(f, { timeout: 60000 }, ...args);

  return {
    page, noise,
    acts: () => acts,
    click, write, choose, tick,
    async press(id, text) {
      await write(`#${id}`, text);
      if (keys) await page.keyboard.press("Enter");
      else await click("#new-case");
      await wait(() => document.querySelector(".bench-desk"));
    },
    async openDrawer(section) {
      const open = await page.evaluate((s) => document.querySelector(`#drawer-${s}`).open, section);
      if (!open) await click(`#drawer-${section} > summary`);
    },
    /** Pasting is the system's: it arrives as this. */
    async paste(what, text) {
      const e = await reach(what);
      await e.evaluate((x, t) => {
        x.setRangeText(t, x.selectionStart, x.selectionEnd, "end");
        x.dispatchEvent(new Event("input", { bubbles: true }));
      }, text);
    },
    /** So is the window in which a file is chosen. */
    async file(what, { name, text }) {
      const e = await reach0(what);
      await e.evaluate((x, n, t) => {
        const data = new DataTransfer();
        data.items.add(new File([t], n));
        x.files = data.files;
        x.dispatchEvent(new Event("change", { bubbles: true }));
      }, name, text);
      await wait((n) => {
        const told = document.querySelector("#bench-source [role=status]").textContent;
        return told.startsWith(n) && /signs of text|\. Nothing was changed/.test(told);
      }, name);
    },
    pause: (ms) => new Promise((r) => setTimeout(r, ms)),
    async there(what) {
      await find(what);
    },
    /** Words of the source: by dragging over them, or by finding them. */
    async select(words) {
      const plain = words.replace(/\n/g, " ");
      if (keys) {
        const e = await find(".source-text .cm-content");
        await tabTo(e);
        await page.keyboard.press("/");
        const field = await find(".source-text .cm-search input[name=search]");
        await tabTo(field);
        if (await field.evaluate((x) => x.value !== "")) await all();
        // The field is one line: what runs over a line's end is found by its first words and grown with Shift.
        const first = words.split("\n")[0];
        await page.keyboard.type(first);
        await page.keyboard.press("Enter");
        await page.keyboard.press("Escape");
        await page.keyboard.down("Shift");
        for (let i = first.length; i < words.length; i++) await page.keyboard.press("ArrowRight");
        await page.keyboard.up("Shift");
      } else {
        const places = await page.evaluate((text) => {
          const lines = [...document.querySelectorAll(".source-text .cm-line")];
          const whole = lines.map((l) => l.textContent).join("\n");
          const at = whole.indexOf(text);
          if (at < 0) return null;
          const point = (offset) => {
            let left = offset;
            for (const line of lines) {
              if (left > line.textContent.length) {
                left -= line.textContent.length + 1;
                continue;
              }
              const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
              for (let n = walk.nextNode(); n; n = walk.nextNode()) {
                if (left <= n.length) {
                  const r = document.createRange();
                  r.setStart(n, left);
                  r.setEnd(n, left);
                  const box = r.getClientRects()[0] ?? r.getBoundingClientRect();
                  return [box.left, box.top + box.height / 2];
                }
                left -= n.length;
              }
            }
            return null;
          };
          document.querySelector(".source-text").scrollIntoView({ block: "center" });
          return [point(at), point(at + text.length)];
        }, words);
        if (!places?.[0] || !places[1]) throw new Error(`the source does not show ${words}`);
        await page.mouse.move(places[0][0] + 0.5, places[0][1]);
        await page.mouse.down();
        await page.mouse.move(places[1][0], places[1][1], { steps: 4 });
        await page.mouse.up();
      }
      void plain;
    },
    async take(kind) {
      if (keys) await page.keyboard.press({ quote: "q", reported: "p", editorial: "b" }[kind]);
      else await click(`#take-${kind}`);
      await wait(() => document.querySelector("#statement-text").value !== "");
    },
    async keep() {
      if (keys) {
        await page.keyboard.down("Control");
        await page.keyboard.press("Enter");
        await page.keyboard.up("Control");
      } else await click("#keep-statement");
    },
    async inRecord(id) {
      await wait((s) => document.querySelector(`[data-statement="${s}"]`), id).catch(async () => {
        throw new Error(`${id} is not on record: ${await page.evaluate(() => [...document.querySelectorAll("[data-statement]")].map((e) => e.dataset.statement).join(" ") + " / " + (document.querySelector(".bench-form .fault, #still")?.textContent ?? ""))}`);
      });
    },
    echo: (words) => wait((s) => new RegExp(s).test(document.querySelector(".echo").innerText), words.source),
    effect: (words) => wait((s) => new RegExp(s).test(document.querySelector("#bench-effect").innerText), words.source),
    shot: (name) => page.screenshot({ path: shotPath(name), fullPage: true }),
    async save() {
      if (keys) {
        await page.keyboard.down("Control");
        await page.keyboard.press("s");
        await page.keyboard.up("Control");
      } else await click("#bench-save");
      await wait(() => Object.keys(self.downloads).some((n) => /yaml$/.test(n)));
      await new Promise((r) => setTimeout(r, 200));
      const files = await page.evaluate(() => self.downloads);
      const name = Object.keys(files).find((n) => /yaml$/.test(n));
      const rest = Object.fromEntries(Object.entries(files).filter(([n]) => n !== name));
      return { name, text: files[name], all: rest };
    },
    close: () => page.close(),
  };
  async function reach0(what) {
    const e = await find(what);
    if (keys) await tabTo(e);
    return e;
  }
}
