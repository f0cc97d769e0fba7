/*
 * A byte of options, then a table of statements or a log of offers. The case made of it has no
 * other fault than what the table does not say: C123 nobody gives an issue, C126 too few parties.
 */
#include "scenario_fuzz.h"

#include "io/case.h"
#include "io/import.h"

#include <stdio.h>

static void read_back(ent_work work, const ent_buffer *out)
{
    ent_text text = {"case.yaml", ent_buffer_text(out), out->length};
    ent_case *c = NULL;
    ent_diags_clear(work.diags);
    (void)ent_read_case(&work, NULL, &text, "", &c);
    for (size_t i = 0; i < ent_diags_count(work.diags); i++) {
        const ent_diag *d = ent_diags_get(work.diags, i);
        if (d->severity == ENT_ERROR && strcmp(d->code, "C123") != 0 &&
            strcmp(d->code, "C126") != 0) {
            fprintf(stderr, "%s:%u: %s %s\n%s", d->file, d->line, d->code, d->message, text.at);
            abort();
        }
    }
}

static ent_status body(void *argument)
{
    fuzz_input *r = argument;
    const ent_import_fact facts[] = {
        {ENT_FACT_BY, "a", "A"}, {ENT_FACT_FOR, "a", "B"}, {ENT_FACT_TODAY, "a", "0"}};
    const ent_row_range rows[] = {{2, 2}, {4, 5}};
    uint8_t byte = (uint8_t)r->at[0];
    ent_import_options options = {.layout = (ent_import_layout)(byte % ENT_IMPORT_LAYOUTS),
                                  .facts = facts, .fact_count = (byte & 32) != 0 ? 3 : 0,
                                  .table = {.skip = rows, .skip_count = (byte & 64) != 0 ? 2 : 0}};
    const char *copy = ent_copy_text(r->work.arena, r->at + 1, r->length - 1);
    ent_text text = {"record.csv", copy, r->length - 1};
    ent_buffer out = ent_buffer_init(r->work.arena, 0);
    size_t odd = 0;
    ent_status status = ent_import_case(&r->work, &text, &options, &out, &odd);
    size_t errors = ent_diags_count_of(r->work.diags, ENT_ERROR);
    if ((status == ENT_OK) != (errors == 0)) {
        abort(); /* a failure that nobody is told of, or a case with one */
    }
    if (status == ENT_OK) {
        read_back(r->work, &out);
    }
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > 0) {
        (void)fuzz_once(bytes, size, NULL, body);
    }
    return 0;
}
