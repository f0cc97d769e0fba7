/*
 * Negotiations are played in waves, all of a wave in the same round and at the same party: those
 * whose party is the calling program's are gathered, and it is asked once for each of its
 * strategies. Strategies of ours are asked one by one in between. O(callers * width) a turn besides
 * what the strategies do.
 */
#include "haggle/together.h"

#include "haggle/alternating.h"
#include "haggle/clock.h"

#include <string.h>

/* A wave is as wide as this many negotiations, or as their memory allows. */
enum { MOST_WIDTH = 2048 };
static const size_t most_bytes = (size_t)64 << 20;

/* What a negotiation waits for in the turn at hand. */
typedef enum waiting { FOR_ANSWER, FOR_OFFER, FOR_NOTHING, OVER } waiting;

typedef struct wave {
    const ent_work *work;
    const ent_gathering *g;
    ent_arena *arena;
    uint32_t begun, width; /* the first of its negotiations, and how many */
    double breakdown;
    ent_negotiation *n; /* [width] and so on */
    uint32_t *accepted;
    waiting *waits;
    uint32_t *live, live_count; /* slots that are not over, rising */
    uint32_t *offered;          /* by slot */
    uint8_t *replied;
    double *took;               /* seconds for the answer or offer; negative: nobody timed it */
    /* What a strategy is shown, and says. */
    uint32_t *slot, *offer, *offer_count, *outcome;
    uint64_t *run;
    const ent_haggle_offer **offers;
    double *time, *seconds;
    uint8_t *reply;
} wave;

bool ent_any_caller(const ent_chosen_strategy *chosen, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (chosen[k].strategy->caller != NULL) {
            return true;
        }
    }
    return false;
}

ent_status ent_refuse_callers(ent_work *work, const ent_chosen_strategy *chosen, size_t count,
                              const char *what)
{
    size_t k = 0;
    while (k < count && chosen[k].strategy->caller == NULL) {
        k++;
    }
    return k == count ? ENT_OK
                      : ent_fail(work->diags, ENT_USAGE, ENT_H112_CALLERS_OWN,
                                 "name strategies of the engine's, or shared objects",
                                 "the calling program's strategy `%s` does not play in %s",
                                 chosen[k].strategy->name, what);
}

static size_t bytes_of(const ent_gathering *g, uint32_t k)
{
    const ent_haggle_table *t = g->table;
    size_t offer = sizeof(ent_haggle_offer) + (ent_has_clock(g->rules) ? sizeof(double) : 0);
    size_t bytes = ((size_t)g->rules->rounds * t->parties + 1) * offer;
    for (uint32_t p = 0; p < t->parties; p++) {
        const ent_strategy *s = g->seat(g->user, k, p)->strategy;
        bytes += sizeof(ent_haggler) + ENT_STRATEGY_PARAMETERS * sizeof(double);
        bytes += s->room == NULL ? s->state_size : s->room(t, p, g->rules->rounds);
    }
    return bytes;
}

static uint32_t width_of(const ent_gathering *g, uint32_t begun)
{
    size_t bytes = 0;
    uint32_t width = 0;
    while (begun + width < g->count && width < MOST_WIDTH) {
        bytes += bytes_of(g, begun + width);
        if (width > 0 && bytes > most_bytes) {
            break;
        }
        width++;
    }
    return width;
}

static void make(wave *w)
{
    const ent_gathering *g = w->g;
    uint32_t width = w->width;
    w->n = ent_alloc(w->arena, width, ent_negotiation);
    w->accepted = ent_alloc(w->arena, width, uint32_t);
    w->waits = ent_alloc(w->arena, width, waiting);
    w->live = ent_alloc(w->arena, width, uint32_t);
    w->offered = ent_alloc(w->arena, width, uint32_t);
    w->replied = ent_alloc(w->arena, width, uint8_t);
    w->took = ent_alloc(w->arena, width, double);
    w->time = ent_alloc(w->arena, width, double);
    w->seconds = ent_alloc(w->arena, width, double);
    w->slot = ent_alloc(w->arena, width, uint32_t);
    w->offer = ent_alloc(w->arena, width, uint32_t);
    w->offer_count = ent_alloc(w->arena, width, uint32_t);
    w->outcome = ent_alloc(w->arena, width, uint32_t);
    w->run = ent_alloc(w->arena, width, uint64_t);
    w->offers = ent_alloc(w->arena, width, const ent_haggle_offer *);
    w->reply = ent_alloc(w->arena, width, uint8_t);
    for (uint32_t k = 0; k < width; k++) {
        ent_chosen_strategy seated[ENT_HAGGLE_PARTIES];
        for (uint32_t p = 0; p < g->table->parties; p++) {
            seated[p] = *g->seat(g->user, w->begun + k, p);
        }
        ent_negotiation_make(w->arena, g->table, g->rules, seated, &w->n[k]);
        ent_negotiation_begin(&w->n[k], g->first + w->begun + k);
        w->live[k] = k;
    }
    w->live_count = width;
}

