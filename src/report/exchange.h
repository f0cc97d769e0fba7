/* The exchange map as a chart in the terminal, plain records and JSON. */
#ifndef ENT_REPORT_EXCHANGE_H
#define ENT_REPORT_EXCHANGE_H

#include "answers/exchange.h"
#include "report/doubts.h"
#include "report/words.h"

/* maps[accounts.count]; where analysis->worlds[i].account is NULL there is none. */
void ent_put_exchange_json(ent_buffer *out, const ent_analysis *analysis,
                           const ent_exchange_map *maps);
/* One cell a line: account, scopes, best shares, the package. */
void ent_put_exchange_plain(ent_buffer *out, const ent_analysis *analysis,
                            const ent_exchange_map *maps);
void ent_put_exchange_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                           const ent_exchange_map *maps);

/* The map as members of the map that is open; issues and parties by index, as the page has them. */
void ent_json_exchange(ent_json *json, const ent_case *c, const ent_exchange_map *e);
/* "what North Korea gives, by what it is worth to the United States" */
const char *ent_axis_text(ent_arena *arena, const ent_case *c, const ent_axis *axis);
/* The unit of the axis, or NULL. */
const char *ent_axis_unit(const ent_case *c, const ent_axis *axis);

#endif
