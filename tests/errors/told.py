#!/usr/bin/env python3
"""Nothing fails in silence: a failing --json is a document, whatever failed.

usage: told.py ENTENTE SOURCE_ROOT. Prints TAP. Standard library only.
"""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'property'))
from tap import check, finish

entente, root = map(os.path.abspath, sys.argv[1:])
good = os.path.join(root, 'examples', 'labour.yaml')
os.chdir(tempfile.mkdtemp())


def run(*words, **more):
    return subprocess.run([entente, *words], capture_output=True, text=True, timeout=120, **more)


def document(done):
    """Why this is not an error document; '' if it is."""
    try:
        said = json.loads(done.stdout)
    except ValueError:
        return f'no JSON: {done.stdout[:200]!r}, exit {done.returncode}'
    if said.get('schema') != 'entente.error/1' or said.get('exit') != done.returncode:
        return str(said)[:300]
    errors = [d for d in said['diagnostics'] if d['severity'] == 'error']
    if not errors or not all(d['code'] and d['message'] for d in said['diagnostics']):
        return str(said)[:300]
    return '' if f"error[{errors[0]['code']}]" in done.stderr else done.stderr


def commands():
    listed = run('help').stdout.splitlines()
    return [line.split()[0] for line in listed if line.startswith('  ')]


def needed(name):
    """So many words as the command's usage asks for, none of them a file."""
    form = run(name, '--help').stdout.splitlines()[2].split()[3:-1]
    return ['none.yaml'] * sum(1 for word in form if word.isupper() or word.endswith('...'))


with open('tab.yaml', 'w') as f:
    f.write('entente: 1\n\ttitle: T\n')
with open('latin.yaml', 'wb') as f:
    f.write(b'entente: 1\ntitle: caf\xe9\n')
plain = {'completions', 'help', 'man', 'serve'}
why = []
for name in commands():
    tries = [['--json', '--no-such-option']]
    if name in plain:
        tries.append(['--json'])
    elif needed(name) and name != 'check':
        tries += [[*needed(name), '--json'], ['a'] * 5 + ['--json', '--worlds']]
    for words in tries:
        fault = document(run(name, *words))
        if fault:
            why.append(f'{name} {words}: {fault}')
check('every failing command prints a document', not why, why)
for words in (['deals', 'tab.yaml'], ['deals', 'latin.yaml'], ['deals', good, '--account', 'nobody'],
              ['deals', good, '--worlds', '0'], ['delas', good], ['deals', good, '--plain'],
              ['deals', good, '-o', '/nonexistent/x'], ['report', good, '--json', '--json', '-x'],
              ['diff', '-', '-'], ['deals', good, '--help']):
    done = run(*words, '--json', input='')
    check('document: ' + ' '.join(os.path.basename(w) for w in words), not document(done),
          document(done))
done = run('check', 'tab.yaml', '--json')
check('`check` has a document of its own', json.loads(done.stdout)['schema'] == 'entente.check/1')
done = run('version', '--json')
check('version has one too', json.loads(done.stdout)['schema'] == 'entente.version/1')
for name in ('help', 'man', 'completions', 'version'):
    done = run(name, '-o', 'out')
    check(f'{name} -o is refused', done.returncode == 2 and not os.path.exists('out'), done.stderr)

# More warnings than are shown, then an error, quietly.
with open('many.yaml', 'w') as f:
    f.write('entente: 1\ntitle: T\nparties: {a: {}, b: {}}\nissues:\n'
            '  x: {by: a, for: b, options: [p, q]}\n  y: {by: b, for: a, options: [p, q]}\n'
            'statements:\n')
    for k in range(1500):
        f.write(f'  - {{id: s{k}, by: a, claims: []}}\n')
done = run('check', 'many.yaml', '-q')
warned = run('check', 'many.yaml').stderr
check('more than 1,000 warnings say so', 'F106' in warned and warned.count('warning[') == 1000,
      warned[-300:])
check('-q hides them', done.stderr == '', done.stderr[:200])
done = run('deals', 'many.yaml', '-q', '--account', 'nobody')
check('an error after them is told', done.returncode == 2 and 'U105' in done.stderr, done.stderr)
done = run('deals', 'many.yaml', '-q', '--account', 'nobody', '--json')
codes = [d['code'] for d in json.loads(done.stdout)['diagnostics']]
check('in JSON too', 'U105' in codes and 'F106' in codes, codes[-3:])
finish()
