#include "report/conflict.h"

#include "base/number.h"

#include <string.h>

size_t ent_state_number(const ent_graph *g, uint32_t state)
{
    size_t low = 0;
    size_t high = g->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (g->states[middle] < state) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low + 1;
}

const char *ent_state_text(ent_arena *arena, const ent_graph *g, uint32_t state)
{
    return ent_format(arena, "%zu (%s)", ent_state_number(g, state),
                      ent_state_name(arena, g->bits, state));
}

/* "Iraq: Attack; Syria: Release Water, Escalate", or "nothing is taken". */
static const char *taken(ent_arena *arena, const ent_conflict *conflict, uint32_t state)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    for (uint32_t a = 0; a < conflict->actor_count; a++) {
        const ent_actor *actor = &conflict->actors[a];
        const char *comma = "";
        for (uint32_t k = 0; k < conflict->option_count; k++) {
            if ((actor->options & state) >> k & 1) {
                if (comma[0] == '\0') {
                    ent_putf(&out, "%s%s: ", out.length > 0 ? "; " : "", actor->name);
                }
                ent_putf(&out, "%s%s", comma, conflict->options[k].name);
                comma = ", ";
            }
        }
    }
    return out.length == 0 ? "nothing is taken" : ent_buffer_text(&out);
}

static const char *path_text(ent_arena *arena, const ent_conflict_view *view, const ent_path *path)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    for (size_t k = 0; k < path->length; k++) {
        ent_putf(&out, "%s%s to %s", k > 0 ? ", then " : "",
                 view->conflict->actors[path->actors[k]].name,
                 ent_state_text(arena, view->graph, path->states[k]));
    }
    return ent_buffer_text(&out);
}

const char *ent_story_text(ent_arena *arena, const ent_conflict_view *view, uint32_t actor,
                           uint32_t state, ent_concept concept)
{
    const char *name = view->conflict->actors[actor].name;
    ent_story story = ent_stability_story(arena, view->graph, actor, state, concept);
    bool willing = concept == ENT_SEQ || concept == ENT_SSEQ;
    if (!story.improves) {
        return ent_format(arena, "There is no better state for %s to go to.", name);
    }
    const char *to = ent_state_text(arena, view->graph, story.to);
    if (concept == ENT_NASH) {
        return ent_format(arena, "%s would go to %s.", name, to);
    }
    if (story.stable) {
        return ent_format(arena,
                          "%s could go to %s, but %s: %s. That is no better for %s than staying%s.",
                          name, to,
                          willing ? "it would suit others to answer" : "others could answer",
                          path_text(arena, view, &story.answer), name,
                          concept == ENT_SMR || concept == ENT_SSEQ ? ", and it could not get away"
                                                                    : "");
    }
    if (story.escapes) {
        return ent_format(arena, "%s would go to %s: after an answer (%s) it could still go to %s.",
                          name, to, path_text(arena, view, &story.answer),
                          ent_state_text(arena, view->graph, story.escape));
    }
    return ent_format(arena, "%s would go to %s: %s.", name, to,
                      willing ? "no answer that would suit the others takes that gain away"
                              : "nothing the others can do takes that gain away");
}

static const char *concepts_text(ent_arena *arena, uint8_t bits)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
        ent_putf(&out, "%-5s", (bits >> c & 1) != 0 ? ent_concept_names[c] : "-");
    }
    return ent_buffer_text(&out);
}

