/*
 * Shapes: const tables that say what a part of a file may hold. From one table come the check of a
 * node tree, the decoding of plain values into structs, and the JSON Schema for editors, so that
 * the three cannot disagree.
 */
#ifndef ENT_IO_SHAPE_H
#define ENT_IO_SHAPE_H

#include "base/text.h"
#include "io/node.h"
#include "record/case.h"

typedef enum ent_shape_kind {
    ENT_SHAPE_TEXT,     /* fills const char * */
    ENT_SHAPE_NAME,     /* a name that is defined here; const char * */
    ENT_SHAPE_REF,      /* a name that is defined elsewhere; const char * */
    ENT_SHAPE_WORD,     /* one of `words`; fills uint32_t with its index */
    ENT_SHAPE_NUMBER,   /* low..high; fills double */
    ENT_SHAPE_COUNT,    /* an integer low..high; fills uint32_t */
    ENT_SHAPE_INTERVAL, /* a number or [lo, hi] within low..high; fills ent_interval */
    ENT_SHAPE_DATE,     /* const char * */
    ENT_SHAPE_COLOR,    /* const char * */
    ENT_SHAPE_URL,      /* const char * */
    ENT_SHAPE_FILE,     /* const char * */
    ENT_SHAPE_LIST,     /* of[0] each */
    ENT_SHAPE_MAP,      /* of[0] each value; `defines`: the keys are names defined here */
    ENT_SHAPE_KEYS,     /* the keys of the table */
    ENT_SHAPE_EITHER,   /* of[node kind]; NULL where that kind is not allowed */
    ENT_SHAPE_CLAIM,    /* of[0] `party`, of[1] `rest`, and one of ent_verbs with its partner */
} ent_shape_kind;

typedef struct ent_shape ent_shape;

enum { ENT_NO_OFFSET = UINT16_MAX };

typedef struct ent_key_row {
    const char *name;
    const ent_shape *shape;
    bool needed;
    uint16_t offset; /* where ent_fill puts it, or ENT_NO_OFFSET */
    const char *help;
} ent_key_row;

struct ent_shape {
    ent_shape_kind kind;
    const char *what; /* "a number from 0 to 1": how messages call it */
    const char *form; /* "{from: 0, to: 10}": how it is written, for hints; or NULL */
    const char *def;  /* its name in the schema's $defs, or NULL where it is written out */
    const ent_shape *of[3];
    const ent_key_row *keys;
    size_t key_count;
    const ent_shape *const *objects;  /* claim: [ENT_OBJECT_COUNT] by what the verb takes */
    const ent_shape *const *partners; /* claim: likewise, of the partner key */
    const char *const *words;  /* ends in NULL */
    const char *const *one_of; /* keys of which one is needed (the decoder tells); ends in NULL */
    double low, high;
    size_t least, most; /* list and map: how many; most 0 is unlimited */
    bool defines;
};

/* A checker at work; hints are dear where names are many, so they have a budget. */
typedef struct ent_shaper {
    ent_work *work;
    const ent_text *text;
    unsigned hints;
    bool stopped; /* a limit was passed: what comes is not worth decoding */
} ent_shaper;

/* Tell everything in the node that does not fit the shape. label: the key it belongs to or NULL. */
void ent_check_shape(ent_shaper *s, const ent_node *node, const ent_shape *shape,
                     const ent_node *label);
/* Put the well-formed plain values of the map into the target; silent, since they were checked. */
void ent_fill(const ent_node *map, const ent_shape *shape, void *target);
/* The value of an interval shape; false, and both NaN, when it is not one. */
bool ent_read_interval(const ent_node *node, const ent_shape *shape, ent_interval *interval);

/* "did you mean `x`?" or NULL. */
const char *ent_did_you_mean(ent_shaper *s, const char *name, const char *const *candidates,
                             size_t count);
/* "one of `x`, `y`", or NULL where they are none or too many to list. */
const char *ent_one_of(ent_arena *arena, const char *const *candidates, size_t count);
/* Does the text match [A-Za-z0-9][A-Za-z0-9_.-]* with at most 100 letters? */
bool ent_is_name(const char *text);

#endif
