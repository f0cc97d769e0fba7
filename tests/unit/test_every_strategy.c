/*
 * What holds of every strategy, whatever it is up against: on some hundred small tables, most of
 * them odd in some way, with two to five parties and no to a dozen rounds.
 */
#include "tables.h"

enum { TRIALS = 600, MOST_PARTIES = 5 };

/* Besides the strategies as they are: their parameters at the ends. */
static const char *const bent[] = {
    "aspiration:start=0.2:end=0.9", "boa:accept=next",    "boa:late=0",
    "boa:model=bayes",              "boa:model=none",     "boa:window=1",
    "boulware:e=0.001",             "boulware:e=1000",    "exponential:b=1000:k=1",
    "exponential:b=0.001:k=1e-9",   "hybrid:p0=0:p3=10",  "hybrid:p3=0",
    "nash:e=0.001",                 "war:accept=better",  "war:accept=not-worse",
};

static size_t text_count(void)
{
    return ent_strategy_count + sizeof bent / sizeof *bent;
}

static const char *text_of(size_t at)
{
    return at < ent_strategy_count ? ent_strategies[at]->name : bent[at - ent_strategy_count];
}

static bool is_one_of(const ent_strategy *strategy, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (strcmp(strategy->name, *names) == 0) {
            return true;
        }
    }
    return false;
}

/* By their definition these offer what they would not take, and may be taken at their word. */
static bool is_loose(const ent_strategy *strategy)
{
    static const char *const names[] = {"naive-tit-for-tat", "war", NULL};
    return is_one_of(strategy, names);
}

static bool draws(const ent_strategy *strategy)
{
    static const char *const names[] = {"last-minute", "micro", "random", NULL};
    return is_one_of(strategy, names);
}

/* Who sits at the table, each behind one that looks on. */
typedef struct seat {
    const ent_strategy *strategy;
    uint32_t round_next, answers, offers; /* the round + 1 at hand, and what was asked in it */
} seat;

static seat seats[ENT_HAGGLE_PARTIES];

static seat *seat_of(const ent_haggler *h)
{
    seat *s = &seats[h->party];
    if (s->round_next != h->round + 1) {
        *s = (seat){.strategy = s->strategy, .round_next = h->round + 1};
    }
    return s;
}

static ent_answer watched_answer(ent_haggler *h, uint32_t entry)
{
    seat *s = seat_of(h);
    assert_true(entry < h->table->count && ++s->answers == 1 && s->offers == 0);
    ent_answer answer = s->strategy->answer(h, entry);
    assert_true(answer != ENT_ACCEPT || h->side->value[entry] >= h->side->reservation);
    return answer;
}

static uint32_t watched_propose(ent_haggler *h)
{
    seat *s = seat_of(h);
    const ent_haggle_side *side = h->side;
    assert_true(++s->offers == 1);
    uint32_t entry = s->strategy->propose(h);
    if (entry == ENT_NO_ENTRY) { /* it walks out when there is nothing to ask for, and only then */
        assert_int_equal(side->first, side->top);
        return entry;
    }
    assert_true(entry < h->table->count && side->value[entry] <= side->most);
    assert_true(is_loose(s->strategy) || side->value[entry] >= side->reservation);
    return entry;
}

static void watch(ent_work *work, ent_negotiation *n)
{
    for (uint32_t p = 0; p < n->table->parties; p++) {
        ent_strategy *watched = ent_alloc(work->arena, 1, ent_strategy);
        *watched = *n->haggler[p].strategy;
        watched->answer = watched_answer;
        watched->propose = watched_propose;
        seats[p] = (seat){.strategy = n->haggler[p].strategy};
        n->haggler[p].strategy = watched;
    }
}

static void negotiate(ent_negotiation *n, uint64_t run)
{
    for (uint32_t p = 0; p < n->table->parties; p++) {
        seats[p].round_next = 0;
    }
    ent_negotiate(n, run);
}

