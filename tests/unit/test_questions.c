/* Every question there is answers --json with JSON that names it, and no key twice in one map. */
#include "read_case.h"

#include "io/node.h"

#include <stdlib.h>
#include <unistd.h>

/* An input and options with which each form is answered quickly. */
static size_t inputs_of(ent_work *work, const ent_question_row *row, ent_input *inputs)
{
    static const ent_input small = {"small.yaml", small_case, sizeof small_case - 1};
    const char *table = ent_format(work->arena, "%s/tests/data/scenarios/table.csv",
                                   getenv("ENTENTE_SOURCE"));
    if (strcmp(row->form, "CASE") == 0 || strcmp(row->form, "PATH") == 0) {
        inputs[0] = small;
        return 1;
    }
    if (strcmp(row->name, "import") == 0) {
        inputs[0] = (ent_input){.path = ent_format(work->arena, "%s/tests/data/import/coded.csv",
                                                   getenv("ENTENTE_SOURCE"))};
        return 1;
    }
    if (strcmp(row->form, "CASE CASE") == 0) {
        inputs[0] = inputs[1] = small;
        return 2;
    }
    if (strcmp(row->form, "BASE A B") == 0) {
        inputs[0] = inputs[1] = inputs[2] = small;
        return 3;
    }
    if (strncmp(row->form, "A B", 3) == 0) {
        inputs[0] = (ent_input){.path = table};
        inputs[1] = (ent_input){
            .path = ent_format(work->arena, "/tmp/entente-test-%ld.csv", (long)getpid())};
        return 2;
    }
    if (strncmp(row->form, "PATH", 4) == 0) {
        inputs[0] = (ent_input){.path = table};
        return 1;
    }
    inputs[0] = (ent_input){.path = "C101"};
    return row->most > 0 ? 1 : 0;
}

static bool has_option(const ent_question_row *row, const char *name)
{
    for (size_t i = 0; i < row->option_count; i++) {
        if (strcmp(row->options[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static const ent_node *answer_of(ent_work *work, ent_engine *engine, const ent_question_row *row)
{
    ent_input inputs[3];
    ent_option options[] = {{"worlds", "50"}, {"rounds", "20"}};
    ent_request request = {.question = row->name,
                           .inputs = inputs,
                           .input_count = inputs_of(work, row, inputs),
                           .options = has_option(row, "worlds") ? options : options + 1,
                           .option_count = has_option(row, "worlds") || has_option(row, "rounds"),
                           .format = ENT_JSON};
    ent_reply *reply = NULL;
    ent_status status = ent_ask(engine, &request, work->diags, &reply);
    if (status != ENT_OK && status != ENT_FINDINGS && ent_diags_count(work->diags) > 0) {
        print_message("# %s: %s\n", row->name, ent_diags_get(work->diags, 0)->message);
    }
    assert_true(status == ENT_OK || status == ENT_FINDINGS);
    assert_non_null(reply);
    ent_text text = {row->name, NULL, 0};
    const char *bytes = ent_reply_text(reply, &text.length);
    text.at = ent_copy_text(work->arena, bytes, text.length);
    ent_reply_destroy(reply);
    if (strncmp(row->form, "A B", 3) == 0) {
        unlink(inputs[1].path);
    }
    const ent_node *root = NULL;
    assert_int_equal(ent_read_json(work, &text, &root), ENT_OK);
    return root;
}

UNIT(every_question_answers_json)
{
    ent_engine *engine = ent_engine_create(NULL);
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        const ent_question_row *row = ent_question_at(i);
        ent_diags_clear(work->diags);
        const ent_node *root = answer_of(work, engine, row);
        const ent_node *schema = ent_node_get(root, "schema");
        if (strcmp(row->name, "schema") == 0) {
            assert_non_null(ent_node_get(root, "$schema")); /* a document of its own kind */
            continue;
        }
        assert_non_null(schema);
        assert_non_null(strstr(schema->text, "entente."));
        assert_string_equal(ent_node_get(root, "engine")->text, ENT_VERSION);
    }
    ent_engine_destroy(engine);
}

/* Documents about a case say what record they rest on. */
UNIT(documents_about_a_case_name_the_record)
{
    static const char *const keys[] = {"as_of", "with", "without", "supposed"};
    ent_engine *engine = ent_engine_create(NULL);
    size_t count = 0;
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        const ent_question_row *row = ent_question_at(i);
        if (!has_option(row, "suppose") || strcmp(row->name, "html") == 0) {
            continue; /* html holds the document of `page` */
        }
        const ent_node *root = answer_of(work, engine, row);
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            const ent_node *value = ent_node_get(root, keys[k]);
            bool applies = value != NULL || strncmp(row->form, "PATH", 4) != 0;
            if (applies && (value == NULL || (k > 0 && value->kind != ENT_LIST))) {
                print_message("# %s lacks %s\n", row->name, keys[k]);
                fail();
            }
        }
        count++;
    }
    assert_true(count >= 12);
    ent_engine_destroy(engine);
}

/* What the server answers is asked about one case; `check` takes profiles behind one too. */
UNIT(what_is_served_takes_one_case)
{
    (void)work;
    size_t served = 0;
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        const ent_question_row *row = ent_question_at(i);
        bool alone = row->least == 1 && (row->most == 1 || strcmp(row->name, "check") == 0);
        assert_true(!row->served || alone);
        served += row->served;
    }
    assert_true(served >= 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_answers_json),
        cmocka_unit_test(documents_about_a_case_name_the_record),
        cmocka_unit_test(what_is_served_takes_one_case),
    };
    return cmocka_run_group_tests_name("questions", tests, NULL, NULL);
}
