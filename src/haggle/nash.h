/* What the strategies that aim at the estimated Nash point share: nash and nice-tit-for-tat. */
#ifndef ENT_HAGGLE_NASH_H
#define ENT_HAGGLE_NASH_H

#include "haggle/opponent.h"

typedef struct ent_nash_seeker {
    ent_opponent opponent;
    double nash;         /* own value at the estimated Nash point */
    uint32_t nash_next;  /* the round + 1 from which it is estimated anew; 0: not yet */
    uint32_t round_next; /* the round + 1 that `next` is for */
    uint32_t next;
    double target;
    uint32_t seen;
    /* Own value of the first and of the best offer of each party; NaN: none. */
    double first[ENT_HAGGLE_PARTIES], best[ENT_HAGGLE_PARTIES];
} ent_nash_seeker;

size_t ent_nash_room(const ent_haggle_table *table, uint32_t party, uint32_t rounds);
void ent_nash_begin(ent_haggler *h);
/* Learn, set the target by target(h), and what comes next. */
uint32_t ent_nash_next(ent_haggler *h, double (*target)(ent_haggler *h));
ent_opponent *ent_nash_model(const ent_haggler *h);
/* AC_next, and in the last round anything rational. */
ent_answer ent_nash_answer(ent_haggler *h, uint32_t entry, double (*target)(ent_haggler *h));

#endif
