#!/usr/bin/env python3
"""Haggling where there is too much, too little or nothing to haggle over.

usage: edges.py ENTENTE. Prints TAP. Standard library only.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

from tap import check, finish

entente = sys.argv[1]
EVERY = ('aspiration,boa,boa:model=bayes,boulware,conceder,exponential,hardliner,hybrid,linear,'
         'last-minute,micro,naive-tit-for-tat,nash,nice-tit-for-tat,random,war,war:accept=better')


def run(*words):
    return subprocess.run([entente, *words], capture_output=True, text=True, timeout=100)


def scenario(folder, issues, levels, reserved, kind='CategoricalIssue'):
    """A NegMAS scenario of two parties with random sums."""
    draw = random.Random(issues)
    os.mkdir(folder)
    with open(os.path.join(folder, 'space.yml'), 'w') as f:
        f.write('issues:\n')
        for i in range(issues):
            values = '[0.0, 1.0]' if kind == 'ContinuousIssue' else \
                '[' + ', '.join(f'v{k}' for k in range(levels)) + ']'
            f.write(f'- {{name: i{i}, type: {kind}, values: {values}}}\n')
        f.write('name: made\ntype: DiscreteCartesianOutcomeSpace\n')
    for sign, party in ((1, 'a'), (-1, 'b')):
        with open(os.path.join(folder, party + '.yml'), 'w') as f:
            f.write(f'name: {party}\nreserved_value: {reserved}\n'
                    'type: LinearAdditiveUtilityFunction\nvalues:\n')
            for i in range(issues):
                if kind == 'ContinuousIssue':
                    f.write(f'- {{type: AffineFun, slope: {sign}, bias: {0 if sign > 0 else 1}}}\n')
                else:
                    cells = ', '.join(f'v{k}: {draw.random():.2f}' for k in range(levels))
                    f.write(f'- {{type: TableFun, mapping: {{{cells}}}}}\n')
            f.write(f"weights: [{', '.join(['1.0'] * issues)}]\n")
    return folder


def haggle(path, *more):
    done = run('haggle', path, '--json', *more)
    return done, json.loads(done.stdout) if done.returncode == 0 else {}


with tempfile.TemporaryDirectory() as root:
    huge = scenario(os.path.join(root, 'huge'), 20, 10, 0)
    front = json.loads(run('frontier', huge, '--json').stdout)
    check('the frontier of 10^20 outcomes', front['outcomes'] == '1' + '0' * 20 and front['proved'])
    best = [max(p['values'][k] for p in front['frontier']) for k in (0, 1)]
    for pair in EVERY.split(','):
        done, reply = haggle(huge, '--pair', pair)
        check(f'10^20 outcomes, {pair}: a sample with the whole frontier, and it is said',
              done.returncode == 0 and 'H201' in done.stderr and 'whole frontier' in done.stderr and
              reply['sampled'] and reply['whole_frontier'] and reply['outcomes'] == 100000,
              done.stderr)
        if pair not in ('conceder', 'random', 'naive-tit-for-tat'):
            first = [next(o['values'][k] for o in reply['offers'] if o['party'] == k)
                     for k in (0, 1)] if len(reply['offers']) > 1 else best
            check(f'{pair} begins with the best there is or near it',
                  all(x > 0.8 * y for x, y in zip(first, best)), first)
    done, runs = haggle(huge, '--pair', 'boulware', '--runs', '10')
    check('the agreement of two boulwares is on the frontier',
          runs['agreement']['share'] == 1 and runs['pareto_distance']['mean'] < 0.02,
          runs['pareto_distance'])
    text = run('haggle', huge).stdout
    check('the text says it too', 'a sample with the whole frontier' in text)
    done = run('tournament', huge, '--strategies', EVERY, '--json')
    check('a tournament too', done.returncode == 0 and done.stderr.count('H201') == 1, done.stderr)

    smooth = scenario(os.path.join(root, 'smooth'), 2, 0, 0, 'ContinuousIssue')
    done, reply = haggle(smooth)
    check('continuous issues are cut into steps, and it is said',
          'S207' in done.stderr and reply['discretised'] and reply['outcomes'] == 441, done.stderr)
    check('in the text too', 'cut into steps' in run('haggle', smooth).stdout)

    one = scenario(os.path.join(root, 'one'), 2, 1, 0)
    none = scenario(os.path.join(root, 'none'), 3, 4, 99)
    small = scenario(os.path.join(root, 'small'), 3, 4, 0)
    for pair in EVERY.split(','):
        done, reply = haggle(one, '--pair', pair)
        check(f'one outcome, {pair}', done.returncode == 0 and reply['end'] in ('agreed', 'deadline'),
              done.stderr)
        done, reply = haggle(none, '--pair', pair)
        lame = pair == 'naive-tit-for-tat'  # offers what it would not take
        check(f'nothing that suits, {pair}: no deal', done.returncode == 0 and
              (lame or reply['agreement'] is None), reply.get('end'))
        done, reply = haggle(small, '--pair', pair, '--rounds', '0')
        check(f'a deadline at once, {pair}: no deal and no offer', done.returncode == 0 and
              reply['end'] == 'deadline' and reply['offers'] == [], done.stderr)
    for path, more in ((one, []), (none, []), (small, ['--rounds', '0'])):
        done = run('tournament', path, '--strategies', EVERY, *more)
        check(f'a tournament on {os.path.basename(path)} {more}',
              done.returncode == 0 and 'nan' not in done.stdout, done.stdout)
        done = run('haggle', path, '--runs', '3', '--json', *more)
        check('and many runs', done.returncode == 0 and 'nan' not in done.stdout.lower(), done.stderr)
    for protocol in ('alternating', 'breakdown', 'one-text'):
        done, reply = haggle(small, '--rounds', '0', '--protocol', protocol)
        check(f'no rounds, {protocol}', done.returncode == 0 and reply['agreement'] is None)
    done = run('haggle', small, '--runs', '3', '--svg')
    check('many runs are no picture', done.returncode == 2)
finish()
