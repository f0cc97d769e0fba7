#include "record/view.h"

#include <string.h>

void ent_view_settle(ent_arena *arena, const ent_case *c, bool *on, const bool *kept, uint32_t *by)
{
    bool *counted = ent_alloc(arena, c->statement_count + 1, bool);
    memcpy(counted, on, c->statement_count * sizeof *counted);
    for (uint32_t i = 0; by != NULL && i < c->statement_count; i++) {
        by[i] = ENT_NONE;
    }
    for (uint32_t i = 0; i < c->statement_count; i++) {
        const ent_statement *s = &c->statements[i];
        for (size_t j = 0; counted[i] && j < s->supersedes_count; j++) {
            uint32_t old = s->supersedes[j];
            if (!counted[old] || (kept != NULL && kept[old])) {
                continue;
            }
            on[old] = false;
            if (by != NULL && (by[old] == ENT_NONE || ent_is_newer(c, i, by[old]))) {
                by[old] = i;
            }
        }
    }
}
