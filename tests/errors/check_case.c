/*
 * Reads the case files named and prints what is wrong with them: for golden error positions. The
 * lines of NAME.suppose are supposed in NAME.yaml; it is redacted where there is a NAME.redact.
 */
#include "base/diag_text.h"
#include "base/work.h"
#include "io/case.h"

#include <stdio.h>
#include <string.h>

typedef struct request {
    ent_work work;
    const char *path;
} request;

/* The file of the same name with this ending, or NULL. */
static FILE *beside(const request *r, const char *ending)
{
    size_t stem = strlen(r->path) - strlen(".yaml");
    return fopen(ent_format(r->work.arena, "%.*s%s", (int)stem, r->path, ending), "r");
}

static ent_status suppose(request *r, const ent_case *c)
{
    FILE *file = beside(r, ".suppose");
    char line[500];
    const char *lines[100];
    size_t count = 0;
    while (file != NULL && count < 100 && fgets(line, sizeof line, file) != NULL) {
        lines[count++] = ent_copy_text(r->work.arena, line, strcspn(line, "\n"));
    }
    if (file != NULL) {
        fclose(file);
    }
    return ent_read_suppositions(&r->work, c, lines, count, &c);
}

static ent_status check(void *argument)
{
    request *r = argument;
    ent_text text;
    ent_case *c = NULL;
    FILE *redact = beside(r, ".redact");
    if (redact != NULL) {
        r->work.redact = ENT_REDACT_ALL;
        fclose(redact);
    }
    ent_status status = ent_disk.read(ent_disk.user, &r->work, r->path, 16 << 20, &text);
    if (status == ENT_OK) {
        const char *folder = ent_path_folder(r->work.arena, r->path);
        status = ent_read_case(&r->work, &ent_disk, &text, folder, &c);
    }
    if (status == ENT_OK) {
        status = suppose(r, c);
    }
    for (size_t i = 0; i < ent_diags_count(r->work.diags); i++) {
        ent_buffer out = ent_buffer_init(r->work.arena, 0);
        ent_put_diag(&out, ent_diags_get(r->work.diags, i), false);
        fputs(ent_buffer_text(&out), stdout);
    }
    return status;
}

int main(int count, char **paths)
{
    int exit = 0;
    for (int i = 1; i < count; i++) {
        request r = {.path = paths[i]};
        r.work = (ent_work){.arena = ent_arena_create(NULL), .diags = ent_diags_create(),
                            .threads = 1};
        ent_status status = ent_protect(r.work.arena, check, &r);
        exit = status != ENT_OK ? ent_status_exit(status) : exit;
        ent_arena_destroy(r.work.arena);
        ent_diags_destroy(r.work.diags);
    }
    return exit;
}
