/* Strategies one by one against plain models of what their sources say. */
#include "tables.h"

#include "base/number.h"
#include "haggle/nash.h"

#include <stdlib.h>

/* Three issues of four levels: party 0 wants all to be high, the others all to be low. */
static ent_haggle_table levels_table(ent_work *work, uint32_t parties)
{
    ent_haggle_table t = random_table(work, parties, 64, 1);
    static const uint64_t levels[3] = {4, 4, 4};
    t.issues = 3;
    t.levels = levels;
    for (uint32_t p = 0; p < parties; p++) {
        for (uint32_t k = 0; k < 64; k++) {
            double high = k / 16 * 0.5 + k / 4 % 4 * 0.3 + k % 4 * 0.2;
            t.side[p].value[k] = p == 0 ? high / 3 : 1 - high / 3;
        }
        t.side[p].reservation = -HUGE_VAL;
        sort_side(work, &t.side[p], 64, HUGE_VAL);
    }
    return t;
}

typedef struct priced {
    double value;
    uint32_t entry;
} priced;

static int by_price(const void *a, const void *b)
{
    const priced *x = a, *y = b;
    return x->value < y->value   ? -1
           : x->value > y->value ? 1
                                 : (x->entry > y->entry) - (x->entry < y->entry);
}

/* The outcomes that a side may ask for, from its worst up. */
static uint32_t plain_order(const ent_haggle_side *side, uint32_t count, double most, priced *list)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < count; k++) {
        if (side->value[k] <= most) {
            list[n++] = (priced){side->value[k], k};
        }
    }
    qsort(list, n, sizeof *list, by_price);
    return n;
}

/* What war offers, one after the other: first[count], and how many of them there are. */
static uint32_t plain_waste(const ent_haggle_side *side, const priced *list, uint32_t n,
                            uint32_t *offers)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < n; k++) {
        if (list[k].value < side->reservation) {
            offers[count++] = list[k].entry;
        }
    }
    for (uint32_t k = n; k-- > 0;) {
        if (list[k].value >= side->reservation) {
            offers[count++] = list[k].entry;
        }
    }
    return count;
}

/* Some of the sides ask for less than their best. */
static double draw_most(ent_work *work, ent_haggle_table *t, ent_stream *draw)
{
    ent_haggle_side *side = &t->side[0];
    double most = ent_draw_below(draw, 2) == 0
                      ? HUGE_VAL
                      : side->value[ent_draw_below(draw, t->count)];
    sort_side(work, side, t->count, most);
    return most;
}

UNIT(war_wastes_its_offers_and_then_goes_down)
{
    priced list[30];
    uint32_t offers[30], wasted = 0, walked = 0;
    for (uint64_t trial = 0; trial < 300; trial++) {
        ent_haggle_table t = odd_table(work, 2, trial);
        ent_stream draw = ent_stream_of(trial, 5, 6);
        double most = draw_most(work, &t, &draw);
        const ent_haggle_side *side = &t.side[0];
        uint32_t n = plain_order(side, t.count, most, list);
        uint32_t count = plain_waste(side, list, n, offers);
        bool hopeless = list[n - 1].value < side->reservation;
        ent_haggler *h = sit_down(work, &t, "war", 50);
        for (int again = 0; again < 2; again++) {
            h->strategy->begin(h);
            for (uint32_t k = 0; k < 50; k++) {
                uint32_t wanted = k < count  ? offers[k]
                                  : hopeless ? ENT_NO_ENTRY
                                             : offers[count - 1];
                assert_int_equal(h->strategy->propose(h), wanted);
                wasted += k < count && side->value[offers[k]] < side->reservation;
                walked += wanted == ENT_NO_ENTRY;
            }
        }
    }
    assert_true(wasted > 1000 && walked > 1000);
}

