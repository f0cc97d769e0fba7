/*
 * Two strategies are compared where nothing else differs: on the same scenario, in the same seat,
 * against the same others. The differences of advantage are averaged by scenario, since those on
 * one scenario are alike, and with FEW scenarios or more their means are tested against 0 (paired
 * t test: Student, "The probable error of a mean", Biometrika 6, 1908); with fewer the differences
 * themselves are. Of the tests between neighbours those hold that S. Holm's procedure ("A simple
 * sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979)
 * keeps at 5 %. O(cells * parties).
 */
#include "store/compare.h"

#include "base/student.h"

#include <math.h>
#include <stdlib.h>

enum { FEW = 6 };

/* A cell: a scenario with a tuple of strategies, and each seat's mean advantage. */
typedef struct cell {
    uint32_t scenario, parties;
    size_t seats; /* where its advantages begin */
} cell;

typedef struct contest {
    size_t strategies, cells, scenarios;
    cell *at;          /* [cells] by number */
    double *advantage; /* [sum of parties] */
} contest;

typedef struct row {
    uint64_t cell;
    uint32_t scenario;
    double advantage;
} row;

static ent_status read_rows(ent_work *work, ent_database *db, row **rows, size_t *count)
{
    struct {
        row *at;
        size_t count, room;
    } list = {0};
    ent_query *query;
    bool any = true;
    ent_status status = ent_query_make(
        db,
        "SELECT cell, scenario, avg(advantage) FROM run JOIN seat USING (job)"
        " GROUP BY cell, party ORDER BY cell, party",
        &query);
    while (status == ENT_OK && (status = ent_query_step(query, &any)) == ENT_OK && any) {
        *ent_push(work->arena, &list) =
            (row){(uint64_t)ent_query_int(query, 0), (uint32_t)ent_query_int(query, 1),
                  ent_query_number(query, 2)};
    }
    *rows = list.at;
    *count = list.count;
    return status;
}

static void set_cells(ent_work *work, const row *rows, size_t count, contest *c)
{
    c->at = ent_alloc(work->arena, count + 1, cell);
    c->advantage = ent_alloc(work->arena, count + 1, double);
    for (size_t k = 0; k < count; k++) {
        if (k == 0 || rows[k].cell != rows[k - 1].cell) {
            c->at[c->cells++] = (cell){rows[k].scenario, 0, k};
        }
        c->at[c->cells - 1].parties++;
        c->advantage[k] = rows[k].advantage;
        c->scenarios = rows[k].scenario + 1;
    }
}

/* Mean and number of the differences, and of what they are tested by. */
typedef struct sample {
    double sum, squares, n;
} sample;

static void add(sample *s, double value)
{
    s->sum += value;
    s->squares += value * value;
    s->n++;
}

static double tails_of(const sample *s)
{
    double mean = s->sum / s->n;
    double variance = s->n > 1 ? fmax(0, s->squares - s->sum * mean) / (s->n - 1) : (double)NAN;
    if (s->n < 2) {
        return 1;
    }
    if (variance <= 1e-24) {
        return fabs(mean) <= 1e-12 ? 1 : 0;
    }
    return ent_student_tails(mean / sqrt(variance / s->n), s->n - 1);
}

/* Every pair of cells that differ in one seat only, which plays a here and b there. */
static void add_pairs(const contest *c, size_t number, uint64_t first, int64_t a, int64_t b,
                      sample *pairs, sample *here)
{
    const cell *x = &c->at[number];
    uint64_t tuple = number - first, place = 1;
    for (uint32_t p = x->parties; p-- > 0; place *= c->strategies) {
        if (tuple / place % c->strategies == (uint64_t)a) {
            uint64_t other = tuple + (uint64_t)b * place - (uint64_t)a * place;
            double difference = c->advantage[x->seats + p] -
                                c->advantage[c->at[first + other].seats + p];
            add(pairs, difference);
            add(here, difference);
        }
    }
}

static double chance_of(const contest *c, int64_t a, int64_t b)
{
    sample pairs = {0, 0, 0}, means = {0, 0, 0}, here = {0, 0, 0};
    uint64_t first = 0;
    for (size_t k = 0; k < c->cells; k++) {
        if (c->at[k].scenario != c->at[first].scenario) {
            first = k;
            add(&means, here.sum / here.n);
            here = (sample){0, 0, 0};
        }
        add_pairs(c, k, first, a, b, &pairs, &here);
    }
    if (here.n > 0) {
        add(&means, here.sum / here.n);
    }
    return tails_of(c->scenarios >= FEW ? &means : &pairs);
}

static int by_chance(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Holm: the k-th smallest of m holds while it and all smaller are at most 0.05 / (m - k). */
static double bound_of(ent_work *work, const double *p, size_t m)
{
    double *sorted = ent_alloc(work->arena, m + 1, double), bound = -1;
    for (size_t k = 0; k < m; k++) {
        sorted[k] = p[k];
    }
    qsort(sorted, m, sizeof *sorted, by_chance);
    for (size_t k = 0; k < m && sorted[k] <= 0.05 / (double)(m - k); k++) {
        bound = sorted[k];
    }
    return bound;
}

ent_status ent_compare_places(ent_work *work, ent_database *db, const int64_t *strategy,
                              size_t count, double *p, bool *ahead)
{
    row *rows;
    size_t row_count;
    contest c = {.strategies = count};
    ent_status status = read_rows(work, db, &rows, &row_count);
    if (status != ENT_OK || count == 0) {
        return status;
    }
    set_cells(work, rows, row_count, &c);
    for (size_t i = 0; i + 1 < count; i++) {
        p[i] = chance_of(&c, strategy[i], strategy[i + 1]);
    }
    p[count - 1] = (double)NAN;
    double bound = bound_of(work, p, count - 1);
    for (size_t i = 0; i < count; i++) {
        ahead[i] = i + 1 < count && p[i] <= bound;
    }
    return ENT_OK;
}
