// The workbench in every state it can be in, one after the other: each drawer with its form, a source's form, a
// statement that is changed, the package builder, the answer with what is private, the text; in plain and in forced
// colours. axe finds nothing in any, no text is small, no target is, nothing scrolls sideways.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hands } from "./hands.mjs";
import * as look from "./look.mjs";

const DRAWERS = [["parties", "party"], ["people", "person"], ["issues", "issue"], ["packages", "package"], ["rules", "rule"], ["assumptions", "assumption"], ["accounts", "account"]];

async function sound(h, axe) {
  const faults = await axe(h.page);
  for (const check of [look.smallText, look.smallTargets, look.sideways]) faults.push(...(await h.page.evaluate(check)));
  return faults;
}

export async function states(browser, name, { url, ok, shot, source, axe }) {
  const text = readFileSync(join(source, "tests/data/private.yaml"), "utf8");
  const h = await hands(browser, url, "mouse", shot);
  // As a file that was dropped.
  await h.page.evaluate((words) => {
    const data = new DataTransfer();
    data.items.add(new File([words], "harbour.yaml"));
    dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, text);
  await h.page.waitForFunction(() => document.querySelector("#sentence") && !document.querySelector("#computing, #rough, main[data-late=true]"), { timeout: 120000 });
  const forced = async (on) => {
    const client = await h.page.createCDPSession().catch(() => null);
    if (!client) return false;
    await client.send("Emulation.setEmulatedMedia", { features: on ? [{ name: "forced-colors", value: "active" }] : [] });
    return true;
  };
  for (const colours of ["plain", "forced"]) {
    if (colours === "forced" && !(await forced(true))) break;
    const label = `${name}, the workbench in ${colours} colours`;
    const state = async (what) => ok(`${label}: ${what}`, await sound(h, axe));
    await h.click("#place-answer");
    await h.page.evaluate(() => document.querySelectorAll(".topbar details").forEach((d) => (d.open = true)));
    await state("the answer, with its menus and what is private");
    await h.shot(`state-${colours}-answer`);
    await h.page.evaluate(() => document.querySelectorAll(".topbar details").forEach((d) => (d.open = false)));
    await h.click("#place-record");
    await h.click("#new-source");
    await state("a new source");
    await h.page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    await state("all drawers open");
    await h.shot(`state-${colours}-record`);
    await h.page.evaluate(() => [...document.querySelectorAll("#bench-source button")].find((b) => b.textContent === "Leave it").click());
    const faults = [];
    for (const [section, one] of DRAWERS) {
      await h.openDrawer(section);
      await h.click(`#new-${one}`);
      await h.page.evaluate(() => document.querySelectorAll(".bench-form-inner details").forEach((d) => (d.open = true)));
      faults.push(...(await sound(h, axe)).map((f) => `${section}: ${f}`));
      if (section === "issues") await h.shot(`state-${colours}-issue`);
      await h.page.evaluate((s) => [...document.querySelectorAll(`#drawer-${s} button`)].find((b) => b.textContent === "Leave it").click(), section);
    }
    ok(`${label}: each drawer's form`, faults);
    await h.page.evaluate(() => document.querySelector("[data-statement=offer] button").click());
    await h.page.waitForFunction(() => /offer/.test(document.querySelector("#statement-head").textContent));
    await state("a statement that is changed, with its effect");
    await h.shot(`state-${colours}-statement`);
    await h.click("#place-package");
    await h.page.waitForFunction(() => document.querySelector("#place-package").getAttribute("aria-pressed") === "true" || document.querySelector("#place-package[aria-current], #place-package[aria-selected=true]"), { timeout: 5000 }).catch(() => null);
    await state("the package builder");
    await h.shot(`state-${colours}-package`);
  }
  ok(`${name}, the workbench in all states: quiet`, h.noise);
  await h.close();
}
