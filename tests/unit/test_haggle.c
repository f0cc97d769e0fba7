/* Haggling against plain implementations on small random scenarios, and protocols on stubs. */
#include "scenarios.h"
#include "tables.h"

#include "haggle/negotiation.h"

UNIT(sorting_orders_every_double)
{
    static const double odd[] = {0.0, -0.0, 1e-300, -1e-300, 5e-324, 1e300, -1e300, 3, 3, -7};
    uint32_t count = sizeof odd / sizeof *odd;
    ent_haggle_table t;
    ent_haggle_scratch scratch = ent_haggle_scratch_make(work->arena, count);
    ent_haggle_table_make(work->arena, count, 2, &t);
    memcpy(t.side[0].value, odd, sizeof odd);
    ent_haggle_sort(&t.side[0], count, HUGE_VAL, &scratch);
    for (uint32_t k = 1; k < count; k++) {
        double below = t.side[0].sorted[k - 1], above = t.side[0].sorted[k];
        assert_true(below <= above);
        assert_true(below < above || t.side[0].order[k - 1] < t.side[0].order[k]);
    }
    assert_int_equal(t.side[0].first, 0);
    ent_haggle_sort(&t.side[0], count, 3, &scratch); /* asks for nothing above 3 */
    assert_int_equal(t.side[0].top, count - 1);
    assert_true(t.side[0].most == 3);
}

static double crowded(ent_stream *draw, uint32_t shape)
{
    double u = ent_draw_unit(draw);
    switch (shape) {
    case 0: return u;                                            /* even */
    case 1: return u < 0.01 ? 1e9 * u : floor(u * 7);             /* few values, and far ones */
    case 2: return u < 1e-3 ? -1e200 : 1 + ldexp(u, -40);         /* all but some in one class */
    case 3: return exp(-700 * u);                                /* over all magnitudes */
    default: return floor(u * 3) * 0.1 - (u > 0.5 ? 0.1 : 0);    /* ties but for rounding */
    }
}

UNIT(sorting_does_not_mind_how_values_crowd)
{
    static const uint32_t counts[] = {1, 2, 27, 300, 3024, 20000};
    for (uint32_t shape = 0; shape < 5; shape++) {
        for (unsigned c = 0; c < sizeof counts / sizeof *counts; c++) {
            ent_haggle_table t;
            ent_haggle_scratch scratch = ent_haggle_scratch_make(work->arena, counts[c]);
            ent_stream draw = ent_stream_of(shape, c, 0);
            ent_haggle_table_make(work->arena, counts[c], 1, &t);
            const ent_haggle_side *side = &t.side[0];
            uint8_t *seen = ent_alloc(work->arena, counts[c], uint8_t);
            for (uint32_t k = 0; k < counts[c]; k++) {
                side->value[k] = crowded(&draw, shape);
            }
            ent_haggle_sort(&t.side[0], counts[c], HUGE_VAL, &scratch);
            for (uint32_t k = 0; k < counts[c]; k++) {
                uint32_t entry = side->order[k], before = k > 0 ? side->order[k - 1] : entry;
                assert_int_equal(seen[entry]++, 0);
                assert_true(side->sorted[k] == side->value[entry]);
                assert_true(k == 0 || side->sorted[k - 1] < side->sorted[k] ||
                            (side->sorted[k - 1] == side->sorted[k] && before < entry));
            }
        }
    }
}

UNIT(positions_are_those_of_a_linear_search)
{
    for (uint32_t count = 1; count < 70; count++) {
        ent_haggle_table t = random_table(work, 2, count, count);
        const ent_haggle_side *side = &t.side[0];
        for (int k = -1; k < 3 * (int)count; k++) {
            double want = k < (int)count ? -6.0 + 0.3 * k : side->sorted[k % (int)count];
            uint32_t plain = 0;
            while (plain < count && side->sorted[plain] < want) {
                plain++;
            }
            assert_int_equal(ent_haggle_position(side, count, want), plain);
        }
    }
}

UNIT(levels_that_are_kept_are_those_that_are_worked_out)
{
    ent_stream draw = ent_stream_of(5, 1, 0);
    for (int k = 0; k < 20; k++) {
        const ent_scenario *s = draw_scenario(work->arena, &draw, SUMS, 2);
        ent_haggle_table t;
        assert_int_equal(ent_haggle_tabulate(work, s, 0, 1, &t), ENT_OK);
        ent_haggle_table other = t;
        assert_non_null(t.digits);
        other.digits = NULL;
        uint64_t *kept = ent_alloc(work->arena, t.issues, uint64_t);
        uint64_t *worked_out = ent_alloc(work->arena, t.issues, uint64_t);
        for (uint32_t e = 0; e < t.count; e++) {
            ent_haggle_levels(&t, e, kept);
            ent_haggle_levels(&other, e, worked_out);
            assert_memory_equal(kept, worked_out, t.issues * sizeof *kept);
        }
    }
}

