/* Warnings about the record: what statements lack, and what their dates do. */
#include "io/case_decode.h"

#include <stdlib.h>
#include <string.h>

static void check_statement(ent_decoder *d, uint32_t index)
{
    const ent_statement *s = &d->statements[index];
    if (s->assumption && s->because == NULL) {
        ent_warn(d, ENT_C159_NO_BECAUSE, s->pos, "add `because`",
                 "the assumption `%.100s` gives no reason", s->id);
    }
    if (!s->assumption && s->kind == ENT_NO_WORDS) {
        ent_warn(d, ENT_C151_NO_WORDS, s->pos, "add `quote`, `reported` or `editorial`",
                 "the statement `%.100s` has no words", s->id);
    }
    if ((s->kind == ENT_QUOTE || s->kind == ENT_REPORTED) && s->source == ENT_NONE &&
        d->c->source_count > 0) {
        ent_warn(d, ENT_C150_NO_SOURCE, s->pos, "add `source`",
                 "the words of `%.100s` have no source", s->id);
    }
    for (size_t i = 0; i < s->claim_count; i++) {
        ent_check_claim_traps(d, s, &s->claims[i]);
    }
}

/* ---- The day up to which the record goes -------------------------------------------------- */

static bool check_empty(ent_decoder *d, const ent_node *root)
{
    uint32_t dated = 0;
    for (uint32_t i = 0; i < d->c->statement_count; i++) {
        int64_t time = d->statements[i].said.last;
        if (time != INT64_MIN && time <= d->c->as_of_time) {
            return false;
        }
        dated += time != INT64_MIN;
    }
    if (dated > 0) {
        ent_warn(d, ENT_C156_EMPTY_RECORD, ent_node_get(root, "as-of")->pos, NULL,
                 "every dated statement is later than `as-of`");
    }
    return dated > 0;
}

/* What was perhaps said by then, or was said on that day where it was said, and does not count. */
static void check_as_of(ent_decoder *d, const ent_node *root)
{
    const char *as_of = d->c->as_of;
    if (as_of == NULL || check_empty(d, root)) {
        return;
    }
    for (uint32_t i = 0; i < d->c->statement_count; i++) {
        const ent_statement *s = &d->statements[i];
        if (s->said.last == INT64_MIN || s->said.last <= d->c->as_of_time) {
            continue;
        }
        if (s->said.first <= d->c->as_of_time) {
            ent_warn(d, ENT_C166_LATER_BY_FORM, s->pos, "give it a fuller date if there is one",
                     "`%.100s` does not count as of %.40s: its date, %.40s, ends later", s->id,
                     as_of, s->date);
        } else if (strncmp(s->date, as_of, strlen(as_of)) == 0) {
            ent_warn(d, ENT_C166_LATER_BY_FORM, s->pos, "write `as-of` with a time and its zone",
                     "`%.100s` does not count as of %.40s: in UTC it was said after that day",
                     s->id, as_of);
        }
    }
}

/* ---- Vaguer dates ------------------------------------------------------------------------- */

static bool share_a_party(const ent_statement *a, const ent_statement *b)
{
    for (size_t i = 0; i < a->claim_count; i++) {
        for (size_t k = 0; k < b->claim_count; k++) {
            if (a->claims[i].party == b->claims[k].party) {
                return true;
            }
        }
    }
    return false;
}

/* Does the vague one count as newer than the fuller one, which it may be older than? */
static bool wins_by_vagueness(const ent_decoder *d, const ent_statement *vague,
                              const ent_statement *full)
{
    return vague->meant.last - vague->meant.first > full->meant.last - full->meant.first &&
           !ent_periods_apart(vague->meant, full->meant) &&
           ent_is_newer(d->c, (uint32_t)(vague - d->statements),
                        (uint32_t)(full - d->statements)) &&
           share_a_party(vague, full);
}

