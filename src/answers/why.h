/*
 * Why: a number traced to the statements it rests on. For one deal, one account and one party: the
 * verdict with the statements that force it, and otherwise how the share would move if any one of
 * the statements about the party were left out.
 */
#ifndef ENT_ANSWERS_WHY_H
#define ENT_ANSWERS_WHY_H

#include "answers/deals.h"

typedef struct ent_reason {
    uint32_t statement;
    bool forces;    /* the verdict's proof needs it */
    double without; /* the party's share of worlds without this statement; NaN if not computed */
} ent_reason;

typedef struct ent_why_party {
    uint32_t party;
    double share;       /* of why_worlds, comparable with `without` */
    ent_verdict verdict;
    const ent_reason *reasons; /* statements with rows on the party; what forces it first */
    size_t count;
    const ent_line *line; /* of its own, which the deal crosses: impossible by that; or NULL */
} ent_why_party;

typedef struct ent_why {
    ent_deal deal;
    uint32_t worlds; /* drawn for each `without` */
    const ent_why_party *parties; /* those that the deal asks, and members of councils */
    size_t count;
} ent_why;

enum { ENT_WHY_WORLDS = 4000 };

/*
 * Cost: one draw of ENT_WHY_WORLDS worlds for each statement about each party that is asked. Other
 * statements stay as they are in the account: this is about constraints, not about what the
 * account would believe instead (influence.h).
 */
ent_status ent_answer_why(ent_work *work, const ent_analysis *analysis, size_t account,
                          const uint64_t *levels, ent_why *why);

#endif
