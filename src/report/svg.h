/* Parts of the drawings that commands print with --svg. */
#ifndef ENT_REPORT_SVG_H
#define ENT_REPORT_SVG_H

#include "base/text.h"

/* Open a drawing of this size with its title; end it with </svg>. */
void ent_svg_open(ent_buffer *out, double width, double height, const char *title);
/* Text with what XML would take for markup escaped. */
void ent_svg_escaped(ent_buffer *out, const char *text);
/* A label; anchor "start", "middle" or "end". */
void ent_svg_label(ent_buffer *out, double x, double y, const char *anchor, const char *text);

#endif
