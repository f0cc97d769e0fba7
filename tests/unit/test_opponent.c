/* Opponent models: what they learn from the offers of a party whose values are known. */
#include "scenarios.h"
#include "tables.h"

#include "haggle/negotiation.h"
#include "haggle/opponent.h"

enum { ISSUES = 4, LEVELS = 7, ROUNDS = 60 };

/* Values that fall from a peak on every issue, weights in the order that the seed gives. */
static ent_scenario peaked(ent_arena *arena, uint64_t seed)
{
    static const char *const names[] = {"a", "b"};
    ent_stream draw = ent_stream_of(seed, 7, 7);
    ent_scenario_issue *issues = ent_alloc(arena, ISSUES, ent_scenario_issue);
    ent_utility *u = ent_alloc(arena, 2, ent_utility);
    for (uint32_t p = 0; p < 2; p++) {
        const double **part = ent_alloc(arena, ISSUES, const double *);
        uint32_t turn = ent_draw_below(&draw, ISSUES);
        for (uint32_t i = 0; i < ISSUES; i++) {
            double *row = ent_alloc(arena, LEVELS, double);
            uint32_t peak = ent_draw_below(&draw, LEVELS);
            double weight = ((i + turn) % ISSUES + 1) / 10.0;
            for (uint32_t l = 0; l < LEVELS; l++) {
                uint32_t way = l <= peak ? peak : LEVELS - 1 - peak;
                uint32_t off = l <= peak ? peak - l : l - peak;
                row[l] = weight * (way == 0 ? 1 : 1 - off / (double)way);
            }
            part[i] = row;
            issues[i] = (ent_scenario_issue){.name = "issue", .kind = ENT_INTEGER, .step = 1,
                                             .levels = LEVELS};
        }
        u[p] = (ent_utility){.part = part, .scale = 1, .discount = 1,
                             .reservation = -HUGE_VAL};
    }
    return (ent_scenario){.name = "peaked", .issue_count = ISSUES, .issues = issues,
                          .party_count = 2, .parties = names, .utilities = u};
}

/* How well the model's values go with the other party's true ones (Pearson's r). */
static double agreement(ent_opponent *o, const ent_haggle_table *t, uint32_t other)
{
    double n = t->count, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (uint32_t e = 0; e < t->count; e++) {
        double a = ent_opponent_value(o, t, e), b = t->side[other].value[e];
        assert_true(a >= -1e-9 && a <= 1 + 1e-9);
        x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
    }
    double spread = (xx - x * x / n) * (yy - y * y / n);
    return spread > 0 ? (xy - x * y / n) / sqrt(spread) : 0;
}

/* Party 1's offers over the rounds, as party 0 with the model sees them. */
static double learnt(ent_work *work, const ent_opponent_model *model, const ent_haggle_table *t)
{
    ent_chosen_strategy c[2];
    ent_negotiation n;
    ent_haggle_rules rules = {.rounds = ROUNDS, .seed = 1};
    assert_int_equal(ent_choose_strategy(work, "hardliner", &c[0]), ENT_OK);
    assert_int_equal(ent_choose_strategy(work, "linear", &c[1]), ENT_OK);
    ent_negotiation_make(work->arena, t, &rules, c, &n);
    ent_negotiate(&n, 0);
    ent_opponent o;
    void *room = ent_alloc_bytes(work->arena, ent_opponent_room(model, t) / 16 + 1, 16);
    ent_opponent_begin(&o, model, t, room);
    ent_haggler *h = &n.haggler[0];
    assert_near(ent_opponent_value(&o, t, 3), 0.5, 0);
    for (uint32_t k = 0; k < n.result.offers; k++) {
        h->offer_count = k + 1;
        ent_opponent_learn(&o, h);
    }
    return agreement(&o, t, 1);
}

UNIT(models_learn_what_the_other_side_wants)
{
    double bayes = 0, frequency = 0, least = 1;
    for (uint64_t seed = 0; seed < 20; seed++) {
        ent_scenario s = peaked(work->arena, seed);
        ent_haggle_table t;
        assert_int_equal(ent_haggle_tabulate(work, &s, 0, 1, &t), ENT_OK);
        double r = learnt(work, &ent_opponent_bayes, &t);
        bayes += r / 20;
        least = fmin(least, r);
        frequency += learnt(work, &ent_opponent_frequency, &t) / 20;
    }
    print_message("# correlation with the truth: bayes %.3f (at least %.3f), frequency %.3f\n",
                  bayes, least, frequency);
    assert_true(bayes > 0.85);
    assert_true(least > 0.5);
    assert_true(frequency > 0.5);
    assert_true(bayes > frequency); /* these values are of its kind */
}

