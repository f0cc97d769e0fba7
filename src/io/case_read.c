/*
 * Reading a case: text -> node tree -> shape (keys, kinds, ranges) -> names and meaning -> traps.
 * Each pass goes on after a fault, so that all of them are told at once.
 */
#include "base/hash.h"
#include "io/case_decode.h"
#include "io/merge.h"
#include "record/redact.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

ENT_PRINTF(6, 0)
static void tell_about(ent_decoder *d, ent_severity severity, ent_code code, ent_pos pos,
                       const char *hint, const char *format, va_list list)
{
    char words[500];
    vsnprintf(words, sizeof words, format, list);
    ent_tell(d->work->diags, severity, code, d->text, pos, hint, "%s", words);
}

void ent_error(ent_decoder *d, ent_code code, ent_pos pos, const char *hint, const char *format,
               ...)
{
    va_list list;
    va_start(list, format);
    tell_about(d, ENT_ERROR, code, pos, hint, format, list);
    va_end(list);
}

void ent_warn(ent_decoder *d, ent_code code, ent_pos pos, const char *hint, const char *format,
              ...)
{
    va_list list;
    va_start(list, format);
    tell_about(d, ENT_WARNING, code, pos, hint, format, list);
    va_end(list);
}

/* ---- Names -------------------------------------------------------------------------------- */

bool ent_define(ent_decoder *d, ent_name_scope *scope, const ent_node *name, uint32_t index)
{
    scope->folded.fold = true;
    if (ent_names_add(d->work->arena, &scope->exact, name->text, index) != ENT_NONE) {
        ent_error(d, ENT_C110_NAME_TWICE, name->pos, "give one of them another name",
                  "`%.100s` is defined already", name->text);
        return false;
    }
    if (ent_names_add(d->work->arena, &scope->folded, name->text, index) != ENT_NONE) {
        ent_warn(d, ENT_C111_NAMES_ALIKE, name->pos, "names are case sensitive",
                 "`%.100s` and `%.100s` differ in capitals only", name->text,
                 ent_names_spelling(&scope->folded, name->text));
    }
    return true;
}

static size_t add_candidates(const ent_ids *ids, const char **list, size_t at)
{
    for (size_t i = 0; i < ids->count; i++) {
        memcpy(&list[at++], (const char *)ids->first + i * ids->stride, sizeof *list);
    }
    return at;
}

enum { MOST_HINTS = 200, MOST_CANDIDATES = 5000 };

void ent_tell_unknown(ent_decoder *d, const ent_node *node, const ent_ids *ids,
                      const ent_ids *more)
{
    const char *hint = NULL;
    size_t count = ids->count + (more == NULL ? 0 : more->count);
    if (count > 0 && count <= MOST_CANDIDATES && d->shaper.hints < MOST_HINTS) {
        const char **list = ent_alloc(d->work->arena, count, const char *);
        size_t at = add_candidates(ids, list, 0);
        if (more != NULL) {
            add_candidates(more, list, at);
        }
        hint = ent_did_you_mean(&d->shaper, node->text, list, count);
        hint = hint == NULL ? ent_one_of(d->work->arena, list, count) : hint;
    }
    if (hint == NULL && ids->count == 0 && more == NULL) {
        hint = "the file defines none";
    }
    ent_error(d, ENT_C103_UNKNOWN_NAME, node->pos, hint, "no %s%s%s is called `%.100s`", ids->what,
              more == NULL ? "" : " or ", more == NULL ? "" : more->what, node->text);
}

uint32_t ent_resolve(ent_decoder *d, const ent_node *node, const ent_ids *ids)
{
    if (node == NULL || node->kind != ENT_SCALAR || node->length == 0) {
        return ENT_NONE;
    }
    uint32_t index = ent_names_find(ids->index, node->text);
    if (index == ENT_NONE) {
        ent_tell_unknown(d, node, ids, NULL);
    }
    return index;
}

