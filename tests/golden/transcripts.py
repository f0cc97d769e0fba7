#!/usr/bin/env python3
"""Runs the transcripts in documents and compares what they print. TAP output.

usage: transcripts.py ENTENTE SOURCE_ROOT [--update] [FILE...]

A transcript is a fenced block, or a whole .txt file, in which lines that begin with `$ ` are
commands and the lines after them what they print (standard output, then standard error). A line
`...` stands for any lines; `[exit N]` after the output states the exit code, otherwise it must be 0.
A block fenced as ```yaml case must pass `entente check`. Only `entente` and what the shell has are
run, from the source root. --update writes what is printed now into the files: read the diff.
"""
import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

arguments = sys.argv[1:]
update = "--update" in arguments
arguments = [a for a in arguments if a != "--update"]
binary, root = Path(arguments[0]).resolve(), Path(arguments[1]).resolve()
files = [Path(f) for f in arguments[2:]] or sorted(
    [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("tests/golden/*.txt")])
environment = dict(os.environ, PATH=f"{binary.parent}:{os.environ['PATH']}", COLUMNS="80",
                   NO_COLOR="1", LC_ALL="C.UTF-8")
count = failed = 0


def report(name, fault):
    global count, failed
    count += 1
    failed += bool(fault)
    print(f"{'not ok' if fault else 'ok'} {count} - {name}")
    for line in fault.splitlines():
        print("# " + line)


def run(command):
    p = subprocess.run(command, shell=True, cwd=root, env=environment, capture_output=True,
                       text=True, timeout=300)
    out = p.stdout + p.stderr
    if out and not out.endswith("\n"):
        out += "\n"
    return out + (f"[exit {p.returncode}]\n" if p.returncode else "")


def matches(wanted, got):
    pattern = "".join(".*" if line == "..." else re.escape(line) + "\n"
                      for line in (l.rstrip() for l in wanted.splitlines()))
    got = "\n".join(line.rstrip() for line in got.splitlines()) + ("\n" if got else "")
    return re.fullmatch(pattern, got, re.DOTALL) is not None


def like(wanted, got):
    """What is printed now, with lines left out where the text leaves lines out."""
    have = got.splitlines(keepends=True)
    at, now = 0, ""
    for part in re.split(r"^(\.\.\.\n)", wanted, flags=re.MULTILINE):
        lines = part.splitlines(keepends=True)
        if part == "...\n":
            now += part
            continue
        starts = range(at, max(at, len(have) - len(lines)) + 1) if at > 0 or "" != now else [0]
        start = max(starts, key=lambda i: sum(
            difflib.SequenceMatcher(None, a, b).ratio() for a, b in zip(lines, have[i:])))
        now += "".join(have[start:start + len(lines)])
        at = start + len(lines)
    return now if matches(now, got) else got


def transcript(name, text):
    """Checks the commands of a text; returns it as it would read now."""
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
    now = parts[0]
    for command, wanted in zip(parts[1::2], parts[2::2]):
        if not command.startswith("entente"):
            now += f"$ {command}\n{wanted}"
            continue
        got = run(command)
        ok = matches(wanted, got)
        now += f"$ {command}\n" + (wanted if ok else like(wanted, got))
        if not update:
            report(f"{name}: {command}", "" if ok else f"wanted:\n{wanted}got:\n{got}")
    return now


for path in files:
    text = path.read_text()
    name = path.resolve().relative_to(root)
    if path.suffix == ".txt":
        now = transcript(name, text)
        if update:
            path.write_text(now)
        continue
    for kind, block in re.findall(r"^```([^\n]*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        if kind.split() == ["yaml", "case"]:
            with tempfile.NamedTemporaryFile("w", suffix=".yaml", dir=root / "docs") as case:
                case.write(block)
                case.flush()
                got = run(f"entente check {case.name}")
            report(f"{name}: case `{block.splitlines()[0][:40]}`",
                   got if "[exit" in got else "")
        elif block.startswith("$ "):
            now = transcript(name, block)
            if update and now != block:
                path.write_text(path.read_text().replace(block, now))
print(f"1..{count}")
sys.exit(1 if failed else 0)
