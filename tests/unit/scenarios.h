/* Small random scenarios of every kind, and the answers about them by looking at every outcome. */
#ifndef ENT_UNIT_SCENARIOS_H
#define ENT_UNIT_SCENARIOS_H

#include "unit.h"

#include "base/random.h"
#include "bargain/solution.h"

typedef enum scenario_kind { SUMS, SUMS_WITH_DUST, BOXES, MIXED, TABLES, KINDS } scenario_kind;

static inline double draw_value(ent_stream *stream, scenario_kind kind)
{
    uint32_t whole = ent_draw_below(stream, 9);
    if (kind == SUMS) {
        return whole / 8.0; /* exact sums with many ties */
    }
    if (kind == SUMS_WITH_DUST) {
        return whole / 10.0 * 0.3; /* decimal fractions, so that the order of summing shows */
    }
    return ent_draw_unit(stream);
}

static inline void draw_boxes(ent_arena *arena, const ent_scenario *s, ent_stream *stream,
                              bool odd, ent_utility *u)
{
    u->box_count = 1 + ent_draw_below(stream, 10);
    u->scale = 7;
    u->aggregation = odd ? (ent_aggregation)ent_draw_below(stream, 3) : ENT_SUM;
    ent_box *boxes = ent_alloc(arena, u->box_count, ent_box);
    for (size_t k = 0; k < u->box_count; k++) {
        uint64_t *low = ent_alloc(arena, s->issue_count, uint64_t);
        uint64_t *high = ent_alloc(arena, s->issue_count, uint64_t);
        for (uint32_t i = 0; i < s->issue_count; i++) {
            uint32_t levels = (uint32_t)s->issues[i].levels;
            uint32_t a = ent_draw_below(stream, levels), b = ent_draw_below(stream, levels);
            bool free = ent_draw_below(stream, 2) == 0;
            low[i] = free ? 0 : a < b ? a : b;
            high[i] = free ? levels - 1 : a < b ? b : a;
        }
        double utility = (double)ent_draw_below(stream, 20);
        boxes[k] = (ent_box){.low = low, .high = high, .utility = utility};
        boxes[k].excludes = odd && ent_draw_below(stream, 3) == 0;
        if (odd && ent_draw_below(stream, 4) == 0) {
            boxes[k].utility = -utility;
        }
    }
    u->boxes = boxes;
}

static inline void draw_utility(ent_arena *arena, const ent_scenario *s, ent_stream *stream,
                                scenario_kind kind, ent_utility *u)
{
    *u = (ent_utility){.scale = 1, .discount = 1, .capped = kind == SUMS_WITH_DUST};
    uint64_t outcomes = 1;
    const double **part = ent_alloc(arena, s->issue_count, const double *);
    for (uint32_t i = 0; i < s->issue_count; i++) {
        double *row = ent_alloc(arena, s->issues[i].levels, double);
        for (uint32_t l = 0; l < s->issues[i].levels; l++) {
            row[l] = draw_value(stream, kind);
        }
        part[i] = row;
        outcomes *= s->issues[i].levels;
    }
    if (kind <= SUMS_WITH_DUST || (kind == MIXED && ent_draw_below(stream, 2) == 0)) {
        u->part = part;
    }
    if (kind == BOXES || kind == MIXED) {
        draw_boxes(arena, s, stream, kind == MIXED, u);
    }
    if (kind == TABLES) {
        double *values = ent_alloc(arena, outcomes, double);
        for (uint64_t k = 0; k < outcomes; k++) {
            values[k] = ent_draw_below(stream, 30) / 30.0;
        }
        u->table = values;
    }
    u->reservation = ent_draw_below(stream, 4) == 0 ? -HUGE_VAL
                                                    : ent_draw_below(stream, 4) / 5.0;
}

static inline const ent_scenario *draw_scenario(ent_arena *arena, ent_stream *stream,
                                                scenario_kind kind, uint32_t parties)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    ent_scenario *s = ent_alloc(arena, 1, ent_scenario);
    *s = (ent_scenario){.name = "random", .format = "case", .doubles = true, .party_count = parties,
                        .parties = names};
    s->issue_count = 1 + ent_draw_below(stream, 5);
    ent_scenario_issue *issues = ent_alloc(arena, s->issue_count, ent_scenario_issue);
    s->issues = issues;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        issues[i] = (ent_scenario_issue){.name = "issue", .kind = ENT_INTEGER, .step = 1,
                                         .levels = 1 + ent_draw_below(stream, 4)};
    }
    ent_utility *utilities = ent_alloc(arena, parties, ent_utility);
    for (uint32_t p = 0; p < parties; p++) {
        draw_utility(arena, s, stream, kind, &utilities[p]);
    }
    s->utilities = utilities;
    return s;
}

typedef struct plain_answer {
    size_t count;
    double *value; /* [count][parties] sorted as the engine sorts */
    uint64_t outcomes, rational;
} plain_answer;

static inline bool plain_dominates(const double *a, const double *b, uint32_t n)
{
    for (uint32_t p = 0; p < n; p++) {
        if (a[p] < b[p]) {
            return false;
        }
    }
    return true;
}

/* Every outcome against every other. */
static inline plain_answer plain_solve(ent_arena *arena, const ent_scenario *s)
{
    plain_answer a = {0};
    uint32_t n = s->party_count;
    assert_true(ent_scenario_outcomes(s, &a.outcomes));
    double *all = ent_alloc(arena, a.outcomes * n, double);
    uint64_t *levels = ent_alloc(arena, s->issue_count, uint64_t);
    a.value = ent_alloc(arena, a.outcomes * n, double);
    for (uint64_t k = 0; k < a.outcomes; k++) {
        bool rational = true;
        ent_scenario_outcome(s, k, levels);
        for (uint32_t p = 0; p < n; p++) {
            all[k * n + p] = ent_utility_of(s, p, levels);
            rational = rational && all[k * n + p] >= s->utilities[p].reservation;
        }
        a.rational += rational;
    }
    for (uint64_t k = 0; k < a.outcomes; k++) {
        bool best = true;
        for (uint64_t j = 0; j < a.outcomes && best; j++) {
            bool same = memcmp(&all[k * n], &all[j * n], n * sizeof *all) == 0;
            best = !plain_dominates(&all[j * n], &all[k * n], n) || (same && j >= k);
        }
        if (best) {
            size_t at = a.count++;
            while (at > 0 && ent_vector_order(&all[k * n], &a.value[(at - 1) * n], n) > 0) {
                memcpy(&a.value[at * n], &a.value[(at - 1) * n], n * sizeof *all);
                at--;
            }
            memcpy(&a.value[at * n], &all[k * n], n * sizeof *all);
        }
    }
    return a;
}

#endif
