#!/usr/bin/env python3
"""Two versions of a case as one. TAP output.

usage: merge.py ENTENTE

Random cases are written in random styles (blocks, braces, quotation marks, comments), edited twice
at random and merged. What comes out is compared with a plain model of a merge, key by key: what has
no conflict with the case that the model makes, what has one with that case whichever way it is
settled; and no text that either side wrote is missing.
"""
import copy
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tap import check, finish

entente = str(Path(sys.argv[1]).resolve())
folder = Path(tempfile.mkdtemp())
SECTIONS = ('parties', 'people', 'sources', 'issues', 'packages', 'statements', 'accounts')


def run(*words):
    return subprocess.run([entente, *map(str, words)], capture_output=True, text=True, timeout=60)


def write(name, text):
    path = folder / name
    path.write_text(text, newline='')
    return path


def canonical(text):
    """The record without its form: as the program writes it; '' where it is no case."""
    source, out = write('source.yaml', text), folder / 'canonical.yaml'
    out.unlink(missing_ok=True)
    done = run('convert', source, out, '--redact')
    return out.read_text() if done.returncode == 0 else f'no case: {run("check", source).stderr}'


# ---- Cases, in Python: sections are maps, statements a map from id to fields ------------------

def claim(rng):
    verb = rng.choice(['accepts', 'refuses'])
    return {'party': rng.choice('ab'), verb: {'i': rng.choice(['o1', 'o2']),
                                              'r': rng.choice([1, 2, 3])}}


def statement(rng, people):
    s = {'by': rng.choice(list(people) + ['a', 'b']), 'date': f'2020-0{rng.randint(1, 9)}',
         'quote': words(rng)}
    if rng.random() < 0.7:
        s['claims'] = [claim(rng) for _ in range(rng.randint(1, 3))]
    return s


def words(rng):
    return f'w{rng.randrange(10**9)}' + rng.choice(['', ' and: more', ' # no comment', ' "so"',
                                                    ', or not', " it's", ' {x}'])


def random_case(rng):
    people = {'p': {'for': 'a'}, 'q': {'name': words(rng)}}
    return {'entente': 1, 'title': words(rng),
            'parties': {'a': {'name': 'A'}, 'b': {'reservation': 0.1}},
            'people': people, 'sources': {'s': {'title': words(rng)}},
            'issues': {'i': {'by': 'a', 'for': 'b', 'options': ['o0', 'o1', 'o2']},
                       'r': {'by': 'b', 'for': 'a', 'range': {'from': 0, 'to': 5, 'step': 1}}},
            'packages': {'n': {'i': 'o1'}},
            'statements': {f's{k}': statement(rng, people) for k in range(rng.randint(2, 6))},
            'accounts': {'x': {'believes': ['a', 's0']}, 'y': {'believes': ['b']}}}


def edit(rng, case, who):
    c = copy.deepcopy(case)
    for _ in range(rng.randint(1, 4)):
        ids = list(c['statements'])
        kind = rng.randrange(11)
        s = c['statements'][rng.choice(ids)]
        if kind == 0:
            s['quote'] = words(rng)
        elif kind == 1:
            s['date'] = f'2021-0{rng.randint(1, 9)}'
        elif kind == 2:
            s['via'] = words(rng)
        elif kind == 3:
            s.setdefault('claims', []).append(claim(rng))
        elif kind == 4 and s.get('claims'):
            s['claims'][0] = claim(rng)
        elif kind == 5:
            at = rng.randint(0, len(ids))
            rows = list(c['statements'].items())
            name = f'{who}{rng.randrange(1000)}' if rng.random() < 0.9 else 'both'
            rows.insert(at, (name, statement(rng, c['people'])))
            c['statements'] = dict(rows)
        elif kind == 6 and len(ids) > 2 and ids[-1] != 's0':
            del c['statements'][ids[-1]]
        elif kind == 7:
            c['title'] = words(rng)
        elif kind == 8:
            c['people'][f'{who}{rng.randrange(1000)}'] = {'name': words(rng)}
        elif kind == 9:
            c['parties'][rng.choice('ab')]['name'] = words(rng)
        elif kind == 10:
            c['accounts']['x']['believes'] = ['a', 's0', 'b'] if who == 'u' else ['a']
    for s in c['statements'].values():
        if 'claims' in s and not s['claims']:
            del s['claims']
    return c


