/* What the columns of a table are, where it does not say. O(cells). */
#include "io/table_guess.h"

#include "base/number.h"
#include "base/text.h"

#include <string.h>

typedef struct census {
    size_t numbers, words, missing, rows;
    size_t odd; /* the first row whose cell is no number */
} census;

/* Rows that may be outcomes: two cells, no word of sums or reservation in the first. */
static bool is_plain(const ent_reading *r, size_t row)
{
    size_t filled = 0;
    const char *label = NULL;
    for (size_t k = 0; k < r->t->columns && r->row[row] == ENT_PART_COUNTS; k++) {
        const ent_cell *cell = ent_table_cell(r->t, row, k);
        filled += !ent_cell_is_empty(cell);
        label = label == NULL && !ent_cell_is_empty(cell) ? cell->text : label;
    }
    return filled >= 2 && !ent_label_is(label, ENT_WORD_TOTAL) &&
           !ent_label_is(label, ENT_WORD_RESERVATION) && !ent_label_is(label, ENT_WORD_WEIGHT);
}

static census count_column(const ent_reading *r, size_t column, const bool *plain)
{
    census c = {.odd = SIZE_MAX};
    ent_reads reads;
    for (size_t i = r->head + 1; i < r->t->rows; i++) {
        const ent_cell *cell = ent_table_cell(r->t, i, column);
        if (!plain[i]) {
            continue;
        }
        bool number = ent_cell_reads(cell, &reads);
        bool missing = !number && ent_cell_is_missing(cell);
        c.rows++;
        c.numbers += number;
        c.missing += missing;
        c.words += !number && !missing;
        c.odd = !number && c.odd == SIZE_MAX ? i : c.odd;
    }
    return c;
}

/* Mostly numbers, or numbers but for what stands for a missing one. */
static bool is_nearly(const census *c)
{
    return c->numbers > 0 && (c->words == 0 || c->numbers * 2 >= c->rows);
}

typedef struct guess {
    ent_reading *r;
    bool *plain;    /* [rows] */
    census *census; /* [columns] */
    size_t *used;   /* [count] columns that count, in order */
    size_t count, last_words; /* in `used`; SIZE_MAX where there is none */
} guess;

static void take_used(guess *g)
{
    g->count = ent_columns_of(g->r, ENT_PART_COUNTS, g->used);
    g->last_words = SIZE_MAX;
    for (size_t i = 0; i < g->count; i++) {
        const census *c = &g->census[g->used[i]];
        bool numeric = c->numbers == c->rows || (i > 0 && is_nearly(c));
        g->last_words = numeric ? g->last_words : i;
    }
}

/* 0, 1, 2 ... or 1, 2, 3 ... as programs and people number rows. */
static bool is_counting(const guess *g, size_t column)
{
    double from = 0, next = 0;
    ent_reads reads;
    bool first = true;
    for (size_t i = g->r->head + 1; i < g->r->t->rows; i++) {
        if (!g->plain[i]) {
            continue;
        }
        if (!ent_cell_reads(ent_table_cell(g->r->t, i, column), &reads)) {
            return false;
        }
        from = first ? reads.point : from;
        next = first ? from : next + 1;
        first = false;
        if (reads.point != next) {
            return false;
        }
    }
    return from == 0 || from == 1;
}

static void leave_out(ent_reading *r, size_t column)
{
    r->column[column] = ENT_PART_OUT;
}

/* A first column that numbers the rows, where words tell them apart; notes behind the numbers. */
static void leave_helpers(guess *g)
{
    size_t first = g->used[0];
    const char *name = ent_head_name(g->r, first);
    bool numbering = *name == '\0' || ent_label_is(name, ENT_WORD_INDEX);
    if (numbering && g->last_words != SIZE_MAX && g->last_words > 0 && is_counting(g, first)) {
        leave_out(g->r, first);
    }
    for (size_t i = g->count; i-- > 1;) {
        const census *c = &g->census[g->used[i]];
        if (c->numbers == c->rows ||
            !ent_label_is(ent_head_name(g->r, g->used[i]), ENT_WORD_NOTE)) {
            break;
        }
        leave_out(g->r, g->used[i]);
    }
    take_used(g);
}

/* "Union,Company" of the used columns from `first` on. */
static const char *names_from(const guess *g, size_t first)
{
    ent_buffer b = ent_buffer_init(g->r->t->work->arena, 0);
    for (size_t i = first; i < g->count; i++) {
        ent_putf(&b, "%s%s", i > first ? "," : "", ent_head_name(g->r, g->used[i]));
    }
    return ent_buffer_text(&b);
}

