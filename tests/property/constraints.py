#!/usr/bin/env python3
"""Genius constraint spaces against another reading of the same rules. TAP output.

usage: constraints.py ENTENTE

Random ranks and constraints of every type; each outcome is valued here in fractions, straight from
the rules, and the frontier, its best values and the rational count must be the same. Also folders of
several domains, and certain and uncertain profiles of one party.
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
rng = random.Random(7)
# Issue number -> values; the numbers lie apart so that the order of a hash map matters.
DOMAIN = {2: ['none', 'a=stop+b=go', 'a=go+b=stop', 'a=go+b=go'], 5: ['-5', '0', '10', '40'],
          17: ['0', '25', '50'], 21: ['soon', 'late']}
NUMERIC = [5, 17]


def solve(folder, *more):
    done = subprocess.run([entente, 'frontier', folder, '--json', '--quiet', *more],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def conditions(numeric):
    return rng.choice(['numeric=positive', 'numeric=negative']) if numeric else \
        rng.choice(['a=go', 'b=stop', 'none'])


def draw_constraint():
    kind = rng.choice(['inclusiveZeroOutcomeConstraint', 'conditionalZeroOutcomeConstraint',
                       'zeroConstraint', 'sumZeroConstraint', 'sumZeroNotConstraint',
                       'sumZeroConstraintList', 'conditionalZeroConstraint'])
    c = {'type': kind, 'index': rng.choice(list(DOMAIN))}
    if kind == 'inclusiveZeroOutcomeConstraint':
        c['checks'] = {rng.choice(NUMERIC): conditions(True), 2: conditions(False)}
    elif kind == 'conditionalZeroOutcomeConstraint':
        pair = [(rng.choice(NUMERIC), conditions(True)), (2, conditions(False))]
        rng.shuffle(pair)
        c['checks'] = dict(pair)
    elif kind in ('zeroConstraint', 'conditionalZeroConstraint'):
        c['values'] = {i: rng.choice(DOMAIN[i]) for i in rng.sample(list(DOMAIN), 2)}
        c['index'] = 2 if kind == 'conditionalZeroConstraint' else c['index']
        c['value'] = 'a=go'
    else:
        low = rng.randrange(-5, 40)
        c |= {'index': 2, 'min': low, 'max': low + rng.randrange(40), 'value': 'b=go',
              'list': ['a=stop', 'b=stop'], 'items': rng.sample(NUMERIC, rng.randrange(1, 3))}
    return c


def sign_holds(condition, number):
    return (number >= 0 if 'positive' in condition else number <= 0)


def acts(c, bid):
    kind = c['type']
    if kind == 'inclusiveZeroOutcomeConstraint':
        return all(sign_holds(x, int(bid[i])) if 'numeric' in x else x in bid[i]
                   for i, x in c['checks'].items())
    if kind == 'conditionalZeroOutcomeConstraint':
        first, second = sorted(c['checks'], key=lambda i: i % 16)  # buckets of Java's hash map
        test = c['checks'][first]
        if test not in ('numeric=positive', 'numeric=negative'):
            return False
        number = int(bid[first])
        return (number > 0 if 'positive' in test else number < 0) and \
            c['checks'][second] not in bid[second]
    if kind in ('zeroConstraint', 'conditionalZeroConstraint'):
        all_there = all(bid[i] == v for i, v in c['values'].items())
        return all_there and (kind == 'zeroConstraint' or c['value'] not in bid[c['index']])
    total = sum(int(bid[i]) for i in c['items'])
    own = bid[c['index']]
    here = {'sumZeroConstraint': c['value'] in own, 'sumZeroNotConstraint': c['value'] not in own,
            'sumZeroConstraintList': any(x in own for x in c['list'])}[kind]
    return c['min'] <= total <= c['max'] and here


def utility(party, bid):
    if any(acts(c, bid) for c in party['constraints'] if 'ZeroOutcome' in c['type']):
        return F(0)
    total = F(0)
    for i, ranks in party['ranks'].items():
        zero = any(acts(c, bid) for c in party['constraints']
                   if 'ZeroOutcome' not in c['type'] and c['index'] == i)
        total += 0 if zero else F(ranks[bid[i]], max(ranks.values()))
    return total / len(party['ranks'])


def constraint_xml(c):
    inner = ''.join(f'<checkassignment index="{i}" condition="{x}"/>'
                    for i, x in c.get('checks', {}).items())
    inner += ''.join(f'<valueassignment index="{i}" value="{v}"/>'
                     for i, v in c.get('values', {}).items())
    inner += ''.join(f'<item index="{i}"/>' for i in c.get('items', []))
    if c['type'] == 'sumZeroConstraintList':
        inner += ''.join(f'<condition value="{x}"/>' for x in c['list'])
    bounds = f' min="{c["min"]}" max="{c["max"]}"' if 'min' in c else ''
    value = f' value="{c["value"]}"' if 'value' in c else ''
    return f'<constraint type="{c["type"]}" index="{c["index"]}"{value}{bounds}>{inner}</constraint>'


def issues_xml():
    return ''.join(f'<issue index="{i}" name="i{i}" type="discrete">' + ''.join(
        f'<item index="{k + 1}" value="{v}"/>' for k, v in enumerate(values)) + '</issue>'
        for i, values in DOMAIN.items())


def write(folder, parties):
    Path(folder, 'd.xml').write_text(
        '<negotiation_template><utility_space number_of_issues="4"><objective index="0" name="d">'
        f'{issues_xml()}</objective></utility_space></negotiation_template>')
    for n, party in enumerate(parties):
        ranks = ''.join(f'<issue index="{i}">' + ''.join(
            f'<item index="{k + 1}" rank="{r}" value="{v}"/>'
            for k, (v, r) in enumerate(ranks.items())) + '</issue>'
            for i, ranks in party['ranks'].items())
        rules = ''.join(map(constraint_xml, party['constraints']))
        Path(folder, f'p{n}.xml').write_text(
            f'<utility_space type="constraint"><objective index="0" name="d">{issues_xml()}<rules>'
            f'<ranks>{ranks}</ranks><constraints>{rules}</constraints></rules></objective>'
            f'<reservation value="{party["reserved"]}"/></utility_space>')


def check_constraints(count):
    faults = []
    for k in range(count):
        parties = [{'ranks': {i: {v: rng.randrange(1, 8) for v in DOMAIN[i]}
                              for i in rng.sample(list(DOMAIN), rng.randrange(2, 5))},
                    'constraints': [draw_constraint() for _ in range(rng.randrange(5))],
                    'reserved': rng.choice([0, 0.25, 0.5])} for _ in range(2)]
        with tempfile.TemporaryDirectory() as folder:
            write(folder, parties)
            got = solve(folder)
        bids = [dict(zip(DOMAIN, o)) for o in itertools.product(*DOMAIN.values())]
        reach = [tuple(utility(p, b) for p in parties) for b in bids]
        front = sorted(a for a in set(reach)
                       if not any(b != a and b[0] >= a[0] and b[1] >= a[1] for b in reach))
        fits = sum(all(u >= F(p['reserved']) for u, p in zip(a, parties)) for a in reach)
        exact = [p['values'] for p in got.get('frontier_exact', got['frontier'])]
        same = len(exact) == len(front) and all(
            abs(F(x) - y) < F(1, 10**12) for a, b in zip(exact, front) for x, y in zip(a, b))
        if not same or got.get('rational_outcomes_exact', got['rational_outcomes']) != str(fits):
            faults.append((k, len(exact), len(front), got['rational_outcomes'], fits))
    tap.check(f'constraints of every type, {count} scenarios', not faults, faults[:3])


def additive(kind, weight, more=''):
    return (f'<utility_space{kind}><objective index="0" name="d"><issue index="1" name="i" '
            'type="discrete"><item index="1" value="p" evaluation="1"/><item index="2" value="q" '
            'evaluation="4"/></issue><issue index="2" name="j" type="discrete"><item index="1" '
            f'value="p" evaluation="2"/></issue><weight index="1" value="{weight}"/><weight '
            f'index="2" value="{1 - weight}"/></objective>{more}<reservation value="0.1"/>'
            '</utility_space>')


TEMPLATE = ('<negotiation_template><utility_space number_of_issues="2"><objective index="0" '
            'name="d"><issue index="1" name="i" type="discrete"><item index="1" value="p"/><item '
            'index="2" value="q"/></issue><issue index="2" name="j" type="discrete"><item '
            'index="1" value="p"/></issue></objective></utility_space></negotiation_template>')


def check_uncertain():
    with tempfile.TemporaryDirectory() as folder:
        extra = '<comparisons>5</comparisons><errors>0</errors><experimental>false</experimental>'
        for name, text in (('d', TEMPLATE), ('u1', additive('', 0.5)), ('u2', additive('', 0.25)),
                           ('v1', additive(' type="UNCERTAIN"', 0.5, extra)),
                           ('v2', additive(' type="UNCERTAIN"', 0.2502, extra))):
            Path(folder, name + '.xml').write_text(text)
        tap.check('certain and uncertain profiles of one party are one',
                  solve(folder)['parties'] == ['u1', 'u2'])
        both = solve(folder, 'u1.xml', 'v1.xml')
        tap.check('both take part where both are named', both['parties'] == ['u1', 'v1'])
        tap.check('an uncertain profile has its additive values',
                  [p['values'] for p in both['frontier']] == [[1, 1]])
        Path(folder, 'u2.xml').unlink()
        tap.check('an uncertain profile alone stands for its party',
                  solve(folder)['parties'] == ['u1', 'v2'])


def check_domains():
    with tempfile.TemporaryDirectory() as folder:
        for kind in 'AB':
            Path(folder, f'Trip-{kind}-domain.xml').write_text(TEMPLATE)
            for k in (1, 2):
                Path(folder, f'Trip-{kind}-prof{k}.xml').write_text(additive('', 0.5 / k))
        got = solve(Path(folder, 'Trip-B-domain.xml'))
        tap.check('a domain takes the profiles that are called like it',
                  got['parties'] == ['Trip-B-prof1', 'Trip-B-prof2'], got['parties'])
        asked = subprocess.run([entente, 'frontier', folder, '--quiet'], capture_output=True,
                               text=True, timeout=60)
        tap.check('several domains are a question', asked.returncode != 0
                  and 'several domains' in asked.stderr, asked.stderr)
        Path(folder, 'somebody.xml').write_text(additive('', 0.5))
        asked = subprocess.run([entente, 'frontier', Path(folder, 'Trip-B-domain.xml'), '--quiet'],
                               capture_output=True, text=True, timeout=60)
        tap.check('so is a profile that could be of either', asked.returncode != 0
                  and 'do not say which' in asked.stderr, asked.stderr)


check_constraints(60)
check_uncertain()
check_domains()
tap.finish()
