#!/usr/bin/env python3
"""How cost grows with size: whole commands on cases made here, in processor seconds and memory.

usage: scale.py BUILD [OTHER_BUILD]

With another build (an earlier release, say) each row has both, one after the other on the same
machine, their ratio, and whether both say the same of the zone and the best package. The
flagship is each build's own examples/hanoi.yaml, beside its build folder; all other cases are
written here in shapes that are published with the rows. Each row has a cap in processor seconds,
so that the whole run ends in less than 25 minutes: what takes more is stopped and told ("no end in
N s"), and the ratio is then a lower bound; a build that fails a row is told and the next row comes.

    ROWS=report scale.py BUILD OTHER_BUILD    only rows whose name holds the word
    LIMIT=10 scale.py BUILD OTHER_BUILD       a cap of 10 s where a row has a higher one
"""
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading

from shapes import council

LIMIT = int(os.environ.get("LIMIT", "100"))  # processor seconds, where a row's cap is higher
CAP = 30  # of most rows
MEMORY = 8 << 30  # bytes of address space
HEAD = """entente: 1
title: bench
parties:
  union: {{name: The union}}
  firm: {{name: The firm}}
people:
  ann: {{for: union}}
  bob: {{for: firm}}
issues:
{}
statements:
{}
"""


def range_issue(name, gives, gets, top, step):
    return f"  {name}: {{by: {gives}, for: {gets}, range: {{from: 0, to: {top}, step: {step}}}}}"


def fine_range(step):
    """A range of 0..35 beside 864 packages of five other issues."""
    issues = [range_issue("wage", "firm", "union", 35, step),
              "  hours: {by: union, for: firm, options: [same, more, most]}",
              "  leave: {by: firm, for: union, options: [a, b, c, d]}",
              "  rights: {by: firm, for: union, items: [x, y, z]}",
              "  shifts: {by: union, for: firm, options: [e, f, g]}",
              "  term: {by: union, for: firm, options: [h, i, j]}"]
    return HEAD.format("\n".join(issues), """
  - {id: s1, by: ann, claims: [{party: union, offers: {hours: more}, for: {wage: 10}}]}
  - {id: s2, by: bob, claims: [{party: firm, refuses: {wage: 30}}]}
  - {id: s3, by: bob, claims: [{party: firm, accepts: {wage: 5, hours: more}}]}""")


def two_ranges():
    issues = [range_issue("wage", "firm", "union", 1000, 1),
              range_issue("price", "union", "firm", 1000, 1)]
    return HEAD.format("\n".join(issues), """
  - {id: s1, by: ann, claims: [{party: union, offers: {price: 500}, for: {wage: 300}}]}
  - {id: s2, by: bob, claims: [{party: firm, refuses: {wage: 900}}]}
  - {id: s3, by: bob, claims: [{party: firm, accepts: {wage: 100, price: 500}}]}""")


def options(issues):
    """Issues of four options, given in turn."""
    rows = [f"  i{k}: {{by: {'firm' if k % 2 else 'union'}, for: {'union' if k % 2 else 'firm'}, "
            "options: [none, little, much, all]}" for k in range(issues)]
    return HEAD.format("\n".join(rows), """
  - {id: s1, by: ann, claims: [{party: union, accepts: {i0: much, i1: little}}]}
  - {id: s2, by: bob, claims: [{party: firm, refuses: {i1: all, i0: little}}]}""")


def statements(count, disputed=10):
    """Words about packages of eight issues, no two the same: what each side takes or refuses by
    importances that nobody tells, and one in `disputed` told the other way round by the other."""
    chance = random.Random(7)
    names = ("none", "little", "much")
    rows = [f"  i{k}: {{by: {'firm' if k % 2 else 'union'}, for: {'union' if k % 2 else 'firm'}, "
            f"options: [{', '.join(names)}]}}" for k in range(8)]
    weight = {p: [chance.random() for _ in rows] for p in ("union", "firm")}
    said = []
    for n in range(count):
        party, other = ("union", "firm") if n % 2 else ("firm", "union")
        levels = [chance.randrange(3) for _ in rows]
        levels[n % 8] = levels[n % 8] or 1
        worth = sum((1 if (k % 2 == 0) == (party == "firm") else -1) * weight[party][k] * level
                    for k, level in enumerate(levels))
        wrong = n % disputed == disputed - 1
        speaker = {"union": "ann", "firm": "bob"}[other if wrong else party]
        package = ", ".join(f"i{k}: {names[level]}" for k, level in enumerate(levels) if level)
        verb = "accepts" if (worth >= 0) != wrong else "refuses"
        said.append(f"  - {{id: s{n}, by: {speaker}, editorial: said, date: "
                    f"{2000 + n // 336}-{1 + n // 28 % 12:02d}-{1 + n % 28:02d}, claims: "
                    f"[{{party: {party}, {verb}: {{{package}}}}}]}}")
    return HEAD.format("\n".join(rows), "\n".join(said))


