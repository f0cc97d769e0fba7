/*
 * Branch and bound for cliques of boxes. The bound is the dual of the linear relaxation: cover the
 * conflicts by sets of pairwise disjoint boxes ("rivals", of which a clique holds at most one),
 * split each box's weight over the sets it is in, and add up the largest share in each set. Any
 * split gives an upper bound; subgradient steps make it close to the relaxation's value (Held,
 * Wolfe, Crowder, "Validation of subgradient optimization", Math. Programming 6, 1974; step length
 * after Polyak 1969). On graphs of boxes the relaxation is nearly tight: a few hundred nodes prove
 * a corner of the ANAC 2014 domains empty.
 *
 * At each node boxes without conflicts are taken, and boxes that another of the same party
 * replaces at no loss are dropped. The split is kept from node to node: it stays valid.
 *
 * The worst case is exponential; the number of nodes is limited, and reaching the limit is said.
 */
#include "bargain/cliques.h"

#include "bargain/conflict_cover.h"

#include <math.h>
#include <string.h>

enum { ROOT_STEPS = 200, NODE_STEPS = 20, PATIENCE = 10 };

struct ent_cliques {
    ent_work *work;
    const ent_box_graph *graph;
    uint64_t nodes, most_nodes;
    ent_rivals rivals;
    uint32_t *chosen; /* [sets] member of the largest share, UINT32_MAX where none is above 0 */
    double *held;     /* [boxes] share of its sets that chose it, summed over a node's steps */
    uint64_t *rows;   /* [boxes + 2][2][words] what is open and taken at each depth */
    double slack;     /* what rounding may do to a sum */
    /* the search at hand */
    double weigh[ENT_MOST_PARTIES];
    bool beyond;      /* look for a clique beyond the corner; otherwise for the best */
    double corner[ENT_MOST_PARTIES];
    double bar;       /* what a weighed sum must reach */
    double least;     /* what the last bound left above the bar */
    double excess;    /* that at the root */
    ent_clique *best;
    bool found;
    ent_clique_verdict verdict;
};

ent_cliques *ent_cliques_create(ent_work *work, const ent_box_graph *graph, uint64_t most_nodes)
{
    ent_cliques *c = ent_alloc(work->arena, 1, ent_cliques);
    *c = (ent_cliques){.work = work, .graph = graph, .most_nodes = most_nodes};
    ent_find_rivals(work->arena, graph, &c->rivals);
    c->chosen = ent_alloc(work->arena, c->rivals.sets + 1, uint32_t);
    c->held = ent_alloc(work->arena, graph->count + 1, double);
    c->rows = ent_alloc(work->arena, ((size_t)graph->count + 2) * 2 * graph->words + 1, uint64_t);
    c->slack = 1e-11 * (1 + ent_box_total(graph));
    return c;
}

/* What may still be taken, what has been, and the sums of that. */
typedef struct node {
    uint64_t *open, *taken;
    double sum[ENT_MOST_PARTIES];
} node;

static double weighed_sum(const ent_cliques *c, const double *sum)
{
    double all = 0;
    for (uint32_t p = 0; p < c->graph->parties; p++) {
        all += c->weigh[p] * sum[p];
    }
    return all;
}

void ent_clique_outcome(const ent_box_graph *g, const uint64_t *taken, uint64_t *levels,
                        double *sum)
{
    memset(levels, 0, g->issues * sizeof *levels);
    memset(sum, 0, g->parties * sizeof *sum);
    ENT_EACH(v, taken, g) {
        for (uint32_t i = 0; i < g->issues; i++) {
            uint64_t low = g->low[(size_t)v * g->issues + i];
            levels[i] = low > levels[i] ? low : levels[i];
        }
    }
    for (uint32_t v = 0; v < g->count; v++) {
        bool inside = true;
        for (uint32_t i = 0; i < g->issues && inside; i++) {
            inside = levels[i] >= g->low[(size_t)v * g->issues + i] &&
                     levels[i] <= g->high[(size_t)v * g->issues + i];
        }
        sum[g->party[v]] += inside ? g->weight[v] : 0;
    }
}

static double weighed(const ent_cliques *c, uint32_t v)
{
    return c->weigh[c->graph->party[v]] * c->graph->weight[v];
}

static void take_free(const ent_cliques *c, node *n)
{
    ENT_EACH(v, n->open, c->graph) {
        if (!ent_sets_meet(ent_conflicts(c->graph, v), n->open, c->graph->words)) {
            n->sum[c->graph->party[v]] += c->graph->weight[v];
            ent_set_put(n->taken, v);
            ent_set_drop(n->open, v);
        }
    }
}

/* Are v's open conflicts, u aside, all conflicts of u too? Then v can stand for u. */
static bool stands_for(const ent_cliques *c, const node *n, uint32_t v, uint32_t u)
{
    const uint64_t *of_v = ent_conflicts(c->graph, v), *of_u = ent_conflicts(c->graph, u);
    for (uint32_t i = 0; i < c->graph->words; i++) {
        uint64_t more = of_v[i] & n->open[i] & ~of_u[i];
        if (i == u / 64) {
            more &= ~(UINT64_C(1) << (u % 64));
        }
        if (more != 0) {
            return false;
        }
    }
    return true;
}

