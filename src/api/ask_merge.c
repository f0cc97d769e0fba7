#include "api/ask.h"
#include "io/case.h"
#include "io/merge.h"
#include "report/json.h"

#include <string.h>

enum { BASE, A, B, VERSIONS };

typedef struct merging {
    ent_asking *asking;
    ent_text text[VERSIONS];
    ent_buffer out;
    ent_merge_result merge;
} merging;

static ent_status merge_texts(void *argument)
{
    merging *m = argument;
    for (size_t i = 0; i < VERSIONS; i++) {
        ent_status status = ent_asked_file(m->asking, i, 16 << 20, &m->text[i]);
        if (status != ENT_OK) {
            return status;
        }
    }
    return ent_merge_texts(m->asking->work, &m->text[BASE], &m->text[A], &m->text[B], &m->out,
                           &m->merge);
}

static const char *place(const merging *m, int version, ent_pos pos)
{
    return pos.line == 0 ? ent_format(m->asking->work->arena, "taken out in %s",
                                      m->text[version].name)
                         : ent_format(m->asking->work->arena, "otherwise in %s:%u:%u",
                                      m->text[version].name, pos.line, pos.column);
}

/* Both places, each with its line. */
static void tell_conflicts(const merging *m)
{
    for (size_t i = 0; i < m->merge.count; i++) {
        const ent_merge_conflict *c = &m->merge.conflicts[i];
        for (int version = A; version <= B; version++) {
            ent_pos here = version == A ? c->a : c->b;
            ent_pos there = version == A ? c->b : c->a;
            if (here.line > 0) {
                ent_tell(m->asking->work->diags, ENT_WARNING, ENT_R103_BOTH_CHANGED,
                         &m->text[version], here, NULL, "`%.200s` is changed here and %s", c->what,
                         place(m, A + B - version, there));
            }
        }
    }
    if (m->merge.anew) {
        ent_tell(m->asking->work->diags, ENT_WARNING, ENT_R104_WRITTEN_ANEW, &m->text[A],
                 (ent_pos){0, 0, 0}, NULL,
                 "the lines of `%s` could not be patched: the merged case is written anew, "
                 "without its comments", m->text[A].name);
    }
}

static void forget(void *object)
{
    ent_diags_destroy(object);
}

/* Each version may be right and the two together wrong: a name that is gone is still named. */
static ent_status check_merged(merging *m)
{
    ent_asking *asking = m->asking;
    ent_work work = *asking->work;
    work.redact = ENT_REDACT_NOTHING;
    ent_case *c = NULL;
    ent_text text = {"merged", ent_buffer_text(&m->out), m->out.length};
    const char *folder = ent_path_folder(work.arena, m->text[A].name);
    work.diags = ent_diags_create();
    if (work.diags == NULL) {
        ent_out_of_memory(work.arena);
    }
    ent_defer(work.arena, forget, work.diags);
    ent_status status = ent_read_case(&work, asking->files, &text, folder, &c);
    if (status == ENT_INVALID) { /* warnings were those of the versions, errors are the merge's */
        work.diags = asking->work->diags;
        (void)ent_read_case(&work, asking->files, &text, folder, &c);
        return ENT_FINDINGS;
    }
    return status;
}

/* The case without what is private: only of one that is whole, and its faults are not told. */
static ent_status redact_merged(merging *m)
{
    ent_asking *asking = m->asking;
    ent_case *c = NULL;
    ent_text text = {"merged", ent_buffer_text(&m->out), m->out.length};
    const char *folder = ent_path_folder(asking->work->arena, m->text[A].name);
    if (m->merge.count > 0) {
        return ent_fail(asking->work->diags, ENT_INVALID, ENT_C143_CANNOT_REDACT,
                        "merge without `--redact`, settle them, and redact what comes of it",
                        "%zu conflict%s of the merge: what is private is not known",
                        m->merge.count, m->merge.count == 1 ? "" : "s");
    }
    ent_status status = ent_read_case(asking->work, asking->files, &text, folder, &c);
    if (status == ENT_OK) {
        m->out.length = 0;
        ent_put_bytes(&m->out, c->text.at, c->text.length);
    }
    return status;
}

static void put_place(ent_json *json, const char *key, ent_pos pos)
{
    if (pos.line == 0) {
        ent_json_null(json, key);
        return;
    }
    ent_json_open_map(json, key);
    ent_json_count(json, "line", pos.line);
    ent_json_count(json, "column", pos.column);
    ent_json_close_map(json);
}

static void put_json(const merging *m)
{
    ent_json json = ent_json_document(m->asking->out, "merge");
    ent_json_text(&json, "text", ent_buffer_text(&m->out));
    ent_json_bool(&json, "written_anew", m->merge.anew);
    ent_json_open_list(&json, "conflicts");
    for (size_t i = 0; i < m->merge.count; i++) {
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "what", m->merge.conflicts[i].what);
        put_place(&json, "a", m->merge.conflicts[i].a);
        put_place(&json, "b", m->merge.conflicts[i].b);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

/* Where a fault's message, which quotes its line, may not be told. */
static ent_status merge_secretly(merging *m)
{
    ent_work *work = m->asking->work;
    ent_diags *diags = work->diags;
    work->diags = ent_diags_create();
    if (work->diags == NULL) {
        ent_out_of_memory(work->arena);
    }
    ent_defer(work->arena, forget, work->diags);
    ent_status status = ent_while_wanted(work, merge_texts, m);
    work->diags = diags;
    return status == ENT_INVALID || status == ENT_IO
               ? ent_fail(diags, status, ENT_C143_CANNOT_REDACT,
                          "`entente merge` without `--redact` says what they are",
                          "one of the cases has errors: what is private is not known")
               : status;
}

static ent_status merge(ent_asking *asking)
{
    merging m = {.asking = asking, .out = ent_buffer_init(asking->work->arena, 0)};
    bool secret = asking->work->redact != ENT_REDACT_NOTHING;
    ent_status status = secret ? merge_secretly(&m)
                               : ent_while_wanted(asking->work, merge_texts, &m);
    if (status != ENT_OK) {
        return status;
    }
    if (secret) {
        status = redact_merged(&m);
    } else {
        tell_conflicts(&m);
        status = m.merge.count > 0 ? ENT_FINDINGS : check_merged(&m);
    }
    if (status != ENT_OK && status != ENT_FINDINGS) {
        return status;
    }
    if (asking->request->format == ENT_JSON) {
        put_json(&m);
    } else {
        ent_answer_file(asking, &m.out);
    }
    return status;
}

static const ent_option_row options[] = {ENT_REDACT_OPTIONS};

const ent_question ent_ask_merge = {
    .row = {.name = "merge",
            .form = "BASE A B",
            .least = 3,
            .most = 3,
            .summary = "two analysts' versions of a case as one",
            .help = "Brings the cases A and B together, which both began as BASE: parties, people, "
                    "sources, issues, packages, accounts, statements and assumptions by their "
                    "names, and of each what either changed. The text is that of A, with its "
                    "comments and its order; what only B changed is put into it as B wrote it. "
                    "What both changed otherwise is told with both places and stands in the text "
                    "twice, between marks: `check` refuses it until one is chosen. Exit code: 0 "
                    "merged, 1 conflicts or a merged case with errors, 3 one cannot be read.",
            .options = options,
            .option_count = sizeof options / sizeof *options},
    .answer = merge,
};
