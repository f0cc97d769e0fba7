/* A writer of JSON that puts the commas and escapes itself. Documents follow docs/JSON.md. */
#ifndef ENT_REPORT_JSON_H
#define ENT_REPORT_JSON_H

#include "base/text.h"

typedef struct ent_json {
    ent_buffer *out;
    bool comma; /* the next value needs one before it */
} ent_json;

/* Begin a document with its "schema" ("entente.NAME/1") and "engine"; end it with the next. */
ent_json ent_json_document(ent_buffer *out, const char *name);
void ent_json_end_document(ent_json *json);

/* key NULL inside lists. */
void ent_json_open_map(ent_json *json, const char *key);
void ent_json_close_map(ent_json *json);
void ent_json_open_list(ent_json *json, const char *key);
void ent_json_close_list(ent_json *json);
/* NULL text and numbers that are not finite become null. */
void ent_json_text(ent_json *json, const char *key, const char *text);
void ent_json_number(ent_json *json, const char *key, double value);
void ent_json_count(ent_json *json, const char *key, uint64_t value);
void ent_json_bool(ent_json *json, const char *key, bool value);
/* Text that is JSON already. */
void ent_json_raw(ent_json *json, const char *key, const char *text, size_t length);
void ent_json_null(ent_json *json, const char *key);

#endif
