/* Private to the decoder of case files: what its parts share. */
#ifndef ENT_IO_CASE_DECODE_H
#define ENT_IO_CASE_DECODE_H

#include "io/case.h"
#include "io/case_format.h"
#include "io/names.h"

/* A set of names of one kind of thing, and a fold of it that finds capitals gone astray. */
typedef struct ent_name_scope {
    ent_names exact, folded;
} ent_name_scope;

typedef struct ent_decoder {
    ent_shaper shaper;
    ent_work *work;
    const ent_text *text;
    const ent_files *files;
    const char *folder;
    ent_case *c;
    size_t errors; /* told before this file was read */
    ent_party *parties;
    ent_person *people;
    ent_source *sources;
    ent_issue *issues;
    ent_package *packages;
    ent_statement *statements;
    ent_name_scope speakers; /* parties and people share their names */
    ent_name_scope source_names, issue_names, package_names, statement_names, account_names;
    ent_names party_index, person_index, metric_index;
    ent_names *part_index;  /* [issues] options or items */
    const ent_node **words; /* [statements] the node of the quote, report or remark, or NULL */
    const ent_node **nodes; /* [issues] */
    struct {
        const char **at;
        size_t count, room;
    } metrics;
} ent_decoder;

/* A list of things that begin with their id: what names can be resolved among. */
typedef struct ent_ids {
    const ent_names *index;
    const char *what; /* "issue": for "no issue is called ..." */
    const void *first;
    size_t count, stride;
} ent_ids;

void ent_error(ent_decoder *d, ent_code code, ent_pos pos, const char *hint, const char *format,
               ...) ENT_PRINTF(5, 6);
void ent_warn(ent_decoder *d, ent_code code, ent_pos pos, const char *hint, const char *format,
              ...) ENT_PRINTF(5, 6);
/* Add a name to a scope: a second definition and one that differs in capitals only are told. */
bool ent_define(ent_decoder *d, ent_name_scope *scope, const ent_node *name, uint32_t index);
/* The number of the thing that the node names. NULL or not a name: ENT_NONE, silently. */
uint32_t ent_resolve(ent_decoder *d, const ent_node *node, const ent_ids *ids);
/* Tell that nothing is called so; `more` may be NULL. */
void ent_tell_unknown(ent_decoder *d, const ent_node *node, const ent_ids *ids,
                      const ent_ids *more);
ent_ids ent_ids_of_parties(const ent_decoder *d);
ent_ids ent_ids_of_people(const ent_decoder *d);
ent_ids ent_ids_of_sources(const ent_decoder *d);
ent_ids ent_ids_of_issues(const ent_decoder *d);
ent_ids ent_ids_of_statements(const ent_decoder *d);

/* A node that may be one thing or a list of them. */
size_t ent_some_count(const ent_node *node);
const ent_node *ent_some_at(const ent_node *node, size_t i);
/* The entry's key of that name, for its position. */
const ent_node *ent_key_node(const ent_node *map, const char *key);
/* The number of entries of a map or list, 0 for NULL and other kinds. */
uint32_t ent_count_of(const ent_node *node, ent_node_kind kind);

void ent_decode_parties(ent_decoder *d, const ent_node *root);
void ent_decode_approvals(ent_decoder *d, const ent_node *root); /* after the issues */
void ent_decode_voting(ent_decoder *d, const ent_node *root);    /* after the issues */
/* Warnings about a council: stakes that do not count, votes that cannot come together. */
void ent_check_council(ent_decoder *d, uint32_t party);
void ent_decode_people(ent_decoder *d, const ent_node *root);
void ent_decode_sources(ent_decoder *d, const ent_node *root);
void ent_decode_issues(ent_decoder *d, const ent_node *root);
void ent_decode_utilities(ent_decoder *d, const ent_node *root); /* after the issues */
void ent_decode_sizes(ent_decoder *d, ent_issue *issue, const ent_node *node);
void ent_decode_units(ent_decoder *d); /* after all issues, when the metrics are known */
void ent_decode_packages(ent_decoder *d, const ent_node *root);
ent_package ent_decode_package(ent_decoder *d, const ent_node *node);
void ent_decode_rules(ent_decoder *d, const ent_node *root);
void ent_decode_claim(ent_decoder *d, const ent_node *node, ent_claim *claim);
void ent_decode_claims(ent_decoder *d, const ent_node *list, ent_statement *statement);
bool ent_is_status_quo(const ent_package *package);
void ent_decode_statements(ent_decoder *d, const ent_node *root);
/* `supersedes` of all statements, when their names, sides and dates are known. */
void ent_decode_withdrawals(ent_decoder *d, const ent_node *list, uint32_t first);
void ent_decode_accounts(ent_decoder *d, const ent_node *root);
/* Warnings about what is valid and probably not meant. */
void ent_find_traps(ent_decoder *d, const ent_node *root);
/* Of them, those about statements, their dates and accounts; and those about one claim. */
void ent_find_record_traps(ent_decoder *d, const ent_node *root);
void ent_check_claim_traps(ent_decoder *d, const ent_statement *statement, const ent_claim *claim);
/* Do the numbers that pin the party's importances add up to nearly 1, and not to 1? */
void ent_check_pinned(ent_decoder *d, uint32_t party);
/* Has the party a stake in the issue: by its utility where it has one, else by its sign? */
bool ent_has_stake(const ent_decoder *d, uint32_t party, uint32_t issue);
void ent_compare_quotes(ent_decoder *d);

#endif
