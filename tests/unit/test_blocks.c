/*
 * Worlds by block: what blocks come to is what all their worlds, drawn again and put side by side,
 * come to by the plain definitions. And threads that share pieces out.
 */
#include "read_case.h"

#include "answers/blocks.h"
#include "answers/zone.h"
#include "base/pieces.h"

#include <stdatomic.h>

enum { WORLDS = 100001 };

static ent_analysis *by_blocks(ent_work *work, const char *yaml, ent_analysis *told)
{
    ent_settings settings = ent_settings_default();
    settings.worlds = WORLDS;
    settings.by_blocks = true;
    ent_analysis *analysis = analysis_of(work, case_of(work, yaml), &settings);
    assert_int_equal(analysis->all_worlds, WORLDS);
    assert_int_equal(ent_count_blocks(work, analysis, told), ENT_OK);
    return analysis;
}

/* Block `number` of the party's worlds behind those that the set has. */
static void append(ent_work *work, const ent_analysis *analysis, uint32_t number, uint32_t party,
                   ent_world_set *to)
{
    ent_analysis block = *analysis;
    ent_account_worlds worlds = analysis->worlds[0];
    size_t parties = (size_t)analysis->c->party_count + 1;
    block.block = number;
    block.settings.worlds = ent_block_worlds(WORLDS, number);
    worlds.sets = ent_alloc(work->arena, parties, ent_world_set);
    worlds.oracles = ent_alloc(work->arena, parties, ent_oracle *);
    assert_int_equal(ent_draw_party(work, &block, 0, party, &worlds), ENT_OK);
    const ent_world_set *from = &worlds.sets[party];
    for (uint32_t w = 0; w < from->worlds; w++) {
        for (uint32_t u = 0; u < from->k; u++) {
            to->z[(size_t)u * to->stride + to->worlds + w] = from->z[(size_t)u * from->stride + w];
        }
        to->b[to->worlds + w] = from->b[w];
    }
    to->worlds += from->worlds;
}

static ent_world_set all_blocks(ent_work *work, const ent_analysis *analysis,
                                const ent_analysis *told, uint32_t party)
{
    const ent_world_set *of = &told->worlds[0].sets[party];
    ent_world_set set = {.stride = WORLDS + 63, .k = of->k, .effective = of->effective};
    set.z = ent_alloc(work->arena, ((size_t)set.k + 1) * set.stride, float);
    set.b = ent_alloc(work->arena, set.stride, float);
    for (uint32_t k = 0; ent_block_worlds(WORLDS, k) > 0; k++) {
        append(work, analysis, k, party, &set);
    }
    assert_int_equal(set.worlds, WORLDS);
    return set;
}

/* Zone and shares of a deal from single worlds, as for a sample that is drawn at once. */
static void compare_zone(ent_work *work, const ent_tally *tally, const ent_voters *voters,
                         const uint8_t *in)
{
    const ent_analysis *told = tally->analysis;
    const uint64_t *levels = tally->together->levels;
    assert_non_null(levels);
    uint32_t *counts = ent_alloc(work->arena, told->c->party_count + 1, uint32_t);
    for (size_t v = 0; v < voters->count; v++) {
        counts[voters->party[v]] = ent_tally_count(tally, voters->party[v], levels);
    }
    ent_judge judge = ent_judge_of(work->arena, told, 0);
    ent_deal deal = ent_make_deal(work->arena, told, &judge, levels, counts);
    ent_zone plain = ent_zone_beside(work->arena, told->c, voters, WORLDS, in, &deal);
    ent_zone zone = ent_zone_of_tally(work->arena, tally, NULL, &judge);
    assert_true(plain.share > 0.05 && plain.share < 0.95 && plain.error > 0);
    assert_near(zone.share, plain.share, 1e-12);
    assert_near(zone.error, plain.error, 1e-12);
    assert_near(zone.interval.low, plain.interval.low, 1e-12);
    assert_near(zone.interval.high, plain.interval.high, 1e-12);
    assert_near(zone.effective, plain.effective, 1e-6);
    assert_int_equal(zone.worlds, WORLDS);
}

UNIT(blocks_come_to_what_all_their_worlds_come_to)
{
    ent_analysis told;
    const ent_analysis *analysis = by_blocks(work, small_case, &told);
    const ent_tally *tally;
    assert_int_equal(ent_tally_of(work, analysis, 0, &tally), ENT_OK);
    ent_voters voters = ent_voters_of(work->arena, analysis, 0);
    for (size_t v = 0; v < voters.count; v++) {
        ent_world_set *set = ent_alloc(work->arena, 1, ent_world_set);
        *set = all_blocks(work, analysis, &told, voters.party[v]);
        voters.at[v].set = set;
    }
    uint64_t *levels = ent_alloc(work->arena, told.c->space.issue_count, uint64_t);
    uint8_t *in = ent_alloc(work->arena, WORLDS, uint8_t);
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] == 0) {
            continue;
        }
        ent_grid_outcome(&tally->grid, i, levels);
        for (size_t v = 0; v < voters.count; v++) {
            assert_int_equal(ent_tally_count(tally, voters.party[v], levels),
                             ent_count_accepting(&told.c->space, &voters.at[v], levels));
        }
        ent_suited suited =
            ent_mark_suited(work->arena, told.c, &voters, WORLDS, levels);
        for (uint32_t w = 0; w < WORLDS; w++) {
            in[w] |= suited.suits[w];
        }
    }
    uint32_t zone = 0;
    for (uint32_t w = 0; w < WORLDS; w++) {
        zone += in[w];
    }
    assert_int_equal(tally->zone_count, zone);
    compare_zone(work, tally, &voters, in);
}

