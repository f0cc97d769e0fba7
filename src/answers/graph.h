/*
 * The graph of a conflict: who can go alone from which state to which, kept implicit.
 *
 * A state is a bit mask of the options taken. Actor a moves from s to t when they differ only in
 * options that a holds, each changed in a direction it may take, t can be, and a sees both. With
 * moves of this form two moves of one actor in a row make one move (or lead back), so "legal
 * sequences in which nobody moves twice running" reach what any sequence reaches, and also for
 * sequences of improvements.
 *
 * Moves are never listed. The greatest value over all states that an actor can reach is a zeta
 * transform over its options, and over improvements a pass over its classes in order of worth.
 */
#ifndef ENT_ANSWERS_GRAPH_H
#define ENT_ANSWERS_GRAPH_H

#include "base/work.h"
#include "model/conflict.h"

#include <math.h>

/* Below every worth: where a state cannot be. */
#define ENT_LOWEST (-HUGE_VAL)

/* States of an actor's classes (all its reversible moves), each class by falling worth. */
typedef struct ent_ladder {
    uint32_t *states;
    const uint32_t *starts; /* [classes + 1] */
    size_t classes;
} ent_ladder;

typedef struct ent_graph {
    const ent_work *work; /* who may ask to stop, after which tables hold anything; NULL: nobody */
    uint32_t bits; /* options; tables have 2^bits entries */
    uint32_t actors;
    uint32_t only_on, only_off;  /* options with one direction */
    const uint32_t *own;         /* [actors] the options of each */
    const uint8_t *feasible;     /* [2^bits] */
    const uint8_t *const *seen;  /* [actors][2^bits], or NULL for an actor that sees everything */
    const double *const *worth;  /* [actors][2^bits] greater is better */
    const ent_ladder *ladder;    /* [actors] */
    const uint32_t *states;      /* the states that can be, ascending */
    size_t count;
} ent_graph;

/* Has somebody asked to stop? What works on tables of all states then returns at once. */
static inline bool ent_graph_is_over(const ent_graph *graph)
{
    return graph->work != NULL && ent_stopped(graph->work);
}

/*
 * The conflict as a graph; worth nothing where the work was to stop. O(2^options * (options +
 * patterns + statements)).
 */
ent_graph ent_graph_of(const ent_work *work, const ent_conflict *conflict);
/* Fill in what follows from the rest: states, count and ladder. */
void ent_graph_finish(ent_arena *arena, ent_graph *graph);

/* Put the ladders in order again after the worths have changed in place. O(states log^2 states). */
void ent_graph_resort(const ent_graph *graph);

/* The options that the actor may change in the state, as a mask. */
uint32_t ent_graph_free(const ent_graph *graph, uint32_t actor, uint32_t state);
/* May the actor go from the one state to the other (which must differ)? */
bool ent_graph_move(const ent_graph *graph, uint32_t actor, uint32_t from, uint32_t to);

/*
 * f[s] := greatest f over s and what the actor can move to from s; f is ENT_LOWEST where a state
 * cannot be. scratch[2^bits], for ent_graph_close twice that. O(2^bits * options of the actor).
 */
void ent_graph_spread(const ent_graph *graph, uint32_t actor, double *f, double *scratch);
/*
 * The same over moves that are better for the mover. O(2^bits), or O(moves) with one-way options.
 * Says whether anything changed.
 */
bool ent_graph_spread_better(const ent_graph *graph, uint32_t actor, double *f);
/*
 * f[s] := greatest f over s and all that the actors (a mask) can reach from s by moves in turn,
 * or by improvements in turn. O(rounds * the above), rounds at most the longest path needed.
 */
void ent_graph_close(const ent_graph *graph, uint32_t actors, bool better, double *f,
                     double *scratch);

#endif
