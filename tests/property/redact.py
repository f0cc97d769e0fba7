#!/usr/bin/env python3
"""What is private stays in the house. TAP output.

usage: redact.py ENTENTE

A case is full of words that stand nowhere else: ids, quotes, names, titles, dates, a reservation.
Every question, in every format that it prints, and every file that one writes is searched for them
under --redact and --redact-words. Random cases: the answers under --redact are those of the case
from which the marked things were deleted by hand, those under --redact-words those of the whole.
"""
import copy
import json
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tap import check, finish

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'server'))
import server as servers  # noqa: E402

entente = str(Path(sys.argv[1]).resolve())
folder = Path(tempfile.mkdtemp())


def run(*words):
    return subprocess.run([entente, *map(str, words)], capture_output=True, text=True, timeout=300)


def write(name, case):
    """As JSON, which is YAML."""
    path = folder / name
    path.write_text(case if isinstance(case, str) else json.dumps(case))
    return path


# ---- No word of it in anything -----------------------------------------------------------------

data = Path(__file__).resolve().parent.parent / 'data'
PLAIN = (data / 'private.yaml').read_text()  # tests/page/redact.mjs has it too
EXACT = """entente: 1
title: All known
parties:
  north:
    reservation: {value: 2.0125, private: true}
    utility: {dam: {none: 2, small: 3, large: 0}, tolls: {from: 0, to: 5}}
  south:
    reservation: 2
    utility: {dam: {small: 5, large: 8}, tolls: {from: 4, to: 0}}
issues:
  dam: {by: north, for: south, options: [none, small, large]}
  tolls: {by: south, for: north, range: {from: 0, to: 10, step: 1}}
sources: {zebrasource: {title: Zebra Papers, private: true}}
"""
plain, exact = write('plain.yaml', PLAIN), write('exact.yaml', EXACT)
other = write('other.yaml', PLAIN.replace('Five for both', 'Six for both'))
hash_of = json.loads(run('deals', plain, '--json', '--worlds', 50).stdout)['case']
exact_hash = json.loads(run('deals', exact, '--json', '--worlds', 50).stdout)['case']
WORDS = ['zebra', 'quagga', hash_of, hash_of[:7], exact_hash, '1987-06', '1991-02', '1992-03']
NUMBERS = ['0.1357', '.1357', '0.2468', '7.531', '2.0125']
KEPT = ['quagga', '1991-02', '1992-03']  # by --redact-words: when, and figures by their metric


ALL = 'withheld: 1 account, 2 assumptions, 1 figure, 1 package, 2 people, 1 reservation, ' \
    '1 source and 3 statements'


def leaks(text, words):
    low = text.lower()
    return [word for word in words if word.lower() in low]


def asked_of(command):
    """What to ask, from the question's own help: (words, files that it writes)."""
    out = folder / 'written'
    small = ['--worlds', '200'] if '--worlds' in run(command, '--help').stdout else []
    if command == 'convert':
        return [([plain, out / 'p.yaml'], [out / 'p.yaml']), ([exact, out / 'e.yaml'],
                [out / 'e.yaml']), ([exact, out / 'e.csv'], [out / 'e.csv'])]
    if command == 'diff':
        return [([plain, other, *small], [])]
    if command == 'merge':
        return [([plain, other, plain], [])]
    if command in ('frontier', 'tournament'):
        return [([exact], [])]
    return [([plain, *small], []), ([exact, *small], [])]


def text_of(path):
    """What the file holds; of an archive, what its members hold."""
    if not path.exists():
        return ''
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as z:
            return ''.join(z.read(n).decode('utf-8', 'replace') for n in z.namelist())
    return path.read_bytes().decode('utf-8', 'replace')


commands = re.findall(r'^  ([a-z]+) ', run('help').stdout, re.M)
forms = {c: re.search(r'^usage: entente \S+ ?(.*?) ?\[options\]', run(c, '--help').stdout, re.M)
         for c in commands}
readers = [c for c in commands if c != 'serve' and forms[c] and
           re.search(r'CASE|PATH|BASE|A B', forms[c].group(1))]
