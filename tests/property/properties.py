#!/usr/bin/env python3
"""Properties that must hold for every case, on random cases. TAP output.

usage: properties.py ENTENTE SOURCE_ROOT [SEED]

  threads    1, 2 and 8 threads print the same bytes
  names      exchanging two parties' names everywhere exchanges them in every result, exactly
  order      naming the parties in another order changes verdicts and disputes not at all, and
             shares by no more than sampling error
  monotone   believing one more statement never makes an impossible or necessary deal otherwise, but
             for a line, which makes what crosses it impossible
  products   the joint share is the product of the shares of those who are asked
  frontier   no listed deal beats a deal on the frontier of acceptability
  zone       the zone is never below the best single deal, for any seed and number of worlds, in no
             output, and has no error of 0 unless it is proved
  lines      one line more takes the share of its party where it is crossed, and changes no other

threads, names, monotone, zone and lines are tried on cases with councils as well.
"""
import json
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

binary, root = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
folder = Path(tempfile.mkdtemp())
WORLDS = 2000
count = failed = 0


def report(name, faults):
    global count, failed
    count += 1
    failed += bool(faults)
    print(f"{'not ok' if faults else 'ok'} {count} - {name}", flush=True)
    for fault in faults[:5]:
        print("#", str(fault)[:300])


def run(command, case, *options):
    path = folder / "case.yaml"
    path.write_text(json.dumps(case))
    p = subprocess.run([binary, command, path, *options], capture_output=True, text=True,
                       timeout=120)
    if p.returncode not in (0, 1):
        raise RuntimeError(f"{command} {options}: exit {p.returncode}: {p.stderr[:300]}")
    return p.stdout


def ask(command, case, *options):
    return json.loads(run(command, case, "--json", "-q", *options))


def issue(number, giver, getter):
    kind = chance.choice(["options", "options", "items", "range"])
    body = {"by": giver, "for": getter}
    if kind == "options":
        body["options"] = ["none"] + [f"level-{j}" for j in range(1, chance.randint(2, 4))]
    elif kind == "items":
        body["items"] = [f"item-{j}" for j in "abc"[:chance.randint(2, 3)]]
    else:
        body["range"] = {"from": 0, "to": 4, "step": 1}
    return body


def package(issues):
    chosen = {}
    for name, body in issues.items():
        if chance.random() < 0.4:
            continue
        if "options" in body:
            chosen[name] = chance.choice(body["options"][1:])
        elif "items" in body:
            chosen[name] = chance.sample(body["items"], chance.randint(1, len(body["items"])))
        else:
            chosen[name] = chance.randint(1, 4)
    return chosen


def line(party, issues):
    """A red line of something that the party gives, or a must-have of something that it gets."""
    red = chance.random() < 0.7
    own = [name for name, body in issues.items() if body["by" if red else "for"] == party]
    chosen = {}
    while own and not any(name in own for name in chosen):
        chosen = package(issues)
    return {"party": party, "never" if red else "requires": chosen} if own else claim(party, issues)


def claim(party, issues):
    verb = chance.choice(["accepts", "refuses", "prefers", "ranks", "weighs", "line"])
    body = {"party": party}
    if verb == "line":
        return line(party, issues)
    if verb in ("accepts", "refuses"):
        body[verb] = package(issues)
        if not body[verb]:
            return claim(party, issues)
    elif verb == "prefers":
        body[verb], body["over"] = package(issues), package(issues)
        if not body[verb] or not body["over"]:
            return claim(party, issues)
    elif verb == "ranks":
        body[verb] = chance.sample(list(issues), 2)
    else:
        body[verb] = {chance.choice(list(issues)): [0, round(chance.uniform(0.2, 0.8), 2)]}
    return body


