#!/usr/bin/env python3
"""A tournament that is killed again and again ends in the same file as one that was not, and its
ranking is what the stored runs come to by plain sums.

usage: tournament.py ENTENTE. Prints TAP. Standard library only.
"""
import functools
import json
import math
import fcntl
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

from tap import check, finish

entente = sys.argv[1]


def write_scenario(path, seed, parties=2):
    draw = random.Random(seed)
    with open(path, 'w') as f:
        f.write('price,term,' + ','.join(f'u({p})' for p in 'abcdefgh'[:parties]) + '\n')
        for price in range(20):
            for term in range(6):
                row = [abs(p % 2 - 1 + price / 20) + draw.random() for p in range(parties)]
                f.write(f'p{price},t{term},' + ','.join(f'{u:.4f}' for u in row) + '\n')


def tails(t, freedom):
    """Of Student's t: its density summed by Simpson's rule."""
    top = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / \
        math.sqrt(freedom * math.pi)
    steps, t = 1000, min(abs(t), 30)
    f = [top * (1 + (t * k / steps) ** 2 / freedom) ** (-(freedom + 1) / 2)
         for k in range(steps + 1)]
    return 1 - 2 * t / steps / 3 * (f[0] + f[-1] + 4 * sum(f[1::2]) + 2 * sum(f[2:-1:2]))


@functools.cache
def quantile(freedom):
    low, high = 0.0, 13.0
    for _ in range(45):
        t = (low + high) / 2
        low, high = (t, high) if tails(t, freedom) > 0.05 else (low, t)
    return high


FIGURES = ('advantage', 'agreed', 'welfare', 'pareto', 'nash', 'kalai', 'rounds')


def means_of(db):
    """strategy -> figure -> scenario -> the mean of each of its seats over the repetitions."""
    seats = {}
    for row in db.execute(
            "SELECT strategy, scenario, cell, party, advantage, ending = 'agreed', welfare, "
            "pareto, nash, kalai, round + (ending <> 'deadline') FROM run JOIN seat USING (job)"):
        seats.setdefault(row[:4], []).append(row[4:])
    found = {}
    for (strategy, scenario, _, _), rows in seats.items():
        for name, values in zip(FIGURES, zip(*rows)):
            values = [v for v in values if v is not None]
            if values:
                found.setdefault(strategy, {}).setdefault(name, {}).setdefault(
                    scenario, []).append(math.fsum(values) / len(values))
    return found


def error_of(by_scenario):
    """The standard error of the mean of the scenarios' means, its degrees of freedom, over what."""
    values = list(by_scenario.values())
    if len(values) >= 6:
        error = statistics.stdev(map(statistics.mean, values)) / len(values) ** 0.5
        return error, len(values) - 1, 'scenarios'
    error = sum(statistics.variance(v) / len(v) for v in values) ** 0.5 / len(values)
    return error, sum(len(v) - 1 for v in values), 'cells'


def near(a, b):
    return (a is None) == (b is None) and (a is None or abs(a - b) < 1e-9)


def same_ranking(path):
    """Is the table `ranking` what the runs come to?"""
    db = sqlite3.connect(path)
    found, places = means_of(db), []
    for row in db.execute('SELECT strategy, advantage_error, interval_over, scenarios, cells, ' +
                          ', '.join(FIGURES) + ' FROM ranking ORDER BY place'):
        figures = found[row[0]]
        error, freedom, over = error_of(figures['advantage'])
        means = [statistics.mean(map(statistics.mean, figures[name].values()))
                 if name in figures else None for name in FIGURES]
        seats = figures['advantage'].values()
        places.append(near(row[1], error * quantile(freedom)) and row[2] == over and row[3] == len(seats) and
                      row[4] == sum(map(len, seats)) and all(map(near, row[5:], means)))
    order = [a for a, in db.execute('SELECT advantage FROM ranking ORDER BY place')]
    db.close()
    return len(places) == len(found) and all(places) and order == sorted(order, reverse=True)


def command(folder, results, *more):
    paths = [os.path.join(folder, f's{k}.csv') for k in range(6)]
    return [entente, 'tournament', *paths, '--strategies',
            'boulware,conceder,micro,random,boa,nice-tit-for-tat', '--repetitions', '60',
            '--results', results, *more]


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, timeout=120)


def differences_of(db, first, second):
    """scenario -> the differences where one seat is played by the first or the second."""
    cells = {}
    for scenario, cell, party, strategy, advantage in db.execute(
            'SELECT scenario, cell, party, strategy, avg(advantage) FROM run JOIN seat USING (job) '
            'GROUP BY cell, party ORDER BY cell, party'):
        cells.setdefault((scenario, cell), []).append((strategy, advantage))
    score = {(scenario, tuple(s for s, _ in seats)): [a for _, a in seats]
             for (scenario, _), seats in cells.items()}
    found = {}
    for (scenario, lineup), advantages in score.items():
        for p, strategy in enumerate(lineup):
            other = (scenario, lineup[:p] + (second,) + lineup[p + 1:])
            if strategy == first and other in score:
                found.setdefault(scenario, []).append(advantages[p] - score[other][p])
    return found


