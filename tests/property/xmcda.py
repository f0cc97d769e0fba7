#!/usr/bin/env python3
"""XMCDA's criteria tables as scenarios, against the definition in docs/methods/formats.md worked out
anew: versions 2 and 3, in one file and in several.

usage: xmcda.py ENTENTE. Prints TAP. Standard library only.
"""
import csv
import io
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tap import check, finish

entente = Path(sys.argv[1]).resolve()


def run(*words):
    return subprocess.run([entente, *map(str, words), '--quiet'], capture_output=True, text=True,
                          timeout=60)


class Data:
    def __init__(self, draw):
        self.draw, self.old = draw, draw.random() < 0.5
        self.criteria = [f'g{k}' for k in range(draw.randint(1, 4))]
        self.alternatives = [f'a{k}' for k in range(draw.randint(1, 6))]
        self.idle = [self.alternatives.pop()] if len(self.alternatives) > 2 else []
        self.less = {c for c in self.criteria if draw.random() < 0.4}
        self.at = {(a, c): draw.choice((draw.randint(-5, 5), round(draw.uniform(-9, 9), 3)))
                   for a in self.alternatives + self.idle for c in self.criteria}
        self.sets = [{c: draw.choice((0, 1, 2, 0.35)) for c in self.criteria}
                     for _ in range(draw.choice((0, 1, 2, 3)))]
        for weights in self.sets:
            weights[self.criteria[0]] = 1

    def number(self, x):
        kind = 'integer' if isinstance(x, int) else 'real'
        value = f'<value><{kind}>{x}</{kind}></value>'
        return value if self.old else f'<values>{value}</values>'

    def scale(self, c):
        direction = '<preferenceDirection>' + ('min' if c in self.less else 'max') + \
            '</preferenceDirection>'
        return f'<scale><quantitative>{direction}</quantitative></scale>'

    def parts(self):
        scales = ''.join(f'<criterionScale><criterionID>{c}</criterionID><scales>{self.scale(c)}'
                         '</scales></criterionScale>' for c in self.criteria)
        yield 'table', '<performanceTable>' + ''.join(
            f'<alternativePerformances><alternativeID>{a}</alternativeID>' + ''.join(
                f'<performance><criterionID>{c}</criterionID>{self.number(self.at[a, c])}'
                '</performance>' for c in self.draw.sample(self.criteria, len(self.criteria))) +
            '</alternativePerformances>' for a in self.alternatives + self.idle) + \
            '</performanceTable>'
        yield 'criteria', '<criteria>' + ''.join(
            f'<criterion id="{c}">{self.scale(c) if self.old else ""}</criterion>'
            for c in self.criteria) + '</criteria>' + \
            ('' if self.old else f'<criteriaScales>{scales}</criteriaScales>')
        yield 'alternatives', '<alternatives>' + ''.join(
            f'<alternative id="{a}"><active>{str(a not in self.idle).lower()}</active></alternative>'
            for a in self.alternatives + self.idle) + '</alternatives>'
        yield 'weights', ''.join(
            f'<criteriaValues id="d{k}" mcdaConcept="weights">' + ''.join(
                f'<criterionValue><criterionID>{c}</criterionID>{self.number(w)}</criterionValue>'
                for c, w in weights.items() if w) + '</criteriaValues>'
            for k, weights in enumerate(self.sets))

    def worth(self):
        def share(a, c):
            column = [self.at[b, c] for b in self.alternatives]
            low, high = min(column), max(column)
            x = self.at[a, c]
            return 0 if low == high else ((high - x) if c in self.less else (x - low)) / (high - low)
        if len(self.sets) < 2:
            return {c: [share(a, c) for a in self.alternatives] for c in self.criteria}
        return {f'd{k}': [sum(w[c] * share(a, c) for c in self.criteria) / sum(w.values())
                          for a in self.alternatives] for k, w in enumerate(self.sets)}


draw, faults, kinds = random.Random(11), [], set()
with tempfile.TemporaryDirectory() as place:
    for trial in range(150):
        data = Data(draw)
        parts = dict(data.parts())
        apart = draw.random() < 0.5
        files = list(parts.items()) if apart else [('all', ''.join(parts.values()))]
        paths = []
        for name, text in files:
            prefix = draw.choice(('', 'xmcda:'))
            paths.append(Path(place) / f'{name}.xml')
            paths[-1].write_text(f'<?xml version="1.0"?>\n<{prefix}XMCDA xmlns{prefix and ":xmcda"}='
                                 f'"http://www.decision-deck.org/x">{text}</{prefix}XMCDA>')
        done = run('convert', paths[0], '/dev/stdout', *paths[1:], '--to', 'csv')
        rows = list(csv.reader(io.StringIO(done.stdout)))
        want = data.worth()
        if done.returncode not in (0, 1) or not rows:
            faults.append((trial, done.stderr))
            continue
        found = {name[2:-1]: [float(r[k + 1]) for r in rows[1:1 + len(data.alternatives)]]
                 for k, name in enumerate(rows[0][1:])}
        if list(found) != list(want) or [r[0] for r in rows[1:]][:len(data.alternatives)] != data.alternatives or any(
                abs(x - y) > 1e-12 for p in want for x, y in zip(found[p], want[p])):
            faults.append((trial, found, want))
        kinds.add((apart, data.old, min(len(data.sets), 2)))
    check('150 tables are worth what they are by the definition', not faults, faults[:2])
    check('of both versions, apart and together, with and without weights', len(kinds) == 12,
          sorted(kinds))
    other = run('frontier', Path(place) / 'criteria.xml')
    check('criteria without a table are refused', other.returncode == 3 and
          'performanceTable' in other.stderr, other.stderr)
    back = run('convert', paths[0], Path(place) / 'back.xml', *paths[1:], '--to', 'xmcda')
    check('nothing is written as XMCDA', back.returncode != 0 and 'xmcda' in back.stderr.lower(),
          back.stderr)
finish()
