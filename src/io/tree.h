/*
 * Building node trees, shared by the YAML and JSON readers: one pile of nodes and a stack of open
 * containers, no recursion. O(1) amortised for each node.
 */
#ifndef ENT_IO_TREE_H
#define ENT_IO_TREE_H

#include "io/node.h"

typedef struct ent_tree_frame {
    ent_node_kind kind;
    ent_pos pos;
    size_t base;         /* where its children begin in the pile */
    const ent_node *key; /* map: a key that waits for its value */
} ent_tree_frame;

typedef struct ent_tree {
    ent_work *work;
    const ent_text *text;
    const ent_node *root;
    struct {
        ent_entry *at; /* list items use the value alone */
        size_t count, room;
    } pile;
    ent_tree_frame frames[ENT_NODE_DEPTH];
    size_t depth, nodes;
    const char *merge; /* "<<" where merge keys are to be refused (YAML), else NULL */
} ent_tree;

/* Each returns false when the tree can grow no further; the reason has been told. */
bool ent_tree_scalar(ent_tree *tree, const ent_node *scalar);
bool ent_tree_open(ent_tree *tree, ent_node_kind kind, ent_pos pos);
/* Close the innermost container. Duplicate keys are told and dropped. */
void ent_tree_close(ent_tree *tree);
/* Is the next scalar a key? */
bool ent_tree_wants_key(const ent_tree *tree);

/*
 * Does the text hold what could steer a terminal: control characters but tab and line ends? Escapes
 * can put them past ent_check_characters. Marks of writing direction stand: quotes have them.
 */
bool ent_has_control(const char *text, size_t length);
/* Size, UTF-8, NUL and other control characters but tab, line feed and carriage return. */
ent_status ent_check_characters(ent_work *work, const ent_text *text);

#endif