UNIT(war_accepts_as_it_is_told)
{
    static const char *const ways[] = {"war", "war:accept=not-worse", "war:accept=better"};
    uint32_t said[3][2] = {{0}};
    for (uint64_t trial = 0; trial < 300; trial++) {
        ent_haggle_table t = odd_table(work, 2, trial);
        ent_stream draw = ent_stream_of(trial, 7, 8);
        uint32_t way = (uint32_t)(trial % 3);
        ent_haggler *h = sit_down(work, &t, ways[way], 50);
        for (int again = 0; again < 2; again++) {
            double best = -HUGE_VAL; /* of what it has accepted */
            h->strategy->begin(h);
            for (uint32_t k = 0; k < 50; k++) {
                uint32_t entry = ent_draw_below(&draw, t.count);
                double value = t.side[0].value[entry];
                bool rational = value >= t.side[0].reservation;
                bool good = way == 0   ? rational
                            : way == 1 ? rational && value >= best
                                       : rational && value > best;
                best = good && value > best ? value : best;
                assert_int_equal(h->strategy->answer(h, entry), good ? ENT_ACCEPT : ENT_REJECT);
                said[way][good]++;
            }
        }
    }
    for (int way = 0; way < 3; way++) {
        assert_true(said[way][0] > 100 && said[way][1] > 100);
    }
}

UNIT(among_three_an_acceptance_of_war_is_no_deal_yet)
{
    /* Party 1 offers 0, which party 2 takes and party 0 does not; then party 1 offers it again. */
    for (int better = 0; better < 2; better++) {
        ent_haggle_table t = random_table(work, 3, 2, 1);
        static const double values[3][2] = {{0, 1}, {1, 0}, {1, 0}};
        for (uint32_t p = 0; p < 3; p++) {
            memcpy(t.side[p].value, values[p], sizeof values[p]);
            t.side[p].reservation = p == 0 ? 1 : 0;
            sort_side(work, &t.side[p], 2, HUGE_VAL);
        }
        ent_haggle_rules rules = {.rounds = 3};
        ent_chosen_strategy c[3] = {chosen_of(work, "hardliner"), chosen_of(work, "hardliner"),
                                    chosen_of(work, better ? "war:accept=better" : "war")};
        ent_negotiation n;
        ent_negotiation_make(work->arena, &t, &rules, c, &n);
        ent_negotiate(&n, 0);
        assert_int_equal(n.result.end, ENT_HAGGLE_DEADLINE);
        /* 0 and 1 make an offer each round; 2 accepts that of 1, or having done so offers 0. */
        assert_int_equal(n.result.offers, better ? 8 : 6);
        assert_int_equal(n.offers[n.result.offers - 1].party, better ? 2 : 1);
    }
}

UNIT(last_minute_waits_for_the_last_round)
{
    priced list[30];
    uint32_t early = 0, late = 0;
    for (uint64_t trial = 0; trial < 300; trial++) {
        ent_haggle_table t = odd_table(work, 2, trial);
        ent_stream draw = ent_stream_of(trial, 9, 10);
        double most = draw_most(work, &t, &draw);
        const ent_haggle_side *side = &t.side[0];
        uint32_t n = plain_order(side, t.count, most, list);
        double best = list[n - 1].value;
        ent_haggler *h = sit_down(work, &t, "last-minute", 6);
        for (uint32_t round = 0; round < 6; round++) {
            come_to(h, round);
            uint32_t entry = ent_draw_below(&draw, t.count), offer = h->strategy->propose(h);
            double value = side->value[entry];
            bool good = value >= side->reservation && (h->round == 5 || value >= best);
            assert_int_equal(h->strategy->answer(h, entry), good ? ENT_ACCEPT : ENT_REJECT);
            if (best < side->reservation) {
                assert_int_equal(offer, ENT_NO_ENTRY);
            } else if (h->round < 5) {
                assert_int_equal(offer, list[n - 1].entry);
                early++;
            } else {
                assert_true(side->value[offer] >= side->reservation && side->value[offer] <= best);
                late += side->value[offer] < best;
            }
        }
    }
    assert_true(early > 500 && late > 20);
}