def ring(deciders, issues, options, said=0, items=0):
    """Deciders in a ring: issue k is given by one and gets to the next but k // deciders; each says
    of `said` packages of two issues that it takes or refuses them."""
    names = ["none", "little", "much", "all"][:options]
    text = ["entente: 1", "title: bench", "parties:"]
    text += [f"  p{k}: {{name: Party {k}}}" for k in range(deciders)] + ["issues:"]
    for k in range(issues):
        giver, getter = k % deciders, (k + 1 + k // deciders) % deciders
        getter = (getter + 1) % deciders if getter == giver else getter
        kind = (f"items: [{', '.join(f'x{k}y{n}' for n in range(items))}]" if items
                else f"options: [{', '.join(names)}]")
        text.append(f"  i{k}: {{by: p{giver}, for: p{getter}, {kind}}}")
    text.append("statements:")
    for n in range(said or deciders):
        party = n % deciders
        gives = party + deciders * (n // deciders % max(1, issues // deciders))
        gets = next((k for k in range(issues) if (k - n) % issues >= 0 and k != gives and
                     (k + 1 + k // deciders) % deciders == party), (party - 1) % issues)
        level = (lambda k, m: f"x{k}y{m % items}" if items else names[1 + m % (options - 1)])
        verb = "refuses" if n // deciders % 3 == 1 else "accepts"
        gives %= issues
        text.append(f"  - {{id: s{n}, by: p{party}, editorial: said, claims: [{{party: p{party}, "
                    f"{verb}: {{i{gives}: {level(gives, n)}, i{gets}: {level(gets, n + 1)}}}}}]}}")
    return "\n".join(text) + "\n"


def components(count):
    """Two parties; so many components in issues of ten items, a third of them spoken of."""
    rows = [f"  i{k}: {{by: {'firm' if k % 2 else 'union'}, for: {'union' if k % 2 else 'firm'}, "
            f"items: [{', '.join(f'i{k}x{n}' for n in range(10))}]}}" for k in range(count // 10)]
    said = []
    for n in range(count // 3):
        own, other = n % len(rows), (n + 1) % len(rows)
        party = "union" if own % 2 == 0 else "firm"
        speaker = "ann" if party == "union" else "bob"
        package = (f"i{own}: [i{own}x{n % 10}], "
                   f"i{other}: [i{other}x{n % 10}, i{other}x{(n + 3) % 10}]")
        said.append(f"  - {{id: s{n}, by: {speaker}, editorial: said, claims: "
                    f"[{{party: {party}, accepts: {{{package}}}}}]}}")
    return HEAD.format("\n".join(rows), "\n".join(said))


ROWS = [
    ("flagship, report", None, ["report"]),
    ("flagship, ask", None, ["ask"]),
    ("flagship, deals", None, ["deals"]),
    ("flagship, bridge", None, ["bridge"]),
    ("flagship, influence", None, ["influence"]),
    ("flagship, html", None, ["html"]),
    ("flagship, 10^6 worlds, deals", None, ["deals", "--worlds", "1000000"]),
    ("range of 35 steps, deals", fine_range(1), ["deals"]),
    ("range of 350 steps, deals", fine_range(0.1), ["deals"]),
    ("range of 3500 steps, deals", fine_range(0.01), ["deals"]),
    ("range of 350 steps, report", fine_range(0.1), ["report"], 45),
    ("two ranges 0..1000, deals", two_ranges(), ["deals"]),
    ("10^6 packages, deals", options(10), ["deals"]),
    ("1.7 * 10^7 packages, deals", options(12), ["deals"], 100),
    ("10^9 packages, deals", options(15), ["deals"]),
    ("10^12 packages, deals", options(20), ["deals"]),
    ("10^18 packages, deals", options(30), ["deals"]),
    ("10 deciders, 59,049 packages", ring(10, 10, 3), ["deals"]),
    ("15 deciders, 15 issues", ring(15, 15, 2), ["deals"]),
    ("20 deciders, 20 issues", ring(20, 20, 2), ["deals"]),
    ("30 deciders, 30 issues", ring(30, 30, 2), ["deals"]),
    ("30 parties, 50 issues, 300 said", ring(30, 50, 4, said=300), ["deals", "--worlds", "1000"]),
    ("8 parties, 10 issues of 40 items", ring(8, 10, 2, said=40, items=40),
     ["deals", "--worlds", "1000"]),
    ("council of 166 votes, deals", council(), ["deals"]),
    ("council of 166 votes, bridge", council(), ["bridge"]),
    ("council of 166 votes, html", council(), ["html"]),
    ("100 issues of two, deals", options(100), ["deals"]),
    ("200 issues of two, deals", options(200), ["deals"]),
    ("1,000 issues of two, deals", options(1000), ["deals"]),
    ("100 statements, report", statements(100), ["report"]),
    ("300 statements, report", statements(300), ["report"]),
    ("1,000 statements, report", statements(1000), ["report"]),
    ("100 components a party, deals", components(100), ["deals"]),
    ("200 components a party, deals", components(200), ["deals"]),
]


def run(build, case, arguments, cap):
    """Processor seconds, megabytes, what became of it ("", "stopped" or "failed"), and its words.

    A build that waits, or that the machine leaves waiting, is stopped by the clock.
    """
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (cap, cap + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    program = os.path.join(build, "entente")
    with tempfile.TemporaryFile() as told:
        child = subprocess.Popen([program, arguments[0], case, *arguments[1:], "--threads", "1"],
                                 stdout=told, stderr=subprocess.DEVNULL, preexec_fn=limit)
        clock = threading.Timer(20 * cap, child.kill)
        clock.start()
        _, status, used = os.wait4(child.pid, 0)
        clock.cancel()
        child.returncode = status
        told.seek(0)
        words = told.read()
    # A limit of the answer (4) is an answer that says what it lacks.
    fate = ("stopped" if os.WIFSIGNALED(status)
            else "" if os.WEXITSTATUS(status) in (0, 4) else "failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, fate, words


def answer(words):
    """The zone and the best package of the first account, rounded to what both builds print."""
    try:
        accounts = json.loads(words)["accounts"]
    except ValueError:
        return None
    first = accounts[0]
    best = first["deals"][0]["package"] if first["deals"] else None
    return round(first["zone"]["share"], 3), best


def flagship(build):
    return os.path.join(build, "..", "examples", "hanoi.yaml")


def main():
    builds = sys.argv[1:3]
    if not builds:
        sys.exit(__doc__)
    print("processor seconds and megabytes, one thread, 20,000 worlds where nothing else is said" +
          ("; then the other build, the ratio, and the answers" if builds[1:] else ""))
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, text, arguments, *cap) in enumerate(ROWS):
            if os.environ.get("ROWS", "") not in name:
                continue
            cap = min(cap[0] if cap else CAP, LIMIT)
            plain = text and arguments == ["deals"] and len(builds) > 1
            made = os.path.join(folder, f"case{number}.yaml")
            if text is not None:
                with open(made, "w", encoding="utf-8") as out:
                    out.write(text)
            more = ["--json"] if plain else []
            took = [run(b, made if text else flagship(b), [*arguments, *more], cap)
                    for b in builds]
            row = f"{name:33}"
            for seconds, megabytes, fate, _ in took:
                row += (f" {seconds:8.2f} s {megabytes:5.0f} MB" if fate == "" else
                        f"    no end in {cap:3} s" if fate == "stopped" else
                        "           it fails")
            if len(builds) > 1 and took[0][2] == "" and took[1][2] != "failed":
                lower = "> " if took[1][2] == "stopped" else ""
                row += f"  {lower}{took[1][0] / max(took[0][0], 0.01):.1f} times"
            if plain and took[0][2] == took[1][2] == "":
                same = answer(took[0][3]) == answer(took[1][3])
                row += "  same answer" if same else "  another answer"
            print(row, flush=True)


main()
