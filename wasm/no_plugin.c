/*
 * Strategies from shared objects where nothing can be loaded and no process be made: the other
 * side of the seams of src/haggle/plugin.h and isolation.h. None is ever loaded, so nothing is ever
 * asked of one.
 */
#include "haggle/plugin.h"

ent_status ent_load_strategy(ent_work *work, const char *path, const ent_apart *apart,
                             const ent_strategy **strategy)
{
    (void)apart;
    (void)strategy;
    return ent_fail(work->diags, ENT_USAGE, ENT_H108_NOT_A_STRATEGY,
                    "`entente` on the command line loads it",
                    "`%s` cannot be loaded: a browser has no shared objects", path);
}

void ent_enter_strategy(const ent_strategy *strategy, ent_trace *trace)
{
    (void)strategy;
    (void)trace;
}

ent_faults ent_take_faults(const ent_strategy *strategy)
{
    (void)strategy;
    return (ent_faults){{0}};
}

void ent_add_fault(ent_plugin *plugin, ent_fault fault)
{
    (void)plugin;
    (void)fault;
}

void ent_give_faults(const ent_strategy *strategy, const ent_faults *faults)
{
    (void)strategy;
    (void)faults;
}

ent_status ent_tell_faults(ent_work *work, const ent_strategy *strategy, const ent_faults *faults)
{
    (void)work;
    (void)strategy;
    (void)faults;
    return ENT_OK;
}

bool ent_any_plugin(const ent_chosen_strategy *chosen, size_t count)
{
    (void)chosen;
    (void)count;
    return false;
}

void *ent_shared_memory(ent_arena *arena, size_t bytes)
{
    return ent_alloc_bytes(arena, bytes, 1);
}

ent_status ent_act_apart(ent_work *work, const ent_apart *apart, const ent_apart_job *job)
{
    (void)work;
    (void)apart;
    (void)job;
    return ENT_NOMEM;
}
