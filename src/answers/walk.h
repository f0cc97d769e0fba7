/*
 * Stay or walk (docs/MODEL.md 5.7): in each world the chance of a later deal above which staying at
 * the table beats walking out.
 */
#ifndef ENT_ANSWERS_WALK_H
#define ENT_ANSWERS_WALK_H

#include "answers/analysis.h"
#include "answers/grid.h"

#define ENT_NO_NASH_DEAL UINT64_MAX

/* The Nash deals of an account's first worlds: the same for every party. */
typedef struct ent_nash_deals {
    uint64_t *index; /* [worlds] of the grid of all issues; ENT_NO_NASH_DEAL: nothing suits all */
    uint32_t worlds; /* 0: not looked for yet */
} ent_nash_deals;

typedef struct ent_walk_request {
    uint32_t party;
    ent_nash_deals *deals; /* looked for once and used for each party; or NULL */
    const uint64_t *offer; /* the deal that staying would lead to; NULL: each world's Nash deal */
    /* In shares of all that the party has at stake; NaN for the defaults. */
    double walk;  /* leaving now: the party's reservation value of the world */
    double later; /* a breakdown later: 0, the status quo, the alternative being gone */
    double cost;  /* another round: ENT_WALK_COST */
} ent_walk_request;

#define ENT_WALK_COST 0.05

typedef struct ent_walk {
    /* The break-even chance over the worlds: median, tenth and ninetieth percentile. */
    double median, low, high; /* above 1, or infinite: no chance is enough */
    double free;    /* share of worlds in which staying cannot lose */
    double never;   /* share of worlds in which no chance is enough, no_deal among them */
    double no_deal; /* share of worlds in which no deal suits all (or not this offer) */
    double deal;    /* mean value of the deal to the party, where there is one; NaN if none */
    double gain;    /* the same less its reservation value */
    double walk, later, cost; /* what was assumed, means over the worlds */
    const uint64_t *common;   /* the most frequent Nash deal; NULL: an offer, or none */
    double common_share;      /* of the worlds with a deal */
    uint32_t worlds;
    const double *chances; /* [worlds] break-even, ascending */
    /* What simulated haggling says, put in by the caller; NaN where it was not asked. */
    double haggled, haggled_error; /* share of worlds in which it ends in a deal that holds */
    double stays; /* share of worlds in which that is above the break-even chance */
    uint32_t haggled_worlds;
} ent_walk;

/*
 * Tell no_deal as the zone does, which knows it from more worlds, and `never` as that and the
 * worlds that have a deal but in which no chance is enough.
 */
void ent_walk_beside(ent_walk *walk, double zone);

/* Set the chance that haggling gives beside the break-even one. */
void ent_walk_haggled(ent_walk *walk, double chance, double error, uint32_t worlds);

/*
 * At worst O(worlds * outcomes * parties). ENT_INVALID where the party has no stakes, ENT_LIMIT
 * where the outcomes are too many to look through.
 */
ent_status ent_answer_walk(ent_work *work, const ent_analysis *analysis, size_t account,
                           const ent_walk_request *request, ent_walk *walk);

/*
 * The Nash deal of a world: among the available outcomes that every decider (and every approver
 * whose issue is touched) accepts, one with the greatest product of the deciders' gains over their
 * reservation values; the first in order among equals. False if there is none.
 */
typedef struct ent_nash_search ent_nash_search;
ent_nash_search *ent_nash_search_create(ent_work *work, const ent_analysis *analysis,
                                        size_t account, const ent_grid *grid);
bool ent_nash_deal(ent_nash_search *search, uint32_t world, uint64_t *index);
/* That of the first so many worlds. */
ent_status ent_nash_deals_of(ent_work *work, const ent_analysis *analysis, size_t account,
                             const ent_grid *grid, uint32_t worlds, ent_nash_deals *deals);

typedef struct ent_walk_influence {
    uint32_t statement;
    double median; /* without it */
} ent_walk_influence;

/* One party in one account. */
typedef struct ent_walked {
    size_t account;
    uint32_t party;
    ent_walk walk;
    const ent_walk_influence *influences; /* NULL when not asked for */
    size_t influence_count;
} ent_walked;

/*
 * The break-even chance without each statement of the account that makes a claim, greatest change
 * first: (*rows)[*count]. Draws every account anew: O(statements * (drawing + walk)).
 */
ent_status ent_walk_influences(ent_work *work, const ent_analysis *analysis, size_t account,
                               const ent_walk_request *request, double median,
                               const ent_walk_influence **rows, size_t *count);

#endif
