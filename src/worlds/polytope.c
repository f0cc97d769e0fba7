#include "worlds/polytope.h"

#include "record/exact.h"

#include <math.h>
#include <string.h>

/* Signs, values and reservation from a utility; z of the unknowns is worth[component] for now. */
static void make_exact(ent_arena *arena, ent_stakes *s, int8_t *sign, const double *worth,
                       double status_quo)
{
    double *exact = ent_alloc(arena, s->k + 1, double);
    double whole = 0;
    for (uint32_t j = 0; j < s->k; j++) {
        whole += fabs(worth[s->component[j]]);
    }
    for (uint32_t j = 0; j < s->k; j++) {
        exact[j] = fabs(worth[s->component[j]]) / whole;
        sign[j] = worth[s->component[j]] < 0 ? -1 : 1;
    }
    whole = whole > 0 ? whole : 1;
    s->exact = exact;
    s->reservation.low = (s->reservation.low - status_quo) / whole;
    s->reservation.high = (s->reservation.high - status_quo) / whole;
}

/* Has the party a stake in the issue: by its utility where it has one, else by its sign? */
static bool has_stake(const ent_issue *issue, uint32_t party, const double *worth)
{
    bool any = worth == NULL && issue->sign[party] != 0;
    for (uint32_t j = 0; worth != NULL && j < issue->components; j++) {
        any = any || worth[issue->first + j] != 0;
    }
    return any;
}

const ent_stakes *ent_stakes_of(ent_arena *arena, const ent_case *c, uint32_t party)
{
    const ent_space *space = &c->space;
    const ent_utility *utility = c->parties[party].utility;
    double *worth = utility == NULL ? NULL : ent_alloc(arena, space->components + 1, double);
    double status_quo = utility == NULL ? 0 : ent_exact_worths(space, utility, worth);
    ent_stakes *s = ent_alloc(arena, 1, ent_stakes);
    uint32_t *component = ent_alloc(arena, space->components + 1, uint32_t);
    int8_t *sign = ent_alloc(arena, space->components + 1, int8_t);
    uint32_t *issue = ent_alloc(arena, space->issue_count + 1, uint32_t);
    uint32_t *start = ent_alloc(arena, space->issue_count + 1, uint32_t);
    for (uint32_t i = 0; i < space->issue_count; i++) {
        if (!has_stake(&space->issues[i], party, worth)) {
            continue;
        }
        issue[s->groups] = i;
        start[s->groups++] = s->k;
        for (uint32_t j = 0; j < space->issues[i].components; j++) {
            component[s->k] = space->issues[i].first + j;
            sign[s->k++] = space->issues[i].sign[party];
        }
    }
    start[s->groups] = s->k;
    s->party = party;
    s->component = component;
    s->sign = sign;
    s->group_issue = issue;
    s->group_start = start;
    s->reservation = c->parties[party].reservation;
    if (worth != NULL) {
        make_exact(arena, s, sign, worth, status_quo);
    }
    return s;
}

void ent_value_form(const ent_space *space, const ent_stakes *stakes, const uint64_t *outcome,
                    double *a)
{
    for (uint32_t g = 0; g < stakes->groups; g++) {
        const ent_issue *issue = &space->issues[stakes->group_issue[g]];
        uint64_t level = outcome[stakes->group_issue[g]];
        for (uint32_t j = stakes->group_start[g]; j < stakes->group_start[g + 1]; j++) {
            a[j] = stakes->sign[j] * ent_on(issue, level, stakes->component[j] - issue->first);
        }
    }
}

/* The level of an issue, whose unknowns are `from` to `to`, that is worth most (or least). */
static uint64_t extreme_level(const ent_issue *issue, const ent_stakes *stakes, uint32_t from,
                              uint32_t to, bool best)
{
    double sum = 0;
    double most = 0;
    uint64_t level = 0;
    for (uint32_t j = from; j < to; j++) {
        /* Without exact worths all components of an issue have one sign: any size will do. */
        double worth = stakes->sign[j] * (stakes->exact != NULL ? stakes->exact[j] : 1);
        worth = best ? worth : -worth;
        sum = issue->kind == ENT_OPTIONS ? sum + worth : worth;
        if (issue->kind == ENT_ITEMS && sum > 0) {
            level |= (uint64_t)1 << (j - from);
        } else if (issue->kind != ENT_ITEMS && sum > most) {
            most = sum;
            level = issue->kind == ENT_RANGE ? issue->levels - 1 : (uint64_t)(j - from) + 1;
        }
    }
    return level;
}

