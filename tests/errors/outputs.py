#!/usr/bin/env python3
"""Output never destroys input: -o, --csv, --results and convert on what is read, also through links.

usage: outputs.py ENTENTE SOURCE_ROOT. Prints TAP. Standard library only.
"""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'property'))
from tap import check, finish

entente, root = map(os.path.abspath, sys.argv[1:])
os.chdir(tempfile.mkdtemp())
CASE = """entente: 1
title: A quay
parties: {port: {}, town: {}}
sources: {minutes: {title: Minutes, file: minutes.txt}}
issues:
  quay: {by: port, for: town, options: [closed, open]}
  tolls: {by: town, for: port, options: [low, high]}
statements:
  - {id: s1, by: port, source: minutes, quote: the quay stays, claims: [{party: port, accepts: {quay: open, tolls: high}}]}
"""
TABLE = 'price,u(a),u(b)\nlow,1,0\nmiddle,0.7,0.6\nhigh,0,1\n'


def write(path, text):
    with open(path, 'w') as f:
        f.write(text)


def read(path):
    with open(path) as f:
        return f.read()


def run(*words, **more):
    return subprocess.run([entente, *words], capture_output=True, text=True, timeout=120, **more)


def refused(name, done, path, text, code='F107'):
    check(name, done.returncode == 2 and f'error[{code}]' in done.stderr and read(path) == text,
          (done.returncode, done.stderr))


write('case.yaml', CASE)
write('minutes.txt', 'He said that the quay stays.')
write('table.csv', TABLE)
os.symlink('case.yaml', 'soft.yaml')
os.link('case.yaml', 'hard.yaml')
os.symlink('minutes.txt', 'soft.txt')
listed = [line.split() for line in run('help').stdout.splitlines() if line.startswith('  ')]
for name in [words[0] for words in listed]:
    form = run(name, '--help').stdout.splitlines()[2].split()[3:-1]
    if form[:1] == ['CASE'] and name != 'serve':
        for to in ('case.yaml', 'soft.yaml', 'hard.yaml'):
            done = run(name, *['case.yaml'] * form.count('CASE'), '-o', to)
            refused(f'{name} -o {to}', done, 'case.yaml', CASE)
for to in ('minutes.txt', 'soft.txt'):
    done = run('accounts', 'case.yaml', '-o', to)
    refused(f'a source: -o {to}', done, 'minutes.txt', 'He said that the quay stays.')
with open('case.yaml') as f:
    refused('standard input', run('check', '-', '-o', 'hard.yaml', stdin=f), 'case.yaml', CASE)
for words in (['schema'], ['new'], ['explain', 'C101'], ['frontier', 'table.csv']):
    refused(f'{words[0]} over a case', run(*words, '-o', 'case.yaml'), 'case.yaml', CASE, 'F108')
refused('a table', run('frontier', 'table.csv', '-o', 'table.csv'), 'table.csv', TABLE)
for option in ('--csv', '--results'):
    done = run('tournament', 'table.csv', '--strategies', 'boulware,linear', option, 'table.csv')
    refused(f'tournament {option}', done, 'table.csv', TABLE)
refused('convert onto itself', run('convert', 'table.csv', './table.csv'), 'table.csv', TABLE)

done = run('convert', 'table.csv', 'folder', '--to', 'genius')
names = sorted(os.listdir('folder'))
check('convert makes a folder', done.returncode == 0 and len(names) == 3, (names, done.stderr))
check('and makes the same one again',
      run('convert', 'table.csv', 'folder', '--to', 'genius').returncode == 0)
write('folder/notes.xml', '<mine/>')
done = run('convert', 'table.csv', 'folder', '--to', 'genius')
refused('but not where another file lies', done, 'folder/notes.xml', '<mine/>', 'F109')
os.remove('folder/notes.xml')
domain = os.path.join('folder', names[0])
refused('a folder of files', run('frontier', 'folder', '-o', domain), domain, read(domain))
for words in (['frontier', 'no/such'], ['frontier', 'nosuch'], ['convert', 'nosuch', 'x.csv'],
              ['tournament', 'nosuch'], ['frontier', 'folder/nosuch.xml'], ['haggle', 'nosuch']):
    done = run(*words)
    check('what is missing is called by its name: ' + ' '.join(words),
          done.returncode == 3 and f'`{words[1]}`: No such file' in done.stderr, done.stderr)
done = run('report', 'case.yaml', '-q', '-o', 'answer.txt')
check('another file is written', done.returncode == 0 and 'quay' in read('answer.txt'))
check('and written again', run('report', 'case.yaml', '-q', '-o', 'answer.txt').returncode == 0)
finish()