# ---- In random styles -------------------------------------------------------------------------

def flow(rng, value):
    if isinstance(value, dict):
        return '{' + ', '.join(f'{k}: {flow(rng, v)}' for k, v in value.items()) + '}'
    if isinstance(value, list):
        return '[' + ', '.join(flow(rng, v) for v in value) + ']'
    text = str(value)
    bare = text.replace('-', '').isalnum()
    return text if not isinstance(value, str) or bare and rng.random() < 0.8 else json.dumps(text)


def fields(rng, value, indent, comments, first=''):
    """A map in block style; `first` stands before its first key."""
    lines = []
    for at, (key, v) in enumerate(value.items()):
        lead = first if at == 0 and first else ' ' * indent
        if comments and rng.random() < 0.1 and at > 0:
            lines.append(f'{" " * indent}# c{rng.randrange(10**9)}')
        if key == 'claims' and rng.random() < 0.7:
            lines.append(f'{lead}claims:')
            deep = indent + rng.choice([0, 2])
            lines += [f'{" " * deep}- {flow(rng, c)}' for c in v]
        elif key == 'quote' and rng.random() < 0.3:
            lines += [f'{lead}quote: >-', ' ' * indent + '  ' + v]
        else:
            lines.append(f'{lead}{key}: {flow(rng, v)}')
    return lines


def render(case, seed, comments=True):
    """The same seed gives the same style, so that two versions differ where they were edited."""
    if seed % 10 == 0:
        rows = [{'id': k, **v} for k, v in case['statements'].items()]
        return json.dumps({**case, 'statements': rows}, indent=seed % 3) + '\n'
    lines = ['# A head of two lines', '#']
    for section, value in case.items():
        rng = random.Random(f'{seed} {section}')
        if section not in SECTIONS:
            lines.append(f'{section}: {flow(rng, value)}')
            continue
        style, indent = rng.random(), rng.choice([1, 2, 4])
        rows = section == 'statements'
        if style < 0.1 and not rows:
            lines.append(f'{section}: {flow(rng, value)}')
            continue
        lines.append(f'{section}:')
        for name, entry in value.items():
            rng = random.Random(f'{seed} {section} {name} {json.dumps(entry)}')
            braces = random.Random(f'{seed} {section} {name}').random() < 0.3
            if comments and rng.random() < 0.3:
                lines.append(f'{" " * indent}# c{rng.randrange(10**9)}')
            lead = ' ' * indent + ('- ' if rows else f'{name}: ')
            whole = {'id': name, **entry} if rows else entry
            if braces or section == 'packages':
                lines.append(lead + flow(rng, whole))
            elif rows:
                lines += fields(rng, whole, indent + 2, comments, lead)
            else:
                lines += [lead.rstrip(), *fields(rng, whole, indent + 2, comments)]
            lines += [''] * (rng.random() < 0.2)
    return '\n'.join(lines) + '\n'


# ---- The model: three values as one; a conflict is a pair -------------------------------------

class Pair:
    def __init__(self, a, b):
        self.a, self.b = a, b


def sets(base, a, b):
    base = base or []
    if any(x not in a and x not in b for x in base) and \
            any(x not in base for x in a + b):
        return Pair(a, b)
    return [x for x in a if x in b or x not in base] + [x for x in b if x not in a + base]


def model(base, a, b, path=()):
    if a == b or base == b:
        return a
    depth = len(path)
    keyed = depth == 0 or (depth == 1 and path[0] in SECTIONS) or \
        (depth == 2 and path[0] != 'packages' and base is not None)
    if keyed and all(isinstance(x, dict) for x in (a, b)):
        base = base or {}
        out = {}
        for key in list(a) + [k for k in b if k not in a]:
            value = model(base.get(key), a.get(key), b.get(key), (*path, key))
            if value is not None:
                out[key] = value
        return out
    if depth == 3 and path[-1] in ('claims', 'believes') and a is not None and b is not None:
        made = sets(base, a, b)
        return b if isinstance(made, Pair) and base == a else made
    return b if base == a else Pair(a, b)


