/* The runs of a contest against negotiations that are held one by one. */
#include "scenarios.h"

#include "haggle/tournament.h"

enum { REPETITIONS = 3, ROUNDS = 12 };

typedef struct played {
    ent_contest_run run[ENT_CONTEST_BLOCK];
    double utility[4 * ENT_CONTEST_BLOCK], advantage[4 * ENT_CONTEST_BLOCK];
} played;

/* The run with the number `run`, of hagglers made for it alone. */
static ent_haggle_result plain_run(ent_work *work, const ent_haggle_table *t,
                                   const ent_haggle_rules *rules,
                                   const ent_chosen_strategy *chosen, const ent_lineup *lineup,
                                   uint64_t run)
{
    ent_chosen_strategy seated[4];
    ent_negotiation n;
    for (uint32_t p = 0; p < t->parties; p++) {
        seated[p] = chosen[ent_lineup_strategy(lineup, run / REPETITIONS, p)];
    }
    ent_negotiation_make(work->arena, t, rules, seated, &n);
    ent_negotiate(&n, 1000 + run);
    return n.result;
}

static void compare(ent_work *work, const ent_scenario *s, const ent_haggle_rules *rules,
                    ent_lineup_design design, played *out)
{
    const ent_chosen_strategy *chosen;
    size_t count;
    ent_haggle_table t;
    ent_contest *contest;
    ent_lineup l;
    assert_int_equal(ent_choose_strategies(work, "boulware,micro,random,war,boa", &chosen, &count),
                     ENT_OK);
    assert_true(ent_lineup_set(design, count, s->party_count, 1000, &l));
    assert_int_equal(ent_haggle_tabulate(work, s, 0, 1, &t), ENT_OK);
    assert_int_equal(ent_contest_make(work, s, &t, rules, chosen, &l, &contest), ENT_OK);
    uint32_t runs = (uint32_t)l.tuples * REPETITIONS, first = 0;
    for (uint32_t block = 1; first < runs; first += block, block = block * 2 + 5) {
        block = first + block < runs ? block : runs - first; /* some begin within a tuple */
        assert_int_equal(ent_contest_play(work, contest, first, 1000 + first, REPETITIONS, block,
                                          out->run,
                                          &(ent_contest_seats){out->utility, out->advantage,
                                                               NULL}),
                         ENT_OK);
        for (uint32_t k = 0; k < block; k++) {
            ent_haggle_result a = out->run[k].result;
            ent_haggle_result b = plain_run(work, &t, rules, chosen, &l, first + k);
            assert_int_equal(a.end, b.end);
            assert_int_equal(a.entry, b.entry);
            assert_int_equal(a.round, b.round);
            assert_int_equal(a.offers, b.offers);
            assert_near(out->utility[(size_t)k * t.parties], ent_haggle_utility(&t, 0, &b), 0);
        }
    }
}

UNIT(runs_are_those_of_negotiations_one_by_one)
{
    played *out = ent_alloc(work->arena, 1, played);
    ent_stream draw = ent_stream_of(3, 1, 4);
    static const ent_protocol *const protocols[] = {
        &ent_protocol_alternating, &ent_protocol_breakdown, &ent_protocol_one_text};
    for (int k = 0; k < 9; k++) {
        ent_haggle_rules rules = {.protocol = protocols[k / 3], .rounds = ROUNDS,
                                  .breakdown = 0.1, .seed = 7};
        work->threads = 1 + k % 3;
        compare(work, draw_scenario(work->arena, &draw, TABLES, 2), &rules, ENT_LINEUP_ALL, out);
        compare(work, draw_scenario(work->arena, &draw, SUMS, 4), &rules, ENT_LINEUP_PAIRS, out);
    }
}

UNIT(a_run_that_draws_is_not_certain)
{
    ent_stream draw = ent_stream_of(8, 1, 1);
    static const struct {
        const char *name;
        bool certain;
    } of[] = {{"hardliner", true}, {"boa", true}, {"random", false}};
    for (size_t k = 0; k < 3; k++) {
        ent_haggle_rules rules = {.rounds = ROUNDS, .seed = 7};
        ent_haggle_table t;
        ent_chosen_strategy chosen[2];
        ent_negotiation n;
        const ent_scenario *s = draw_scenario(work->arena, &draw, TABLES, 2);
        assert_int_equal(ent_haggle_tabulate(work, s, 0, 1, &t), ENT_OK);
        assert_int_equal(ent_choose_strategy(work, of[k].name, &chosen[0]), ENT_OK);
        chosen[1] = chosen[0];
        ent_negotiation_make(work->arena, &t, &rules, chosen, &n);
        ent_negotiate(&n, 0);
        assert_int_equal(ent_negotiation_is_certain(&n), of[k].certain);
    }
}

UNIT(an_outcome_has_its_number_in_a_sample_too)
{
    ent_stream draw = ent_stream_of(8, 2, 1);
    for (int k = 0; k < 20; k++) {
        const ent_scenario *s = draw_scenario(work->arena, &draw, SUMS, 2);
        uint64_t all, *level = ent_alloc(work->arena, (size_t)s->issue_count + 1, uint64_t);
        ent_haggle_table whole, sample;
        assert_true(ent_scenario_outcomes(s, &all));
        assert_int_equal(ent_haggle_tabulate(work, s, 0, 1, &whole), ENT_OK);
        assert_int_equal(ent_haggle_tabulate(work, s, all > 1 ? all - 1 : 1, 1, &sample), ENT_OK);
        assert_int_equal(ent_haggle_index(&whole, whole.count - 1), all - 1);
        for (uint32_t e = 0; e < sample.count; e++) {
            ent_haggle_levels(&sample, e, level);
            assert_int_equal(ent_haggle_index(&sample, e), ent_scenario_index(s, level));
        }
    }
}

UNIT(an_outcome_past_63_bits_has_no_number)
{
    uint64_t levels[7] = {1000, 1000, 1000, 1000, 1000, 1000, 1000};
    uint64_t *drawn = ent_alloc(work->arena, 14, uint64_t);
    ent_haggle_table t = {.count = 2, .issues = 7, .levels = levels, .drawn = drawn};
    drawn[7] = 1;
    drawn[6] = 5;
    assert_int_equal(ent_haggle_index(&t, 0), 5);
    assert_int_equal(ent_haggle_index(&t, 1), UINT64_C(1000000000000000000));
    drawn[7] = 10;
    assert_int_equal(ent_haggle_index(&t, 1), UINT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_are_those_of_negotiations_one_by_one),
        cmocka_unit_test(a_run_that_draws_is_not_certain),
        cmocka_unit_test(an_outcome_has_its_number_in_a_sample_too),
        cmocka_unit_test(an_outcome_past_63_bits_has_no_number),
    };
    return cmocka_run_group_tests_name("contest", tests, NULL, NULL);
}
