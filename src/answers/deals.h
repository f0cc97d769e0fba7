/*
 * Zone and deals (docs/MODEL.md 5.1 and 5.2): in which share of the worlds of an account some deal
 * suits all that are asked, and how each single deal fares.
 *
 * A deal asks every decider, and every approver one of whose issues it takes off the status quo.
 * Observers are counted but have no say.
 */
#ifndef ENT_ANSWERS_DEALS_H
#define ENT_ANSWERS_DEALS_H

#include "answers/analysis.h"
#include "answers/grid.h"

typedef enum ent_verdict { ENT_POSSIBLE, ENT_NECESSARY, ENT_IMPOSSIBLE } ent_verdict;

typedef enum ent_method {
    ENT_BY_SWEEP,  /* every outcome in every world */
    ENT_BY_SEARCH, /* branch and bound: the space is too large to sweep */
} ent_method;

typedef struct ent_deal {
    const uint64_t *levels;      /* [issues] */
    const double *shares;        /* [parties] of worlds that accept; exactly 0 or 1 where proved */
    const bool *asked;           /* [parties] whose acceptance the deal needs */
    const ent_verdict *verdicts; /* [parties]; NULL when not requested */
    double joint;                /* joint share of those asked, nobody twice */
    bool available;              /* within the rules, not banned, off the status quo */
    bool frontier; /* no available deal has every asked party's share as high and one higher */
} ent_deal;

typedef struct ent_zone {
    double share; /* never below the joint share of the best single deal (zone.h) */
    double error; /* standard error by the effective number of worlds; 0 only where it is proved */
    ent_interval interval; /* of 95 %, also where no world, or every one, has a deal */
    uint32_t worlds;     /* of which this is a share */
    double effective;    /* as many independent worlds would say as much */
    bool poor;           /* too few of them, or a party's sample is poor, to speak of a percent */
    uint32_t undecided;  /* of them given up by the search at its limit and counted as without */
    bool ranged;      /* councils have members that the case does not name: then the share ... */
    double low, high; /* ... with all of these against and with all of them for */
    bool impossible;     /* proved: every available deal is impossible for some party it asks */
} ent_zone;

typedef struct ent_deals {
    ent_zone zone;
    ent_method method;
    bool proved;        /* by search: the deals listed are the best there are */
    uint64_t outcomes;  /* of the space; UINT64_MAX when they pass 64 bits */
    uint64_t available; /* deals that can be had; 0 when not counted (search) */
    const ent_deal *at; /* by joint share, highest first, then by levels, first issue first */
    size_t count;
} ent_deals;

typedef struct ent_deals_request {
    size_t top;    /* list so many; 0: all (by search: as many as ENT_SEARCH_TOP) */
    bool verdicts; /* by linear programs, for those listed */
    bool alone;    /* nothing else of the account is asked for: what need not be swept is not */
} ent_deals_request;

/* `account` is an index whose analysis->worlds[account].account is not NULL. */
ent_status ent_answer_deals(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_deals_request *request, ent_deals *deals);

/*
 * The zone's range where councils have members that the case does not name: as many sweeps more as
 * there are ends that differ from the zone as it is. Nothing where all are named.
 */
ent_status ent_range_zone(ent_work *work, const ent_analysis *analysis, size_t account,
                          ent_zone *zone);

/* One outcome, available or not, with verdicts; frontier is not computed. O(worlds * k). */
ent_status ent_answer_deal(ent_work *work, const ent_analysis *analysis, size_t account,
                           const uint64_t *levels, ent_deal *deal);

/*
 * What a verdict rests on: a line, or rows of the party's polytope that force it, and their
 * statements.
 */
typedef struct ent_grounds {
    const size_t *rows; /* indices in worlds[account].polytopes[party].rows */
    size_t row_count;
    const uint32_t *statements; /* ascending, each once */
    size_t count;
    const ent_line *line; /* of the party, which the deal crosses: enough by itself; or NULL */
} ent_grounds;
/* Empty for ENT_POSSIBLE. */
ent_grounds ent_verdict_grounds(ent_work *work, const ent_analysis *analysis, size_t account,
                                uint32_t party, const uint64_t *levels, ent_verdict verdict);

#endif