/* The party's own value at the greatest product, by looking at all that are sampled. */
static double plain_nash(ent_opponent *o, const ent_haggler *h)
{
    const ent_haggle_side *side = h->side;
    uint32_t step = (side->top - side->first) / 2048 + 1;
    double most = -1, own = side->most;
    for (uint32_t k = side->first; k < side->top; k += step) {
        double product = (side->sorted[k] - side->floor) *
                         ent_opponent_value(o, h->table, side->order[k]);
        own = product > most ? side->sorted[k] : own;
        most = fmax(product, most);
    }
    return own;
}

UNIT(the_nash_point_is_that_of_a_search_without_an_early_end)
{
    static const ent_opponent_model *const models[] = {&ent_opponent_bayes,
                                                       &ent_opponent_frequency};
    for (uint64_t seed = 0; seed < 20; seed++) {
        ent_scenario s = peaked(work->arena, seed);
        ent_utility *u = ent_alloc(work->arena, 2, ent_utility);
        memcpy(u, s.utilities, 2 * sizeof *u);
        u[0].reservation = seed % 2 == 0 ? -HUGE_VAL : 0.3; /* more than 2048 outcomes, or fewer */
        s.utilities = u;
        ent_haggle_table t;
        assert_int_equal(ent_haggle_tabulate(work, &s, 0, 1, &t), ENT_OK);
        const ent_opponent_model *model = models[seed / 2 % 2];
        ent_opponent o;
        void *room = ent_alloc_bytes(work->arena, ent_opponent_room(model, &t) / 16 + 1, 16);
        ent_opponent_begin(&o, model, &t, room);
        ent_haggle_offer offers[40];
        ent_haggler h = {.table = &t, .side = &t.side[0], .offers = offers};
        for (uint32_t k = 0; k < 40; k++) {
            uint32_t place = t.count - 1 - (uint32_t)((k * seed * 7 + k * 13) % t.count);
            offers[k] = (ent_haggle_offer){.round = k, .party = 1,
                                           .entry = t.side[1].order[place]};
            assert_near(ent_opponent_nash(&o, &h), plain_nash(&o, &h), 0);
            h.offer_count = k + 1;
            h.time = k / 40.0;
            ent_opponent_learn(&o, &h);
        }
    }
}

UNIT(a_space_that_cannot_be_learnt_is_said_to_be_worth_a_half)
{
    uint64_t *levels = ent_alloc(work->arena, 1, uint64_t);
    *levels = 100000;
    ent_haggle_table t = {.count = 100000, .parties = 2, .issues = 1, .levels = levels};
    static const ent_opponent_model *const models[] = {&ent_opponent_bayes,
                                                       &ent_opponent_frequency};
    for (int k = 0; k < 2; k++) {
        ent_opponent o;
        ent_opponent_begin(&o, models[k], &t, NULL);
        assert_true(o.blind);
        assert_near(ent_opponent_value(&o, &t, 17), 0.5, 0);
    }
}

/* Three issues of three levels; party 0 wants high ones, parties 1 and 2 keep to an offer each. */
static ent_opponent *hear_two(ent_work *work, const ent_opponent_model *model, uint32_t rounds,
                              ent_haggle_table *t)
{
    static const uint64_t levels[3] = {3, 3, 3};
    ent_haggle_offer *offers = ent_alloc(work->arena, 2 * (size_t)rounds, ent_haggle_offer);
    ent_opponent *o = ent_alloc(work->arena, 1, ent_opponent);
    *t = (ent_haggle_table){.count = 27, .parties = 3, .issues = 3, .levels = levels};
    ent_opponent_begin(o, model, t,
                       ent_alloc_bytes(work->arena, ent_opponent_room(model, t) / 16 + 1, 16));
    for (uint32_t k = 0; k < 2 * rounds; k++) { /* levels 0 0 0 and 0 1 1 */
        offers[k] = (ent_haggle_offer){k / 2, 1 + k % 2, k % 2 == 0 ? 0 : 4};
        ent_haggler h = {.table = t, .offers = offers, .offer_count = k + 1, .rounds = 100};
        ent_opponent_learn(o, &h);
    }
    return o;
}

