#include "api/engine.h"

#include "base/diag_text.h"
#include "base/hash.h"
#include "base/text.h"
#include "io/scenario.h"

#include <omp.h>
#include <string.h>

ent_engine *ent_engine_create(const ent_engine_options *options)
{
    ent_engine_options chosen = options == NULL ? (ent_engine_options){0} : *options;
    ent_allocator allocator = ent_system_allocator;
    if (chosen.resize != NULL) {
        allocator = (ent_allocator){chosen.resize, chosen.memory_user, false};
    }
    ent_engine *engine = allocator.resize(allocator.user, NULL, sizeof *engine);
    if (engine == NULL) {
        return NULL;
    }
    int threads = chosen.threads > 0 ? chosen.threads : omp_get_num_procs();
    *engine = (ent_engine){allocator, chosen, &ent_disk, threads};
    return engine;
}

void ent_engine_destroy(ent_engine *engine)
{
    if (engine != NULL) {
        ent_allocator allocator = engine->allocator;
        allocator.resize(allocator.user, engine, 0);
    }
}

ent_status ent_engine_run(ent_engine *engine, ent_diags *diags, ent_work *work,
                          ent_status (*body)(void *argument), void *argument)
{
    *work = (ent_work){.arena = ent_arena_create(&engine->allocator),
                       .diags = diags,
                       .threads = engine->threads,
                       .tick = engine->options.tick,
                       .stopped = engine->options.stopped,
                       .user = engine->options.tick_user,
                       .draws = engine->options.draws,
                       .crew = engine->options.crew};
    if (work->arena == NULL) {
        return ENT_NOMEM;
    }
    ent_arena *arena = work->arena;
    ent_status status = ent_protect(arena, body, argument);
    ent_arena_destroy(arena);
    return status;
}

typedef struct reading {
    ent_engine *engine;
    ent_work work;
    const char *path;
    size_t limit;
    ent_reply *reply;
    bool scenario;
} reading;

static ent_status read_file(void *argument)
{
    reading *r = argument;
    const ent_files *files = r->engine->files;
    ent_text text;
    ent_status status = files->read(files->user, &r->work, r->path, r->limit, &text);
    if (status == ENT_OK) {
        r->reply = ent_reply_of(r->engine, r->work.arena, text.at, text.length);
    }
    return status;
}

ent_status ent_read_file(ent_engine *engine, const char *path, size_t limit, ent_diags *diags,
                         ent_reply **reply)
{
    reading r = {.engine = engine, .path = path, .limit = limit};
    ent_status status = ent_engine_run(engine, diags, &r.work, read_file, &r);
    *reply = r.reply;
    return status;
}

static ent_status find_kind(void *argument)
{
    reading *r = argument;
    const ent_files *files = r->engine->files;
    ent_text text;
    if (files->is_folder(files->user, r->path) || ent_is_scenario(&r->work, files, r->path)) {
        r->scenario = true;
        return ENT_OK;
    }
    return files->read(files->user, &r->work, r->path, r->limit, &text);
}

ent_status ent_kind_of(ent_engine *engine, const char *path, ent_diags *diags, ent_kind *kind)
{
    reading r = {.engine = engine, .path = path, .limit = (size_t)16 << 20};
    ent_status status = ent_engine_run(engine, diags, &r.work, find_kind, &r);
    *kind = r.scenario ? ENT_KIND_SCENARIO : ENT_KIND_CASE;
    return status;
}

void ent_fingerprint(const void *bytes, size_t length, char hex[ENT_FINGERPRINT_ROOM])
{
    ent_hash(bytes, length, hex);
}

typedef struct writing {
    ent_engine *engine;
    ent_work work;
    const char *path, *bytes;
    size_t length;
} writing;

static ent_status write_file(void *argument)
{
    writing *w = argument;
    const ent_files *files = w->engine->files;
    return files->write(files->user, &w->work, w->path, w->bytes, w->length);
}

ent_status ent_write_file(ent_engine *engine, const char *path, const char *bytes, size_t length,
                          ent_diags *diags)
{
    writing w = {.engine = engine, .path = path, .bytes = bytes, .length = length};
    return ent_engine_run(engine, diags, &w.work, write_file, &w);
}

const char *ent_nearest_name(const char *name, const char *const *candidates, size_t count)
{
    return ent_nearest(name, candidates, count);
}

typedef struct rendering {
    ent_arena *arena;
    const ent_diag *diag;
    bool color;
    char *text;
    size_t room, length;
} rendering;

static ent_status render_diag(void *argument)
{
    rendering *r = argument;
    ent_buffer out = ent_buffer_init(r->arena, 0);
    ent_put_diag(&out, r->diag, r->color);
    r->length = out.length;
    if (r->room > 0) {
        size_t fits = out.length < r->room ? out.length : r->room - 1;
        memcpy(r->text, ent_buffer_text(&out), fits);
        r->text[fits] = '\0';
    }
    return ENT_OK;
}

size_t ent_diag_text(const ent_diag *diag, bool color, char *text, size_t room)
{
    rendering r = {ent_arena_create(NULL), diag, color, text, room, 0};
    if (r.arena == NULL || ent_protect(r.arena, render_diag, &r) != ENT_OK) {
        r.length = 0;
    }
    ent_arena_destroy(r.arena);
    return r.length;
}
