#!/usr/bin/env python3
"""Deadlines that no strategy is told: where runs end, and that nobody plays otherwise for them.

usage: deadlines.py ENTENTE SCENARIO. Prints TAP. Standard library only.
"""
import collections
import json
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

# Seconds: a clock that turns move on by what they are said to cost.
timed = [*'--pair boulware,linear --seconds 2 --step-cost 0.01 --json'.split()]
said = json.loads(run('haggle', scenario, *timed))
at = [o['seconds'] for o in said['offers']]
check('each turn takes its seconds', all(abs(s - 0.01 * (k + 1)) < 1e-9 for k, s in
                                         enumerate(at)) and at, at[:5])
said = json.loads(run('haggle', scenario, *'--pair hardliner --seconds 2 --step-cost 0.02'.split(),
                      '--json'))
check('a hundred turns of two hundredths fit into two seconds', len(said['offers']) == 100 and
      said['end'] == 'deadline' and said['clock']['rounds_count'] is False, said['end'])
said = json.loads(run('haggle', scenario, '--pair', 'hardliner:step-cost=0.3,hardliner',
                      '--seconds', '1', '--step-cost', '0.1', '--json'))
late = json.loads(run('haggle', scenario, '--pair', 'hardliner:step-cost=0.3,hardliner',
                      '--seconds', '1', '--step-cost', '0.1', '--overtime', '--json'))
check('the round in which the time runs out ends there, or is played to its end',
      (len(said['offers']), len(late['offers'])) == (4, 6), said['offers'][-1])
done = subprocess.run([entente, 'haggle', scenario, '--pair', 'hardliner,boulware', '--step-cost',
                       '0.01-0.05', '--step-limit', '0.045', '--runs', '200', '--json'],
                      capture_output=True, text=True, timeout=60)
said = json.loads(done.stdout)
check('a turn above the limit ends the talks, and its strategy is told of',
      said['ends']['too-slow'] > 0.9 and done.stderr.count('H203') == 2, done.stderr)
with tempfile.TemporaryDirectory() as folder:
    files = {}
    usual = {'--seconds': '1', '--step-cost': '0.005-0.02'}

    def league(**more):
        given = usual | {'--' + k.replace('_', '-'): v for k, v in more.items()}
        return ['tournament', scenario, '--repetitions', '300', '--strategies',
                'boulware,micro,random:step-cost=0.02-0.05',
                *[w for pair in given.items() for w in pair if w]]

    for name, more in (('a', ['--threads', '1']), ('b', ['--threads', '3'])):
        run(*league(), '--results', os.path.join(folder, name), *more)
        with open(os.path.join(folder, name), 'rb') as file:
            files[name] = file.read()
    check('the same bytes whatever the threads', files['a'] == files['b'])
    again = ['--results', os.path.join(folder, 'a')]
    for other in ({'seconds': '1.5'}, {'overtime': ''}, {'step_limit': '1'},
                  {'at_reservation': 'refuse'}, {'step_cost': '0.005-0.03'}, {'rounds': '100'}):
        said = run(*league(**other), *again, code=3)
        check(f'with other {"".join(other)} it is another tournament', 'H107' in said, said)
    check('and without it is gone on with', 'runs' in run(*league(), *again))
for words in (['--step-cost', 'x', '--seconds', '1'], ['--seconds', '0'], ['--overtime'],
              ['--step-cost', '1'], ['--at-reservation', 'maybe'], ['--step-limit', '-1']):
    check(f'{" ".join(words)} is refused',
          'U10' in run('haggle', scenario, *[f'{w}' for w in words], code=2))
check('real time is for strategies from outside', 'H102' in
      run('haggle', scenario, '--seconds', '1', '--pair', 'boulware:step-cost=real', code=2))

for wrong in ('0', '9-3', '5-', 'x', '-4'):
    check(f'{wrong} is refused', 'U103' in run('haggle', scenario, f'--hidden-deadline={wrong}',
                                                 code=2))
finish()
