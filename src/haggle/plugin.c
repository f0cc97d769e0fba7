/*
 * A user's strategy in a shared object, played as if it were one of ours: its view of the talks is
 * filled in anew for each question, and its state lies behind it.
 */
#include "haggle/plugin.h"

#include <dlfcn.h>
#include <signal.h>
#include <string.h>

enum { NAME_ROOM = 64, WHY_ROOM = 256 };
static const size_t most_state = (size_t)1 << 30;

struct ent_plugin {
    const char *path, *name;
    const ent_user_strategy *user; /* NULL: not loaded into this process */
    ent_faults *faults;            /* shared with processes apart */
    ent_faults taken;
    ent_trace *trace; /* in a process apart */
    double patience;
};

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

/* Who is asked, for those who watch from another process. */
static void note(const ent_haggler *h)
{
    ent_plugin *plugin = h->strategy->plugin;
    volatile ent_trace *trace = plugin->trace;
    if (trace != NULL) {
        trace->plugin = plugin;
        trace->party = h->party;
        trace->round = h->round;
        trace->offers = h->offer_count;
        trace->time = h->time;
        trace->calls++;
    }
}

static void begin(ent_haggler *h)
{
    size_t size = h->strategy->state_size;
    if (size > 0) {
        memset(h->state, 0, size);
    }
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    ent_bargaining known = known_of(h);
    note(h);
    bool accepts = h->strategy->plugin->user->accepts(&known, h->state, entry);
    return accepts ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    ent_bargaining known = known_of(h);
    note(h);
    uint32_t entry = h->strategy->plugin->user->offers(&known, h->state);
    if (entry >= h->table->count && entry != ENT_WALK_AWAY) {
        ent_add_fault(h->strategy->plugin, ENT_FAULT_STRAY);
    }
    return entry;
}

/* Threads and processes add to it at once. */
void ent_add_fault(ent_plugin *plugin, ent_fault fault)
{
    __atomic_add_fetch(&plugin->faults->of[fault], 1, __ATOMIC_RELAXED);
}

ent_faults ent_take_faults(const ent_strategy *strategy)
{
    ent_faults fresh = {{0}};
    ent_plugin *plugin = strategy->plugin;
    for (int k = 0; plugin != NULL && k < ENT_FAULTS; k++) {
        uint32_t all = __atomic_load_n(&plugin->faults->of[k], __ATOMIC_RELAXED);
        fresh.of[k] = all - plugin->taken.of[k];
        plugin->taken.of[k] = all;
    }
    return fresh;
}

void ent_give_faults(const ent_strategy *strategy, const ent_faults *faults)
{
    for (int k = 0; strategy->plugin != NULL && k < ENT_FAULTS; k++) {
        strategy->plugin->taken.of[k] -= faults->of[k];
    }
}

ent_status ent_tell_faults(ent_work *work, const ent_strategy *strategy, const ent_faults *faults)
{
    static const char *const what[ENT_FAULTS] = {"crashed", "ended its process",
                                                 "gave no answer in time",
                                                 "offered what is no outcome"};
    ent_plugin *plugin = strategy->plugin;
    for (int k = 0; plugin != NULL && k < ENT_FAULTS; k++) {
        if (faults->of[k] > 0) {
            ent_tell(work->diags, ENT_WARNING, ENT_H203_MISBEHAVED, NULL, (ent_pos){0},
                     k == ENT_FAULT_STRAY ? "it counts as walking out"
                                          : "such a run counts as failed, without a deal",
                     "the strategy `%s` (%s) %s, %u time%s", strategy->name, plugin->path,
                     what[k], faults->of[k], faults->of[k] == 1 ? "" : "s");
        }
    }
    if (plugin == NULL || faults->of[ENT_FAULT_HANG] <= ENT_MOST_HANGS) {
        return ENT_OK;
    }
    return ent_fail(work->diags, ENT_LIMIT, ENT_H109_FAILING,
                    "leave it out, or give it more time with --patience",
                    "the strategy `%s` (%s) gave no answer within %g seconds, more than %d times",
                    strategy->name, plugin->path, plugin->patience, ENT_MOST_HANGS);
}

bool ent_any_plugin(const ent_chosen_strategy *chosen, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (chosen[k].strategy->plugin != NULL) {
            return true;
        }
    }
    return false;
}

/* ---- Loading ------------------------------------------------------------------------------- */

