/*
 * A random analysis made by hand: two deciders, perhaps an approver and an observer, some packages
 * that each is known to accept or refuse, a rule, a ban, and worlds by plain rejection.
 */
#ifndef ENT_TOY_CASE_H
#define ENT_TOY_CASE_H

#include "toy.h"

#include "answers/analysis.h"

#include <string.h>

static inline double toy_value(const ent_space *space, const ent_stakes *stakes,
                               const ent_world_set *set, uint32_t world, const uint64_t *levels)
{
    double value = 0;
    for (uint32_t g = 0; g < stakes->groups; g++) {
        const ent_issue *issue = &space->issues[stakes->group_issue[g]];
        for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
            value += stakes->sign[u] * (double)set->z[(size_t)u * set->stride + world] *
                     ent_on(issue, levels[stakes->group_issue[g]],
                            stakes->component[u] - issue->first);
        }
    }
    return value;
}

static inline void toy_levels(ent_stream *s, const ent_space *space, uint64_t *levels)
{
    for (uint32_t i = 0; i < space->issue_count; i++) {
        levels[i] = ent_draw_below(s, (uint32_t)space->issues[i].levels);
    }
}

/* Rows that a hidden preference (world 0 of `hidden`) keeps with a margin. */
static inline ent_polytope toy_polytope(ent_arena *arena, const ent_space *space,
                                        const ent_stakes *stakes, uint64_t seed, size_t rows)
{
    ent_stream s = ent_stream_of(seed, 11, 0);
    const ent_world_set *hidden = toy_worlds(arena, stakes, 1, stakes->reservation.high, seed);
    ent_row *at = ent_alloc(arena, rows + 1, ent_row);
    uint64_t levels[20];
    ent_polytope polytope = {stakes, at, 0};
    for (size_t r = 0; r < rows; r++) {
        toy_levels(&s, space, levels);
        double excess = toy_value(space, stakes, hidden, 0, levels) - (double)hidden->b[0];
        if (excess > 0.02 || excess < -0.02) {
            ent_row row = ent_acceptance_row(arena, space, stakes, levels, excess > 0);
            row.statement = (uint32_t)polytope.row_count;
            at[polytope.row_count++] = row;
        }
    }
    return polytope;
}

static inline bool toy_inside(const ent_polytope *polytope, const ent_world_set *set, uint32_t w)
{
    for (size_t r = 0; r < polytope->row_count; r++) {
        const ent_row *row = &polytope->rows[r];
        double value = row->beta * (double)set->b[w] + row->gamma;
        for (uint32_t u = 0; u < set->k; u++) {
            value += row->a[u] * (double)set->z[(size_t)u * set->stride + w];
        }
        if (value < 0) {
            return false;
        }
    }
    return true;
}

/* So many worlds inside the polytope, fewer never: draws are repeated where rejection is slow. */
static inline ent_world_set toy_inside_worlds(ent_arena *arena, const ent_polytope *polytope,
                                              uint32_t worlds, uint64_t seed)
{
    const ent_stakes *stakes = polytope->stakes;
    ent_world_set *set = toy_worlds(arena, stakes, worlds, 0, seed);
    uint32_t kept = 0;
    for (uint64_t round = 1; kept < worlds && round < 200; round++) {
        const ent_world_set *draw = toy_worlds(arena, stakes, worlds, stakes->reservation.high,
                                               seed + 1000 * round);
        for (uint32_t w = 0; w < worlds && kept < worlds; w++) {
            if (toy_inside(polytope, draw, w)) {
                for (uint32_t u = 0; u < set->k; u++) {
                    set->z[(size_t)u * set->stride + kept] = draw->z[(size_t)u * set->stride + w];
                }
                set->b[kept++] = draw->b[w];
            }
        }
    }
    for (uint32_t w = kept; w < worlds && kept > 0; w++) {
        for (uint32_t u = 0; u < set->k; u++) {
            set->z[(size_t)u * set->stride + w] = set->z[(size_t)u * set->stride + w % kept];
        }
        set->b[w] = set->b[w % kept];
    }
    return *set;
}

static inline void toy_decide(ent_arena *arena, ent_account_worlds *worlds, uint32_t party)
{
    const ent_polytope *polytope = &worlds->polytopes[party];
    const ent_row **rows = ent_alloc(arena, polytope->row_count + 1, const ent_row *);
    for (size_t r = 0; r < polytope->row_count; r++) {
        rows[r] = &polytope->rows[r];
    }
    worlds->oracles[party] = ent_oracle_create(arena, polytope->stakes);
    (void)ent_oracle_decide(worlds->oracles[party], rows, polytope->row_count);
}