ent_ids ent_ids_of_parties(const ent_decoder *d)
{
    return (ent_ids){&d->party_index, "party", d->parties, d->c->party_count, sizeof *d->parties};
}

ent_ids ent_ids_of_people(const ent_decoder *d)
{
    return (ent_ids){&d->person_index, "person", d->people, d->c->person_count, sizeof *d->people};
}

ent_ids ent_ids_of_sources(const ent_decoder *d)
{
    return (ent_ids){&d->source_names.exact, "source", d->sources, d->c->source_count,
                     sizeof *d->sources};
}

ent_ids ent_ids_of_issues(const ent_decoder *d)
{
    return (ent_ids){&d->issue_names.exact, "issue", d->issues, d->c->space.issue_count,
                     sizeof *d->issues};
}

ent_ids ent_ids_of_statements(const ent_decoder *d)
{
    return (ent_ids){&d->statement_names.exact, "statement", d->statements, d->c->statement_count,
                     sizeof *d->statements};
}

/* ---- Nodes -------------------------------------------------------------------------------- */

size_t ent_some_count(const ent_node *node)
{
    return node == NULL || node->kind == ENT_MAP ? 0 : node->kind == ENT_LIST ? node->count : 1;
}

const ent_node *ent_some_at(const ent_node *node, size_t i)
{
    return node->kind == ENT_LIST ? node->items[i] : node;
}

const ent_node *ent_key_node(const ent_node *map, const char *key)
{
    for (size_t i = 0; map != NULL && map->kind == ENT_MAP && i < map->count; i++) {
        if (strcmp(map->entries[i].key->text, key) == 0) {
            return map->entries[i].key;
        }
    }
    return NULL;
}

uint32_t ent_count_of(const ent_node *node, ent_node_kind kind)
{
    return node == NULL || node->kind != kind ? 0 : (uint32_t)node->count;
}

/* ---- The whole ---------------------------------------------------------------------------- */

static void decode_head(ent_decoder *d, const ent_node *root)
{
    ent_case *c = d->c;
    char hash[ENT_HASH_ROOM];
    ent_hash(d->text->at, d->text->length, hash);
    c->hash = ent_copy(d->work->arena, hash);
    c->text = *d->text;
    c->title = "";
    c->as_of_time = INT64_MAX;
    ent_fill(root, &ent_case_shape, c);
    int64_t first;
    if (c->as_of != NULL) {
        (void)ent_parse_date(c->as_of, &first, &c->as_of_time);
    }
}

static void decode(ent_decoder *d, const ent_node *root)
{
    decode_head(d, root);
    const ent_node *withheld = ent_node_get(root, "withheld");
    d->c->withheld.told = withheld != NULL;
    ent_fill(withheld, &ent_withheld_shape, &d->c->withheld);
    ent_decode_parties(d, root);
    ent_decode_people(d, root);
    ent_decode_sources(d, root);
    ent_decode_issues(d, root);
    ent_decode_approvals(d, root);
    ent_decode_voting(d, root);
    ent_decode_utilities(d, root);
    ent_decode_packages(d, root);
    ent_decode_rules(d, root);
    ent_decode_statements(d, root);
    ent_decode_accounts(d, root);
}

static ent_decoder *decoder_of(ent_work *work, const ent_files *files, const ent_text *text,
                               const char *folder)
{
    ent_decoder *d = ent_alloc(work->arena, 1, ent_decoder);
    ent_text *kept = ent_alloc(work->arena, 1, ent_text);
    *kept = (ent_text){ent_copy(work->arena, text->name),
                       ent_copy_text(work->arena, text->at, text->length), text->length};
    d->work = work;
    d->text = kept;
    d->files = files;
    d->folder = folder == NULL ? "" : folder;
    d->shaper = (ent_shaper){.work = work, .text = kept};
    d->c = ent_alloc(work->arena, 1, ent_case);
    return d;
}

