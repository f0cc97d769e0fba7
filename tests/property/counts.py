#!/usr/bin/env python3
"""One is one: no answer says "1 statements". TAP output.

usage: counts.py ENTENTE SOURCE_ROOT

Cases and scenarios in which everything that is counted is there once are asked every question that
takes them; then all transcripts of the project are read for the same.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tap import check, finish

entente, root = (os.path.abspath(word) for word in sys.argv[1:])
NOUNS = ('packages worlds parties statements issues steps deals points outcomes rows columns rounds '
         'runs offers options states votes dates disputes questions claims accounts sources days '
         'lines messages values scenarios members others errors warnings strategies profiles phases '
         'numbers items levels letters tables seconds sheets places boxes cells files cases ways '
         'moves changes scenarios agreements times').split()
# "1 statements"; not "0.1 points", "1,001 worlds" or "10^1 packages".
MANY = re.compile(r'(?<![\w.,^%/-])(?<!\d )1 (?:(?:more|other|named|different) )*(?:' + '|'.join(NOUNS) + r')\b'
                  r'|\bthe 1 \w+ that (?:claim|say|are|do|have)\b|\b1 \w+ (?:are|were|do|have)\b')
CASE = """entente: 1
title: A gate
parties: {ana: {}, bo: {}}
issues:
  gate: {by: ana, for: bo, options: [shut, open]}
%s"""
SAID = """statements:
  - {id: s, by: ana, date: 2024-01-02, reported: She would., claims: [{party: ana, accepts: {gate: open}}]}
"""
AGAINST = SAID + """  - {id: t, by: bo, date: 2024-01-02, reported: No., claims: [{party: ana, refuses: {gate: open}}]}
"""
LATER = 'as-of: 2024-01-01\n' + SAID
COUNCIL = """statements:
  - {id: s, by: ana, date: 2024-01-02, reported: Yes., claims: [{party: ana, accepts: {gate: open}}]}
"""
FILES = {
    'silent.yaml': CASE % '', 'said.yaml': CASE % SAID, 'against.yaml': CASE % AGAINST,
    'later.yaml': CASE % LATER,
    'council.yaml': (CASE % COUNCIL).replace(
        'bo: {}', 'bo: {}, few: {role: approver, approves: [gate], approval: '
        '{votes: 1, members: [bo], of: 1}}'),
    'one.csv': 'offer,u(a),u(b)\nonly,1,1\n',
    'two.csv': 'offer,u(a),u(b)\nx,1,0\ny,0,1\n',
    'alone.csv': 'offer,u(a)\nx,1\n',
    'items.csv': 'item,ana,bo\nhouse,100,100\n',
    'log.csv': 'day,by,gate\n2024-01-02,ana,open\n',
    'one.gmcr': '{"options": [{"name": "go", "permittedDirection": "fwd"}], "decisionMakers": '
                '[{"name": "A", "options": [0], "preferences": [[[0, "Y"]]]}], "infeasibles": []}',
}
TABLE = ('frontier', 'haggle', 'tournament')


def words():
    listed = subprocess.run([entente, 'help'], capture_output=True, text=True).stdout.splitlines()
    for name in [line.split()[0] for line in listed if line.startswith('  ')]:
        form = subprocess.run([entente, name, '--help'], capture_output=True,
                              text=True).stdout.splitlines()[2].split()[3:]
        if form[:1] != ['CASE'] or name == 'serve':
            continue
        for case in sorted(f for f in FILES if f.endswith('.yaml')):
            takes = '--worlds' in subprocess.run([entente, name, '--help'], capture_output=True,
                                                 text=True).stdout
            for more in ([['--worlds', '64'], ['--worlds', '1']] if takes else [[]]):
                yield [name, *[case] * form.count('CASE'), *more]
    for case in ('said.yaml', 'against.yaml'):
        for name in ('haggle', 'stability'):
            yield [name, case, '--worlds', '64']
    yield ['diff', 'silent.yaml', 'said.yaml', '--worlds', '64']
    for table in ('one.csv', 'two.csv', 'alone.csv'):
        for name in TABLE:
            yield [name, table]
        yield ['haggle', table, '--rounds', '1', '--pair', 'hardliner']
        yield ['haggle', table, '--rounds', '1', '--pair', 'hardliner', '--svg']
        yield ['haggle', table, '--runs', '1']
        yield ['tournament', table, '--strategies', 'boulware', '--rounds', '1']
        yield ['convert', table, f'out-{table}']
        yield ['frontier', table, '--svg']
    yield ['frontier', 'items.csv', '--method', 'adjusted-winner']
    yield ['import', 'log.csv']
    yield ['stability', 'one.gmcr']
    yield ['stability', 'one.gmcr', '--coalitions']
    yield ['stability', 'one.gmcr', '--state', '7']


def wrong_in(text):
    plain = re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', text))
    return [plain[max(0, m.start() - 60):m.end() + 30] for m in MANY.finditer(plain)]


with tempfile.TemporaryDirectory() as folder:
    for name, text in FILES.items():
        Path(folder, name).write_text(text)
    asked = 0
    for line in words():
        done = subprocess.run([entente, *line], cwd=folder, capture_output=True, text=True, timeout=120)
        asked += done.returncode in (0, 1)
        # An HTML file holds the page's own code beside its words.
        shown = done.stderr + ('' if line[0] in ('html', 'page') else done.stdout)
        found = wrong_in(shown)
        if found or done.returncode not in (0, 1, 2, 3):
            check(' '.join(line), False, (done.returncode, found))
    check('one is one in every answer', True)
    check('most questions were answered', asked > 60, asked)
    for date, wanted in (('2024-01-01', '1 statement is later than 2024-01-01'), ('2024-01-02', '')):
        done = subprocess.run([entente, 'check', 'said.yaml', '--as-of', date], cwd=folder,
                              capture_output=True, text=True)
        shown = ' '.join(done.stdout.split())
        check(f'check --as-of {date} tells what is later', done.returncode == 0 and
              (wanted in shown if wanted else 'later' not in shown), shown)
    done = subprocess.run([entente, 'check', 'said.yaml', '--as-of', 'June'], cwd=folder,
                          capture_output=True, text=True)
    check('and refuses what is no date', done.returncode == 2 and 'U103' in done.stderr, done.stderr)
found = [(path.name, wrong) for path in sorted(Path(root, 'tests').glob('golden/*.txt')) +
         sorted(Path(root, 'tests').glob('errors/**/*.txt')) for wrong in wrong_in(re.sub(r"(?m)^\$ .*$", "", path.read_text(errors="replace")))]
check('and in every transcript', not found, found)
check('what is looked for is found', wrong_in('believes 1 of the 1 statement that claim something')
      and wrong_in('1 other messages') and not wrong_in('0.1 points, 1,001 worlds and 1 row'))
finish()
