#include "worlds/kinds.h"

#include <string.h>

typedef struct claim_ref {
    uint32_t statement, index;
    const ent_claim *claim;
    bool *open; /* [issues] what is open in it; NULL: nothing */
} claim_ref;

typedef struct row_list {
    const ent_row **at;
    size_t count, room;
} row_list;

struct ent_kinds {
    ent_arena *arena;
    const ent_beliefs *beliefs;
    ent_asker *askers; /* [parties] */
    struct {
        claim_ref *at;
        size_t count, room;
    } claims; /* of the set in question */
    ent_rows rows;
    row_list list;
    bool *named;       /* [issues] scratch */
    uint64_t *outcome; /* [issues] scratch */
    uint32_t *groups;  /* [statements] scratch */
};

ent_kinds *ent_kinds_of(ent_arena *arena, const ent_beliefs *beliefs)
{
    const ent_case *c = beliefs->c;
    ent_kinds *k = ent_alloc(arena, 1, ent_kinds);
    k->arena = arena;
    k->beliefs = beliefs;
    k->askers = ent_alloc(arena, c->party_count + 1, ent_asker);
    k->named = ent_alloc(arena, c->space.issue_count + 1, bool);
    k->outcome = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    k->groups = ent_alloc(arena, c->statement_count + 1, uint32_t);
    return k;
}

static ent_asker *asker_of(ent_kinds *k, uint32_t party)
{
    ent_asker *asker = &k->askers[party];
    if (asker->oracle == NULL) {
        *asker = ent_asker_of(k->arena, &k->beliefs->parties[party]);
    }
    return asker;
}

/* ---- Whose worlds --------------------------------------------------------------------------- */

/*
 * No preferences of the party fit the set. A minimal set is inconsistent for a party only if every
 * statement of it says something about that party.
 */
static bool empties_worlds(ent_kinds *k, const ent_dispute *d, uint32_t party)
{
    for (size_t i = 0; i < d->count; i++) {
        const ent_group *group = ent_beliefs_group(k->beliefs, party, d->statements[i]);
        if (group == NULL) {
            return false;
        }
        k->groups[i] = (uint32_t)(group - k->beliefs->parties[party].groups);
    }
    return !ent_ask_groups(asker_of(k, party), k->groups, d->count).consistent;
}

/* A line stands against what the party accepts, both within the set: then it is these two alone. */
static const ent_clash *clash_in(const ent_kinds *k, const ent_dispute *d, uint32_t party)
{
    for (size_t i = 0; d->count <= 2 && i < k->beliefs->clash_count; i++) {
        const ent_clash *clash = &k->beliefs->clashes[i];
        uint32_t low = clash->line < clash->accept ? clash->line : clash->accept;
        uint32_t high = clash->line < clash->accept ? clash->accept : clash->line;
        if (clash->party == party && d->statements[0] == low &&
            d->statements[d->count - 1] == high) {
            return clash;
        }
    }
    return NULL;
}

static void find_parties(ent_kinds *k, ent_dispute *d)
{
    uint32_t count = k->beliefs->c->party_count;
    uint32_t *parties = ent_alloc(k->arena, count + 1, uint32_t);
    d->party_count = 0;
    for (uint32_t p = 0; p < count; p++) {
        bool worlds = empties_worlds(k, d, p);
        const ent_clash *clash = worlds ? NULL : clash_in(k, d, p);
        if (!worlds && clash == NULL) {
            continue;
        }
        if (d->party_count == 0) {
            d->party = p;
            d->by = worlds ? ENT_BY_WORLDS : clash->by;
        }
        parties[d->party_count++] = p;
    }
    if (d->party_count == 0) {
        parties[d->party_count++] = d->party; /* too thin for double precision: as it was found */
    }
    d->parties = parties;
}

/* ---- Silence -------------------------------------------------------------------------------- */

static void mark_named(const ent_claim *claim, bool *named)
{
    for (size_t i = 0; i < claim->package.count; i++) {
        named[claim->package.choices[i].issue] = true;
    }
    for (size_t i = 0; i < claim->other.count; i++) {
        named[claim->other.choices[i].issue] = true;
    }
}

static void list_claims(ent_kinds *k, const ent_dispute *d)
{
    k->claims.count = 0;
    for (size_t i = 0; i < d->count; i++) {
        const ent_statement *s = &k->beliefs->c->statements[d->statements[i]];
        for (uint32_t j = 0; j < s->claim_count; j++) {
            *ent_push(k->arena, &k->claims) =
                (claim_ref){d->statements[i], j, &s->claims[j], NULL};
        }
    }
}

/*
 * Open the claim on those issues that another claim of the set about the same party names and it
 * does not. Says whether there was anything to open.
 */
