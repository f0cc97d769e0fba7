/*
 * Tasks side by side: as if one after the other, whatever the threads. And work that memory cannot
 * hold, which is not begun.
 */
#include "read_case.h"

#include "answers/tasks.h"

#include <stdio.h>
#include <stdlib.h>

enum { TASKS = 5 };

typedef struct told {
    const char *text[TASKS];
    ent_status answer[TASKS];
    bool full[TASKS]; /* runs out of memory */
} told;

static ent_status tell(ent_work *own, size_t number, void *user)
{
    told *t = user;
    char *text = ent_alloc(own->arena, 100000, char);
    snprintf(text, 100000, "task %zu", number);
    t->text[number] = text;
    ent_tell(own->diags, ENT_NOTE, ENT_R102_SIDE_SPLITS, NULL, (ent_pos){0}, "hint", "%s", text);
    if (t->full[number]) {
        ent_out_of_memory(own->arena);
    }
    return ent_tick(own, "tasks", number, TASKS) ? ENT_CANCELLED : t->answer[number];
}

UNIT(memory_and_messages_are_the_callers_in_order)
{
    for (int threads = 1; threads <= 7; threads += 3) {
        told t = {.answer = {ENT_OK, ENT_LIMIT}};
        ent_status status[TASKS];
        ent_diags_clear(work->diags);
        work->threads = threads;
        ent_side_by_side(work, true, TASKS, tell, &t, status);
        assert_int_equal(ent_diags_count(work->diags), TASKS);
        for (size_t i = 0; i < TASKS; i++) {
            char want[20];
            snprintf(want, sizeof want, "task %zu", i);
            assert_string_equal(t.text[i], want);
            assert_string_equal(ent_diags_get(work->diags, i)->message, want);
            assert_string_equal(ent_diags_get(work->diags, i)->hint, "hint");
            assert_int_equal(status[i], i == 1 ? ENT_LIMIT : ENT_OK);
        }
        assert_true(ent_arena_size(work->arena) >= (size_t)TASKS * 100000);
    }
}

static bool at_the_second(void *user, const char *what, uint64_t done, uint64_t total)
{
    (void)what;
    (void)total;
    *(size_t *)user += 1;
    return done >= 1;
}

UNIT(who_asks_to_stop_is_heard_by_all)
{
    for (int threads = 1; threads <= 4; threads += 3) {
        told t = {.answer = {ENT_OK}};
        ent_status status[TASKS];
        size_t ticks = 0, cancelled = 0;
        ent_work heard = *work;
        heard.threads = threads;
        heard.tick = at_the_second;
        heard.user = &ticks;
        ent_side_by_side(&heard, true, TASKS, tell, &t, status);
        for (size_t i = 0; i < TASKS; i++) {
            cancelled += status[i] == ENT_CANCELLED;
        }
        assert_true(cancelled >= 1 && ticks >= 1 && ticks <= TASKS);
        assert_true(threads > 1 || (cancelled == TASKS - 1 && ticks == 2));
    }
}

static ent_status run_out(void *user)
{
    told t = {.full = {false, false, true}};
    ent_status status[TASKS];
    ent_side_by_side(user, true, TASKS, tell, &t, status);
    return ENT_OK;
}

UNIT(memory_that_a_task_lacks_the_caller_lacks)
{
    for (work->threads = 1; work->threads <= 4; work->threads += 3) {
        assert_int_equal(ent_protect(work->arena, run_out, work), ENT_NOMEM);
    }
}

static char *answer_of(const char *question, int threads, ent_output format)
{
    ent_engine_options options = {.threads = threads};
    ent_engine *engine = ent_engine_create(&options);
    ent_diags *diags = ent_diags_create();
    ent_reply *reply = NULL;
    ent_input input = {"case.yaml", small_case, sizeof small_case - 1};
    ent_option worlds = {"worlds", "80000"};
    ent_request request = {.question = question, .inputs = &input, .input_count = 1,
                           .options = &worlds, .option_count = 1, .format = format};
    ent_status status = ent_ask(engine, &request, diags, &reply);
    assert_true(status == ENT_OK || status == ENT_FINDINGS);
    char *text = strdup(ent_reply_text(reply, NULL));
    ent_reply_destroy(reply);
    ent_diags_destroy(diags);
    ent_engine_destroy(engine);
    return text;
}

/* So many worlds that tasks do go side by side. */
UNIT(questions_have_the_same_bytes_whatever_the_threads)
{
    static const char *const questions[] = {"report", "bridge", "influence", "walk",
                                            "stability", "ask", "html"};
    (void)work;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        ent_output format = strcmp(questions[i], "html") == 0 ? ENT_TEXT : ENT_JSON;
        char *one = answer_of(questions[i], 1, format);
        for (int threads = 2; threads <= 7; threads += 5) {
            char *many = answer_of(questions[i], threads, format);
            assert_string_equal(one, many);
            free(many);
        }
        free(one);
    }
}

/* An allocator that gives no block above a limit. */
static void *limited(void *user, void *block, size_t size)
{
    if (size == 0) {
        free(block);
        return NULL;
    }
    return size > *(const size_t *)user ? NULL : realloc(block, size);
}

/* What cannot be held ends before it begins, and says how much it would have been. */
UNIT(worlds_that_memory_cannot_hold_are_not_begun)
{
    size_t most = (size_t)100 << 20;
    ent_engine_options options = {.resize = limited, .memory_user = &most, .threads = 1};
    ent_engine *engine = ent_engine_create(&options);
    ent_reply *reply = NULL;
    ent_input input = {"case.yaml", small_case, sizeof small_case - 1};
    ent_option worlds = {"worlds", "3000000"};
    ent_request request = {.question = "report", .inputs = &input, .input_count = 1,
                           .options = &worlds, .option_count = 1, .format = ENT_JSON};
    ent_diags_clear(work->diags);
    assert_int_equal(ent_ask(engine, &request, work->diags, &reply), ENT_NOMEM);
    assert_null(reply);
    assert_int_equal(ent_diags_count_of(work->diags, ENT_ERROR), 1);
    size_t last = ent_diags_count(work->diags) - 1;
    const ent_diag *error = ent_diags_get(work->diags, last);
    assert_string_equal(error->code, "U106");
    assert_non_null(strstr(error->message, "3000000 worlds of each party take about"));
    assert_non_null(strstr(error->hint, "--worlds"));
    ent_engine_destroy(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_and_messages_are_the_callers_in_order),
        cmocka_unit_test(who_asks_to_stop_is_heard_by_all),
        cmocka_unit_test(memory_that_a_task_lacks_the_caller_lacks),
        cmocka_unit_test(worlds_that_memory_cannot_hold_are_not_begun),
        cmocka_unit_test(questions_have_the_same_bytes_whatever_the_threads),
    };
    return cmocka_run_group_tests_name("tasks", tests, NULL, NULL);
}
