/*
 * The scoring table of negotiation courses: issue, option, points of each party. An issue's name
 * may stand once, over its options or beside the first of them. A package is worth the sum of its
 * options' points. O(cells).
 */
#include "base/number.h"
#include "base/text.h"
#include "io/table.h"
#include "io/table_build.h"

#include <math.h>
#include <string.h>

typedef struct scoring {
    ent_reading r;
    size_t issue, option; /* columns */
    size_t *parties, count;
} scoring;

static bool has_numbers(const ent_reading *r, size_t column)
{
    ent_reads reads;
    size_t numbers = 0, words = 0;
    for (size_t i = r->head + 1; i < r->t->rows; i++) {
        const ent_cell *cell = ent_table_cell(r->t, i, column);
        if (r->row[i] == ENT_PART_COUNTS && !ent_cell_is_missing(cell)) {
            bool number = ent_cell_reads(cell, &reads);
            numbers += number;
            words += !number;
        }
    }
    return numbers > 0 && numbers >= words;
}

/* Issue and option are the first two columns that are no numbering; then points, then notes. */
static ent_status sort_columns(scoring *s)
{
    ent_reading *r = &s->r;
    size_t *used = ent_alloc(r->t->work->arena, r->t->columns + 1, size_t);
    bool named = false;
    ent_status status = ent_named_utilities(r, &named);
    size_t count = ent_columns_of(r, ENT_PART_COUNTS, used);
    if (status == ENT_OK && count > (named ? 2 : 3) &&
        ent_label_is(ent_head_name(r, used[0]), ENT_WORD_INDEX)) {
        r->column[used[0]] = ENT_PART_OUT;
        count = ent_columns_of(r, ENT_PART_COUNTS, used);
    }
    if (status == ENT_OK && count < (named ? 2u : 3u)) {
        return ent_cell_fault(r->t, r->head, 0, ENT_S106_NO_PROFILE,
                              "the columns are: issue, option, points of each party",
                              "a scoring table has more columns than this one");
    }
    for (size_t i = 2; i < count && status == ENT_OK; i++) {
        const char *name = ent_head_name(r, used[i]);
        bool joint = ent_label_is(name, ENT_WORD_JOINT) || ent_label_is(name, ENT_WORD_NOTE);
        if (joint || (!named && *name == '\0')) {
            r->column[used[i]] = ENT_PART_OUT;
        } else if (!named && has_numbers(r, used[i])) {
            r->column[used[i]] = ENT_PART_UTILITY;
        } else {
            status = ent_cell_fault(r->t, r->head, used[i], ENT_S130_TWO_READINGS,
                                    "name the columns of points: --utilities A,B; call notes "
                                    "`Notes`",
                                    "`%s` may be points of a party or a note", name);
        }
    }
    s->issue = used[0];
    s->option = used[1];
    s->parties = ent_alloc(r->t->work->arena, r->t->columns + 1, size_t);
    s->count = ent_columns_of(r, ENT_PART_UTILITY, s->parties);
    return status;
}

static size_t points_in(const scoring *s, size_t row)
{
    size_t count = 0;
    for (size_t k = 0; k < s->count; k++) {
        count += !ent_cell_is_empty(ent_table_cell(s->r.t, row, s->parties[k]));
    }
    return count;
}

static bool is_asked(const scoring *s, size_t row, const char *label)
{
    const char *asked = s->r.options->reservation_row;
    uint64_t number;
    if (asked == NULL) {
        return ent_label_is(label, ENT_WORD_RESERVATION);
    }
    return ent_parse_count(asked, strlen(asked), UINT32_MAX, &number)
               ? number == s->r.t->number[row]
               : strcmp(asked, label) == 0;
}

/* Rows without an option: the reservation values, totals, headings, notes. */
static ent_status sort_rows(scoring *s)
{
    ent_reading *r = &s->r;
    const ent_table *t = r->t;
    bool below = true, reserved = false;
    for (size_t i = t->rows; i-- > r->head + 1;) {
        const char *issue = ent_table_cell(t, i, s->issue)->text;
        const char *option = ent_table_cell(t, i, s->option)->text;
        const char *label = *issue != '\0' ? issue : option;
        if (r->row[i] != ENT_PART_COUNTS) {
            continue;
        }
        size_t points = points_in(s, i);
        bool lone = *issue == '\0' || *option == '\0';
        if (lone && points > 0 && !reserved && is_asked(s, i, label)) {
            r->row[i] = ENT_PART_RESERVATION;
            reserved = true;
        } else if (*option == '\0' && points == 0 && below) {
            r->row[i] = ENT_PART_OUT; /* a note below the options */
        } else if (*option == '\0' && points > 0 && !ent_label_begins(label, ENT_WORD_TOTAL)) {
            return ent_cell_fault(t, i, s->option, ENT_S131_MISSING_CELL,
                                  ent_format(t->work->arena, "--skip-rows %u leaves the row out",
                                             t->number[i]),
                                  "this row has points but no option");
        }
        below = below && !(points > 0 && *option != '\0');
    }
    return ENT_OK;
}