def settle(value, side):
    if isinstance(value, Pair):
        return settle(getattr(value, side), side)
    if isinstance(value, dict):
        out = {k: settle(v, side) for k, v in value.items()}
        return {k: v for k, v in out.items() if v is not None}
    return value


def pairs(value):
    if isinstance(value, Pair):
        return [value]
    return [p for v in value.values() for p in pairs(v)] if isinstance(value, dict) else []


def blocks_of(text):
    """The record's entries in no order: what was added in one place may stand either way."""
    entries = re.split(r'\n(?=  - id|  [a-z]|[a-z])', text)
    return sorted('\n'.join(sorted(entry.split('\n'))) for entry in entries)


def settled(text, side):
    """Of a text with marks."""
    out, here = [], ''
    for line in text.split('\n'):
        mark = line[:7]
        if mark in ('<<<<<<<', '=======', '>>>>>>>'):
            here = {'<<<<<<<': 'a', '=======': 'b', '>>>>>>>': ''}[mark]
        elif here in ('', side):
            out.append(line)
    return '\n'.join(out)


def leaves(value):
    if isinstance(value, Pair):
        return leaves(value.a) | leaves(value.b)
    if isinstance(value, dict):
        return {x for v in value.values() for x in leaves(v)}
    if isinstance(value, list):
        return {x for v in value for x in leaves(v)}
    return {value} if isinstance(value, str) and value.startswith('w') else set()


TRIALS = 120
tally = dict.fromkeys(('clean', 'conflicts', 'one side', 'invalid', 'anew', 'comments', 'lost'), 0)
wrong = []
for seed in range(1, TRIALS + 1):
    rng = random.Random(seed)
    style, b_style = seed, seed if rng.random() < 0.7 else seed + 1000
    base, = [random_case(rng)]
    a, b = edit(rng, base, 'u'), edit(rng, base, 'v')
    texts = [render(base, style), render(a, style), render(b, b_style)]
    if not all(canonical(t).startswith('entente') for t in texts):
        tally['invalid'] += 1
        continue
    files = [write(f'{n}.yaml', t) for n, t in zip(('base', 'a', 'b'), texts)]
    tally['one side'] += 1
    if run('merge', files[0], files[1], files[0]).stdout != texts[1] or \
            run('merge', files[0], files[0], files[2]).stdout != texts[2]:
        wrong.append((seed, 'what one side changed is not its text'))
    done = run('merge', *files)
    expected = model(base, a, b)
    clash = pairs(expected)
    anew = 'R104' in done.stderr
    tally['anew'] += anew and seed % 10 != 0
    if bool(clash) != ('R103' in done.stderr) or done.returncode not in (0, 1):
        wrong.append((seed, f'{len(clash)} conflicts, told: {done.stderr[-300:]}'))
        continue
    missing = [w for w in leaves(expected) if json.dumps(w)[1:-1] not in done.stdout and
               w not in done.stdout]
    if missing:
        wrong.append((seed, f'missing {missing}'))
    kept = [w for w in texts[1].split() if w.startswith('c') and w[1:].isdigit() and
            w not in texts[0]]
    if not clash and not anew:
        tally['comments'] += len(kept)
        tally['lost'] += sum(w not in done.stdout for w in kept)
    for side in 'ab' if clash else 'a':
        tally['conflicts' if clash else 'clean'] += 1
        got, want = canonical(settled(done.stdout, side)), canonical(
            render(settle(expected, side), 10))
        whole = clash and blocks_of(got) != blocks_of(want)
        if whole and got.startswith('entente'):
            continue  # a larger conflict than the model's, of the entry that it stands in
        if blocks_of(got) != blocks_of(want):
            wrong.append((seed, f'side {side}:\n{got}\nnot\n{want}'))
    if not clash:
        back = run('merge', files[0], files[2], files[1])
        if blocks_of(canonical(back.stdout)) != blocks_of(canonical(done.stdout)):
            wrong.append((seed, 'A with B is not B with A'))
