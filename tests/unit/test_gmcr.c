#include "unit.h"

#include "answers/stability.h"
#include "io/files.h"
#include "io/gmcr.h"

#include <stdlib.h>

static ent_status read_text(ent_work *work, const char *bytes, ent_conflict *conflict)
{
    ent_text text = {"test.gmcr", bytes, strlen(bytes)};
    return ent_read_gmcr(work, &text, conflict);
}

static ent_graph read_example(ent_work *work, const char *name, ent_conflict *conflict)
{
    char *path = ent_format(work->arena, "%s/examples/gmcr/%s", getenv("ENTENTE_SOURCE"), name);
    ent_text text;
    assert_int_equal(ent_disk.read(ent_disk.user, work, path, ENT_GMCR_BYTES, &text), ENT_OK);
    assert_int_equal(ent_read_gmcr(work, &text, conflict), ENT_OK);
    return ent_graph_of(work, conflict);
}

/* The numbers of the equilibria under the concept, as "1,4". */
static const char *equilibria(ent_work *work, const ent_graph *g, ent_concept concept)
{
    ent_buffer out = ent_buffer_init(work->arena, 0);
    ent_stability stability = ent_stability_of(work->arena, g);
    for (size_t i = 0; i < g->count; i++) {
        if ((stability.equilibrium[g->states[i]] >> concept & 1) != 0) {
            ent_putf(&out, "%s%zu", out.length > 0 ? "," : "", i + 1);
        }
    }
    return ent_buffer_text(&out);
}

UNIT(examples_have_the_equilibria_of_the_textbooks)
{
    static const struct {
        const char *file;
        const char *of[4]; /* nash, gmr, smr, seq */
    } table[] = {
        {"prisoners.gmcr", {"1", "1,4", "1,4", "1,4"}},
        {"elmira.gmcr",
         {"5,6,7,10,11,12", "1,4,5,6,7,10,11,12", "1,4,5,6,7,10,11,12", "5,6,7,10,11,12"}},
        {"cuba.gmcr", {"6", "1,2,3,5,6,7,8", "1,2,3,5,6,7,8", "5,6,7"}},
        {"garrison.gmcr",
         {"2,3,11,17,18,21,22", "2,3,4,6,8,10,11,13,14,15,17,18,19,21,22",
          "2,3,4,6,8,10,11,13,14,15,17,18,19,21,22", "2,3,11,17,18,21,22"}},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        ent_conflict conflict;
        ent_graph g = read_example(work, table[i].file, &conflict);
        for (ent_concept c = 0; c <= ENT_SEQ; c++) {
            assert_string_equal(equilibria(work, &g, c), table[i].of[c]);
        }
    }
}

/* In Elmira the ministry and Uniroyal together leave the impasse for a modified order. */
UNIT(a_coalition_leaves_the_impasse_in_elmira)
{
    ent_conflict conflict;
    ent_graph g = read_example(work, "elmira.gmcr", &conflict);
    uint8_t verdict[32];
    assert_int_equal(conflict.coalition_count, 1);
    assert_true(ent_coalition_stability(work->arena, &g, conflict.coalitions[0], verdict));
    assert_int_equal(verdict[g.states[6]] & 1, 0);
    assert_int_equal(verdict[g.states[9]] & 1, 1);
}

UNIT(what_is_written_reads_back)
{
    static const char *const files[] = {"prisoners.gmcr", "elmira.gmcr", "garrison.gmcr"};
    for (size_t i = 0; i < 3; i++) {
        ent_conflict conflict;
        ent_conflict again;
        ent_graph g = read_example(work, files[i], &conflict);
        ent_buffer out = ent_buffer_init(work->arena, 0);
        ent_write_gmcr(work->arena, &out, &conflict);
        assert_int_equal(read_text(work, ent_buffer_text(&out), &again), ENT_OK);
        ent_graph h = ent_graph_of(work, &again);
        assert_string_equal(again.title, conflict.title);
        for (ent_concept c = 0; c < ENT_CONCEPTS; c++) {
            assert_string_equal(equilibria(work, &g, c), equilibria(work, &h, c));
        }
    }
}

