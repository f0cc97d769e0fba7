/*
 * Two strategies are compared where nothing else differs: on the same scenario, in the same seat,
 * against the same others. The differences of advantage are averaged by scenario, and the mean of
 * that is tested against 0 (paired t test: Student, "The probable error of a mean", Biometrika 6,
 * 1908) with the error that store/clusters.h describes. Of the tests between neighbours those hold
 * that S. Holm's procedure ("A simple sequentially rejective multiple test procedure", Scandinavian
 * Journal of Statistics 6, 1979) keeps at 5 %. O(cells * parties).
 */
#include "store/compare.h"

#include "store/clusters.h"

#include <math.h>
#include <stdlib.h>

/* Every pair of cells that differ in one seat only, which plays a here and b there. */
static void add_pairs(const ent_cells *cells, size_t number, size_t first, uint64_t strategies,
                      const uint32_t rival[2], ent_clusters *differences)
{
    const ent_cell *x = &cells->at[number];
    const ent_cell_seat *seat = cells->seat;
    uint64_t tuple = number - first, place = 1;
    for (uint32_t p = x->parties; p-- > 0; place *= strategies) {
        if (seat[x->seats + p].strategy == rival[0]) {
            uint64_t other = first + tuple + rival[1] * place - rival[0] * place;
            ent_clusters_add(differences, seat[x->seats + p].advantage -
                                              seat[cells->at[other].seats + p].advantage);
        }
    }
}

static double chance_of(const ent_cells *cells, uint64_t strategies, const uint32_t rival[2])
{
    ent_clusters differences = {0};
    size_t first = 0;
    for (size_t k = 0; k < cells->count; k++) {
        if (cells->at[k].scenario != cells->at[first].scenario) {
            first = k;
            ent_clusters_close(&differences);
        }
        add_pairs(cells, k, first, strategies, rival, &differences);
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

void ent_compare_places(ent_work *work, const ent_cells *cells, const uint32_t *strategy,
                        size_t count, double *p, bool *ahead)
{
    if (count == 0) {
        return;
    }
    for (size_t i = 0; i + 1 < count; i++) {
        p[i] = chance_of(cells, count, &strategy[i]);
    }
    p[count - 1] = (double)NAN;
    double bound = bound_of(work, p, count - 1);
    for (size_t i = 0; i < count; i++) {
        ahead[i] = i + 1 < count && p[i] <= bound;
    }
}
