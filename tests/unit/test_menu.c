/* Rows of bits, maximum coverage and menus against counting world by world. */
#include "toy_case.h"
#include "unit.h"

#include "answers/menu.h"

enum { WORLDS = 300, SEEDS = 12 };

/* A toy with a line: the first party never takes the top of the first issue. */
static ent_analysis *lined(ent_work *work, uint64_t seed, uint32_t issues, uint32_t parties,
                           bool swap)
{
    ent_arena *arena = work->arena;
    ent_analysis *analysis = toy_analysis(arena, seed, issues, parties, WORLDS, swap);
    if (seed % 3 == 0) {
        ent_choice *choice = ent_alloc(arena, 1, ent_choice);
        ent_package *package = ent_alloc(arena, 1, ent_package);
        ent_line *line = ent_alloc(arena, 1, ent_line);
        *choice = (ent_choice){.issue = 1, .level = 1};
        *package = (ent_package){choice, 1, NULL, {0}};
        *line = (ent_line){.party = swap ? 1 : 0, .package = package};
        analysis->worlds->lines = (ent_lines){line, 1};
    }
    return analysis;
}

/* All outcomes that can be had, in the order of the grid. */
static uint64_t *outcomes_of(ent_arena *arena, const ent_analysis *analysis, size_t *count)
{
    const ent_space *space = &analysis->c->space;
    ent_grid grid;
    assert_true(ent_grid_of(arena, space, NULL, &grid));
    uint64_t *at = ent_alloc(arena, (size_t)grid.outcomes * space->issue_count + 1, uint64_t);
    *count = 0;
    for (uint64_t i = 0; i < grid.outcomes; i++) {
        uint64_t *levels = at + *count * space->issue_count;
        ent_grid_outcome(&grid, i, levels);
        *count += ent_deal_available(space, &analysis->worlds->bans, levels);
    }
    return at;
}

static bool bit(const uint64_t *row, uint32_t w)
{
    return (row[w / 64] >> w % 64 & 1) != 0;
}

UNIT(rows_say_what_acceptance_says)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        ent_analysis *analysis = lined(work, seed, 4, 4, false);
        uint32_t issues = analysis->c->space.issue_count;
        size_t count;
        const uint64_t *levels = outcomes_of(work->arena, analysis, &count);
        ent_bits bits = ent_bits_of(work->arena, analysis, 0);
        const uint64_t **of = ent_alloc(work->arena, bits.voters.count, const uint64_t *);
        uint64_t **rows = ent_alloc(work->arena, bits.voters.count, uint64_t *);
        for (size_t v = 0; v < bits.voters.count; v++) {
            rows[v] = ent_alloc(work->arena, count * bits.words, uint64_t);
            work->threads = 1 + (int)(seed % 3);
            ent_fill_rows(work, &bits, v, levels, count, rows[v]);
        }
        uint64_t *joint = ent_alloc(work->arena, bits.words, uint64_t);
        for (size_t i = 0; i < count; i++) {
            ent_suited suited = ent_mark_suited(work->arena, analysis->c, &bits.voters, WORLDS,
                                                levels + i * issues);
            for (size_t v = 0; v < bits.voters.count; v++) {
                of[v] = rows[v] + i * bits.words;
                for (uint32_t w = 0; w < WORLDS; w++) {
                    assert_int_equal(bit(of[v], w), suited.yes[v][w]);
                }
                assert_int_equal(of[v][bits.words - 1] >> WORLDS % 64, 0);
            }
            ent_join_rows(&bits, levels + i * issues, of, joint);
            for (uint32_t w = 0; w < WORLDS; w++) {
                assert_int_equal(bit(joint, w), suited.suits[w]);
            }
        }
    }
}

/* The most bits that any choice of `size` of the rows from `first` on adds to `covered`. */
static uint32_t brute_cover(const ent_rows_of_bits *rows, size_t size, size_t first,
                            const uint64_t *covered)
{
    uint32_t best = ent_count_row(covered, rows->words);
    uint64_t with[8];
    for (size_t i = first; size > 0 && i < rows->count; i++) {
        for (size_t w = 0; w < rows->words; w++) {
            with[w] = covered[w] | rows->at[i * rows->words + w];
        }
        uint32_t now = brute_cover(rows, size - 1, i + 1, with);
        best = now > best ? now : best;
    }
    return best;
}

