/*
 * History (docs/MODEL.md 5.13): how the gap moved. For every date at which the record changes, the
 * zone and the best single package of each account as of that date: what `deals --as-of` prints.
 */
#ifndef ENT_ANSWERS_HISTORY_H
#define ENT_ANSWERS_HISTORY_H

#include "answers/candidates.h"

/* One account as of one date. */
typedef struct ent_then {
    bool asked, consistent; /* not asked: another account was asked for */
    double zone, error;     /* NaN where not consistent */
    double best;            /* joint share of the best single package; 0: there is none */
    const uint64_t *levels; /* that package, or NULL */
    /* Statements that the account believes now and did not on the date before, and the reverse. */
    const uint32_t *joined, *left;
    size_t joined_count, left_count;
} ent_then;

typedef struct ent_history_date {
    const char *text; /* as the first statement of that date is dated */
    int64_t time;     /* end of the date, in seconds since 1970 UTC */
    const uint32_t *added; /* statements dated so */
    size_t added_count;
    const ent_then *accounts; /* [accounts] */
} ent_history_date;

typedef struct ent_history {
    const ent_history_date *dates; /* oldest first */
    size_t count;
} ent_history;

/*
 * Worlds are drawn anew only for parties about whom an account then believes other statements, and
 * a zone is sought anew only where some party's worlds or what rules packages out have changed.
 * After a break the dates that were done are there.
 */
ent_status ent_answer_history(ent_work *work, const ent_analysis *analysis, ent_history *history);

#endif
