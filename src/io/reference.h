/*
 * References as reference managers export them, BibTeX and biblatex, RIS and CSL JSON, as the
 * `sources` of a case: docs/IMPORT.md says what becomes of which field. What a source has no place
 * for stands as a comment beside it and is told once.
 */
#ifndef ENT_IO_REFERENCE_H
#define ENT_IO_REFERENCE_H

#include "base/text.h"
#include "base/work.h"

typedef struct ent_reference_field {
    const char *name;  /* in small letters, as its format calls it */
    const char *value; /* without markup, white space joined */
    ent_pos pos;
} ent_reference_field;

/* One entry as it stands in the file. */
typedef struct ent_reference {
    const char *key; /* NULL: none */
    ent_pos pos;
    struct ent_reference_fields {
        ent_reference_field *at;
        size_t count, room;
    } fields;
} ent_reference;

typedef struct ent_references {
    ent_reference *at;
    size_t count, room;
    size_t odd; /* what was told of and needs a look */
} ent_references;

/* A source of a case, made of one or several entries. Texts are NULL where there is nothing. */
typedef struct ent_source_made {
    const char *id, *title, *author, *publisher, *date, *url;
    const char *key;  /* of the entry */
    const char *rest; /* comment lines for what has no place, "" where there is none */
} ent_source_made;

typedef struct ent_sources_made {
    ent_source_made *at;
    size_t count, room;
    size_t odd;
} ent_sources_made;

/* The source of that title, key or name, letters of either case alike; NULL. */
const ent_source_made *ent_find_source_made(const ent_sources_made *list, const char *text);

/* Is the file one of references, by its ending or, for JSON, by what it holds? */
bool ent_holds_references(const ent_text *file);

/*
 * Add the references of the file. Whatever is wrong is told with its place and counted as odd; an
 * entry that is broken keeps what could be read. ENT_INVALID: nothing in it is a reference.
 * O(bytes + references^2).
 */
ent_status ent_read_references(ent_work *work, const ent_text *file, ent_sources_made *list);
/* The section `sources` of a case. */
void ent_put_sources_made(ent_buffer *out, const ent_sources_made *list);
/* One of them behind its name: in block style, indented by four. */
void ent_put_source_made(ent_buffer *out, const ent_source_made *source);

/* ---- Private to io/reference*.c ------------------------------------------------------------- */

ent_status ent_read_bibtex(ent_work *work, const ent_text *text, ent_references *list);
ent_status ent_read_ris(ent_work *work, const ent_text *text, ent_references *list);
ent_status ent_read_csl(ent_work *work, const ent_text *text, ent_references *list);

void ent_reference_odd(ent_work *work, ent_references *list, const ent_text *text, ent_pos pos,
                       const char *hint, const char *format, ...) ENT_PRINTF(6, 7);
/* Add a field to the last entry; nothing where the value is empty. */
void ent_reference_add(ent_arena *arena, ent_references *list, const char *name,
                       const char *value, ent_pos pos);
/* Add a name behind those that the field has, as "Given Family". */
void ent_reference_add_name(ent_arena *arena, ent_references *list, const char *field,
                            const char *name, ent_pos pos);
/* "Family, Given" and "Family, Jr, Given" as they are spoken. */
const char *ent_spoken_name(ent_arena *arena, const char *name);

/*
 * TeX as text: accents, signs, quotation marks, dashes; groups and commands of form are dropped.
 * With `verbatim` (addresses) `~` and `-` are letters. *unknown is the first command that is not
 * known.
 */
const char *ent_tex_text(ent_arena *arena, const char *tex, size_t length, bool verbatim,
                         const char **unknown);
/* A date as a case has it, from what people and programs write; NULL where it is none. */
const char *ent_reference_date(ent_arena *arena, const char *text);

#endif