check('the questions that read cases are found', len(readers) > 18 and 'html' in readers, readers)
(folder / 'written').mkdir()
told = set()
for command in readers:
    help_ = run(command, '--help').stdout
    check(f'{command} can redact', '--redact ' in help_ and '--redact-words' in help_)
    for flag in ('--redact', '--redact-words'):
        words = [w for w in WORDS if flag == '--redact' or w not in KEPT]
        words += NUMBERS if flag == '--redact' else []
        found, answered, silent = [], 0, []
        for case, files in asked_of(command):
            for form in ([], ['--json'], ['--plain'], ['--svg'], ['--color', 'always'],
                         ['--full'], ['--format', 'markdown'], ['--format', 'html']):
                done = run(command, *case, flag, *form)
                if 'U102' in done.stderr:
                    continue  # it does not print this
                text = done.stdout + done.stderr + ''.join(map(text_of, files))
                answered += done.returncode in (0, 1)
                found += leaks(text, words)
                if done.returncode in (0, 1) and 'withheld' not in text.lower():
                    silent.append((case, form))
                told |= {flag} if ALL in ' '.join(text.split()) else set()
        check(f'{command} {flag}: no private word in {answered} answers', answered and not found,
              (found, answered))
        check(f'{command} {flag}: each says that something is withheld', not silent, silent)
for kind in re.findall(r'markdown|html|docx|odt', run('report', '--help').stdout)[:4]:
    for flag in ('--redact', '--redact-words'):
        out = folder / f'brief.{kind}'
        done = run('report', plain, flag, '--worlds', 200, '--format', kind, '-o', out)
        words = WORDS + NUMBERS if flag == '--redact' else [w for w in WORDS if w not in KEPT]
        text = text_of(out)
        check(f'report as {kind} {flag}', done.returncode in (0, 1) and 'withheld' in text and
              not leaks(text + done.stderr, words), (done.stderr, leaks(text, words), len(text)))
check('what is withheld is counted', told == {'--redact'})
check('without --redact the words are there', 'Zebra Quoted' in run('why', plain).stdout or
      'zebraone' in run('accounts', plain).stdout)
check('check as it is', run('check', plain).returncode == 0, run('check', plain).stdout)

# An option that names what is private does not find it, and no hint is given of it.
done = run('deals', plain, '--redact', '--without', 'zebraon')
check('a private id is not known', done.returncode == 2 and
      not leaks(done.stderr.replace('zebraon`', ''), WORDS), done.stderr)
done = run('report', plain, '--redact', '--redact-words')
check('both at once is a wrong call', done.returncode == 2 and 'U108' in done.stderr)
bad = write('bad.yaml', PLAIN.replace('by: zebraperson', 'by: zebraperso'))
for form in ([], ['--json']):
    done = run('check', bad, '--redact', *form)
    check(f'an invalid case tells nothing of itself {form}', done.returncode == 3 and
          'C143' in done.stdout + done.stderr and not leaks(done.stdout + done.stderr, WORDS),
          done.stderr)

# A redacted case is a case: it says what is gone, and redacting it again changes nothing.
one, two = folder / 'one.yaml', folder / 'two.yaml'
run('convert', plain, one, '--redact')
run('convert', one, two, '--redact')
check('a redacted case is valid', run('check', one).returncode == 0, run('check', one).stderr)
check('and says so', 'withheld: {effects: left-out, accounts: 1' in one.read_text() and
      'withheld: 1 account' in run('report', one, '--worlds', 200).stdout, one.read_text())
check('twice is once', one.read_bytes() == two.read_bytes())

# As text, for a pipe.
done = run('convert', plain, '-', '--redact')
check('convert to - prints the redacted case', done.stdout == one.read_text() and
      not leaks(done.stdout + done.stderr, WORDS + NUMBERS) and not Path('-').exists(), done.stdout)

# ---- Served to others ----------------------------------------------------------------------------

servers.BINARY = entente
ROUTES = ['/', '/api/case', '/api/page?worlds=100', '/api/ask/html?worlds=100',
          '/api/ask/check', '/api/ask/accounts', '/api/ask/why?worlds=100',
          '/api/ask/report?worlds=100', '/api/ask/page?worlds=100&light&without=zebraone',
          '/api/status', '/api/source?file=private.txt', '/api/wait?hash=0']
