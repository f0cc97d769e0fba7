/* The frontier of an exact scenario and its solution points: JSON, text, plain lines, a drawing. */
#ifndef ENT_REPORT_FRONTIER_H
#define ENT_REPORT_FRONTIER_H

#include "bargain/solution.h"
#include "io/published.h"
#include "report/json.h"
#include "report/style.h"

/* "Nash", "Kalai-Smorodinsky", ... */
const char *ent_point_title(ent_point point);
/* What the point is, in words. */
const char *ent_point_definition(ent_point point);

/* The document "frontier" of docs/JSON.md; published: what is compared with it, or NULL. */
void ent_put_frontier_json(ent_buffer *out, const ent_solution *solution,
                           const ent_published *published);
/* Which of the published figures are the same here; of the others both, with both definitions. */
void ent_put_published_text(ent_buffer *out, const ent_style *style, const ent_solution *solution,
                            const ent_published *published);
void ent_put_published_json(ent_json *json, ent_arena *arena, const ent_solution *solution,
                            const ent_published *published);
/* Findings, picture (two parties), points and the first `most` outcomes of the frontier. */
void ent_put_frontier_text(ent_buffer *out, const ent_style *style, const ent_solution *solution,
                           size_t most);
/* One point a line: values, the names of the points it is, its outcome as issue=value. */
void ent_put_frontier_plain(ent_buffer *out, const ent_solution *solution);
/* Two parties: a scatter; more: a line for each outcome over parallel axes. */
void ent_put_frontier_svg(ent_buffer *out, const ent_solution *solution);

/* Dots of a two-party frontier in braille with the points as letters, `columns` cells wide. */
void ent_put_frontier_picture(ent_buffer *out, const ent_solution *solution, unsigned columns);

#endif
