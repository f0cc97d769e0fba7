#!/bin/sh
# NegMAS 0.16.0 takes 0 for the least utility of a function of hyper-rectangles that are worth more.
#
# Two outcomes, two boxes of one outcome each: one party has 2 and 3 from them, the other 3 and 2. No
# outcome is worth less than 2 to anybody, but minmax() gives (0, 3) to both, as if some outcome lay
# outside of all boxes, and so do the `utility_ranges` of the scenario's statistics. Where there is no
# reserved value the Nash and Kalai points count gains from that 0.
#
# Seen with negmas 0.16.0 (PyPI), Python 3.11:
#   utilities: [2.0, 3.0]
#   minmax: (0.0, 3.0)
#   utility_ranges: [(0.0, 3.0), (0.0, 3.0)]
#   the same as a table of values: minmax (2.0, 3.0)
# Exits with 1 if this changes, with 77 where the package cannot be installed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'negmas==0.16.0' || exit 77
"$work/venv/bin/python" - >"$work/said" <<'PY'
import warnings
warnings.simplefilter("ignore")
from negmas import make_issue, make_os
from negmas.preferences import HyperRectangleUtilityFunction, MappingUtilityFunction
from negmas.preferences.ops import calc_scenario_stats

space = make_os([make_issue(["a", "b"], "x")])


def boxes(a, b):
    return HyperRectangleUtilityFunction(outcome_ranges=[{0: ["a"]}, {0: ["b"]}], utilities=[a, b],
                                         outcome_space=space)


one, other = boxes(2.0, 3.0), boxes(3.0, 2.0)
print("utilities:", [float(one((x,))) for x in "ab"])
print("minmax:", tuple(map(float, one.minmax())))
print("utility_ranges:", [tuple(map(float, r)) for r in
                          calc_scenario_stats((one, other)).utility_ranges])
table = MappingUtilityFunction({("a",): 2.0, ("b",): 3.0}, outcome_space=space)
print("the same as a table of values: minmax", tuple(map(float, table.minmax())))
PY
cat "$work/said"
cat >"$work/want" <<'WANT'
utilities: [2.0, 3.0]
minmax: (0.0, 3.0)
utility_ranges: [(0.0, 3.0), (0.0, 3.0)]
the same as a table of values: minmax (2.0, 3.0)
WANT
diff "$work/want" "$work/said"
