#include "report/tournament.h"

#include "bargain/owner_points.h"
#include "base/number.h"
#include "report/frontier.h"
#include "report/haggle.h"

#include <math.h>
#include <string.h>

/* What the interval is over, and the test against the next place. */
static const char *over(const ent_result_rank *rank)
{
    return rank->over_scenarios ? "scenarios" : "cells";
}

/* What the distances are from. */
static void json_definitions(ent_json *json, const ent_tournament_story *story)
{
    ent_json_open_map(json, "definitions");
    ent_json_text(json, "nash_distance", ent_point_definition(ENT_NASH_POINT));
    ent_json_text(json, "kalai_distance", ent_point_definition(ENT_KALAI_SMORODINSKY));
    if (story->of_negmas > 0) {
        ent_json_text(json, "nash_negmas_distance", ent_negmas_nash_definition);
        ent_json_text(json, "kalai_smorodinsky_negmas_distance", ent_negmas_kalai_definition);
    }
    ent_json_close_map(json);
}

void ent_put_tournament_json(ent_buffer *out, const ent_tournament_story *story)
{
    ent_json json = ent_json_document(out, "tournament");
    ent_json_count(&json, "scenarios", story->scenarios);
    ent_json_open_map(&json, "tuples");
    ent_json_count(&json, "all", story->scenarios - story->in_pairs);
    ent_json_count(&json, "pairs", story->in_pairs);
    ent_json_close_map(&json);
    ent_json_count(&json, "runs", story->runs);
    if (story->interrupted) {
        ent_json_bool(&json, "interrupted", true);
        ent_json_count(&json, "runs_done", story->done);
    }
    ent_json_text(&json, "protocol", story->protocol);
    ent_json_text(&json, "score", story->score);
    ent_json_count(&json, "rounds", story->rules->rounds);
    ent_json_clock(&json, story->rules);
    ent_json_count(&json, "repetitions", story->repetitions);
    ent_json_count(&json, "seed", story->seed);
    ent_json_open_list(&json, "read_as");
    for (size_t i = 0; i < story->scenarios; i++) {
        if (story->read_as[i] != NULL) {
            ent_json_text(&json, NULL, story->read_as[i]);
        }
    }
    ent_json_close_list(&json);
    ent_json_open_list(&json, "ranking");
    for (size_t i = 0; i < story->rank_count; i++) {
        const ent_result_rank *r = &story->ranks[i];
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "strategy", r->strategy);
        ent_json_count(&json, "scenarios", r->scenarios);
        ent_json_count(&json, "cells", r->cells);
        ent_json_number(&json, "score", r->score);
        ent_json_number(&json, "score_error", r->score_error);
        ent_json_number(&json, "advantage", r->advantage);
        ent_json_number(&json, "advantage_error", r->error);
        ent_json_text(&json, "interval_over", over(r));
        ent_json_number(&json, "agreed", r->agreed);
        ent_json_number(&json, "welfare", r->welfare);
        ent_json_number(&json, "pareto_distance", r->pareto);
        ent_json_number(&json, "nash_distance", r->nash);
        ent_json_number(&json, "kalai_distance", r->kalai);
        if (story->of_negmas > 0) {
            ent_json_number(&json, "nash_negmas_distance", r->nash_negmas);
            ent_json_number(&json, "kalai_smorodinsky_negmas_distance", r->kalai_negmas);
        }
        ent_json_number(&json, "rounds", r->rounds);
        ent_json_number(&json, "chance", r->chance);
        ent_json_bool(&json, "ahead_of_next", r->ahead);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    json_definitions(&json, story);
    ent_json_end_document(&json);
}

void ent_put_tournament_plain(ent_buffer *out, const ent_tournament_story *story)
{
    char number[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < story->rank_count; i++) {
        const ent_result_rank *r = &story->ranks[i];
        const double figures[] = {r->score, r->score_error, r->agreed, r->welfare,
                                  r->pareto, r->nash, r->kalai, r->rounds};
        const double owner[] = {r->nash_negmas, r->kalai_negmas};
        ent_putf(out, "%zu\t%s", i + 1, r->strategy);
        for (size_t k = 0; k < sizeof figures / sizeof *figures; k++) {
            ent_putf(out, "\t%s", isnan(figures[k]) ? "-" : ent_number_text(figures[k], number));
        }
        ent_putf(out, "\t%s\t%s", r->ahead ? "ahead" : "-", over(r));
        for (size_t k = 0; k < 2 && story->of_negmas > 0; k++) {
            ent_putf(out, "\t%s", isnan(owner[k]) ? "-" : ent_number_text(owner[k], number));
        }
        ent_put_char(out, '\n');
    }
}

static void put_head(ent_buffer *out, const ent_style *style, const ent_tournament_story *story)
{
    ent_put_ink(out, style, ENT_INK_BOLD, "Tournament");
    ent_arena *arena = out->arena;
    ent_putf(out, "\n%s, %s, %s of %s, seed %llu\n",
             ent_counted(arena, story->scenarios, "scenarios"),
             ent_counted(arena, story->strategies, "strategies"),
             ent_counted(arena, story->runs, "runs"),
             ent_haggle_limits_text(arena, story->rules),
             (unsigned long long)story->seed);
    if (story->in_pairs == 0 || story->in_pairs == story->scenarios) {
        ent_put(out, story->in_pairs == 0 ? "every tuple of strategies\n"
                                          : "pairs of strategies\n");
    } else {
        ent_putf(out, "every tuple of strategies on %s, pairs of strategies on %zu\n",
                 ent_counted(arena, story->scenarios - story->in_pairs, "scenarios"),
                 story->in_pairs);
    }
    if (story->resumed > 0) {
        ent_putf(out, "%s %s there already\n", ent_counted(arena, story->resumed, "runs"),
                 story->resumed == 1 ? "was" : "were");
    }
}

