#include "unit.h"

#include "base/random.h"
#include "worlds/consistency.h"
#include "worlds/game.h"

#include <glpk.h>

/* The same question for GLPK: maximise t. Returns false where even the closed rows collide. */
static bool peer(const ent_stakes *s, const ent_row *rows, size_t count, double *margin)
{
    glp_prob *lp = glp_create_prob();
    int k = (int)s->k;
    glp_set_obj_dir(lp, GLP_MAX);
    glp_add_cols(lp, k + 2);
    for (int j = 1; j <= k; j++) {
        glp_set_col_bnds(lp, j, GLP_LO, 0, 0);
    }
    bool fixed = s->reservation.low == s->reservation.high;
    glp_set_col_bnds(lp, k + 1, fixed ? GLP_FX : GLP_DB, s->reservation.low, s->reservation.high);
    glp_set_col_bnds(lp, k + 2, GLP_UP, 0, 4);
    glp_set_obj_coef(lp, k + 2, 1);
    int index[80];
    double value[80];
    glp_add_rows(lp, (int)count + 1);
    for (int i = 1; i <= (int)count + 1; i++) {
        const ent_row *r = i <= (int)count ? &rows[i - 1] : NULL;
        for (int j = 1; j <= k; j++) {
            index[j] = j;
            value[j] = r != NULL ? r->a[j - 1] : 1;
        }
        index[k + 1] = k + 1;
        value[k + 1] = r != NULL ? r->beta : 0;
        index[k + 2] = k + 2;
        value[k + 2] = r != NULL && r->strict ? -1 : 0;
        glp_set_mat_row(lp, i, k + 2, index, value);
        glp_set_row_bnds(lp, i, r != NULL ? GLP_LO : GLP_FX, r != NULL ? -r->gamma : 1, 1);
    }
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.tol_bnd = how.tol_dj = 1e-10;
    how.presolve = GLP_OFF;
    glp_simplex(lp, &how);
    bool good = glp_get_status(lp) == GLP_OPT;
    *margin = good ? glp_get_obj_val(lp) : -(double)INFINITY;
    glp_delete_prob(lp);
    return good;
}

static const ent_stakes *toy_stakes(ent_arena *arena, uint32_t k, double low, double high)
{
    ent_stakes *s = ent_alloc(arena, 1, ent_stakes);
    *s = (ent_stakes){.k = k, .reservation = {low, high}};
    return s;
}

typedef struct record {
    const ent_stakes *stakes;
    ent_row *rows;
    const ent_row **at;
    size_t count;
} record;

static void put(record *r, double *a, double beta, double gamma, bool strict)
{
    r->rows[r->count] = (ent_row){.a = a, .beta = beta, .gamma = gamma, .strict = strict};
    r->at[r->count] = &r->rows[r->count];
    r->count++;
}

/* A random package's value: shares on a grid, as packages have them, signed. */
static void random_form(ent_stream *random, uint32_t k, double *a)
{
    for (uint32_t j = 0; j < k; j++) {
        double sign = j % 2 == 0 ? 1 : -1;
        a[j] = sign * (double)ent_draw_below(random, 5) / 4;
        a[j] = ent_draw_below(random, 2) == 0 ? 0 : a[j];
    }
}

