/* The lists of the whole answer. Internal to answers/whole*.c. */
#ifndef ENT_ANSWERS_WHOLE_LISTS_H
#define ENT_ANSWERS_WHOLE_LISTS_H

#include "answers/whole.h"

/* Nothing is as large as the accounts and parties of a case: all lists are made at once. */
void ent_whole_room(ent_arena *arena, const ent_analysis *analysis, const ent_whole_wish *wish,
                    ent_whole *whole);
/*
 * The account believes what an earlier one does: they are one with two names. What rests on last
 * positions it has from the first in which all sides stand where they do here; from none where that
 * is itself.
 */
void ent_whole_repeat(ent_whole *whole, size_t first, size_t placed, size_t account);

#endif
