/* Text: slices, a growing buffer with a cap, UTF-8, nearest names. */
#ifndef ENT_BASE_TEXT_H
#define ENT_BASE_TEXT_H

#include "base/mem.h"

/* A part of some text that is owned elsewhere; not NUL-terminated. */
typedef struct ent_slice {
    const char *at;
    size_t length;
} ent_slice;

ent_slice ent_slice_of(const char *text);
bool ent_slice_is(ent_slice slice, const char *text);

/*
 * Output that grows in an arena up to a cap. What does not fit any more is dropped and `full` is
 * set, so that a writer checks once at the end. at[length] is always NUL once anything was written.
 */
typedef struct ent_buffer {
    ent_arena *arena;
    char *at;
    size_t length, room, cap;
    bool full;
} ent_buffer;

enum { ENT_BUFFER_CAP = 1 << 30 };

/* An empty buffer; cap 0 means ENT_BUFFER_CAP. */
ent_buffer ent_buffer_init(ent_arena *arena, size_t cap);
void ent_put(ent_buffer *buffer, const char *text);
void ent_put_bytes(ent_buffer *buffer, const char *bytes, size_t length);
void ent_put_char(ent_buffer *buffer, char c);
void ent_put_repeat(ent_buffer *buffer, const char *text, size_t times);
void ent_putf(ent_buffer *buffer, const char *format, ...) ENT_PRINTF(2, 3);
/* The text so far, "" if none. */
const char *ent_buffer_text(const ent_buffer *buffer);

/*
 * The code point at *at (which moves past it), or -1 (moving one byte) where the bytes are not
 * valid UTF-8: overlong forms, surrogates and values past U+10FFFF are not.
 */
int32_t ent_utf8_next(const char *text, size_t length, size_t *at);
/* The offset of the first byte that is not valid UTF-8, or length. */
size_t ent_utf8_valid(const char *text, size_t length);
/* Does the code point turn the direction of writing of what follows? */
bool ent_turns_writing(int32_t rune);
/* Such code points in the text as `<U+202E>`. O(length); nothing is copied where there are none. */
void ent_show_turns(ent_buffer *text);
/* Terminal columns that the text takes: 0 for combining marks, 2 for wide East Asian forms. */
size_t ent_text_width(const char *text);

/*
 * The candidate nearest to name by Damerau-Levenshtein distance, case folded, if it is near enough
 * to be a slip (at most a third of the letters, at least one); NULL otherwise. O(n*length^2).
 */
const char *ent_nearest(const char *name, const char *const *candidates, size_t count);

#endif
