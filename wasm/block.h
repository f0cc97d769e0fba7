/*
 * What the page and the engine hand each other: a run of fields, each its length in four bytes
 * (the machine's order, little-endian) and its bytes, followed by a NUL. wasm/door.js writes
 * requests and reads replies; that is all it has to know of C.
 */
#ifndef WASM_BLOCK_H
#define WASM_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct wasm_reader {
    const char *at;
    size_t left;
} wasm_reader;

/*
 * The next field; NULL where the block is at its end or breaks off. Absent (length 2^32 - 1):
 * NULL too.
 */
const char *wasm_read(wasm_reader *reader, size_t *length);
/* A whole number in digits; 0 where there is none. */
size_t wasm_read_count(wasm_reader *reader);

/* Zero is empty. */
typedef struct wasm_writer {
    char *at; /* malloc's */
    size_t length, room;
    bool failed;
} wasm_writer;

/* text NULL: absent. */
void wasm_write(wasm_writer *writer, const char *text, size_t length);
void wasm_write_text(wasm_writer *writer, const char *text);
void wasm_write_count(wasm_writer *writer, size_t count);

#endif
