#include "read_case.h"

#include "answers/positions.h"
#include "answers/tally.h"

static ent_analysis *analyse(ent_work *work, double threshold)
{
    const ent_case *c = case_of(work, small_case);
    ent_settings settings = ent_settings_default();
    settings.worlds = 2000;
    settings.threshold = threshold;
    return analysis_of(work, c, &settings);
}

static ent_bridge bridge_of(ent_work *work, const ent_analysis *analysis, size_t account)
{
    ent_bridge bridge;
    assert_int_equal(ent_answer_bridge(work, analysis, account, &bridge), ENT_OK);
    return bridge;
}

UNIT(positions_are_the_latest_of_each_side)
{
    ent_analysis *analysis = analyse(work, 0.5);
    ent_bridge bridge = bridge_of(work, analysis, 0);
    const ent_case *c = analysis->c;
    assert_int_equal(bridge.position_count, 2);
    assert_int_equal(bridge.positions[0].statement, ent_find_statement(c, "ann-new"));
    assert_int_equal(bridge.positions[1].statement, ent_find_statement(c, "ben-demand"));
    assert_true(bridge.positions[0].own && bridge.positions[1].own);
    assert_true(bridge.positions[0].deal.shares[0] == 1); /* it offered that */
    assert_int_equal(bridge.positions[0].deal.verdicts[0], ENT_NECESSARY);
}

/* The mover is worse off by it, so its share cannot grow, and gives up what it asked or offered. */
static void moves_its_own(const ent_analysis *analysis, const ent_bridge *bridge,
                          const ent_move *move)
{
    const ent_issue *issue = &analysis->c->space.issues[move->issue];
    bool up = move->to > move->from;
    assert_true(move->cost >= 0 && move->cost <= 1);
    for (size_t p = 0; p < bridge->position_count; p++) {
        const ent_position *position = &bridge->positions[p];
        uint64_t own = position->deal.levels[move->issue];
        own = move->item == ENT_NONE ? own : own >> move->item & 1;
        bool gives_up = issue->sign[position->party] == (up ? -1 : 1) &&
                        (up ? own < move->to : own > move->to);
        assert_true(gives_up || move->mover != position->party);
        /* Of two sides at most one loses. */
        assert_true(!gives_up || move->mover == position->party);
    }
}

static void moves_lead_there(const ent_analysis *analysis, const ent_bridge *bridge,
                             const ent_crossing *crossing)
{
    const ent_space *space = &analysis->c->space;
    uint64_t levels[8];
    memcpy(levels, bridge->positions[crossing->from].deal.levels,
           space->issue_count * sizeof *levels);
    assert_int_equal(crossing->count,
                     ent_move_count(space, levels, crossing->deal.levels));
    for (size_t i = 0; i < crossing->count; i++) {
        const ent_move *move = &crossing->moves[i];
        assert_true(move->from != move->to);
        if (move->item == ENT_NONE) {
            levels[move->issue] = move->to;
        } else {
            levels[move->issue] ^= (uint64_t)1 << move->item;
        }
        moves_its_own(analysis, bridge, move);
    }
    assert_memory_equal(levels, crossing->deal.levels, space->issue_count * sizeof *levels);
}

UNIT(moves_lead_from_positions_to_deals)
{
    ent_analysis *analysis = analyse(work, 0.3);
    for (size_t account = 0; account < 2; account++) {
        ent_bridge bridge = bridge_of(work, analysis, account);
        assert_true(bridge.target_count > 0);
        assert_int_equal(bridge.crossing_count, 2 * bridge.target_count);
        for (size_t i = 0; i < bridge.crossing_count; i++) {
            moves_lead_there(analysis, &bridge, &bridge.crossings[i]);
        }
        for (size_t i = 0; i < bridge.smallest_count; i++) {
            moves_lead_there(analysis, &bridge, &bridge.smallest[i]);
        }
    }
}

UNIT(no_fewer_moves_reach_the_threshold)
{
    ent_analysis *analysis = analyse(work, 0.25);
    for (size_t account = 0; account < 2; account++) {
        ent_bridge bridge = bridge_of(work, analysis, account);
        ent_deals deals;
        ent_deals_request request = {.top = 0, .verdicts = false};
        assert_int_equal(ent_answer_deals(work, analysis, account, &request, &deals), ENT_OK);
        for (size_t i = 0; i < bridge.smallest_count; i++) {
            const ent_crossing *smallest = &bridge.smallest[i];
            const uint64_t *from = bridge.positions[smallest->from].deal.levels;
            assert_true(smallest->deal.joint >= 0.25 - 1e-9);
            for (size_t d = 0; d < deals.count; d++) {
                assert_true(deals.at[d].joint < 0.25 - 1e-9 ||
                            ent_move_count(&analysis->c->space, from, deals.at[d].levels) >=
                                smallest->count);
            }
        }
        assert_int_equal(bridge.smallest_count > 0, deals.at[0].joint >= 0.25);
        assert_true(bridge.proved);
    }
}

