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

const char *ent_scenario_format_names(ent_arena *arena)
{
    const ent_scenario_format *last = NULL;
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put(&b, ent_format_case.name);
    for (int f = 0; ent_scenario_formats[f] != NULL; f++) {
        last = ent_scenario_formats[f]->read_only ? last : ent_scenario_formats[f];
    }
    for (int f = 0; ent_scenario_formats[f] != NULL; f++) {
        const ent_scenario_format *is = ent_scenario_formats[f];
        if (!is->read_only) {
            ent_putf(&b, "%s%s", is == last ? " or " : ", ", is->name);
        }
    }
    return ent_buffer_text(&b);
}

static bool is_written(const ent_written_files *out, size_t before, const char *name)
{
    for (size_t i = 0; i < before; i++) {
        if (strcmp(name, out->files.at[i].name) == 0) {
            return true;
        }
    }
    return false;
}

static ent_status check_names(ent_work *work, const ent_written_files *out)
{
    for (size_t i = 0; i < out->files.count; i++) {
        if (is_written(out, i, out->files.at[i].name)) {
            return ent_fail(work->diags, ENT_INVALID, ENT_S112_NAME_TWICE, NULL,
                            "two parties would be written to `%s`", out->files.at[i].name);
        }
    }
    return ENT_OK;
}

/* A folder that is there is written into where all that it holds is written anew. */
static ent_status check_folder(ent_work *work, const ent_files *files, const char *path,
                               const ent_written_files *out)
{
    const char *const *names = NULL;
    size_t count = 0;
    ent_status status = files->is_folder(files->user, path)
                            ? files->list(files->user, work, path, &names, &count)
                            : ENT_OK;
    for (size_t i = 0; i < count && status == ENT_OK; i++) {
        if (!is_written(out, out->files.count, names[i])) {
            status = ent_fail(work->diags, ENT_USAGE, ENT_F109_FOLDER_IN_USE,
                              "name a new folder, or empty that one",
                              "`%s` holds other files, such as `%s`", path, names[i]);
        }
    }
    return status;
}

/* All checks are done: from here on it is written whole. */
static ent_status write_files(ent_work *work, const ent_files *files, const char *path,
                              bool folder, const ent_written_files *out)
{
    ent_status status = folder ? files->make_folder(files->user, work, path) : ENT_OK;
    for (size_t i = 0; i < out->files.count && status == ENT_OK; i++) {
        const ent_written *file = &out->files.at[i];
        const char *to = *file->name == '\0' ? path
                                             : ent_path_join(work->arena, path, file->name);
        status = files->write(files->user, work, to, file->bytes, file->length);
    }
    return status;
}

ent_status ent_write_scenario(ent_work *work, const ent_files *files, const char *path,
                              const char *format, const ent_scenario *scenario)
{
    const ent_scenario_format *f = format_of(format, path);
    ent_written_files out = {0};
    if (f == NULL) {
        return ent_fail(work->diags, ENT_USAGE, ENT_S101_BAD_SCENARIO,
                        ent_scenario_format_names(work->arena),
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
    if (status == ENT_OK) {
        status = check_names(work, &out);
    }
    if (status == ENT_OK && f->folder) {
        status = check_folder(work, files, path, &out);
    }
    if (status == ENT_OK && ent_tick(work, "files", 0, out.files.count)) {
        return ENT_CANCELLED;
    }
    return status == ENT_OK ? write_files(work, files, path, f->folder, &out) : status;
}
