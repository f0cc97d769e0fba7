/* Plans of the accounts, as text, plain records and JSON. */
#ifndef ENT_REPORT_PLAN_H
#define ENT_REPORT_PLAN_H

#include "answers/plan.h"
#include "report/doubts.h"
#include "report/words.h"

/* planned[accounts.count]; where analysis->worlds[i].account is NULL there is none. */
void ent_put_plan_json(ent_buffer *out, const ent_analysis *analysis, const ent_planned *planned);
void ent_put_plan_plain(ent_buffer *out, const ent_analysis *analysis, const ent_planned *planned);
void ent_put_plan_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                       const ent_planned *planned);
/* One account's plan in words, without a heading; for the report. */
void ent_put_plan(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                  size_t account, const ent_planned *planned);
/* The same in a few lines: the trust needed, the first phase, the verdict. */
void ent_put_plan_brief(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_planned *planned);
/* The same as members of the JSON map that is open. */
void ent_json_plan(ent_json *json, const ent_analysis *analysis, size_t account,
                   const ent_planned *planned);

/* Mask of the steps that no party gives: all take them together. Bits past the steps are set. */
uint64_t ent_plan_common(const ent_plan *plan, const ent_case *c);

#endif
