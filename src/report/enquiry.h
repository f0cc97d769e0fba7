/* Questions as text, JSON and plain lines. Lists have one entry for each account. */
#ifndef ENT_REPORT_ENQUIRY_H
#define ENT_REPORT_ENQUIRY_H

#include "answers/enquiry.h"
#include "answers/menu.h"
#include "report/words.h"

/*
 * The question in plain words: "Would North Korea take UN sanctions: all 8 for Yongbyon:
 * dismantled?". It says nothing of what anybody else would answer.
 */
const char *ent_enquiry_text(ent_arena *arena, const ent_case *c, const ent_enquiry *enquiry);

void ent_put_enquiry_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                          const ent_menus *menus, const ent_enquiries *enquiries);
void ent_put_enquiry_json(ent_buffer *out, const ent_analysis *analysis, const ent_menus *menus,
                          const ent_enquiries *enquiries);
void ent_put_enquiry_plain(ent_buffer *out, const ent_analysis *analysis,
                           const ent_enquiries *enquiries);

#endif
