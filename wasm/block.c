#include "block.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint32_t absent = UINT32_MAX;

const char *wasm_read(wasm_reader *reader, size_t *length)
{
    uint32_t size;
    *length = 0;
    if (reader->left < sizeof size) {
        return NULL;
    }
    memcpy(&size, reader->at, sizeof size);
    reader->at += sizeof size;
    reader->left -= sizeof size;
    if (size == absent || size >= reader->left) {
        reader->left = size == absent ? reader->left : 0;
        return NULL;
    }
    const char *field = reader->at;
    reader->at += (size_t)size + 1;
    reader->left -= (size_t)size + 1;
    *length = size;
    return field;
}

size_t wasm_read_count(wasm_reader *reader)
{
    size_t length;
    const char *text = wasm_read(reader, &length);
    return text == NULL ? 0 : (size_t)strtoul(text, NULL, 10);
}

static bool grow(wasm_writer *w, size_t more)
{
    if (w->failed || more > SIZE_MAX / 4 - w->length) {
        w->failed = true;
        return false;
    }
    size_t need = w->length + more;
    if (need > w->room) {
        size_t room = need < 4096 ? 4096 : need + need / 2;
        char *at = realloc(w->at, room);
        if (at == NULL) {
            w->failed = true;
            return false;
        }
        w->at = at;
        w->room = room;
    }
    return true;
}

void wasm_write(wasm_writer *w, const char *text, size_t length)
{
    uint32_t size = text == NULL ? absent : (uint32_t)length;
    size_t bytes = text == NULL ? 0 : length + 1;
    if (!grow(w, sizeof size + bytes)) {
        return;
    }
    memcpy(w->at + w->length, &size, sizeof size);
    w->length += sizeof size;
    if (text != NULL) {
        memcpy(w->at + w->length, text, length);
        w->at[w->length + length] = '\0';
        w->length += bytes;
    }
}

void wasm_write_text(wasm_writer *w, const char *text)
{
    wasm_write(w, text, text == NULL ? 0 : strlen(text));
}

void wasm_write_count(wasm_writer *w, size_t count)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", count);
    wasm_write_text(w, digits);
}
