/* What every cmocka program needs, in the order cmocka wants it. */
#ifndef ENT_UNIT_H
#define ENT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/work.h"

#include <math.h>
#include <string.h>

/* A work with its own arena and diagnostics; a body that allocates runs in ent_protect. */
static inline ent_work unit_work(void)
{
    return (ent_work){.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1};
}

static inline void unit_end(ent_work *work)
{
    ent_arena_destroy(work->arena);
    ent_diags_destroy(work->diags);
}

/*
 * Leave a test that lacks its data, saying so. Not cmocka's skip(): its TAP says "not ok", which
 * the test runner counts as a failure.
 */
#define UNIT_SKIP(...)                                                                             \
    do {                                                                                           \
        print_message("# skipped: " __VA_ARGS__);                                                  \
        print_message("\n");                                                                       \
        return;                                                                                    \
    } while (0)

#define assert_near(a, b, tolerance) assert_true(fabs((double)(a) - (double)(b)) <= (tolerance))

/*
 * UNIT(name) { ... work->arena ... } defines the test `name` whose body runs in ent_protect with a
 * fresh ent_work; a body that runs out of memory fails the test.
 */
#define UNIT(name)                                                                                 \
    static void name##_body(ent_work *work);                                                       \
    static ent_status name##_run(void *argument)                                                   \
    {                                                                                              \
        name##_body(argument);                                                                     \
        return ENT_OK;                                                                             \
    }                                                                                              \
    static void name(void **state)                                                                 \
    {                                                                                              \
        (void)state;                                                                               \
        ent_work work = unit_work();                                                               \
        assert_int_equal(ent_protect(work.arena, name##_run, &work), ENT_OK);                      \
        unit_end(&work);                                                                           \
    }                                                                                              \
    static void name##_body(ent_work *work)

#endif
