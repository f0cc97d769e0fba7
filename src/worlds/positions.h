/* Last positions and moves (docs/MODEL.md 4): what a party last offered, asked, took or held. */
#ifndef ENT_WORLDS_POSITIONS_H
#define ENT_WORLDS_POSITIONS_H

#include "worlds/dispute.h"

/* One claim as a position of its party; statement ENT_NONE: it has none. */
typedef struct ent_stated {
    uint32_t statement, claim;
    bool own;      /* its own side's word; otherwise it is shown "as X reports it" */
    bool believed; /* by the account; otherwise it was moved from */
} ent_stated;

/*
 * The party's last position in the account: the newest believed statement with a position of the
 * party, in it the last such claim. Where the account believes the party's side, its own word goes
 * before any report of it. O(claims).
 */
ent_stated ent_last_stated(const ent_case *c, const ent_account *account, uint32_t party);

/* The party's positions, believed or moved from, oldest first: *count of them. */
const ent_stated *ent_moves_of(ent_arena *arena, const ent_case *c, const ent_account *account,
                               uint32_t party, size_t *count);

#endif
