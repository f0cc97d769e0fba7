/*
 * The exchange map. The scope of what a side gives is a sum over its issues, so it comes from one
 * table a side and issue; each available outcome then falls into one cell, where the best shares
 * are kept. The two-sided concession plane is in Raiffa, The Art and Science of Negotiation (1982),
 * ch. 11; measuring scope several ways side by side is ours.
 * Cost: O(outcomes * issues + outcomes log outcomes); the sort only counts distinct scopes.
 */
#include "answers/exchange.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    USUAL_CELLS = 12,
    EXACT_CELLS = 16, /* up to so many distinct scopes each have a cell of their own */
};

/* ---- Measures ----------------------------------------------------------------------------- */

bool ent_measure_called(const ent_case *c, const char *name, ent_measure *measure)
{
    for (uint32_t m = 0; m < c->metric_count; m++) {
        if (strcmp(c->metrics[m], name) == 0) {
            *measure = (ent_measure){ENT_SCOPE_METRIC, m};
            return true;
        }
    }
    bool parts = strcmp(name, "parts") == 0 || strcmp(name, "count") == 0;
    *measure = (ent_measure){parts ? ENT_SCOPE_PARTS : ENT_SCOPE_IMPORTANCE, 0};
    return parts || strcmp(name, "importance") == 0;
}

const char *ent_measure_name(const ent_case *c, ent_measure measure)
{
    switch (measure.scope) {
    case ENT_SCOPE_METRIC:
        return c->metrics[measure.metric];
    case ENT_SCOPE_PARTS:
        return "parts";
    case ENT_SCOPE_IMPORTANCE:
        break;
    }
    return "importance";
}

/* ---- Scopes ------------------------------------------------------------------------------- */

/* Mean importance of the component over the party's worlds; 0 where it does not get it. */
static double mean_importance(const ent_stakes *stakes, const ent_world_set *set,
                              uint32_t component)
{
    for (uint32_t u = 0; u < stakes->k; u++) {
        if (stakes->component[u] == component && stakes->sign[u] > 0) {
            double sum = 0;
            for (uint32_t w = 0; w < set->worlds; w++) {
                sum += (double)set->z[(size_t)u * set->stride + w];
            }
            return set->worlds > 0 ? sum / set->worlds : 0;
        }
    }
    return 0;
}

/*
 * What the component is worth to those who get it: to the other side of the plane where it does,
 * otherwise the mean over the deciders that do.
 */
static double worth(const ent_analysis *analysis, size_t account, const ent_axis *axis,
                    const ent_issue *issue, uint32_t component)
{
    const ent_case *c = analysis->c;
    const ent_world_set *sets = analysis->worlds[account].sets;
    if (issue->sign[axis->getter] > 0) {
        return mean_importance(analysis->stakes[axis->getter], &sets[axis->getter], component);
    }
    double sum = 0;
    uint32_t getters = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (c->parties[p].role == ENT_DECIDER && issue->sign[p] > 0) {
            sum += mean_importance(analysis->stakes[p], &sets[p], component);
            getters++;
        }
    }
    return getters > 0 ? sum / getters : 0;
}

/* The figure of a part by the metric, the middle of its range; NaN when the case gives none. */
static double figure_of(const ent_issue *issue, uint32_t metric, uint32_t part)
{
    for (size_t i = 0; i < issue->size_count; i++) {
        const ent_size *size = &issue->sizes[i];
        if (size->metric == metric && size->part == part && !isnan(size->value.low)) {
            return (size->value.low + size->value.high) / 2;
        }
    }
    return (double)NAN;
}

/* Scope that each component adds when it is switched on; false where the issue is not measured. */
static bool weigh_components(const ent_analysis *analysis, size_t account, const ent_axis *axis,
                             const ent_issue *issue, double *weight)
{
    double sum = 0;
    bool known = false;
    for (uint32_t j = 0; j < issue->components; j++) {
        weight[j] = 0;
        if (axis->measure.scope == ENT_SCOPE_PARTS) {
            weight[j] = 1;
        } else if (axis->measure.scope == ENT_SCOPE_IMPORTANCE) {
            weight[j] = worth(analysis, account, axis, issue, issue->first + j);
        } else if (issue->kind == ENT_ITEMS) {
            double figure = figure_of(issue, axis->measure.metric, j);
            known = known || !isnan(figure);
            weight[j] = isnan(figure) ? 0 : figure;
        } else if (issue->kind == ENT_OPTIONS) {
            /* An option's figure is that of the whole option; a step adds what is new in it. */
            double figure = figure_of(issue, axis->measure.metric, j + 1);
            known = known || !isnan(figure);
            weight[j] = isnan(figure) || figure < sum ? 0 : figure - sum;
            sum += weight[j];
        }
    }
    for (uint32_t j = 0; j < issue->components && !known; j++) {
        known = axis->measure.scope != ENT_SCOPE_METRIC && weight[j] > 0;
    }
    return known;
}

