/* What haggling in an account's worlds came to: text, plain lines, JSON. */
#ifndef ENT_REPORT_HAGGLED_H
#define ENT_REPORT_HAGGLED_H

#include "haggle/worlds.h"
#include "report/words.h"

typedef struct ent_haggled {
    size_t account;
    const ent_chosen_strategy *chosen; /* [deciders] */
    const uint32_t *deciders;          /* [decider_count] parties of the case */
    uint32_t decider_count;
    ent_haggle_rules rules;
    ent_worlds_haggled result;
    uint32_t deals;               /* that were haggled over */
    bool sampled;                 /* these are a sample */
    const bool *opened;           /* [deciders] the account holds a last position of this one */
    const uint64_t *const *deal;  /* [result.deal_count] levels of the most frequent agreements */
} ent_haggled;

void ent_put_haggled_json(ent_buffer *out, const ent_analysis *analysis, const ent_haggled *at,
                          size_t count);
void ent_put_haggled_plain(ent_buffer *out, const ent_analysis *analysis, const ent_haggled *at,
                           size_t count);
void ent_put_haggled_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                          const ent_haggled *at, size_t count);

#endif
