/* The server's answers: kept within bounds, computed once, stopped when nobody waits. */
#include "unit.h"

#include "web/answers.h"
#include "web/clock.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* A computation that is over when it is let. */
typedef struct slow {
    atomic_int begun, allowed, stopped;
    size_t size;
} slow;

static web_result compute(void *user, bool (*stop)(void *, const char *, uint64_t, uint64_t),
                          void *stop_user)
{
    slow *s = user;
    int number = atomic_fetch_add(&s->begun, 1) + 1;
    while (atomic_load(&s->allowed) == 0) {
        if (stop(stop_user, "turns", 1, 2)) {
            atomic_fetch_add(&s->stopped, 1);
            return (web_result){503, NULL};
        }
        web_clock_sleep(1);
    }
    char *bytes = calloc(s->size + 1, 1);
    bytes[0] = (char)number;
    web_result result = {200, web_bytes_named(bytes, s->size)};
    free(bytes);
    return result;
}

static int number_of(web_result result)
{
    int number = result.body == NULL ? 0 : result.body->at[0];
    web_bytes_release(result.body);
    return number;
}

static void answers_are_kept_and_forgotten(void **state)
{
    (void)state;
    slow s = {.size = 100};
    atomic_store(&s.allowed, 1);
    web_asker asker = {compute, &s, NULL, NULL, true};
    web_answers *answers = web_answers_create(4000, 2);
    assert_int_equal(number_of(web_answers_ask(answers, "a", &asker)), 1);
    assert_int_equal(number_of(web_answers_ask(answers, "a", &asker)), 1);
    assert_int_equal(number_of(web_answers_ask(answers, "b", &asker)), 2);
    char key[24];
    for (int i = 0; i < 100; i++) { /* "a" is used all the time, so it stays */
        snprintf(key, sizeof key, "k%d", i);
        number_of(web_answers_ask(answers, key, &asker));
        assert_int_equal(number_of(web_answers_ask(answers, "a", &asker)), 1);
    }
    web_counts counts;
    web_answers_count(answers, &counts);
    assert_true(counts.kept_bytes <= 4000 && counts.kept >= 10 && counts.kept < 40);
    assert_true(web_answers_have(answers, "k99"));
    assert_false(web_answers_have(answers, "b"));
    s.size = 3000; /* too large to push all others out */
    number_of(web_answers_ask(answers, "large", &asker));
    assert_false(web_answers_have(answers, "large"));
    asker.keep = false;
    int before = atomic_load(&s.begun);
    number_of(web_answers_ask(answers, "k99", &asker));
    assert_int_equal(atomic_load(&s.begun), before + 1);
    web_answers_destroy(answers);
}

typedef struct caller {
    web_answers *answers;
    const char *key;
    web_asker asker;
    atomic_int left; /* has the client gone? */
    web_result result;
    pthread_t thread;
} caller;

static bool has_left(void *user)
{
    caller *c = user;
    return atomic_load(&c->left) != 0;
}

static void *call(void *user)
{
    caller *c = user;
    c->result = web_answers_ask(c->answers, c->key, &c->asker);
    return NULL;
}

static void begin(caller *c, web_answers *answers, const char *key, slow *s)
{
    *c = (caller){.answers = answers, .key = key, .asker = {compute, s, has_left, c, true}};
    assert_int_equal(pthread_create(&c->thread, NULL, call, c), 0);
}

static void wait_for(atomic_int *what, int value)
{
    for (int i = 0; i < 5000 && atomic_load(what) != value; i++) {
        web_clock_sleep(1);
    }
    assert_int_equal(atomic_load(what), value);
}

static void wait_joined(web_answers *answers, uint64_t value)
{
    web_counts counts = {0};
    for (int i = 0; i < 5000 && counts.joined != value; i++) {
        web_clock_sleep(1);
        web_answers_count(answers, &counts);
    }
    assert_int_equal(counts.joined, value);
}

/* Three ask the same; the first one leaves; the others get what was computed once. */
static void equal_questions_are_computed_once(void **state)
{
    (void)state;
    slow s = {.size = 10};
    caller c[3];
    web_answers *answers = web_answers_create(4000, 2);
    begin(&c[0], answers, "q", &s);
    wait_for(&s.begun, 1);
    begin(&c[1], answers, "q", &s);
    begin(&c[2], answers, "q", &s);
    wait_joined(answers, 2);
    atomic_store(&c[0].left, 1);
    web_clock_sleep(20);
    assert_int_equal(atomic_load(&s.stopped), 0);
    atomic_store(&s.allowed, 1);
    for (size_t i = 0; i < 3; i++) {
        pthread_join(c[i].thread, NULL);
        assert_int_equal(c[i].result.status, 200);
        assert_int_equal(number_of(c[i].result), 1);
    }
    web_answers_destroy(answers);
}

/* All who waited leave: it stops, and who asks afterwards begins anew. */
static void nobody_waits_nothing_is_computed(void **state)
{
    (void)state;
    slow s = {.size = 10};
    caller c[3];
    web_answers *answers = web_answers_create(4000, 1);
    begin(&c[0], answers, "q", &s);
    wait_for(&s.begun, 1);
    begin(&c[1], answers, "q", &s);
    wait_joined(answers, 1);
    begin(&c[2], answers, "other", &s); /* waits for the only place */
    atomic_store(&c[0].left, 1);
    atomic_store(&c[1].left, 1);
    wait_for(&s.stopped, 1);
    wait_for(&s.begun, 2);
    atomic_store(&s.allowed, 1);
    for (size_t i = 0; i < 3; i++) {
        pthread_join(c[i].thread, NULL);
        assert_int_equal(c[i].result.status, i < 2 ? 503 : 200);
        web_bytes_release(c[i].result.body);
    }
    web_counts counts;
    web_answers_count(answers, &counts);
    assert_int_equal(counts.cancelled, 1);
    assert_int_equal(counts.computed, 1);
    web_answers_destroy(answers);
}

static void stopping_ends_all(void **state)
{
    (void)state;
    slow s = {.size = 10};
    caller c[3];
    web_answers *answers = web_answers_create(4000, 1);
    begin(&c[0], answers, "q", &s);
    wait_for(&s.begun, 1);
    begin(&c[1], answers, "q", &s);
    wait_joined(answers, 1);
    begin(&c[2], answers, "other", &s);
    web_answers_stop(answers);
    for (size_t i = 0; i < 3; i++) {
        pthread_join(c[i].thread, NULL);
        assert_int_equal(c[i].result.status, 503);
        web_bytes_release(c[i].result.body);
    }
    web_answers_destroy(answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_kept_and_forgotten),
        cmocka_unit_test(equal_questions_are_computed_once),
        cmocka_unit_test(nobody_waits_nothing_is_computed),
        cmocka_unit_test(stopping_ends_all),
    };
    return cmocka_run_group_tests_name("web answers", tests, NULL, NULL);
}
