/* A negotiation in words, as JSON, as plain lines, as a drawing of the dance of offers. */
#ifndef ENT_REPORT_HAGGLE_H
#define ENT_REPORT_HAGGLE_H

#include "haggle/negotiation.h"
#include "report/json.h"
#include "report/style.h"

/* A negotiation that has been run, and who took part. */
typedef struct ent_haggle_story {
    const ent_negotiation *n;
    const ent_chosen_strategy *chosen; /* [parties] */
    const char *const *parties;        /* names */
    const char *title;
} ent_haggle_story;

/* The document "haggle" of docs/JSON.md. */
void ent_put_haggle_json(ent_buffer *out, const ent_haggle_story *story);
void ent_put_haggle_text(ent_buffer *out, const ent_style *style, const ent_haggle_story *story);
/* One offer a line: round, party, values, outcome. */
void ent_put_haggle_plain(ent_buffer *out, const ent_haggle_story *story);
/* The offers in the plane of two parties' values, or each party's values over the rounds. */
void ent_put_haggle_svg(ent_buffer *out, const ent_haggle_story *story);

#endif
