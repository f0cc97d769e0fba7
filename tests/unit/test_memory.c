/*
 * Every question about a case survives that any one of its allocations fails: the call says
 * ENT_NOMEM (or answers, where the allocation was not needed), frees everything and does not crash.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

/* Fails at the `fails_at`-th allocation and counts what is not freed. */
typedef struct meter {
    long calls, fails_at, alive;
} meter;

static void *resize(void *user, void *block, size_t size)
{
    meter *m = user;
    if (size == 0) {
        m->alive -= block != NULL;
        free(block);
        return NULL;
    }
    if (++m->calls == m->fails_at) {
        return NULL;
    }
    void *moved = realloc(block, size);
    m->alive += block == NULL && moved != NULL;
    return moved;
}

static const char small_case[] =
    "entente: 1\n"
    "title: Two neighbours\n"
    "parties:\n"
    "  ana: {name: Ana, reservation: [0, 0.2]}\n"
    "  bo: {name: Bo}\n"
    "issues:\n"
    "  fence: {by: bo, for: ana, options: [old, wire, boards]}\n"
    "  tools: {by: ana, for: bo, items: [saw, drill]}\n"
    "  share: {by: ana, for: bo, range: {from: 0, to: 100, step: 50}}\n"
    "statements:\n"
    "  - {id: half, by: ana, reported: Half., claims: [{party: ana, offers: {share: 50}, for: "
    "{fence: boards}}]}\n"
    "  - {id: never, by: bo, reported: No., claims: [{party: ana, refuses: {share: 50, fence: "
    "boards}}]}\n"
    "  - {id: saw, by: bo, reported: Saw., claims: [{party: bo, demands: {tools: saw}, for: "
    "{fence: wire}}]}\n";

static ent_status ask_once(const char *question, const ent_option *options, size_t option_count,
                           meter *m)
{
    ent_engine_options engine_options = {.resize = resize, .memory_user = m, .threads = 2};
    ent_engine *engine = ent_engine_create(&engine_options);
    if (engine == NULL) {
        return ENT_NOMEM;
    }
    ent_input inputs[2] = {{"small.yaml", small_case, sizeof small_case - 1},
                           {"same.yaml", small_case, sizeof small_case - 1}};
    ent_request request = {.question = question,
                           .inputs = inputs,
                           .input_count = strcmp(question, "diff") == 0 ? 2 : 1,
                           .options = options,
                           .option_count = option_count};
    ent_diags *diags = ent_diags_create();
    ent_reply *reply = NULL;
    ent_status status = ent_ask(engine, &request, diags, &reply);
    ent_reply_destroy(reply);
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return status;
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

static void fail_each(const ent_question_row *row)
{
    ent_option worlds = {"worlds", "64"};
    size_t option_count = has_option(row, "worlds") ? 1 : 0;
    meter whole = {.fails_at = -1};
    ent_status wanted = ask_once(row->name, &worlds, option_count, &whole);
    assert_int_equal(whole.alive, 0);
    assert_true(wanted == ENT_OK || wanted == ENT_FINDINGS);
    /* Every one of the first 200, then a sample: a question makes some thousands. */
    for (long at = 1; at <= whole.calls; at += at < 200 ? 1 : 1 + whole.calls / 200) {
        meter m = {.fails_at = at};
        ent_status status = ask_once(row->name, &worlds, option_count, &m);
        if (m.alive != 0 || (status != ENT_NOMEM && status != wanted)) {
            fail_msg("%s, allocation %ld: %ld alive, %s", row->name, at, m.alive,
                     ent_status_text(status));
        }
    }
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    int asked = 0;
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        const ent_question_row *row = ent_question_at(i);
        if (strncmp(row->form, "CASE", 4) == 0 && row->least >= 1) {
            fail_each(row);
            asked++;
        }
    }
    print_message("# %d questions\n", asked);
    assert_true(asked > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
