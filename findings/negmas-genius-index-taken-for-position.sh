#!/bin/sh
# NegMAS 0.16.0 takes the index of a Genius issue for its position.
#
# In Genius XML `index` numbers the nodes of the tree of objectives and issues: where the root has 1 the
# issues go from 2, as in the public domain AMPOvsCity. NegMAS reads the issues where the root has 0. Where
# it has 1 it refuses the domain, and with safe_parsing=False it puts issues of its own before the first, so
# that an outcome has two values more than the file has issues.
#
# Seen with negmas 0.16.0 (PyPI), Python 3.11:
#   root 0, issues from 1: 2 issues ['i', 'j']
#   root 1, issues from 2: ValueError: No issue with index 0 is found even though we have issues with higher indices
#   root 2, issues from 3, safe_parsing=False: 4 issues ['DUMMY_ISSUE', 'DUMMY_ISSUE', 'i', 'j']
# Exits with 1 if this changes, with 77 where the package cannot be installed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'negmas==0.16.0' || exit 77
"$work/venv/bin/python" - "$work" <<'PY'
import pathlib
import sys
import warnings

from negmas.inout import Scenario

warnings.simplefilter('ignore')
work = pathlib.Path(sys.argv[1])


def write(first):
    folder = work / f'from-{first}'
    folder.mkdir()
    issues = ''.join(f'<issue index="{first + k}" name="{n}" type="discrete" vtype="discrete" '
                     f'etype="discrete">%s</issue>' for k, n in enumerate('ij'))
    plain = ''.join(f'<item index="{k + 1}" value="{v}"/>' for k, v in enumerate('xy'))
    rated = ''.join(f'<item index="{k + 1}" value="{v}" evaluation="{k}"/>'
                    for k, v in enumerate('xy'))
    root = (f'<objective index="{first - 1}" name="d" type="objective" etype="objective" '
            'description="">')
    weights = ''.join(f'<weight index="{first + k}" value="0.5"/>' for k in range(2))
    (folder / 'd.xml').write_text(
        '<negotiation_template><utility_space number_of_issues="2">' + root +
        issues % (plain, plain) + '</objective></utility_space></negotiation_template>')
    for p in '12':
        (folder / f'p{p}.xml').write_text('<utility_space>' + root + issues % (rated, rated) +
                                          weights + '</objective></utility_space>')
    return folder


def told(first, **more):
    try:
        scenario = Scenario.from_genius_folder(write(first), **more)
        names = [i.name for i in scenario.outcome_space.issues]
        return f'{len(names)} issues {names}'
    except ValueError as fault:
        return f'ValueError: {fault}'


found = [told(1), told(2), told(3, safe_parsing=False)]
print(*found, sep='\n')
sys.exit(not (found[0].startswith('2 issues') and found[1].startswith('ValueError: No issue') and
              found[2].startswith('4 issues')))
PY
