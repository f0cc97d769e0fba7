#!/usr/bin/env python3
"""The statistics that `frontier --write-stats` and `--write-info` write, as NegMAS keeps them,
against a plain look at all outcomes by its definitions; and profiles that a tournament is told.

usage: stats.py ENTENTE SOURCE_ROOT. Prints TAP. Standard library only.
"""
import itertools
import math
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tap import check, finish

entente, root = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
SAME = 1e-12


def run(*words, code=0):
    done = subprocess.run([entente, *map(str, words), '--quiet'], capture_output=True, text=True,
                          timeout=120)
    assert done.returncode == code, (words, done.stderr)
    return done.stdout if code == 0 else done.stderr


def scalar(text):
    if text[:1] == '"':
        return text[1:-1]
    return {'null': None, 'false': False, 'true': True}.get(text) if not text[-1:].isdigit() and \
        'inf' not in text else float(text.replace('.inf', 'inf'))


def read(path):
    """The two shapes that the files have: a number, a list of lists."""
    found, key = {}, None
    for line in path.read_text().splitlines():
        if line[0] not in ' -':
            key, _, value = line.partition(':')
            found[key] = [] if value in ('', ' []') else scalar(value.strip())
        elif line.startswith('- - '):
            found[key].append([scalar(line[4:])])
        else:
            found[key][-1].append(scalar(line[4:]))
    return found


def draw_table(draw):
    """Outcomes of two issues and the values of two or three parties, with ties."""
    kinds = [[0, 1, 2, 3], [0, 1e-5, 2e-5], [round(draw.random(), 3) for _ in range(9)], [7],
             [-2, -1, 0, 1]]
    own = [draw.choice(kinds) for _ in range(draw.choice((2, 2, 3)))]
    rows = {(f'a{i}', f'b{j}'): [draw.choice(k) for k in own] for i in range(3) for j in range(4)}
    reserved = [draw.choice(k) for k in own] if draw.random() < 0.6 else None
    return rows, reserved


def plain(rows, reserved):
    """NegMAS 0.16.0, calc_scenario_stats and what it calls."""
    points = list(rows.values())
    n = len(points[0])
    r = reserved or [-math.inf] * n
    low = [min(u[p] for u in points) for p in range(n)]
    high = [max(u[p] for u in points) for p in range(n)]
    base = [x if x >= m and math.isfinite(x) else m for x, m in zip(r, low)]
    good = [u for u in points if all(x >= y for x, y in zip(u, r))]
    front = {tuple(u) for u in good if not any(all(x >= y for x, y in zip(v, u)) and v != u
                                               for v in good)}

    def best(score, bounds):
        if any(h - b <= SAME for h, b in zip(high, bounds)):
            return front
        top = max(map(score, front), default=None)
        return {u for u in front if score(u) >= top - SAME}

    def even(shares):
        return min(shares) - max(shares)

    room = [(h - max(x, m)) or 1 for h, x, m in zip(high, r, low)]
    stats = {
        'nash': best(lambda u: math.prod(x - b for x, b in zip(u, base)), base),
        'kalai': best(lambda u: min(x - b for x, b in zip(u, base)), base),
        'modified_kalai': best(min, base),
        'ks': best(lambda u: even([(x - b) / (h - b) for x, b, h in zip(u, base, high)]), base),
        'modified_ks': best(lambda u: even([x / h if h else x for x, h in zip(u, high)]), base),
        'max_welfare': best(sum, low),
        'max_relative_welfare': best(lambda u: sum((x - m) / d for x, m, d in
                                                   zip(u, low, room)), low),
        'pareto': front}
    far = min((math.hypot(*(1 - (x / h if h else x) for x, h in zip(u, high))) for u in good),
              default=math.inf)
    above = sum(all(x > y for x, y in zip(u, r)) for u in points) / len(points)
    return stats, far, above, list(map(list, zip(low, high)))


def same(a, b):
    return a == b or abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))


def alike(found, want):
    """The same vectors, each once."""
    return len(found) == len(want) and all(any(all(map(same, u, v)) for v in want) for u in found)


