/* The report: the whole answer to a case on one page. */
#ifndef ENT_REPORT_SUMMARY_H
#define ENT_REPORT_SUMMARY_H

#include "report/accounts.h"
#include "report/bridge.h"
#include "report/influence.h"
#include "report/plan.h"
#include "report/walk.h"

typedef struct ent_summary {
    const ent_analysis *analysis;
    const ent_disputes *disputes;
    const ent_deals *deals;         /* [accounts] */
    const ent_bridge *bridges;      /* [accounts] */
    const ent_influence *influences; /* [accounts] */
    const ent_planned *plans;       /* [accounts] in brief */
    const ent_walked *walks;        /* of deciders with stakes, account by account */
    size_t walk_count;
    const char *command_case;       /* what the user calls the case, for "Next:" */
} ent_summary;

void ent_put_summary_text(ent_buffer *out, const ent_style *style, const ent_summary *summary);
/* The parts' JSON documents in one: {"deals": {...}, "accounts": {...}, ...}. */
void ent_put_summary_json(ent_buffer *out, const ent_summary *summary);
void ent_put_summary_plain(ent_buffer *out, const ent_summary *summary);

#endif
