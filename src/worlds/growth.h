/* Growing consistent sets of statements one by one on warm oracles, one for each party. */
#ifndef ENT_WORLDS_GROWTH_H
#define ENT_WORLDS_GROWTH_H

#include "worlds/beliefs.h"
#include "worlds/dispute.h"

typedef struct ent_row_list {
    const ent_row **at;
    size_t count, room;
} ent_row_list;

/* One set in the making; the oracles serve any number of sets after one another. */
typedef struct ent_growth {
    ent_arena *arena;
    ent_beliefs beliefs;
    ent_oracle **oracles; /* [parties] */
    ent_row_list *rows;   /* [parties] what each oracle has decided */
    ent_asker *askers;    /* [parties] for reasons; made when first needed */
    bool *in;             /* the set: the caller's [statement_count] */
} ent_growth;

ent_growth ent_growth_of(ent_arena *arena, const ent_beliefs *beliefs);
/* Begin with the empty set. in[statement_count] is cleared. */
void ent_growth_begin(ent_growth *growth, bool *in);
/*
 * Take the statement in if the set stays consistent. Otherwise *reason says which minimal part of
 * the set it collides with. A few pivots; a reason costs about a program for each statement in it.
 * reason NULL: nobody asks.
 */
bool ent_growth_take_in(ent_growth *growth, uint32_t statement, ent_left_out *reason);
/*
 * Does the statement collide with these of the set (ascending) about the party? Then *reason says
 * with which minimal part of them. About a program for each of them.
 */
bool ent_growth_collides(ent_growth *growth, uint32_t party, uint32_t statement,
                         const uint32_t *of, size_t count, ent_left_out *reason);
/* Does a line, the k-th clash of the beliefs, stand between the statement and one of the set? */
bool ent_growth_clashes(ent_growth *growth, size_t k, uint32_t statement, ent_left_out *reason);
/*
 * Of a statement of several claims that was not taken in: the one claim without which it would have
 * been, into reason->claim. A few pivots a claim.
 */
void ent_growth_blame(ent_growth *growth, ent_left_out *reason);
/* The statement and what it collides with, as a dispute. */
ent_dispute ent_growth_dispute(ent_growth *growth, const ent_left_out *reason);

#endif
