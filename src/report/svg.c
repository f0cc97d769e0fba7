#include "report/svg.h"

void ent_svg_escaped(ent_buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '<':
            ent_put(out, "&lt;");
            break;
        case '>':
            ent_put(out, "&gt;");
            break;
        case '&':
            ent_put(out, "&amp;");
            break;
        case '"':
            ent_put(out, "&quot;");
            break;
        default:
            ent_put_char(out, *text);
        }
    }
}

void ent_svg_open(ent_buffer *out, double width, double height, const char *title)
{
    ent_putf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
                  "font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n<title>",
             width, height);
    ent_svg_escaped(out, title);
    ent_put(out, "</title>\n");
}

void ent_svg_label(ent_buffer *out, double x, double y, const char *anchor, const char *text)
{
    ent_putf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    ent_svg_escaped(out, text);
    ent_put(out, "</text>\n");
}