/* ---- Asking --------------------------------------------------------------------------------- */

/* Gather the negotiations in which the party is that caller's and waits for that. */
static ent_turns gather(wave *w, const ent_caller_strategy *caller, uint32_t party,
                        waiting what)
{
    const ent_haggle_table *t = w->g->table;
    const ent_haggle_side *side = &t->side[party];
    ent_turns turns = {.size = sizeof turns, .scenario = w->g->scenario,
                       .seed = w->g->rules->seed, .slot = w->slot, .run = w->run,
                       .offer = w->offer, .offer_count = w->offer_count, .offers = w->offers,
                       .time = w->time, .deadline = w->g->rules->clock.seconds,
                       .seconds = ent_has_clock(w->g->rules) ? w->seconds : NULL,
                       .open = w->g->rules->clock.open};
    turns.table = (ent_bargaining){.party = party, .parties = t->parties,
                                   .rounds = w->g->rules->rounds, .outcomes = t->count,
                                   .utility = side->value, .order = side->order,
                                   .reservation = side->reservation};
    for (uint32_t k = 0; k < w->live_count; k++) {
        uint32_t slot = w->live[k];
        const ent_negotiation *n = &w->n[slot];
        const ent_haggler *h = &n->haggler[party];
        if (h->strategy->caller == caller && w->waits[slot] == what) {
            uint32_t made = n->result.offers;
            turns.table.round = h->round;
            turns.table.time = h->time;
            w->slot[turns.count] = slot;
            w->run[turns.count] = w->g->first + w->begun + slot;
            w->offer[turns.count] = made > 0 ? n->offers[made - 1].entry : ENT_WALK_AWAY;
            w->offer_count[turns.count] = made;
            w->time[turns.count] = h->time;
            w->seconds[turns.count] = h->began;
            w->offers[turns.count++] = n->offers;
        }
    }
    return turns;
}

static bool ask_caller(wave *w, const ent_caller_strategy *caller, uint32_t party, waiting what)
{
    ent_turns turns = gather(w, caller, party, what);
    if (turns.count == 0) {
        return true;
    }
    memset(w->reply, 0, turns.count);
    double watch = ent_clock_watch(&w->n[w->slot[0]], &w->n[w->slot[0]].haggler[party]);
    bool goes_on = what == FOR_ANSWER ? caller->respond(caller->user, &turns, w->reply)
                                      : caller->propose(caller->user, &turns, w->outcome);
    double each = ent_clock_elapsed(watch) / (double)turns.count; /* asked as one */
    for (size_t k = 0; k < turns.count && goes_on; k++) {
        w->took[w->slot[k]] = watch < 0 ? -1 : each;
        if (what == FOR_ANSWER) {
            w->replied[w->slot[k]] = w->reply[k];
        } else {
            w->offered[w->slot[k]] = w->outcome[k];
        }
    }
    return goes_on;
}

/* Ask those who play the party in negotiations that wait for that. False: the call is to stop. */
static bool ask_all(wave *w, uint32_t party, waiting what)
{
    for (size_t c = 0; c < w->work->caller_count; c++) {
        if (!ask_caller(w, &w->work->callers[c], party, what)) {
            return false;
        }
    }
    for (uint32_t k = 0; k < w->live_count; k++) {
        uint32_t slot = w->live[k];
        ent_negotiation *n = &w->n[slot];
        ent_haggler *h = &n->haggler[party];
        if (h->strategy->caller != NULL || w->waits[slot] != what) {
            continue;
        }
        double watch = ent_clock_watch(n, h);
        if (what == FOR_ANSWER) {
            ent_answer answer = h->strategy->answer(h, n->offers[n->result.offers - 1].entry);
            w->replied[slot] = answer == ENT_ACCEPT     ? ENT_REPLY_ACCEPT
                               : answer == ENT_WALK_OUT ? ENT_REPLY_WALK_OUT
                                                        : ENT_REPLY_REJECT;
        } else {
            w->offered[slot] = h->strategy->propose(h);
        }
        w->took[slot] = watch < 0 ? -1 : ent_clock_elapsed(watch);
    }
    return true;
}

