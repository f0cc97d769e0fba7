/* Arbitrary bytes as tables with options that their first byte chooses. */
#ifndef ENT_TABLE_FUZZ_H
#define ENT_TABLE_FUZZ_H

#include "scenario_fuzz.h"

#include "base/number.h"
#include "io/table_options.h"
#include "model/exact.h"

/* A byte's options: layout, decimal mark, columns, rows. */
static inline ent_table_options fuzz_table_options(uint8_t byte)
{
    static const char *const columns[] = {"B", "-C"};
    static const ent_row_range rows[] = {{2, 2}, {4, 5}};
    ent_table_options o = {.layout = (ent_table_layout)(byte % ENT_LAYOUT_COUNT)};
    byte = (uint8_t)(byte / ENT_LAYOUT_COUNT);
    o.decimal = ".,\0\0"[byte & 3];
    o.utilities = columns;
    o.utility_count = (byte & 4) != 0 ? 2 : 0;
    o.skip = rows;
    o.skip_count = (byte & 8) != 0 ? 2 : 0;
    o.skip_none = (byte & 16) != 0;
    o.reservation_row = (byte & 32) != 0 ? "3" : NULL;
    return o;
}

typedef struct fuzz_table {
    ent_work work;
    fuzz_files *shelf;
    const char *path;
    size_t profiles;
    const ent_table_options *options;
} fuzz_table;

/*
 * What was read, written as CSV and read again, has the same values: those of the file's decimals,
 * where sums of doubles are off by dust.
 */
static inline void fuzz_again(fuzz_table *t, ent_files *files, const ent_scenario *s)
{
    uint64_t count = 0, other = 0;
    ent_scenario *again = NULL;
    uint64_t *outcome = ent_alloc(t->work.arena, s->issue_count, uint64_t);
    if (!ent_scenario_outcomes(s, &count) || count * s->party_count > 5000 ||
        ent_write_scenario(&t->work, files, "s/again.csv", "csv", s) != ENT_OK) {
        return;
    }
    if (ent_read_scenario(&t->work, files, "s/again.csv", NULL, 0, &again) != ENT_OK) {
        abort();
    }
    bool all = false;
    const ent_scenario *meant = ent_exactly(t->work.arena, s, &all);
    bool same = ent_scenario_outcomes(again, &other) && other == count &&
                again->issue_count == s->issue_count;
    for (uint64_t k = 0; same && k < count; k++) {
        ent_scenario_outcome(s, k, outcome);
        for (uint32_t p = 0; p < s->party_count; p++) {
            if (ent_utility_of(meant, p, outcome) != ent_utility_of(again, p, outcome)) {
                abort();
            }
        }
    }
}

static inline ent_status fuzz_table_body(void *argument)
{
    fuzz_table *t = argument;
    ent_files files = fuzz_files_of(t->shelf);
    const char *profiles[FUZZ_FILES];
    ent_scenario *s = NULL;
    for (size_t i = 0; i < t->profiles; i++) {
        profiles[i] = t->shelf->at[i + 1].name;
    }
    ent_status status = ent_read_scenario_as(&t->work, &files, t->path, profiles, t->profiles,
                                             t->options, &s);
    if (status == ENT_OK) {
        if (s->read_as == NULL || s->party_count == 0 || s->issue_count == 0) {
            abort(); /* nothing is read without saying how */
        }
        fuzz_again(t, &files, s);
    } else if (ent_diags_count_of(t->work.diags, ENT_ERROR) == 0) {
        abort(); /* a failure that nobody is told of */
    }
    return status;
}

#endif