UNIT(an_offer_is_held_against_the_last_of_the_same_party)
{
    ent_haggle_table t;
    ent_opponent *once = hear_two(work, &ent_opponent_bayes, 1, &t);
    ent_opponent *often = hear_two(work, &ent_opponent_bayes, 30, &t);
    for (uint32_t e = 0; e < t.count; e++) { /* what is repeated tells nothing */
        assert_true(ent_opponent_value(once, &t, e) == ent_opponent_value(often, &t, e));
    }
    /* Neither has changed an issue: all weigh the same, whether they agree on it or not. */
    ent_opponent *f = hear_two(work, &ent_opponent_frequency, 30, &t);
    assert_near(ent_opponent_value(f, &t, 0 * 9 + 2 * 3 + 2), 1.0 / 3, 1e-12);
    assert_near(ent_opponent_value(f, &t, 2 * 9 + 0 * 3 + 2), 1.0 / 3, 1e-12);
}

UNIT(an_offer_counts_from_when_it_was_made)
{
    static const ent_opponent_model *const models[] = {&ent_opponent_bayes,
                                                       &ent_opponent_frequency};
    static const uint64_t levels[3] = {3, 3, 3};
    ent_haggle_offer offers[2] = {{3, 1, 0}, {4, 1, 7}};
    ent_haggle_table t = {.count = 27, .parties = 2, .issues = 3, .levels = levels};
    for (int k = 0; k < 2; k++) { /* looked at in the round after it, or in the last */
        ent_opponent o[2];
        for (int late = 0; late < 2; late++) {
            size_t room = ent_opponent_room(models[k], &t) / 16 + 1;
            ent_opponent_begin(&o[late], models[k], &t, ent_alloc_bytes(work->arena, room, 16));
            for (uint32_t c = 1; c <= 2; c++) {
                uint32_t round = late ? 19 : offers[c - 1].round + 1;
                ent_haggler h = {.table = &t, .offers = offers, .offer_count = c, .rounds = 20,
                                 .round = round, .time = (round + 1) / 21.0};
                ent_opponent_learn(&o[late], &h);
            }
        }
        for (uint32_t e = 0; e < t.count; e++) {
            assert_true(ent_opponent_value(&o[0], &t, e) == ent_opponent_value(&o[1], &t, e));
        }
    }
}

UNIT(nothing_known_to_suit_both_is_no_nash_point)
{
    static const uint64_t levels[1] = {10};
    ent_haggle_table t;
    ent_haggle_scratch scratch = ent_haggle_scratch_make(work->arena, 10);
    ent_haggle_offer offer = {0, 1, 0};
    ent_opponent o;
    ent_haggle_table_make(work->arena, 10, 2, &t);
    t.issues = 1;
    t.levels = levels;
    for (uint32_t k = 0; k < 10; k++) {
        t.side[0].value[k] = k;
    }
    t.side[0].reservation = 2; /* the other party asks for what is worth 0 */
    ent_haggle_sort(&t.side[0], 10, HUGE_VAL, &scratch);
    ent_haggler h = {.table = &t, .side = &t.side[0], .offers = &offer, .offer_count = 1};
    size_t room = ent_opponent_room(&ent_opponent_frequency, &t);
    ent_opponent_begin(&o, &ent_opponent_frequency, &t,
                       ent_alloc_bytes(work->arena, room / 16 + 1, 16));
    ent_opponent_learn(&o, &h);
    assert_near(ent_opponent_nash(&o, &h), 9, 0);
}

UNIT(boa_plays_with_every_model)
{
    static const char *const texts[] = {"boa:model=none", "boa:model=frequency",
                                        "boa:model=bayes"};
    ent_scenario s = peaked(work->arena, 3);
    ent_haggle_table t;
    double welfare[3];
    assert_int_equal(ent_haggle_tabulate(work, &s, 0, 1, &t), ENT_OK);
    for (int k = 0; k < 3; k++) {
        ent_chosen_strategy c[2];
        ent_negotiation n;
        ent_haggle_rules rules = {.rounds = ROUNDS, .seed = 1};
        assert_int_equal(ent_choose_strategy(work, texts[k], &c[0]), ENT_OK);
        c[1] = c[0];
        ent_negotiation_make(work->arena, &t, &rules, c, &n);
        ent_negotiate(&n, 0);
        assert_int_equal(n.result.end, ENT_HAGGLE_AGREED);
        uint32_t offers = n.result.offers;
        welfare[k] = t.side[0].value[n.result.entry] + t.side[1].value[n.result.entry];
        ent_negotiate(&n, 1); /* nothing is left of the first */
        assert_int_equal(n.result.offers, offers);
    }
    assert_true(welfare[1] >= welfare[0] && welfare[2] >= welfare[0]);
}

