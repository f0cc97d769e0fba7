/* Shared by the fuzzers of readers of trees: one run, and what holds of every tree. */
#ifndef ENT_FUZZ_TREE_CHECK_H
#define ENT_FUZZ_TREE_CHECK_H

#include "harness.h"

#include "base/text.h"
#include "io/node.h"

static inline int fuzz_run(const uint8_t *bytes, size_t length, ent_status (*body)(void *))
{
    if (fuzz_once(bytes, length, NULL, body) == ENT_NOMEM) {
        __builtin_trap(); /* small inputs need little */
    }
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
