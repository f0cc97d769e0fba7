#!/usr/bin/env python3
"""A program without its page says so, and is what is built where npm cannot fetch packages.

usage: without.py PROGRAM_WITHOUT_PAGE SOURCE_ROOT. Prints TAP. Standard library only.
"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'property'))
from tap import check, finish

entente, root = map(os.path.abspath, sys.argv[1:])
case = os.path.join(root, 'examples', 'labour.yaml')
SAYS = 'this program was built without its page'


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, timeout=200, **more)


for words in (['html', case], ['html', case, '--live'], ['serve', case], ['serve', case, '--edit']):
    done = run(entente, *words)
    errors = [line for line in done.stderr.splitlines() if line.startswith('error')]
    check(f'{words[0]} {" ".join(words[2:])} says it has no page',
          done.returncode in (2, 3) and done.stdout == '' and len(errors) == 1 and SAYS in errors[0],
          done)
check('all else works', run(entente, 'deals', case, '--worlds', '100', '-q').returncode == 0)

node, npm = shutil.which('node'), shutil.which('npm')
bare = open(os.path.join(root, 'page', 'none.c')).read()
work = tempfile.mkdtemp()


def embed(name, program, **environment):
    """What a page without its packages is built to, with this npm and these settings."""
    page = os.path.join(work, name, 'page')
    os.makedirs(os.path.join(page, 'tools'))
    for file in ('package.json', 'package-lock.json', 'none.c', 'tools/embed.mjs'):
        shutil.copy(os.path.join(root, 'page', file), os.path.join(page, file))
    output = os.path.join(work, name, 'out.c')
    done = run(node, os.path.join(page, 'tools', 'embed.mjs'), program, output,
               env={**os.environ, 'npm_config_cache': os.path.join(work, name, 'cache'), **environment})
    text = open(output).read() if os.path.exists(output) else ''
    check(f'{name}: the page is left out, and that is said',
          done.returncode == 0 and text == bare and 'without its page' in done.stderr, done)
    check(f'{name}: the next build tries again', text and os.stat(output).st_mtime < 10)


if node is None or npm is None:
    print('# skipped: no node or npm, whose failures are tried')
else:
    embed('no npm', os.path.join(work, 'nosuch'))
    embed('a closed port', npm, npm_config_registry='http://127.0.0.1:9/')
    silent = socket.create_server(('127.0.0.1', 0), backlog=64)
    embed('a registry that does not answer', npm,
          npm_config_registry=f'http://127.0.0.1:{silent.getsockname()[1]}/')
shutil.rmtree(work)
finish()
