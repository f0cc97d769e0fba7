/* The files that came with a question: all that the engine can read where there is no disk. */
#ifndef WASM_FILES_H
#define WASM_FILES_H

#include <stddef.h>

typedef struct wasm_file {
    const char *path, *bytes;
    size_t length;
} wasm_file;

/* From now on these are there; they stay the caller's. */
void wasm_set_files(const wasm_file *files, size_t count);

#endif
