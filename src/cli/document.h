/* Reports as documents of word processors: the engine's Markdown by pandoc and LibreOffice. */
#ifndef ENT_CLI_DOCUMENT_H
#define ENT_CLI_DOCUMENT_H

#include "cli/command.h"

typedef struct ent_document_kind {
    const char *name; /* "docx", "odt", "pdf": as --format has it */
    bool office;      /* it needs LibreOffice after pandoc */
} ent_document_kind;

/* What the line asks for, NULL where its answer is text as the engine gives it. */
const ent_document_kind *ent_asked_document(const ent_cli_line *line);
/* Can it be made here, and has it somewhere to go? The exit code after a message, 0 if so. */
int ent_can_make_document(const ent_cli_line *line, const ent_document_kind *kind);
/* Make it of the text and deliver it; returns the exit code. */
int ent_make_document(const ent_cli_line *line, const ent_document_kind *kind, const char *text,
                      size_t length, ent_status status);

#endif
