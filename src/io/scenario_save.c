/* Writing a scenario: which format, and its files. */
#include "io/scenario.h"
#include "io/scenario_format.h"

#include "base/text.h"
#include "io/scenario_write.h"
#include "model/exact.h"

#include <math.h>
#include <string.h>

/* The format called so, or the one that the path's ending means; a folder without one is NULL. */
static const ent_scenario_format *format_of(const char *name, const char *path)
{
    if (name != NULL ? strcmp(name, "case") == 0 : ent_has_extension(path, &ent_format_case)) {
        return &ent_format_case;
    }
    for (int f = 0; ent_scenario_formats[f] != NULL; f++) {
        const ent_scenario_format *is = ent_scenario_formats[f];
        if (name != NULL ? strcmp(name, is->name) == 0
                         : !is->folder && ent_has_extension(path, is)) {
            return is;
        }
    }
    return NULL;
}

ent_status ent_write_scenario(ent_work *work, const ent_files *files, const char *path,
                              const char *format, const ent_scenario *scenario)
{
    const ent_scenario_format *f = format_of(format, path);
    ent_written_files out = {0};
    if (f == NULL) {
        return ent_fail(work->diags, ENT_USAGE, ENT_S101_BAD_SCENARIO,
                        "case, csv, genius, geniusweb, negmas or negolog",
                        "no known format to write `%s` in", format == NULL ? path : format);
    }
    for (uint32_t p = 0; p < scenario->party_count && f != &ent_format_negmas; p++) {
        if (scenario->utilities[p].reservation == HUGE_VAL) {
            return ent_cannot_hold(work, "only NegMAS can say that no outcome is as good for `%s` "
                                         "as no agreement", scenario->parties[p]);
        }
    }
    if (f == &ent_format_csv) { /* sums are written: those of the file's decimals */
        bool all;
        scenario = ent_exactly(work->arena, scenario, &all);
    }
    ent_status status = f->write(work, scenario, &out);
    if (status == ENT_OK && f->folder) {
        status = files->make_folder(files->user, work, path);
    }
    for (size_t i = 0; i < out.files.count && status == ENT_OK; i++) {
        const ent_written *file = &out.files.at[i];
        for (size_t k = 0; k < i; k++) {
            if (strcmp(file->name, out.files.at[k].name) == 0) {
                return ent_fail(work->diags, ENT_INVALID, ENT_S112_NAME_TWICE, NULL,
                                "two parties would be written to `%s`", file->name);
            }
        }
        const char *to = *file->name == '\0' ? path
                                             : ent_path_join(work->arena, path, file->name);
        status = files->write(files->user, work, to, file->bytes, file->length);
    }
    return status;
}
