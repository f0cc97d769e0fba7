#include "answers/variant.h"

#include <math.h>
#include <string.h>

ent_record_state ent_record_state_of(ent_arena *arena, const ent_analysis *analysis)
{
    size_t count = (size_t)analysis->c->statement_count + 1;
    ent_record_state state = {ent_alloc(arena, count, bool), ent_alloc(arena, count, bool)};
    ent_reset_record(analysis, &state);
    return state;
}

void ent_reset_record(const ent_analysis *analysis, ent_record_state *state)
{
    size_t count = analysis->c->statement_count;
    memcpy(state->on, analysis->on, count * sizeof *state->on);
    memset(state->forced, 0, count * sizeof *state->forced);
    for (size_t i = 0; i < analysis->settings.with_count; i++) {
        state->forced[analysis->settings.with[i]] = true;
    }
}

void ent_switch_statement(ent_record_state *state, uint32_t statement, bool believed)
{
    if (believed) {
        state->on[statement] = state->forced[statement] = false;
    } else {
        state->forced[statement] = true;
    }
}

ent_shift ent_zone_shift(const ent_zone *headline, const ent_variant *base,
                         const ent_variant *variant)
{
    uint32_t worlds = base->analysis.settings.worlds;
    uint32_t changed = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        changed += variant->zone[w] != base->zone[w];
    }
    ent_shift shift = {.change = ((double)variant->zone_count - base->zone_count) / worlds};
    double variance = (double)changed / worlds - shift.change * shift.change;
    double effective = fmin(ent_effective_worlds(&variant->voters, worlds),
                            ent_effective_worlds(&base->voters, worlds));
    shift.error = variance > 0 && effective > 0 ? sqrt(variance / effective) : 0;
    shift.share = fmin(fmax(headline->share + shift.change, 0), 1);
    return shift;
}