(folder / 'private.txt').write_text('Zebra Source Text')
served = write('served.yaml', PLAIN)
for flag in ('--redact', '--redact-words'):
    words = WORDS + NUMBERS if flag == '--redact' else [w for w in WORDS if w not in KEPT]
    served.write_text(PLAIN)
    with servers.Server(served, flag, '--lazy') as server:
        found, told, fine = [], [], 0
        for route in ROUTES:
            reply = server.get(route)
            text = reply.body.decode('utf-8', 'replace') + str(reply.headers)
            fine += reply.status == 200
            # What was asked for may be named in the fault; a script packed as text holds anything.
            text = re.sub(r'<script>.*?</script>', '', text.replace('`zebraone`', ''), flags=re.S)
            found += [(route, w) for w in leaks(text, words)]
            told += [route] if 'withheld' in text.lower() else []
        check(f'serve {flag}: no private word in any reply', not found and fine >= 8,
              (found, fine))
        check(f'serve {flag}: replies say that something is withheld', len(told) >= 5, told)
        case = server.get('/api/case').json()
        check(f'serve {flag}: it only reads, and says why', not case['editable'] and
              'private' in case['read_only'] and case['text'] ==
              run('convert', served, '-', flag).stdout, case['read_only'])
        put = server.ask('PUT', '/api/case', {'Origin': f'http://127.0.0.1:{server.port}'},
                         {'text': PLAIN, 'hash': case['hash']})
        check(f'serve {flag}: nothing is written', put.status == 403 and
              served.read_text() == PLAIN, put.status)
        served.write_text(PLAIN.replace('Two for the north', 'Three for the north'))
        reply = server.get(f"/api/wait?hash={case['hash']}").json()
        later = server.get('/api/case').json()
        check(f'serve {flag}: it follows the file', reply['hash'] != case['hash'] and
              'Three for the north' in later['text'] and
              not leaks(json.dumps(later), words), later['text'])
        served.write_text(PLAIN.replace('by: zebraperson', 'by: zebraperso'))
        server.get(f"/api/wait?hash={later['hash']}")
        bad = server.get('/api/case').json()
        check(f'serve {flag}: of an invalid case nothing is shown', bad['text'] == '' and
              'C143' in json.dumps(bad['check']) and not leaks(json.dumps(bad), words) and
              bad['analysed'] == later['hash'], bad)
done = run('serve', plain, '--redact', '--edit')
check('serve --redact --edit is refused in words', done.returncode == 2 and
      'U108' in done.stderr and '--edit' in done.stderr, done.stderr)

# ---- The answers are those of what is left -------------------------------------------------------

SKIP = {'case', 'withheld', 'before', 'after', 'hash', 'text', 'line', 'file'}


def strip(value):
    if isinstance(value, dict):
        return {k: strip(v) for k, v in value.items() if k not in SKIP}
    return [strip(v) for v in value] if isinstance(value, list) else value


def package(rng, issues):
    return {i: rng.choice(o) for i, o in issues.items() if rng.random() < 0.8}


def random_case(rng):
    issues = {f'i{k}': ['o0', 'o1', 'o2'][:rng.randint(2, 3)] for k in range(rng.randint(2, 4))}
    case = {'entente': 1, 'title': 'Random', 'parties': {
        'a': {}, 'b': {'reservation': {'value': [0, 0.2], 'private': rng.random() < 0.5}}},
        'people': {'pa': {'for': 'a'}, 'pb': {'for': 'b'}, 'p': {}, 'q': {}},
        'sources': {'s': {'title': 'S'}, 't': {'title': 'T', 'private': rng.random() < 0.5}},
        'issues': {}, 'packages': {}, 'assumptions': [], 'statements': []}
    for k, (name, options) in enumerate(issues.items()):
        case['issues'][name] = {'by': 'ab'[k % 2], 'for': 'ba'[k % 2], 'options': options}
    case['packages'] = {f'n{k}': package(rng, issues) for k in range(2)}
    for k in range(rng.randint(3, 9)):
        party = rng.choice('ab')
        what = rng.choice(['n0', 'n1', package(rng, issues)])
        claim = rng.choice([{'accepts': what}, {'refuses': what},
                            {'ranks': rng.sample(list(issues), 2)}])
        s = {'id': f's{k}', 'by': rng.choice(['pa', 'pb', 'p', 'q', 'a']),
             'source': rng.choice('st'), 'quote': f'words {k}',
             'date': f'2020-01-{rng.randint(1, 28):02}',
             'credibility': rng.randint(1, 6), 'claims': [{'party': party, **claim}]}
        if rng.random() < 0.35:
            s['private'] = True
        if rng.random() < 0.2:
            case['assumptions'].append({k: v for k, v in s.items()
                                        if k in ('id', 'source', 'claims', 'private')} |
                                       {'because': 'so'})
        else:
            case['statements'].append(s)
    sides = {'pa': 'a', 'pb': 'b', 'a': 'a', 'p': 'p', 'q': 'q'}
    for late in case['statements']:
        for early in case['statements']:
            if early['date'] < late['date'] and sides[early['by']] == sides[late['by']] and \
                    rng.random() < 0.15:
                late.setdefault('supersedes', []).append(early['id'])
    if rng.random() < 0.5 and case['statements']:
        case['accounts'] = {'x': {'believes': [rng.choice(case['statements'])['id']]},
                            'y': {'believes': ['a', rng.choice(case['statements'])['id']]},
                            'z': {'believes': ['b']}}
    return case


