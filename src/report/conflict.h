/* A conflict in option form in words and as JSON: who would move where, and what would hold. */
#ifndef ENT_REPORT_CONFLICT_H
#define ENT_REPORT_CONFLICT_H

#include "answers/stability.h"
#include "report/json.h"
#include "report/style.h"

typedef struct ent_conflict_view {
    const char *title;
    const ent_conflict *conflict;
    const ent_graph *graph;
    const ent_stability *stability;
    bool has_state, has_from, coalitions;
    uint32_t state; /* the one to explain */
    uint32_t from;  /* where things stand, for the paths to it */
} ent_conflict_view;

/* The state's number from 1 among those that can be. O(log states). */
size_t ent_state_number(const ent_graph *graph, uint32_t state);
/* "3 (YNN)" */
const char *ent_state_text(ent_arena *arena, const ent_graph *graph, uint32_t state);
/* A verdict in one sentence: who would go where, and what the others would do about it. */
const char *ent_story_text(ent_arena *arena, const ent_conflict_view *view, uint32_t actor,
                           uint32_t state, ent_concept concept);

void ent_put_conflict(ent_arena *arena, ent_buffer *out, const ent_style *style,
                      const ent_conflict_view *view);
/* One line a state: number, name, and the concepts for which it is an equilibrium. */
void ent_put_conflict_plain(ent_arena *arena, ent_buffer *out, const ent_conflict_view *view);
void ent_json_conflict(ent_arena *arena, ent_json *json, const ent_conflict_view *view);

#endif
