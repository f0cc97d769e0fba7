/*
 * Every question, stopped at many points: a clock that counts the engine's calls rings at the k-th.
 * The call ends with CANCELLED, says so, and what it gives is nothing or marked as partial.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static const char a_case[] =
    "entente: 1\ntitle: A quay\n"
    "parties: {port: {reservation: [0, 0.2]}, town: {reservation: [0, 0.2]}}\n"
    "issues:\n"
    "  quay: {by: port, for: town, options: [closed, half, open]}\n"
    "  tolls: {by: town, for: port, options: [low, middle, high]}\n"
    "  years: {by: port, for: town, range: {from: 0, to: 200, step: 1}}\n"
    "assumptions:\n"
    "  - {id: t, because: e, claims: [{party: port, trusts: town, at: [0.4, 0.6]}]}\n"
    "statements:\n"
    "  - {id: s1, by: port, date: 2024-01-05, reported: a,\n"
    "     claims: [{party: port, accepts: {quay: half, tolls: high}}]}\n"
    "  - {id: s2, by: town, date: 2024-02-05, reported: b,\n"
    "     claims: [{party: port, refuses: {quay: half, tolls: high}}]}\n"
    "  - {id: s3, by: town, date: 2024-03-05, reported: c,\n"
    "     claims: [{party: town, offers: {tolls: middle}, for: {years: 50}}]}\n";

typedef struct bell {
    uint64_t calls, rings; /* rings from this call on; 0: never */
    bool rung;
} bell;

static bool tick(void *user, const char *what, uint64_t done, uint64_t total)
{
    bell *b = user;
    assert_true(what != NULL && (total == 0 || done <= total));
    b->rung = b->rung || ++b->calls == b->rings;
    return b->rung;
}

static bool stopped(void *user)
{
    return ((const bell *)user)->rung;
}

typedef struct outcome {
    ent_status status;
    char *text; /* NULL: no reply */
    bool told;  /* of the interruption */
} outcome;

/* What the next question is asked about: files, or the case in memory; and further options. */
static const char *paths[2];
static ent_option further[2];
static size_t further_count;

static outcome ask(const ent_question_row *row, ent_output format, bell *b)
{
    ent_engine_options options = {.threads = 2, .tick = tick, .tick_user = b, .stopped = stopped};
    ent_engine *engine = ent_engine_create(&options);
    ent_diags *diags = ent_diags_create();
    ent_reply *reply = NULL;
    ent_input inputs[] = {{"case.yaml", a_case, sizeof a_case - 1},
                          {"other.yaml", a_case, sizeof a_case - 1}};
    ent_option chosen[] = {{"worlds", "400"}};
    bool worlds = false;
    for (size_t i = 0; i < 2 && paths[0] != NULL; i++) {
        inputs[i] = (ent_input){.path = paths[i]};
    }
    for (size_t i = 0; i < row->option_count; i++) {
        worlds = worlds || strcmp(row->options[i].name, "worlds") == 0;
    }
    ent_request request = {.question = row->name, .inputs = inputs, .input_count = row->least,
                           .options = chosen, .option_count = worlds ? 1 : 0, .format = format};
    if (further_count > 0) {
        request.options = further;
        request.option_count = further_count;
    }
    outcome o = {.status = ent_ask(engine, &request, diags, &reply)};
    o.text = reply == NULL ? NULL : strdup(ent_reply_text(reply, NULL));
    for (size_t i = 0; i < ent_diags_count(diags); i++) {
        o.told = o.told || strcmp(ent_diags_get(diags, i)->code, "U109") == 0;
    }
    ent_reply_destroy(reply);
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return o;
}

/* Was something found and printed before? */
static bool check_stopped(const ent_question_row *row, ent_output format, uint64_t rings)
{
    bell b = {.rings = rings};
    outcome o = ask(row, format, &b);
    if (o.status != ENT_CANCELLED || !o.told) {
        print_message("%s at call %llu: status %d\n", row->name, (unsigned long long)rings,
                      (int)o.status);
    }
    assert_int_equal(o.status, ENT_CANCELLED);
    assert_true(o.told);
    assert_true(o.text == NULL ||
                strstr(o.text, format == ENT_JSON ? "\"interrupted\": true" : "Interrupted") !=
                    NULL);
    bool partial = o.text != NULL;
    free(o.text);
    return partial;
}