def names(statements):
    return {v for s in statements for c in s['claims'] for v in c.values() if isinstance(v, str)}


def deleted(case):
    """The case without what is marked, by hand."""
    c = copy.deepcopy(case)
    for party in c['parties'].values():
        if isinstance(party.get('reservation'), dict):
            marked = party['reservation']
            party['reservation'] = marked['value']
            if marked['private']:
                del party['reservation']
    gone = {s for s, v in c['sources'].items() if v.get('private')}
    record = c['assumptions'] + c['statements']
    hidden = [s for s in record if s.get('private') or s['source'] in gone]
    ids = {s['id'] for s in hidden}
    left = [s for s in record if s['id'] not in ids]
    c['sources'] = {s: {'title': v['title']} for s, v in c['sources'].items() if s not in gone}
    for key in ('assumptions', 'statements'):
        c[key] = [s for s in c[key] if s['id'] not in ids]
        for s in c[key]:
            s.pop('private', None)
            s['supersedes'] = [x for x in s.get('supersedes', []) if x not in ids]
            if not s['supersedes']:
                del s['supersedes']
    spoke, silent = {s.get('by') for s in left}, {s.get('by') for s in hidden}
    c['people'] = {p: v for p, v in c['people'].items() if p in spoke or p not in silent}
    c['packages'] = {p: v for p, v in c['packages'].items()
                     if p in names(left) or p not in names(hidden)}
    if 'accounts' in c:
        c['accounts'] = {a: {'believes': [x for x in v['believes'] if x not in ids]}
                         for a, v in c['accounts'].items() if not set(v['believes']) <= ids}
    return {k: v for k, v in c.items() if v or k in ('entente', 'title')}


def renamed(value):
    """Names apart: numbers, and how many of everything."""
    if isinstance(value, dict):
        return {('*' if k in VARY else k): renamed(v) for k, v in value.items()}
    if isinstance(value, list):
        return [renamed(v) for v in value]
    return '*' if value in VARY else value


TRIALS = 30
same = {'accounts': 0, 'deals': 0, 'history': 0, 'page': 0}
kept = marked = 0
for seed in range(TRIALS):
    rng = random.Random(seed)
    case = random_case(rng)
    whole = write('whole.yaml', case)
    bare = write('bare.yaml', deleted(case))
    if run('check', whole).returncode == 3 or run('check', bare).returncode == 3:
        continue
    marked += 1
    for command in same:
        options = [] if command == 'page' else ['--json']
        options += [] if command == 'accounts' else ['--worlds', 300]
        options += ['--light'] if command == 'page' else []
        a, b = run(command, whole, '--redact', *options), run(command, bare, '--redact', *options)
        good = strip(json.loads(a.stdout)) == strip(json.loads(b.stdout))
        same[command] += good
        if not good:
            print(f'# seed {seed}: {command} differs')
    a = json.loads(run('deals', whole, '--json', '--worlds', 300).stdout)
    b = json.loads(run('deals', whole, '--json', '--worlds', 300, '--redact-words').stdout)
    VARY = {s['id'] for s in case['statements'] + case['assumptions']} | {'x', 'y'} | {
        f'withheld-{k}' for k in range(20)}
    kept += strip(renamed({k: v for k, v in a.items() if k != 'on'})) == \
        strip(renamed({k: v for k, v in b.items() if k != 'on'}))
for command, count in same.items():
    check(f'{command}: {count} of {marked} random cases answer as if it had been deleted',
          marked >= 20 and count == marked)
check(f'--redact-words: {kept} of {marked} keep every number', kept == marked)
finish()
