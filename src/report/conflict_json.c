#include "report/conflict.h"

static void json_concepts(ent_json *json, const char *key, uint8_t bits)
{
    ent_json_open_list(json, key);
    for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
        if ((bits >> c & 1) != 0) {
            ent_json_text(json, NULL, ent_concept_names[c]);
        }
    }
    ent_json_close_list(json);
}

static void json_state(ent_arena *arena, ent_json *json, const ent_conflict_view *view,
                       uint32_t state, size_t number)
{
    ent_json_open_map(json, NULL);
    ent_json_text(json, "name", ent_state_name(arena, view->graph->bits, state));
    ent_json_count(json, "number", number);
    ent_json_open_map(json, "verdicts");
    for (uint32_t a = 0; a < view->graph->actors; a++) {
        uint8_t verdict = view->stability->verdicts[a][state];
        ent_json_open_map(json, view->conflict->actors[a].name);
        for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
            ent_json_bool(json, ent_concept_names[c], (verdict >> c & 1) != 0);
        }
        ent_json_close_map(json);
    }
    ent_json_close_map(json);
    json_concepts(json, "equilibrium", view->stability->equilibrium[state]);
    ent_json_close_map(json);
}

static void json_coalition(ent_arena *arena, ent_json *json, const ent_conflict_view *view,
                           uint32_t mask, uint8_t *verdict)
{
    const ent_graph *g = view->graph;
    if (!ent_coalition_stability(arena, g, mask, verdict)) {
        return;
    }
    ent_json_open_map(json, NULL);
    ent_json_open_list(json, "members");
    for (uint32_t a = 0; a < g->actors; a++) {
        if ((mask >> a & 1) != 0) {
            ent_json_text(json, NULL, view->conflict->actors[a].name);
        }
    }
    ent_json_close_list(json);
    ent_json_open_map(json, "states");
    for (size_t i = 0; i < g->count; i++) {
        json_concepts(json, ent_state_name(arena, g->bits, g->states[i]), verdict[g->states[i]]);
    }
    ent_json_close_map(json);
    ent_json_close_map(json);
}

static void json_coalitions(ent_arena *arena, ent_json *json, const ent_conflict_view *view)
{
    uint8_t *verdict = ent_alloc(arena, (size_t)1 << view->graph->bits, uint8_t);
    ent_json_open_list(json, "coalitions");
    if (view->coalitions) {
        for (uint32_t mask = 3; mask < UINT32_C(1) << view->graph->actors; mask++) {
            if ((mask & (mask - 1)) != 0) {
                json_coalition(arena, json, view, mask, verdict);
            }
        }
    } else {
        for (size_t i = 0; i < view->conflict->coalition_count; i++) {
            json_coalition(arena, json, view, view->conflict->coalitions[i], verdict);
        }
    }
    ent_json_close_list(json);
}

static void json_path(ent_arena *arena, ent_json *json, const ent_conflict_view *view,
                      const char *key, bool better)
{
    uint32_t all = (UINT32_C(1) << view->graph->actors) - 1;
    ent_path path = ent_shortest_path(arena, view->graph, all, view->from, view->state, better);
    if (!path.found) {
        ent_json_null(json, key);
        return;
    }
    ent_json_open_list(json, key);
    for (size_t k = 0; k < path.length; k++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "party", view->conflict->actors[path.actors[k]].name);
        ent_json_text(json, "to", ent_state_name(arena, view->graph->bits, path.states[k]));
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

/* The state asked about: stories, what it would need, ways to it. */
static void json_asked(ent_arena *arena, ent_json *json, const ent_conflict_view *view)
{
    ent_json_open_map(json, "asked");
    ent_json_text(json, "state", ent_state_name(arena, view->graph->bits, view->state));
    ent_json_open_map(json, "parties");
    for (uint32_t a = 0; a < view->graph->actors; a++) {
        double needed[ENT_CONCEPTS];
        ent_stability_needs(arena, view->graph, a, view->state, needed);
        ent_json_open_map(json, view->conflict->actors[a].name);
        for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
            size_t places = ent_stability_places(view->graph, a, view->state, needed[c]);
            ent_json_open_map(json, ent_concept_names[c]);
            ent_json_text(json, "story",
                          ent_story_text(arena, view, a, view->state, (ent_concept)c));
            ent_json_count(json, "places_short", places);
            ent_json_close_map(json);
        }
        ent_json_close_map(json);
    }
    ent_json_close_map(json);
    if (view->has_from) {
        ent_json_text(json, "from", ent_state_name(arena, view->graph->bits, view->from));
        json_path(arena, json, view, "moves", false);
        json_path(arena, json, view, "improvements", true);
    }
    ent_json_close_map(json);
}

void ent_json_conflict(ent_arena *arena, ent_json *json, const ent_conflict_view *view)
{
    ent_json_open_list(json, "parties");
    for (uint32_t a = 0; a < view->graph->actors; a++) {
        ent_json_text(json, NULL, view->conflict->actors[a].name);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "options");
    for (uint32_t k = 0; k < view->graph->bits; k++) {
        ent_json_text(json, NULL, view->conflict->options[k].name);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "states");
    for (size_t i = 0; i < view->graph->count; i++) {
        json_state(arena, json, view, view->graph->states[i], i + 1);
    }
    ent_json_close_list(json);
    if (view->coalitions || view->conflict->coalition_count > 0) {
        json_coalitions(arena, json, view);
    }
    if (view->has_state) {
        json_asked(arena, json, view);
    }
}
