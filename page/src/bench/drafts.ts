// Unsaved words, kept in the browser's own storage: each tab keeps its own, so that two never overwrite
// each other. Storage may be full or forbidden; then that is said.
const PREFIX = "entente-draft:";

export interface Draft {
  key: string;
  name: string;
  text: string;
  time: number;
}

const tab = (() => {
  try {
    const known = sessionStorage.getItem("entente-tab");
    if (known) return known;
    const fresh = String(crypto.getRandomValues(new Uint32Array(1))[0]);
    sessionStorage.setItem("entente-tab", fresh);
    return fresh;
  } catch {
    return "alone";
  }
})();

/** False where it could not be kept. */
export function keepDraft(name: string, text: string): boolean {
  try {
    localStorage.setItem(`${PREFIX}${tab}:${name}`, JSON.stringify({ name, text, time: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(name: string): void {
  try {
    localStorage.removeItem(`${PREFIX}${tab}:${name}`);
  } catch {
    // What could not be kept need not be dropped.
  }
}

export function dropKey(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

/** The drafts of all tabs, newest first. */
export function drafts(): Draft[] {
  const found: Draft[] = [];
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const key = localStorage.key(i)!;
      if (!key.startsWith(PREFIX)) continue;
      const held = JSON.parse(localStorage.getItem(key)!) as Omit<Draft, "key">;
      if (typeof held.text === "string" && typeof held.name === "string") found.push({ ...held, key });
    }
  } catch {
    // Storage is forbidden, or holds what is not ours.
  }
  return found.sort((a, b) => b.time - a.time);
}
