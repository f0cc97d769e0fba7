#include "read_case.h"

#include "answers/candidates.h"
#include "answers/influence.h"
#include "base/random.h"

#include <stdio.h>

static ent_settings few(void)
{
    ent_settings settings = ent_settings_default();
    settings.worlds = 2000;
    return settings;
}

static ent_deals deals_of(ent_work *work, const ent_analysis *analysis, size_t account)
{
    ent_deals deals;
    ent_deals_request request = {.top = 1, .verdicts = false};
    assert_int_equal(ent_answer_deals(work, analysis, account, &request, &deals), ENT_OK);
    return deals;
}

static double zone_of(ent_work *work, const ent_analysis *analysis, size_t account)
{
    return deals_of(work, analysis, account).zone.share;
}

static ent_influence influence_of(ent_work *work, const ent_analysis *analysis, size_t account,
                                  const ent_disputes *disputes)
{
    ent_influence influence;
    ent_deals deals = deals_of(work, analysis, account);
    assert_int_equal(
        ent_answer_influence(work, analysis, account, &deals, true, disputes, &influence), ENT_OK);
    return influence;
}

UNIT(a_toggle_is_the_analysis_without_the_statement)
{
    const ent_case *c = case_of(work, small_case);
    ent_settings settings = few();
    ent_analysis *analysis = analysis_of(work, c, &settings);
    ent_disputes disputes;
    assert_int_equal(ent_find_disputes(work, c, analysis->on, (ent_dispute_limits){0, 0},
                                       &disputes),
                     ENT_OK);
    assert_true(disputes.count > 0);
    for (size_t a = 0; a < analysis->accounts.count; a++) {
        ent_influence influence = influence_of(work, analysis, a, &disputes);
        assert_true(influence.base.share == zone_of(work, analysis, a));
        assert_int_equal(influence.row_count, c->statement_count);
        for (size_t i = 0; i < influence.row_count; i++) {
            const ent_influence_row *row = &influence.rows[i];
            assert_int_equal(row->in, analysis->accounts.at[a].in[row->statement]);
            assert_true(row->in ? row->without.asked : row->with.asked);
            if (row->in) {
                ent_settings other = few();
                other.without = &row->statement;
                other.without_count = 1;
                double share = zone_of(work, analysis_of(work, c, &other), a);
                assert_near(row->without.share, share, 0.06);
            }
        }
        size_t questions = 0;
        for (size_t q = 0; q < disputes.question_count; q++) {
            questions += disputes.questions[q].kind != ENT_MOVE;
        }
        assert_true(questions > 0);
        assert_true(influence.settlement_count >= 2 * questions);
        for (size_t i = 0; i < influence.settlement_count; i++) {
            const ent_settlement *s = &influence.settlements[i];
            ent_settings other = few();
            const ent_question_in_dispute *q = &disputes.questions[s->question];
            bool gives_a = s->given_up == q->a;
            other.without = s->given_up;
            other.without_count = s->count;
            other.with = gives_a ? q->b : q->a;
            other.with_count = gives_a ? q->b_count : q->a_count;
            ent_analysis *then = analysis_of(work, c, &other);
            if (q->b_count > 0 && then->accounts.at[a].consistent) {
                assert_true(s->zone.consistent);
                assert_near(s->zone.share, zone_of(work, then, a), 0.06);
            }
        }
    }
}

UNIT(what_follows_from_the_rest_changes_nothing)
{
    /* ben-toll follows from nothing; a statement that repeats another follows from it. */
    char text[4096];
    snprintf(text, sizeof text, "%s%s", small_case,
             "  - id: ben-again\n"
             "    by: ben\n"
             "    date: 2020-02-04\n"
             "    claims: [{party: south, accepts: {dam: removed, port: shared}}]\n");
    const ent_case *c = case_of(work, text);
    ent_settings settings = few();
    ent_analysis *analysis = analysis_of(work, c, &settings);
    ent_influence influence = influence_of(work, analysis, 1, NULL);
    uint32_t again = ent_find_statement(c, "ben-again");
    for (size_t i = 0; i < influence.row_count; i++) {
        if (influence.rows[i].statement == again) {
            assert_true(influence.rows[i].without.change == 0);
            assert_true(influence.rows[i].without.error == 0);
        }
        assert_true(i == 0 || fabs(influence.rows[i - 1].in ? influence.rows[i - 1].without.change
                                                            : influence.rows[i - 1].with.change) >=
                                  fabs(influence.rows[i].in ? influence.rows[i].without.change
                                                            : influence.rows[i].with.change));
    }
    assert_int_equal(influence.settlement_count, 0);
}

UNIT(a_statement_is_believed_instead_of_what_it_disputes)
{
    const ent_case *c = case_of(work, small_case);
    ent_settings settings = few();
    ent_analysis *analysis = analysis_of(work, c, &settings);
    uint32_t claim = ent_find_statement(c, "ben-on-north");
    assert_false(analysis->accounts.at[0].in[claim]);
    ent_influence influence = influence_of(work, analysis, 0, NULL);
    for (size_t i = 0; i < influence.row_count; i++) {
        if (influence.rows[i].statement == claim) {
            assert_true(influence.rows[i].with.consistent);
            assert_true(influence.rows[i].with.change > 0); /* both accept that very deal */
            assert_near(influence.rows[i].with.share, 1, 0.01);
        }
    }
}

