#include "answers/quiet.h"

static void destroy_diags(void *diags)
{
    ent_diags_destroy(diags);
}

ent_work ent_quietly(const ent_work *work)
{
    ent_work quiet = *work;
    quiet.diags = ent_diags_create();
    if (quiet.diags == NULL) {
        ent_out_of_memory(work->arena);
    }
    ent_defer(work->arena, destroy_diags, quiet.diags);
    return quiet;
}

typedef struct going {
    ent_work work;
    ent_status (*body)(ent_work *beside, void *argument);
    void *argument;
} going;

static ent_status go(void *argument)
{
    going *g = argument;
    return g->body(&g->work, g->argument);
}

ent_status ent_beside(const ent_work *work, ent_status (*body)(ent_work *beside, void *argument),
                      void *argument)
{
    going g = {*work, body, argument};
    g.work.arena = ent_arena_beside(work->arena);
    if (g.work.arena == NULL) {
        ent_out_of_memory(work->arena);
    }
    ent_status status = ent_protect(g.work.arena, go, &g);
    ent_arena_destroy(g.work.arena);
    if (status == ENT_NOMEM) {
        ent_out_of_memory(work->arena);
    }
    return status;
}
