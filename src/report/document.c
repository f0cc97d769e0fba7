#include "report/document.h"

#include "report/svg.h"

#include <string.h>

static bool is_html(const ent_document *d)
{
    return d->form == ENT_DOCUMENT_HTML;
}

/* ---- Inline --------------------------------------------------------------------------------- */

/* Line ends and other control characters of a case are blanks within a paragraph. */
static char flat(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f ? ' ' : c;
}

/*
 * Every mark that Markdown may take for its own, wherever it stands, and what begins a list or a
 * heading at the beginning. A backslash before punctuation is plain text for CommonMark and pandoc.
 */
static void put_markdown(ent_buffer *out, const char *plain)
{
    size_t digits = strspn(plain, "0123456789");
    for (size_t i = 0; plain[i] != '\0'; i++) {
        char c = flat(plain[i]);
        bool begins = (i == 0 && (c == '-' || c == '+' || c == '=' || c == ':')) ||
                      (i == digits && digits > 0 && (c == '.' || c == ')'));
        if (begins || strchr("\\`*_{}[]<>#|!~^$@&", c) != NULL) {
            ent_put_char(out, '\\');
        }
        ent_put_char(out, c);
    }
}

static void put_html(ent_buffer *out, const char *plain)
{
    ent_buffer b = ent_buffer_init(out->arena, 0);
    for (; *plain != '\0'; plain++) {
        ent_put_char(&b, flat(*plain));
    }
    ent_svg_escaped(out, ent_buffer_text(&b));
}

const char *ent_inline(const ent_document *d, const char *plain)
{
    ent_buffer shown = ent_buffer_init(d->out->arena, 0);
    ent_buffer b = ent_buffer_init(d->out->arena, 0);
    ent_put(&shown, plain);
    ent_show_turns(&shown);
    if (is_html(d)) {
        put_html(&b, ent_buffer_text(&shown));
    } else {
        put_markdown(&b, ent_buffer_text(&shown));
    }
    return ent_buffer_text(&b);
}

const char *ent_inline_strong(const ent_document *d, const char *plain)
{
    return ent_format(d->out->arena, is_html(d) ? "<strong>%s</strong>" : "**%s**",
                      ent_inline(d, plain));
}

