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

/* A pipe that the shell made, `diff <(one) <(other)`: known by its number, read once, whole. */
static bool is_shell_pipe(const char *path)
{
    struct stat about;
    bool number = strncmp(path, "/dev/fd/", 8) == 0 || strncmp(path, "/proc/self/fd/", 14) == 0;
    return number && stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode);
}

static bool take_pipe(ent_cli_line *line, size_t i)
{
    const char *path = line->inputs[i].path;
    FILE *stream = fopen(path, "rb");
    line->pipes[i] = stream == NULL ? NULL : read_all(stream, &line->inputs[i].length);
    int error = errno;
    if (stream != NULL) {
        fclose(stream);
    }
    if (line->pipes[i] == NULL) {
        return ent_complain(line, ENT_IO, "F101", NULL, "cannot read `%s`: %s", path,
                            strerror(error)) == 0;
    }
    line->inputs[i].bytes = line->pipes[i];
    return true;
}

static bool take_standard_input(ent_cli_line *line, size_t i)
{
    if (line->standard_input != NULL || line->crew != NULL) {
        return ent_complain(line, ENT_INVALID, "U103", NULL,
                            "standard input can be one input of one process") == 0;
    }
    errno = 0;
    line->standard_input = read_all(stdin, &line->inputs[i].length);
    if (line->standard_input == NULL) {
        return ent_complain(line, ENT_IO, "F101", NULL, "cannot read standard input: %s",
                            strerror(errno)) == 0;
    }
    line->inputs[i].path = line->stdin_name == NULL ? "stdin" : line->stdin_name;
    line->inputs[i].bytes = line->standard_input;
    return true;
}

bool ent_take_streams(ent_cli_line *line)
{
    for (size_t i = 0; i < line->input_count; i++) {
        /* The second input of `convert` is where to write. */
        bool read = i == 0 || strcmp(line->command, "convert") != 0;
        bool fine = true;
        if (read && strcmp(line->inputs[i].path, "-") == 0) {
            fine = take_standard_input(line, i);
        } else if (read && line->crew == NULL && is_shell_pipe(line->inputs[i].path)) {
            fine = take_pipe(line, i);
        }
        if (!fine) {
            return false;
        }
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

static bool same_file(const char *output, const struct stat *about)
{
    struct stat out;
    return stat(output, &out) == 0 && S_ISREG(out.st_mode) && out.st_dev == about->st_dev &&
           out.st_ino == about->st_ino;
}

/* Does standard input, sent there by the shell, come from the file that would be written? */
static bool is_standard_input(const ent_cli_line *line)
{
    struct stat about;
    return line->standard_input != NULL && fstat(STDIN_FILENO, &about) == 0 &&
           same_file(line->output, &about);
}

/* Is there a case, by the key that each begins with? Reports have no such line. */
static bool holds_case(const char *path)
{
    enum { HEAD = 64 << 10 };
    struct stat about;
    char *head = malloc(HEAD + 1);
    bool regular = stat(path, &about) == 0 && S_ISREG(about.st_mode);
    FILE *file = head != NULL && regular ? fopen(path, "rb") : NULL;
    size_t length = file == NULL ? 0 : fread(head, 1, HEAD, file);
    bool found = false;
    if (file != NULL) {
        fclose(file);
    }
    for (char *at = head; at != NULL && length > 0 && !found; at = strchr(at, '\n')) {
        head[length] = '\0';
        at += *at == '\n';
        found = strncmp(at, "entente:", 8) == 0 || strncmp(at, "\"entente\":", 10) == 0 ||
                strncmp(at, "{\"entente\":", 11) == 0;
    }
    free(head);
    return found;
}

int ent_can_deliver(const ent_cli_line *line)
{
    if (line->output == NULL || strcmp(line->output, "-") == 0) {
        return 0;
    }
    if (is_standard_input(line)) {
        return ent_complain(line, ENT_USAGE, "F107", "name another file",
                            "`%s` is the standard input and would be written over", line->output);
    }
    /* The question says so itself where the case is an input of its own. */
    bool input = false;
    for (size_t i = 0; i < line->input_count; i++) {
        struct stat about;
        input = input || (stat(line->inputs[i].path, &about) == 0 &&
                          same_file(line->output, &about));
    }
    if (!input && holds_case(line->output)) {
        return ent_complain(line, ENT_USAGE, "F108", "name another file, or remove that one first",
                            "`%s` is a case file and would be written over", line->output);
    }
    int error = obstacle(line->output);
    return error == 0 ? 0
                      : ent_complain(line, ENT_IO, "F104", NULL, "cannot write `%s`: %s",
                                     line->output, strerror(error));
}