static void random_row(ent_arena *arena, ent_stream *random, record *r)
{
    uint32_t k = r->stakes->k;
    double *a = ent_alloc(arena, k, double);
    double *minus = ent_alloc(arena, k, double);
    uint32_t one = ent_draw_below(random, k);
    switch (ent_draw_below(random, 8)) {
    case 0:
    case 1: /* accepts */
        random_form(random, k, a);
        put(r, a, -1, 0, false);
        break;
    case 2:
    case 3: /* refuses */
        random_form(random, k, a);
        put(r, a, 1, 0, true);
        break;
    case 4: /* ranks */
        a[one] += 1;
        a[ent_draw_below(random, k)] -= 1;
        put(r, a, 0, 0, false);
        break;
    case 5: /* weighs, a pin now and then, or a thin range */
        a[one] = 1;
        minus[one] = -1;
        double low = (double)ent_draw_below(random, 4) / (double)(2 * k);
        double wide[] = {0, 0.2, 1e-4, 0.5};
        put(r, a, 0, -low, false);
        put(r, minus, 0, low + wide[ent_draw_below(random, 4)], false);
        break;
    case 6: /* reserves */
        put(r, a, 1, -0.05, false);
        put(r, minus, -1, 0.2, false);
        break;
    default: /* any row at all */
        for (uint32_t j = 0; j < k; j++) {
            a[j] = 2 * ent_draw_unit(random) - 1;
        }
        put(r, a, ent_draw_unit(random), 0.3 * ent_draw_unit(random), ent_draw_below(random, 2));
    }
}

static record random_record(ent_arena *arena, ent_stream *random)
{
    uint32_t k = 1 + ent_draw_below(random, 14);
    double low = 0.1 * (double)ent_draw_below(random, 3);
    double high = low + 0.25 * (double)ent_draw_below(random, 2);
    size_t count = ent_draw_below(random, 3 * k + 4);
    record r = {.stakes = toy_stakes(arena, k, low, high)};
    r.rows = ent_alloc(arena, 2 * count + 2, ent_row);
    r.at = ent_alloc(arena, 2 * count + 2, const ent_row *);
    for (size_t i = 0; i < count; i++) {
        random_row(arena, random, &r);
    }
    return r;
}

static double slack(const ent_row *row, const double *point, uint32_t k)
{
    double sum = row->gamma + row->beta * point[k];
    for (uint32_t j = 0; j < k; j++) {
        sum += row->a[j] * point[j];
    }
    return sum;
}

/* The point that comes with "consistent" is one. */
static void check_point(const record *r, const ent_feasibility *f)
{
    double sum = 0;
    for (uint32_t j = 0; j < r->stakes->k; j++) {
        assert_true(f->point[j] >= 0);
        sum += f->point[j];
    }
    assert_near(sum, 1, 1e-9);
    for (size_t i = 0; i < r->count; i++) {
        double least = r->rows[i].strict ? fmin(f->margin, 1) : 0;
        assert_true(slack(&r->rows[i], f->point, r->stakes->k) >= least - 1e-9);
    }
}

/* The core that comes with "inconsistent" collides by itself, by GLPK's word. */
static void check_core(ent_arena *arena, const record *r, const ent_feasibility *f)
{
    ent_row *core = ent_alloc(arena, f->core_count + 1, ent_row);
    assert_true(f->core_count > 0 && f->core_count <= r->stakes->k + 2);
    for (size_t i = 0; i < f->core_count; i++) {
        core[i] = r->rows[f->core[i]];
    }
    double margin;
    bool closed = peer(r->stakes, core, f->core_count, &margin);
    assert_true(!closed || margin < 1e-8);
}

UNIT(agrees_with_glpk_on_mixed_rows)
{
    ent_stream random = ent_stream_of(1, 2, 3);
    size_t agree = 0;
    size_t yes = 0;
    for (int i = 0; i < 3000; i++) {
        record r = random_record(work->arena, &random);
        double margin;
        bool closed = peer(r.stakes, r.rows, r.count, &margin);
        ent_oracle *o = ent_oracle_create(work->arena, r.stakes);
        ent_feasibility f = ent_oracle_decide(o, r.at, r.count);
        bool strict = false;
        for (size_t j = 0; j < r.count; j++) {
            strict = strict || r.rows[j].strict;
        }
        bool expected = closed && (margin > 1e-9 || !strict);
        bool touch_and_go = closed && strict && fabs(margin - 1e-9) < 1e-8 && margin != 0;
        if (expected != f.consistent && !touch_and_go) {
            print_message("case %d: GLPK %d %g, ours %d %g\n", i, closed, margin, f.consistent,
                          f.margin);
        }
        assert_true(expected == f.consistent || touch_and_go);
        if (closed && strict && margin > -1.9) {
            assert_near(f.margin, margin, 1e-7);
        }
        if (f.consistent) {
            check_point(&r, &f);
        } else {
            check_core(work->arena, &r, &f);
        }
        agree += expected == f.consistent;
        yes += f.consistent;
    }
    assert_true(agree > 2990);
    assert_in_range(yes, 500, 2500); /* both verdicts are well represented */
}

