/* Parties, people and sources. */
#include "io/case_decode.h"

#include <string.h>

/* A number, a range, or either with a mark: {value: 0.2, private: true}. */
static void decode_reservation(ent_decoder *d, const ent_node *node, ent_party *party)
{
    const ent_node *given = ent_node_get(node, "reservation");
    const ent_node *mark = ent_node_get(given, "private");
    const ent_node *value = given != NULL && given->kind == ENT_MAP ? ent_node_get(given, "value")
                                                                   : given;
    ent_interval interval;
    if (value != NULL && ent_read_interval(value, &ent_interval_shape, &interval)) {
        party->reservation = interval;
    }
    party->reservation_private =
        mark != NULL && mark->kind == ENT_SCALAR && strcmp(mark->text, "true") == 0;
    if (ent_node_get(node, "utility") == NULL &&
        (party->reservation.low < 0 || party->reservation.high > 1)) {
        ent_error(d, ENT_C108_OUT_OF_RANGE, value->pos,
                  "it is a share of all that the party has at stake",
                  "`reservation` should lie within 0 and 1");
    }
}

void ent_decode_parties(ent_decoder *d, const ent_node *root)
{
    const ent_node *map = ent_node_get(root, "parties");
    uint32_t count = ent_count_of(map, ENT_MAP);
    d->parties = ent_alloc(d->work->arena, count, ent_party);
    uint32_t deciders = 0;
    for (uint32_t i = 0; i < count; i++) {
        const ent_node *key = map->entries[i].key;
        ent_party *party = &d->parties[i];
        *party = (ent_party){.id = key->text, .name = key->text, .pos = key->pos};
        (void)ent_define(d, &d->speakers, key, i);
        (void)ent_names_add(d->work->arena, &d->party_index, key->text, i);
        ent_fill(map->entries[i].value, &ent_party_shape, party);
        deciders += party->role == ENT_DECIDER;
        decode_reservation(d, map->entries[i].value, party);
    }
    d->c->parties = d->parties;
    d->c->party_count = count;
    if (map != NULL && map->kind == ENT_MAP && deciders < 2) {
        ent_error(d, ENT_C126_TOO_FEW_DECIDERS, ent_key_node(root, "parties")->pos, NULL,
                  "a negotiation has at least two deciders, and here %s",
                  deciders == 0 ? "is none" : "is one");
    }
}

static const bool *approved_issues(ent_decoder *d, const ent_node *list)
{
    ent_ids issues = ent_ids_of_issues(d);
    bool *approves = ent_alloc(d->work->arena, d->c->space.issue_count, bool);
    for (size_t k = 0; k < ent_some_count(list); k++) {
        uint32_t issue = ent_resolve(d, ent_some_at(list, k), &issues);
        if (issue != ENT_NONE) {
            approves[issue] = true;
        }
    }
    return approves;
}

void ent_decode_approvals(ent_decoder *d, const ent_node *root)
{
    const ent_node *map = ent_node_get(root, "parties");
    for (uint32_t i = 0; i < d->c->party_count; i++) {
        ent_party *party = &d->parties[i];
        const ent_node *list = ent_node_get(map->entries[i].value, "approves");
        bool empty = list != NULL && list->kind == ENT_LIST && list->count == 0;
        if (party->role == ENT_APPROVER) {
            party->approves = approved_issues(d, list);
        }
        if (party->role == ENT_APPROVER && (list == NULL || empty)) {
            ent_error(d, ENT_C125_APPROVES, party->pos, "add `approves: [issue]`",
                      "the approver `%.100s` approves nothing", party->id);
        } else if (party->role != ENT_APPROVER && list != NULL) {
            ent_error(d, ENT_C125_APPROVES, ent_key_node(map->entries[i].value, "approves")->pos,
                      "add `role: approver`", "only an approver has `approves`");
        }
    }
}

void ent_decode_people(ent_decoder *d, const ent_node *root)
{
    const ent_node *map = ent_node_get(root, "people");
    uint32_t count = ent_count_of(map, ENT_MAP);
    ent_ids parties = ent_ids_of_parties(d);
    d->people = ent_alloc(d->work->arena, count, ent_person);
    for (uint32_t i = 0; i < count; i++) {
        const ent_node *key = map->entries[i].key;
        ent_person *person = &d->people[i];
        *person = (ent_person){.id = key->text, .name = key->text, .pos = key->pos};
        (void)ent_define(d, &d->speakers, key, i);
        (void)ent_names_add(d->work->arena, &d->person_index, key->text, i);
        ent_fill(map->entries[i].value, &ent_person_shape, person);
        person->party = ent_resolve(d, ent_node_get(map->entries[i].value, "for"), &parties);
    }
    d->c->people = d->people;
    d->c->person_count = count;
}

void ent_decode_sources(ent_decoder *d, const ent_node *root)
{
    const ent_node *map = ent_node_get(root, "sources");
    uint32_t count = ent_count_of(map, ENT_MAP);
    d->sources = ent_alloc(d->work->arena, count, ent_source);
    for (uint32_t i = 0; i < count; i++) {
        const ent_node *key = map->entries[i].key;
        const ent_node *letter = ent_node_get(map->entries[i].value, "reliability");
        ent_source *source = &d->sources[i];
        *source = (ent_source){.id = key->text, .pos = key->pos};
        (void)ent_define(d, &d->source_names, key, i);
        ent_fill(map->entries[i].value, &ent_source_shape, source);
        if (letter != NULL && letter->kind == ENT_SCALAR && letter->length == 1) {
            source->reliability = letter->text[0];
        }
    }
    d->c->sources = d->sources;
    d->c->source_count = count;
}
