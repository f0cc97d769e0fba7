#!/usr/bin/env python3
"""Every surface gives the same number for the same question. TAP output.

usage: surfaces.py ENTENTE SOURCE_ROOT

The report, the page, the file with the page inside and the single commands are asked about the
same cases; every number that two of them print is compared: JSON with JSON exactly, with the page
up to its four digits, with --plain exactly, and with text up to whole percents. What is doubtful
about a number stands in the answer itself, also with --quiet.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

entente, root = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
DIGITS = 0.00005001  # what the page is rounded by


def run(command, *options):
    done = subprocess.run([entente, command, *map(str, options), "--quiet"], capture_output=True,
                          text=True, timeout=300)
    assert done.returncode in (0, 1, 4), (command, options, done.stderr)
    return done.stdout


def ask(command, *options):
    return json.loads(run(command, *options, *([] if command == "page" else ["--json"])))


def percent(share):
    """As text tells it."""
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{int(100 * share + 0.5)}%"


def by_name(document, key="name"):
    return {a[key]: a for a in document["accounts"]}


def body(document):
    """A document without its head."""
    head = {"schema", "engine", "worlds", "seed"}
    return {k: v for k, v in document.items() if k not in head}


class Compared:
    """Pairs of numbers under one name; how many there were."""

    def __init__(self, name):
        self.name, self.count, self.wrong = name, 0, []

    def same(self, what, a, b, within=0.0):
        self.count += 1
        both = a is None and b is None
        if not both and (a is None or b is None or abs(a - b) > within):
            self.wrong.append(f"{what}: {a} and {b}")

    def true(self, what, good):
        self.count += 1
        if not good:
            self.wrong.append(what)

    def done(self, least=1):
        tap.check(f"{self.name} ({self.count} compared)", not self.wrong and self.count >= least,
                  "\n".join(self.wrong[:12]))


def zones(name, a):
    c = Compared(f"{name}: zone and best package")
    page_accounts = {x["id"]: x for x in a["page"]["accounts"]}
    text = {k: re.sub(r"\s+", " ", a[k]) for k in ("deals text", "report text", "influence text")}
    plain = {}
    for line in a["deals plain"].splitlines():
        kind, account, *rest = line.split("\t")
        plain.setdefault(account, []).append((kind, rest))
    for account, deals in by_name(a["deals"]).items():
        zone = deals["zone"]
        best = deals["deals"][0]["joint"] if deals["deals"] else 0
        page = page_accounts[account]["picture"]
        for other in ("report", "influence"):
            document = a["report"]["influence"] if other == "report" else a["influence"]
            same = by_name(document)[account]["zone"]
            c.same(f"{account} zone of {other}", zone["share"], same["share"])
            c.same(f"{account} error of {other}", zone["error"], same["error"])
        again = by_name(a["report"]["deals"])[account]
        c.same(f"{account} zone in report", zone["share"], again["zone"]["share"])
        c.same(f"{account} page", zone["share"], page["zone"]["share"], DIGITS)
        c.same(f"{account} page's error", zone["error"], page["zone"]["error"], DIGITS)
        c.true(f"{account} packages counted once", deals["available"] == page["available"] ==
               again["available"])
        c.true(f"{account} zone below best", zone["share"] >= best)
        c.same(f"{account} plain zone", zone["share"], float(plain[account][0][1][0]))
        if deals["deals"]:
            c.same(f"{account} best in report", best, again["deals"][0]["joint"])
            c.same(f"{account} best on page", best, page["deals"][0][2], DIGITS)
            c.same(f"{account} best in plain", best, float(plain[account][1][1][0]))
        c.true(f"{account} zone in text of deals",
               f"some package suits all in {percent(zone['share'])} of" in text["deals text"])
        low, high = (zone.get("unnamed_against"), zone.get("unnamed_for"))
        told = percent(zone["share"]) if low is None or percent(low) == percent(high) else \
            f"{percent(low)} to {percent(high)}"
        if deals["deals"] and 0 < zone["share"]:
            alone = f"({told}; the best single one: {percent(best)})"
            same = f"({told}, by one and the same package)"
            c.true(f"{account} zone and best in text of report",
                   (same if told == percent(best) else alone) in text["report text"])
    c.done(10)


def walks(name, a):
    c = Compared(f"{name}: stay or walk")
    keys = ("break_even", "break_even_low", "break_even_high", "no_chance_is_enough", "no_deal",
            "haggling", "staying_pays", "worlds", "gain", "staying_cannot_lose")
    zone = {k: v["zone"]["share"] for k, v in by_name(a["deals"]).items()}
    haggled = by_name(a["haggle"]) if a["haggle"] else {}
    others = {"report": a["report"]["walk"]["accounts"],
              "page": [w for x in a["page"]["accounts"] for w in x["walk"]]}
    text = re.sub(r"\s+", " ", a["walk text"])
    for w in a["walk"]["accounts"]:
        for other, list_ in others.items():
            same = [x for x in list_ if (x["account"], x["party"]) == (w["account"], w["party"])]
            c.true(f"{w['account']} {w['party']} is in {other}", len(same) == 1)
            for key in keys:
                c.same(f"{w['account']} {w['party']} {key} in {other}", w.get(key),
                       same[0].get(key) if same else None)
        c.same(f"{w['account']} no deal beside the zone", w["no_deal"], 1 - zone[w["account"]],
               1e-12)
        c.true(f"{w['account']} no chance is enough where there is no deal",
               w["no_chance_is_enough"] >= w["no_deal"] - 1e-12)
        if w["haggling"] is not None and w["account"] in haggled:
            c.same(f"{w['account']} haggling", w["haggling"],
                   haggled[w["account"]]["agreement"]["share"])
        c.true(f"{w['account']} {w['party']} in text",
               percent(w["no_chance_is_enough"]) in text)
    c.done(20)


def toggles(name, a):
    c = Compared(f"{name}: what to find out first")
    report = by_name(a["report"]["influence"])
    pages = {x["id"]: x for x in a["page"]["accounts"]}
    ids = [s["id"] for s in a["page"]["statements"]]
    for account, influence in by_name(a["influence"]).items():
        page = {ids[r["statement"]]: r for r in pages[account]["influence"]["rows"]}
        # The page looks at the zone; where it can hardly move, influence looks at the best package.
        of_zone = influence.get("of", "zone") == "zone"
        for here, there in zip(influence["statements"], report[account]["statements"]):
            c.true("the same order", here["id"] == there["id"])
            for kind in ("without", "with"):
                if here[kind] is None:
                    continue
                share = here[kind]["share"]
                c.same(f"{account} {kind} {here['id']} in report", share, there[kind]["share"])
                if of_zone:
                    c.same(f"{account} {kind} {here['id']} on page", share,
                           page[here["id"]][kind]["share"], DIGITS)
    c.done(20)


def documents(name, a):
    c = Compared(f"{name}: parts of the report are the single commands' documents")
    for part in ("accounts", "bridge", "influence", "walk"):
        c.true(part, body(a["report"][part]) == body(a[part]))
    for here, there in zip(a["plan"]["accounts"], a["report"]["plan"]["accounts"]):
        c.true("plan's deal", here["deal"] == there["deal"])
        if here["deal"] is not None and there["deal"] is not None:
            c.true("trust", here["trust_by_phases"] == there["trust_by_phases"])
    c.done(5)


def placed(name, options, a):
    """Where each side last stood is an account's own, also where accounts believe the same."""
    c = Compared(f"{name}: last positions in accounts, bridge and bridge --account")
    known = by_name(a["accounts"])
    for account in a["bridge"]["accounts"]:
        positions = {p["party"]: p.get("statement") for p in account["positions"]}
        stated = {k: v["statement"] for k, v in known[account["name"]]["positions"].items()}
        c.true(f"{account['name']}: {positions}, {stated}",
               {k: v for k, v in positions.items() if v} ==
               {k: v for k, v in stated.items() if k in positions})
        alone = ask("bridge", *options, "--account", account["name"])["accounts"]
        c.true(f"{account['name']} alone", alone == [account])
        c.true(f"{account['name']} in the report",
               by_name(a["report"]["bridge"])[account["name"]] == account)
    c.done(3)


