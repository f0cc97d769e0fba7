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

/* `rest: open` or the issues that it names: what the claim leaves unsaid. */
static const bool *decode_rest(ent_decoder *d, const ent_node *rest, const ent_claim *claim)
{
    if (rest == NULL) {
        return NULL;
    }
    uint32_t count = d->c->space.issue_count;
    bool *open = ent_alloc(d->work->arena, count + 1, bool);
    bool all = rest->kind == ENT_SCALAR && strcmp(rest->text, "open") == 0;
    ent_ids issues = ent_ids_of_issues(d);
    for (uint32_t i = 0; i < count; i++) {
        open[i] = all;
    }
    for (size_t i = 0; !all && i < ent_some_count(rest); i++) {
        uint32_t issue = ent_resolve(d, ent_some_at(rest, i), &issues);
        if (issue != ENT_NONE) {
            open[issue] = true;
        }
    }
    for (size_t i = 0; i < claim->package.count; i++) {
        open[claim->package.choices[i].issue] = false;
    }
    for (size_t i = 0; i < claim->other.count; i++) {
        open[claim->other.choices[i].issue] = false;
    }
    return open;
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

static void decode_claim(ent_decoder *d, const ent_node *node, ent_claim *claim)
{
    ent_ids parties = ent_ids_of_parties(d);
    *claim = (ent_claim){.party = ENT_NONE, .trusted = ENT_NONE, .pos = node->pos};
    claim->party = ent_resolve(d, ent_node_get(node, "party"), &parties);
    for (uint32_t v = 0; v < ENT_VERB_COUNT; v++) {
        const ent_node *object = ent_node_get(node, ent_verbs[v].name);
        if (object != NULL) {
            claim->verb = (ent_verb)v;
            claim->pos = ent_key_node(node, ent_verbs[v].name)->pos;
            decode_object(d, node, object, claim);
            return; /* a second verb is an error that the shape told */
        }
    }
}

void ent_decode_claims(ent_decoder *d, const ent_node *list, ent_statement *statement)
{
    uint32_t count = ent_count_of(list, ENT_LIST);
    ent_claim *claims = ent_alloc(d->work->arena, count, ent_claim);
    for (uint32_t i = 0; i < count; i++) {
        decode_claim(d, list->items[i], &claims[i]);
    }
    statement->claims = claims;
    statement->claim_count = count;
}
