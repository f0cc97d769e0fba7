/*
 * A utility that adds up boxes, rewritten so that all weights are positive:
 *   w [outside box]  =  w - w [inside box]
 *   -w [inside box]  =  -w + w [outside box], and the outside of a box is the disjoint union of at
 *                       most two boxes for each issue: inside on the issues before it, below or
 *                       above the bounds on it, free on those after
 *   table of an issue = its least value + a box of one level for each level that adds something
 *
 * Boxes have the Helly property (Helly 1923, for parallel boxes one issue at a time): boxes that
 * meet pairwise meet in an outcome. So sets of boxes that hold together are the cliques of the
 * graph of boxes that meet, and the best outcomes are its cliques of greatest weight.
 */
#include "bargain/boxes.h"

#include <math.h>
#include <string.h>

typedef struct builder {
    ent_arena *arena;
    const ent_scenario *scenario;
    ent_box_graph *graph;
    uint32_t room;
} builder;

static bool add_box(builder *b, unsigned char party, double weight, const uint64_t *low,
                    const uint64_t *high)
{
    ent_box_graph *g = b->graph;
    if (g->count == b->room) {
        return false;
    }
    size_t at = g->count++;
    g->weight[at] = weight;
    g->party[at] = party;
    g->total[party] += weight;
    if (g->issues > 0) {
        memcpy(g->low + at * g->issues, low, g->issues * sizeof *low);
        memcpy(g->high + at * g->issues, high, g->issues * sizeof *high);
    }
    return true;
}

/* The boxes that make up what lies outside the box. */
static bool add_outside(builder *b, unsigned char party, double weight, const ent_box *box)
{
    uint32_t n = b->graph->issues;
    uint64_t *low = ent_alloc(b->arena, n + 1, uint64_t);
    uint64_t *high = ent_alloc(b->arena, n + 1, uint64_t);
    for (uint32_t i = 0; i < n; i++) {
        high[i] = b->scenario->issues[i].levels - 1;
    }
    bool fits = true;
    for (uint32_t i = 0; i < n && fits; i++) {
        uint64_t last = b->scenario->issues[i].levels - 1;
        if (box->low[i] > 0) {
            high[i] = box->low[i] - 1;
            fits = add_box(b, party, weight, low, high);
        }
        if (fits && box->high[i] < last) {
            low[i] = box->high[i] + 1;
            high[i] = last;
            fits = add_box(b, party, weight, low, high);
        }
        low[i] = box->low[i];
        high[i] = box->high[i];
    }
    return fits;
}

static bool add_boxes(builder *b, unsigned char party)
{
    const ent_utility *u = &b->scenario->utilities[party];
    bool fits = true;
    for (size_t k = 0; k < u->box_count && fits; k++) {
        const ent_box *box = &u->boxes[k];
        double weight = box->excludes ? -box->utility : box->utility;
        b->graph->constant[party] += box->excludes ? box->utility : 0;
        if (weight > 0) {
            fits = add_box(b, party, weight, box->low, box->high);
        } else if (weight < 0) {
            b->graph->constant[party] += weight;
            fits = add_outside(b, party, -weight, box);
        }
    }
    return fits;
}

static bool add_table(builder *b, unsigned char party, uint32_t issue)
{
    const double *part = b->scenario->utilities[party].part[issue];
    uint64_t levels = b->scenario->issues[issue].levels;
    double least = part[0];
    for (uint64_t l = 1; l < levels; l++) {
        least = fmin(least, part[l]);
    }
    b->graph->constant[party] += least;
    uint64_t *low = ent_alloc(b->arena, b->graph->issues, uint64_t);
    uint64_t *high = ent_alloc(b->arena, b->graph->issues, uint64_t);
    for (uint32_t i = 0; i < b->graph->issues; i++) {
        high[i] = b->scenario->issues[i].levels - 1;
    }
    bool fits = true;
    for (uint64_t l = 0; l < levels && fits; l++) {
        low[issue] = high[issue] = l;
        if (part[l] > least) {
            fits = add_box(b, party, part[l] - least, low, high);
        }
    }
    return fits;
}

static bool is_sum_of_boxes(const ent_utility *u)
{
    return u->table == NULL && u->scale > 0 && (u->aggregation == ENT_SUM || u->box_count < 1);
}

static bool apart(const ent_box_graph *g, uint32_t a, uint32_t b)
{
    const uint64_t *low_a = g->low + (size_t)a * g->issues, *low_b = g->low + (size_t)b * g->issues;
    const uint64_t *high_a = g->high + (size_t)a * g->issues;
    const uint64_t *high_b = g->high + (size_t)b * g->issues;
    for (uint32_t i = 0; i < g->issues; i++) {
        if (low_a[i] > high_b[i] || low_b[i] > high_a[i]) {
            return true;
        }
    }
    return false;
}

static void find_conflicts(ent_arena *arena, ent_box_graph *g)
{
    g->words = (g->count + 63) / 64;
    g->conflict = ent_alloc(arena, (size_t)g->count * g->words + 1, uint64_t);
    for (uint32_t a = 0; a < g->count; a++) {
        for (uint32_t b = 0; b < a; b++) {
            if (apart(g, a, b)) {
                g->conflict[(size_t)a * g->words + b / 64] |= UINT64_C(1) << (b % 64);
                g->conflict[(size_t)b * g->words + a / 64] |= UINT64_C(1) << (a % 64);
            }
        }
    }
}

/* The largest of 1, 1/10, ..., 1/10000 that all weights are multiples of up to rounding. */
static double common_step(const ent_box_graph *g)
{
    double step = 1;
    for (int digits = 0; digits <= 4; digits++, step /= 10) {
        bool all = true;
        for (uint32_t v = 0; v < g->count && all; v++) {
            double times = g->weight[v] / step;
            all = fabs(times - round(times)) < 1e-9 * (1 + times);
        }
        if (all) {
            return step;
        }
    }
    return 0;
}

bool ent_box_graph_of(ent_arena *arena, const ent_scenario *s, ent_box_graph *g)
{
    *g = (ent_box_graph){.issues = s->issue_count, .parties = s->party_count};
    for (uint32_t p = 0; p < s->party_count; p++) {
        if (!is_sum_of_boxes(&s->utilities[p])) {
            return false;
        }
    }
    builder b = {arena, s, g, ENT_MOST_BOXES};
    g->weight = ent_alloc(arena, ENT_MOST_BOXES, double);
    g->party = ent_alloc(arena, ENT_MOST_BOXES, unsigned char);
    g->low = ent_alloc(arena, (size_t)ENT_MOST_BOXES * g->issues + 1, uint64_t);
    g->high = ent_alloc(arena, (size_t)ENT_MOST_BOXES * g->issues + 1, uint64_t);
    for (unsigned char p = 0; p < s->party_count; p++) {
        for (uint32_t i = 0; s->utilities[p].part != NULL && i < g->issues; i++) {
            if (!add_table(&b, p, i)) {
                return false;
            }
        }
        if (!add_boxes(&b, p)) {
            return false;
        }
    }
    find_conflicts(arena, g);
    g->step = common_step(g);
    return true;
}
