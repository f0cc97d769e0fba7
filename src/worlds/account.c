/*
 * Accounts: consistent sets grown statement by statement, in the order in which they are believed
 * (docs/MODEL.md 4): O(statements log statements) for the order, and for each statement a program
 * of a few pivots.
 */
#include "record/suppose.h"
#include "record/view.h"
#include "worlds/growth.h"
#include "worlds/kinds.h"

#include <stdlib.h>
#include <string.h>

typedef struct left_out_list {
    ent_left_out *at;
    size_t count, room;
} left_out_list;

/* Why a statement is tried when it is, in this order. */
typedef enum stage {
    SUPPOSED,
    FORCED,
    NAMED,  /* by `believes`, one by one */
    MUST = NAMED, /* up to here nothing is repaired: it fits, or the account contradicts itself */
    SIDES,  /* that the account believes, the newest first */
    ASSUMED,
    OTHERS, /* by credibility */
    NOT_COUNTED,
} stage;

typedef struct place {
    stage stage;
    uint32_t credibility; /* rank of the grade; OTHERS only */
    bool of_others;       /* not a side's word about itself alone; OTHERS only */
    bool by_time;
    uint32_t statement;
    int64_t time; /* the newest first where by_time */
} place;

/* What all accounts of a case are grown with. */
typedef struct grower {
    ent_work *work;
    const ent_case *c;
    const ent_view *view;
    const bool *on;              /* those that count, less what is withdrawn */
    const uint32_t *withdrawn;   /* by which statement, or ENT_NONE */
    ent_growth growth;
    ent_kinds *kinds;
    place *order; /* [statements] */
    bool brief;   /* nobody asks why a statement is left out */
} grower;

/* ---- The order ------------------------------------------------------------------------------ */

/* 1, 2, 3, then what has no grade or cannot be judged (6), then 4 and 5. */
static uint32_t credibility_rank(uint32_t grade)
{
    static const uint32_t rank[] = {3, 0, 1, 2, 4, 5, 3};
    return grade < sizeof rank / sizeof *rank ? rank[grade] : 3;
}

/* Does a side speak of itself alone? */
static bool is_of_itself(const ent_case *c, const ent_statement *s)
{
    bool itself = ent_has_side(c, s);
    for (size_t i = 0; i < s->claim_count; i++) {
        itself = itself && s->claims[i].party == s->side;
    }
    return itself;
}

static place place_of(const grower *g, const ent_account *account, const bool *named, uint32_t i)
{
    const ent_statement *s = &g->c->statements[i];
    place p = {.stage = OTHERS, .statement = i, .time = s->meant.last};
    if (!g->on[i]) {
        p.stage = NOT_COUNTED;
    } else if (ent_is_supposed(s)) {
        p.stage = SUPPOSED;
    } else if (g->view->forced != NULL && g->view->forced[i]) {
        p.stage = FORCED;
    } else if (named[i]) {
        p.stage = NAMED;
    } else if (ent_has_side(g->c, s) && account->sides[s->side]) {
        p.stage = SIDES;
        p.by_time = true;
    } else if (s->assumption) {
        p.stage = ASSUMED;
    } else {
        p.credibility = credibility_rank(s->credibility);
        p.of_others = !is_of_itself(g->c, s);
        p.by_time = true;
    }
    return p;
}

static int by_place(const void *a, const void *b)
{
    const place *x = a;
    const place *y = b;
    if (x->stage != y->stage) {
        return x->stage < y->stage ? -1 : 1;
    }
    if (x->credibility != y->credibility) {
        return x->credibility < y->credibility ? -1 : 1;
    }
    if (x->of_others != y->of_others) {
        return x->of_others ? 1 : -1;
    }
    if (x->by_time && x->time != y->time) {
        return x->time > y->time ? -1 : 1;
    }
    return x->statement < y->statement ? -1 : x->statement > y->statement;
}

/* ---- Growing -------------------------------------------------------------------------------- */

static void leave_out(grower *g, left_out_list *list, uint32_t statement, ent_why_left why)
{
    ent_left_out left = {.statement = statement, .why = why, .party = ENT_NONE, .claim = ENT_NONE};
    if (why == ENT_LEFT_WITHDRAWN) {
        left.because = &g->withdrawn[statement];
        left.count = 1;
    }
    *ent_push(g->work->arena, list) = left;
}

