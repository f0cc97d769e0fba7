/* The tables of the case format: every key with its shape and help. docs/FORMAT.md says it all. */
#ifndef ENT_IO_CASE_FORMAT_H
#define ENT_IO_CASE_FORMAT_H

#include "io/shape.h"
#include "record/case.h"

extern const ent_shape ent_case_shape;
extern const ent_shape ent_party_shape, ent_person_shape, ent_source_shape, ent_issue_shape;
extern const ent_shape ent_range_shape, ent_item_shape, ent_figure_shape, ent_interval_shape;
extern const ent_shape ent_account_shape, ent_assumption_shape, ent_statement_shape;
extern const ent_shape ent_rule_shape, ent_share_shape, ent_approval_shape, ent_claim_shape;
extern const ent_shape ent_withheld_shape;

/* Limits of a case; docs/FORMAT.md names them. */
enum {
    ENT_CASE_BYTES = 16 << 20,
    ENT_MOST_CASE_PARTIES = 64,
    ENT_MOST_PEOPLE = 10000,
    ENT_MOST_SOURCES = 10000,
    ENT_MOST_ISSUES = 4096,
    ENT_MOST_OPTIONS = 1000,
    ENT_MOST_PARTS = 65536, /* options and items of all issues */
    ENT_MOST_METRICS = 1000,
    ENT_MOST_RULES = 10000,
    ENT_MOST_PACKAGES = 10000,
    ENT_MOST_STATEMENTS = 100000,
    ENT_MOST_CLAIMS = 1000, /* in one statement */
    ENT_MOST_ACCOUNTS = 100,
    ENT_MOST_BELIEVES = 10000,
    ENT_SOURCE_BYTES = 4 << 20,
};
#define ENT_MOST_STEPS 1e9 /* of one range */

#endif
