/* The words of a text, for quoted.c: see there. */
#ifndef ENT_IO_WORDS_H
#define ENT_IO_WORDS_H

#include "io/quoted.h"

enum {
    ENT_IS_WORD = 1,
    ENT_IS_OPTIONAL = 2,  /* printing may have added it */
    ENT_IS_QUIET = 4,     /* ... as a bullet: not worth a note */
    ENT_IS_MORE = 8,      /* goes with the optional one before it */
    ENT_IS_LINE_END = 16, /* a hyphen at the end of a line */
    ENT_IS_INNER = 32,    /* a hyphen between two parts of a word */
    ENT_IS_GAP = 64,      /* an ellipsis */
    ENT_IS_PAGE = 128     /* begins a line that may be the foot or head of a page */
};

typedef struct ent_word {
    const char *at; /* in its plain form */
    uint32_t length;
    uint32_t from, to; /* in the text */
    uint32_t flags;
} ent_word;

/* A page's end: its last lines that are not empty and the first of the next, by their words. */
enum { ENT_PAGE_LINES = 2 };
typedef struct ent_page_break {
    size_t foot[ENT_PAGE_LINES]; /* where the last and the last but one begin; SIZE_MAX: none */
    size_t head[ENT_PAGE_LINES + 1]; /* where the first, second and third begin */
    size_t heads;
} ent_page_break;

struct ent_words_list {
    const char *text;
    ent_word *at;
    size_t count;
    const ent_page_break *breaks;
    size_t break_count;
};

#endif
