// Draws the page, whatever its engine is.
import { effect, untracked } from "@preact/signals";
import { render } from "preact";
import { App } from "./app";
import { setColors } from "./color";
import { doc, view } from "./state";
import { writeUrl } from "./take/trail";
import "./style.css";

export function start(): void {
  let colors = "";
  effect(() => {
    const d = doc.value;
    if (!d) return;
    document.title = d.case.title;
    const now = d.parties.map((p) => p.color);
    if (now.join() !== colors || colors === "") setColors(now);
    colors = now.join();
  });
  const app = document.getElementById("app")!;
  app.textContent = "";
  // From the root each time: what a component draws by itself leaves the tree before in its parent's hands
  // (preact keeps the first vnode in the parent's props), and hundreds of switches would add up.
  effect(() => {
    const v = view.value;
    untracked(() => render(<App v={v} />, app));
  });
  writeUrl();
  // On paper everything is open.
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details:not([open]):not(.no-print)").forEach((e) => {
      e.setAttribute("open", "");
      e.classList.add("opened-to-print");
    });
  });
  addEventListener("afterprint", () => {
    document.querySelectorAll(".opened-to-print").forEach((e) => {
      e.removeAttribute("open");
      e.classList.remove("opened-to-print");
    });
  });
}
