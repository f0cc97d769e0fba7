#!/usr/bin/env python3
"""A tournament that is killed again and again ends in the same file as one that was not.

usage: tournament.py ENTENTE. Prints TAP. Standard library only.
"""
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

entente = sys.argv[1]
count = failed = 0


def check(name, good):
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}")


def scenario(path, seed):
    draw = random.Random(seed)
    with open(path, 'w') as f:
        f.write('price,term,u(a),u(b)\n')
        for price in range(20):
            for term in range(6):
                f.write(f'p{price},t{term},{price / 20 + draw.random():.4f},'
                        f'{1 - price / 20 + draw.random():.4f}\n')


def command(folder, results, *more):
    paths = [os.path.join(folder, f's{k}.csv') for k in range(6)]
    return [entente, 'tournament', *paths, '--strategies',
            'boulware,conceder,micro,random,boa,nice-tit-for-tat', '--repetitions', '60',
            '--results', results, *more]


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, timeout=120)


with tempfile.TemporaryDirectory() as folder:
    for k in range(6):
        scenario(os.path.join(folder, f's{k}.csv'), k)
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
    places = db.execute('SELECT strategy, advantage FROM ranking ORDER BY place').fetchall()
    means = db.execute('SELECT strategy, avg(advantage) FROM seat GROUP BY strategy '
                       'ORDER BY 2 DESC').fetchall()
    check('the ranking is that of the means',
          len(places) == 6 and all(abs(p[1] - m[1]) < 1e-9 for p, m in zip(places, means)))
    # The paired differences by another way: SQL instead of places in a tuple.
    names = dict(db.execute('SELECT number, name FROM strategy'))
    score = {}
    for cell, scenario, party, strategy, a in db.execute(
            'SELECT cell, scenario, party, strategy, avg(advantage) FROM run JOIN seat USING (job) '
            'GROUP BY cell, party'):
        score[scenario, cell % 36, party] = a
    fine = True
    for (first, chance, ahead), (second, _, _) in zip(
            *(lambda r: (r, r[1:]))(db.execute('SELECT strategy, chance, ahead FROM ranking '
                                               'ORDER BY place').fetchall())):
        means = []
        for scenario in range(6):
            d = []
            for other in range(6):
                d.append(score[scenario, first * 6 + other, 0] -
                         score[scenario, second * 6 + other, 0])
                d.append(score[scenario, other * 6 + first, 1] -
                         score[scenario, other * 6 + second, 1])
            means.append(statistics.mean(d))
        t = statistics.mean(means) / (statistics.stdev(means) / 6 ** 0.5)
        # 2.571 and 4.032 are the 5 % and 1 % points of t with 5 degrees of freedom
        fine = fine and (chance <= 0.05) == (abs(t) >= 2.5706) and \
            (chance <= 0.01) == (abs(t) >= 4.0321) and (not ahead or chance <= 0.05)
    check('neighbours are compared by their paired differences', fine and len(names) == 6)
    db.close()
    with open(csv) as f:
        check('the CSV has a line for each seat', len(f.readlines()) == 1 + seats)
    other = run(*command(folder, whole, '--seed', '2'))
    check("another tournament's file is refused",
          other.returncode == 3 and 'H107' in other.stderr)
    text = run(entente, 'tournament', os.path.join(folder, 's0.csv'), '--results', csv)
    check('a file that is no database is refused',
          text.returncode == 3 and 'H106' in text.stderr)
print(f'1..{count}')
sys.exit(1 if failed else 0)
