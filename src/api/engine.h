/* The engine's inside, shared by the files of src/api. */
#ifndef ENT_API_ENGINE_H
#define ENT_API_ENGINE_H

#include "base/work.h"
#include "io/files.h"

struct ent_engine {
    ent_allocator allocator;
    ent_engine_options options;
    const ent_files *files;
    int threads;
};

/* Run body(argument) with *work made ready and a fresh arena that is destroyed afterwards. */
ent_status ent_engine_run(ent_engine *engine, ent_diags *diags, ent_work *work,
                          ent_status (*body)(void *argument), void *argument);

/* A reply with a copy of the bytes; gives up to the arena's ent_protect when memory is out. */
ent_reply *ent_reply_of(ent_engine *engine, ent_arena *arena, const char *bytes, size_t length);

#endif