/* An address of the web, of characters that end no markup. */
static bool is_address(const char *text)
{
    size_t scheme = strncmp(text, "https://", 8) == 0  ? 8
                    : strncmp(text, "http://", 7) == 0 ? 7
                                                       : 0;
    static const char fine[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                               "-._~:/?#@!$&()+,;=%";
    return scheme > 0 && text[scheme] != '\0' && strspn(text, fine) == strlen(text);
}

const char *ent_inline_link(const ent_document *d, const char *address)
{
    const char *text = ent_inline(d, address);
    return !is_address(address) ? text
           : is_html(d) ? ent_format(d->out->arena, "<a href=\"%s\">%s</a>", text, text)
                        : ent_format(d->out->arena, "<%s>", address);
}

const char *ent_inline_note(ent_document *d, const void *key, const char *text)
{
    ent_arena *arena = d->out->arena;
    size_t n = 0;
    while (n < d->count && d->at[n].key != key) {
        n++;
    }
    bool again = n < d->count;
    if (!again) {
        *ent_push(arena, d) = (ent_footnote){key, text};
    }
    n++;
    if (is_html(d)) {
        return ent_format(arena, "<sup><a href=\"#note%zu\"%s>%zu</a></sup>", n,
                          again ? "" : ent_format(arena, " id=\"mark%zu\"", n), n);
    }
    /* A word processor would print a footnote anew for each mark; another mark only names it. */
    return again ? ent_format(arena, " (note %zu)", n) : ent_format(arena, "[^%zu]", n);
}

/* ---- Blocks --------------------------------------------------------------------------------- */

static const char style_sheet[] =
    "body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 Georgia,serif;color:#111;"
    "background:#fff}h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem;"
    "border-bottom:1px solid #999}h3{font-size:1rem;margin:1rem 0 .4rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{padding:.3rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid #bbb}"
    ".n th+th,.n td+td{text-align:right;font-variant-numeric:tabular-nums}"
    "figure{margin:1.5rem 0}figcaption{font-style:italic}svg{max-width:100%;height:auto}"
    "ol.notes{font-size:.875rem}a{color:#0b4f8a;overflow-wrap:anywhere}"
    "@media print{body{max-width:none;margin:0}figure,tr{break-inside:avoid}}";

ent_document ent_document_open(ent_buffer *out, ent_document_form form, const char *title)
{
    ent_document d = {.out = out, .form = form};
    if (is_html(&d)) {
        ent_put(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "style-src 'unsafe-inline'\">\n<title>");
        put_html(out, title);
        ent_putf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n", style_sheet);
    }
    ent_document_heading(&d, 1, title);
    return d;
}

void ent_document_close(ent_document *d)
{
    if (is_html(d) && d->count > 0) {
        ent_put(d->out, "<h2>Notes</h2>\n<ol class=\"notes\">\n");
    }
    for (size_t n = 0; n < d->count; n++) {
        if (is_html(d)) {
            ent_putf(d->out, "<li id=\"note%zu\">%s <a href=\"#mark%zu\">back</a></li>\n", n + 1,
                     d->at[n].text, n + 1);
        } else {
            ent_putf(d->out, "[^%zu]: %s\n\n", n + 1, d->at[n].text);
        }
    }
    if (is_html(d)) {
        ent_put(d->out, d->count > 0 ? "</ol>\n</main>\n</body>\n</html>\n"
                                     : "</main>\n</body>\n</html>\n");
    }
}

void ent_document_heading(ent_document *d, unsigned level, const char *plain)
{
    if (is_html(d)) {
        ent_putf(d->out, "<h%u>%s</h%u>\n", level, ent_inline(d, plain), level);
    } else {
        ent_put_repeat(d->out, "#", level);
        ent_putf(d->out, " %s\n\n", ent_inline(d, plain));
    }
}

void ent_document_paragraph(ent_document *d, const char *text)
{
    ent_putf(d->out, is_html(d) ? "<p>%s</p>\n" : "%s\n\n", text);
}

void ent_document_list(ent_document *d, bool open)
{
    ent_put(d->out, !is_html(d) ? open ? "" : "\n" : open ? "<ul>\n" : "</ul>\n");
}

void ent_document_item(ent_document *d, const char *text)
{
    ent_putf(d->out, is_html(d) ? "<li>%s</li>\n" : "- %s\n", text);
}

static void put_row(ent_document *d, const char *const *cells, size_t columns, bool head)
{
    ent_put(d->out, is_html(d) ? "<tr>" : "|");
    for (size_t k = 0; k < columns; k++) {
        const char *tag = head ? "th" : "td";
        if (is_html(d)) {
            ent_putf(d->out, "<%s>%s</%s>", tag, cells[k], tag);
        } else {
            ent_putf(d->out, " %s |", cells[k]);
        }
    }
    ent_put(d->out, is_html(d) ? "</tr>\n" : "\n");
}

void ent_document_table(ent_document *d, const char *const *cells, size_t rows, size_t columns,
                        bool figures)
{
    if (is_html(d)) {
        ent_put(d->out, figures ? "<table class=\"n\">\n" : "<table>\n");
    }
    for (size_t r = 0; r < rows; r++) {
        put_row(d, &cells[r * columns], columns, r == 0);
        if (r == 0 && !is_html(d)) {
            /* pandoc takes the dashes for the columns' widths. */
            for (size_t k = 0; k < columns; k++) {
                ent_put(d->out, k == 0 ? "|:" : "|");
                ent_put_repeat(d->out, "-", k > 0 && figures ? 18 : k == 0 ? 40 : 48);
                ent_put(d->out, k > 0 && figures ? ":" : "");
            }
            ent_put(d->out, "|\n");
        }
    }
    ent_put(d->out, is_html(d) ? "</table>\n" : "\n");
}

void ent_document_figure(ent_document *d, const ent_drawing *drawing, const char *caption)
{
    ent_buffer picture = ent_buffer_init(d->out->arena, 0);
    const char *text = ent_format(d->out->arena, "Figure %zu. %s", ++d->figures, caption);
    if (d->form == ENT_DOCUMENT_WORD) {
        ent_put_drawing_emf(&picture, drawing);
    } else {
        ent_put_drawing_svg(&picture, drawing);
    }
    if (is_html(d)) {
        ent_putf(d->out, "<figure>\n%s<figcaption>%s</figcaption>\n</figure>\n",
                 ent_buffer_text(&picture), ent_inline(d, text));
        return;
    }
    ent_putf(d->out, "![%s](data:%s;base64,", ent_inline(d, text),
             d->form == ENT_DOCUMENT_WORD ? "image/x-emf" : "image/svg+xml");
    ent_put_base64(d->out, picture.at, picture.length);
    ent_put(d->out, ")\n\n");
}