def random_case():
    parties = ["ana", "bo"]
    issues = {}
    for number in range(1, chance.randint(4, 5)):
        giver = parties[number % 2]
        issues[f"issue-{number}"] = issue(number, giver, parties[1 - number % 2])
    case = {"entente": 1, "title": "A random case",
            "parties": {p: {"reservation": [0, round(chance.uniform(0, 0.3), 2)]} for p in parties},
            "issues": issues, "statements": []}
    for number in range(chance.randint(2, 6)):
        case["statements"].append({
            "id": f"said-{number}", "by": chance.choice(parties), "reported": "Made up.",
            "claims": [claim(chance.choice(parties), issues)
                       for _ in range(chance.randint(1, 2))]})
    return case


def council_case():
    """A random case in which a council with every key votes on some of the issues."""
    case = random_case()
    case["parties"]["wise"] = {"role": "observer", "reservation": [0, 0.3]}
    case["parties"]["senate"] = {
        "role": "approver", "approves": chance.sample(list(case["issues"]), 2),
        "approval": {"votes": 3, "of": 4, "members": ["ana", "bo", "wise"], "veto": ["wise"],
                     "others": 1, "because": "one seat follows"}}
    for body in case["issues"].values():
        body["stakes"] = {"wise": chance.choice(["+", "-"])}
    return case


def renamed(value, names):
    if isinstance(value, dict):
        return {names.get(k, k): renamed(v, names) for k, v in value.items()}
    if isinstance(value, list):
        return [renamed(v, names) for v in value]
    return names.get(value, value) if isinstance(value, str) else value


def comparable(value):
    """Without the file's hash and the texts for people, in which names stand among words."""
    if isinstance(value, dict):
        return {k: comparable(v) for k, v in value.items() if k not in ("case", "title", "words", "doubts")}
    return [comparable(v) for v in value] if isinstance(value, list) else value


def deals(case, *options):
    got = ask("deals", case, "--top", "0", "--worlds", str(WORLDS), *options)
    return {a["name"]: a for a in got["accounts"] if a.get("deals") is not None}


def by_package(account):
    return {json.dumps(d["package"], sort_keys=True): d for d in account["deals"]}


def close(x, y):
    return abs(x - y) <= 6 * math.sqrt(0.5 / WORLDS)


def check_threads(case):
    faults = []
    for command in ("deals", "influence", "bridge", "accounts", "menu", "ask", "priorities",
                    "history"):
        options = ["--json", "-q"] + ([] if command == "accounts" else ["--worlds", str(WORLDS)])
        texts = {t: run(command, case, *options, "--threads", str(t)) for t in (1, 2, 8)}
        if len(set(texts.values())) != 1:
            faults.append(f"{command} depends on the number of threads")
    return faults


def check_names(case):
    swap = {"ana": "bo", "bo": "ana"}
    faults = []
    for command in ("deals", "accounts", "influence", "bridge", "menu", "ask", "priorities",
                    "history"):
        here, there = ask(command, case), ask(command, renamed(case, swap))
        if renamed(comparable(here), swap) != comparable(there):
            faults.append(f"{command} is not mirrored")
    return faults


def check_order(case):
    other = dict(case, parties=dict(reversed(list(case["parties"].items()))))
    faults = []
    key = lambda document: sorted(sorted(d["statements"]) for d in document["disputes"])
    if key(ask("accounts", case)) != key(ask("accounts", other)):
        faults.append("disputes differ")
    here, there = deals(case), deals(other)
    for name, account in here.items():
        if not close(account["zone"]["share"], there[name]["zone"]["share"]):
            faults.append(f"zone {account['zone']} against {there[name]['zone']}")
        match = by_package(there[name])
        for package_name, d in by_package(account).items():
            e = match[package_name]
            if d["verdicts"] != e["verdicts"]:
                faults.append(f"verdicts of {package_name}: {d['verdicts']} {e['verdicts']}")
            if not all(close(d["shares"][p], e["shares"][p]) for p in d["shares"]):
                faults.append(f"shares of {package_name}: {d['shares']} {e['shares']}")
    return faults


