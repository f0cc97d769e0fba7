#!/usr/bin/env python3
"""Runs every test of a build folder and ends on the line `N passed, N failed`.

Counts single cases, not programs: meson's log of TAP output is read for that.
"""
import subprocess
import sys
import xml.etree.ElementTree as tree
from pathlib import Path

build = Path(sys.argv[1])
log = build / "meson-logs" / "testlog.junit.xml"
log.unlink(missing_ok=True)
code = subprocess.run(["meson", "test", "-C", str(build), "--print-errorlogs", *sys.argv[2:]]).returncode
passed = failed = skipped = 0
for case in tree.parse(log).getroot().iter("testcase"):
    if case.find("failure") is not None or case.find("error") is not None:
        failed += 1
        print("FAILED", case.get("classname", ""), case.get("name"))
    elif case.find("skipped") is not None:
        skipped += 1
    else:
        passed += 1
if code != 0 and failed == 0:
    failed = 1
print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(1 if failed or not passed else 0)
