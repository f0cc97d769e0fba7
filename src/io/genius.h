/* What the files of the Genius format share; see genius.c. */
#ifndef ENT_IO_GENIUS_H
#define ENT_IO_GENIUS_H

#include "io/names.h"
#include "io/scenario_format.h"
#include "io/xml.h"

/* An issue of the domain: its Genius number and its element beside what it came to. */
typedef struct ent_genius_issue {
    const ent_xml *element;
    long number;
    ent_names values; /* discrete: name -> level */
} ent_genius_issue;

typedef struct ent_genius {
    ent_work *work;
    const ent_text *text; /* the file in hand */
    ent_scenario_issue *issues;
    ent_genius_issue *about; /* [issue_count] */
    uint32_t issue_count;
    double levels; /* of all tables so far */
} ent_genius;

/* The owner's kinds of profile, as its root's `type` names them; none is linear. */
typedef enum ent_genius_space {
    ENT_GENIUS_LINEAR,
    ENT_GENIUS_NONLINEAR,
    ENT_GENIUS_CONSTRAINT,
    ENT_GENIUS_UNCERTAIN,
} ent_genius_space;

/* An issue's element in a file, with the weight that stands beside it. */
typedef struct ent_genius_leaf {
    const ent_xml *element;
    const ent_xml *weight; /* or NULL */
    long number;
} ent_genius_leaf;

typedef struct ent_genius_leaves {
    ent_genius_leaf *at;
    size_t count, room;
} ent_genius_leaves;

/* All issues under the element in the order of Genius: those of nested objectives first. */
ent_status ent_genius_collect(ent_genius *g, const ent_xml *top, ent_genius_leaves *leaves);
/* The attribute as a finite number; S108, S109. */
ent_status ent_genius_number(ent_genius *g, const ent_xml *element, const char *name,
                             double *value);
#define ENT_NO_ISSUE UINT32_MAX
/* The issue with that Genius number, or ENT_NO_ISSUE. */
uint32_t ent_genius_find(const ent_genius *g, long number);

/* Read the domain into g. */
ent_status ent_genius_domain(ent_genius *g);
/* Read an additive profile; leaves are its issues, `of` the domain's issue for each. */
ent_status ent_genius_additive(ent_genius *g, const ent_genius_leaves *leaves,
                               const uint32_t *of, ent_utility *u);
/* Read hyper-rectangles from <utility>. */
ent_status ent_genius_boxes(ent_genius *g, const ent_xml *utility, ent_utility *u);

/* Read a constraint space: ranks and what zeroes them (genius_constraint.c). */
ent_status ent_genius_constraints(ent_genius *g, const ent_xml *root, ent_utility *u);
/* Tell of elements and attributes that Genius has no use for (genius_known.c). */
void ent_genius_tell_unknown(ent_genius *g, const ent_xml *root);

ent_status ent_genius_write(ent_work *work, const ent_scenario *scenario, ent_written_files *out);

#endif