static ent_status read_as_written(ent_work *work, const ent_files *files, const ent_text *text,
                                  const char *folder, ent_case **c)
{
    *c = NULL;
    if (text->length > ENT_CASE_BYTES) {
        ent_tell(work->diags, ENT_ERROR, ENT_F102_TOO_LARGE, text, (ent_pos){0, 0, 0}, NULL,
                 "a case file holds at most %d MiB", (int)(ENT_CASE_BYTES >> 20));
        return ENT_INVALID;
    }
    ent_pos mark = ent_merge_mark(text);
    if (mark.line > 0) {
        ent_tell(work->diags, ENT_ERROR, ENT_C145_CONFLICT_LEFT, text, mark,
                 "keep one of the two and delete the lines <<<<<<<, ======= and >>>>>>>",
                 "a conflict of a merge begins here");
        return ENT_INVALID;
    }
    ent_decoder *d = decoder_of(work, files, text, folder);
    d->errors = ent_diags_count_of(work->diags, ENT_ERROR);
    const ent_node *root = NULL;
    ent_status status = ent_read_yaml(work, d->text, &root);
    if (status != ENT_OK) {
        return ENT_INVALID;
    }
    ent_check_shape(&d->shaper, root, &ent_case_shape, NULL);
    if (root->kind != ENT_MAP || d->shaper.stopped) {
        return ENT_INVALID;
    }
    decode(d, root);
    if (d->shaper.stopped) {
        return ENT_INVALID;
    }
    ent_find_traps(d, root);
    if (ent_diags_count_of(work->diags, ENT_ERROR) > d->errors) {
        return ENT_INVALID;
    }
    *c = d->c;
    return ENT_OK;
}

/* ---- Redacted ----------------------------------------------------------------------------- */

static void forget(void *object)
{
    ent_diags_destroy(object);
}

/*
 * What is wrong with the whole text is not told: a message quotes the line it is about. What is
 * wrong with the text that is left is.
 */
static ent_status read_secretly(ent_work *work, const ent_files *files, const ent_text *text,
                                const char *folder, ent_case **c)
{
    ent_work silent = *work;
    silent.diags = ent_diags_create();
    if (silent.diags == NULL) {
        ent_out_of_memory(work->arena);
    }
    ent_defer(work->arena, forget, silent.diags);
    ent_status status = read_as_written(&silent, files, text, folder, c);
    size_t errors = ent_diags_count_of(silent.diags, ENT_ERROR);
    if (status != ENT_OK) {
        ent_tell(work->diags, ENT_ERROR, ENT_C143_CANNOT_REDACT, NULL, (ent_pos){0, 0, 0},
                 "`entente check` without `--redact` says what they are",
                 "the case has %zu error%s, so that what is private in it is not known", errors,
                 errors == 1 ? "" : "s");
    }
    return status;
}

ent_status ent_read_case(ent_work *work, const ent_files *files, const ent_text *text,
                         const char *folder, ent_case **c)
{
    if (work->redact == ENT_REDACT_NOTHING) {
        return read_as_written(work, files, text, folder, c);
    }
    ent_status status = read_secretly(work, files, text, folder, c);
    if (status != ENT_OK) {
        return status;
    }
    const ent_case *redacted = ent_redact(work->arena, *c, work->redact);
    ent_buffer left = ent_buffer_init(work->arena, 0);
    ent_put_case(&left, redacted);
    ent_tell(work->diags, ENT_NOTE, ENT_C144_WITHHELD, NULL, (ent_pos){0, 0, 0},
             redacted->withheld.effects ? "what follows from it is kept: `--redact` alone drops it"
                                        : NULL,
             "withheld from `%s`: %s", text->name,
             ent_withheld_text(work->arena, &redacted->withheld));
    ent_text shown = {text->name, ent_buffer_text(&left), left.length};
    return read_as_written(work, files, &shown, folder, c);
}
