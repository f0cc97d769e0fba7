#include "unit.h"

#include "answers/stability.h"
#include "base/random.h"

/*
 * The definitions word by word: legal sequences of the others in which nobody moves twice running,
 * over listed moves.
 */
typedef struct plain {
    const ent_graph *g;
    uint8_t reached[64][8]; /* [state][last mover] */
} plain;

static bool improves(const ent_graph *g, uint32_t actor, uint32_t from, uint32_t to)
{
    return g->worth[actor][to] > g->worth[actor][from];
}

static void walk(plain *p, uint32_t banned, uint32_t state, uint32_t last, bool better)
{
    for (uint32_t a = 0; a < p->g->actors; a++) {
        for (uint32_t t = 0; a != banned && a != last && t < (1U << p->g->bits); t++) {
            if (ent_graph_move(p->g, a, state, t) && !p->reached[t][a] &&
                (!better || improves(p->g, a, state, t))) {
                p->reached[t][a] = 1;
                walk(p, banned, t, a, better);
            }
        }
    }
}

static bool can_escape(const ent_graph *g, uint32_t i, uint32_t from, double level)
{
    for (uint32_t t = 0; t < (1U << g->bits); t++) {
        if (ent_graph_move(g, i, from, t) && g->worth[i][t] > level) {
            return true;
        }
    }
    return false;
}

static bool sanctioned(const ent_graph *g, uint32_t i, uint32_t s, uint32_t to, ent_concept c)
{
    plain p = {.g = g};
    walk(&p, i, to, 99, c == ENT_SEQ || c == ENT_SSEQ);
    for (uint32_t t = 0; t < (1U << g->bits); t++) {
        bool reached = false;
        for (uint32_t a = 0; a < g->actors; a++) {
            reached |= p.reached[t][a] != 0;
        }
        bool hurts = reached && g->worth[i][t] <= g->worth[i][s];
        if (hurts && !((c == ENT_SMR || c == ENT_SSEQ) && can_escape(g, i, t, g->worth[i][s]))) {
            return true;
        }
    }
    return false;
}

static bool plain_stable(const ent_graph *g, uint32_t i, uint32_t s, ent_concept c)
{
    for (uint32_t t = 0; t < (1U << g->bits); t++) {
        if (ent_graph_move(g, i, s, t) && improves(g, i, s, t) &&
            (c == ENT_NASH || !sanctioned(g, i, s, t, c))) {
            return false;
        }
    }
    return true;
}

/* A random conflict of 5 options; worths from few values, so that ties occur. */
static ent_graph random_graph(ent_arena *arena, ent_stream *draw, uint32_t actors)
{
    enum { BITS = 5 };
    uint32_t *own = ent_alloc(arena, actors, uint32_t);
    uint8_t *feasible = ent_alloc(arena, 1 << BITS, uint8_t);
    const uint8_t **seen = ent_alloc(arena, actors, const uint8_t *);
    const double **worth = ent_alloc(arena, actors, const double *);
    ent_graph g = {.bits = BITS, .actors = actors, .own = own, .feasible = feasible, .seen = seen,
                   .worth = worth};
    for (uint32_t k = 0; k < BITS; k++) {
        own[ent_draw_below(draw, actors)] |= 1U << k;
        uint32_t way = ent_draw_below(draw, 4);
        g.only_on |= (uint32_t)(way == 0) << k;
        g.only_off |= (uint32_t)(way == 1) << k;
    }
    for (uint32_t a = 0; a < actors; a++) {
        double *w = ent_alloc(arena, 1 << BITS, double);
        uint8_t *eyes = ent_alloc(arena, 1 << BITS, uint8_t);
        for (uint32_t s = 0; s < 1U << BITS; s++) {
            w[s] = ent_draw_below(draw, 12);
            eyes[s] = ent_draw_below(draw, 8) > 0;
            feasible[s] = a == 0 ? ent_draw_below(draw, 5) > 0 : feasible[s];
        }
        worth[a] = w;
        seen[a] = ent_draw_below(draw, 2) == 0 ? eyes : NULL;
    }
    ent_graph_finish(arena, &g);
    return g;
}

UNIT(verdicts_equal_the_definitions)
{
    ent_stream draw = ent_stream_of(5, 1, 0);
    for (int round = 0; round < 150; round++) {
        ent_graph g = random_graph(work->arena, &draw, 1 + ent_draw_below(&draw, 4));
        ent_stability got = ent_stability_of(work->arena, &g);
        for (size_t i = 0; i < g.count; i++) {
            uint32_t s = g.states[i];
            unsigned all = (1U << ENT_CONCEPTS) - 1;
            for (uint32_t a = 0; a < g.actors; a++) {
                unsigned want = 0;
                for (ent_concept c = 0; c < ENT_CONCEPTS; c++) {
                    want |= (unsigned)plain_stable(&g, a, s, c) << c;
                }
                assert_int_equal(got.verdicts[a][s], want);
                all &= want;
            }
            assert_int_equal(got.equilibrium[s], all);
        }
    }
}