/* What a time-based party would settle for, straight from the definition. */
static double plain_least(const ent_haggle_side *side, double e, uint32_t round, uint32_t rounds)
{
    double t = (round + 1.0) / (rounds + 1.0);
    double low = (1 - pow(t, e)) * (side->most - side->floor) + side->floor - 1e-4;
    return fmin(fmax(low, side->floor), side->most);
}

static uint32_t plain_offer(const ent_haggle_side *side, uint32_t count, double least)
{
    uint32_t best = ENT_NO_ENTRY;
    for (uint32_t k = 0; k < count; k++) {
        if (side->value[k] >= side->reservation && side->value[k] >= least &&
            (best == ENT_NO_ENTRY || side->value[k] < side->value[best])) {
            best = k;
        }
    }
    return best;
}

/* Alternating offers of two time-based parties, by looking at every outcome. */
static uint32_t plain_haggle(const ent_haggle_table *t, const double *e, uint32_t rounds,
                             uint32_t *offers, uint32_t *offer_count)
{
    *offer_count = 0;
    for (uint32_t round = 0; round < rounds; round++) {
        for (uint32_t p = 0; p < 2; p++) {
            const ent_haggle_side *side = &t->side[p];
            double least = plain_least(side, e[p], round, rounds);
            uint32_t last = *offer_count > 0 ? offers[*offer_count - 1] : ENT_NO_ENTRY;
            if (last != ENT_NO_ENTRY && side->value[last] >= least &&
                side->value[last] >= side->reservation) {
                return last;
            }
            uint32_t offer = plain_offer(side, t->count, least);
            if (offer == ENT_NO_ENTRY) {
                return ENT_NO_ENTRY;
            }
            offers[(*offer_count)++] = offer;
        }
    }
    return ENT_NO_ENTRY;
}

UNIT(time_based_offers_are_those_of_the_definition)
{
    static const char *const names[] = {"boulware", "linear", "conceder", "boulware:e=7"};
    static const double exponents[] = {4, 1, 0.25, 7};
    uint32_t *offers = ent_alloc(work->arena, 400, uint32_t), count, agreed = 0;
    for (uint32_t trial = 0; trial < 300; trial++) {
        ent_haggle_table t = random_table(work, 2, 1 + trial % 40, trial);
        ent_haggle_rules rules = {.rounds = trial % 60};
        ent_chosen_strategy c[2] = {chosen_of(work, names[trial % 4]),
                                    chosen_of(work, names[trial / 4 % 4])};
        double e[2] = {exponents[trial % 4], exponents[trial / 4 % 4]};
        ent_negotiation n;
        ent_negotiation_make(work->arena, &t, &rules, c, &n);
        ent_negotiate(&n, 0);
        uint32_t deal = plain_haggle(&t, e, rules.rounds, offers, &count);
        assert_int_equal(n.result.entry, deal);
        assert_int_equal(n.result.offers, count);
        for (uint32_t k = 0; k < count; k++) {
            assert_int_equal(n.offers[k].entry, offers[k]);
        }
        agreed += deal != ENT_NO_ENTRY;
    }
    assert_true(agreed > 100 && agreed < 300);
}

/* MiCRO in lists: what each has sent and got, looked through from the start each time. */
static uint32_t distinct(const uint32_t *offers, uint32_t count, uint32_t party)
{
    uint32_t found = 0;
    for (uint32_t k = party; k < count; k += 2) {
        bool seen = false;
        for (uint32_t j = party; j < k; j += 2) {
            seen = seen || offers[j] == offers[k];
        }
        found += !seen;
    }
    return found;
}

