/* What the files of the NegMAS format share; see negmas.c. */
#ifndef ENT_IO_NEGMAS_H
#define ENT_IO_NEGMAS_H

#include "io/scenario_format.h"

typedef struct ent_negmas {
    ent_work *work;
    const ent_text *text; /* the file in hand */
    ent_scenario_issue *issues;
    ent_names *values; /* [issue_count] of discrete issues */
    ent_names names;   /* of the issues */
    uint32_t issue_count;
    double levels; /* of all tables so far */
    struct {
        ent_box *at;
        size_t count, room;
    } boxes;       /* of the profile in hand */
    double bias;   /* of the profile in hand */
} ent_negmas;

/* The class that `type` or `__python_class__` names, without its module; "" where neither is. */
const char *ent_negmas_type(ent_negmas *n, const ent_node *node);
/* The issue that a key means: by name or, counted from 0, by number; UINT32_MAX. */
uint32_t ent_negmas_issue(const ent_negmas *n, const ent_node *key);
/* Element i of a list, or the value under the issue's name in a map; NULL if there is none. */
const ent_node *ent_negmas_item(const ent_negmas *n, const ent_node *node, uint32_t i);
/* The value function of issue i into *e; weight and divisor are 1. */
ent_status ent_negmas_function(ent_negmas *n, const ent_node *node, uint32_t i, ent_evaluator *e);
/* The same of the curves in negmas_curves.c; S111 for a kind that is not read. */
ent_status ent_negmas_curve(ent_negmas *n, const ent_node *node, uint32_t i, const char *type,
                            ent_evaluator *e);
/* The number that a level of any kind of issue is: a discrete one's name may be one. */
bool ent_negmas_level_number(const ent_scenario_issue *issue, uint64_t level, double *x);
/* f(x) = slope*x + offset, x the number that a level is or is called. */
ent_status ent_negmas_affine(ent_negmas *n, const ent_node *where, uint32_t i, double slope,
                             double offset, ent_evaluator *e);
/* HyperRectangleUtilityFunction times factor, into n->boxes and n->bias. */
ent_status ent_negmas_boxes(ent_negmas *n, const ent_node *node, double factor);
/* A number under the key; fallback where it is missing, NaN where that is an error. */
ent_status ent_negmas_number(ent_negmas *n, const ent_node *node, const char *key, double fallback,
                             double *value);

/* The file's map: JSON, or YAML where Python wrote what is no JSON. */
ent_status ent_negmas_parse(ent_work *work, const ent_text *text, const ent_node **root);
/* The issues of an outcome space's node, and its name where it has one. */
ent_status ent_negmas_domain(ent_negmas *n, const ent_node *root, const char **name);
/* A party's utility function with its reservation value and discount. */
ent_status ent_negmas_profile(ent_negmas *n, const ent_node *root, ent_utility *u);

ent_status ent_negmas_write(ent_work *work, const ent_scenario *scenario, ent_written_files *out);

#endif
