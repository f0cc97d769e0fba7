#!/bin/sh
# NegMAS 0.15.7 has two meanings of "rational" in one table of statistics.
#
# calc_scenario_stats filters the Pareto frontier by utility >= reserved value, and counts
# `rational_fraction` by utility > reserved value. Where the reserved value is what some outcome is
# worth, as reserved outcomes and hand-made values are, an outcome can be the Nash point of the
# scenario and not be counted as rational: below the frontier holds an agreement and the fraction is 0.
#
# Seen with negmas 0.15.7 (PyPI), Python 3.11:
#   pareto [(0.5, 0.5)] nash [(0.5, 0.5)] rational_fraction 0.0
# Exits with 1 if this changes, with 77 where the package cannot be installed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'negmas==0.15.7' || exit 77
"$work/venv/bin/python" - <<'PY'
import sys
from negmas.outcomes import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction as U
from negmas.preferences.ops import calc_scenario_stats
issues = [make_issue(['a', 'b', 'c'], 'i')]
tables = ({'a': 1.0, 'b': 0.5, 'c': 0.0}, {'a': 0.0, 'b': 0.5, 'c': 1.0})
space = make_os(issues)
ufuns = [U(values=[t], weights=[1.0], outcome_space=space, reserved_value=0.5) for t in tables]
s = calc_scenario_stats(ufuns)
pareto = [tuple(map(float, p)) for p in s.pareto_utils]
nash = [tuple(map(float, p)) for p in s.nash_utils]
print('pareto', pareto, 'nash', nash, 'rational_fraction', s.rational_fraction)
sys.exit(not (pareto == [(0.5, 0.5)] and nash == [(0.5, 0.5)] and s.rational_fraction == 0))
PY
