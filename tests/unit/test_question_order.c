/* In what order disputes are told as questions. */
#include "read_case.h"

#include "base/text.h"
#include "worlds/questions.h"

/* A star of pairs: the first statement against each of the next `count`. */
static void put_star(ent_arena *arena, ent_dispute_kind kind, uint32_t from, uint32_t count,
                     ent_dispute *at, size_t *used)
{
    for (uint32_t i = 1; i <= count; i++) {
        uint32_t *pair = ent_alloc(arena, 2, uint32_t);
        pair[0] = from;
        pair[1] = from + i;
        at[(*used)++] = (ent_dispute){.statements = pair, .count = 2, .kind = kind};
    }
}

/*
 * Live ones come first, then what was moved from, silence and moves, each larger than those before
 * it, so that it is not by size; of one kind the larger, then what comes first.
 */
UNIT(questions_are_in_their_order)
{
    enum { STATEMENTS = 26 };
    ent_buffer text = ent_buffer_init(work->arena, 0);
    ent_put(&text, "entente: 1\ntitle: T\nparties: {a: {}, b: {}}\n"
                   "issues:\n  x: {by: a, for: b, options: [n, y]}\nstatements:\n");
    for (uint32_t s = 0; s < STATEMENTS; s++) {
        ent_putf(&text, "  - {id: s%u, by: a, date: %u-01-01, claims: [{party: a, accepts: {}}]}\n",
                 s, s == 11 ? 2010 : 2020);
    }
    const ent_case *c = case_of(work, ent_buffer_text(&text));
    ent_dispute at[40];
    size_t count = 0;
    put_star(work->arena, ENT_MOVE, 11, 5, at, &count);    /* s11 was moved from: s12 to s16 */
    put_star(work->arena, ENT_SILENCE, 17, 4, at, &count); /* s18 to s21 */
    put_star(work->arena, ENT_DISPUTE, 10, 1, at, &count); /* with s11 */
    put_star(work->arena, ENT_DISPUTE, 0, 1, at, &count);
    put_star(work->arena, ENT_DISPUTE, 2, 2, at, &count);
    put_star(work->arena, ENT_DISPUTE, 5, 1, at, &count);
    put_star(work->arena, ENT_DISPUTE, 22, 2, at, &count);
    ent_disputes found = {.at = at, .count = count};
    ent_put_questions(work->arena, c, at, count, &found);
    static const struct {
        uint32_t first, others;
        bool live;
    } expected[] = {{2, 2, true},  {22, 2, true}, {0, 1, true},  {5, 1, true},
                    {10, 1, false}, {17, 4, false}, {11, 5, false}};
    assert_int_equal(found.question_count, sizeof expected / sizeof *expected);
    for (size_t k = 0; k < found.question_count; k++) {
        const ent_question_in_dispute *q = &found.questions[k];
        const uint32_t *one = q->a_count == 1 ? q->a : q->b, *many = q->a_count == 1 ? q->b : q->a;
        assert_int_equal(q->dispute_count, expected[k].others);
        assert_int_equal(q->a_count * q->b_count, expected[k].others);
        assert_int_equal(one[0], expected[k].first);
        assert_int_equal(q->live, expected[k].live);
        for (uint32_t i = 0; i < expected[k].others; i++) {
            assert_int_equal(many[i], expected[k].first + 1 + i); /* ascending */
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_are_in_their_order),
    };
    return cmocka_run_group_tests_name("question_order", tests, NULL, NULL);
}
