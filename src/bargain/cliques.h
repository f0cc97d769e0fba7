/* Cliques of greatest weight in a graph of boxes, for two weights at once. */
#ifndef ENT_BARGAIN_CLIQUES_H
#define ENT_BARGAIN_CLIQUES_H

#include "bargain/boxes.h"
#include "bargain/front.h"

typedef struct ent_cliques ent_cliques;

/* A set of boxes that hold together, and its weight for each party. */
typedef struct ent_clique {
    uint64_t *taken; /* [words] */
    double sum[2];
} ent_clique;

ent_cliques *ent_cliques_create(ent_work *work, const ent_box_graph *graph, uint64_t most_nodes);

typedef enum ent_clique_verdict {
    ENT_CLIQUE_FOUND,
    ENT_CLIQUE_NONE,    /* proved that there is none */
    ENT_CLIQUE_LIMIT,   /* the nodes of all searches together are used up */
    ENT_CLIQUE_STOPPED, /* by the listener */
} ent_clique_verdict;

/*
 * A clique whose weight share*sum[0] + (1 - share)*sum[1] is greatest and at least `least`
 * (up to rounding). 0 < share < 1.
 */
ent_clique_verdict ent_clique_best(ent_cliques *c, double share, double least, ent_clique *clique);
/*
 * A clique with sum[0] >= corner[0] and sum[1] >= corner[1]; share directs the bound. *excess is
 * what the bound left at the root: no clique beyond the corner is more than that above it for both.
 */
ent_clique_verdict ent_clique_beyond(ent_cliques *c, double share, const double *corner,
                                     ent_clique *clique, double *excess);

/* The frontier of a two-party scenario of boxes. front->parts are the scenario's issues. */
ent_status ent_box_front(ent_work *work, const ent_box_graph *graph, uint64_t most_nodes,
                         ent_front *front);

#endif