static ent_status which_parties(const guess *g, size_t a, size_t b)
{
    const ent_reading *r = g->r;
    ent_arena *arena = r->t->work->arena;
    return ent_cell_fault(r->t, r->head, g->used[a], ENT_S130_TWO_READINGS,
                          ent_format(arena,
                                     "--utilities \"%s\" or --utilities \"%s\"; a head u(NAME) "
                                     "says it in the table", names_from(g, b), names_from(g, a)),
                          "`%s` holds numbers: it may be an issue, and the parties are %s, or a "
                          "party, and they are %s",
                          ent_head_name(r, g->used[a]), names_from(g, b), names_from(g, a));
}

/* Do the words of the columns used before `end` tell all rows apart? O(cells). */
static bool tells_apart(const guess *g, size_t end)
{
    ent_arena *arena = g->r->t->work->arena;
    ent_names names = {0};
    for (size_t i = g->r->head + 1; i < g->r->t->rows; i++) {
        ent_buffer b = ent_buffer_init(arena, 0);
        const char *text = "";
        bool whole = g->plain[i]; /* one that lacks a word is told of later */
        for (size_t k = 0; k < end && whole; k++) {
            text = ent_table_cell(g->r->t, i, g->used[k])->text;
            whole = *text != '\0';
            ent_put(&b, end > 1 ? text : "");
            ent_put(&b, end > 1 ? "\x1F" : "");
        }
        if (whole && ent_names_add(arena, &names, end > 1 ? ent_buffer_text(&b) : text,
                                         (uint32_t)i) != UINT32_MAX) {
            return false;
        }
    }
    return true;
}

static ent_status words_behind(const guess *g)
{
    const ent_reading *r = g->r;
    size_t column = g->used[g->last_words];
    size_t numbers = 0;
    for (size_t i = 0; i < g->last_words; i++) {
        const census *c = &g->census[g->used[i]];
        numbers += i > 0 && c->numbers == c->rows;
    }
    if (numbers == 0) {
        return ent_cell_fault(r->t, r->head, g->used[0], ENT_S106_NO_PROFILE,
                              "call the columns of utilities u(NAME), or name them with "
                              "--utilities", "no column holds utilities");
    }
    return ent_cell_fault(r->t, r->head, column, ENT_S130_TWO_READINGS,
                          "name the columns of the parties: --utilities A,B",
                          "`%s` holds words behind columns of numbers: it may be an issue or a "
                          "note, and the numbers parties or issues", ent_head_name(r, column));
}

static ent_status odd_cell(const guess *g, size_t column)
{
    const census *c = &g->census[column];
    const ent_reading *r = g->r;
    const ent_cell *cell = ent_table_cell(r->t, c->odd, column);
    return ent_cell_fault(r->t, c->odd, column,
                          c->missing > 0 ? ENT_S131_MISSING_CELL : ENT_S109_BAD_NUMBER,
                          "write the number, leave the row out with --skip-rows, or name the "
                          "parties with --utilities: missing is never zero",
                          "`%s` has numbers in %zu of %s; this cell %s%s%s",
                          ent_head_name(r, column), c->numbers,
                          ent_counted(r->t->work->arena, c->rows, "rows"),
                          ent_cell_is_empty(cell) ? "is empty" : "says `", cell->text,
                          ent_cell_is_empty(cell) ? "" : "`");
}

/* The heads of utilities must not be of costs. */
static ent_status check_names(const guess *g, size_t first)
{
    const ent_reading *r = g->r;
    for (size_t i = first; i < g->count; i++) {
        size_t k = g->used[i];
        const char *name = ent_head_name(r, k);
        if (ent_label_is(name, ENT_WORD_COST)) {
            return ent_cell_fault(
                r->t, r->head, k, ENT_S130_TWO_READINGS,
                ent_format(r->t->work->arena,
                           "--utilities with `-%s` where less of it is better, with `%s` where "
                           "more is, without it where it is an issue", name, name),
                "`%s` sounds like a cost: more of it may be better or worse for a party of that "
                "name, or it may be an issue", name);
        }
    }
    return ENT_OK;
}

static ent_status choose(guess *g)
{
    size_t first = g->last_words == SIZE_MAX ? 1 : g->last_words + 1;
    if (first >= g->count) {
        return g->last_words == SIZE_MAX || g->count < 2 || g->last_words == 0
                   ? ent_cell_fault(g->r->t, g->r->head, g->used[0], ENT_S106_NO_PROFILE,
                                    "call the columns of utilities u(NAME), or name them with "
                                    "--utilities", "no column holds utilities")
                   : words_behind(g);
    }
    for (size_t i = first; i < g->count; i++) {
        const census *c = &g->census[g->used[i]];
        if (c->numbers < c->rows) {
            return odd_cell(g, g->used[i]);
        }
    }
    bool words = g->last_words != SIZE_MAX;
    if ((!words && g->count > 3) || (g->count > first + 1 && !tells_apart(g, first))) {
        return which_parties(g, first, g->count - first > 2 ? g->count - 2 : first + 1);
    }
    for (size_t i = first; i < g->count; i++) {
        g->r->column[g->used[i]] = ENT_PART_UTILITY;
    }
    return check_names(g, first);
}

