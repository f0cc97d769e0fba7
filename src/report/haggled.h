/* What haggling in an account's worlds came to: text, plain lines, JSON. */
#ifndef ENT_REPORT_HAGGLED_H
#define ENT_REPORT_HAGGLED_H

#include "answers/haggling.h"
#include "report/doubts.h"
#include "report/words.h"

void ent_put_haggled_json(ent_buffer *out, const ent_analysis *analysis, const ent_haggled *at,
                          size_t count);
void ent_put_haggled_plain(ent_buffer *out, const ent_analysis *analysis, const ent_haggled *at,
                           size_t count);
void ent_put_haggled_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                          const ent_haggled *at, size_t count);

#endif
