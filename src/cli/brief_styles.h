/*
 * How a brief looks in a word processor: A4 with margins of 2 cm, a serif of 10.5 points, tables
 * between rules whose rows stay together, headings that stay with what follows, the annex on a page
 * of its own, page numbers. pandoc takes these styles from a document, so one is made of them.
 */
#ifndef ENT_CLI_BRIEF_STYLES_H
#define ENT_CLI_BRIEF_STYLES_H

#include <stdbool.h>
#include <stdio.h>

/*
 * Write the document whose styles pandoc should use for this writer ("odt" or "docx"); false where
 * that fails. The archive is stored, not compressed: a few kilobytes.
 */
bool ent_write_brief_styles(FILE *file, const char *writer);

#endif
