/* The same parties negotiating many times: how the runs end, and how they spread. */
#ifndef ENT_HAGGLE_RUNS_H
#define ENT_HAGGLE_RUNS_H

#include "haggle/tournament.h"

enum { ENT_RUNS_MOST = 1000000, ENT_RUNS_DEALS = 5 };

/* NaN throughout where there is none. Quantiles are of the sorted values, at floor(share * n). */
typedef struct ent_spread {
    double mean, least, low, middle, high, most; /* low, middle, high: 5, 50 and 95 % */
} ent_spread;

typedef struct ent_runs_deal {
    uint32_t entry, count;
} ent_runs_deal;

typedef struct ent_runs {
    uint32_t runs, agreements;
    uint32_t ends[ENT_HAGGLE_ENDS];
    double low, high;  /* 95 % interval of the share of agreements */
    ent_spread rounds; /* in which it ended, from 1 */
    ent_spread welfare;
    ent_spread pareto, nash, kalai, nash_negmas, kalai_negmas; /* of the agreements */
    ent_spread *utility;            /* [parties] */
    ent_runs_deal deals[ENT_RUNS_DEALS]; /* the most frequent, best first */
    uint32_t deal_count, different; /* agreements that differ */
    const ent_contest_run *run;     /* [runs] one by one, as they were played */
    const double *each, *advantage; /* [runs][parties] utilities, and shares of what could be had */
    bool interrupted;
} ent_runs;

/*
 * chosen[parties]. Where somebody asks to stop runs->runs are those that were played before; where
 * there are none ENT_CANCELLED. O(runs * log(runs)) besides the negotiations.
 */
ent_status ent_haggle_runs(ent_work *work, const ent_scenario *scenario,
                           const ent_haggle_table *table, const ent_haggle_rules *rules,
                           const ent_chosen_strategy *chosen, uint32_t count, ent_runs *runs);

#endif
