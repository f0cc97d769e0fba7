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
 *
 * Where work->redact asks for it, the case is what ent_redact leaves, and its text, hash, positions
 * and messages are those of that case written out: C143 where the whole is not valid, the note
 * C144 with what is withheld. Comments are gone, since nobody can mark one as private.
 */
ent_status ent_read_case(ent_work *work, const ent_files *files, const ent_text *text,
                         const char *folder, ent_case **c);

/*
 * The case with these suppositions behind its statements (record/suppose.h). Each text is a claim
 * as in a case, {party: us, never: {relief: full}}, or `PARTY accepts|refuses|never|requires
 * PACKAGE` with a package's name or issue=option,issue=item+item,issue=3.5. Their faults are told
 * with a place in the "file" --suppose: ENT_INVALID. Linear in the case and the texts.
 */
ent_status ent_read_suppositions(ent_work *work, const ent_case *c, const char *const *texts,
                                 size_t count, const ent_case **with);

/* The JSON Schema (draft 2020-12) of case files, made from the tables that also check them. */
void ent_put_case_schema(ent_buffer *out);
/* A commented case to start from; it is valid and has no warnings. */
void ent_put_starter_case(ent_buffer *out);
/* The case as YAML: reading it gives an equal case, positions, comments and bytes aside. */
void ent_put_case(ent_buffer *out, const ent_case *c);

#endif
