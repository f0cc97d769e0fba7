// Puts the npm package together: build.mjs FOLDER-OF-ENGINE OUTPUT. Its types come from the engine's table.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [engine, output] = process.argv.slice(2).map((path) => resolve(path));
mkdirSync(output, { recursive: true });
const manifest = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
manifest.files.push("entente.cjs");
writeFileSync(join(output, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const name of ["README.md", "index.js"]) copyFileSync(join(here, name), join(output, name));
copyFileSync(join(here, "../../wasm/door.js"), join(output, "door.js"));
copyFileSync(join(engine, "entente.wasm"), join(output, "entente.wasm"));
const glue = readFileSync(join(engine, "entente.js"), "utf8");
writeFileSync(join(output, "entente.cjs"), glue);
writeFileSync(join(output, "entente.js"), `${glue}\nglobalThis.EntenteModule = EntenteModule;\n`);

const { open } = await import(pathToFileURL(join(output, "index.js")));
const rows = (await open()).questions();
const TYPES = { flag: "boolean", count: "number | string", number: "number | string", text: "string" };
const option = (o) =>
  `    /** ${o.help} */\n    ${JSON.stringify(o.name)}?: ${o.repeats ? `${TYPES[o.kind]} | string[]` : TYPES[o.kind]};`;
const row = (r) =>
  `  /** ${r.summary} (${r.form || "no input"}) */\n  ${JSON.stringify(r.name)}: {\n${r.options.map(option).join("\n")}\n  };`;
writeFileSync(
  join(output, "index.d.ts"),
  `// Made from the engine's table of questions by bindings/npm/build.mjs.
export interface Questions {
${rows.map(row).join("\n")}
}
export interface Diag {
  severity: "error" | "warning" | "note";
  code: string;
  file: string | null;
  line: number;
  column: number;
  length: number;
  message: string;
  hint: string | null;
  source: string | null;
  text: string;
}
export interface Reply {
  /** The exit code that the command line would give: 0 done, 1 findings, 2 usage, 3 invalid, 4 a limit. */
  exit: number;
  status: string;
  /** The document; null where there is none. */
  text: string | null;
  diags: Diag[];
}
export interface File {
  path: string;
  bytes: string | Uint8Array;
}
export interface Entente {
  questions(): { name: string; form: string; least: number; most: number; summary: string; plain: boolean; svg: boolean;
    options: { name: string; value: string | null; kind: "flag" | "count" | "number" | "text"; repeats: boolean; help: string }[] }[];
  /** \`inputs\`: paths of files or of their folders; without them the first file. */
  ask<Q extends keyof Questions>(question: Q, files?: File[], options?: Questions[Q],
    how?: { format?: "json" | "text" | "plain" | "svg"; inputs?: string[]; width?: number }): Reply;
}
export function open(how?: {
  wasm?: WebAssembly.Module | Uint8Array;
  tick?: (what: string, done: number, total: number) => boolean;
}): Promise<Entente>;
`,
);
