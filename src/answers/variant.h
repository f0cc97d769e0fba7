/*
 * Variants: an analysis in which something is otherwise. A statement on or off, members of councils
 * that vote otherwise, issues that stay where they are. ent_vary alone makes them, and a variant is
 * an analysis like any other: every answer can be asked of it, and what answers keep is its own.
 *
 * Where the record changes the account is grown anew, and worlds are drawn for those parties alone
 * about which other statements are believed. Parties are independent given an account, so the
 * others keep their worlds, which also makes the comparison a paired one. What was drawn is kept
 * with the analysis: two variants that leave a party the same statements share its worlds, and so
 * do two whose statements come to the same polytope (each row of one follows from the other's).
 */
#ifndef ENT_ANSWERS_VARIANT_H
#define ENT_ANSWERS_VARIANT_H

#include "answers/tally.h"

/* What is otherwise; all zero: nothing. */
typedef struct ent_otherwise {
    const bool *on;     /* [statements] what counts; NULL: as in the analysis */
    const bool *forced; /* [statements] believed before all others; NULL: as in the analysis */
    const ent_unnamed *unnamed; /* how council members vote that the case does not name */
    const bool *closed; /* [issues] that stay at the status quo */
    const ent_case *c;  /* the same case but for what its parties are asked about */
    uint32_t worlds;    /* look at the first so many of each party; 0: at all */
    /*
     * Draw worlds as an analysis of its own would, so that its numbers come out, even where those
     * of an equal polytope are at hand, which tell the change better.
     */
    bool afresh;
} ent_otherwise;

struct ent_variants;

typedef struct ent_variant {
    ent_analysis analysis; /* with worlds for the one account */
    size_t account;
    bool consistent; /* false: the account then contradicts itself and has no worlds */
    bool same;       /* nothing that a deal depends on is otherwise */
    bool plain;      /* the record alone is otherwise */
    ent_voters voters;
    const uint8_t *zone; /* [worlds] once ent_variant_zone was asked; NULL before */
    uint32_t zone_count;
    struct ent_variants *of; /* what the account's variants share */
} ent_variant;

/*
 * The account where the things are otherwise; allocated where they are kept. A statement that is
 * forced is believed instead of what it disputes: statements of the account's core that collide
 * with it are taken out, the last of a smallest collision first.
 */
ent_status ent_vary(ent_work *work, const ent_analysis *analysis, size_t account,
                    const ent_otherwise *otherwise, ent_variant **variant);
/* Find out its zone: by sweep where that is quicker, otherwise world by world. */
ent_status ent_variant_zone(ent_work *work, ent_variant *variant);
/* The outcomes that can be had in it, on the grid of all issues; NULL where that is too large. */
const uint8_t *ent_variant_available(ent_work *work, const ent_variant *variant,
                                     const ent_grid **grid);

/* Statements on, and forced, as the analysis has them, to be changed: [statements]. */
typedef struct ent_record_state {
    bool *on, *forced;
} ent_record_state;
ent_record_state ent_record_state_of(ent_arena *arena, const ent_analysis *analysis);
/* As it was. */
void ent_reset_record(const ent_analysis *analysis, ent_record_state *state);
/* Switch the statement: out where the account believes it, otherwise believed before all. */
void ent_switch_statement(ent_record_state *state, uint32_t statement, bool believed);

/*
 * The zone of a variant beside that of the whole analysis. Few worlds tell the change well, since
 * most are the same before and after; the level is what the many worlds tell: headline + change,
 * within 0 and 1.
 */
typedef struct ent_shift {
    double share, change;
    double error; /* standard error of the change; worlds are paired */
} ent_shift;
ent_shift ent_zone_shift(const ent_zone *headline, const ent_variant *base,
                         const ent_variant *variant);

#endif
