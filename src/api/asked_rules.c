#include "api/asked_rules.h"

ent_status ent_asked_rules(const ent_asking *asking, ent_haggle_rules *rules)
{
    uint64_t rounds = 100;
    const char *protocol = ent_asked_text(asking, "protocol");
    *rules = (ent_haggle_rules){.protocol = &ent_protocol_alternating, .seed = 1,
                                .breakdown = 0.02};
    ent_status status = ent_asked_count(asking, "rounds", 0, ENT_HAGGLE_ROUNDS, &rounds);
    rules->rounds = (uint32_t)rounds;
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "seed", 0, UINT64_MAX, &rules->seed);
    }
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "breakdown", 0, 1, &rules->breakdown);
    }
    if (status == ENT_OK && protocol != NULL) {
        status = ent_find_protocol(asking->work, protocol, &rules->protocol);
    }
    return status;
}
