/*
 * An account under another record: grown anew with statements taken out or believed first, and its
 * worlds drawn anew for those parties alone whose statements changed. Parties are independent given
 * an account, so the others keep their worlds, which also makes the comparison a paired one.
 *
 * What was drawn is kept: two toggles that leave a party the same statements share its worlds, and
 * so do two whose statements come to the same polytope (each row of one follows from the other's).
 */
#ifndef ENT_ANSWERS_REGROW_H
#define ENT_ANSWERS_REGROW_H

#include "answers/tally.h"

/* A party's worlds under some of the statements about it. */
typedef struct ent_drawn {
    uint32_t party;
    const bool *key; /* [statements] those that are believed and say something about the party */
    const ent_polytope *polytope;
    ent_oracle *oracle; /* has decided its rows */
    const ent_world_set *set;
} ent_drawn;

/* An account under another record. */
typedef struct ent_regrown {
    bool consistent;
    const bool *in;    /* [statements] */
    ent_voters voters; /* with their worlds */
    ent_bans bans;
    const uint8_t *zone; /* [worlds] once ent_regrown_zone was asked; NULL before */
    uint32_t zone_count;
} ent_regrown;

typedef struct ent_regrower {
    ent_work *work;
    const ent_analysis *analysis;
    size_t account;
    ent_work quiet;     /* the same work, without warnings about every toggle's sample */
    uint32_t worlds;    /* used for every comparison: at most the analysis's */
    bool *forced;       /* [statements] what the settings force */
    ent_drawn **drawn;
    size_t drawn_count, drawn_room;
    ent_regrown **zones; /* whose zone is known */
    size_t zone_count, zone_room;
    ent_regrown base;   /* the account as it is, on `worlds` worlds */
    ent_grid grid;      /* of all issues */
    bool gridded;       /* the space may be swept */
    ent_bans bans;      /* those that `available` was made for */
    const uint8_t *available;
    uint64_t available_count;
} ent_regrower;

/* At most this many worlds are used where accounts are grown anew. */
enum { ENT_REGROWN_WORLDS = 2000 };

/* The account's regrower, made the first time it is asked for. */
ent_regrower *ent_regrower_of(ent_work *work, const ent_analysis *analysis, size_t account);
/*
 * on[statements], forced[statements]: what is on, and what is believed before anything else. Where
 * the account's core collides with what is forced, the colliding statements of the core are taken
 * out of `on`: "believed instead of what it disputes".
 */
ent_status ent_regrow(ent_regrower *regrower, bool *on, const bool *forced,
                      ent_regrown *regrown);
/* Do the same parties accept the same in each world of both, and can the same be had? */
bool ent_same_worlds(const ent_regrown *a, const ent_regrown *b);
/* The outcomes that can be had under the account's bans, made anew only when these change. */
const uint8_t *ent_regrown_available(ent_regrower *regrower, const ent_regrown *regrown);
/* Find out its zone: by sweep where that is quicker, otherwise world by world. */
ent_status ent_regrown_zone(ent_regrower *regrower, ent_regrown *regrown);

#endif
