/*
 * Influence (docs/MODEL.md 5.5): what to find out first. The zone share with one statement taken
 * out, or believed instead of what it disputes; accounts are grown anew each time. Where the zone
 * can hardly move (none, or nearly all worlds) the best single package is looked at in its place.
 */
#ifndef ENT_ANSWERS_INFLUENCE_H
#define ENT_ANSWERS_INFLUENCE_H

#include "answers/deals.h"

/* The zone, or the joint share of the best package, under another record. */
typedef struct ent_toggle {
    bool asked;      /* false: this toggle makes no sense here; the rest is empty */
    bool consistent; /* the account then contradicts itself: no share (NaN) */
    double share;    /* level + change */
    double change;
    double error;    /* standard error of the change, worlds paired where they are the same */
} ent_toggle;

typedef struct ent_influence_row {
    uint32_t statement;
    bool in;            /* the account believes it */
    ent_toggle without; /* asked where it is in */
    ent_toggle with;    /* believed before anything else; asked where it is left out */
} ent_influence_row;

/*
 * A question in dispute settled one way: one side given up and the other believed; of a set of one
 * or of three and more, one statement given up and the others believed.
 */
typedef struct ent_settlement {
    size_t question;           /* index in the questions of the disputes given */
    const uint32_t *given_up;  /* statements */
    size_t count;
    ent_toggle zone;
} ent_settlement;

typedef struct ent_influence {
    uint32_t worlds; /* that tell the changes: fewer, as every toggle draws anew */
    ent_zone base;   /* the zone as `deals` has it, on all worlds */
    const ent_deal *best; /* the best package where its joint share is looked at; else NULL */
    double level;         /* what the changes start from: base.share, or best->joint */
    /* The statements that are on and have claims, greatest change first. */
    const ent_influence_row *rows;
    size_t row_count;
    const ent_settlement *settlements; /* question by question; moves are none */
    size_t settlement_count;
} ent_influence;

enum { ENT_INFLUENCE_QUESTIONS = 20 };

/*
 * deals: the account's, as ent_answer_deals has them. zone_alone: whatever the zone, the changes
 * are those of the zone. disputes may be NULL; settlements are computed
 * for the first ENT_INFLUENCE_QUESTIONS of their questions.
 */
ent_status ent_answer_influence(ent_work *work, const ent_analysis *analysis, size_t account,
                                const ent_deals *deals, bool zone_alone,
                                const ent_disputes *disputes, ent_influence *influence);

#endif
