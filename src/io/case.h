/* Case files in and out. The format is described in docs/FORMAT.md. */
#ifndef ENT_IO_CASE_H
#define ENT_IO_CASE_H

#include "base/text.h"
#include "io/files.h"
#include "record/case.h"

/*
 * Read a case from its text (YAML, hence also JSON). All errors and warnings are told, in the order
 * of the file; ENT_INVALID if there was an error, and then *c is NULL. Files named by sources are
 * read through `files` relative to `folder`; without files (NULL) quotes are not compared.
 * Time and memory linear in the text; comparing quotes is bounded.
 */
ent_status ent_read_case(ent_work *work, const ent_files *files, const ent_text *text,
                         const char *folder, ent_case **c);

/* The JSON Schema (draft 2020-12) of case files, made from the tables that also check them. */
void ent_put_case_schema(ent_buffer *out);
/* A commented case to start from; it is valid and has no warnings. */
void ent_put_starter_case(ent_buffer *out);
/* The case as YAML: reading it gives an equal case, positions, comments and bytes aside. */
void ent_put_case(ent_buffer *out, const ent_case *c);

#endif
