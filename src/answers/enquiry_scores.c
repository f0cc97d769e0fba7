/*
 * Scores of questions. Most questions are nowhere near the best, and bounds over stretches of
 * worlds show that for far less than a score costs: first every question has an upper bound and a
 * lower one, from the two packages that promise most; then those that the bounds leave are scored
 * exactly, the most promising first, until none that is left can be among the best.
 */
#include "answers/enquiry_offers.h"
#include "base/pieces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 16, FIRST_ROUND = 256 };
#define NEVER ((double)INFINITY) /* out of reach: an answer that does not occur */

/* What one thread asks with. */
typedef struct asking {
    uint64_t *yes_row, *no_row; /* the voter's worlds that are left and answer so */
    ent_offer_bounds bounds;
    uint32_t yes, no;     /* how many */
    double if_yes, if_no; /* the best so far, times worlds */
    size_t best_yes, best_no; /* offers; SIZE_MAX: none */
} asking;

typedef struct scoring {
    ent_work *work;
    const ent_panel *panel;
    const ent_state *state;
    const ent_score_wish *wish;
    ent_offers *offers; /* [voters] */
    asking *desks;      /* [threads] */
    int threads;
    ent_split *splits;
} scoring;

static void look_at(const ent_panel *panel, const ent_offers *offers, size_t voter, size_t i,
                    asking *a)
{
    const ent_offer *o = &offers->at[i];
    size_t words = panel->bits.words;
    uint32_t both =
        ent_count_both(panel->rows[voter] + o->package * words, a->yes_row, words);
    double if_yes = o->slope * both + o->fixed * a->yes;
    double if_no = o->slope * (o->count - both) + o->fixed * a->no;
    if (if_yes > a->if_yes || (if_yes == a->if_yes && if_yes > 0 && i < a->best_yes)) {
        a->if_yes = if_yes;
        a->best_yes = i;
    }
    if (if_no > a->if_no || (if_no == a->if_no && if_no > 0 && i < a->best_no)) {
        a->if_no = if_no;
        a->best_no = i;
    }
}

/* The question's worlds, the bounds of all offers, and the offers that promise most. */
static void begin(const scoring *s, const ent_split *split, asking *a)
{
    const ent_offers *offers = &s->offers[split->voter];
    const uint64_t *left = s->state->left[split->voter];
    size_t words = s->panel->bits.words;
    for (size_t w = 0; w < words; w++) {
        a->yes_row[w] = split->row[w] & left[w];
        a->no_row[w] = left[w] & ~split->row[w];
    }
    a->yes = ent_count_row(a->yes_row, words);
    a->no = s->state->worlds[split->voter] - a->yes;
    a->if_yes = a->yes > 0 ? 0 : NEVER;
    a->if_no = a->no > 0 ? 0 : NEVER;
    a->best_yes = a->best_no = SIZE_MAX;
    ent_bound_offers(s->panel, offers, a->yes_row, a->no_row, a->yes, a->no, &a->bounds);
    size_t seed[2] = {a->bounds.best_yes, a->bounds.best_no};
    for (int i = 0; i < 2; i++) {
        if (seed[i] != SIZE_MAX) {
            look_at(s->panel, offers, split->voter, seed[i], a);
        }
    }
}

static size_t package_of(const ent_offers *offers, size_t i)
{
    return i == SIZE_MAX ? SIZE_MAX : offers->at[i].package;
}

static double found_value(uint32_t worlds, double best, uint32_t of)
{
    return worlds > 0 ? best / of : 0;
}

static double most_value(const float *bounds, size_t best, uint32_t of)
{
    return best == SIZE_MAX ? 0 : (double)bounds[best] / of;
}

/* What is known of the question. */
static void end(const scoring *s, const asking *a, ent_split *split)
{
    const ent_offers *offers = &s->offers[split->voter];
    uint32_t worlds = s->state->worlds[split->voter];
    split->yes = (double)a->yes / worlds;
    split->yes_value = found_value(a->yes, a->if_yes, worlds);
    split->no_value = found_value(a->no, a->if_no, worlds);
    split->if_yes = package_of(offers, a->best_yes);
    split->if_no = package_of(offers, a->best_no);
    split->expected = split->yes_value + split->no_value;
    split->most = most_value(a->bounds.yes, a->bounds.best_yes, worlds) +
                  most_value(a->bounds.no, a->bounds.best_no, worlds);
}

/* The best package after each answer, of equal ones the first: all are counted that can be it. */
static void finish(const scoring *s, asking *a, ent_split *split)
{
    const ent_offers *offers = &s->offers[split->voter];
    for (size_t i = 0; i < offers->count; i++) {
        if ((double)a->bounds.yes[i] >= a->if_yes || (double)a->bounds.no[i] >= a->if_no) {
            look_at(s->panel, offers, split->voter, i, a);
        }
    }
    split->exact = true;
}

static void score(const scoring *s, asking *a, ent_split *split, bool exactly)
{
    begin(s, split, a);
    end(s, a, split);
    bool doubtful = s->wish->useful && !(split->expected > s->wish->now);
    if (exactly || doubtful) {
        finish(s, a, split);
        end(s, a, split);
    }
}