def steps(name, a):
    c = Compared(f"{name}: plan, stability and the exchange map on the page")
    pages = {x["id"]: x for x in a["page"]["accounts"]}
    for here in a["plan"]["accounts"]:
        page = pages[here["name"]]["plan"]
        if here["deal"] is not None and page is not None:
            c.true(f"{here['name']} plan", here["deal"] == page["deal"] and
                   here["trust_by_phases"] == page["trust_by_phases"] and
                   here["plan"] == page["plan"])
    for account in a["exchange"]["accounts"]:
        page = pages[account["name"]]["exchange"][0]
        joint = [cell for cell in page["joint"] if cell is not None]
        c.true(f"{account['name']} map", len(joint) > 0)
        best = by_name(a["deals"])[account["name"]]["deals"]
        if best:
            c.true(f"{account['name']} best cell is at most the best package",
                   max(joint) <= best[0]["joint"] + DIGITS)
    c.done(2)


def forward(name, a):
    c = Compared(f"{name}: menu, questions and history beside the deals")
    menu, questions = by_name(a["menu"]), by_name(a["ask"])
    last = by_name(a["history"]["dates"][-1]) if a["history"]["dates"] else {}
    for account, deals in by_name(a["deals"]).items():
        zone = deals["zone"]["share"]
        best = deals["deals"][0]["joint"] if deals["deals"] else 0
        c.same(f"{account} zone of the menu", zone, menu[account]["zone"]["share"])
        if menu[account]["menus"]:
            c.same(f"{account} menu of one", best, menu[account]["menus"][0]["share"], 1e-12)
        c.same(f"{account} best of ask", best, questions[account]["best"], 1e-12)
        c.same(f"{account} ceiling of ask", zone, questions[account]["ceiling"], 1e-12)
        if account in last and last[account]["zone"] is not None:
            c.same(f"{account} last zone of history", zone, last[account]["zone"], 1e-12)
            c.same(f"{account} last best of history", best, last[account]["best"], 1e-12)
    c.done(4)


