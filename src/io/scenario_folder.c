/* A scenario that is a folder: its format, its domain, and the profiles that take part. */
#include "io/scenario_folder.h"

#include "base/text.h"
#include "io/anl2025.h"
#include "io/node.h"
#include "io/scenario.h"
#include "io/scenario_format.h"

#include <string.h>

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
    const char *const *names; /* of the folder's files */
    size_t name_count;
    const ent_scenario_format *format; /* NULL: none */
    struct {
        entry *at;
        size_t count, room;
    } entries; /* of the format */
    const entry *domain;
    size_t domains; /* how many the folder holds */
} search;

/* The part of a path behind its last slash. */
const char *ent_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* A file's name without folder and extension, which names the party. */
const char *ent_file_stem(ent_arena *arena, const char *path)
{
    const char *name = ent_file_name(path);
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
    const char *name = ent_file_name(ent_copy_text(arena, folder, length));
    return *name == '\0' || strcmp(name, ".") == 0 ? "scenario" : name;
}

static ent_status load(search *s, const char *path, ent_text *text)
{
    return s->files->read(s->files->user, s->work, path, ENT_NODE_BYTES, text);
}

/* Read the folder's files that the format may mean. */
static ent_status gather(search *s)
{
    s->entries.count = 0;
    for (size_t i = 0; i < s->name_count; i++) {
        entry e = {.name = s->names[i]};
        char *path = ent_path_join(s->work->arena, s->folder, e.name);
        if (!ent_has_extension(e.name, s->format) ||
            (s->format->known != NULL && s->format->known(e.name)) ||
            s->files->is_folder(s->files->user, path)) {
            continue;
        }
        ent_status status = load(s, path, &e.text);
        if (status != ENT_OK) {
            return status;
        }
        e.role = s->format->role(s->work->arena, &e.text);
        *ent_push(s->work->arena, &s->entries) = e;
    }
    return ENT_OK;
}

/* Look for a format whose domain or profiles are among the folder's files. */
static ent_status find_format(search *s)
{
    for (const ent_scenario_format *const *f = ent_scenario_formats; *f != NULL; f++) {
        s->format = *f;
        if (!s->format->folder) {
            continue;
        }
        ent_status status = gather(s);
        for (size_t i = 0; status == ENT_OK && i < s->entries.count; i++) {
            if (s->entries.at[i].role != ENT_NO_PART) {
                return ENT_OK;
            }
        }
        if (status != ENT_OK) {
            return status;
        }
    }
    s->format = NULL;
    return ENT_OK;
}

static bool is_named(const char *const *profiles, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(ent_file_name(profiles[i]), name) == 0) {
            return true;
        }
    }
    return false;
}

