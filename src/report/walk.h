/* Stay or walk, as text, plain records and JSON. */
#ifndef ENT_REPORT_WALK_H
#define ENT_REPORT_WALK_H

#include "answers/walk.h"
#include "report/doubts.h"
#include "report/words.h"

void ent_put_walk_json(ent_buffer *out, const ent_analysis *analysis, const uint64_t *offer,
                       const ent_walked *walked, size_t count);
void ent_put_walk_plain(ent_buffer *out, const ent_analysis *analysis, const ent_walked *walked,
                        size_t count);
void ent_put_walk_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                       const uint64_t *offer, const ent_walked *walked, size_t count);
/* One of them in a sentence or two; for the report. */
void ent_put_walk(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                  const ent_walked *walked);
/* The verdicts of the parties of one account, and once what haggling says of them. */
void ent_put_walk_brief(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_walked *walked, size_t count);
/* The same as members of the JSON map that is open. */
void ent_json_walk(ent_json *json, const ent_analysis *analysis, const ent_walked *walked);

#endif
