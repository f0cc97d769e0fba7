#include "report/tournament.h"

#include "base/number.h"

#include <math.h>

void ent_put_tournament_json(ent_buffer *out, const ent_tournament_story *story)
{
    ent_json json = ent_json_document(out, "tournament");
    ent_json_count(&json, "scenarios", story->scenarios);
    ent_json_count(&json, "runs", story->runs);
    ent_json_text(&json, "protocol", story->protocol);
    ent_json_count(&json, "rounds", story->rounds);
    ent_json_count(&json, "repetitions", story->repetitions);
    ent_json_count(&json, "seed", story->seed);
    ent_json_open_list(&json, "ranking");
    for (size_t i = 0; i < story->rank_count; i++) {
        const ent_result_rank *r = &story->ranks[i];
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "strategy", r->strategy);
        ent_json_count(&json, "cells", r->cells);
        ent_json_number(&json, "advantage", r->advantage);
        ent_json_number(&json, "advantage_error", r->error);
        ent_json_number(&json, "agreed", r->agreed);
        ent_json_number(&json, "welfare", r->welfare);
        ent_json_number(&json, "pareto_distance", r->pareto);
        ent_json_number(&json, "nash_distance", r->nash);
        ent_json_number(&json, "kalai_distance", r->kalai);
        ent_json_number(&json, "rounds", r->rounds);
        ent_json_number(&json, "chance", r->chance);
        ent_json_bool(&json, "ahead_of_next", r->ahead);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

void ent_put_tournament_plain(ent_buffer *out, const ent_tournament_story *story)
{
    char number[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < story->rank_count; i++) {
        const ent_result_rank *r = &story->ranks[i];
        const double figures[] = {r->advantage, r->error, r->agreed, r->welfare,
                                  r->pareto, r->nash, r->kalai, r->rounds};
        ent_putf(out, "%zu\t%s", i + 1, r->strategy);
        for (size_t k = 0; k < sizeof figures / sizeof *figures; k++) {
            ent_putf(out, "\t%s", isnan(figures[k]) ? "-" : ent_number_text(figures[k], number));
        }
        ent_putf(out, "\t%s\n", r->ahead ? "ahead" : "-");
    }
}

void ent_put_tournament_text(ent_buffer *out, const ent_style *style,
                             const ent_tournament_story *story)
{
    char runs[ENT_NUMBER_ROOM], resumed[ENT_NUMBER_ROOM];
    ent_put_ink(out, style, ENT_INK_BOLD, "Tournament");
    ent_putf(out, "\n%zu scenarios, %zu strategies, %s runs of %u rounds, seed %llu\n",
             story->scenarios, story->strategies, ent_count_text(story->runs, runs),
             story->rounds, (unsigned long long)story->seed);
    if (story->resumed > 0) {
        ent_putf(out, "%s runs were there already\n", ent_count_text(story->resumed, resumed));
    }
    ent_put_heading(out, style, "Ranking by advantage");
    bool narrow = style->width < 80;
    ent_put_repeat(out, " ", narrow ? 0 : 26);
    ent_put(out, narrow ? "       advantage  agreed welfare  rounds\n"
                        : "advantage      agreed  welfare  from frontier  rounds\n");
    for (size_t i = 0; i < story->rank_count; i++) {
        const ent_result_rank *r = &story->ranks[i];
        ent_putf(out, "%3zu%c ", i + 1, r->ahead ? '*' : ' ');
        ent_put_cell(out, r->strategy, 20, false);
        if (narrow) {
            ent_putf(out, "\n  %6.3f +- %.3f %7s %7.3f %7.1f\n", r->advantage, r->error,
                     ent_percent(out->arena, r->agreed), r->welfare, r->rounds);
            continue;
        }
        const char *pareto = isnan(r->pareto) ? "-" : ent_format(out->arena, "%.3f", r->pareto);
        ent_putf(out, " %6.3f +- %.3f %7s %8.3f %14s %7.1f\n", r->advantage, r->error,
                 ent_percent(out->arena, r->agreed), r->welfare, pareto, r->rounds);
    }
    ent_put(out, "* ahead of the next place by more than chance (paired t test, 5 % in all)\n");
    if (story->results != NULL) {
        ent_putf(out, "Every run: %s\n", story->results);
    }
}
