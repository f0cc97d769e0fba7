/*
 * Draws that are kept between computations: blocks of bytes by the hash of all that they were drawn
 * from. Asking again about a party whose statements have not changed then costs a copy. Results
 * never depend on it, since a draw is a function of what is hashed. Safe between threads.
 */
#ifndef ENT_BASE_DRAWS_H
#define ENT_BASE_DRAWS_H

#include "base/hash.h"
#include "entente.h"

#include <stdbool.h>
#include <stddef.h>

/* Copy the block of that name and size into out; false when it is not there. O(length). */
bool ent_draws_take(ent_draws *draws, const char name[ENT_HASH_ROOM], void *out, size_t length);
/* Keep a copy, and let go of those longest unused. Without memory nothing is kept. O(length). */
void ent_draws_keep(ent_draws *draws, const char name[ENT_HASH_ROOM], const void *block,
                    size_t length);

#endif
