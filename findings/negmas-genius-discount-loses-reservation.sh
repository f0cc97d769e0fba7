#!/bin/sh
# NegMAS 0.15.7 loses the reservation value of a Genius XML profile that has a discount factor.
#
# A profile with <reservation> alone keeps it. With <discount_factor> beside it the profile becomes an
# ExpDiscountedUFun whose reserved value is -inf: the file's value stays in the function inside, where
# no negotiator looks, so that the party accepts what its file rules out. The discount also runs by
# `step` (0.75 each round), where Genius has 0.75^t with t from 0 to 1 at the deadline.
#
# Seen with negmas 0.15.7 (PyPI), Python 3.11:
#   without a discount: LinearAdditiveUtilityFunction reserved 0.25, no agreement 0.25
#   with a discount:    ExpDiscountedUFun reserved -inf (inside 0.25), no agreement -inf, by step
# Exits with 1 if this changes, with 77 where the package cannot be installed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'negmas==0.15.7' || exit 77
mkdir "$work/s"
cat >"$work/s/d.xml" <<'XML'
<negotiation_template><utility_space number_of_issues="1">
<objective index="0" name="d" type="objective" etype="objective" description="">
<issue index="1" name="i" type="discrete" vtype="discrete" etype="discrete">
<item index="1" value="x"/><item index="2" value="y"/></issue>
</objective></utility_space></negotiation_template>
XML
profile() {
    cat <<XML
<utility_space><objective index="0" name="d" type="objective" etype="objective" description="">
<issue index="1" name="i" type="discrete" vtype="discrete" etype="discrete">
<item index="1" value="x" evaluation="0.2"/><item index="2" value="y" evaluation="1"/></issue>
<weight index="1" value="1"/></objective>$1<reservation value="0.25"/></utility_space>
XML
}
profile '' >"$work/s/p1.xml"
profile '<discount_factor value="0.75"/>' >"$work/s/p2.xml"
"$work/venv/bin/python" - "$work/s" <<'PY'
import sys
from negmas.inout import Scenario
plain, discounted = Scenario.load(sys.argv[1]).ufuns
print('without a discount:', type(plain).__name__, 'reserved', plain.reserved_value,
      'no agreement', plain(None))
print('with a discount:', type(discounted).__name__, 'reserved', discounted.reserved_value,
      'inside', discounted.ufun.reserved_value, 'no agreement', discounted(None),
      'by', discounted.factor)
same = (plain.reserved_value == 0.25 and plain(None) == 0.25
        and type(discounted).__name__ == 'ExpDiscountedUFun'
        and discounted.reserved_value == float('-inf') and discounted.ufun.reserved_value == 0.25
        and discounted(None) == float('-inf') and discounted.factor == 'step')
sys.exit(not same)
PY
