"""What the documents show runs: the notebook, and the Python in README.md and docs/PYTHON.md."""
import ast
import contextlib
import io
import json
import os
import re
import tempfile
import unittest
import warnings
from pathlib import Path

import entente
import numpy as np

ROOT = Path(os.environ["ENTENTE_ROOT"])
SCENARIO = ROOT / "tests/data/scenarios/genius-small"


class MyStrategy(entente.Strategy):
    """What README's league leaves to the reader."""

    def propose(self, turns):
        return np.full(len(turns), turns.table.order[-1])

    def respond(self, turns):
        return turns.table.utility[turns.offer] >= turns.table.floor


def blocks(path):
    return re.findall(r"^```python\n(.*?)^```$", path.read_text("utf-8"), re.M | re.S)


def run(text, names):
    """Run it, its last line as a notebook would if it is an expression; what it shows."""
    tree = ast.parse(text)
    last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), warnings.catch_warnings():
        warnings.simplefilter("ignore", entente.EntenteWarning)
        exec(compile(tree, "<block>", "exec"), names)
        value = eval(compile(last, "<block>", "eval"), names) if last else None
    return shown.getvalue() + ("" if value is None else repr(value))


class Documents(unittest.TestCase):
    def setUp(self):
        self.before = os.getcwd()
        self.folder = tempfile.TemporaryDirectory()
        at = Path(self.folder.name)
        for name in ("examples", "tests"):
            (at / name).symlink_to(ROOT / name)
        (at / "Travel").symlink_to(SCENARIO)  # the names that the documents use
        (at / "scenarios").mkdir()
        (at / "scenarios/one").symlink_to(SCENARIO)
        os.chdir(at)

    def tearDown(self):
        os.chdir(self.before)
        self.folder.cleanup()

    def run_blocks(self, path, least):
        found = blocks(path)
        self.assertGreaterEqual(len(found), least)
        names = {"MyStrategy": MyStrategy}
        for text in found:
            try:
                run(text, names)
            except ImportError as fault:
                if not re.search("negmas|anl_agents|torch|tensorflow", str(fault).lower()):
                    raise

    def test_readme(self):
        self.run_blocks(ROOT / "README.md", 1)

    def test_python(self):
        self.run_blocks(ROOT / "docs/PYTHON.md", 3)

    def test_league_is_twenty_lines(self):
        league = blocks(ROOT / "docs/PYTHON.md")[1]
        written = [line for line in league.splitlines() if line.strip()]
        self.assertIn("entente.tournament(", league)
        self.assertLessEqual(len(written), 27)  # two of them imports, five headings of methods

    def test_notebook(self):
        told = json.loads((ROOT / "bindings/python/league.ipynb").read_text("utf-8"))
        self.assertEqual(told["nbformat"], 4)
        cells = ["".join(c["source"]) for c in told["cells"] if c["cell_type"] == "code"]
        self.assertTrue(all(c["outputs"] == [] for c in told["cells"] if c["cell_type"] == "code"))
        os.chdir(ROOT)
        names: dict = {}
        shown = [run(text, names) for text in cells]
        os.chdir(self.folder.name)
        self.assertGreaterEqual(len(shown), 7)
        self.assertIn("zone", shown[1])
        self.assertIn("agreed in round", shown[4])
        self.assertEqual(shown[5].count("+-"), 10)
        self.assertIn("best against themselves", shown[6])
