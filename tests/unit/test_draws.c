/* Draws that are kept: the same bytes as drawn anew, told apart, bounded. */
#include "unit.h"

#include "base/draws.h"
#include "bodies.h"

static ent_world_set draw(ent_work *work, const body *b, uint64_t seed)
{
    ent_sampling sampling = {.worlds = 300, .seed = seed, .start = b->inside};
    ent_world_set set;
    assert_int_equal(ent_draw_worlds(work, &b->polytope, &sampling, &set), ENT_OK);
    return set;
}

static void assert_same(const ent_world_set *a, const ent_world_set *b)
{
    assert_int_equal(a->stride, b->stride);
    assert_memory_equal(a->z, b->z, (size_t)a->k * a->stride * sizeof *a->z);
    assert_memory_equal(a->b, b->b, a->stride * sizeof *a->b);
    assert_string_equal(a->method, b->method);
    assert_true(a->effective == b->effective && a->rhat == b->rhat && a->steps == b->steps);
    assert_int_equal(a->poor, b->poor);
}

/* Five issues of two parts, in order of importance. */
static body *ordered(ent_work *work)
{
    uint32_t sizes[] = {2, 2, 2, 2, 2};
    body *b = make_body(work, 5, sizes, 0, 0.1);
    for (uint32_t g = 0; g < 4; g++) {
        double *a = coefficients(add_row(work, b, 0, 0, false));
        for (uint32_t c = 0; c < 2; c++) {
            a[b->start[g] + c] = 1;
            a[b->start[g + 1] + c] = -1;
        }
    }
    for (uint32_t c = 0; c < 10; c++) {
        b->inside[c] = (double)(10 - c / 2 * 2) / 60;
    }
    b->inside[10] = 0.05;
    return b;
}

UNIT(kept_worlds_are_the_same_bytes)
{
    body *b = ordered(work);
    ent_world_set fresh = draw(work, b, 3);
    work->draws = ent_draws_create(1 << 20);
    assert_non_null(work->draws);
    ent_world_set first = draw(work, b, 3);
    ent_world_set again = draw(work, b, 3);
    assert_same(&fresh, &first);
    assert_same(&fresh, &again);
    assert_true(again.z != first.z); /* a copy of one's own */
    ent_world_set other = draw(work, b, 4);
    assert_memory_not_equal(other.z, fresh.z, fresh.stride * sizeof *fresh.z);
    ent_draws_destroy(work->draws);
    work->draws = NULL;
}

/* Whatever the bytes depend on makes another draw of it. */
UNIT(another_polytope_is_another_draw)
{
    body *b = ordered(work);
    work->draws = ent_draws_create(1 << 20);
    ent_world_set before = draw(work, b, 3);
    b->rows[3].gamma = 0.01;
    ent_world_set moved = draw(work, b, 3);
    assert_memory_not_equal(before.z, moved.z, before.stride * sizeof *before.z);
    b->rows[3].gamma = 0;
    b->stakes.reservation.high = 0.2;
    ent_world_set wider = draw(work, b, 3);
    assert_memory_not_equal(before.b, wider.b, before.stride * sizeof *before.b);
    b->stakes.reservation.high = 0.1;
    ent_world_set back = draw(work, b, 3);
    assert_same(&before, &back);
    ent_draws_destroy(work->draws);
    work->draws = NULL;
}

UNIT(what_is_longest_unused_goes_first)
{
    (void)work;
    char name[3][ENT_HASH_ROOM], out[400];
    ent_draws *draws = ent_draws_create(1000);
    for (int i = 0; i < 3; i++) {
        ent_hash(&i, sizeof i, name[i]);
        memset(out, 'a' + i, sizeof out);
        if (i == 2) { /* the first was used since, so the second goes */
            char first[400];
            assert_true(ent_draws_take(draws, name[0], first, sizeof first));
            assert_int_equal(first[399], 'a');
        }
        ent_draws_keep(draws, name[i], out, sizeof out);
    }
    assert_true(ent_draws_take(draws, name[0], out, sizeof out));
    assert_false(ent_draws_take(draws, name[1], out, sizeof out));
    assert_true(ent_draws_take(draws, name[2], out, sizeof out));
    assert_int_equal(out[0], 'c');
    assert_false(ent_draws_take(draws, name[2], out, 399)); /* another size, another thing */
    char big[1001] = {0};
    ent_draws_keep(draws, name[1], big, sizeof big);
    assert_false(ent_draws_take(draws, name[1], big, sizeof big));
    assert_true(ent_draws_take(draws, name[0], out, sizeof out));
    ent_draws_destroy(draws);
    ent_draws_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_worlds_are_the_same_bytes),
        cmocka_unit_test(another_polytope_is_another_draw),
        cmocka_unit_test(what_is_longest_unused_goes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
