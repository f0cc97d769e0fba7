/* Diagnostics: what is wrong, where, and what to do about it. The codes are in base/codes.h. */
#ifndef ENT_BASE_DIAG_H
#define ENT_BASE_DIAG_H

#include "base/mem.h"
#include "base/codes.h"

/* A place in a text file; line and column from 1 in code points, line 0 when unknown. */
typedef struct ent_pos {
    uint32_t line, column, length;
} ent_pos;

/* A file's text as diagnostics quote it. The name is what the user called it. */
typedef struct ent_text {
    const char *name;
    const char *at;
    size_t length;
} ent_text;

/* At most so many errors and so many others are kept; one more says how many were not. */
enum { ENT_DIAG_MOST = 1000 };

/*
 * Add a message. text may be NULL (no file). The line that pos stands in is copied from the text.
 * An ent_diags has its own memory; when that is out the message is not kept but still counted.
 */
void ent_tell(ent_diags *diags, ent_severity severity, ent_code code, const ent_text *text,
              ent_pos pos, const char *hint, const char *format, ...) ENT_PRINTF(7, 8);
/* The same as an error without a place, returning status: `return ent_fail(d, ENT_LIMIT, ...)`. */
ent_status ent_fail(ent_diags *diags, ent_status status, ent_code code, const char *hint,
                    const char *format, ...) ENT_PRINTF(5, 6);

/* Tell all that the others hold too, in their order. */
void ent_diags_pass_on(ent_diags *diags, const ent_diags *others);

/* The position of the byte offset in the text. O(offset). */
ent_pos ent_pos_at(const ent_text *text, size_t offset, size_t length);
/* The same from an earlier place that is known, in O(bytes between them). */
ent_pos ent_pos_from(const ent_text *text, ent_pos known, size_t from, size_t offset,
                     size_t length);

#endif
