// "Save this view as a file": the page writes itself anew, with what is shown baked in, so that it opens as it
// is: the document with all parts that are there, the choice, what changes are compared with, and the answer
// in words for readers without scripts.
import { answersKept, keepAnswers } from "../later";
import { call } from "../engine/server";
import type { Doc } from "../data";
import { anySwitch, doc, engine, pending, plain, redaction, urlOf } from "../state";
import { accountWords, bothSides, capital, exchange, givesWords, level, percent, ranged } from "../words";
import { download } from "./download";
import { stem } from "./panel";
import { withheldWords } from "./without";

interface Seen {
  address: string;
  plain: Doc | null;
  answers: Record<string, object | string>;
}

/** The elements that the file came with; what scripts add later is not among them. */
const own = [...document.querySelectorAll("head > *, body > script")];

const json = (value: unknown) => JSON.stringify(value).replace(/</g, "\\u003c");
const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

/** The answer in words, as `entente html` writes it. */
export function plainWords(d: Doc): string {
  const all = bothSides(d);
  const of = d.accounts.map((a) => {
    const p = a.picture;
    const head = `<h2>${escaped(capital(accountWords(a)))}</h2>`;
    if (!p) return `${head}<p>${a.consistent ? "Not asked." : "It contradicts itself: no preferences fit it."}</p>`;
    if (p.zone.impossible) return `${head}<p>That any package suits ${all} is impossible: it contradicts this account.</p>`;
    const best = p.deals[0];
    const gives = best ? exchange(d, best[0]).map((g) =>
      `${givesWords(g)}: ${g.what.map((w) => `${w.issue.name}: ${level(w.issue, w.value)}`).join("; ") || "nothing"}`).join("\n") : "";
    return (
      `${head}<p>In ${ranged(p.zone)} of the preference worlds that fit, some package suits ${all} (${p.worlds} worlds, standard ` +
      `error ${(100 * p.zone.error).toFixed(1)} points). The best single package does in ${percent(p.best)}.</p>` +
      (p.best > 0 ? `<pre>${escaped(gives)}</pre>` : "")
    );
  });
  const chosen = urlOf();
  return (
    `<article class="plain-answer"><h1>${escaped(d.case.title)}</h1>${chosen ? `<p>As chosen: ${escaped(decodeURIComponent(chosen))}.</p>` : ""}` +
    `${of.join("")}<p>Shares of the preference worlds that fit an account. They are not odds. Entente ${escaped(d.engine)}, case ` +
    `${escaped(d.case.hash)}${withheldWords(d) ? `. Withheld: ${withheldWords(d)}` : ""}.</p></article>`
  );
}

const viewElement = (): string => {
  const seen: Seen = { address: urlOf(), plain: anySwitch.value ? plain.value : null, answers: answersKept() };
  return `<script type="application/json" id="entente-view">${json(seen)}</script>`;
};

const DATA = '<script type="application/json" id="entente-data">';

/** The file by the page itself, which holds its engine. */
function written(d: Doc): string {
  const isData = (e: Element) => e.id === "entente-data" || e.id === "entente-view" || e.id === "entente-reader" || e.tagName === "TITLE";
  const of = (parent: Element) => own.filter((e) => e.parentElement === parent && !isData(e)).map((e) => e.outerHTML);
  return (
    `<!doctype html>\n<html lang="en">\n<head>\n<title>${escaped(d.case.title)}</title>\n${of(document.head).join("\n")}\n</head>\n<body>\n` +
    `<div id="app">${plainWords(d)}</div>\n${viewElement()}\n${DATA}${json(d)}</script>${of(document.body).join("\n")}\n</body>\n</html>\n`
  );
}

/** The file by the server: the page that it sends does not hold the engine. */
async function asked(): Promise<string> {
  const q = new URLSearchParams(urlOf());
  if (redaction.value) q.set(redaction.value, "");
  ["measure", "layer", "deal", "account"].forEach((k) => q.delete(k));
  ["with", "without"].forEach((k) => {
    const ids = q.getAll(k).flatMap((v) => v.split(","));
    q.delete(k);
    ids.forEach((id) => q.append(k, id));
  });
  const reply = await call(`api/ask/html?${q}`);
  if (!reply.ok) throw new Error(`the server answered ${reply.status}`);
  return (await reply.text()).replace(DATA, () => `${viewElement()}${DATA}`);
}

/** The name of the file that was written. */
export async function saveView(): Promise<string> {
  // The pictures of the other accounts come after that which is looked at; a file has them all.
  while (pending.value.has("others")) await new Promise((r) => setTimeout(r, 50));
  const d = doc.value!;
  const name = `${stem()}-view${redaction.value ? "-redacted" : ""}.html`;
  const html = engine.value?.where === "server" ? await asked() : written(d);
  download(name, html, "text/html;charset=utf-8");
  return name;
}

/** What a file was saved with beside its document; null where it was not saved from a page. */
export function savedView(): Seen | null {
  const element = document.getElementById("entente-view");
  return element?.textContent ? (JSON.parse(element.textContent) as Seen) : null;
}

export const takeAnswers = (seen: Seen) => keepAnswers(seen.answers);