UNIT(naive_tit_for_tat_has_no_step_below_its_worst_outcome)
{
    ent_haggle_table t = random_table(work, 2, 5, 1);
    for (uint32_t k = 0; k < 5; k++) {
        t.side[0].value[k] = k;
    }
    t.side[0].reservation = -HUGE_VAL;
    sort_side(work, &t.side[0], 5, HUGE_VAL);
    ent_haggler *h = sit_down(work, &t, "naive-tit-for-tat", 10);
    assert_int_equal(h->strategy->propose(h), 4);
    come_to(h, 1);
    assert_int_equal(h->strategy->answer(h, 2), ENT_REJECT); /* the step from 4 to 3 */
    assert_int_equal(h->strategy->propose(h), 3);            /* from 2 to 1 */
    come_to(h, 2);
    assert_int_equal(h->strategy->answer(h, 0), ENT_REJECT); /* 0 is the worst: no step */
    assert_int_equal(h->strategy->answer(h, 3), ENT_REJECT);
    assert_int_equal(h->strategy->propose(h), 4);
}

/*
 * The first rounds concede the step between the next two outcomes of the cursor, each call two
 * further on, as a share of the whole range; then it repays what the other's last offer gives.
 */
UNIT(naive_tit_for_tat_concedes_steps_and_then_repays)
{
    static const double values[] = {0, 0.1, 0.3, 0.6, 0.75, 1};
    ent_haggle_table t = random_table(work, 2, 6, 1);
    for (uint32_t k = 0; k < 6; k++) {
        t.side[0].value[k] = values[k];
    }
    t.side[0].reservation = -HUGE_VAL;
    sort_side(work, &t.side[0], 6, HUGE_VAL);
    ent_haggler *h = sit_down(work, &t, "naive-tit-for-tat", 10);
    assert_int_equal(h->strategy->propose(h), 5); /* round 0 concedes nothing */
    come_to(h, 1);
    assert_int_equal(h->strategy->answer(h, 4), ENT_ACCEPT); /* 1 - 0.75: asks 0.75 */
    assert_int_equal(h->strategy->propose(h), 4);            /* 0.6 - 0.3: asks 0.7 */
    come_to(h, 2);
    assert_int_equal(h->strategy->answer(h, 4), ENT_REJECT); /* 0.1 - 0: asks 0.9 */
    come_to(h, 3);
    hear(h, 3, 1, 2); /* worth 0.3: it concedes as much */
    assert_int_equal(h->strategy->answer(h, 3), ENT_REJECT);
    assert_int_equal(h->strategy->answer(h, 4), ENT_ACCEPT);
    assert_int_equal(h->strategy->propose(h), 4);
    hear(h, 4, 1, 3);
    come_to(h, 5);
    assert_int_equal(h->strategy->propose(h), 3); /* asks 0.4: the worst above is 0.6 */
}

/* What two others keep to, to each its own, is no move. */
UNIT(hybrid_takes_what_two_want_for_no_move)
{
    ent_haggle_table t = levels_table(work, 3);
    ent_haggler *one = sit_down(work, &t, "hybrid", 30), *two = sit_down(work, &t, "hybrid", 30);
    for (uint32_t round = 0; round < 30; round++) {
        come_to(one, round);
        come_to(two, round);
        assert_int_equal(two->strategy->propose(two), one->strategy->propose(one));
        hear(one, round, 1, 20);
        hear(one, round, 2, 20);
        hear(two, round, 1, 5);
        hear(two, round, 2, 40);
    }
}

UNIT(nice_tit_for_tat_goes_no_way_when_nobody_has_come)
{
    ent_haggle_table t = levels_table(work, 3);
    ent_haggler *h = sit_down(work, &t, "nice-tit-for-tat", 30);
    const ent_nash_seeker *s = h->state;
    for (uint32_t round = 0; round < 30; round++) {
        come_to(h, round);
        hear(h, round, 1, 0);
        hear(h, round, 2, round < 20 ? 3 : 7);
        (void)h->strategy->propose(h);
        assert_true(s->nash < h->side->most && s->nash > t.side[0].value[7]);
        double half = (t.side[0].value[7] - t.side[0].value[3]) / (s->nash - t.side[0].value[3]);
        double come = round < 20 ? 0 : half / 2; /* one of the two */
        assert_near(s->target, h->side->most - come * (h->side->most - s->nash), 1e-12);
    }
}

