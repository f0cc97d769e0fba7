/*
 * The zone's share, its standard error and interval. The best single deal is its control variate:
 * given an account parties are independent, so that the deal's joint share, a product, is known
 * better than by counting paired worlds; only the worlds in which another deal suits all and this
 * one does not are counted. So the zone never lies below the best deal.
 */
#ifndef ENT_ANSWERS_ZONE_H
#define ENT_ANSWERS_ZONE_H

#include "answers/tally.h"
#include "answers/verdict.h"

/* Fewer effective worlds than this are too few to speak of a percent. */
#define ENT_FEW_WORLDS 100.0

/*
 * in[worlds]: 1 where some deal suits all (NULL: nowhere). best: the deal of highest joint share,
 * its shares and verdicts known, or NULL where there is none. O(worlds * voters * k).
 */
ent_zone ent_zone_beside(ent_arena *arena, const ent_case *c, const ent_voters *voters,
                         uint32_t worlds, const uint8_t *in, const ent_deal *best);

/* That of a tally; judge: proved empty where it is, at most some 50,000 programs. Or NULL. */
ent_zone ent_zone_of_tally(ent_arena *arena, const ent_tally *tally, const ent_deal *best,
                           const ent_judge *judge);

/*
 * How often things held together in the tally's worlds, beside the deal or none (ent_together):
 * count[voters + 1][voters + 1]. O(worlds * voters^2).
 */
void ent_count_together(ent_arena *arena, const ent_tally *tally, const uint64_t *levels,
                        uint32_t *count);

/* Proved, so that there is no error left. */
void ent_zone_is_empty(ent_zone *zone);

#endif
