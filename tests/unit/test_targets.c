/* What strategies aim at and accept, against the formulas of their sources. */
#include "tables.h"

enum { HUNDRED = 100 };

/* Party 0 has the outcomes 0, 0.01 ... 1; entry k is worth k / 100 to it. */
static ent_haggle_table ruler(ent_work *work, uint32_t parties)
{
    ent_haggle_table t = random_table(work, parties, HUNDRED + 1, 1);
    for (uint32_t k = 0; k <= HUNDRED; k++) {
        t.side[0].value[k] = (double)k / HUNDRED;
    }
    t.side[0].reservation = -HUGE_VAL;
    sort_side(work, &t.side[0], HUNDRED + 1, HUGE_VAL);
    return t;
}

/*
 * Keskin, Cakan, Aydogan 2021 with p0 = 1, p1 = 0.75, p2 = 0.55, p3 = 0.5: `last` is the own last
 * offer, gain[0..count) what the other's last moves gave, newest first.
 */
static double hybrid_target(double t, double last, const double *gain, uint32_t count)
{
    static const double weight[5][4] = {
        {0}, {1}, {0.75, 0.25}, {0.66, 0.22, 0.11}, {0.5, 0.3, 0.15, 0.05}};
    double by_time = (1 - t) * (1 - t) + 2 * (1 - t) * t * 0.75 + t * t * 0.55, moved = 0;
    for (uint32_t k = 0; k < count; k++) {
        moved += weight[count][k] * gain[k];
    }
    double by_moves = last - (0.5 + 0.5 * t) * moved;
    double target = count == 0 ? by_time : t * t * by_time + (1 - t * t) * by_moves;
    return target < 0 ? 0 : target > 1 ? 1 : target;
}

UNIT(hybrid_follows_its_formula)
{
    enum { ROUNDS = 25 };
    ent_haggle_table t = ruler(work, 2);
    size_t between = 0;
    for (uint64_t trial = 0; trial < 100; trial++) {
        ent_stream draw = ent_stream_of(trial, 11, 12);
        ent_haggler *h = sit_down(work, &t, "hybrid", ROUNDS);
        uint32_t low = ent_draw_below(&draw, 60), wide = 1 + ent_draw_below(&draw, 40), before = 0;
        double last = 1, gain[5] = {0};
        for (uint32_t round = 0; round < ROUNDS; round++) {
            come_to(h, round);
            uint32_t moves = round < 2 ? 0 : round < 6 ? round - 1 : 4;
            double want = hybrid_target(h->time, last, gain, moves);
            last = t.side[0].value[h->strategy->propose(h)];
            assert_true(last >= want - 1e-9 && last < want + 0.01 + 1e-9);
            between += last > 0.01 && last < 0.99;
            uint32_t heard = low + ent_draw_below(&draw, wide);
            memmove(gain + 1, gain, 4 * sizeof *gain);
            gain[0] = ((double)heard - before) / HUNDRED;
            before = heard;
            hear(h, round, 1, heard);
        }
    }
    assert_true(between > 1000);
}

/* Nothing as good as its next offer was ever offered: only combi takes it, and only late. */
UNIT(boa_takes_the_best_there_was_only_late_and_only_if_told)
{
    enum { ROUNDS = 20 };
    static const double late[] = {0, 0.3, 0.95, 1};
    ent_haggle_table t = ruler(work, 2);
    t.side[0].reservation = 0.5;
    sort_side(work, &t.side[0], HUNDRED + 1, HUGE_VAL);
    size_t taken = 0;
    for (int way = 0; way < 8; way++) {
        double from = late[way / 2];
        const char *text = ent_format(work->arena, "boa:e=1000:model=none:accept=%s:late=%g",
                                      way % 2 == 0 ? "next" : "combi", from);
        ent_haggler *h = sit_down(work, &t, text, ROUNDS);
        for (uint32_t round = 0; round < ROUNDS; round++) {
            come_to(h, round);
            hear(h, round, 1, 60);
            bool takes = way % 2 == 1 && h->time >= from;
            assert_int_equal(h->strategy->answer(h, 60), takes ? ENT_ACCEPT : ENT_REJECT);
            assert_int_equal(h->strategy->answer(h, HUNDRED), ENT_ACCEPT);
            assert_int_equal(h->strategy->answer(h, 49), ENT_REJECT); /* worse than no deal */
            taken += takes;
        }
    }
    assert_int_equal(taken, 20 + 14 + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hybrid_follows_its_formula),
        cmocka_unit_test(boa_takes_the_best_there_was_only_late_and_only_if_told),
    };
    return cmocka_run_group_tests_name("targets", tests, NULL, NULL);
}
