/* Worlds against reference data that stand beside the source; skipped where they do not. */
#include "unit.h"

#include "bodies.h"
#include "worlds/sampler_parts.h"

#include <stdio.h>
#include <stdlib.h>

static char *read_reference(ent_work *work, const char *name)
{
    const char *source = getenv("ENTENTE_SOURCE");
    FILE *file = source == NULL ? NULL
                                : fopen(ent_format(work->arena, "%s/../shared/reference/sampler/%s",
                                                   source, name), "r");
    if (file == NULL) {
        return NULL;
    }
    char *text = ent_alloc(work->arena, 1 << 18, char);
    size_t length = fread(text, 1, (1 << 18) - 1, file);
    fclose(file);
    return length > 0 ? text : NULL;
}

/* The numbers after the first "key", whatever brackets stand between them. */
static void numbers_after(const char *text, const char *key, double *out, size_t count)
{
    const char *at = strstr(text, key);
    assert_non_null(at);
    at += strlen(key);
    for (size_t i = 0; i < count; i++) {
        at += strcspn(at, "-0123456789");
        char *end;
        out[i] = strtod(at, &end);
        at = end;
    }
}

enum { ALTERNATIVES = 20, CRITERIA = 4 };

/* Every step between two levels of a criterion is a component; v sums the steps reached. */
static body *ranking_body(ent_work *work, const double *level, double value[][MOST])
{
    uint32_t sizes[CRITERIA] = {0}, at = 0;
    for (uint32_t g = 0; g < CRITERIA; g++) {
        double last = -1e9;
        for (bool more = true; more;) {
            double next = 1e9;
            for (uint32_t i = 0; i < ALTERNATIVES; i++) {
                double x = level[i * CRITERIA + g];
                next = x > last && x < next ? x : next;
            }
            more = next < 1e9;
            for (uint32_t i = 0; i < ALTERNATIVES && more && last > -1e9; i++) {
                value[i][at] = level[i * CRITERIA + g] >= next ? 1 : 0;
            }
            if (more && last > -1e9) {
                at++;
                sizes[g]++;
            }
            last = next;
        }
    }
    body *b = make_body(work, CRITERIA, sizes, 0, 0);
    uint32_t pairs[3][2] = {{9, 8}, {2, 3}, {10, 11}}; /* what the decision maker said */
    for (uint32_t p = 0; p < 3; p++) {
        double *a = coefficients(add_row(work, b, 0, 0, false));
        for (uint32_t c = 0; c < b->stakes.k; c++) {
            a[c] = value[pairs[p][0]][c] - value[pairs[p][1]][c];
        }
    }
    return b;
}

static void check_ranking(const body *b, const ent_world_set *s, double value[][MOST],
                          const double *weights, double first_beats_second)
{
    double share = 0, noise = 4.5 / sqrt(s->effective) + 0.0006;
    for (uint32_t g = 0; g < CRITERIA; g++) {
        double mean = 0;
        for (uint32_t w = 0; w < s->worlds; w++) {
            mean += importance_at(b, s, g, w) / s->worlds;
        }
        assert_near(mean, weights[g], 0.25 * noise);
    }
    for (uint32_t w = 0; w < s->worlds; w++) {
        double difference = 0;
        for (uint32_t c = 0; c < s->k; c++) {
            difference += (value[0][c] - value[1][c]) * (double)s->z[(size_t)c * s->stride + w];
        }
        share += difference > 0 ? 1.0 / s->worlds : 0;
    }
    assert_near(share, first_beats_second, 0.5 * noise);
}

