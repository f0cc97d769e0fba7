/* Deadlines in seconds against a loop that adds up costs, and the rule at reservation values. */
#include "scenarios.h"
#include "tables.h"

#include "haggle/clock.h"
#include "haggle/together.h"

enum { PARTIES = 4, MOST_TURNS = 4096 };

/* A strategy that never agrees, and notes what it is told. */
typedef struct notes {
    uint32_t turns, left[MOST_TURNS];
    double time[MOST_TURNS];
} notes;

static void note(ent_haggler *h)
{
    notes *s = h->state;
    s->left[s->turns] = h->left;
    s->time[s->turns++] = h->time;
}

static void begin(ent_haggler *h)
{
    ((notes *)h->state)->turns = 0;
}

static ent_answer never(ent_haggler *h, uint32_t entry)
{
    (void)h;
    (void)entry;
    return ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    note(h);
    return 0;
}

static const ent_strategy stubborn = {.name = "stubborn", .state_size = sizeof(notes),
                                      .begin = begin, .answer = never, .propose = propose};

/* What a run of them comes to. */
typedef struct plain {
    ent_haggle_end end;
    uint32_t offers, turns[PARTIES];
    double seconds, when[MOST_TURNS];
} plain;

static plain plain_run(const ent_haggle_rules *rules, const ent_chosen_strategy *chosen,
                       uint32_t parties, uint64_t run)
{
    const ent_clock_rules *c = &rules->clock;
    plain r = {.end = ENT_HAGGLE_DEADLINE};
    ent_stream ticks = ent_stream_of(rules->seed, run, UINT64_C(1) << 32);
    for (uint32_t round = 0; round < rules->rounds; round++) {
        if (c->seconds > 0 && c->overtime && r.seconds > c->seconds - 1e-9) {
            return r;
        }
        for (uint32_t p = 0; p < parties; p++) {
            const ent_turn_cost *cost = chosen[p].cost.stated ? &chosen[p].cost : &c->cost;
            double took = cost->least;
            took += cost->most > cost->least
                        ? (cost->most - cost->least) * ent_draw_unit(&ticks) : 0;
            r.seconds += took;
            if (c->step_limit > 0 && took > c->step_limit) {
                r.end = ENT_HAGGLE_SLOW;
                return r;
            }
            if (c->seconds > 0 && !c->overtime && r.seconds > c->seconds + 1e-9) {
                return r;
            }
            r.when[r.offers++] = r.seconds;
            r.turns[p]++;
        }
    }
    return r;
}

static ent_turn_cost draw_cost(ent_stream *draw, bool steady)
{
    double least = (1 + ent_draw_below(draw, 20)) * 0.01;
    double range = steady || ent_draw_below(draw, 2) == 0 ? 0 : ent_draw_below(draw, 10) * 0.01;
    return (ent_turn_cost){.least = least, .most = least + range,
                           .stated = ent_draw_below(draw, 3) > 0};
}

static ent_haggle_rules draw_rules(ent_stream *draw, bool steady)
{
    ent_haggle_rules rules = {.rounds = 2 + ent_draw_below(draw, 60),
                              .seed = ent_draw_below(draw, 1000)};
    rules.clock.seconds = 0.05 * (1 + ent_draw_below(draw, 200));
    rules.clock.overtime = ent_draw_below(draw, 2) == 0;
    rules.clock.open = steady;
    rules.clock.cost = draw_cost(draw, steady);
    rules.clock.step_limit = !steady && ent_draw_below(draw, 2) == 0 ? 0.22 : 0;
    return rules;
}

