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
