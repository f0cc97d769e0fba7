/* Variants against analyses made from the start, and the numbers that parts of an answer share. */
#include "read_case.h"

#include "answers/whole.h"
#include "answers/variant.h"

#include <stdio.h>

enum { WORLDS = 1500 };

static ent_settings few(void)
{
    ent_settings settings = ent_settings_default();
    settings.worlds = WORLDS;
    return settings;
}

static ent_deals deals_of(ent_work *work, const ent_analysis *analysis, size_t account)
{
    ent_deals deals;
    ent_deals_request request = {.top = 3, .verdicts = false};
    assert_int_equal(ent_answer_deals(work, analysis, account, &request, &deals), ENT_OK);
    return deals;
}

/* Switched afresh, a statement gives the numbers of the case read without it, or believing it. */
UNIT(a_variant_is_the_analysis_of_that_record)
{
    const ent_case *c = case_of(work, small_case);
    ent_settings settings = few();
    ent_analysis *analysis = analysis_of(work, c, &settings);
    size_t moved = 0;
    for (size_t a = 0; a < analysis->accounts.count; a++) {
        double now = deals_of(work, analysis, a).zone.share;
        for (uint32_t s = 0; s < c->statement_count; s++) {
            bool in = analysis->accounts.at[a].in[s];
            ent_record_state record = ent_record_state_of(work->arena, analysis);
            ent_switch_statement(&record, s, in);
            ent_otherwise other = {.on = record.on, .forced = record.forced, .afresh = true};
            ent_variant *variant;
            assert_int_equal(ent_vary(work, analysis, a, &other, &variant), ENT_OK);
            ent_settings anew = few();
            *(in ? &anew.without : &anew.with) = &s;
            *(in ? &anew.without_count : &anew.with_count) = 1;
            ent_analysis *whole = analysis_of(work, c, &anew);
            if (!whole->accounts.at[a].consistent) {
                continue; /* a variant makes way for what is believed; --with says so instead */
            }
            assert_true(variant->consistent);
            ent_deals one = deals_of(work, &variant->analysis, a);
            ent_deals two = deals_of(work, whole, a);
            assert_true(one.zone.share == two.zone.share);
            assert_int_equal(one.available, two.available);
            for (size_t i = 0; i < one.count; i++) {
                assert_true(one.at[i].joint == two.at[i].joint);
            }
            moved += one.zone.share != now;
        }
    }
    assert_true(moved > 2);
}

/* What answers keep of an analysis is not touched by its variants, nor theirs by each other. */
UNIT(variants_keep_their_own)
{
    const ent_case *c = case_of(work, small_case);
    ent_settings settings = few();
    ent_analysis *analysis = analysis_of(work, c, &settings);
    ent_deals before = deals_of(work, analysis, 1);
    const struct ent_tally *kept = analysis->kept[1].tally;
    assert_non_null(kept);
    bool *closed = ent_alloc(work->arena, c->space.issue_count, bool);
    closed[0] = true;
    ent_variant *without, *same;
    assert_int_equal(ent_vary(work, analysis, 1, &(ent_otherwise){.closed = closed}, &without),
                     ENT_OK);
    assert_int_equal(ent_vary(work, analysis, 1, &(ent_otherwise){0}, &same), ENT_OK);
    assert_true(same->same);
    assert_false(without->same);
    ent_deals fewer = deals_of(work, &without->analysis, 1);
    assert_true(fewer.available < before.available);
    assert_true(fewer.zone.share < before.zone.share);
    for (size_t i = 0; i < fewer.count; i++) {
        assert_int_equal(fewer.at[i].levels[0], 0);
    }
    assert_true(deals_of(work, &same->analysis, 1).zone.share == before.zone.share);
    assert_ptr_equal(analysis->kept[1].tally, kept);
    assert_true(deals_of(work, analysis, 1).zone.share == before.zone.share);
}

