#include "api/asked_rules.h"

#include "base/number.h"
#include "haggle/plugin.h"

#include <string.h>

/* `N`, or `N-M`. */
static ent_status hidden_asked(const ent_asking *asking, ent_haggle_rules *rules)
{
    const char *text = ent_asked_text(asking, "hidden-deadline");
    if (text == NULL) {
        return ENT_OK;
    }
    const char *dash = strchr(text, '-');
    size_t length = dash == NULL ? strlen(text) : (size_t)(dash - text);
    uint64_t least = 0, most = 0;
    bool fine = ent_parse_count(text, length, ENT_HAGGLE_ROUNDS, &least) && least > 0;
    most = least;
    if (fine && dash != NULL) {
        fine = ent_parse_count(dash + 1, strlen(dash + 1), ENT_HAGGLE_ROUNDS, &most) &&
               most >= least;
    }
    rules->hidden_least = (uint32_t)least;
    rules->hidden_most = (uint32_t)most;
    return fine ? ENT_OK
                : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                           "`--hidden-deadline` takes rounds as 20 or 10-40, not `%s`", text);
}

ent_status ent_asked_rules(const ent_asking *asking, ent_haggle_rules *rules)
{
    uint64_t rounds = ENT_HAGGLE_USUAL_ROUNDS;
    const char *protocol = ent_asked_text(asking, "protocol");
    *rules = (ent_haggle_rules){.protocol = &ent_protocol_alternating, .seed = 1,
                                .breakdown = ENT_HAGGLE_USUAL_BREAKDOWN};
    ent_status status = ent_asked_count(asking, "rounds", 0, ENT_HAGGLE_ROUNDS, &rounds);
    rules->rounds = (uint32_t)rounds;
    status = status == ENT_OK ? hidden_asked(asking, rules) : status;
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
