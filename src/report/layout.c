#include "report/layout.h"

#include <string.h>

ent_layout_part *ent_layout_add(ent_arena *arena, ent_layout *page, const char *heading,
                              const char *rest, size_t good, size_t least)
{
    ent_layout_part *part = ent_push(arena, page);
    *part = (ent_layout_part){.heading = heading, .rest = rest, .good = good, .least = least};
    return part;
}

void ent_layout_item(ent_arena *arena, ent_layout_part *part, const char *lines)
{
    *ent_push(arena, part) = lines;
}

static size_t lines_of(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines;
}

static size_t headed(const ent_layout_part *part)
{
    return part->heading != NULL ? 2 : 0;
}

static size_t length_of(const ent_layout_part *part)
{
    size_t lines = headed(part);
    for (size_t i = 0; i < part->count; i++) {
        lines += lines_of(part->at[i]);
    }
    return lines;
}

/* The first so many lines of the text. */
static void put_lines(ent_buffer *out, const char *text, size_t lines)
{
    const char *end = text;
    while (lines > 0 && *end != '\0') {
        lines -= *end++ == '\n';
    }
    ent_put_bytes(out, text, (size_t)(end - text));
}

/* How much of a part is shown in so many lines. */
typedef struct cut {
    size_t items; /* whole ones */
    size_t lines; /* of the first one, where none is whole */
    size_t used;  /* lines of the page */
} cut;

/*
 * Whole items as long as they fit, and a line for the others. Only where not even the first fits
 * whole is an item cut; what may be missing is missing then.
 */
static cut cut_of(const ent_layout_part *part, size_t lines)
{
    size_t whole = length_of(part);
    if (part->count == 0 || whole <= lines) {
        return (cut){part->count, 0, part->count > 0 ? whole : 0};
    }
    cut c = {0};
    size_t left = lines > headed(part) ? lines - headed(part) : 1;
    c.used = headed(part) + 1;
    while (c.items < part->count && lines_of(part->at[c.items]) < left) {
        left -= lines_of(part->at[c.items]);
        c.used += lines_of(part->at[c.items++]);
    }
    if (c.items == 0) {
        c.lines = left - 1;
        c.used = part->least == 0 ? 0 : c.used + c.lines;
    }
    return c;
}

static void put_part(ent_buffer *out, const ent_style *style, const ent_layout_part *part,
                     size_t lines)
{
    cut c = cut_of(part, lines);
    if (c.used == 0) {
        return;
    }
    if (part->heading != NULL) {
        ent_put_heading(out, style, part->heading);
    }
    for (size_t i = 0; i < c.items; i++) {
        ent_put(out, part->at[i]);
    }
    if (c.items == part->count) {
        return;
    }
    if (c.items == 0) {
        put_lines(out, part->at[0], c.lines);
    }
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2,
                    c.items == 0
                        ? ent_format(out->arena, "... all of it: `%s`", part->rest)
                        : ent_format(out->arena, "... and %zu more: `%s`", part->count - c.items,
                                     part->rest));
}

/* Take what is too many from the parts at the end first, but none below its floor. */
static size_t shorten_parts(const ent_layout *page, size_t *lines, size_t excess, bool to_least)
{
    for (size_t i = page->count; i-- > 0 && excess > 0;) {
        const ent_layout_part *part = &page->at[i];
        size_t floor = to_least ? part->least : part->good;
        size_t gives = lines[i] > floor ? lines[i] - floor : 0;
        gives = gives < excess ? gives : excess;
        lines[i] -= gives;
        excess -= gives;
    }
    return excess;
}

/* Items are shown whole, so that lines are left over: they go to the parts in their order. */
static void spend_rest(const ent_layout *page, size_t *lines, size_t most)
{
    size_t used = 0;
    for (size_t i = 0; i < page->count; i++) {
        used += cut_of(&page->at[i], lines[i]).used;
    }
    for (size_t i = 0; i < page->count && used < most; i++) {
        size_t before = cut_of(&page->at[i], lines[i]).used;
        size_t more = before + (most - used);
        lines[i] = more > lines[i] ? more : lines[i];
        used += cut_of(&page->at[i], lines[i]).used - before;
    }
}

/* A long name beside a label makes a line too wide: it is folded before lines are counted. */
static void fold_items(ent_arena *arena, const ent_style *style, const ent_layout_part *part)
{
    for (size_t i = 0; i < part->count; i++) {
        ent_buffer b = ent_buffer_init(arena, 0);
        ent_put(&b, part->at[i]);
        ent_fold(&b, style);
        part->at[i] = ent_buffer_text(&b);
    }
}

void ent_put_layout(ent_buffer *out, const ent_style *style, const ent_layout *page, size_t most)
{
    size_t *lines = ent_alloc(out->arena, page->count + 1, size_t);
    size_t all = 0;
    for (size_t i = 0; i < page->count; i++) {
        fold_items(out->arena, style, &page->at[i]);
        lines[i] = page->at[i].count > 0 ? length_of(&page->at[i]) : 0;
        all += lines[i];
    }
    size_t excess = shorten_parts(page, lines, all > most ? all - most : 0, false);
    (void)shorten_parts(page, lines, excess, true);
    spend_rest(page, lines, most);
    for (size_t i = 0; i < page->count; i++) {
        put_part(out, style, &page->at[i], lines[i]);
    }
}

const char *ent_shorten(ent_arena *arena, const char *text, size_t columns)
{
    if (ent_text_width(text) <= columns) {
        return text;
    }
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put_cell(&b, text, (unsigned)columns, false);
    const char *start = ent_buffer_text(&b);
    const char *blank = strrchr(start, ' ');
    /* A last word of a third of the text is cut itself. */
    return blank == NULL || (size_t)(blank - start) < 2 * strlen(start) / 3
               ? start
               : ent_format(arena, "%.*s \xE2\x80\xA6", (int)(blank - start), start);
}

const char *ent_lines_text(ent_arena *arena, const ent_style *style, unsigned at,
                              unsigned indent, const char *text)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put_repeat(&b, " ", at);
    ent_put_wrapped(&b, style, at, indent, text);
    return ent_buffer_text(&b);
}

const char *ent_few_lines(ent_arena *arena, const ent_style *style, unsigned at,
                             unsigned indent, size_t lines, const char *text)
{
    /* A word that does not fit any more leaves a gap at each line's end. */
    size_t room = lines * (style->width - indent - 8);
    return ent_lines_text(arena, style, at, indent, ent_shorten(arena, text, room));
}
