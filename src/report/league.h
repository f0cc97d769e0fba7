/* The page of a tournament: static HTML with drawings, without scripts. */
#ifndef ENT_REPORT_LEAGUE_H
#define ENT_REPORT_LEAGUE_H

#include "report/tournament.h"

/* Agreements of a scenario of two parties that came to the same utilities. */
typedef struct ent_league_deal {
    double at[2];
    uint64_t count;
} ent_league_deal;

/* Where the agreements on a scenario of two parties lie, in its own scale. */
typedef struct ent_league_scatter {
    const char *name;
    const char *party[2];
    const double *front; /* [front_count][2] */
    size_t front_count;
    const ent_league_deal *deal; /* [deal_count] */
    size_t deal_count;
} ent_league_scatter;

typedef struct ent_league {
    const ent_tournament_story *story;
    const char *const *strategy; /* [strategies] names */
    size_t strategies;
    /* [strategies][strategies] mean score of the row's in runs with the column's; NaN: none. */
    const double *met;
    const ent_league_scatter *scatter;
    size_t scatters, left_out; /* left_out: scenarios without a drawing */
} ent_league;

void ent_put_league_html(ent_buffer *out, const ent_league *league);

#endif
