/* Writing the case file and what stands beside it. */
#ifndef ENT_WEB_SAVE_H
#define ENT_WEB_SAVE_H

#include "entente.h"

/*
 * Why the file cannot be saved, NULL if it can: it is marked as read-only, whoever we are, or its
 * folder, where a save puts the new file and the backup, cannot be written.
 */
const char *web_why_not(const char *path);

/*
 * Wait until no other process saves in the folder of PATH, at most some seconds: a number to give
 * back, or -1 where that cannot be had. Nothing is left behind: the folder itself is locked.
 */
int web_lock_folder(const char *path);
void web_unlock_folder(int lock);

typedef enum web_written {
    WEB_WRITTEN,
    WEB_NOT_WRITTEN, /* the diagnostics say why, unless memory was out */
    WEB_IN_THE_WAY   /* something that is no regular file stands there */
} web_written;

/*
 * Write PATH + suffix whole or not at all. A new file beside the case file gets the case file's
 * permissions; beside it nothing is followed or replaced that is not a regular file.
 */
web_written web_write_beside(const char *path, const char *suffix, const char *text, size_t length,
                             ent_diags *diags);

/*
 * Remove the temporary files beside PATH that saves left which were killed: those of processes
 * that are no more, a minute old or older. Returns how many.
 */
size_t web_sweep_beside(const char *path);

#endif
