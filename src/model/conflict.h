/*
 * A conflict in option form, as the graph model for conflict resolution writes it (Fang, Hipel and
 * Kilgour, "Interactive Decision Making: The Graph Model for Conflict Resolution", 1993): options
 * that are taken or not, actors who hold them, patterns that cannot be, and preferences.
 *
 * A state is a bit mask: bit k says whether option k is taken. A state is named by its options'
 * Y and N in order and numbered among the states that can be, from 1, in ascending order.
 */
#ifndef ENT_MODEL_CONFLICT_H
#define ENT_MODEL_CONFLICT_H

#include "base/work.h"

/* Tables over all combinations of options are held in memory. */
enum { ENT_CONFLICT_OPTIONS = 22, ENT_CONFLICT_ACTORS = 24 };

typedef enum ent_direction {
    ENT_BOTH_WAYS,
    ENT_ONLY_ON, /* once taken it stays */
    ENT_ONLY_OFF
} ent_direction;

typedef struct ent_conflict_option {
    const char *name;
    ent_direction direction;
} ent_conflict_option;

/* Some options fixed: it holds in a state where (state & mask) == value. */
typedef struct ent_pattern {
    uint32_t mask, value;
} ent_pattern;

/* One preference statement: it holds in a state where any of its patterns does. */
typedef struct ent_wish {
    const ent_pattern *any;
    size_t count;
} ent_wish;

typedef struct ent_actor {
    const char *name;
    uint32_t options;      /* those it holds, as a mask */
    const ent_wish *wishes; /* the most important first */
    size_t wish_count;
    const uint32_t *tiers; /* by hand: [states] the tier of each state, 0 the best; or NULL */
    const ent_pattern *unseen; /* states that it does not know of */
    size_t unseen_count;
} ent_actor;

typedef struct ent_conflict {
    const char *title; /* or NULL */
    const ent_conflict_option *options;
    uint32_t option_count;
    const ent_actor *actors;
    uint32_t actor_count;
    const ent_pattern *infeasible;
    size_t infeasible_count;
    const uint32_t *coalitions; /* masks of actors, those of two and more */
    size_t coalition_count;
} ent_conflict;

/* Does one of the patterns hold in the state? */
bool ent_pattern_any(const ent_pattern *patterns, size_t count, uint32_t state);

/*
 * The states that can be, ascending: (*states)[*count]. O(2^options * patterns).
 */
void ent_conflict_states(ent_arena *arena, const ent_conflict *conflict, const uint32_t **states,
                         size_t *count);

/*
 * worth[count] of each state for the actor: greater is better, ties are equal, the numbers mean
 * nothing else. A statement outweighs all later ones together (option prioritising), unless the
 * states were ranked by hand. O(count * (statements + log count)).
 */
void ent_conflict_worth(ent_arena *arena, const ent_actor *actor, const uint32_t *states,
                        size_t count, double *worth);

/* "YNN" */
const char *ent_state_name(ent_arena *arena, uint32_t option_count, uint32_t state);

#endif
