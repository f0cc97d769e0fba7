#include "unit.h"

#include "base/random.h"
#include "bargain/adjusted_winner.h"

/* Raiffa, The Art and Science of Negotiation, 1982: the points of the Panama Canal talks. */
UNIT(panama_canal)
{
    ent_division_item items[] = {
        {.name = "US defense rights", .points = {22, 9}},
        {.name = "Use rights", .points = {22, 15}},
        {.name = "Land and water", .points = {15, 15}},
        {.name = "Expansion rights", .points = {14, 3}},
        {.name = "Duration", .points = {11, 15}},
        {.name = "Expansion routes", .points = {6, 5}},
        {.name = "Compensation", .points = {4, 11}},
        {.name = "Jurisdiction", .points = {2, 7}},
        {.name = "US military rights", .points = {2, 7}},
        {.name = "Defense role of Panama", .points = {2, 13}},
    };
    static const double share[] = {1, 1, 2.0 / 15, 1, 0, 1, 0, 0, 0, 0};
    ent_division d = {.party = {"United States", "Panama"}, .items = items, .count = 10};
    assert_int_equal(ent_adjusted_winner(work, &d), ENT_OK);
    assert_near(d.first[0], 79, 1e-12);
    assert_near(d.first[1], 53, 1e-12);
    assert_near(d.points[0], 66, 1e-12);
    assert_near(d.points[1], 66, 1e-12);
    assert_int_equal(d.split, 2);
    assert_true(d.moved[0] == 13 && d.moved[1] == 15);
    for (int i = 0; i < 10; i++) {
        assert_near(items[i].share, share[i], 1e-15);
    }
}

/* Two items, worked by hand: A (70, 30), B (40, 60): A 70, B 60; x = 10/110 of the first moves. */
UNIT(by_hand)
{
    ent_division_item items[] = {{.name = "house", .points = {70, 40}},
                                 {.name = "car", .points = {30, 60}}};
    ent_division d = {.party = {"A", "B"}, .items = items, .count = 2};
    assert_int_equal(ent_adjusted_winner(work, &d), ENT_OK);
    assert_true(d.moved[0] == 1 && d.moved[1] == 11);
    assert_near(d.points[0], 70.0 * 10 / 11, 1e-12);
    assert_near(d.points[1], 60 + 40.0 / 11, 1e-12);
}

/* Equitable, free of envy, efficient (no trade of parts of two items helps both), one split. */
static void check_division(const ent_division *d)
{
    size_t splits = 0;
    assert_near(d->points[0], d->points[1], 1e-9);
    assert_true(d->points[0] >= 50 - 1e-9);
    for (size_t i = 0; i < d->count; i++) {
        const ent_division_item *a = &d->items[i];
        assert_true(a->share >= 0 && a->share <= 1);
        splits += a->share > 0 && a->share < 1;
        for (size_t j = 0; j < d->count; j++) {
            const ent_division_item *b = &d->items[j];
            if (a->share > 0 && b->share < 1) {
                assert_true(a->points[0] * b->points[1] >=
                            b->points[0] * a->points[1] - 1e-9 * d->total[0] * d->total[1]);
            }
        }
    }
    assert_true(splits <= 1);
}

UNIT(divisions_are_fair)
{
    for (uint64_t k = 0; k < 500; k++) {
        ent_stream stream = ent_stream_of(41, k, 0);
        ent_division_item items[12];
        ent_division d = {.party = {"A", "B"}, .items = items, .count = 2 + k % 11};
        for (size_t i = 0; i < d.count; i++) {
            bool whole = k % 2 == 0;
            items[i] = (ent_division_item){.name = "item"};
            for (int p = 0; p < 2; p++) {
                items[i].points[p] = whole ? 1 + ent_draw_below(&stream, 20)
                                           : ent_draw_exponential(&stream);
            }
        }
        assert_int_equal(ent_adjusted_winner(work, &d), ENT_OK);
        check_division(&d);
    }
}

UNIT(bad_points_are_refused)
{
    ent_division_item none[] = {{.name = "x", .points = {0, 1}}};
    ent_division_item minus[] = {{.name = "x", .points = {1, -1}}};
    ent_division d = {.party = {"A", "B"}, .items = none, .count = 1};
    assert_int_equal(ent_adjusted_winner(work, &d), ENT_INVALID);
    d.items = minus;
    assert_int_equal(ent_adjusted_winner(work, &d), ENT_INVALID);
    d.count = 0;
    assert_int_equal(ent_adjusted_winner(work, &d), ENT_INVALID);
    assert_int_equal(ent_diags_count(work->diags), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panama_canal),
        cmocka_unit_test(by_hand),
        cmocka_unit_test(divisions_are_fair),
        cmocka_unit_test(bad_points_are_refused),
    };
    return cmocka_run_group_tests_name("adjusted_winner", tests, NULL, NULL);
}
