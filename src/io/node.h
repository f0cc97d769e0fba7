/*
 * The node tree: what YAML and JSON readers produce and all decoders consume. Text and positions
 * only, no types: a scalar is its text, and the decoder decides what it may mean.
 */
#ifndef ENT_IO_NODE_H
#define ENT_IO_NODE_H

#include "base/work.h"

typedef enum ent_node_kind { ENT_SCALAR, ENT_LIST, ENT_MAP } ent_node_kind;

/* A comment behind a value in its line: "# with a space", or "#without", as in `item #3`. */
typedef enum ent_comment { ENT_NO_COMMENT, ENT_COMMENT, ENT_COMMENT_WORD } ent_comment;

typedef struct ent_node ent_node;

typedef struct ent_entry {
    const ent_node *key; /* a scalar */
    const ent_node *value;
} ent_entry;

struct ent_node {
    ent_node_kind kind;
    bool plain;         /* scalar: without quotes (a plain `null` or `~` is a missing value) */
    bool block;         /* scalar: literal or folded block text */
    ent_comment comment; /* scalar: what follows it in its last line */
    ent_pos pos;        /* of its first character; for a map, of its first key */
    const char *text;   /* scalar: its value, NUL-terminated valid UTF-8 without NUL inside */
    size_t length;
    const ent_node *const *items; /* list: [count] */
    const ent_entry *entries;     /* map: [count], keys unique, in file order */
    size_t count;
};

/* The value of the key in a map, NULL if there is none or node is no map. O(count). */
const ent_node *ent_node_get(const ent_node *node, const char *key);
/* Is it the missing value: plain empty, `null` or `~`? */
bool ent_node_is_null(const ent_node *node);

/* Limits of both readers; what passes them is an error with its position. */
enum {
    ENT_NODE_DEPTH = 64,          /* nesting */
    ENT_NODE_MOST = 4000000,      /* nodes */
    ENT_NODE_BYTES = 64 << 20,    /* bytes of the file; case files have a lower limit */
};

/*
 * Read the text as one YAML 1.2 document. All syntax errors that can be found are told; tabs in
 * indentation, duplicate keys, anchors, aliases, tags, several documents, keys that are not scalars
 * and invalid UTF-8 are errors with hints. Strings like `no` stay text. Linear in the text.
 */
ent_status ent_read_yaml(ent_work *work, const ent_text *text, const ent_node **root);
/* The same for JSON (RFC 8259): strict, positions, duplicate keys are errors. */
ent_status ent_read_json(ent_work *work, const ent_text *text, const ent_node **root);

#endif