static void put_equilibria(ent_arena *arena, ent_buffer *out, const ent_style *style,
                           const ent_conflict_view *view)
{
    enum { ROWS = 40 };
    size_t shown = 0;
    size_t more = 0;
    const ent_graph *g = view->graph;
    for (size_t i = 0; i < g->count; i++) {
        uint8_t bits = view->stability->equilibrium[g->states[i]];
        if (bits == 0) {
            continue;
        }
        if (shown++ >= ROWS) {
            more++;
            continue;
        }
        ent_putf(out, "  %4zu  %s  ", i + 1, concepts_text(arena, bits));
        unsigned at = 8 + 5 * ENT_CONCEPTS + 2;
        bool below = style->width < at + 30;
        ent_put(out, below ? "\n        " : "");
        at = below ? 8 : at;
        ent_put_wrapped(out, style, at, at, taken(arena, view->conflict, g->states[i]));
    }
    if (shown == 0) {
        ent_put(out, "  None: in every state somebody would move, whatever the others did.\n");
    }
    if (more > 0) {
        ent_putf(out, "  and %zu more; --plain lists all\n", more);
    }
}

static const char *names_of(ent_arena *arena, const ent_conflict *conflict, uint32_t mask)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    for (uint32_t a = 0; a < conflict->actor_count; a++) {
        if ((mask >> a & 1) != 0) {
            ent_putf(&out, "%s%s", out.length > 0 ? ", " : "", conflict->actors[a].name);
        }
    }
    return ent_buffer_text(&out);
}

static void put_coalition(ent_arena *arena, ent_buffer *out, const ent_style *style,
                          const ent_conflict_view *view, uint32_t mask, uint8_t *verdict)
{
    const ent_graph *g = view->graph;
    ent_buffer line = ent_buffer_init(arena, 0);
    if (!ent_coalition_stability(arena, g, mask, verdict)) {
        return;
    }
    for (size_t i = 0; i < g->count; i++) {
        uint8_t alone = view->stability->equilibrium[g->states[i]];
        if ((alone >> ENT_NASH & 1) != 0 && (verdict[g->states[i]] >> ENT_NASH & 1) == 0) {
            ent_putf(&line, "%s%zu", line.length > 0 ? ", " : "", i + 1);
        }
    }
    const char *text =
        ent_format(arena, "%s together: %s%s", names_of(arena, view->conflict, mask),
                   line.length > 0 ? "could leave, each for the better, "
                                   : "no Nash equilibrium to leave",
                   ent_buffer_text(&line));
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 4, text);
}

static void put_coalitions(ent_arena *arena, ent_buffer *out, const ent_style *style,
                           const ent_conflict_view *view)
{
    if (view->graph->count > ENT_COALITION_STATES || view->conflict->actor_count < 2) {
        return;
    }
    ent_put_heading(out, style, "Coalitions");
    uint8_t *verdict = ent_alloc(arena, (size_t)1 << view->graph->bits, uint8_t);
    if (!view->coalitions) {
        for (size_t i = 0; i < view->conflict->coalition_count; i++) {
            put_coalition(arena, out, style, view, view->conflict->coalitions[i], verdict);
        }
        return;
    }
    for (uint32_t mask = 3; mask < UINT32_C(1) << view->conflict->actor_count; mask++) {
        if ((mask & (mask - 1)) != 0) {
            put_coalition(arena, out, style, view, mask, verdict);
        }
    }
}

/* For each actor: the story under each concept, equal stories once. */
static void put_stories(ent_arena *arena, ent_buffer *out, const ent_style *style,
                        const ent_conflict_view *view, uint32_t actor)
{
    const char *told = "";
    uint8_t verdict = view->stability->verdicts[actor][view->state];
    for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
        const char *story = ent_story_text(arena, view, actor, view->state, (ent_concept)c);
        if (strcmp(story, told) != 0) {
            ent_putf(out, "  %-5s %-7s ", ent_concept_names[c],
                     (verdict >> c & 1) != 0 ? "stays" : "leaves");
            ent_put_wrapped(out, style, 16, 16, story);
        }
        told = story;
    }
}

