"""The package's tests in the Python that runs this: docstrings' examples, then test_*.py. TAP.

usage: tap.py SOURCE_ROOT
"""
import doctest
import importlib
import os
import sys
import unittest
from pathlib import Path

root = Path(sys.argv[1]).resolve()
os.environ["ENTENTE_ROOT"] = str(root)
sys.path.insert(0, str(root / "bindings/python/tests"))
MODULES = ["engine", "errors", "games", "isolation", "players", "results", "sources"]


class Tap(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.count = self.bad = 0

    def say(self, fine, test, text=""):
        self.count += 1
        self.bad += not fine
        print(f"{'ok' if fine else 'not ok'} {self.count} - {test}")
        for line in text.splitlines():
            print("# " + line)
        sys.stdout.flush()

    def addSuccess(self, test):
        self.say(True, test.id())

    def addFailure(self, test, err):
        self.say(False, test.id(), self._exc_info_to_string(err, test))

    addError = addFailure

    def addSkip(self, test, reason):
        self.say(True, f"{test.id()} # SKIP {reason}")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.addFailure(subtest, err)


def examples():
    import entente
    names = {name: getattr(entente, name) for name in entente.__all__}
    import numpy
    names |= {"np": numpy, "CASE": str(root / "examples/hanoi.yaml"),
              "SCENARIO": str(root / "tests/data/scenarios/genius-small")}
    for module in MODULES:
        found = doctest.DocTestFinder(exclude_empty=True).find(
            importlib.import_module("entente." + module), extraglobs=names)
        for test in found:
            if test.examples:
                yield doctest.DocTestCase(test, optionflags=doctest.ELLIPSIS |
                                          doctest.NORMALIZE_WHITESPACE)


suite = unittest.TestSuite(examples())
suite.addTests(unittest.defaultTestLoader.discover(str(root / "bindings/python/tests")))
result = Tap()
suite.run(result)
print(f"1..{result.count}")
sys.exit(result.bad > 0)
