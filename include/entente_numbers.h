/* Answers as numbers: a part of entente.h, which includes it. */
#ifndef ENTENTE_NUMBERS_H
#define ENTENTE_NUMBERS_H

#include "entente.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Besides its text, a reply to `deals`, `frontier` and `haggle` holds its numbers, in any format;
 * spaces, runs and tournaments, which are large, only with ENT_TYPED. All arrays are the reply's.
 * Matrices are by rows: shares[deal * parties + party].
 */

typedef enum ent_issue_form { ENT_ISSUE_OPTIONS, ENT_ISSUE_ITEMS, ENT_ISSUE_RANGE } ent_issue_form;

/* An issue, to read levels by: the index of an option, a bit mask of items, a number of steps. */
typedef struct ent_issue_row {
    const char *id, *name;
    ent_issue_form form;
    uint64_t levels;
    const char *const *part; /* [parts] ids of options or items; none for a range */
    size_t parts;
    double from, step; /* range: the number that level L stands for is from + L * step */
} ent_issue_row;

typedef enum ent_deal_verdict {
    ENT_DEAL_POSSIBLE,
    ENT_DEAL_NECESSARY, /* the account proves that the party accepts it */
    ENT_DEAL_IMPOSSIBLE /* or that it does not */
} ent_deal_verdict;

/* Zone and deals of one account. Shares are of the preference worlds that fit it, 0 to 1. */
typedef struct ent_deals_result {
    size_t size;
    const char *account;
    double zone;       /* share in which some deal suits all */
    double zone_error; /* its standard error */
    bool impossible;   /* proved: no deal can suit all */
    uint32_t worlds;
    size_t parties, issues, deals; /* deals by joint share, highest first */
    const char *const *party;      /* [parties] ids */
    const ent_issue_row *issue;    /* [issues] */
    const uint64_t *levels;        /* [deals][issues] */
    const double *shares;          /* [deals][parties] in which the party accepts */
    const double *joint;           /* [deals] in which all that are asked do */
    const uint8_t *verdicts;       /* [deals][parties] ent_deal_verdict */
    const uint8_t *frontier;       /* [deals] 1: not beaten in every party's share at once */
} ent_deals_result;

/* The account at the index, in the order of the text; NULL past the end and for other questions. */
ENT_API const ent_deals_result *ent_reply_deals(const ent_reply *reply, size_t index);

/* The frontier of an exact scenario and the solution points on it. */
typedef struct ent_frontier_result {
    size_t size;
    const char *method, *outcomes; /* the number of outcomes in decimal digits */
    bool proved;
    size_t parties, issues, points;
    const char *const *party;      /* [parties] */
    const char *const *issue;      /* [issues] ids */
    const double *values;          /* [points][parties] undiscounted, as the format defines them */
    const uint64_t *levels;        /* [points][issues] an outcome of each */
    const double *reservation;     /* [parties] -inf: none */
    /* Indices of points; SIZE_MAX where no outcome is rational. */
    size_t nash, kalai_smorodinsky, egalitarian, utilitarian;
    size_t nash_negmas, kalai_smorodinsky_negmas; /* as NegMAS defines them, on its scenarios */
} ent_frontier_result;

/* NULL for other questions. */
ENT_API const ent_frontier_result *ent_reply_frontier(const ent_reply *reply);

/* One negotiation on an exact scenario, with every offer. */
typedef struct ent_run_result {
    size_t size;
    const char *end; /* "agreed", "deadline", "walked-out", "breakdown", "failed", "too-slow" */
    size_t parties, offers;
    const uint32_t *round, *proposer; /* [offers] */
    const double *values;             /* [offers][parties] undiscounted */
    bool agreed;
    uint32_t last_round;
    const double *agreement; /* [parties] undiscounted; NULL without one */
    const uint32_t *outcome; /* [offers] as ent_space_result numbers them */
    uint32_t agreed_on;      /* ENT_WALK_AWAY without an agreement */
} ent_run_result;

/* NULL for other questions, for a case and for `--runs`. */
ENT_API const ent_run_result *ent_reply_run(const ent_reply *reply);

/*
 * An exact scenario as negotiations see it: outcomes have numbers, which are those that
 * strategies are given.
 */
typedef struct ent_space_result {
    size_t size;
    const char *name, *format; /* "genius", "geniusweb", "negmas" ... */
    size_t parties, issues;
    const char *const *party;
    const ent_issue_row *issue; /* of a discrete one parts are its values */
    uint32_t outcomes;
    bool sampled;          /* there are more outcomes than these */
    const uint64_t *levels; /* [outcomes][issues] of a sample; NULL: all are here, last fastest */
    const double *values;   /* [parties][outcomes] undiscounted, as the format defines them */
    const double *reservation; /* [parties] -inf: none */
    const double *discount;    /* [parties] 1: none */
} ent_space_result;

/* Of `haggle` on a scenario, with ENT_TYPED (`--rounds 0` plays nothing); NULL for others. */
ENT_API const ent_space_result *ent_reply_space(const ent_reply *reply);

/* Many negotiations, one after the other. Columns of a seat that a scenario lacks hold NaN. */
typedef struct ent_runs_result {
    size_t size;
    size_t runs, seats, endings;
    const char *const *ending; /* [endings] names */
    const uint8_t *end;        /* [runs] index of its ending */
    const uint32_t *scenario, *cell; /* [runs] */
    const uint32_t *round;     /* [runs] in which it ended, from 0 */
    const uint32_t *offers;    /* [runs] */
    const uint64_t *outcome;   /* [runs] index of the agreement, last issue fastest; UINT64_MAX */
    const double *welfare, *pareto, *nash, *kalai; /* [runs] as in docs/JSON.md; NaN: none */
    const uint32_t *strategy;  /* [runs][seats] index; UINT32_MAX: no such seat */
    const double *utility;     /* [runs][seats] discounted */
    const double *advantage;   /* [runs][seats] */
    const double *nash_negmas, *kalai_smorodinsky_negmas; /* [runs] on scenarios of NegMAS */
    const double *score; /* [runs][seats] what a tournament ranks by; the advantage otherwise */
} ent_runs_result;

/* Of `tournament`, and `haggle --runs` on a scenario, with ENT_TYPED; NULL for others. */
ENT_API const ent_runs_result *ent_reply_runs(const ent_reply *reply);

/* A place in a tournament's ranking. Means over scenarios; NaN where there is none. */
typedef struct ent_rank_row {
    const char *strategy;
    uint32_t scenarios, cells;
    double advantage, advantage_error, agreed, welfare, pareto, nash, kalai, rounds;
    double chance; /* of a difference to the next as large as this; NaN for the last */
    bool over_scenarios; /* what the error is over; false: cells */
    bool ahead;          /* of the next, at 5 % */
} ent_rank_row;

typedef struct ent_tournament_result {
    size_t size;
    size_t strategies, scenarios, ranks;
    const char *const *strategy, *const *scenario; /* names, by the indices of the runs */
    const uint32_t *parties;                       /* [scenarios] */
    const ent_rank_row *rank;                      /* [ranks] best first */
    const double *nash_negmas, *kalai_smorodinsky_negmas; /* [ranks] on scenarios of NegMAS */
    const char *score_name;                        /* what the places are by: `--score` */
    const double *score, *score_error;             /* [ranks] and half of the 95 % interval */
} ent_tournament_result;

/* Of `tournament` with ENT_TYPED; NULL for others. */
ENT_API const ent_tournament_result *ent_reply_tournament(const ent_reply *reply);

#ifdef __cplusplus
}
#endif

#endif
