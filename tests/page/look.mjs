// What a page must keep in every state: checks that run inside the browser.

/** Text smaller than 12 px as rendered. */
export function smallText() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(".hidden, script, style, noscript, option")) continue;
    if (element.checkVisibility && !element.checkVisibility()) continue;
    let size = parseFloat(getComputedStyle(element).fontSize);
    const svg = element.closest("svg");
    if (svg?.viewBox?.baseVal?.width) {
      size *= svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    }
    if (size < 11.995) found.push(`${size} px: ${node.data.trim().slice(0, 40)}`);
  }
  return found;
}

/** Words in a figure that overlap each other. */
export function overlaps() {
  const found = [];
  for (const svg of document.querySelectorAll(".plot svg")) {
    const boxes = [...svg.querySelectorAll("text")].map((t) => ({
      text: t.textContent,
      box: t.getBoundingClientRect(),
    }));
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) {
        // A text's box has some air above and below its letters.
        const air = 2;
        if (
          a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 &&
          a.box.top + air < b.box.bottom - air && b.box.top + air < a.box.bottom - air
        ) {
          found.push(`"${a.text}" and "${b.text}"`);
        }
      }
    });
  }
  return found;
}

/** Figures wider than a sheet, whose words would shrink with them or be cut. */
export function widerThanPaper() {
  return [...document.querySelectorAll(".plot svg")]
    .filter((svg) => svg.getAttribute("width") > 680 || !svg.getAttribute("viewBox"))
    .map((svg) => `${svg.getAttribute("width")} px: ${svg.textContent.slice(0, 40)}`);
}

/** Words in a figure that stick out of it. */
export function outside() {
  const found = [];
  for (const svg of document.querySelectorAll(".plot svg")) {
    const frame = svg.getBoundingClientRect();
    for (const t of svg.querySelectorAll("text")) {
      const box = t.getBoundingClientRect();
      if (box.left < frame.left - 2 || box.right > frame.right + 12) {
        found.push(`"${t.textContent}" by ${Math.round(Math.max(frame.left - box.left, box.right - frame.right))} px`);
      }
    }
  }
  return found;
}

/** Things to press that are smaller than 24 by 24 px. A box counts with the label around it. */
export function smallTargets() {
  const found = [];
  for (const e of document.querySelectorAll("button, a[href], select, summary, input")) {
    if (e.closest(".skip") || (e.checkVisibility && !e.checkVisibility())) continue;
    const box = (e.closest("label") ?? e).getBoundingClientRect();
    if (box.width > 0 && (box.width < 23.5 || box.height < 23.5)) {
      found.push(`${Math.round(box.width)}x${Math.round(box.height)}: ${e.textContent.slice(0, 30)}`);
    }
  }
  return found;
}

/** The page must not scroll sideways. */
export function sideways() {
  const wide = document.documentElement.scrollWidth;
  return wide > innerWidth + 1 ? [`${wide} of ${innerWidth} px`] : [];
}

/** Names from right to left beside other signs that no isolate and no element of their own parts from these. */
export function loose() {
  const rtl = /[\u0590-\u08ff]/;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!rtl.test(node.data) || element.closest("script, style, .code, .words, q, code, textarea, option, .plain-answer")) continue;
    const outside = node.data.replace(/\u2068[^\u2069]*\u2069/g, "");
    if (rtl.test(outside) && /[A-Za-z0-9%:;,.]/.test(outside) && getComputedStyle(element).direction !== "rtl") found.push(node.data.trim().slice(0, 80));
  }
  return [...new Set(found)];
}

/** Where an isolated name is followed by a figure on its line, the figure must stand to its right. */
export function turned() {
  const found = [];
  let seen = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const m = /\u2068([^\u2069]*)\u2069[ :,]*([A-Za-z0-9]+%?)/.exec(node.data);
    if (!m || !node.parentElement.checkVisibility?.() || getComputedStyle(node.parentElement).direction === "rtl") continue;
    const box = (from, length) => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, from + length);
      const all = range.getClientRects();
      return all.length === 1 ? all[0] : null;
    };
    const [name, figure] = [box(m.index + 1, m[1].length), box(m.index + m[0].length - m[2].length, m[2].length)];
    if (!name || !figure || Math.abs(name.top - figure.top) > 4) continue;
    seen++;
    if (figure.left < name.left) found.push(`${m[0]}: ${Math.round(figure.left)} before ${Math.round(name.left)}`);
  }
  return seen > 5 ? found : [`only ${seen} were seen`];
}

/** Panels out of sight are not painted, nor in a picture of the whole page. */
export function paintAll() {
  for (const panel of document.querySelectorAll(".wide-panel")) panel.style.contentVisibility = "visible";
}