UNIT(micro_goes_down_only_with_the_other)
{
    uint32_t deals = 0, repeats = 0;
    for (uint32_t trial = 0; trial < 100; trial++) {
        ent_haggle_table t = random_table(work, 2, 2 + trial % 60, trial);
        ent_haggle_rules rules = {.rounds = 80, .seed = trial};
        ent_chosen_strategy c[2] = {chosen_of(work, "micro"),
                                    chosen_of(work, trial % 2 == 0 ? "micro" : "boulware")};
        ent_negotiation n;
        ent_negotiation_make(work->arena, &t, &rules, c, &n);
        for (uint64_t run = 0; run < 2; run++) { /* the second finds the state of the first */
            ent_negotiate(&n, run);
            uint32_t list[200];
            for (uint32_t k = 0; k < n.result.offers; k++) {
                list[k] = n.offers[k].entry;
                uint32_t sent = distinct(list, k + 1, 0), got = distinct(list, k, 1);
                const ent_haggle_side *side = &t.side[0];
                if (k % 2 == 0 && sent > distinct(list, k, 0)) {
                    assert_true(sent - 1 <= got);
                    assert_int_equal(list[k], side->order[t.count - sent]);
                } else {
                    repeats += k % 2 == 0;
                }
                assert_true(t.side[k % 2].value[list[k]] >= t.side[k % 2].reservation);
            }
        }
        deals += n.result.end == ENT_HAGGLE_AGREED;
    }
    assert_true(deals > 50 && repeats > 10);
}

UNIT(strategies_meet_spaces_of_one_outcome_and_none_that_suits)
{
    for (size_t a = 0; a < ent_strategy_count; a++) {
        for (int hopeless = 0; hopeless < 2; hopeless++) {
            ent_haggle_table t = random_table(work, 2, 1, a);
            ent_haggle_scratch scratch = ent_haggle_scratch_make(work->arena, 1);
            for (uint32_t p = 0; p < 2; p++) {
                t.side[p].reservation = hopeless ? 100 : -HUGE_VAL;
                ent_haggle_sort(&t.side[p], 1, HUGE_VAL, &scratch);
            }
            ent_haggle_rules rules = {.rounds = 5};
            ent_chosen_strategy c = chosen_of(work, ent_strategies[a]->name);
            ent_negotiation n;
            ent_negotiation_make(work->arena, &t, &rules, (ent_chosen_strategy[]){c, c}, &n);
            ent_negotiate(&n, 0);
            assert_int_equal(n.result.end == ENT_HAGGLE_AGREED, !hopeless);
        }
    }
}