UNIT(cover_is_the_best_there_is)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        ent_stream s = ent_stream_of(seed, 3, 0);
        ent_rows_of_bits rows = {.count = 1 + ent_draw_below(&s, 18),
                                 .words = 1 + ent_draw_below(&s, 4)};
        uint64_t *at = ent_alloc(work->arena, rows.count * rows.words, uint64_t);
        for (size_t i = 0; i < rows.count * rows.words * 64; i++) {
            at[i / 64] |= (uint64_t)(ent_draw_below(&s, 2 + (uint32_t)(seed % 9)) == 0) << i % 64;
        }
        rows.at = at;
        ent_cover cover[ENT_COVER_MOST];
        assert_int_equal(ent_cover_best(work, &rows, ENT_COVER_MOST, UINT64_MAX, cover), ENT_OK);
        const uint64_t none[8] = {0};
        for (size_t k = 0; k < ENT_COVER_MOST; k++) {
            assert_true(cover[k].proved);
            assert_int_equal(cover[k].covered, brute_cover(&rows, k + 1, 0, none));
            uint64_t all[8] = {0};
            for (size_t i = 0; i < cover[k].count; i++) {
                assert_true(i == 0 || cover[k].chosen[i] > cover[k].chosen[i - 1]);
                for (size_t w = 0; w < rows.words; w++) {
                    all[w] |= at[cover[k].chosen[i] * rows.words + w];
                }
            }
            assert_int_equal(ent_count_row(all, rows.words), cover[k].covered);
        }
    }
}

UNIT(a_spent_budget_is_said)
{
    ent_stream s = ent_stream_of(9, 3, 0);
    ent_rows_of_bits rows = {.count = 60, .words = 4};
    uint64_t *at = ent_alloc(work->arena, rows.count * rows.words, uint64_t);
    for (size_t i = 0; i < rows.count * rows.words * 64; i++) {
        at[i / 64] |= (uint64_t)(ent_draw_below(&s, 6) == 0) << i % 64;
    }
    rows.at = at;
    ent_cover hasty[ENT_COVER_MOST], whole[ENT_COVER_MOST];
    assert_int_equal(ent_cover_best(work, &rows, 4, 1, hasty), ENT_OK);
    assert_int_equal(ent_cover_best(work, &rows, 4, UINT64_MAX, whole), ENT_OK);
    assert_false(hasty[3].proved);
    assert_true(whole[3].proved);
    assert_int_equal(hasty[3].count, 4);
    /* Greedy alone is within 1 - (1 - 1/k)^k of the best. */
    assert_true(hasty[3].covered >= (1 - pow(0.75, 4)) * whole[3].covered);
    assert_true(hasty[3].covered <= whole[3].covered);
}

/* Paired worlds in which all accept at least one of up to `size` outcomes, the most there are. */
static uint32_t brute_menu(ent_work *work, const ent_analysis *analysis, size_t size)
{
    size_t count;
    const uint64_t *levels = outcomes_of(work->arena, analysis, &count);
    ent_voters voters = ent_voters_of(work->arena, analysis, 0);
    size_t words = (WORLDS + 63) / 64;
    uint64_t *at = ent_alloc(work->arena, count * words + 1, uint64_t);
    for (size_t i = 0; i < count; i++) {
        ent_suited suited =
            ent_mark_suited(work->arena, analysis->c, &voters, WORLDS,
                            levels + i * analysis->c->space.issue_count);
        for (uint32_t w = 0; w < WORLDS; w++) {
            at[i * words + w / 64] |= (uint64_t)suited.suits[w] << w % 64;
        }
    }
    const uint64_t none[8] = {0};
    return brute_cover(&(ent_rows_of_bits){at, count, words}, size, 0, none);
}

