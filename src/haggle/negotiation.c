#include "haggle/negotiation.h"

#include "base/text.h"
#include "haggle/alternating.h"
#include "haggle/clock.h"
#include "haggle/plugin.h"
#include "haggle/together.h"

#include <math.h>
#include <string.h>

const char *const ent_haggle_end_names[ENT_HAGGLE_ENDS] = {"agreed", "deadline", "walked-out",
                                                           "breakdown", "failed", "too-slow"};

const ent_protocol *const ent_protocols[] = {
    &ent_protocol_alternating,
    &ent_protocol_breakdown,
    &ent_protocol_one_text,
};
const size_t ent_protocol_count = sizeof ent_protocols / sizeof *ent_protocols;

ent_status ent_find_protocol(ent_work *work, const char *name, const ent_protocol **protocol)
{
    const char *names[sizeof ent_protocols / sizeof *ent_protocols];
    for (size_t i = 0; i < ent_protocol_count; i++) {
        names[i] = ent_protocols[i]->name;
        if (strcmp(name, names[i]) == 0) {
            *protocol = ent_protocols[i];
            return ENT_OK;
        }
    }
    const char *near = ent_nearest(name, names, ent_protocol_count);
    return ent_fail(work->diags, ENT_USAGE, ENT_H104_NO_PROTOCOL,
                    near == NULL ? "`entente haggle --help` lists them"
                                 : ent_format(work->arena, "did you mean `%s`?", near),
                    "there is no protocol `%s`", name);
}

void ent_negotiation_make(ent_arena *arena, const ent_haggle_table *table,
                          const ent_haggle_rules *rules, const ent_chosen_strategy *chosen,
                          ent_negotiation *n)
{
    *n = (ent_negotiation){.table = table, .rules = *rules};
    if (rules->protocol == NULL) {
        n->rules.protocol = &ent_protocol_alternating;
    }
    n->offers = ent_alloc(arena, (size_t)rules->rounds * table->parties + 1, ent_haggle_offer);
    n->haggler = ent_alloc(arena, table->parties, ent_haggler);
    if (ent_has_clock(rules)) {
        n->when = ent_alloc(arena, (size_t)rules->rounds * table->parties + 1, double);
    }
    n->level = ent_alloc(arena, (size_t)table->issues + 1, uint64_t);
    for (uint32_t p = 0; p < table->parties; p++) {
        const ent_strategy *strategy = chosen[p].strategy;
        double *parameter = ent_alloc(arena, ENT_STRATEGY_PARAMETERS, double);
        memcpy(parameter, chosen[p].parameter, sizeof chosen[p].parameter);
        n->haggler[p] = (ent_haggler){.strategy = strategy, .parameter = parameter,
                                      .table = table, .side = &table->side[p], .party = p,
                                      .rounds = rules->rounds, .rules = &n->rules,
                                      .cost = chosen[p].cost, .offers = n->offers,
                                      .when = n->when};
        size_t room = strategy->room == NULL ? strategy->state_size
                                             : strategy->room(table, p, rules->rounds);
        if (room > 0) {
            n->haggler[p].state = ent_alloc_bytes(arena, room / 16 + 1, 16);
        }
    }
}

/* The rounds of the run that begins. */
static uint32_t deadline(ent_negotiation *n)
{
    uint32_t last = n->rules.rounds, least = n->rules.hidden_least, most = n->rules.hidden_most;
    if (most > 0) {
        uint32_t drawn = most > least ? ent_draw_below(&n->chance, most - least + 1) : 0;
        last = least + drawn < last ? least + drawn : last;
    }
    return last;
}

void ent_negotiation_begin(ent_negotiation *n, uint64_t run)
{
    n->chance = ent_stream_of(n->rules.seed, run, 0);
    n->last = deadline(n);
    n->result = (ent_haggle_result){.end = ENT_HAGGLE_DEADLINE, .entry = ENT_NO_ENTRY,
                                    .round = n->last,
                                    .time = (n->last + 1.0) / (n->rules.rounds + 1.0)};
    ent_clock_begin(n, run);
    for (uint32_t p = 0; p < n->table->parties; p++) {
        ent_haggler *h = &n->haggler[p];
        h->offer_count = 0;
        h->random = ent_stream_of(n->rules.seed, run, (uint64_t)p + 1);
        if (h->strategy->begin != NULL) {
            h->strategy->begin(h);
        }
    }
}

void ent_negotiate(ent_negotiation *n, uint64_t run)
{
    ent_negotiation_begin(n, run);
    n->rules.protocol->run(n);
}

bool ent_negotiation_is_certain(const ent_negotiation *n)
{
    bool certain = ent_stream_is_fresh(&n->chance) && ent_stream_is_fresh(&n->ticks);
    for (uint32_t p = 0; p < n->table->parties; p++) {
        const ent_haggler *h = &n->haggler[p];
        certain = certain && h->strategy->plugin == NULL && ent_stream_is_fresh(&h->random);
    }
    return certain;
}

ent_haggle_result ent_haggle_failed(const ent_trace *trace)
{
    return (ent_haggle_result){.end = ENT_HAGGLE_FAILED, .entry = ENT_NO_ENTRY,
                               .round = trace->round, .party = trace->party,
                               .offers = trace->offers, .time = trace->time};
}

