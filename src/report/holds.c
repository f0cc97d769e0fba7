#include "report/holds.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/* Add the option to a list: an issue's name once, then its parts. */
static void list_option(ent_buffer *list, const ent_case *c, const ent_holds *holds, uint32_t k,
                        uint32_t *before)
{
    const ent_held_option *option = &holds->options[k];
    const ent_issue *issue = &c->space.issues[option->issue];
    if (*before == option->issue && issue->kind != ENT_RANGE) {
        uint32_t part = option->part + (issue->kind == ENT_OPTIONS);
        ent_putf(list, ", %s", issue->part_names[part]);
    } else {
        ent_putf(list, "%s%s", list->length > 0 ? "; " : "", option->text);
    }
    *before = option->issue;
}

/* What changes from one state to the other, as something that a party does. */
static const char *change_text(ent_arena *arena, const ent_case *c, const ent_holds *holds,
                               uint32_t from, uint32_t to)
{
    ent_buffer lists[2] = {ent_buffer_init(arena, 0), ent_buffer_init(arena, 0)};
    uint32_t before[2] = {ENT_NONE, ENT_NONE};
    for (uint32_t k = 0; k < holds->option_count; k++) {
        if (((from ^ to) >> k & 1) != 0) {
            uint32_t given = to >> k & 1;
            list_option(&lists[given], c, holds, k, &before[given]);
        }
    }
    if (lists[0].length > 0 && lists[1].length > 0) {
        return ent_format(arena, "take back (%s) and do (%s)", lists[0].at, lists[1].at);
    }
    return lists[0].length > 0 ? ent_format(arena, "take back (%s)", lists[0].at)
                               : ent_format(arena, "do (%s)", ent_buffer_text(&lists[1]));
}

static const char *answer_text(ent_arena *arena, const ent_case *c, const ent_holds *holds,
                               uint32_t from, const ent_path *path)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    for (uint32_t k = 0; k < path->length; k++) {
        ent_putf(&out, "%s%s would %s", k > 0 ? ", then " : "",
                 c->parties[holds->actors[path->actors[k]]].name,
                 change_text(arena, c, holds, from, path->states[k]));
        from = path->states[k];
    }
    return ent_buffer_text(&out);
}

/* The central world's story for one actor, by the concept of credible answers. */
static const char *story_text(ent_arena *arena, const ent_case *c, const ent_holds *holds,
                              uint32_t actor)
{
    const char *name = c->parties[holds->actors[actor]].name;
    ent_story story =
        ent_stability_story(arena, &holds->graph, actor, holds->state, ENT_SEQ);
    if (!story.improves) {
        return ent_format(arena, "%s gains nothing by a move of its own.", name);
    }
    const char *move = change_text(arena, c, holds, holds->state, story.to);
    if (story.stable) {
        return ent_format(arena, "%s could %s; but %s, and that leaves it no better off.", name,
                          move, answer_text(arena, c, holds, story.to, &story.answer));
    }
    if (isinf(holds->missing[holds->actors[actor]][ENT_SEQ])) {
        return ent_format(arena,
                          "%s would %s: what is agreed crosses a line of its own, and nothing "
                          "makes up for that.",
                          name, move);
    }
    return ent_format(arena,
                      "%s would %s: no answer that suits the others takes the gain away. It would "
                      "stay if this were worth more to it by %s of all that it has at stake.",
                      name, move,
                      ent_percent(arena, holds->missing[holds->actors[actor]][ENT_SEQ]));
}

