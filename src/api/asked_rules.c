#include "api/asked_rules.h"

#include "haggle/plugin.h"

ent_status ent_asked_rules(const ent_asking *asking, ent_haggle_rules *rules)
{
    uint64_t rounds = ENT_HAGGLE_USUAL_ROUNDS;
    const char *protocol = ent_asked_text(asking, "protocol");
    *rules = (ent_haggle_rules){.protocol = &ent_protocol_alternating, .seed = 1,
                                .breakdown = ENT_HAGGLE_USUAL_BREAKDOWN};
    ent_status status = ent_asked_count(asking, "rounds", 0, ENT_HAGGLE_ROUNDS, &rounds);
    rules->rounds = (uint32_t)rounds;
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "seed", 0, UINT64_MAX, &rules->seed);
    }
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "breakdown", 0, 1, &rules->breakdown);
    }
    ent_apart *apart = ent_alloc(asking->work->arena, 1, ent_apart);
    apart->patience = 5;
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "patience", 0.001, 3600, &apart->patience);
    }
    rules->apart = ent_asked_flag(asking, "isolate") ? apart : NULL;
    if (status == ENT_OK && protocol != NULL) {
        status = ent_find_protocol(asking->work, protocol, &rules->protocol);
    }
    return status;
}

ent_status ent_tell_all_faults(ent_work *work, const ent_chosen_strategy *chosen, size_t count)
{
    ent_status status = ENT_OK;
    for (size_t k = 0; k < count && status == ENT_OK; k++) {
        ent_faults faults = ent_take_faults(chosen[k].strategy);
        status = ent_tell_faults(work, chosen[k].strategy, &faults);
    }
    return status;
}
