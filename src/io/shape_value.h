/* Private to the shapes: reading one scalar. */
#ifndef ENT_IO_SHAPE_VALUE_H
#define ENT_IO_SHAPE_VALUE_H

#include "io/shape.h"

/* What is wrong with a scalar, a code and a hint; or its value. */
typedef struct ent_scalar_reading {
    bool bad;
    ent_code code;
    const char *hint;
    double number;  /* of numbers */
    uint32_t index; /* of words */
} ent_scalar_reading;

ent_scalar_reading ent_misread(ent_code code, const char *hint);
ent_scalar_reading ent_read_scalar(const ent_shape *shape, const ent_node *node);
const ent_key_row *ent_find_key(const ent_shape *shape, const char *name);

/* Of shape.c, for shape_claim.c; and the other way round. */
void ent_tell_missing(ent_shaper *s, const ent_node *node, const char *key, const char *where,
                      const char *help);
void ent_check_claim(ent_shaper *s, const ent_node *node, const ent_shape *shape);

#endif