/* The tables of an axis; the most that can be given by it. */
static double weigh_axis(ent_arena *arena, const ent_analysis *analysis, size_t account,
                         ent_axis *axis)
{
    const ent_space *space = &analysis->c->space;
    double **scope = ent_alloc(arena, space->issue_count + 1, double *);
    bool *given = ent_alloc(arena, space->issue_count + 1, bool);
    bool *left_out = ent_alloc(arena, space->issue_count + 1, bool);
    double *weight = ent_alloc(arena, space->components + 1, double);
    double most = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        const ent_issue *issue = &space->issues[i];
        given[i] = ent_gives(issue, axis->giver);
        if (!given[i] || !weigh_components(analysis, account, axis, issue, weight)) {
            left_out[i] = given[i];
            continue;
        }
        scope[i] = ent_alloc(arena, issue->levels, double);
        double highest = 0;
        for (uint64_t level = 0; level < issue->levels; level++) {
            for (uint32_t j = 0; j < issue->components; j++) {
                scope[i][level] += weight[j] * ent_on(issue, level, j);
            }
            highest = fmax(highest, scope[i][level]);
        }
        most += highest;
    }
    axis->scope = scope;
    axis->given = given;
    axis->left_out = left_out;
    return most;
}

/* Importance is told as a share of all that could be got. */
static void scale_axis(const ent_space *space, ent_axis *axis, double most)
{
    for (uint32_t i = 0; i < space->issue_count && most > 0; i++) {
        for (uint64_t level = 0; axis->scope[i] != NULL && level < space->issues[i].levels;
             level++) {
            axis->scope[i][level] /= most;
        }
    }
}

static double make_axis(ent_arena *arena, const ent_analysis *analysis, size_t account,
                        ent_axis *axis)
{
    double most = weigh_axis(arena, analysis, account, axis);
    if (most <= 0 && axis->measure.scope == ENT_SCOPE_METRIC) {
        axis->measure = (ent_measure){ENT_SCOPE_IMPORTANCE, 0};
        most = weigh_axis(arena, analysis, account, axis);
    }
    if (axis->measure.scope == ENT_SCOPE_IMPORTANCE && most > 0) {
        scale_axis(&analysis->c->space, axis, most);
        most = 1;
    }
    return most;
}

double ent_scope_of(const ent_axis *axis, uint32_t issue_count, const uint64_t *levels)
{
    double sum = 0;
    for (uint32_t i = 0; i < issue_count; i++) {
        sum += axis->scope[i] != NULL ? axis->scope[i][levels[i]] : 0;
    }
    return sum;
}

/* ---- Cells -------------------------------------------------------------------------------- */

/* What fills the plane: outcomes with each side's share and the joint one. */
typedef struct filling {
    const ent_tally *tally;
    const double *joint; /* [outcomes] with a tally */
    ent_deals deals;     /* without */
    uint64_t *room;
    const uint64_t *levels; /* of the outcome at hand */
    double a, b, both;
    uint32_t party_a, party_b;
    uint64_t at, count;
} filling;

static bool next_outcome(filling *f)
{
    if (f->tally == NULL) {
        if (f->at >= f->deals.count) {
            return false;
        }
        const ent_deal *deal = &f->deals.at[f->at++];
        f->levels = deal->levels;
        f->a = deal->shares[f->party_a];
        f->b = deal->shares[f->party_b];
        f->both = deal->joint;
        return true;
    }
    while (f->at < f->count && f->tally->available[f->at] == 0) {
        f->at++;
    }
    if (f->at >= f->count) {
        return false;
    }
    ent_grid_outcome(&f->tally->grid, f->at, f->room);
    f->levels = f->room;
    f->a = (double)ent_tally_count(f->tally, f->party_a, f->levels) / f->tally->worlds;
    f->b = (double)ent_tally_count(f->tally, f->party_b, f->levels) / f->tally->worlds;
    f->both = f->joint[f->at++];
    return true;
}

