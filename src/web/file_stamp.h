/*
 * Has a file changed? Told by stat(): device, inode, size, time of change of the content and of
 * the record of it (so that a time set back is seen), all in nanoseconds.
 */
#ifndef ENT_WEB_FILE_STAMP_H
#define ENT_WEB_FILE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

typedef struct web_seen {
    bool there, settled;
    uint64_t device, inode, size;
    int64_t changed[4]; /* seconds and nanoseconds of mtime and ctime */
} web_seen;

/* Look now. Settled: last changed so long ago that a change after this look shows in the times. */
web_seen web_look(const char *path);
bool web_seen_same(const web_seen *a, const web_seen *b);

#endif
