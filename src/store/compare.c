/*
 * Two strategies are compared where nothing else differs: on the same scenario, in the same seat,
 * against the same others. The differences of score are averaged by scenario, and the mean of
 * that is tested against 0 (paired t test: Student, "The probable error of a mean", Biometrika 6,
 * 1908) with the error that store/clusters.h describes. Of the tests between neighbours those hold
 * that S. Holm's procedure ("A simple sequentially rejective multiple test procedure", Scandinavian
 * Journal of Statistics 6, 1979) keeps at 5 %.
 *
 * Which tuples were played is not assumed: a cell's counterpart is looked up by who sits where.
 * O(cells * parties * log(cells)) for all neighbours together where strategies sit equally often.
 */
#include "store/compare.h"

#include "store/clusters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Who sits where in a cell, to find it by. */
typedef struct seating {
    const ent_cell_seat *seat; /* [parties] */
    uint32_t scenario, parties;
} seating;

/* Seatings in order, scenario by scenario. */
typedef struct index {
    seating *at;
    size_t count;
    ent_cell_seat *wanted; /* [most parties] what is looked for */
} index;

static int in_order(const void *a, const void *b)
{
    const seating *x = a, *y = b;
    if (x->scenario != y->scenario) {
        return x->scenario < y->scenario ? -1 : 1;
    }
    if (x->parties != y->parties) {
        return x->parties < y->parties ? -1 : 1;
    }
    for (uint32_t p = 0; p < x->parties; p++) {
        uint32_t s = x->seat[p].strategy, t = y->seat[p].strategy;
        if (s != t) {
            return s < t ? -1 : 1;
        }
    }
    return 0;
}

static index index_of(ent_work *work, const ent_cells *cells)
{
    index all = {ent_alloc(work->arena, cells->count + 1, seating), cells->count, NULL};
    size_t parties = 0;
    for (size_t k = 0; k < cells->count; k++) {
        const ent_result_cell *c = &cells->at[k];
        all.at[k] = (seating){cells->seat + c->seats, c->scenario, c->parties};
        parties = c->parties > parties ? c->parties : parties;
    }
    all.wanted = ent_alloc(work->arena, parties + 1, ent_cell_seat);
    qsort(all.at, all.count, sizeof *all.at, in_order);
    return all;
}

/*
 * The seating that differs from the given one in that party's strategy only; NULL where that tuple
 * was not played. O(parties * log(cells)).
 */
static const seating *find(const index *all, const seating *like, uint32_t party,
                           uint32_t strategy)
{
    seating wanted = {all->wanted, like->scenario, like->parties};
    memcpy(all->wanted, like->seat, like->parties * sizeof *like->seat);
    all->wanted[party].strategy = strategy;
    return bsearch(&wanted, all->at, all->count, sizeof *all->at, in_order);
}

/* Every pair of cells that differ in one seat only, which plays a here and b there. */
static void add_pairs(const index *all, const seating *here, const uint32_t rival[2],
                      ent_clusters *differences)
{
    for (uint32_t p = 0; p < here->parties; p++) {
        const seating *there =
            here->seat[p].strategy == rival[0] ? find(all, here, p, rival[1]) : NULL;
        if (there != NULL) {
            ent_clusters_add(differences, here->seat[p].score - there->seat[p].score);
        }
    }
}

static double chance_of(const index *all, const uint32_t rival[2])
{
    ent_clusters differences = {0};
    for (size_t k = 0; k < all->count; k++) {
        if (k > 0 && all->at[k].scenario != all->at[k - 1].scenario) {
            ent_clusters_close(&differences);
        }
        add_pairs(all, &all->at[k], rival, &differences);
    }
    ent_clusters_close(&differences);
    ent_estimate estimate = ent_clusters_estimate(&differences);
    return ent_estimate_tails(&estimate);
}

static int by_chance(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The k-th smallest of m holds while it and all smaller are at most level / (m - k). */
void ent_holm(ent_work *work, const double *p, size_t count, double level, bool *held)
{
    double *sorted = ent_alloc(work->arena, count + 1, double), bound = -1;
    size_t m = 0;
    for (size_t k = 0; k < count; k++) {
        if (!isnan(p[k])) {
            sorted[m++] = p[k];
        }
    }
    qsort(sorted, m, sizeof *sorted, by_chance);
    for (size_t k = 0; k < m && sorted[k] <= level / (double)(m - k); k++) {
        bound = sorted[k];
    }
    for (size_t k = 0; k < count; k++) {
        held[k] = p[k] <= bound;
    }
}

void ent_compare_places(ent_work *work, const ent_cells *cells, const uint32_t *strategy,
                        size_t count, double *p, bool *ahead)
{
    if (count == 0) {
        return;
    }
    index all = index_of(work, cells);
    for (size_t i = 0; i + 1 < count; i++) {
        p[i] = chance_of(&all, &strategy[i]);
    }
    p[count - 1] = (double)NAN;
    ent_holm(work, p, count, 0.05, ahead);
}
