/* Private to io/merge*.c: the merged tree, and writing it. */
#ifndef ENT_IO_MERGE_PARTS_H
#define ENT_IO_MERGE_PARTS_H

#include "io/merge.h"
#include "io/node.h"

typedef enum ent_merged_kind {
    ENT_MERGED_A, /* as A has it */
    ENT_MERGED_B, /* as B has it */
    ENT_MERGED_MADE, /* a map or list of children, each with its own origin */
    ENT_MERGED_CONFLICT,
} ent_merged_kind;

typedef struct ent_merged ent_merged;

typedef struct ent_merged_child {
    const char *key; /* of a map; the id, in a list of things with ids; "" elsewhere */
    size_t base, a, b; /* where it stands in each one's container, SIZE_MAX: nowhere */
    ent_merged *value;
} ent_merged_child;

struct ent_merged {
    ent_merged_kind kind;
    const ent_node *base, *a, *b; /* NULL: not there */
    const ent_merged_child *children;
    size_t count;
};

/* The side of a conflict that is looked at. */
typedef enum ent_merge_side { ENT_SIDE_A, ENT_SIDE_B } ent_merge_side;

/* Do the two say the same, in the same order? NULL is nothing. */
bool ent_same_node(const ent_node *a, const ent_node *b);
/* Does the node say what the merged tree says, with its conflicts settled that way? */
bool ent_says_merged(const ent_node *node, const ent_merged *m, ent_merge_side side);
/* The node of a merged value that has a single origin, NULL where that took it out. */
const ent_node *ent_merged_node(const ent_merged *m, ent_merge_side side);
bool ent_has_conflict(const ent_merged *m);
/* Three versions of a whole case as a tree. */
ent_merged *ent_merge_trees(ent_arena *arena, const ent_node *base, const ent_node *a,
                            const ent_node *b);

/*
 * texts: base, A, B. A's text with the changes put in. Conflicts that lines of A cannot bear become
 * conflicts of the whole entry that they stand in. False: it cannot be done.
 */
bool ent_patch_text(ent_arena *arena, const ent_text texts[3], ent_merged *root,
                    ent_buffer *out);
/* The tree written anew; conflicts inside an entry become conflicts of the entry. */
void ent_put_merged(ent_buffer *out, const ent_text *a, const ent_text *b, ent_merged *root);
/* A value in one line, in braces and brackets. */
void ent_put_flow(ent_buffer *out, const ent_merged *m);
void ent_put_flow_node(ent_buffer *out, const ent_node *node);

/* "<<<<<<< NAME", "=======", ">>>>>>> NAME": lines of their own. */
enum { ENT_MARK_LENGTH = 7 };
void ent_put_mark(ent_buffer *out, char mark, const char *name);

#endif