/* Which statements of an account a move of the party may hold, beside one that is left out. */
typedef enum reach {
    OWN_OR_NOBODYS, /* of the party's side, or of speakers without one */
    APART,          /* of these, what is apart from it in time */
    OF_ONE_SPEAKER, /* without a side, like it */
    REACHES,
} reach;

static size_t of_reach(const grower *g, uint32_t party, uint32_t statement, reach within,
                       uint32_t *of)
{
    const ent_statement *s = &g->c->statements[statement];
    size_t count = 0;
    for (uint32_t i = 0; i < g->c->statement_count; i++) {
        const ent_statement *t = &g->c->statements[i];
        bool one_mouth = t->side == party || t->side == ENT_SIDE_NOBODY;
        bool may = within == OF_ONE_SPEAKER
                       ? s->side == ENT_SIDE_NOBODY && t->side == s->side && t->person == s->person
                       : one_mouth && (within != APART || ent_periods_apart(s->meant, t->meant));
        if (g->growth.in[i] && may) {
            of[count++] = i;
        }
    }
    return count;
}

static bool is_move(grower *g, const ent_left_out *left, ent_dispute *d)
{
    *d = ent_growth_dispute(&g->growth, left);
    ent_kinds_judge(g->kinds, d);
    return d->kind == ENT_MOVE;
}

/* The same of another set that the statement collides with, in place of the one that is known. */
static bool is_move_too(grower *g, const ent_left_out *other, ent_left_out *left, ent_dispute *d)
{
    ent_dispute found;
    if (!is_move(g, other, &found)) {
        return false;
    }
    *left = *other;
    *d = found;
    return true;
}

/* A move of the party: among all that may be in one, or of two statements. */
static bool find_move_of(grower *g, uint32_t party, uint32_t *of, ent_left_out *left,
                         ent_dispute *d)
{
    ent_left_out other;
    for (reach within = 0; within < REACHES; within++) {
        size_t count = of_reach(g, party, left->statement, within, of);
        if (ent_growth_collides(&g->growth, party, left->statement, of, count, &other) &&
            is_move_too(g, &other, left, d)) {
            return true;
        }
    }
    size_t count = of_reach(g, party, left->statement, APART, of);
    for (size_t i = 0; i < count; i++) {
        if (ent_growth_collides(&g->growth, party, left->statement, &of[i], 1, &other) &&
            is_move_too(g, &other, left, d)) {
            return true;
        }
    }
    return false;
}

/*
 * A statement may collide with several minimal sets of the account; where one of them is a move, it
 * was moved from (docs/MODEL.md 4). Every move of two is found; of larger ones those that are left
 * when what no move can hold is taken away. A program for each statement that may be in one.
 */
static bool find_move(grower *g, ent_left_out *left, ent_dispute *d)
{
    const ent_statement *s = &g->c->statements[left->statement];
    uint32_t *of = ent_alloc(g->work->arena, g->c->statement_count + 1, uint32_t);
    ent_left_out other;
    size_t clashes = left->count > 0 ? g->growth.beliefs.clash_count : 0;
    size_t parties = left->count > 0 ? g->c->party_count : 0; /* or it collides with nothing else */
    for (size_t k = 0; k < clashes; k++) {
        if (ent_growth_clashes(&g->growth, k, left->statement, &other) &&
            is_move_too(g, &other, left, d)) {
            return true;
        }
    }
    for (uint32_t p = 0; p < parties; p++) {
        if ((s->side == p || s->side == ENT_SIDE_NOBODY) && find_move_of(g, p, of, left, d)) {
            return true;
        }
    }
    return false;
}

/* What collided is told with its kind, and with the claim that is to blame. */
static void leave_collided(grower *g, left_out_list *list, ent_left_out left)
{
    ent_dispute d;
    (void)(is_move(g, &left, &d) || find_move(g, &left, &d));
    ent_growth_blame(&g->growth, &left);
    left.why = d.kind == ENT_MOVE ? ENT_LEFT_MOVED : ENT_LEFT_CONTRADICTS;
    left.party = d.party;
    left.by = d.by;
    *ent_push(g->work->arena, list) = left;
}

static int by_statement(const void *a, const void *b)
{
    const ent_left_out *x = a;
    const ent_left_out *y = b;
    return x->statement < y->statement ? -1 : x->statement > y->statement;
}