ent_status ent_guess_utilities(ent_reading *r)
{
    ent_arena *arena = r->t->work->arena;
    guess g = {.r = r, .plain = ent_alloc(arena, r->t->rows + 1, bool),
               .census = ent_alloc(arena, r->t->columns + 1, census),
               .used = ent_alloc(arena, r->t->columns + 1, size_t)};
    for (size_t i = r->head + 1; i < r->t->rows; i++) {
        g.plain[i] = is_plain(r, i);
    }
    for (size_t k = 0; k < r->t->columns; k++) {
        g.census[k] = count_column(r, k, g.plain);
    }
    take_used(&g);
    leave_helpers(&g);
    return choose(&g);
}

/* ---- Other layouts ------------------------------------------------------------------------- */

/* A head with a time and a speaker, and more columns than these: offers as they were made. */
static bool is_log(const ent_reading *r, const size_t *used, size_t count, size_t *day, size_t *by)
{
    *day = *by = SIZE_MAX;
    for (size_t i = 0; i < count && i < 4; i++) {
        const char *name = ent_head_name(r, used[i]);
        if (*day == SIZE_MAX && ent_label_is(name, ENT_WORD_TIME)) {
            *day = used[i];
        } else if (*by == SIZE_MAX && ent_label_is(name, ENT_WORD_SPEAKER)) {
            *by = used[i];
        }
    }
    return *day != SIZE_MAX && *by != SIZE_MAX && count > 2;
}

/*
 * The first column repeats in blocks, or is filled in once for each, and the second never: issue
 * and option. A table of outcomes repeats the second too.
 */
static bool is_scoring(const ent_reading *r, const size_t *used, size_t count)
{
    ent_names options = {0};
    const char *before = NULL;
    size_t repeats = 0, rows = 0, blanks = 0, changes = 0;
    bool named = ent_label_is(ent_head_name(r, used[0]), ENT_WORD_ISSUE);
    if (r->named ? count != 2 || !named : count < 3) {
        return false;
    }
    for (size_t i = r->head + 1; i < r->t->rows; i++) {
        const char *issue = ent_table_cell(r->t, i, used[0])->text;
        const char *option = ent_table_cell(r->t, i, used[1])->text;
        ent_reads reads;
        if (!is_plain(r, i) || *option == '\0') {
            continue;
        }
        if (ent_cell_reads(ent_table_cell(r->t, i, used[0]), &reads)) {
            return false; /* issues have names */
        }
        if (ent_names_add(r->t->work->arena, &options, option, 0) != UINT32_MAX) {
            return false;
        }
        blanks += *issue == '\0';
        repeats += before != NULL && strcmp(before, issue) == 0;
        changes += before != NULL && *issue != '\0' && strcmp(before, issue) != 0;
        before = *issue == '\0' ? before : issue;
        rows++;
    }
    return rows >= 2 && changes > 0 && (repeats > 0 || blanks > 0) &&
           (blanks > 0 || named || repeats * 2 >= rows);
}

ent_status ent_other_layouts(const ent_reading *r)
{
    size_t *used = ent_alloc(r->t->work->arena, r->t->columns + 1, size_t);
    size_t count = ent_columns_of(r, ENT_PART_COUNTS, used);
    size_t day, by;
    if (r->options->layout != ENT_LAYOUT_RECOGNISED || r->options->utility_count > 0) {
        return ENT_OK;
    }
    if (!r->named && is_log(r, used, count, &day, &by)) {
        return ent_refuse_offers(r->t, r->head, day, by);
    }
    for (size_t i = 1; i < count && !r->named; i++) {
        if (ent_label_is(ent_head_name(r, used[i]), ENT_WORD_WEIGHT)) {
            return ent_cell_fault(r->t, r->head, used[i], ENT_S130_TWO_READINGS,
                                  "--layout weights, or --layout outcomes",
                                  "a column of weights: the table may hold the weights and values "
                                  "of one party, issue by issue, or each row may be an outcome");
        }
    }
    for (size_t i = r->head + 1; i < r->t->rows && !r->named && !r->options->skip_none; i++) {
        if (r->row[i] == ENT_PART_COUNTS &&
            ent_label_is(ent_table_cell(r->t, i, used[0])->text, ENT_WORD_WEIGHT)) {
            return ent_weight_row(r, i);
        }
    }
    if (is_scoring(r, used, count)) {
        return ent_cell_fault(r->t, r->head, used[0], ENT_S130_TWO_READINGS,
                              "--layout scoring, or --layout outcomes",
                              "`%s` repeats and `%s` does not: each row may be an option of an "
                              "issue, with points that are summed, or an outcome of its own",
                              ent_head_name(r, used[0]), ent_head_name(r, used[1]));
    }
    return ENT_OK;
}
