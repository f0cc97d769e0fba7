/* What Unicode says about characters, by utf8proc: kinds, and the form in which alike is equal. */
#ifndef ENT_BASE_UNICODE_H
#define ENT_BASE_UNICODE_H

#include "base/text.h"

typedef enum ent_rune_kind {
    ENT_RUNE_NOTHING, /* not seen: soft hyphens, zero-width signs, controls of direction */
    ENT_RUNE_SPACE,
    ENT_RUNE_LETTER,  /* part of a word: letters, digits, what stands on them */
    ENT_RUNE_ALONE,   /* a letter of a script that has no spaces: a word by itself */
    ENT_RUNE_ON,      /* stands on the letter before it */
    ENT_RUNE_MARK     /* punctuation and all else */
} ent_rune_kind;

ent_rune_kind ent_rune_kind_of(int32_t rune);
bool ent_rune_is_digit(int32_t rune); /* also those of other scripts, not raised ones */
bool ent_rune_is_lower(int32_t rune);

/*
 * The text in Normalization Form KC (Unicode Standard Annex 15) without what is not seen: ligatures
 * and wide, raised or composed forms are as their plain ones. The text is valid UTF-8. O(length).
 */
ent_slice ent_plain_form(ent_arena *arena, const char *text, size_t length);
/* Are the two equal but for the case of their first letter? */
bool ent_same_but_first_case(ent_slice a, ent_slice b);

#endif
