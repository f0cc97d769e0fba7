/* A table in memory, read with options. */
#ifndef ENT_TABLE_TEXT_H
#define ENT_TABLE_TEXT_H

#include "scenario_text.h"

#include "base/number.h"
#include "io/table.h"

static inline ent_status read_as(ent_work *work, const char *path, const char *bytes, size_t length,
                                 const ent_table_options *options, ent_scenario **out)
{
    shelf memory = {.arena = work->arena};
    ent_files files = shelf_files(&memory);
    shelf_put(&memory, path, bytes, length);
    ent_diags_clear(work->diags);
    return ent_read_scenario_as(work, &files, path, NULL, 0, options, out);
}

#endif
