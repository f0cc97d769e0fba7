/* Strategies from shared objects: loaded, asked, and watched when they play in a process apart. */
#ifndef ENT_HAGGLE_PLUGIN_H
#define ENT_HAGGLE_PLUGIN_H

#include "haggle/isolation.h"
#include "haggle/strategy.h"

/* How often a strategy misbehaved; in memory that is shared with processes apart. */
typedef struct ent_faults {
    uint32_t of[ENT_FAULTS];
} ent_faults;

typedef struct ent_plugin ent_plugin;

/*
 * The strategy in the shared object at path; it stays loaded as long as the arena. With `apart` it
 * is never loaded into this process: another one looks into it.
 */
ent_status ent_load_strategy(ent_work *work, const char *path, const ent_apart *apart,
                             const ent_strategy **strategy);
/* In a process apart: load it there; what it is asked is noted in the trace. */
void ent_enter_strategy(const ent_strategy *strategy, ent_trace *trace);
/* What the strategy did wrong since the last call; nothing where it is one of ours. */
ent_faults ent_take_faults(const ent_strategy *strategy);
void ent_add_fault(ent_plugin *plugin, ent_fault fault);
/* Count those that were taken elsewhere, or here before: they are taken anew. */
void ent_give_faults(const ent_strategy *strategy, const ent_faults *faults);
/* Tell of them, as a warning; ENT_LIMIT where it gave no answer too often. */
ent_status ent_tell_faults(ent_work *work, const ent_strategy *strategy, const ent_faults *faults);

/* Is any of them from a shared object? */
bool ent_any_plugin(const ent_chosen_strategy *chosen, size_t count);

#endif
