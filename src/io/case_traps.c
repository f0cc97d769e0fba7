/* Warnings: what is valid and most probably not what the writer meant. O(size of the case). */
#include "io/case_decode.h"

#include "model/scenario.h"
#include "record/exact.h"

#include <string.h>

/* ---- Texts that a comment cut ------------------------------------------------------------- */

/* Behind words any comment is suspect; behind other texts only one like `#3`, without a space. */
static void check_cut(ent_decoder *d, const ent_node *node, bool words)
{
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

/* ---- Claims ------------------------------------------------------------------------------- */

static int sign_of(const ent_decoder *d, const ent_claim *claim, uint32_t issue)
{
    return d->issues[issue].sign[claim->party];
}

/* Has the party a stake in the issue: by its utility where it has one, else by its sign? */
static bool has_stake(const ent_decoder *d, uint32_t party, uint32_t issue)
{
    const ent_utility *utility = d->parties[party].utility;
    if (utility == NULL) {
        return d->issues[issue].sign[party] != 0;
    }
    const ent_evaluator *e = &utility->evaluators[ent_exact_first(&d->c->space, issue)];
    bool items = d->issues[issue].kind == ENT_ITEMS;
    bool any = false;
    for (uint32_t k = 0; k < (items ? d->issues[issue].parts : 1); k++) {
        any = any || e[k].raw != NULL || e[k].slope != 0;
    }
    return any;
}

static void warn_no_stake(ent_decoder *d, const ent_claim *claim, uint32_t issue, ent_pos pos)
{
    ent_warn(d, ENT_C153_NO_STAKE, pos, "does the issue need `stakes`?",
             "`%.100s` has no stake in `%.100s`", d->parties[claim->party].id,
             d->issues[issue].id);
}

static void check_importances(ent_decoder *d, const ent_claim *claim)
{
    for (size_t i = 0; i < claim->ranked_count; i++) {
        if (!has_stake(d, claim->party, claim->ranked[i])) {
            warn_no_stake(d, claim, claim->ranked[i], claim->pos);
        }
    }
    for (size_t i = 0; i < claim->weight_count; i++) {
        if (!has_stake(d, claim->party, claim->weights[i].issue)) {
            warn_no_stake(d, claim, claim->weights[i].issue, claim->weights[i].pos);
        }
    }
}

/* In an exchange one package is given (sign -1) and the other got (+1). */
static void check_direction(ent_decoder *d, const ent_claim *claim, const ent_package *package,
                            int wanted)
{
    for (size_t i = 0; i < package->count; i++) {
        const ent_choice *choice = &package->choices[i];
        if (sign_of(d, claim, choice->issue) != wanted) {
            ent_warn(d, ENT_C154_WRONG_GIVER, package->name == NULL ? choice->pos : package->pos,
                     wanted < 0 ? "see `by` of the issue" : "see `for` of the issue",
                     "`%.100s` does not %s `%.100s`", d->parties[claim->party].id,
                     wanted < 0 ? "give" : "get", d->issues[choice->issue].id);
        }
    }
}

static void check_package_stake(ent_decoder *d, const ent_claim *claim)
{
    for (size_t i = 0; i < claim->package.count; i++) {
        if (has_stake(d, claim->party, claim->package.choices[i].issue)) {
            return;
        }
    }
    if (claim->package.count > 0) {
        const ent_choice *choice = &claim->package.choices[0];
        warn_no_stake(d, claim, choice->issue,
                      claim->package.name == NULL ? choice->pos : claim->package.pos);
    }
}

static bool is_status_quo(const ent_package *package)
{
    for (size_t i = 0; i < package->count; i++) {
        if (package->choices[i].level != 0) {
            return false;
        }
    }
    return true;
}

static void check_way(ent_decoder *d, const ent_claim *claim, const ent_package *package,
                      ent_way direction)
{
    bool line = ent_verbs[claim->verb].line != ENT_LINE_NONE;
    if (direction == ENT_GIVEN || direction == ENT_GOT) {
        if (!line) {
            check_direction(d, claim, package, direction == ENT_GIVEN ? -1 : 1);
        }
    } else if (direction == ENT_EITHER_WAY) {
        check_package_stake(d, claim);
    }
}

static void check_claim(ent_decoder *d, const ent_claim *claim)
{
    if (claim->verb == ENT_CANNOT && is_status_quo(&claim->package)) {
        ent_warn(d, ENT_C158_NOTHING_LEFT, claim->pos, "name what cannot be reached",
                 "this rules out every outcome, the status quo included");
    }
    if (claim->party == ENT_NONE || claim->party >= d->c->party_count) {
        return;
    }
    if (d->parties[claim->party].approval != NULL) {
        ent_warn(d, ENT_C162_COUNCIL, claim->pos, "make it a claim about a member",
                 "claims about the council `%.100s` change nothing", d->parties[claim->party].id);
        return;
    }
    check_importances(d, claim);
    check_way(d, claim, &claim->package, ent_verbs[claim->verb].direction);
    check_way(d, claim, &claim->other, ent_verbs[claim->verb].partner_direction);
}

/* ---- Statements --------------------------------------------------------------------------- */

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
        check_claim(d, &s->claims[i]);
    }
}

static void check_as_of(ent_decoder *d, const ent_node *root)
{
    uint32_t dated = 0;
    for (uint32_t i = 0; i < d->c->statement_count; i++) {
        int64_t time = d->statements[i].said.last;
        if (time != INT64_MIN && time <= d->c->as_of_time) {
            return;
        }
        dated += time != INT64_MIN;
    }
    if (dated > 0 && d->c->as_of != NULL) {
        ent_warn(d, ENT_C156_EMPTY_RECORD, ent_node_get(root, "as-of")->pos, NULL,
                 "every dated statement is later than `as-of`");
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
        } else if (is_status_quo(&rule->when)) {
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
            stake = has_stake(d, p, i);
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
    check_as_of(d, root);
    for (uint32_t i = 0; i < d->c->statement_count; i++) {
        check_statement(d, i);
    }
    ent_compare_quotes(d);
}
