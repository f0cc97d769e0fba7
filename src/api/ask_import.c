#include "api/ask.h"
#include "api/asked_scenario.h"
#include "io/import.h"

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
            fact->kind = kind;
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
    size_t odd;
} made;

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
    return status == ENT_OK
               ? ent_import_case(asking->work, &text, &options, &m->file, &m->odd)
               : status;
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
    {"skip-rows", "N,N-N", ENT_OPTION_TEXT, false, "rows that do not count"},
    {"sheet", "NAME", ENT_OPTION_TEXT, false, "of a workbook: the sheet that is meant"},
};

const ent_question ent_ask_import = {
    .row = {.name = "import",
            .form = "TABLE",
            .least = 1,
            .most = 1,
            .summary = "a case from a table of coded statements or a log of offers",
            .help = "Reads a spreadsheet (.csv, .tsv, .xlsx, .ods) and prints a case, to be "
                    "written to a file with -o. One statement a row: columns id, by, side, party, "
                    "date, source, quote, reported, verb and others that docs/IMPORT.md lists; "
                    "every other column is an issue, and `for ISSUE` holds what is asked in "
                    "exchange. Or a log of offers: a day, by whom, a column for each issue; an "
                    "empty cell was not said. What the table does not say, such as who gives and "
                    "what is so today, is asked in the case, in lines with TODO. A row that cannot "
                    "be read whole is reported with row and column and stands in the case as a "
                    "comment. Exit code: 0 all read, 1 something is left to do, 3 no such table.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = import,
};
