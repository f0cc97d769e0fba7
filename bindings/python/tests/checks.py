"""check() and finish() of tests/property/tap.py, for tests that say what is wrong, or nothing."""
import importlib.util
from pathlib import Path

_spec = importlib.util.spec_from_file_location(
    "property_tap", Path(__file__).resolve().parents[3] / "tests/property/tap.py")
_tap = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_tap)
finish = _tap.finish


def check(name, fault):
    """Fine where `fault` is nothing."""
    _tap.check(name, not fault, fault)
