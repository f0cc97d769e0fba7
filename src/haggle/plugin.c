/*
 * A user's strategy in a shared object, played as if it were one of ours: its view of the talks is
 * filled in anew for each question, and its state lies behind it.
 */
#include "haggle/strategy.h"

#include <dlfcn.h>
#include <string.h>

static void close_object(void *object)
{
    dlclose(object);
}

static ent_bargaining known_of(const ent_haggler *h)
{
    return (ent_bargaining){.party = h->party,
                            .parties = h->table->parties,
                            .round = h->round,
                            .rounds = h->rounds,
                            .time = h->time,
                            .outcomes = h->table->count,
                            .utility = h->side->value,
                            .order = h->side->order,
                            .reservation = h->side->reservation,
                            .offer_count = h->offer_count,
                            .offers = h->offers};
}

static void begin(ent_haggler *h)
{
    const ent_user_strategy *user = h->strategy->user;
    if (user->state_size > 0) {
        memset(h->state, 0, user->state_size);
    }
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    const ent_user_strategy *user = h->strategy->user;
    ent_bargaining known = known_of(h);
    return user->accepts(&known, h->state, entry) ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    const ent_user_strategy *user = h->strategy->user;
    ent_bargaining known = known_of(h);
    return user->offers(&known, h->state);
}

ent_status ent_load_strategy(ent_work *work, const char *path, const ent_strategy **strategy)
{
    void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (object == NULL) {
        return ent_fail(work->diags, ENT_USAGE, ENT_H108_NOT_A_STRATEGY, NULL,
                        "`%s` cannot be loaded: %s", path, dlerror());
    }
    ent_defer(work->arena, close_object, object);
    const ent_user_strategy *user = dlsym(object, "entente_strategy");
    if (user == NULL || user->version != ENT_STRATEGY_VERSION || user->accepts == NULL ||
        user->offers == NULL) {
        return ent_fail(work->diags, ENT_USAGE, ENT_H108_NOT_A_STRATEGY,
                        "examples/strategy shows how one is written",
                        "`%s` holds no `entente_strategy` of version %d", path,
                        ENT_STRATEGY_VERSION);
    }
    ent_strategy *record = ent_alloc(work->arena, 1, ent_strategy);
    *record = (ent_strategy){.name = user->name == NULL ? path : user->name,
                             .summary = "a strategy of your own",
                             .source = path,
                             .state_size = user->state_size,
                             .begin = begin,
                             .answer = answer,
                             .propose = propose,
                             .user = user};
    *strategy = record;
    return ENT_OK;
}
