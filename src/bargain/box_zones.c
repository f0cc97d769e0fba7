/*
 * The frontier of boxes for any number of parties: zones (zones.c) searched for cliques
 * (cliques.c). Weights without a common step must be beaten by 1e-9 of their sum, as for two.
 */
#include "bargain/zones.h"

#include <string.h>

typedef struct seeker {
    const ent_box_graph *graph;
    ent_cliques *cliques;
    ent_clique clique;
} seeker;

static ent_clique_verdict beyond(void *user, const double *weigh, const double *corner,
                                 double *sum, uint64_t *levels, double *excess)
{
    seeker *s = user;
    ent_clique_verdict verdict =
        ent_clique_beyond(s->cliques, weigh, corner, &s->clique, excess);
    if (verdict == ENT_CLIQUE_FOUND) {
        ent_clique_outcome(s->graph, s->clique.taken, levels, sum);
    }
    return verdict;
}

ent_status ent_box_front_many(ent_work *work, const ent_box_graph *graph, uint64_t most_nodes,
                              ent_front *front)
{
    seeker s = {.graph = graph, .cliques = ent_cliques_create(work, graph, most_nodes)};
    s.clique.taken = ent_alloc(work->arena, graph->words + 1, uint64_t);
    ent_zones zones = {.work = work, .parties = graph->parties, .issues = graph->issues,
                       .user = &s, .beyond = beyond};
    zones.step = graph->step > 0 ? graph->step : 1e-9 * (1 + ent_box_total(graph));
    double slack = 1e-11 * (1 + ent_box_total(graph)); /* a sum may be that much off */
    for (uint32_t p = 0; p < graph->parties; p++) {
        zones.most[p] = graph->total[p] + slack;
    }
    ent_status status = ent_search_zones(&zones, front);
    if (status != ENT_OK) {
        return status;
    }
    double *value = ent_alloc(work->arena, front->count * graph->parties + 1, double);
    for (size_t i = 0; i < front->count * graph->parties; i++) {
        value[i] = front->value[i] + graph->constant[i % graph->parties];
    }
    front->value = value;
    return ENT_OK;
}