def check_monotone(case):
    ids = [s["id"] for s in case["statements"]]
    faults = []
    for cut in range(1, len(ids)):
        less = dict(case, accounts={"x": {"believes": ids[:cut]}},
                    statements=case["statements"][:cut])
        more = dict(case, accounts={"x": {"believes": ids[:cut + 1]}},
                    statements=case["statements"][:cut + 1])
        before, after = deals(less), deals(more)
        if "x" not in before or "x" not in after:
            continue
        match = by_package(after["x"])
        for name, d in by_package(before["x"]).items():
            for p, verdict in d["verdicts"].items():
                now = match[name]["verdicts"][p]
                crossed = now == "impossible" and any(
                    "never" in c or "requires" in c for c in more["statements"][-1]["claims"])
                if verdict != "possible" and now != verdict and not crossed:
                    faults.append(f"{name} {p}: {verdict} became {match[name]['verdicts'][p]}")
    return faults


def check_products(case):
    faults = []
    for account in deals(case).values():
        for d in account["deals"]:
            if abs(d["joint"] - math.prod(d["shares"].values())) > 1e-9:
                faults.append(d)
            if d["joint"] > account["zone"]["share"] + 6 * math.sqrt(0.5 / WORLDS):
                faults.append(f"a deal's share is above the zone's: {d}")
    return faults


def check_frontier(case):
    faults = []
    for account in deals(case).values():
        points = [tuple(d["shares"].values()) for d in account["deals"]]
        for d in account["deals"]:
            own = tuple(d["shares"].values())
            beaten = any(all(x >= y for x, y in zip(p, own)) and p != own for p in points)
            if beaten == d["frontier"]:
                faults.append(d)
    return faults


def check_zone(case):
    faults = []
    for seed, worlds in ((1, 1), (2, 20), (3, 200), (4, 2000), (5, 2000)):
        options = ("--seed", str(seed), "--worlds", str(worlds))
        zones = {}
        for command in ("deals", "report"):
            document = ask(command, case, *options)
            for account in document.get("deals", document)["accounts"]:
                zone, listed = account.get("zone"), account.get("deals") or []
                if not isinstance(zone, dict):
                    continue
                best = max((d["joint"] for d in listed), default=0)
                if zone["share"] < best:
                    faults.append(f"{command} {options}: zone {zone} below {best}")
                if zone["error"] == 0 and zone["share"] not in (0, 1):
                    faults.append(f"{command} {options}: no error left: {zone}")
                if zones.setdefault(account["name"], zone["share"]) != zone["share"]:
                    faults.append(f"{options}: two zones")
    return faults


def check_lines(case):
    faults = []
    ids = [s["id"] for s in case["statements"]]
    for party in ("ana", "bo"):
        extra = {"id": "extra", "by": party, "reported": "Made up.",
                 "claims": [line(party, case["issues"])]}
        before = deals(dict(case, accounts={"x": {"believes": ids}}))
        after = deals(dict(case, accounts={"x": {"believes": ids + ["extra"]}},
                           statements=case["statements"] + [extra]))
        if "x" not in before or "x" not in after:
            continue
        match = by_package(after["x"])
        for name, d in by_package(before["x"]).items():
            for p, share in {**d["shares"], **d["others"]}.items():
                now = {**match[name]["shares"], **match[name]["others"]}[p]
                if p == "senate" and now > share or p != "senate" and now not in (
                        share, 0 if p == party else share):
                    faults.append(f"{extra['claims']} makes {p}'s {share} of {name} {now}")
            if match[name]["joint"] > d["joint"]:
                faults.append(f"{extra['claims']} raises {name}")
    return faults


cases = [random_case() for _ in range(6)]
councils = [council_case() for _ in range(3)]
for name, check, tried in (
        ("threads", check_threads, cases + councils), ("names", check_names, cases + councils),
        ("order", check_order, cases), ("monotone", check_monotone, cases + councils),
        ("products", check_products, cases), ("frontier", check_frontier, cases),
        ("zone", check_zone, cases + councils), ("lines", check_lines, cases + councils)):
    for number, case in enumerate(tried):
        try:
            faults = check(case)
        except Exception as error:  # one broken case must not hide the others
            faults = [f"{type(error).__name__}: {error}"]
        report(f"{name}, case {number + 1}", faults)
print(f"1..{count}")
sys.exit(1 if failed else 0)
