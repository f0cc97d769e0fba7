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
// What nobody changed is written as it was read: marks, endings, mixed ones too.
{
  const made = join(mkdtempSync(join(tmpdir(), "entente-form-")), "form.mjs");
  buildSync({ entryPoints: [join(root, "page/src/editor/form.ts")], bundle: true, format: "esm",
              platform: "node", outfile: made, logLevel: "error" });
  const { parted, together } = await import(pathToFileURL(made));
  rmSync(join(made, ".."), { recursive: true });
  let s = 1;
  const draw = (below) => (s = (Math.imul(s, 1103515245) + 12345) >>> 0, Math.floor(s / 4294967296 * below));
  const faults = [];
  for (let i = 0; i < 2000; i++) {
    let text = draw(3) ? "" : "\uFEFF";
    for (let n = draw(8); n > 0; n--) text += ["a", "b", "", "\uFEFF"][draw(4)] + ["\n", "\r\n", "\r"][draw(3)];
    text += ["", "end"][draw(2)];
    const { words, form } = parted(text);
    if (words.includes("\r") || together(words, words, form) !== text) faults.push(text);
  }
  ok("2,000 texts come back byte for byte", faults.length === 0, faults.slice(0, 3));
  const changed = (text, from, to) => {
    const { words, form } = parted(text);
    return together(words.replace(from, to), words, form);
  };
  ok("a line put in ends as the others do", changed("\uFEFFa\r\nb\r\n", "b", "x\nb") === "\uFEFFa\r\nx\r\nb\r\n");
  ok("a changed line leaves the endings of the others", changed("a\r\nb\nc\nd\r\ne\n", "c", "C") === "a\r\nb\nC\nd\r\ne\n");
  ok("a line taken out takes its ending along", changed("a\r\nb\nc\r\nd", "b\n", "") === "a\r\nc\r\nd");
}
console.log(`1..${count}`);
process.exit(bad ? 1 : 0);