UNIT(threads_do_not_matter)
{
    const ent_case *c = case_of(work, small_case);
    ent_settings settings = few();
    work->threads = 1;
    ent_influence one = influence_of(work, analysis_of(work, c, &settings), 0, NULL);
    work->threads = 4;
    ent_influence many = influence_of(work, analysis_of(work, c, &settings), 0, NULL);
    for (size_t i = 0; i < one.row_count; i++) {
        assert_int_equal(one.rows[i].statement, many.rows[i].statement);
        assert_true(one.rows[i].without.share == many.rows[i].without.share);
        assert_true(one.rows[i].with.share == many.rows[i].with.share);
    }
}

/* Where the zone can hardly move, the changes are those of the best single package. */
UNIT(where_the_zone_says_little_the_best_package_is_looked_at)
{
    const ent_case *c = case_of(work, small_case);
    ent_settings settings = few();
    ent_analysis *analysis = analysis_of(work, c, &settings);
    size_t checked = 0;
    for (size_t a = 0; a < analysis->accounts.count; a++) {
        ent_deals deals = deals_of(work, analysis, a);
        ent_influence influence;
        assert_int_equal(
            ent_answer_influence(work, analysis, a, &deals, false, NULL, &influence), ENT_OK);
        if (!ent_zone_says_little(&deals.zone) || deals.count == 0) {
            assert_null(influence.best);
            assert_true(influence.level == deals.zone.share);
            continue;
        }
        assert_true(influence.best != NULL && influence.level == deals.at[0].joint);
        for (size_t i = 0; i < influence.row_count; i++) {
            const ent_influence_row *row = &influence.rows[i];
            ent_settings other = few();
            if (row->in) {
                other.without = &row->statement;
                other.without_count = 1;
                ent_deals then = deals_of(work, analysis_of(work, c, &other), a);
                double joint = then.count > 0 ? then.at[0].joint : 0;
                assert_near(row->without.share, joint, 0.06);
                assert_near(row->without.change, joint - influence.level, 0.06);
                checked++;
            }
        }
    }
    assert_true(checked > 0);
}

/* Packages by what the header says of them, each compared with each; positions of both sides. */
UNIT(tastes_follow_their_definition)
{
    enum { ISSUES = 4, POSITIONS = 3, SAID = 2, PACKAGES = 40 };
    const ent_case *c = case_of(work, small_case);
    const ent_space *space = &c->space;
    assert_int_equal(space->issue_count, ISSUES);
    ent_stream random = ent_stream_of(2, 2, 6);
    uint64_t positions[POSITIONS][ISSUES], packages[PACKAGES][ISSUES];
    for (size_t k = 0; k < PACKAGES; k++) {
        for (uint32_t i = 0; i < ISSUES; i++) {
            packages[k][i] = ent_draw_below(&random, (uint32_t)space->issues[i].levels);
        }
    }
    memcpy(positions, packages + SAID, sizeof positions);
    ent_taste taste = {.space = space, .said = packages[0], .said_count = SAID,
                       .positions = positions[0], .position_count = POSITIONS};
    size_t by_moves = 0;
    for (size_t a = 0; a < PACKAGES; a++) {
        for (size_t b = 0; b < PACKAGES; b++) {
            const size_t at[2] = {a, b};
            long key[2][3] = {{0}}; /* not said, moves, issues off */
            for (int side = 0; side < 2; side++) {
                const uint64_t *levels = packages[at[side]];
                bool said = memcmp(levels, packages[0], sizeof packages[0]) == 0 ||
                            memcmp(levels, packages[1], sizeof packages[0]) == 0;
                key[side][0] = !said;
                for (uint32_t i = 0; i < ISSUES; i++) {
                    for (size_t k = 0; k < POSITIONS; k++) {
                        uint64_t from = positions[k][i], differ = from ^ levels[i];
                        bool items = space->issues[i].kind == ENT_ITEMS; /* two: one move each */
                        key[side][1] += items ? (long)((differ & 1) + (differ >> 1 & 1))
                                              : from != levels[i];
                    }
                    key[side][2] += levels[i] != 0;
                }
            }
            int order = 0;
            for (int k = 0; k < 3 && order == 0; k++) {
                order = (key[0][k] > key[1][k]) - (key[0][k] < key[1][k]);
                by_moves += k == 1 && order != 0;
            }
            for (int i = 0; i < ISSUES && order == 0; i++) {
                order = (packages[a][i] > packages[b][i]) - (packages[a][i] < packages[b][i]);
            }
            assert_int_equal(ent_tastes_better(&taste, packages[a], packages[b]), order < 0);
        }
    }
    assert_true(by_moves > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_toggle_is_the_analysis_without_the_statement),
        cmocka_unit_test(what_follows_from_the_rest_changes_nothing),
        cmocka_unit_test(a_statement_is_believed_instead_of_what_it_disputes),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(where_the_zone_says_little_the_best_package_is_looked_at),
        cmocka_unit_test(tastes_follow_their_definition),
    };
    return cmocka_run_group_tests_name("influence", tests, NULL, NULL);
}
