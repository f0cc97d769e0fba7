#!/usr/bin/env python3
"""A tournament whose disk is full says so, keeps what it has, and goes on when there is room.

usage: disk.py ENTENTE. Prints TAP. Standard library only.
"""
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile

from tap import check, finish

entente = sys.argv[1]


def scenario(path):
    draw = random.Random(5)
    with open(path, 'w') as f:
        f.write('price,u(a),u(b)\n')
        for k in range(40):
            f.write(f'p{k},{k / 40 + draw.random():.3f},{1 - k / 40 + draw.random():.3f}\n')


def play(folder, results, limit=None):
    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return subprocess.run([entente, 'tournament', os.path.join(folder, 's.csv'), '--strategies',
                           'boulware,random,micro', '--repetitions', '2000', '--results', results],
                          capture_output=True, text=True, timeout=100,
                          preexec_fn=small if limit else None)


def runs(path):
    db = sqlite3.connect(path)
    try:
        return db.execute('SELECT count(*) FROM run').fetchone()[0]
    finally:
        db.close()


def bytes_of(path):
    with open(path, 'rb') as f:
        return f.read()


def ways(folder, results, stop):
    """Stop for want of room, look, go on with room: `stop` plays into too small a place."""
    done = stop()
    check('it stops with a message', done.returncode == 3 and 'F104' in done.stderr and
          os.path.basename(results) in done.stderr, (done.returncode, done.stderr))
    check('that says how to go on', 'goes on' in done.stderr, done.stderr)
    kept = runs(results)
    check('whole blocks are kept', 0 < kept < 18000 and kept % 2000 == 0, kept)


with tempfile.TemporaryDirectory() as folder:
    scenario(os.path.join(folder, 's.csv'))
    whole = os.path.join(folder, 'whole.db')
    done = play(folder, whole)
    check('with room it ends', done.returncode == 0 and runs(whole) == 18000, done.stderr)
    size = os.path.getsize(whole)
    parts = os.path.join(folder, 'parts.db')
    ways(folder, parts, lambda: play(folder, parts, size // 2))
    again = play(folder, parts)
    check('with room again it ends in the same file',
          again.returncode == 0 and bytes_of(parts) == bytes_of(whole), again.stderr)
    check('and nothing is left beside it', sorted(os.listdir(folder)) ==
          ['parts.db', 's.csv', 'whole.db'], os.listdir(folder))
    last = os.path.join(folder, 'last.db')
    os.mkdir(last + '.new')  # nothing can be written there
    done = play(folder, last)
    check('the packed copy cannot be made', done.returncode == 3 and 'F104' in done.stderr and
          runs(last) == 18000, (done.returncode, done.stderr))
    os.rmdir(last + '.new')
    again = play(folder, last)
    check('it is made when it can be', again.returncode == 0 and
          bytes_of(last) == bytes_of(whole), again.stderr)
    disk = os.path.join(folder, 'disk')
    os.mkdir(disk)
    mounted = os.geteuid() == 0 and subprocess.run(
        ['mount', '-t', 'tmpfs', '-o', f'size={size // 2}', 'tmpfs', disk],
        capture_output=True).returncode == 0
    if mounted:
        try:
            full = os.path.join(disk, 'full.db')
            ways(folder, full, lambda: play(folder, full))
            subprocess.run(['mount', '-o', f'remount,size={8 * size}', disk], check=True)
            again = play(folder, full)
            check('a larger disk: the same file',
                  again.returncode == 0 and bytes_of(full) == bytes_of(whole), again.stderr)
        finally:
            subprocess.run(['umount', disk], check=False)
    else:
        print('# no small disk could be mounted; the limit on the size of files stands for it')
    nowhere = play(folder, os.path.join(folder, 'missing', 'x.db'))
    check('a folder that is not there', nowhere.returncode == 3 and 'F104' in nowhere.stderr,
          nowhere.stderr)
finish()
