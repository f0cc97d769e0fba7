/*
 * Parties whose value is the greatest (or the least) over their boxes, a box that does not count
 * giving 0. That the greatest is at least t says that some box counts that is worth t, or, for
 * t <= 0, that some box does not count; that the least is, that all boxes worth less do not count,
 * and for t > 0 that all count. Where a box counts is a box, or the outside of one: at most two
 * boxes for each issue. So "everybody gets at least the corner" is a list of clauses, in each of
 * which one box must hold the outcome, and boxes that meet pairwise meet in an outcome (Helly
 * 1923): depth-first search over the clauses, shortest first, with the box that is left. Zones of
 * the values (zones.c) make a frontier of these questions.
 *
 * Cost of a question: (boxes)^(parties) cuts of n issues at worst where values are greatest ones;
 * where they are least ones and boxes are to be avoided, exponential at worst, hence the limit.
 */
#include "bargain/extremes.h"

#include "bargain/zones.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct clause {
    size_t first, count; /* of the boxes */
} clause;

typedef struct seeker {
    ent_work *work;
    const ent_scenario *s;
    uint64_t *bound; /* [boxes][2][issues] low, high */
    size_t boxes, room;
    clause *clauses;
    size_t clause_count;
    uint64_t *left; /* [clauses + 1][2][issues] what the boxes chosen so far have in common */
    uint64_t nodes, most_nodes;
    bool impossible, stopped;
} seeker;

static bool is_extreme(const ent_utility *u)
{
    return u->part == NULL && u->table == NULL && u->scale > 0 && u->box_count > 0 &&
           (u->aggregation != ENT_SUM || u->box_count == 1);
}

bool ent_is_extreme(const ent_scenario *s)
{
    for (uint32_t p = 0; p < s->party_count; p++) {
        if (!is_extreme(&s->utilities[p])) {
            return false;
        }
    }
    return true;
}

/* Room for one more box; low 0 and high everything. */
static uint64_t *new_box(seeker *k)
{
    size_t n = k->s->issue_count;
    uint64_t *at = k->bound + k->boxes++ * 2 * n;
    for (size_t i = 0; i < n; i++) {
        at[i] = 0;
        at[n + i] = k->s->issues[i].levels - 1;
    }
    return at;
}

/* The outside in pieces that may overlap: below or above the bounds of one issue. */
static void put_outside(seeker *k, const ent_box *box)
{
    size_t n = k->s->issue_count;
    for (size_t i = 0; i < n; i++) {
        if (box->low[i] > 0) {
            new_box(k)[n + i] = box->low[i] - 1;
        }
        if (box->high[i] + 1 < k->s->issues[i].levels) {
            new_box(k)[i] = box->high[i] + 1;
        }
    }
}

/* Where the box counts, or where it does not, into the clause at hand. */
static void put_region(seeker *k, const ent_box *box, bool counts)
{
    if (counts == box->excludes) {
        put_outside(k, box);
        return;
    }
    size_t n = k->s->issue_count;
    uint64_t *at = new_box(k);
    memcpy(at, box->low, n * sizeof *at);
    memcpy(at + n, box->high, n * sizeof *at);
}

static void close_clause(seeker *k, size_t first)
{
    k->impossible = k->impossible || k->boxes == first;
    k->clauses[k->clause_count++] = (clause){first, k->boxes - first};
}

static void ask_greatest(seeker *k, const ent_utility *u, double least)
{
    size_t first = k->boxes;
    for (size_t b = 0; b < u->box_count; b++) {
        if (u->boxes[b].utility >= least) {
            put_region(k, &u->boxes[b], true);
        }
        if (0 >= least) {
            put_region(k, &u->boxes[b], false);
        }
    }
    close_clause(k, first);
}

static void ask_least(seeker *k, const ent_utility *u, double least)
{
    for (size_t b = 0; b < u->box_count; b++) {
        bool inside = u->boxes[b].utility >= least, outside = 0 >= least;
        if (inside && outside) {
            continue;
        }
        size_t first = k->boxes;
        if (inside || outside) {
            put_region(k, &u->boxes[b], inside);
        }
        close_clause(k, first);
    }
}

