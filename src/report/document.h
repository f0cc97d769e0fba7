/*
 * A document with headings, tables, figures and footnotes, as Markdown that pandoc and the usual
 * viewers read, or as an HTML page of its own without a script. Whatever comes from a case is
 * escaped: it can be neither markup nor a picture from somebody's disk.
 */
#ifndef ENT_REPORT_DOCUMENT_H
#define ENT_REPORT_DOCUMENT_H

#include "report/drawing.h"

typedef enum ent_document_form {
    ENT_DOCUMENT_MARKDOWN, /* pictures as SVG within it */
    ENT_DOCUMENT_WORD,     /* the same with enhanced metafiles, for word processors */
    ENT_DOCUMENT_HTML
} ent_document_form;

typedef struct ent_footnote {
    const void *key; /* whom it is about */
    const char *text; /* inline, as it is written */
} ent_footnote;

typedef struct ent_document {
    ent_buffer *out;
    ent_document_form form;
    ent_footnote *at; /* footnotes by number */
    size_t count, room;
    size_t figures;
} ent_document;

ent_document ent_document_open(ent_buffer *out, ent_document_form form, const char *title);
/* The footnotes; for HTML also the end of the page. */
void ent_document_close(ent_document *document);

/* Plain text as inline text of the document; so is all that follows here as `inline`. */
const char *ent_inline(const ent_document *document, const char *plain);
const char *ent_inline_strong(const ent_document *document, const char *plain);
/* A link where the address is one of the web; plain text otherwise. */
const char *ent_inline_link(const ent_document *document, const char *address);
/* The mark of a footnote: a new one, or that of the key. text: inline. */
const char *ent_inline_note(ent_document *document, const void *key, const char *text);

void ent_document_heading(ent_document *document, unsigned level, const char *plain);
void ent_document_paragraph(ent_document *document, const char *text);
/* Items of a list; open and close around them. */
void ent_document_list(ent_document *document, bool open);
void ent_document_item(ent_document *document, const char *text);
/*
 * A table: cells[rows * columns] inline, row by row, the first the head; columns after the first
 * are flush right where `figures` is set.
 */
void ent_document_table(ent_document *document, const char *const *cells, size_t rows,
                        size_t columns, bool figures);
/* caption: plain text. */
void ent_document_figure(ent_document *document, const ent_drawing *drawing, const char *caption);

#endif