/* Names beside the figures where there is room for both, else above them. */
static void put_shares(ent_buffer *out, const ent_style *style, const ent_case *c,
                       const ent_holds *holds)
{
    enum { NAME = 32 };
    char worlds[ENT_NUMBER_ROOM];
    bool beside = style->width >= 4 + NAME + 6 * ENT_CONCEPTS;
    const char *head = ent_format(out->arena, "share of %s worlds",
                                  ent_count_text(holds->worlds, worlds));
    ent_put(out, "    ");
    ent_put_cell(out, head, beside ? NAME : (unsigned)ent_text_width(head), false);
    ent_put(out, beside ? "" : "\n    ");
    for (uint32_t k = 0; k < ENT_CONCEPTS; k++) {
        ent_putf(out, " %5s", ent_concept_names[k]);
    }
    ent_put_char(out, '\n');
    for (uint32_t a = 0; a <= holds->graph.actors; a++) {
        bool last = a == holds->graph.actors;
        const double *shares = last ? holds->all : holds->shares[holds->actors[a]];
        const char *name = last ? "for all at once" : c->parties[holds->actors[a]].name;
        ent_put(out, "      ");
        ent_put_cell(out, name, beside ? NAME - 2 : (unsigned)ent_text_width(name), false);
        ent_put(out, beside ? "" : "\n    ");
        for (uint32_t k = 0; k < ENT_CONCEPTS; k++) {
            ent_putf(out, " %5s", ent_percent(out->arena, shares[k]));
        }
        ent_put(out, "\n");
    }
}

void ent_put_held(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                  const ent_held *held)
{
    const ent_case *c = analysis->c;
    const ent_holds *holds = &held->holds;
    if (ent_outcome_is_status_quo(&c->space, held->levels)) {
        ent_put(out, "  No deal: everything as it is\n");
    } else {
        ent_put_exchange(out, style, c, held->levels, 2);
    }
    if (holds->graph.actors == 0) {
        ent_put(out, "    ");
        ent_put_wrapped(out, style, 4, 4,
                        "It holds in all worlds: no step can be taken back or be a threat.");
        return;
    }
    put_shares(out, style, c, holds);
    for (uint32_t a = 0; a < holds->graph.actors; a++) {
        ent_put(out, "    ");
        ent_put_wrapped(out, style, 4, 4, story_text(out->arena, c, holds, a));
    }
}

void ent_put_holds_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_held *held, size_t count)
{
    ent_put_ink(out, style, ENT_INK_BOLD, analysis->c->title);
    ent_put(out, "\nWhat would hold: who would move away alone, and who would answer how?\n");
    ent_put_record(out, style, analysis);
    size_t shown = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        if (ent_first_placed(analysis, held[i].account) != held[i].account) {
            continue;
        }
        if (held[i].account != shown) {
            shown = held[i].account;
            ent_put_heading(out, style, ent_placed_title(out->arena, analysis, shown));
            ent_doubts doubts = ent_doubts_of(out->arena, analysis, shown, NULL, false);
            ent_put_doubts(out, style, &doubts, 2);
        } else {
            ent_put(out, "\n");
        }
        ent_put_held(out, style, analysis, &held[i]);
    }
    ent_put(out, "\n");
    ent_put_wrapped(out, style, 0, 0,
                    "nash: nobody has a better move. gmr: any answer of the others deters. smr: "
                    "the same, and the mover could not get away from it. seq and sseq: gmr and "
                    "smr, counting only answers that would suit those who give them. Who gives a "
                    "step can take it back where the case says that it can be undone. Sentences "
                    "are about the mean of the account's worlds.");
    ent_put(out, "\n");
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}

void ent_put_holds_plain(ent_buffer *out, const ent_analysis *analysis, const ent_held *held,
                         size_t count)
{
    char number[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < count; i++) {
        ent_putf(out, "%s\t%s", analysis->accounts.at[held[i].account].id,
                 ent_outcome_text(out->arena, &analysis->c->space, held[i].levels, false));
        for (uint32_t k = 0; k < ENT_CONCEPTS; k++) {
            double share = held[i].holds.graph.actors == 0 ? 1 : held[i].holds.all[k];
            ent_putf(out, "\t%s", ent_number_text(share, number));
        }
        ent_put(out, "\n");
    }
}

/* ---- JSON --------------------------------------------------------------------------------- */

static void json_parties(ent_json *json, const ent_case *c, const ent_holds *holds)
{
    ent_json_open_map(json, "verdicts");
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_json_open_map(json, c->parties[p].id);
        for (uint32_t k = 0; k < ENT_CONCEPTS; k++) {
            ent_json_bool(json, ent_concept_names[k], (holds->verdicts[p] >> k & 1) != 0);
        }
        ent_json_close_map(json);
    }
    ent_json_close_map(json);
    ent_json_open_map(json, "shares");
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_json_open_map(json, c->parties[p].id);
        for (uint32_t k = 0; k < ENT_CONCEPTS; k++) {
            ent_json_number(json, ent_concept_names[k], holds->shares[p][k]);
        }
        ent_json_close_map(json);
    }
    ent_json_close_map(json);
}