/* Independent samples of the same: all that is told of them agrees within their errors. */
UNIT(blocks_tell_what_a_sample_drawn_at_once_tells)
{
    ent_analysis told;
    ent_analysis *analysis = by_blocks(work, small_case, &told);
    ent_settings settings = ent_settings_default();
    ent_analysis *once = analysis_of(work, analysis->c, &settings);
    ent_deals_request request = {.top = 5, .verdicts = true, .alone = true};
    assert_int_equal(told.settings.worlds, WORLDS);
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        ent_deals a, b;
        assert_int_equal(ent_answer_deals(work, analysis, i, &request, &a), ENT_OK);
        assert_int_equal(ent_answer_deals(work, once, i, &request, &b), ENT_OK);
        double error = hypot(a.zone.error, b.zone.error);
        assert_near(a.zone.share, b.zone.share, 5 * error + 1e-9);
        assert_true(a.zone.error < b.zone.error || b.zone.error == 0);
        for (uint32_t p = 0; p < told.c->party_count; p++) {
            const ent_world_set *set = &told.worlds[i].sets[p];
            assert_true(set->effective > once->worlds[i].sets[p].effective);
            assert_true(set->effective <= WORLDS && set->rhat < 1.05 && !set->poor);
        }
    }
}

UNIT(all_worlds_are_in_blocks_of_like_size)
{
    (void)work;
    for (uint32_t worlds = 1; worlds < 400000; worlds = worlds * 3 + 1) {
        uint32_t sum = 0, first = ent_block_worlds(worlds, 0);
        for (uint32_t k = 0; ent_block_worlds(worlds, k) > 0; k++) {
            sum += ent_block_worlds(worlds, k);
            assert_true(first - ent_block_worlds(worlds, k) <= 1);
        }
        assert_int_equal(sum, worlds);
    }
}

/* Fewer worlds, and whoever did not ask for shares alone, have all of them at once. */
UNIT(others_are_drawn_at_once)
{
    ent_analysis told;
    ent_settings settings = ent_settings_default();
    settings.by_blocks = true;
    ent_analysis *analysis = analysis_of(work, case_of(work, small_case), &settings);
    assert_int_equal(analysis->all_worlds, 0);
    assert_int_equal(ent_count_blocks(work, analysis, &told), ENT_OK);
    assert_ptr_equal(told.worlds, analysis->worlds);
    settings.by_blocks = false;
    settings.worlds = WORLDS;
    analysis = analysis_of(work, case_of(work, small_case), &settings);
    assert_int_equal(analysis->all_worlds, 0);
    assert_int_equal(analysis->worlds[0].sets[0].worlds, WORLDS);
}

/* ---- Threads -------------------------------------------------------------------------------- */

enum { PIECES = 5000, MOST_THREADS = 9 };

typedef struct noting {
    atomic_int times[PIECES];
    atomic_int busy[MOST_THREADS]; /* no two pieces on a thread at the same time */
} noting;

static void note_piece(void *user, int thread, uint64_t piece)
{
    noting *n = user;
    assert_true(thread >= 0 && thread < MOST_THREADS);
    assert_int_equal(atomic_fetch_add(&n->busy[thread], 1), 0);
    atomic_fetch_add(&n->times[piece], 1);
    atomic_fetch_sub(&n->busy[thread], 1);
}

UNIT(each_piece_is_run_once_whatever_the_threads)
{
    for (int threads = 1; threads <= MOST_THREADS; threads += 2) {
        for (uint64_t count = 0; count <= PIECES; count = count * 7 + 1) {
            noting *n = ent_alloc(work->arena, 1, noting);
            ent_run_team(threads, count, note_piece, n);
            for (uint64_t i = 0; i < PIECES; i++) {
                assert_int_equal(atomic_load(&n->times[i]), i < count);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_come_to_what_all_their_worlds_come_to),
        cmocka_unit_test(blocks_tell_what_a_sample_drawn_at_once_tells),
        cmocka_unit_test(all_worlds_are_in_blocks_of_like_size),
        cmocka_unit_test(others_are_drawn_at_once),
        cmocka_unit_test(each_piece_is_run_once_whatever_the_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
