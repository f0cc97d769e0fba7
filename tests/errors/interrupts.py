#!/usr/bin/env python3
"""Ctrl-C on what takes long: readers of large tables, convert, import, frontier, tournament.

usage: interrupts.py ENTENTE SOURCE_ROOT. Prints TAP. Standard library only.

What is measured is the processor time between the signal and the end, since other work may share
the machine: 0.3 s is promised, and a generous 1 s is the bound.
"""
import os
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'property'))
from tap import check, finish

entente, root = map(os.path.abspath, sys.argv[1:])
os.chdir(tempfile.mkdtemp())
BOUND = 1.0


def spent(pid):
    with open(f'/proc/{pid}/stat') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def interrupt(name, after, *words):
    """Ctrl-C once the program has used so many seconds of processor time."""
    said = open('said', 'w+')
    p = subprocess.Popen([entente, *words], stdout=subprocess.DEVNULL, stderr=said)
    end = time.monotonic() + 60
    while time.monotonic() < end and spent(p.pid) < after:
        if os.waitid(os.P_PID, p.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            break
        time.sleep(0.002)
    before = spent(p.pid)
    os.kill(p.pid, signal.SIGINT)
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    late = usage.ru_utime + usage.ru_stime - before
    said.seek(0)
    text = said.read()
    if p.returncode == 0:
        print(f'# {name}: done before the signal')
    check(f'{name}, after {after} s', p.returncode == 0 or
          (p.returncode == 130 and 'U109' in text and late < BOUND), (p.returncode, late, text))
    return p.returncode == 130


def mixed(k, prime, modulus):
    return k * prime % modulus


with open('rows.csv', 'w') as file:
    file.write('offer,u(A),u(B),u(C)\n')
    for k in range(300000):
        file.write(f'o{k},0.{mixed(k, 7919, 999983):06d},0.{mixed(k, 104729, 999979):06d},'
                   f'0.{mixed(k, 1299709, 999961):06d}\n')
with open('log.csv', 'w') as file:
    file.write('day,by,' + ','.join(f'i{i}' for i in range(20)) + '\n')
    for k in range(100000):
        file.write(f'2024-01-{k % 28 + 1:02d},P{k % 9},' +
                   ','.join(str(k * (i + 3) % 401) for i in range(20)) + '\n')
def additive(numbers):
    """A NegMAS party's values: a table for each issue."""
    return ('type: LinearAdditiveUtilityFunction\nweights: [1, 1, 1, 1, 1, 1]\nvalues:\n' +
            ''.join('- type: TableFun\n  mapping: {' + ', '.join(
                f'v{v}: 0.{numbers(i, v):02d}' for v in range(9)) + '}\n' for i in range(6)))


os.mkdir('wide')
with open('wide/domain.yml', 'w') as file:
    file.write('type: DiscreteCartesianOutcomeSpace\nissues:\n' + ''.join(
        f'- name: i{i}\n  type: CategoricalIssue\n  values: [' +
        ', '.join(f'v{v}' for v in range(9)) + ']\n' for i in range(6)))
for p in 'ab':
    with open(f'wide/{p}.yml', 'w') as file:
        file.write(additive(lambda i, v: (v * 37 + i * 11 + ord(p) * v) % 97))
stopped = 0
for after in (0.05, 0.2, 0.4):
    stopped += interrupt('frontier of a long table', after, 'frontier', 'rows.csv')
    stopped += interrupt('import of a long log', after, 'import', 'log.csv')
    stopped += interrupt('haggle on a long table', after, 'haggle', 'rows.csv')
for after in (0.05, 0.2):
    stopped += interrupt('convert of many outcomes', after, 'convert', 'wide', 'out.csv')
    check('and nothing is written', not os.path.exists('out.csv') or os.remove('out.csv') is None)
for after in (0.2, 1.0):
    stopped += interrupt('tournament', after, 'tournament', 'rows.csv')
check('most were stopped in the middle', stopped >= 6, stopped)
finish()
