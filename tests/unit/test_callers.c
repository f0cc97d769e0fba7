/*
 * Strategies of the calling program, asked about many negotiations at once: they come to what ours
 * come to when they do the same, and faults stay where they happen.
 */
#include <entente.h>

#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Repeats its best outcome and accepts nothing less, as `hardliner` does; or something odd. */
typedef struct player {
    uint32_t stray;  /* offered from the third round on, unless 0 */
    uint8_t odd;     /* answered from the third round on, unless 0 */
    uint32_t stop;   /* in this round, unless 0 */
    size_t most, calls, begun;
} player;

static bool begin(void *user, const ent_turns *turns, uint32_t slots)
{
    player *p = user;
    p->begun += turns->count;
    return turns->count <= slots;
}

static bool respond(void *user, const ent_turns *turns, uint8_t *reply)
{
    player *p = user;
    const ent_bargaining *t = &turns->table;
    double most = t->utility[t->order[t->outcomes - 1]];
    p->calls++;
    p->most = turns->count > p->most ? turns->count : p->most;
    for (size_t k = 0; k < turns->count; k++) {
        const ent_haggle_offer *last = &turns->offers[k][turns->offer_count[k] - 1];
        if (last->entry != turns->offer[k] || (k > 0 && turns->slot[k] <= turns->slot[k - 1])) {
            return false;
        }
        reply[k] = t->utility[turns->offer[k]] >= most ? ENT_REPLY_ACCEPT : ENT_REPLY_REJECT;
        if (p->odd != 0 && t->round >= 2) {
            reply[k] = p->odd;
        }
    }
    return p->stop == 0 || t->round < p->stop;
}

static bool propose(void *user, const ent_turns *turns, uint32_t *outcome)
{
    const player *p = user;
    const ent_bargaining *t = &turns->table;
    uint32_t best = t->order[t->outcomes - 1];
    for (uint32_t k = t->outcomes; k-- > 0 && t->utility[t->order[k]] == t->utility[best];) {
        best = t->order[k]; /* of equals the first, as ours does */
    }
    for (size_t k = 0; k < turns->count; k++) {
        outcome[k] = p->stray != 0 && t->round >= 2 ? p->stray : best;
    }
    return true;
}

static ent_status ask(const char *question, player *who, const ent_option *options, size_t count,
                      ent_reply **reply)
{
    ent_engine *engine = ent_engine_create(NULL);
    ent_diags *diags = ent_diags_create();
    ent_caller_strategy mine = {"mine", "1", who, begin, respond, propose};
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/tests/data/scenarios/genius-small",
                   getenv("ENTENTE_SOURCE"));
    ent_input input = {.path = path};
    ent_request request = ENT_REQUEST_INIT;
    request.question = question;
    request.inputs = &input;
    request.input_count = 1;
    request.options = options;
    request.option_count = count;
    request.format = ENT_TYPED;
    request.strategies = &mine;
    request.strategy_count = 1;
    ent_status status = ent_ask(engine, &request, diags, reply);
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return status;
}

static const char *const others[] = {"hardliner", "boulware", "random", "boa", "micro"};

static void test_as_our_own(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
        char own[64], ours[64];
        ent_reply *a, *b;
        player p = {0};
        (void)snprintf(own, sizeof own, "mine,%s", others[k]);
        (void)snprintf(ours, sizeof ours, "hardliner,%s", others[k]);
        assert_int_equal(ask("haggle", &p, &(ent_option){"pair", own}, 1, &a), ENT_OK);
        assert_int_equal(ask("haggle", &p, &(ent_option){"pair", ours}, 1, &b), ENT_OK);
        const ent_run_result *x = ent_reply_run(a), *y = ent_reply_run(b);
        assert_string_equal(x->end, y->end);
        assert_int_equal(x->offers, y->offers);
        assert_memory_equal(x->outcome, y->outcome, x->offers * sizeof *x->outcome);
        assert_int_equal(p.begun, 1);
        ent_reply_destroy(a);
        ent_reply_destroy(b);
    }
}