static void drop_replaceable(const ent_cliques *c, node *n)
{
    const ent_box_graph *g = c->graph;
    ENT_EACH(u, n->open, g) {
        ENT_EACH(v, ent_conflicts(g, u), g) {
            if (ent_set_has(n->open, v) && g->party[v] == g->party[u] &&
                g->weight[v] >= g->weight[u] && stands_for(c, n, v, u)) {
                ent_set_drop(n->open, u);
                break;
            }
        }
    }
}

/* The bound under the present split; notes the member of the largest share of each set. */
static double bound(ent_cliques *c, const node *n)
{
    const ent_rivals *r = &c->rivals;
    double sum = weighed_sum(c, n->sum);
    for (uint32_t s = 0; s < r->sets; s++) {
        double most = 0;
        uint32_t at = UINT32_MAX;
        for (uint32_t m = r->start[s]; m < r->start[s + 1]; m++) {
            uint32_t v = r->members[m].box;
            double value = r->members[m].share * weighed(c, v);
            if (value > most && ent_set_has(n->open, v)) {
                most = value;
                at = m;
            }
        }
        c->chosen[s] = at;
        sum += most;
    }
    return sum;
}

/* Can some party not reach the corner? The split is valid for each one's own weights. */
static bool falls_short(const ent_cliques *c, const node *n)
{
    const ent_rivals *r = &c->rivals;
    double sum[ENT_MOST_PARTIES];
    uint32_t parties = c->graph->parties;
    memcpy(sum, n->sum, sizeof sum);
    for (uint32_t s = 0; s < r->sets; s++) {
        double most[ENT_MOST_PARTIES] = {0};
        for (uint32_t m = r->start[s]; m < r->start[s + 1]; m++) {
            uint32_t v = r->members[m].box, p = c->graph->party[v];
            double value = r->members[m].share * c->graph->weight[v];
            if (value > most[p] && ent_set_has(n->open, v)) {
                most[p] = value;
            }
        }
        for (uint32_t p = 0; p < parties; p++) {
            sum[p] += most[p];
        }
    }
    for (uint32_t p = 0; p < parties; p++) {
        if (sum[p] < c->corner[p] - c->slack) {
            return true;
        }
    }
    return false;
}

/* The share of v's sets that have chosen it. */
static double chosen_share(const ent_cliques *c, uint32_t v)
{
    const ent_rivals *r = &c->rivals;
    uint32_t times = 0, from = r->places_start[v], to = r->places_start[v + 1];
    for (uint32_t k = from; k < to; k++) {
        times += c->chosen[r->members[r->places[k]].set] == r->places[k];
    }
    return (double)times / (to - from);
}

/* One step against the subgradient, of Polyak's length; false where it is zero. */
static bool improve(ent_cliques *c, const node *n, double above, double length)
{
    const ent_rivals *r = &c->rivals;
    double norm = 0;
    ENT_EACH(v, n->open, c->graph) {
        double share = chosen_share(c, v);
        c->held[v] += share;
        norm += share * (1 - share) * (r->places_start[v + 1] - r->places_start[v]);
    }
    if (norm < 1e-12) {
        return false;
    }
    double step = length * above / norm;
    ENT_EACH(v, n->open, c->graph) {
        double share = chosen_share(c, v);
        if (share <= 0 || share >= 1) {
            continue;
        }
        for (uint32_t k = r->places_start[v]; k < r->places_start[v + 1]; k++) {
            ent_member *m = &r->members[r->places[k]];
            double chose = c->chosen[m->set] == r->places[k] ? 1 : 0;
            m->share -= step * (chose - share) / weighed(c, v);
        }
    }
    return true;
}

/* Lower the bound step by step; true when it is below the bar. */
static bool cut_off(ent_cliques *c, const node *n, unsigned steps)
{
    double least = HUGE_VAL, length = 1.5;
    unsigned stale = 0, done = 0;
    memset(c->held, 0, c->graph->count * sizeof *c->held);
    while (done < steps) {
        double above = bound(c, n) - c->bar;
        if (above < -c->slack) {
            return true;
        }
        done++;
        if (above < least - c->slack) {
            least = above;
            stale = 0;
        } else if (++stale > PATIENCE) {
            length *= 0.6;
            stale = 0;
        }
        if (!improve(c, n, above + 1e-3 * (1 + fabs(c->bar)), length)) {
            break;
        }
    }
    for (uint32_t v = 0; v < c->graph->count; v++) {
        c->held[v] /= done;
    }
    c->least = least;
    return false;
}

