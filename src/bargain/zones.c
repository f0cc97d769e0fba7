/*
 * What is not yet decided is a union of zones {y : y >= corner}, at first one. A search in a zone
 * finds a point z, or proves the zone empty. A zone that holds z is replaced by one for each party
 * j, with z_j + step in place of its corner's j: what is beyond the corner and not below z has some
 * y_j > z_j. Zones inside others are dropped (Klamroth, Lacour, Vanderpooten, "On the
 * representation of the search region in multi-objective optimization", EJOR 245, 2015). When no
 * zone is left, no outcome is missing.
 *
 * Cost: a search for each point and each zone. Of F points there are at most 2F + 1 zones for three
 * parties, O(F^floor(n/2)) for n; comparing a new zone with all others is O(zones * n).
 *
 * The weights with which a zone is searched leave the least bound over the points that are known:
 * the value of a matrix game between parties and points, by multiplicative weights (Freund and
 * Schapire 1999). Any weights are valid.
 */
#include "bargain/zones.h"

#include "base/elementary.h"

#include <math.h>
#include <string.h>

enum { MOST_ZONES = 100000, ROUNDS = 80, LOOKED_AT = 512 };

typedef struct point {
    double *sum;
    uint64_t *levels;
} point;

typedef struct state {
    const ent_zones *z;
    struct {
        double **at;
        size_t count, room;
    } open;
    struct {
        point *at;
        size_t count, room;
    } points;
    double gap;
    bool limited;
} state;

static bool covers(const double *a, const double *b, uint32_t n)
{
    for (uint32_t p = 0; p < n; p++) {
        if (a[p] < b[p]) {
            return false;
        }
    }
    return true;
}

/* Open the zone if something can be in it and no open zone holds it. */
static void open_zone(state *s, double *corner)
{
    uint32_t n = s->z->parties;
    if (!covers(s->z->most, corner, n)) {
        return;
    }
    for (size_t i = 0; i < s->open.count; i++) {
        if (covers(corner, s->open.at[i], n)) {
            return;
        }
    }
    *ent_push(s->z->work->arena, &s->open) = corner;
}

/* Take what the point decides out of every open zone. */
static void split_zones(state *s, const double *sum)
{
    uint32_t n = s->z->parties;
    size_t kept = 0, count = s->open.count;
    double **cut = ent_alloc(s->z->work->arena, count + 1, double *);
    size_t cuts = 0;
    for (size_t i = 0; i < count; i++) {
        if (covers(sum, s->open.at[i], n)) {
            cut[cuts++] = s->open.at[i];
        } else {
            s->open.at[kept++] = s->open.at[i];
        }
    }
    s->open.count = kept;
    for (size_t i = 0; i < cuts; i++) {
        for (uint32_t j = 0; j < n; j++) {
            double *corner = ent_alloc(s->z->work->arena, n, double);
            memcpy(corner, cut[i], n * sizeof *corner);
            corner[j] = s->z->step > 0 ? sum[j] + s->z->step : nextafter(sum[j], HUGE_VAL);
            open_zone(s, corner);
        }
    }
}

/* Weigh the parties by what the known points give them over the corner: once more, less. */
static double reach(const state *s, const double *corner, const double *weigh, const point **far)
{
    double most = -HUGE_VAL;
    size_t every = s->points.count / LOOKED_AT + 1;
    for (size_t i = 0; i < s->points.count; i += every) {
        double sum = 0;
        for (uint32_t p = 0; p < s->z->parties; p++) {
            sum += weigh[p] * (s->points.at[i].sum[p] - corner[p]);
        }
        if (sum > most) {
            most = sum;
            *far = &s->points.at[i];
        }
    }
    return most;
}

static void normalise(double *weigh, uint32_t n, double least)
{
    double sum = 0;
    for (uint32_t p = 0; p < n; p++) {
        weigh[p] = fmax(weigh[p], least);
        sum += weigh[p];
    }
    for (uint32_t p = 0; p < n; p++) {
        weigh[p] /= sum;
    }
}

