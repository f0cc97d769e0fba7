/* What is in dispute only by the choice of a measure, and what can both be true. */
#ifndef ENT_REPORT_MEASURES_H
#define ENT_REPORT_MEASURES_H

#include "report/words.h"
#include "worlds/measure.h"

void ent_put_measures(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                      size_t most);
void ent_put_compatible(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        size_t most);
/* "measure_disputes" and "compatible" as members of the map that is open. */
void ent_json_measures(ent_json *json, const ent_analysis *analysis);

#endif
