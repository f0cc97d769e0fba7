/* A number traced back: statements, sources and constraint rows. */
#ifndef ENT_REPORT_WHY_H
#define ENT_REPORT_WHY_H

#include "answers/why.h"
#include "report/deals.h"

/* whys[accounts.count]; where analysis->worlds[i].account is NULL there is none. */
void ent_put_why_json(ent_buffer *out, const ent_analysis *analysis, const ent_why *whys);
void ent_put_why_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                      const ent_why *whys);

#endif
