/* Which format a path holds, and its files; the formats themselves are one file each. */
#include "io/scenario.h"

#include "base/text.h"
#include "io/anl2025.h"
#include "io/case.h"
#include "io/node.h"
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
    NULL,
};
enum { FORMATS = sizeof ent_scenario_formats / sizeof *ent_scenario_formats - 1 };

/* What is known of a folder's file. */
typedef struct entry {
    const char *name; /* in its folder */
    ent_text text;
    ent_file_role role;
} entry;

typedef struct search {
    ent_work *work;
    const ent_files *files;
    const char *folder;
    const ent_scenario_format *format;
    struct {
        entry *at;
        size_t count, room;
    } entries; /* of the format */
    const entry *domain;
    size_t domains; /* how many the folder holds */
} search;

/* The part of a path behind its last slash. */
static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* A file's name without folder and extension, which names the party. */
static const char *stem(ent_arena *arena, const char *path)
{
    const char *name = file_name(path);
    const char *dot = strrchr(name, '.');
    return dot == NULL || dot == name ? name
                                      : ent_copy_text(arena, name, (size_t)(dot - name));
}

/* The last part of the folder's path, for people. */
static const char *folder_name(ent_arena *arena, const char *folder)
{
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/') {
        length--;
    }
    const char *name = file_name(ent_copy_text(arena, folder, length));
    return *name == '\0' || strcmp(name, ".") == 0 ? "scenario" : name;
}

static ent_status load(search *s, const char *path, ent_text *text)
{
    return s->files->read(s->files->user, s->work, path, ENT_NODE_BYTES, text);
}