UNIT(turns_are_those_that_the_clock_has_room_for)
{
    uint32_t late = 0, slow = 0, whole = 0, within = 0;
    for (uint64_t trial = 0; trial < 600; trial++) {
        ent_stream draw = ent_stream_of(trial, 7, 1);
        uint32_t parties = 2 + (uint32_t)(trial % 3);
        ent_haggle_rules rules = draw_rules(&draw, false);
        ent_haggle_table t = random_table(work, parties, 5, trial);
        ent_chosen_strategy chosen[PARTIES];
        for (uint32_t p = 0; p < parties; p++) {
            chosen[p] = (ent_chosen_strategy){.strategy = &stubborn,
                                              .cost = draw_cost(&draw, false)};
        }
        ent_negotiation n;
        ent_negotiation_make(work->arena, &t, &rules, chosen, &n);
        ent_negotiate(&n, trial);
        plain r = plain_run(&rules, chosen, parties, trial);
        assert_int_equal(n.result.end, r.end);
        assert_int_equal(n.result.offers, r.offers);
        assert_near(n.result.seconds, r.seconds, 0);
        /* The deadline counts the rounds that have begun, which a first turn in vain has not. */
        uint32_t begun = (r.offers + parties - 1) / parties, at = r.offers / parties;
        assert_int_equal(n.result.round, r.end == ENT_HAGGLE_DEADLINE ? begun : at);
        within += r.end == ENT_HAGGLE_DEADLINE && r.offers % parties != 0;
        for (uint32_t k = 0; k < r.offers; k++) {
            assert_near(n.when[k], r.when[k], 0);
        }
        late += r.end == ENT_HAGGLE_DEADLINE && r.offers < rules.rounds * parties;
        whole += r.offers == rules.rounds * parties;
        slow += r.end == ENT_HAGGLE_SLOW;
    }
    assert_true(late > 100 && slow > 30 && whole > 50 && within > 20);
}

UNIT(with_steady_costs_a_party_knows_its_last_turn)
{
    uint32_t asked = 0;
    for (uint64_t trial = 0; trial < 400; trial++) {
        ent_stream draw = ent_stream_of(trial, 7, 2);
        uint32_t parties = 2 + (uint32_t)(trial % 3);
        ent_haggle_rules rules = draw_rules(&draw, true);
        ent_haggle_table t = random_table(work, parties, 5, trial);
        ent_chosen_strategy chosen[PARTIES];
        for (uint32_t p = 0; p < parties; p++) {
            chosen[p] = (ent_chosen_strategy){.strategy = &stubborn,
                                              .cost = draw_cost(&draw, true)};
        }
        rules.rounds = ent_clock_rounds(&rules, chosen, parties);
        ent_negotiation n;
        ent_negotiation_make(work->arena, &t, &rules, chosen, &n);
        ent_negotiate(&n, 0);
        plain r = plain_run(&rules, chosen, parties, 0);
        assert_int_equal(n.result.end, ENT_HAGGLE_DEADLINE);
        assert_true(r.offers < rules.rounds * parties); /* there were rounds enough */
        for (uint32_t p = 0; p < parties; p++) {
            const notes *s = n.haggler[p].state;
            assert_int_equal(s->turns, r.turns[p]);
            for (uint32_t k = 0; k < s->turns; k++) {
                double now = k * parties + p > 0 ? r.when[k * parties + p - 1] : 0;
                assert_near(s->time[k], fmin(1, now / rules.clock.seconds), 1e-12);
                if (k > 0) {
                    assert_int_equal(s->left[k], s->turns - k);
                    asked++;
                }
            }
        }
    }
    assert_true(asked > 1000);
}

/* Negotiations side by side and one by one, under a clock. */
typedef struct both {
    const ent_chosen_strategy *chosen;
    ent_negotiation *n;
    uint32_t compared, first;
} both;

static const ent_chosen_strategy *seat(void *user, uint32_t k, uint32_t party)
{
    const both *b = user;
    (void)k;
    return &b->chosen[party];
}

static void compare(void *user, uint32_t k, const ent_negotiation *n)
{
    both *b = user;
    ent_negotiate(b->n, b->first + k);
    assert_int_equal(n->result.end, b->n->result.end);
    assert_int_equal(n->result.entry, b->n->result.entry);
    assert_int_equal(n->result.round, b->n->result.round);
    assert_int_equal(n->result.offers, b->n->result.offers);
    assert_near(n->result.seconds, b->n->result.seconds, 0);
    assert_near(n->result.time, b->n->result.time, 0);
    for (uint32_t i = 0; i < n->result.offers; i++) {
        assert_int_equal(n->offers[i].entry, b->n->offers[i].entry);
        assert_near(n->when[i], b->n->when[i], 0);
    }
    b->compared++;
}

