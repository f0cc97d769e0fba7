/* Claims: a party, a verb, its object. */
#include "io/case_decode.h"

#include <string.h>

static void decode_exchange(ent_decoder *d, const ent_node *node, const ent_verb_record *verb,
                            ent_claim *claim)
{
    const ent_node *with = ent_node_get(node, verb->partner);
    claim->other = ent_decode_package(d, with);
    if (claim->verb == ENT_PREFERS) {
        return;
    }
    for (size_t i = 0; i < claim->package.count; i++) {
        for (size_t k = 0; k < claim->other.count; k++) {
            if (claim->package.choices[i].issue == claim->other.choices[k].issue) {
                ent_pos pos = claim->other.name == NULL ? claim->other.choices[k].pos : with->pos;
                ent_error(d, ENT_C134_BOTH_WAYS, pos, "leave it in one of them",
                          "`%.100s` stands in `%s` and in `%s`",
                          d->issues[claim->other.choices[k].issue].id, verb->name, verb->partner);
                return;
            }
        }
    }
}

static void decode_ranks(ent_decoder *d, const ent_node *list, ent_claim *claim)
{
    ent_ids issues = ent_ids_of_issues(d);
    uint32_t count = ent_count_of(list, ENT_LIST);
    uint32_t *ranked = ent_alloc(d->work->arena, count, uint32_t);
    ent_names seen = {0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t issue = ent_resolve(d, list->items[i], &issues);
        if (issue == ENT_NONE) {
            continue;
        }
        if (ent_names_add(d->work->arena, &seen, list->items[i]->text, i) != ENT_NONE) {
            ent_error(d, ENT_C110_NAME_TWICE, list->items[i]->pos, "name it once",
                      "`%.100s` stands here already", list->items[i]->text);
            continue;
        }
        ranked[claim->ranked_count++] = issue;
    }
    claim->ranked = ranked;
}

static void decode_weighs(ent_decoder *d, const ent_node *map, ent_claim *claim)
{
    ent_ids issues = ent_ids_of_issues(d);
    uint32_t count = ent_count_of(map, ENT_MAP);
    ent_weight *weights = ent_alloc(d->work->arena, count, ent_weight);
    for (uint32_t i = 0; i < count; i++) {
        const ent_entry *entry = &map->entries[i];
        ent_weight weight = {.issue = ent_resolve(d, entry->key, &issues), .pos = entry->key->pos};
        if (weight.issue != ENT_NONE &&
            ent_read_interval(entry->value, &ent_share_shape, &weight.value)) {
            weights[claim->weight_count++] = weight;
        }
    }
    claim->weights = weights;
}

static void decode_trusts(ent_decoder *d, const ent_node *node, const ent_node *object,
                          ent_claim *claim)
{
    ent_ids parties = ent_ids_of_parties(d);
    claim->trusted = ent_resolve(d, object, &parties);
    (void)ent_read_interval(ent_node_get(node, "at"), &ent_share_shape, &claim->interval);
    if (claim->trusted != ENT_NONE && claim->trusted == claim->party) {
        ent_error(d, ENT_C135_TRUSTS_ITSELF, object->pos, "name the other party",
                  "`%.100s` cannot trust itself", object->text);
    }
}

static bool names_issue(const ent_package *package, uint32_t issue)
{
    for (size_t i = 0; i < package->count; i++) {
        if (package->choices[i].issue == issue) {
            return true;
        }
    }
    return false;
}

/* Open the issues that `rest` lists; those that the claim names are told. */
static void open_listed(ent_decoder *d, const ent_node *rest, const ent_claim *claim, bool *open)
{
    ent_ids issues = ent_ids_of_issues(d);
    for (size_t i = 0; i < ent_some_count(rest); i++) {
        const ent_node *node = ent_some_at(rest, i);
        if (rest->kind == ENT_SCALAR && ent_names_find(issues.index, node->text) == ENT_NONE) {
            static const char *const all[] = {"open"};
            const char *hint = ent_did_you_mean(&d->shaper, node->text, all, 1);
            ent_error(d, ENT_C103_UNKNOWN_NAME, node->pos,
                      hint != NULL ? hint : "write `open`, or a list of issues",
                      "no issue is called `%.100s`", node->text);
            continue;
        }
        uint32_t issue = ent_resolve(d, node, &issues);
        if (issue == ENT_NONE) {
            continue;
        }
        if (names_issue(&claim->package, issue) || names_issue(&claim->other, issue)) {
            ent_error(d, ENT_C136_NAMED_AND_OPEN, node->pos,
                      "leave it out of one of them", "the claim names `%.100s`, so it was said",
                      d->issues[issue].id);
        } else if (open[issue]) {
            ent_error(d, ENT_C110_NAME_TWICE, node->pos, "name it once",
                      "`%.100s` stands here already", node->text);
        }
        open[issue] = true;
    }
}

