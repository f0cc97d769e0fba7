/*
 * What a reader has to know of a number: as of when, what was left out, what the settings changed,
 * and what is doubtful about it. It stands with the number, in every form of the answer.
 */
#ifndef ENT_REPORT_DOUBTS_H
#define ENT_REPORT_DOUBTS_H

#include "answers/deals.h"
#include "report/json.h"
#include "report/style.h"

/* "as of 2019-02-28 (UTC): 1 later statement left out (withdrawn)"; nothing without a day. */
void ent_put_record(ent_buffer *out, const ent_style *style, const ent_analysis *analysis);

/* "24%", or "8% to 24%" where it hangs on votes that nobody stated. */
const char *ent_zone_text(ent_arena *arena, const ent_zone *zone);
/* "sampling error 0.4 points", or an interval where that would say too little; or "proved". */
const char *ent_error_text(ent_arena *arena, const ent_zone *zone);

/*
 * Sentences about what is doubtful in an account's numbers: samples that are poor or few, votes
 * that nobody stated, positions that others report or that leave something open.
 */
typedef struct ent_doubt {
    const char *kind; /* "poor-sample", "few-worlds", "unnamed-votes", "reported", "open" */
    const char *text;
    uint32_t party; /* or ENT_NONE */
} ent_doubt;
typedef struct ent_doubts {
    ent_doubt *at;
    size_t count, room;
} ent_doubts;
/* zone: the account's, or NULL where it is not told. positions: the deciders' last ones too. */
ent_doubts ent_doubts_of(ent_arena *arena, const ent_analysis *analysis, size_t account,
                         const ent_zone *zone, bool positions);
void ent_put_doubts(ent_buffer *out, const ent_style *style, const ent_doubts *doubts,
                    unsigned indent);
/* The same as a list "doubts" of the map that is open. */
void ent_json_doubts(ent_json *json, const ent_analysis *analysis, const ent_doubts *doubts);

#endif
