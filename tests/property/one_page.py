#!/usr/bin/env python3
"""`entente report` is one page: 66 lines of 80 columns. TAP output.

usage: one_page.py ENTENTE SOURCE_ROOT

For the examples, and for made-up cases of up to 40 statements, 5 accounts, 7 parties and 12 issues,
with long names, many disputes, councils with open votes, and records that leave nothing to answer.
What the page says of shares is what the JSON has, and it speaks of no odds.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

entente, root = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
LINES, COLUMNS = 66, 80
LONG = ("the committee for all that has to do with roads", "harbours", "the price of water upstream",
        "an office that is to be founded in the third year after signing", "pay", "the old ferry",
        "guarantees by others who have not been asked yet and may well say no to all of it")


def run(*words):
    done = subprocess.run([entente, *map(str, words), "--quiet", "--threads", "1"], text=True,
                          capture_output=True, timeout=200,
                          env=dict(os.environ, COLUMNS=str(COLUMNS), NO_COLOR="1"))
    return done.stdout, done.stderr


def name(rng, kind, i):
    words = " and ".join(rng.sample(LONG, rng.choice((1, 1, 1, 2, 3))))
    return f"{kind} {i}" if rng.random() < 0.5 else f"{kind} {i} of {words}"


def package(rng, issues, by, worth):
    """Something that the party gives and something that it gets, and what that is worth to it."""
    chosen, value = [], 0
    for gives in (True, False):
        of = [i for i in issues if by in (i["by"], i["to"]) and (i["by"] == by) == gives]
        for i in rng.sample(of, min(len(of), rng.choice((1, 1, 2)))):
            level = rng.randrange(1, len(i["levels"]))
            chosen.append(f"i{i['at']}: l{level}")
            value += level * worth[by, i["at"]] * (-1 if gives else 1)
    return "{" + ", ".join(chosen) + "}", value


def made_up(seed):
    """A valid case; odd seeds have as much of everything as the page is made for."""
    rng = random.Random(seed)
    full = seed % 2 == 1
    parties = 5 if full else rng.randint(2, 4)
    lines = ["entente: 1", f"title: \"{name(rng, 'The talks', seed)}\"", "parties:"]
    lines += [f"  p{i}: {{name: \"{name(rng, 'Party', i)}\"}}" for i in range(parties)]
    if seed % 3 == 0:
        lines += ["  watch: {name: The press, role: observer}",
                  "  board: {name: \"" + name(rng, "Board", 0) + "\", role: approver, approves: [i0], "
                  "approval: {votes: 4, of: 7, members: [p0, p1], veto: [p0, p1], others: 1, "
                  "because: two of them abstained}}"]
    lines += ["people:"] + [f"  s{i}: {{name: \"{name(rng, 'Speaker', i)}\", for: p{i}}}"
                            for i in range(parties)]
    issues, worth = [], {}
    lines.append("issues:")
    for at in range(12 if full and seed % 4 == 1 else rng.randint(parties, 6)):
        by, to = (at % parties, (at + 1) % parties)
        levels = [f"l{k}" for k in range(rng.randint(2, 3))]
        issues.append({"at": at, "by": by, "to": to, "levels": levels})
        worth[by, at], worth[to, at] = rng.random(), rng.random() + (seed % 5) / 4
        lines.append(f"  i{at}: {{name: \"{name(rng, 'Issue', at)}\", by: p{by}, for: p{to}, "
                     f"options: [{', '.join(levels)}]}}")
    lines.append("statements:")
    count = 40 if full else rng.randint(1, 30)
    true = []
    for i in range(count):
        party = rng.randrange(parties)
        what, value = package(rng, issues, party, worth)
        fits = rng.random() < 0.8  # the others contradict it
        true += [i] if fits else []
        lines.append(f"  - {{id: said-by-somebody-{i}, by: s{rng.randrange(parties)}, "
                     f"date: 2020-{1 + i % 12:02d}-11, quote: \"so it was said\", claims: "
                     f"[{{party: p{party}, {'accepts' if (value > 0) == fits else 'refuses'}: "
                     f"{what}}}]}}")
    if full:
        lines.append("accounts:")
        for a in range(5):
            believed = sorted(rng.sample(true, min(len(true), 4 + 2 * a)))
            lines.append(f"  a{a}: {{name: \"{name(rng, 'What stands in paper', a)}\", believes: "
                         f"[{', '.join(f'said-by-somebody-{i}' for i in believed)}], "
                         f"only: {'true' if a % 2 else 'false'}}}")
    return "\n".join(lines) + "\n"


def percents(text):
    return re.findall(r"[<>]?\d+%", text)


def shown(share):
    percent = 100 * share
    return ("<1%" if 0 < percent <= 0.5 else ">99%" if 99.5 <= percent < 100
            else f"{int(percent + 0.5)}%")


def check_page(label, path, *options):
    page, said = run("report", path, *options)
    lines = page.splitlines()
    tap.check(f"{label}: {len(lines)} lines", 10 <= len(lines) <= LINES, page + said)
    wide = [l for l in lines if len(l) > COLUMNS and len(l.split()) > 1]
    tap.check(f"{label}: within {COLUMNS} columns", not wide, wide)
    lower = re.sub("they are not odds", "", page.lower())
    tap.check(f"{label}: no odds", not re.search(r"\bodds\b|\blikely\b|probab", lower), page)
    return page


def check_numbers(label, page, document):
    """Every figure of the page's table is one of the document's."""
    deals = document["deals"]["accounts"]
    known = set()
    for account in deals:
        zone = account["zone"]
        known |= {shown(zone[k]) for k in ("share", "unnamed_against", "unnamed_for") if k in zone}
        known |= {shown(d["joint"]) for d in account["deals"][:1]}
    table = page[page.index("account"):page.index("Shares of the pref")]
    rows = [l for l in table.splitlines() if re.match(r"some package|best single", l)]
    tap.check(f"{label}: shares of the table are the document's",
              all(p in known for l in rows for p in percents(l)), (rows, known))


for example in sorted((root / "examples").glob("*.yaml")):
    few = ["--worlds", 2000]
    page = check_page(example.name, example, *few)
    check_numbers(example.name, page, json.loads(run("report", example, "--json", *few)[0]))
    whole, _ = run("report", example, "--full", *few)
    paragraphs = [p for p in whole.split("\n\n") if len(p) > 200]
    bodies = [p.split("\n", 1)[1] for p in paragraphs if "\n" in p]
    tap.check(f"{example.name}: --full repeats no section",
              len(bodies) > 5 and len(set(bodies)) == len(bodies), whole)

# What all sampled worlds say and no proof does is said of these worlds, not of all preferences.
for number, words in ((1, "the one sampled world"), (2, "each of 2 sampled worlds")):
    labour = [root / "examples" / "labour.yaml", "--worlds", number]
    told = " ".join(run("report", *labour)[0].split())
    zones = [a["zone"] for a in
             json.loads(run("report", *labour, "--json")[0])["deals"]["accounts"]]
    full = [z for z in zones if z["share"] == 1]
    tap.check(f"{number} worlds prove nothing",
              full and all(z["interval"][0] < 1 for z in full) and words in told and
              "all preferences" not in told, told)

with tempfile.TemporaryDirectory() as folder:
    answered = 0
    for seed in range(16):
        path = Path(folder, f"case{seed}.yaml")
        path.write_text(made_up(seed))
        page, said = run("report", path, "--worlds", 100)
        if not page:
            tap.check(f"case {seed} is refused with a reason", "error[" in said, said)
            continue
        answered += 1
        check_page(f"case {seed}", path, "--worlds", 100)
    tap.check("most made-up cases have an answer", answered >= 12, answered)
tap.finish()
