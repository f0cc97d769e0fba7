/* What the files of the XMCDA reader share: its documents, and what their elements say. */
#ifndef ENT_IO_XMCDA_PARTS_H
#define ENT_IO_XMCDA_PARTS_H

#include "io/scenario_format.h"
#include "io/xml.h"

enum { ENT_XMCDA_CRITERIA, ENT_XMCDA_ALTERNATIVES };
#define ENT_XMCDA_IDLE (UINT32_MAX - 1) /* the number of one that is not active */

typedef struct ent_xmcda_criterion {
    const char *id, *name;
    bool less; /* is preferred */
    double least, most;
} ent_xmcda_criterion;

typedef struct ent_xmcda_set {
    const char *name;
    double *weight; /* [criteria] */
    ent_pos pos;
    const ent_text *text;
} ent_xmcda_set;

typedef struct ent_xmcda {
    ent_work *work;
    const ent_text *text; /* at hand */
    size_t count;         /* documents */
    const ent_text *texts[ENT_SCENARIO_PARTIES];
    const ent_xml *roots[ENT_SCENARIO_PARTIES];
    ent_names criteria, alternatives; /* ids; ENT_XMCDA_IDLE: not active */
    bool closed[2];                   /* are criteria, alternatives declared? */
    struct {
        ent_xmcda_criterion *at;
        size_t count, room;
    } criterion;
    struct {
        const char **at;
        size_t count, room;
    } alternative;
    struct {
        ent_xmcda_set *at;
        size_t count, room;
    } sets;
    const ent_xml *table;
    const ent_text *table_text;
    double *value; /* [alternatives][criteria] NaN: none yet */
} ent_xmcda;

/* ---- Elements ------------------------------------------------------------------------------- */

/* The tag without a prefix. */
const char *ent_xmcda_tag(const ent_xml *e);
/* The first element in it; the text in it, tidied, "" where there is none. */
const ent_xml *ent_xmcda_first(const ent_xml *e);
const char *ent_xmcda_text(const ent_xmcda *r, const ent_xml *e);
/* S108: the element lacks another. */
ent_status ent_xmcda_missing(const ent_xmcda *r, const ent_xml *e, const char *what);
/* S201. */
void ent_xmcda_left_out(const ent_xmcda *r, const ent_xml *e, const char *why);
/* The one number of an element: `value`, or `values` with one `value`, with a number in it. */
ent_status ent_xmcda_number(const ent_xmcda *r, const ent_xml *e, double *x);

/* ---- What is declared ----------------------------------------------------------------------- */

/* The criteria, or the alternatives, of a list. */
ent_status ent_xmcda_declare(ent_xmcda *r, const ent_xml *list, int what);
/* The number of the one that the element's ID names; added where nothing is declared. */
ent_status ent_xmcda_named(ent_xmcda *r, const ent_xml *e, int what, uint32_t *index);
/* The preference directions of `criteriaScales`, version 3 on. */
ent_status ent_xmcda_scales(ent_xmcda *r, const ent_xml *list);

#endif