/* `rest: open` or the issues that it names: what the claim leaves unsaid; NULL where nothing is. */
static const bool *decode_rest(ent_decoder *d, const ent_node *rest, const ent_claim *claim)
{
    if (rest == NULL || rest->kind == ENT_MAP) {
        return NULL;
    }
    uint32_t count = d->c->space.issue_count;
    bool *open = ent_alloc(d->work->arena, count + 1, bool);
    bool any = false;
    bool all = rest->kind == ENT_SCALAR && strcmp(rest->text, "open") == 0;
    if (!all) {
        open_listed(d, rest, claim, open);
    }
    for (uint32_t i = 0; i < count; i++) {
        bool named = names_issue(&claim->package, i) || names_issue(&claim->other, i);
        open[i] = (all || open[i]) && !named;
        any = any || open[i];
    }
    return any ? open : NULL;
}

static void decode_object(ent_decoder *d, const ent_node *node, const ent_node *object,
                          ent_claim *claim)
{
    const ent_verb_record *verb = &ent_verbs[claim->verb];
    switch (verb->object) {
    case ENT_OBJECT_ISSUES:
        decode_ranks(d, object, claim);
        break;
    case ENT_OBJECT_WEIGHTS:
        decode_weighs(d, object, claim);
        break;
    case ENT_OBJECT_INTERVAL:
        (void)ent_read_interval(object, &ent_interval_shape, &claim->interval);
        break;
    case ENT_OBJECT_PARTY:
        decode_trusts(d, node, object, claim);
        break;
    case ENT_OBJECT_PACKAGE:
    case ENT_OBJECT_COUNT:
        claim->package = ent_decode_package(d, object);
        if (verb->partner[0] != '\0') {
            decode_exchange(d, node, verb, claim);
        }
        if (verb->rest == ENT_YES) {
            claim->open = decode_rest(d, ent_node_get(node, "rest"), claim);
        }
        break;
    }
}

/* ---- Lines -------------------------------------------------------------------------------- */

/* Does every outcome reach the package, since it moves nothing? */
bool ent_is_status_quo(const ent_package *package)
{
    for (size_t i = 0; i < package->count; i++) {
        if (package->choices[i].level != 0) {
            return false;
        }
    }
    return true;
}

/* Have all issues that the package moves this sign for the party? */
static bool all_signed(const ent_decoder *d, const ent_claim *claim, int sign)
{
    for (size_t i = 0; i < claim->package.count; i++) {
        const ent_choice *choice = &claim->package.choices[i];
        if (choice->level != 0 && d->issues[choice->issue].sign[claim->party] != sign) {
            return false;
        }
    }
    return true;
}

/* A line that holds for every outcome, or that the others alone could cross. */
static void check_line(ent_decoder *d, const ent_claim *claim)
{
    const ent_verb_record *verb = &ent_verbs[claim->verb];
    bool required = verb->line == ENT_LINE_REQUIRES;
    if (ent_is_status_quo(&claim->package)) {
        ent_error(d, ENT_C138_LINE_OF_NOTHING, claim->pos,
                  required ? "name what it must have" : "name what cannot be reached",
                  required ? "`%s` of the status quo asks for nothing: every outcome reaches it"
                           : "`%s` of the status quo rules out every outcome",
                  verb->name);
        return;
    }
    if (verb->line == ENT_LINE_CANNOT || claim->party == ENT_NONE ||
        d->parties[claim->party].utility != NULL || !all_signed(d, claim, required ? -1 : 1)) {
        return; /* with a utility, more of what is got may be worth less */
    }
    ent_error(d, ENT_C137_LINE_OF_OTHERS, claim->pos,
              required ? "`offers` says what it would give, `never` what it would not"
                       : "`refuses` says that it is too little, `requires` what it must have",
              required ? "`%.100s` only gives this, and does not need it of itself"
                       : "`%.100s` only gets this: more of it is never against it",
              d->parties[claim->party].id);
}

void ent_decode_claim(ent_decoder *d, const ent_node *node, ent_claim *claim)
{
    ent_ids parties = ent_ids_of_parties(d);
    size_t errors = ent_diags_count_of(d->work->diags, ENT_ERROR);
    *claim = (ent_claim){.party = ENT_NONE, .trusted = ENT_NONE, .pos = node->pos};
    claim->party = ent_resolve(d, ent_node_get(node, "party"), &parties);
    for (uint32_t v = 0; v < ENT_VERB_COUNT; v++) {
        const ent_node *object = ent_node_get(node, ent_verbs[v].name);
        if (object != NULL) {
            claim->verb = (ent_verb)v;
            claim->pos = ent_key_node(node, ent_verbs[v].name)->pos;
            decode_object(d, node, object, claim);
            bool good = object->kind != ENT_LIST && !ent_node_is_null(object) &&
                        ent_diags_count_of(d->work->diags, ENT_ERROR) == errors;
            if (good && ent_verbs[v].line != ENT_LINE_NONE) {
                check_line(d, claim);
            }
            return; /* a second verb is an error that the shape told */
        }
    }
}

void ent_decode_claims(ent_decoder *d, const ent_node *list, ent_statement *statement)
{
    uint32_t count = ent_count_of(list, ENT_LIST);
    ent_claim *claims = ent_alloc(d->work->arena, count, ent_claim);
    for (uint32_t i = 0; i < count; i++) {
        ent_decode_claim(d, list->items[i], &claims[i]);
    }
    statement->claims = claims;
    statement->claim_count = count;
}