/* The box that the relaxation is least sure of, heavy and with many conflicts first. */
static uint32_t choose_box(const ent_cliques *c, const node *n)
{
    const ent_box_graph *g = c->graph;
    uint32_t pick = g->count;
    double best = -1;
    ENT_EACH(v, n->open, g) {
        double sure = c->held[v] * (1 - c->held[v]);
        double conflicts = ent_set_common(ent_conflicts(g, v), n->open, g->words);
        double score = (0.02 + sure) * weighed(c, v) * (1 + conflicts / 2);
        if (score > best) {
            best = score;
            pick = v;
        }
    }
    return pick;
}

static void reach_leaf(ent_cliques *c, const node *n)
{
    double sum = weighed_sum(c, n->sum);
    bool good = c->beyond || sum >= c->bar - c->slack;
    for (uint32_t p = 0; c->beyond && p < c->graph->parties; p++) {
        good = good && n->sum[p] >= c->corner[p] - c->slack;
    }
    if (good) {
        memcpy(c->best->taken, n->taken, c->graph->words * sizeof *n->taken);
        memcpy(c->best->sum, n->sum, sizeof n->sum);
        c->found = true;
        c->bar = c->beyond ? c->bar : sum + 2 * c->slack; /* only better ones from here on */
    }
}

static bool is_over(ent_cliques *c)
{
    if (c->nodes >= c->most_nodes) {
        c->verdict = ENT_CLIQUE_LIMIT;
    } else if ((c->nodes & 0xff) == 0 && ent_tick(c->work, "frontier", c->nodes, 0)) {
        c->verdict = ENT_CLIQUE_STOPPED;
    }
    return c->verdict != ENT_CLIQUE_NONE || (c->found && c->beyond);
}

static void search(ent_cliques *c, node n, uint32_t depth)
{
    const ent_box_graph *g = c->graph;
    c->nodes++;
    take_free(c, &n);
    drop_replaceable(c, &n);
    take_free(c, &n);
    if (ent_set_next(n.open, 0, g->count) == g->count) {
        reach_leaf(c, &n);
        return;
    }
    if (c->beyond && g->parties > 2 && falls_short(c, &n)) {
        return;
    }
    if (cut_off(c, &n, depth == 0 ? ROOT_STEPS : NODE_STEPS)) {
        return;
    }
    c->excess = depth == 0 ? c->least : c->excess;
    if (is_over(c)) {
        return;
    }
    uint32_t v = choose_box(c, &n);
    node child = n;
    child.open = n.open + (size_t)2 * g->words; /* a depth's rows stand behind those above it */
    child.taken = child.open + g->words;
    ent_set_drop(n.open, v);
    for (uint32_t i = 0; i < g->words; i++) {
        child.open[i] = n.open[i] & ~ent_conflicts(g, v)[i];
        child.taken[i] = n.taken[i];
    }
    ent_set_put(child.taken, v);
    child.sum[g->party[v]] += g->weight[v];
    search(c, child, depth + 1);
    if (is_over(c)) {
        return;
    }
    memcpy(child.open, n.open, g->words * sizeof *n.open);
    memcpy(child.taken, n.taken, g->words * sizeof *n.taken);
    memcpy(child.sum, n.sum, sizeof n.sum);
    search(c, child, depth + 1);
}

static ent_clique_verdict start(ent_cliques *c, const double *weigh, ent_clique *clique)
{
    const ent_box_graph *g = c->graph;
    const ent_rivals *r = &c->rivals;
    for (uint32_t v = 0; v < g->count; v++) {
        for (uint32_t k = r->places_start[v]; k < r->places_start[v + 1]; k++) {
            r->members[r->places[k]].share = 1.0 / (r->places_start[v + 1] - r->places_start[v]);
        }
    }
    node root = {.open = c->rows, .taken = c->rows + g->words};
    memset(c->rows, 0, 2 * g->words * sizeof *c->rows);
    for (uint32_t v = 0; v < g->count; v++) {
        ent_set_put(root.open, v);
    }
    memcpy(c->weigh, weigh, g->parties * sizeof *weigh);
    c->best = clique;
    c->found = false;
    c->verdict = c->nodes >= c->most_nodes ? ENT_CLIQUE_LIMIT : ENT_CLIQUE_NONE;
    if (c->verdict == ENT_CLIQUE_NONE) {
        search(c, root, 0);
    }
    if (c->found && (c->beyond || c->verdict == ENT_CLIQUE_NONE)) {
        return ENT_CLIQUE_FOUND;
    }
    return c->verdict;
}

ent_clique_verdict ent_clique_best(ent_cliques *c, const double *weigh, double least,
                                   ent_clique *clique)
{
    c->beyond = false;
    c->bar = least;
    return start(c, weigh, clique);
}

ent_clique_verdict ent_clique_beyond(ent_cliques *c, const double *weigh, const double *corner,
                                     ent_clique *clique, double *excess)
{
    c->beyond = true;
    c->bar = 0;
    for (uint32_t p = 0; p < c->graph->parties; p++) {
        c->corner[p] = corner[p];
        c->bar += weigh[p] * corner[p];
    }
    c->excess = ent_box_total(c->graph);
    ent_clique_verdict verdict = start(c, weigh, clique);
    *excess = c->excess;
    return verdict;
}
