// The workbench's document model, without a browser: what each act does to each example's text, and to random
// ones; every other line stays byte for byte, undo brings the same bytes back, and what was written is read again
// as it was meant. TAP. usage: patches.mjs SOURCE_ROOT ENTENTE
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { model } from "./model.mjs";

const [root, entente] = process.argv.slice(2);
let count = 0, bad = 0;
function ok(name, faults) {
  const list = faults === true ? [] : faults === false ? ["not so"] : faults;
  count++;
  if (list.length) bad++;
  console.log(`${list.length ? "not ok" : "ok"} ${count} - ${name}`);
  list.slice(0, 8).forEach((f) => console.log(`# ${String(f).replace(/\n/g, "\n# ")}`));
}
if (!existsSync(join(root, "page/node_modules/esbuild"))) {
  console.log("1..0 # SKIP the page's packages are not installed");
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), "entente-patches-"));
const m = await model(root);
const { verbs } = m;
const examples = Object.fromEntries(readdirSync(join(root, "examples")).filter((f) => /\.yaml$/.test(f))
  .map((f) => [f, readFileSync(join(root, "examples", f), "utf8")]).filter(([, t]) => /^entente:/m.test(t)));
// The cases of docs/FORMAT.md too: they are written in brackets.
[...readFileSync(join(root, "docs/FORMAT.md"), "utf8").matchAll(/^```yaml case\n([\s\S]*?)^```$/gm)]
  .forEach((found, i) => (examples[`FORMAT.md, case ${i + 1}`] = found[1]));

function draws(seed) {
  let s = seed;
  return (below) => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return Math.floor((s / 4294967296) * below);
  };
}
const plainOf = (text) => m.plain(m.read(text).root);
/** Lines that went and lines that came. */
const moved = (before, after) => {
  const d = m.difference(before, after);
  return { gone: d.mine, came: d.theirs };
};
function faultsOf(text) {
  const file = join(folder, "case.yaml");
  writeFileSync(file, text);
  const told = spawnSync(entente, ["check", file, "--json"], { encoding: "utf8" });
  const said = JSON.parse(told.stdout || '{"diagnostics": []}');
  return (said.findings ?? said.diagnostics ?? []).filter((f) => f.severity === "error").map((f) => `${f.line}: ${f.message}`);
}
/** What an act should have come to, against what is read; lines that went, at most `most`. */
function looked(name, before, act, expected, most) {
  if (act.why) return [`${name}: refused: ${act.why}`];
  const after = m.apply(before, act.patches);
  const tree = m.read(after);
  const { gone, came } = moved(before, after);
  const wide = came.filter((l) => l.length > 100 && !gone.includes(l));
  return [
    ...(tree.fault ? [`${name}: ${tree.fault.message}\n${came.join("\n")}`] : []),
    ...(gone.length > most ? [`${name}: ${gone.length} lines went\n${gone.join("\n")}\nfor\n${came.join("\n")}`] : []),
    ...(JSON.stringify(plainOf(after)) === JSON.stringify(m.words(expected)) ? [] : [`${name}: it reads otherwise\n${came.join("\n")}\n${JSON.stringify(plainOf(after)).slice(0, 300)}\n${JSON.stringify(m.words(expected)).slice(0, 300)}`]),
    ...(wide.length ? [`${name}: ${wide[0].length} signs in a line`] : []),
  ];
}
const withKey = (map, key, value, order) => {
  const next = { ...map };
  if (value === undefined) delete next[key];
  else next[key] = value;
  if (key in map || value === undefined) return next;
  // Where a person would put it.
  const keys = Object.keys(map);
  let place = -1;
  const rank = order.indexOf(key);
  if (rank < 0) place = keys.length - 1;
  else keys.forEach((k, i) => { if (order.indexOf(k) >= 0 && order.indexOf(k) < rank) place = i; });
  keys.splice(place + 1, 0, key);
  return Object.fromEntries(keys.map((k) => [k, next[k]]));
};

