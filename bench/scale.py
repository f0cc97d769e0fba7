#!/usr/bin/env python3
"""How cost grows with size: whole commands on cases made here, in processor seconds and memory.

usage: scale.py BUILD [OTHER_BUILD]

With another build (an earlier release, say) each row has both, one after the other on the same
machine, their ratio, and whether both say the same of the zone and the best package. The
flagship is each build's own examples/hanoi.yaml, beside its build folder; all other cases are
written here in shapes that are published with the rows. A row that takes longer than LIMIT seconds
is stopped and told.
"""
import json
import os
import signal
import subprocess
import sys
import tempfile

LIMIT = 60
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


def statements(count):
    """Eight issues; each side says what it takes and refuses, and no two words contradict."""
    rows = [f"  i{k}: {{by: {'firm' if k % 2 else 'union'}, for: {'union' if k % 2 else 'firm'}, "
            "options: [none, little, much]}" for k in range(8)]
    said = []
    for n in range(count):
        own, other = 2 * (n % 4), 2 * (n // 4 % 4) + 1
        verb = ("accepts", "much", "little") if n % 2 else ("refuses", "little", "much")
        speaker, party = ("ann", "union") if n // 2 % 2 else ("bob", "firm")
        gets, gives = (other, own) if party == "union" else (own, other)
        got, given = verb[1:]
        said.append(f"  - {{id: s{n}, by: {speaker}, date: 2024-01-{1 + n % 28:02d}, claims: "
                    f"[{{party: {party}, {verb[0]}: {{i{gets}: {got}, i{gives}: {given}}}}}]}}")
    return HEAD.format("\n".join(rows), "\n".join(said))


ROWS = [
    ("flagship, report", None, ["report"]),
    ("flagship, deals", None, ["deals"]),
    ("flagship, bridge", None, ["bridge"]),
    ("flagship, html", None, ["html"]),
    ("range of 35 steps, deals", fine_range(1), ["deals"]),
    ("range of 350 steps, deals", fine_range(0.1), ["deals"]),
    ("range of 3500 steps, deals", fine_range(0.01), ["deals"]),
    ("range of 350 steps, report", fine_range(0.1), ["report"]),
    ("two ranges 0..1000, deals", two_ranges(), ["deals"]),
    ("two ranges 0..1000, report", two_ranges(), ["report"]),
    ("10^6 packages, deals", options(10), ["deals"]),
    ("100 statements, report", statements(100), ["report"]),
    ("300 statements, report", statements(300), ["report"]),
]


def run(build, case, arguments):
    """Processor seconds, megabytes and output; None where it was stopped."""
    program = os.path.join(build, "entente")
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([program, arguments[0], case, *arguments[1:], "--threads", "1"],
                                 stdout=out, stderr=subprocess.DEVNULL)
        signal.signal(signal.SIGALRM, lambda *_: child.kill())
        signal.alarm(LIMIT)
        _, status, used = os.wait4(child.pid, 0)
        signal.alarm(0)
        child.returncode = status
        out.seek(0)
        text = out.read()
    if os.WIFSIGNALED(status):
        return None, 0, b""
    if os.WEXITSTATUS(status) != 0:
        sys.exit(f"{program} {arguments[0]} {case} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text


def answer(build, case):
    """The zone and the best package of the first account, rounded to what both builds print."""
    _, _, text = run(build, case, ["deals", "--json"])
    try:
        accounts = json.loads(text)["accounts"]
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
    print("processor seconds and megabytes, one thread, 20,000 worlds" +
          ("; then the other build, the ratio, and the answers" if builds[1:] else ""))
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, text, arguments) in enumerate(ROWS):
            made = os.path.join(folder, f"case{number}.yaml")
            if text is not None:
                with open(made, "w", encoding="utf-8") as out:
                    out.write(text)
            took = [run(b, made if text else flagship(b), arguments) for b in builds]
            row = f"{name:28}"
            for seconds, megabytes, _ in took:
                row += (f"  > {LIMIT} s, stopped" if seconds is None
                        else f" {seconds:8.2f} s {megabytes:5.0f} MB")
            if len(builds) > 1 and took[0][0] and took[1][0]:
                row += f"  {took[1][0] / took[0][0]:6.1f} times"
            if len(builds) > 1 and text and took[1][0] and arguments == ["deals"]:
                same = answer(builds[0], made) == answer(builds[1], made)
                row += "  same answer" if same else "  another answer"
            print(row, flush=True)


main()