void ent_fill_in(const ent_space *space, const ent_stakes *stakes, const bool *open, bool best,
                 uint64_t *outcome)
{
    for (uint32_t g = 0; g < stakes->groups; g++) {
        uint32_t i = stakes->group_issue[g];
        if (open[i]) {
            outcome[i] = extreme_level(&space->issues[i], stakes, stakes->group_start[g],
                                       stakes->group_start[g + 1], best);
        }
    }
}

ent_row ent_acceptance_row(ent_arena *arena, const ent_space *space, const ent_stakes *stakes,
                           const uint64_t *outcome, bool accept)
{
    double *a = ent_alloc(arena, stakes->k + 1, double);
    ent_value_form(space, stakes, outcome, a);
    for (uint32_t j = 0; !accept && j < stakes->k; j++) {
        a[j] = -a[j];
    }
    return (ent_row){.a = a, .beta = accept ? -1 : 1, .strict = !accept, .statement = ENT_NONE};
}

/* What the rows of one claim are made with. */
typedef struct maker {
    ent_arena *arena;
    const ent_case *c;
    const ent_space *space;
    const ent_stakes *stakes;
    const ent_claim *claim;
    const bool *open; /* [issues] or NULL */
    uint32_t statement, index;
    ent_rows *rows;
    uint64_t *outcome;
} maker;

static void put_row(maker *m, ent_row row)
{
    row.statement = m->statement;
    row.claim = m->index;
    *ent_push(m->arena, m->rows) = row;
}

static void put_acceptance(maker *m, bool accept)
{
    put_row(m, ent_acceptance_row(m->arena, m->space, m->stakes, m->outcome, accept));
}

/* Refuse the outcome with one issue at another level, and put the level back. */
static void put_refusal_at(maker *m, uint32_t issue, uint64_t level)
{
    uint64_t was = m->outcome[issue];
    m->outcome[issue] = level;
    put_acceptance(m, false);
    m->outcome[issue] = was;
}

/* One minimal step less of what is demanded is refused, each step by itself. */
static void put_steps_less(maker *m, const ent_package *demanded)
{
    for (size_t i = 0; i < demanded->count; i++) {
        uint32_t issue = demanded->choices[i].issue;
        uint64_t level = m->outcome[issue];
        if (m->space->issues[issue].kind != ENT_ITEMS) {
            if (level > 0) {
                put_refusal_at(m, issue, level - 1);
            }
            continue;
        }
        for (uint64_t items = level; items != 0; items &= items - 1) {
            put_refusal_at(m, issue, level & ~(items & -items));
        }
    }
}

/* One minimal step more of what the party gives is refused, each step by itself. */
static void put_steps_more(maker *m)
{
    for (uint32_t i = 0; i < m->space->issue_count; i++) {
        const ent_issue *issue = &m->space->issues[i];
        uint64_t level = m->outcome[i];
        if (issue->sign[m->stakes->party] >= 0 || (m->open != NULL && m->open[i])) {
            continue; /* an issue that was left open has no steps */
        }
        if (issue->kind != ENT_ITEMS) {
            if (level + 1 < issue->levels) {
                put_refusal_at(m, i, level + 1);
            }
            continue;
        }
        for (uint64_t left = (issue->levels - 1) & ~level; left != 0; left &= left - 1) {
            put_refusal_at(m, i, level | (left & -left));
        }
    }
}

static void put_preference(maker *m)
{
    uint32_t k = m->stakes->k;
    double *a = ent_alloc(m->arena, k + 1, double);
    double *worse = ent_alloc(m->arena, k + 1, double);
    ent_package_outcome(m->space, &m->claim->package, m->outcome);
    ent_value_form(m->space, m->stakes, m->outcome, a);
    ent_package_outcome(m->space, &m->claim->other, m->outcome);
    ent_value_form(m->space, m->stakes, m->outcome, worse);
    for (uint32_t j = 0; j < k; j++) {
        a[j] -= worse[j];
    }
    put_row(m, (ent_row){.a = a});
}

/* a += factor for the unknowns of the issue: factor times its importance. */
static void add_importance(const ent_stakes *stakes, uint32_t issue, double factor, double *a)
{
    for (uint32_t g = 0; g < stakes->groups; g++) {
        for (uint32_t j = stakes->group_start[g];
             stakes->group_issue[g] == issue && j < stakes->group_start[g + 1]; j++) {
            a[j] += factor;
        }
    }
}

static void put_ranks(maker *m)
{
    for (size_t i = 0; i + 1 < m->claim->ranked_count; i++) {
        double *a = ent_alloc(m->arena, m->stakes->k + 1, double);
        add_importance(m->stakes, m->claim->ranked[i], 1, a);
        add_importance(m->stakes, m->claim->ranked[i + 1], -1, a);
        put_row(m, (ent_row){.a = a});
    }
}

