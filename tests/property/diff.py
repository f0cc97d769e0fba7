#!/usr/bin/env python3
"""`entente diff` tells each change of a record, and only that. TAP output.

usage: diff.py ENTENTE SOURCE_ROOT

One thing is changed in an example; the changes listed must be of the objects named. What is renamed
changes nothing where it is used.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

entente, root = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
CHANGES = [
    ("hanoi", "title: The", "title: A", {"case title"}),
    ("hanoi", "as-of: 2020-06-30", "as-of: 2019-03-05", {"case as-of"}),
    ("hanoi", "votes: 9", "votes: 8", {"party unsc"}),
    ("hanoi", "others: 4", "others: 5", {"party unsc"}),
    ("hanoi", "approves: [relief]", "approves: [yongbyon]", {"party unsc"}),
    ("hanoi", "name: North Korea", "name: DPRK", {"party dprk"}),
    ("hanoi", "name: Donald Trump", "name: D. Trump", {"person trump"}),
    ("hanoi", "reliability: B", "reliability: D", {"source aj"}),
    ("hanoi", "undo: {shut-down: 1", "undo: {shut-down: 0.5", {"issue yongbyon"}),
    ("hanoi", "credibility: 4", "credibility: 5", {"statement trump-entirety"}),
    ("labour", "name: Rise in pay", "name: Raise", {"issue pay"}),
    ("labour", "name: As the union tells it", "name: The union", {"account as-the-union-tells-it"}),
    ("labour", "# ", "#  ", set()),
]

failed = 0
with tempfile.TemporaryDirectory() as folder:
    changed = Path(folder, "changed.yaml")
    for number, (case, before, after, wanted) in enumerate(CHANGES, 1):
        path = root / "examples" / f"{case}.yaml"
        text = path.read_text()
        assert before in text, before
        changed.write_text(text.replace(before, after, 1))
        done = subprocess.run([entente, "diff", path, changed, "--json", "--quiet", "--worlds", "50"],
                              capture_output=True, text=True, timeout=120)
        found = {f"{c['what']} {c['id']}" for c in json.loads(done.stdout)["changes"]}
        ok = found == wanted and done.returncode == (1 if wanted else 0)
        failed += not ok
        print(f"{'ok' if ok else 'not ok'} {number} - {case}: `{before}` to `{after}`")
        if not ok:
            print(f"# exit {done.returncode}, {sorted(found)}")
print(f"1..{len(CHANGES)}")
sys.exit(1 if failed else 0)
