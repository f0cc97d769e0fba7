// The texts of sources. They stand beside the case as files: with a server in its folder, in entente.html in the
// browser until they are saved.
import { signal } from "@preact/signals";
import { wordsOfPdf } from "../pdf/read";

export interface Shelf {
  /** Null: there is no such text here. */
  get(file: string): Promise<string | null>;
  /** Null, or why it was not kept. */
  put(file: string, text: string): Promise<string | null>;
}
let shelf: Shelf = { get: async () => null, put: async () => "there is no place for source texts here" };
export function setShelf(to: Shelf): void {
  shelf = to;
  texts.value = {};
}

/** By file name: the text, or null where there is none. Absent: not asked yet. */
export const texts = signal<Record<string, string | null>>({});
const asked = new Set<string>();

export function wantText(file: string): void {
  if (file in texts.value || asked.has(file)) return;
  asked.add(file);
  void shelf.get(file).catch(() => null).then((text) => {
    asked.delete(file);
    texts.value = { ...texts.value, [file]: text === null ? null : text.replace(/\r\n?/g, "\n") };
  });
}

export const MOST = 4 << 20;
const mb = (bytes: number): string => `${(bytes / 1048576).toFixed(1)} MB`;

/** Keep a source's text. Null, or why not. */
export async function keepText(file: string, text: string): Promise<string | null> {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MOST) return `its text has ${mb(bytes)}, and a source holds at most ${mb(MOST)}. Keep the pages that are quoted`;
  const why = await shelf.put(file, text).catch((e: Error) => e.message);
  if (why === null) texts.value = { ...texts.value, [file]: text };
  return why;
}

const BLOCK = /^(p|div|section|article|header|footer|main|aside|nav|h[1-6]|li|ul|ol|dl|dt|dd|table|tr|blockquote|pre|figure|figcaption|br|hr|form)$/i;
const SILENT = /^(script|style|noscript|template|svg|head|iframe|object|select|button)$/i;

/** A web page's words: a line for each block. Nothing of the page is run or loaded. */
export function wordsOfHtml(html: string): { title: string; text: string } {
  const page = new DOMParser().parseFromString(html, "text/html");
  const parts: string[] = [];
  const walk = (node: Node): void => {
    if (node.nodeType === 3) {
      parts.push((node.nodeValue ?? "").replace(/\s+/g, " "));
    } else if (node.nodeType === 1 && !SILENT.test(node.nodeName)) {
      const parting = BLOCK.test(node.nodeName);
      if (parting) parts.push("\n");
      node.childNodes.forEach(walk);
      if (parting) parts.push("\n");
    }
  };
  walk(page.body);
  const text = parts.join("").replace(/[ \t]*\n[ \t]*/g, "\n").replace(/ {2,}/g, " ").replace(/\n{2,}/g, "\n\n").trim();
  return { title: page.title.trim(), text: `${text}\n` };
}

/** The words of a file that was chosen or dropped, and what to say of them; throws in words. */
export async function wordsOfFile(file: File, tick: (words: string) => void): Promise<{ title: string; text: string; note?: string }> {
  const name = file.name.replace(/\.[^.]*$/, "");
  if (/\.pdf$/i.test(file.name) || file.type === "application/pdf") {
    const pdf = await wordsOfPdf(file, tick);
    return { ...pdf, title: pdf.title || name };
  }
  if (/\.(docx?|odt|rtf|pages)$/i.test(file.name)) {
    throw new Error(`${file.name} is no text: open it, copy its words and paste them here`);
  }
  if (file.size > 64 << 20) throw new Error(`${file.name} has ${mb(file.size)}: too large to look at`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} is not text in UTF-8`);
  }
  if (text.includes("\0")) throw new Error(`${file.name} is no text`);
  if (/\.x?html?$/i.test(file.name) || /^\s*<(!doctype html|html)\b/i.test(text)) {
    const page = wordsOfHtml(text);
    return { title: page.title || name, text: page.text };
  }
  return { title: name, text: text.replace(/\r\n?/g, "\n") };
}
