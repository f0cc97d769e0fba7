/* Scenarios from texts: read what stands on a shelf, and what was told about it. */
#ifndef ENT_SCENARIO_TEXT_H
#define ENT_SCENARIO_TEXT_H

#include "shelf.h"

#include "base/text.h"
#include "io/scenario.h"

/*
 * What path and profiles name, with these files in the folder s, ending in NULL: name, text, name,
 * text...
 */
static inline ent_status read_named(ent_work *work, const char *const *files, const char *path,
                                    const char *const *profiles, size_t count, ent_scenario **s)
{
    shelf memory = {.arena = work->arena};
    ent_files shelf_of = shelf_files(&memory);
    for (; *files != NULL; files += 2) {
        shelf_put(&memory, ent_format(work->arena, "s/%s", files[0]), files[1], strlen(files[1]));
    }
    ent_diags_clear(work->diags);
    return ent_read_scenario(work, &shelf_of, path, profiles, count, s);
}

/* The scenario in the folder s of these files. */
static inline ent_status read_texts(ent_work *work, const char *const *files, ent_scenario **s)
{
    return read_named(work, files, "s", NULL, 0, s);
}

/* "CODE file:line:column" of the first message of that severity, "" if there is none. */
static inline const char *told(ent_work *work, ent_severity severity)
{
    for (size_t i = 0; i < ent_diags_count(work->diags); i++) {
        const ent_diag *d = ent_diags_get(work->diags, i);
        if (d->severity == severity) {
            return ent_format(work->arena, "%s %s:%u:%u", d->code, d->file == NULL ? "" : d->file,
                              d->line, d->column);
        }
    }
    return "";
}

/* The text with the first occurrence of one part replaced. */
static inline char *swapped(ent_work *work, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    return ent_format(work->arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

typedef struct swap {
    const char *from, *to, *expected;
} swap;

typedef ent_status read_pair(ent_work *work, const char *domain, const char *profile,
                             ent_scenario **s);

/* Of a right domain and profile, the part `which` with the swap made is refused as expected. */
static inline void fault_is_told(ent_work *work, read_pair *read, const char *const good[2],
                                 size_t which, const swap *bad)
{
    ent_scenario *s = NULL;
    const char *text = swapped(work, good[which], bad->from, bad->to);
    assert_int_equal(read(work, which == 0 ? text : good[0], which == 1 ? text : good[1], &s),
                     ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), bad->expected);
}

#endif
