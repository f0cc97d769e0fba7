/* What the files of the GeniusWeb format share; see geniusweb.c. */
#ifndef ENT_IO_GENIUSWEB_H
#define ENT_IO_GENIUSWEB_H

#include "base/text.h"
#include "io/scenario_format.h"

typedef struct ent_geniusweb {
    ent_work *work;
    const ent_text *text; /* the file in hand */
    ent_scenario_issue *issues;
    ent_names *values; /* [issue_count] of discrete issues */
    ent_names names;   /* of the issues */
    uint32_t issue_count;
    double levels;
} ent_geniusweb;

/* Tell that a key is missing (S108). */
ent_status ent_geniusweb_missing(ent_geniusweb *w, const ent_node *node, const char *key);
/* Tell of the map's keys that are not among `known`, which ends in NULL (S201). */
void ent_geniusweb_known(ent_geniusweb *w, const ent_node *map, const char *const *known);
/* A utility; one outside 0 to 1, which GeniusWeb refuses, is told (S205). */
ent_status ent_geniusweb_utility(ent_geniusweb *w, const ent_node *parent, const ent_node *node,
                                 const char *what, double *value);

/* {"range": {"low", "high", "step"}} or, older, {"range": [low, high, step]}. */
ent_status ent_geniusweb_range(ent_geniusweb *w, const ent_node *range, ent_scenario_issue *issue);
/* The utilities of numbers: a straight line, rounded half up to eight digits as the owner does. */
ent_status ent_geniusweb_line(ent_geniusweb *w, const ent_node *line, uint32_t issue,
                              ent_evaluator *e);
/* The groups of a SumOfGroupsUtilitySpace: parts of single issues, boxes of several. */
ent_status ent_geniusweb_groups(ent_geniusweb *w, const ent_node *space, ent_utility *u);
/* Write the party's utilities as such groups; S113 where they are none. */
ent_status ent_geniusweb_put_groups(ent_work *work, ent_buffer *b, const ent_scenario *scenario,
                                    uint32_t party);

ent_status ent_geniusweb_write(ent_work *work, const ent_scenario *scenario,
                               ent_written_files *out);

#endif
