#!/usr/bin/env python3
"""Walks every command that reads a case over every kind of bad input.

usage: walk.py ENTENTE CASE. Each pair must end with the right exit code, a message that has a code,
nothing on standard output and nothing left where `-o` points. Prints TAP. Standard library only.
"""
import os
import subprocess
import sys
import tempfile

entente, good = sys.argv[1:]
count = failed = 0
HEAD = ('entente: 1\ntitle: T\nparties: {a: {}, b: {}}\nissues:\n'
        '  x: {by: a, for: b, options: [p, q]}\n  y: {by: b, for: a, options: [p, q]}\n')
CLAIM = HEAD + 'statements:\n  - {id: s, by: a, reported: R., claims: [%s]}\n'
BAD = {  # name: (bytes, codes of which one must be told)
    'empty': (b'', 'C101'),
    'binary': (bytes(range(256)) * 40, 'F103'),
    'broken UTF-8': (HEAD.replace('T', 'T\udcff').encode('utf-8', 'surrogateescape'), 'F103'),
    'too large': (b'# ' + b'x' * (17 << 20), 'F102'),
    '10,000 levels': (b'a: ' + b'[' * 10000 + b']' * 10000, 'C117'),
    'a very long line': (HEAD.encode() + b'about: ' + b'x' * (3 << 20), 'C117'),
    'duplicate keys': (HEAD.encode() + b'title: U\n', 'C105'),
    'unknown keys': (HEAD.encode() + b'isues: {}\n', 'C104'),
    'tabs': (HEAD.replace('  y', '\ty').encode(), 'C116'),
    'anchors': (HEAD.replace('[p, q]}\n  y', '&z [p, q]}\n  y').encode(), 'C102'),
    'NaN': (HEAD.encode() + b'  z: {by: a, for: b, range: {from: .nan, to: 1, step: 1}}\n', 'C10'),
    'a range backwards': (HEAD.encode() + b'  z: {by: a, for: b, range: {from: 2, to: 1, step: 1}}\n',
                          'C121'),
    'an issue with one option': (HEAD.replace('[p, q]}\n  y', '[p]}\n  y').encode(), 'C118'),
    'an unknown party': ((CLAIM % '{party: c, offers: {x: q}, for: {y: q}}').encode(), 'C103'),
    'an unknown verb': ((CLAIM % '{party: a, ofers: {x: q}}').encode(), 'C1'),
    'an escape of the terminal': (HEAD.replace(' T', ' "\\e[2J"').encode(), 'C102'),
}
OPTIONS = {  # words: (exit code, code)
    ('--worlds', '0'): (2, 'U103'), ('--worlds', '-1'): (2, 'U103'),
    ('--worlds', '1e30'): (2, 'U103'), ('--worlds', '99999999999999999999'): (2, 'U103'),
    ('--worlds',): (2, 'U102'), ('--seed', '1', '--seed', '2'): (2, 'U108'),
    ('--json', '--plain'): (2, 'U108'), ('--wrlds', '5'): (2, 'U102'),
    ('--account', 'nobody'): (2, 'U105'), ('--with', 'nothing'): (2, 'U105'),
    ('--as-of', '2019-13-45'): (2, 'U103'), ('--prior', 'flatt'): (2, 'U103'),
    ('-o', '/nonexistent/folder/file'): (3, 'F104'), ('-o', '/'): (3, 'F104'),
}


def check(name, why):
    global count, failed
    count += 1
    failed += bool(why)
    print(f"{'not ok' if why else 'ok'} {count} - {name}")
    if why:
        print('# ' + why.replace('\n', '\n# ')[:2000])


def run(words, **more):
    return subprocess.run([entente, *words], capture_output=True, timeout=120, **more)


def fault(done, code, told):
    text = done.stderr.decode('utf-8', 'replace')
    if done.returncode != code:
        return f'exit {done.returncode}, not {code}: {text}'
    if f'[{told}' not in text:
        return f'{told} is not told: {text}'
    if any(ord(c) < 32 and c not in '\n\t' for c in text):
        return f'control characters reach the terminal: {text!r}'
    return ''


def commands():
    listed = run(['help']).stdout.decode().splitlines()
    names = [line.split()[0] for line in listed if line.startswith('  ')]
    forms = {n: run([n, '--help']).stdout.decode().splitlines()[2].split()[3:] for n in names}
    return {n: forms[n].count('CASE') for n in names if forms[n][:1] == ['CASE'] and n != 'serve'}


