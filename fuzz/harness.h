/* Shared by the fuzzers of readers: one run with fresh memory on a copy of the input. */
#ifndef ENT_FUZZ_HARNESS_H
#define ENT_FUZZ_HARNESS_H

#include "base/work.h"

#include <stdlib.h>
#include <string.h>

typedef struct fuzz_input {
    ent_work work;
    const char *at;
    size_t length;
    const char *extension; /* of the files that it is split into; NULL where it is one text */
} fuzz_input;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The body's status; it takes the input, which ends in the NUL that files have, not a byte more. */
static inline ent_status fuzz_once(const uint8_t *bytes, size_t length, const char *extension,
                                   ent_status (*body)(void *))
{
    fuzz_input input = {.length = length, .extension = extension};
    char *copy = malloc(length + 1);
    if (copy == NULL) {
        return ENT_NOMEM;
    }
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    input.at = copy;
    input.work =
        (ent_work){.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1};
    ent_status status = ent_protect(input.work.arena, body, &input);
    ent_arena_destroy(input.work.arena);
    ent_diags_destroy(input.work.diags);
    free(copy);
    return status;
}

#endif