UNIT(stories_tell_the_verdicts)
{
    ent_stream draw = ent_stream_of(5, 2, 0);
    for (int round = 0; round < 60; round++) {
        ent_graph g = random_graph(work->arena, &draw, 3);
        ent_stability got = ent_stability_of(work->arena, &g);
        for (size_t i = 0; i < g.count; i++) {
            uint32_t s = g.states[i];
            for (ent_concept c = 0; c < ENT_CONCEPTS; c++) {
                ent_story story = ent_stability_story(work->arena, &g, 1, s, c);
                assert_int_equal(story.stable, got.verdicts[1][s] >> c & 1);
                if (story.improves) {
                    assert_true(improves(&g, 1, s, story.to));
                }
                if (story.improves && story.stable) {
                    uint32_t end = story.answer.states[story.answer.length - 1];
                    assert_true(g.worth[1][end] <= g.worth[1][s]);
                }
            }
        }
    }
}

/* Raising the state to `needed` makes it stable, anything less does not. */
UNIT(needs_are_exact)
{
    ent_stream draw = ent_stream_of(5, 3, 0);
    for (int round = 0; round < 60; round++) {
        ent_graph g = random_graph(work->arena, &draw, 2 + ent_draw_below(&draw, 2));
        uint32_t s = g.states[ent_draw_below(&draw, (uint32_t)g.count)];
        double *worth = ent_alloc(work->arena, (size_t)1 << g.bits, double);
        memcpy(worth, g.worth[0], sizeof *worth << g.bits);
        const double *tables[4] = {worth, g.worth[1], g.actors > 2 ? g.worth[2] : NULL};
        g.worth = tables;
        double old = worth[s];
        double needed[ENT_CONCEPTS];
        ent_stability_needs(work->arena, &g, 0, s, needed);
        for (ent_concept c = 0; c < ENT_CONCEPTS; c++) {
            worth[s] = old;
            assert_int_equal(plain_stable(&g, 0, s, c), needed[c] <= old);
            if (needed[c] > old) {
                worth[s] = needed[c];
                assert_true(plain_stable(&g, 0, s, c));
                worth[s] = needed[c] - 0.5;
                assert_false(plain_stable(&g, 0, s, c));
            }
        }
    }
}

UNIT(a_coalition_of_one_is_its_member)
{
    ent_stream draw = ent_stream_of(5, 4, 0);
    uint8_t verdict[32] = {0};
    unsigned four = 1U << ENT_NASH | 1U << ENT_GMR | 1U << ENT_SMR | 1U << ENT_SEQ;
    for (int round = 0; round < 60; round++) {
        ent_graph g = random_graph(work->arena, &draw, 3);
        ent_stability got = ent_stability_of(work->arena, &g);
        assert_true(ent_coalition_stability(work->arena, &g, 1, verdict));
        for (size_t i = 0; i < g.count; i++) {
            assert_int_equal(verdict[g.states[i]], got.verdicts[0][g.states[i]] & four);
        }
    }
}

/* Two prisoners: talking is the one equilibrium in Nash's sense, and together they leave it. */
UNIT(prisoners_hold_silence_by_foresight)
{
    const double first[] = {1, 0, 3, 2};
    const double second[] = {1, 3, 0, 2};
    const double *worth[] = {first, second};
    const uint32_t own[] = {1, 2};
    const uint8_t feasible[] = {1, 1, 1, 1};
    const uint8_t *seen[] = {NULL, NULL};
    ent_graph g = {.bits = 2, .actors = 2, .own = own, .feasible = feasible, .seen = seen,
                   .worth = worth};
    ent_graph_finish(work->arena, &g);
    ent_stability got = ent_stability_of(work->arena, &g);
    assert_int_equal(got.equilibrium[0], 31);
    assert_int_equal(got.equilibrium[1], 0);
    assert_int_equal(got.equilibrium[3], 30);
    uint8_t both[4];
    assert_true(ent_coalition_stability(work->arena, &g, 3, both));
    assert_int_equal(both[0] >> ENT_NASH & 1, 0);
    assert_int_equal(both[3] >> ENT_NASH & 1, 1);
    ent_path path = ent_shortest_path(work->arena, &g, 3, 0, 3, false);
    assert_true(path.found && path.length == 2);
    assert_false(ent_shortest_path(work->arena, &g, 3, 0, 3, true).found);
    assert_true(ent_shortest_path(work->arena, &g, 3, 3, 0, true).found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_equal_the_definitions),
        cmocka_unit_test(stories_tell_the_verdicts),
        cmocka_unit_test(needs_are_exact),
        cmocka_unit_test(a_coalition_of_one_is_its_member),
        cmocka_unit_test(prisoners_hold_silence_by_foresight),
    };
    return cmocka_run_group_tests_name("stability", tests, NULL, NULL);
}
