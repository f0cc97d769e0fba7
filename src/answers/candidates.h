/*
 * Candidates: the packages that menus and questions choose among, with the zone and the best single
 * package that both are measured against.
 */
#ifndef ENT_ANSWERS_CANDIDATES_H
#define ENT_ANSWERS_CANDIDATES_H

#include "answers/bits.h"

/* Zone and best single package: the numbers that `deals` prints. */
typedef struct ent_best {
    ent_zone zone;
    ent_deal deal; /* levels NULL where no package can be had */
    ent_method method;
    bool proved; /* no package does better */
    uint64_t available; /* packages that can be had; 0 when not counted */
} ent_best;
ent_status ent_best_of(ent_work *work, const ent_analysis *analysis, size_t account,
                       ent_best *best);

/*
 * Does the zone say nothing that could move: no package in any world, or some in nearly all? What
 * is measured against it (influence, the headline) then looks at the best single package instead.
 */
#define ENT_ZONE_SATURATED 0.95
static inline bool ent_zone_says_little(const ent_zone *zone)
{
    return zone->share <= 0 || zone->share > ENT_ZONE_SATURATED;
}

typedef struct ent_candidates {
    const uint64_t *levels; /* [count][issues] */
    size_t count;
    bool complete; /* every package that can be had, or every one that could matter, is there */
} ent_candidates;

/*
 * Every available package in the order of the grid where the space is swept, as far as `most`
 * reach; with useful those alone that somebody's worlds let all accept. What goes beyond is left
 * out by its joint share. Where the space is searched: the best deals that the search lists, the
 * deals that it finds for single worlds, and the sides' last positions.
 */
ent_status ent_candidates_of(ent_work *work, const ent_bits *bits, const ent_best *best,
                             bool useful, size_t most, ent_candidates *candidates);

/* How readily a package is put in words: what somebody said and what lies near comes first. */
typedef struct ent_taste {
    const ent_space *space;
    const uint64_t *said; /* [said_count][issues] packages that claims name as accepted */
    size_t said_count;
    const uint64_t *positions; /* [position_count][issues] the sides' last positions */
    size_t position_count;
} ent_taste;
ent_taste ent_taste_of(ent_work *work, const ent_analysis *analysis, size_t account);
/*
 * Is package a to be told before b, where both do as much? What somebody has said before what
 * nobody has, then the fewest moves from the last positions, then the fewest issues off the status
 * quo, then the lower levels. A total order of outcomes.
 */
bool ent_tastes_better(const ent_taste *taste, const uint64_t *a, const uint64_t *b);

#endif
