/*
 * The case: everything that a case file holds, checked and with positions. All names are resolved
 * to indices; all texts are NUL-terminated and live in the case's arena.
 */
#ifndef ENT_RECORD_CASE_H
#define ENT_RECORD_CASE_H

#include "model/issue.h"
#include "record/date.h"
#include "record/verb.h"

typedef enum ent_role { ENT_DECIDER, ENT_APPROVER, ENT_OBSERVER } ent_role;

struct ent_utility;  /* model/scenario.h: exact values, `utility:` on a party */
struct ent_approval; /* a voting rule, `approval:` on an approver */

typedef struct ent_party {
    const char *id, *name, *color; /* color "#RRGGBB" or NULL */
    ent_role role;
    ent_interval reservation;   /* default 0, 0 */
    bool reservation_private;   /* `private: true` beside it */
    bool reservation_withheld;  /* taken out: the case is written without it */
    const bool *approves;       /* [issues] for an approver; NULL otherwise */
    const struct ent_utility *utility;   /* NULL unless exact */
    const struct ent_approval *approval; /* NULL unless given */
    ent_pos pos;
} ent_party;

typedef struct ent_person {
    const char *id, *name, *title;
    uint32_t party; /* or ENT_NONE: speaks for nobody */
    ent_pos pos;
} ent_person;

typedef struct ent_source {
    const char *id, *title, *author, *publisher, *date, *url, *file;
    char reliability; /* 'A'..'F', 0 when missing */
    uint32_t is_private; /* 1: `private: true` */
    ent_pos pos;
} ent_source;

typedef struct ent_weight {
    uint32_t issue;
    ent_interval value; /* low == high pins it */
    ent_pos pos;
} ent_weight;

typedef struct ent_claim {
    uint32_t party;
    ent_verb verb;
    /*
     * package: the object of a verb with one package;
     *          offers: what is given; demands: what is got; prefers: the better one.
     * other:   offers: what is got for it; demands: what is given for it; prefers: the worse one.
     */
    ent_package package, other;
    /*
     * What was not said (`rest`): open[issues], true for issues that neither package names and that
     * the speaker may have filled in somehow. NULL: closed, all that is not named is at the status
     * quo.
     */
    const bool *open;
    const uint32_t *ranked; /* ranks: issues, most important first */
    size_t ranked_count;
    const ent_weight *weights; /* weighs */
    size_t weight_count;
    ent_interval interval; /* reserves: b; trusts: the chance */
    uint32_t trusted;      /* trusts: the other party */
    ent_pos pos;
} ent_claim;

typedef enum ent_words { ENT_NO_WORDS, ENT_QUOTE, ENT_REPORTED, ENT_EDITORIAL } ent_words;

/* The side of a statement that nobody's party made. */
#define ENT_SIDE_NOBODY UINT32_MAX
#define ENT_SIDE_ASSUMPTION (UINT32_MAX - 1)
#define ENT_SIDE_SUPPOSED (UINT32_MAX - 2) /* `--suppose`: stands in no file */

/* First and last second, since 1970 UTC, that a date may mean. Both INT64_MIN: no date. */
typedef struct ent_period {
    int64_t first, last;
} ent_period;
#define ENT_UNDATED ((ent_period){INT64_MIN, INT64_MIN})

typedef struct ent_statement {
    const char *id;
    bool assumption;
    uint32_t person; /* who said it, or ENT_NONE when a party as such did, or nobody is named */
    uint32_t side;   /* party index, ENT_SIDE_NOBODY or ENT_SIDE_ASSUMPTION */
    const char *date, *about; /* as written, or NULL */
    ent_period said;          /* of `date` */
    ent_period meant;         /* what the words speak of: `about`, else `date` */
    bool date_inferred;
    const uint32_t *supersedes; /* statements that this one withdraws or replaces */
    size_t supersedes_count;
    uint32_t source; /* or ENT_NONE */
    ent_words kind;
    const char *words, *via, *because;
    const char *name; /* of an assumption, or NULL */
    uint32_t credibility; /* 1..6, 0 when missing */
    uint32_t is_private;  /* 1: `private: true` */
    const ent_claim *claims;
    size_t claim_count;
    ent_pos pos;
} ent_statement;

typedef struct ent_believes {
    uint32_t party, statement; /* one of them ENT_NONE */
} ent_believes;

/* An account as the case defines it. */
typedef struct ent_account_def {
    const char *id, *name;
    const ent_believes *believes;
    size_t count;
    bool only; /* keeps to what `believes` names */
    ent_pos pos;
} ent_account_def;

/* What a redacted case says of itself (key `withheld`): how many of each kind are not in it. */
typedef struct ent_withheld {
    bool told;        /* has the case the key at all? */
    uint32_t effects; /* 1: what follows from them is kept; their words and names alone are gone */
    uint32_t accounts, assumptions, figures, packages, people, reservations, sources, statements;
} ent_withheld;

typedef struct ent_case {
    ent_text text; /* the file's name and bytes; bytes belong to the case */
    const char *hash; /* SHA-256 of the bytes */
    const char *title, *summary;
    const char *as_of; /* as written or NULL */
    int64_t as_of_time; /* the end of that day, INT64_MAX when missing */
    const ent_party *parties;
    uint32_t party_count;
    const ent_person *people;
    uint32_t person_count;
    const ent_source *sources;
    uint32_t source_count;
    ent_space space;
    const char *const *metrics; /* names of the metrics of `sizes`, in order of appearance */
    uint32_t metric_count;
    /* Statements in file order as accounts are grown from them: assumptions first. */
    const ent_statement *statements;
    uint32_t statement_count;
    const ent_package *packages; /* the named ones */
    size_t package_count;
    const ent_account_def *accounts;
    size_t account_count;
    ent_withheld withheld;
} ent_case;

uint32_t ent_find_party(const ent_case *c, const char *id);
uint32_t ent_find_statement(const ent_case *c, const char *id);
/* "Donald Trump", "the analyst" for an assumption, the party's name, or NULL. */
const char *ent_speaker(const ent_case *c, const ent_statement *statement);
/* Are both dated, and is it certain that one ended before the other began? */
bool ent_periods_apart(ent_period a, ent_period b);
/*
 * Does statement a count as newer than b? By the end of the period that the words speak of; no
 * date is oldest; at equal ends the one that stands first in the file counts as the newer. A total
 * order.
 */
bool ent_is_newer(const ent_case *c, uint32_t a, uint32_t b);
/* Is it of somebody's side who speaks for a party? */
static inline bool ent_has_side(const ent_case *c, const ent_statement *statement)
{
    return statement->side < c->party_count;
}

/*
 * Which statements count as of then: on[statement_count]. Those whose `date` has ended by then;
 * undated ones and assumptions always do. INT64_MAX: all.
 */
void ent_view_as_of(const ent_case *c, int64_t as_of, bool *on);

#endif
