#!/usr/bin/env python3
"""Frontiers of public Genius scenarios point by point: NegMAS's own routine on the values as NegMAS
reads the files, and on the values as Genius defines them, against ours. TAP; skips without the
package `negmas` or the scenarios.

usage: frontiers.py SOURCE_ROOT [FOLDER...]     FOLDERs: those beside the source tree
"""
import sys
import warnings
from pathlib import Path

try:
    import negmas
    from negmas.inout import Scenario
    from negmas.preferences.ops import pareto_frontier_numpy
except ImportError as fault:
    print(f"1..0 # SKIP {fault}")
    sys.exit(0)
import entente
from checks import check, finish
import numpy as np

NAMES = ("anac-y2010-Travel", "anac-y2011-Energy", "AMPOvsCity")
root = Path(sys.argv[1]).resolve()
folders = [Path(f) for f in sys.argv[2:]] or \
    [root.parent / "shared/reference/genius" / n for n in NAMES]
folders = [f for f in folders if f.is_dir()]
if not folders:
    print("1..0 # SKIP the scenarios are not beside the source tree")
    sys.exit(0)
warnings.simplefilter("ignore")


def read_by_negmas(scenario):
    """[outcome, party] what NegMAS makes of the files: sums of its tables over all outcomes."""
    made = []
    for ufun in scenario.ufuns:
        total = np.zeros(1)
        for issue, fun, weight in zip(scenario.outcome_space.issues, ufun.values, ufun.weights):
            part = np.array([weight * float(fun(v)) for v in issue.all])
            total = (total[:, None] + part[None, :]).ravel()
        made.append(total)
    return np.stack(made, axis=1)


def frontier(values):
    """The distinct points, by NegMAS's routine. It is given what no other of the same first value
    beats, so that it ends this century."""
    order = np.lexsort((-values[:, 1], -values[:, 0]))
    best = np.maximum.accumulate(values[order, 1])
    kept = values[order][np.r_[True, values[order, 1][1:] > best[:-1]]]
    return np.unique(kept[np.asarray(pareto_frontier_numpy(kept), int)], axis=0)


def same(a, b):
    return len(a) == len(b) and np.allclose(np.array(sorted(a.tolist())),
                                            np.array(sorted(b.tolist())), atol=1e-9)


print(f"# negmas {negmas.__version__}")
for folder in folders:
    scenario = entente.read(folder)
    ours = scenario.frontier()
    try:
        theirs = read_by_negmas(Scenario.from_genius_folder(folder))
    except Exception as fault:
        print(f"# {folder.name}: NegMAS does not read it: {fault}")
        check(f"{folder.name}: NegMAS's routine on Genius's values gives our points",
              None if same(frontier(scenario.values.T), ours.values) else ours.values)
        continue
    there, here = frontier(theirs), frontier(scenario.values.T)
    print(f"# {folder.name}: {len(there)} points as NegMAS reads it (best values "
          f"{theirs.max(axis=0).round(3).tolist()}), {len(here)} as Genius does, {len(ours)} ours")
    check(f"{folder.name}: NegMAS's routine on Genius's values gives our points",
          None if same(here, ours.values) else f"{here}\n{ours.values}")
    divided = np.allclose(theirs.max(axis=0), scenario.values.max(axis=1), atol=1e-9)
    check(f"{folder.name}: its own points are ours where it reads the values alike, and only there",
          None if same(there, ours.values) == divided else f"{there}\n{ours.values}")
finish()
