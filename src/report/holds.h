/* What would hold in a case, as text, plain records and JSON. */
#ifndef ENT_REPORT_HOLDS_H
#define ENT_REPORT_HOLDS_H

#include "answers/holds.h"
#include "report/doubts.h"
#include "report/words.h"

void ent_put_holds_json(ent_buffer *out, const ent_analysis *analysis, const ent_held *held,
                        size_t count);
void ent_put_holds_plain(ent_buffer *out, const ent_analysis *analysis, const ent_held *held,
                         size_t count);
void ent_put_holds_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_held *held, size_t count);
/* One outcome as members of the JSON map that is open. */
void ent_json_held(ent_json *json, const ent_analysis *analysis, const ent_held *held);
/* One outcome with who could leave it and what would answer that; for the report. */
void ent_put_held(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                  const ent_held *held);

#endif