static void put_rank(ent_buffer *out, const ent_result_rank *r, size_t place, bool narrow)
{
    ent_putf(out, "%3zu%c ", place, r->ahead ? '*' : ' ');
    ent_put_cell(out, r->strategy, 20, false);
    const char *error =
        isnan(r->score_error) ? "-" : ent_format(out->arena, "%.3f", r->score_error);
    const char *pareto = isnan(r->pareto) ? "-" : ent_format(out->arena, "%.3f", r->pareto);
    const char *agreed = ent_percent(out->arena, r->agreed);
    if (narrow) {
        ent_putf(out, "\n  %6.3f +- %-5s %7s %7.3f %7.1f\n", r->score, error, agreed,
                 r->welfare, r->rounds);
    } else {
        ent_putf(out, " %6.3f +- %-5s %7s %8.3f %13s %7.1f\n", r->score, error, agreed,
                 r->welfare, pareto, r->rounds);
    }
}

static void put_key(ent_buffer *out, const ent_result_rank *first)
{
    if (first->over_scenarios) {
        ent_putf(out, "+- 95 %% interval over the %llu scenarios (Student's t)\n",
                 (unsigned long long)first->scenarios);
    } else {
        ent_put(out, "+- 95 % interval over cells, not scenarios: these are too few to tell of "
                     "others\n");
    }
    ent_put(out, "* ahead of the next place by more than chance (paired t test, 5 % in all)\n");
}

static void put_distance(ent_buffer *out, double distance)
{
    ent_putf(out, " %9s", isnan(distance) ? "-" : ent_format(out->arena, "%.3f", distance));
}

/* How far agreements are from the solution points, as they are defined here and by NegMAS. */
static void put_owner(ent_buffer *out, const ent_style *style, const ent_tournament_story *story)
{
    ent_put_heading(out, style, "Distance of agreements from solution points");
    bool narrow = style->width < 80;
    int indent = narrow ? 1 : 26; /* narrow: the figures stand below the name */
    ent_putf(out, "%*s%9s %9s %9s %9s\n%*s%9s %9s %9s %9s\n", indent, "", "Nash", "Nash",
             "Kalai-S.", "Kalai-S.", indent, "", "", "NegMAS", "", "NegMAS");
    for (size_t i = 0; i < story->rank_count; i++) {
        const ent_result_rank *r = &story->ranks[i];
        ent_putf(out, "%3zu  ", i + 1);
        ent_put_cell(out, r->strategy, 20, false);
        ent_put(out, narrow ? "\n" : "");
        put_distance(out, r->nash);
        put_distance(out, r->nash_negmas);
        put_distance(out, r->kalai);
        put_distance(out, r->kalai_negmas);
        ent_put_char(out, '\n');
    }
    ent_put_wrapped(out, style, 0, 0,
                    ent_format(out->arena,
                               "NegMAS: the points as that program defines them, on scenarios "
                               "in its format (%zu of %zu). Its Nash point counts gains from the "
                               "least utility where no reservation value is above it; its "
                               "Kalai-Smorodinsky point has the least spread of the parties' "
                               "shares.",
                               story->of_negmas, story->scenarios));
}

/* How the first tables were read, a line each. */
static void put_tables(ent_buffer *out, const ent_style *style, const ent_tournament_story *story)
{
    enum { SHOWN = 8 };
    size_t tables = 0;
    for (size_t i = 0; i < story->scenarios; i++) {
        tables += story->read_as[i] != NULL;
        ent_put_read_as(out, style, tables <= SHOWN ? story->read_as[i] : NULL);
    }
    if (tables > SHOWN) {
        ent_putf(out, "... and %s (--json says how each was read)\n",
                 ent_counted(out->arena, tables - SHOWN, "more tables"));
    }
}

static void put_interrupted(ent_buffer *out, const ent_tournament_story *story)
{
    char done[ENT_NUMBER_ROOM];
    ent_putf(out, "%s of these runs %s done", ent_count_text(story->done, done),
             story->done == 1 ? "was" : "were");
    if (story->results != NULL) {
        ent_putf(out, " and kept in %s; the same call goes on there", story->results);
    }
    ent_put_char(out, '\n');
}

void ent_put_tournament_text(ent_buffer *out, const ent_style *style,
                             const ent_tournament_story *story)
{
    put_tables(out, style, story);
    put_head(out, style, story);
    if (story->interrupted) {
        put_interrupted(out, story);
    }
    if (story->rank_count == 0) {
        return;
    }
    ent_put_heading(out, style, ent_format(out->arena, "Ranking by %s%s", story->score,
                                           story->interrupted ? ", of these runs" : ""));
    if (strcmp(story->score, "advantage") != 0) {
        ent_putf(out, "%s\n", story->score_summary);
    }
    bool narrow = style->width < 80;
    if (narrow) {
        ent_putf(out, "  %-15s %7s %7s %7s\n", story->score, "agreed", "welfare", "rounds");
    } else {
        ent_putf(out, "%26s%-15s %7s %8s %13s %7s\n", "", story->score, "agreed", "welfare",
                 "from frontier", "rounds");
    }
    for (size_t i = 0; i < story->rank_count; i++) {
        put_rank(out, &story->ranks[i], i + 1, narrow);
    }
    put_key(out, &story->ranks[0]);
    if (story->of_negmas > 0) {
        put_owner(out, style, story);
    }
    if (story->results != NULL) {
        ent_putf(out, "Every run: %s\n", story->results);
    }
}
