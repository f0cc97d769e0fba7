#include "worlds/lines.h"

ent_bans ent_bans_of(ent_arena *arena, const ent_case *c, const bool *on)
{
    size_t count = 0;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        count += on[i] ? c->statements[i].claim_count : 0;
    }
    ent_package *at = ent_alloc(arena, count + 1, ent_package);
    uint32_t *statement = ent_alloc(arena, count + 1, uint32_t);
    count = 0;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        const ent_statement *s = &c->statements[i];
        for (size_t j = 0; on[i] && j < s->claim_count; j++) {
            if (ent_verbs[s->claims[j].verb].line == ENT_LINE_CANNOT) {
                at[count] = s->claims[j].package;
                statement[count++] = i;
            }
        }
    }
    return (ent_bans){at, statement, count};
}

/* The party's lines in the statements that are on, appended to at[*count]. */
static void add_lines(const ent_case *c, const bool *on, uint32_t party, ent_line *at,
                      size_t *count)
{
    for (uint32_t i = 0; i < c->statement_count; i++) {
        const ent_statement *s = &c->statements[i];
        for (uint32_t j = 0; on[i] && j < s->claim_count; j++) {
            ent_line_kind kind = ent_verbs[s->claims[j].verb].line;
            if (s->claims[j].party == party &&
                (kind == ENT_LINE_NEVER || kind == ENT_LINE_REQUIRES)) {
                at[(*count)++] = (ent_line){party, &s->claims[j].package,
                                            kind == ENT_LINE_REQUIRES, i, j};
            }
        }
    }
}

ent_lines ent_lines_of(ent_arena *arena, const ent_case *c, const bool *on)
{
    size_t room = 0;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        room += on[i] ? c->statements[i].claim_count : 0;
    }
    ent_line *at = ent_alloc(arena, room + 1, ent_line);
    size_t count = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        add_lines(c, on, p, at, &count);
    }
    return (ent_lines){at, count};
}

ent_lines ent_lines_of_party(const ent_lines *lines, uint32_t party)
{
    size_t first = 0;
    while (first < lines->count && lines->at[first].party != party) {
        first++;
    }
    size_t end = first;
    while (end < lines->count && lines->at[end].party == party) {
        end++;
    }
    return (ent_lines){end > first ? lines->at + first : NULL, end - first};
}

bool ent_lines_may_hold(const ent_space *space, const ent_lines *lines, const uint64_t *low,
                        const uint64_t *high)
{
    for (size_t i = 0; i < lines->count; i++) {
        const ent_line *line = &lines->at[i];
        /* What low reaches, all between reach; what high does not reach, none between does. */
        if (ent_outcome_reaches(space, line->required ? high : low, line->package) !=
            line->required) {
            return false;
        }
    }
    return true;
}

const ent_line *ent_line_crossed(const ent_space *space, const ent_lines *lines, uint32_t party,
                                 const uint64_t *outcome)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->at[i].party == party && !ent_keeps_line(space, &lines->at[i], outcome)) {
            return &lines->at[i];
        }
    }
    return NULL;
}
