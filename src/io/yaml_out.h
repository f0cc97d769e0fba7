/*
 * YAML out: texts that are letters and spaces stand as they are, all others in double quotation
 * marks with everything escaped that is not printable; names need no marks.
 */
#ifndef ENT_IO_YAML_OUT_H
#define ENT_IO_YAML_OUT_H

#include "base/text.h"
#include "model/issue.h"

void ent_yaml_text(ent_buffer *out, const char *text);
void ent_yaml_number(ent_buffer *out, double value);
/* A number where both ends are equal, else [low, high]. */
void ent_yaml_interval(ent_buffer *out, ent_interval interval);

/* A map in braces: open, then entries, then the caller writes `}`. */
typedef struct ent_yaml_flow {
    ent_buffer *out;
    bool more;
} ent_yaml_flow;

ent_yaml_flow ent_yaml_open(ent_buffer *out);
void ent_yaml_key(ent_yaml_flow *f, const char *key);
/* The key with a text or with what is YAML already; nothing where it is NULL. */
void ent_yaml_entry(ent_yaml_flow *f, const char *key, const char *text);
void ent_yaml_raw(ent_yaml_flow *f, const char *key, const char *raw);

#endif