/* Tau-b by looking at every pair. */
static double plain_tau(const ent_seen_twice *at, size_t count)
{
    double sum = 0, x = 0, y = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            double a = (at[i].x > at[k].x) - (at[i].x < at[k].x);
            double b = (at[i].y > at[k].y) - (at[i].y < at[k].y);
            sum += a * b;
            x += a * a;
            y += b * b;
        }
    }
    return x * y > 0 ? sum / sqrt(x * y) : (double)NAN;
}

UNIT(kendall_is_that_of_all_pairs)
{
    uint32_t none = 0;
    for (uint32_t trial = 0; trial < 400; trial++) {
        ent_stream draw = ent_stream_of(trial, 5, 5);
        uint32_t count = ent_draw_below(&draw, 70), kinds = 1 + ent_draw_below(&draw, 30);
        ent_seen_twice *at = ent_alloc(work->arena, count + 1, ent_seen_twice);
        ent_seen_twice *room = ent_alloc(work->arena, count + 1, ent_seen_twice);
        for (uint32_t k = 0; k < count; k++) {
            at[k].x = ent_draw_below(&draw, kinds);
            at[k].y = trial % 3 == 0 ? at[k].x + (double)ent_draw_below(&draw, 3)
                                     : ent_draw_below(&draw, 1 + trial % 20);
        }
        double want = plain_tau(at, count), tau = ent_kendall(at, room, count);
        none += isnan(want) ? 1 : 0;
        assert_true(isnan(want) ? isnan(tau) : fabs(tau - want) < 1e-12);
    }
    assert_true(none > 5 && none < 200);
}

/* What a model is worth in the end: held against the truth, and 0 where there is none. */
UNIT(what_a_party_knows_of_the_other)
{
    static const char *const names[] = {"boa", "boa:model=bayes", "boa:model=none", "nash",
                                        "nice-tit-for-tat", "boulware"};
    static const uint32_t NAMES = sizeof names / sizeof *names;
    for (uint32_t trial = 0; trial < 40; trial++) {
        ent_stream draw = ent_stream_of(trial, 5, 6);
        const ent_scenario *s = draw_scenario(work->arena, &draw, SUMS, 2);
        ent_haggle_table t;
        assert_int_equal(ent_haggle_tabulate(work, s, 0, 1, &t), ENT_OK);
        ent_seen_twice *at = ent_alloc(work->arena, t.count, ent_seen_twice);
        ent_seen_twice *room = ent_alloc(work->arena, t.count, ent_seen_twice);
        ent_chosen_strategy c[2] = {chosen_of(work, names[trial % NAMES]),
                                    chosen_of(work, "linear")};
        ent_haggle_rules rules = {.rounds = ROUNDS, .seed = 1};
        ent_negotiation n;
        ent_negotiation_make(work->arena, &t, &rules, c, &n);
        ent_negotiate(&n, 0);
        const ent_haggler *h = &n.haggler[0];
        ent_opponent *o = h->strategy->model == NULL ? NULL : h->strategy->model(h);
        double want = 0, known = ent_opponent_known(h, &t.side[1], at, room);
        assert_int_equal(o != NULL, trial % NAMES != 2 && trial % NAMES != 5);
        for (uint32_t k = 0; o != NULL && k < t.count; k++) {
            at[k] = (ent_seen_twice){t.side[1].value[k], ent_opponent_value(o, &t, k)};
        }
        if (o != NULL && o->any) {
            double tau = plain_tau(at, t.count);
            want = isnan(tau) ? 0 : (tau + 1) / 2;
        }
        assert_near(known, want, 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_learn_what_the_other_side_wants),
        cmocka_unit_test(the_nash_point_is_that_of_a_search_without_an_early_end),
        cmocka_unit_test(a_space_that_cannot_be_learnt_is_said_to_be_worth_a_half),
        cmocka_unit_test(an_offer_is_held_against_the_last_of_the_same_party),
        cmocka_unit_test(an_offer_counts_from_when_it_was_made),
        cmocka_unit_test(nothing_known_to_suit_both_is_no_nash_point),
        cmocka_unit_test(boa_plays_with_every_model),
        cmocka_unit_test(kendall_is_that_of_all_pairs),
        cmocka_unit_test(what_a_party_knows_of_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
