/*
 * "All disputes of at most s statements are found", proved without the end of the whole search:
 * every set of s elements that contains no known dispute must lie in a known consistent set. A
 * set that lies in none meets the complement of each; such sets are looked for by branching on
 * the elements of the first complement not yet met (each later branch without the elements of the
 * earlier ones). One that is found is asked about: it gives a dispute or one more consistent set.
 * Disputes of s elements need about log(their number) consistent sets more, where the search for
 * all of them may need exponentially many.
 *
 * Cost: (size of a complement)^(s - 1) nodes of (complements / 64) words each, bounded by a
 * budget. A dispute of one party has at most n + 1 elements (Helly 1923, for the polytope's
 * dimension n - 1 and its frame), so a proof for s = n + 1 is one for all.
 */
#include "base/random.h"
#include "worlds/explore.h"

#include <string.h>

enum {
    DEEPEST = 12,
    MOST_COMPLEMENTS = 1 << 11,
    WORDS = MOST_COMPLEMENTS / 64,
    BUDGET = 150000000, /* words and disputes looked at */
};

typedef struct index_list {
    uint32_t *at;
    size_t count, room;
} index_list;

typedef struct certifier {
    ent_exploration *e;
    uint32_t groups;
    uint64_t *meets;  /* [groups][WORDS] complements that hold the element */
    uint64_t *open;   /* [DEEPEST + 1][WORDS] complements not met at the depth */
    uint32_t chosen[DEEPEST + 1];
    bool *is_chosen;  /* [groups] */
    uint32_t *out;    /* [groups] 1 + depth at which it was put out; 0: may be chosen */
    index_list *holders; /* [groups] known disputes that hold the element */
    size_t held;      /* disputes in `holders` */
    size_t known;     /* complements in `meets` */
    size_t size;      /* s */
    ent_stream random;
    uint32_t *order;  /* [groups] */
    uint64_t spent;
    bool stop;
} certifier;

/* New complements are met by nothing on the way to the present node. */
static void learn(certifier *c, size_t depth)
{
    for (; c->known < c->e->complements.count && c->known < MOST_COMPLEMENTS; c->known++) {
        const ent_mus *complement = &c->e->complements.at[c->known];
        uint64_t bit = (uint64_t)1 << (c->known % 64);
        for (size_t j = 0; j < complement->count; j++) {
            c->meets[(size_t)complement->groups[j] * WORDS + c->known / 64] |= bit;
        }
        for (size_t d = 0; d <= depth; d++) {
            c->open[d * WORDS + c->known / 64] |= bit;
        }
    }
    c->stop = c->stop || c->known >= MOST_COMPLEMENTS;
}

/* Would the element complete a known dispute in the set? */
static bool completes(certifier *c, const bool *in, uint32_t element)
{
    for (; c->held < c->e->found.count; c->held++) {
        const ent_mus *mus = &c->e->found.at[c->held];
        for (size_t j = 0; j < mus->count; j++) {
            *ent_push(c->e->work->arena, &c->holders[mus->groups[j]]) = (uint32_t)c->held;
        }
    }
    const index_list *holders = &c->holders[element];
    c->spent += holders->count;
    for (size_t i = 0; i < holders->count; i++) {
        const ent_mus *mus = &c->e->found.at[holders->at[i]];
        bool others = true;
        for (size_t j = 0; others && j < mus->count; j++) {
            others = mus->groups[j] == element || in[mus->groups[j]];
        }
        if (others) {
            return true;
        }
    }
    return false;
}

/*
 * The chosen set lies in no known consistent set and contains no known dispute: ask. True where
 * it is consistent; then it lies in one of the known sets from now on.
 */
