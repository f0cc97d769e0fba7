/*
 * Haggling in many worlds: in each, the deciders know their own values and bargain from their last
 * positions over the deals that can be had.
 */
#ifndef ENT_HAGGLE_WORLDS_H
#define ENT_HAGGLE_WORLDS_H

#include "haggle/negotiation.h"

/* One party over all worlds: v(entry) = sum over u of on[u][entry] * z[u][world]. */
typedef struct ent_worlds_party {
    uint32_t k;          /* components */
    const float *on;     /* [k][count], signed */
    const float *z;      /* [k][stride] */
    uint32_t stride;
    const float *b;      /* [worlds] reservation values */
    uint32_t opening;    /* the entry it starts from; ENT_NO_ENTRY: its best */
    const uint8_t *asks; /* [count] an approver: the deals that need its consent; NULL: a decider
                            or a member of a council that is not asked for itself */
    const uint8_t *keeps; /* [count] 0 where the deal crosses a line of the party; NULL: nowhere */
} ent_worlds_party;

/* An approver that votes: `votes` of its members must accept, and those with a veto. */
typedef struct ent_worlds_council {
    const uint8_t *asks;      /* [count] the deals that need its consent */
    uint32_t votes;
    uint64_t members, vetoes; /* bits of the game's parties */
} ent_worlds_council;

typedef struct ent_worlds_game {
    uint32_t count;   /* deals that can be had */
    uint32_t worlds;
    uint32_t deciders; /* the first of the parties; the others approve or vote */
    uint32_t parties;
    const ent_worlds_party *party; /* at most 64 where there are councils */
    const ent_worlds_council *council;
    uint32_t councils;
} ent_worlds_game;

typedef struct ent_worlds_deal {
    uint32_t entry;
    double share; /* of all worlds */
} ent_worlds_deal;

enum { ENT_WORLDS_DEALS = 5 };

typedef struct ent_worlds_side {
    double gain;    /* mean over the agreements of value less reservation; NaN without any */
    double part;    /* mean of gain over the most it could gain where all are as well off */
    double ahead;   /* share of the agreements in which its part is the greatest */
    double opening; /* share of worlds in which it can itself live with its opening */
} ent_worlds_side;

typedef struct ent_worlds_haggled {
    uint32_t worlds;
    double agreed, error; /* share of worlds that end in a deal, and its standard error */
    double possible;      /* share of worlds in which some deal suits all, approvers too */
    double ends[ENT_HAGGLE_ENDS]; /* shares; agreed includes those vetoed */
    double vetoed;        /* share in which an approver refuses what the deciders agreed on */
    double rounds;        /* mean number of rounds of the agreements; NaN without any */
    double left;          /* mean over the agreements of what all could still have gained at once */
    double efficient;     /* share of the agreements in which that is nothing */
    ent_worlds_side side[ENT_HAGGLE_PARTIES];
    ent_worlds_deal deals[ENT_WORLDS_DEALS]; /* the most frequent agreements */
    uint32_t deal_count;
} ent_worlds_haggled;

/*
 * Haggle in every world; chosen[deciders]. The result depends on the game and the rules alone,
 * never on work->threads. O(worlds * deciders * count * k) for the values and as much as the
 * strategies need. ENT_CANCELLED when asked to stop.
 */
ent_status ent_haggle_worlds(ent_work *work, const ent_worlds_game *game,
                             const ent_haggle_rules *rules, const ent_chosen_strategy *chosen,
                             const ent_haggle_table *form, ent_worlds_haggled *result);

#endif
