#!/usr/bin/env python3
"""Published statistics beside a scenario are compared with ours. TAP output.

usage: published.py ENTENTE

Two parties, one issue of four values: (1, 0), (0.8, 0.5), (0.5, 0.8), (0, 0.9); the second has a
reservation value that an outcome is worth exactly. The statistics are worked out here by hand, as
NegMAS and NegoLog define them; then one after the other is changed.
"""
import csv
import itertools
import json
import math
import random
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import tap

entente = Path(sys.argv[1]).resolve()
VALUES = {'a': (1, 0), 'b': (0.8, 0.5), 'c': (0.5, 0.8), 'd': (0, 0.9)}
# Reserved values 0 and 0.5: b, c and d are rational; gains of b 0.8 * 0, c 0.5 * 0.3, d 0 * 0.4.
# Shares b 0.8 and 0, c 0.5 and 0.75, d 0 and 1: c is the most even.
STATS = {'pareto_utils': [[0.8, 0.5], [0.5, 0.8], [0, 0.9]], 'nash_utils': [[0.5, 0.8]],
         'ks_utils': [[0.5, 0.8]], 'kalai_utils': [[0.5, 0.8]],
         'max_welfare_utils': [[0.8, 0.5], [0.5, 0.8]],
         'opposition': math.hypot(0.2, 1 - 0.5 / 0.9), 'rational_fraction': 0.75}
SPECS = {'NumberOfBids': 4, 'Opposition': math.hypot(0.2, 0.5), 'Nash Product': 0.4,
         'Social Welfare': 1.3}
OTHER = {'pareto_utils': STATS['pareto_utils'][:2], 'opposition': 0.1, 'rational_fraction': 0.5,
         'NumberOfBids': 5, 'Opposition': 0.1, 'Nash Product': 0.5, 'Social Welfare': 1.4}


def write_negmas(folder, stats):
    Path(folder, 'd.yml').write_text('type: DiscreteCartesianOutcomeSpace\nname: d\nissues:\n- '
                                     '{type: CategoricalIssue, name: i, values: [a, b, c, d]}\n')
    for p in range(2):
        table = {k: v[p] for k, v in VALUES.items()}
        Path(folder, f'p{p}.yml').write_text(
            f'type: LinearAdditiveUtilityFunction\nreserved_value: {0.5 * p}\nvalues:\n- '
            f'{json.dumps(table)}\nweights: [1]\n')
    Path(folder, '_stats.yaml').write_text(json.dumps(stats) + '\n')
    Path(folder, '_info.yaml').write_text('source: a UtilityFunction of no scenario\n')


def write_negolog(folder, stats):
    for p, name in enumerate('AB'):
        Path(folder, f'profile{name}.json').write_text(json.dumps({
            'reservationValue': 0.5 * p, 'issueWeights': {'i': 1},
            'issues': {'i': {k: v[p] for k, v in VALUES.items()}}}))
    Path(folder, 'specs.json').write_text(json.dumps(stats))


def checks(write, stats):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, stats)
        done = subprocess.run([entente, 'frontier', folder, '--check-stats', '--json'],
                              capture_output=True, text=True, timeout=60)
        text = subprocess.run([entente, 'frontier', folder, '--check-stats'],
                              capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)['published']['checks']
    return found, done.stderr, ' '.join(text.stdout.split())


for write, stats in ((write_negmas, STATS), (write_negolog, SPECS)):
    found, said, text = checks(write, stats)
    tap.check(f'{write.__name__[6:]}: all are the same', len(found) == len(stats)
              and all(c['same'] for c in found), [c for c in found if not c['same']])
    tap.check(f'{write.__name__[6:]}: what stands beside is known', said == '', said)
    for key in stats:
        changed = dict(stats, **{key: OTHER.get(key, [[1, 0]])})
        found, said, text = checks(write, changed)
        wrong = [c for c in found if not c['same']]
        tap.check(f'{key}: a difference is told with both definitions',
                  [c['key'] for c in wrong] == [key] and wrong[0]['theirs'] in text
                  and wrong[0]['here'] in text and f'{key} of' in text, text[-300:])
