/* The frame that chains walk in, against what makes it round. */
#include "unit.h"

#include "random_bodies.h"
#include "worlds/sampler_walk.h"

static double dot(const double *a, const double *b, uint32_t n)
{
    double sum = 0;
    for (uint32_t c = 0; c < n; c++) {
        sum += a[c] * b[c];
    }
    return sum;
}

static bool build(ent_work *work, const body *b, ent_frame *f, ent_chain_walk **walk)
{
    ent_sampling sampling = {.worlds = 100, .seed = 1, .stream = 2, .start = b->inside};
    assert_int_equal(ent_frame_build(work->arena, &b->polytope, &sampling, f), ENT_OK);
    *walk = f->d > 0 ? ent_walk_create(work->arena, f, &sampling) : NULL;
    return f->d > 0;
}

/* Wall i: how its slack changes along x, over the slack at the center; false: it is no wall. */
static bool wall_along(const ent_frame *f, uint32_t i, const double *x, double *along)
{
    const double *row = i < f->n ? NULL : f->row + (size_t)(i - f->n) * f->n;
    double slack = row == NULL ? f->center[i] : dot(row, f->center, f->n) + f->constant[i - f->n];
    *along = (row == NULL ? x[i] : dot(row, x, f->n)) / slack;
    return row != NULL || f->bounded[i];
}

/* Of -sum log slack at the center: no slope to speak of, and the unit matrix as curvature, in y. */
UNIT(the_barrier_is_round_about_the_center)
{
    size_t directions = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        const body *b = random_body(work, seed, 3 + (uint32_t)seed % 6, 0.1);
        ent_frame f;
        ent_chain_walk *walk;
        if (!build(work, b, &f, &walk)) {
            continue;
        }
        double decrement = 0;
        for (uint32_t j = 0; j < f.d; j++, directions++) {
            const double *x = f.to_x + (size_t)j * f.n;
            double slope = 0;
            for (uint32_t l = 0; l < f.d; l++) {
                const double *other = f.to_x + (size_t)l * f.n;
                double curvature = 0;
                for (uint32_t i = 0; i < f.n + f.rows; i++) {
                    double a, c;
                    if (wall_along(&f, i, x, &a) && wall_along(&f, i, other, &c)) {
                        curvature += a * c;
                        slope += l == 0 ? a : 0;
                    }
                }
                assert_near(curvature, j == l, 1e-6);
                assert_near(dot(f.to_y + (size_t)j * f.n, other, f.n), j == l, 1e-9);
            }
            decrement += slope * slope;
        }
        assert_true(sqrt(decrement) < 0.1); /* Newton's method stops there */
        assert_true(ent_frame_least_slack(&f, f.center) > 0);
    }
    assert_true(directions > 200);
}

/* So many points A g of standard normals g (sums of twelve uniforms): their moments in y. */
static ent_chain_moments *moments_of(ent_work *work, ent_stream *s, uint32_t d, uint32_t points)
{
    ent_chain_moments *m = ent_moments_create(work->arena, d);
    double *a = ent_alloc(work->arena, (size_t)d * d, double);
    double *g = ent_alloc(work->arena, d, double), *y = ent_alloc(work->arena, d, double);
    for (size_t i = 0; i < (size_t)d * d; i++) {
        a[i] = (ent_draw_unit(s) - 0.5) * pow(10, ent_draw_unit(s));
    }
    for (uint32_t k = 0; k < points; k++) {
        for (uint32_t i = 0; i < d; i++) {
            g[i] = -6;
            for (int draw = 0; draw < 12; draw++) {
                g[i] += ent_draw_unit(s);
            }
        }
        for (uint32_t i = 0; i < d; i++) {
            y[i] = 0.3 + dot(a + (size_t)i * d, g, d);
            m->sum[i] += y[i];
            for (uint32_t j = 0; j <= i; j++) {
                m->square[(size_t)i * d + j] += y[i] * y[j];
            }
        }
    }
    m->count = points;
    return m;
}

/* The covariance, which is drawn towards its diagonal by points / (points + d). */
static double covariance(const ent_chain_moments *m, uint32_t i, uint32_t j)
{
    uint32_t high = i > j ? i : j, low = i > j ? j : i;
    double c = m->square[(size_t)high * m->d + low] / m->count -
               m->sum[i] / m->count * m->sum[j] / m->count;
    return i == j ? c : c * m->count / (m->count + m->d);
}

