#!/usr/bin/env python3
"""The statistics that `frontier --write-stats` and `--write-info` write against those that NegMAS
works out and writes of the same scenario, key by key. In an environment that holds the package and
`negmas`; skips without them. TAP.

usage: stats.py SOURCE_ROOT [SCENARIO...]
"""
import random
import sys
import tempfile
import warnings
from pathlib import Path

try:
    import negmas
    import yaml
    from negmas.inout import Scenario
    from negmas.preferences import LinearAdditiveUtilityFunction
    from negmas.preferences.value_fun import TableFun
except ImportError as fault:
    print(f"1..0 # SKIP {fault}")
    sys.exit(0)
import entente
from checks import check, finish

root = Path(sys.argv[1]).resolve()
paths = [Path(p) for p in sys.argv[2:]] or [
    root / "tests/data/scenarios" / f for f in ("genius-small", "geniusweb-small", "negolog-small",
                                                "genius-boxes", "table.csv", "rows.csv")]
NEAR = 1e-9
NUMBERS = ("opposition", "rational_fraction", "opposition_level", "n_issues", "n_negotiators",
           "n_outcomes")


def same(a, b):
    return a == b or abs(a - b) <= NEAR * max(1, abs(a), abs(b))


def vectors(a, b):
    """Are they the same vectors, in whatever order?"""
    return len(a) == len(b) and all(
        same(x, y) for u, v in zip(sorted(map(list, a)), sorted(map(list, b)))
        for x, y in zip(u, v))


def compare(ours, theirs, ufuns):
    faults = []
    # Of hyper-rectangles NegMAS takes 0 for the least, and sums of boxes that exclude each other.
    known = all(isinstance(u, LinearAdditiveUtilityFunction) for u in ufuns)
    if list(ours) != list(theirs):
        faults.append(f"keys {list(ours)}, not {list(theirs)}")
    for key in theirs:
        a, b = ours.get(key), theirs[key]
        if key in NUMBERS:
            good = same(a, b)
        elif key.endswith("_outcomes"):
            utils = ours[key.replace("_outcomes", "_utils")]
            good = len(a) == len(utils) and all(
                same(float(u(tuple(o))), x) for o, us in zip(a, utils) for u, x in zip(ufuns, us))
        elif key == "utility_ranges":
            good = not known or all(same(x, y) for u, v in zip(a, b) for x, y in zip(u, v))
        elif key.endswith("_utils"):
            good = vectors(a, b)
        else:
            good = a == b
        if key == "pareto_utils":  # by falling welfare, as there
            sums = [sum(u) for u in a]
            good = good and all(x >= y - NEAR for x, y in zip(sums, sums[1:]))
        if not good:
            faults.append(f"{key}: {a}, NegMAS: {b}")
    return faults


def look_at(path, folder):
    """What is otherwise than in NegMAS's own files of the scenario as we convert it; without a
    path of what lies there."""
    own = folder / "ours"
    if path is not None:
        entente.ask("convert", path, own, to="negmas", format="text")
    scenario = Scenario.load(own)
    if scenario is None:
        return ["NegMAS does not read what convert writes"]
    scenario.calc_stats()
    scenario.calc_standard_info()
    scenario.dumpas(folder / "theirs", "yaml")
    files = [folder / "theirs" / n for n in ("_stats.yaml", "_info.yaml")]
    mine = [folder / "stats.yaml", folder / "info.yaml"]
    entente.ask("frontier", own, write_stats=mine[0], write_info=mine[1])
    ours, theirs = ([yaml.safe_load(f.read_text()) for f in fs] for fs in (mine, files))
    theirs[1] = {k: v for k, v in theirs[1].items() if k in ours[1]}  # and what the file said
    faults = compare(ours[0], theirs[0], scenario.ufuns) + \
        compare(ours[1], theirs[1], scenario.ufuns)
    again = Scenario.load(own)
    again.load_stats_file(mine[0])
    if len(again.stats.pareto_utils) != len(theirs[0]["pareto_utils"]):
        faults.append("NegMAS reads another frontier from our file")
    return faults


def made_up(folder, draw):
    """A scenario of NegMAS's own, as it writes it: sums with ties, values of all sizes, reserved
    values that are the worth of outcomes, parties to whom all is the same."""
    values = [[0, 1, 2, 3], [0, 1e-5, 2e-5], [round(draw.random(), 4) for _ in range(9)], [7],
              [-2, -1, 0, 1]]
    issues = [negmas.make_issue([f"{n}{k}" for k in range(draw.randint(1, 4))], n) for n in "abc"]
    ufuns = []
    for _ in range(draw.choice((2, 2, 3))):
        kind = draw.choice(values)
        funs = [TableFun({v: draw.choice(kind) for v in i.all}) for i in issues]
        weights = [draw.choice((1, 1, 2, 0.5)) for _ in issues]
        worth = sum(w * draw.choice(list(f.mapping.values())) for w, f in zip(weights, funs))
        ufuns.append(LinearAdditiveUtilityFunction(
            values=funs, weights=weights, issues=issues, name=f"p{len(ufuns)}",
            reserved_value=draw.choice((float("-inf"), worth, worth - 0.5, -9))))
    Scenario(negmas.make_os(issues, name="drawn"), tuple(ufuns)).dumpas(folder, "yaml")


warnings.simplefilter("ignore")
print(f"# negmas {negmas.__version__}")
with tempfile.TemporaryDirectory() as place:
    for k, path in enumerate(paths):
        folder = Path(place) / str(k)
        folder.mkdir()
        check(f"{path.name}: its statistics as NegMAS writes them",
              "\n".join(look_at(path, folder)))
    draw, faults, tied = random.Random(5), [], 0
    for k in range(60):
        folder = Path(place) / f"drawn-{k}"
        folder.mkdir()
        made_up(folder / "ours", draw)
        found = look_at(None, folder)
        faults += [f"{k}: {f}" for f in found]
        stats = yaml.safe_load((folder / "stats.yaml").read_text())
        tied += any(len(v) > 1 for key, v in stats.items()
                    if key.endswith("_utils") and key != "pareto_utils")
    check("of 60 scenarios of NegMAS's own too", "\n".join(faults[:20]))
    check("some of them have points that tie", None if tied > 3 else f"{tied}")
finish()
