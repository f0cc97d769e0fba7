// What the editor offers, without a browser: keys from the schema, names from the document. TAP.
// usage: complete.mjs SOURCE_ROOT
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = process.argv[2];
let count = 0, bad = 0;
function ok(name, good, got) {
  count++;
  if (!good) bad++;
  console.log(`${good ? "ok" : "not ok"} ${count} - ${name}`);
  if (!good) console.log(`# ${JSON.stringify(got)}`);
}

if (!existsSync(join(root, "page/node_modules/esbuild"))) {
  console.log("1..0 # SKIP the page's packages are not installed");
  process.exit(0);
}
const { buildSync } = createRequire(join(root, "page/package.json"))("esbuild");
const folder = mkdtempSync(join(tmpdir(), "entente-complete-"));
const file = join(folder, "complete.mjs");
buildSync({ entryPoints: [join(root, "page/src/editor/complete.ts")], bundle: true, format: "esm",
            platform: "node", outfile: file, logLevel: "error" });
const { placeOf, optionsAt, setSchema } = await import(pathToFileURL(file));
setSchema(JSON.parse(readFileSync(join(root, "docs/entente.schema.json"), "utf8")));
rmSync(folder, { recursive: true });

const head = `issues:
  fence: {by: bo, options: [old, wire]}
  share: {by: ana}
statements:
  - id: one
    by: ana
  - id: two
`;
const at = (text) => optionsAt(placeOf(head + text), head + text).map((o) => o.label);
const offers = (name, text, wanted, unwanted = []) => {
  const got = at(text);
  ok(name, wanted.every((w) => got.includes(w)) && !unwanted.some((u) => got.includes(u)), got);
};
offers("keys of a statement below others", "    ", ["about", "supersedes", "claims"]);
offers("keys of a next statement", "  - ", ["id", "by", "date"]);
offers("verbs in a flow map", "    claims:\n      - {party: ana, ", ["never", "requires", "rest", "will-not-exceed"]);
offers("verbs in a block, behind another claim",
  "    claims:\n      - party: ana\n        offers: {share: 1}\n      - party: ana\n        ", ["never", "offers"]);
offers("issues of a line", "    claims:\n      - {party: ana, never: {", ["fence", "share"]);
offers("options of an issue", "    claims:\n      - {party: ana, requires: {fence: ", ["old", "wire"]);
offers("what may be left open", "    claims:\n      - {party: ana, accepts: {fence: wire}, rest: ", ["open", "fence"]);
offers("issues that are left open", "    claims:\n      - {party: ana, accepts: {fence: wire}, rest: [", ["share"], ["open"]);
offers("statements to withdraw", "    supersedes: ", ["one", "two"]);
offers("an account's choice", "accounts:\n  hers: {believes: [one], only: ", ["true", "false"]);
const flush = "statements:\n- id: one\n  by: ana\n- id: two\n  ";
ok("lists without indentation", placeOf(flush).path.join() === "statements,[]", placeOf(flush).path);
console.log(`1..${count}`);
process.exit(bad ? 1 : 0);
