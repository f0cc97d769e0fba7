// The same bytes from the program and from WebAssembly, as TAP: same.mjs ENTENTE SOURCE FOLDER
// Every question of the engine's own table is asked about every example, in every format that it prints;
// what the program prints on both its outputs, and its exit code, must come out of the door too.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [entente, source, folder] = process.argv.slice(2).map((path) => path && resolve(path));
if (!folder || !existsSync(join(folder, "entente.wasm"))) {
  console.log("1..0 # SKIP the engine for browsers is not built: make wasm");
  process.exit(0);
}
const { ask, questions } = await import(pathToFileURL(join(source, "wasm/door.js")));
const load = createRequire(import.meta.url)(join(folder, "entente.js"));
const wasmBinary = readFileSync(join(folder, "entente.wasm"));
process.chdir(source);

let count = 0;
let failed = 0;
function ok(name, fault) {
  console.log(`${fault ? "not ok" : "ok"} ${++count} - ${name}`);
  if (fault) {
    failed++;
    console.log(`# ${fault.replace(/\n(?!# )/g, " ")}`);
  }
}

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name)));
}

const inFolder = (path, ending) =>
  readdirSync(path).filter((f) => f.endsWith(ending)).sort().map((f) => join(path, f));
const cases = inFolder("examples", ".yaml");
const conflicts = inFolder("examples/gmcr", ".gmcr");
const scenarios = readdirSync("tests/data/scenarios").sort().map((f) => join("tests/data/scenarios", f));

/** Where the program has no answer its document says why, by what the door hands over as findings. */
function sameRefusal(stdout, reply) {
  if (reply.text !== null || !stdout.startsWith('{"schema": "entente.error/1"')) return false;
  const told = JSON.parse(stdout);
  const keys = ["severity", "code", "file", "message", "hint"];
  const row = (d) => keys.map((k) => JSON.stringify(d[k] ?? null)).join();
  return told.exit === reply.exit && told.diagnostics.length > 0 &&
    told.diagnostics.map(row).join("\n") === reply.diags.map(row).join("\n");
}

/** The lines on which two texts part. */
function parts(a, b) {
  const [x, y] = [a.split("\n"), b.split("\n")];
  const at = x.findIndex((line, i) => line !== y[i]);
  return `line ${at + 1}: ${JSON.stringify(x[at]?.slice(0, 200))} and ${JSON.stringify(y[at]?.slice(0, 200))}`;
}

let module = await load({ wasmBinary });
function compare(question, inputs, options, format, files) {
  const args = [question, ...inputs, ...options.flatMap(([n, v]) => (v === null ? [`--${n}`] : [`--${n}`, v]))];
  if (format !== "text") args.push(`--${format}`);
  const native = spawnSync(entente, args, {
    encoding: "utf8", maxBuffer: 1 << 30, env: { ...process.env, COLUMNS: "80", NO_COLOR: "1" },
  });
  const brought = files.map((path) => ({ path, bytes: readFileSync(path) }));
  let reply;
  try {
    reply = ask(module, { question, inputs, options, format, files: brought, width: 80 });
  } catch (e) {
    return `${args.join(" ")}: thrown ${e}`;
  }
  const said = reply.diags.map((d) => d.text).join("");
  if (reply.exit !== native.status) return `${args.join(" ")}: exit ${native.status} and ${reply.exit} ${said}`;
  if ((reply.text ?? "") !== native.stdout && !sameRefusal(native.stdout, reply)) return `${args.join(" ")}: ${parts(native.stdout, reply.text ?? "")}`;
  if (said !== native.stderr) return `${args.join(" ")}: stderr ${parts(native.stderr, said)}`;
  return null;
}

// The page itself is not inside the engine inside the page; tournaments and what writes files are refused
// there.
const NOT_HERE = new Set(["convert", "html", "tournament"]);
const rows = questions(module).filter((row) => !NOT_HERE.has(row.name));
ok("the table names the questions", rows.length < 15 ? `${rows.length} questions` : null);