// ---- Writing and reading words --------------------------------------------------------------
{
  const draw = draws(7);
  const signs = ["a", "b", "Z", " ", " ", ": ", " #", "#", "'", '"', "\\", ",", "[", "]", "{", "}", "-", "- ", "?", "!", "&", "*", "%", "@", "`", "|", ">",
    "\n", "\n\n", "\t", "é", "ß", "漢", "🙂", "\u200f", "\u0085", "\u2028", "\ufeff", "no", "null", "1", "~", "...", "---", ":", "=", "<<", "word word word word word "];
  const faults = [];
  for (let i = 0; i < 4000; i++) {
    const text = [...Array(1 + draw(i % 3 ? 6 : 60))].map(() => signs[draw(signs.length)]).join("");
    const block = `a:\n  k:${m.behindKey("k", text, 2, 4)}\n  z: 1\n`;
    const inline = `a: ${m.flow({ k: text, l: [text], z: "1" })}\n`;
    const listed = `a:\n  ${m.item(text, 2)}\n`;
    if (plainOf(block)?.a?.k !== text || plainOf(block)?.a?.z !== "1" || m.read(block).fault) faults.push(`block ${JSON.stringify(text)} as\n${block}`);
    if (plainOf(inline)?.a?.k !== text || plainOf(inline).a.l[0] !== text) faults.push(`flow ${JSON.stringify(text)} as\n${inline}`);
    if (plainOf(listed)?.a?.[0] !== text) faults.push(`item ${JSON.stringify(text)} as\n${listed}`);
  }
  ok("4,000 texts are read as they were written: on a line, in brackets, in a list", faults);
}