static void test_many_at_once(void **state)
{
    (void)state;
    for (int breakdown = 0; breakdown < 2; breakdown++) {
        const char *protocol = breakdown ? "breakdown" : "alternating";
        ent_option own[] = {{"pair", "mine,random"}, {"runs", "3000"}, {"protocol", protocol},
                            {"rounds", "20"}};
        ent_option ours[] = {{"pair", "hardliner,random"}, {"runs", "3000"},
                             {"protocol", protocol}, {"rounds", "20"}};
        ent_reply *a, *b;
        player p = {0};
        assert_int_equal(ask("haggle", &p, own, 4, &a), ENT_OK);
        assert_int_equal(ask("haggle", &p, ours, 4, &b), ENT_OK);
        const ent_runs_result *x = ent_reply_runs(a), *y = ent_reply_runs(b);
        assert_int_equal(x->runs, 3000);
        assert_int_equal(p.begun, 3000);
        assert_true(p.most > 100);
        assert_memory_equal(x->outcome, y->outcome, x->runs * sizeof *x->outcome);
        assert_memory_equal(x->round, y->round, x->runs * sizeof *x->round);
        assert_memory_equal(x->end, y->end, x->runs);
        assert_memory_equal(x->utility, y->utility, x->runs * x->seats * sizeof *x->utility);
        ent_reply_destroy(a);
        ent_reply_destroy(b);
    }
}

static const char *end_of(player *p)
{
    ent_reply *reply;
    static char end[32];
    assert_int_equal(ask("haggle", p, &(ent_option){"pair", "mine,hardliner"}, 1, &reply), ENT_OK);
    (void)snprintf(end, sizeof end, "%s", ent_reply_run(reply)->end);
    assert_true(ent_reply_run(reply)->agreed_on == ENT_WALK_AWAY);
    ent_reply_destroy(reply);
    return end;
}

static void test_faults(void **state)
{
    (void)state;
    assert_string_equal(end_of(&(player){.stray = ENT_FAIL_HERE}), "failed");
    assert_string_equal(end_of(&(player){.stray = ENT_WALK_AWAY}), "walked-out");
    assert_string_equal(end_of(&(player){.stray = 1000000}), "walked-out");
    assert_string_equal(end_of(&(player){.odd = ENT_REPLY_FAIL}), "failed");
    assert_string_equal(end_of(&(player){.odd = 200}), "failed");
    assert_string_equal(end_of(&(player){.odd = ENT_REPLY_WALK_OUT}), "walked-out");
    assert_string_equal(end_of(&(player){0}), "deadline");
}

static void test_stopping(void **state)
{
    (void)state;
    ent_reply *reply;
    player p = {.stop = 5};
    ent_option pair = {"pair", "mine,hardliner"};
    assert_int_equal(ask("haggle", &p, &pair, 1, &reply), ENT_CANCELLED);
    assert_null(reply);
    assert_int_equal(p.calls, 5); /* rounds 1 to 5; in round 0 nothing is on the table */
}

static void test_a_tournament(void **state)
{
    (void)state;
    ent_reply *reply;
    player p = {0};
    ent_option options[] = {{"strategies", "mine,boulware,hardliner"}, {"repetitions", "2"}};
    assert_int_equal(ask("tournament", &p, options, 2, &reply), ENT_OK);
    const ent_tournament_result *t = ent_reply_tournament(reply);
    const ent_runs_result *r = ent_reply_runs(reply);
    assert_int_equal(t->ranks, 3);
    assert_int_equal(r->runs, 18);
    assert_int_equal(r->seats, 2);
    double sum[3] = {0};
    for (size_t k = 0; k < r->runs; k++) {
        for (size_t s = 0; s < 2; s++) {
            sum[r->strategy[k * 2 + s]] += r->advantage[k * 2 + s] / 12;
        }
    }
    assert_true(fabs(sum[0] - sum[2]) < 1e-12); /* it does what hardliner does */
    for (size_t k = 0; k < 3; k++) {
        size_t who = 0;
        while (strcmp(t->strategy[who], t->rank[k].strategy) != 0) {
            who++;
        }
        assert_true(fabs(t->rank[k].advantage - sum[who]) < 1e-12);
    }
    ent_reply_destroy(reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_our_own),  cmocka_unit_test(test_many_at_once),
        cmocka_unit_test(test_faults),      cmocka_unit_test(test_stopping),
        cmocka_unit_test(test_a_tournament),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
