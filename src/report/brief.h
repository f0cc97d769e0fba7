/*
 * The brief: the report as a document to hand on, of two to four pages with tables, a figure and
 * footnotes, and an annex of the sources with their words. Its numbers are the report's.
 */
#ifndef ENT_REPORT_BRIEF_H
#define ENT_REPORT_BRIEF_H

#include "report/document.h"
#include "report/summary.h"

/* summary: with deals, menus, questions and bridges. */
void ent_put_brief(ent_buffer *out, ent_document_form form, const ent_summary *summary);

/* The annex: each source with what was said in it, then what stands in none. */
void ent_put_brief_annex(ent_document *document, const ent_summary *summary);
/* The speakers of the statements, each with a footnote on what follows by the same one. */
const char *ent_brief_speakers(ent_document *document, const ent_summary *summary,
                               const uint32_t *statements, size_t count);

/* From one package to the zone, account by account. */
ent_drawing ent_brief_curve(ent_arena *arena, const ent_summary *summary);

#endif
