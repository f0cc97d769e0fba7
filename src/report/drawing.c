#include "report/drawing.h"

#include "report/svg.h"

#include <string.h>

enum { FONT = 12 }; /* pixels */

void ent_draw_rectangle(ent_arena *arena, ent_drawing *drawing, double x, double y, double width,
                        double height, uint32_t color)
{
    *ent_push(arena, drawing) =
        (ent_drawn){.x = x, .y = y, .width = width, .height = height, .color = color};
}

void ent_draw_label(ent_arena *arena, ent_drawing *drawing, double x, double y, ent_anchor anchor,
                    uint32_t color, const char *text)
{
    *ent_push(arena, drawing) =
        (ent_drawn){.x = x, .y = y, .color = color, .anchor = anchor, .text = text};
}

/* ---- SVG ------------------------------------------------------------------------------------ */

void ent_put_drawing_svg(ent_buffer *out, const ent_drawing *drawing)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    ent_putf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
             "viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\" font-size=\"%d\" role=\"img\">"
             "<title>",
             drawing->width, drawing->height, drawing->width, drawing->height, FONT);
    ent_svg_escaped(out, drawing->title);
    ent_put(out, "</title>\n");
    for (size_t i = 0; i < drawing->count; i++) {
        const ent_drawn *s = &drawing->at[i];
        if (s->text == NULL) {
            ent_putf(out,
                     "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                     "fill=\"#%06x\"/>\n",
                     s->x, s->y, s->width, s->height, (unsigned)s->color);
        } else {
            ent_putf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#%06x\">", s->x,
                     s->y, anchors[s->anchor], (unsigned)s->color);
            ent_svg_escaped(out, s->text);
            ent_put(out, "</text>\n");
        }
    }
    ent_put(out, "</svg>\n");
}

/* ---- Enhanced metafile ([MS-EMF] 2.3) ----------------- */

enum {
    EMR_HEADER = 1,
    EMR_SETWINDOWEXTEX = 9,
    EMR_SETWINDOWORGEX = 10,
    EMR_SETVIEWPORTEXTEX = 11,
    EMR_SETVIEWPORTORGEX = 12,
    EMR_EOF = 14,
    EMR_SETMAPMODE = 17,
    EMR_SETBKMODE = 18,
    EMR_SETTEXTALIGN = 22,
    EMR_SETTEXTCOLOR = 24,
    EMR_SELECTOBJECT = 37,
    EMR_CREATEBRUSHINDIRECT = 39,
    EMR_DELETEOBJECT = 40,
    EMR_RECTANGLE = 43,
    EMR_EXTCREATEFONTINDIRECTW = 82,
    EMR_EXTTEXTOUTW = 84
};
enum { SCALE = 10, ANISOTROPIC = 8, TRANSPARENT = 1, BASELINE = 24, RIGHT = 2, CENTER = 6 };
/* Objects that every player has: a pen that draws nothing. */
#define NULL_PEN 0x80000008u
enum { FONT_OBJECT = 1, BRUSH_OBJECT = 2, OBJECTS = 3 };

static void put_u32(ent_buffer *out, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        ent_put_char(out, (char)(value >> 8 * i & 0xff));
    }
}

static void put_u16(ent_buffer *out, uint32_t value)
{
    ent_put_char(out, (char)(value & 0xff));
    ent_put_char(out, (char)(value >> 8 & 0xff));
}

static void put_words(ent_buffer *out, const uint32_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put_u32(out, words[i]);
    }
}

/* A record of 32-bit words after its type and size. */
static void put_record(ent_buffer *out, uint32_t type, const uint32_t *words, size_t count,
                       uint32_t *records)
{
    put_u32(out, type);
    put_u32(out, (uint32_t)(8 + 4 * count));
    put_words(out, words, count);
    (*records)++;
}

static uint32_t units(double pixels)
{
    return (uint32_t)(int32_t)(pixels * SCALE + 0.5);
}

/* 0xRRGGBB as a COLORREF, 0x00BBGGRR. */
static uint32_t color_of(uint32_t color)
{
    return (color & 0xff) << 16 | (color & 0xff00) | color >> 16;
}

static void put_rectangle(ent_buffer *out, const ent_drawn *s, uint32_t *records)
{
    const uint32_t brush[] = {BRUSH_OBJECT, 0, color_of(s->color), 0};
    const uint32_t object[] = {BRUSH_OBJECT};
    const uint32_t corners[] = {units(s->x), units(s->y), units(s->x + s->width),
                                units(s->y + s->height)};
    put_record(out, EMR_CREATEBRUSHINDIRECT, brush, 4, records);
    put_record(out, EMR_SELECTOBJECT, object, 1, records);
    put_record(out, EMR_RECTANGLE, corners, 4, records);
    put_record(out, EMR_DELETEOBJECT, object, 1, records);
}

/* The text in UTF-16, little end first; the number of its units. */
static uint32_t put_utf16(ent_buffer *out, const char *text)
{
    uint32_t count = 0;
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        int32_t rune = ent_utf8_next(text, length, &at);
        uint32_t code = rune < 0 ? 0xfffd : (uint32_t)rune;
        if (code >= 0x10000) {
            put_u16(out, 0xd800 + ((code - 0x10000) >> 10));
            code = 0xdc00 + ((code - 0x10000) & 0x3ff);
            count++;
        }
        put_u16(out, code);
        count++;
    }
    return count;
}

/*
 * How far each letter goes: thousandths of the font's size for the letters from blank to tilde, as
 * the metrics of Helvetica have them (Adobe, afm), which Arial shares; others go as a digit does.
 */
