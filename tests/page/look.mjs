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