/* Those that were not even tried, and all in the order of the file. */
static void finish_left_out(grower *g, left_out_list *list, ent_account *account)
{
    for (uint32_t i = 0; i < g->c->statement_count; i++) {
        if (g->view->later != NULL && g->view->later[i] && !g->view->on[i]) {
            leave_out(g, list, i, ENT_LEFT_LATER);
        } else if (g->withdrawn[i] != ENT_NONE) {
            leave_out(g, list, i, ENT_LEFT_WITHDRAWN);
        }
    }
    if (list->count > 0) {
        qsort(list->at, list->count, sizeof *list->at, by_statement);
    }
    account->left_out = list->at;
    account->left_out_count = list->count;
}

/* What must be believed contradicts itself: one of the smallest collisions in it. */
static ent_status find_core_dispute(grower *g, ent_account *account)
{
    ent_disputes disputes;
    ent_dispute_limits limits = {.disputes = 200, .programs = 20000};
    bool *must = ent_alloc(g->work->arena, g->c->statement_count + 1, bool);
    for (uint32_t i = 0; i < g->c->statement_count; i++) {
        must[g->order[i].statement] = g->order[i].stage <= MUST;
    }
    ent_status status = ent_find_collisions(g->work, g->c, must, limits, &disputes);
    account->consistent = false;
    account->in = account->core;
    account->core_dispute = disputes.count > 0 ? &disputes.at[0] : NULL;
    return status == ENT_LIMIT ? ENT_OK : status;
}

/*
 * Do the account's sides contradict themselves, so that a word of theirs is left out for others of
 * theirs? What nobody could mean contradicts itself, and not its side; and what the account names
 * of another side's is another's word.
 */
static bool splits_sides(const grower *g, const ent_account *account, const ent_left_out *left)
{
    bool theirs = left->why == ENT_LEFT_CONTRADICTS && left->count > 0;
    for (size_t i = 0; theirs && i < left->count; i++) {
        const ent_statement *s = &g->c->statements[left->because[i]];
        theirs = ent_has_side(g->c, s) && account->sides[s->side];
    }
    return theirs;
}

/*
 * Grow one account. What it must believe is not repaired; of a side's own statements each is added
 * if the set stays consistent, so that a side that moved or contradicts itself has an account.
 */
static ent_status grow(grower *g, const bool *named, bool only, ent_account *account)
{
    uint32_t count = g->c->statement_count;
    left_out_list left_out = {0};
    bool *in = ent_alloc(g->work->arena, count + 1, bool);
    bool *core = ent_alloc(g->work->arena, count + 1, bool);
    for (uint32_t i = 0; i < count; i++) {
        g->order[i] = place_of(g, account, named, i);
        core[i] = g->order[i].stage <= SIDES;
    }
    account->core = core;
    if (count > 0) {
        qsort(g->order, count, sizeof *g->order, by_place);
    }
    ent_growth_begin(&g->growth, in);
    for (uint32_t i = 0; i < count && g->order[i].stage < NOT_COUNTED; i++) {
        const place *p = &g->order[i];
        ent_left_out reason;
        if (only && p->stage > SIDES) {
            leave_out(g, &left_out, p->statement, ENT_LEFT_ONLY);
        } else if (!ent_growth_take_in(&g->growth, p->statement, g->brief ? NULL : &reason)) {
            if (p->stage <= MUST) {
                return find_core_dispute(g, account);
            }
            if (!g->brief) {
                leave_collided(g, &left_out, reason);
                account->splits = account->splits ||
                                  (p->stage == SIDES &&
                                   splits_sides(g, account, &left_out.at[left_out.count - 1]));
            }
        }
        if (i % 64 == 63 && ent_tick(g->work, "statements", i, count)) {
            return ENT_CANCELLED;
        }
    }
    account->consistent = true;
    account->in = in;
    if (!g->brief) {
        finish_left_out(g, &left_out, account);
    }
    return ENT_OK;
}

/* ---- The accounts --------------------------------------------------------------------------- */

static ent_status grow_defined(grower *g, const ent_account_def *def, ent_account *account)
{
    bool *named = ent_alloc(g->work->arena, g->c->statement_count + 1, bool);
    bool *sides = ent_alloc(g->work->arena, g->c->party_count + 1, bool);
    for (size_t j = 0; j < def->count; j++) {
        if (def->believes[j].party != ENT_NONE) {
            sides[def->believes[j].party] = true;
        } else {
            named[def->believes[j].statement] = true;
        }
    }
    *account = (ent_account){.id = def->id,
                             .name = def->name != NULL ? def->name : def->id,
                             .party = ENT_NONE,
                             .sides = sides};
    return grow(g, named, def->only, account);
}

