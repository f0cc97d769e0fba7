/*
 * Many negotiations on one table, step by step side by side, so that strategies of the calling
 * program are asked about all of them at once. Each comes to what it would come to alone.
 */
#ifndef ENT_HAGGLE_TOGETHER_H
#define ENT_HAGGLE_TOGETHER_H

#include "haggle/negotiation.h"

typedef struct ent_gathering {
    const ent_haggle_table *table;
    const ent_haggle_rules *rules; /* whose parties take turns (alternating.h) */
    const char *scenario;          /* its name */
    uint32_t count;
    uint64_t first; /* number of the first run; they count up */
    /* Who plays the party in the k-th negotiation. */
    const ent_chosen_strategy *(*seat)(void *user, uint32_t k, uint32_t party);
    /* The k-th is over; *n lasts as long as the call. */
    void (*over)(void *user, uint32_t k, const ent_negotiation *n);
    void *user;
} ent_gathering;

/* Is any of them the calling program's? */
bool ent_any_caller(const ent_chosen_strategy *chosen, size_t count);
/* Refuse them, as `what` ("the worlds of a case") is nothing that they play in: H112. */
ent_status ent_refuse_callers(ent_work *work, const ent_chosen_strategy *chosen, size_t count,
                              const char *what);

/* ENT_CANCELLED: a strategy wants the call to stop. */
ent_status ent_negotiate_together(ent_work *work, const ent_gathering *gathering);

#endif
