/* What a third party could add, as text and JSON. */
#ifndef ENT_REPORT_THIRD_PARTY_H
#define ENT_REPORT_THIRD_PARTY_H

#include "answers/third_party.h"
#include "report/deals.h"

/* thirds[accounts.count]; where analysis->worlds[i].account is NULL there is none. */
void ent_put_third_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_third *thirds);
/* "third\taccount\tissue\tzone\tbest joint share", and so for none and all of its issues. */
void ent_put_third_plain(ent_buffer *out, const ent_analysis *analysis, const ent_third *thirds);
/* As a member `third` of the map that is open. */
void ent_json_third(ent_json *json, const ent_case *c, const ent_third *third);

#endif