/* What a look at a shared object finds; it is filled in by another process where that is asked. */
typedef struct look {
    const char *path;
    void *object;
    const ent_user_strategy *user;
    bool loaded, fits;
    size_t state_size;
    char name[NAME_ROOM], why[WHY_ROOM];
} look;

static void copy(char *to, size_t room, const char *text)
{
    strncpy(to, text, room - 1);
    to[room - 1] = '\0';
}

static void look_into(look *l)
{
    l->object = dlopen(l->path, RTLD_NOW | RTLD_LOCAL);
    l->loaded = l->object != NULL;
    if (!l->loaded) {
        copy(l->why, WHY_ROOM, dlerror());
        return;
    }
    const ent_user_strategy *user = dlsym(l->object, "entente_strategy");
    l->fits = user != NULL && user->version == ENT_STRATEGY_VERSION && user->accepts != NULL &&
              user->offers != NULL && user->state_size <= most_state;
    l->user = l->fits ? user : NULL;
    if (l->fits) {
        l->state_size = user->state_size;
        copy(l->name, NAME_ROOM, user->name == NULL ? l->path : user->name);
    }
}

static void enter_nothing(void *user, int child, ent_trace *trace)
{
    (void)user;
    (void)child;
    (void)trace;
}

static void look_apart(void *user, int child, uint32_t job)
{
    (void)child;
    (void)job;
    look_into(user);
}

static void fail_look(void *user, uint32_t job, const ent_trace *trace, ent_fault fault)
{
    look *l = user;
    (void)job;
    (void)trace;
    l->loaded = false;
    copy(l->why, WHY_ROOM,
         fault == ENT_FAULT_HANG    ? "loading it takes too long"
         : fault == ENT_FAULT_CRASH ? "loading it crashes"
                                    : "loading it ends the process");
}

static ent_status look_at(ent_work *work, const char *path, const ent_apart *apart, look **out)
{
    look *l = apart == NULL ? ent_alloc(work->arena, 1, look)
                            : ent_shared_memory(work->arena, sizeof *l);
    ent_apart_job job = {.count = 1, .children = 1, .enter = enter_nothing, .act = look_apart,
                         .fail = fail_look, .user = l};
    l->path = path;
    *out = l;
    if (apart != NULL) {
        return ent_act_apart(work, apart, &job);
    }
    look_into(l);
    if (l->loaded) {
        ent_defer(work->arena, close_object, l->object);
    }
    return ENT_OK;
}

static const ent_strategy *make(ent_work *work, const look *l, const ent_apart *apart)
{
    ent_strategy *record = ent_alloc(work->arena, 1, ent_strategy);
    ent_plugin *plugin = ent_alloc(work->arena, 1, ent_plugin);
    *plugin = (ent_plugin){.path = l->path, .name = l->name,
                           .user = apart == NULL ? l->user : NULL,
                           .faults = ent_shared_memory(work->arena, sizeof(ent_faults)),
                           .patience = apart == NULL ? 0 : apart->patience};
    *record = (ent_strategy){.name = plugin->name,
                             .summary = "a strategy of your own",
                             .source = l->path,
                             .state_size = l->state_size,
                             .begin = begin,
                             .answer = answer,
                             .propose = propose,
                             .plugin = plugin};
    return record;
}

ent_status ent_load_strategy(ent_work *work, const char *path, const ent_apart *apart,
                             const ent_strategy **strategy)
{
    look *l;
    ent_status status = look_at(work, ent_copy(work->arena, path), apart, &l);
    if (status != ENT_OK) {
        return status;
    }
    if (!l->loaded) {
        return ent_fail(work->diags, ENT_USAGE, ENT_H108_NOT_A_STRATEGY, NULL,
                        "`%s` cannot be loaded: %s", path, l->why);
    }
    if (!l->fits) {
        return ent_fail(work->diags, ENT_USAGE, ENT_H108_NOT_A_STRATEGY,
                        "examples/strategy shows how one is written",
                        "`%s` holds no `entente_strategy` of version %d", path,
                        ENT_STRATEGY_VERSION);
    }
    *strategy = make(work, l, apart);
    return ENT_OK;
}

void ent_enter_strategy(const ent_strategy *strategy, ent_trace *trace)
{
    ent_plugin *plugin = strategy->plugin;
    if (plugin == NULL) {
        return;
    }
    look l = {.path = plugin->path};
    trace->plugin = plugin;
    plugin->trace = trace;
    look_into(&l);
    plugin->user = l.user;
    if (l.user == NULL) {
        (void)raise(SIGKILL); /* it was there a moment ago */
    }
}
