#!/bin/sh
# NegMAS 0.15.7 reads the evaluations of a Genius XML profile without dividing them.
#
# In Genius an item gives weight * evaluation / (greatest evaluation of its issue), so that the best
# outcome of a profile whose weights sum to 1 is worth 1. NegMAS keeps weight * evaluation: utilities
# run past 1, issues with large evaluations outweigh the others, and the best outcome can be another.
#
# Seen with negmas 0.15.7 (PyPI), Python 3.11:
#   NegMAS: (x, p) 3.5, (y, p) 12.5, (x, q) 3.0, (y, q) 12.0
#   Genius: (x, p) 0.55, (y, p) 1.0, (x, q) 0.45, (y, q) 0.9
# Exits with 1 if this changes, with 77 where the package cannot be installed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'negmas==0.15.7' || exit 77
mkdir "$work/s"
cat >"$work/s/d.xml" <<'XML'
<negotiation_template><utility_space number_of_issues="2">
<objective index="0" name="d" type="objective" etype="objective" description="">
<issue index="1" name="i" type="discrete" vtype="discrete" etype="discrete">
<item index="1" value="x"/><item index="2" value="y"/></issue>
<issue index="2" name="j" type="discrete" vtype="discrete" etype="discrete">
<item index="1" value="p"/><item index="2" value="q"/></issue>
</objective></utility_space></negotiation_template>
XML
profile() {
    cat <<XML
<utility_space><objective index="0" name="d" type="objective" etype="objective" description="">
<issue index="1" name="i" type="discrete" vtype="discrete" etype="discrete">
<item index="1" value="x" evaluation="$1"/><item index="2" value="y" evaluation="$2"/></issue>
<issue index="2" name="j" type="discrete" vtype="discrete" etype="discrete">
<item index="1" value="p" evaluation="5"/><item index="2" value="q" evaluation="4"/></issue>
<weight index="1" value="0.5"/><weight index="2" value="0.5"/>
</objective></utility_space>
XML
}
profile 2 20 >"$work/s/p1.xml"
profile 1 1 >"$work/s/p2.xml"
"$work/venv/bin/python" - "$work/s" <<'PY'
import sys
from negmas.inout import Scenario
u = Scenario.load(sys.argv[1]).ufuns[0]
got = {o: round(float(u(o)), 9) for o in (('x', 'p'), ('y', 'p'), ('x', 'q'), ('y', 'q'))}
genius = {('x', 'p'): 0.55, ('y', 'p'): 1.0, ('x', 'q'): 0.45, ('y', 'q'): 0.9}
print('NegMAS', got)
print('Genius', genius)
wanted = {('x', 'p'): 3.5, ('y', 'p'): 12.5, ('x', 'q'): 3.0, ('y', 'q'): 12.0}
sys.exit(got != wanted)
PY
