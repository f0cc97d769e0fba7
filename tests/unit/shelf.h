/* Files in memory behind ent_files: what a test puts there and what a writer writes. */
#ifndef ENT_SHELF_H
#define ENT_SHELF_H

#include "unit.h"

#include "io/files.h"

#include <stdlib.h>

enum { SHELF_FILES = 256 };

typedef struct shelf {
    ent_arena *arena;
    const char *path[SHELF_FILES]; /* folder/name */
    const char *bytes[SHELF_FILES];
    size_t length[SHELF_FILES];
    size_t count;
} shelf;

static inline void shelf_put(shelf *s, const char *path, const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < s->count && strcmp(s->path[at], path) != 0) {
        at++;
    }
    assert_true(at < SHELF_FILES);
    s->count += at == s->count;
    s->path[at] = ent_copy(s->arena, path);
    s->bytes[at] = ent_copy_text(s->arena, bytes, length);
    s->length[at] = length;
}

static inline ent_status shelf_read(void *user, ent_work *work, const char *path, size_t limit,
                                    ent_text *text)
{
    const shelf *s = user;
    for (size_t i = 0; i < s->count; i++) {
        if (strcmp(s->path[i], path) == 0 && s->length[i] <= limit) {
            *text = (ent_text){ent_copy(work->arena, path), s->bytes[i], s->length[i]};
            return ENT_OK;
        }
    }
    return ent_fail(work->diags, ENT_IO, ENT_F101_CANNOT_READ, NULL, "no file `%s`", path);
}

static inline int shelf_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static inline bool shelf_inside(const shelf *s, size_t i, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(s->path[i], folder, length) == 0 && s->path[i][length] == '/';
}

static inline ent_status shelf_list(void *user, ent_work *work, const char *path,
                                    const char *const **names, size_t *count)
{
    const shelf *s = user;
    const char **list = ent_alloc(work->arena, s->count, const char *);
    *count = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (shelf_inside(s, i, path)) {
            list[(*count)++] = s->path[i] + strlen(path) + 1;
        }
    }
    qsort(list, *count, sizeof *list, shelf_compare);
    *names = list;
    return ENT_OK;
}

static inline bool shelf_is_folder(void *user, const char *path)
{
    const shelf *s = user;
    for (size_t i = 0; i < s->count; i++) {
        if (shelf_inside(s, i, path)) {
            return true;
        }
    }
    return strchr(path, '.') == NULL;
}

static inline ent_status shelf_write(void *user, ent_work *work, const char *path,
                                     const char *bytes, size_t length)
{
    (void)work;
    shelf_put(user, path, bytes, length);
    return ENT_OK;
}

static inline ent_status shelf_make_folder(void *user, ent_work *work, const char *path)
{
    (void)user, (void)work, (void)path;
    return ENT_OK;
}

static inline ent_files shelf_files(shelf *s)
{
    return (ent_files){.read = shelf_read, .list = shelf_list, .is_folder = shelf_is_folder,
                       .write = shelf_write, .make_folder = shelf_make_folder, .user = s};
}

#endif