UNIT(nash_concedes_in_short_talks_whoever_begins)
{
    for (uint32_t rounds = 3; rounds < 40; rounds++) {
        for (uint32_t first = 0; first < 2; first++) {
            ent_haggle_table t = levels_table(work, 2);
            ent_haggler *h = sit_down(work, &t, "nash", rounds);
            double least = h->side->most;
            for (uint32_t round = 0; round < rounds; round++) {
                come_to(h, round);
                if (first == 1) {
                    hear(h, round, 1, 0);
                }
                double offered = h->side->value[h->strategy->propose(h)];
                least = offered < least ? offered : least;
                if (first == 0) {
                    hear(h, round, 1, 0);
                }
            }
            assert_true(least < 0.8);
        }
    }
}

UNIT(boa_looks_back_as_many_rounds_as_are_left)
{
    ent_haggle_table t = random_table(work, 2, 4, 1);
    for (uint32_t k = 0; k < 4; k++) {
        t.side[0].value[k] = k;
    }
    t.side[0].reservation = 0;
    sort_side(work, &t.side[0], 4, HUGE_VAL);
    for (uint32_t rounds = 2; rounds < 60; rounds++) {
        for (uint32_t round = 1; round < rounds; round++) {
            for (uint32_t back = 1; back <= round; back++) {
                ent_haggler *h = sit_down(work, &t, "boa:e=1000:model=none:late=0", rounds);
                hear(h, round - back, 1, 2);
                hear(h, round, 1, 1);
                come_to(h, round);
                bool within = back <= rounds - round;
                assert_int_equal(h->strategy->answer(h, 1), within ? ENT_REJECT : ENT_ACCEPT);
            }
        }
    }
}

static const ent_option_row *option_called(const char *name)
{
    for (size_t q = 0; ent_question_at(q) != NULL; q++) {
        const ent_question_row *row = ent_question_at(q);
        for (size_t i = 0; i < row->option_count; i++) {
            if (strcmp(row->options[i].name, name) == 0) {
                return &row->options[i];
            }
        }
    }
    return NULL;
}

static void check_parameter(const ent_topic_parameter *p)
{
    char text[400], some[10];
    size_t length = ent_topic_parameter_text(p, text, sizeof text);
    assert_true(strlen(p->help) > 5 && p->usual >= p->least && p->usual <= p->most);
    assert_true(length < sizeof text && length == strlen(text));
    assert_int_equal(ent_topic_parameter_text(p, NULL, 0), length);
    assert_int_equal(ent_topic_parameter_text(p, some, sizeof some), length);
    assert_true(strlen(some) == 9 && strncmp(some, text, 9) == 0);
    assert_memory_equal(text, p->name, strlen(p->name));
    if (p->name[0] == '-') {
        assert_non_null(option_called(p->name + 2));
    }
    for (size_t w = 0; p->words != NULL && w <= (size_t)p->most; w++) {
        assert_non_null(strstr(text, p->words[w]));
    }
}

UNIT(topics_are_sorted_and_described)
{
    const ent_topic_kind *kind;
    ent_topic topic, other;
    size_t count = 0;
    (void)work;
    for (size_t k = 0; (kind = ent_topic_kind_at(k)) != NULL; k++) {
        assert_true(k == 0 || strcmp(ent_topic_kind_at(k - 1)->name, kind->name) < 0);
        for (size_t i = 0; kind->options[i] != NULL; i++) {
            const ent_option_row *option = option_called(kind->options[i]);
            assert_true(option != NULL && option->kind == ENT_OPTION_TEXT);
        }
        const char *before = "";
        for (size_t i = 0; ent_topic_at(k, i, &topic); i++, count++) {
            assert_true(strcmp(before, topic.name) < 0);
            before = topic.name;
            assert_true(strlen(topic.summary) > 10 && strlen(topic.source) > 5);
            assert_true(topic.summary[strlen(topic.summary) - 1] != '.');
            assert_true(topic.detail[strlen(topic.detail) - 1] == '.');
            assert_null(ent_explain(topic.name));
            for (size_t j = 0; ent_topic_at(1 - k, j, &other); j++) {
                assert_string_not_equal(topic.name, other.name);
            }
            for (size_t p = 0; p < topic.parameter_count; p++) {
                check_parameter(&topic.parameters[p]);
            }
        }
    }
    assert_int_equal(count, ent_strategy_count + ent_protocol_count);
}

