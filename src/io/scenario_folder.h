/* Scenarios that are folders of files. Names of files serve readers of single files too. */
#ifndef ENT_IO_SCENARIO_FOLDER_H
#define ENT_IO_SCENARIO_FOLDER_H

#include "io/files.h"
#include "model/scenario.h"

/* The part of a path behind its last slash. */
const char *ent_file_name(const char *path);
/* A file's name without folder and extension, which names the party. */
const char *ent_file_stem(ent_arena *arena, const char *path);
/*
 * Read the scenario in the folder. given: the file of the folder by which it was named, or NULL; a
 * domain is the one that is meant, a profile takes part beside those of `profiles`, and where there
 * are none it stands for its folder.
 */
ent_status ent_read_folder(ent_work *work, const ent_files *files, const char *folder,
                           const char *given, const char *const *profiles, size_t count,
                           ent_scenario *out);

#endif
