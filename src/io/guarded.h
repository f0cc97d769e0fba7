/*
 * Files that are not written over while they are an input: what is read through them is remembered
 * by what it is on the disk, whatever name or link leads there.
 */
#ifndef ENT_IO_GUARDED_H
#define ENT_IO_GUARDED_H

#include "io/files.h"

typedef struct ent_guarded ent_guarded;

/*
 * *through does what `files` does, but refuses to write what was read (F107). The notes lie in the
 * work's arena; files and *through must live as long.
 */
ent_guarded *ent_guard_files(ent_work *work, const ent_files *files, ent_files *through);
/* A file that will be written later: reading it is refused. One that is not there yet is free. */
void ent_guard_output(ent_guarded *guarded, const char *path);
/* ENT_USAGE where such a file was to be read; tells so where the work's diags lack it. */
ent_status ent_guard_check(const ent_guarded *guarded, ent_work *work);

#endif