static bool open_claim(ent_kinds *k, claim_ref *ref)
{
    uint32_t issues = k->beliefs->c->space.issue_count;
    bool opened = false;
    memset(k->named, 0, issues * sizeof *k->named);
    for (size_t i = 0; i < k->claims.count; i++) {
        const claim_ref *other = &k->claims.at[i];
        if (other != ref && other->claim->party == ref->claim->party &&
            ent_verb_names_package(other->claim->verb)) {
            mark_named(other->claim, k->named);
        }
    }
    ref->open = ent_alloc(k->arena, issues + 1, bool);
    for (uint32_t i = 0; i < issues; i++) {
        bool already = ref->claim->open != NULL && ref->claim->open[i];
        ref->open[i] = already || k->named[i];
    }
    for (int half = 0; half < 2; half++) {
        const ent_package *p = half == 0 ? &ref->claim->package : &ref->claim->other;
        for (size_t i = 0; i < p->count; i++) {
            ref->open[p->choices[i].issue] = false;
        }
    }
    for (uint32_t i = 0; i < issues; i++) {
        opened = opened || (ref->open[i] && !(ref->claim->open != NULL && ref->claim->open[i]));
    }
    return opened;
}

static bool open_claims(ent_kinds *k)
{
    bool opened = false;
    for (size_t i = 0; i < k->claims.count; i++) {
        if (ent_verbs[k->claims.at[i].claim->verb].rest == ENT_YES) {
            opened = open_claim(k, &k->claims.at[i]) || opened;
        }
    }
    return opened;
}

static bool opened_worlds_fit(ent_kinds *k, uint32_t party)
{
    const ent_case *c = k->beliefs->c;
    k->rows.count = 0;
    k->list.count = 0;
    for (size_t i = 0; i < k->claims.count; i++) {
        const claim_ref *ref = &k->claims.at[i];
        if (ref->claim->party == party) {
            ent_claim_rows_open(k->arena, c, k->beliefs->parties[party].stakes, ref->statement,
                                ref->index, ref->open, &k->rows);
        }
    }
    for (size_t i = 0; i < k->rows.count; i++) {
        *ent_push(k->arena, &k->list) = &k->rows.at[i];
    }
    return k->list.count == 0 ||
           ent_oracle_decide(asker_of(k, party)->oracle, k->list.at, k->list.count).consistent;
}

static bool opened_lines_hold(ent_kinds *k)
{
    for (size_t l = 0; l < k->claims.count; l++) {
        const ent_claim *line = k->claims.at[l].claim;
        for (size_t a = 0; ent_verbs[line->verb].line != ENT_LINE_NONE && a < k->claims.count;
             a++) {
            const claim_ref *accept = &k->claims.at[a];
            if (ent_claims_clash(k->beliefs->c, line, accept->claim, accept->open, k->outcome)) {
                return false;
            }
        }
    }
    return true;
}

/* Do they collide only if what one of them does not mention was not asked or offered? */
static bool is_silence(ent_kinds *k, const ent_dispute *d)
{
    list_claims(k, d);
    if (!open_claims(k) || !opened_lines_hold(k)) {
        return false;
    }
    for (uint32_t p = 0; p < k->beliefs->c->party_count; p++) {
        if (!opened_worlds_fit(k, p)) {
            return false;
        }
    }
    return true;
}

/* ---- Moves ---------------------------------------------------------------------------------- */

static bool some_are_apart(const ent_case *c, const ent_dispute *d)
{
    for (size_t i = 0; i < d->count; i++) {
        for (size_t j = i + 1; j < d->count; j++) {
            if (ent_periods_apart(c->statements[d->statements[i]].meant,
                                  c->statements[d->statements[j]].meant)) {
                return true;
            }
        }
    }
    return false;
}

/*
 * Is it the party's own word throughout, with that of speakers without a side; or that of a single
 * speaker without a side? An opponent's word makes it a dispute, and so does an assumption.
 */
static bool is_of_one_mouth(const ent_case *c, const ent_dispute *d)
{
    const ent_statement *first = &c->statements[d->statements[0]];
    bool own = false;
    bool others = true;
    bool one = first->side == ENT_SIDE_NOBODY && first->person != ENT_NONE;
    for (size_t i = 0; i < d->count; i++) {
        const ent_statement *s = &c->statements[d->statements[i]];
        own = own || s->side == d->party;
        others = others && (s->side == d->party || s->side == ENT_SIDE_NOBODY);
        one = one && s->side == ENT_SIDE_NOBODY && s->person == first->person;
    }
    return (own && others) || one;
}

bool ent_is_older_in(const ent_case *c, const ent_dispute *move, uint32_t statement)
{
    const ent_period period = c->statements[statement].meant;
    for (size_t i = 0; i < move->count; i++) {
        const ent_period other = c->statements[move->statements[i]].meant;
        if (ent_periods_apart(period, other) && period.last < other.first) {
            return true;
        }
    }
    return false;
}

void ent_kinds_judge(ent_kinds *k, ent_dispute *d)
{
    const ent_case *c = k->beliefs->c;
    find_parties(k, d);
    if (is_silence(k, d)) {
        d->kind = ENT_SILENCE;
    } else if (is_of_one_mouth(c, d) && some_are_apart(c, d)) {
        d->kind = ENT_MOVE;
    } else {
        d->kind = ENT_DISPUTE;
    }
}