/* The best move of its own, if it gains by one, and the answers of the others if these deter it. */
static void json_move(ent_json *json, const ent_case *c, const ent_holds *holds, uint32_t actor)
{
    ent_arena *arena = json->out->arena;
    ent_story story = ent_stability_story(arena, &holds->graph, actor, holds->state, ENT_SEQ);
    if (!story.improves) {
        ent_json_null(json, "move");
        return;
    }
    uint32_t from = story.to;
    ent_json_text(json, "move", change_text(arena, c, holds, holds->state, from));
    ent_json_bool(json, "deterred", story.stable);
    ent_json_open_list(json, "answers");
    for (size_t k = 0; story.stable && k < story.answer.length; k++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "party", c->parties[holds->actors[story.answer.actors[k]]].id);
        ent_json_text(json, "move", change_text(arena, c, holds, from, story.answer.states[k]));
        ent_json_close_map(json);
        from = story.answer.states[k];
    }
    ent_json_close_list(json);
}

static void json_stories(ent_json *json, const ent_case *c, const ent_holds *holds)
{
    ent_json_open_list(json, "stories");
    for (uint32_t a = 0; a < holds->graph.actors; a++) {
        uint32_t p = holds->actors[a];
        ent_json_open_map(json, NULL);
        ent_json_text(json, "party", c->parties[p].id);
        ent_json_text(json, "story", story_text(json->out->arena, c, holds, a));
        json_move(json, c, holds, a);
        ent_json_open_map(json, "missing");
        for (uint32_t k = 0; k < ENT_CONCEPTS; k++) {
            ent_json_number(json, ent_concept_names[k], holds->missing[p][k]);
        }
        ent_json_close_map(json);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

void ent_json_held(ent_json *json, const ent_analysis *analysis, const ent_held *held)
{
    const ent_case *c = analysis->c;
    const ent_holds *holds = &held->holds;
    unsigned all = (1U << ENT_CONCEPTS) - 1;
    ent_json_text(json, "name",
                  ent_outcome_text(json->out->arena, &c->space, held->levels, false));
    ent_json_package(json, "package", &c->space, held->levels);
    json_parties(json, c, holds);
    for (uint32_t p = 0; p < c->party_count; p++) {
        all &= holds->verdicts[p];
    }
    ent_json_open_list(json, "equilibrium");
    for (uint32_t k = 0; k < ENT_CONCEPTS; k++) {
        if ((all >> k & 1) != 0) {
            ent_json_text(json, NULL, ent_concept_names[k]);
        }
    }
    ent_json_close_list(json);
    ent_json_open_map(json, "all");
    for (uint32_t k = 0; k < ENT_CONCEPTS; k++) {
        ent_json_number(json, ent_concept_names[k], holds->graph.actors == 0 ? 1 : holds->all[k]);
    }
    ent_json_close_map(json);
    ent_json_count(json, "worlds", holds->worlds);
    json_stories(json, c, holds);
}

void ent_put_holds_json(ent_buffer *out, const ent_analysis *analysis, const ent_held *held,
                        size_t count)
{
    const ent_case *c = analysis->c;
    ent_json json = ent_json_document(out, "stability");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "parties");
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_json_text(&json, NULL, c->parties[p].id);
    }
    ent_json_close_list(&json);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < count;) {
        size_t account = held[i].account;
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "name", analysis->accounts.at[account].id);
        ent_doubts doubts = ent_doubts_of(out->arena, analysis, account, NULL, false);
        ent_json_doubts(&json, analysis, &doubts);
        ent_json_open_list(&json, "states");
        for (; i < count && held[i].account == account; i++) {
            ent_json_open_map(&json, NULL);
            ent_json_held(&json, analysis, &held[i]);
            ent_json_close_map(&json);
        }
        ent_json_close_list(&json);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}
