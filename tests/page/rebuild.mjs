// A whole record made anew by forms: every party, person, source, issue, rule, package, assumption and statement
// of a case is filled in field by field, as somebody would who has the article and no YAML.

const LABEL = { name: "Name", role: "Part at the table", color: "Colour", title: "Title", publisher: "Publisher", date: "Date", url: "Address" };
const ROLE = { approver: "approves: must accept deals about some issues", observer: "looks on", decider: "decides: must accept every deal" };
const KIND = { options: "one of several options", items: "any of several items", range: "a number" };
const GRADE = { A: "completely reliable", B: "usually reliable", C: "fairly reliable", D: "not usually reliable", E: "unreliable", F: "reliability cannot be judged" };
const CREDIBILITY = { 1: "confirmed by others", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable", 6: "truth cannot be judged" };
const FORM = "form.bench-form-inner";
const listOf = (v) => (v === undefined ? [] : Array.isArray(v) ? v : [v]);

export async function rebuild(h, c, verbs) {
  const at = (label) => ({ label });
  const plainly = (name) => name.replace(/-/g, " ");
  const partyName = (id) => c.parties.find((p) => p.id === id)?.words.name ?? id;
  const issueOf = (id) => c.issues.find((i) => i.id === id);
  const add = async (d, one) => {
    await h.openDrawer(d);
    await h.click(`#new-${one}`);
  };
  const shortName = (id) => h.write(at("Short name in the file"), id, FORM);
  const more = async () => {
    const open = await h.page.evaluate((f) => [...document.querySelectorAll(`${f} > details.sub`)].find((d) => d.querySelector("summary").textContent === "More")?.open, FORM);
    if (!open) await h.click({ summary: "More" }, FORM);
  };
  const bounds = async (label, value, within = FORM) => {
    const [low, high] = listOf(value);
    await h.write(at(`${label}, from`), String(low), within);
    if (high !== undefined) await h.write(at("to (empty: just that)"), String(high), within);
  };

  async function pack(label, value, within) {
    if (typeof value === "string") {
      await h.choose(at(`${label}: a named package`), value, within);
      return;
    }
    for (const [id, level] of Object.entries(value)) {
      const issue = issueOf(id);
      await h.choose(at(`${label}: add an issue`), issue.name, within);
      if (issue.kind === "range") await h.write({ starts: issue.name }, String(level), ".chip");
      else if (issue.kind === "items") {
        // All are ticked at first.
        const want = level === "all" ? issue.levels.map((l) => l.id) : listOf(level);
        for (const l of issue.levels) if (!want.includes(l.id)) await h.tick({ legend: `Which of ${issue.name}`, label: l.name, package: label }, within);
      } else await h.choose({ label: issue.name, package: label }, String(level), within);
    }
  }
  async function claim(i, x, within) {
    const verb = verbs.find((v) => x[v.name] !== undefined);
    if (await h.page.evaluate((n) => [...document.querySelectorAll(`#claim-party-${n}`)].at(-1).value, i) !== x.party) await h.choose(`#claim-party-${i}`, partyName(x.party));
    await h.choose(`#claim-verb-${i}`, plainly(verb.name));
    const part = async (shape, label, value) => {
      if (shape === "package") await pack(label, value, within);
      else if (shape === "issues") for (const id of value) await h.choose(at("+ issue"), issueOf(id).name, within);
      else if (shape === "interval" || shape === "share") await bounds(label, value, within);
      else throw new Error(`no hand for ${shape}`);
    };
    await part(verb.shape, plainly(verb.name), x[verb.name]);
    if (verb.partner && x[verb.partner.key] !== undefined) await part(verb.partner.shape, verb.partner.key, x[verb.partner.key]);
    if (x.rest === "open") await h.choose(`#rest-${i}`, "was not said");
    else if (x.rest) {
      await h.choose(`#rest-${i}`, "was not said of some issues");
      for (const id of listOf(x.rest)) await h.tick({ legend: "not said of", label: issueOf(id).name }, within);
    }
  }

  // ---- The table ------------------------------------------------------------------------------
  await h.openDrawer("case");
  await h.write(at("The record goes up to"), c.asOf);
  await h.write(at("What the case is about"), c.summary);
  await h.click({ summary: "Title and date" });
  for (const p of c.parties) {
    await add("parties", "party");
    await h.write(at("Name"), p.words.name, FORM);
    if (p.words.role === "observer") await h.choose(at(LABEL.role), ROLE.observer, FORM);
    if (p.words.reservation || p.words.color) await more();
    if (p.words.reservation) await bounds("Walks away below", p.words.reservation);
    if (p.words.color) await h.write(at(LABEL.color), p.words.color, FORM);
    await shortName(p.id);
    await h.click({ button: "Add the party" });
  }
  for (const p of c.people) {
    await add("people", "person");
    await h.write(at("Name"), p.words.name, FORM);
    if (p.words.for) await h.choose(at("For"), partyName(p.words.for), FORM);
    if (p.words.title) await h.write(at("Title"), p.words.title, FORM);
    await shortName(p.id);
    await h.click({ button: "Add the person" });
  }
  for (const s of c.sources) {
    await h.click("#new-source");
    for (const key of ["title", "publisher", "date", "url"]) if (s.words[key]) await h.write(at(LABEL[key]), s.words[key], FORM);
    if (s.words.reliability) await h.choose(at("Reliability"), `${s.words.reliability}: ${GRADE[s.words.reliability]}`, FORM);
    await shortName(s.id);
    await h.click({ button: "Add the source" });
    await h.there("#source-pick");
  }

  // ---- Issues ---------------------------------------------------------------------------------
  for (const i of c.issues) {
    await add("issues", "issue");
    await h.write(at("Name"), i.name, FORM);
    for (const [key, legend] of [["by", "Given by"], ["for", "For"]]) for (const p of listOf(i.words[key])) await h.tick({ legend, label: partyName(p) }, FORM);
    if (i.kind !== "options") await h.tick(at(KIND[i.kind]), FORM);
    if (i.kind === "options") for (const l of i.levels) await h.write(at("Add one, from little to much"), l.id, FORM, "Enter");
    for (const l of i.kind === "items" ? i.levels : []) {
      const words = i.words.items[l.id];
      await h.write(at("Add an item"), l.id, FORM, "Enter");
      await h.click({ summary: l.id }, FORM);
      const inside = "details.sub[open]";
      for (const [metric, figure] of Object.entries(words.sizes ?? {})) {
        await h.write(at("Sizes: add"), metric, inside, "Enter");
        await bounds(metric, figure.value ?? figure, inside);
        if (figure.source) {
          const title = c.sources.find((s) => s.id === figure.source).words.title ?? figure.source;
          await h.choose({ label: "its source", beside: metric }, title, inside);
        }
      }
      // The name last: it is what the fold is called by.
      await h.write(at("Name"), words.name, inside);
      await h.click({ summary: words.name }, FORM);
    }
    if (["stakes", "unit", "undo"].some((k) => i.words[k] !== undefined)) await more();
    for (const [p, sign] of Object.entries(i.words.stakes ?? {})) {
      await h.choose(at("Others with a stake: add"), partyName(p), FORM);
      await h.choose(at(partyName(p)), sign === "+" ? "gains by it" : "loses by it", FORM);
    }
    for (const [key, label] of [["unit", "Unit"], ["undo", "Comes back if it collapses"]]) {
      const value = i.words[key];
      if (value === undefined) continue;
      if (typeof value !== "object") {
        await h.write(at(label), value, FORM);
        continue;
      }
      await h.choose(at(`${label}: how it is told`), "each its own", FORM);
      for (const [k, v] of Object.entries(value)) {
        if (key === "unit") await h.write(at(`${label}: add`), k, FORM, "Enter");
        else await h.choose(at(`${label}: add`), i.levels.find((l) => l.id === k).name, FORM);
        await h.write(at(i.levels.find((l) => l.id === k)?.name ?? k), v, FORM);
      }
    }
    await shortName(i.id);
    await h.click({ button: "Add the issue" });
  }
  // What needs the issues: whose consent they ask.
  for (const p of c.parties.filter((x) => x.words.role === "approver")) {
    await h.click({ buttonStarts: p.words.name });
    await h.choose(at(LABEL.role), ROLE.approver, FORM);
    for (const id of listOf(p.words.approves)) await h.tick({ legend: "Must consent to", label: issueOf(id).name }, FORM);
    const a = p.words.approval;
    if (a) {
      await more();
      await h.click({ summary: "Votes" }, FORM);
      for (const [key, label] of [["votes", "Votes that it takes"], ["of", "Members in all"], ["others", "Of the other members, for"], ["because", "Because"]]) if (a[key]) await h.write(at(label), a[key], FORM);
      for (const [key, legend] of [["members", "Members of the case"], ["veto", "With a veto"]]) for (const m of listOf(a[key])) await h.tick({ legend, label: partyName(m) }, FORM);
    }
    await h.click({ button: "Keep" });
  }

  // ---- Rules, packages, assumptions -------------------------------------------------------------
  for (const r of c.rules) {
    await add("rules", "rule");
    await pack("What goes as far as", r.if, FORM);
    await pack("must go as far as", r.then, FORM);
    if (r.because) await h.write(at("Because"), r.because, FORM);
    await h.click({ button: "Add the rule" });
  }
  for (const p of c.packages) {
    await add("packages", "package");
    await pack("package", p.words, FORM);
    await shortName(p.id);
    await h.click({ button: "Add the package" });
  }
  for (const s of c.assumptions) {
    await add("assumptions", "assumption");
    await h.write(at("Because"), s.text, FORM);
    for (const [i, x] of s.claims.entries()) {
      if (i > 0) await h.click({ button: "+ claim" });
      await claim(i, x, `${FORM} .claim`);
    }
    await shortName(s.id);
    await h.click({ button: "Add the assumption" });
  }

  // ---- The record -------------------------------------------------------------------------------
  for (const s of c.statements) {
    const w = s.words;
    await h.click({ button: "Empty the form" });
    await h.choose("#statement-by", c.people.find((p) => p.id === s.by)?.words.name ?? partyName(s.by));
    await h.write("#statement-text", s.text);
    await h.tick({ label: { quote: "a quote", reported: "a paraphrase", editorial: "background" }[s.kind] });
    if (w.date) await h.write("#statement-date", w.date);
    if (w["date-basis"] === "inferred") await h.tick(at("inferred, not stated"));
    const form = "form.bench-form";
    await h.choose(at("Source"), w.source ? (c.sources.find((x) => x.id === w.source).words.title ?? w.source) : "none", form);
    if (w.credibility) await h.choose(at("Credibility"), `${w.credibility}: ${CREDIBILITY[w.credibility]}`, form);
    const folded = await h.page.evaluate((f) => !document.querySelector(`${f} > details.sub`).open, form);
    if (folded) await h.click({ summary: "More: through whom, about when, what it takes back" }, form);
    if (w.via) await h.write(at("Through whom"), w.via, form);
    if (w.about) await h.write(at("The time it speaks of"), w.about, form);
    await h.write(at("Short name in the file"), s.id, form);
    if (s.claims.length === 0) await h.tick(at("nothing that can be counted"));
    else await h.tick(at("something that can be counted"));
    for (const [i, x] of s.claims.entries()) {
      if (i > 0) await h.click("#add-claim");
      await claim(i, x, `${form} .claim`);
    }
    await h.keep();
    await h.inRecord(s.id);
  }
}
