#include "answers/search_levels.h"

void ent_levels_clear(ent_levels *l)
{
    for (uint32_t i = 0; i < l->space->issue_count; i++) {
        l->low[i] = 0;
        l->high[i] = l->space->issues[i].levels - 1;
    }
}

ent_levels ent_levels_of(ent_arena *arena, const ent_space *space, const ent_bans *bans)
{
    ent_levels l = {space, bans, ent_alloc(arena, space->issue_count + 1, uint64_t),
                    ent_alloc(arena, space->issue_count + 1, uint64_t)};
    ent_levels_clear(&l);
    return l;
}

static uint64_t bits_of(const ent_digit *digit)
{
    return digit->component == ENT_NONE ? UINT64_MAX : (uint64_t)1 << digit->component;
}

uint64_t ent_levels_fix(ent_levels *l, const ent_digit *digit, uint64_t value)
{
    uint64_t bits = bits_of(digit), level = ent_digit_level(digit, value);
    uint64_t undo = l->high[digit->issue];
    l->low[digit->issue] = (l->low[digit->issue] & ~bits) | level;
    l->high[digit->issue] = (l->high[digit->issue] & ~bits) | level;
    return undo;
}

void ent_levels_unfix(ent_levels *l, const ent_digit *digit, uint64_t undo)
{
    l->low[digit->issue] &= ~bits_of(digit);
    l->high[digit->issue] = undo;
}

bool ent_levels_may_be_had(const ent_levels *l)
{
    for (size_t i = 0; i < l->space->rule_count; i++) {
        const ent_rule *rule = &l->space->rules[i];
        if (ent_outcome_reaches(l->space, l->low, &rule->when) &&
            !ent_outcome_reaches(l->space, l->high, &rule->then)) {
            return false;
        }
    }
    for (size_t i = 0; l->bans != NULL && i < l->bans->count; i++) {
        if (ent_outcome_reaches(l->space, l->low, &l->bans->at[i])) {
            return false;
        }
    }
    return true;
}