static void put_needs(ent_arena *arena, ent_buffer *out, const ent_style *style,
                      const ent_conflict_view *view)
{
    ent_put_heading(out, style, "What would have to change for it to hold");
    for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
        ent_buffer line = ent_buffer_init(arena, 0);
        for (uint32_t a = 0; a < view->graph->actors; a++) {
            double needed[ENT_CONCEPTS];
            ent_stability_needs(arena, view->graph, a, view->state, needed);
            size_t places = ent_stability_places(view->graph, a, view->state, needed[c]);
            if (places > 0) {
                ent_putf(&line, "%s%s would have to rank it %zu place%s higher",
                         line.length > 0 ? "; " : "", view->conflict->actors[a].name, places,
                         places == 1 ? "" : "s");
            }
        }
        ent_putf(out, "  %-5s ", ent_concept_names[c]);
        ent_put_wrapped(out, style, 8, 8,
                        line.length > 0 ? ent_buffer_text(&line) : "nothing: it holds");
    }
}

static void put_paths(ent_arena *arena, ent_buffer *out, const ent_style *style,
                      const ent_conflict_view *view)
{
    uint32_t all = (UINT32_C(1) << view->graph->actors) - 1;
    ent_put_heading(out, style,
                    ent_format(arena, "From %s to %s",
                               ent_state_text(arena, view->graph, view->from),
                               ent_state_text(arena, view->graph, view->state)));
    for (int better = 0; better < 2; better++) {
        ent_path path = ent_shortest_path(arena, view->graph, all, view->from, view->state,
                                          better != 0);
        ent_put(out, better ? "  each move for the mover's good:  " : "  by any moves:  ");
        ent_put_wrapped(out, style, better ? 35 : 17, 6,
                        !path.found       ? "no way"
                        : path.length == 0 ? "there already"
                                           : path_text(arena, view, &path));
    }
}

static void put_state(ent_arena *arena, ent_buffer *out, const ent_style *style,
                      const ent_conflict_view *view)
{
    ent_put_heading(out, style,
                    ent_format(arena, "State %s", ent_state_text(arena, view->graph, view->state)));
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2, taken(arena, view->conflict, view->state));
    for (uint32_t a = 0; a < view->graph->actors; a++) {
        ent_put_heading(out, style, view->conflict->actors[a].name);
        put_stories(arena, out, style, view, a);
    }
    put_needs(arena, out, style, view);
    if (view->has_from) {
        put_paths(arena, out, style, view);
    }
}

void ent_put_conflict(ent_arena *arena, ent_buffer *out, const ent_style *style,
                      const ent_conflict_view *view)
{
    ent_put_ink(out, style, ENT_INK_BOLD, view->title);
    ent_putf(out, "\n%s, %s, %s\n", ent_counted(arena, view->graph->actors, "parties"),
             ent_counted(arena, view->graph->bits, "options"),
             ent_counted(arena, view->graph->count, "states"));
    ent_put_heading(out, style, "States that nobody alone would leave");
    put_equilibria(arena, out, style, view);
    ent_put(out, "\n");
    ent_put_wrapped(out, style, 0, 0,
                    "nash: nobody has a better move. gmr: any answer of the others deters. smr: "
                    "the same, and the mover could not get away from it. seq and sseq: gmr and "
                    "smr, counting only answers that would suit those who give them.");
    if (view->coalitions || view->conflict->coalition_count > 0) {
        put_coalitions(arena, out, style, view);
    }
    if (view->has_state) {
        put_state(arena, out, style, view);
    }
}

void ent_put_conflict_plain(ent_arena *arena, ent_buffer *out, const ent_conflict_view *view)
{
    const ent_graph *g = view->graph;
    for (size_t i = 0; i < g->count; i++) {
        uint8_t bits = view->stability->equilibrium[g->states[i]];
        const char *comma = "";
        ent_putf(out, "%zu\t%s\t", i + 1, ent_state_name(arena, g->bits, g->states[i]));
        for (uint32_t c = 0; c < ENT_CONCEPTS; c++) {
            if ((bits >> c & 1) != 0) {
                ent_putf(out, "%s%s", comma, ent_concept_names[c]);
                comma = ",";
            }
        }
        ent_put(out, "\n");
    }
}
