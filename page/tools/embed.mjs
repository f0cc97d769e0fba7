// Builds the page and writes it as C: node embed.mjs NPM OUTPUT.c [FOLDER BENCH.html EXAMPLE...]
// FOLDER holds entente.js and entente.wasm (make wasm): the engine that goes into files, as strings inside
// a script whose hash stands in the page's policy. The worker's own text is checked by no hash. With it the
// empty bench is written too: bench.html with the engine and the examples inside.
// Where there is an edit.html beside index.html it is built too: the page with the editor in it, which
// `entente serve --edit` serves (never written to a file, so its size does not count).
// Packages are installed only when the lock file is newer than what is there, so that a build
// without a network works once they are. Where npm cannot fetch them none.c is written instead, with
// an old time, so that the next build tries again.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync }
  from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const page = join(dirname(fileURLToPath(import.meta.url)), "..");
const npm = process.argv[2];
const output = resolve(process.argv[3]);
const [engine, bench, ...examples] = process.argv.slice(4).map((path) => resolve(path));

function withoutPage(why) {
  process.stderr.write(`${why}\nnpm could not fetch the page's packages: ` +
    "the program is built without its page\n");
  if (engine) process.exit(1); // `make wasm` asks for the page itself
  copyFileSync(join(page, "none.c"), output);
  utimesSync(output, 1, 1);
  process.exit(0);
}

// A registry that does not answer is waited for twenty seconds, and all of it for five minutes. Only errors are
// heard: pdf.js warns of the version of node, which bundles it and does not run it.
function fetchPackages() {
  const args = ["ci", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=0",
    "--fetch-timeout=20000", "--loglevel=error"];
  try {
    execFileSync(npm, args, { cwd: page, stdio: ["ignore", "pipe", "pipe"], timeout: 300000 });
  } catch (e) {
    withoutPage(`${e.stderr || e.message}`.trim().split("\n")[0]);
  }
}

const installed = join(page, "node_modules", ".package-lock.json");
const lock = join(page, "package-lock.json");
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  fetchPackages();
}
// The build runs in this process: no other program of the packages is needed.
process.chdir(page);
process.env.NODE_ENV = "production";
const vite = join(page, "node_modules", "vite", "dist", "node", "index.js");
const { build } = await import(pathToFileURL(vite));

async function built(entry) {
  const folder = `${output}.dist`;
  await build({
    root: page,
    logLevel: "warn",
    build: { outDir: folder, emptyOutDir: true, rollupOptions: { input: join(page, entry) } },
  });
  const html = readFileSync(join(folder, entry), "utf8");
  rmSync(folder, { recursive: true });
  return html;
}

const html = await built("index.html");
const edit = existsSync(join(page, "edit.html")) ? await built("edit.html") : null;

/**
 * Text packed by gzip, as printable ASCII: its length, then five signs for four bytes, of 85 that are neither
 * a quote nor a backslash nor `<`. A sixteenth less than base64. page/src/engine/unpack.ts reads it.
 */
function packed(bytes) {
  const gz = gzipSync(bytes, { level: 9 });
  const whole = Buffer.concat([gz, Buffer.alloc(3)]);
  const out = [];
  for (let i = 0; i < gz.length; i += 4) {
    let v = whole.readUInt32BE(i);
    const five = [0, 0, 0, 0, 0];
    for (let k = 4; k >= 0; k--, v = Math.floor(v / 85)) {
      let sign = 35 + (v % 85);
      if (sign >= 60) sign++;
      if (sign >= 92) sign++;
      five[k] = sign;
    }
    out.push(String.fromCharCode(...five));
  }
  return `${gz.length} ${out.join("")}`;
}
/** What reads that, as small as it goes, for a loader. */
const UNPACK = (await (await import(pathToFileURL(join(page, "node_modules", "esbuild", "lib", "main.js")))).transform(
  readFileSync(join(page, "src", "engine", "unpack.ts"), "utf8").replace(/^export /gm, ""), { loader: "ts", minify: false, target: "es2021" })).code;

/** The worker's code with the engine's glue before it, and the engine packed: about 670 KB. */
async function engineElement() {
  if (!engine) return "";
  const esbuild = await import(pathToFileURL(join(page, "node_modules", "esbuild", "lib", "main.js")));
  const glue = readFileSync(join(engine, "entente.js"), "utf8");
  const made = await esbuild.build({
    entryPoints: [join(page, "src", "engine", "inside.js")],
    bundle: true, minify: true, write: false, format: "iife", target: "es2021", legalComments: "none",
    banner: { js: (await esbuild.transform(glue, { minify: true, target: "es2021" })).code },
  });
  const wasm = packed(readFileSync(join(engine, "entente.wasm")));
  const code = JSON.stringify(made.outputFiles[0].text).replace(/</g, "\\u003c");
  return `<script>self.ENTENTE_ENGINE={code:${code},wasm:"${wasm}"}</script>`;
}
const element = await engineElement();