with tempfile.TemporaryDirectory() as folder:
    write_negmas(folder, STATS)
    Path(folder, '_stats.yaml').unlink()
    done = subprocess.run([entente, 'frontier', folder, '--check-stats'], capture_output=True,
                          text=True, timeout=60)
    tap.check('nothing to compare with is an error', done.returncode == 3
              and 'no published statistics' in done.stderr, done.stderr)


def write_random(folder, draw, parties=2, issues=3, values=3):
    """A NegMAS scenario in hundredths, and every outcome's values, last issue fastest."""
    Path(folder).mkdir()
    Path(folder, 'd.yml').write_text('type: DiscreteCartesianOutcomeSpace\nname: d\nissues:\n' + ''.join(
        f'- {{type: CategoricalIssue, name: i{i}, values: [{", ".join("abc"[:values])}]}}\n'
        for i in range(issues)))
    tables = [[[draw.randrange(-30, 100) for _ in range(values)] for _ in range(issues)]
              for _ in range(parties)]
    reserved = [draw.choice([-500, -20, 30, 60]) for _ in range(parties)]
    for p, table in enumerate(tables):
        Path(folder, f'p{p}.yml').write_text(
            f'type: LinearAdditiveUtilityFunction\nreserved_value: {reserved[p] / 100}\nvalues:\n' +
            ''.join(f'- {json.dumps({k: v / 100 for k, v in zip("abc", row)})}\n' for row in table) +
            f'weights: [{", ".join(["1"] * issues)}]\n')
    outcomes = list(itertools.product(range(values), repeat=issues))
    return [[sum(t[i][v] for i, v in enumerate(o)) for t in tables] for o in outcomes], reserved


def negmas_points(outcomes, reserved):
    """Nash and Kalai-Smorodinsky as NegMAS defines them, in whole hundredths."""
    n = range(len(reserved))
    least = [min(o[p] for o in outcomes) for p in n]
    most = [max(o[p] for o in outcomes) for p in n]
    zero = [max(reserved[p], least[p]) for p in n]
    front = [o for o in outcomes if all(o[p] >= reserved[p] for p in n) and not any(
        all(x[p] >= o[p] for p in n) and x != o for x in outcomes)]
    def share(o):
        return [Fraction(o[p] - zero[p], most[p] - zero[p]) for p in n]
    if not front or any(most[p] <= zero[p] for p in n):
        return None, None
    return (max(front, key=lambda o: (math.prod(o[p] - zero[p] for p in n), sum(o))),
            max(front, key=lambda o: (min(share(o)) - max(share(o)), sum(o))))


def columns_are_theirs(folder, outcomes, reserved):
    """Are the distances of every run those from the points as they are worked out here?"""
    n, points = range(len(reserved)), negmas_points(outcomes, reserved)
    least = [min(o[p] for o in outcomes) for p in n]
    most = [max(o[p] for o in outcomes) for p in n]
    table = Path(folder, 'runs.csv')
    done = subprocess.run([entente, 'tournament', folder, '--strategies', 'boulware,micro,random',
                           '--repetitions', '2', '--csv', table, '--json', '-q'],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    with open(table) as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for name, point in zip(('nash_negmas', 'kalai_smorodinsky_negmas'), points):
            if row['outcome'] == '' or point is None:
                if row[name] != '':
                    return False, row
                continue
            at = outcomes[int(row['outcome'])]
            right = math.hypot(*((at[p] - point[p]) / (most[p] - least[p]) for p in n))
            if not abs(float(row[name]) - right) < 1e-9:
                return False, (row, point, right)
    return points[0] is not None and any(row['outcome'] for row in rows), done.stdout


with tempfile.TemporaryDirectory() as folder:
    draw, compared = random.Random(12), 0
    for k in range(12):
        fine, shown = columns_are_theirs(f'{folder}/{k}', *write_random(f'{folder}/{k}', draw))
        compared += bool(fine) and isinstance(shown, str)
        tap.check(f'scenario {k}: distances of runs are from the points of NegMAS',
                  fine or isinstance(shown, str), shown)
        if fine:
            tap.check(f'scenario {k}: the ranking has them, and says what they are',
                      '"nash_negmas_distance": ' in shown and
                      'gains count from that least utility' in shown, shown)
    tap.check('most had such points', compared >= 8, compared)
tap.finish()
