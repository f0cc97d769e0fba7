#include "answers/scratch.h"

typedef struct step {
    ent_arena *arena; /* NULL once it is gone */
    ent_work scratch;
    ent_status (*body)(ent_work *scratch, void *argument);
    void *argument;
} step;

static void destroy(void *object)
{
    step *s = object;
    ent_arena_destroy(s->arena);
    s->arena = NULL;
}

static ent_status run(void *object)
{
    step *s = object;
    return s->body(&s->scratch, s->argument);
}

ent_status ent_with_scratch(ent_work *work, ent_status (*body)(ent_work *scratch, void *argument),
                            void *argument)
{
    step *s = ent_alloc(work->arena, 1, step);
    *s = (step){.scratch = *work, .body = body, .argument = argument};
    /* Where the caller's arena is out of memory, control leaves the body and destroys it later. */
    ent_defer(work->arena, destroy, s);
    s->arena = ent_arena_beside(work->arena);
    if (s->arena == NULL) {
        ent_out_of_memory(work->arena);
    }
    s->scratch.arena = s->arena;
    ent_status status = ent_protect(s->arena, run, s);
    destroy(s);
    if (status == ENT_NOMEM) {
        ent_out_of_memory(work->arena);
    }
    return status;
}
