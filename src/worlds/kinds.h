/*
 * What a minimal inconsistent set of statements is (docs/MODEL.md 4): silence, a move or a dispute;
 * and whose worlds it empties.
 */
#ifndef ENT_WORLDS_KINDS_H
#define ENT_WORLDS_KINDS_H

#include "worlds/beliefs.h"
#include "worlds/dispute.h"

typedef struct ent_kinds ent_kinds;

/* Oracles are made when first needed and serve any number of sets. */
ent_kinds *ent_kinds_of(ent_arena *arena, const ent_beliefs *beliefs);

/*
 * Fill in parties, party, by and kind of a dispute whose statements are set. About one program for
 * each party that all of them speak of, and one more where something can be opened.
 */
void ent_kinds_judge(ent_kinds *kinds, ent_dispute *dispute);

/* Of the statements of a move, is this one older than another that is apart from it? */
bool ent_is_older_in(const ent_case *c, const ent_dispute *move, uint32_t statement);

#endif