static bool settle(certifier *c, size_t depth)
{
    ent_exploration *e = c->e;
    memcpy(e->in, c->is_chosen, c->groups * sizeof *e->in);
    if (!ent_explore_set(e, false)) {
        return false;
    }
    for (;;) {
        /* As much more as known disputes allow, in a new order each time: so the sets differ. */
        memcpy(e->in, c->is_chosen, c->groups * sizeof *e->in);
        for (uint32_t i = c->groups; i > 0; i--) {
            uint32_t other = ent_draw_below(&c->random, i);
            uint32_t next = c->order[other];
            c->order[other] = c->order[i - 1];
            c->order[i - 1] = next;
            e->in[next] = e->in[next] || !completes(c, e->in, next);
        }
        if (ent_explore_set(e, true)) {
            learn(c, depth);
            return true;
        }
        if (ent_explore_over(e)) {
            c->stop = true;
            return true;
        }
    }
}

static size_t first_open(certifier *c, size_t depth)
{
    const uint64_t *open = c->open + depth * WORDS;
    size_t words = (c->known + 63) / 64;
    for (size_t w = 0; w < words; w++) {
        if (open[w] != 0) {
            size_t bit = 0;
            while ((open[w] >> bit & 1) == 0) {
                bit++;
            }
            return 64 * w + bit;
        }
    }
    return SIZE_MAX;
}

/* Choose the element at the depth; how many complements stay open: none (0) or some (1). */
static bool meet(certifier *c, size_t depth, uint32_t element)
{
    size_t words = (c->known + 63) / 64;
    const uint64_t *open = c->open + depth * WORDS;
    const uint64_t *meets = c->meets + (size_t)element * WORDS;
    uint64_t *next = c->open + (depth + 1) * WORDS;
    uint64_t any = 0;
    for (size_t w = 0; w < words; w++) {
        next[w] = open[w] & ~meets[w];
        any |= next[w];
    }
    c->spent += words + 1;
    c->stop = c->stop || c->spent > BUDGET;
    return any != 0;
}

static void descend(certifier *c, size_t depth)
{
    size_t complement = first_open(c, depth);
    while (complement == SIZE_MAX) {
        if (c->stop || ent_explore_over(c->e) || !settle(c, depth)) {
            c->stop = c->stop || ent_explore_over(c->e);
            return;
        }
        complement = first_open(c, depth);
        if (c->stop) {
            return;
        }
    }
    if (depth == c->size) {
        return;
    }
    const ent_mus *branch = &c->e->complements.at[complement];
    for (size_t j = 0; j < branch->count && !c->stop; j++) {
        uint32_t element = branch->groups[j];
        if (c->out[element] > 0) {
            continue;
        }
        bool some = meet(c, depth, element);
        if ((!some || depth + 1 < c->size) && !completes(c, c->is_chosen, element)) {
            c->is_chosen[element] = true;
            descend(c, depth + 1);
            c->is_chosen[element] = false;
        }
        c->out[element] = (uint32_t)depth + 1;
    }
    for (size_t j = 0; j < branch->count; j++) {
        uint32_t *out = &c->out[branch->groups[j]];
        *out = *out == depth + 1 ? 0 : *out;
    }
}

size_t ent_certify(ent_exploration *e)
{
    ent_arena *arena = e->work->arena;
    certifier c = {.e = e, .groups = (uint32_t)e->party->count};
    size_t enough = e->party->stakes->k + 2;
    c.meets = ent_alloc(arena, (size_t)c.groups * WORDS, uint64_t);
    c.open = ent_alloc(arena, (DEEPEST + 2) * (size_t)WORDS, uint64_t);
    c.holders = ent_alloc(arena, c.groups + 1, index_list);
    c.is_chosen = ent_alloc(arena, c.groups + 1, bool);
    c.out = ent_alloc(arena, c.groups + 1, uint32_t);
    c.order = ent_alloc(arena, c.groups + 1, uint32_t);
    for (uint32_t i = 0; i < c.groups; i++) {
        c.order[i] = i;
    }
    c.random = ent_stream_of(1, e->party->stakes->party, 0);
    learn(&c, 0);
    for (c.size = 1; c.size <= DEEPEST && !c.stop; c.size++) {
        descend(&c, 0);
        if (!c.stop && c.size >= enough) {
            e->complete = true;
            return c.size;
        }
        if (ent_tick(e->work, "disputes", e->found.count, 0)) {
            break;
        }
    }
    /* The last size was not finished. */
    return c.size - 1 - (c.stop ? 1 : 0);
}