typedef struct turns {
    const scoring *s;
    const size_t *which;
    size_t from, end;
    bool exactly;
} turns;

static void score_chunk(void *user, int thread, uint64_t chunk)
{
    const turns *t = user;
    size_t first = t->from + (size_t)chunk * CHUNK;
    size_t end = t->end - first < CHUNK ? t->end : first + CHUNK;
    for (size_t i = first; i < end && !ent_stopped(t->s->work); i++) {
        score(t->s, &t->s->desks[thread], &t->s->splits[t->which[i]], t->exactly);
    }
}

/* Score some of the splits, by threads; true where somebody asks to stop. */
static bool score_some(const scoring *s, const size_t *which, size_t count, bool exactly)
{
    size_t round = (size_t)CHUNK * (size_t)s->threads * 64;
    bool stop = false;
    for (size_t from = 0; from < count && !stop; from += round) {
        size_t end = from + round < count ? from + round : count;
        turns all = {s, which, from, end, exactly};
        ent_run_team(s->threads, (end - from + CHUNK - 1) / CHUNK, score_chunk, &all);
        stop = ent_tick(s->work, exactly ? "best questions" : "questions", end, count);
    }
    return stop;
}

/* ---- The best of a voter -------------------------------------------------------------------- */

static int greatest_first(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a > b ? -1 : a < b;
}

/* What the best-th of the splits comes to at least; below 0: there are not so many. */
static double threshold_of(const ent_split *splits, const size_t *which, size_t count, size_t best,
                           double *values)
{
    if (count < best) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = splits[which[i]].expected;
    }
    qsort(values, count, sizeof *values, greatest_first);
    return values[best - 1];
}

typedef struct promise {
    double most;
    size_t split;
} promise;

static int most_promising_first(const void *left, const void *right)
{
    const promise *a = left;
    const promise *b = right;
    if (a->most != b->most) {
        return a->most > b->most ? -1 : 1;
    }
    return (a->split > b->split) - (a->split < b->split);
}

/* The voter's splits, those first that promise most, are scored until the rest cannot matter. */
static bool score_best(const scoring *s, size_t *which, size_t count)
{
    ent_arena *arena = s->work->arena;
    double *values = ent_alloc(arena, count + 1, double);
    promise *order = ent_alloc(arena, count + 1, promise);
    size_t *now = ent_alloc(arena, count + 1, size_t);
    for (size_t i = 0; i < count; i++) {
        order[i] = (promise){s->splits[which[i]].most, which[i]};
    }
    if (count > 0) {
        qsort(order, count, sizeof *order, most_promising_first);
    }
    bool stop = false;
    size_t at = 0;
    for (size_t round = FIRST_ROUND; at < count && !stop; round *= 2) {
        double least = threshold_of(s->splits, which, count, s->wish->best, values);
        size_t some = 0;
        for (; at < count && some < round && order[at].most >= least; at++) {
            now[some] = order[at].split;
            some += !s->splits[order[at].split].exact;
        }
        stop = score_some(s, now, some, true);
        at = some == 0 ? count : at;
    }
    return stop;
}

static void make_desks(ent_arena *arena, scoring *s)
{
    size_t lanes = 1, words = s->panel->bits.words;
    for (size_t v = 0; v < s->panel->bits.voters.count; v++) {
        lanes = s->offers[v].lanes > lanes ? s->offers[v].lanes : lanes;
    }
    s->desks = ent_alloc(arena, (size_t)s->threads, asking);
    for (int t = 0; t < s->threads; t++) {
        s->desks[t].yes_row = ent_alloc(arena, 2 * words, uint64_t);
        s->desks[t].no_row = s->desks[t].yes_row + words;
        s->desks[t].bounds.yes = ent_alloc(arena, 2 * lanes, float);
        s->desks[t].bounds.no = s->desks[t].bounds.yes + lanes;
    }
}

ent_status ent_score_splits(ent_work *work, const ent_panel *panel, const ent_state *state,
                            const ent_score_wish *wish, ent_split *splits, size_t count)
{
    size_t voters = panel->bits.voters.count;
    scoring s = {.work = work, .panel = panel, .state = state, .wish = wish, .splits = splits,
                 .threads = work->threads < 1 ? 1 : work->threads};
    size_t *which = ent_alloc(work->arena, count + 1, size_t);
    s.offers = ent_alloc(work->arena, voters + 1, ent_offers);
    for (size_t i = 0; i < count; i++) {
        splits[i].exact = false;
    }
    bool stop = false;
    for (size_t v = 0; v < voters && !stop; v++) {
        size_t own = 0;
        for (size_t i = 0; i < count; i++) {
            which[own] = i;
            own += splits[i].voter == v;
        }
        if (own > 0) {
            s.offers[v] = ent_offers_to(work, panel, state, v);
            make_desks(work->arena, &s);
            stop = score_some(&s, which, own, wish->best == 0);
            stop = stop || (wish->best > 0 && score_best(&s, which, own));
        }
    }
    return stop ? ENT_CANCELLED : ENT_OK;
}
