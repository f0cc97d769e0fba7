/* Priorities, and what packages stand on, as text, JSON and plain lines. */
#ifndef ENT_REPORT_PRIORITIES_H
#define ENT_REPORT_PRIORITIES_H

#include "answers/footing.h"
#include "report/words.h"

/* priorities[accounts][parties]; NULL for accounts without worlds. */
void ent_put_priorities_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                             const ent_priorities *const *priorities);
void ent_put_priorities_json(ent_buffer *out, const ent_analysis *analysis,
                             const ent_priorities *const *priorities);
void ent_put_priorities_plain(ent_buffer *out, const ent_analysis *analysis,
                              const ent_priorities *const *priorities);

/*
 * The marks that stand with a package: "nothing on record says what restoration is worth to the
 * union", "nobody ever spoke of: ...". Nothing where there is nothing to mark.
 */
void ent_put_footing(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                     const ent_footing *footing, unsigned indent);
/* The same as the members "unpriced" and "never_spoken_of" of the map that is open. */
void ent_json_footing(ent_json *json, const ent_analysis *analysis, const ent_footing *footing);
/* Each element with what was said of it, as the member "elements". */
void ent_json_elements(ent_json *json, const ent_analysis *analysis, const ent_footing *footing);

#endif
