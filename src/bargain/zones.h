/*
 * A frontier for any number of parties from one question: is there an outcome that gives everybody
 * at least what the corner says? See zones.c.
 */
#ifndef ENT_BARGAIN_ZONES_H
#define ENT_BARGAIN_ZONES_H

#include "bargain/cliques.h"

typedef struct ent_zones {
    ent_work *work;
    uint32_t parties, issues;
    void *user;
    /*
     * Find an outcome beyond the corner: its sums and levels. weigh adds up to 1 and may direct
     * the search. Where the limit is reached *excess says how far above the corner one might be.
     */
    ent_clique_verdict (*beyond)(void *user, const double *weigh, const double *corner,
                                 double *sum, uint64_t *levels, double *excess);
    double floor[ENT_MOST_PARTIES]; /* no outcome is worth less */
    double most[ENT_MOST_PARTIES];  /* none is worth more */
    double step; /* two values differ by this or not at all; 0: they may differ by any amount */
} ent_zones;

/*
 * All points of the frontier, and perhaps some that they dominate. front->proved is false where
 * `beyond` or the limit on zones gave up; front->gap then bounds what was missed.
 */
ent_status ent_search_zones(const ent_zones *zones, ent_front *front);

#endif
