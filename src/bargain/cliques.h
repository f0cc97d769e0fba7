/* Cliques of greatest weight in a graph of boxes, for the weights of all parties at once. */
#ifndef ENT_BARGAIN_CLIQUES_H
#define ENT_BARGAIN_CLIQUES_H

#include "bargain/boxes.h"
#include "bargain/front.h"

typedef struct ent_cliques ent_cliques;

/* A set of boxes that hold together, and its weight for each party. */
typedef struct ent_clique {
    uint64_t *taken; /* [words] */
    double sum[ENT_MOST_PARTIES];
} ent_clique;

ent_cliques *ent_cliques_create(ent_work *work, const ent_box_graph *graph, uint64_t most_nodes);

/* The lowest outcome that is in all of the boxes, and what all boxes make it worth. */
void ent_clique_outcome(const ent_box_graph *graph, const uint64_t *taken, uint64_t *levels,
                        double *sum);

typedef enum ent_clique_verdict {
    ENT_CLIQUE_FOUND,
    ENT_CLIQUE_NONE,    /* proved that there is none */
    ENT_CLIQUE_LIMIT,   /* the nodes of all searches together are used up */
    ENT_CLIQUE_STOPPED, /* by the listener */
} ent_clique_verdict;

/*
 * A clique whose sum of weigh[p] * sum[p] is greatest and at least `least` (up to rounding).
 * weigh[parties] above 0.
 */
ent_clique_verdict ent_clique_best(ent_cliques *c, const double *weigh, double least,
                                   ent_clique *clique);
/*
 * A clique with sum[p] >= corner[p] for every party; weigh, which adds up to 1, directs the bound.
 * *excess is what the bound left at the root: no clique beyond the corner is more than that above
 * it for everybody.
 */
ent_clique_verdict ent_clique_beyond(ent_cliques *c, const double *weigh, const double *corner,
                                     ent_clique *clique, double *excess);

/* The frontier of a two-party scenario of boxes. front->parts are the scenario's issues. */
ent_status ent_box_front(ent_work *work, const ent_box_graph *graph, uint64_t most_nodes,
                         ent_front *front);
/* The same for any number of parties, see box_zones.c. */
ent_status ent_box_front_many(ent_work *work, const ent_box_graph *graph, uint64_t most_nodes,
                              ent_front *front);

#endif
