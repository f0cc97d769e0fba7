// Texts of sources in entente.html: in this browser's database until they are saved beside the case, so that
// they outlive the page. Where the database is forbidden they live as long as the page.
import type { Shelf } from "../workbench/library";
import { download } from "./files";

/** By file name, of the case that is open. */
const held = new Map<string, string>();
/** Not among the downloads yet. */
const unsavedTexts = new Set<string>();
let prefix = "";

function database(): Promise<IDBDatabase | null> {
  return new Promise((done) => {
    try {
      const asked = indexedDB.open("entente-sources", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("texts");
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => done(null);
    } catch {
      done(null);
    }
  });
}

async function stored(key: string): Promise<string | null> {
  const db = await database();
  if (!db) return null;
  return new Promise((done) => {
    const got = db.transaction("texts").objectStore("texts").get(key);
    got.onsuccess = () => done(typeof got.result === "string" ? got.result : null);
    got.onerror = () => done(null);
  });
}

async function store(key: string, text: string): Promise<void> {
  const db = await database();
  if (!db) return;
  await new Promise<void>((done) => {
    const t = db.transaction("texts", "readwrite");
    t.objectStore("texts").put(text, key);
    t.oncomplete = () => done();
    t.onerror = t.onabort = () => done();
  });
}

/** The case of that name is open now; these files came with it. */
export function openShelf(name: string, files: { path: string; text: string }[]): void {
  held.clear();
  unsavedTexts.clear();
  prefix = `${name}:`;
  files.forEach((f) => held.set(f.path, f.text));
}

/** The texts there are, for the engine: it looks for quotes in them. */
export const shelfFiles = (): { path: string; bytes: string }[] => [...held].map(([path, bytes]) => ({ path, bytes }));

/** Texts that are new go among the downloads beside the case; their names. */
export function saveTexts(): string[] {
  const names = [...unsavedTexts];
  names.forEach((n) => download(n.split("/").pop()!, held.get(n)!, "text/plain"));
  unsavedTexts.clear();
  return names;
}

export const shelf: Shelf = {
  async get(file) {
    // A file that was opened with the case has no folder here.
    const base = file.split("/").pop()!;
    const there = held.get(file) ?? held.get(base);
    const text = there ?? (await stored(prefix + file));
    if (text !== null && !held.has(file)) held.set(file, text);
    return text;
  },
  async put(file, text) {
    held.set(file, text);
    unsavedTexts.add(file);
    await store(prefix + file, text);
    return null;
  },
};
