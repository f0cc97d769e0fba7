// A script of its own, run in a worker: pdf.js, which reads the words of a PDF. Nothing is drawn and no code is made
// from the file; pdf.js's own worker runs in this one, so that ending it ends all. Its policy allows no connection.
import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";
import { WorkerMessageHandler } from "pdfjs-dist/legacy/build/pdf.worker.mjs";
import { pageText, type Run } from "./lines";

/** What is said: how far it is, then the pages or why there are none. */
export type Said = { kind: "page"; page: number; of: number } | { kind: "pages"; pages: string[]; title: string } | { kind: "fault"; name: string; words: string };

/** More text than a source holds is not looked for. */
const SIGNS = 8 << 20;
const tell = (said: Said) => (self as unknown as { postMessage(m: Said): void }).postMessage(said);

(globalThis as unknown as { pdfjsWorker: object }).pdfjsWorker = { WorkerMessageHandler };

async function read(data: Uint8Array): Promise<void> {
  const task = getDocument({
    data, disableFontFace: true, useSystemFonts: false, useWorkerFetch: false, useWasm: false,
    isOffscreenCanvasSupported: false, isImageDecoderSupported: false, enableXfa: false, verbosity: VerbosityLevel.ERRORS,
  });
  const pdf = await task.promise;
  const about = await pdf.getMetadata().catch(() => null);
  const title = (about?.info as { Title?: unknown } | undefined)?.Title;
  const pages: string[] = [];
  let signs = 0;
  for (let n = 1; n <= pdf.numPages && signs < SIGNS; n++) {
    tell({ kind: "page", page: n, of: pdf.numPages });
    const page = await pdf.getPage(n);
    const text = pageText((await page.getTextContent()).items as Run[]);
    page.cleanup();
    pages.push(text);
    signs += text.length;
  }
  tell({ kind: "pages", pages, title: typeof title === "string" ? title : "" });
}

self.addEventListener("message", (event: MessageEvent) => {
  const bytes = (event.data as { pdf?: ArrayBuffer } | null)?.pdf;
  if (!(bytes instanceof ArrayBuffer)) return; // pdf.js talks to itself here too
  read(new Uint8Array(bytes)).catch((e: Error) => tell({ kind: "fault", name: e?.name ?? "", words: e?.message ?? String(e) }));
});
