/* Statements, assumptions and accounts. */
#include "io/case_decode.h"

#include <string.h>

static void decode_speaker(ent_decoder *d, const ent_node *node, ent_statement *statement)
{
    ent_ids parties = ent_ids_of_parties(d);
    ent_ids people = ent_ids_of_people(d);
    statement->person = ENT_NONE;
    statement->side = ENT_SIDE_NOBODY;
    if (node == NULL || node->kind != ENT_SCALAR || node->length == 0) {
        return;
    }
    uint32_t party = ent_names_find(parties.index, node->text);
    statement->person = ent_names_find(people.index, node->text);
    if (statement->person != ENT_NONE) {
        statement->side = d->people[statement->person].party;
    } else if (party != ENT_NONE) {
        statement->side = party;
    } else {
        ent_tell_unknown(d, node, &people, &parties);
    }
}

static void decode_words(ent_decoder *d, const ent_node *node, uint32_t index)
{
    static const char *const keys[] = {"quote", "reported", "editorial"};
    ent_statement *statement = &d->statements[index];
    const char *first = NULL;
    for (int k = 0; k < 3; k++) {
        const ent_node *words = ent_node_get(node, keys[k]);
        if (words == NULL) {
            continue;
        }
        if (first != NULL) {
            ent_error(d, ENT_C130_TWO_WORDINGS, ent_key_node(node, keys[k])->pos,
                      "make two statements of it", "a statement has `%s` or `%s`, not both", first,
                      keys[k]);
            continue;
        }
        first = keys[k];
        statement->kind = (ent_words)(ENT_QUOTE + k);
        statement->words = words->kind == ENT_SCALAR ? words->text : NULL;
        d->words[index] = words->kind == ENT_SCALAR ? words : NULL;
    }
}

static void start_statement(ent_decoder *d, const ent_node *node, uint32_t index,
                            const ent_shape *shape)
{
    ent_statement *statement = &d->statements[index];
    const ent_node *id = ent_node_get(node, "id");
    ent_ids sources = ent_ids_of_sources(d);
    *statement = (ent_statement){.id = "", .person = ENT_NONE, .side = ENT_SIDE_NOBODY,
                                 .said = ENT_UNDATED, .meant = ENT_UNDATED,
                                 .pos = node->pos};
    ent_fill(node, shape, statement);
    if (id != NULL && id->kind == ENT_SCALAR && id->length > 0) {
        statement->id = id->text;
        statement->pos = id->pos;
        (void)ent_define(d, &d->statement_names, id, index);
    }
    statement->source = ent_resolve(d, ent_node_get(node, "source"), &sources);
    ent_decode_claims(d, ent_node_get(node, "claims"), statement);
}

static ent_period period_of(const char *date)
{
    ent_period period;
    return date != NULL && ent_parse_date(date, &period.first, &period.last) ? period : ENT_UNDATED;
}

static void decode_statement(ent_decoder *d, const ent_node *node, uint32_t index)
{
    ent_statement *statement = &d->statements[index];
    const ent_node *basis = ent_node_get(node, "date-basis");
    start_statement(d, node, index, &ent_statement_shape);
    decode_speaker(d, ent_node_get(node, "by"), statement);
    decode_words(d, node, index);
    statement->said = period_of(statement->date);
    statement->meant = statement->about != NULL ? period_of(statement->about) : statement->said;
    if (statement->about != NULL && statement->meant.first > statement->said.last &&
        statement->said.last != INT64_MIN) {
        ent_error(d, ENT_C140_ABOUT_LATER, ent_node_get(node, "about")->pos,
                  "what will be is not what the words speak of: leave `about` out",
                  "`about` begins after `date`, %.40s, has ended", statement->date);
    }
    statement->date_inferred =
        basis != NULL && basis->kind == ENT_SCALAR && strcmp(basis->text, "inferred") == 0;
}

void ent_decode_statements(ent_decoder *d, const ent_node *root)
{
    const ent_node *assumptions = ent_node_get(root, "assumptions");
    const ent_node *statements = ent_node_get(root, "statements");
    uint32_t first = ent_count_of(assumptions, ENT_LIST);
    uint32_t count = first + ent_count_of(statements, ENT_LIST);
    d->statements = ent_alloc(d->work->arena, count, ent_statement);
    d->words = ent_alloc(d->work->arena, count, const ent_node *);
    for (uint32_t i = 0; i < first; i++) {
        start_statement(d, assumptions->items[i], i, &ent_assumption_shape);
        d->statements[i].assumption = true;
        d->statements[i].side = ENT_SIDE_ASSUMPTION;
    }
    for (uint32_t i = first; i < count; i++) {
        decode_statement(d, statements->items[i - first], i);
    }
    d->c->statements = d->statements;
    d->c->statement_count = count;
    ent_decode_withdrawals(d, statements, first);
}

static void decode_believes(ent_decoder *d, const ent_node *list, ent_account_def *account)
{
    ent_ids parties = ent_ids_of_parties(d);
    ent_ids statements = ent_ids_of_statements(d);
    uint32_t count = ent_count_of(list, ENT_LIST);
    ent_believes *believes = ent_alloc(d->work->arena, count, ent_believes);
    for (uint32_t i = 0; i < count; i++) {
        const ent_node *node = list->items[i];
        if (node->kind != ENT_SCALAR || node->length == 0) {
            continue;
        }
        ent_believes core = {ent_names_find(parties.index, node->text), ENT_NONE};
        if (core.party == ENT_NONE) {
            core.statement = ent_names_find(statements.index, node->text);
        }
        if (core.party == ENT_NONE && core.statement == ENT_NONE) {
            ent_tell_unknown(d, node, &statements, &parties);
            continue;
        }
        believes[account->count++] = core;
    }
    account->believes = believes;
}

static void decode_only(ent_decoder *d, const ent_node *node, ent_account_def *account)
{
    const ent_node *only = ent_node_get(node, "only");
    const ent_node *believes = ent_node_get(node, "believes");
    account->only = only != NULL && only->kind == ENT_SCALAR && strcmp(only->text, "true") == 0;
    if (account->only && believes != NULL && believes->kind == ENT_LIST && believes->count == 0) {
        ent_error(d, ENT_C141_BELIEVES_NOTHING, ent_key_node(node, "only")->pos,
                  "name in `believes` the parties and statements to keep to",
                  "`%.100s` keeps to what it believes, which is nothing", account->id);
    }
}

void ent_decode_accounts(ent_decoder *d, const ent_node *root)
{
    const ent_node *map = ent_node_get(root, "accounts");
    uint32_t count = ent_count_of(map, ENT_MAP);
    ent_account_def *accounts = ent_alloc(d->work->arena, count, ent_account_def);
    for (uint32_t i = 0; i < count; i++) {
        const ent_node *key = map->entries[i].key;
        accounts[i] = (ent_account_def){.id = key->text, .name = key->text, .pos = key->pos};
        (void)ent_define(d, &d->account_names, key, i);
        ent_fill(map->entries[i].value, &ent_account_shape, &accounts[i]);
        decode_believes(d, ent_node_get(map->entries[i].value, "believes"), &accounts[i]);
        decode_only(d, map->entries[i].value, &accounts[i]);
    }
    d->c->accounts = accounts;
    d->c->account_count = count;
}
