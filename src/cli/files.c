/* Standard input as an input, and whether an answer could be written, before it is computed. */
#include "cli/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than any reader takes, so that the reader says what is too large. */
enum { MOST_INPUT = 256 << 20 };

static char *read_all(FILE *stream, size_t *length)
{
    size_t room = 1 << 16;
    char *bytes = malloc(room);
    *length = 0;
    while (bytes != NULL) {
        *length += fread(bytes + *length, 1, room - *length, stream);
        if (*length < room || room >= MOST_INPUT) {
            break;
        }
        char *more = realloc(bytes, room * 2);
        if (more == NULL) {
            free(bytes);
        }
        bytes = more;
        room *= 2;
    }
    if (bytes != NULL && ferror(stream)) {
        free(bytes);
        return NULL;
    }
    return bytes;
}

bool ent_take_standard_input(ent_line *line)
{
    for (size_t i = 0; i < line->input_count; i++) {
        /* The second input of `convert` is where to write. */
        bool read = i == 0 || strcmp(line->command, "convert") != 0;
        if (!read || strcmp(line->inputs[i].path, "-") != 0) {
            continue;
        }
        if (line->standard_input != NULL || line->crew != NULL) {
            fprintf(stderr, "error[U103]: standard input can be one input of one process\n");
            return false;
        }
        errno = 0;
        line->standard_input = read_all(stdin, &line->inputs[i].length);
        if (line->standard_input == NULL) {
            fprintf(stderr, "error[F101]: cannot read standard input: %s\n", strerror(errno));
            return false;
        }
        line->inputs[i].path = "stdin";
        line->inputs[i].bytes = line->standard_input;
    }
    return true;
}

/* 0, or the errno that writing would fail with, as far as can be seen now. */
static int obstacle(const char *path)
{
    struct stat about;
    if (stat(path, &about) == 0) {
        return S_ISDIR(about.st_mode) ? EISDIR : access(path, W_OK) == 0 ? 0 : errno;
    }
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    char *folder = calloc(1, length + 2);
    if (folder == NULL) {
        return ENOMEM;
    }
    memcpy(folder, slash == NULL ? "." : path, slash == NULL ? 1 : length);
    int error = access(folder, W_OK | X_OK) == 0 ? 0 : errno;
    free(folder);
    return error;
}

bool ent_can_deliver(const ent_line *line)
{
    if (line->output == NULL || strcmp(line->output, "-") == 0) {
        return true;
    }
    int error = obstacle(line->output);
    if (error != 0) {
        fprintf(stderr, "error[F104]: cannot write `%s`: %s\n", line->output, strerror(error));
    }
    return error == 0;
}
