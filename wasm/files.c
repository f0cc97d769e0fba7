/* ent_disk where there is none: the other side of the seam of src/io/files.h. */
#include "files.h"

#include "base/text.h"
#include "io/files.h"

#include <stdlib.h>
#include <string.h>

static const wasm_file *held;
static size_t held_count;

void wasm_set_files(const wasm_file *files, size_t count)
{
    held = files;
    held_count = count;
}

/* The rest of a path behind folder + "/", or NULL where it is not in there. */
static const char *within(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/') {
        length--;
    }
    bool inside = length > 0 && strncmp(path, folder, length) == 0 && path[length] == '/';
    return inside ? path + length + 1 : NULL;
}

static ent_status cannot_read(ent_work *work, const char *path, const char *why)
{
    return ent_fail(work->diags, ENT_IO, ENT_F101_CANNOT_READ, NULL, "cannot read `%s`: %s", path,
                    why);
}

static bool is_folder(void *user, const char *path)
{
    (void)user;
    for (size_t i = 0; i < held_count; i++) {
        if (within(held[i].path, path) != NULL) {
            return true;
        }
    }
    return false;
}

static ent_status read_held(void *user, ent_work *work, const char *path, size_t limit,
                            ent_text *text)
{
    for (size_t i = 0; i < held_count; i++) {
        if (strcmp(held[i].path, path) != 0) {
            continue;
        }
        if (held[i].length > limit) {
            return ent_fail(work->diags, ENT_INVALID, ENT_F102_TOO_LARGE, NULL,
                            "`%s` is larger than %zu KiB", path, limit >> 10);
        }
        *text = (ent_text){ent_copy(work->arena, path), held[i].bytes, held[i].length};
        return ENT_OK;
    }
    return cannot_read(work, path,
                       is_folder(user, path) ? "it is a folder" : "No such file or directory");
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static ent_status list_held(void *user, ent_work *work, const char *path,
                            const char *const **names, size_t *count)
{
    (void)user;
    const char **at = ent_alloc(work->arena, held_count + 1, const char *);
    *count = 0;
    for (size_t i = 0; i < held_count; i++) {
        const char *rest = within(held[i].path, path);
        if (rest == NULL || rest[0] == '.' || rest[0] == '\0') {
            continue;
        }
        const char *slash = strchr(rest, '/');
        char *name = ent_copy_text(work->arena, rest,
                                   slash == NULL ? strlen(rest) : (size_t)(slash - rest));
        bool known = false;
        for (size_t j = 0; j < *count && !known; j++) {
            known = strcmp(at[j], name) == 0;
        }
        if (!known) {
            at[(*count)++] = name;
        }
    }
    if (*count == 0) {
        return cannot_read(work, path, "No such file or directory");
    }
    qsort(at, *count, sizeof *at, by_bytes);
    *names = at;
    return ENT_OK;
}

static ent_status cannot_write(void *user, ent_work *work, const char *path, const char *bytes,
                               size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return ent_fail(work->diags, ENT_IO, ENT_F104_CANNOT_WRITE, NULL,
                    "cannot write `%s`: there is no disk here", path);
}

static ent_status no_folder(void *user, ent_work *work, const char *path)
{
    return cannot_write(user, work, path, NULL, 0);
}

/* Nothing is written, so nothing can be written over. */
static bool no_identity(void *user, const char *path, ent_identity *identity)
{
    (void)user;
    (void)path;
    (void)identity;
    return false;
}

const ent_files ent_disk = {.read = read_held, .list = list_held, .is_folder = is_folder,
                            .write = cannot_write, .make_folder = no_folder,
                            .identify = no_identity};
