/*
 * Verbs: what a claim may say of its party, one record each. The decoder, the schema, the writer,
 * the words, completion, the polytope and the lines are all driven from these records; a test
 * fails on a field that is left empty.
 */
#ifndef ENT_RECORD_VERB_H
#define ENT_RECORD_VERB_H

#include <stdbool.h>

typedef enum ent_verb {
    ENT_ACCEPTS,
    ENT_CANNOT,
    ENT_DEMANDS,
    ENT_HOLDS_AT,
    ENT_NEVER,
    ENT_OFFERS,
    ENT_PREFERS,
    ENT_RANKS,
    ENT_REFUSES,
    ENT_REQUIRES,
    ENT_RESERVES,
    ENT_TRUSTS,
    ENT_WALKED_FROM,
    ENT_WEIGHS,
    ENT_WILL_NOT_EXCEED,
    ENT_VERB_COUNT
} ent_verb;

/* What stands behind the verb in a case file. */
typedef enum ent_object {
    ENT_OBJECT_PACKAGE = 1, /* a package; with a partner key, a second one */
    ENT_OBJECT_ISSUES,      /* a list of issues */
    ENT_OBJECT_WEIGHTS,     /* a map from issues to shares */
    ENT_OBJECT_INTERVAL,    /* a number or a range */
    ENT_OBJECT_PARTY,       /* a party; the partner key holds a chance */
    ENT_OBJECT_COUNT
} ent_object;

/* What the party is taken to do with a package, so that `check` can tell who cannot. */
typedef enum ent_way { ENT_EITHER_WAY = 1, ENT_GIVEN, ENT_GOT, ENT_NO_DIRECTION } ent_way;

/* Does the claim say that its whole package is accepted, or refused? */
typedef enum ent_says { ENT_SAYS_NEITHER = 1, ENT_SAYS_ACCEPTED, ENT_SAYS_REFUSED } ent_says;

/* Which neighbours of the package it refuses as well, one minimal step each. */
typedef enum ent_steps {
    ENT_STEPS_NONE = 1,
    ENT_STEPS_LESS_GOT,   /* less of what is demanded */
    ENT_STEPS_MORE_GIVEN, /* more of what the party gives, getting nothing more */
} ent_steps;

/* A line is no price: it puts no row on the party's worlds, but rules outcomes out. */
typedef enum ent_line_kind {
    ENT_LINE_NONE = 1,
    ENT_LINE_NEVER,    /* the party accepts nothing that reaches the package */
    ENT_LINE_REQUIRES, /* the party accepts nothing that does not reach it */
    ENT_LINE_CANNOT,   /* nobody can have an outcome that reaches it */
} ent_line_kind;

typedef enum ent_yes { ENT_NO = 1, ENT_YES } ent_yes;

typedef struct ent_verb_record {
    const char *name; /* as in the file: "will-not-exceed" */
    const char *help; /* one sentence for people who write a case */
    ent_object object;
    /* The partner key ("for", "over", "at"): its need, and its help; "" where there is none. */
    const char *partner;
    ent_yes partner_needed;
    const char *partner_help;
    ent_way direction, partner_direction; /* of the object and of the partner */
    ent_says says;
    ent_steps steps;
    ent_line_kind line;
    ent_yes position; /* can it be the party's last position? */
    ent_yes rest;     /* may `rest` leave issues open? */
    /* In sentences: "North Korea OFFERS x FOR y"; link "" where there is no second package. */
    const char *words, *link;
} ent_verb_record;

/* In the order of ent_verb, which is that of the names. */
extern const ent_verb_record ent_verbs[ENT_VERB_COUNT];

/* Does it name packages: may `rest`, a line or a position be asked of it at all? */
static inline bool ent_verb_names_package(ent_verb verb)
{
    return ent_verbs[verb].object == ENT_OBJECT_PACKAGE;
}

/* Does it put rows on its party's worlds? */
static inline bool ent_verb_has_rows(ent_verb verb)
{
    return ent_verbs[verb].line == ENT_LINE_NONE && ent_verbs[verb].object != ENT_OBJECT_PARTY;
}

#endif
