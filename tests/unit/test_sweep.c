#include "toy.h"
#include "unit.h"

#include "answers/sweep_own.h"

/* A small random problem: issues of all kinds, up to three voters, some outcomes not available. */
typedef struct problem {
    ent_space *space;
    ent_grid grid;
    ent_voter voters[3];
    size_t count;
    uint8_t *available;
} problem;

static problem problem_of(ent_arena *arena, ent_stream *s, const ent_issue_kind *kinds,
                          const uint64_t *sizes, uint32_t issues, uint32_t worlds, uint64_t seed)
{
    problem p = {.count = 1 + ent_draw_below(s, 3)};
    p.space = toy_space(arena, kinds, sizes, issues);
    assert_true(ent_grid_of(arena, p.space, NULL, &p.grid));
    for (size_t v = 0; v < p.count; v++) {
        int8_t *signs = ent_alloc(arena, issues, int8_t);
        bool *asked = ent_alloc(arena, issues, bool);
        signs[0] = 1;
        for (uint32_t i = 1; i < issues; i++) {
            signs[i] = (int8_t)((int)ent_draw_below(s, 3) - 1);
            asked[i] = ent_draw_below(s, 2) == 0;
        }
        const ent_stakes *stakes = toy_stakes(arena, p.space, signs);
        p.voters[v] = (ent_voter){.stakes = stakes,
                                  .set = toy_worlds(arena, stakes, worlds, 0.4, seed * 3 + v),
                                  .asked = v == 2 ? asked : NULL};
        p.voters[v].lines = toy_lines(arena, s, p.space, (uint32_t)v,
                                      seed % 2 == 0 ? ent_draw_below(s, 3) : 0);
    }
    p.available = ent_alloc(arena, p.grid.outcomes, uint8_t);
    for (uint64_t i = 0; i < p.grid.outcomes; i++) {
        p.available[i] = ent_draw_below(s, 4) != 0;
    }
    return p;
}

static problem random_problem(ent_arena *arena, uint64_t seed, uint32_t worlds)
{
    ent_stream s = ent_stream_of(seed, 1, 0);
    ent_issue_kind kinds[5];
    uint64_t sizes[5];
    uint32_t issues = 1 + ent_draw_below(&s, 5);
    for (uint32_t i = 0; i < issues; i++) {
        kinds[i] = (ent_issue_kind)ent_draw_below(&s, 3);
        sizes[i] = 2 + ent_draw_below(&s, 3);
        if (kinds[i] == ENT_RANGE && issues < 3) {
            sizes[i] += ent_draw_below(&s, 260); /* long digits and fine ranges too */
        }
    }
    return problem_of(arena, &s, kinds, sizes, issues, worlds, seed);
}

/* Worlds so near to a tie that float32 sums in another order may see it otherwise. */
static uint32_t near_ties(const problem *p, size_t v, uint64_t index)
{
    uint64_t outcome[5];
    ent_grid_outcome(&p->grid, index, outcome);
    const ent_stakes *stakes = p->voters[v].stakes;
    const ent_world_set *set = p->voters[v].set;
    uint32_t ties = 0;
    if (!toy_keeps(p->space, &p->voters[v].lines, (uint32_t)v, outcome)) {
        return 0;
    }
    for (uint32_t w = 0; w < set->worlds; w++) {
        double value = 0;
        for (uint32_t g = 0; g < stakes->groups; g++) {
            const ent_issue *issue = &p->space->issues[stakes->group_issue[g]];
            for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
                value += stakes->sign[u] * (double)set->z[(size_t)u * set->stride + w] *
                         ent_on(issue, outcome[stakes->group_issue[g]],
                                stakes->component[u] - issue->first);
            }
        }
        ties += fabs(value - (double)set->b[w] + (double)ENT_TIE) < 1e-6;
    }
    return ties;
}

UNIT(the_sweep_counts_what_the_double_loop_counts)
{
    size_t crossed = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        problem p = random_problem(work->arena, seed, 1 + (uint32_t)seed * 11);
        const uint8_t *available = seed % 3 == 0 ? NULL : p.available;
        ent_sweep fast, plain;
        ent_voters voters = {.at = p.voters, .count = p.count};
        assert_int_equal(ent_sweep_grid(work, &p.grid, &voters, available, &fast), ENT_OK);
        ent_sweep_plain(work->arena, &p.grid, &voters, available, &plain);
        uint32_t ties = 0;
        for (size_t v = 0; v < p.count; v++) {
            for (uint64_t i = 0; i < p.grid.outcomes; i++) {
                uint32_t difference = fast.counts[v][i] > plain.counts[v][i]
                                          ? fast.counts[v][i] - plain.counts[v][i]
                                          : plain.counts[v][i] - fast.counts[v][i];
                uint32_t near = difference > 0 ? near_ties(&p, v, i) : 0;
                ties += near;
                assert_true(difference <= near);
                uint64_t outcome[5];
                ent_grid_outcome(&p.grid, i, outcome);
                bool keeps = toy_keeps(p.space, &p.voters[v].lines, (uint32_t)v, outcome);
                assert_true(keeps || fast.counts[v][i] == 0);
                crossed += !keeps;
            }
        }
        uint32_t off = 0;
        for (uint32_t w = 0; w < fast.worlds; w++) {
            off += fast.zone[w] != plain.zone[w];
        }
        assert_true(off <= ties);
        assert_int_equal(fast.worlds, 1 + seed * 11);
    }
    assert_true(crossed > 1000);
}

