// The words of a PDF, read by pdf.js in a worker that is ended afterwards, or when its time is over.
import { emptyPages, together } from "./lines";
import type { Said } from "./reader";

type Maker = () => Promise<Worker>;
let make: Maker | null = null;
/** How a worker with the reader is made; where there is none a PDF is refused. */
export function setReader(maker: Maker): void {
  make = maker;
}
export const readsPdf = (): boolean => make !== null;

export interface Words {
  title: string;
  text: string;
  /** What of it could not be read, in words. */
  note: string;
}

const SECONDS = 30;
const MOST = 64 << 20;
/** Titles that programs put there, not people. */
const NO_TITLE = /^\s*$|^(microsoft |untitled|document\d*$|slide )|\.(docx?|odt|indd|qxd|pdf|tex|dvi)$/i;

function why(said: { name: string; words: string }): string {
  switch (said.name) {
    case "PasswordException": return "is locked with a password: save it without one, or open it, copy its words and paste them here";
    case "InvalidPDFException": return `is damaged, or no PDF (${said.words.replace(/\.$/, "")})`;
    default: return `cannot be read (${said.words.replace(/\.$/, "")})`;
  }
}

/** One question to one worker: its pages, or a fault in words. */
function ask(worker: Worker, bytes: ArrayBuffer, tick: (words: string) => void): Promise<Extract<Said, { kind: "pages" }>> {
  return new Promise((done, fail) => {
    let at = "";
    const timer = setTimeout(() => fail(new Error(`took longer than ${SECONDS} seconds${at} and was stopped: open it, copy the pages that are quoted and paste them here`)), SECONDS * 1000);
    const end = (f: () => void) => {
      clearTimeout(timer);
      f();
    };
    worker.onerror = (e) => {
      e.preventDefault();
      end(() => fail(new Error(`cannot be read: the reader did not start or gave up${e.message ? ` (${e.message})` : ""}`)));
    };
    worker.onmessage = (event: MessageEvent<Said>) => {
      const said = event.data;
      if (said.kind === "page") {
        at = ` at page ${said.page} of ${said.of}`;
        tick(`page ${said.page} of ${said.of}`);
      } else if (said.kind === "pages") end(() => done(said));
      else if (said.kind === "fault") end(() => fail(new Error(why(said))));
    };
    worker.postMessage({ pdf: bytes }, [bytes]);
  });
}

/** The words of the file, page by page; throws in words: "x.pdf is locked with a password". */
export async function wordsOfPdf(file: File, tick: (words: string) => void): Promise<Words> {
  const say = (words: string) => new Error(`${file.name} ${words}`);
  if (!make) throw say("is a PDF, and there is no reader for it in this page: open it, copy its words and paste them here");
  if (file.size > MOST) throw say("has more than 64 MB: too large to look at");
  const bytes = await file.arrayBuffer();
  if (!new TextDecoder("latin1").decode(bytes.slice(0, 1024)).includes("%PDF-")) throw say("is no PDF, whatever its name says");
  const worker = await make();
  try {
    const { pages, title } = await ask(worker, bytes, tick).catch((e: Error) => { throw say(e.message); });
    const empty = emptyPages(pages);
    if (pages.every((p) => p.trim() === "")) {
      throw say("holds no text, only pictures of pages: have a program for text recognition read it first, or type what is quoted");
    }
    return {
      title: NO_TITLE.test(title) ? "" : title.replace(/\s+/g, " ").trim(),
      text: together(pages),
      note: empty ? ` Without text, so probably pictures: page ${empty}.` : "",
    };
  } finally {
    worker.terminate();
  }
}