/* Questions that are answered account by account, or date by date. */
static bool has_parts(const ent_question_row *row)
{
    static const char *const names[] = {"ask",       "bridge",    "deals",  "diff", "history",
                                        "haggle",    "influence", "menu",   "report",
                                        "stability", "tournament", "walk"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(row->name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* At the first calls, the last, and some between. */
static void walk(const ent_question_row *row, ent_output format)
{
    bell quiet = {.rings = 0};
    outcome whole = ask(row, format, &quiet);
    free(whole.text);
    assert_true(whole.status == ENT_OK || whole.status == ENT_FINDINGS ||
                whole.status == ENT_LIMIT);
    assert_false(whole.told);
    uint64_t step = 1;
    bool partial = false;
    for (uint64_t k = 1; k <= quiet.calls; k += step) {
        partial = check_stopped(row, format, k) || partial;
        step = k < 8 ? 1 : quiet.calls / 7 + 1;
    }
    if (quiet.calls > 0) {
        partial = check_stopped(row, format, quiet.calls) || partial;
    }
    /* The last call comes when the first account is told, or the first date. */
    assert_true(partial || !has_parts(row));
    print_message("# %s: %llu calls\n", row->name, (unsigned long long)quiet.calls);
}

static const ent_question_row *question(const char *name)
{
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        if (strcmp(ent_question_at(i)->name, name) == 0) {
            return ent_question_at(i);
        }
    }
    fail_msg("no question %s", name);
    return NULL;
}

UNIT(every_question_stops_wherever_it_is_asked_to)
{
    size_t walked = 0;
    (void)work;
    for (size_t i = 0; ent_question_at(i) != NULL; i++) {
        const ent_question_row *row = ent_question_at(i);
        if (strncmp(row->form, "CASE", 4) == 0) {
            walk(row, ENT_TEXT);
            walk(row, ENT_JSON);
            walked++;
        }
    }
    assert_true(walked >= 12);
    for (int k = 0; k < 2; k++) { /* they take a case too */
        walk(question(k == 0 ? "haggle" : "stability"), ENT_TEXT);
        walk(question(k == 0 ? "haggle" : "stability"), ENT_JSON);
    }
}

/* A table of so many outcomes whose values fall into no pattern, and a log of offers. */
static void write_tables(const char *folder, char table[64], char log[64])
{
    snprintf(table, 64, "%s/table.csv", folder);
    snprintf(log, 64, "%s/log.csv", folder);
    FILE *file = fopen(table, "w");
    FILE *offers = fopen(log, "w");
    assert_non_null(file);
    assert_non_null(offers);
    fputs("offer,u(A),u(B),u(C)\n", file);
    fputs("day,by,x,y\n", offers);
    for (unsigned k = 0; k < 20000; k++) {
        fprintf(file, "o%u,%u,%u,%u\n", k, k * 7919 % 1009, k * 104729 % 1013, k * 1299709 % 997);
        fprintf(offers, "2024-01-%02u,P%u,%u,%u\n", k % 28 + 1, k % 3, k % 50, k % 70);
    }
    fclose(file);
    fclose(offers);
}

/* Questions about scenarios and tables: reading, solving, playing and writing hear it alike. */
UNIT(questions_about_scenarios_stop_too)
{
    static const char *const names[] = {"frontier", "haggle", "tournament", "convert", "import"};
    /* Several blocks of runs, so that some were played when the bell rings. */
    static const struct {
        size_t count;
        ent_option options[2];
    } more[] = {{.count = 0},
                {1, {{"runs", "6000"}}},
                {2, {{"strategies", "boulware,micro"}, {"repetitions", "600"}}},
                {.count = 0},
                {.count = 0}};
    char folder[] = "/tmp/entente-interrupt-XXXXXX", table[64], log[64], out[64];
    (void)work;
    assert_non_null(mkdtemp(folder));
    write_tables(folder, table, log);
    snprintf(out, sizeof out, "%s/out.csv", folder);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        paths[0] = strcmp(names[k], "import") == 0 ? log : table;
        paths[1] = out;
        further_count = more[k].count;
        memcpy(further, more[k].options, sizeof further);
        walk(question(names[k]), ENT_TEXT);
        walk(question(names[k]), ENT_JSON);
        if (strcmp(names[k], "convert") == 0) {
            remove(out); /* the whole run's; a stopped one leaves none */
            check_stopped(question(names[k]), ENT_TEXT, 1);
            assert_null(fopen(out, "r"));
        }
    }
    paths[0] = NULL;
    further_count = 0;
    remove(table);
    remove(log);
    assert_int_equal(remove(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_stops_wherever_it_is_asked_to),
        cmocka_unit_test(questions_about_scenarios_stop_too),
    };
    return cmocka_run_group_tests_name("interrupt", tests, NULL, NULL);
}
