/* A zip archive in memory, as workbooks are: members by name, sizes checked before use. */
#ifndef ENT_IO_ZIP_H
#define ENT_IO_ZIP_H

#include "base/work.h"

typedef struct ent_zip ent_zip;

/*
 * Open the archive that the text is; it is closed with the arena. S132 where it is none, or where
 * this build reads no archives (meson option `workbooks`).
 */
ent_status ent_zip_open(ent_work *work, const ent_text *file, ent_zip **out);
/*
 * The member of that name as a text called `FILE:NAME`; *found is false where there is none. One
 * holds at most ENT_NODE_BYTES, all that are read of an archive four times as much, and nothing is
 * unpacked whose stated size passes that: S104. O(bytes unpacked).
 */
ent_status ent_zip_read(ent_zip *zip, const char *name, ent_text *out, bool *found);

#endif
