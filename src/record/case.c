#include "record/case.h"

#include <string.h>

uint32_t ent_find_party(const ent_case *c, const char *id)
{
    for (uint32_t i = 0; i < c->party_count; i++) {
        if (strcmp(c->parties[i].id, id) == 0) {
            return i;
        }
    }
    return ENT_NONE;
}

uint32_t ent_find_statement(const ent_case *c, const char *id)
{
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (strcmp(c->statements[i].id, id) == 0) {
            return i;
        }
    }
    return ENT_NONE;
}

const char *ent_speaker(const ent_case *c, const ent_statement *statement)
{
    if (statement->assumption) {
        return "the analyst";
    }
    if (statement->side == ENT_SIDE_SUPPOSED) {
        return "a supposition";
    }
    if (statement->person != ENT_NONE) {
        return c->people[statement->person].name;
    }
    return statement->side < c->party_count ? c->parties[statement->side].name : NULL;
}

void ent_view_as_of(const ent_case *c, int64_t as_of, bool *on)
{
    for (uint32_t i = 0; i < c->statement_count; i++) {
        int64_t ended = c->statements[i].said.last;
        on[i] = ended == INT64_MIN || ended <= as_of;
    }
}

bool ent_periods_apart(ent_period a, ent_period b)
{
    return a.last != INT64_MIN && b.last != INT64_MIN && (a.last < b.first || b.last < a.first);
}

bool ent_is_newer(const ent_case *c, uint32_t a, uint32_t b)
{
    int64_t x = c->statements[a].meant.last;
    int64_t y = c->statements[b].meant.last;
    return x != y ? x > y : a < b;
}
