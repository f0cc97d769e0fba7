/* The bridge: last positions, moves that would be needed, changes of the record. */
#ifndef ENT_REPORT_BRIDGE_H
#define ENT_REPORT_BRIDGE_H

#include "answers/bridge.h"
#include "report/third_party.h"

/*
 * bridges[accounts.count]; where analysis->worlds[i].account is NULL there is none. thirds
 * likewise, or NULL.
 */
void ent_put_bridge_json(ent_buffer *out, const ent_analysis *analysis, const ent_bridge *bridges,
                         const ent_third *thirds);
void ent_put_bridge_plain(ent_buffer *out, const ent_analysis *analysis,
                          const ent_bridge *bridges);
void ent_put_bridge_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                         const ent_bridge *bridges);
/* "leave out ri-security", "believe ri-one-more": what is done to the record. */
const char *ent_change_text(ent_arena *arena, const ent_case *c, const ent_record_change *change);
/* The section of the report for one account: the essence in a few lines. */
void ent_put_bridge_brief(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                          const ent_bridge *bridge);

#endif
