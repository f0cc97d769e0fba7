/* Are two scenarios the same object, names of files and formats aside? */
#ifndef ENT_SAME_SCENARIO_H
#define ENT_SAME_SCENARIO_H

#include "unit.h"

#include "model/scenario.h"

static inline bool same_double(double a, double b)
{
    return a == b || fabs(a - b) <= 1e-12 * fmax(fabs(a), fabs(b));
}

static inline void assert_same_issues(const ent_scenario *a, const ent_scenario *b)
{
    assert_int_equal(a->issue_count, b->issue_count);
    for (uint32_t i = 0; i < a->issue_count; i++) {
        const ent_scenario_issue *x = &a->issues[i];
        const ent_scenario_issue *y = &b->issues[i];
        assert_string_equal(x->name, y->name);
        assert_int_equal(x->kind, y->kind);
        assert_int_equal(x->levels, y->levels);
        assert_int_equal(x->discretised, y->discretised);
        assert_true(x->lower == y->lower && x->step == y->step && x->upper == y->upper);
        for (uint64_t k = 0; x->values != NULL && k < x->levels; k++) {
            assert_string_equal(x->values[k], y->values[k]);
        }
    }
}

static inline void assert_same_boxes(const ent_utility *a, const ent_utility *b, uint32_t issues)
{
    assert_int_equal(a->box_count, b->box_count);
    for (size_t k = 0; k < a->box_count; k++) {
        const ent_box *x = &a->boxes[k];
        const ent_box *y = &b->boxes[k];
        assert_memory_equal(x->low, y->low, issues * sizeof *x->low);
        assert_memory_equal(x->high, y->high, issues * sizeof *x->high);
        assert_true(x->utility == y->utility && x->excludes == y->excludes);
    }
}

static inline void assert_same_scenario(const ent_scenario *a, const ent_scenario *b)
{
    assert_same_issues(a, b);
    assert_int_equal(a->party_count, b->party_count);
    for (uint32_t p = 0; p < a->party_count; p++) {
        const ent_utility *x = &a->utilities[p];
        const ent_utility *y = &b->utilities[p];
        assert_string_equal(a->parties[p], b->parties[p]);
        assert_true(x->scale == y->scale && x->capped == y->capped);
        assert_true(x->discount == y->discount);
        assert_true(x->discount == 1 || x->discounting == y->discounting);
        assert_true(same_double(x->reservation, y->reservation));
        assert_int_equal(x->aggregation, y->aggregation);
        assert_int_equal(x->part == NULL, y->part == NULL);
        assert_int_equal(x->table == NULL, y->table == NULL);
        for (uint32_t i = 0; x->part != NULL && i < a->issue_count; i++) {
            for (uint64_t k = 0; k < a->issues[i].levels; k++) {
                assert_true(same_double(x->part[i][k], y->part[i][k]));
            }
        }
        assert_same_boxes(x, y, a->issue_count);
    }
}

/*
 * The same values for each outcome, however they are composed; issues and levels correspond in
 * order. At most `most` outcomes are looked at, spread evenly.
 */
static inline void assert_same_values(const ent_scenario *a, const ent_scenario *b, uint64_t most)
{
    uint64_t count = 0;
    uint64_t outcome[64];
    assert_true(a->issue_count <= 64 && a->issue_count == b->issue_count);
    assert_true(ent_scenario_outcomes(a, &count));
    uint64_t step = count / most + 1;
    for (uint64_t k = 0; k < count; k += step) {
        ent_scenario_outcome(a, k, outcome);
        for (uint32_t p = 0; p < a->party_count; p++) {
            assert_near(ent_utility_of(a, p, outcome), ent_utility_of(b, p, outcome), 1e-9);
        }
    }
}

#endif