const say = (text) => console.log(`# ${text}`);
// Every switch for the questions that draw the whole picture, the plain question for all others.
const SWITCHED = new Set(["accounts", "deals"]);
// Hundreds of questions are tried on every world.
const HEAVY = new Set(["ask"]);
for (const row of rows) {
  const start = performance.now();
  const formats = [...(row.name === "page" ? [] : ["text"]), "json", ...(row.plain ? ["plain"] : []), ...(row.svg ? ["svg"] : [])];
  const can = (name) => row.options.some((o) => o.name === name);
  const worlds = can("worlds") ? [["worlds", HEAVY.has(row.name) ? "40" : "200"]] : [];
  const asked = []; // [inputs, options, files]
  if (row.form.startsWith("CASE CASE") || row.name === "diff") {
    asked.push([[cases[0], cases[1]], worlds, cases.slice(0, 2)], [[cases[1], cases[1]], worlds, [cases[1]]]);
  } else if (row.name === "explain") {
    for (const name of ["C103", "boulware", "nothing"]) asked.push([[name], [], []]);
  } else if (row.least === 0) {
    asked.push([[], [], []]);
  } else {
    const takesPaths = row.form.includes("PATH") || row.form.includes("SCENARIO");
    for (const path of cases) {
      const first = readFileSync(path, "utf8").match(/^\s*- \{?id: ([a-z][\w-]*)/m)?.[1];
      asked.push([[path], worlds, [path]]);
      if (!SWITCHED.has(row.name)) continue;
      if (can("seed")) asked.push([[path], [...worlds, ["seed", "7"]], [path]]);
      if (can("as-of")) asked.push([[path], [...worlds, ["as-of", "1978-09-10"]], [path]]);
      if (can("without") && first) asked.push([[path], [...worlds, ["without", first]], [path]]);
      if (can("prior")) asked.push([[path], [...worlds, ["prior", "flat"]], [path]]);
    }
    if (takesPaths) {
      for (const path of [...scenarios, ...conflicts]) {
        const extra = can("rounds") ? [["rounds", "30"]] : [];
        asked.push([[path], extra, filesUnder(path)]);
      }
    }
  }
  const faults = [];
  let compared = 0;
  for (const [inputs, options, files] of asked) {
    for (const format of formats) {
      const fault = compare(row.name, inputs, options, format, files);
      compared++;
      if (fault) faults.push(fault);
      // A throw leaves the module in no state to be asked again.
      if (fault?.includes("thrown")) module = await load({ wasmBinary });
    }
  }
  say(`${row.name} took ${((performance.now() - start) / 1000).toFixed(1)} s`);
  ok(`${row.name}: ${compared} answers are the same bytes`, faults.slice(0, 6).join("\n# ") || (compared ? null : "nothing was compared"));
}

// Libraries round the last bit of a logarithm or a power as they like: over many seeds no digit hangs on it.
{
  const faults = [];
  let compared = 0;
  const small = scenarios.find((s) => s.endsWith("genius-small"));
  for (let seed = 1; seed <= 20; seed++) {
    const of = [["seed", String(seed)]];
    for (const path of [cases[seed % cases.length]]) {
      for (const question of ["deals", "influence", "walk", "stability", "priorities"]) {
        faults.push(compare(question, [path], [...of, ["worlds", "150"]], "json", [path]));
        compared++;
      }
    }
    for (const pair of ["boulware,conceder", "hybrid,exponential", "boa:model=bayes,nash"]) {
      const fault = compare("haggle", [small], [["rounds", "40"], ["pair", pair], ...of], "json", filesUnder(small));
      faults.push(fault);
      compared++;
    }
  }
  ok(`${compared} answers over 20 seeds are the same bytes`, faults.filter(Boolean).slice(0, 6).join("\n# ") || null);
}

for (const question of ["tournament"]) {
  const reply = ask(module, { question, files: filesUnder(scenarios[2]).map((path) => ({ path, bytes: readFileSync(path) })),
    inputs: [scenarios[2]], options: [["rounds", "5"]], format: "json" });
  ok(`${question} is refused in words`, reply.exit === 2 && /browser/.test(reply.diags[0]?.message) ? null : JSON.stringify(reply).slice(0, 300));
}
{
  const path = scenarios.find((s) => s.endsWith("genius-small"));
  const written = ask(module, { question: "convert", inputs: [path, "/tmp/x.csv"], files: filesUnder(path).map((p) => ({ path: p, bytes: readFileSync(p) })) });
  ok("writing a file is refused in words", written.diags.some((d) => d.code === "F104") ? null : JSON.stringify(written).slice(0, 300));
  const reply = ask(module, { question: "haggle", inputs: [path], files: filesUnder(path).map((p) => ({ path: p, bytes: readFileSync(p) })),
    options: [["pair", "./mine.so,boulware"]] });
  ok("a strategy from a shared object is refused in words",
    reply.exit === 2 && /shared objects/.test(reply.diags[0]?.message) ? null : JSON.stringify(reply).slice(0, 300));
}
{
  const reply = ask(module, { question: "check", inputs: ["../secret.yaml"], files: [] });
  ok("a path that did not come along is not there", reply.exit === 3 && reply.diags[0]?.code === "F101" ? null : JSON.stringify(reply));
}
{
  // The engine asks for more than its cap: an answer in words, and the next question is answered as ever.
  const files = [{ path: cases[0], bytes: readFileSync(cases[0]) }];
  const before = ask(module, { question: "deals", files, options: { worlds: 1000 } }).text;
  const reply = ask(module, { question: "report", files, options: { worlds: 40000000 } });
  ok("memory that runs out is told", reply.exit === 4 && reply.diags.some((d) => d.code === "U106") ? null : `exit ${reply.exit} ${JSON.stringify(reply.diags).slice(0, 300)}`);
  ok("and the next answer is right", ask(module, { question: "deals", files, options: { worlds: 1000 } }).text === before ? null : "it is another");
}
{
  let told = 0;
  const listening = await load({ wasmBinary, tick: () => ++told > 3 });
  const files = [{ path: cases[1], bytes: readFileSync(cases[1]) }];
  const reply = ask(listening, { question: "report", files, options: { worlds: 20000 } });
  ok("progress is told, and asks to stop are heard", reply.exit === 130 && told > 3 ? null : `exit ${reply.exit}, told ${told} times`);
}
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
