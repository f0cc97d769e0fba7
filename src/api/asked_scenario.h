/* Scenarios as questions read them: every format, tables with the options that choose a reading. */
#ifndef ENT_API_ASKED_SCENARIO_H
#define ENT_API_ASKED_SCENARIO_H

#include "api/ask.h"
#include "io/table_options.h"
#include "model/scenario.h"

/* The options of every question that reads scenarios; put into its table. */
#define ENT_TABLE_OPTIONS                                                                          \
    {"layout", "NAME", ENT_OPTION_TEXT, false,                                                     \
     "of a table: outcomes, scoring, weights or offers (recognised)"},                             \
    {"utilities", "A,B", ENT_OPTION_TEXT, false,                                                   \
     "of a table: the parties' columns, by name or letter; -A: less is better"},                   \
    {"decimal", "MARK", ENT_OPTION_TEXT, false, "of a table: comma or point (recognised)"},        \
    {"reservation-row", "ROW", ENT_OPTION_TEXT, false,                                             \
     "of a table: the reservation values, by number or name, or none"},                            \
    {"skip-rows", "N,N-N", ENT_OPTION_TEXT, false,                                                 \
     "of a table: rows that do not count; none: each does"},                                       \
    {"sheet", "NAME", ENT_OPTION_TEXT, false, "of a workbook: the sheet that is meant"}

/* The options as they were given; U103. */
ent_status ent_asked_table(const ent_asking *asking, ent_table_options *options);
/* Of them the rows that do not count. */
ent_status ent_asked_rows(const ent_asking *asking, ent_table_options *options);
/* The options that were given, a line each: what makes another reading of the same bytes. */
void ent_put_table_options(ent_buffer *b, const ent_asking *asking);
/*
 * Read the scenario at the path through `files`, with the profiles among the request's inputs from
 * `first` on (SIZE_MAX: none). A table option given for what is no table is U103.
 */
ent_status ent_asked_scenario(const ent_asking *asking, const ent_files *files, const char *path,
                              size_t first, ent_scenario **out);

typedef struct ent_paths {
    const char **at;
    size_t count, room;
} ent_paths;

/* The same with these profiles; none: all. */
ent_status ent_asked_profiles(const ent_asking *asking, const ent_files *files, const char *path,
                              const ent_paths *profiles, ent_scenario **out);

/*
 * Add the scenarios that the path stands for: itself, or, of a folder that is none, those in the
 * folders below it, in the order of their names; without any the path itself, to be refused.
 */
ent_status ent_add_scenario_paths(const ent_asking *asking, const char *path, ent_paths *found);
#endif
