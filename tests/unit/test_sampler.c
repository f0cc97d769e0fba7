/* Worlds: against rejection, closed forms, pins, thin polytopes; thread independence. */
#include "unit.h"

#include "random_bodies.h"

/* ---- Rejection by the book ------------------------------------------------------------------- */

static bool allowed(const body *b, const double *x)
{
    for (size_t i = 0; i < b->polytope.row_count; i++) {
        const ent_row *row = &b->rows[i];
        double form = row->gamma + row->beta * x[b->stakes.k];
        for (uint32_t c = 0; c < b->stakes.k; c++) {
            form += row->a[c] * x[c];
        }
        if (form < 0) {
            return false;
        }
    }
    return true;
}

/* Mean, deviation and the noise of both when estimated from one draw (divide by sqrt(draws)). */
typedef struct summary {
    double mean, deviation, mean_noise, deviation_noise;
} summary;

static summary summarise(const double power[5])
{
    double m = power[1] / power[0], m2 = power[2] / power[0] - m * m;
    double m4 = power[4] / power[0] - 4 * m * power[3] / power[0] +
                6 * m * m * power[2] / power[0] - 3 * m * m * m * m;
    double deviation = sqrt(fmax(m2, 1e-14));
    return (summary){m, deviation, deviation,
                     sqrt(fmax(m4 - m2 * m2, 0)) / (2 * deviation)};
}

static void add_powers(double power[5], double x)
{
    power[0] += 1;
    power[1] += x;
    power[2] += x * x;
    power[3] += x * x * x;
    power[4] += x * x * x * x;
}

/* Means and deviations of all unknowns by rejection against those of the sampler. */
static void compare(const body *b, ent_prior prior, const ent_world_set *s, uint32_t accepted)
{
    uint32_t n = b->stakes.k + 1, have = 0;
    double theirs[MOST][5] = {0}, x[MOST];
    ent_stream r = ent_stream_of(99, 5, 0);
    while (have < accepted) {
        prior_draw(&r, b, prior, x);
        if (allowed(b, x)) {
            have++;
            for (uint32_t c = 0; c < n; c++) {
                add_powers(theirs[c], x[c]);
            }
        }
    }
    double share = sqrt(1.0 / have + 1.0 / s->effective);
    for (uint32_t c = 0; c < n; c++) {
        const float *y = c < s->k ? s->z + (size_t)c * s->stride : s->b;
        double ours[5] = {0};
        for (uint32_t w = 0; w < s->worlds; w++) {
            add_powers(ours, (double)y[w]);
        }
        summary right = summarise(theirs[c]), found = summarise(ours);
        assert_near(found.mean, right.mean, 4.5 * share * right.mean_noise + 1e-7);
        assert_near(found.deviation, right.deviation, 5 * share * right.deviation_noise + 1e-6);
    }
}

UNIT(random_polytopes_agree_with_rejection)
{
    uint32_t chains = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        ent_prior prior = seed % 3 == 0 ? ENT_PRIOR_FLAT : ENT_PRIOR_IMPORTANCE;
        body *b = random_body(work, seed, 3 + (uint32_t)seed % 5, 0.1);
        ent_world_set s = sample(work, b, 20000, prior, b->inside);
        check_valid(b, &s);
        assert_false(s.poor);
        chains += strcmp(s.method, "chains") == 0;
        compare(b, prior, &s, 1500);
    }
    assert_true(chains >= 3);
}

/* Poor is a sample that has few independent worlds, and it is told: never of others. */
UNIT(poor_samples_are_told)
{
    uint32_t poor = 0, good = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        uint32_t worlds = 20 + 10 * (uint32_t)(seed % 8);
        body *b = random_body(work, seed, 3 + (uint32_t)seed % 5, 0.1);
        ent_diags_clear(work->diags);
        ent_world_set s = sample(work, b, worlds, ENT_PRIOR_FLAT, b->inside);
        bool few = !(s.effective >= ent_least_effective(worlds)); /* NaN is none */
        bool told = false;
        for (size_t i = 0; i < ent_diags_count(work->diags); i++) {
            told = told || strcmp(ent_diags_get(work->diags, i)->code, "W101") == 0;
        }
        assert_true(s.poor || !few);
        assert_int_equal(told, s.poor);
        poor += few;
        good += !s.poor;
    }
    assert_true(poor > 3 && good > 10);
}

