/* Warnings: what is valid and most probably not what the writer meant. O(size of the case). */
#include "io/case_decode.h"

#include <string.h>

/* ---- Texts that a comment cut ------------------------------------------------------------- */

/* What turns the direction of writing makes a text read other than it is. */
static void check_turned(ent_decoder *d, const ent_node *node)
{
    size_t length = node == NULL || node->kind != ENT_SCALAR ? 0 : node->length;
    for (size_t at = 0; at < length;) {
        int32_t c = ent_utf8_next(node->text, length, &at);
        if (ent_turns_writing(c)) {
            ent_warn(d, ENT_C169_TURNED_TEXT, node->pos, "leave such signs out",
                     "the text holds U+%04X, which makes it read other than it is written",
                     (unsigned)c);
            return;
        }
    }
}

/* Behind words any comment is suspect; behind other texts only one like `#3`, without a space. */
static void check_cut(ent_decoder *d, const ent_node *node, bool words)
{
    check_turned(d, node);
    if (node == NULL || node->kind != ENT_SCALAR || !node->plain || node->length == 0 ||
        node->comment == ENT_NO_COMMENT || (!words && node->comment == ENT_COMMENT)) {
        return;
    }
    ent_warn(d, ENT_C155_CUT_TEXT, node->pos,
             "put the text in quotation marks, or the comment in its own line",
             "the text ends before ` #`, which begins a comment");
}

static void check_names_cut(ent_decoder *d, const ent_node *map)
{
    for (uint32_t i = 0; i < ent_count_of(map, ENT_MAP); i++) {
        check_cut(d, ent_node_get(map->entries[i].value, "name"), false);
        check_cut(d, ent_node_get(map->entries[i].value, "title"), false);
    }
}

static void check_texts(ent_decoder *d, const ent_node *root)
{
    static const char *const maps[] = {"parties", "people", "sources", "issues", "accounts"};
    check_cut(d, ent_node_get(root, "title"), false);
    check_cut(d, ent_node_get(root, "summary"), false);
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        check_names_cut(d, ent_node_get(root, maps[i]));
    }
    const ent_node *assumptions = ent_node_get(root, "assumptions");
    for (uint32_t i = 0; i < ent_count_of(assumptions, ENT_LIST); i++) {
        check_cut(d, ent_node_get(assumptions->items[i], "because"), false);
    }
    for (uint32_t i = 0; i < d->c->statement_count; i++) {
        check_cut(d, d->words[i], true);
    }
}

/* ---- Rules and parties -------------------------------------------------------------------- */

/* Does every outcome that reaches a reach b? choice_of[issue] is scratch of ENT_NONE. */
static bool implies(const ent_decoder *d, const ent_package *a, const ent_package *b,
                    uint32_t *choice_of)
{
    bool all = true;
    for (size_t i = 0; i < a->count; i++) {
        choice_of[a->choices[i].issue] = (uint32_t)i;
    }
    for (size_t i = 0; i < b->count; i++) {
        uint32_t issue = b->choices[i].issue;
        uint32_t k = choice_of[issue];
        uint64_t level = k == ENT_NONE ? 0 : a->choices[k].level;
        all = all && ent_reaches(&d->issues[issue], level, b->choices[i].level);
    }
    for (size_t i = 0; i < a->count; i++) {
        choice_of[a->choices[i].issue] = ENT_NONE;
    }
    return all;
}

static void check_rules(ent_decoder *d)
{
    uint32_t *choice_of = ent_alloc(d->work->arena, d->c->space.issue_count, uint32_t);
    memset(choice_of, 0xFF, d->c->space.issue_count * sizeof *choice_of);
    for (size_t i = 0; i < d->c->space.rule_count; i++) {
        const ent_rule *rule = &d->c->space.rules[i];
        if (implies(d, &rule->when, &rule->then, choice_of)) {
            ent_warn(d, ENT_C157_IDLE_RULE, rule->pos, NULL,
                     "this rule changes nothing: what reaches `if` reaches `then`");
        } else if (ent_is_status_quo(&rule->when)) {
            ent_warn(d, ENT_C158_NOTHING_LEFT, rule->pos, "name in `if` what the rule is about",
                     "this rule forbids the status quo");
        }
    }
}

static void check_parties(ent_decoder *d)
{
    for (uint32_t p = 0; p < d->c->party_count; p++) {
        if (d->parties[p].approval != NULL) {
            ent_check_council(d, p);
            continue;
        }
        bool stake = d->parties[p].role == ENT_OBSERVER;
        for (uint32_t i = 0; !stake && i < d->c->space.issue_count; i++) {
            stake = ent_has_stake(d, p, i);
        }
        if (!stake) {
            ent_warn(d, ENT_C160_IDLE_PARTY, d->parties[p].pos,
                     "is it missing in `by`, `for` or `stakes`?",
                     "`%.100s` has a say and no stake in any issue", d->parties[p].id);
        }
    }
}

void ent_find_traps(ent_decoder *d, const ent_node *root)
{
    check_texts(d, root);
    if (ent_diags_count_of(d->work->diags, ENT_ERROR) > d->errors) {
        return; /* what follows from an error is no news */
    }
    check_parties(d);
    check_rules(d);
    ent_find_record_traps(d, root);
    ent_compare_quotes(d);
}