def same_tests(path):
    """Are neighbours compared by their paired differences, and held by Holm's procedure?"""
    db = sqlite3.connect(path)
    places = db.execute('SELECT strategy, chance, ahead FROM ranking ORDER BY place').fetchall()
    fine = True
    for (first, chance, _), (second, _, _) in zip(places, places[1:]):
        found = differences_of(db, first, second)
        error, freedom, _ = error_of(found)
        mean = statistics.mean(map(statistics.mean, found.values()))
        fine = fine and abs(chance - tails(mean / error, freedom)) < 1e-5
    db.close()
    held, m = [], len(places) - 1
    for k, chance in enumerate(sorted(c for _, c, _ in places[:-1])):
        if chance > 0.05 / (m - k):
            break
        held.append(chance)
    return fine and all(bool(ahead) == (chance in held) for _, chance, ahead in places)


with tempfile.TemporaryDirectory() as folder:
    for k in range(6):
        write_scenario(os.path.join(folder, f's{k}.csv'), k)
    whole, parts = os.path.join(folder, 'whole.db'), os.path.join(folder, 'parts.db')
    csv = os.path.join(folder, 'runs.csv')
    done = run(*command(folder, whole, '--threads', '2', '--csv', csv))
    check('a tournament ends', done.returncode == 0)
    stopped = 0
    for k in range(12):
        child = subprocess.Popen(command(folder, parts, '--threads', '1'),
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.03 + 0.04 * k)
        stopped += child.poll() is None
        child.kill()
        child.wait()
    check('some of them were stopped on the way', stopped > 0)
    again = run(*command(folder, parts, '--threads', '3'))
    check('the last one ends', again.returncode == 0)
    with open(whole, 'rb') as a, open(parts, 'rb') as b:
        check('both files are the same bytes', a.read() == b.read())
    db = sqlite3.connect(whole)
    runs, least, most, names = db.execute(
        'SELECT count(*), min(job), max(job), count(DISTINCT job) FROM run').fetchone()
    check('every run is there once', (runs, least, most, names) == (12960, 0, 12959, 12960))
    seats, = db.execute('SELECT count(*) FROM seat').fetchone()
    check('and has two seats', seats == 2 * runs)
    over, = db.execute('SELECT count(*) FROM seat WHERE advantage > 1.0000001').fetchone()
    check('nobody has more than everything', over == 0)
    check('the ranking is what the runs come to', same_ranking(whole))
    check('neighbours are compared by their paired differences', same_tests(whole))
    db.close()
    with open(csv) as f:
        check('the CSV has a line for each seat', len(f.readlines()) == 1 + seats)
    other = run(*command(folder, whole, '--seed', '2'))
    check("another tournament's file is refused",
          other.returncode == 3 and 'H107' in other.stderr)
    text = run(entente, 'tournament', os.path.join(folder, 's0.csv'), '--results', csv)
    check('a file that is no database is refused',
          text.returncode == 3 and 'H106' in text.stderr)
    # Scenarios of two and of three parties, so that cells and scenarios weigh differently.
    for name, kinds, over in (('many', (2, 2, 2, 3, 2, 3, 2), 'scenarios'),
                              ('few', (2, 3, 2), 'cells')):
        paths = [os.path.join(folder, f'{name}{k}.csv') for k in range(len(kinds))]
        for k, parties in enumerate(kinds):
            write_scenario(paths[k], 100 + k, parties)
        results = os.path.join(folder, name + '.db')
        done = run(entente, 'tournament', *paths, '--strategies', 'boulware,micro,random,boa,war',
                   '--repetitions', '3', '--results', results, '--json')
        check(f'a tournament on {name} scenarios ends', done.returncode == 0)
        check('its ranking is what the runs come to', same_ranking(results))
        check('its neighbours are compared by their paired differences', same_tests(results))
        ranking = json.loads(done.stdout)['ranking']
        check(f'its intervals are over {over}, and say so',
              {r['interval_over'] for r in ranking} == {over} and
              {r['scenarios'] for r in ranking} == {len(kinds)})
        text = run(entente, 'tournament', *paths, '--strategies', 'boulware,micro,random,boa,war',
                   '--repetitions', '3', '--results', results)
        check('in text too', f'interval over {"the 7 scenarios" if over == "scenarios" else over}'
              in text.stdout)
    # With many parties strategies meet in pairs: who sits where is read from the seats.
    paths = [os.path.join(folder, f'five{k}.csv') for k in range(4)]
    for k, parties in enumerate((2, 5, 3, 4)):
        write_scenario(paths[k], 200 + k, parties)
    def words(results, *more):
        return ('tournament', *paths, '--strategies', 'boulware,micro,random,war,conceder,linear',
                '--results', os.path.join(folder, results), *more)

    done = run(entente, *words('pairs.db', '--json', '--threads', '2'))
    db = sqlite3.connect(os.path.join(folder, 'pairs.db'))
    played = {}
    for number, cell, strategy in db.execute(
            'SELECT scenario, cell, strategy FROM run JOIN seat USING (job) '
            'ORDER BY cell, job, party'):
        played.setdefault(number, {}).setdefault(cell, []).append(strategy)
    designs = [d for d, in db.execute('SELECT tuples FROM scenario ORDER BY number')]
    db.close()
    pairs = {(c,) * p + (s,) + (c,) * (4 - p)
             for p in range(5) for s in range(6) for c in range(6)}
    check('more than 1,000 tuples are not all played, which is told once',
          done.returncode == 0 and done.stderr.count('H204') == 1 and
          'on 2 of 4 scenarios' in done.stderr and
          json.loads(done.stdout)['tuples'] == {'all': 2, 'pairs': 2} and
          designs == ['all', 'pairs', 'all', 'pairs'])
    check('but each strategy in each seat with one other in all the others',
          sorted(map(tuple, played[1].values())) == sorted(pairs) and
          [len(played[k]) for k in range(4)] == [36, 5 * 6 * 5 + 6, 216, 4 * 6 * 5 + 6])
    check('the ranking is what these runs come to', same_ranking(os.path.join(folder, 'pairs.db')))
    check('and neighbours are compared where one seat differs',
          same_tests(os.path.join(folder, 'pairs.db')))
    again = run(entente, *words('again.db', '--threads', '3'))
    with open(os.path.join(folder, 'pairs.db'), 'rb') as a, \
            open(os.path.join(folder, 'again.db'), 'rb') as b:
        check('three threads make the same file', a.read() == b.read())
    check('the text says it too', 'on 2 scenarios, pairs of strategies on 2' in again.stdout)
    other = run(entente, *words('pairs.db', '--tuples', 'all'))
    check('other tuples are another tournament', other.returncode == 3 and 'H107' in other.stderr)
    one = ('tournament', paths[0], '--strategies', 'boulware,micro,random', '--results',
           os.path.join(folder, 'two.db'), '--tuples')
    both = [run(entente, *one, design) for design in ('all', 'pairs')]
    check('with two parties both are the same tournament',
          both[0].returncode == both[1].returncode == 0 and
          '9 runs were there already' in both[1].stdout and 'H204' not in both[1].stderr)
    many = run(entente, 'tournament', paths[1], paths[0], '--tuples', 'all', '--rounds', '1',
               '--strategies', ','.join(['linear'] * 16), '--json')
    check('more than a million tuples are left out, which is said',
          many.returncode == 0 and 'H202' in many.stderr and
          json.loads(many.stdout)['tuples'] == {'all': 1, 'pairs': 0})
    wrong = run(entente, 'tournament', paths[0], '--tuples', 'some')
    check('other words are refused', wrong.returncode == 2 and '`all` or `pairs`' in wrong.stderr)
    # One value changed deep in a scenario is another tournament; the same file elsewhere is not.
    home, away = os.path.join(folder, 'home'), os.path.join(folder, 'away')
    os.mkdir(home)
    os.mkdir(away)
    path, results = os.path.join(home, 'one.csv'), os.path.join(folder, 'one.db')
    words = ('--strategies', 'boulware,micro', '--results', results)
    write_scenario(path, 1)
    run(entente, 'tournament', path, *words)
    with open(path) as f:
        rows = f.read().splitlines()
    shutil.copy(path, away)
    moved = run(entente, 'tournament', os.path.join(away, 'one.csv'), *words)
    check('the same scenario elsewhere is the same tournament',
          moved.returncode == 0 and '4 runs were there already' in moved.stdout)
    before = os.stat(results), open(results, 'rb').read()
    rows[-1] = rows[-1][:-1] + str((int(rows[-1][-1]) + 1) % 10)
    with open(path, 'w') as f:
        f.write('\n'.join(rows) + '\n')
    other = run(entente, 'tournament', path, *words)
    check('one value changed in its last outcome makes it another',
          other.returncode == 3 and 'H107' in other.stderr)
    after = os.stat(results), open(results, 'rb').read()
    check('and the results are not touched',
          before[1] == after[1] and before[0].st_mtime_ns == after[0].st_mtime_ns)

# A file of results is one tournament's at a time, and knows its runs again.
with tempfile.TemporaryDirectory() as folder:
    scenario, results = os.path.join(folder, 's.csv'), os.path.join(folder, 'held.db')
    with open(scenario, 'w') as f:
        f.write('price,u(a),u(b)\nlow,1,0\nmiddle,0.7,0.6\nhigh,0,1\n')
    words = ('tournament', scenario, '--strategies', 'boulware,micro', '--results', results)
    with open(results, 'wb') as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        second = run(entente, *words)
        check('results that another writes are left alone', second.returncode == 3 and
              'H110' in second.stderr and os.path.getsize(results) == 0, second.stderr)
    check('and can be written when it is done', run(entente, *words).returncode == 0)
    check('finished results are known again', run(entente, *words).returncode == 0)
    db = sqlite3.connect(results)
    db.execute("UPDATE run SET round = round + 1 WHERE job = 1")
    db.commit()
    db.close()
    changed = run(entente, *words)
    check('runs that were changed are told', changed.returncode == 3 and 'H111' in changed.stderr,
          changed.stderr)
finish()
