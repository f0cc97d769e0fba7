// Behind `entente serve`: the case file on disk is watched, and shown anew when it changes.
import { recompute } from "./compute";
import { call } from "./engine/server";
import { diskFault, diskHash, doc } from "./state";

interface OnDisk {
  name: string;
  hash: string;
  analysed: string | null;
  fault: string | null;
  check: { findings: { severity: string; line: number; message: string }[] };
}

/** The file on disk: its faults are told, and a valid one is analysed anew. */
async function look(): Promise<void> {
  const reply = await call("api/case");
  if (!reply.ok) return;
  const held = (await reply.json()) as OnDisk;
  const first = held.check.findings.find((f) => f.severity === "error");
  diskHash.value = held.hash;
  diskFault.value = held.fault
    ? `${held.name}: ${held.fault}`
    : held.analysed === held.hash
      ? null
      : `${held.name} is not valid now${first ? `: line ${first.line}, ${first.message}` : ""}`;
  // Not waited for: while it is computed the file may change again.
  if (held.analysed && held.analysed !== doc.value?.case.hash) void recompute(true);
}

/** Wait for changes of the file on disk, and show them. */
export async function watch(): Promise<void> {
  let wait = 1000;
  let seen = "";
  for (;;) {
    try {
      if (seen !== "") {
        const reply = await call(`api/wait?hash=${encodeURIComponent(seen)}`);
        if (reply.status === 401) return;
        if (!reply.ok) throw new Error();
        const told = (await reply.json()) as { hash?: string };
        if (!told.hash || told.hash === seen) continue;
      }
      await look();
      seen = diskHash.value;
      wait = 1000;
    } catch {
      await new Promise((r) => setTimeout(r, wait));
      wait = Math.min(2 * wait, 30000);
    }
  }
}
