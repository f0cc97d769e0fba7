/*
 * What a third party could add: the zone with and without the issues that it gives, one by one, and
 * the fewest steps of them that lift the best package. See docs/methods/sweep.md.
 */
#ifndef ENT_ANSWERS_THIRD_PARTY_H
#define ENT_ANSWERS_THIRD_PARTY_H

#include "answers/deals.h"

/* One of its issues, all others that it gives left at the status quo. */
typedef struct ent_third_issue {
    uint32_t issue;
    ent_zone zone;
    ent_deal best; /* levels NULL: there is no deal */
} ent_third_issue;

/* The best package in which it takes so many steps. */
typedef struct ent_third_rung {
    uint32_t steps; /* one for an option up, an item, or a range that moves at all */
    ent_deal deal;
} ent_third_rung;

typedef struct ent_third {
    uint32_t party;
    ent_zone without, with; /* none of its issues; all of them */
    ent_zone willing;       /* all of them, and it must itself accept */
    bool asked;             /* it must accept in any case: then `willing` is `with` */
    ent_deal best_without;  /* levels NULL: there is no deal */
    const ent_third_issue *issues;
    size_t issue_count;
    /* Each step more only where it lifts the joint share; from none. Empty where not swept. */
    const ent_third_rung *ladder;
    size_t rung_count;
    const uint32_t *statements; /* of the account that speak of it or of what it gives */
    size_t statement_count;
} ent_third;

/*
 * ENT_INVALID where the party gives no issue. A sweep, or a search, for each issue and three more;
 * the ladder is one pass over the outcomes.
 */
ent_status ent_answer_third(ent_work *work, const ent_analysis *analysis, size_t account,
                            uint32_t party, ent_third *third);

#endif