static ent_status grow_of_party(grower *g, uint32_t party, ent_account *account)
{
    const bool *named = ent_alloc(g->work->arena, g->c->statement_count + 1, bool);
    bool *sides = ent_alloc(g->work->arena, g->c->party_count + 1, bool);
    sides[party] = true;
    *account = (ent_account){.id = g->c->parties[party].id,
                             .name = g->c->parties[party].name,
                             .party = party,
                             .sides = sides};
    return grow(g, named, false, account);
}

static ent_status grow_all(grower *g, ent_account *at, size_t *count)
{
    const ent_case *c = g->c;
    ent_status status = ENT_OK;
    *count = 0;
    for (size_t i = 0; i < c->account_count && status == ENT_OK; i++) {
        status = grow_defined(g, &c->accounts[i], &at[(*count)++]);
    }
    for (uint32_t p = 0; c->account_count == 0 && p < c->party_count && status == ENT_OK; p++) {
        if (c->parties[p].role == ENT_DECIDER) {
            status = grow_of_party(g, p, &at[(*count)++]);
        }
    }
    return status;
}

/*
 * Accounts that believe the same are one account with several names. Whose sides each believes
 * stays its own: it decides whose word goes first among the last positions.
 * O(accounts^2 * statements).
 */
static void find_same(const ent_case *c, ent_account *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        at[i].same_as = i;
        for (size_t j = 0; j < i && at[i].same_as == i; j++) {
            if (at[j].consistent && at[i].consistent &&
                memcmp(at[i].in, at[j].in, c->statement_count * sizeof *at[i].in) == 0) {
                at[i].same_as = j;
            }
        }
    }
}

static grower grower_of(ent_work *work, const ent_case *c, const ent_view *view)
{
    ent_arena *arena = work->arena;
    bool *on = ent_alloc(arena, c->statement_count + 1, bool);
    uint32_t *withdrawn = ent_alloc(arena, c->statement_count + 1, uint32_t);
    memcpy(on, view->on, c->statement_count * sizeof *on);
    ent_view_settle(arena, c, on, view->forced, withdrawn);
    ent_beliefs *beliefs = ent_alloc(arena, 1, ent_beliefs);
    *beliefs = ent_beliefs_of(arena, c, on);
    grower g = {.work = work, .c = c, .view = view, .on = on, .withdrawn = withdrawn,
                .growth = ent_growth_of(arena, beliefs)};
    g.kinds = ent_kinds_of(arena, beliefs);
    g.order = ent_alloc(arena, c->statement_count + 1, place);
    return g;
}

ent_status ent_grow_accounts(ent_work *work, const ent_case *c, const ent_view *view,
                             ent_accounts *accounts)
{
    grower g = grower_of(work, c, view);
    ent_account *at =
        ent_alloc(work->arena, c->account_count + c->party_count + 1, ent_account);
    accounts->at = at;
    ent_status status = grow_all(&g, at, &accounts->count);
    if (status == ENT_OK) {
        find_same(c, at, accounts->count);
    }
    return status;
}

ent_status ent_regrow_account(ent_work *work, const ent_case *c, const ent_view *view,
                              ent_account *account)
{
    grower g = grower_of(work, c, view);
    g.brief = true;
    size_t same_as = account->same_as;
    ent_status status = ENT_OK;
    if (account->party != ENT_NONE) {
        status = grow_of_party(&g, account->party, account);
    } else {
        const ent_account_def *def = c->accounts;
        while (strcmp(def->id, account->id) != 0) {
            def++;
        }
        status = grow_defined(&g, def, account);
    }
    account->same_as = same_as;
    return status;
}

ent_status ent_consistent(ent_work *work, const ent_case *c, const bool *on, bool *consistent,
                          const ent_dispute **dispute)
{
    ent_beliefs beliefs = ent_beliefs_of(work->arena, c, on);
    ent_growth g = ent_growth_of(work->arena, &beliefs);
    ent_growth_begin(&g, ent_alloc(work->arena, c->statement_count + 1, bool));
    *consistent = true;
    *dispute = NULL;
    for (uint32_t i = 0; i < c->statement_count && *consistent; i++) {
        ent_left_out reason;
        if (on[i] && !ent_growth_take_in(&g, i, &reason)) {
            ent_dispute *found = ent_alloc(work->arena, 1, ent_dispute);
            *found = ent_growth_dispute(&g, &reason);
            ent_kinds_judge(ent_kinds_of(work->arena, &beliefs), found);
            *consistent = false;
            *dispute = found;
        }
    }
    return ENT_OK;
}
