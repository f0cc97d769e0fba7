/*
 * Another program, run for its output: no shell, its words as a vector, bytes through pipes, and a
 * group of processes of its own, which a time limit or an interrupt ends. The library starts none.
 */
#ifndef ENT_CLI_CHILD_H
#define ENT_CLI_CHILD_H

#include <stdbool.h>
#include <stddef.h>

typedef enum ent_child_end {
    ENT_CHILD_DONE,    /* it ended with 0 */
    ENT_CHILD_FAILED,  /* it ended otherwise, or could not be started */
    ENT_CHILD_LATE,    /* it was ended after its time */
    ENT_CHILD_STOPPED, /* it was ended by an interrupt */
    ENT_CHILD_NO_MEMORY
} ent_child_end;

typedef struct ent_child {
    const char *path;        /* of the program, absolute */
    const char *const *argv; /* NULL after the last */
    const char *input;       /* on its standard input */
    size_t length;
    unsigned seconds;        /* that it has */
    bool (*stopped)(void *user); /* asked ten times a second */
} ent_child;

/*
 * *output: what it printed, malloc'd and the caller's, NULL where nothing was. What it says on
 * standard error is in `said`, cut to its room.
 */
ent_child_end ent_run_child(const ent_child *child, char **output, size_t *length, char *said,
                            size_t said_room);

/* The program of that name along PATH into `path`; false where there is none. */
bool ent_find_program(const char *name, char *path, size_t room);

#endif