static uint32_t suited_worlds(ent_work *work, const ent_analysis *analysis,
                              const ent_menu_item *items, size_t size)
{
    ent_voters voters = ent_voters_of(work->arena, analysis, 0);
    uint8_t any[WORLDS] = {0};
    for (size_t i = 0; i < size; i++) {
        ent_suited suited = ent_mark_suited(work->arena, analysis->c, &voters, WORLDS,
                                            items[i].deal.levels);
        for (uint32_t w = 0; w < WORLDS; w++) {
            any[w] |= suited.suits[w];
        }
    }
    uint32_t count = 0;
    for (uint32_t w = 0; w < WORLDS; w++) {
        count += any[w];
    }
    return count;
}

UNIT(menus_are_the_best_there_are)
{
    size_t seen[4] = {0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        ent_analysis *analysis = lined(work, seed, 3, 2 + (uint32_t)(seed % 3), false);
        ent_menus menus;
        assert_int_equal(ent_answer_menu(work, analysis, 0, 3, &menus), ENT_OK);
        const ent_best *best = &menus.best;
        double before = 0;
        for (size_t k = 0; k < menus.count; k++) {
            const ent_menu *menu = &menus.at[k];
            seen[k]++;
            assert_int_equal(menu->size, k + 1);
            assert_true(menu->proved);
            uint32_t worlds = suited_worlds(work, analysis, menu->items, menu->size);
            uint32_t one = suited_worlds(work, analysis, menus.at[0].items, 1);
            if (k > 0) {
                assert_int_equal(worlds, brute_menu(work, analysis, k + 1));
            }
            double share = best->deal.joint + ((double)worlds - one) / WORLDS;
            assert_near(menu->share, fmin(share, fmax(best->zone.share, best->deal.joint)), 1e-12);
            assert_true(menu->share >= before && menu->share <= best->zone.share + 1e-12);
            before = menu->share;
        }
        if (menus.count > 0 && menus.count < 3) {
            assert_int_equal(brute_menu(work, analysis, menus.count + 1),
                             brute_menu(work, analysis, menus.count));
        }
    }
    assert_true(seen[0] > 0 && seen[1] > 0 && seen[2] > 0);
}

UNIT(menus_are_mirrored_with_the_parties)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        ent_menus here, there;
        assert_int_equal(ent_answer_menu(work, lined(work, seed, 3, 2, false), 0, 3, &here),
                         ENT_OK);
        assert_int_equal(ent_answer_menu(work, lined(work, seed, 3, 2, true), 0, 3, &there),
                         ENT_OK);
        assert_int_equal(here.count, there.count);
        for (size_t k = 0; k < here.count; k++) {
            assert_near(here.at[k].share, there.at[k].share, 1e-12);
            for (size_t i = 0; i <= k; i++) {
                assert_memory_equal(here.at[k].items[i].deal.levels,
                                    there.at[k].items[i].deal.levels, 3 * sizeof(uint64_t));
            }
        }
    }
}

UNIT(tastes_are_a_total_order)
{
    uint64_t said[] = {1, 1, 0}, positions[] = {1, 0, 0};
    ent_analysis *analysis = toy_analysis(work->arena, 4, 3, 2, 10, false);
    ent_taste taste = {&analysis->c->space, said, 1, positions, 1};
    size_t count;
    const uint64_t *levels = outcomes_of(work->arena, analysis, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            bool before = ent_tastes_better(&taste, levels + 3 * i, levels + 3 * j);
            assert_int_equal(i != j, before || ent_tastes_better(&taste, levels + 3 * j,
                                                                 levels + 3 * i));
            assert_false(before && ent_tastes_better(&taste, levels + 3 * j, levels + 3 * i));
        }
    }
    uint64_t near[] = {1, 0, 1}, far[] = {0, 1, 1};
    assert_true(ent_tastes_better(&taste, said, near));
    assert_true(ent_tastes_better(&taste, near, far));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_say_what_acceptance_says),
        cmocka_unit_test(cover_is_the_best_there_is),
        cmocka_unit_test(a_spent_budget_is_said),
        cmocka_unit_test(menus_are_the_best_there_are),
        cmocka_unit_test(menus_are_mirrored_with_the_parties),
        cmocka_unit_test(tastes_are_a_total_order),
    };
    return cmocka_run_group_tests_name("menu", tests, NULL, NULL);
}
