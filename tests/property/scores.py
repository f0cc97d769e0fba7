#!/usr/bin/env python3
"""What a tournament ranks by, computed anew from the stored runs and the scenario's table by each
score's definition (docs/METHODS.md): NegMAS 0.16.0's make_scores() and calc_outcome_optimality().

usage: scores.py ENTENTE. Prints TAP. Standard library only.
"""
import csv
import json
import math
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

from tap import check, finish

entente = sys.argv[1]
SCORES = ('advantage', 'agreement', 'anl2024', 'kalai', 'nash', 'pareto', 'partners', 'utility',
          'welfare')


def write(path, seed, reservation):
    draw = random.Random(seed)
    with open(path, 'w') as f:
        f.write('price,term,u(a),u(b)\n')
        for price in range(8):
            for term in range(5):
                f.write(f'p{price},t{term},{8 * price + 3 * draw.random():.4f},'
                        f'{1 - price / 8 + draw.random() / 2:.4f}\n')
        if reservation:
            f.write(f'reservation,,{reservation[0]},{reservation[1]}\n')
    with open(path) as f:
        rows = [r for r in csv.reader(f)][1:]
    return [tuple(map(float, r[2:])) for r in rows if r[0] != 'reservation']


def xml_is_sound(page):
    """Do its elements nest, those that HTML leaves open aside?"""
    text = re.sub('<(meta[^>]*)>', r'<\1/>', page.replace('<!doctype html>', ''))
    try:
        xml.etree.ElementTree.fromstring(text)
    except xml.etree.ElementTree.ParseError:
        return False
    return True


class Scenario:
    def __init__(self, path, seed, reservation):
        self.path, self.values, self.reservation = path, write(path, seed, reservation), reservation
        self.least = [min(v[p] for v in self.values) for p in (0, 1)]
        self.best = [max(v[p] for v in self.values) for p in (0, 1)]
        self.front = [self.normal(v) for v in self.values
                      if not any(w != v and w[0] >= v[0] and w[1] >= v[1] for w in self.values)]
        base = self.normal(self.fallback())
        fine = [v for v in self.front if v[0] >= base[0] and v[1] >= base[1]]
        # Without a reservation value the Nash point counts from the least on the frontier.
        base = base if reservation else [min(v[p] for v in self.front) for p in (0, 1)]
        gains = [(v[0] - base[0], v[1] - base[1]) for v in fine]
        self.nash = fine[max(range(len(fine)), key=lambda k: gains[k][0] * gains[k][1])]
        most = [max(g[p] for g in gains) for p in (0, 1)]
        self.kalai = fine[max(range(len(fine)),
                              key=lambda k: min(gains[k][0] / most[0], gains[k][1] / most[1]))]

    def normal(self, v):
        return [(v[p] - self.least[p]) / (self.best[p] - self.least[p]) for p in (0, 1)]

    def fallback(self):
        return self.reservation or self.least

    def score(self, name, outcome, utility, party):
        own, other = utility[party], utility[1 - party]
        at = self.normal(self.values[outcome] if outcome is not None else self.fallback())
        base = self.fallback()[party]

        def near(points):
            return 1 - min(math.dist(at, p) for p in points) / math.sqrt(2)
        return {'advantage': lambda: (own - base) / (self.best[party] - base),
                'agreement': lambda: float(outcome is not None),
                'anl2024': lambda: (own - base) / (self.best[party] - base) if self.reservation
                else own - self.least[party],
                'kalai': lambda: near([self.kalai]), 'nash': lambda: near([self.nash]),
                'pareto': lambda: near(self.front), 'partners': lambda: other,
                'utility': lambda: own, 'welfare': lambda: sum(self.normal(utility)) / 2}[name]()