static const entry *find_entry(const search *s, const char *name, ent_file_role role)
{
    for (size_t i = 0; name != NULL && i < s->entries.count; i++) {
        const entry *e = &s->entries.at[i];
        if (e->role == role && strcmp(e->name, name) == 0) {
            return e;
        }
    }
    return NULL;
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
 * like its own; NULL where two begin so.
 */
static const entry *domain_of(const search *s, const char *profile)
{
    const entry *best = NULL;
    size_t most = 0;
    bool doubt = true;
    for (size_t i = 0; i < s->entries.count; i++) {
        const entry *e = &s->entries.at[i];
        size_t same = e->role == ENT_IS_DOMAIN ? shared_beginning(profile, e->name) : 0;
        if (e->role == ENT_IS_DOMAIN && (best == NULL || same >= most)) {
            doubt = best != NULL && same == most;
            best = e;
            most = same;
        }
    }
    return doubt ? NULL : best;
}

/*
 * The domain: the file that was given, or the folder's only one, or of several that to which the
 * names of all profiles that were asked for belong.
 */
static ent_status choose_domain(search *s, const char *given, const char *const *profiles,
                                size_t count)
{
    const entry *two[2] = {NULL, NULL};
    for (size_t i = 0; i < s->entries.count; i++) {
        if (s->entries.at[i].role == ENT_IS_DOMAIN) {
            two[s->domains > 0] = two[s->domains > 0] == NULL ? &s->entries.at[i] : two[1];
            s->domains++;
        }
    }
    s->domain = find_entry(s, given, ENT_IS_DOMAIN);
    if (s->domain != NULL || s->domains < 2) {
        s->domain = s->domain != NULL ? s->domain : two[0];
        return ENT_OK;
    }
    const entry *of = count > 0 ? domain_of(s, ent_file_name(profiles[0])) : NULL;
    for (size_t i = 1; i < count; i++) {
        of = domain_of(s, ent_file_name(profiles[i])) == of ? of : NULL;
    }
    s->domain = of;
    return of != NULL ? ENT_OK
                      : ent_fail(s->work->diags, ENT_INVALID, ENT_S105_NO_DOMAIN,
                                 "give the one that is meant instead of the folder",
                                 "`%s` holds several domains, `%s` and `%s`", s->folder,
                                 two[0]->name, two[1]->name);
}

/* The profiles of the domain; with several domains those that their files' names give to it. */
static ent_status take_profiles(search *s, ent_text *texts, size_t *count)
{
    for (size_t i = 0; i < s->entries.count; i++) {
        const entry *e = &s->entries.at[i];
        if (e->role != ENT_IS_PROFILE) {
            continue;
        }
        const entry *of = s->domains > 1 ? domain_of(s, e->name) : s->domain;
        if (s->domains > 1 && of == NULL) {
            return ent_fail(s->work->diags, ENT_INVALID, ENT_S106_NO_PROFILE,
                            "name the profiles that take part",
                            "`%s` holds several domains, and the names of its profiles do not say "
                            "which of them belong to `%s`", s->folder, s->domain->name);
        }
        if (of == s->domain) {
            texts[(*count)++] = e->text;
        }
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
static ent_status load_named(search *s, const char *const *profiles, size_t count,
                             ent_text *texts)
{
    for (size_t i = 0; i < count; i++) {
        const char *path = profiles[i];
        bool inside = false;
        for (size_t k = 0; k < s->name_count && strchr(path, '/') == NULL; k++) {
            inside |= strcmp(path, s->names[k]) == 0;
        }
        path = inside ? ent_path_join(s->work->arena, s->folder, path) : path;
        ent_status status = load(s, path, &texts[i]);
        if (status != ENT_OK) {
            return status;
        }
    }
    return ENT_OK;
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
static ent_status read_found(search *s, const char *const *profiles, size_t count,
                             ent_scenario *out)
{
    size_t most = count > 0 ? count : s->entries.count;
    ent_text *texts = ent_alloc(s->work->arena, most, ent_text);
    ent_status status = ENT_OK;
    size_t found = count;
    if (count > 0) {
        status = load_named(s, profiles, count, texts);
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
        parties[i] = ent_file_stem(s->work->arena, texts[i].name);
    }
    ent_scenario_files all = {.name = folder_name(s->work->arena, s->folder),
                              .profiles = texts, .profile_names = parties, .count = found,
                              .named = count > 0};
    if (s->domain != NULL) {
        all.domain = s->domain->text;
    }
    return s->format->read(s->work, &all, out);
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
static bool is_league(search *s)
{
    ent_text text;
    return holds(s->names, s->name_count, ENT_ANL_CENTRE) &&
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
            parties[all.count] = ent_file_stem(s->work->arena, names[i]);
            status = load(s, ent_path_join(s->work->arena, edges, names[i]), &texts[all.count++]);
        }
    }
    all.profiles = texts;
    all.profile_names = parties;
    return status == ENT_OK ? ent_read_anl2025(s->work, &all, out) : status;
}

ent_status ent_read_folder(ent_work *work, const ent_files *files, const char *folder,
                           const char *given, const char *const *profiles, size_t count,
                           ent_scenario *out)
{
    search s = {.work = work, .files = files, .folder = folder};
    ent_status status = files->list(files->user, work, folder, &s.names, &s.name_count);
    if (status != ENT_OK) {
        return status;
    }
    if (is_league(&s)) {
        return read_league(&s, count, out);
    }
    status = find_format(&s);
    if (status != ENT_OK || s.format == NULL) {
        return status == ENT_OK ? not_a_scenario(work, folder) : status;
    }
    const char *all[ENT_SCENARIO_PARTIES + 1] = {given};
    bool first = find_entry(&s, given, ENT_IS_PROFILE) != NULL; /* one of those that take part */
    if (first && count > 0 && count < ENT_SCENARIO_PARTIES &&
        !is_named(profiles, count, given)) {
        memcpy(all + 1, profiles, count * sizeof *all);
        profiles = all;
        count++;
    }
    status = choose_domain(&s, given, count > 0 ? profiles : all, count > 0 ? count : first);
    return status == ENT_OK ? read_found(&s, profiles, count, out) : status;
}

static void forget(void *diags)
{
    ent_diags_destroy(diags);
}

/* Is the file one of a scenario? */
static bool is_part(search *s, const char *path)
{
    for (const ent_scenario_format *const *f = ent_scenario_formats; *f != NULL; f++) {
        ent_text text;
        if (ent_has_extension(path, *f) && load(s, path, &text) == ENT_OK &&
            (*f)->role(s->work->arena, &text) != ENT_NO_PART) {
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
    if (!files->is_folder(files->user, path)) {
        return is_part(&s, path);
    }
    return files->list(files->user, &quiet, path, &s.names, &s.name_count) == ENT_OK &&
           find_format(&s) == ENT_OK && s.format != NULL;
}
