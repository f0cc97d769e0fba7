#include "web/bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

web_bytes *web_bytes_of(const char *bytes, size_t length)
{
    web_bytes *made = malloc(sizeof *made + length + 1);
    if (made != NULL) {
        atomic_init(&made->users, 1);
        made->length = length;
        made->tag[0] = '\0';
        memcpy(made->at, bytes, length);
        made->at[length] = '\0';
    }
    return made;
}

web_bytes *web_bytes_named(const char *bytes, size_t length)
{
    web_bytes *made = web_bytes_of(bytes, length);
    if (made != NULL) {
        char hash[ENT_FINGERPRINT_ROOM];
        ent_fingerprint(bytes, length, hash);
        snprintf(made->tag, sizeof made->tag, "\"%s\"", hash);
    }
    return made;
}

web_bytes *web_bytes_take(web_bytes *bytes)
{
    atomic_fetch_add(&bytes->users, 1);
    return bytes;
}

void web_bytes_release(web_bytes *bytes)
{
    if (bytes != NULL && atomic_fetch_sub(&bytes->users, 1) == 1) {
        free(bytes);
    }
}
