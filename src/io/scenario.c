/* Which format a path holds, and its files; the formats themselves are one file each. */
#include "io/scenario.h"

#include "base/text.h"
#include "io/case.h"
#include "io/node.h"
#include "io/scenario_folder.h"
#include "io/scenario_format.h"
#include "record/exact.h"
#include "record/redact.h"

#include <string.h>

const ent_scenario_format *const ent_scenario_formats[] = {
    &ent_format_csv,
    &ent_format_genius,
    &ent_format_geniusweb,
    &ent_format_negmas,
    &ent_format_negolog,
    &ent_format_workbook,
    &ent_format_xmcda,
    NULL,
};

/* A case says so in its first key or one of the next: a line `entente: 1`. */
static bool is_case(const ent_text *text)
{
    for (const char *at = text->at; at != NULL; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, "entente:", 8) == 0 || strncmp(at, "\"entente\":", 10) == 0) {
            return true;
        }
    }
    return strstr(text->at, "{\"entente\":") != NULL;
}

static ent_status read_case(ent_work *work, const ent_files *files, const ent_text *text,
                            const char *path, size_t profiles, ent_scenario *out)
{
    ent_case *c = NULL;
    ent_scenario *s = NULL;
    const char *folder = ent_path_folder(work->arena, path);
    if (profiles > 0) {
        return ent_fail(work->diags, ENT_USAGE, ENT_S106_NO_PROFILE, NULL,
                        "a case holds its parties itself and takes no profiles");
    }
    ent_status status = ent_read_case(work, files, text, folder, &c);
    status = status == ENT_OK ? ent_scenario_of_case(work, c, &s) : status;
    if (status == ENT_OK) {
        *out = *s;
        if (c->withheld.told) {
            out->read_as = ent_format(work->arena, "a case; withheld: %s",
                                      ent_withheld_text(work->arena, &c->withheld));
        }
    }
    return status;
}

/* A file that is a scenario of its own, and those named behind it. */
static ent_status read_tables(ent_work *work, const ent_files *files,
                              const ent_scenario_format *format, const char *path,
                              const char *const *profiles, size_t count,
                              const ent_table_options *table, ent_scenario *out)
{
    ent_text *texts = ent_alloc(work->arena, count, ent_text);
    const char **names = ent_alloc(work->arena, count, const char *);
    ent_scenario_files all = {.name = ent_file_stem(work->arena, path), .profiles = texts,
                              .profile_names = names, .count = count, .table = table};
    ent_status status = files->read(files->user, work, path, ENT_NODE_BYTES, &all.domain);
    for (size_t i = 0; i < count && status == ENT_OK; i++) {
        names[i] = ent_file_stem(work->arena, profiles[i]);
        status = files->read(files->user, work, profiles[i], ENT_NODE_BYTES, &texts[i]);
    }
    return status == ENT_OK ? format->read(work, &all, out) : status;
}

static ent_status read_file(ent_work *work, const ent_files *files, const char *path,
                            const char *const *profiles, size_t count,
                            const ent_table_options *table, ent_scenario *out)
{
    const ent_scenario_format *own = ent_format_of_file(work, files, path);
    if (own != NULL) {
        return read_tables(work, files, own, path, profiles, count, table, out);
    }
    if (ent_has_extension(path, &ent_format_negmas)) {
        ent_text text;
        ent_status status = files->read(files->user, work, path, ENT_NODE_BYTES, &text);
        if (status != ENT_OK || is_case(&text)) {
            return status == ENT_OK ? read_case(work, files, &text, path, count, out) : status;
        }
    }
    /* One of a folder's files names the folder; what is not there is told by its own name. */
    ent_text there;
    ent_status status = files->read(files->user, work, path, ENT_NODE_BYTES, &there);
    if (status != ENT_OK) {
        return status;
    }
    const char *folder = ent_path_folder(work->arena, path);
    return ent_read_folder(work, files, *folder == '\0' ? "." : folder, ent_file_name(path),
                           profiles, count, out);
}

ent_status ent_read_scenario_as(ent_work *work, const ent_files *files, const char *path,
                                const char *const *profiles, size_t count,
                                const ent_table_options *table, ent_scenario **out)
{
    ent_scenario *scenario = ent_alloc(work->arena, 1, ent_scenario);
    *out = scenario;
    if (files->is_folder(files->user, path)) {
        return ent_read_folder(work, files, path, NULL, profiles, count, scenario);
    }
    return read_file(work, files, path, profiles, count, table, scenario);
}

ent_status ent_read_scenario(ent_work *work, const ent_files *files, const char *path,
                             const char *const *profiles, size_t count, ent_scenario **out)
{
    return ent_read_scenario_as(work, files, path, profiles, count, NULL, out);
}
