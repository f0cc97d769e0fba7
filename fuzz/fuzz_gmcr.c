/* Arbitrary bytes as a .gmcr file: read it, solve it where it is small, write it, read that. */
#include "answers/stability.h"
#include "io/gmcr.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

typedef struct run {
    ent_work work;
    ent_text text;
} run;

static ent_status solve(void *argument)
{
    run *r = argument;
    ent_conflict conflict;
    if (ent_read_gmcr(&r->work, &r->text, &conflict) != ENT_OK || conflict.option_count > 10) {
        return ENT_INVALID;
    }
    ent_graph graph = ent_graph_of(r->work.arena, &conflict);
    (void)ent_stability_of(r->work.arena, &graph);
    for (uint32_t a = 0; a < graph.actors; a++) {
        (void)ent_stability_story(r->work.arena, &graph, a, graph.states[0], ENT_SSEQ);
    }
    ent_buffer out = ent_buffer_init(r->work.arena, 0);
    ent_write_gmcr(r->work.arena, &out, &conflict);
    ent_text again = {"again.gmcr", ent_buffer_text(&out), out.length};
    ent_conflict same;
    if (ent_read_gmcr(&r->work, &again, &same) != ENT_OK) {
        abort();
    }
    return ENT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    run r = {.work = {.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1}};
    r.text = (ent_text){"fuzz.gmcr", (const char *)bytes, size};
    (void)ent_protect(r.work.arena, solve, &r);
    ent_arena_destroy(r.work.arena);
    ent_diags_destroy(r.work.diags);
    return 0;
}