static bool is_named(const char *const *profiles, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(file_name(profiles[i]), name) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * Read the folder's files that the format may mean. With profiles named, the search ends at the
 * domain: the others do not take part.
 */
static ent_status gather(search *s, const char *const *names, size_t name_count,
                         const char *const *profiles, size_t count)
{
    s->entries.count = 0;
    s->domain = NULL;
    s->domains = 0;
    for (size_t i = 0; i < name_count; i++) {
        if (!ent_has_extension(names[i], s->format) || is_named(profiles, count, names[i]) ||
            (s->format->known != NULL && s->format->known(names[i]))) {
            continue;
        }
        char *path = ent_path_join(s->work->arena, s->folder, names[i]);
        entry e = {.name = names[i]};
        if (s->files->is_folder(s->files->user, path)) {
            continue;
        }
        ent_status status = load(s, path, &e.text);
        if (status != ENT_OK) {
            return status;
        }
        e.role = s->format->role(s->work->arena, &e.text);
        *ent_push(s->work->arena, &s->entries) = e;
        if (count > 0 && e.role == ENT_IS_DOMAIN) {
            break;
        }
    }
    return ENT_OK;
}

static ent_status choose_domain(search *s, const char *wanted)
{
    for (size_t i = 0; i < s->entries.count; i++) {
        const entry *e = &s->entries.at[i];
        s->domains += e->role == ENT_IS_DOMAIN;
        if (e->role != ENT_IS_DOMAIN || (wanted != NULL && strcmp(wanted, e->name) != 0)) {
            continue;
        }
        if (s->domain != NULL) {
            return ent_fail(s->work->diags, ENT_INVALID, ENT_S105_NO_DOMAIN,
                            "give the one that is meant instead of the folder",
                            "`%s` holds several domains, `%s` and `%s`", s->folder,
                            s->domain->name, e->name);
        }
        s->domain = e;
    }
    return ENT_OK;
}

/* Files of the format's kind that are neither domain nor profile, told one by one. */
static void tell_left_out(search *s)
{
    for (size_t i = 0; i < s->entries.count; i++) {
        const entry *e = &s->entries.at[i];
        if (e->role == ENT_NO_PART) {
            ent_scenario_odd(s->work, &e->text, (ent_pos){1, 1, 1}, ENT_S201_LEFT_OUT, NULL,
                             "this is neither a domain nor a profile of %s and is left out",
                             s->format->title);
        }
    }
}

/* The profiles named: a path as it is, a bare name in the folder. */
static ent_status load_named(search *s, const char *const *names, size_t name_count,
                             const char *const *profiles, size_t count, ent_text *texts)
{
    for (size_t i = 0; i < count; i++) {
        const char *path = profiles[i];
        bool inside = false;
        for (size_t k = 0; k < name_count && strchr(path, '/') == NULL; k++) {
            inside |= strcmp(path, names[k]) == 0;
        }
        path = inside ? ent_path_join(s->work->arena, s->folder, path) : path;
        ent_status status = load(s, path, &texts[i]);
        if (status != ENT_OK) {
            return status;
        }
    }
    return ENT_OK;
}

static size_t shared_beginning(const char *a, const char *b)
{
    size_t same = 0;
    while (a[same] != '\0' && a[same] == b[same]) {
        same++;
    }
    return same;
}

/*
 * Whose profile is it where the folder holds several domains: the one whose file's name begins most
 * like its own? *doubt where another begins so too.
 */
static bool is_of_domain(const search *s, const entry *profile, bool *doubt)
{
    size_t best = shared_beginning(profile->name, s->domain->name), other = 0;
    for (size_t i = 0; i < s->entries.count; i++) {
        const entry *e = &s->entries.at[i];
        if (e->role == ENT_IS_DOMAIN && e != s->domain) {
            size_t same = shared_beginning(profile->name, e->name);
            other = same > other ? same : other;
        }
    }
    *doubt = *doubt || (other == best && s->domains > 1);
    return s->domains < 2 || best > other;
}

/* The profiles of the domain; with several domains those that their files' names give to it. */
static ent_status take_profiles(search *s, ent_text *texts, size_t *count)
{
    bool doubt = false;
    for (size_t i = 0; i < s->entries.count; i++) {
        const entry *e = &s->entries.at[i];
        if (e->role == ENT_IS_PROFILE && (s->domain == NULL || is_of_domain(s, e, &doubt))) {
            texts[(*count)++] = e->text;
        }
    }
    return doubt ? ent_fail(s->work->diags, ENT_INVALID, ENT_S106_NO_PROFILE,
                            "name the profiles that take part",
                            "`%s` holds several domains, and the names of its profiles do not say "
                            "which of them belong to `%s`", s->folder, s->domain->name)
                 : ENT_OK;
}

static ent_status check_count(search *s, size_t count, bool named)
{
    if (count == 0) {
        return ent_fail(s->work->diags, ENT_INVALID, ENT_S106_NO_PROFILE, NULL,
                        "`%s` holds no profile", s->folder);
    }
    if (count > ENT_SCENARIO_PARTIES) {
        return ent_fail(s->work->diags, ENT_INVALID, ENT_S104_TOO_MUCH,
                        "name the profiles that take part", "%zu profiles are more than %d",
                        count, ENT_SCENARIO_PARTIES);
    }
    if (!named && count > 2) {
        ent_tell(s->work->diags, ENT_WARNING, ENT_S206_MANY_PROFILES, NULL, (ent_pos){0},
                 "name the profiles that should take part", "all %zu profiles in `%s` take part",
                 count, s->folder);
    }
    return ENT_OK;
}

/* Read the scenario of s->format that the folder's gathered files make. */
static ent_status read_found(search *s, const char *const *names, size_t name_count,
                             const char *const *profiles, size_t count, ent_scenario *out)
{
    size_t most = count > 0 ? count : s->entries.count;
    ent_text *texts = ent_alloc(s->work->arena, most, ent_text);
    ent_status status = ENT_OK;
    size_t found = count;
    if (count > 0) {
        status = load_named(s, names, name_count, profiles, count, texts);
    } else {
        found = 0;
        status = take_profiles(s, texts, &found);
        tell_left_out(s);
    }
    status = status == ENT_OK ? check_count(s, found, count > 0) : status;
    if (status != ENT_OK) {
        return status;
    }
    const char **parties = ent_alloc(s->work->arena, found, const char *);
    for (size_t i = 0; i < found; i++) {
        parties[i] = stem(s->work->arena, texts[i].name);
    }
    ent_scenario_files all = {.name = folder_name(s->work->arena, s->folder),
                              .profiles = texts, .profile_names = parties, .count = found,
                              .named = count > 0};
    if (s->domain != NULL) {
        all.domain = s->domain->text;
    }
    return s->format->read(s->work, &all, out);
}

/* Look for a format whose domain or profiles are among the names; s->format is NULL if none is. */
static ent_status find_format(search *s, const char *const *names, size_t name_count,
                              const char *const *profiles, size_t count, const char *wanted)
{
    for (int f = 0; f < FORMATS; f++) {
        s->format = ent_scenario_formats[f];
        if (!s->format->folder) {
            continue;
        }
        ent_status status = gather(s, names, name_count, profiles, count);
        status = status == ENT_OK ? choose_domain(s, wanted) : status;
        if (status != ENT_OK) {
            return status;
        }
        for (size_t i = 0; i < s->entries.count; i++) {
            if (s->entries.at[i].role != ENT_NO_PART) {
                return ENT_OK;
            }
        }
    }
    s->format = NULL;
    return ENT_OK;
}

static ent_status not_a_scenario(ent_work *work, const char *path)
{
    return ent_fail(work->diags, ENT_INVALID, ENT_S101_BAD_SCENARIO,
                    "a scenario is a folder of Genius, GeniusWeb, NegMAS or NegoLog files, or a "
                    "CSV file",
                    "`%s` holds no scenario of a known format", path);
}

static bool holds(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Does the folder hold a centre and a folder of edges? */
static bool is_league(search *s, const char *const *names, size_t count)
{
    ent_text text;
    return holds(names, count, ENT_ANL_CENTRE) &&
           s->files->is_folder(s->files->user,
                               ent_path_join(s->work->arena, s->folder, ENT_ANL_EDGES)) &&
           load(s, ent_path_join(s->work->arena, s->folder, ENT_ANL_CENTRE), &text) == ENT_OK &&
           strstr(text.at, "n_edges") != NULL;
}

/* A centre and its edges, which all take part. */
static ent_status read_league(search *s, size_t count, ent_scenario *out)
{
    const char *edges = ent_path_join(s->work->arena, s->folder, ENT_ANL_EDGES);
    ent_scenario_files all = {.name = folder_name(s->work->arena, s->folder)};
    const char *const *names = NULL;
    size_t found = 0;
    ent_status status = load(s, ent_path_join(s->work->arena, s->folder, ENT_ANL_CENTRE),
                             &all.domain);
    status = status == ENT_OK ? s->files->list(s->files->user, s->work, edges, &names, &found)
                              : status;
    ent_text *texts = ent_alloc(s->work->arena, found + 1, ent_text);
    const char **parties = ent_alloc(s->work->arena, found + 1, const char *);
    if (status == ENT_OK && count > 0) {
        return ent_fail(s->work->diags, ENT_USAGE, ENT_S106_NO_PROFILE, NULL,
                        "a centre negotiates with all of its edges, so that none are named");
    }
    for (size_t i = 0; i < found && status == ENT_OK; i++) {
        if (ent_has_extension(names[i], &ent_format_negmas)) {
            parties[all.count] = stem(s->work->arena, names[i]);
            status = load(s, ent_path_join(s->work->arena, edges, names[i]), &texts[all.count++]);
        }
    }
    all.profiles = texts;
    all.profile_names = parties;
    return status == ENT_OK ? ent_read_anl2025(s->work, &all, out) : status;
}

static ent_status read_folder(ent_work *work, const ent_files *files, const char *folder,
                              const char *wanted, const char *const *profiles, size_t count,
                              ent_scenario *out)
{
    search s = {.work = work, .files = files, .folder = folder};
    const char *const *names = NULL;
    size_t name_count = 0;
    ent_status status = files->list(files->user, work, folder, &names, &name_count);
    if (status != ENT_OK) {
        return status;
    }
    if (is_league(&s, names, name_count)) {
        return read_league(&s, count, out);
    }
    status = find_format(&s, names, name_count, profiles, count, wanted);
    if (status != ENT_OK || s.format == NULL) {
        return status == ENT_OK ? not_a_scenario(work, folder) : status;
    }
    return read_found(&s, names, name_count, profiles, count, out);
}

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
    ent_scenario_files all = {.name = stem(work->arena, path), .profiles = texts,
                              .profile_names = names, .count = count, .table = table};
    ent_status status = files->read(files->user, work, path, ENT_NODE_BYTES, &all.domain);
    for (size_t i = 0; i < count && status == ENT_OK; i++) {
        names[i] = stem(work->arena, profiles[i]);
        status = files->read(files->user, work, profiles[i], ENT_NODE_BYTES, &texts[i]);
    }
    return status == ENT_OK ? format->read(work, &all, out) : status;
}

static ent_status read_file(ent_work *work, const ent_files *files, const char *path,
                            const char *const *profiles, size_t count,
                            const ent_table_options *table, ent_scenario *out)
{
    for (int f = 0; f < FORMATS; f++) {
        const ent_scenario_format *format = ent_scenario_formats[f];
        if (!format->folder && ent_has_extension(path, format)) {
            return read_tables(work, files, format, path, profiles, count, table, out);
        }
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
    return read_folder(work, files, *folder == '\0' ? "." : folder, file_name(path), profiles,
                       count, out);
}

ent_status ent_read_scenario_as(ent_work *work, const ent_files *files, const char *path,
                                const char *const *profiles, size_t count,
                                const ent_table_options *table, ent_scenario **out)
{
    ent_scenario *scenario = ent_alloc(work->arena, 1, ent_scenario);
    *out = scenario;
    if (files->is_folder(files->user, path)) {
        return read_folder(work, files, path, NULL, profiles, count, scenario);
    }
    return read_file(work, files, path, profiles, count, table, scenario);
}

ent_status ent_read_scenario(ent_work *work, const ent_files *files, const char *path,
                             const char *const *profiles, size_t count, ent_scenario **out)
{
    return ent_read_scenario_as(work, files, path, profiles, count, NULL, out);
}

static void forget(void *diags)
{
    ent_diags_destroy(diags);
}

/* Is the file one of a scenario? */
static bool is_part(search *s, const char *path)
{
    for (int f = 0; f < FORMATS; f++) {
        ent_text text;
        if (ent_has_extension(path, ent_scenario_formats[f]) && load(s, path, &text) == ENT_OK &&
            ent_scenario_formats[f]->role(s->work->arena, &text) != ENT_NO_PART) {
            return true;
        }
    }
    return false;
}

bool ent_is_scenario(ent_work *work, const ent_files *files, const char *path)
{
    ent_work quiet = *work;
    quiet.diags = ent_diags_create();
    if (quiet.diags == NULL) {
        ent_out_of_memory(work->arena);
    }
    ent_defer(work->arena, forget, quiet.diags);
    search s = {.work = &quiet, .files = files, .folder = path};
    const char *const *names = NULL;
    size_t count = 0;
    if (!files->is_folder(files->user, path)) {
        return is_part(&s, path);
    }
    return files->list(files->user, &quiet, path, &names, &count) == ENT_OK &&
           find_format(&s, names, count, NULL, 0, NULL) == ENT_OK && s.format != NULL;
}