/** What reads PDFs for the workbench, a script of its own for a worker: 1.8 MB, and a third of it packed. */
async function readerCode() {
  const esbuild = await import(pathToFileURL(join(page, "node_modules", "esbuild", "lib", "main.js")));
  const made = await esbuild.build({
    entryPoints: [join(page, "src", "pdf", "reader.ts")],
    bundle: true, minify: true, write: false, format: "iife", target: "es2021", legalComments: "none", logLevel: "error",
    banner: { js: "/* With pdf.js, Copyright Mozilla Foundation, Apache License 2.0: https://mozilla.github.io/pdf.js */" },
  });
  return made.outputFiles[0].text;
}
const reader = edit || bench ? await readerCode() : "";

const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const hashes = (text, tag) =>
  [...text.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`, "g"))].map((m) => hashOf(m[1])).join(" ");
/** What a page that stands alone may do. The editor makes styles as it goes, so the bench allows them. */
const policyOf = (text, styles, inner) =>
  `default-src 'none'; script-src ${hashes(text, "script")} ${inner}${element ? " 'wasm-unsafe-eval'" : ""}; ` +
  `style-src ${styles}; ${element ? "worker-src blob:; " : ""}` +
  "img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The page's script packed, and what unpacks it: less than half the size. What comes out stands as text in a
 * script element, so the policy has its hash too, and nothing else can be put in its place.
 */
function packedScript(html) {
  const found = /<script type="module"[^>]*>([\s\S]*?)<\/script>/.exec(html);
  const text = `(()=>{"use strict";${found[1]}\n})()`;
  const loader =
    `(async()=>{if(typeof DecompressionStream!=="function"){document.getElementById("app").append(` +
    `"This browser is too old to unpack what this page computes with.");return}` +
    `${UNPACK}` +
    `const e=document.createElement("script");` +
    `e.textContent=new TextDecoder().decode(await unpack("${packed(text)}"));` +
    `document.body.append(e);e.remove()})()`;
  // The script stood in the head, deferred; now it runs when it has come, after the body.
  return { html: html.replace(found[0], "").replace("</body>", () => `<script>${loader}</script></body>`), inner: hashOf(text) };
}

const packedPage = packedScript(html);
const policy = policyOf(packedPage.html + element, hashes(html, "style"), packedPage.inner);

if (bench) {
  const all = Object.fromEntries(examples.map((path) => [basename(path), readFileSync(path, "utf8")]));
  const { html: page, inner } = packedScript(await built("bench.html"));
  const data = `<script type="application/json" id="entente-examples">${packed(JSON.stringify(all))}</script>` +
    `<script type="text/plain" id="entente-reader">${packed(reader)}</script>${element}`;
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policyOf(page + element, "'unsafe-inline'", inner)}">`;
  writeFileSync(bench, page.replace("<!--entente:csp-->", () => meta).replace("<!--entente:data-->", () => data));
}

function array(name, text) {
  const bytes = typeof text === "string" ? Buffer.from(`${text}\0`, "utf8") : text;
  const rows = [];
  for (let i = 0; i < bytes.length; i += 24) {
    rows.push([...bytes.subarray(i, i + 24)].map((b) => (b > 127 ? b - 256 : b)).join(","));
  }
  return `const char ${name}[] = {\n${rows.join(",\n")}};\n`;
}

writeFileSync(
  output,
  '#include "report/page_template.h"\n\n' +
    array("ent_page_template", packedPage.html) +
    array("ent_page_live_template", html) +
    array("ent_page_engine", element) +
    (edit ? `static ${array("edit_template", edit)}` : "") +
    `const char *const ent_page_edit_template = ${edit ? "edit_template" : "ent_page_live_template"};\n` +
    array("ent_page_reader", reader ? gzipSync(reader, { level: 9 }) : Buffer.alloc(1)) +
    `const size_t ent_page_reader_length = ${reader ? "sizeof ent_page_reader" : "0"};\n` +
    `const char ent_page_policy[] =\n    ${JSON.stringify(policy)};\n`,
);