/* One negotiation in another process, and what it reports. */
typedef struct distant {
    ent_negotiation *n;
    const ent_chosen_strategy *chosen;
    uint64_t run;
    ent_haggle_result *result;
} distant;

static void enter(void *user, int child, ent_trace *trace)
{
    const distant *d = user;
    (void)child;
    for (uint32_t p = 0; p < d->n->table->parties; p++) {
        ent_enter_strategy(d->chosen[p].strategy, trace);
    }
}

static void act(void *user, int child, uint32_t job)
{
    const distant *d = user;
    (void)child;
    (void)job;
    ent_negotiate(d->n, d->run);
    *d->result = d->n->result;
}

static void fail(void *user, uint32_t job, const ent_trace *trace, ent_fault fault)
{
    const distant *d = user;
    (void)job;
    *d->result = ent_haggle_failed(trace);
    if (trace->plugin != NULL) {
        ent_add_fault(trace->plugin, fault);
    }
}

static const ent_chosen_strategy *seat(void *user, uint32_t k, uint32_t party)
{
    const distant *d = user;
    (void)k;
    return &d->chosen[party];
}

static void copy_run(void *user, uint32_t k, const ent_negotiation *n)
{
    const distant *d = user;
    (void)k;
    d->n->result = n->result;
    memcpy(d->n->offers, n->offers, n->result.offers * sizeof *n->offers);
    if (n->when != NULL) {
        memcpy(d->n->when, n->when, n->result.offers * sizeof *n->when);
    }
}

static ent_status negotiate_with_caller(ent_work *work, ent_negotiation *n,
                                        const ent_chosen_strategy *chosen, uint64_t run)
{
    distant d = {.n = n, .chosen = chosen};
    const ent_scenario *scenario = n->table->scenario;
    ent_gathering one = {.table = n->table, .rules = &n->rules,
                         .scenario = scenario == NULL ? "" : scenario->name,
                         .count = 1, .first = run, .seat = seat, .over = copy_run, .user = &d};
    return ent_negotiate_together(work, &one);
}

ent_status ent_negotiate_apart(ent_work *work, ent_negotiation *n,
                               const ent_chosen_strategy *chosen, uint64_t run)
{
    uint32_t parties = n->table->parties;
    double breakdown;
    if (ent_any_caller(chosen, parties) && ent_take_turns(&n->rules, &breakdown)) {
        return negotiate_with_caller(work, n, chosen, run);
    }
    if (n->rules.apart == NULL || !ent_any_plugin(chosen, parties)) {
        ent_negotiate(n, run);
        return ENT_OK;
    }
    distant d = {n, chosen, run, ent_shared_memory(work->arena, sizeof *d.result)};
    size_t offers = (size_t)n->rules.rounds * parties + 1;
    n->offers = ent_shared_memory(work->arena, offers * sizeof *n->offers);
    n->when = n->when == NULL ? NULL
                              : ent_shared_memory(work->arena, offers * sizeof *n->when);
    for (uint32_t p = 0; p < parties; p++) {
        n->haggler[p].offers = n->offers;
        n->haggler[p].when = n->when;
    }
    ent_apart_job job = {.count = 1, .children = 1, .enter = enter, .act = act, .fail = fail,
                         .user = &d};
    ent_status status = ent_act_apart(work, n->rules.apart, &job);
    n->result = *d.result;
    return status;
}

double ent_relative_time(const ent_haggle_rules *rules, uint32_t round, double seconds)
{
    const ent_clock_rules *c = &rules->clock;
    double by_rounds = c->open ? 0 : ((double)round + 1) / ((double)rules->rounds + 1);
    double by_seconds = c->seconds > 0 ? seconds / c->seconds : 0;
    return fmin(1, fmax(by_rounds, by_seconds));
}

ent_haggler *ent_haggle_turn(ent_negotiation *n, uint32_t party, uint32_t round)
{
    ent_haggler *h = &n->haggler[party];
    h->round = round;
    h->time = ent_relative_time(&n->rules, round, n->result.seconds);
    h->left = ent_clock_left(n, h);
    h->offer_count = n->result.offers;
    return h;
}

void ent_haggle_table_offer(ent_negotiation *n, uint32_t round, uint32_t party, uint32_t entry)
{
    if (n->when != NULL) {
        n->when[n->result.offers] = n->result.seconds;
    }
    n->offers[n->result.offers++] =
        (ent_haggle_offer){.round = round, .party = party, .entry = entry};
}

double ent_haggle_utility(const ent_haggle_table *table, uint32_t party,
                          const ent_haggle_result *result)
{
    const ent_haggle_side *side = &table->side[party];
    bool deal = result->entry != ENT_NO_ENTRY;
    double value = deal ? side->value[result->entry]
                        : isfinite(side->reservation) ? side->reservation : side->least;
    if (side->discount == 1) {
        return value;
    }
    switch (side->discounting) {
    case ENT_DISCOUNT_TIME:
        return value * pow(side->discount, result->time);
    case ENT_DISCOUNT_ROUNDS:
        return value * pow(side->discount, result->round);
    case ENT_COST_ROUNDS:
        return value - side->discount * result->round;
    case ENT_COST_TIME:
        return value - side->discount * result->time;
    }
    return value;
}
