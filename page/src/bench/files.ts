// Files that the reader opens or drops, as text; and how they are written again.
export { download } from "../take/download";

const MOST = 16 << 20;

/** Chromium's handles, by which a file can be written where it was read. */
export interface Handle {
  name: string;
  getFile(): Promise<File>;
  createWritable(): Promise<{ write(text: string): Promise<void>; close(): Promise<void> }>;
}
interface Pickers {
  showOpenFilePicker?: (options: object) => Promise<Handle[]>;
  showSaveFilePicker?: (options: object) => Promise<Handle>;
}
const pickers = self as unknown as Pickers;

export interface Opened {
  path: string;
  text: string;
  handle: Handle | null;
}

/** The file's words; throws in words where it has none. */
export async function textOf(file: File): Promise<string> {
  if (file.size > MOST) throw new Error(`${file.name} is larger than 16 MB: no case file is`);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} is not text in UTF-8`);
  }
}

/** Ask for files. Where handles are to be had they come along. */
export async function pick(): Promise<Opened[]> {
  if (pickers.showOpenFilePicker) {
    const handles = await pickers.showOpenFilePicker({ multiple: true }).catch(() => []);
    return Promise.all(handles.map(async (handle) => ({ path: handle.name, text: await textOf(await handle.getFile()), handle })));
  }
  const files = await new Promise<File[]>((there) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.onchange = () => there([...(input.files ?? [])]);
    input.addEventListener("cancel", () => there([]));
    input.click();
  });
  return Promise.all(files.map(async (f) => ({ path: f.name, text: await textOf(f), handle: null })));
}

export async function dropped(event: DragEvent): Promise<Opened[]> {
  return Promise.all([...(event.dataTransfer?.files ?? [])].map(async (f) => ({ path: f.name, text: await textOf(f), handle: null })));
}

export async function write(handle: Handle, text: string): Promise<void> {
  const to = await handle.createWritable();
  await to.write(text);
  await to.close();
}
