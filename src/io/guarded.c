#include "io/guarded.h"

#include <string.h>

typedef struct known {
    const char *path;
    ent_identity identity;
} known;

struct ent_guarded {
    ent_arena *arena;
    const ent_files *files;
    struct {
        known *at;
        size_t count, room;
    } inputs, outputs;
    const ent_diags *diags;
    const char *clash; /* an output that was to be read; NULL: none was */
    bool told;         /* of it, to diags */
};

static bool identify(const ent_guarded *g, const char *path, ent_identity *identity)
{
    return g->files->identify != NULL && g->files->identify(g->files->user, path, identity);
}

static const known *find(const known *list, size_t count, const ent_identity *identity)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].identity.device == identity->device &&
            list[i].identity.node == identity->node) {
            return &list[i];
        }
    }
    return NULL;
}

static ent_status refuse(ent_work *work, const char *output, const char *input)
{
    return ent_fail(work->diags, ENT_USAGE, ENT_F107_OUTPUT_IS_INPUT, "name another file",
                    strcmp(output, input) == 0
                        ? "`%s` is an input and would be written over"
                        : "`%s` is the same file as the input `%s` and would be written over",
                    output, input);
}

static ent_status guarded_read(void *user, ent_work *work, const char *path, size_t limit,
                               ent_text *text)
{
    ent_guarded *g = user;
    ent_identity identity;
    bool there = identify(g, path, &identity);
    const known *output =
        there ? find(g->outputs.at, g->outputs.count, &identity) : NULL;
    if (output != NULL) {
        g->clash = output->path;
        g->told = g->told || work->diags == g->diags;
        return refuse(work, output->path, path);
    }
    ent_status status = g->files->read(g->files->user, work, path, limit, text);
    if (status == ENT_OK && there && find(g->inputs.at, g->inputs.count, &identity) == NULL) {
        *ent_push(g->arena, &g->inputs) = (known){ent_copy(g->arena, path), identity};
    }
    return status;
}

static ent_status guarded_write(void *user, ent_work *work, const char *path, const char *bytes,
                                size_t length)
{
    const ent_guarded *g = user;
    ent_identity identity;
    const known *input =
        identify(g, path, &identity) ? find(g->inputs.at, g->inputs.count, &identity) : NULL;
    return input != NULL ? refuse(work, path, input->path)
                         : g->files->write(g->files->user, work, path, bytes, length);
}

static ent_status guarded_list(void *user, ent_work *work, const char *path,
                               const char *const **names, size_t *count)
{
    const ent_files *files = ((ent_guarded *)user)->files;
    return files->list(files->user, work, path, names, count);
}

static bool guarded_is_folder(void *user, const char *path)
{
    const ent_files *files = ((ent_guarded *)user)->files;
    return files->is_folder(files->user, path);
}

static ent_status guarded_make_folder(void *user, ent_work *work, const char *path)
{
    const ent_files *files = ((ent_guarded *)user)->files;
    return files->make_folder(files->user, work, path);
}

static bool guarded_identify(void *user, const char *path, ent_identity *identity)
{
    return identify(user, path, identity);
}

ent_guarded *ent_guard_files(ent_work *work, const ent_files *files, ent_files *through)
{
    ent_guarded *g = ent_alloc(work->arena, 1, ent_guarded);
    *g = (ent_guarded){.arena = work->arena, .files = files, .diags = work->diags};
    *through = (ent_files){.read = guarded_read, .list = guarded_list,
                           .is_folder = guarded_is_folder, .write = guarded_write,
                           .make_folder = guarded_make_folder, .identify = guarded_identify,
                           .user = g};
    return g;
}

void ent_guard_output(ent_guarded *g, const char *path)
{
    ent_identity identity;
    if (identify(g, path, &identity)) {
        *ent_push(g->arena, &g->outputs) = (known){ent_copy(g->arena, path), identity};
    }
}

ent_status ent_guard_check(const ent_guarded *g, ent_work *work)
{
    return g->clash == NULL ? ENT_OK : g->told ? ENT_USAGE : refuse(work, g->clash, g->clash);
}
