// Builds the page and writes it as C: node embed.mjs NPM OUTPUT.c
// Packages are installed only when the lock file is newer than what is there, so that a build
// without a network works once they are.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const page = join(dirname(fileURLToPath(import.meta.url)), "..");
const npm = process.argv[2];
const output = resolve(process.argv[3]);

function run(command, args) {
  try {
    execFileSync(command, args, { cwd: page, stdio: ["ignore", "pipe", "pipe"] });
  } catch (e) {
    process.stderr.write(`${e.stdout ?? ""}${e.stderr ?? e}\n`);
    process.stderr.write(`the page could not be built: ${command} ${args.join(" ")} failed\n`);
    process.exit(1);
  }
}

const installed = join(page, "node_modules", ".package-lock.json");
const lock = join(page, "package-lock.json");
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  run(npm, ["ci", "--no-audit", "--no-fund"]);
}
// The build runs in this process: no other program of the packages is needed.
const folder = `${output}.dist`;
process.chdir(page);
process.env.NODE_ENV = "production";
const vite = join(page, "node_modules", "vite", "dist", "node", "index.js");
const { build } = await import(pathToFileURL(vite));
await build({ root: page, logLevel: "warn", build: { outDir: folder, emptyOutDir: true } });
const html = readFileSync(join(folder, "index.html"), "utf8");
rmSync(folder, { recursive: true });

const hashes = (tag) =>
  [...html.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`, "g"))]
    .map((m) => `'sha256-${createHash("sha256").update(m[1]).digest("base64")}'`)
    .join(" ");
const policy =
  `default-src 'none'; script-src ${hashes("script")}; style-src ${hashes("style")}; ` +
  "img-src data:; base-uri 'none'; form-action 'none'";

const bytes = Buffer.from(`${html}\0`, "utf8");
const rows = [];
for (let i = 0; i < bytes.length; i += 24) {
  rows.push([...bytes.subarray(i, i + 24)].map((b) => (b > 127 ? b - 256 : b)).join(","));
}
writeFileSync(
  output,
  `#include "report/page_template.h"\n\nconst char ent_page_template[] = {\n${rows.join(",\n")}};\n` +
    `const char ent_page_policy[] =\n    ${JSON.stringify(policy)};\n`,
);