/* The importance prior is not the uniform one: its mean follows the issues, not the parts. */
UNIT(priors_differ)
{
    uint32_t sizes[] = {1, 5};
    body *b = make_body(work, 2, sizes, 0, 0);
    ent_world_set s = sample(work, b, 20000, ENT_PRIOR_IMPORTANCE, NULL);
    assert_string_equal(s.method, "exact");
    assert_near(mean_of(s.z, s.worlds), 0.5, 0.01);
    s = sample(work, b, 20000, ENT_PRIOR_FLAT, NULL);
    assert_near(mean_of(s.z, s.worlds), 1.0 / 6, 0.005);
}

/* The correlation of x[w] and x[w + lag]. */
static double correlation(const float *x, uint32_t worlds, uint32_t lag)
{
    double mean = mean_of(x, worlds), both = 0, all = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        double here = (double)x[w] - mean;
        all += here * here;
        both += w + lag < worlds ? here * ((double)x[w + lag] - mean) : 0;
    }
    return both / all;
}

/* z_1 >= ... >= z_20: E z_i = (1/n) sum over j >= i of 1/j (rank-order centroid weights). */
static void ordered(ent_work *work, uint32_t n, uint32_t sizes_each)
{
    uint32_t sizes[MOST];
    uint32_t groups = n / sizes_each;
    for (uint32_t g = 0; g < groups; g++) {
        sizes[g] = sizes_each;
    }
    body *b = make_body(work, groups, sizes, 0, 0);
    for (uint32_t i = 0; i + 1 < n; i++) {
        double *a = coefficients(add_row(work, b, 0, 0, false));
        a[i] = 1;
        a[i + 1] = -1;
    }
    for (uint32_t i = 0; i < n; i++) {
        b->inside[i] = 2.0 * (n - i) / (n * (n + 1.0));
    }
    ent_world_set s = sample(work, b, 20000, ENT_PRIOR_FLAT, b->inside);
    assert_string_equal(s.method, "chains");
    assert_false(s.poor);
    check_valid(b, &s);
    double centroid = 0;
    for (uint32_t i = n; i-- > 0;) {
        centroid += 1.0 / (n * (i + 1.0));
        const float *z = s.z + (size_t)i * s.stride;
        assert_near(mean_of(z, s.worlds), centroid, 4.5 * centroid / sqrt(s.effective));
        /* Any thousand are as good as any other: no order of chains or draws is left. */
        for (uint32_t lag = 1; lag <= 1024; lag *= 2) {
            assert_near(correlation(z, s.worlds, lag), 0, 5 / sqrt(s.worlds));
        }
    }
}

UNIT(ordered_simplices_have_their_centroids)
{
    ordered(work, 5, 1);
    ordered(work, 20, 1);
    ordered(work, 20, 4);
}

UNIT(pins_hold)
{
    uint32_t sizes[] = {2, 3, 1, 4};
    body *b = make_body(work, 4, sizes, 0, 0.3);
    weigh(work, b, 1, 0.25, 0.25);
    double start[] = {.1, .1, .05, .1, .1, .15, .1, .1, .1, .1, .15};
    ent_world_set s = sample(work, b, 8000, ENT_PRIOR_IMPORTANCE, start);
    check_valid(b, &s);
    assert_false(s.poor);
    for (uint32_t w = 0; w < s.worlds; w++) {
        assert_near(importance_at(b, &s, 1, w), 0.25, 1e-6);
    }
    /* The rest is uniform on its simplex, the splits on theirs. */
    double importance = 0, split = 0;
    for (uint32_t w = 0; w < s.worlds; w++) {
        importance += importance_at(b, &s, 3, w) / s.worlds;
        split += pow((double)s.z[2 * s.stride + w] / 0.25, 2) / s.worlds;
    }
    assert_near(importance, 0.25, 0.25 * 4.5 / sqrt(s.effective));
    assert_near(split, 1.0 / 6, 0.17 * 4.5 / sqrt(s.effective));
    weigh(work, b, 0, 0, 0); /* and an issue that counts for nothing */
    s = sample(work, b, 2000, ENT_PRIOR_IMPORTANCE, start);
    check_valid(b, &s);
    for (uint32_t w = 0; w < s.worlds; w++) {
        assert_true(importance_at(b, &s, 0, w) == 0);
    }
}

