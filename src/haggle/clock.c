#define _POSIX_C_SOURCE 200809L

#include "haggle/clock.h"

#include "base/number.h"

#include <math.h>
#include <string.h>
#include <time.h>

/* A draw's stream: those of parties are numbered from 1, the protocol's own is 0. */
static const uint64_t TICKS = UINT64_C(1) << 32;
/* Sums of costs that should come to a deadline may miss it by their roundings. */
static const double SLACK = 1e-9;

bool ent_has_clock(const ent_haggle_rules *rules)
{
    return rules->clock.seconds > 0 || rules->clock.step_limit > 0;
}

static bool read_seconds(const char *text, size_t length, double *seconds)
{
    return ent_parse_number(text, length, seconds) && *seconds >= 0 && *seconds <= ENT_CLOCK_MOST;
}

bool ent_read_turn_cost(const char *text, bool may_be_real, ent_turn_cost *cost)
{
    const char *dash = strchr(text, '-');
    *cost = (ent_turn_cost){.stated = true};
    if (may_be_real && strcmp(text, "real") == 0) {
        cost->real = true;
        return true;
    }
    while (dash != NULL && dash > text && (dash[-1] == 'e' || dash[-1] == 'E')) {
        dash = strchr(dash + 1, '-'); /* 1e-3 is a number */
    }
    size_t length = dash == NULL ? strlen(text) : (size_t)(dash - text);
    bool good = read_seconds(text, length, &cost->least);
    cost->most = cost->least;
    if (good && dash != NULL) {
        good = read_seconds(dash + 1, strlen(dash + 1), &cost->most) && cost->most >= cost->least;
    }
    return good;
}

static const ent_turn_cost *cost_of(const ent_haggle_rules *rules, const ent_turn_cost *own)
{
    return own->stated ? own : &rules->clock.cost;
}

uint32_t ent_clock_rounds(const ent_haggle_rules *rules, const ent_chosen_strategy *chosen,
                          size_t count)
{
    bool mediated = rules->protocol == &ent_protocol_one_text;
    double least = mediated ? rules->clock.cost.least : HUGE_VAL;
    for (size_t k = 0; k < count && !mediated; k++) {
        const ent_turn_cost *cost = cost_of(rules, &chosen[k].cost);
        least = fmin(least, cost->real ? 0 : 2 * cost->least); /* two parties, or more */
    }
    double most = least > 0 ? ceil(rules->clock.seconds / least) + 2 : HUGE_VAL;
    return most < ENT_HAGGLE_ROUNDS ? (uint32_t)most : ENT_HAGGLE_ROUNDS;
}

static bool stop(ent_negotiation *n, ent_haggle_end how, uint32_t round, uint32_t party)
{
    n->result.end = how;
    n->result.entry = ENT_NO_ENTRY;
    n->result.round = round;
    n->result.party = party;
    n->result.time = ent_relative_time(&n->rules, round, n->result.seconds);
    return false;
}

void ent_clock_begin(ent_negotiation *n, uint64_t run)
{
    n->ticks = ent_stream_of(n->rules.seed, run, TICKS);
    n->round_began = 0;
    for (uint32_t p = 0; p < n->table->parties; p++) {
        n->haggler[p].taken = n->haggler[p].first_turn = 0;
    }
}

/* The deadline counts the rounds that have begun. */
bool ent_clock_round(ent_negotiation *n, uint32_t round)
{
    const ent_clock_rules *c = &n->rules.clock;
    n->round_began = n->result.seconds;
    if (c->seconds > 0 && c->overtime && n->result.seconds >= c->seconds - SLACK) {
        return stop(n, ENT_HAGGLE_DEADLINE, round, 0);
    }
    return true;
}

/* `party` took so long; `begun`: rounds that have, should the talks end here. */
static bool charge(ent_negotiation *n, double seconds, uint32_t round, uint32_t begun,
                   uint32_t party)
{
    const ent_clock_rules *c = &n->rules.clock;
    n->result.seconds += seconds;
    n->spent += seconds;
    if (c->step_limit > 0 && n->spent > c->step_limit) {
        return stop(n, ENT_HAGGLE_SLOW, round, party);
    }
    if (c->seconds > 0 && !c->overtime && n->result.seconds > c->seconds + SLACK) {
        return stop(n, ENT_HAGGLE_DEADLINE, begun, party);
    }
    return true;
}

bool ent_clock_charge(ent_negotiation *n, const ent_haggler *h, double seconds)
{
    n->haggler[h->party].taken += seconds;
    return charge(n, seconds, h->round, h->round + (h->party > 0), h->party);
}

static double draw(ent_negotiation *n, const ent_turn_cost *cost)
{
    double range = cost->most - cost->least;
    return range > 0 ? cost->least + range * ent_draw_unit(&n->ticks) : cost->least;
}

bool ent_clock_turn(ent_negotiation *n, ent_haggler *h)
{
    if (!ent_has_clock(&n->rules)) {
        return true;
    }
    const ent_turn_cost *cost = cost_of(&n->rules, &h->cost);
    n->spent = 0;
    h->began = n->result.seconds;
    h->first_turn = h->round == 0 ? n->result.seconds : h->first_turn;
    return ent_clock_charge(n, h, cost->real ? 0 : draw(n, cost));
}

bool ent_clock_mediator(ent_negotiation *n, uint32_t round)
{
    if (!ent_has_clock(&n->rules)) {
        return true;
    }
    n->spent = 0;
    return ent_clock_round(n, round) &&
           charge(n, draw(n, &n->rules.clock.cost), round, round, ENT_HAGGLE_MEDIATOR);
}

/*
 * By what its rounds took so far on the mean. With costs that do not change that is exact from the
 * second round on; in the first nobody knows.
 */
uint32_t ent_clock_left(const ent_negotiation *n, const ent_haggler *h)
{
    const ent_clock_rules *c = &n->rules.clock;
    uint32_t left = n->rules.rounds - h->round;
    if (c->seconds <= 0 || h->round == 0) {
        return left;
    }
    double now = n->result.seconds, more;
    if (c->overtime) { /* rounds that begin by then */
        more = ceil((c->seconds - n->round_began) / (n->round_began / h->round) - SLACK) - 1;
    } else { /* own turns that end by then */
        double pace = (now - h->first_turn) / h->round, own = h->taken / h->round;
        more = floor((c->seconds - now - own) / pace + SLACK);
    }
    return more >= left - 1 ? left : more > 0 ? 1 + (uint32_t)more : 1;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double ent_clock_watch(const ent_negotiation *n, const ent_haggler *h)
{
    return ent_has_clock(&n->rules) && cost_of(&n->rules, &h->cost)->real ? now() : -1;
}

double ent_clock_elapsed(double watch)
{
    return watch < 0 ? 0 : fmax(0, now() - watch);
}

bool ent_clock_since(ent_negotiation *n, const ent_haggler *h, double watch)
{
    return watch < 0 || ent_clock_charge(n, h, ent_clock_elapsed(watch));
}
