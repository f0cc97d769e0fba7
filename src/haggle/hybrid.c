/*
 * The hybrid strategy (M. O. Keskin, U. Cakan, R. Aydogan, "Solver agent: towards emotional and
 * opponent-aware agent for human-robot negotiation", AAMAS 2021): in normalised own values,
 *     time       (1-t)^2 p0 + 2 (1-t) t p1 + t^2 p2
 *     behaviour  own last offer - (p3 + p3 t) * weighted sum of the other's last four moves
 *     target     t^2 * time + (1 - t^2) * behaviour
 * A move is the difference of two offers of one party: among several, what two of them want is not
 * taken for a move of either.
 */
#include "haggle/strategies.h"

#include <math.h>

enum { MOVES = 4 };

typedef struct hybrid {
    double got[ENT_HAGGLE_PARTIES]; /* own value of each one's last offer, NaN: none */
    double move[MOVES];             /* by which offers came nearer, newest first */
    uint32_t moves, seen;
    double last;         /* own last offer, 1 at the start */
    uint32_t round_next; /* the round + 1 that `target` is for */
    double target;
} hybrid;

static const ent_strategy_parameter parameters[] = {
    {"p0", 1, 0, 1, NULL, "aspiration at the start"},
    {"p1", 0.75, 0, 1, NULL, "what bends the curve"},
    {"p2", 0.55, 0, 1, NULL, "aspiration at the deadline"},
    {"p3", 0.5, 0, 10, NULL, "how strongly moves are repaid"},
};

/* Weights of the last one to four moves, newest first, as the authors' agents have them. */
static const double weights[MOVES][MOVES] = {
    {1}, {0.75, 0.25}, {0.66, 0.22, 0.11}, {0.5, 0.3, 0.15, 0.05}};

static size_t room(const ent_haggle_table *table, uint32_t party, uint32_t rounds)
{
    (void)table;
    (void)party;
    (void)rounds;
    return sizeof(hybrid);
}

static void begin(ent_haggler *h)
{
    hybrid *s = h->state;
    *s = (hybrid){.last = 1};
    for (uint32_t p = 0; p < h->table->parties; p++) {
        s->got[p] = (double)NAN;
    }
}

static double share_of(const ent_haggle_side *side, double value)
{
    return side->most > side->floor ? (value - side->floor) / (side->most - side->floor) : 1;
}

static void add_move(hybrid *s, double move)
{
    for (uint32_t k = MOVES - 1; k > 0; k--) {
        s->move[k] = s->move[k - 1];
    }
    s->move[0] = move;
    s->moves += s->moves < MOVES;
}

static void learn(ent_haggler *h)
{
    hybrid *s = h->state;
    for (; s->seen < h->offer_count; s->seen++) {
        const ent_haggle_offer *offer = &h->offers[s->seen];
        if (offer->party == h->party) {
            continue;
        }
        double *before = &s->got[offer->party];
        double now = share_of(h->side, h->side->value[offer->entry]);
        if (!isnan(*before)) {
            add_move(s, now - *before);
        }
        *before = now;
    }
}

static double target(ent_haggler *h)
{
    hybrid *s = h->state;
    if (s->round_next == h->round + 1) {
        return s->target;
    }
    learn(h);
    const double *p = h->parameter;
    double t = h->time, moved = 0;
    double in_time = (1 - t) * (1 - t) * p[0] + 2 * (1 - t) * t * p[1] + t * t * p[2];
    for (uint32_t k = 0; k < s->moves; k++) {
        moved += weights[s->moves - 1][k] * s->move[k];
    }
    double in_kind = s->last - (p[3] + p[3] * t) * moved;
    double aim = s->moves == 0 ? in_time : t * t * in_time + (1 - t * t) * in_kind;
    s->target = ent_haggle_target(h->side, fmin(fmax(aim, 0), 1));
    s->round_next = h->round + 1;
    return s->target;
}

static ent_answer answer(ent_haggler *h, uint32_t entry)
{
    double value = h->side->value[entry];
    return value >= target(h) && value >= h->side->bar ? ENT_ACCEPT : ENT_REJECT;
}

static uint32_t propose(ent_haggler *h)
{
    hybrid *s = h->state;
    uint32_t entry = ent_haggle_worst_of(h, h->side->first, fmin(target(h), h->side->most));
    if (entry != ENT_NO_ENTRY) {
        s->last = share_of(h->side, h->side->value[entry]);
    }
    return entry;
}

const ent_strategy ent_strategy_hybrid = {
    .name = "hybrid",
    .summary = "time and the other side's moves together",
    .detail = "Aspires to t^2 times a curve in time from p0 by p1 to p2, and 1 - t^2 times its "
              "own last offer less p3 (1 + t) times the others' last four moves: at first it "
              "repays, in the end the time counts.",
    .source = "Keskin, Cakan, Aydogan 2021",
    .parameters = parameters,
    .parameter_count = sizeof parameters / sizeof *parameters,
    .room = room,
    .begin = begin,
    .answer = answer,
    .propose = propose,
};
