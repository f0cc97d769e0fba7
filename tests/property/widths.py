#!/usr/bin/env python3
"""No line that people read is wider than their terminal. TAP output.

usage: widths.py ENTENTE SOURCE_ROOT

Every command that prints text, on the examples and on scenarios, at 80, 60 and 40 columns. A line
may be wider where it is one word, which cannot be folded.
"""
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

entente, root = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
EXAMPLES = [f"examples/{name}.yaml" for name in ("hanoi", "labour", "camp-david")]
COUNCILS = "tests/golden/board.yaml"
SCENARIOS = "tests/data/scenarios"
GMCR = "examples/gmcr/garrison.gmcr"
FEW = ["--worlds", "200"]

commands = [[command, case, *FEW] for case in EXAMPLES + [COUNCILS]
            for command in ("report", "deals", "bridge", "exchange", "influence", "why", "plan",
                            "walk", "stability", "haggle", "menu", "ask", "priorities", "history")]
commands += [["accounts", case] for case in EXAMPLES] + [["check", case] for case in EXAMPLES]
commands += [
    ["walk", EXAMPLES[2], "--influence", *FEW],
    ["bridge", EXAMPLES[0], "--third", "us", *FEW],
    ["bridge", EXAMPLES[2], "--third", "us", *FEW],
    ["plan", EXAMPLES[1], "--trust", "company=0.7", "--trust", "union=0.7", *FEW],
    ["diff", EXAMPLES[0], EXAMPLES[2], *FEW],
    ["explain"], ["explain", "C103"],
    ["stability", GMCR], ["stability", GMCR, "--coalitions"],
    ["stability", GMCR, "--state", "1", "--from", "5"],
    ["frontier", f"{SCENARIOS}/genius-small"], ["frontier", f"{SCENARIOS}/negmas-kinds"],
    ["frontier", f"{SCENARIOS}/rows.csv"],
    ["frontier", f"{SCENARIOS}/genius-small", "--method", "adjusted-winner"],
    ["haggle", f"{SCENARIOS}/genius-small"], ["haggle", f"{SCENARIOS}/genius-small", "--runs", "20"],
    ["tournament", f"{SCENARIOS}/genius-small", "--strategies", "boulware,nice-tit-for-tat",
     "--rounds", "10"],
]


def columns(text):
    """Terminal columns: wide forms take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


def wide_lines(command, width):
    done = subprocess.run([entente, *command, "--quiet", "--threads", "2"], cwd=root, text=True,
                          capture_output=True, timeout=120,
                          env=dict(os.environ, COLUMNS=str(width), NO_COLOR="1", LC_ALL="C.UTF-8"))
    if done.returncode not in (0, 1, 4) or not done.stdout:
        return [f"exit {done.returncode}: {done.stderr.strip()}"]
    return [line for line in done.stdout.splitlines()
            if columns(line) > width and len(line.split()) > 1]


failed = 0
for number, command in enumerate(commands, 1):
    faults = [f"{width}: {line}" for width in (80, 60, 40) for line in wide_lines(command, width)]
    failed += bool(faults)
    print(f"{'not ok' if faults else 'ok'} {number} - {' '.join(command)}", flush=True)
    for fault in faults[:8]:
        print("# " + fault)
print(f"1..{len(commands)}")
sys.exit(1 if failed else 0)
