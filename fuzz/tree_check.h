/* Shared by the fuzzers of readers: one run with fresh memory, and what holds of every tree. */
#ifndef ENT_FUZZ_TREE_CHECK_H
#define ENT_FUZZ_TREE_CHECK_H

#include "base/text.h"
#include "io/node.h"

#include <stdlib.h>
#include <string.h>

typedef struct fuzz_input {
    ent_work work;
    const char *at;
    size_t length;
} fuzz_input;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static inline int fuzz_run(const uint8_t *bytes, size_t length, ent_status (*body)(void *))
{
    fuzz_input input = {.length = length};
    char *copy = malloc(length + 1); /* with the NUL that files have, and not a byte more */
    if (copy == NULL) {
        return 0;
    }
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    input.at = copy;
    input.work =
        (ent_work){.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1};
    if (ent_protect(input.work.arena, body, &input) == ENT_NOMEM) {
        __builtin_trap(); /* small inputs need little */
    }
    ent_arena_destroy(input.work.arena);
    ent_diags_destroy(input.work.diags);
    free(copy);
    return 0;
}

static inline void check_tree(const ent_node *node, int depth)
{
    if (depth > ENT_NODE_DEPTH + 1 || node->pos.line == 0 || node->pos.column == 0) {
        __builtin_trap();
    }
    if (node->kind == ENT_SCALAR &&
        (strlen(node->text) != node->length || ent_utf8_valid(node->text, node->length) !=
                                                   node->length)) {
        __builtin_trap();
    }
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == ENT_MAP) {
            check_tree(node->entries[i].key, depth + 1);
        }
        check_tree(node->kind == ENT_MAP ? node->entries[i].value : node->items[i], depth + 1);
    }
}

#endif
