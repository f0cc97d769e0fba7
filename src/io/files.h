/*
 * Files, behind a seam: the library touches the disk only through these, so that a test, the
 * server or another host can put something else there.
 */
#ifndef ENT_IO_FILES_H
#define ENT_IO_FILES_H

#include "base/work.h"

/* What a path leads to, however it is called. */
typedef struct ent_identity {
    uint64_t device, node;
} ent_identity;

typedef struct ent_files {
    /*
     * Read a whole regular file of at most `limit` bytes. The text's name is the path as given;
     * its bytes are followed by a NUL. Missing, a folder, a device, too large: F101, F102.
     */
    ent_status (*read)(void *user, ent_work *work, const char *path, size_t limit, ent_text *text);
    /* The names in a folder, sorted by byte value, hidden ones left out. */
    ent_status (*list)(void *user, ent_work *work, const char *path, const char *const **names,
                       size_t *count);
    /* Is there a folder of that name? */
    bool (*is_folder)(void *user, const char *path);
    /*
     * Write the file whole or not at all: a temporary file beside it, fsync, rename. Whatever
     * stood there before is untouched on failure (F104).
     */
    ent_status (*write)(void *user, ent_work *work, const char *path, const char *bytes,
                        size_t length);
    /* Make the folder if it is not there, within one that is. */
    ent_status (*make_folder)(void *user, ent_work *work, const char *path);
    /* What the path leads to; false where nothing is there. NULL: files here have one name. */
    bool (*identify)(void *user, const char *path, ent_identity *identity);
    void *user;
} ent_files;

/* The disk of this machine. */
extern const ent_files ent_disk;

/* folder + "/" + name, or name alone where it is absolute or folder is "". */
char *ent_path_join(ent_arena *arena, const char *folder, const char *name);
/* The folder part of a path, "" if there is none. */
char *ent_path_folder(ent_arena *arena, const char *path);

#endif
