/*
 * Every question about a case survives that any one of its allocations fails: the call says
 * ENT_NOMEM (or answers, where the allocation was not needed), frees everything and does not crash.
 */
#include "meter.h"
#include "unit.h"

#include "api/engine.h"

#include <stdio.h>
#include <stdlib.h>

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

/* What a question is asked with. No inputs: two times the small case, or as many as it takes. */
typedef struct asking {
    const char *question, *input;
    ent_option options[3];
    size_t every; /* so many allocations are failed each, of the others some */
} asking;

static const char *source(const char *name)
{
    static char path[4096];
    const char *root = getenv("ENTENTE_SOURCE");
    snprintf(path, sizeof path, "%s/%s", root == NULL ? "." : root, name);
    return path;
}

static ent_status ask_once(const asking *a, const ent_question_row *row, meter *m)
{
    ent_engine_options engine_options = {.resize = meter_resize, .memory_user = m, .threads = 2};
    ent_engine *engine = ent_engine_create(&engine_options);
    if (engine == NULL) {
        return ENT_NOMEM;
    }
    engine->allocator.exact = true;
    ent_input inputs[2] = {{"small.yaml", small_case, sizeof small_case - 1},
                           {"same.yaml", small_case, sizeof small_case - 1}};
    if (a->input != NULL) {
        inputs[0] = (ent_input){a->input[0] == '!' ? a->input + 1 : source(a->input), NULL, 0};
    }
    ent_request request = {.question = a->question,
                           .inputs = inputs,
                           .input_count = row->most == 0 ? 0 : row->least > 1 ? 2 : 1,
                           .options = a->options};
    while (request.option_count < 3 && a->options[request.option_count].name != NULL) {
        request.option_count++;
    }
    ent_diags *diags = ent_diags_create();
    ent_reply *reply = NULL;
    ent_status status = ent_ask(engine, &request, diags, &reply);
    ent_reply_destroy(reply);
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return status;
}

static const ent_question_row *row_of(const char *question)
{
    size_t i = 0;
    while (ent_question_at(i) != NULL && strcmp(ent_question_at(i)->name, question) != 0) {
        i++;
    }
    return ent_question_at(i);
}

/* With ENTENTE_EVERY set, every single allocation is failed: minutes instead of seconds. */
static void fail_each(const asking *a)
{
    const ent_question_row *row = row_of(a->question);
    assert_non_null(row);
    meter whole = {.fails_at = -1};
    ent_status wanted = ask_once(a, row, &whole);
    assert_int_equal(whole.alive, 0);
    assert_true(wanted == ENT_OK || wanted == ENT_FINDINGS);
    long every = getenv("ENTENTE_EVERY") != NULL ? whole.calls : (long)a->every;
    long step = 1 + (whole.calls > every ? (whole.calls - every) / 50 : 0);
    long failed = 0;
    for (long at = 1; at <= whole.calls; at += at < every ? 1 : step) {
        meter m = {.fails_at = at};
        ent_status status = ask_once(a, row, &m);
        if (m.alive != 0 || (status != ENT_NOMEM && status != wanted)) {
            fail_msg("%s, allocation %ld: %ld alive, %s", row->name, at, m.alive,
                     ent_status_text(status));
        }
        failed++;
    }
    print_message("# %s: %ld of %ld allocations failed in turn\n", row->name, failed,
                  whole.calls);
}

#define FEW {"worlds", "16"}

static void questions_about_a_case(void **state)
{
    (void)state;
    static const asking all[] = {
        {"check", NULL, {{0}}, 100000},
        {"accounts", NULL, {{0}}, 100000},
        {"ask", NULL, {FEW}, 0},
        {"deals", NULL, {FEW}, 200},
        {"bridge", NULL, {FEW}, 0},
        {"diff", NULL, {FEW}, 0},
        {"exchange", NULL, {FEW}, 0},
        {"haggle", NULL, {FEW, {"runs", "16"}, {"rounds", "4"}}, 0},
        {"history", NULL, {FEW}, 0},
        {"html", NULL, {FEW}, 0},
        {"influence", NULL, {FEW}, 0},
        {"menu", NULL, {FEW}, 0},
        {"page", NULL, {FEW}, 0},
        {"plan", NULL, {FEW}, 0},
        {"priorities", NULL, {FEW}, 0},
        {"report", NULL, {FEW}, 0},
        {"walk", NULL, {FEW}, 0},
        {"why", NULL, {FEW}, 0},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        fail_each(&all[i]);
    }
}

static void questions_about_other_files(void **state)
{
    (void)state;
    static const char *const table = "tests/data/scenarios/table.csv";
    const asking all[] = {
        {"frontier", table, {{0}}, 500},
        {"frontier", "tests/data/scenarios/genius-small", {{0}}, 500},
        {"frontier", "tests/data/tables/scoring.xlsx", {{"layout", "scoring"}}, 500},
        {"frontier", "tests/data/tables/percent.ods", {{0}}, 500},
        {"frontier", "tests/data/scenarios/geniusweb-small", {{0}}, 500},
        {"frontier", "tests/data/scenarios/negmas-small", {{0}}, 500},
        {"haggle", table, {{"rounds", "4"}}, 500},
        {"tournament", table, {{"rounds", "4"}, {"strategies", "boulware,micro"}}, 500},
        {"stability", "examples/gmcr/prisoners.gmcr", {{0}}, 500},
        {"explain", "!C101", {{0}}, 500},
        {"explain", "!boa", {{0}}, 500},
        {"schema", NULL, {{0}}, 500},
        {"new", NULL, {{0}}, 500},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        fail_each(&all[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(questions_about_a_case),
                                       cmocka_unit_test(questions_about_other_files)};
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
