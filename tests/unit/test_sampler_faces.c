/* Polytopes of pins, faces and thin pairs: whatever the oracle finds a point of can be drawn. */
#include "unit.h"

#include "random_bodies.h"
#include "worlds/consistency.h"

static ent_row *row_near(ent_work *work, ent_stream *r, body *b, double off, bool strict)
{
    ent_row *row = add_row(work, b, (double)ent_draw_below(r, 3) - 1, 0, strict);
    double form = row->beta * b->inside[b->stakes.k];
    for (uint32_t c = 0; c < b->stakes.k; c++) {
        coefficients(row)[c] = (double)ent_draw_below(r, 3) - 1;
        form += row->a[c] * b->inside[c];
    }
    row->gamma = off - form;
    return row;
}

static void add_opposite(ent_work *work, body *b, const ent_row *of, double width)
{
    ent_row *row = add_row(work, b, -of->beta, width - of->gamma, of->strict);
    for (uint32_t c = 0; c < b->stakes.k; c++) {
        coefficients(row)[c] = -of->a[c];
    }
}

/* Pins, thin pairs, doubles and rows through a vertex, from the oracle's own point. */
static bool draw_whatever(ent_work *work, uint64_t seed)
{
    ent_stream r = ent_stream_of(seed, 8, 0);
    body *b = random_body(work, seed, ent_draw_below(&r, 8), 0.3);
    if (ent_draw_below(&r, 4) == 0) {
        b->stakes.reservation = (ent_interval){b->inside[b->stakes.k], b->inside[b->stakes.k]};
    }
    for (uint32_t i = ent_draw_below(&r, 4); i-- > 0;) {
        double width = (double[]){0, 0, 1e-3, 1e-6, 1e-8}[ent_draw_below(&r, 5)];
        const ent_row *row = row_near(work, &r, b, width / 2, width > 0);
        add_opposite(work, b, row, width);
    }
    if (ent_draw_below(&r, 3) == 0) {
        uint32_t g = ent_draw_below(&r, b->stakes.groups);
        double pin = ent_draw_below(&r, 3) == 0 ? 0 : importance_of(b, b->inside, g);
        weigh(work, b, g, pin, pin);
    }
    const ent_row *rows[64];
    for (size_t i = 0; i < b->polytope.row_count; i++) {
        rows[i] = &b->rows[i];
    }
    ent_oracle *oracle = ent_oracle_create(work->arena, &b->stakes);
    ent_feasibility found = ent_oracle_decide(oracle, rows, b->polytope.row_count);
    if (found.consistent) {
        ent_prior prior = seed % 2 == 0 ? ENT_PRIOR_FLAT : ENT_PRIOR_IMPORTANCE;
        ent_world_set s = sample(work, b, 300, prior, found.point);
        check_valid(b, &s);
        assert_true(s.effective > 0);
    }
    return found.consistent;
}

UNIT(whatever_is_consistent_can_be_drawn)
{
    uint32_t drawn = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        drawn += draw_whatever(work, seed);
    }
    assert_true(drawn > 100);
}

/*
 * Of 20,000 such bodies those whose start lies on a face with a slack of 1e-17, by rounding. Taken
 * for a start inside, it led to worlds of 1e9, without a word.
 */
UNIT(a_start_that_rounding_lifts_off_its_face)
{
    static const uint64_t seeds[] = {845, 1263, 1480, 2030, 3649, 6619, 8877, 9816, 11105, 11627,
                                     12147, 12409, 13320, 13877, 14446, 14717, 15158, 15742,
                                     16666};
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        assert_true(draw_whatever(work, seeds[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_consistent_can_be_drawn),
        cmocka_unit_test(a_start_that_rounding_lifts_off_its_face),
    };
    return cmocka_run_group_tests_name("sampler_faces", tests, NULL, NULL);
}
