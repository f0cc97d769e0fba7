/*
 * A party's polytope: all preferences (z, b) that a set of statements allows (docs/MODEL.md 2 and
 * 3).
 *
 * The unknowns are z[0..k) >= 0 with sum 1, one for each component in which the party has a stake,
 * in the order of the case's components, and b within the reservation range. A row reads
 *     sum_c a[c] z[c] + beta b + gamma >= 0      (> 0 when strict)
 *
 * Of a party with a `utility` every z is known. A component's worth d of either sign is z = |d| / D
 * with the sign of d, D the sum of all |d|; and b = (reservation - worth of the status quo) / D.
 * So v of an outcome is its utility over that of the status quo, in units of D.
 */
#ifndef ENT_WORLDS_POLYTOPE_H
#define ENT_WORLDS_POLYTOPE_H

#include "base/work.h"
#include "record/case.h"

/* Strict inequalities hold with a margin above this, or not at all. */
#define ENT_MARGIN 1e-9

typedef struct ent_row {
    const double *a; /* [k] */
    double beta, gamma;
    bool strict;
    uint32_t statement; /* index in the case, or ENT_NONE for what an answer adds by itself */
    uint32_t claim;     /* index in the statement */
} ent_row;

/* The party's unknowns, the same for every account: which components, grouped by issue. */
typedef struct ent_stakes {
    uint32_t party;
    uint32_t k;
    const uint32_t *component; /* [k] index among all components of the space */
    const int8_t *sign;        /* [k] -1 gives, +1 gets */
    uint32_t groups;           /* issues in which the party has a stake */
    const uint32_t *group_issue; /* [groups] */
    const uint32_t *group_start; /* [groups + 1] first unknown of each */
    ent_interval reservation; /* the range of b */
    const double *exact; /* [k] the only z there is, where the party has a `utility`; or NULL */
} ent_stakes;

typedef struct ent_polytope {
    const ent_stakes *stakes;
    const ent_row *rows;
    size_t row_count;
} ent_polytope;

/* The party's stakes in the case. A party without stakes has k = 0. */
const ent_stakes *ent_stakes_of(ent_arena *arena, const ent_case *c, uint32_t party);

/* v_p(outcome) as a linear form: a[k] gets sign * on for each unknown. */
void ent_value_form(const ent_space *space, const ent_stakes *stakes, const uint64_t *outcome,
                    double *a);
/* The row v(outcome) - b >= 0, or with accept false b - v(outcome) > 0. */
ent_row ent_acceptance_row(ent_arena *arena, const ent_space *space, const ent_stakes *stakes,
                           const uint64_t *outcome, bool accept);

/*
 * The rows that a claim puts on its party's unknowns (none for lines and trusts). Appended to
 * *rows; statement and claim are set. Cost: O(rows * k).
 */
typedef struct ent_rows {
    ent_row *at;
    size_t count, room;
} ent_rows;
void ent_claim_rows(ent_arena *arena, const ent_case *c, const ent_stakes *stakes,
                    uint32_t statement, uint32_t claim, ent_rows *rows);
/* The same with other issues left open than the claim's own `rest`: open[issues] or NULL. */
void ent_claim_rows_open(ent_arena *arena, const ent_case *c, const ent_stakes *stakes,
                         uint32_t statement, uint32_t claim, const bool *open, ent_rows *rows);
/*
 * Fill in the open issues of an outcome: the party's best level of each, or its worst. Where it has
 * no stake the level stays. O(k).
 */
void ent_fill_in(const ent_space *space, const ent_stakes *stakes, const bool *open, bool best,
                 uint64_t *outcome);

/* The party's polytope under the statements that are on: on[statement_count]. */
ent_polytope ent_polytope_of(ent_arena *arena, const ent_case *c, const ent_stakes *stakes,
                             const bool *on);

/* The claim's package, with that of its partner key, as an outcome; what is open stays as it is. */
void ent_claim_outcome(const ent_case *c, const ent_claim *claim, uint64_t *outcome);

/* Packages that a verb says are accepted (offers, accepts, demands, holds-at): the union object. */
bool ent_claim_accepts(const ent_case *c, const ent_claim *claim, uint64_t *outcome);

#endif