for seed, what in wrong[:5]:
    print(f'# seed {seed}: {what}'.replace('\n', '\n# '))
print(f'# {tally}')
check(f"what one side changed is that side's text, {tally['one side']} times", not wrong and
      tally['one side'] > TRIALS * 0.7)
check(f"{tally['clean']} merges without conflict and {tally['conflicts']} settled: the model's",
      not wrong and tally['clean'] > 40 and tally['conflicts'] > 30)
check(f"A's comments stay: {tally['comments']} of them", tally['lost'] == 0 and
      tally['comments'] > 50, tally)
check('a text in blocks is patched, and never written anew', tally['anew'] == 0)

# Each right, and the two together wrong: told as the merged case's fault.
BASE = """entente: 1
title: A fence
parties: {a: {}, b: {}}
people:
  p: {for: a}
  q: {for: b}
issues:
  i: {by: a, for: b, options: [o0, o1]}
statements:
  - {id: one, by: q, quote: One}
"""
base = write('base.yaml', BASE)
a = write('a.yaml', BASE.replace('  p: {for: a}\n', ''))
b = write('b.yaml', BASE + '  - {id: two, by: p, quote: Two}\n')
done = run('merge', base, a, b)
check('a name that is gone is told', done.returncode == 1 and 'C103' in done.stderr and
      'merged:' in done.stderr and 'Two' in done.stdout, done.stderr)
c = write('c.yaml', BASE.replace('One}', 'Won}'))
d = write('d.yaml', BASE.replace('One}', 'Zebra}'))
marked = write('marked.yaml', run('merge', base, c, d).stdout)
done = run('merge', base, marked, d)
check('a conflict is settled before the next merge', done.returncode == 3 and 'C145' in done.stderr)
for form in ([], ['--json']):
    done = run('merge', base, c, d, '--redact', *form)
    check('redacted: no side of a conflict is told', done.returncode == 3 and
          'C143' in done.stderr and 'Zebra' not in done.stdout + done.stderr, done.stderr)
done = run('merge', base, d, b, '--redact')
check('redacted: what is merged is', done.returncode == 0 and 'withheld' in done.stdout,
      done.stderr)
if shutil.which('git'):
    driver = f'{entente} merge %O %A %B -o %A.out -q; code=$?; mv %A.out %A; exit $code'
    git = ['git', '-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c',
           f'merge.entente.driver={driver}', '-C', str(folder / 'git')]
    (folder / 'git').mkdir()

    def commit(text, branch):
        subprocess.run([*git, 'checkout', '-q', '-B', branch], check=True)
        (folder / 'git' / 'case.yaml').write_text(text)
        subprocess.run([*git, 'add', '-A'], check=True)
        subprocess.run([*git, 'commit', '-qm', branch], check=True)

    subprocess.run([*git, 'init', '-q'], check=True)
    (folder / 'git' / '.gitattributes').write_text('*.yaml merge=entente\n')
    commit(BASE, 'base')
    commit(BASE.replace('A fence', 'A wall') + '  - {id: two, by: p, quote: Two}\n', 'a')
    subprocess.run([*git, 'checkout', '-q', 'base'], check=True)
    commit(BASE + '  - {id: three, by: q, quote: Three}\n', 'b')
    merged = subprocess.run([*git, 'merge', '-q', '--no-edit', 'a'], capture_output=True, text=True)
    text = (folder / 'git' / 'case.yaml').read_text()
    check('as the merge driver of git, where lines alone would collide', merged.returncode == 0 and
          all(w in text for w in ('A wall', 'Two', 'Three')) and '<<<' not in text,
          merged.stderr + text)
else:
    check('as the merge driver of git # SKIP no git', True)
finish()
