/* The accounts, what they leave out, and the disputes between them. */
#ifndef ENT_REPORT_ACCOUNTS_H
#define ENT_REPORT_ACCOUNTS_H

#include "report/doubts.h"
#include "report/questions.h"
#include "report/words.h"

/* "dispute", "move", "silence"; "contradicts", "moved", ...: as in JSON. */
const char *ent_dispute_kind_name(ent_dispute_kind kind);
const char *ent_why_left_name(ent_why_left why);

void ent_put_accounts_json(ent_buffer *out, const ent_analysis *analysis,
                           const ent_disputes *disputes);
/* One dispute a line, then one account a line. */
void ent_put_accounts_plain(ent_buffer *out, const ent_analysis *analysis,
                            const ent_disputes *disputes);
void ent_put_accounts_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                           const ent_disputes *disputes);

#endif