UNIT(adding_rows_to_a_decided_set_is_deciding_all)
{
    ent_stream random = ent_stream_of(4, 5, 6);
    for (int i = 0; i < 600; i++) {
        record r = random_record(work->arena, &random);
        ent_oracle *cold = ent_oracle_create(work->arena, r.stakes);
        ent_oracle *warm = ent_oracle_create(work->arena, r.stakes);
        ent_oracle_decide(warm, NULL, 0);
        bool before = true;
        for (size_t j = 0; j < r.count; j++) {
            bool one = ent_oracle_decide(cold, r.at, j + 1).consistent;
            ent_feasibility f;
            assert_int_equal(ent_oracle_with(warm, r.at + j, 1, &f), one);
            assert_true(before || !one); /* one row more never makes peace */
            ent_oracle_keep(warm);
            before = one;
        }
    }
}

UNIT(ranges_are_the_least_and_greatest)
{
    ent_stream random = ent_stream_of(7, 8, 9);
    for (int i = 0; i < 400; i++) {
        record r = random_record(work->arena, &random);
        ent_oracle *o = ent_oracle_create(work->arena, r.stakes);
        if (!ent_oracle_decide(o, r.at, r.count).consistent) {
            continue;
        }
        for (size_t j = 0; j < r.count; j++) {
            r.rows[j].strict = false;
        }
        double form[16];
        double minus[16];
        random_form(&random, r.stakes->k, form);
        for (uint32_t j = 0; j < r.stakes->k; j++) {
            minus[j] = -form[j];
        }
        double high;
        double low;
        r.rows[r.count] = (ent_row){.a = form, .beta = -1, .gamma = 0.125, .strict = true};
        assert_true(peer(r.stakes, r.rows, r.count + 1, &high));
        r.rows[r.count] = (ent_row){.a = minus, .beta = 1, .gamma = -0.125, .strict = true};
        assert_true(peer(r.stakes, r.rows, r.count + 1, &low));
        ent_interval range = ent_oracle_range(o, form, -1, 0.125);
        assert_near(range.high, high, 1e-7);
        assert_near(range.low, -low, 1e-7);
    }
}