def differences(folder, rows, reserved):
    path = folder / 't.csv'
    n = len(next(iter(rows.values())))
    text = [['a', 'b', *(f'u({p})' for p in 'xyz'[:n])]]
    text += [[*o, *map(repr, u)] for o, u in rows.items()]
    text += [['reservation', '', *map(repr, reserved)]] if reserved else []
    path.write_text(''.join(','.join(row) + '\n' for row in text))
    run('frontier', path, '--write-stats', folder / 's', '--write-info', folder / 'i')
    found, info = read(folder / 's'), read(folder / 'i')
    lists, far, above, ranges = plain(rows, reserved)
    faults = [] if sorted(found) == list(found) else [f'keys in this order: {list(found)}']
    for name, want in lists.items():
        utils, outcomes = found[f'{name}_utils'], found[f'{name}_outcomes']
        worth = [rows[tuple(o)] for o in outcomes]
        if not alike(utils, want) or not all(all(map(same, u, w)) for u, w in zip(utils, worth)):
            faults.append(f'{name}: {utils} {outcomes}, not {want}')
    sums = [sum(u) for u in found['pareto_utils']]
    if any(x < y - 1e-9 for x, y in zip(sums, sums[1:])):
        faults.append(f'welfare rises: {sums}')
    numbers = {'opposition': far, 'rational_fraction': above}
    faults += [f'{k}: {found[k]}, not {v}' for k, v in numbers.items() if not same(found[k], v)]
    if not all(map(same, *map(lambda r: sum(r, []), (found['utility_ranges'], ranges)))):
        faults.append(f'{found["utility_ranges"]}, not {ranges}')
    wanted = {'n_issues': 2, 'n_negotiators': n, 'n_outcomes': len(rows), 'opposition_level': far,
              'rational_fraction': above}
    if list(info) != sorted(wanted) or not all(same(info[k], v) for k, v in wanted.items()):
        faults.append(f'{info}, not {wanted}')
    ties = any(len(v) > 1 for k, v in lists.items() if k != 'pareto')
    return faults, ties, not lists['pareto']


draw, faults, ties, empty = random.Random(3), [], 0, 0
with tempfile.TemporaryDirectory() as place:
    for trial in range(200):
        rows, reserved = draw_table(draw)
        found, tied, none = differences(Path(place), rows, reserved)
        faults += found
        ties += tied
        empty += none
    check('of 200 tables all is as NegMAS defines it', not faults, faults[:6])
    check('points tie in some, and in some nothing is rational', ties > 10 and empty > 5,
          (ties, empty))
    data = Path(place) / 'd'
    shutil.copytree(root / 'tests/data/scenarios/negolog-small', data)
    run('convert', data, Path(place) / 'n', '--to', 'negmas')
    run('frontier', Path(place) / 'n', '--write-stats', Path(place) / 'n/_stats.yaml')
    said = run('frontier', Path(place) / 'n', '--check-stats')
    check('--check-stats finds what --write-stats wrote', said.count('the same here') >= 7 and
          'differs' not in said, said)
    huge = Path(place) / 'huge.csv'
    huge.write_text('issue,option,ann,bob\n' + ''.join(
        f'i{i},{k},{k},{(i * k) % 7}\n' for i in range(40) for k in range(4)))
    run('frontier', huge, '--layout', 'scoring', '--write-stats', Path(place) / 's')
    check('what is not counted is null', read(Path(place) / 's')['rational_fraction'] is None)
    few = run('frontier', huge, '--layout', 'scoring', '--most-points', '5', '--write-stats',
              Path(place) / 'no', code=4)
    check('of a frontier that is not proved nothing is written', 'S183' in few and
          not (Path(place) / 'no').exists(), few)

# Profiles: a tournament on some is the tournament on a folder that holds these alone.
boxes = root / 'tests/data/scenarios/genius-boxes'
with tempfile.TemporaryDirectory() as place:
    league = ['--strategies', 'boulware,micro,random', '--json']
    for some in itertools.permutations(('profile-1.xml', 'profile-2.xml', 'profile-3.xml'), 2):
        alone = Path(place) / '-'.join(some) / 'genius-boxes'
        alone.mkdir(parents=True)
        shutil.copy(boxes / 'domain.xml', alone)
        for k, name in enumerate(some):
            shutil.copy(boxes / name, alone / f'{k}.xml')
        want = run('tournament', alone, *league)
        for words in ([boxes, *some], [boxes / 'domain.xml', *(boxes / s for s in some)]):
            check(f'{", ".join(some)} of {words[0].name}', run('tournament', *words, *league) == want)
    db = ['--results', Path(place) / 'r']
    first = run('tournament', boxes, 'profile-1.xml', 'profile-2.xml', boxes, *league, *db)
    check('profiles are those of the scenario before them', '"scenarios": 2' in first, first)
    again = run('tournament', boxes, 'profile-2.xml', 'profile-1.xml', boxes, *league, *db, code=3)
    check('others make another tournament', 'H107' in again, again)
finish()