static int by_count(const void *a, const void *b)
{
    const clause *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? -1 : 1)
                                : (x->first > y->first) - (x->first < y->first);
}

/* One box of each clause from this one on, so that all meet. */
static bool meet(seeker *k, size_t at)
{
    size_t n = k->s->issue_count;
    const uint64_t *left = k->left + at * 2 * n;
    uint64_t *next = k->left + (at + 1) * 2 * n;
    if (at == k->clause_count) {
        return true;
    }
    const clause *c = &k->clauses[at];
    for (size_t b = c->first; b < c->first + c->count; b++) {
        const uint64_t *box = k->bound + b * 2 * n;
        bool some = true;
        if (++k->nodes >= k->most_nodes || k->stopped) {
            return false;
        }
        k->stopped = (k->nodes & 0xffff) == 0 && ent_tick(k->work, "frontier", k->nodes, 0);
        for (size_t i = 0; i < n && some; i++) {
            next[i] = left[i] > box[i] ? left[i] : box[i];
            next[n + i] = left[n + i] < box[n + i] ? left[n + i] : box[n + i];
            some = next[i] <= next[n + i];
        }
        if (some && meet(k, at + 1)) {
            return true;
        }
    }
    return false;
}

static ent_clique_verdict beyond(void *user, const double *weigh, const double *corner,
                                 double *sum, uint64_t *levels, double *excess)
{
    seeker *k = user;
    size_t n = k->s->issue_count;
    (void)weigh;
    k->boxes = k->clause_count = 0;
    k->impossible = false;
    for (uint32_t p = 0; p < k->s->party_count; p++) {
        const ent_utility *u = &k->s->utilities[p];
        (u->aggregation == ENT_MIN ? ask_least : ask_greatest)(k, u, corner[p]);
    }
    if (k->impossible) {
        return ENT_CLIQUE_NONE;
    }
    qsort(k->clauses, k->clause_count, sizeof *k->clauses, by_count);
    for (size_t i = 0; i < n; i++) {
        k->left[i] = 0;
        k->left[n + i] = k->s->issues[i].levels - 1;
    }
    if (!meet(k, 0)) {
        *excess = HUGE_VAL;
        return k->stopped                       ? ENT_CLIQUE_STOPPED
               : k->nodes >= k->most_nodes ? ENT_CLIQUE_LIMIT
                                                : ENT_CLIQUE_NONE;
    }
    memcpy(levels, k->left + k->clause_count * 2 * n, n * sizeof *levels);
    for (uint32_t p = 0; p < k->s->party_count; p++) {
        sum[p] = ent_boxes_value(&k->s->utilities[p], levels, k->s->issue_count);
    }
    return ENT_CLIQUE_FOUND;
}

/* A box alone is the greatest of itself, whatever the word for many is. */
static void bound_party(const ent_utility *u, double *low, double *high)
{
    *low = *high = 0;
    for (size_t b = 0; b < u->box_count; b++) {
        *low = fmin(*low, u->boxes[b].utility);
        *high = fmax(*high, u->boxes[b].utility);
    }
}

ent_status ent_extreme_front(ent_work *work, const ent_scenario *s, uint64_t most_nodes,
                             ent_front *front)
{
    seeker k = {.work = work, .s = s, .most_nodes = most_nodes};
    ent_zones zones = {.work = work, .parties = s->party_count, .issues = s->issue_count,
                       .user = &k, .beyond = beyond};
    size_t boxes = 0;
    for (uint32_t p = 0; p < s->party_count; p++) {
        bound_party(&s->utilities[p], &zones.floor[p], &zones.most[p]);
        boxes += s->utilities[p].box_count;
    }
    size_t pieces = 2 * (size_t)s->issue_count + 1;
    k.bound = ent_alloc(work->arena, boxes * pieces * 2 * s->issue_count + 1, uint64_t);
    k.clauses = ent_alloc(work->arena, boxes + s->party_count, clause);
    k.left = ent_alloc(work->arena, (boxes + s->party_count + 1) * 2 * s->issue_count + 1,
                       uint64_t);
    return ent_search_zones(&zones, front);
}