/* A wrong value: the hint has all that would be right, whatever the parameter. */
UNIT(the_hint_has_all_that_a_parameter_can_be)
{
    size_t worded = 0, numbers = 0;
    for (size_t k = 0; k < ent_strategy_count; k++) {
        const ent_strategy *strategy = ent_strategies[k];
        ent_chosen_strategy chosen;
        ent_diags_clear(work->diags);
        assert_int_equal(ent_choose_strategy(
                             work, ent_format(work->arena, "%s:nonsense=1", strategy->name),
                             &chosen),
                         ENT_USAGE);
        const char *names = ent_copy(work->arena, ent_diags_get(work->diags, 0)->hint);
        for (uint32_t i = 0; i < strategy->parameter_count; i++) {
            const ent_strategy_parameter *p = &strategy->parameters[i];
            assert_non_null(strstr(names, ent_format(work->arena, "`%s`", p->name)));
            const char *text = ent_format(work->arena, "%s:%s=nonsense", strategy->name, p->name);
            ent_diags_clear(work->diags);
            assert_int_equal(ent_choose_strategy(work, text, &chosen), ENT_USAGE);
            const char *hint = ent_diags_get(work->diags, 0)->hint;
            for (size_t w = 0; p->words != NULL && w <= (size_t)p->most; w++, worded++) {
                assert_non_null(strstr(hint, ent_format(work->arena, "`%s`", p->words[w])));
                text = ent_format(work->arena, "%s:%s=%s", strategy->name, p->name, p->words[w]);
                assert_int_equal(ent_choose_strategy(work, text, &chosen), ENT_OK);
                assert_near(chosen.parameter[i], w, 0);
            }
            for (int end = 0; p->words == NULL && end < 2; end++, numbers++) {
                char number[ENT_NUMBER_ROOM];
                (void)ent_number_text(end == 0 ? p->least : p->most, number);
                assert_non_null(strstr(hint, number));
                text = ent_format(work->arena, "%s:%s=%s", strategy->name, p->name, number);
                assert_int_equal(ent_choose_strategy(work, text, &chosen), ENT_OK);
            }
        }
    }
    assert_true(worded >= 8 && numbers > 20);
}

UNIT(a_parameter_reads_as_the_help_prints_it)
{
    char text[100];
    static const char *const words[] = {"no", "yes"};
    ent_topic_parameter number = {"e", 4, 0.001, 1000, NULL, "exponent"},
                        word = {"how", 1, 0, 1, words, "way"},
                        option = {"--rounds", 100, 0, 100000, NULL, "rounds"};
    (void)work;
    (void)ent_topic_parameter_text(&number, text, sizeof text);
    assert_string_equal(text, "e=4: exponent (0.001 to 1000)");
    (void)ent_topic_parameter_text(&word, text, sizeof text);
    assert_string_equal(text, "how=yes: way (no, yes)");
    (void)ent_topic_parameter_text(&option, text, sizeof text);
    assert_string_equal(text, "--rounds 100: rounds (0 to 100000)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(war_wastes_its_offers_and_then_goes_down),
        cmocka_unit_test(war_accepts_as_it_is_told),
        cmocka_unit_test(among_three_an_acceptance_of_war_is_no_deal_yet),
        cmocka_unit_test(last_minute_waits_for_the_last_round),
        cmocka_unit_test(naive_tit_for_tat_has_no_step_below_its_worst_outcome),
        cmocka_unit_test(naive_tit_for_tat_concedes_steps_and_then_repays),
        cmocka_unit_test(hybrid_takes_what_two_want_for_no_move),
        cmocka_unit_test(nice_tit_for_tat_goes_no_way_when_nobody_has_come),
        cmocka_unit_test(nash_concedes_in_short_talks_whoever_begins),
        cmocka_unit_test(boa_looks_back_as_many_rounds_as_are_left),
        cmocka_unit_test(topics_are_sorted_and_described),
        cmocka_unit_test(the_hint_has_all_that_a_parameter_can_be),
        cmocka_unit_test(a_parameter_reads_as_the_help_prints_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
