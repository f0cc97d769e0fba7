/*
 * The frontier of boxes by searches for cliques. First the corners of its convex hull, by weighing
 * the parties so that the two neighbours are worth the same and looking for more (dichotomy after
 * Aneja and Nair, "Bicriteria transportation problem", Management Science 25, 1979). Then, between
 * each two neighbours (a, b) and (a', b') with a < a', a search for a clique with more than a and
 * more than b': what is found becomes a neighbour, and where the search proves that there is none
 * the gap is closed. The parties are weighed there so that the points known leave the least
 * possible bound, which is what makes a few hundred nodes enough.
 *
 * Weights that are multiples of a common step (whole numbers, decimals) must be beaten by a step;
 * others by 1e-9 of their sum, so that points closer than that count as one.
 */
#include "bargain/cliques.h"

#include <math.h>
#include <string.h>

typedef struct spot {
    double sum[2];
    uint64_t *levels; /* [issues] */
} spot;

typedef struct sweep {
    ent_work *work;
    const ent_box_graph *graph;
    ent_cliques *cliques;
    ent_clique clique; /* what the last search found */
    struct {
        spot *at; /* by rising sum[0], undominated */
        size_t count, room;
    } spots;
    double step[2];
    double gap;
    bool stopped, limited;
} sweep;

static spot spot_of(const sweep *s, const uint64_t *taken)
{
    spot p = {.levels = ent_alloc(s->work->arena, s->graph->issues + 1, uint64_t)};
    ent_clique_outcome(s->graph, taken, p.levels, p.sum);
    return p;
}

static bool covers(const spot *a, const spot *b)
{
    return a->sum[0] >= b->sum[0] && a->sum[1] >= b->sum[1];
}

/* Put the spot among the others in order, and drop what it dominates; false if it is itself. */
static bool insert(sweep *s, spot p)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->spots.count; i++) {
        if (covers(&s->spots.at[i], &p)) {
            return false;
        }
    }
    for (size_t i = 0; i < s->spots.count; i++) {
        if (!covers(&p, &s->spots.at[i])) {
            s->spots.at[kept++] = s->spots.at[i];
        }
    }
    s->spots.count = kept;
    (void)ent_push(s->work->arena, &s->spots);
    while (kept > 0 && s->spots.at[kept - 1].sum[0] > p.sum[0]) {
        s->spots.at[kept] = s->spots.at[kept - 1];
        kept--;
    }
    s->spots.at[kept] = p;
    return true;
}

static double fit_share(double share)
{
    return share < 0.001 ? 0.001 : share > 0.999 ? 0.999 : share;
}

/* True where a better clique was found and put in. */
static bool improve(sweep *s, double share, double least)
{
    double weigh[2] = {share, 1 - share};
    ent_clique_verdict verdict = ent_clique_best(s->cliques, weigh, least, &s->clique);
    s->stopped = s->stopped || verdict == ENT_CLIQUE_STOPPED;
    if (verdict != ENT_CLIQUE_FOUND) {
        return false;
    }
    return insert(s, spot_of(s, s->clique.taken));
}

/* Between two spots of the hull, the one furthest out; then between it and each of them. */
static void widen(sweep *s, const double *left, const double *right)
{
    double rise = left[1] - right[1], run = right[0] - left[0];
    if (!(rise > 0) || !(run > 0) || s->stopped) {
        return;
    }
    double share = fit_share(rise / (rise + run));
    double worth = fmax(share * left[0] + (1 - share) * left[1],
                        share * right[0] + (1 - share) * right[1]);
    double more = 1e-9 * (1 + ent_box_total(s->graph));
    if (!improve(s, share, worth + more)) {
        return;
    }
    double found[2] = {s->clique.sum[0], s->clique.sum[1]};
    if (found[0] > left[0] && found[0] < right[0]) {
        widen(s, left, found);
        widen(s, found, right);
    }
}

