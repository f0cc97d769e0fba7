/*
 * What a party learns of the other side's values from its offers: the frequency model of
 * HardHeaded (T. van Krimpen, D. Looije, S. Hajizadeh, "HardHeaded", in: Complex Automated
 * Negotiations, 2013). A level is worth the more the oftener it is asked for; an issue weighs the
 * more the less its level changes from offer to offer. All other parties count as one.
 */
#ifndef ENT_HAGGLE_OPPONENT_H
#define ENT_HAGGLE_OPPONENT_H

#include "haggle/strategy.h"

typedef struct ent_opponent {
    uint32_t seen;      /* offers of the negotiation taken in */
    bool blind;         /* there are no issues, or too many levels, to learn from */
    double *weight;     /* [issues] adding up to 1 */
    double *count;      /* [sum of levels], an issue's behind one another */
    double *most;       /* [issues] the greatest count */
    uint32_t *first;    /* [issues] where an issue's counts begin */
    uint64_t *last, *now; /* [issues] the last offer's levels, and room */
    bool any;
} ent_opponent;

/* Bytes behind the ent_opponent, and its start there; call begin before each negotiation. */
size_t ent_opponent_room(const ent_haggle_table *table);
void ent_opponent_begin(ent_opponent *o, const ent_haggle_table *table, void *room);
/* Take in the offers since the last call. O(issues) each. */
void ent_opponent_learn(ent_opponent *o, const ent_haggler *h);
/* The estimated value of an entry to the others, 0 to 1; 0.5 where blind. O(issues). */
double ent_opponent_value(ent_opponent *o, const ent_haggle_table *table, uint32_t entry);

/*
 * Among the outcomes worth at least `want` to the party, up to `window` from there in its order,
 * that which the others are thought to like best. ENT_NO_ENTRY where there is none.
 */
uint32_t ent_opponent_best(ent_opponent *o, const ent_haggler *h, double want, uint32_t window);
/*
 * The party's own value at the estimated Nash point, over at most 2,048 of its rational outcomes,
 * evenly spread; its best where it has none.
 */
double ent_opponent_nash(ent_opponent *o, const ent_haggler *h);

#endif
