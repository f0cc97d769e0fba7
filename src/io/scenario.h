/*
 * Exact scenarios in and out, whatever the format. What the formats mean is in
 * docs/methods/formats.md.
 */
#ifndef ENT_IO_SCENARIO_H
#define ENT_IO_SCENARIO_H

#include "io/files.h"
#include "io/table_options.h"
#include "model/scenario.h"

/*
 * Read the scenario in a folder, or that which a file belongs to: a domain file stands for its
 * folder, a CSV file is a scenario of its own. `profiles` are paths, or names of files in the
 * folder; they take part in the order given. With count 0 all of the folder's do, in the order of
 * their names. What is odd but can only mean one thing is a warning.
 */
ent_status ent_read_scenario(ent_work *work, const ent_files *files, const char *path,
                             const char *const *profiles, size_t count, ent_scenario **out);
/* The same; the options choose among the readings of tables, and are NULL where none were given. */
ent_status ent_read_scenario_as(ent_work *work, const ent_files *files, const char *path,
                                const char *const *profiles, size_t count,
                                const ent_table_options *table, ent_scenario **out);
/* Is there a scenario of a known format (not a case)? Tells nothing; reads the files' starts. */
bool ent_is_scenario(ent_work *work, const ent_files *files, const char *path);

/*
 * Is the file a party's part of a scenario that lies in a folder, and no domain? Tells nothing.
 */
bool ent_is_profile(ent_work *work, const ent_files *files, const char *path);

/*
 * Write the scenario as format (one of ent_scenario_format_names; NULL: by what the path ends in)
 * to a folder, which is made where it is not there, or a file. What the format cannot hold is told
 * as a warning S208; what would change a value's meaning is an error S113, and nothing is written.
 */
ent_status ent_write_scenario(ent_work *work, const ent_files *files, const char *path,
                              const char *format, const ent_scenario *scenario);
/* The names of the formats that can be written: "case, csv, genius, geniusweb or negmas". */
const char *ent_scenario_format_names(ent_arena *arena);

#endif
