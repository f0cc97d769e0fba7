/*
 * Disputes of a whole record: those of each party (explore.c) and those that a `cannot` makes,
 * brought together; and, where not all could be found, the fewest statements to drop, by implicit
 * hitting sets (Reiter 1987; Moreno-Centeno and Karp 2013): a smallest set that hits the disputes
 * known so far, until what is left is consistent.
 */
#include "worlds/dispute.h"

#include "record/suppose.h"
#include "record/view.h"
#include "worlds/explore.h"
#include "worlds/growth.h"
#include "worlds/hitting_set.h"
#include "worlds/kinds.h"
#include "worlds/questions.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_DISPUTES = 2000,
    MOST_PROGRAMS = 100000,
    HIT_NODES = 20000,
};

typedef struct dispute_list {
    ent_dispute *at;
    size_t count, room;
} dispute_list;

static void put_clashes(ent_arena *arena, const ent_beliefs *beliefs, dispute_list *list)
{
    for (size_t i = 0; i < beliefs->clash_count; i++) {
        const ent_clash *clash = &beliefs->clashes[i];
        bool in_order = clash->line < clash->accept;
        uint32_t *pair = ent_alloc(arena, 2, uint32_t);
        pair[0] = in_order ? clash->line : clash->accept;
        pair[1] = in_order ? clash->accept : clash->line;
        size_t count = clash->line == clash->accept ? 1 : 2;
        *ent_push(arena, list) = (ent_dispute){.statements = pair, .count = count,
                                               .party = clash->party, .by = clash->by};
    }
}

static void put_found(ent_arena *arena, const ent_exploration *e, dispute_list *list)
{
    for (size_t i = 0; i < e->found.count; i++) {
        const ent_mus *mus = &e->found.at[i];
        uint32_t *statements = ent_alloc(arena, mus->count + 1, uint32_t);
        for (size_t j = 0; j < mus->count; j++) {
            statements[j] = e->party->groups[mus->groups[j]].statement;
        }
        *ent_push(arena, list) =
            (ent_dispute){.statements = statements, .count = mus->count,
                          .party = e->party->stakes->party};
    }
}

/* Smallest first, then by statements; the same set of several parties in their order. */
static int by_size(const void *a, const void *b)
{
    const ent_dispute *x = a;
    const ent_dispute *y = b;
    if (x->count != y->count) {
        return x->count < y->count ? -1 : 1;
    }
    for (size_t i = 0; i < x->count; i++) {
        if (x->statements[i] != y->statements[i]) {
            return x->statements[i] < y->statements[i] ? -1 : 1;
        }
    }
    return x->party < y->party ? -1 : x->party > y->party;
}

/* Both ascending. */
static bool contains(const ent_dispute *large, const ent_dispute *small)
{
    size_t j = 0;
    for (size_t i = 0; i < large->count && j < small->count; i++) {
        j += large->statements[i] == small->statements[j];
    }
    return j == small->count;
}

/*
 * Drop what contains another: the same set found for two parties, or one that is minimal for its
 * party alone. A set that stands in another begins with one of the other's statements, so only
 * those are compared.
 */
static void keep_minimal(ent_arena *arena, uint32_t statements, dispute_list *list)
{
    size_t *first = ent_alloc(arena, statements + 1, size_t); /* 1 + the last that begins so */
    size_t *before = ent_alloc(arena, list->count + 1, size_t);
    size_t kept = 0;
    if (list->count > 0) {
        qsort(list->at, list->count, sizeof *list->at, by_size);
    }
    for (size_t i = 0; i < list->count; i++) {
        const ent_dispute d = list->at[i];
        bool minimal = true;
        for (size_t s = 0; minimal && s < d.count; s++) {
            for (size_t at = first[d.statements[s]]; minimal && at > 0; at = before[at - 1]) {
                minimal = !contains(&d, &list->at[at - 1]);
            }
        }
        if (minimal) {
            before[kept] = first[d.statements[0]];
            list->at[kept++] = d;
            first[d.statements[0]] = kept;
        }
    }
    list->count = kept;
}

/* An equal part of what is left, and never none of it. */
static uint64_t part_of(uint64_t left, uint32_t parties)
{
    return left < parties ? 1 : left / parties;
}

/* Search each party; what one leaves of the limits is the next one's. */
static ent_status search(ent_work *work, const ent_beliefs *beliefs, ent_dispute_limits limits,
                         dispute_list *list, ent_disputes *result)
{
    uint32_t parties = beliefs->c->party_count;
    size_t disputes = limits.disputes > 0 ? limits.disputes : MOST_DISPUTES;
    uint64_t programs = limits.programs > 0 ? limits.programs : MOST_PROGRAMS;
    ent_status status = ENT_OK;
    for (uint32_t p = 0; p < parties && status == ENT_OK; p++) {
        ent_exploration e = ent_explore_begin(work, &beliefs->parties[p],
                                              (size_t)part_of(disputes, parties - p),
                                              part_of(programs, parties - p));
        e.patient = limits.programs > 0;
        status = ent_explore(&e);
        size_t all_up_to = 0;
        if (status == ENT_OK && !e.complete) {
            all_up_to = ent_certify(&e);
        }
        if (!e.complete && all_up_to < result->all_up_to) {
            result->all_up_to = all_up_to;
        }
        uint64_t used = ent_oracle_count(e.asker.oracle);
        put_found(work->arena, &e, list);
        result->complete = result->complete && e.complete;
        result->programs += used;
        disputes -= e.found.count < disputes ? e.found.count : disputes;
        programs -= used < programs ? used : programs;
    }
    return status;
}