static bool begin_all(wave *w)
{
    uint32_t slots = w->g->count < MOST_WIDTH ? w->g->count : MOST_WIDTH;
    for (uint32_t p = 0; p < w->g->table->parties; p++) {
        for (size_t c = 0; c < w->work->caller_count; c++) {
            const ent_caller_strategy *caller = &w->work->callers[c];
            ent_turns turns = gather(w, caller, p, FOR_ANSWER);
            if (turns.count > 0 && caller->begin != NULL &&
                !caller->begin(caller->user, &turns, slots)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- Playing -------------------------------------------------------------------------------- */

static waiting after(ent_turn turn)
{
    return turn == ENT_TURN_PROPOSE ? FOR_OFFER : turn == ENT_TURN_DONE ? FOR_NOTHING : OVER;
}

static waiting fail(ent_negotiation *n, const ent_haggler *h)
{
    n->result.end = ENT_HAGGLE_FAILED;
    n->result.entry = ENT_NO_ENTRY;
    n->result.round = h->round;
    n->result.time = h->time;
    n->result.party = h->party;
    return OVER;
}

static waiting take(wave *w, uint32_t slot, uint32_t party, waiting what)
{
    static const ent_answer answers[] = {[ENT_REPLY_REJECT] = ENT_REJECT,
                                         [ENT_REPLY_ACCEPT] = ENT_ACCEPT,
                                         [ENT_REPLY_WALK_OUT] = ENT_WALK_OUT};
    ent_negotiation *n = &w->n[slot];
    const ent_haggler *h = &n->haggler[party];
    uint32_t *accepted = &w->accepted[slot];
    if (w->took[slot] >= 0 && !ent_clock_charge(n, h, w->took[slot])) {
        return OVER;
    }
    if (what == FOR_ANSWER) {
        uint8_t said = w->replied[slot];
        return said >= ENT_REPLY_FAIL
                   ? fail(n, h)
                   : after(ent_take_answer(n, h, answers[said], w->breakdown, accepted));
    }
    return w->offered[slot] == ENT_FAIL_HERE
               ? fail(n, h)
               : after(ent_take_offer(n, h, w->offered[slot], accepted));
}

static void take_all(wave *w, uint32_t party, waiting what)
{
    for (uint32_t k = 0; k < w->live_count; k++) {
        uint32_t slot = w->live[k];
        if (w->waits[slot] == what) {
            w->waits[slot] = take(w, slot, party, what);
        }
    }
}

/* Those whose deadline is this round, or before it, are over. */
static void retire(wave *w, uint32_t round)
{
    uint32_t left = 0;
    for (uint32_t k = 0; k < w->live_count; k++) {
        ent_negotiation *n = &w->n[w->live[k]];
        if (n->last > round && ent_clock_round(n, round)) {
            w->live[left++] = w->live[k];
        }
    }
    w->live_count = left;
}

/* The party's turn in all of them. False: the call is to stop. */
static bool act(wave *w, uint32_t party, uint32_t round)
{
    for (uint32_t k = 0; k < w->live_count; k++) {
        ent_negotiation *n = &w->n[w->live[k]];
        ent_haggler *h = ent_haggle_turn(n, party, round);
        w->waits[w->live[k]] = !ent_clock_turn(n, h)   ? OVER
                               : n->result.offers > 0 ? FOR_ANSWER
                                                      : FOR_OFFER;
    }
    for (waiting what = FOR_ANSWER; what <= FOR_OFFER; what++) {
        if (!ask_all(w, party, what)) {
            return false;
        }
        take_all(w, party, what);
    }
    uint32_t left = 0;
    for (uint32_t k = 0; k < w->live_count; k++) {
        if (w->waits[w->live[k]] != OVER) {
            w->live[left++] = w->live[k];
        }
    }
    w->live_count = left;
    return true;
}

static ent_status play(void *argument)
{
    wave *w = argument;
    make(w);
    if (!begin_all(w)) {
        return ENT_CANCELLED;
    }
    for (uint32_t round = 0; round < w->g->rules->rounds && w->live_count > 0; round++) {
        retire(w, round);
        for (uint32_t p = 0; p < w->g->table->parties && w->live_count > 0; p++) {
            if (!act(w, p, round)) {
                return ENT_CANCELLED;
            }
        }
    }
    for (uint32_t k = 0; k < w->width; k++) {
        w->g->over(w->g->user, w->begun + k, &w->n[k]);
    }
    return ENT_OK;
}

ent_status ent_negotiate_together(ent_work *work, const ent_gathering *g)
{
    ent_status status = ENT_OK;
    for (uint32_t begun = 0; begun < g->count && status == ENT_OK;) {
        wave w = {.work = work, .g = g, .begun = begun, .width = width_of(g, begun)};
        (void)ent_take_turns(g->rules, &w.breakdown);
        w.arena = ent_arena_beside(work->arena);
        if (w.arena == NULL) {
            ent_out_of_memory(work->arena);
        }
        status = ent_protect(w.arena, play, &w);
        ent_arena_destroy(w.arena);
        begun += w.width;
    }
    return status;
}
