#include "api/ask.h"
#include "api/asked_scenario.h"
#include "io/case.h"
#include "io/import.h"
#include "io/merge.h"
#include "io/reference.h"

#include <string.h>

enum { TABLE_BYTES = 64 << 20 };

static ent_status layout_asked(const ent_asking *asking, ent_import_layout *layout)
{
    const char *name = ent_asked_text(asking, "layout");
    for (int k = 1; name != NULL && k < ENT_IMPORT_LAYOUTS; k++) {
        if (strcmp(name, ent_import_layout_names[k]) == 0) {
            *layout = (ent_import_layout)k;
        }
    }
    return name == NULL || *layout != ENT_IMPORT_RECOGNISED
               ? ENT_OK
               : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                          "`--layout` is statements or offers, not `%s`", name);
}

/* --by, --for and --today: ISSUE=VALUE each. */
static ent_status facts_asked(const ent_asking *asking, ent_import_options *options)
{
    static const char *const names[] = {
        [ENT_FACT_BY] = "by", [ENT_FACT_FOR] = "for", [ENT_FACT_TODAY] = "today"};
    const ent_request *request = asking->request;
    ent_import_fact *facts =
        ent_alloc(asking->work->arena, request->option_count + 1, ent_import_fact);
    for (size_t i = 0; i < request->option_count; i++) {
        const char *value = request->options[i].value;
        for (int kind = ENT_FACT_BY; kind <= ENT_FACT_TODAY; kind++) {
            if (strcmp(request->options[i].name, names[kind]) != 0) {
                continue;
            }
            const char *equals = strchr(value, '=');
            if (equals == NULL || equals == value || equals[1] == '\0') {
                return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                                "`--%s` takes ISSUE=%s, not `%s`", names[kind],
                                kind == ENT_FACT_TODAY ? "VALUE" : "PARTY", value);
            }
            ent_import_fact *fact = &facts[options->fact_count++];
            fact->kind = (unsigned)kind;
            fact->issue = ent_copy_text(asking->work->arena, value, (size_t)(equals - value));
            fact->value = equals + 1;
        }
    }
    options->facts = facts;
    return ENT_OK;
}

typedef struct made {
    ent_asking *asking;
    ent_buffer file;
    ent_sources_made sources;
    size_t odd;
} made;

/* The references of --sources, and of the input where that is what it holds. */
static ent_status sources_asked(made *m, const ent_text *input)
{
    ent_asking *asking = m->asking;
    const ent_request *request = asking->request;
    ent_status status = ENT_OK;
    if (ent_holds_references(input)) {
        status = ent_read_references(asking->work, input, &m->sources);
    }
    for (size_t i = 0; i < request->option_count && status == ENT_OK; i++) {
        if (strcmp(request->options[i].name, "sources") == 0) {
            ent_text text;
            status = asking->files->read(asking->files->user, asking->work,
                                         request->options[i].value, TABLE_BYTES, &text);
            status = status == ENT_OK ? ent_read_references(asking->work, &text, &m->sources)
                                      : status;
        }
    }
    m->odd += m->sources.odd;
    return status;
}

/* The sources that the case does not have yet, put into its text. */
static ent_status put_into(made *m, const char *path)
{
    ent_work *work = m->asking->work;
    const ent_files *files = m->asking->files;
    ent_text text;
    ent_case *c = NULL;
    ent_status status = files->read(files->user, work, path, TABLE_BYTES, &text);
    status = status == ENT_OK ? ent_read_case(work, files, &text,
                                              ent_path_folder(work->arena, path), &c)
                              : status;
    if (status != ENT_OK) {
        return status;
    }
    ent_sources_made fresh = {0};
    ent_buffer there = ent_buffer_init(work->arena, 0);
    for (size_t i = 0; i < m->sources.count; i++) {
        bool is = false;
        for (uint32_t k = 0; k < c->source_count && !is; k++) {
            is = strcmp(c->sources[k].id, m->sources.at[i].id) == 0;
        }
        if (is) {
            ent_putf(&there, "%s`%s`", there.length == 0 ? "" : ", ", m->sources.at[i].id);
        } else {
            *ent_push(work->arena, &fresh) = m->sources.at[i];
        }
    }
    if (there.length > 0) {
        ent_tell(work->diags, ENT_NOTE, ENT_S237_KNOWN_SOURCE, NULL, (ent_pos){0, 0, 0},
                 "take them out of the case to have them anew",
                 "the case has these already: %.300s", ent_buffer_text(&there));
    }
    ent_buffer section = ent_buffer_init(work->arena, 0);
    ent_put_sources_made(&section, &fresh);
    ent_text base = {"base", "{}", 2};
    ent_text more = {"sources", ent_buffer_text(&section), section.length};
    ent_merge_result merged;
    if (fresh.count == 0) {
        ent_put_bytes(&m->file, text.at, text.length);
        return ENT_OK;
    }
    return ent_merge_texts(work, &base, &text, &more, &m->file, &merged);
}