static double worst(const sweep *s, const double *corner, double share)
{
    double most = -HUGE_VAL;
    for (size_t i = 0; i < s->spots.count; i++) {
        most = fmax(most, share * (s->spots.at[i].sum[0] - corner[0]) +
                              (1 - share) * (s->spots.at[i].sum[1] - corner[1]));
    }
    return most;
}

/* The share under which the known spots reach least far beyond the corner: a convex function. */
static double best_share(const sweep *s, const double *corner)
{
    double low = 0, high = 1;
    for (int i = 0; i < 60; i++) {
        double a = low + (high - low) / 3, b = high - (high - low) / 3;
        if (worst(s, corner, a) < worst(s, corner, b)) {
            high = b;
        } else {
            low = a;
        }
    }
    return fit_share((low + high) / 2);
}

/* Look beyond the spot before gap k and the one after it; true where a spot was put in. */
static bool fill_gap(sweep *s, size_t k)
{
    double corner[2] = {0, 0}, excess = 0;
    if (k > 0) {
        corner[0] = s->spots.at[k - 1].sum[0] + s->step[0];
    }
    if (k < s->spots.count) {
        corner[1] = s->spots.at[k].sum[1] + s->step[1];
    }
    double share = best_share(s, corner), weigh[2] = {share, 1 - share};
    ent_clique_verdict verdict = ent_clique_beyond(s->cliques, weigh, corner, &s->clique, &excess);
    if (verdict == ENT_CLIQUE_FOUND) {
        return insert(s, spot_of(s, s->clique.taken));
    }
    s->stopped = s->stopped || verdict == ENT_CLIQUE_STOPPED;
    if (verdict == ENT_CLIQUE_LIMIT) {
        s->limited = true;
        s->gap = fmax(s->gap, excess + fmax(s->step[0], s->step[1]));
    }
    return false;
}

static void collect(const sweep *s, ent_front *front)
{
    size_t n = s->graph->issues, count = s->spots.count;
    double *value = ent_alloc(s->work->arena, 2 * count, double);
    uint64_t *levels = ent_alloc(s->work->arena, count * n + 1, uint64_t);
    for (size_t i = 0; i < count; i++) {
        for (int p = 0; p < 2; p++) {
            value[2 * i + (size_t)p] = s->graph->constant[p] + s->spots.at[i].sum[p];
        }
        if (n > 0) {
            memcpy(levels + i * n, s->spots.at[i].levels, n * sizeof *levels);
        }
    }
    *front = (ent_front){.parties = 2, .parts = s->graph->issues, .count = count, .value = value,
                         .levels = levels, .proved = !s->limited, .gap = s->gap};
}

ent_status ent_box_front(ent_work *work, const ent_box_graph *graph, uint64_t most_nodes,
                         ent_front *front)
{
    sweep s = {.work = work, .graph = graph,
               .cliques = ent_cliques_create(work, graph, most_nodes)};
    s.clique.taken = ent_alloc(work->arena, graph->words + 1, uint64_t);
    double scale = 1 + ent_box_total(graph);
    for (int p = 0; p < 2; p++) {
        s.step[p] = graph->step > 0 ? graph->step : 1e-9 * scale;
        (void)improve(&s, p == 0 ? 0.999 : 0.001, 0);
    }
    if (s.spots.count > 1) {
        double left[2] = {s.spots.at[0].sum[0], s.spots.at[0].sum[1]};
        const spot *last = &s.spots.at[s.spots.count - 1];
        double right[2] = {last->sum[0], last->sum[1]};
        widen(&s, left, right);
    }
    for (size_t k = 0; k <= s.spots.count && !s.stopped;) {
        k += fill_gap(&s, k) ? 0 : 1;
    }
    if (s.stopped && s.spots.count == 0) {
        return ENT_CANCELLED;
    }
    collect(&s, front);
    front->stopped = s.stopped;
    front->proved = front->proved && !s.stopped;
    return ENT_OK;
}
