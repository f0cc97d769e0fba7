/* A negotiation in words, as JSON, as plain lines, as a drawing of the dance of offers. */
#ifndef ENT_REPORT_HAGGLE_H
#define ENT_REPORT_HAGGLE_H

#include "haggle/runs.h"
#include "report/json.h"
#include "report/style.h"

/* A negotiation that has been run, and who took part. */
typedef struct ent_haggle_story {
    const ent_negotiation *n;
    const ent_chosen_strategy *chosen; /* [parties] */
    const char *const *parties;        /* names */
    const char *title;
    const ent_runs *runs; /* many runs instead of one; NULL otherwise */
    bool of_negmas;       /* a scenario whose owner defines two solution points otherwise */
} ent_haggle_story;

/* The document "haggle" of docs/JSON.md. */
void ent_put_haggle_json(ent_buffer *out, const ent_haggle_story *story);
void ent_put_haggle_text(ent_buffer *out, const ent_style *style, const ent_haggle_story *story);
/* One offer a line: round, party, values, outcome. */
void ent_put_haggle_plain(ent_buffer *out, const ent_haggle_story *story);
/* The offers in the plane of two parties' values, or each party's values over the rounds. */
void ent_put_haggle_svg(ent_buffer *out, const ent_haggle_story *story);

/* Many runs: the document "haggle-runs", a page of text, one measure a line. */
void ent_put_haggle_runs_json(ent_buffer *out, const ent_haggle_story *story);
void ent_put_haggle_runs_text(ent_buffer *out, const ent_style *style,
                              const ent_haggle_story *story);
void ent_put_haggle_runs_plain(ent_buffer *out, const ent_haggle_story *story);

/* ---- What both are written with ------------------------------------------------------------ */

/* Scenario, parties, outcomes, protocol. */
void ent_put_haggle_head(ent_buffer *out, const ent_style *style, const ent_haggle_story *story);
/* The keys "outcomes", "sampled", "whole_frontier" and "discretised". */
void ent_json_haggle_space(ent_json *json, const ent_haggle_table *table);
/* "100 rounds", "2 seconds", "100 rounds or 2 seconds". */
const char *ent_haggle_limits_text(ent_arena *arena, const ent_haggle_rules *rules);
/* The keys "clock" and "at_reservation", where they are not as usual. */
void ent_json_clock(ent_json *json, const ent_haggle_rules *rules);
/* The keys "values" and "outcome" of an entry. */
void ent_json_haggle_entry(ent_arena *arena, ent_json *json, const ent_haggle_story *story,
                           uint32_t entry);
const char *ent_haggle_entry_text(ent_arena *arena, const ent_haggle_story *story, uint32_t entry,
                                  const char *between, const char *is);

#endif
