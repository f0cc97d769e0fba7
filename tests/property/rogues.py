#!/usr/bin/env python3
"""Strategies that crash, hang, exit or offer nonsense do not take the program with them.

usage: rogues.py ENTENTE ROGUE... Prints TAP. Standard library only.
"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

from tap import check, finish

entente = sys.argv[1]
rogue = {os.path.basename(path).split('.')[0]: path for path in sys.argv[2:]}


def run(*words):
    return subprocess.run([entente, *words], capture_output=True, text=True, timeout=100)


with tempfile.TemporaryDirectory() as folder:
    pie = os.path.join(folder, 'pie.csv')
    with open(pie, 'w') as f:
        f.write('price,u(a),u(b)\n' + ''.join(f'p{k},{k},{10 - k}\n' for k in range(11)))

    def haggle(name, *more):
        return run('haggle', pie, '--pair', f'{rogue[name]},hardliner', '--isolate', '--json', *more)

    fine = run('haggle', pie, '--pair', f'{rogue["fine"]},conceder', '--json')
    apart = run('haggle', pie, '--pair', f'{rogue["fine"]},conceder', '--json', '--isolate')
    check('one that behaves does the same in a process of its own',
          fine.returncode == 0 and fine.stdout == apart.stdout, apart.stderr)
    said = {'crash': ('crashed', 'ended its process'), 'exit': ('ended its process',),
            'hang': ('gave no answer',)}
    for name, words in said.items():
        start = time.time()
        done = haggle(name, *(['--patience', '0.3'] if name == 'hang' else []))
        told = 'H203' in done.stderr and '`rogue`' in done.stderr
        check(f'{name}: told, by name', told and any(w in done.stderr for w in words), done.stderr)
        reply = json.loads(done.stdout or '{}')
        check(f'{name}: the run failed where it happened',
              done.returncode == 0 and reply.get('end') == 'failed' and
              len(reply['offers']) == 6, done.stdout[-300:])
        check(f'{name}: soon', time.time() - start < 30)
    for more in ((), ('--isolate',)):
        done = run('haggle', pie, '--pair', f'{rogue["stray"]},hardliner', '--json', *more)
        check(f'an offer that is none is walking out, and told {more}',
              'H203' in done.stderr and json.loads(done.stdout)['end'] == 'walked-out', done.stderr)
    for name in ('old', 'none'):
        for more in ((), ('--isolate',)):
            done = run('haggle', pie, '--pair', f'{rogue[name]},hardliner', *more)
            check(f'{name} is refused {more}',
                  done.returncode == 2 and 'H108' in done.stderr and rogue[name] in done.stderr,
                  done.stderr)
    done = haggle('crash_on_load')
    check('one that crashes when loaded is refused', done.returncode == 2 and 'H108' in done.stderr,
          done.stderr)
    results = {}
    for threads in (1, 3):
        database = os.path.join(folder, f'{threads}.db')
        done = run('tournament', pie, '--strategies', f'{rogue["crash"]},linear,{rogue["fine"]}',
                   '--repetitions', '20', '--isolate', '--results', database, '--threads',
                   str(threads))
        check(f'a tournament with {threads} threads goes on', done.returncode == 0, done.stderr)
        check('and tells', done.stderr.count('H203') == 1, done.stderr)
        with open(database, 'rb') as f:
            results[threads] = f.read()
    check('threads make no difference', results[1] == results[3])
    ends = dict(sqlite3.connect(database).execute('SELECT ending, count(*) FROM run GROUP BY 1'))
    check('runs that failed are marked so', 0 < ends.get('failed', 0) < 180, ends)
    done = run('tournament', pie, '--strategies', f'{rogue["hang"]},linear', '--repetitions', '20',
               '--isolate', '--patience', '0.05')
    check('one that hangs again and again ends the tournament',
          done.returncode == 4 and 'H109' in done.stderr, done.stderr)
    mine = run('haggle', pie, '--pair', 'linear', '--isolate', '--json')
    check('without any such strategy it changes nothing',
          mine.stdout == run('haggle', pie, '--pair', 'linear', '--json').stdout)
    patience = run('haggle', pie, '--patience', '0')
    check('patience is more than nothing', patience.returncode == 2)
finish()