UNIT(single_points)
{
    uint32_t sizes[] = {1, 1, 1};
    body *b = make_body(work, 3, sizes, 0.1, 0.1);
    weigh(work, b, 0, 0.5, 0.5);
    weigh(work, b, 1, 0.3, 0.3);
    double start[] = {0.5, 0.3, 0.2, 0.1};
    ent_world_set s = sample(work, b, 10, ENT_PRIOR_IMPORTANCE, start);
    assert_string_equal(s.method, "exact");
    for (uint32_t w = 0; w < s.stride; w++) {
        assert_near(s.z[w], 0.5, 1e-7);
        assert_near(s.z[2 * s.stride + w], 0.2, 1e-7);
        assert_near(s.b[w], 0.1, 1e-7);
    }
    body *none = make_body(work, 0, NULL, 0, 0.5);
    double *nothing = coefficients(add_row(work, none, -1, 0.25, true)); /* b < 0.25 */
    (void)nothing;
    double at = 0.1;
    s = sample(work, none, 5000, ENT_PRIOR_IMPORTANCE, &at);
    check_valid(none, &s);
    assert_near(mean_of(s.b, s.worlds), 0.125, 0.005);
    uint32_t one = 1;
    body *single = make_body(work, 1, &one, 0.2, 0.2);
    s = sample(work, single, 1, ENT_PRIOR_FLAT, NULL);
    assert_true(s.worlds == 1 && s.z[0] == 1 && s.z[63] == 1);
}

/* Equalities that only several rows together imply, and a start on a face. */
UNIT(implied_equalities)
{
    uint32_t sizes[] = {1, 1, 1, 1, 1};
    body *b = make_body(work, 5, sizes, 0, 0);
    for (uint32_t i = 0; i < 3; i++) { /* z0 >= z1 >= z2 >= z0 */
        double *a = coefficients(add_row(work, b, 0, 0, false));
        a[i] = 1;
        a[(i + 1) % 3] = -1;
    }
    double start[] = {0.3, 0.3, 0.3, 0.1, 0, 0};
    ent_world_set s = sample(work, b, 4000, ENT_PRIOR_IMPORTANCE, start);
    check_valid(b, &s);
    assert_false(s.poor);
    for (uint32_t w = 0; w < s.worlds; w++) {
        assert_near(s.z[w], s.z[s.stride + w], 1e-6);
        assert_near(s.z[w], s.z[2 * s.stride + w], 1e-6);
    }
    /* Uniform on 3a + d + e = 1: a third of a simplex's mean. */
    assert_near(mean_of(s.z, s.worlds), 1.0 / 9, 0.005);
    assert_near(mean_of(s.z + 4 * s.stride, s.worlds), 1.0 / 3, 0.015);
}

/* What an equality takes from an issue, its prior forgets: its importance stays uniform. */
UNIT(lost_dimensions_leave_the_prior_proper)
{
    for (int split = 0; split < 3; split++) {
        uint32_t sizes[] = {2, 1, 1};
        body *b = make_body(work, 3, sizes, 0, 0.1);
        double start[] = {split == 1 ? 0.2 : 0, split == 1 ? 0.1 : 0.3, 0.3, 0.4, 0};
        double *a = coefficients(add_row(work, b, split == 2 ? -1 : 0, 0, false));
        a[0] = -1; /* z0 <= 0; or z0 <= 2 z1 and back; or -z0 - b >= 0 */
        a[1] = split == 1 ? 2 : 0;
        if (split == 1) {
            double *back = coefficients(add_row(work, b, 0, 0, false));
            back[0] = 1;
            back[1] = -2;
        }
        ent_world_set s = sample(work, b, 8000, ENT_PRIOR_IMPORTANCE, start);
        check_valid(b, &s);
        double first = 0, second = 0;
        for (uint32_t w = 0; w < s.worlds; w++) {
            double importance = importance_at(b, &s, 0, w);
            first += importance / s.worlds;
            second += importance * importance / s.worlds;
        }
        assert_near(first, 1.0 / 3, 4.5 * 0.236 / sqrt(s.effective));
        assert_near(second, 1.0 / 6, 4.5 * 0.2 / sqrt(s.effective));
    }
}

UNIT(thin_polytopes)
{
    for (double width = 1e-2; width > 5e-7; width /= 100) {
        uint32_t sizes[] = {3, 1, 4, 2};
        body *b = make_body(work, 4, sizes, 0, 0.5);
        double start[] = {.1, .1, .1, .2, .1, .1, .1, .1, .1, .1, 0.2};
        for (uint32_t i = 0; i < 3; i++) { /* |form| <= width, in directions across the issues */
            for (int side = -1; side <= 1; side += 2) {
                ent_row *row = add_row(work, b, side * (i == 0 ? 1.0 : 0), 0, true);
                double form = row->beta * start[10];
                for (uint32_t c = 0; c < 10; c++) {
                    coefficients(row)[c] = side * (double)((c * 7 + i * 3) % 5) / 4;
                    form += row->a[c] * start[c];
                }
                row->gamma = width - form;
            }
        }
        ent_world_set s = sample(work, b, 4000, ENT_PRIOR_IMPORTANCE, start);
        check_valid(b, &s);
        assert_false(s.poor);
    }
}