static ent_answer say_by_entry(ent_haggler *h, uint32_t entry)
{
    return entry >= 10 + h->party ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t offer_by_round(ent_haggler *h)
{
    return h->offer_count + 5;
}

UNIT(three_parties_agree_when_the_two_others_have_accepted_in_a_row)
{
    static const ent_strategy stub = {.name = "stub", .answer = say_by_entry,
                                      .propose = offer_by_round};
    ent_haggle_table t = random_table(work, 3, 40, 1);
    ent_chosen_strategy c = {.strategy = &stub};
    ent_haggle_rules rules = {.rounds = 20};
    ent_negotiation n;
    ent_negotiation_make(work->arena, &t, &rules, (ent_chosen_strategy[]){c, c, c}, &n);
    ent_negotiate(&n, 0);
    /* Offers 5, 6, ... in turn; 10 (made by 2) suits 0 alone, 11 (by 1) suits 0 but not 2, 12 by 2
     * suits all. */
    assert_int_equal(n.result.end, ENT_HAGGLE_AGREED);
    assert_int_equal(n.result.entry, 12);
    assert_int_equal(n.result.offers, 8);
    assert_int_equal(n.offers[7].party, 2);
    assert_int_equal(n.result.party, 1);
}

UNIT(talks_break_down_by_chance)
{
    ent_haggle_table t = random_table(work, 2, 40, 1);
    ent_haggle_rules rules = {.rounds = 100, .breakdown = 0.1, .seed = 5,
                              .protocol = &ent_protocol_breakdown};
    ent_chosen_strategy c = chosen_of(work, "hardliner");
    ent_negotiation n;
    ent_negotiation_make(work->arena, &t, &rules, (ent_chosen_strategy[]){c, c}, &n);
    double sum = 0;
    for (uint64_t run = 0; run < 4000; run++) {
        ent_negotiate(&n, run);
        assert_int_equal(n.result.end, ENT_HAGGLE_BROKE);
        sum += n.result.offers;
    }
    assert_near(sum / 4000, 10, 0.6); /* geometric: 1/0.1 offers, sd of the mean 0.15 */
}

UNIT(a_mediated_text_ends_where_nobody_gains_alone)
{
    for (uint32_t trial = 0; trial < 30; trial++) {
        uint64_t levels[3] = {4, 3, 5};
        ent_haggle_table t = random_table(work, 2, 60, trial);
        t.levels = levels;
        t.issues = 3;
        ent_haggle_rules rules = {.rounds = 2000, .seed = trial,
                                  .protocol = &ent_protocol_one_text};
        ent_chosen_strategy c = chosen_of(work, "linear");
        ent_negotiation n;
        ent_negotiation_make(work->arena, &t, &rules, (ent_chosen_strategy[]){c, c}, &n);
        ent_negotiate(&n, 0);
        if (n.result.entry == ENT_NO_ENTRY) {
            continue;
        }
        uint64_t here[3], there[3];
        ent_haggle_levels(&t, n.result.entry, here);
        for (uint32_t k = 0; k < 60; k++) {
            ent_haggle_levels(&t, k, there);
            int differ = (here[0] != there[0]) + (here[1] != there[1]) + (here[2] != there[2]);
            assert_false(differ == 1 &&
                         t.side[0].value[k] > t.side[0].value[n.result.entry] &&
                         t.side[1].value[k] > t.side[1].value[n.result.entry]);
        }
        assert_true(t.side[0].value[n.result.entry] >= t.side[0].reservation);
    }
}

/* Nobody can live with any draft: what leaves one as it is and helps the other is kept. */
UNIT(a_mediated_text_is_changed_for_one_while_the_other_does_not_mind)
{
    for (uint32_t trial = 0; trial < 20; trial++) {
        uint64_t levels[1] = {30}; /* one change leads from any outcome to any other */
        ent_haggle_table t = random_table(work, 2, 30, trial);
        uint32_t same = trial % 2, best = 0;
        t.levels = levels;
        t.issues = 1;
        for (uint32_t k = 0; k < 30; k++) {
            t.side[same].value[k] = 2;
            best = t.side[1 - same].value[k] > t.side[1 - same].value[best] ? k : best;
        }
        for (uint32_t p = 0; p < 2; p++) {
            t.side[p].reservation = 100;
            sort_side(work, &t.side[p], 30, HUGE_VAL);
        }
        ent_haggle_rules rules = {.rounds = 2000, .seed = trial,
                                  .protocol = &ent_protocol_one_text};
        ent_chosen_strategy c = chosen_of(work, "linear");
        ent_negotiation n;
        ent_negotiation_make(work->arena, &t, &rules, (ent_chosen_strategy[]){c, c}, &n);
        ent_negotiate(&n, 0);
        assert_int_equal(n.result.entry, ENT_NO_ENTRY);
        assert_int_equal(n.offers[n.result.offers - 1].entry, best);
        for (uint32_t k = 1; k < n.result.offers; k++) { /* ever better for the one */
            assert_true(t.side[1 - same].value[n.offers[k].entry] >
                        t.side[1 - same].value[n.offers[k - 1].entry]);
        }
    }
}

UNIT(utilities_are_discounted_as_the_format_says)
{
    ent_haggle_table t = random_table(work, 2, 3, 1);
    ent_haggle_side *side = &t.side[0];
    ent_haggle_result r = {.entry = 1, .round = 3, .time = 0.5};
    side->value[1] = 8;
    side->reservation = 2;
    assert_near(ent_haggle_utility(&t, 0, &r), 8, 0);
    side->discount = 0.25;
    assert_near(ent_haggle_utility(&t, 0, &r), 4, 0);
    side->discounting = ENT_DISCOUNT_ROUNDS;
    assert_near(ent_haggle_utility(&t, 0, &r), 0.125, 0);
    side->discounting = ENT_COST_ROUNDS;
    assert_near(ent_haggle_utility(&t, 0, &r), 7.25, 0);
    side->discounting = ENT_COST_TIME;
    r.entry = ENT_NO_ENTRY;
    assert_near(ent_haggle_utility(&t, 0, &r), 1.875, 0);
}

UNIT(strategies_are_read_with_their_parameters)
{
    ent_chosen_strategy c = chosen_of(work, "boulware:e=2.5");
    assert_near(c.parameter[0], 2.5, 0);
    assert_near(chosen_of(work, "boulware").parameter[0], 4, 0);
    const ent_chosen_strategy *list;
    size_t count;
    assert_int_equal(ent_choose_strategies(work, "micro,linear:e=3", &list, &count), ENT_OK);
    assert_int_equal(count, 2);
    static const char *const wrong[] = {"bulware", "boulware:f=1", "boulware:e", "boulware:e=x",
                                        "boulware:e=-1", "boulware:e=nan", "", "micro:e=1"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        ent_diags_clear(work->diags);
        assert_int_equal(ent_choose_strategy(work, wrong[k], &c), ENT_USAGE);
        assert_int_equal(ent_diags_count(work->diags), 1);
    }
    for (size_t k = 1; k < ent_strategy_count; k++) {
        assert_true(strcmp(ent_strategies[k - 1]->name, ent_strategies[k]->name) < 0);
    }
}

UNIT(large_spaces_are_sampled_and_it_is_said)
{
    ent_scenario_issue issues[30];
    double row[10] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, down[10] = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    const double *up_parts[30], *down_parts[30];
    for (int i = 0; i < 30; i++) {
        issues[i] = (ent_scenario_issue){.name = "i", .kind = ENT_INTEGER, .levels = 10, .step = 1,
                                         .upper = 9};
        up_parts[i] = row;
        down_parts[i] = i % 3 == 0 ? row : down;
    }
    ent_utility u[2] = {{.part = up_parts, .scale = 1, .discount = 1},
                        {.part = down_parts, .scale = 1, .discount = 1}};
    const char *names[2] = {"a", "b"};
    ent_scenario s = {.name = "large", .issue_count = 30, .issues = issues, .party_count = 2,
                      .parties = names, .utilities = u};
    ent_haggle_table t;
    assert_int_equal(ent_haggle_tabulate(work, &s, 0, 1, &t), ENT_OK);
    assert_true(t.sampled);
    assert_int_equal(ent_diags_count(work->diags), 1);
    assert_near(t.side[0].most, 270, 1e-9);
    assert_near(t.side[1].least, 0, 1e-9);
    uint64_t level[30];
    ent_haggle_levels(&t, t.side[0].order[t.count - 1], level);
    assert_near(ent_utility_of(&s, 0, level), 270, 1e-9);
}

/* A frontier of more points than half the sample leaves the other half to other outcomes. */
UNIT(a_sample_is_half_frontier_at_most)
{
    enum { ISSUES = 6, LEVELS = 10, SAMPLE = 60 };
    ent_scenario_issue issues[ISSUES];
    double up[ISSUES][LEVELS], down[ISSUES][LEVELS];
    const double *up_parts[ISSUES], *down_parts[ISSUES];
    ent_stream draw = ent_stream_of(5, 1, 0);
    for (int i = 0; i < ISSUES; i++) {
        issues[i] = (ent_scenario_issue){.name = "i", .kind = ENT_INTEGER, .levels = LEVELS,
                                         .step = 1, .upper = 9};
        double mine = 1 + ent_draw_below(&draw, 900), other = 1 + ent_draw_below(&draw, 900);
        for (int l = 0; l < LEVELS; l++) {
            up[i][l] = mine * l;
            down[i][l] = other * (LEVELS - 1 - l);
        }
        up_parts[i] = up[i];
        down_parts[i] = down[i];
    }
    ent_utility u[2] = {{.part = up_parts, .scale = 1, .discount = 1},
                        {.part = down_parts, .scale = 1, .discount = 1}};
    const char *names[2] = {"a", "b"};
    ent_scenario s = {.name = "large", .issue_count = ISSUES, .issues = issues, .party_count = 2,
                      .parties = names, .utilities = u};
    ent_haggle_table t;
    assert_int_equal(ent_haggle_tabulate(work, &s, SAMPLE, 1, &t), ENT_OK);
    assert_int_equal(t.count, SAMPLE);
    assert_true(t.sampled && !t.whole_frontier);
    assert_int_equal(t.frontier, t.count / 2);
    for (uint32_t k = 1; k < t.frontier; k++) { /* none of them is worse for both than another */
        double mine = t.side[0].value[k] - t.side[0].value[k - 1];
        double other = t.side[1].value[k] - t.side[1].value[k - 1];
        assert_true(mine * other < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorting_orders_every_double),
        cmocka_unit_test(sorting_does_not_mind_how_values_crowd),
        cmocka_unit_test(positions_are_those_of_a_linear_search),
        cmocka_unit_test(levels_that_are_kept_are_those_that_are_worked_out),
        cmocka_unit_test(time_based_offers_are_those_of_the_definition),
        cmocka_unit_test(micro_goes_down_only_with_the_other),
        cmocka_unit_test(strategies_meet_spaces_of_one_outcome_and_none_that_suits),
        cmocka_unit_test(three_parties_agree_when_the_two_others_have_accepted_in_a_row),
        cmocka_unit_test(talks_break_down_by_chance),
        cmocka_unit_test(a_mediated_text_ends_where_nobody_gains_alone),
        cmocka_unit_test(a_mediated_text_is_changed_for_one_while_the_other_does_not_mind),
        cmocka_unit_test(utilities_are_discounted_as_the_format_says),
        cmocka_unit_test(strategies_are_read_with_their_parameters),
        cmocka_unit_test(large_spaces_are_sampled_and_it_is_said),
        cmocka_unit_test(a_sample_is_half_frontier_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
