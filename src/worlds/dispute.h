/*
 * Disputes: the minimal inconsistent sets of statements, and accounts grown from a case's record
 * (model.md 4).
 */
#ifndef ENT_WORLDS_DISPUTE_H
#define ENT_WORLDS_DISPUTE_H

#include "worlds/consistency.h"

typedef struct ent_dispute {
    const uint32_t *statements; /* ascending */
    size_t count;
    uint32_t party;  /* whose worlds it empties */
    bool by_cannot;  /* a `cannot` removes a package that a claim says is accepted */
} ent_dispute;

typedef struct ent_disputes {
    const ent_dispute *at; /* smallest first, then by statements in file order */
    size_t count;
    bool complete;         /* false: a limit was reached; there are more */
    size_t all_up_to;      /* proved: those of at most so many statements are all there */
    const uint32_t *drop;  /* when not complete: a fewest set of statements to drop ... */
    size_t drop_count;
    bool drop_proved;      /* ... proved to be the fewest */
    uint64_t programs;     /* linear programs solved */
} ent_disputes;

typedef struct ent_dispute_limits {
    size_t disputes;   /* stop after this many; 0: 2,000 */
    /* or after this many linear programs; 0: 100,000, or sooner when nothing more turns up */
    uint64_t programs;
} ent_dispute_limits;

/* All disputes among the statements that are on: on[statement_count]. */
ent_status ent_find_disputes(ent_work *work, const ent_case *c, const bool *on,
                             ent_dispute_limits limits, ent_disputes *disputes);

typedef struct ent_left_out {
    uint32_t statement;
    const uint32_t *because; /* a minimal set of the account's statements that it collides with */
    size_t count;
    uint32_t party;
} ent_left_out;

typedef struct ent_account {
    const char *id, *name;
    uint32_t party;       /* whose side it was grown from; ENT_NONE for an explicit account */
    bool consistent;      /* false: its core contradicts itself; the rest below is then the core */
    bool splits;          /* its own side contradicts itself: later statements are left out */
    const bool *in;       /* [statement_count] */
    const bool *core;     /* [statement_count] what it was grown from */
    const ent_left_out *left_out;
    size_t left_out_count;
    const ent_dispute *core_dispute; /* when not consistent: one smallest collision in the core */
} ent_account;

typedef struct ent_accounts {
    const ent_account *at;
    size_t count;
} ent_accounts;

/*
 * Grow the accounts of the case from the statements that are on: the explicit ones, otherwise one
 * for each decider. forced[statement_count] (may be NULL) are believed before anything else in
 * every account (`--with`).
 */
ent_status ent_grow_accounts(ent_work *work, const ent_case *c, const bool *on, const bool *forced,
                             ent_accounts *accounts);

/* Is the set consistent as a whole? Where not, *dispute is one minimal dispute in it. */
ent_status ent_consistent(ent_work *work, const ent_case *c, const bool *on, bool *consistent,
                          const ent_dispute **dispute);

/* The packages that are not available under the statements that are on, from `cannot` claims. */
typedef struct ent_bans {
    const ent_package *at; /* outcomes that reach one of them are not available */
    const uint32_t *statement; /* [count] who says so */
    size_t count;
} ent_bans;
ent_bans ent_bans_of(ent_arena *arena, const ent_case *c, const bool *on);

#endif
