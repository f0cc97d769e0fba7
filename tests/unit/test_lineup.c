/* The tuples of both designs against sets made by hand. */
#include "unit.h"

#include "haggle/lineup.h"

static ent_lineup lineup_of(ent_lineup_design design, size_t strategies, uint32_t parties)
{
    ent_lineup l;
    assert_true(ent_lineup_set(design, strategies, parties, 1000000, &l));
    return l;
}

/* The tuple's place among all, by counting in the base of the strategies. */
static uint64_t place_of(const ent_lineup *l, uint64_t tuple)
{
    uint64_t place = 0;
    for (uint32_t p = 0; p < l->parties; p++) {
        uint32_t s = ent_lineup_strategy(l, tuple, p);
        assert_true(s < l->strategies);
        place = place * l->strategies + s;
    }
    return place;
}

UNIT(all_tuples_are_numbered_as_digits)
{
    (void)work;
    for (uint32_t parties = 2; parties < 5; parties++) {
        for (size_t strategies = 1; strategies < 7; strategies++) {
            ent_lineup l = lineup_of(ENT_LINEUP_ALL, strategies, parties);
            assert_near((double)l.tuples, pow((double)strategies, parties), 0);
            for (uint64_t k = 0; k < l.tuples; k++) {
                assert_int_equal(place_of(&l, k), k);
            }
        }
    }
}

/* How many seats of the place in all tuples play the strategy. */
static uint32_t seats_of(uint64_t place, uint32_t strategies, uint32_t parties, uint32_t strategy)
{
    uint32_t seats = 0;
    for (uint32_t p = 0; p < parties; p++, place /= strategies) {
        seats += place % strategies == strategy;
    }
    return seats;
}

/* Do all seats but at most one play the same? */
static bool is_pair(uint64_t place, uint32_t strategies, uint32_t parties)
{
    for (uint32_t s = 0; s < strategies; s++) {
        if (seats_of(place, strategies, parties, s) + 1 >= parties) {
            return true;
        }
    }
    return false;
}

UNIT(pairs_are_every_tuple_in_which_one_seat_at_most_differs)
{
    for (uint32_t parties = 3; parties < 6; parties++) {
        for (uint32_t strategies = 2; strategies < 6; strategies++) {
            ent_lineup all = lineup_of(ENT_LINEUP_ALL, strategies, parties);
            ent_lineup l = lineup_of(ENT_LINEUP_PAIRS, strategies, parties);
            uint32_t *seen = ent_alloc(work->arena, all.tuples, uint32_t);
            assert_int_equal(l.design, ENT_LINEUP_PAIRS);
            assert_int_equal(l.tuples, parties * strategies * (strategies - 1) + strategies);
            for (uint64_t k = 0; k < l.tuples; k++) {
                seen[place_of(&l, k)]++;
            }
            for (uint64_t k = 0; k < all.tuples; k++) {
                assert_int_equal(seen[k], is_pair(k, strategies, parties));
            }
        }
    }
}

UNIT(pairs_of_two_parties_are_all_tuples)
{
    (void)work;
    ent_lineup l = lineup_of(ENT_LINEUP_PAIRS, 7, 2), all = lineup_of(ENT_LINEUP_ALL, 7, 2);
    assert_int_equal(l.design, ENT_LINEUP_ALL);
    assert_int_equal(l.tuples, all.tuples);
    for (uint64_t k = 0; k < all.tuples; k++) {
        assert_int_equal(place_of(&l, k), k);
    }
    assert_int_equal(lineup_of(ENT_LINEUP_PAIRS, 1, 5).design, ENT_LINEUP_ALL);
    assert_int_equal(lineup_of(ENT_LINEUP_PAIRS, 1, 5).tuples, 1);
}

UNIT(limits_are_kept_without_overflow)
{
    (void)work;
    ent_lineup l;
    assert_true(ent_lineup_set(ENT_LINEUP_ALL, 10, 6, 1000000, &l));
    assert_int_equal(l.tuples, 1000000);
    assert_false(ent_lineup_set(ENT_LINEUP_ALL, 10, 6, 999999, &l));
    assert_false(ent_lineup_set(ENT_LINEUP_ALL, 1000, 20, UINT64_MAX / 2, &l));
    assert_true(ent_lineup_set(ENT_LINEUP_PAIRS, 10, 20, 1810, &l));
    assert_int_equal(l.tuples, 1810);
    assert_false(ent_lineup_set(ENT_LINEUP_PAIRS, 10, 20, 1809, &l));
    assert_false(ent_lineup_set(ENT_LINEUP_PAIRS, UINT32_MAX, 20, 1000000, &l));
}

UNIT(own_is_one_tuple_of_everybody)
{
    (void)work;
    ent_lineup l = lineup_of(ENT_LINEUP_OWN, 4, 4);
    assert_int_equal(l.tuples, 1);
    for (uint32_t p = 0; p < 4; p++) {
        assert_int_equal(ent_lineup_strategy(&l, 0, p), p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_tuples_are_numbered_as_digits),
        cmocka_unit_test(pairs_are_every_tuple_in_which_one_seat_at_most_differs),
        cmocka_unit_test(pairs_of_two_parties_are_all_tuples),
        cmocka_unit_test(limits_are_kept_without_overflow),
        cmocka_unit_test(own_is_one_tuple_of_everybody),
    };
    return cmocka_run_group_tests_name("lineup", tests, NULL, NULL);
}