/* Worths and reservation values that float32 holds and adds exactly: ties are ties. */
static void make_exact(const problem *p)
{
    for (size_t v = 0; v < p->count; v++) {
        const ent_world_set *set = p->voters[v].set;
        for (uint32_t w = 0; w < set->stride; w++) {
            for (uint32_t u = 0; u < set->k; u++) {
                float *z = &set->z[(size_t)u * set->stride + w];
                *z = floorf(*z * 64) / 64;
            }
            set->b[w] = floorf(set->b[w] * 64) / 64;
        }
    }
}

/*
 * One range of 128 or 256 steps among other issues, with lines, approvers, and outcomes that cannot
 * be had: the same counts and the same zone as by comparing every level, exactly, with many ties.
 */
UNIT(a_fine_range_is_an_interval)
{
    size_t accepted = 0, found = 0;
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        ent_stream s = ent_stream_of(seed, 9, 0);
        uint32_t issues = 1 + ent_draw_below(&s, 3), fine = ent_draw_below(&s, issues);
        ent_issue_kind kinds[3];
        uint64_t sizes[3];
        for (uint32_t i = 0; i < issues; i++) {
            kinds[i] = i == fine ? ENT_RANGE : (ent_issue_kind)ent_draw_below(&s, 2);
            sizes[i] = i == fine ? (seed % 4 == 0 ? 257 : 129) : 2 + ent_draw_below(&s, 2);
        }
        problem p = problem_of(work->arena, &s, kinds, sizes, issues,
                               1 + ent_draw_below(&s, 40), seed);
        make_exact(&p);
        const uint8_t *available = seed % 3 == 0 ? NULL : p.available;
        ent_voters voters = {.at = p.voters, .count = p.count};
        ent_sweep fast, plain;
        assert_int_equal(ent_sweep_grid(work, &p.grid, &voters, available, &fast), ENT_OK);
        ent_sweep_plain(work->arena, &p.grid, &voters, available, &plain);
        for (size_t v = 0; v < p.count; v++) {
            assert_memory_equal(fast.counts[v], plain.counts[v],
                                plain.outcomes * sizeof **plain.counts);
            for (uint64_t i = 0; i < p.grid.outcomes; i++) {
                accepted += plain.counts[v][i] > 0;
            }
        }
        assert_memory_equal(fast.zone, plain.zone, plain.worlds);
        found += fast.zone_count;
    }
    assert_true(accepted > 1000 && found > 1000);
}

/* One of the voters never asked, and a council of all of them with a voting rule. */
static ent_voters with_council(ent_arena *arena, ent_stream *s, problem *p, uint32_t issues)
{
    ent_council *council = ent_alloc(arena, 1, ent_council);
    bool *asked = ent_alloc(arena, issues, bool);
    for (uint32_t i = 0; i < issues; i++) {
        asked[i] = ent_draw_below(s, 2) == 0;
    }
    uint64_t members = ((uint64_t)1 << p->count) - 1;
    *council = (ent_council){.party = 3, .asked = asked, .members = members,
                             .votes = 1 + ent_draw_below(s, (uint32_t)p->count),
                             .vetoes = members & ent_draw_below(s, 8)};
    ent_councils *councils = ent_alloc(arena, 1, ent_councils);
    *councils = (ent_councils){.at = council, .count = 1, .binding = 1, .members = members};
    if (ent_draw_below(s, 2) == 0) {
        p->voters[0].asked = ent_alloc(arena, issues, bool);
    }
    uint32_t *party = ent_alloc(arena, 3, uint32_t);
    for (uint32_t v = 0; v < 3; v++) {
        party[v] = v;
    }
    return (ent_voters){.at = p->voters, .count = p->count, .councils = councils,
                        .party = party};
}

/*
 * Every voter over its own issues: the same counts and the same zone as by comparing every outcome,
 * exactly, with lines, approvers, councils, observers, ties, and outcomes that cannot be had.
 */
