/*
 * Disputes: the minimal inconsistent sets of statements, and accounts grown from a case's record
 * (docs/MODEL.md 4).
 */
#ifndef ENT_WORLDS_DISPUTE_H
#define ENT_WORLDS_DISPUTE_H

#include "worlds/consistency.h"
#include "worlds/lines.h"

/* What a set of statements that cannot all be believed is (docs/methods/consistency.md). */
typedef enum ent_dispute_kind {
    ENT_DISPUTE, /* two accounts of one thing */
    ENT_MOVE,    /* a party changed its position, or is said to have */
    ENT_SILENCE, /* only if what was not mentioned was not asked or offered */
    ENT_DISPUTE_KINDS
} ent_dispute_kind;

typedef struct ent_dispute {
    const uint32_t *statements; /* ascending */
    size_t count;
    uint32_t party;           /* whose worlds it empties: the first in the case's order */
    const uint32_t *parties;  /* all of them, ascending */
    size_t party_count;
    ent_obstacle by;          /* for `party` */
    ent_dispute_kind kind;
    const uint32_t *moved_from; /* those that their own side has since moved from, ascending */
    size_t moved_count;
} ent_dispute;

/* One question in dispute: every statement of a collides with every one of b. */
typedef struct ent_question_in_dispute {
    uint32_t party;
    ent_dispute_kind kind;
    const uint32_t *a, *b; /* ascending; of a set of one, or of three and more: all in a, b empty */
    size_t a_count, b_count;
    const size_t *disputes; /* indices in ent_disputes.at */
    size_t dispute_count;
    bool live; /* of kind dispute, and none of its sets holds a statement that was moved from */
} ent_question_in_dispute;

typedef struct ent_disputes {
    const ent_dispute *at; /* smallest first, then by statements in file order */
    size_t count;
    /* The same as questions: live ones first, then moved-from, silence, moves; then by size. */
    const ent_question_in_dispute *questions;
    size_t question_count;
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

/*
 * All disputes among the statements that count, less what is withdrawn: counted[statement_count].
 * Each has its kind; none holds a supposition.
 */
ent_status ent_find_disputes(ent_work *work, const ent_case *c, const bool *counted,
                             ent_dispute_limits limits, ent_disputes *disputes);

/* The same of exactly these statements, suppositions and what is withdrawn included. */
ent_status ent_find_collisions(ent_work *work, const ent_case *c, const bool *on,
                               ent_dispute_limits limits, ent_disputes *disputes);

typedef enum ent_why_left {
    ENT_LEFT_LATER,       /* than as-of */
    ENT_LEFT_WITHDRAWN,   /* because: what superseded it */
    ENT_LEFT_ONLY,        /* the account keeps to what it names */
    ENT_LEFT_MOVED,       /* because: the set that excludes it is a move */
    ENT_LEFT_CONTRADICTS, /* because: a minimal set that it collides with */
    ENT_LEFT_WHYS
} ent_why_left;

typedef struct ent_left_out {
    uint32_t statement;
    ent_why_left why;
    const uint32_t *because; /* statements, ascending */
    size_t count;
    uint32_t party;  /* whose worlds would be empty; ENT_NONE where `why` is about no worlds */
    ent_obstacle by;
    uint32_t claim;  /* the one claim of several that is the cause, or ENT_NONE: "split it" */
} ent_left_out;

typedef struct ent_account {
    const char *id, *name;
    uint32_t party;       /* whose side it was grown from; ENT_NONE for an explicit account */
    bool consistent;      /* false: its core contradicts itself; the rest below is then the core */
    bool splits;          /* its own side contradicts itself: older statements are left out */
    const bool *in;       /* [statement_count] */
    const bool *core;     /* [statement_count] what it was grown from */
    const bool *sides;    /* [party_count] whose side it believes */
    const ent_left_out *left_out;
    size_t left_out_count;
    const ent_dispute *core_dispute; /* when not consistent: one smallest collision in the core */
    size_t same_as; /* index of the first account that believes the same; maybe its own */
} ent_account;

typedef struct ent_accounts {
    const ent_account *at;
    size_t count;
} ent_accounts;

/* Which statements there are to believe: [statement_count]; withdrawals are not yet settled. */
typedef struct ent_view {
    const bool *on;     /* those that count */
    const bool *forced; /* believed before all but suppositions in every account; NULL: none */
    const bool *later;  /* not on because they are later than as-of; NULL: none */
} ent_view;

/*
 * Grow the accounts of the case: the explicit ones, otherwise one for each decider. Each is grown
 * from what is supposed and forced, from what it names one by one, then from the sides it
 * believes, the newest word first; then, unless it keeps to those, from the assumptions and from
 * all others by credibility, what a side says of itself alone first, the newest first.
 */
ent_status ent_grow_accounts(ent_work *work, const ent_case *c, const ent_view *view,
                             ent_accounts *accounts);
/*
 * One of them again under another view, and of it what it believes alone: `in` and what it must
 * believe, not why the others are left out. `same_as` stays. What it must believe and contradicts
 * itself is told as by ent_grow_accounts.
 */
ent_status ent_regrow_account(ent_work *work, const ent_case *c, const ent_view *view,
                              ent_account *account);

/* Is the set consistent as a whole? Where not, *dispute is one minimal dispute in it. */
ent_status ent_consistent(ent_work *work, const ent_case *c, const bool *on, bool *consistent,
                          const ent_dispute **dispute);

#endif
