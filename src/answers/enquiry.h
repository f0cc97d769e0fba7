/*
 * Ask (docs/MODEL.md 5.11): which question to put to whom. A question splits one party's worlds;
 * after either answer some package is best. Its value is that of information (Howard, "Information
 * value theory", 1966): what can be expected of the package tabled after the answer. Questions
 * follow each other as in polyhedral elicitation (Toubia, Hauser, Simester, 2004): each is the best
 * one where the answers before it have led.
 */
#ifndef ENT_ANSWERS_ENQUIRY_H
#define ENT_ANSWERS_ENQUIRY_H

#include "answers/candidates.h"

enum { ENT_ENQUIRY_DEPTH = 3 };

/* The package that is best in some of the worlds, and the share of these in which it suits all. */
typedef struct ent_tabled {
    const uint64_t *levels;
    double joint;
} ent_tabled;

typedef struct ent_enquiry {
    uint32_t party;
    const uint64_t *levels; /* would it accept this package? NULL: does `more` matter more? */
    uint32_t more, than;    /* issues of a comparison; ENT_NONE otherwise */
    double yes;             /* share of its worlds in which the answer is yes */
    double expected;        /* joint share of what is tabled after the answer, expected */
    ent_tabled if_yes, if_no;
    /* Statements that the account leaves out and that the answer would contradict by itself. */
    const uint32_t *against_yes, *against_no;
    size_t against_yes_count, against_no_count;
    size_t alike; /* further questions that split the worlds the same way */
} ent_enquiry;

/* A plan: what to ask, and what to table where nothing more is asked. */
typedef struct ent_enquiry_plan {
    const ent_enquiry *question; /* NULL: table the package */
    ent_tabled table;
    const struct ent_enquiry_plan *yes, *no;
    double expected[ENT_ENQUIRY_DEPTH + 1]; /* joint share after so many further questions */
} ent_enquiry_plan;

typedef struct ent_enquiries {
    ent_best best;
    const ent_enquiry *at; /* by expected share, highest first */
    size_t count;
    const ent_enquiry_plan *plan; /* NULL where there is nothing to ask */
    size_t depth;                 /* of the plan, as asked */
    size_t candidates;            /* packages that were questions and could be tabled */
    bool complete;
    /* What was left out of the questions that were looked at; `useless` where it was asked for. */
    size_t looked, alike, settled, useless;
    bool too_many; /* more than `most` of the request: none was looked at */
} ent_enquiries;

typedef struct ent_enquiry_request {
    uint32_t party; /* whom to ask; ENT_NONE: whoever is asked for a package */
    size_t top;     /* questions listed; 0: all */
    size_t depth;   /* questions of the plan, 1..ENT_ENQUIRY_DEPTH */
    uint64_t most;  /* pairs of a question and a package after it, at most; 0: without number */
    bool counted;   /* tell how many questions are useless, which takes a look at each of them */
} ent_enquiry_request;

/*
 * joint(d | answer) is a product over independent parties in which only the share of the party
 * that answered changes, so that a question costs one AND and popcount of a row for each package
 * that can still be best after it. Bounds rule out most packages, and most questions at once
 * (enquiry_scores.c). Cost: questions * packages at least, times worlds / 64 at worst.
 */
ent_status ent_answer_enquiry(ent_work *work, const ent_analysis *analysis, size_t account,
                              const ent_enquiry_request *request, ent_enquiries *enquiries);

#endif