def bad_inputs(folder, taking):
    out = os.path.join(folder, 'out')
    paths = {'missing': (os.path.join(folder, 'none.yaml'), 'F101'), 'a folder': (folder, 'F101')}
    for k, (name, (data, code)) in enumerate(BAD.items()):
        path = os.path.join(folder, f'{k}.yaml')
        with open(path, 'wb') as f:
            f.write(data)
        paths[name] = (path, code)
    fifo = os.path.join(folder, 'fifo')
    os.mkfifo(fifo)
    paths['a pipe by name'] = (fifo, 'F101')
    for name, (path, code) in paths.items():
        why = []
        for command, inputs in taking.items():
            done = run([command, *[path] * inputs, '-o', out])
            printed = done.stdout if command != 'check' else b''
            left = os.path.exists(out) and command != 'check'
            why.append(fault(done, 3, code) or ('something was written' if printed or left else ''))
            why[-1] = why[-1] and f'{command}: {why[-1]}'
            if os.path.exists(out):
                os.remove(out)
        check(f'{name}: {len(taking)} commands', '\n'.join(w for w in why if w))
    left = [f for f in os.listdir(folder) if 'tmp' in f or f == 'out']
    check('nothing half-written is left', ' '.join(left))


def streams():
    with open(good, 'rb') as f:
        data = f.read()
    by_name, by_stream = run(['accounts', good, '--plain']), run(['accounts', '-', '--plain'], input=data)
    check('`-` reads standard input',
          '' if by_name.stdout == by_stream.stdout and by_stream.returncode == 0 else
          by_stream.stderr.decode())
    check('an empty standard input is told', fault(run(['check', '-'], input=b''), 3, 'C101'))
    check('one standard input is one input', fault(run(['diff', '-', '-'], input=data), 3, 'U103'))
    for words in (['accounts', good], ['help'], ['schema'], ['man'], ['completions']):
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([entente, *words], stdout=full, stderr=subprocess.PIPE, timeout=60)
        check(f'{words[0]} to a full device', '' if done.returncode == 3 and b'F104' in done.stderr
              else f'exit {done.returncode}')
    check('-o to a full device', fault(run(['accounts', good, '-o', '/dev/full']), 3, 'F104'))
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([entente, 'schema'], stdout=writer, stderr=subprocess.PIPE, timeout=60)
    os.close(writer)
    check('a reader that left ends it quietly or with an error',
          '' if done.returncode in (-13, 3) else f'exit {done.returncode}')
    for name, data in (('carriage returns', HEAD.replace('\n', '\r\n').encode()),
                       ('a byte order mark', b'\xef\xbb\xbf' + HEAD.encode())):
        check(f'{name} are fine', run(['check', '-'], input=data).stderr.decode())
    capitals = run(['check', '-'], input=HEAD.encode() + b'  X: {by: a, for: b, options: [p, q]}\n')
    check('names that differ in capitals are warned of', fault(capitals, 1, 'C111'))
    for columns in ('1', '20', '300', '-5', 'x', '99999999999'):
        done = run(['accounts', good], env={**os.environ, 'COLUMNS': columns})
        check(f'COLUMNS={columns}', '' if done.returncode == 0 else done.stderr.decode())


def odd_cases():
    """What is not an error has an answer."""
    forbidding = HEAD + 'rules:\n  - {if: {x: p}, then: {x: q}, because: B}\n' \
                        '  - {if: {x: q}, then: {x: p}, because: B}\n'
    contrary = CLAIM % ('{party: a, offers: {x: q}, for: {y: q}}, '
                        '{party: a, refuses: {x: q, y: q}}')
    many = HEAD + ''.join(f'  z{i}: {{by: a, for: b, range: {{from: 0, to: 100, step: 1}}}}\n'
                          for i in range(40))
    for name, text, codes in (('rules that forbid everything', forbidding, (0, 1, 3)),
                              ('a statement against itself', contrary, (0, 1)),
                              ('10^80 packages', many, (0,))):
        for command in ('check', 'accounts', 'report', 'deals', 'why'):
            more = [] if command in ('check', 'accounts') else ['--worlds', '64']
            done = run([command, '-', *more], input=text.encode())
            check(f'{name}: {command}', '' if done.returncode in codes and
                  (done.stdout or done.stderr) else
                  f'exit {done.returncode}: {done.stderr.decode()}')


with tempfile.TemporaryDirectory() as folder:
    bad_inputs(folder, commands())
for words, (code, told) in OPTIONS.items():
    check(f"report {' '.join(words)}", fault(run(['report', good, *words]), code, told))
check('an unknown command', fault(run(['reprot', good]), 2, 'U101'))
check('a command without its input', fault(run(['report']), 2, 'U104'))
check('a command with too many', fault(run(['report', good, good]), 2, 'U104'))
streams()
odd_cases()
print(f'1..{count}')
sys.exit(1 if failed else 0)
