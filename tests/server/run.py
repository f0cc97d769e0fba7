#!/usr/bin/env python3
"""The local server over real sockets, as TAP: run.py ENTENTE SOURCE_ROOT [WORD]

With WORD only the tests whose name holds it are run.
"""
import atexit
import shutil
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

sys.dont_write_bytecode = True
import server

server.BINARY = str(Path(sys.argv[1]).resolve())
ROOT = Path(sys.argv[2]).resolve()
WORD = sys.argv[3] if len(sys.argv) > 3 else ""
FOLDER = Path(tempfile.mkdtemp(prefix="entente-server-"))
atexit.register(shutil.rmtree, FOLDER, True)


class Skip(Exception):
    pass


class Bench:
    """What a test is written with."""

    def __init__(self, name):
        self.folder = FOLDER / name
        self.folder.mkdir()
        self.root = ROOT
        self.notes = []

    def case(self, text=None, name="case.yaml"):
        path = self.folder / name
        path.write_text(SMALL if text is None else text)
        return path

    def say(self, text):
        self.notes.append(text)

    def skip(self, why):
        raise Skip(why)


SMALL = """entente: 1
title: Two rooms
as-of: 2024-01-31
parties: {ada: {name: Ada}, bo: {name: Bo}}
issues:
  xray: {by: ada, for: bo, options: [none, some, all]}
  yarn: {by: bo, for: ada, options: [none, some, all]}
statements:
  - id: first
    by: ada
    date: 2024-01-02
    quote: "Some for all, that we would take"
    claims: [{party: ada, offers: {xray: some}, for: {yarn: all}}]
  - id: second
    by: bo
    date: 2024-01-03
    quote: "No yarn for nothing"
    claims: [{party: bo, refuses: {yarn: all}}]
"""


def run_one(name, function, results):
    bench = Bench(name)
    start = time.monotonic()
    try:
        function(bench)
        fault = None
    except Skip as e:
        fault = e
    except Exception:
        fault = traceback.format_exc()
    results[name] = (fault, bench.notes, time.monotonic() - start)


def main():
    import attacks
    import computing
    import documented
    import faults
    import files
    tests = {}
    for module in (attacks, files, faults, computing, documented):
        for name, value in vars(module).items():
            if name.startswith("test_") and WORD in name:
                tests[name[5:]] = value
    results = {}
    # What waits for a time limit waits beside the others.
    slow = [threading.Thread(target=run_one, args=(name, tests[name], results))
            for name in tests if getattr(tests[name], "waits", False)]
    for thread in slow:
        thread.start()
    for name, function in tests.items():
        if not getattr(function, "waits", False):
            run_one(name, function, results)
    for thread in slow:
        thread.join()
    failed = 0
    print(f"1..{len(tests)}")
    for number, name in enumerate(tests, 1):
        fault, notes, seconds = results[name]
        words = name.replace("_", " ")
        if isinstance(fault, Skip):
            print(f"ok {number} - {words} # SKIP {fault}")
            continue
        print(f"{'not ok' if fault else 'ok'} {number} - {words}")
        for line in notes + ([fault] if fault else []) + [f"{seconds:.1f} s"]:
            print("# " + line.replace("\n", "\n# "))
        failed += bool(fault)
    sys.exit(1 if failed else 0)


main()
