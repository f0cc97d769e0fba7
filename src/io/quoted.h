/*
 * Does a text hold these words, as the usual tools print them? Compared are words and punctuation,
 * not bytes: forms that look alike are equal (Unicode's compatibility forms, kinds of quotation
 * marks, dashes and spaces), and so is what printing adds and a quotation leaves out: hyphens at
 * line ends, bullets, marks of emphasis, footnote marks, the head and foot of a page.
 */
#ifndef ENT_IO_QUOTED_H
#define ENT_IO_QUOTED_H

#include "base/text.h"

typedef struct ent_words_list ent_words_list;

/* The text's words, ready to be searched; they point into it. Valid UTF-8. O(length). */
const ent_words_list *ent_words_of(ent_arena *arena, const char *text, size_t length);

typedef struct ent_quoted {
    bool found;
    bool over_page;  /* only so: lines at the foot or head of a page were passed over */
    bool over_mark;  /* only so: a footnote mark or the number of a list was passed over */
    uint32_t line;   /* of the text, from 1: where that was */
    /* Where nothing was found: what holds most of the words; NULL: nothing holds half of them. */
    const char *nearest;
    uint32_t nearest_line;
    const char *missing; /* the first of the words that it does not hold; NULL: another order */
} ent_quoted;

/*
 * Look for the words: whole words, the case of the first letter aside; `...`, `[...]` and the
 * one-sign ellipsis stand for any text. O(words of the text * words) at most, and most often the
 * former.
 */
ent_quoted ent_find_quoted(ent_arena *arena, const ent_words_list *text, const char *words);

#endif
