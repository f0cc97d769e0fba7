#!/usr/bin/env python3
"""However many processes share a tournament or a question, the answer is the same bytes.

usage: ranks.py ENTENTE ENTENTE-MPI SOURCE STRAY. Prints TAP. Standard library only.
"""
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from tap import check, finish

alone, together, source, stray = sys.argv[1:5]
environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT='1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM='1',
                   OMPI_MCA_rmaps_base_oversubscribe='1', OMPI_MCA_hwloc_base_binding_policy='none',
                   OMPI_MCA_btl='self,vader,tcp', OMPI_MCA_btl_base_warn_component_unused='0')


def scenario(path, seed, prices, parties=2):
    draw = random.Random(seed)
    with open(path, 'w') as f:
        f.write('price,term,' + ','.join(f'u({p})' for p in 'abcd'[:parties]) + '\n')
        for price in range(prices):
            for term in range(6):
                row = [abs(p % 2 - price / prices) + draw.random() for p in range(parties)]
                f.write(f'p{price},t{term},' + ','.join(f'{u:.4f}' for u in row) + '\n')


def words(ranks, *more):
    first = [alone] if ranks == 0 else ['mpirun', '-n', str(ranks), together]
    return [*first, *more]


def run(ranks, *more):
    return subprocess.run(words(ranks, *more), capture_output=True, timeout=120, env=environment)


def tournament(folder, results, repetitions, *more):
    return ['tournament', *(os.path.join(folder, f's{k}.csv') for k in range(5)), '--strategies',
            'boulware,conceder,micro,random,boa,nice-tit-for-tat', '--repetitions',
            str(repetitions), '--results', results, *more]


def bytes_of(path):
    with open(path, 'rb') as f:
        return f.read()


def children(of):
    """The processes whose parent is the given one, from /proc."""
    found = []
    for name in os.listdir('/proc'):
        try:
            with open(f'/proc/{name}/stat') as f:
                if name.isdigit() and int(f.read().rsplit(')', 1)[1].split()[1]) == of:
                    found.append(int(name))
        except (OSError, IndexError):
            pass
    return sorted(found)


def kill_one(folder, results, which):
    """Start four processes, and end one of them in the middle without a warning."""
    job = subprocess.Popen(words(4, *tournament(folder, results, 400, '--threads', '1')),
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    start = time.time()
    while time.time() - start < 30 and job.poll() is None:
        if os.path.exists(results) and os.path.getsize(results) > 400000:
            ranks = children(job.pid)
            os.kill(ranks[which], signal.SIGKILL)
            break
        time.sleep(0.005)
    return job.wait(timeout=60)


if shutil.which('mpirun') is None:
    print('1..0 # SKIP there is no mpirun')
    sys.exit(0)
with tempfile.TemporaryDirectory() as folder:
    for k in range(5):
        scenario(os.path.join(folder, f's{k}.csv'), k, 10 + 10 * k)
    four = os.path.join(folder, 'four.csv')  # strategies meet in pairs there
    scenario(four, 9, 10, 4)
    seen = {}
    for ranks, threads in ((0, 2), (1, 1), (2, 2), (4, 1)):
        results = os.path.join(folder, f'{ranks}-{threads}.db')
        csv = results + '.csv'
        done = run(ranks, *tournament(folder, results, 80, four, '--csv', csv, '--json',
                                      '--threads', str(threads), '--seconds', '1',
                                      '--step-cost', '0.002-0.02'))
        seen[ranks, threads] = (done.stdout, bytes_of(results), bytes_of(csv)) \
            if done.returncode == 0 else (done.stderr, b'', b'')
    plain = seen[0, 2]
    check('a tournament ends', plain[1] != b'' and b'"pairs": 1' in plain[0])
    for key, other in seen.items():
        check(f'{key[0]} processes of {key[1]} threads: the same JSON, database and CSV',
              other == plain)
        if other[1] == b'':
            print('#', other[0][-300:])
    case = [os.path.join(source, 'examples', 'hanoi.yaml'), '--worlds', '2000', '--runs', '700',
            '--json']
    plain = run(0, 'haggle', *case)
    for ranks in (1, 2, 4):
        other = run(ranks, 'haggle', *case)
        check(f'{ranks} processes haggle in the same worlds',
              other.returncode == 0 and other.stdout == plain.stdout)
    plain = [os.path.join(source, 'examples', 'hanoi.yaml'), '--worlds', '5000', '--json']
    for question in ('ask', 'bridge', 'deals', 'history', 'influence', 'menu', 'priorities',
                     'report', 'walk'):
        mine = run(0, question, *plain)
        for ranks in (1, 2, 4) if question == 'deals' else (3,):
            other = run(ranks, question, *plain, '--threads', '1')
            check(f'{ranks} processes answer {question}',
                  other.returncode == mine.returncode == 0 and other.stdout == mine.stdout)
    many = [*plain[:1], '--worlds', '110000', '--json']  # by blocks
    mine = run(0, 'deals', *many, '--threads', '2')
    for ranks in (1, 2, 3):
        other = run(ranks, 'deals', *many, '--threads', '1')
        check(f'{ranks} processes draw and count blocks of worlds',
              other.returncode == mine.returncode == 0 and other.stdout == mine.stdout and
              b'"worlds": 110000' in mine.stdout)
    case = [*case[:-1], '--pair', stray, '--json']
    told = [line for line in run(0, 'haggle', *case).stderr.splitlines() if b'H203' in line]
    for ranks in (1, 3):
        other = [line for line in run(ranks, 'haggle', *case).stderr.splitlines()
                 if b'H203' in line]
        check(f'{ranks} processes count as often what a strategy does wrong',
              told == other and len(told) == 1)
    other = run(2, 'explain', 'H107')
    check('what is not shared is answered once', other.stdout == run(0, 'explain', 'H107').stdout)
    other = run(2, 'tournament', os.path.join(folder, 'missing.csv'))
    check('an error is told once', other.returncode == 3 and other.stderr.count(b'F101') == 1)
    whole = os.path.join(folder, 'whole.db')
    run(0, *tournament(folder, whole, 400))
    for which in (0, 2):
        parts = os.path.join(folder, f'parts-{which}.db')
        code = kill_one(folder, parts, which)
        check(f'the death of process {which} ends the job', code != 0)
        again = run(2, *tournament(folder, parts, 400))
        check('what was done is kept', b'were there already' in again.stdout)
        check('and the next call ends in the same file',
              again.returncode == 0 and bytes_of(parts) == bytes_of(whole))
finish()
