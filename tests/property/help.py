#!/usr/bin/env python3
"""The help, the manual page, completions and `explain` show every strategy and protocol there is.

usage: help.py ENTENTE. Prints TAP. Standard library only, and bash.
"""
import json
import os
import shutil
import subprocess
import sys

from tap import check, finish

entente = sys.argv[1]


def run(*words, columns=80):
    return subprocess.run([entente, *words], capture_output=True, text=True, timeout=60,
                          env=dict(os.environ, COLUMNS=str(columns), NO_COLOR='1'))


def complete(script, *words):
    """What bash offers for the last of the words."""
    if '=' in words[-1]:  # readline takes these apart
        name, _, value = words[-1].partition('=')
        words = [*words[:-1], name, '=', *([value] if value else [])]
    told = ' '.join(f"'{w}'" for w in ('entente', *words))
    done = subprocess.run(['bash', '-c', f'{script}\nCOMP_WORDS=({told})\n'
                           f'COMP_CWORD={len(words)}\n_entente\n'
                           'printf "%s\\n" "${COMPREPLY[@]}"'],
                          capture_output=True, text=True, timeout=60)
    return done.stdout.split()


everything = json.loads(run('explain', '--json').stdout)
topics = {kind: [t['name'] for t in everything[kind]] for kind in ('protocols', 'strategies')}
check('there are some', len(topics['protocols']) > 2 and len(topics['strategies']) > 10, topics)
check('and codes', {'code': 'H101', 'title': 'no such strategy'} in everything['codes'])
listed = run('explain').stdout
manual = run('man').stdout
helps = {command: run(command, '--help').stdout for command in ('haggle', 'tournament')}
for kind, names in topics.items():
    for at, name in enumerate(names):
        of = everything[kind][at]
        plain = [' '.join(text.split()) for text in helps.values()]
        check(f'{name} is in the help, with its source', all(
            f"{name} {of['summary']}" in text and of['source'] in text for text in plain))
        check(f'{name} is in the manual page', name.replace('-', '\\-') in manual and
              of['source'].replace('-', '\\-') in manual)
        check(f'{name} is listed', f"\n{name} " in listed)
        told = run('explain', name)
        flat = ' '.join(told.stdout.split())
        check(f'{name} is explained', told.returncode == 0 and
              all(of[key] in flat for key in ('name', 'summary', 'detail', 'source')) and
              all(f"{p['name']}" in flat and p['help'] in flat for p in of['parameters']), flat)
        alone = json.loads(run('explain', name, '--json').stdout)
        check(f'{name} in JSON', all(alone[key] == of[key] for key in of) and
              alone['kind'] + 's' == kind.replace('ies', 'ys'))
check('help of what names none tells of none', 'boulware' not in run('deals', '--help').stdout)
for command in ('haggle', 'tournament', 'deals', 'help', 'serve'):
    for columns in (40, 59, 60, 80, 132):
        text = run(command, '--help', columns=columns).stdout
        long = [line for line in text.splitlines() if len(line) > columns]
        check(f'{command} --help in {columns} columns', text != '' and not long, long)
for name in ('boa', 'war', 'one-text'):
    for columns in (40, 80):
        long = [line for line in run('explain', name, columns=columns).stdout.splitlines()
                if len(line) > columns]
        check(f'explain {name} in {columns} columns', not long, long)
for slip, meant in (('bulware', 'boulware'), ('one-txt', 'one-text'), ('H1O1', 'H101')):
    done = run('explain', slip)
    check(f'{slip} is a slip', done.returncode == 2 and f'did you mean `{meant}`?' in done.stderr,
          done.stderr)
done = run('explain', 'nothing-like-it')
check('what is none is told', done.returncode == 2 and 'lists them all' in done.stderr, done.stderr)
if shutil.which('bash'):
    script = run('completions', 'bash').stdout
    for words, wanted in (
            (('haggle', 'x.csv', '--pair', ''), topics['strategies']),
            (('haggle', 'x.csv', '--pair', 'bo'), ['boa', 'boulware']),
            (('haggle', '--pair=bo',), ['boa', 'boulware']),
            (('haggle', '--pair=',), topics['strategies']),
            (('haggle', '--pair', 'micro,bo'), ['micro,boa', 'micro,boulware']),
            (('tournament', '--strategies', 'a,b,nice'), ['a,b,nice-tit-for-tat']),
            (('tournament', '--protocol', ''), topics['protocols']),
            (('haggle', '--prot',), ['--protocol']),
            (('deals', '--pair', 'bo'), [])):
        got = complete(script, *words)
        check(f"bash completes {' '.join(words)}", got == wanted, got)
if shutil.which('mandoc'):
    done = subprocess.run(['mandoc', '-T', 'utf8', '-W', 'error'], input=manual, text=True,
                          capture_output=True, timeout=60)
    check('the manual page is good roff', done.returncode == 0 and 't^e' in done.stdout,
          done.stderr + done.stdout[-300:])
finish()
