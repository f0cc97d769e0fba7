// PDFs as sources, in entente.html and behind `serve --edit`: their words with page breaks, quotes found in them by
// `check`, and every kind of PDF that cannot be read told in words. The PDFs are written here, byte by byte.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hands } from "./hands.mjs";
import { serve } from "./tools.mjs";

/** A PDF of numbered objects, with its table of places; what `trailer` says is added. */
function pdf(objects, trailer = "") {
  let out = "%PDF-1.4\n";
  const at = objects.map((body, i) => {
    const place = out.length;
    out += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return place;
  });
  const xref = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${at.map((n) => `${String(n).padStart(10, "0")} 00000 n \n`).join("")}`;
  return `${out}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`;
}
const stream = (text, about = "") => `<< /Length ${text.length} ${about} >>\nstream\n${text}\nendstream`;
const escaped = (words) => words.replace(/([()\\])/g, "\\$1");
/** Lines in Helvetica, 14 points apart; an empty one leaves room. */
const page = (lines) => `BT /F1 11 Tf 72 720 Td ${lines.map((l) => `(${escaped(l)}) Tj 0 -14 Td`).join(" ")} ET`;

function pages(contents, { title = "", trailer = "", resources = "" } = {}) {
  const n = contents.length;
  const kids = contents.map((_, i) => `${4 + 2 * i} 0 R`).join(" ");
  const objects = [`<< /Type /Catalog /Pages 2 0 R >>`, `<< /Type /Pages /Kids [${kids}] /Count ${n} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"];
  contents.forEach((text, i) => {
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> ${resources} >> /Contents ${5 + 2 * i} 0 R >>`, stream(text));
  });
  if (title) objects.push(`<< /Title (${escaped(title)}) >>`);
  return pdf(objects, `${title ? `/Info ${objects.length} 0 R` : ""} ${trailer}`);
}

const LETTER = pages([
  page(["To the works council", "", "We could live with three per cent if the night shifts stay", "as they are. The negotiators know that; the nego-", "tiators of the other side do too. A well-", "known rule."]),
  page(["", ""]),
  page(["On the last page: no strike (twelve months) is the price."]),
], { title: "A letter on pay" });
const SCANNED = pages(["q 100 0 0 100 72 600 cm 0 0 1 1 re f Q", "0 0 1 rg 0 0 99 99 re f"]);
/** What says that a password is needed; the digests are no password's. */
const LOCKED = pages([page(["Secret"])], { trailer: `/ID [<${"ab".repeat(16)}> <${"ab".repeat(16)}>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <${"11".repeat(32)}> /U <${"22".repeat(32)}> /P -4 >>` });
const DAMAGED = "%PDF-1.4\nno object stands in here\n";
/** Forms within forms, ten of each in the next: 10^12 words. */
function laughs() {
  const depth = 12;
  const font = "/Font << /F1 3 0 R >>";
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> ${font} >> /Contents 5 0 R >>`, stream("/X Do")];
  for (let i = 0; i < depth; i++) {
    const last = i === depth - 1;
    objects.push(stream(last ? page(["ha"]) : "/X Do ".repeat(10), `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << ${font} ${last ? "" : `/XObject << /X ${7 + i} 0 R >>`} >>`));
  }
  return pdf(objects);
}

const BAD = [
  ["scanned.pdf", SCANNED, /scanned\.pdf holds no text, only pictures of pages: .*text recognition.* Nothing was changed/],
  ["locked.pdf", LOCKED, /locked\.pdf is locked with a password: .* Nothing was changed/],
  ["damaged.pdf", DAMAGED, /damaged\.pdf is damaged, or no PDF .* Nothing was changed/],
  ["other.pdf", "plain words", /other\.pdf is no PDF, whatever its name says\. Nothing was changed/],
];

async function one(h, label, ok, { slow }) {
  const told = () => h.page.$eval("#bench-source [role=status]", (e) => e.textContent);
  const give = (name, text) => h.file("#bench-source input[type=file]", { name, text });
  await h.click("#place-record");
  await h.click("#new-source");
  const faults = [];
  for (const [name, text, want] of BAD) {
    await give(name, text);
    if (!want.test(await told())) faults.push(`${name}: ${await told()}`);
  }
  ok(`${label}: PDFs that hold no words are told in words`, faults);
  if (slow) {
    const began = Date.now();
    await h.page.evaluate(() => { self.beats = 0; self.beat = setInterval(() => self.beats++, 100); });
    await give("laughs.pdf", laughs());
    const seconds = (Date.now() - began) / 1000;
    ok(`${label}: one that would never end is stopped, and the page stays awake`,
      /laughs\.pdf took longer than 30 seconds at page 1 of 1 and was stopped/.test(await told()) && seconds < 50 && (await h.page.evaluate(() => self.beats)) > 60
        ? [] : [await told(), `${seconds} s`, await h.page.evaluate(() => self.beats)]);
  }
  await give("letter.pdf", LETTER);
  ok(`${label}: what of it is a picture is told`, /letter\.pdf: \d+ signs of text\. Without text, so probably pictures: page 2\./.test(await told()) ? [] : [await told()]);
  const [title, text] = await h.page.evaluate(() => [document.querySelector("#source-title").value, document.querySelector("#source-paste").value]);
  const want = "To the works council\n\nWe could live with three per cent if the night shifts stay\nas they are. The negotiators know that; the negotiators\n" +
    "of the other side do too. A well-\nknown rule.\n\f\n\n\f\nOn the last page: no strike (twelve months) is the price.\n";
  ok(`${label}: its title and words, page by page, joined only where that is certain`, title === "A letter on pay" && text === want ? [] : [title, JSON.stringify(text), JSON.stringify(want)]);
  await h.shot(`pdf-${label.includes("served") ? "served" : "file"}`);
  await h.write({ label: "Short name in the file" }, "letter", "form.bench-form-inner");
  await h.click({ button: "Add the source" });
  await h.there(".source-text .cm-content");
  const by = await h.page.evaluate(() => [...document.querySelector("#statement-by").options].find((o) => o.value).textContent);
  for (const words of ["three per cent if the night shifts stay as they are", "A well-known rule. On the last page: no strike (twelve months)"]) {
    await h.write("#statement-text", words);
    await h.choose("#statement-by", by);
    await h.tick({ label: "nothing that can be counted" });
    await h.keep();
  }
}

export async function pdfs(browser, name, { url, ok, shot, entente, source, build }) {
  const clean = (path) => {
    const checked = spawnSync(entente, ["check", path], { encoding: "utf8" });
    return checked.status === 0 && !/quote|source text/i.test(checked.stderr) ? [] : [checked.stdout, checked.stderr];
  };
  const folder = join(build, `pdf-${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  {
    const label = `${name}, PDFs in entente.html`;
    const h = await hands(browser, url, "mouse", shot);
    await h.press("new-title", "Pay");
    for (const party of ["The firm", "The staff"]) {
      await h.openDrawer("parties");
      await h.click("#new-party");
      await h.write({ label: "Name" }, party);
      await h.click({ button: "Add the party" });
    }
    await one(h, label, ok, { slow: name === "chrome" });
    const saved = await h.save();
    for (const [f, text] of Object.entries(saved.all)) writeFileSync(join(folder, f), text);
    const faults = clean(join(folder, saved.name));
    ok(`${label}: its quotes stand in its text, across a broken word and a page`, faults.filter((f) => /quote/i.test(f)));
    ok(`${label}: quiet, and no connection`, h.noise);
    await h.close();
  }
  const label = `${name}, PDFs served`;
  const beside = join(folder, "served");
  mkdirSync(beside);
  const path = join(beside, "served.yaml");
  writeFileSync(path, readFileSync(join(source, "examples/labour.yaml"), "utf8"));
  const server = await serve(entente, path);
  try {
    const h = await hands(browser, server.address, "mouse", shot, "#place-record");
    await h.page.waitForFunction(() => document.querySelector("#sentence"), { timeout: 60000 });
    await one(h, label, ok, { slow: false });
    ok(`${label}: its text stands beside the case`, existsSync(join(beside, "letter.txt")));
    const reader = await h.page.evaluate(async () => {
      const reply = await fetch("/pdf-reader.js");
      return { status: reply.status, policy: reply.headers.get("content-security-policy"), type: reply.headers.get("content-type") };
    });
    ok(`${label}: the reader's policy allows nothing`, reader.status === 200 && /default-src 'none'/.test(reader.policy) && /javascript/.test(reader.type) ? [] : [JSON.stringify(reader)]);
    ok(`${label}: quiet`, h.noise);
    await h.close();
  } finally {
    server.end();
  }
}