/* A negotiation of a number: table, rules and strategies are drawn by it. */
static ent_haggle_table draw_talks(ent_work *work, uint64_t trial, uint32_t parties,
                                   ent_haggle_rules *rules, ent_chosen_strategy *chosen)
{
    ent_stream draw = ent_stream_of(trial, 11, 12);
    ent_haggle_table t = odd_table(work, parties, trial);
    *rules = (ent_haggle_rules){.rounds = ent_draw_below(&draw, 13), .seed = trial,
                                .breakdown = 0.05};
    rules->protocol = ent_draw_below(&draw, 4) == 0 ? &ent_protocol_breakdown : NULL;
    for (uint32_t p = 0; p < parties; p++) {
        ent_haggle_side *side = &t.side[p];
        if (ent_draw_below(&draw, 4) == 0) { /* asks for less than its best, as in a case */
            double most = side->value[ent_draw_below(&draw, t.count)];
            sort_side(work, side, t.count, most >= side->reservation ? most : HUGE_VAL);
        }
        size_t at = p == 0 ? (size_t)trial % text_count()
                           : ent_draw_below(&draw, (uint32_t)text_count());
        chosen[p] = chosen_of(work, text_of(at));
    }
    return t;
}

static void same_run(const ent_negotiation *a, const ent_haggle_result *r,
                     const ent_haggle_offer *offers)
{
    assert_int_equal(a->result.end, r->end);
    assert_int_equal(a->result.entry, r->entry);
    assert_int_equal(a->result.round, r->round);
    assert_int_equal(a->result.offers, r->offers);
    assert_true(a->result.time == r->time);
    assert_memory_equal(a->offers, offers, r->offers * sizeof *offers);
}

UNIT(nobody_goes_below_its_reservation_value_and_every_run_can_be_had_again)
{
    enum { RUNS = 4 };
    uint32_t agreed = 0, without = 0;
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        ent_chosen_strategy c[MOST_PARTIES];
        ent_haggle_rules rules;
        ent_negotiation n;
        uint32_t parties = 2 + (uint32_t)(trial / text_count()) % (MOST_PARTIES - 1);
        ent_haggle_table t = draw_talks(work, trial, parties, &rules, c);
        ent_haggle_result result[RUNS];
        ent_haggle_offer *offers[RUNS];
        for (uint64_t run = 0; run < RUNS; run++) { /* each by a table that is fresh */
            ent_negotiation_make(work->arena, &t, &rules, c, &n);
            watch(work, &n);
            negotiate(&n, run);
            result[run] = n.result;
            offers[run] = n.offers;
            agreed += n.result.end == ENT_HAGGLE_AGREED;
            without += n.result.end != ENT_HAGGLE_AGREED;
        }
        ent_negotiation_make(work->arena, &t, &rules, c, &n);
        watch(work, &n);
        for (uint64_t k = 0; k < (uint64_t)4 * RUNS; k++) { /* one after the other, in any order */
            uint64_t run = (k * 7 + k / RUNS) % RUNS;
            negotiate(&n, run);
            same_run(&n, &result[run], offers[run]);
        }
    }
    assert_true(agreed > 400 && without > 400);
}

/* As alternating offers of two, but that the second begins. */
static void begin_with_the_second(ent_negotiation *n)
{
    for (uint32_t round = 0; round < n->rules.rounds; round++) {
        for (uint32_t k = 0; k < 2; k++) {
            ent_haggler *h = ent_haggle_turn(n, 1 - k, round);
            uint32_t last = n->result.offers > 0 ? n->offers[n->result.offers - 1].entry
                                                 : ENT_NO_ENTRY;
            bool deal = last != ENT_NO_ENTRY && h->strategy->answer(h, last) == ENT_ACCEPT;
            uint32_t offer = deal ? last : h->strategy->propose(h);
            n->result.round = round;
            if (deal || offer == ENT_NO_ENTRY) {
                n->result.end = deal ? ENT_HAGGLE_AGREED : ENT_HAGGLE_WALKED;
                n->result.entry = offer;
                return;
            }
            ent_haggle_table_offer(n, round, h->party, offer);
        }
    }
    n->result.round = n->rules.rounds;
}

