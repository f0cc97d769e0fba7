/*
 * Plans: the steps of a deal in phases that trust can carry (docs/MODEL.md 5.6).
 *
 * The steps are the components that the deal switches on; each is performed by those who give its
 * issue. The parties of a plan are the deciders with a stake in the deal. A later step of an
 * options issue contains the earlier ones and never comes before them; after each phase the rules
 * hold. See docs/methods/plan.md.
 */
#ifndef ENT_ANSWERS_PLAN_H
#define ENT_ANSWERS_PLAN_H

#include "answers/analysis.h"
#include "answers/phases.h"

typedef struct ent_plan_request {
    const uint64_t *levels; /* [issues] the deal */
    uint32_t phases;        /* at most so many; 0: 5 */
    uint32_t worlds;        /* worlds for the spreads; 0: 1,000; fewer where steps are many */
    const double *trust;    /* [parties] of the case, NaN: as the account states it; may be NULL */
    bool brief; /* one solve: no spread of the curve, no clauses; nothing beyond exact search */
} ent_plan_request;

typedef struct ent_plan_step {
    uint32_t issue, part; /* part: component within the issue */
    const char *id, *text; /* "yongbyon: dismantled", and the same for people */
    double undo;
    double saves; /* least greatest trust if this step could be taken back wholly; or NaN */
} ent_plan_step;

typedef struct ent_plan_phase {
    uint64_t steps;          /* mask */
    const double *trust;     /* [parties of the plan] in the central world */
    const double *low, *high; /* [parties] tenth and ninetieth percentile over the worlds */
    const double *exposure;  /* [parties] what it loses if the others do nothing, central world */
} ent_plan_phase;

typedef struct ent_plan {
    uint32_t *parties; /* indices in the case */
    uint32_t party_count;
    uint64_t *own;     /* [parties] */
    ent_plan_step *steps;
    uint32_t step_count;
    uint64_t *givers;   /* [parties of the case] steps that each gives, deciders or not */
    uint32_t most;      /* phases asked for */
    double *curve;      /* [most] least greatest trust with at most k phases, central world */
    double *low, *high; /* [most] tenth and ninetieth percentile over curve_worlds worlds */
    uint32_t curve_worlds; /* 0: no spread, too many steps */
    bool exact;         /* false: found by search; no plan needs less than bound */
    double bound;
    ent_plan_phase *phases;
    uint32_t phase_count;
    /* The trust there is, by the record or the request. */
    ent_interval *stated; /* [parties] NaN where nobody says */
    const uint32_t **sources; /* [parties] statements that say so; ENT_NONE ends the list */
    bool has_trust;       /* every party's is known */
    bool weighed;         /* carried, change and what undo saves were looked at: not in brief */
    uint64_t first;       /* the largest first phase at that trust (midpoints); 0: none */
    bool carried;         /* that trust carries a plan of at most `most` phases */
    /* Where it does not, or where nobody's trust would do (trust 1): */
    uint64_t change;      /* fewest steps that would have to be made to snap back; 0: none found */
    double change_trust;  /* the least greatest trust then */
    bool change_proved;   /* no smaller set would do */
} ent_plan;

/* One account's plan; deal NULL where the account has none to plan. */
typedef struct ent_planned {
    const uint64_t *deal;
    bool chosen; /* the best joint deal, not one that was asked for */
    ent_plan plan;
} ent_planned;

/*
 * The plan of a deal in an account. ENT_INVALID with G201.. for the status quo, a deal that rules
 * or the account forbid, or parties without stakes; ENT_LIMIT for more than ENT_PHASES_STEPS steps.
 */
ent_status ent_answer_plan(ent_work *work, const ent_analysis *analysis, size_t account,
                           const ent_plan_request *request, ent_plan *plan);

/*
 * The line of a party with a say that the whole deal crosses in the account, or NULL. A plan says
 * what trust its steps need; it makes nobody accept what a line rules out.
 */
const ent_line *ent_plan_crosses(const ent_analysis *analysis, size_t account, uint32_t party,
                                 const uint64_t *deal);

/* The party's central world: the mean of its worlds, z[k] and b. */
void ent_central_world(const ent_account_worlds *worlds, uint32_t party, double *z, double *b);
/* Sorts the values and gives the quantile (0..1) by linear interpolation; NaN for none. */
double ent_quantile(double *values, size_t count, double share);

#endif