/* 20 alternatives by 4 criteria: shares by 2.0 million worlds of rejection; both ways to draw. */
UNIT(published_ranking)
{
    const char *text = read_reference(work, "webometrics_ror_smaa.json");
    if (text == NULL) {
        UNIT_SKIP("no reference to test against");
    }
    double level[ALTERNATIVES * CRITERIA], weights[CRITERIA], share[2], flat[CRITERIA], flat_share;
    static double value[ALTERNATIVES][MOST];
    numbers_after(text, "\"performances\"", level, ALTERNATIVES * CRITERIA);
    numbers_after(text, "\"mean_weights\"", weights, CRITERIA);
    numbers_after(text, "\"POI_ge\"", share, 2);
    const char *uniform = strstr(text, "\"uniform_on_all_increments\"");
    assert_non_null(uniform);
    numbers_after(uniform, "\"mean_weights\"", flat, CRITERIA);
    numbers_after(uniform, "\"b1_GER\"", &flat_share, 1);
    body *b = ranking_body(work, level, value);
    ent_world_set s = sample(work, b, 20000, ENT_PRIOR_IMPORTANCE, NULL);
    assert_string_equal(s.method, "exact");
    check_ranking(b, &s, value, weights, share[1]);
    s = sample(work, b, 20000, ENT_PRIOR_FLAT, NULL);
    check_ranking(b, &s, value, flat, flat_share);
    ent_sampling sampling = {.worlds = s.worlds, .seed = 3};
    ent_frame frame;
    assert_int_equal(ent_frame_build(work->arena, &b->polytope, &sampling, &frame), ENT_OK);
    assert_int_equal(ent_draw_chains(work, work->arena, &frame, &sampling, &s), ENT_OK);
    assert_string_equal(s.method, "chains");
    assert_true(s.effective > 2000);
    check_ranking(b, &s, value, weights, share[1]);
}

/* Ordered simplices: the closed form of the centroid, read rather than computed. */
UNIT(ordered_centroids)
{
    const char *text = read_reference(work, "simplex_analytic.json");
    if (text == NULL) {
        UNIT_SKIP("no reference to test against");
    }
    const char *means = strstr(text, "\"ordered_simplex_mean_ROC\"");
    assert_non_null(means);
    double expected[11] = {0}; /* with b */
    numbers_after(means, "\"10\":", expected, 10);
    uint32_t sizes[10];
    for (uint32_t g = 0; g < 10; g++) {
        sizes[g] = 1;
    }
    body *b = make_body(work, 10, sizes, 0, 0);
    for (uint32_t i = 0; i < 9; i++) {
        double *a = coefficients(add_row(work, b, 0, 0, i % 2 == 0));
        a[i] = 1;
        a[i + 1] = -1;
    }
    ent_world_set s = sample(work, b, 10000, ENT_PRIOR_IMPORTANCE, expected);
    check_valid(b, &s);
    for (uint32_t i = 0; i < 10; i++) {
        double mean = mean_of(s.z + (size_t)i * s.stride, s.worlds);
        assert_near(mean, expected[i], 4.5 * expected[i] / sqrt(s.effective));
    }
}

/*
 * 40 unknowns in 20 issues, one of which counts at least so much: its importance is that plus a
 * Beta(1, 19) part of the rest. By rejection, without a frame, where enough of the prior is left;
 * where the importance is known, an equality, never so.
 */
UNIT(many_unknowns)
{
    static const double least[] = {0.04, 0.15};
    uint32_t sizes[20];
    for (uint32_t g = 0; g < 20; g++) {
        sizes[g] = 2;
    }
    for (size_t i = 0; i < 3; i++) {
        double low = i < 2 ? least[i] : 0.25, own = i < 2 ? 0.2 : 0.25;
        body *b = make_body(work, 20, sizes, 0, 0.3);
        weigh(work, b, 3, low, i < 2 ? 1 : low);
        for (uint32_t c = 0; c < 40; c++) {
            b->inside[c] = c / 2 == 3 ? own / 2 : (1 - own) / 38;
        }
        b->inside[40] = 0.1;
        ent_world_set s = sample(work, b, 8000, ENT_PRIOR_IMPORTANCE, b->inside);
        check_valid(b, &s);
        assert_false(s.poor);
        assert_true(i == 1 || strcmp(s.method, i == 0 ? "exact" : "chains") == 0);
        double mean = 0, expected = i < 2 ? low + (1 - low) / 20 : low;
        for (uint32_t w = 0; w < s.worlds; w++) {
            mean += importance_at(b, &s, 3, w) / s.worlds;
        }
        double spread = (1 - low) * sqrt(19.0 / (400 * 21));
        assert_near(mean, expected, 4.5 * spread / sqrt(s.effective));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_ranking),
        cmocka_unit_test(ordered_centroids),
        cmocka_unit_test(many_unknowns),
    };
    return cmocka_run_group_tests_name("sampler reference", tests, NULL, NULL);
}