UNIT(threads_do_not_matter)
{
    body *b = random_body(work, 4, 9, 0.05);
    uint32_t sizes[] = {1, 2};
    body *easy = make_body(work, 2, sizes, 0, 1);
    const body *both[] = {b, easy};
    for (int i = 0; i < 2; i++) {
        work->threads = 1;
        ent_world_set one = sample(work, both[i], 9000, ENT_PRIOR_IMPORTANCE, both[i]->inside);
        for (int threads = 1; threads <= 8; threads = threads < 3 ? threads + 1 : threads * 2) {
            work->threads = threads;
            ent_world_set more =
                sample(work, both[i], 9000, ENT_PRIOR_IMPORTANCE, both[i]->inside);
            assert_memory_equal(one.z, more.z, (size_t)one.k * one.stride * sizeof(float));
            assert_memory_equal(one.b, more.b, one.stride * sizeof(float));
            assert_true(one.effective == more.effective && one.steps == more.steps);
        }
    }
}

UNIT(lanes_draw_what_the_stream_draws)
{
    (void)work;
    uint32_t words[4 * ENT_LANES], one[4];
    ent_key key = ent_key_of(12, 34);
    uint64_t index = UINT64_C(0x123456789abc);
    ent_lanes_random(key, 5, 64, index, words);
    for (uint32_t l = 0; l < ENT_LANES; l++) {
        ent_random4(key, UINT64_C(5) << 32 | (64 + l), index, one);
        for (uint32_t i = 0; i < 4; i++) {
            assert_int_equal(words[i * ENT_LANES + l], one[i]);
        }
    }
    double out[ENT_LANES];
    ent_lanes_exponential(words, out);
    for (uint32_t l = 0; l < ENT_LANES; l++) {
        assert_near(out[l], -log(ent_unit32(words[l])), 1e-11);
    }
}

/* A row of small whole coefficients through the point, moved off it by `off`. */
static ent_quality quality_of(ent_work *work, double memory, double apart)
{
    enum { DRAWS = 200, CHAINS = 32 };
    ent_series s = {ent_alloc(work->arena, 2 * DRAWS * CHAINS, float), 2, DRAWS, CHAINS,
                    DRAWS * CHAINS};
    for (uint32_t chain = 0; chain < CHAINS; chain++) {
        ent_stream r = ent_stream_of(5, 5, chain);
        double x = ent_draw_normal(&r);
        for (uint32_t i = 0; i < DRAWS; i++) {
            x = memory * x + sqrt(1 - memory * memory) * ent_draw_normal(&r);
            s.at[i * CHAINS + chain] = (float)(x + apart * (chain % 2));
            s.at[s.room + i * CHAINS + chain] = i % 2 == 0 ? 0.25F : 0.25000003F;
        }
    }
    return ent_sample_quality(work->arena, &s, 2);
}

/* The effective size of an autoregression is n (1 - r) / (1 + r); a constant is left out. */
UNIT(quality_is_known_for_autoregressions)
{
    ent_quality q = quality_of(work, 0, 0);
    assert_true(q.effective > 5000 && q.effective <= 6400 && q.rhat < 1.01);
    q = quality_of(work, 0.8, 0);
    assert_near(q.effective, 6400.0 / 9, 150);
    assert_true(q.rhat < 1.06);
    q = quality_of(work, 0, 3);
    assert_true(q.effective < 100 && q.rhat > 1.5);
}

static bool stop(void *user, const char *what, uint64_t done, uint64_t total)
{
    (void)user;
    (void)what;
    return done > 0 && done <= total;
}

UNIT(it_stops_when_asked)
{
    body *b = random_body(work, 4, 9, 0.05);
    ent_sampling sampling = {.worlds = 5000, .seed = 1, .start = b->inside};
    ent_world_set set;
    work->tick = stop;
    assert_int_equal(ent_draw_worlds(work, &b->polytope, &sampling, &set), ENT_CANCELLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_polytopes_agree_with_rejection),
        cmocka_unit_test(poor_samples_are_told),
        cmocka_unit_test(priors_differ),
        cmocka_unit_test(ordered_simplices_have_their_centroids),
        cmocka_unit_test(pins_hold),
        cmocka_unit_test(single_points),
        cmocka_unit_test(implied_equalities),
        cmocka_unit_test(lost_dimensions_leave_the_prior_proper),
        cmocka_unit_test(thin_polytopes),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(lanes_draw_what_the_stream_draws),
        cmocka_unit_test(quality_is_known_for_autoregressions),
        cmocka_unit_test(it_stops_when_asked),
    };
    return cmocka_run_group_tests_name("sampler", tests, NULL, NULL);
}