// ---- Each act on each example ---------------------------------------------------------------
const statement = { by: "", date: "2024-01-02", "date-basis": "inferred", reported: `${"Words, with a comma: and a colon # and more. ".repeat(6)}End.`, credibility: "2" };
for (const [file, text] of Object.entries(examples)) {
  const tree = m.read(text);
  const c = m.caseOf(tree);
  const whole = m.plain(tree.root);
  const faults = [];
  const see = (name, act, expected, most = 0) => faults.push(...looked(name, text, act, expected, most));
  const sectioned = (section, id, value) => withKey(whole, section, { ...(whole[section] ?? {}), [id]: value }, m.acts.ORDER.case);

  see("title", m.acts.setTop(tree, "title", "Another: title"), { ...whole, title: "Another: title" }, 1);
  see("person", m.acts.add(tree, "people", "new-one", { title: "Head, of it", name: "Ann O'Hara" }), sectioned("people", "new-one", { name: "Ann O'Hara", title: "Head, of it" }), 1);
  see("party", m.acts.add(tree, "parties", "fresh", { name: "Fresh", role: "observer" }), sectioned("parties", "fresh", { name: "Fresh", role: "observer" }), 1);
  see("source", m.acts.add(tree, "sources", "paper-9", { title: "A: title", date: "2024", reliability: "B" }),
    sectioned("sources", "paper-9", { title: "A: title", date: "2024", reliability: "B" }), 1);
  see("issue", m.acts.add(tree, "issues", "thing", { by: c.parties[0].id, for: c.parties[1].id, options: ["none", "some", "all-of-it"] }),
    sectioned("issues", "thing", { by: c.parties[0].id, for: c.parties[1].id, options: ["none", "some", "all-of-it"] }), 1);
  const said = { ...statement, by: c.parties[0].id, claims: [{ party: c.parties[0].id, ranks: c.issues.map((i) => i.id) }, { party: c.parties[1].id, accepts: {} }] };
  see("statement", m.acts.add(tree, "statements", "new-words", said), withKey(whole, "statements",
    [...(whole.statements ?? []), m.acts.ordered({ id: "new-words", ...said }, m.acts.ORDER.statements)], m.acts.ORDER.case), 1);

  const list = c.statements.map((s) => ["statements", s]).concat(c.assumptions.map((s) => ["assumptions", s]));
  const draw = draws(3);
  for (const [section, s] of list) {
    const to = (change) => ({ ...whole, [section]: whole[section].map((x, i) => (i === s.index ? change(x) : x)) });
    const order = m.acts.ORDER[section];
    const key = s.kind ?? "because";
    const old = String(s.words[key] ?? "");
    const lines = 2 + Math.ceil(old.length / 60);
    see(`${s.id}: words`, m.acts.change(tree, section, s.id, { [key]: `${old} And more.` }), to((x) => ({ ...x, [key]: `${old} And more.` })), lines);
    if (section === "statements") {
      see(`${s.id}: credibility`, m.acts.change(tree, section, s.id, { credibility: "6" }), to((x) => withKey(x, "credibility", "6", order)), 1);
      if (s.words.private === undefined) {
        const secret = m.acts.change(tree, section, s.id, { private: "true" });
        see(`${s.id}: private`, secret, to((x) => withKey(x, "private", "true", order)), 1);
        const after = m.apply(text, secret.patches);
        const back = m.acts.change(m.read(after), section, s.id, { private: undefined });
        // By bytes undo brings it back; taken out by the form a line that was broken for it may stay joined.
        if (JSON.stringify(plainOf(m.apply(after, back.patches ?? []))) !== JSON.stringify(m.words(whole))) faults.push(`${s.id}: private and back is another text: ${back.why ?? moved(text, m.apply(after, back.patches)).came.join("\n")}`);
      }
      see(`${s.id}: date goes`, m.acts.change(tree, section, s.id, { date: undefined, "date-basis": undefined }),
        to((x) => withKey(withKey(x, "date", undefined, order), "date-basis", undefined, order)), 2);
      const other = s.kind === "quote" ? "reported" : "quote";
      if (s.kind) {
        const act = m.acts.change(tree, section, s.id, { [s.kind]: undefined, [other]: "Other words" });
        const after = act.why ? null : plainOf(m.apply(text, act.patches))[section][s.index];
        if (!after || after[other] !== "Other words" || s.kind in after) faults.push(`${s.id}: ${s.kind} for ${other}: ${act.why ?? JSON.stringify(after)}`);
      }
    }
    const more = { party: c.parties[draw(c.parties.length)].id, accepts: { [c.issues[0].id]: c.issues[0].levels.at(-1)?.id ?? String(c.issues[0].range?.to) } };
    see(`${s.id}: a claim more`, m.acts.change(tree, section, s.id, { claims: [...s.claims, more] }),
      to((x) => withKey(x, "claims", [...s.claims, more], order)), 1);
    if (s.claims.length > 1) {
      see(`${s.id}: a claim less`, m.acts.change(tree, section, s.id, { claims: s.claims.slice(0, -1) }),
        to((x) => ({ ...x, claims: s.claims.slice(0, -1) })), 12);
    }
    const gone = m.acts.remove(tree, verbs, section, "statement", s.id);
    const kept = whole[section].filter((_, i) => i !== s.index);
    if (!gone.why && kept.length > 0) see(`${s.id}: taken out`, gone, { ...whole, [section]: kept }, 40);
    else if (!gone.why && moved(text, m.apply(text, gone.patches)).came.length > 0) faults.push(`${s.id}: lines came`);
  }
  for (const e of c.sources) {
    const to = (words) => ({ ...whole, sources: { ...whole.sources, [e.id]: ["author", "private"].reduce((x, k) => (words[k] === undefined ? x : withKey(x, k, words[k], m.acts.ORDER.sources)), whole.sources[e.id]) } });
    const both = { author: "Ann O'Hara, ed.", private: "true" };
    for (const k of Object.keys(both)) see(`${e.id}: ${k}`, m.acts.change(tree, "sources", e.id, { [k]: both[k] }), to({ ...whole.sources[e.id], [k]: both[k] }), 1);
    if (!/^sources: *\{/m.test(text)) see(`${e.id}: author and private`, m.acts.change(tree, "sources", e.id, both), to(both), 1);
  }
  for (const p of c.parties) {
    const limit = { value: ["0.1", "0.3"], private: "true" };
    const entry = whole.parties[p.id] && typeof whole.parties[p.id] === "object" ? whole.parties[p.id] : {};
    see(`${p.id}: a private reservation`, m.acts.change(tree, "parties", p.id, { reservation: limit }),
      { ...whole, parties: { ...whole.parties, [p.id]: withKey(entry, "reservation", limit, m.acts.ORDER.parties) } }, 2);
  }
  for (const i of c.issues) {
    const act = m.acts.rename(tree, verbs, "issue", i.id, "renamed-x");
    const after = act.why ? "" : m.apply(text, act.patches);
    if (act.why) faults.push(`${i.id}: ${act.why}`);
    else if (text.split("\n").length !== after.split("\n").length) faults.push(`${i.id}: lines moved`);
    const back = m.acts.rename(m.read(after), verbs, "issue", "renamed-x", i.id);
    if (m.apply(after, back.patches ?? []) !== text) faults.push(`${i.id}: renamed there and back is another text`);
    for (const level of i.levels) {
      const there = m.acts.rename(tree, verbs, "level", level.id, "other-y", i.id);
      const then = m.apply(text, there.patches ?? []);
      const again = m.apply(then, m.acts.rename(m.read(then), verbs, "level", "other-y", level.id, i.id).patches ?? []);
      if (again !== text) faults.push(`${i.id} ${level.id}: ${there.why ?? "there and back is another text"}`);
    }
    if (i.levels.length > 0) {
      const grown = [...i.levels.map((l) => l.id), "one-more", "and-more"];
      const wider = m.acts.setLevels(tree, verbs, i.id, grown);
      if (wider.why || m.caseOf(m.read(m.apply(text, wider.patches))).issues.find((x) => x.id === i.id).levels.map((l) => l.id).join() !== grown.join()) {
        faults.push(`${i.id}: levels: ${wider.why}`);
      }
    }
  }
  if (entente && existsSync(entente) && faultsOf(text).length === 0) {
    const issue = c.issues[0].id;
    for (const [what, act] of [
      ["a renamed issue", m.acts.rename(tree, verbs, "issue", issue, "renamed-x")],
      ["a renamed party", m.acts.rename(tree, verbs, "party", c.parties[0].id, "renamed-p")],
      ["a statement", m.acts.add(tree, "statements", "new-words", { ...said, claims: [{ party: c.parties[0].id, accepts: {} }] })],
    ]) faults.push(...(act.why ? [`${what}: ${act.why}`] : faultsOf(m.apply(text, act.patches)).map((f) => `${what}: check: ${f}`)));
  }
  ok(`${file}: each act changes its own lines and no other, and reads as meant`, faults);
}

// ---- Claims in chips, words in sources, endings of lines --------------------------------------
{
  const faults = [];
  let claims = 0;
  for (const [file, text] of Object.entries(examples)) {
    const c = m.caseOf(m.read(text));
    for (const s of [...c.statements, ...c.assumptions]) {
      for (const claim of s.claims) {
        claims++;
        const d = m.claims.draftOf(claim, verbs);
        if (!m.sameValue(m.claims.claimOf(d, verbs), claim)) faults.push(`${file} ${s.id}: ${JSON.stringify(claim)} became ${JSON.stringify(m.claims.claimOf(d, verbs))}`);
        const lack = m.claims.missing(d, verbs, c);
        if (lack) faults.push(`${file} ${s.id}: whole, and said to lack ${lack}`);
      }
    }
  }
  const unknown = new Set(verbs.map((v) => v.name));
  Object.values(examples).forEach((t) => verbs.forEach((v) => t.includes(`${v.name}:`) && unknown.delete(v.name)));
  ok(`${claims} claims of all ${verbs.length} verbs go into chips and come out as they were`, [...faults, ...[...unknown].map((v) => `no example of ${v}`)]);
}
{
  const source = "He said: \u201cWe will not \u2013 ever \u2013 sign.\u201d The nego-\ntiators left. * We  waited.\nwe waited long, and signed ﬁnally.";
  const folded = m.fold(source);
  const at = (words) => m.findWords(folded, words).map((s) => source.slice(s.from, s.to).replace(/\n/g, "|"));
  const want = [
    ["we will not - ever - sign", ["We will not \u2013 ever \u2013 sign"]], ["The negotiators left.", ["The nego-|tiators left"]],
    ["We waited", ["We  waited", "we waited"]], ["[W]e will not [...] sign.", ["We will not \u2013 ever \u2013 sign"]],
    ["signed finally", ["signed ﬁnally"]], ["gotiators", []], ["left ... signed", ["left. * We  waited.|we waited long, and signed"]], ["", []], ["...", []],
  ];
  ok("words are found in a source as check compares them", want.filter(([w, found]) => JSON.stringify(at(w)) !== JSON.stringify(found)).map(([w]) => `${w}: ${JSON.stringify(at(w))}`));
}
{
  const joined = [
    ["the nego-\ntiators and all negotiators", "the negotiators\nand all negotiators"], ["a nego-\ntiator left", "a nego-\ntiator left"],
    ["a well-\nknown rule, well-known", "a well-\nknown rule, well-known"], ["wellknown and well-known, well-\nknown", "wellknown and well-known, well-\nknown"],
    ["co\u00ad\nop, so\u00adft", "coop,\nsoft"], ["Nine-\nTen, nineten", "Nine-\nTen, nineten"], ["nego-\ntiators.) Negotiators", "negotiators.)\nNegotiators"], ["1-\n2", "1-\n2"],
  ];
  const run = (str, y, hasEOL = true) => ({ str, hasEOL, transform: [1, 0, 0, 1, 0, y], height: 10 });
  const laid = m.pdf.pageText([run("One", 700), run("two", 688, false), run("  three ", 688), { hasEOL: true }, run("Far", 650), run("Next column", 700), { type: "beginMarkedContent" }]);
  ok("words of a PDF: lines, paragraphs, columns; a broken word is joined where that is certain", [
    ...joined.filter(([from, to]) => m.pdf.joinBroken(from) !== to).map(([from]) => JSON.stringify([from, m.pdf.joinBroken(from)])),
    ...(laid === "One\ntwo three\n\nFar\n\nNext column" ? [] : [JSON.stringify(laid)]),
    ...(m.pdf.emptyPages(["", "a", " ", "", "b", ""]) === "1, 3 to 4, 6" ? [] : [m.pdf.emptyPages(["", "a", " ", "", "b", ""])]),
  ]);
}
{
  // A file whose lines end in two ways: what two far patches leave between them keeps its endings.
  const text = "\uFEFFentente: 1\r\ntitle: t\nparties: {a: {}, b: {}}\r\nissues:\n  water: {by: a, options: [x, y]}\r\nstatements:\n  - {id: s, by: a, reported: w,\r\n     claims: [{party: a, accepts: {water: y}}]}\n";
  const { words, form } = m.parted(text);
  const act = m.acts.rename(m.read(words), verbs, "issue", "water", "river");
  const added = m.acts.add(m.read(words), "people", "p", { name: "P" });
  const grown = m.together(m.apply(words, added.patches), words, form);
  ok("so does a section that comes in between", grown.replace(/people:.*\r?\n {2}p: .*\r?\n\r?\n/, "").replace(/\r\n\r\nissues/, "\r\nissues") === text ? [] : [JSON.stringify(grown), JSON.stringify(text)]);
  ok("a rename leaves a file's mixed endings of lines and its mark", m.together(m.apply(words, act.patches), words, form) === text.replace(/water/g, "river"));
}

// ---- Random acts, and all of them undone -----------------------------------------------------
for (const [file, text] of Object.entries(examples)) {
  const draw = draws(file.length * 31);
  let state = m.EditorState.create({ doc: text, extensions: [m.commands.history()] });
  const faults = [];
  const steps = [text];
  const rounds = text.length > 200000 ? 4 : 30;
  for (let i = 0; i < rounds; i++) {
    const now = state.doc.toString();
    const tree = m.read(now);
    const c = m.caseOf(tree);
    const s = c.statements[draw(c.statements.length)];
    const issue = c.issues[draw(c.issues.length)];
    const acts = [
      () => m.acts.add(tree, "people", `p-${i}`, { name: `Person ${i}`, for: c.parties[0].id }),
      () => m.acts.add(tree, "statements", `s-${i}`, { ...statement, by: c.parties[draw(c.parties.length)].id }),
      () => s && m.acts.change(tree, "statements", s.id, { credibility: String(1 + draw(6)), via: draw(2) ? "a person: of trust" : undefined }),
      () => s && m.acts.change(tree, "statements", s.id, { claims: draw(2) ? [] : [{ party: c.parties[0].id, refuses: {} }] }),
      () => s && m.acts.remove(tree, verbs, "statements", "statement", s.id),
      () => m.acts.rename(tree, verbs, "issue", issue.id, `issue-${i}`),
      () => m.acts.rename(tree, verbs, "party", c.parties[draw(c.parties.length)].id, `party-${i}`),
      () => m.acts.setTop(tree, "summary", draw(3) ? `Summary ${i}. ${"More of it. ".repeat(draw(20))}End` : ""),
    ];
    const act = acts[draw(acts.length)]();
    if (!act || act.why || act.patches.length === 0) continue;
    const expected = m.apply(now, act.patches);
    try {
      state = state.update({ changes: act.patches, annotations: m.commands.isolateHistory.of("full") }).state;
    } catch (e) {
      faults.push(`${i}: ${e.message}`);
      continue;
    }
    if (state.doc.toString() !== expected) faults.push(`${i}: the editor makes another text of the patches`);
    const fault = m.read(expected).fault;
    if (fault) faults.push(`${i}: line ${fault.line}: ${fault.message}\n${moved(now, expected).came.join("\n")}`);
    steps.push(expected);
  }
  const run = (command) => command({ state, dispatch: (t) => (state = t.state) });
  for (let i = steps.length - 2; i >= 0; i--) {
    run(m.commands.undo);
    if (state.doc.toString() !== steps[i]) faults.push(`undo to step ${i} is another text`);
  }
  if (state.doc.toString() !== text) faults.push("undone, the text is another");
  for (let i = 1; i < steps.length; i++) run(m.commands.redo);
  if (state.doc.toString() !== steps.at(-1)) faults.push("redone, the text is another");
  ok(`${file}: ${steps.length - 1} random acts, each one step of undo, byte for byte`, faults);
}

rmSync(folder, { recursive: true });
console.log(`1..${count}`);
process.exit(bad ? 1 : 0);