/* A party that does not know of a state does not go there, nor away from it. */
UNIT(what_is_not_seen_is_not_used)
{
    ent_conflict conflict;
    assert_int_equal(read_text(work,
                               "{\"options\": [{\"name\": \"a\"}, {\"name\": \"b\"}],"
                               "\"decisionMakers\": [{\"name\": \"A\", \"options\": [0],"
                               "\"preferences\": [[[0, \"Y\"]]],"
                               "\"misperceptions\": [[[0, \"Y\"], [1, \"Y\"]]]},"
                               "{\"name\": \"B\", \"options\": [1], \"preferences\": []}],"
                               "\"infeasibles\": null}",
                               &conflict),
                     ENT_OK);
    ent_graph g = ent_graph_of(work, &conflict);
    assert_true(ent_graph_move(&g, 0, 0, 1));
    assert_false(ent_graph_move(&g, 0, 2, 3));
    assert_string_equal(equilibria(work, &g, ENT_NASH), "2,3,4");
}

UNIT(broken_files_are_told)
{
#define HEAD "{\"options\": [{\"name\": \"a\"}, {\"name\": \"b\"}], "
#define ACTOR "\"decisionMakers\": [{\"name\": \"A\", \"options\": [0], \"preferences\": ["
    static const struct {
        const char *bytes, *code;
    } table[] = {
        {"[]", "G101"},
        {"{\"options\": [", "C101"},
        {"{}", "G102"},
        {HEAD "\"decisionMakers\": []}", "G102"},
        {HEAD "\"decisionMakers\": {}}", "G101"},
        {HEAD ACTOR "]}, {\"name\": \"A\"}]}", "G101"},
        {HEAD ACTOR "[[2, \"Y\"]]]}]}", "G104"},
        {HEAD ACTOR "[[0, \"Y\"], [0, \"N\"]]]}]}", "G104"},
        {HEAD ACTOR "[[0, \"X\"]]]}]}", "G104"},
        {HEAD ACTOR "{\"compound\": true}]}]}", "G104"},
        {HEAD ACTOR "]}], \"infeasibles\": [[[0, \"Y\"]], [[0, \"N\"]]]}", "G106"},
        {HEAD ACTOR "], \"preferenceRanking\": [1, 2, 3]}],"
                    "\"useManualPreferenceRanking\": true}", "G105"},
        {HEAD ACTOR "], \"preferenceRanking\": [1, 2, 3, [3, 4]]}],"
                    "\"useManualPreferenceRanking\": true}", "G105"},
        {HEAD "\"decisionMakers\": [{\"name\": \"A\", \"options\": [7]}]}", "G101"},
        {"{\"options\": [{\"name\": \"a\", \"permittedDirection\": \"up\"}]}", "G101"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        ent_conflict conflict;
        ent_diags_clear(work->diags);
        assert_int_equal(read_text(work, table[i].bytes, &conflict), ENT_INVALID);
        assert_true(ent_diags_count(work->diags) > 0);
        assert_string_equal(ent_diags_get(work->diags, 0)->code, table[i].code);
    }
}

/* Older versions of gmcr-py saved Python objects: that is said, and nothing is loaded. */
UNIT(pickles_are_called_that)
{
    static const char pickle[] = "\x80\x03}q\x01(X\x05";
    ent_text text = {"old.gmcr", pickle, sizeof pickle - 1};
    ent_conflict conflict;
    assert_int_equal(ent_read_gmcr(work, &text, &conflict), ENT_INVALID);
    const ent_diag *d = ent_diags_get(work->diags, 0);
    assert_string_equal(d->code, "G101");
    assert_non_null(strstr(d->message, "Python pickle"));
    ent_diags_clear(work->diags);
    assert_int_equal(read_text(work, "\xEF\xBB\xBF{\"options\": [{\"name\": \"o\"}], "
                                     "\"decisionMakers\": [{\"name\": \"d\", \"options\": [0]}]}",
                               &conflict), ENT_OK);
}

UNIT(forty_options_are_a_limit)
{
    ent_buffer out = ent_buffer_init(work->arena, 0);
    ent_put(&out, "{\"options\": [{\"name\": \"o\"}");
    for (int i = 1; i < 40; i++) {
        ent_put(&out, ", {\"name\": \"o\"}");
    }
    ent_put(&out, "], \"decisionMakers\": [{\"name\": \"A\"}]}");
    ent_conflict conflict;
    assert_int_equal(read_text(work, ent_buffer_text(&out), &conflict), ENT_LIMIT);
    assert_string_equal(ent_diags_get(work->diags, 0)->code, "G103");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_have_the_equilibria_of_the_textbooks),
        cmocka_unit_test(a_coalition_leaves_the_impasse_in_elmira),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(what_is_not_seen_is_not_used),
        cmocka_unit_test(broken_files_are_told),
        cmocka_unit_test(pickles_are_called_that),
        cmocka_unit_test(forty_options_are_a_limit),
    };
    return cmocka_run_group_tests_name("gmcr", tests, NULL, NULL);
}
