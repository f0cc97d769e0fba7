#!/usr/bin/env python3
"""Ctrl-C on what takes long: readers of large files, all questions about scenarios, html and diff.
Every question at every call of its own: tests/unit/test_interrupt.c.

usage: interrupts.py ENTENTE SOURCE_ROOT. Prints TAP. Standard library only.

What is measured is the processor time between the signal and the end, since other work may share
the machine: 0.3 s is promised, and a generous 1 s is the bound.
"""
import json
import os
import random
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
    said, shown = open('said', 'w+'), open('shown', 'w+')
    p = subprocess.Popen([entente, *words], stdout=shown, stderr=said)
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
    shown.seek(0)
    text, answer = said.read(), shown.read()
    if p.returncode != 130:
        print(f'# {name}: done before the signal')
    check(f'{name}, after {after} s', p.returncode in (0, 1) or
          (p.returncode == 130 and 'U109' in text and late < BOUND and
           is_marked('--json' in words, answer)), (p.returncode, late, text, answer[:200]))
    return p.returncode == 130


def is_marked(as_json, answer):
    """Half an answer says that it is one; of JSON there is always a document."""
    if not as_json:
        return answer == '' or 'Interrupted: this is what was found before' in answer
    document = json.loads(answer)
    return document.get('interrupted') is True or document['schema'].startswith('entente.error/')


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
def write_statements(path, rows):
    """A record in which nearly every row says something odd: a speaker of two sides."""
    with open(path, 'w') as file:
        file.write('id,by,side,date,quote,verb,pay,for calm\n')
        for k in range(rows):
            file.write(f's{k},p{k % 7},side{k % 3},2024-01-{k % 28 + 1:02d},'
                       f'"words {k}, of it",offers,{k % 5},yes\n')


def write_library(path, entries):
    with open(path, 'w') as file:
        for k in range(entries):
            file.write(f'@article{{k{k},\n  author = {{Ann Other and Bo Other}},\n'
                       f'  title = {{On {k}}},\n  year = 2020,\n  journal = {{J}}\n}}\n')


def grows(name, write, path, least):
    """Four times the file takes about four times the time: 16 times where each place is counted
    from the file's beginning."""
    times = []
    for size in (least, 4 * least):
        write(path, size)
        before = os.times().children_user
        subprocess.run([entente, 'import', path, '-q'], stdout=subprocess.DEVNULL, check=False,
                       stderr=subprocess.DEVNULL)
        times.append(os.times().children_user - before)
    check(f'{name}: time grows with the size', times[1] < 8 * times[0] + 0.3, times)


grows('a table with a fault in every row', write_statements, 'odd.csv', 8000)
grows('a library of references', write_library, 'refs.bib', 1500)
write_statements('odd.csv', 150000)


def additive(issues, numbers):
    """A NegMAS party's values: a table for each issue."""
    weights = ', '.join(['1'] * issues)
    return (f'type: LinearAdditiveUtilityFunction\nweights: [{weights}]\nvalues:\n' +
            ''.join('- type: TableFun\n  mapping: {' + ', '.join(
                f'v{v}: 0.{numbers(i, v):02d}' for v in range(9)) + '}\n' for i in range(issues)))


def write_negmas(folder, issues):
    os.mkdir(folder)
    with open(f'{folder}/domain.yml', 'w') as file:
        file.write('type: DiscreteCartesianOutcomeSpace\nissues:\n' + ''.join(
            f'- name: i{i}\n  type: CategoricalIssue\n  values: [' +
            ', '.join(f'v{v}' for v in range(9)) + ']\n' for i in range(issues)))
    for p in 'ab':
        with open(f'{folder}/{p}.yml', 'w') as file:
            file.write(additive(issues, lambda i, v: (v * 37 + i * 11 + ord(p) * v) % 97))


write_negmas('wide', 6)
write_negmas('wider', 9)
def write_case(path, statements):
    """Many statements with quotes of a long source, of which every dispute is looked for."""
    draw = random.Random(7)
    said = [f'word{draw.randrange(5000)}' for _ in range(120000)]
    with open('source.txt', 'w') as file:
        file.write(' '.join(said))
    with open(path, 'w') as file:
        file.write('entente: 1\ntitle: Much\nparties: {a: {}, b: {}, c: {}}\n'
                   'sources: {s: {title: S, file: source.txt}}\nissues:\n')
        for i in range(10):
            file.write(f'  i{i}: {{by: {"abc"[i % 3]}, for: {"bca"[i % 3]}, options: [n, h, m, f]}}\n')
        file.write('statements:\n')
        for k in range(statements):
            at, p = draw.randrange(len(said) - 12), k % 3
            give, get = (draw.choice([i for i in range(10) if i % 3 == q]) for q in (p, (p + 2) % 3))
            file.write(f'  - {{id: s{k}, by: {draw.choice("abc")}, date: 2024-{k % 12 + 1:02d}-01, '
                       f'source: s, quote: {" ".join(said[at:at + 12])}, claims: [{{party: '
                       f'{"abc"[p]}, {draw.choice(("accepts", "refuses"))}: {{i{give}: h, i{get}: f}}}}]}}\n')


def write_conflict(path, options):
    actors = [{'name': f'D{d}', 'options': list(range(d, options, 4)),
               'preferences': [[[i, 'Y']] for i in range(options)]} for d in range(4)]
    with open(path, 'w') as file:
        json.dump({'options': [{'name': f'o{i}', 'permittedDirection': 'both'} for i in range(options)],
                   'decisionMakers': actors, 'infeasibles': []}, file)


write_case('much.yaml', 1500)
write_conflict('wide.gmcr', 19)
with open('steps.yaml', 'w') as file:
    file.write('entente: 1\ntitle: Steps\nparties: {a: {}, b: {}, c: {}}\nissues:\n' + ''.join(
        f'  i{i}: {{by: {"abc"[i % 3]}, for: {"bca"[i % 3]}, options: [n, h, m, f, g]}}\n'
        for i in range(9)))
whole_plan = ','.join(f'i{i}=g' for i in range(9))
hanoi = os.path.join(root, 'examples', 'hanoi.yaml')
stopped = 0
for after in (0.05, 0.3):
    for more in ((), ('--json',)):
        stopped += interrupt('check of a large case', after, 'check', 'much.yaml', *more)
        stopped += interrupt('accounts of a large case', after, 'accounts', 'much.yaml', *more)
        stopped += interrupt('a conflict of many options', after, 'stability', 'wide.gmcr', *more)
        stopped += interrupt('import of an odd record', after, 'import', 'odd.csv', *more)
        stopped += interrupt('plan of many steps', after, 'plan', 'steps.yaml', '--deal', whole_plan,
                             *more)
        stopped += interrupt('enumeration', after, 'frontier', 'wider', '--method', 'enumeration', *more)
        stopped += interrupt('many runs', after, 'haggle', 'rows.csv', '--runs', '200000', '--pair',
                             'random', *more)
        stopped += interrupt('diff', after, 'diff', hanoi, 'much.yaml', *more)
    stopped += interrupt('html', after, 'html', hanoi)
    for more in ((), ('--json',)):
        stopped += interrupt('worlds by block', 4 * after, 'deals', hanoi, '--worlds', '20000000', *more)
check('most of these were stopped in the middle', stopped >= 12, stopped)
with open('shown') as file:
    told = json.load(file)
check('what was counted of the worlds by then is told',
      60000 < told['worlds'] < 20000000 and len(told['accounts'][0]['deals']) == 10 and
      told['accounts'][0]['worlds'] == told['worlds'], told)
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
