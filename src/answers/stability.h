/*
 * Stability in the graph model: would an actor move away from a state, when it thinks of no answer,
 * of any answer, or of answers that the others would like to give? And what would have to change?
 */
#ifndef ENT_ANSWERS_STABILITY_H
#define ENT_ANSWERS_STABILITY_H

#include "answers/graph.h"

/*
 * The concepts (Fang, Hipel and Kilgour 1993, chapter 3; symmetric SEQ: Rego and Vieira 2017).
 * An improvement is a move to a better state. A state is stable for an actor when none of its
 * improvements pays:
 *   nash  it has none
 *   gmr   after each, the others could move on to something no better than the state
 *   smr   the same, and from there the actor could not escape above the state either
 *   seq   as gmr, by improvements of the others alone
 *   sseq  as smr, by improvements of the others alone
 */
typedef enum ent_concept { ENT_NASH, ENT_GMR, ENT_SMR, ENT_SEQ, ENT_SSEQ, ENT_CONCEPTS }
    ent_concept;

extern const char *const ent_concept_names[ENT_CONCEPTS];

typedef struct ent_stability {
    uint8_t *const *verdicts; /* [actors][2^bits] bit c: stable under concept c */
    uint8_t *equilibrium;     /* [2^bits] the bits that all actors have */
} ent_stability;

/*
 * All verdicts. O(concepts * actors * (a closure, see graph.h)); with two actors whose options go
 * both ways O(2^options * (options + log 2^options)), and 8 * 5 * 2^options bytes of scratch.
 */
ent_stability ent_stability_of(ent_arena *arena, const ent_graph *graph);

/* Scratch for ent_stability_into: this many doubles. */
size_t ent_stability_room(const ent_graph *graph);
/* The same into memory that the caller has (for many worlds): clears and fills it. */
void ent_stability_into(const ent_graph *graph, double *scratch, ent_stability *stability);

/*
 * What the actor would have to think of the state: the least worth at which the state would be
 * stable under each concept, everything else as it is. needed[ENT_CONCEPTS]. A value that is not
 * above the state's worth says that it is stable already. Exact: see docs/methods/stability.md.
 */
void ent_stability_needs(ent_arena *arena, const ent_graph *graph, uint32_t actor, uint32_t state,
                         double needed[ENT_CONCEPTS]);
/* How many states the actor would have to rank no better than this one any more. */
size_t ent_stability_places(const ent_graph *graph, uint32_t actor, uint32_t state, double needed);

/* A path of moves: actors[k] goes to states[k]. */
typedef struct ent_path {
    const uint32_t *actors, *states;
    size_t length;
    bool found;
} ent_path;

/*
 * A shortest path from a state to another, by moves or by improvements of those who move;
 * actors is the mask of who may. O(moves).
 */
ent_path ent_shortest_path(ent_arena *arena, const ent_graph *graph, uint32_t actors,
                           uint32_t from, uint32_t to, bool better);

/* Why a verdict: one improvement of the actor and what the others would do about it. */
typedef struct ent_story {
    bool stable;
    bool improves;    /* there is an improvement; otherwise nothing below is set */
    uint32_t to;      /* the improvement: the one that pays, or the best one where none does */
    bool answered;    /* the others can make it not pay */
    ent_path answer;  /* how */
    bool escapes;     /* smr, sseq: not answered because the actor could get away to `escape` */
    uint32_t escape;
} ent_story;

/* The story of one actor in one state. O(states * moves) at worst. */
ent_story ent_stability_story(ent_arena *arena, const ent_graph *graph, uint32_t actor,
                              uint32_t state, ent_concept concept);

/*
 * A coalition (a mask of actors) together: a state is stable for it when none of its joint
 * improvements (reached by moves of its members in turn, better for every member) pays for all of
 * its members (Kilgour, Hipel, Fang and Peng 2001). Answers are moves (or improvements) of the
 * others in turn. verdict[2^bits] gets the bits of nash, gmr, smr and seq.
 * O(rounds * states * moves * states/64 + states^3) at worst, for at most ENT_COALITION_STATES
 * states; false beyond.
 */
enum { ENT_COALITION_STATES = 1024 };
bool ent_coalition_stability(ent_arena *arena, const ent_graph *graph, uint32_t coalition,
                             uint8_t *verdict);

#endif
