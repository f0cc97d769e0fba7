/* History as text, JSON, plain lines and a drawing. */
#ifndef ENT_REPORT_HISTORY_H
#define ENT_REPORT_HISTORY_H

#include "answers/history.h"
#include "report/words.h"

void ent_put_history_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                          const ent_history *history);
void ent_put_history_json(ent_buffer *out, const ent_analysis *analysis,
                          const ent_history *history);
void ent_put_history_plain(ent_buffer *out, const ent_analysis *analysis,
                           const ent_history *history);
void ent_put_history_svg(ent_buffer *out, const ent_analysis *analysis,
                         const ent_history *history);

#endif
