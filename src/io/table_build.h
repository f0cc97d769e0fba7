/* Sums over issues in the making: issues, their options, and what each is worth to each party. */
#ifndef ENT_IO_TABLE_BUILD_H
#define ENT_IO_TABLE_BUILD_H

#include "io/table.h"

typedef struct ent_built_option {
    const char *name;
    double *value; /* [parties], NaN: not said so far */
    size_t row;    /* in the table of the party that named it first */
} ent_built_option;

typedef struct ent_built_issue {
    const char *name;
    ent_names names;
    struct {
        ent_built_option *at;
        size_t count, room;
    } options;
    double *weight; /* [parties] */
} ent_built_issue;

typedef struct ent_build {
    ent_work *work;
    uint32_t parties;
    const char *const *names; /* [parties] */
    ent_names issue_names;
    struct {
        ent_built_issue *at;
        size_t count, room;
    } issues;
    double *reservation; /* [parties] */
} ent_build;

ent_build ent_build_start(ent_work *work, uint32_t parties, const char *const *names);
/* The issue of that name, made where it is not there. O(1). */
size_t ent_build_issue(ent_build *b, const char *name);
/* The option's worth to the party, from that row of the table; S112 where it was said before. */
ent_status ent_build_value(ent_build *b, const ent_table *t, size_t row, size_t column,
                           size_t issue, const char *option, uint32_t party, double value);
/*
 * The scenario, of which `tables` [parties] or [1] named the options; S131 where a party says
 * nothing of one. O(options * parties).
 */
ent_status ent_build_end(ent_build *b, const ent_table *tables, size_t table_count,
                         ent_scenario *out);

#endif
