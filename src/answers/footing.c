#include "answers/footing.h"

#include "answers/tally.h"

/* The level that a package of a claim names on the issue, or 0: at the status quo or not named. */
static bool named_level(const ent_package *package, uint32_t issue, uint64_t *level)
{
    for (size_t i = 0; i < package->count; i++) {
        if (package->choices[i].issue == issue) {
            *level = package->choices[i].level;
            return true;
        }
    }
    return false;
}

/* Does the claim name the issue at all? */
static bool names_issue(const ent_claim *claim, uint32_t issue, uint64_t *level)
{
    *level = 0;
    if (ent_verb_names_package(claim->verb)) {
        return named_level(&claim->package, issue, level) ||
               named_level(&claim->other, issue, level);
    }
    for (size_t i = 0; i < claim->ranked_count; i++) {
        if (claim->ranked[i] == issue) {
            return true;
        }
    }
    for (size_t i = 0; i < claim->weight_count; i++) {
        if (claim->weights[i].issue == issue) {
            return true;
        }
    }
    return false;
}

/* Is the element part of a level: an item of the set, at most the option or value? */
static bool is_part(const ent_issue *issue, const ent_element *e, uint64_t level)
{
    return level != 0 && ent_reaches(issue, level, e->level);
}

/* What the claim says of the element: of its giver if it is about the giver. */
static ent_spoken spoken_by(const ent_case *c, const ent_claim *claim, const ent_element *e)
{
    const ent_issue *issue = &c->space.issues[e->issue];
    const ent_verb_record *verb = &ent_verbs[claim->verb];
    uint64_t level;
    if (!names_issue(claim, e->issue, &level)) {
        return ENT_NEVER_SPOKEN;
    }
    bool part = is_part(issue, e, level);
    if (issue->kind == ENT_ITEMS && !part) {
        return ENT_NEVER_SPOKEN;
    }
    if (claim->party != e->giver) {
        return ENT_SPOKEN_OF;
    }
    if (verb->says == ENT_SAYS_ACCEPTED && part) {
        return claim->verb == ENT_ACCEPTS ? ENT_ELEMENT_ACCEPTED : ENT_ELEMENT_OFFERED;
    }
    bool refused = verb->says == ENT_SAYS_REFUSED || verb->line == ENT_LINE_NEVER;
    return refused && level != 0 && (part || ent_reaches(issue, e->level, level))
               ? ENT_ELEMENT_REFUSED
               : ENT_SPOKEN_OF;
}

static void look_up(const ent_analysis *analysis, ent_element *e)
{
    const ent_case *c = analysis->c;
    for (uint32_t s = 0; s < c->statement_count; s++) {
        const ent_statement *statement = &c->statements[s];
        bool words = analysis->on[s] && !statement->assumption &&
                     statement->side != ENT_SIDE_SUPPOSED;
        for (size_t i = 0; words && i < statement->claim_count; i++) {
            ent_spoken now = spoken_by(c, &statement->claims[i], e);
            bool newer = e->statement != ENT_NONE && now == e->spoken && s != e->statement &&
                         ent_is_newer(c, s, e->statement);
            if (now > e->spoken || (now != ENT_NEVER_SPOKEN && newer)) {
                e->spoken = now;
                e->statement = s;
                e->own = statement->side == e->giver;
            }
        }
    }
}

/* The first party that gives the issue: a decider before others. */
static uint32_t giver_of(const ent_case *c, uint32_t issue)
{
    for (int decides = 1; decides >= 0; decides--) {
        for (uint32_t p = 0; p < c->party_count; p++) {
            if (ent_gives(&c->space.issues[issue], p) &&
                (c->parties[p].role == ENT_DECIDER) == (decides == 1)) {
                return p;
            }
        }
    }
    return ENT_NONE;
}

static void add_element(const ent_analysis *analysis, ent_footing *f, ent_element *at,
                        ent_element e)
{
    look_up(analysis, &e);
    f->unspoken = f->unspoken || e.spoken == ENT_NEVER_SPOKEN;
    at[f->count++] = e;
}

static void find_unpriced(ent_arena *arena, const ent_analysis *analysis, size_t account,
                          const uint64_t *levels, ent_footing *f)
{
    const ent_case *c = analysis->c;
    ent_unpriced *at = ent_alloc(
        arena, (size_t)c->party_count * c->space.issue_count + 1, ent_unpriced);
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (c->parties[p].approval != NULL ||
            !ent_party_asked(&c->parties[p], c->space.issue_count, levels)) {
            continue;
        }
        const bool *unpriced = ent_unpriced_issues(arena, analysis, account, p);
        for (uint32_t i = 0; i < c->space.issue_count; i++) {
            if (levels[i] != 0 && unpriced[i]) {
                at[f->unpriced_count++] = (ent_unpriced){p, i};
            }
        }
    }
    f->unpriced = at;
}

ent_footing ent_footing_of(ent_arena *arena, const ent_analysis *analysis, size_t account,
                           const uint64_t *levels)
{
    const ent_case *c = analysis->c;
    ent_footing f = {0};
    size_t room = 1;
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        room += c->space.issues[i].kind == ENT_ITEMS ? c->space.issues[i].parts : 1;
    }
    ent_element *at = ent_alloc(arena, room, ent_element);
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        ent_element e = {.issue = i, .item = ENT_NONE, .level = levels[i],
                         .giver = giver_of(c, i), .statement = ENT_NONE};
        if (c->space.issues[i].kind != ENT_ITEMS) {
            if (levels[i] != 0) {
                add_element(analysis, &f, at, e);
            }
            continue;
        }
        for (uint32_t j = 0; j < c->space.issues[i].parts; j++) {
            if ((levels[i] >> j & 1) != 0) {
                e.item = j;
                e.level = UINT64_C(1) << j;
                add_element(analysis, &f, at, e);
            }
        }
    }
    f.elements = at;
    find_unpriced(arena, analysis, account, levels, &f);
    return f;
}
