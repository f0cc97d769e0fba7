/*
 * A drawing of rectangles, lines and labels, kept apart from how it is written: as SVG for pages
 * and Markdown, as an enhanced metafile for word processors, whose own format that is.
 */
#ifndef ENT_REPORT_DRAWING_H
#define ENT_REPORT_DRAWING_H

#include "base/text.h"

typedef enum ent_anchor { ENT_ANCHOR_START, ENT_ANCHOR_MIDDLE, ENT_ANCHOR_END } ent_anchor;

typedef struct ent_drawn {
    double x, y, width, height; /* of a rectangle; a label's point, with its baseline at y */
    uint32_t color;             /* 0xRRGGBB */
    ent_anchor anchor;
    const char *text; /* NULL: a rectangle */
} ent_drawn;

typedef struct ent_drawing {
    double width, height; /* pixels, of which 96 are an inch */
    const char *title;    /* what it shows, for who cannot see it */
    ent_drawn *at;
    size_t count, room;
} ent_drawing;

void ent_draw_rectangle(ent_arena *arena, ent_drawing *drawing, double x, double y, double width,
                        double height, uint32_t color);
void ent_draw_label(ent_arena *arena, ent_drawing *drawing, double x, double y, ent_anchor anchor,
                    uint32_t color, const char *text);

void ent_put_drawing_svg(ent_buffer *out, const ent_drawing *drawing);
/* Bytes, not text: [MS-EMF], the records that need neither GDI+ nor a printer. */
void ent_put_drawing_emf(ent_buffer *out, const ent_drawing *drawing);

/* The bytes in base64 (RFC 4648), without line ends. O(length). */
void ent_put_base64(ent_buffer *out, const char *bytes, size_t length);

#endif
