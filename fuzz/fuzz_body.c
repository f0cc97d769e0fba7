/*
 * The server's reader of request bodies, and the writer of its strings: what is read is UTF-8 or
 * what was sent, ends in NUL, and comes back the same when it is written and read again; what was
 * sent and is no UTF-8 comes back as some.
 */
#include "web/text.h"

#include <stdlib.h>
#include <string.h>

static void write_and_read(const char *value, size_t length)
{
    web_text out = {0};
    size_t again_length = 0;
    web_puts(&out, "{\"text\": ");
    web_put_json(&out, value, length);
    web_puts(&out, "}");
    if (!out.failed) {
        char *again = web_json_member(out.at, out.length, "text", &again_length);
        bool same = again != NULL && again_length == length && memcmp(again, value, length) == 0;
        bool right = web_is_utf8(value, length) ? same
                                                : again != NULL && web_is_utf8(again, again_length);
        if (!right || strchr(out.at, '<') != NULL) {
            __builtin_trap();
        }
        free(again);
    }
    free(out.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const names[] = {"text", "hash", ""};
    char *body = malloc(length + 1);
    if (body == NULL) {
        return 0;
    }
    memcpy(body, bytes, length);
    body[length] = '\0';
    for (size_t i = 0; i < 3; i++) {
        size_t found = 0;
        char *value = web_json_member(body, length, names[i], &found);
        if (value != NULL) {
            if (value[found] != '\0' || memchr(value, '\0', found) != NULL) {
                __builtin_trap(); /* no NUL within: the engine's texts end there */
            }
            write_and_read(value, found);
            free(value);
        }
    }
    free(body);
    return 0;
}
