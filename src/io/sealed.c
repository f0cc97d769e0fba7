#include "io/sealed.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct ent_sealed {
    ent_arena *arena;
    const ent_files *files;
    struct {
        const char **at; /* "hash name" */
        size_t count, room;
    } notes;
};

static void note(ent_sealed *s, const char *path, const ent_text *text)
{
    const char *slash = strrchr(path, '/');
    char hex[ENT_HASH_ROOM];
    ent_hash(text->at, text->length, hex);
    *ent_push(s->arena, &s->notes) =
        ent_format(s->arena, "%s %s", hex, slash == NULL ? path : slash + 1);
}

static ent_status sealed_read(void *user, ent_work *work, const char *path, size_t limit,
                              ent_text *text)
{
    ent_sealed *s = user;
    ent_status status = s->files->read(s->files->user, work, path, limit, text);
    if (status == ENT_OK) {
        note(s, path, text);
    }
    return status;
}

static ent_status sealed_list(void *user, ent_work *work, const char *path,
                              const char *const **names, size_t *count)
{
    const ent_files *files = ((ent_sealed *)user)->files;
    return files->list(files->user, work, path, names, count);
}

static bool sealed_is_folder(void *user, const char *path)
{
    const ent_files *files = ((ent_sealed *)user)->files;
    return files->is_folder(files->user, path);
}

static ent_status sealed_write(void *user, ent_work *work, const char *path, const char *bytes,
                               size_t length)
{
    const ent_files *files = ((ent_sealed *)user)->files;
    return files->write(files->user, work, path, bytes, length);
}

static ent_status sealed_make_folder(void *user, ent_work *work, const char *path)
{
    const ent_files *files = ((ent_sealed *)user)->files;
    return files->make_folder(files->user, work, path);
}

ent_sealed *ent_sealed_make(ent_arena *arena, const ent_files *files, ent_files *through)
{
    ent_sealed *s = ent_alloc(arena, 1, ent_sealed);
    *s = (ent_sealed){.arena = arena, .files = files};
    *through = (ent_files){.read = sealed_read, .list = sealed_list,
                           .is_folder = sealed_is_folder, .write = sealed_write,
                           .make_folder = sealed_make_folder, .user = s};
    return s;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void ent_sealed_hash(const ent_sealed *s, char hex[ENT_HASH_ROOM])
{
    size_t count = s->notes.count;
    const char **sorted = ent_alloc(s->arena, count + 1, const char *);
    ent_buffer b = ent_buffer_init(s->arena, 0);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = s->notes.at[i];
    }
    qsort(sorted, count, sizeof *sorted, by_text);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(sorted[i], sorted[i - 1]) != 0) {
            ent_putf(&b, "%zu %s\n", strlen(sorted[i]), sorted[i]);
        }
    }
    ent_hash(ent_buffer_text(&b), b.length, hex);
}
