/* Two-party scenarios of boxes as a graph: which boxes hold together, and what they are worth. */
#ifndef ENT_BARGAIN_BOXES_H
#define ENT_BARGAIN_BOXES_H

#include "base/work.h"
#include "model/scenario.h"

enum { ENT_MOST_BOXES = 1024 };

typedef struct ent_box_graph {
    uint32_t count, words, issues; /* vertices; words of a set of vertices */
    double *weight;                /* [count] above 0 */
    unsigned char *party;          /* [count] whom it is worth something to: 0 or 1 */
    uint64_t *low, *high;          /* [count][issues] closed bounds */
    uint64_t *conflict;            /* [count][words] boxes with no outcome in common */
    double constant[2];            /* what every outcome is worth to the party */
    double total[2];               /* sums of weights */
    double step;                   /* all weights are multiples of it; 0 when none is found */
} ent_box_graph;

/*
 * Every utility as constant + sum of the weights, all positive, of the boxes that contain the
 * outcome (see boxes.c). False where it cannot be, or takes more than ENT_MOST_BOXES.
 */
bool ent_box_graph_of(ent_arena *arena, const ent_scenario *scenario, ent_box_graph *graph);

static inline const uint64_t *ent_conflicts(const ent_box_graph *graph, uint32_t vertex)
{
    return graph->conflict + (size_t)vertex * graph->words;
}

#endif
