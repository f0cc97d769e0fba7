#!/usr/bin/env python3
"""The library's surface: it exports what entente.h declares and nothing else, and programs that
see that header alone get the numbers that the command line prints. TAP output.

usage: library.py ENTENTE LIBRARY SOURCE_ROOT ZONE FRONTIER
"""
import json
import re
import subprocess
import sys
from pathlib import Path

from tap import check, finish

entente, library, root, zone, frontier = sys.argv[1:6]
root = Path(root)


def out(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=120).stdout


header = "".join((root / "include" / name).read_text()
                 for name in ("entente.h", "entente_numbers.h"))
declared = set(re.findall(r"ENT_API[^;{]*?\b(ent_\w+)\s*\(", header))
exported = {line.split()[-1].split("@")[0]
            for line in out("nm", "-D", "--defined-only", library).splitlines()
            if line.split()[-2] in "TDBRVWi" and not line.split()[-1].startswith("ENTENTE_")}
check("exports are what entente.h declares", declared == exported,
      f"not exported: {sorted(declared - exported)}\nnot declared: {sorted(exported - declared)}")
check("there is something to compare", len(declared) > 25, f"{len(declared)} names")

case = str(root / "examples/hanoi.yaml")
deals = json.loads(out(entente, "deals", case, "--json", "-q", "--worlds", "2000", "--top", "3"))
wanted = []
for account in deals["accounts"]:
    wanted.append(f"{account['name']}: some package suits all in "
                  f"{100 * account['zone']['share']:.0f}% of {account['worlds']} worlds")
    wanted += [f"  {100 * d['joint']:2.0f}%" for d in account["deals"]]
printed = out(zone, case).splitlines()
check("a C program's zone and deals are the command's",
      len(printed) == len(wanted) and all(p.startswith(w) for p, w in zip(printed, wanted)),
      f"{printed}\nwant {wanted}")

scenario = root / "tests/data/scenarios"
folder = next(p for p in sorted(scenario.iterdir()) if p.is_dir())
points = json.loads(out(entente, "frontier", str(folder), "--json", "-q"))
run = json.loads(out(entente, "haggle", str(folder), "--json", "-q"))
printed = out(frontier, str(folder)).splitlines()
want = [f"{len(points['frontier'])} points on the frontier of {points['outcomes']} outcomes"]
want += [" ".join(f"{v:.6f}" for v in p["values"]) for p in points["frontier"]]
check(f"a C program's frontier is the command's ({folder.name})",
      printed[:len(want)] == want, f"{printed}\nwant {want}")
check("and so is a negotiation on it",
      printed and printed[-1].endswith(f"after {len(run['offers'])} offers"), printed[-1:])
finish()