def page_in_file(name, a, options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        run("html", *options, "-o", path)
        text = path.read_text()
    data = re.search(r'id="entente-data">(.*?)</script>', text, re.S).group(1)
    # A file with the engine inside holds the first screen and computes the rest when it is opened.
    held = json.loads(data)
    here = {x["id"]: x["picture"] for x in a["page"]["accounts"]}
    there = {x["id"]: x["picture"] for x in held["accounts"]}
    tap.check(f"{name}: the file holds the page's pictures",
              here.keys() == there.keys() and all(
                  here[k]["zone"] == there[k]["zone"] and
                  [d[1:] for d in here[k]["deals"]] == [d[1:] for d in there[k]["deals"]]
                  for k in here if here[k] is not None), sorted(there))


def whole(name, path, options):
    options = [path, "--worlds", 900, *options]
    a = {k: ask(k, *options) for k in ("deals", "report", "influence", "walk", "bridge", "plan",
                                       "exchange")}
    a["page"] = ask("page", *options)
    a["haggle"] = ask("haggle", *options)
    a.update({k: ask(k, *options) for k in ("menu", "ask", "history")})
    a["accounts"] = ask("accounts", path, *accounts_options(options))
    a["deals plain"] = run("deals", *options, "--plain")
    for k in ("deals", "report", "influence", "walk"):
        a[f"{k} text"] = run(k, *options)
    zones(name, a)
    walks(name, a)
    toggles(name, a)
    forward(name, a)
    documents(name, a)
    placed(name, options, a)
    steps(name, a)
    page_in_file(name, a, options)


def accounts_options(options):
    """Those of the options that `accounts` has."""
    kept = []
    for i, option in enumerate(options):
        if option in ("--with", "--without", "--as-of", "--suppose"):
            kept += options[i:i + 2]
    return kept


def doubts():
    """Few worlds, poor samples and later statements are told in every form, --quiet or not."""
    case = root / "examples" / "labour.yaml"
    few = [case, "--worlds", 50]
    document = ask("deals", *few)
    text = run("deals", *few)
    report = run("report", *few)
    for account in document["accounts"]:
        zone = account["zone"]
        kinds = {d["kind"] for d in account["doubts"]}
        tap.check(f"few worlds are a doubt of {account['name']}",
                  bool(kinds & {"few-worlds", "poor-sample"}) == (zone["poor"] or any(
                      s["poor"] for s in account["sample"].values())) and bool(kinds), kinds)
        low, high = zone["interval"]
        tap.check(f"an interval of {account['name']} holds its share",
                  low <= zone["share"] <= high and high > low, zone)
    tap.check("few worlds are told in text", "W101" in text and "W101" in report, text)
    tap.check("no error of 0.0 is told", "0.0 points" not in text + report)
    one = run("deals", case, "--worlds", 1)
    tap.check("one world tells no error of 0.0", "0.0 points" not in one and "W101" in one, one)
    hanoi = root / "examples" / "hanoi.yaml"
    head = re.sub(r"\s+", " ", run("report", hanoi, "--as-of", "2019-02-28", "--worlds", 50))
    later = [s for s in re.findall(r"(\d+) later statements? left out", head)]
    tap.check("text says as of when, and how many are later",
              "as of 2019-02-28 (UTC): " in head and later and int(later[0]) > 3, head[:400])


BORDERS = """entente: 1
title: Prices at the border of what was refused
parties: {a: {reservation: [0, 0.2]}, b: {name: Bo}, c: {role: approver, approves: [x]}}
issues:
  x: {by: a, for: b, options: [n, s, m], stakes: {c: "+"}}
  y: {by: b, for: a, items: [p, q, r]}
  z: {by: a, for: [b, c], range: {from: 0, to: 10, step: 5}}
rules: [{if: {x: m}, then: {y: [p, q]}}]
statements:
  - {id: s1, by: a, date: 2024-01-01, quote: so, claims: [{party: a, offers: {x: s}, for: {y: [p, q]},
     rest: open}]}
  - {id: s2, by: a, date: 2024-02-01, quote: so, claims: [{party: a, never: {z: 5}},
     {party: a, requires: {y: p}}]}
  - {id: s3, by: b, date: 2024-02, quote: so, claims: [{party: b, demands: {x: m}, for: {y: p}}]}
  - {id: s4, by: c, date: 2024-03-01, quote: so, claims: [{party: b, cannot: {y: r}}]}
"""


def borders():
    """A world that lies on a border by rounding puts nothing on the table that nobody can take."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "borders.yaml")
        path.write_text(BORDERS)
        wrong = []
        for seed in range(1, 9):
            for account in ask("menu", path, "--seed", seed)["accounts"]:
                for menu in account["menus"]:
                    wrong += [(seed, i["package"]) for i in menu["items"]
                              if "impossible" in i["verdicts"].values()]
        tap.check("what is impossible for somebody is on no menu", not wrong, wrong)


def many():
    """A hundred and twenty statements with a thousand disputes are told on two pages."""
    lines = ["entente: 1", "title: Many words", "parties: {a: {name: Ana}, b: {name: Bo}}",
             "people: {p: {name: Pat, for: a}, q: {name: Quin, for: b}}", "issues:",
             "  pay: {by: a, for: b, range: {from: 0, to: 10, step: 1}}",
             "  calm: {by: b, for: a, options: [none, half, whole]}", "statements:"]
    kinds = (("no", "q", 1, "refuses", "a", 1, 3), ("yes", "p", 2, "accepts", "a", 4, 3),
             ("say", "q", 3, "accepts", "b", 4, 6))
    for name, by, month, verb, party, low, count in kinds:
        for i in range(40):
            calm = "whole" if party == "a" else "half"
            lines.append(
                f"  - {{id: {name}-{i}, by: {by}, date: 2020-{month:02d}-{1 + i % 28:02d}, "
                f"quote: so, claims: [{{party: {party}, {verb}: "
                f"{{pay: {low + i % count}, calm: {calm}}}}}]}}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "many.yaml")
        path.write_text("\n".join(lines) + "\n")
        disputes = len(ask("accounts", path)["disputes"])
        text = run("accounts", path)
        tap.check(f"{disputes} disputes on two pages ({text.count(chr(10))} lines)",
                  disputes >= 1000 and text.count("\n") <= 132)


borders()
many()
for example in ("hanoi", "camp-david", "labour"):
    whole(example, root / "examples" / f"{example}.yaml", [])
whole("hanoi as of a day", root / "examples" / "hanoi.yaml",
      ["--as-of", "2019-03-01", "--without", "trump-entirety", "--seed", 5])
twins = [root / "tests" / "golden" / "same_accounts.yaml", "--worlds", 300]
placed("accounts that believe the same", twins,
       {k: ask(k, *twins[:1 if k == "accounts" else 3]) for k in ("accounts", "bridge", "report")})
doubts()
tap.finish()
