// The npm package in node, as TAP: npm.mjs ENTENTE SOURCE FOLDER BUILD
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [entente, source, folder, build] = process.argv.slice(2).map((path) => path && resolve(path));
if (!folder || !existsSync(join(folder, "entente.wasm"))) {
  console.log("1..0 # SKIP the engine for browsers is not built: make wasm");
  process.exit(0);
}
let count = 0;
let failed = 0;
function ok(name, good, fault = "") {
  console.log(`${good ? "ok" : "not ok"} ${++count} - ${name}`);
  if (!good) {
    failed++;
    console.log(`# ${String(fault).slice(0, 300)}`);
  }
}

const made = join(build, "npm");
execFileSync(process.execPath, [join(source, "bindings/npm/build.mjs"), folder, made]);
const { open } = await import(pathToFileURL(join(made, "index.js")));
const path = join(source, "examples/labour.yaml");
const bytes = readFileSync(path);
const files = [{ path, bytes }];
const engine = await open();

const reply = engine.ask("deals", files, { worlds: 500, top: 1 });
const native = spawnSync(entente, ["deals", path, "--json", "--worlds", "500", "--top", "1"], { encoding: "utf8" });
ok("ask gives the program's document", reply.text === native.stdout && reply.exit === native.status, reply.status);

// The ten lines of the README, as they stand there.
const lines = /```js\n([\s\S]*?)```/.exec(readFileSync(join(made, "README.md"), "utf8"))[1]
  .replaceAll('"hanoi.yaml"', JSON.stringify(join(source, "examples/hanoi.yaml")))
  .replace('"entente"', JSON.stringify(pathToFileURL(join(made, "index.js")).href));
const run = spawnSync(process.execPath, ["--input-type=module", "-e", lines], { encoding: "utf8" });
const accounts = run.stdout.trim().split("\n");
ok("the README's lines print a zone for each account", run.status === 0 && accounts.length === 2 &&
  accounts.every((l) => { const share = Number(l.split(" ").at(-1)); return share > 0 && share < 1; }), run.stdout + run.stderr);

const module = new WebAssembly.Module(readFileSync(join(made, "entente.wasm")));
let told = 0;
const other = await open({ wasm: module, tick: () => ++told > 2 });
ok("a compiled module does, and tick stops a question", other.ask("report", files).exit === 130 && told > 2, told);
const wrong = engine.ask("deals", files, { wrlds: 3 });
ok("a wrong option is told with what was meant", wrong.exit === 2 && wrong.text === null && /--worlds/.test(wrong.diags[0].hint), JSON.stringify(wrong));
const types = readFileSync(join(made, "index.d.ts"), "utf8");
ok("every question and option has its type", engine.questions().every((q) =>
  types.includes(`  ${JSON.stringify(q.name)}: {`) && q.options.every((o) => types.includes(`${JSON.stringify(o.name)}?: `))));
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