static uint32_t advance(uint32_t unit)
{
    static const uint16_t widths[] = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};
    uint32_t wide = unit >= ' ' && unit <= '~' ? widths[unit - ' '] : 556;
    return units(FONT * wide / 1000.0);
}

static void put_text(ent_buffer *out, const ent_drawn *s, uint32_t *records)
{
    enum { FIXED = 76 }; /* bytes of the record before the letters */
    ent_buffer letters = ent_buffer_init(out->arena, 0);
    uint32_t count = put_utf16(&letters, s->text);
    if (count % 2 != 0) {
        put_u16(&letters, 0);
    }
    const uint32_t align[] = {
        BASELINE | (s->anchor == ENT_ANCHOR_END ? RIGHT : s->anchor == ENT_ANCHOR_MIDDLE ? CENTER
                                                                                         : 0)};
    const uint32_t color[] = {color_of(s->color)};
    put_record(out, EMR_SETTEXTALIGN, align, 1, records);
    put_record(out, EMR_SETTEXTCOLOR, color, 1, records);
    const uint32_t head[] = {0, 0, 0xffffffff, 0xffffffff, /* bounds: not used */
                             1, 0, 0,                      /* compatible; scales */
                             units(s->x), units(s->y), count, FIXED, 0, 0, 0, 0, 0,
                             (uint32_t)(FIXED + letters.length)};
    put_u32(out, EMR_EXTTEXTOUTW);
    put_u32(out, (uint32_t)(FIXED + letters.length + 4 * count));
    put_words(out, head, sizeof head / sizeof *head);
    ent_put_bytes(out, letters.at, letters.length);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t low = (unsigned char)letters.at[2 * i];
        put_u32(out, advance(low | (uint32_t)(unsigned char)letters.at[2 * i + 1] << 8));
    }
    (*records)++;
}

static void put_font(ent_buffer *out, uint32_t *records)
{
    enum { FACE = 32, WORDS = 1 + 5 + 2 + FACE / 2 };
    static const char face[] = "Arial";
    uint32_t words[WORDS] = {FONT_OBJECT, (uint32_t)-(FONT * SCALE), 0, 0, 0, 400};
    for (size_t i = 0; i + 1 < sizeof face; i++) {
        words[8 + i / 2] |= (uint32_t)face[i] << (i % 2 != 0 ? 16 : 0);
    }
    put_record(out, EMR_EXTCREATEFONTINDIRECTW, words, WORDS, records);
    put_record(out, EMR_SELECTOBJECT, (const uint32_t[]){FONT_OBJECT}, 1, records);
}

static void put_setup(ent_buffer *out, const ent_drawing *drawing, uint32_t *records)
{
    const uint32_t zero[] = {0, 0};
    const uint32_t extent[] = {units(drawing->width), units(drawing->height)};
    put_record(out, EMR_SETMAPMODE, (const uint32_t[]){ANISOTROPIC}, 1, records);
    put_record(out, EMR_SETWINDOWORGEX, zero, 2, records);
    put_record(out, EMR_SETWINDOWEXTEX, extent, 2, records);
    put_record(out, EMR_SETVIEWPORTORGEX, zero, 2, records);
    put_record(out, EMR_SETVIEWPORTEXTEX,
               (const uint32_t[]){(uint32_t)drawing->width, (uint32_t)drawing->height}, 2,
               records);
    put_record(out, EMR_SETBKMODE, (const uint32_t[]){TRANSPARENT}, 1, records);
    put_record(out, EMR_SELECTOBJECT, (const uint32_t[]){NULL_PEN}, 1, records);
    put_font(out, records);
}

void ent_put_drawing_emf(ent_buffer *out, const ent_drawing *drawing)
{
    enum { HEADER = 108 };
    ent_buffer body = ent_buffer_init(out->arena, 0);
    uint32_t records = 1;
    put_setup(&body, drawing, &records);
    for (size_t i = 0; i < drawing->count; i++) {
        const ent_drawn *s = &drawing->at[i];
        if (s->text == NULL) {
            put_rectangle(&body, s, &records);
        } else {
            put_text(&body, s, &records);
        }
    }
    put_record(&body, EMR_EOF, (const uint32_t[]){0, 16, 20}, 3, &records);
    /* A device of 96 dots an inch: 1280 x 1024 of them on 338.7 x 270.9 mm. */
    uint32_t width = (uint32_t)drawing->width, height = (uint32_t)drawing->height;
    const uint32_t head[] = {EMR_HEADER, HEADER, 0, 0, width - 1, height - 1, 0, 0,
                             (uint32_t)(drawing->width * 2540 / 96),
                             (uint32_t)(drawing->height * 2540 / 96), 0x464d4520, 0x10000,
                             (uint32_t)(HEADER + body.length), records, OBJECTS, 0, 0, 0, 1280,
                             1024, 339, 271, 0, 0, 0, 338667, 270933};
    put_words(out, head, sizeof head / sizeof *head);
    ent_put_bytes(out, body.at, body.length);
}

void ent_put_base64(ent_buffer *out, const char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        uint32_t group = 0;
        size_t have = length - i < 3 ? length - i : 3;
        for (size_t k = 0; k < 3; k++) {
            group = group << 8 | (k < have ? (unsigned char)bytes[i + k] : 0u);
        }
        for (size_t k = 0; k < 4; k++) {
            ent_put_char(out, k <= have ? digits[group >> (18 - 6 * k) & 63] : '=');
        }
    }
}