/* Pins down to a single point, and what it then takes to be inconsistent. */
UNIT(polytopes_may_shrink_to_a_point)
{
    const ent_stakes *s = toy_stakes(work->arena, 3, 0, 0);
    double unit[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    double minus[3][3] = {{-1, 0, 0}, {0, -1, 0}, {0, 0, -1}};
    double pins[] = {0.1, 0.2, 0.7}; /* their sum is 1 up to the dust of binary numbers */
    ent_row rows[8];
    const ent_row *at[8];
    for (size_t j = 0; j < 3; j++) {
        rows[2 * j] = (ent_row){.a = unit[j], .gamma = -pins[j]};
        rows[2 * j + 1] = (ent_row){.a = minus[j], .gamma = pins[j]};
    }
    double form[3] = {1, -1, 0};
    double back[3] = {-1, 1, 0};
    rows[6] = (ent_row){.a = form, .beta = -1, .gamma = 0.1 + 2e-9, .strict = true};
    rows[7] = (ent_row){.a = back, .beta = 1, .gamma = -0.1, .strict = true};
    for (size_t j = 0; j < 8; j++) {
        at[j] = &rows[j];
    }
    ent_oracle *o = ent_oracle_create(work->arena, s);
    ent_feasibility f = ent_oracle_decide(o, at, 6);
    assert_true(f.consistent && isinf(f.margin));
    assert_near(f.point[2], 0.7, 1e-12);
    ent_interval v = ent_oracle_range(o, form, 0, 0);
    assert_near(v.low, -0.1, 1e-9);
    assert_near(v.high, -0.1, 1e-9);
    f = ent_oracle_decide(o, at, 7); /* a margin of 2e-9 is one */
    assert_true(f.consistent);
    assert_near(f.margin, 2e-9, 1e-10);
    assert_false(ent_oracle_with(o, &at[7], 1, NULL)); /* none is not */
    rows[4].gamma = -0.71;
    rows[5].gamma = 0.71;
    f = ent_oracle_decide(o, at, 6);
    assert_false(f.consistent);
    assert_int_equal(f.core_count, 3);
}

/* A party without stakes values everything at 0. */
UNIT(without_stakes_only_the_reservation_counts)
{
    double none[1] = {0};
    ent_row accept = {.a = none, .beta = -1};
    ent_row refuse = {.a = none, .beta = 1, .strict = true};
    const ent_row *at[] = {&accept, &refuse};
    ent_oracle *still = ent_oracle_create(work->arena, toy_stakes(work->arena, 0, 0, 0));
    assert_true(ent_oracle_decide(still, at, 1).consistent);
    assert_false(ent_oracle_decide(still, at + 1, 1).consistent);
    ent_oracle *moving = ent_oracle_create(work->arena, toy_stakes(work->arena, 0, 0, 0.25));
    ent_feasibility f = ent_oracle_decide(moving, at + 1, 1);
    assert_true(f.consistent);
    assert_near(f.point[0], 0.25, 1e-12);
    assert_false(ent_oracle_decide(moving, at, 2).consistent);
}

/*
 * A line, and strictly the other side of it moved by `off`: with points on the line the most is
 * `off` itself. Such margins are told to 1e-12 without long double, of whatever size; and where
 * they are 0 the rows that collide are these two.
 */
UNIT(margins_at_a_line_are_exact_without_long_double)
{
    enum { N = 12, TIMES = 400 };
    const double offs[] = {0, 1e-12, 5e-10, 2e-9, 1e-8, -1e-8, -2e-7};
    ent_stream stream = ent_stream_of(41, 3, 0);
    uint64_t careful = 0;
    for (size_t i = 0; i < TIMES; i++) {
        double off = offs[i % 7];
        ent_game *game = ent_game_create(work->arena, N, N);
        ent_game_state *state = ent_game_state_create(game);
        double line[N], other[N];
        for (size_t j = 0; j < N; j++) {
            line[j] = ent_draw_unit(&stream) * (j % 2 == 0 ? 1 : -1);
            other[j] = off - line[j]; /* as the unknowns sum to 1 */
        }
        ent_game_put(game, line, false);
        ent_game_put(game, other, true);
        ent_game_solve(game, state);
        assert_true(state->bounded);
        assert_near(state->margin, off, 1e-12);
        size_t rows[N + 1];
        assert_int_equal(ent_game_core(game, state, rows), 2);
        careful += game->careful;
    }
    assert_int_equal(careful, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_glpk_on_mixed_rows),
        cmocka_unit_test(adding_rows_to_a_decided_set_is_deciding_all),
        cmocka_unit_test(ranges_are_the_least_and_greatest),
        cmocka_unit_test(polytopes_may_shrink_to_a_point),
        cmocka_unit_test(without_stakes_only_the_reservation_counts),
        cmocka_unit_test(margins_at_a_line_are_exact_without_long_double),
    };
    return cmocka_run_group_tests_name("consistency", tests, NULL, NULL);
}
