/*
 * Arbitrary bytes as a scenario: the part before a line `%%` is the domain, each further part a
 * profile. What can be read is valued, written in every format, and read again in its own.
 */
#ifndef ENT_SCENARIO_FUZZ_H
#define ENT_SCENARIO_FUZZ_H

#include "harness.h"

#include "base/text.h"
#include "io/scenario.h"
#include "io/scenario_format.h"
#include "model/exact.h"

enum { FUZZ_FILES = 64 };

typedef struct fuzz_files {
    ent_text at[FUZZ_FILES];
    size_t count;
} fuzz_files;

static inline ent_status fuzz_read(void *user, ent_work *work, const char *path, size_t limit,
                                   ent_text *text)
{
    const fuzz_files *f = user;
    for (size_t i = 0; i < f->count; i++) {
        if (strcmp(f->at[i].name, path) == 0 && f->at[i].length <= limit) {
            *text = f->at[i];
            return ENT_OK;
        }
    }
    return ent_fail(work->diags, ENT_IO, ENT_F101_CANNOT_READ, NULL, "no file");
}

static inline ent_status fuzz_list(void *user, ent_work *work, const char *path,
                                   const char *const **names, size_t *count)
{
    const fuzz_files *f = user;
    const char **list = ent_alloc(work->arena, FUZZ_FILES, const char *);
    size_t length = strlen(path);
    *count = 0;
    for (size_t i = 0; i < f->count; i++) {
        const char *name = f->at[i].name;
        bool inside = strncmp(name, path, length) == 0 && name[length] == '/';
        if (inside && strchr(name + length + 1, '/') == NULL) {
            list[(*count)++] = name + length + 1;
        }
    }
    *names = list;
    return ENT_OK;
}

static inline bool fuzz_is_folder(void *user, const char *path)
{
    const fuzz_files *f = user;
    bool edges = strcmp(path, "s/edges") == 0 && f->count > 0 &&
                 strcmp(f->at[0].name, "s/center.yml") == 0;
    return edges || strcmp(path, "s") == 0;
}

static inline ent_status fuzz_write(void *user, ent_work *work, const char *path,
                                    const char *bytes, size_t length)
{
    fuzz_files *f = user;
    (void)work;
    if (f->count < FUZZ_FILES) {
        f->at[f->count++] = (ent_text){path, bytes, length};
    }
    return ENT_OK;
}

static inline ent_status fuzz_make_folder(void *user, ent_work *work, const char *path)
{
    (void)user, (void)work, (void)path;
    return ENT_OK;
}

/* The shelf as files, by the members' names: a new one may not move the others. */
static inline ent_files fuzz_files_of(fuzz_files *shelf)
{
    return (ent_files){.read = fuzz_read,
                       .list = fuzz_list,
                       .is_folder = fuzz_is_folder,
                       .write = fuzz_write,
                       .make_folder = fuzz_make_folder,
                       .user = shelf};
}

/* The input's parts as files s/0, s/1, ... with the extension. */
static inline void fuzz_split(fuzz_input *r, fuzz_files *f)
{
    const char *at = ent_copy_text(r->work.arena, r->at, r->length);
    const char *end = at + r->length;
    while (f->count < 8) {
        const char *stop = at;
        while (end - stop >= 4 && memcmp(stop, "\n%%\n", 4) != 0) {
            stop++;
        }
        stop = end - stop >= 4 ? stop : end;
        bool league = strcmp(r->extension, "anl") == 0; /* a centre, then its edges */
        const char *name = !league ? ent_format(r->work.arena, "s/%zu.%s", f->count, r->extension)
                           : f->count == 0 ? "s/center.yml"
                                           : ent_format(r->work.arena, "s/edges/%zu.yml",
                                                        f->count);
        f->at[f->count++] = (ent_text){name,
                                       ent_copy_text(r->work.arena, at, (size_t)(stop - at)),
                                       (size_t)(stop - at)};
        if (stop == end) {
            return;
        }
        at = stop + 4;
    }
}

/* The exact twin has the same value, but for the rounding of sums that grow large. */
static inline void fuzz_twin(fuzz_input *r, const ent_scenario *s, const uint64_t *outcome)
{
    bool *exact = ent_alloc(r->work.arena, s->party_count, bool);
    const ent_scenario *twin = ent_exact_twin(r->work.arena, s, 500, exact);
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *u = &twin->utilities[p];
        bool ranked = s->utilities[p].table == NULL && u->table != NULL;
        double x = ent_utility_of(s, p, outcome), y = ent_utility_of(twin, p, outcome);
        double terms = s->issue_count + (double)u->box_count + 2;
        double most = 1e-6 * (1 + (x < 0 ? -x : x)) + terms / u->scale;
        if (exact[p] && !ranked && !(x - y <= most && y - x <= most)) {
            abort();
        }
    }
}

static inline void fuzz_use(fuzz_input *r, const ent_scenario *s)
{
    static const char *const formats[] = {"csv", "genius", "geniusweb", "negmas", "negolog"};
    uint64_t *outcome = ent_alloc(r->work.arena, s->issue_count, uint64_t);
    for (uint32_t p = 0; p < s->party_count; p++) {
        (void)ent_utility_of(s, p, outcome);
    }
    (void)ent_scenario_outcomes_text(r->work.arena, s);
    fuzz_twin(r, s, outcome);
    uint64_t count = 0;
    bool small = ent_scenario_outcomes(s, &count) && count * s->party_count < 20000;
    for (size_t k = small ? 0 : 1; k < sizeof formats / sizeof *formats; k++) {
        fuzz_files written = {.count = 0};
        ent_files files = fuzz_files_of(&written);
        const char *path = k == 0 ? "s/a.csv" : "s";
        ent_status status = ent_write_scenario(&r->work, &files, path, formats[k], s);
        ent_scenario *again = NULL;
        if (status == ENT_OK && strcmp(formats[k], s->format) == 0 &&
            s->party_count < FUZZ_FILES - 2 &&
            ent_read_scenario(&r->work, &files, path, NULL, 0, &again) != ENT_OK) {
            abort();
        }
    }
}

static inline ent_status fuzz_body(void *argument)
{
    fuzz_input *r = argument;
    fuzz_files found = {.count = 0};
    ent_files files = fuzz_files_of(&found);
    ent_scenario *s = NULL;
    fuzz_split(r, &found);
    const char *path = strcmp(r->extension, "csv") == 0 ? found.at[0].name : "s";
    (void)ent_is_scenario(&r->work, &files, path);
    ent_status status = ent_read_scenario(&r->work, &files, path, NULL, 0, &s);
    if (status == ENT_OK) {
        fuzz_use(r, s);
    } else if (ent_diags_count_of(r->work.diags, ENT_ERROR) == 0) {
        abort(); /* a failure that nobody is told of */
    }
    return status;
}

static inline int fuzz_scenario(const uint8_t *bytes, size_t size, const char *extension)
{
    (void)fuzz_once(bytes, size, extension, fuzz_body);
    return 0;
}

#endif