/* Is the row of that label the sum of each issue's best points, or of all points? */
static ent_status leave_total(scoring *s, const ent_build *b, size_t row, const char *label)
{
    bool best = true, all = true;
    for (size_t p = 0; p < s->count; p++) {
        double greatest = 0, sum = 0, value = 0;
        for (size_t i = 0; i < b->issues.count; i++) {
            const ent_built_issue *issue = &b->issues.at[i];
            double most = -(double)INFINITY;
            for (size_t k = 0; k < issue->options.count; k++) {
                most = fmax(most, issue->options.at[k].value[p]);
                sum += issue->options.at[k].value[p];
            }
            greatest += issue->options.count > 0 ? most : 0;
        }
        ent_status status = ent_table_number(s->r.t, row, s->parties[p], s->r.mark, label, &value);
        if (status != ENT_OK) {
            return status;
        }
        best = best && fabs(value - greatest) <= 1e-6 + 0.005 * fabs(greatest);
        all = all && fabs(value - sum) <= 1e-6 + 0.005 * fabs(sum);
    }
    if (best || all) {
        s->r.row[row] = ENT_PART_OUT;
        return ENT_OK;
    }
    return ent_cell_fault(s->r.t, row, s->issue, ENT_S130_TWO_READINGS,
                          ent_format(s->r.t->work->arena, "--skip-rows %u leaves it out",
                                     s->r.t->number[row]),
                          "`%s` is no sum of the points above: it may be a total of other "
                          "points, or an issue without an option", label);
}

static ent_status add_row(scoring *s, ent_build *b, size_t row, size_t issue)
{
    const ent_table *t = s->r.t;
    const char *option = ent_table_cell(t, row, s->option)->text;
    ent_status status = ENT_OK;
    for (size_t p = 0; p < s->count && status == ENT_OK; p++) {
        double value;
        status = ent_table_number(t, row, s->parties[p], s->r.mark, b->names[p], &value);
        value = s->r.negative[s->parties[p]] ? 0 - value : value;
        if (status == ENT_OK) {
            status = ent_build_value(b, t, row, s->option, issue, option, (uint32_t)p, value);
        }
    }
    return status;
}

static ent_status add_rows(scoring *s, ent_build *b)
{
    const ent_table *t = s->r.t;
    const char *current = NULL;
    size_t heading = SIZE_MAX; /* the row of a heading under which no option stands so far */
    ent_status status = ENT_OK;
    for (size_t i = s->r.head + 1; i < t->rows && status == ENT_OK; i++) {
        const char *issue = ent_table_cell(t, i, s->issue)->text;
        const char *option = ent_table_cell(t, i, s->option)->text;
        const char *label = *issue != '\0' ? issue : option;
        if (s->r.row[i] != ENT_PART_COUNTS) {
            continue;
        }
        bool lone = *issue == '\0' || *option == '\0';
        if (lone && points_in(s, i) > 0 && ent_label_begins(label, ENT_WORD_TOTAL) &&
            (*option == '\0' || ent_label_is(label, ENT_WORD_TOTAL))) {
            status = leave_total(s, b, i, label);
            continue;
        }
        current = *issue != '\0' ? issue : current;
        if (*issue != '\0' && heading != SIZE_MAX) {
            s->r.row[heading] = ENT_PART_OUT;
        }
        heading = *option == '\0' ? i : SIZE_MAX;
        if (*option == '\0') {
            continue;
        }
        status = current == NULL ? ent_cell_fault(t, i, s->issue, ENT_S131_MISSING_CELL, NULL,
                                                  "the first option stands under no issue")
                                 : add_row(s, b, i, ent_build_issue(b, current));
    }
    if (heading != SIZE_MAX) {
        s->r.row[heading] = ENT_PART_OUT;
    }
    return status;
}

static const char *words_of(const scoring *s, const ent_scenario *out)
{
    ent_buffer b = ent_buffer_init(s->r.t->work->arena, 0);
    ent_put_parties_read(&b, &s->r);
    ent_putf(&b, "; points summed over %u issue%s: ", out->issue_count,
             out->issue_count == 1 ? "" : "s");
    for (uint32_t i = 0; i < out->issue_count && i < 6; i++) {
        ent_putf(&b, "%s%s", i > 0 ? ", " : "", out->issues[i].name);
    }
    ent_putf(&b, "%s; %s", out->issue_count > 6 ? " ..." : "",
             ent_counted_text(s->r.t->work->arena,
                              ent_scenario_outcomes_text(s->r.t->work->arena, out), "outcomes"));
    ent_put_left_out(&b, &s->r);
    return ent_buffer_text(&b);
}

ent_status ent_read_scoring(const ent_table *t, const ent_table_options *options,
                            ent_scenario *out)
{
    scoring s = {.count = 0};
    ent_status status = ent_reading_start(t, options, &s.r);
    status = status == ENT_OK ? sort_columns(&s) : status;
    status = status == ENT_OK ? ent_check_table_parties(&s.r) : status;
    status = status == ENT_OK ? sort_rows(&s) : status;
    status = status == ENT_OK ? ent_reading_decimal(&s.r) : status;
    if (status != ENT_OK) {
        return status;
    }
    if (s.count > ENT_SCENARIO_PARTIES) {
        return ent_cell_fault(t, s.r.head, 0, ENT_S104_TOO_MUCH, NULL, "more than %d parties",
                              ENT_SCENARIO_PARTIES);
    }
    const char **names = ent_alloc(t->work->arena, s.count + 1, const char *);
    for (size_t p = 0; p < s.count; p++) {
        names[p] = ent_party_of_column(&s.r, s.parties[p]);
    }
    ent_build b = ent_build_start(t->work, (uint32_t)s.count, names);
    status = add_rows(&s, &b);
    status = status == ENT_OK ? ent_reservations(&s.r, b.reservation) : status;
    status = status == ENT_OK ? ent_build_end(&b, t, 1, out) : status;
    out->read_as = status == ENT_OK ? words_of(&s, out) : NULL;
    return status;
}
