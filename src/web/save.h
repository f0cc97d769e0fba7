/* Writing the case file and what stands beside it. */
#ifndef ENT_WEB_SAVE_H
#define ENT_WEB_SAVE_H

#include "entente.h"

/* May the file be written? False when it is marked as read-only, whoever we are. */
bool web_may_write(const char *path);

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
