#include "report/diff.h"

#include "record/redact.h"

#include <math.h>

static const char *const signs[] = {"+", "-", "~"};
static const char *const names[] = {"added", "removed", "changed"};

void ent_put_diff_json(ent_buffer *out, const ent_case *before, const ent_analysis *after,
                       const ent_changes *changes, const ent_answer_change *answers,
                       size_t answer_count)
{
    ent_json json = ent_json_document(out, "diff");
    ent_json_text(&json, "before", before->hash);
    ent_json_text(&json, "after", after->c->hash);
    ent_json_record_settings(&json, after);
    if (after->interrupted) {
        ent_json_bool(&json, "interrupted", true);
    }
    ent_json_open_list(&json, "changes");
    for (size_t i = 0; i < changes->count; i++) {
        const ent_change *change = &changes->at[i];
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "change", names[change->kind]);
        ent_json_text(&json, "what", change->what);
        ent_json_text(&json, "id", change->id);
        ent_json_text(&json, "before", change->before);
        ent_json_text(&json, "after", change->after);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < answer_count; i++) {
        const ent_answer_change *a = &answers[i];
        const ent_case *cases[] = {before, after->c};
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "name", a->account);
        for (size_t k = 0; k < 2; k++) {
            ent_json_open_map(&json, k == 0 ? "before" : "after");
            ent_json_number(&json, "zone", a->zone[k]);
            ent_json_number(&json, "best", a->best[k]);
            if (a->deal[k] != NULL) {
                ent_json_package(&json, "package", &cases[k]->space, a->deal[k]);
            }
            ent_json_close_map(&json);
        }
        ent_json_number(&json, "error", a->error);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

static void put_change(ent_buffer *out, const ent_style *style, const ent_change *change)
{
    const char *head = ent_format(out->arena, "  %s %s %s  ", signs[change->kind], change->what,
                                  change->id);
    ent_put(out, head);
    unsigned at = (unsigned)ent_text_width(head);
    const char *only = change->before != NULL ? change->before : change->after;
    if (change->kind != ENT_CHANGED) {
        ent_put_wrapped(out, style, at, 6, only);
        return;
    }
    ent_put_char(out, '\n');
    ent_put(out, "      was: ");
    ent_put_wrapped(out, style, 11, 8, change->before);
    ent_put(out, "      is:  ");
    ent_put_wrapped(out, style, 11, 8, change->after);
}

static void put_moved(ent_buffer *out, const char *label, double before, double after)
{
    bool both = !isnan(before) && !isnan(after);
    ent_put(out, "  ");
    ent_put_cell(out, label, 26, false);
    ent_put_cell(out, ent_percent(out->arena, before), 8, true);
    ent_put_cell(out, ent_percent(out->arena, after), 8, true);
    if (both) {
        ent_putf(out, "   %+.0f", round(100 * (after - before)) + 0.0);
    }
    ent_put_char(out, '\n');
}

void ent_put_diff_text(ent_buffer *out, const ent_style *style, const ent_case *before,
                       const ent_case *after, const ent_changes *changes,
                       const ent_answer_change *answers, size_t answer_count)
{
    const ent_case *cases[] = {before, after};
    ent_putf(out, "From %s to %s\n", before->text.name, after->text.name);
    for (size_t k = 0; k < 2; k++) {
        if (cases[k]->withheld.told) {
            ent_putf(out, "Withheld from %s: %s\n", cases[k]->text.name,
                     ent_withheld_text(out->arena, &cases[k]->withheld));
        }
    }
    ent_put_heading(out, style, "What changed in the record");
    for (size_t i = 0; i < changes->count; i++) {
        put_change(out, style, &changes->at[i]);
    }
    if (changes->count == 0) {
        ent_put(out, "  nothing\n");
    }
    for (size_t i = 0; i < answer_count; i++) {
        const ent_answer_change *a = &answers[i];
        ent_put_heading(out, style,
                        ent_format(out->arena, "How the answer moved, account `%s`", a->account));
        ent_put(out, "                              before   after   points\n");
        put_moved(out, "some package suits all", a->zone[0], a->zone[1]);
        put_moved(out, "best single package", a->best[0], a->best[1]);
        for (size_t k = 0; k < 2; k++) {
            if (a->deal[k] != NULL) {
                ent_putf(out, "  best package %s:\n", k == 0 ? "before" : "after");
                ent_put_exchange(out, style, cases[k], a->deal[k], 4);
            }
        }
        if (!isnan(a->error)) {
            ent_putf(out, "  a change below %.1f points is within sampling error\n",
                     200 * a->error);
        }
    }
}
