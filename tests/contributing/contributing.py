#!/usr/bin/env python3
"""What CONTRIBUTING.md says one does to add a verb, a question, a format and a strategy, done.

usage: contributing.py SOURCE_ROOT COMPILER...

Each recipe is carried out in a copy of the sources: new files, and rows behind the rows that are
there. Every file that it touches must be named by its section of CONTRIBUTING.md, and every file
that a section names must be there. Then what was touched is compiled, syntax alone; with
ENTENTE_BUILDS=1 the copy is built (minutes), and the new verb, question, format and strategy are
used. TAP output.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'property'))
from tap import check, finish

root, compiler = Path(sys.argv[1]).resolve(), sys.argv[2:]
folder = Path(tempfile.mkdtemp())
copy = folder / 'entente'

QUESTION = '''#include "api/ask.h"
#include "report/json.h"

static ent_status tally(ent_asking *asking)
{
    const ent_case *c;
    ent_status status = ent_asked_case(asking, 0, &c);
    if (status == ENT_OK && asking->request->format == ENT_JSON) {
        ent_json json = ent_json_document(asking->out, "tally");
        ent_json_count(&json, "statements", c->statement_count);
        ent_json_end_document(&json);
    } else if (status == ENT_OK) {
        ent_putf(asking->out, "%u statements\\n", c->statement_count);
    }
    return status;
}

static const ent_option_row options[] = {ENT_REDACT_OPTIONS};

const ent_question ent_ask_tally = {
    .row = {.name = "tally",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "how many statements there are",
            .help = "Counts the statements of a case.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = tally,
};
'''
FORMAT = '''/* A table with bars between its cells. */
#include "base/text.h"
#include "io/scenario_format.h"

#include <string.h>

static ent_file_role role(ent_arena *arena, const ent_text *text)
{
    (void)arena;
    return memchr(text->at, '|', text->length) != NULL ? ENT_IS_DOMAIN : ENT_NO_PART;
}

static ent_status read_bars(ent_work *work, const ent_scenario_files *files, ent_scenario *out)
{
    ent_scenario_files commas = *files;
    char *text = ent_copy_text(work->arena, files->domain.at, files->domain.length);
    for (char *bar = text; (bar = strchr(bar, '|')) != NULL; bar++) {
        *bar = ',';
    }
    commas.domain.at = text;
    return ent_format_csv.read(work, &commas, out);
}

static ent_status write_bars(ent_work *work, const ent_scenario *scenario, ent_written_files *out)
{
    (void)scenario;
    (void)out;
    return ent_fail(work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL, "bars are read alone");
}

static const char *const extensions[] = {"bars", NULL};

const ent_scenario_format ent_format_bars = {
    .name = "bars",
    .title = "Bars",
    .extensions = extensions,
    .folder = false,
    .role = role,
    .read = read_bars,
    .read_only = true,
    .write = write_bars,
};
'''
STRATEGY = '''#include "haggle/strategies.h"

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    return h->side->value[entry] >= h->side->reservation ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    return ent_haggle_worst_of(h, h->side->first, h->side->most);
}

const ent_strategy ent_strategy_polite = {
    .name = "polite",
    .summary = "ask for the best, take what suits",
    .detail = "Offers its best outcome in every round, and accepts whatever it may.",
    .source = "a recipe of CONTRIBUTING.md",
    .answer = answer,
    .propose = propose,
};
'''
VERB = '''    [ENT_WELCOMES] = {.name = "welcomes",
                      .help = "It would take this package gladly.",
                      PACKAGE, ALONE, PRICE,
                      .says = ENT_SAYS_ACCEPTED,
                      .steps = ENT_STEPS_NONE,
                      .position = ENT_YES,
                      .rest = ENT_YES,
                      .direction = ENT_EITHER_WAY,
                      .words = "welcomes"},
'''

# Each: new files; rows (file, what stands before the new row, the row).
RECIPES = {
    'a verb': ({}, [
        ('src/record/verb.h', '    ENT_WEIGHS,\n', '    ENT_WELCOMES,\n'),
        ('src/record/verb.c', r'    \[ENT_WEIGHS\] = \{(?:.|\n)*?\},\n', VERB)]),
    'a question': ({'src/api/ask_tally.c': QUESTION}, [
        ('src/api/questions.c', '    &ent_ask_stability,\n', '    &ent_ask_tally,\n'),
        ('src/api/questions.h', 'extern const ent_question ent_ask_stability;\n',
         'extern const ent_question ent_ask_tally;\n'),
        ('src/api/meson.build', "  'ask_stability.c',\n", "  'ask_tally.c',\n")]),
    'a format': ({'src/io/bars.c': FORMAT}, [
        ('src/io/scenario.c', r'ent_scenario_formats\[\] = \{\n', '    &ent_format_bars,\n'),
        ('src/io/scenario_format.h', 'extern const ent_scenario_format ent_format_csv;\n',
         'extern const ent_scenario_format ent_format_bars;\n'),
        ('src/io/meson.build', r'engine_sources \+= files\(\n', "  'bars.c',\n")]),
    'a strategy': ({'src/haggle/polite.c': STRATEGY}, [
        ('src/haggle/strategies.c', '    &ent_strategy_nice_tit_for_tat,\n',
         '    &ent_strategy_polite,\n'),
        ('src/haggle/strategies.h', 'extern const ent_strategy ent_strategy_nice_tit_for_tat;\n',
         'extern const ent_strategy ent_strategy_polite;\n'),
        ('src/haggle/meson.build', "  'nice_tit_for_tat.c',\n", "  'polite.c',\n")]),
}

# ---- The page and the recipes name the same files --------------------------------------------

page = (root / 'CONTRIBUTING.md').read_text()
sections = dict(re.findall(r'^## Adding (.*)\n((?:(?!## ).*\n)*)', page, re.M))
check('there is a section for each', set(sections) == set(RECIPES), list(sections))
for name, text in sections.items():
    places = re.findall(r'[a-z]+(?:/[A-Za-z_]+)*/[A-Za-z_]+\.(?:build|[ch]|md|py|sh)\b', text)
    folders = re.findall(r'`((?:src|tests|docs|fuzz|include)(?:/[a-z_]+)*)`', text) + \
        re.findall(r'\b((?:docs|tests)/[a-z_]+)\b(?![./_A-Za-z])', text)
    gone = [p for p in places if 'NAME' not in p and not (root / p).exists()] + \
        [f for f in folders if not (root / f).is_dir()]
    check(f'adding {name}: what it names is there', not gone and len(places) > 2, gone)
    new, rows = RECIPES[name]
    named = {p.replace('NAME', '*') for p in re.findall(r'src/[A-Za-z_/]+\.(?:build|[ch])', text)}
    touched = {re.sub(r'(ask_)?[a-z]+\.c$', r'\1*.c', path) for path in new} | \
        {path for path, _, _ in rows}
    check(f'adding {name}: it names each file that one touches', touched <= named,
          sorted(touched - named))

# ---- The steps -------------------------------------------------------------------------------

keep = shutil.ignore_patterns('node_modules', '.git', 'build*', '__pycache__')
copy.mkdir()
for part in ('src', 'include', 'meson.build', 'meson_options.txt', 'entente.map', 'page',
             'examples', 'docs', 'wasm', 'tools', 'bindings', 'tests', 'bench', 'fuzz'):
    source = root / part
    if source.is_dir():
        shutil.copytree(source, copy / part, ignore=keep)
    elif source.exists():
        shutil.copy(source, copy / part)
for name, (new, rows) in RECIPES.items():
    for path, text in new.items():
        (copy / path).write_text(text)
    for path, before, row in rows:
        text = (copy / path).read_text()
        pattern = before if '\\' in before else re.escape(before)
        found = re.search(pattern, text)
        if found:
            (copy / path).write_text(text[:found.end()] + row + text[found.end():])
        check(f'adding {name}: a row in {path}', bool(found))
flags = ['-std=c17', '-D_POSIX_C_SOURCE=200809L', '-fopenmp', '-Wall', '-Wextra', '-Werror',
         '-fsyntax-only', f'-I{copy}/include', f'-I{copy}/src']
for name, (new, rows) in RECIPES.items():
    for path in [p for p in [*new, *(r[0] for r in rows)] if p.endswith('.c')]:
        done = subprocess.run([*compiler, *flags, str(copy / path)], capture_output=True, text=True)
        check(f'adding {name}: {path} compiles', done.returncode == 0, done.stderr)

# ---- The new ones in use ---------------------------------------------------------------------

if os.environ.get('ENTENTE_BUILDS') != '1':
    check('the copy is built # SKIP set ENTENTE_BUILDS=1', True)
    finish()
built = subprocess.run('meson setup build -Dtests=false -Dpage=disabled --optimization=0 '
                       '|| meson setup build -Dtests=false --optimization=0; '
                       'ninja -C build entente', shell=True, cwd=copy,
                       env=dict(os.environ, CC=' '.join(compiler)), capture_output=True, text=True)
entente = copy / 'build' / 'entente'
check('the copy is built', entente.exists(), built.stdout + built.stderr)


def run(*words):
    done = subprocess.run([str(entente), *map(str, words)], capture_output=True, text=True,
                          timeout=300)
    return done.stdout


CASE = '''entente: 1
title: A fence
parties: {a: {}, b: {}}
issues:
  i: {by: a, for: b, options: [o0, o1]}
  j: {by: b, for: a, options: [o0, o1]}
statements:
  - {id: one, by: a, quote: Yes, claims: [{party: a, VERB: {i: o1, j: o1}}]}
  - {id: two, by: b, quote: No, claims: [{party: b, refuses: {j: o1}}]}
'''
deals = []
for verb in ('accepts', 'welcomes'):
    path = folder / f'{verb}.yaml'
    path.write_text(CASE.replace('VERB', verb))
    deals.append(json.loads(run('deals', path, '--json') or '{}'))
    deals[-1].pop('case', None)
check('the verb counts as the one that it is like', deals[0] and deals[0] == deals[1], deals)
check('it is in the schema', '"welcomes"' in run('schema'))
check('the question answers', json.loads(run('tally', folder / 'accepts.yaml', '--json') or '{}')
      .get('statements') == 2)
check('and stands in the help', 'how many statements there are' in run('help'))
(folder / 'x.bars').write_text('outcome|a|b\nnone|1|1\nhalf|3|2\nall|2|4\n')
check('the format is read', json.loads(run('frontier', folder / 'x.bars', '--json') or '{}')
      .get('outcomes') == '3', run('frontier', folder / 'x.bars'))
offers = run('haggle', folder / 'x.bars', '--pair', 'polite,polite', '--rounds', 4, '--json')
check('the strategy plays', json.loads(offers or '{}').get('agreement') is not None, offers)
check('and stands in the help', 'take what suits' in ' '.join(run('haggle', '--help').split()))
finish()