static ent_status make_case(void *argument)
{
    made *m = argument;
    ent_asking *asking = m->asking;
    ent_import_options options = {.table = ent_no_table_options};
    ent_text text;
    options.table.sheet = ent_asked_text(asking, "sheet");
    ent_status status = layout_asked(asking, &options.layout);
    status = status == ENT_OK ? ent_asked_rows(asking, &options.table) : status;
    status = status == ENT_OK ? facts_asked(asking, &options) : status;
    status = status == ENT_OK ? ent_asked_file(asking, 0, TABLE_BYTES, &text) : status;
    status = status == ENT_OK ? sources_asked(m, &text) : status;
    if (status != ENT_OK) {
        return status;
    }
    const char *into = ent_asked_text(asking, "into");
    bool references = ent_holds_references(&text);
    if (into != NULL && !references) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                        "a table becomes a case of its own; `entente merge` brings cases together",
                        "`--into` is about references, and `%s` is a table", text.name);
    }
    if (references && into == NULL) {
        ent_put_sources_made(&m->file, &m->sources);
        return ENT_OK;
    }
    if (references) {
        return put_into(m, into);
    }
    size_t odd = 0;
    options.sources = &m->sources;
    status = ent_import_case(asking->work, &text, &options, &m->file, &odd);
    m->odd += odd;
    return status;
}

static ent_status import(ent_asking *asking)
{
    made m = {.asking = asking, .file = ent_buffer_init(asking->work->arena, 0)};
    ent_status status = ent_while_wanted(asking->work, make_case, &m);
    if (status == ENT_OK) {
        ent_answer_file(asking, &m.file);
    }
    return status == ENT_OK && m.odd > 0 ? ENT_FINDINGS : status;
}

static const ent_option_row options[] = {
    {"layout", "NAME", ENT_OPTION_TEXT, false, "statements, or offers: a dated log (recognised)"},
    {"by", "ISSUE=PARTY", ENT_OPTION_TEXT, true, "the party gives what the issue is about"},
    {"for", "ISSUE=PARTY", ENT_OPTION_TEXT, true, "the party gets it"},
    {"today", "ISSUE=VALUE", ENT_OPTION_TEXT, true, "what is so today, without a deal"},
    {"into", "CASE", ENT_OPTION_TEXT, false,
     "references: the case with the sources that it does not have yet"},
    {"sources", "REFS", ENT_OPTION_TEXT, true,
     "sources from BibTeX, RIS or CSL JSON; a table names them by title or key"},
    {"skip-rows", "N,N-N", ENT_OPTION_TEXT, false, "rows that do not count"},
    {"sheet", "NAME", ENT_OPTION_TEXT, false, "of a workbook: the sheet that is meant"},
};

const ent_question ent_ask_import = {
    .row = {.name = "import",
            .form = "TABLE",
            .least = 1,
            .most = 1,
            .summary = "a case from a table of statements, sources from references",
            .help = "Reads a spreadsheet (.csv, .tsv, .xlsx, .ods) and prints a case, to be "
                    "written to a file with -o. One statement a row: columns id, by, side, party, "
                    "date, source, quote, reported, verb and others that docs/IMPORT.md lists; "
                    "every other column is an issue, and `for ISSUE` holds what is asked in "
                    "exchange. Or a log of offers: a day, by whom, a column for each issue; an "
                    "empty cell was not said. What the table does not say, such as who gives and "
                    "what is so today, is asked in the case, in lines with TODO. A row that cannot "
                    "be read whole is reported with row and column and stands in the case as a "
                    "comment. Of references (BibTeX and biblatex .bib, RIS .ris, CSL JSON .json) "
                    "it prints the section `sources` of a case, or with --into the case with them; "
                    "beside a table --sources names them. Exit code: 0 all read, 1 something is "
                    "left to do, 3 no such table or references.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = import,
};
