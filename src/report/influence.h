/* Influence: what to find out first. */
#ifndef ENT_REPORT_INFLUENCE_H
#define ENT_REPORT_INFLUENCE_H

#include "answers/influence.h"
#include "report/words.h"

/* influences[accounts.count]; where analysis->worlds[i].account is NULL there is none. */
void ent_put_influence_json(ent_buffer *out, const ent_analysis *analysis,
                            const ent_disputes *disputes, const ent_influence *influences);
void ent_put_influence_plain(ent_buffer *out, const ent_analysis *analysis,
                             const ent_influence *influences);
void ent_put_influence_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                            const ent_disputes *disputes, const ent_influence *influences);
/* The `most` rows that move the zone share most, as bars from the baseline. */
void ent_put_influence_rows(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                            const ent_influence *influence, size_t most);

/* What is looked at where the zone says little, and what that package stands on; else nothing. */
void ent_put_influence_of_best(ent_buffer *out, const ent_style *style,
                               const ent_analysis *analysis, size_t account,
                               const ent_influence *influence);

#endif