static void choose_weights(const state *s, const double *corner, double *best)
{
    uint32_t n = s->z->parties;
    double weigh[ENT_MOST_PARTIES], lowest = HUGE_VAL, scale = 0;
    const point *far = NULL;
    for (uint32_t p = 0; p < n; p++) {
        weigh[p] = best[p] = 1.0 / n;
        double width = s->z->most[p] - corner[p];
        scale = isfinite(width) ? fmax(scale, width) : scale;
    }
    for (int round = 0; round < ROUNDS && scale > 0; round++) {
        double most = reach(s, corner, weigh, &far);
        if (far == NULL || !isfinite(most)) {
            return;
        }
        if (most < lowest) {
            lowest = most;
            memcpy(best, weigh, n * sizeof *best);
        }
        for (uint32_t p = 0; p < n; p++) {
            weigh[p] *= ent_exp(-2 * (far->sum[p] - corner[p]) / (scale * sqrt(round + 1.0)));
        }
        normalise(weigh, n, 0.001);
    }
}

/* No outcome of the zone is more than this above its corner for everybody. */
static double height(const state *s, const double *corner)
{
    double least = HUGE_VAL;
    for (uint32_t p = 0; p < s->z->parties; p++) {
        least = fmin(least, s->z->most[p] - corner[p]);
    }
    return least + s->z->step;
}

static void give_up(state *s, const double *corner, double excess)
{
    s->limited = true;
    s->gap = fmax(s->gap, fmin(excess + s->z->step, height(s, corner)));
}

/* Search the zone opened last; false where the listener wants no more. */
static bool search_zone(state *s)
{
    const ent_zones *z = s->z;
    const double *corner = s->open.at[--s->open.count];
    double weigh[ENT_MOST_PARTIES], excess = HUGE_VAL;
    if (s->open.count > MOST_ZONES) {
        give_up(s, corner, excess);
        return true;
    }
    point found = {ent_alloc(z->work->arena, z->parties, double),
                   ent_alloc(z->work->arena, z->issues + 1, uint64_t)};
    choose_weights(s, corner, weigh);
    switch (z->beyond(z->user, weigh, corner, found.sum, found.levels, &excess)) {
    case ENT_CLIQUE_FOUND:
        for (uint32_t p = 0; p < z->parties; p++) {
            found.sum[p] = fmax(found.sum[p], corner[p]); /* rounding may have left it below */
        }
        *ent_push(z->work->arena, &s->points) = found;
        s->open.count++;
        split_zones(s, found.sum);
        return true;
    case ENT_CLIQUE_LIMIT:
        give_up(s, corner, excess);
        return true;
    case ENT_CLIQUE_NONE:
        return true;
    case ENT_CLIQUE_STOPPED:
        break;
    }
    return false;
}

ent_status ent_search_zones(const ent_zones *z, ent_front *front)
{
    state s = {.z = z};
    double *corner = ent_alloc(z->work->arena, z->parties, double);
    memcpy(corner, z->floor, z->parties * sizeof *corner);
    open_zone(&s, corner);
    while (s.open.count > 0) {
        if (!search_zone(&s)) {
            return ENT_CANCELLED;
        }
    }
    double *value = ent_alloc(z->work->arena, s.points.count * z->parties + 1, double);
    uint64_t *levels = ent_alloc(z->work->arena, s.points.count * z->issues + 1, uint64_t);
    for (size_t i = 0; i < s.points.count; i++) {
        memcpy(value + i * z->parties, s.points.at[i].sum, z->parties * sizeof *value);
        if (z->issues > 0) {
            memcpy(levels + i * z->issues, s.points.at[i].levels, z->issues * sizeof *levels);
        }
    }
    *front = (ent_front){.parties = z->parties, .parts = z->issues, .count = s.points.count,
                         .value = value, .levels = levels, .proved = !s.limited, .gap = s.gap};
    return ENT_OK;
}