/* y = S u with S S^T the covariance that was seen, and u = to_u (x - center) takes it back. */
UNIT(lines_are_round_for_what_was_seen)
{
    size_t entries = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        const body *b = random_body(work, seed, 3 + (uint32_t)seed % 6, 0.1);
        ent_stream s = ent_stream_of(seed, 41, 0);
        ent_frame f;
        ent_chain_walk *walk;
        if (!build(work, b, &f, &walk)) {
            continue;
        }
        const ent_chain_moments *m = moments_of(work, &s, f.d, 60 + (uint32_t)seed);
        ent_walk_round(work->arena, walk, m);
        double *x = ent_alloc(work->arena, f.n, double);
        for (uint32_t i = 0; i < f.d; i++) {
            const double *row = walk->spread + (size_t)i * f.d;
            for (uint32_t j = 0; j < f.d; j++, entries++) {
                double scale = sqrt(covariance(m, i, i) * covariance(m, j, j));
                assert_near(dot(row, walk->spread + (size_t)j * f.d, f.d), covariance(m, i, j),
                            1e-9 * scale);
            }
            memset(x, 0, f.n * sizeof *x); /* line i, in x */
            for (uint32_t j = 0; j < f.d; j++) {
                for (uint32_t c = 0; c < f.n; c++) {
                    x[c] += walk->spread[(size_t)j * f.d + i] * f.to_x[(size_t)j * f.n + c];
                }
            }
            for (uint32_t j = 0; j < f.d; j++) {
                assert_near(dot(walk->to_u + (size_t)j * f.n, x, f.n), i == j, 1e-7);
            }
        }
    }
    assert_true(entries > 1000);
}

/* form . x >= form . inside */
static void bound_form(ent_work *work, body *b, const double *form, double sign)
{
    ent_row *row = add_row(work, b, 0, -sign * dot(form, b->inside, b->stakes.k), false);
    for (uint32_t c = 0; c < b->stakes.k; c++) {
        coefficients(row)[c] = sign * form[c];
    }
}

static void draw_form(ent_stream *s, uint32_t k, double *form)
{
    for (uint32_t c = 0; c < k; c++) {
        form[c] = ent_draw_unit(s) - 0.5;
    }
}

/*
 * Rows whose sum is pinned, or is nothing, hold only as equalities, which no two of them say. What
 * is left is the space in which all of them hold, and a point inside the rest.
 */
UNIT(what_rows_imply_together_is_found)
{
    for (uint64_t seed = 1; seed <= 300; seed++) {
        ent_stream s = ent_stream_of(seed, 43, 0);
        uint32_t sizes[] = {3, 2, 4}, k = 9, rings = 1 + ent_draw_below(&s, 3);
        body *b = make_body(work, 3, sizes, 0, 0.3);
        double first[MOST], second[MOST], sum[MOST];
        prior_draw(&s, b, ENT_PRIOR_FLAT, b->inside);
        for (uint32_t ring = 0; ring < rings; ring++) {
            draw_form(&s, k, first);
            draw_form(&s, k, second);
            for (uint32_t c = 0; c < k; c++) {
                sum[c] = first[c] + second[c];
            }
            bound_form(work, b, sum, -1);
            bound_form(work, b, first, 1);
            bound_form(work, b, second, 1);
            if (ent_draw_below(&s, 2) == 0) {
                bound_form(work, b, sum, 1);
            }
        }
        ent_frame f;
        ent_sampling sampling = {.worlds = 100, .seed = 1, .stream = 2};
        assert_int_equal(ent_frame_build(work->arena, &b->polytope, &sampling, &f), ENT_OK);
        assert_int_equal(f.d, k - 2 * rings); /* k + 1 unknowns, their sum is 1 */
        assert_true(ent_frame_least_slack(&f, f.center) > 0);
        for (size_t i = 0; i < b->polytope.row_count; i++) {
            assert_near(dot(b->rows[i].a, f.center, k) + b->rows[i].gamma, 0, 1e-9);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_barrier_is_round_about_the_center),
        cmocka_unit_test(lines_are_round_for_what_was_seen),
        cmocka_unit_test(what_rows_imply_together_is_found),
    };
    return cmocka_run_group_tests_name("rounding", tests, NULL, NULL);
}
