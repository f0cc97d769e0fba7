/* The report: the whole answer to a case on one page. */
#ifndef ENT_REPORT_SUMMARY_H
#define ENT_REPORT_SUMMARY_H

#include "answers/whole.h"
#include "report/accounts.h"
#include "report/bridge.h"
#include "report/influence.h"
#include "report/plan.h"
#include "report/walk.h"

typedef struct ent_summary {
    const ent_analysis *analysis;
    const ent_disputes *disputes;
    const ent_whole *whole;         /* deals, bridge, influence, plans in brief, walks */
    const char *command_case;       /* what the user calls the case, for "Next:" */
} ent_summary;

/* One page of what matters; every section in full. */
void ent_put_summary_page(ent_buffer *out, const ent_style *style, const ent_summary *summary);
void ent_put_summary_text(ent_buffer *out, const ent_style *style, const ent_summary *summary);
/* The parts' JSON documents in one: {"deals": {...}, "accounts": {...}, ...}. */
void ent_put_summary_json(ent_buffer *out, const ent_summary *summary);
void ent_put_summary_plain(ent_buffer *out, const ent_summary *summary);

#endif
