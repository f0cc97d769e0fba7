/*
 * CSV (RFC 4180; also semicolons or tabs) as a scenario. io/table_text.c reads the cells and
 * io/table.c says what they mean; what is written is a table of outcomes, `u(NAME)` for the
 * parties, a last row for reservation values. O(bytes).
 */
#include "base/number.h"
#include "io/scenario_write.h"
#include "io/table.h"

#include <math.h>
#include <string.h>

enum { MOST_WRITTEN = 1000000 };

static const char reservation_label[] = "reservation value";

/* The file, and each further one that is named, is a table. */
static ent_status read_csv(ent_work *work, const ent_scenario_files *files, ent_scenario *out)
{
    if (files->table != NULL && files->table->sheet != NULL) {
        return ent_fail(work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                        "`--sheet` is about workbooks, and `%s` is a text", files->domain.name);
    }
    ent_table *tables = ent_alloc(work->arena, files->count + 1, ent_table);
    ent_status status = ent_read_text_table(work, &files->domain, files->name, &tables[0]);
    for (size_t i = 0; i < files->count && status == ENT_OK; i++) {
        status = ent_read_text_table(work, &files->profiles[i], files->profile_names[i],
                                     &tables[i + 1]);
    }
    return status != ENT_OK ? status
                            : ent_scenario_of_tables(work, tables, files->count + 1, files->table,
                                                     files->name, "csv", out);
}

static bool is_utility(const char *name)
{
    size_t length = strlen(name);
    return length >= 3 && strncmp(name, "u(", 2) == 0 && name[length - 1] == ')';
}

static void put_cell(ent_buffer *b, const char *text)
{
    if (strpbrk(text, ",;\t\"\r\n") == NULL) {
        ent_put(b, text);
        return;
    }
    ent_put_char(b, '"');
    for (; *text != '\0'; text++) {
        ent_put(b, *text == '"' ? "\"" : "");
        ent_put_char(b, *text);
    }
    ent_put_char(b, '"');
}

/*
 * 1.125 would be a question, in a table of such numbers alone: a point before three digits may
 * group thousands. 1.1250 is none.
 */
static void put_value(ent_buffer *b, double value)
{
    char text[ENT_NUMBER_ROOM];
    ent_number_text(value, text);
    const char *point = strchr(text, '.');
    bool three = point != NULL && strlen(point) == 4 && strchr(text, 'e') == NULL &&
                 fabs(value) >= 1;
    ent_put(b, text);
    ent_put(b, three ? "0" : "");
}

static void put_head(ent_buffer *b, const ent_scenario *s)
{
    for (uint32_t i = 0; i < s->issue_count; i++) {
        const char *name = ent_tidy(b->arena, s->issues[i].name);
        /* It may not look like a column of utilities, or be none. */
        put_cell(b, *name == '\0'      ? ent_format(b->arena, "issue %u", i + 1)
                    : is_utility(name) ? ent_format(b->arena, "issue %s", name) : name);
        ent_put(b, ",");
    }
    for (uint32_t p = 0; p < s->party_count; p++) {
        put_cell(b, ent_format(b->arena, "u(%s)", s->parties[p]));
        ent_put(b, p + 1 < s->party_count ? "," : "\n");
    }
}

/* A party without one has an empty cell. */
static void put_reservations(ent_buffer *b, const ent_scenario *s)
{
    bool some = false;
    for (uint32_t p = 0; p < s->party_count; p++) {
        some |= isfinite(s->utilities[p].reservation);
    }
    if (!some) {
        return;
    }
    ent_put(b, reservation_label);
    ent_put_repeat(b, ",", s->issue_count);
    for (uint32_t p = 0; p < s->party_count; p++) {
        if (isfinite(s->utilities[p].reservation)) {
            put_value(b, s->utilities[p].reservation);
        }
        ent_put(b, p + 1 < s->party_count ? "," : "\n");
    }
}

static void tell_losses(ent_work *work, const ent_scenario *s)
{
    for (uint32_t p = 0; p < s->party_count; p++) {
        if (s->utilities[p].discount != 1) {
            ent_tell_lost(work, "CSV has no discounts: that of `%s` is left out", s->parties[p]);
        }
    }
}

/* Names that the reader takes for something else, or for nothing; *special: for reservations. */
static ent_status check_names(ent_work *work, const ent_scenario *s, bool *special)
{
    *special = false;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        for (uint64_t k = 0; k < s->issues[i].levels && s->issues[i].values != NULL; k++) {
            const char *value = ent_tidy(work->arena, s->issues[i].values[k]);
            if (*value == '\0') {
                return ent_cannot_hold(work, "a value of `%s` has an empty name, and an empty cell "
                                             "is a missing one", s->issues[i].name);
            }
            bool is = s->issue_count == 1 && ent_label_is(value, ENT_WORD_RESERVATION);
            if (is && (*special || s->issues[i].levels == 1)) {
                return ent_cannot_hold(work, "the value `%s` of `%s` would be read as the row of "
                                             "reservation values", value, s->issues[i].name);
            }
            if (is) {
                *special = true;
                ent_tell_lost(work, "the value `%s` of `%s` will be read as the row of "
                                    "reservation values", value, s->issues[i].name);
            }
        }
    }
    return ENT_OK;
}

static ent_status write_csv(ent_work *work, const ent_scenario *s, ent_written_files *out)
{
    ent_buffer b = ent_buffer_init(work->arena, 0);
    uint64_t count = 0;
    uint64_t *outcome = ent_alloc(work->arena, s->issue_count, uint64_t);
    if (!ent_scenario_outcomes(s, &count) || count > MOST_WRITTEN) {
        return ent_cannot_hold(work, "%s outcomes are more than %d lines",
                               ent_scenario_outcomes_text(work->arena, s), MOST_WRITTEN);
    }
    bool special;
    ent_status status = check_names(work, s, &special);
    if (status != ENT_OK) {
        return status;
    }
    put_head(&b, s);
    for (uint64_t k = 0; k < count; k++) {
        if (k % 1024 == 0 && ent_tick(work, "outcomes", k, count)) {
            return ENT_CANCELLED;
        }
        ent_scenario_outcome(s, k, outcome);
        for (uint32_t i = 0; i < s->issue_count; i++) {
            put_cell(&b, ent_scenario_value_text(work->arena, &s->issues[i], outcome[i]));
            ent_put(&b, ",");
        }
        for (uint32_t p = 0; p < s->party_count; p++) {
            put_value(&b, ent_utility_of(s, p, outcome));
            ent_put(&b, p + 1 < s->party_count ? "," : "\n");
        }
    }
    if (!special) {
        put_reservations(&b, s);
    }
    tell_losses(work, s);
    return ent_add_file(work, out, "", &b);
}

static ent_file_role role(ent_arena *arena, const ent_text *text)
{
    (void)arena, (void)text;
    return ENT_IS_DOMAIN;
}

static const char *const extensions[] = {"csv", "tsv", NULL};

const ent_scenario_format ent_format_csv = {
    .name = "csv",
    .title = "CSV",
    .extensions = extensions,
    .folder = false,
    .role = role,
    .read = read_csv,
    .write = write_csv,
};