with tempfile.TemporaryDirectory() as folder:
    scenarios = [Scenario(os.path.join(folder, f's{k}.csv'), k, r)
                 for k, r in enumerate([(20, 0.6), None, (30.5, 0.5)])]
    for name in SCORES:
        results = os.path.join(folder, name + '.db')
        done = subprocess.run(
            [entente, 'tournament', *[s.path for s in scenarios], '--strategies',
             'boulware,conceder,hardliner,micro,random', '--rounds', '30', '--score', name,
             '--results', results, '--json'], capture_output=True, text=True, timeout=120)
        told = json.loads(done.stdout)
        db = sqlite3.connect(results)
        wrong, count, deals, sums = [], 0, 0, {}
        for job, scenario, outcome in db.execute('SELECT job, scenario, outcome FROM run').fetchall():
            seats = db.execute('SELECT party, strategy, utility, score FROM seat WHERE job = ? '
                               'ORDER BY party', (job,)).fetchall()
            utility = [s[2] for s in seats]
            deals += outcome is not None
            for party, strategy, _, score in seats:
                expected = scenarios[scenario].score(name, outcome, utility, party)
                count += 1
                sums.setdefault(strategy, {}).setdefault(scenario, []).append(score)
                if abs(score - expected) > 1e-9:
                    wrong.append((job, party, score, expected))
        check(f'{name}: every seat has what the definition says',
              not wrong and count > 100 and 0 < deals < count / 2,
              f'{len(wrong)} of {count}, {deals} deals: {wrong[:3]}')
        means = {s: sum(sum(v) / len(v) for v in by.values()) / len(by) for s, by in sums.items()}
        ranked = db.execute('SELECT strategy, score FROM ranking ORDER BY place').fetchall()
        wrong = [r for r in ranked if abs(means[r[0]] - r[1]) > 1e-9]
        order = [r[1] for r in ranked]
        check(f'{name}: the ranking is by it', not wrong and len(ranked) == 5 and
              order == sorted(order, reverse=True) and told['score'] == name and
              [round(r['score'], 9) for r in told['ranking']] == [round(s, 9) for s in order],
              f'{wrong} {order} {told}')
        db.close()
    # The same runs by what each knew of the other, by the advantage, and by both.
    seats = {}
    for name in ('kendall', 'anl2024', 'anl2026'):
        results = os.path.join(folder, name + '-models.db')
        for threads in ('1', '2'):
            if os.path.exists(results):
                os.remove(results)
            subprocess.run([entente, 'tournament', *[s.path for s in scenarios], '--strategies',
                            'boa,boa:model=bayes,boa:model=none,nash,boulware,random', '--rounds',
                            '40', '--repetitions', '2', '--threads', threads, '--score', name,
                            '--results', results], capture_output=True, check=True, timeout=120)
            db = sqlite3.connect(results)
            seats[name, threads] = db.execute(
                'SELECT job, party, strategy, score FROM seat ORDER BY job, party').fetchall()
            db.close()
    check('models are judged alike in any number of threads',
          all(seats[n, '1'] == seats[n, '2'] for n in ('kendall', 'anl2026')))
    known = [s[3] for s in seats['kendall', '1']]
    blind = [s[3] for s in seats['kendall', '1'] if s[2] in (2, 4, 5)]
    check('who has a model knows something, and who has none nothing', set(blind) == {0} and
          sum(k > 0.5 for k in known) > len(known) / 4 and max(known) <= 1, sorted(set(known))[-5:])
    want = [own[3] + (k / (k + other) if k + other > 0 else 0) for own, k, other in
            zip(seats['anl2024', '1'], known, (known[i ^ 1] for i in range(len(known))))]
    wrong = [(a, b[3]) for a, b in zip(want, seats['anl2026', '1']) if abs(a - b[3]) > 1e-9]
    check('anl2026 is the advantage and a share of what both know', not wrong and len(want) > 200,
          wrong[:3])
    page = os.path.join(folder, 'page.html')
    done = subprocess.run(
        [entente, 'tournament', *[s.path for s in scenarios], '--strategies',
         'boulware,conceder,hardliner', '--score', 'nash', '--results',
         os.path.join(folder, 'page.db'), '--html', page, '--json'],
        capture_output=True, text=True, timeout=120)
    with open(page, encoding='utf-8') as f:
        text = f.read()
    rows = [re.findall('<td>(.*?)</td>', row) for row in re.findall('<tr>(.*?)</tr>', text)]
    told = [[r['strategy'], f"{r['score']:.3f}", f"{r['score_error']:.3f}"]
            for r in json.loads(done.stdout)['ranking']]
    check('the page has the ranking', [r[1:4] for r in rows if r] == told, rows)
    db = sqlite3.connect(os.path.join(folder, 'page.db'))
    met = {}
    for scenario, a, b, score in db.execute(
            'SELECT scenario, x.strategy, y.strategy, x.score FROM run JOIN seat x USING (job) '
            'JOIN seat y USING (job) WHERE x.party <> y.party'):
        met.setdefault((a, b), {}).setdefault(scenario, []).append(score)
    means = [f'{sum(sum(v) / len(v) for v in met[k].values()) / len(met[k]):.2f}'
             for k in sorted(met)]
    heat = text[text.index('Who against whom'):text.index('Where agreements lie')]
    check('the page has who fared how against whom',
          re.findall(r'">(-?[0-9.]+)</text>', heat) == means and len(means) == 9, means)
    deals = [n for n, in db.execute("SELECT sum(ending = 'agreed') FROM run GROUP BY scenario")]
    check('and every agreement', [int(n) for n in re.findall(r': (\d+) agreements', text)] == deals,
          deals)
    check('it is well-formed, and has no script', xml_is_sound(text) and '<script' not in text and
          "default-src 'none'" in text, text[:300])
    db.close()
    three = os.path.join(folder, 'three.csv')
    with open(three, 'w') as f:
        f.write('x,u(a),u(b),u(c)\np,1,0,0\nq,0,1,0\n')
    for name, path, word in (('anl2026', three, 'profiles'), ('median', three, 'welfare')):
        done = subprocess.run([entente, 'tournament', path, '--score', name],
                              capture_output=True, text=True, timeout=60)
        check(f'{name} is refused with what to do', done.returncode == 2 and
              'H114' in done.stderr and word in done.stderr.lower(), done.stderr)
finish()
