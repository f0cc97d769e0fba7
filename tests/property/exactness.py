#!/usr/bin/env python3
"""Frontiers and counts of random scenarios against exact fractions. TAP output.

usage: exactness.py ENTENTE

Numbers of few decimals have many equal sums that doubles tell apart. The frontier, the number of
rational outcomes and the four points of every way of solving must be those of fractions; of Genius,
whose owner adds doubles, those stand beside what doubles give.
"""
import itertools
import json
import random
import subprocess
import sys
import tempfile
from fractions import Fraction as F
from pathlib import Path

import tap

entente = Path(sys.argv[1]).resolve()
rng = random.Random(12)
ISSUES, VALUES = 'ijkl', 'pqrs'


def solve(folder, *more):
    done = subprocess.run([entente, 'frontier', folder, '--json', '--quiet', *more],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def weights(parts, long):
    """Numbers of one decimal that sum to 1; where long, also thirds of 16 digits."""
    if long and parts == 3 and rng.random() < 0.3:
        return [F('0.3333333333333333')] * 2 + [F('0.3333333333333334')]
    cuts = sorted(rng.sample(range(1, 10), parts - 1))
    return [F(b - a, 10) for a, b in zip([0] + cuts, cuts + [10])]


def number(long):
    """One decimal, or now and then a third of 12 digits."""
    if long and rng.random() < 0.2:
        return rng.choice([F('0.333333333333'), F('0.666666666667')])
    return F(rng.randrange(11), 10)


def draw(issues, values, parties, long):
    return [{'weights': weights(issues, long),
             'values': [[number(long) for _ in range(values)] for _ in range(issues)],
             'bid': [rng.randrange(values) for _ in range(issues)] if rng.random() < 0.7 else None}
            for _ in range(parties)]


def utility(party, outcome, scale=None):
    scale = scale or [1] * len(outcome)
    return sum(w * v[k] / s for w, v, k, s in
               zip(party['weights'], party['values'], outcome, scale))


def text(x):
    return str(float(x)) if x.denominator > 10 else f'{float(x):.1f}'


def write_geniusweb(folder, drawn):
    values = {ISSUES[i]: {'values': list(VALUES[:len(v)])}
              for i, v in enumerate(drawn[0]['values'])}
    domain = {'name': 'd', 'issuesValues': values}
    Path(folder, 'd.json').write_text(json.dumps(domain))
    for p, party in enumerate(drawn):
        bid = {} if party['bid'] is None else {
            'reservationBid': {'issuevalues': {ISSUES[i]: VALUES[k]
                                               for i, k in enumerate(party['bid'])}}}
        space = {'name': f'p{p}', 'domain': domain, **bid,
                 'issueWeights': {ISSUES[i]: float(w) for i, w in enumerate(party['weights'])},
                 'issueUtilities': {ISSUES[i]: {'DiscreteValueSetUtilities': {'valueUtilities': {
                     VALUES[k]: float(x) for k, x in enumerate(v)}}}
                     for i, v in enumerate(party['values'])}}
        Path(folder, f'p{p}.json').write_text(json.dumps({'LinearAdditiveUtilitySpace': space}))


def write_negmas(folder, drawn):
    issues = [{'type': 'CategoricalIssue', 'name': ISSUES[i], 'values': list(VALUES[:len(v)])}
              for i, v in enumerate(drawn[0]['values'])]
    Path(folder, 'd.json').write_text(json.dumps(
        {'type': 'DiscreteCartesianOutcomeSpace', 'name': 'd', 'issues': issues}))
    for p, party in enumerate(drawn):
        bid = {} if party['bid'] is None else {
            'reserved_value': None, 'reserved_outcome': [VALUES[k] for k in party['bid']]}
        Path(folder, f'p{p}.json').write_text(json.dumps({
            'type': 'LinearAdditiveUtilityFunction', 'name': f'p{p}', **bid,
            'weights': [float(w) for w in party['weights']],
            'values': [{'type': 'TableFun', 'mapping': {VALUES[k]: float(x)
                                                       for k, x in enumerate(v)}}
                       for v in party['values']]}))


def write_csv(folder, drawn):
    lines = [','.join([*ISSUES[:len(drawn[0]['values'])],
                       *(f'u(p{p})' for p in range(len(drawn)))])]
    for o in outcomes(drawn):
        sums = [utility(party, o) for party in drawn]
        lines.append(','.join([VALUES[k] for k in o] + [f'{float(x):.12g}' for x in sums]))
    Path(folder, 'table.csv').write_text('\n'.join(lines) + '\n')


def write_genius(folder, drawn):
    def issues(party):
        return ''.join(
            f'<issue index="{i + 1}" name="{ISSUES[i]}" type="discrete">' + ''.join(
                f'<item index="{k + 1}" value="{VALUES[k]}"'
                + (f' evaluation="{text(x)}"' if party else '') + '/>'
                for k, x in enumerate(v)) + '</issue>'
            for i, v in enumerate((party or drawn[0])['values']))
    Path(folder, 'd.xml').write_text(
        '<negotiation_template><utility_space number_of_issues="4"><objective index="0" name="d">'
        f'{issues(None)}</objective></utility_space></negotiation_template>')
    for p, party in enumerate(drawn):
        level = ''.join(f'<weight index="{i + 1}" value="{float(w)}"/>'
                        for i, w in enumerate(party['weights']))
        Path(folder, f'p{p}.xml').write_text(
            f'<utility_space><objective index="0" name="d">{issues(party)}{level}</objective>'
            f'<reservation value="{float(party["reserved"])}"/></utility_space>')


def outcomes(drawn):
    return itertools.product(*(range(len(v)) for v in drawn[0]['values']))


def brute(drawn, reserved, scale=False):
    """Frontier, rational count and the best values of the four points."""
    scales = [[max(v) or 1 for v in p['values']] if scale else None for p in drawn]
    reach = [tuple(utility(p, o, s) for p, s in zip(drawn, scales)) for o in outcomes(drawn)]
    distinct = set(reach)
    front = sorted(a for a in distinct
                   if not any(b != a and all(y >= x for x, y in zip(a, b)) for b in distinct))
    fits = [a for a in reach if all(x >= r for x, r in zip(a, reserved))]
    return front, len(fits)


def same(found, wanted):
    return len(found) == len(wanted) and all(
        abs(x - y) < F(1, 10**14) for a, b in zip(found, wanted) for x, y in zip(map(F, a), b))


def compare(name, drawn, folder, reserved, methods):
    front, fits = brute(drawn, reserved)
    faults = []
    for method in methods:
        got = solve(folder, '--method', method)
        values = [p['values'] for p in got['frontier']]
        if not same(values, front) or got['rational_outcomes'] != str(fits):
            faults.append((method, len(values), len(front), got['rational_outcomes'], fits))
        named = [p['values'] for p in got['points'].values() if p and 'values' in p]
        if any(v not in values for v in named):
            faults.append((method, 'a point is not on the frontier'))
    return [(name, *f) for f in faults]


def reserved_of(drawn):
    return [F(-1) if p['bid'] is None else utility(p, p['bid']) for p in drawn]


def run(title, count, write, sizes, parties, long, methods, where='.'):
    faults = []
    for k in range(count):
        drawn = draw(*sizes, parties, long)
        with tempfile.TemporaryDirectory() as folder:
            write(folder, drawn)
            if write is write_csv:
                reserved = [F(-1)] * parties
            else:
                reserved = reserved_of(drawn)
                if write is write_geniusweb:
                    reserved = [max(r, F(0)) for r in reserved]
            faults += compare(f'{title} {k}', drawn, Path(folder, where), reserved, methods)
    tap.check(f'{title}, {count} scenarios', not faults, faults[:3])


def run_genius(count):
    """The exact answer stands beside the owner's where they differ, and only there."""
    faults, differ = [], 0
    for k in range(count):
        drawn = draw(4, 4, 2, False)
        for party in drawn:
            party['reserved'] = F(rng.randrange(11), 10)
        with tempfile.TemporaryDirectory() as folder:
            write_genius(folder, drawn)
            got = solve(folder)
        front, fits = brute(drawn, [p['reserved'] for p in drawn], scale=True)
        exact = got.get('frontier_exact', got['frontier'])
        if not same([p['values'] for p in exact], front) or \
                got.get('rational_outcomes_exact', got['rational_outcomes']) != str(fits):
            faults.append((k, len(exact), len(front), fits))
        differ += 'frontier_exact' in got or 'rational_outcomes_exact' in got
        if ('frontier_exact' in got) != (len(got['frontier']) != len(front)):
            faults.append((k, 'frontier_exact', len(got['frontier']), len(front)))
    tap.check(f'Genius, {count} scenarios', not faults, faults[:3])
    tap.check('some of them differ', differ > 0)


both = ('merge', 'enumeration')
run('GeniusWeb, 2 parties, 4 issues of 4 values', 120, write_geniusweb, (4, 4), 2, False, both)
run('GeniusWeb, 3 parties', 30, write_geniusweb, (3, 3), 3, False, both)
run('GeniusWeb, numbers of 12 digits', 60, write_geniusweb, (3, 4), 2, True, ('best',))
run('NegMAS', 60, write_negmas, (4, 4), 2, False, both)
run('tables of outcomes', 30, write_csv, (3, 4), 2, False, ('best',), 'table.csv')
run_genius(120)
tap.finish()