static inline const ent_space *toy_case_space(ent_arena *arena, ent_stream *s, uint32_t issues)
{
    ent_issue_kind kinds[20];
    uint64_t sizes[20];
    for (uint32_t i = 0; i < issues; i++) {
        kinds[i] = (ent_issue_kind)ent_draw_below(s, 3);
        sizes[i] = 2 + ent_draw_below(s, 2);
    }
    ent_space *space = toy_space(arena, kinds, sizes, issues);
    ent_choice *choices = ent_alloc(arena, 2, ent_choice);
    choices[0] = (ent_choice){.issue = 0, .level = space->issues[0].levels - 1};
    choices[1] = (ent_choice){.issue = issues - 1, .level = 1};
    ent_rule *rule = ent_alloc(arena, 1, ent_rule);
    *rule = (ent_rule){.when = {choices, 1, NULL, {0}}, .then = {choices + 1, 1, NULL, {0}}};
    space->rules = rule;
    space->rule_count = 1;
    return space;
}

/* parties 2..4; swap: the first two exchanged in everything. */
static inline ent_analysis *toy_analysis(ent_arena *arena, uint64_t seed, uint32_t issues,
                                         uint32_t parties, uint32_t worlds, bool swap)
{
    ent_stream s = ent_stream_of(seed, 5, 0);
    ent_case *c = ent_alloc(arena, 1, ent_case);
    c->space = *toy_case_space(arena, &s, issues);
    ent_party *party = ent_alloc(arena, parties, ent_party);
    ent_analysis *analysis = ent_alloc(arena, 1, ent_analysis);
    analysis->c = c;
    analysis->settings = ent_settings_default();
    analysis->settings.worlds = worlds;
    analysis->stakes = ent_alloc(arena, parties, const ent_stakes *);
    ent_account_worlds *account = ent_alloc(arena, 1, ent_account_worlds);
    analysis->kept = ent_alloc(arena, 1, ent_kept);
    static const ent_account one = {.id = "one", .name = "One", .consistent = true};
    account->account = &one;
    account->polytopes = ent_alloc(arena, parties, ent_polytope);
    account->oracles = ent_alloc(arena, parties, ent_oracle *);
    account->sets = ent_alloc(arena, parties, ent_world_set);
    bool *approves = ent_alloc(arena, issues, bool);
    approves[issues / 2] = true;
    for (uint32_t q = 0; q < parties; q++) {
        uint32_t p = swap && q < 2 ? 1 - q : q;
        int8_t *signs = ent_alloc(arena, issues, int8_t);
        for (uint32_t i = 0; i < issues; i++) {
            signs[i] = q < 2 ? (int8_t)((i + q) % 2 == 0 ? 1 : -1)
                             : (int8_t)((int)ent_draw_below(&s, 3) - 1);
        }
        signs[q % issues] = signs[q % issues] == 0 ? 1 : signs[q % issues];
        static const char *const ids[] = {"p", "q", "r", "s"};
        party[p] = (ent_party){.id = ids[p], .name = ids[p], .reservation = {0, 0.2}};
        party[p].role = q < 2 ? ENT_DECIDER : q == 2 ? ENT_APPROVER : ENT_OBSERVER;
        party[p].approves = q == 2 ? approves : NULL;
        ent_stakes *stakes = toy_stakes(arena, &c->space, signs);
        stakes->party = p;
        stakes->reservation = party[p].reservation;
        analysis->stakes[p] = stakes;
        account->polytopes[p] = toy_polytope(arena, &c->space, stakes, seed * 7 + q, 4);
        account->sets[p] = toy_inside_worlds(arena, &account->polytopes[p], worlds, seed * 5 + q);
        toy_decide(arena, account, p);
    }
    ent_choice *ban = ent_alloc(arena, 1, ent_choice);
    *ban = (ent_choice){.issue = issues / 2, .level = c->space.issues[issues / 2].levels - 1};
    ent_package *package = ent_alloc(arena, 1, ent_package);
    *package = (ent_package){ban, 1, NULL, {0}};
    account->bans = (ent_bans){package, NULL, 1};
    c->parties = party;
    c->party_count = parties;
    analysis->worlds = account;
    return analysis;
}

#endif
