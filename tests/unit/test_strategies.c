/* Strategies one by one against plain models of what their sources say. */
#include "tables.h"

#include <stdlib.h>

static ent_haggler *sit_down(ent_work *work, const ent_haggle_table *t, const char *text,
                             uint32_t rounds)
{
    ent_negotiation *n = ent_alloc(work->arena, 1, ent_negotiation);
    ent_haggle_rules rules = {.rounds = rounds, .seed = 1};
    ent_chosen_strategy *c = ent_alloc(work->arena, t->parties, ent_chosen_strategy);
    for (uint32_t p = 0; p < t->parties; p++) {
        c[p] = chosen_of(work, text);
    }
    ent_negotiation_make(work->arena, t, &rules, c, n);
    n->haggler[0].random = ent_stream_of(1, 2, 3);
    return &n->haggler[0];
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
        for (h->round = 0; h->round < 6; h->round++) {
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(war_wastes_its_offers_and_then_goes_down),
        cmocka_unit_test(war_accepts_as_it_is_told),
        cmocka_unit_test(among_three_an_acceptance_of_war_is_no_deal_yet),
        cmocka_unit_test(last_minute_waits_for_the_last_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