/* A line puts no row on anybody's worlds; switching it is a change all the same. */
UNIT(a_line_switched_is_a_change)
{
    char text[4096];
    snprintf(text, sizeof text, "%s%s", small_case,
             "  - id: ben-never\n"
             "    by: ben\n"
             "    date: 2020-02-04\n"
             "    claims: [{party: south, never: {port: open}}]\n");
    const ent_case *c = case_of(work, text);
    ent_settings settings = few();
    ent_analysis *analysis = analysis_of(work, c, &settings);
    uint32_t line = ent_find_statement(c, "ben-never");
    size_t seen = 0;
    for (size_t a = 0; a < analysis->accounts.count; a++) {
        bool in = analysis->accounts.at[a].in[line];
        ent_record_state record = ent_record_state_of(work->arena, analysis);
        ent_switch_statement(&record, line, in);
        ent_variant *variant;
        assert_int_equal(ent_vary(work, analysis, a,
                                  &(ent_otherwise){.on = record.on, .forced = record.forced},
                                  &variant),
                         ENT_OK);
        seen += in;
        assert_int_equal(variant->same, !in);
        assert_int_equal(variant->analysis.worlds[a].lines.count + (in ? 1 : 0),
                         analysis->worlds[a].lines.count + (in ? 0 : 1));
    }
    assert_true(seen > 0);
}

/* Parts asked for together and one by one have the same numbers. */
UNIT(parts_are_the_same_together_and_alone)
{
    const ent_case *c = case_of(work, small_case);
    ent_settings settings = few();
    ent_whole all, walk, influence;
    ent_whole_wish wish = ent_usual_wish(ENT_PART_DEALS | ENT_PART_PICTURE | ENT_PART_BRIDGE |
                                         ENT_PART_INFLUENCE | ENT_PART_PLAN | ENT_PART_WALK |
                                         ENT_PART_HOLDS);
    wish.lenient = true;
    wish.zone_alone = true; /* as a page has it, which shows the zone */
    assert_int_equal(ent_answer_whole(work, analysis_of(work, c, &settings), &wish, &all), ENT_OK);
    wish = ent_usual_wish(ENT_PART_WALK);
    assert_int_equal(ent_answer_whole(work, analysis_of(work, c, &settings), &wish, &walk), ENT_OK);
    wish = ent_usual_wish(ENT_PART_INFLUENCE);
    wish.zone_alone = true;
    assert_int_equal(ent_answer_whole(work, analysis_of(work, c, &settings), &wish, &influence),
                     ENT_OK);
    assert_int_equal(all.walk_count, walk.walk_count);
    assert_true(walk.walk_count > 0);
    for (size_t i = 0; i < walk.walk_count; i++) {
        assert_true(all.walks[i].walk.never == walk.walks[i].walk.never);
        assert_true(all.walks[i].walk.median == walk.walks[i].walk.median);
        assert_true(all.walks[i].walk.haggled == walk.walks[i].walk.haggled);
    }
    for (size_t a = 0; a < all.analysis->accounts.count; a++) {
        const ent_influence *one = &all.influences[a];
        assert_true(one->base.share == all.deals[a].zone.share);
        assert_true(one->base.share == influence.influences[a].base.share);
        assert_true(all.pictures[a].deals.zone.share == one->base.share);
        for (size_t i = 0; i < one->row_count; i++) {
            const ent_influence_row *row = &one->rows[i];
            const ent_influence_row *alone = &influence.influences[a].rows[i];
            assert_true(row->in ? row->without.share == alone->without.share
                                : row->with.share == alone->with.share);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variant_is_the_analysis_of_that_record),
        cmocka_unit_test(variants_keep_their_own),
        cmocka_unit_test(a_line_switched_is_a_change),
        cmocka_unit_test(parts_are_the_same_together_and_alone),
    };
    return cmocka_run_group_tests_name("variant", tests, NULL, NULL);
}
