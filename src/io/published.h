/* Statistics that a platform publishes beside a scenario: NegMAS's _stats, NegoLog's specs. */
#ifndef ENT_IO_PUBLISHED_H
#define ENT_IO_PUBLISHED_H

#include "io/files.h"

/* One figure: `count` vectors of `width` numbers (one of one where it is a single number). */
typedef struct ent_published_row {
    const char *key;
    const double *value; /* [count][width] */
    size_t count;
    uint32_t width;
} ent_published_row;

typedef struct ent_published {
    const char *file; /* its name in the folder */
    struct {
        ent_published_row *at;
        size_t count, room;
    } rows;
} ent_published;

/*
 * What stands beside the scenario at the path, a folder or a file in one. S108 where there is
 * nothing. Keys whose values are no numbers are passed over.
 */
ent_status ent_read_published(ent_work *work, const ent_files *files, const char *path,
                              ent_published *published);

#endif