UNIT(own_outcomes_are_enough)
{
    size_t accepted = 0, found = 0, empty = 0;
    for (uint64_t seed = 1; seed <= 600; seed++) {
        ent_stream s = ent_stream_of(seed, 11, 0);
        uint32_t issues = 1 + ent_draw_below(&s, 5);
        ent_issue_kind kinds[5];
        uint64_t sizes[5];
        for (uint32_t i = 0; i < issues; i++) {
            kinds[i] = (ent_issue_kind)ent_draw_below(&s, 3);
            sizes[i] = 2 + ent_draw_below(&s, 2);
        }
        uint32_t worlds = 1 + ent_draw_below(&s, seed % 50 == 0 ? 20000 : 90);
        problem p = problem_of(work->arena, &s, kinds, sizes, issues, worlds, seed);
        make_exact(&p);
        const uint8_t *available = seed % 3 == 0 ? NULL : p.available;
        ent_voters voters = {.at = p.voters, .count = p.count};
        if (seed % 2 == 0) {
            voters = with_council(work->arena, &s, &p, issues);
        }
        ent_own_plan plan;
        assert_true(ent_own_plan_of(work->arena, p.space, p.grid.stride, &voters, 1 << 20, &plan));
        ent_sweep fast, plain;
        assert_int_equal(ent_sweep_grid(work, &p.grid, &voters, available, &fast), ENT_OK);
        assert_int_equal(ent_sweep_own(work, &plan, &p.grid, available, &fast), ENT_OK);
        ent_sweep_plain(work->arena, &p.grid, &voters, available, &plain);
        for (size_t v = 0; v < p.count; v++) {
            assert_memory_equal(fast.counts[v], plain.counts[v],
                                plain.outcomes * sizeof **plain.counts);
            for (uint64_t i = 0; i < p.grid.outcomes; i++) {
                accepted += plain.counts[v][i] > 0;
            }
        }
        assert_memory_equal(fast.zone, plain.zone, plain.worlds);
        found += fast.zone_count;
        empty += fast.worlds - fast.zone_count;
    }
    assert_true(accepted > 1000 && found > 1000 && empty > 1000);
}

/* Councils that never bind are no reason to go another way; one that binds may be. */
UNIT(councils_that_do_not_bind_cost_nothing)
{
    size_t pays = 0, dear = 0, otherwise = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        ent_stream s = ent_stream_of(seed, 6, 0);
        ent_issue_kind kinds[4] = {ENT_RANGE, ENT_OPTIONS, ENT_OPTIONS, ENT_OPTIONS};
        uint64_t sizes[4];
        for (uint32_t i = 0; i < 4; i++) {
            sizes[i] = i == 0 ? 20 + ent_draw_below(&s, 200) : 2 + ent_draw_below(&s, 5);
        }
        problem p = problem_of(work->arena, &s, kinds, sizes, 4, 64, seed);
        const ent_councils idle = {.count = 0}, binding = {.count = 0, .binding = 1};
        const ent_councils *councils[] = {NULL, &idle, &binding};
        bool own[3];
        for (int k = 0; k < 3; k++) {
            ent_voters voters = {.at = p.voters, .count = p.count, .councils = councils[k]};
            ent_own_plan plan;
            own[k] = ent_sweep_own_pays(work->arena, &p.grid, &voters, &plan);
        }
        assert_int_equal(own[1], own[0]);
        assert_true(own[2] || !own[0]); /* votes make comparing dearer */
        pays += own[0];
        dear += !own[0];
        otherwise += own[2] != own[0];
    }
    assert_true(pays > 20 && dear > 20 && otherwise > 20);
}

UNIT(threads_do_not_matter)
{
    for (uint64_t seed = 100; seed < 110; seed++) {
        problem p = random_problem(work->arena, seed, 2500);
        ent_sweep one, many;
        ent_voters voters = {.at = p.voters, .count = p.count};
        work->threads = 1;
        assert_int_equal(ent_sweep_grid(work, &p.grid, &voters, p.available, &one), ENT_OK);
        for (int threads = 2; threads <= 8; threads *= 4) {
            work->threads = threads;
            assert_int_equal(ent_sweep_grid(work, &p.grid, &voters, p.available, &many), ENT_OK);
            assert_int_equal(many.zone_count, one.zone_count);
            assert_memory_equal(many.zone, one.zone, one.worlds);
            for (size_t v = 0; v < p.count; v++) {
                assert_memory_equal(many.counts[v], one.counts[v],
                                    one.outcomes * sizeof **one.counts);
            }
        }
    }
}

