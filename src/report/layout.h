/*
 * One page: parts of whole lines that share a number of lines. What does not fit is left out from
 * the end, item by item, and a line says where it stands.
 */
#ifndef ENT_REPORT_LAYOUT_H
#define ENT_REPORT_LAYOUT_H

#include "report/style.h"

/* A part: a heading with a blank line before it, then items. */
typedef struct ent_layout_part {
    const char *heading; /* NULL: none, nor a blank line */
    const char **at;     /* [count] items: text of whole lines */
    size_t count, room;
    const char *rest;    /* the command that prints what was left out */
    /*
     * Lines, heading and blank line included, below which the part is not cut: as long as other
     * parts can still give, and at all. Where all of it takes less, it takes less. A part whose
     * least is 0 may be missing.
     */
    size_t good, least;
} ent_layout_part;

typedef struct ent_layout {
    ent_layout_part *at; /* as they stand on the page; those at the end give first */
    size_t count, room;
} ent_layout;

ent_layout_part *ent_layout_add(ent_arena *arena, ent_layout *page, const char *heading,
                              const char *rest, size_t good, size_t least);
void ent_layout_item(ent_arena *arena, ent_layout_part *part, const char *lines);

/* At most `lines` lines, unless the parts' least alone are more. O(length of the text). */
void ent_put_layout(ent_buffer *out, const ent_style *style, const ent_layout *page, size_t lines);

/* A text wrapped into whole lines, as an item: the first at column `at`, the others indented. */
const char *ent_lines_text(ent_arena *arena, const ent_style *style, unsigned at, unsigned indent,
                           const char *text);
/* The same in at most so many lines. */
const char *ent_few_lines(ent_arena *arena, const ent_style *style, unsigned at, unsigned indent,
                          size_t lines, const char *text);
/* The text in at most so many columns: cut at a blank, with an ellipsis. */
const char *ent_shorten(ent_arena *arena, const char *text, size_t columns);

#endif