static void put_weights(maker *m)
{
    for (size_t i = 0; i < m->claim->weight_count; i++) {
        const ent_weight *w = &m->claim->weights[i];
        for (int side = 1; side >= -1; side -= 2) {
            double bound = side > 0 ? w->value.low : w->value.high;
            if (side > 0 ? bound <= 0 : bound >= 1) {
                continue; /* every world keeps it */
            }
            double *a = ent_alloc(m->arena, m->stakes->k + 1, double);
            add_importance(m->stakes, w->issue, side, a);
            put_row(m, (ent_row){.a = a, .gamma = -side * bound});
        }
    }
}

static void put_reserves(maker *m)
{
    double *a = ent_alloc(m->arena, m->stakes->k + 1, double);
    put_row(m, (ent_row){.a = a, .beta = 1, .gamma = -m->claim->interval.low});
    put_row(m, (ent_row){.a = a, .beta = -1, .gamma = m->claim->interval.high});
}

void ent_claim_rows(ent_arena *arena, const ent_case *c, const ent_stakes *stakes,
                    uint32_t statement, uint32_t claim, ent_rows *rows)
{
    const ent_claim *said = &c->statements[statement].claims[claim];
    ent_claim_rows_open(arena, c, stakes, statement, claim, said->open, rows);
}

/* The package of the claim, both halves, with what is open filled in as the party likes it. */
static void fill_in(maker *m, bool best)
{
    ent_claim_outcome(m->c, m->claim, m->outcome);
    if (m->open != NULL) {
        ent_fill_in(m->space, m->stakes, m->open, best, m->outcome);
    }
}

static void put_package(maker *m)
{
    const ent_verb_record *verb = &ent_verbs[m->claim->verb];
    if (verb->says == ENT_SAYS_ACCEPTED) {
        fill_in(m, true);
        put_acceptance(m, true);
    }
    fill_in(m, false); /* what is refused is refused in some way: the worst for the party */
    if (verb->says == ENT_SAYS_REFUSED) {
        put_acceptance(m, false);
    }
    if (verb->steps == ENT_STEPS_LESS_GOT) {
        put_steps_less(m, &m->claim->package);
    } else if (verb->steps == ENT_STEPS_MORE_GIVEN) {
        put_steps_more(m);
    }
}

void ent_claim_rows_open(ent_arena *arena, const ent_case *c, const ent_stakes *stakes,
                         uint32_t statement, uint32_t claim, const bool *open, ent_rows *rows)
{
    maker m = {arena,     c,     &c->space, stakes, &c->statements[statement].claims[claim],
               open,      statement, claim, rows,   NULL};
    if (!ent_verb_has_rows(m.claim->verb)) {
        return;
    }
    m.outcome = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    switch (ent_verbs[m.claim->verb].object) {
    case ENT_OBJECT_ISSUES:
        put_ranks(&m);
        break;
    case ENT_OBJECT_WEIGHTS:
        put_weights(&m);
        break;
    case ENT_OBJECT_INTERVAL:
        put_reserves(&m);
        break;
    case ENT_OBJECT_PACKAGE:
        if (m.claim->verb == ENT_PREFERS) {
            put_preference(&m);
        } else {
            put_package(&m);
        }
        break;
    case ENT_OBJECT_PARTY:
    case ENT_OBJECT_COUNT:
        break;
    }
}

ent_polytope ent_polytope_of(ent_arena *arena, const ent_case *c, const ent_stakes *stakes,
                             const bool *on)
{
    ent_rows rows = {0};
    for (uint32_t i = 0; i < c->statement_count; i++) {
        const ent_statement *s = &c->statements[i];
        for (uint32_t j = 0; on[i] && j < s->claim_count; j++) {
            if (s->claims[j].party == stakes->party) {
                ent_claim_rows(arena, c, stakes, i, j, &rows);
            }
        }
    }
    return (ent_polytope){stakes, rows.at, rows.count};
}

void ent_claim_outcome(const ent_case *c, const ent_claim *claim, uint64_t *outcome)
{
    ent_package_outcome(&c->space, &claim->package, outcome);
    for (size_t i = 0; claim->verb != ENT_PREFERS && i < claim->other.count; i++) {
        outcome[claim->other.choices[i].issue] = claim->other.choices[i].level;
    }
}

bool ent_claim_accepts(const ent_case *c, const ent_claim *claim, uint64_t *outcome)
{
    if (ent_verbs[claim->verb].says != ENT_SAYS_ACCEPTED) {
        return false;
    }
    ent_claim_outcome(c, claim, outcome);
    return true;
}
