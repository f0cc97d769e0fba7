/* Arbitrary bytes as a .gmcr file: read it, solve it where it is small, write it, read that. */
#include "harness.h"

#include "answers/stability.h"
#include "io/gmcr.h"

static ent_status solve(void *argument)
{
    fuzz_input *r = argument;
    const ent_text text = {"fuzz.gmcr", r->at, r->length};
    ent_conflict conflict;
    if (ent_read_gmcr(&r->work, &text, &conflict) != ENT_OK || conflict.option_count > 10) {
        return ENT_INVALID;
    }
    ent_graph graph = ent_graph_of(&r->work, &conflict);
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
    (void)fuzz_once(bytes, size, NULL, solve);
    return 0;
}
