/* Scenarios of boxes as a graph: which boxes hold together, and what they are worth. */
#ifndef ENT_BARGAIN_BOXES_H
#define ENT_BARGAIN_BOXES_H

#include "bargain/maxima.h"
#include "model/scenario.h"

enum { ENT_MOST_BOXES = 1024 };

typedef struct ent_box_graph {
    uint32_t count, words, issues; /* vertices; words of a set of vertices */
    double *weight;                /* [count] above 0 */
    unsigned char *party;          /* [count] whom it is worth something to */
    uint64_t *low, *high;          /* [count][issues] closed bounds */
    uint64_t *conflict;            /* [count][words] boxes with no outcome in common */
    uint32_t parties;
    double constant[ENT_MOST_PARTIES]; /* what every outcome is worth to the party */
    double total[ENT_MOST_PARTIES];    /* sums of weights */
    double step;                   /* all weights are multiples of it; 0 when none is found */
} ent_box_graph;

/*
 * Every utility as constant + sum of the weights, all positive, of the boxes that contain the
 * outcome (see boxes.c). False where it cannot be, or takes more than ENT_MOST_BOXES.
 */
bool ent_box_graph_of(ent_arena *arena, const ent_scenario *scenario, ent_box_graph *graph);

/* The weights of all boxes, and so more than any clique is worth. */
static inline double ent_box_total(const ent_box_graph *graph)
{
    double sum = 0;
    for (uint32_t p = 0; p < graph->parties; p++) {
        sum += graph->total[p];
    }
    return sum;
}

static inline const uint64_t *ent_conflicts(const ent_box_graph *graph, uint32_t vertex)
{
    return graph->conflict + (size_t)vertex * graph->words;
}

#endif