UNIT(parties_that_change_places_change_nothing_else)
{
    static const ent_protocol mirrored = {.name = "mirrored", .run = begin_with_the_second};
    uint32_t compared = 0, offers = 0;
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        ent_chosen_strategy c[2], swapped[2];
        ent_haggle_rules rules;
        ent_negotiation n, m;
        ent_haggle_table t = draw_talks(work, trial, 2, &rules, c), u = t;
        if (draws(c[0].strategy) || draws(c[1].strategy)) {
            continue;
        }
        ent_haggle_side sides[2] = {t.side[1], t.side[0]};
        u.side = sides;
        swapped[0] = c[1];
        swapped[1] = c[0];
        rules.protocol = &ent_protocol_alternating;
        ent_negotiation_make(work->arena, &t, &rules, c, &n);
        ent_negotiate(&n, 0);
        rules.protocol = &mirrored;
        ent_negotiation_make(work->arena, &u, &rules, swapped, &m);
        ent_negotiate(&m, 1);
        assert_int_equal(n.result.end, m.result.end);
        assert_int_equal(n.result.entry, m.result.entry);
        assert_int_equal(n.result.round, m.result.round);
        assert_int_equal(n.result.offers, m.result.offers);
        for (uint32_t k = 0; k < n.result.offers; k++) {
            assert_int_equal(n.offers[k].entry, m.offers[k].entry);
            assert_int_equal(n.offers[k].party, 1 - m.offers[k].party);
        }
        compared++;
        offers += n.result.offers;
    }
    assert_true(compared > TRIALS / 2 && offers > 1000);
}

/* How many of the offers so far, of this party or of all others, differ. */
static uint32_t different(const ent_negotiation *n, uint32_t count, uint32_t party, bool own)
{
    uint32_t found = 0;
    for (uint32_t k = 0; k < count; k++) {
        bool fresh = (n->offers[k].party == party) == own;
        for (uint32_t j = 0; j < k && fresh; j++) {
            fresh = n->offers[j].entry != n->offers[k].entry ||
                    (n->offers[j].party == party) != own;
        }
        found += fresh;
    }
    return found;
}

UNIT(micro_makes_at_most_one_offer_more_than_it_got)
{
    uint32_t most = 0;
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        ent_chosen_strategy c[MOST_PARTIES];
        ent_haggle_rules rules;
        ent_negotiation n;
        uint32_t parties = 2 + (uint32_t)(trial % (MOST_PARTIES - 1));
        ent_haggle_table t = draw_talks(work, trial, parties, &rules, c);
        c[trial / 4 % parties] = chosen_of(work, "micro");
        ent_negotiation_make(work->arena, &t, &rules, c, &n);
        ent_negotiate(&n, 0);
        ent_negotiate(&n, 1);
        for (uint32_t k = 1; k <= n.result.offers; k++) {
            uint32_t party = n.offers[k - 1].party;
            if (strcmp(c[party].strategy->name, "micro") == 0) {
                uint32_t sent = different(&n, k, party, true);
                assert_true(sent <= different(&n, k, party, false) + 1);
                most = sent > most ? sent : most;
            }
        }
    }
    assert_true(most > 5);
}

UNIT(as_many_as_there_may_be_can_haggle)
{
    size_t agreed = 0;
    for (size_t at = 0; at < text_count(); at++) {
        ent_haggle_table t = random_table(work, ENT_HAGGLE_PARTIES, 6, at);
        ent_haggle_rules rules = {.rounds = 30, .seed = at};
        ent_chosen_strategy c[ENT_HAGGLE_PARTIES];
        ent_negotiation n;
        for (uint32_t p = 0; p < t.parties; p++) { /* they all like the last outcome best */
            t.side[p].value[5] = 30;
            sort_side(work, &t.side[p], 6, HUGE_VAL);
            c[p] = chosen_of(work, text_of(at));
        }
        ent_negotiation_make(work->arena, &t, &rules, c, &n);
        watch(work, &n);
        negotiate(&n, 0);
        agreed += n.result.end == ENT_HAGGLE_AGREED && n.result.entry == 5;
        rules.protocol = &ent_protocol_one_text;
        ent_negotiation_make(work->arena, &t, &rules, c, &n);
        ent_negotiate(&n, 0);
        assert_int_equal(n.result.end, ENT_HAGGLE_AGREED);
        assert_int_equal(n.result.entry, 5);
        assert_true(n.result.time == 30 / 31.0); /* as of any deal in the last round */
    }
    assert_true(agreed > text_count() * 2 / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_goes_below_its_reservation_value_and_every_run_can_be_had_again),
        cmocka_unit_test(parties_that_change_places_change_nothing_else),
        cmocka_unit_test(micro_makes_at_most_one_offer_more_than_it_got),
        cmocka_unit_test(as_many_as_there_may_be_can_haggle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
