#include "record/suppose.h"

#include "base/text.h"

#include <string.h>

const ent_case *ent_case_suppose(ent_arena *arena, const ent_case *c, const ent_claim *claims,
                                 const char *const *texts, size_t count)
{
    ent_case *with = ent_alloc(arena, 1, ent_case);
    ent_statement *statements = ent_alloc(arena, c->statement_count + count + 1, ent_statement);
    if (c->statement_count > 0) {
        memcpy(statements, c->statements, c->statement_count * sizeof *statements);
    }
    for (size_t i = 0; i < count; i++) {
        statements[c->statement_count + i] =
            (ent_statement){.id = ent_format(arena, "supposed-%zu", i + 1),
                            .person = ENT_NONE,
                            .side = ENT_SIDE_SUPPOSED,
                            .said = ENT_UNDATED,
                            .meant = ENT_UNDATED,
                            .source = ENT_NONE,
                            .words = texts[i],
                            .claims = &claims[i],
                            .claim_count = 1};
    }
    *with = *c;
    with->statements = statements;
    with->statement_count = c->statement_count + (uint32_t)count;
    return with;
}