UNIT(where_nothing_reaches_the_record_would_have_to_change)
{
    ent_analysis *analysis = analyse(work, 0.97);
    ent_bridge bridge = bridge_of(work, analysis, 0);
    assert_int_equal(bridge.smallest_count, 0);
    assert_true(bridge.change_count > 0);
    ent_deals deals;
    ent_deals_request request = {.top = 1, .verdicts = false};
    assert_int_equal(ent_answer_deals(work, analysis, 0, &request, &deals), ENT_OK);
    bool found = false;
    for (size_t i = 0; i < bridge.change_count; i++) {
        const ent_record_change *change = &bridge.changes[i];
        assert_true(change->deal.joint > deals.at[0].joint);
        assert_int_equal(change->opens, change->deal.joint >= 0.97);
        assert_true(i == 0 || change[-1].opens >= change->opens);
        /* If North took the demand after all, both would accept it for certain. */
        found = found || (change->with == ent_find_statement(analysis->c, "ben-on-north") &&
                          change->opens);
    }
    assert_true(found);
}

/* x is A's to give, though C has a stake against it as well; C is told before A. */
static const char three[] =
    "entente: 1\n"
    "title: Three\n"
    "parties: {c: {name: C}, a: {name: A}, b: {name: B}, d: {name: D}}\n"
    "issues:\n"
    "  x: {by: a, for: b, stakes: {c: \"-\", d: \"-\"}, options: [none, some, all]}\n"
    "  y: {by: b, for: [a, c], options: [none, some, all]}\n"
    "  z: {by: b, for: a, options: [none, some]}\n"
    "statements:\n"
    "  - {id: s1, by: a, reported: w, claims: [{party: a, offers: {x: some}, for: {y: all},"
    " rest: open}]}\n"
    "  - {id: s2, by: b, reported: w, claims: [{party: b, offers: {y: some}, for: {x: all}}]}\n"
    "  - {id: s3, by: c, reported: w, claims: [{party: c, accepts: {y: all, x: all}}]}\n";

static const ent_move *move_on(const ent_move *moves, size_t count, uint32_t issue)
{
    size_t i = 0;
    while (i < count && moves[i].issue != issue) {
        i++;
    }
    assert_true(i < count);
    return &moves[i];
}

UNIT(who_moves_gives_up_what_it_asked_or_offered)
{
    enum { C, A, B, D };
    ent_settings settings = ent_settings_default();
    settings.worlds = 200;
    ent_analysis *analysis = analysis_of(work, case_of(work, three), &settings);
    size_t count;
    ent_position *p = ent_last_positions(work, analysis, A, &count);
    assert_int_equal(count, 4);
    assert_true(p[A].open && !p[B].open && p[D].statement == ENT_NONE);
    assert_true(ent_any_open_position(analysis, A));
    const uint64_t all[] = {2, 2, 0}, less[] = {1, 1, 0};
    const ent_move *moves = ent_moves_between(work, analysis, A, &p[A], all, &count);
    /* A and D lose; C has taken as much. D, of which no position is known, comes after A. */
    assert_int_equal(count, 1);
    assert_int_equal(moves[0].mover, A);
    moves = ent_moves_between(work, analysis, A, &p[B], less, &count);
    assert_int_equal(move_on(moves, count, 0)->mover, B);
    /* From what C took: C and A both asked for all of y. */
    moves = ent_moves_between(work, analysis, A, &p[C], less, &count);
    assert_int_equal(move_on(moves, count, 1)->mover, C);
    assert_int_equal(move_on(moves, count, 0)->mover, B);
    /* From B's position to all of y: B gives up that it offered some. */
    moves = ent_moves_between(work, analysis, A, &p[B], all, &count);
    assert_int_equal(count, 1);
    assert_int_equal(moves[0].mover, B);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_are_the_latest_of_each_side),
        cmocka_unit_test(moves_lead_from_positions_to_deals),
        cmocka_unit_test(no_fewer_moves_reach_the_threshold),
        cmocka_unit_test(who_moves_gives_up_what_it_asked_or_offered),
        cmocka_unit_test(where_nothing_reaches_the_record_would_have_to_change),
    };
    return cmocka_run_group_tests_name("bridge", tests, NULL, NULL);
}