UNIT(side_by_side_as_one_by_one)
{
    both b = {.first = 40};
    for (uint64_t trial = 0; trial < 60; trial++) {
        ent_stream draw = ent_stream_of(trial, 7, 3);
        ent_haggle_rules rules = draw_rules(&draw, false);
        ent_haggle_table t = odd_table(work, 2, trial);
        ent_chosen_strategy chosen[2];
        for (uint32_t p = 0; p < 2; p++) {
            uint32_t k = ent_draw_below(&draw, (uint32_t)ent_strategy_count);
            chosen[p] = chosen_of(work, ent_strategies[k]->name);
            chosen[p].cost = draw_cost(&draw, false);
        }
        ent_negotiation n;
        ent_negotiation_make(work->arena, &t, &rules, chosen, &n);
        b.chosen = chosen;
        b.n = &n;
        ent_gathering all = {.table = &t, .rules = &rules, .scenario = "", .count = 20,
                             .first = b.first, .seat = seat, .over = compare, .user = &b};
        assert_int_equal(ent_negotiate_together(work, &all), ENT_OK);
    }
    assert_int_equal(b.compared, 60 * 20);
}

UNIT(costs_are_read)
{
    static const struct {
        const char *text;
        bool good;
        double least, most;
    } rows[] = {{"0.02", true, 0.02, 0.02},   {"0", true, 0, 0},
                {"0.01-0.05", true, 0.01, 0.05}, {"1e-3-2e-3", true, 1e-3, 2e-3},
                {"1e-3", true, 1e-3, 1e-3},   {"0.05-0.01", false, 0, 0},
                {"-1", false, 0, 0},          {"", false, 0, 0},
                {"1-", false, 0, 0},          {"2e9", false, 0, 0},
                {"nan", false, 0, 0},         {"real", false, 0, 0}};
    ent_turn_cost cost;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        assert_int_equal(ent_read_turn_cost(rows[k].text, false, &cost), rows[k].good);
        if (rows[k].good) {
            assert_near(cost.least, rows[k].least, 0);
            assert_near(cost.most, rows[k].most, 0);
        }
    }
    assert_true(ent_read_turn_cost("real", true, &cost) && cost.real);
    ent_chosen_strategy c;
    assert_int_equal(ent_choose_strategy(work, "boulware:step-cost=0.5:e=2", &c), ENT_OK);
    assert_true(c.cost.stated && c.cost.least == 0.5 && c.parameter[0] == 2);
    assert_int_equal(ent_choose_strategy(work, "boulware:step-cost=real", &c), ENT_USAGE);
}

/* Who accepts takes what is above the reservation value only, or what is worth just it too. */
UNIT(at_the_reservation_value)
{
    uint32_t at[2] = {0, 0}, deals[2] = {0, 0};
    for (uint64_t trial = 0; trial < 3000; trial++) {
        ent_stream draw = ent_stream_of(trial, 7, 4);
        ent_haggle_table t = odd_table(work, 2, trial);
        bool above = trial % 2 == 1;
        for (uint32_t p = 0; p < 2; p++) { /* one that is the worth of an outcome */
            t.side[p].reservation = t.side[p].value[ent_draw_below(&draw, t.count)];
            sort_side(work, &t.side[p], t.count, HUGE_VAL);
        }
        if (above) {
            ent_haggle_take_above(&t);
        }
        ent_chosen_strategy chosen[2];
        for (uint32_t p = 0; p < 2; p++) {
            uint32_t k = ent_draw_below(&draw, (uint32_t)ent_strategy_count);
            chosen[p] = chosen_of(work, ent_strategies[k]->name);
        }
        ent_haggle_rules rules = {.rounds = 20, .seed = trial, .above = above};
        if (trial % 8 >= 6) {
            rules.protocol = &ent_protocol_one_text;
        }
        ent_negotiation n;
        ent_negotiation_make(work->arena, &t, &rules, chosen, &n);
        ent_negotiate(&n, trial);
        if (n.result.entry == ENT_NO_ENTRY) {
            continue;
        }
        deals[above]++;
        for (uint32_t p = 0; p < 2; p++) {
            bool asked = n.result.party == ENT_HAGGLE_MEDIATOR || n.result.party == p;
            double value = t.side[p].value[n.result.entry], r = t.side[p].reservation;
            assert_true(!asked || (above ? value > r : value >= r));
            at[above] += asked && value == r;
        }
    }
    assert_true(deals[0] > 300 && deals[1] > 100 && at[0] > 50 && at[1] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_are_those_that_the_clock_has_room_for),
        cmocka_unit_test(with_steady_costs_a_party_knows_its_last_turn),
        cmocka_unit_test(side_by_side_as_one_by_one),
        cmocka_unit_test(costs_are_read),
        cmocka_unit_test(at_the_reservation_value),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