static ent_status begin_filling(ent_work *work, const ent_analysis *analysis, size_t account,
                                const ent_tally *tally, const ent_exchange_map *e, filling *f)
{
    *f = (filling){.tally = tally, .party_a = e->x.giver, .party_b = e->y.giver};
    f->room = ent_alloc(work->arena, analysis->c->space.issue_count + 1, uint64_t);
    if (tally != NULL) {
        f->count = tally->grid.outcomes;
        f->joint = ent_tally_joint(work->arena, tally);
        return ENT_OK;
    }
    return ent_answer_deals(work, analysis, account, &(ent_deals_request){0}, &f->deals);
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Distinct values among the sorted ones, ties within rounding; at most EXACT_CELLS + 1 of them. */
static size_t distinct(const double *sorted, size_t count, double tie, double *values)
{
    size_t found = 0;
    for (size_t i = 0; i < count && found <= EXACT_CELLS; i++) {
        if (found == 0 || sorted[i] > values[found - 1] + tie) {
            values[found++] = sorted[i];
        }
    }
    return found;
}

/* Cells of the axis: one for each scope that occurs if these are few, else of equal width. */
static void cut_axis(ent_arena *arena, ent_axis *axis, double most, double *scopes, size_t count,
                     size_t cells)
{
    double *values = ent_alloc(arena, EXACT_CELLS + 2, double);
    qsort(scopes, count, sizeof *scopes, by_value);
    size_t found = distinct(scopes, count, 1e-9 * fmax(most, 1), values);
    bool exact = found > 0 && found <= EXACT_CELLS;
    axis->cells = exact ? found : most > 0 ? cells : 1;
    axis->values = exact ? values : NULL;
    double *edges = ent_alloc(arena, axis->cells + 1, double);
    for (size_t i = 1; i < axis->cells; i++) {
        edges[i] = exact ? (values[i - 1] + values[i]) / 2
                         : most * (double)i / (double)axis->cells;
    }
    edges[axis->cells] = most;
    axis->edges = edges;
}

size_t ent_axis_cell(const ent_axis *axis, double scope)
{
    /* Sums of the same parts in another order differ by rounding: lean to the upper cell. */
    double lean = 1e-9 * fmax(axis->edges[axis->cells], 1);
    size_t low = 0;
    size_t high = axis->cells - 1;
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        if (scope + lean >= axis->edges[middle]) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

static void keep_best(double *best, double share)
{
    *best = isnan(*best) || share > *best ? share : *best;
}

typedef struct plane {
    double *a, *b, *joint;
    uint64_t **levels;
} plane;

static void fill(ent_arena *arena, const ent_space *space, filling *f, const ent_exchange_map *e,
                 plane *p)
{
    f->at = 0;
    size_t bytes = space->issue_count * sizeof(uint64_t);
    while (next_outcome(f)) {
        size_t x = ent_axis_cell(&e->x, ent_scope_of(&e->x, space->issue_count, f->levels));
        size_t y = ent_axis_cell(&e->y, ent_scope_of(&e->y, space->issue_count, f->levels));
        size_t cell = y * e->x.cells + x;
        keep_best(&p->a[cell], f->a);
        keep_best(&p->b[cell], f->b);
        if (isnan(p->joint[cell]) || f->both > p->joint[cell]) {
            p->joint[cell] = f->both;
            if (p->levels[cell] == NULL) {
                p->levels[cell] = ent_alloc(arena, space->issue_count + 1, uint64_t);
            }
            memcpy(p->levels[cell], f->levels, bytes);
        }
    }
}

/* ---- Lines -------------------------------------------------------------------------------- */

static void draw_lines(ent_arena *arena, ent_exchange_map *e)
{
    size_t *line_a = ent_alloc(arena, e->x.cells + 1, size_t);
    size_t *line_b = ent_alloc(arena, e->x.cells + 1, size_t);
    for (size_t x = 0; x < e->x.cells; x++) {
        line_a[x] = line_b[x] = ENT_NO_LINE;
        for (size_t y = 0; y < e->y.cells; y++) {
            size_t cell = y * e->x.cells + x;
            if (isnan(e->best_a[cell])) {
                continue;
            }
            bool half_a = e->best_a[cell] >= 0.5;
            bool half_b = e->best_b[cell] >= 0.5;
            e->meeting += half_a && half_b;
            if (line_b[x] == ENT_NO_LINE) {
                line_a[x] = e->y.cells;
                line_b[x] = 0;
            }
            line_a[x] = half_a && y < line_a[x] ? y : line_a[x];
            line_b[x] = half_b ? y + 1 : line_b[x];
        }
    }
    e->line_a = line_a;
    e->line_b = line_b;
}

static void place_spots(ent_arena *arena, const ent_case *c, ent_exchange_map *e)
{
    ent_spot *spots = ent_alloc(arena, c->package_count + 1, ent_spot);
    uint64_t *levels = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    for (size_t i = 0; i < c->package_count; i++) {
        ent_package_outcome(&c->space, &c->packages[i], levels);
        spots[i] = (ent_spot){&c->packages[i], ent_scope_of(&e->x, c->space.issue_count, levels),
                              ent_scope_of(&e->y, c->space.issue_count, levels)};
    }
    e->spots = spots;
    e->spot_count = c->package_count;
}

/* ---- The answer --------------------------------------------------------------------------- */

/* The two parties: those asked for, or the first two deciders. */
static void choose_pair(const ent_case *c, const ent_exchange_request *request, uint32_t pair[2])
{
    size_t found = 0;
    pair[0] = request->a;
    pair[1] = request->b;
    for (uint32_t p = 0; p < c->party_count && request->a == ENT_NONE && found < 2; p++) {
        if (c->parties[p].role == ENT_DECIDER) {
            pair[found++] = p;
        }
    }
}

static void cut_axes(ent_arena *arena, const ent_case *c, filling *f, size_t cells,
                     const double most[2], ent_exchange_map *e)
{
    size_t room = f->tally != NULL ? (size_t)f->tally->available_count : f->deals.count;
    double *xs = ent_alloc(arena, room + 1, double);
    double *ys = ent_alloc(arena, room + 1, double);
    size_t count = 0;
    while (count < room && next_outcome(f)) {
        xs[count] = ent_scope_of(&e->x, c->space.issue_count, f->levels);
        ys[count++] = ent_scope_of(&e->y, c->space.issue_count, f->levels);
    }
    cut_axis(arena, &e->x, most[0], xs, count, cells);
    cut_axis(arena, &e->y, most[1], ys, count, cells);
}

ent_status ent_answer_exchange(ent_work *work, const ent_analysis *analysis, size_t account,
                               const ent_tally *tally, const ent_exchange_request *request,
                               ent_exchange_map *exchange)
{
    const ent_case *c = analysis->c;
    uint32_t pair[2];
    choose_pair(c, request, pair);
    *exchange = (ent_exchange_map){
        .x = {.giver = pair[0], .getter = pair[1], .measure = request->measure},
        .y = {.giver = pair[1], .getter = pair[0], .measure = request->measure},
        .complete = tally != NULL};
    double most[2] = {make_axis(work->arena, analysis, account, &exchange->x),
                      make_axis(work->arena, analysis, account, &exchange->y)};
    filling f;
    ent_status status = begin_filling(work, analysis, account, tally, exchange, &f);
    if (status != ENT_OK && status != ENT_LIMIT) {
        return status;
    }
    size_t cells = request->cells > 0 ? request->cells : USUAL_CELLS;
    cut_axes(work->arena, c, &f, cells, most, exchange);
    size_t all = exchange->x.cells * exchange->y.cells;
    plane p = {ent_alloc(work->arena, all, double), ent_alloc(work->arena, all, double),
               ent_alloc(work->arena, all, double), ent_alloc(work->arena, all, uint64_t *)};
    for (size_t i = 0; i < all; i++) {
        p.a[i] = p.b[i] = p.joint[i] = (double)NAN;
    }
    fill(work->arena, &c->space, &f, exchange, &p);
    exchange->best_a = p.a;
    exchange->best_b = p.b;
    exchange->best_joint = p.joint;
    exchange->joint_levels = p.levels;
    draw_lines(work->arena, exchange);
    place_spots(work->arena, c, exchange);
    return status;
}