/* What the search for the fewest statements to drop works with. */
typedef struct dropping {
    ent_arena *arena;
    ent_growth growth;
    const bool *on;
    bool *left, *in; /* [statement_count] */
    dispute_list known;
} dropping;

/* Grow what is left; a dispute that this meets goes to the known ones, and its statements out. */
static bool grows_whole(dropping *d)
{
    ent_growth_begin(&d->growth, d->in);
    for (uint32_t i = 0; i < d->growth.beliefs.c->statement_count; i++) {
        ent_left_out reason;
        if (d->left[i] && !ent_growth_take_in(&d->growth, i, &reason)) {
            ent_dispute found = ent_growth_dispute(&d->growth, &reason);
            for (size_t j = 0; j < found.count; j++) {
                d->left[found.statements[j]] = false;
            }
            *ent_push(d->arena, &d->known) = found;
            return false;
        }
    }
    return true;
}

/*
 * Is the record consistent without those? If not, disjoint disputes are added to the known ones
 * until nothing is left that collides: each costs the next hitting set an element.
 */
static bool is_peace(dropping *d, const uint32_t *drop, size_t count)
{
    memcpy(d->left, d->on, d->growth.beliefs.c->statement_count * sizeof *d->left);
    for (size_t i = 0; i < count; i++) {
        d->left[drop[i]] = false;
    }
    size_t before = d->known.count;
    while (!grows_whole(d)) {
    }
    return d->known.count == before;
}

/* The fewest statements to drop for the rest to be consistent. */
static void find_drop(ent_arena *arena, const ent_beliefs *beliefs, const bool *on,
                      const dispute_list *known, ent_disputes *result)
{
    uint32_t statements = beliefs->c->statement_count;
    dropping d = {.arena = arena, .growth = ent_growth_of(arena, beliefs), .on = on};
    d.left = ent_alloc(arena, statements + 1, bool);
    d.in = ent_alloc(arena, statements + 1, bool);
    for (size_t i = 0; i < known->count; i++) {
        *ent_push(arena, &d.known) = known->at[i];
    }
    uint32_t *drop = ent_alloc(arena, statements + 1, uint32_t);
    result->drop = drop;
    result->drop_proved = true;
    do {
        ent_hit_set *sets = ent_alloc(arena, d.known.count + 1, ent_hit_set);
        for (size_t i = 0; i < d.known.count; i++) {
            sets[i] = (ent_hit_set){d.known.at[i].statements, d.known.at[i].count};
        }
        bool least;
        result->drop_count = ent_hit_all(arena, sets, d.known.count, statements,
                                         result->drop_proved ? HIT_NODES : 0, drop, &least);
        result->drop_proved = result->drop_proved && least;
    } while (!is_peace(&d, drop, result->drop_count));
}

/* What counts of it: neither withdrawn nor supposed. */
static bool *settled(ent_arena *arena, const ent_case *c, const bool *on)
{
    bool *left = ent_alloc(arena, c->statement_count + 1, bool);
    memcpy(left, on, c->statement_count * sizeof *left);
    ent_view_settle(arena, c, left, NULL, NULL);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        left[i] = left[i] && !ent_is_supposed(&c->statements[i]);
    }
    return left;
}

/* Kinds, parties, and the questions that the disputes are about. */
static ent_status tell_apart(ent_work *work, const ent_beliefs *beliefs, dispute_list *list,
                             ent_disputes *disputes)
{
    ent_kinds *kinds = ent_kinds_of(work->arena, beliefs);
    for (size_t i = 0; i < list->count; i++) {
        ent_kinds_judge(kinds, &list->at[i]);
        if (i % 64 == 63 && ent_tick(work, "disputes", i, list->count)) {
            list->count = i + 1; /* what was told apart is told */
            ent_put_questions(work->arena, beliefs->c, list->at, list->count, disputes);
            return ENT_CANCELLED;
        }
    }
    ent_put_questions(work->arena, beliefs->c, list->at, list->count, disputes);
    return ENT_OK;
}

ent_status ent_find_disputes(ent_work *work, const ent_case *c, const bool *counted,
                             ent_dispute_limits limits, ent_disputes *disputes)
{
    return ent_find_collisions(work, c, settled(work->arena, c, counted), limits, disputes);
}

ent_status ent_find_collisions(ent_work *work, const ent_case *c, const bool *on,
                               ent_dispute_limits limits, ent_disputes *disputes)
{
    ent_beliefs beliefs = ent_beliefs_of(work->arena, c, on);
    dispute_list list = {0};
    *disputes = (ent_disputes){.complete = true, .all_up_to = SIZE_MAX};
    put_clashes(work->arena, &beliefs, &list);
    ent_status status = search(work, &beliefs, limits, &list, disputes);
    keep_minimal(work->arena, c->statement_count, &list);
    ent_status told = tell_apart(work, &beliefs, &list, disputes);
    status = status == ENT_OK ? told : status;
    disputes->at = list.at;
    disputes->count = list.count;
    if (status != ENT_OK) {
        disputes->complete = false;
    } else if (!disputes->complete) {
        find_drop(work->arena, &beliefs, on, &list, disputes);
    }
    return status;
}