/* Statements by side and speaker, and of one by what they end with, the newest first. */
static int by_side_and_time(const void *x, const void *y)
{
    const ent_statement *a = *(const ent_statement *const *)x;
    const ent_statement *b = *(const ent_statement *const *)y;
    if (a->side != b->side) {
        return a->side < b->side ? -1 : 1;
    }
    if (a->side == ENT_SIDE_NOBODY && a->person != b->person) {
        return a->person < b->person ? -1 : 1;
    }
    if (a->meant.last != b->meant.last) {
        return a->meant.last > b->meant.last ? -1 : 1;
    }
    return a < b ? -1 : a > b; /* both stand in one array */
}

static bool same_speaker(const ent_statement *a, const ent_statement *b)
{
    return a->side == b->side && (a->side != ENT_SIDE_NOBODY ||
                                  (a->person == b->person && a->person != ENT_NONE));
}

enum { MOST_COMPARED = 2000000 }; /* pairs; what lies beyond is not warned of */

static void check_vague_dates(ent_decoder *d)
{
    uint32_t count = 0;
    uint32_t compared = 0;
    const ent_statement **list =
        ent_alloc(d->work->arena, d->c->statement_count + 1, const ent_statement *);
    for (uint32_t i = 0; i < d->c->statement_count; i++) {
        const ent_statement *s = &d->statements[i];
        if (!s->assumption && s->claim_count > 0 && s->meant.last != INT64_MIN) {
            list[count++] = s;
        }
    }
    qsort(list, count, sizeof(const ent_statement *), by_side_and_time);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = i + 1; k < count && same_speaker(list[i], list[k]) &&
                                 list[k]->meant.last >= list[i]->meant.first &&
                                 compared++ < MOST_COMPARED;
             k++) {
            if (wins_by_vagueness(d, list[i], list[k])) {
                const ent_statement *full = list[k];
                ent_warn(d, ENT_C165_VAGUE_DATE, list[i]->pos,
                         "give it a fuller date, or say in `about` what it speaks of",
                         "`%.100s`, of %.40s, counts as newer than `%.100s`, of %.40s",
                         list[i]->id, list[i]->about != NULL ? list[i]->about : list[i]->date,
                         full->id, full->about != NULL ? full->about : full->date);
                break;
            }
        }
    }
}

/* ---- Accounts ----------------------------------------------------------------------------- */

/* Is it withdrawn as of the case's day: [statements], the later one's id or NULL. */
static const char **withdrawn_by(ent_decoder *d)
{
    const char **by = ent_alloc(d->work->arena, d->c->statement_count + 1, const char *);
    bool *on = ent_alloc(d->work->arena, d->c->statement_count + 1, bool);
    ent_view_as_of(d->c, d->c->as_of_time, on);
    for (uint32_t i = 0; i < d->c->statement_count; i++) {
        const ent_statement *s = &d->statements[i];
        for (size_t k = 0; on[i] && k < s->supersedes_count; k++) {
            by[s->supersedes[k]] = s->id;
        }
    }
    return by;
}

static void check_believes(ent_decoder *d, const ent_node *root)
{
    const ent_node *map = ent_node_get(root, "accounts");
    const char **by = withdrawn_by(d);
    for (uint32_t i = 0; i < ent_count_of(map, ENT_MAP); i++) {
        const ent_node *list = ent_node_get(map->entries[i].value, "believes");
        for (size_t k = 0; k < d->c->accounts[i].count; k++) {
            uint32_t statement = d->c->accounts[i].believes[k].statement;
            if (statement != ENT_NONE && by[statement] != NULL) {
                ent_warn(d, ENT_C163_BELIEVES_WITHDRAWN, list->items[k]->pos,
                         "believe the statement that replaced it",
                         "`%.100s` was withdrawn by `%.100s` and counts nowhere",
                         d->statements[statement].id, by[statement]);
            }
        }
    }
}

void ent_find_record_traps(ent_decoder *d, const ent_node *root)
{
    check_as_of(d, root);
    for (uint32_t i = 0; i < d->c->statement_count; i++) {
        check_statement(d, i);
    }
    for (uint32_t p = 0; p < d->c->party_count; p++) {
        ent_check_pinned(d, p);
    }
    check_vague_dates(d);
    check_believes(d, root);
}
