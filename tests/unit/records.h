/* Small records for tests: two sides, neutral speakers, four issues. */
#ifndef ENT_RECORDS_H
#define ENT_RECORDS_H

#include "unit.h"

#include "io/case.h"
#include "worlds/dispute.h"

static inline ent_case *read_yaml(ent_work *work, const char *yaml)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    *text = (ent_text){"t.yaml", yaml, strlen(yaml)};
    ent_case *c = NULL;
    assert_int_equal(ent_read_case(work, NULL, text, "", &c), ENT_OK);
    return c;
}

/* Two sides, a neutral speaker, four issues: what the tests below write statements over. */
#define HEAD                                                                                       \
    "entente: 1\ntitle: T\n"                                                                      \
    "parties: {a: {reservation: [0, 0.3]}, b: {reservation: [0, 0.3]}}\n"                         \
    "people: {ann: {for: a}, bob: {for: b}, ned: {name: Ned}, nora: {name: Nora}}\n"               \
    "issues:\n  x: {by: a, for: b, options: [none, some, most]}\n"                                 \
    "  y: {by: b, for: a, options: [no, yes]}\n"                                                   \
    "  z: {by: b, for: a, items: [p, q]}\n"                                                        \
    "  w: {by: a, for: b, range: {from: 0, to: 4, step: 1}}\nstatements:\n"

static inline bool *all_on(ent_arena *arena, const ent_case *c)
{
    bool *on = ent_alloc(arena, c->statement_count + 1, bool);
    memset(on, true, c->statement_count);
    return on;
}

static inline ent_disputes disputes_of(ent_work *work, const ent_case *c)
{
    ent_disputes found;
    assert_int_equal(ent_find_disputes(work, c, all_on(work->arena, c), (ent_dispute_limits){0},
                                       &found),
                     ENT_OK);
    assert_true(found.complete);
    return found;
}

static inline ent_accounts accounts_of(ent_work *work, const ent_case *c)
{
    ent_accounts accounts;
    assert_int_equal(ent_grow_accounts(work, c, &(ent_view){.on = all_on(work->arena, c)},
                                       &accounts),
                     ENT_OK);
    return accounts;
}

#endif
