/* What a source's file is where it is no text that quotes can be compared with. */
#ifndef ENT_IO_SOURCE_KIND_H
#define ENT_IO_SOURCE_KIND_H

#include "base/diag.h"

/* *what: "a PDF"; *hint: the command that makes a text of it. False where it is UTF-8 text. */
bool ent_no_plain_text(ent_arena *arena, const ent_text *text, const char **what,
                       const char **hint);

#endif
