/*
 * How text for people is laid out: width, colour, wrapping, bars, tables. Colour is never the only
 * bearer of a meaning: words and shapes stand beside it.
 */
#ifndef ENT_REPORT_STYLE_H
#define ENT_REPORT_STYLE_H

#include "base/text.h"

typedef struct ent_style {
    unsigned width; /* columns, at least 40 */
    bool color;
} ent_style;

typedef enum ent_ink { ENT_INK_PLAIN, ENT_INK_BOLD, ENT_INK_FAINT, ENT_INK_FIRST, ENT_INK_SECOND }
    ent_ink;

/* The text in the ink (and back to plain), or just the text without colour. */
void ent_put_ink(ent_buffer *out, const ent_style *style, ent_ink ink, const char *text);
/*
 * The text wrapped at the style's width: the first line begins where the line now stands (at
 * column `at`), further ones are indented. Ends in a newline.
 */
void ent_put_wrapped(ent_buffer *out, const ent_style *style, unsigned at, unsigned indent,
                     const char *text);
/* What was recognised in a table, as the first line of an answer; nothing where it is NULL. */
void ent_put_read_as(ent_buffer *out, const ent_style *style, const char *read_as);
/* The text in exactly `width` columns: padded, or cut with an ellipsis. right: flush right. */
void ent_put_cell(ent_buffer *out, const char *text, unsigned width, bool right);
/* A bar of `width` cells for a share 0..1: "######....". */
void ent_put_bar(ent_buffer *out, double share, unsigned width);
/*
 * A share in whole percent as people read it: "44%", "<1%" and ">99%" for sampled shares that only
 * round to none or all, "0%" and "100%" where it is exactly so.
 */
const char *ent_percent(ent_arena *arena, double share);
/*
 * A note after what stands on the line (up to column `at`): two blanks further where it fits, else
 * on the next line, indented. Ends in a newline; "" ends the line alone.
 */
void ent_put_note(ent_buffer *out, const ent_style *style, unsigned at, unsigned indent,
                  const char *note);
/* Cells for a bar, 6 to most, where `taken` columns of the line are not the bar's. */
unsigned ent_bar_cells(const ent_style *style, unsigned taken, unsigned most);
/*
 * Folds at blanks whatever lines of a whole answer are wider than the style, so that a heading with
 * a long name, or a row with a long note, stays within a narrow terminal. What follows stands two
 * columns in from the line's own beginning. A word wider than the terminal stays whole. O(length).
 */
void ent_fold(ent_buffer *out, const ent_style *style);
/* A heading with a blank line before it. */
void ent_put_heading(ent_buffer *out, const ent_style *style, const char *text);

#endif
