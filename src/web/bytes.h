/* A reply's bytes, counted, so that one answer goes to many clients without being copied. */
#ifndef ENT_WEB_BYTES_H
#define ENT_WEB_BYTES_H

#include "entente.h"

#include <stdatomic.h>

typedef struct web_bytes {
    atomic_int users;
    size_t length;
    char tag[ENT_FINGERPRINT_ROOM + 2]; /* the content's name for ETag, in quotes; "" if unnamed */
    char at[];
} web_bytes;

/* A copy, with one user; NULL when memory is out. */
web_bytes *web_bytes_of(const char *bytes, size_t length);
/* The same with its name. O(length). */
web_bytes *web_bytes_named(const char *bytes, size_t length);
web_bytes *web_bytes_take(web_bytes *bytes);
/* NULL is fine. */
void web_bytes_release(web_bytes *bytes);

#endif