UNIT(a_tie_is_an_acceptance)
{
    /* All that one issue is worth is what the party gives up, and b is 0: pinned to a tie. */
    ent_issue_kind kinds[] = {ENT_OPTIONS, ENT_OPTIONS};
    ent_space *space = toy_space(work->arena, kinds, (uint64_t[]){2, 2}, 2);
    const ent_stakes *stakes = toy_stakes(work->arena, space, (int8_t[]){1, -1});
    ent_world_set *set = toy_worlds(work->arena, stakes, 64, 0, 1);
    for (uint32_t w = 0; w < 64; w++) {
        set->z[w] = set->z[set->stride + w] = 0.5F;
    }
    ent_grid grid;
    assert_true(ent_grid_of(work->arena, space, NULL, &grid));
    ent_voter voter = {.stakes = stakes, .set = set};
    ent_sweep sweep;
    assert_int_equal(ent_sweep_grid(work, &grid, &(ent_voters){.at = &voter, .count = 1}, NULL,
                                    &sweep), ENT_OK);
    assert_int_equal(sweep.counts[0][0], 64);
    assert_int_equal(sweep.counts[0][1], 0);
    assert_int_equal(sweep.counts[0][2], 64);
    assert_int_equal(sweep.counts[0][3], 64);
}

UNIT(grids_number_outcomes)
{
    ent_issue_kind kinds[] = {ENT_OPTIONS, ENT_ITEMS, ENT_RANGE};
    ent_space *space = toy_space(work->arena, kinds, (uint64_t[]){3, 2, 5}, 3);
    ent_grid grid, part;
    assert_true(ent_grid_of(work->arena, space, NULL, &grid));
    assert_int_equal(grid.outcomes, 60);
    assert_int_equal(ent_grid_index(&grid, (uint64_t[]){1, 2, 3}), 33);
    uint64_t outcome[3];
    ent_grid_outcome(&grid, 33, outcome);
    assert_int_equal(outcome[0], 1);
    assert_int_equal(outcome[1], 2);
    assert_int_equal(outcome[2], 3);
    assert_true(ent_grid_of(work->arena, space, (bool[]){true, false, true}, &part));
    assert_int_equal(part.outcomes, 15);
    assert_int_equal(ent_grid_index(&part, (uint64_t[]){1, 2, 3}), 8);
}

/* A package over one or two issues. */
static ent_package random_package(ent_arena *arena, ent_stream *s, const ent_space *space)
{
    return *toy_lines(arena, s, space, 0, 1).at[0].package;
}

UNIT(what_is_ruled_out_is_what_is_looked_at_one_by_one)
{
    size_t out = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        ent_stream s = ent_stream_of(seed, 5, 0);
        problem p = random_problem(work->arena, seed, 1);
        ent_space space = *p.space;
        ent_rule *rules = ent_alloc(work->arena, 80, ent_rule);
        ent_package *banned = ent_alloc(work->arena, 80, ent_package);
        ent_bans bans = {.at = banned, .count = ent_draw_below(&s, seed % 10 == 0 ? 80 : 4)};
        space.rules = rules;
        space.rule_count = ent_draw_below(&s, seed % 10 == 1 ? 80 : 4);
        for (size_t i = 0; i < 80; i++) {
            rules[i].when = random_package(work->arena, &s, &space);
            rules[i].then = random_package(work->arena, &s, &space);
            banned[i] = random_package(work->arena, &s, &space);
        }
        uint32_t most = seed % 10 == 2 ? 150 : 4;
        ent_lines lines = toy_lines(work->arena, &s, &space, 0, 1 + ent_draw_below(&s, most));
        bool *part = ent_alloc(work->arena, space.issue_count, bool);
        for (uint32_t i = 0; i < space.issue_count; i++) {
            part[i] = ent_draw_below(&s, 3) != 0;
        }
        ent_grid grid, some;
        assert_true(ent_grid_of(work->arena, &space, NULL, &grid));
        assert_true(ent_grid_of(work->arena, &space, part, &some));
        uint64_t count, outcome[5], counted = 0;
        const uint8_t *available = ent_grid_available(work, &grid, &bans, &count);
        const uint8_t *keeps = ent_grid_keeps(work->arena, &some, &lines);
        for (uint64_t i = 0; i < grid.outcomes; i++) {
            ent_grid_outcome(&grid, i, outcome);
            assert_int_equal(available[i], ent_deal_available(&space, &bans, outcome));
            counted += available[i];
        }
        assert_int_equal(counted, count);
        for (uint64_t i = 0; i < some.outcomes; i++) {
            ent_grid_outcome(&some, i, outcome);
            assert_int_equal(keeps[i], toy_keeps(&space, &lines, 0, outcome));
            out += keeps[i] == 0;
        }
        assert_null(ent_grid_keeps(work->arena, &some, &(ent_lines){0}));
    }
    assert_true(out > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sweep_counts_what_the_double_loop_counts),
        cmocka_unit_test(a_fine_range_is_an_interval),
        cmocka_unit_test(own_outcomes_are_enough),
        cmocka_unit_test(councils_that_do_not_bind_cost_nothing),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(a_tie_is_an_acceptance),
        cmocka_unit_test(grids_number_outcomes),
        cmocka_unit_test(what_is_ruled_out_is_what_is_looked_at_one_by_one),
    };
    return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
