#!/usr/bin/env python3
"""Deadlines that no strategy is told: where runs end, and that nobody plays otherwise for them.

usage: deadlines.py ENTENTE SCENARIO. Prints TAP. Standard library only.
"""
import collections
import os
import sqlite3
import subprocess
import sys
import tempfile

from tap import check, finish

entente, scenario = sys.argv[1:3]


def run(*words, code=0):
    done = subprocess.run([entente, *words, '--quiet'], capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def offers(*words):
    return run('haggle', scenario, '--rounds', '100', '--plain', *words).splitlines()


open_end = offers('--pair', 'boulware,linear')
for last in (1, 20):
    early = offers('--pair', 'boulware,linear', '--hidden-deadline', str(last))
    check(f'up to round {last} everybody offers what they would without',
          early[:-1] == open_end[:2 * last] and early[-1] == f'end\tdeadline\t{last}', early)
check('one behind the deadline that all know changes nothing',
      offers('--pair', 'boulware,linear', '--hidden-deadline', '101') == open_end)
check('an agreement before it stands', offers('--pair', 'conceder', '--hidden-deadline', '90') ==
      offers('--pair', 'conceder'))

with tempfile.TemporaryDirectory() as folder:
    ends = []
    for name, more in (('a', ['--threads', '1']), ('b', ['--threads', '3']), ('c', ['--seed', '2'])):
        path = os.path.join(folder, name)
        run('tournament', scenario, '--strategies', 'hardliner', '--repetitions', '3000', '--rounds',
            '100', '--hidden-deadline', '10-19', '--results', path, *more)
        db = sqlite3.connect(path)
        ends.append([r for r, in db.execute('SELECT round FROM run ORDER BY job')])
        db.close()
    found = collections.Counter(ends[0])
    check('rounds are drawn evenly from all that may be the last', sorted(found) ==
          list(range(10, 20)) and min(found.values()) > 230 and max(found.values()) < 370, found)
    check('whatever the threads, and by the seed', ends[0] == ends[1] != ends[2])
    said = run('tournament', scenario, '--strategies', 'hardliner', '--repetitions', '3000',
               '--rounds', '100', '--results', os.path.join(folder, 'a'), code=3)
    check('without it, it is another tournament', 'H107' in said, said)
    check('a mediator ends there too', offers('--protocol', 'one-text', '--hidden-deadline', '7')
          [-1].split('\t')[2] in ('6', '7'))
for wrong in ('0', '9-3', '5-', 'x', '-4'):
    check(f'{wrong} is refused', 'U103' in run('haggle', scenario, f'--hidden-deadline={wrong}',
                                                 code=2))
finish()
