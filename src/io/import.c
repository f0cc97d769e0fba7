/* A table as a case: the way from the file to the text. */
#include "io/import.h"

#include "io/import_parts.h"
#include "io/workbook.h"

#include <string.h>

enum { LONGEST_CELL = 60000 }; /* bytes: a case's lines have an end */

static const char *const starter[] = {
    "id,by,side,date,source,quote,reported,verb,clinic,for clinic,rent waived,for rent waived,"
    "rest,notes",
    ",,,,,,,today,none,,0,,,What is so today: everything is counted from here",
    "marsh-offer,Toni Marsh,Trust,2024-06-10,The local paper,,"
    "\"The trust would run a day clinic for half the rent, and changes nothing else.\","
    "offers,day,,,50,closed,closed: what is empty stays as today; without it it was not said",
    "hale-answer,Robin Hale,County,2024-06-12,Minutes of the council,"
    "We would waive half the rent for a full clinic,,offers,,full,50,,,"
    "What stands under `for` is asked in exchange",
    "hale-answer,,,,,,,refuses,day,,50,,closed,The same id: one more claim of the statement",
};

void ent_put_import_starter(ent_buffer *out)
{
    for (size_t i = 0; i < sizeof starter / sizeof *starter; i++) {
        ent_put(out, starter[i]);
        ent_put_char(out, '\n');
    }
}

static bool is_workbook(const ent_text *file)
{
    return ent_has_extension(file->name, &ent_format_workbook) ||
           (file->length > 2 && memcmp(file->at, "PK", 2) == 0);
}

static const char *name_of(ent_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    size_t length = dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name);
    return *name == '\0' ? "table" : ent_copy_text(arena, name, length);
}

static ent_status open_table(ent_work *work, const ent_text *file, const char *sheet,
                             ent_table *table)
{
    const char *name = name_of(work->arena, file->name);
    if (!is_workbook(file)) {
        return sheet != NULL ? ent_fail(work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                                        "`--sheet` is about workbooks, and `%s` is a text",
                                        file->name)
                             : ent_read_text_table(work, file, name, table);
    }
    ent_table *tables = NULL;
    size_t count = 0;
    const char *format = NULL;
    ent_status status = ent_read_workbook(work, file, sheet, &tables, &count, &format);
    if (status == ENT_OK && count > 1) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S130_TWO_READINGS, "--sheet NAME reads one",
                        "`%s` has several tables, `%s` and `%s`%s", file->name, tables[0].name,
                        tables[1].name, count > 2 ? " among them" : "");
    }
    if (status == ENT_OK) {
        *table = tables[0];
        table->name = name;
    }
    return status;
}

static ent_status check_cells(const ent_table *t)
{
    for (size_t row = 0; row < t->rows; row++) {
        for (size_t k = 0; k < t->columns; k++) {
            if (strlen(ent_table_cell(t, row, k)->text) > LONGEST_CELL) {
                return ent_cell_fault(t, row, k, ENT_S104_TOO_MUCH, NULL,
                                      "a cell holds more than %d bytes", LONGEST_CELL);
            }
        }
    }
    return ENT_OK;
}

/* ---- What is said beside the table --------------------------------------------------------- */

static ent_status no_name(const ent_importer *m, const char *what, const char *name)
{
    return ent_fail(m->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                    "the table has no %s `%s`", what, name);
}

static ent_status take_fact(ent_importer *m, const ent_import_fact *fact)
{
    ent_import_issue *issue = NULL;
    for (size_t i = 0; i < m->issue_count && issue == NULL; i++) {
        bool is = strcmp(m->issues[i].name, fact->issue) == 0 ||
                  strcmp(m->issues[i].id, fact->issue) == 0;
        issue = is ? &m->issues[i] : NULL;
    }
    if (issue == NULL) {
        return no_name(m, "issue", fact->issue);
    }
    if (fact->kind == ENT_FACT_TODAY) {
        ent_names taken = {0};
        for (size_t v = 0; v < issue->values.count; v++) {
            (void)ent_names_add(m->work->arena, &taken, issue->values.at[v].id, (uint32_t)v);
        }
        issue->today = ent_roll_add(m->work->arena, &issue->values, fact->value, "value", &taken);
        return ENT_OK;
    }
    for (size_t p = 0; p < m->parties.count; p++) {
        if (strcmp(m->parties.at[p].text, fact->value) == 0 ||
            strcmp(m->parties.at[p].id, fact->value) == 0) {
            issue->way[p] = fact->kind == ENT_FACT_BY ? ENT_GIVES : ENT_GETS;
            return ENT_OK;
        }
    }
    return no_name(m, "party", fact->value);
}

static ent_status take_facts(ent_importer *m)
{
    ent_status status = ENT_OK;
    for (size_t k = 0; k < m->options->fact_count && status == ENT_OK; k++) {
        status = take_fact(m, &m->options->facts[k]);
    }
    return status;
}

ent_status ent_import_case(ent_work *work, const ent_text *file,
                           const ent_import_options *options, ent_buffer *out, size_t *odd)
{
    ent_table table;
    ent_importer m = {.work = work, .options = options, .t = &table};
    ent_status status = open_table(work, file, options->table.sheet, &table);
    status = status == ENT_OK ? check_cells(&table) : status;
    status = status == ENT_OK ? ent_reading_start(&table, &options->table, &m.reading) : status;
    status = status == ENT_OK ? ent_import_columns(&m) : status;
    status = status == ENT_OK ? ent_import_rows(&m) : status;
    status = status == ENT_OK ? take_facts(&m) : status;
    status = status == ENT_OK ? ent_import_put(&m, out) : status;
    *odd = m.odd;
    return status;
}
