#include "api/asked_rules.h"

#include "base/number.h"
#include "haggle/clock.h"
#include "haggle/plugin.h"

#include <string.h>

/* `N`, or `N-M`. */
static ent_status hidden_asked(const ent_asking *asking, ent_haggle_rules *rules)
{
    const char *text = ent_asked_text(asking, "hidden-deadline");
    if (text == NULL) {
        return ENT_OK;
    }
    const char *dash = strchr(text, '-');
    size_t length = dash == NULL ? strlen(text) : (size_t)(dash - text);
    uint64_t least = 0, most = 0;
    bool fine = ent_parse_count(text, length, ENT_HAGGLE_ROUNDS, &least) && least > 0;
    most = least;
    if (fine && dash != NULL) {
        fine = ent_parse_count(dash + 1, strlen(dash + 1), ENT_HAGGLE_ROUNDS, &most) &&
               most >= least;
    }
    rules->hidden_least = (uint32_t)least;
    rules->hidden_most = (uint32_t)most;
    return fine ? ENT_OK
                : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                           "`--hidden-deadline` takes rounds as 20 or 10-40, not `%s`", text);
}

ent_status ent_asked_rules(const ent_asking *asking, ent_haggle_rules *rules)
{
    uint64_t rounds = ENT_HAGGLE_USUAL_ROUNDS;
    const char *protocol = ent_asked_text(asking, "protocol");
    *rules = (ent_haggle_rules){.protocol = &ent_protocol_alternating, .seed = 1,
                                .breakdown = ENT_HAGGLE_USUAL_BREAKDOWN};
    ent_status status = ent_asked_count(asking, "rounds", 0, ENT_HAGGLE_ROUNDS, &rounds);
    rules->rounds = (uint32_t)rounds;
    status = status == ENT_OK ? hidden_asked(asking, rules) : status;
    if (status == ENT_OK) {
        status = ent_asked_count(asking, "seed", 0, UINT64_MAX, &rules->seed);
    }
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "breakdown", 0, 1, &rules->breakdown);
    }
    ent_apart *apart = ent_alloc(asking->work->arena, 1, ent_apart);
    apart->patience = 5;
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "patience", 0.001, 3600, &apart->patience);
    }
    rules->apart = ent_asked_flag(asking, "isolate") ? apart : NULL;
    if (status == ENT_OK && protocol != NULL) {
        status = ent_find_protocol(asking->work, protocol, &rules->protocol);
    }
    return status;
}

/* How outcomes that are worth exactly the reservation value are taken. */
static ent_status reservation_asked(const ent_asking *asking, ent_haggle_rules *rules)
{
    const char *how = ent_asked_text(asking, "at-reservation");
    rules->above = how != NULL && strcmp(how, "refuse") == 0;
    return how == NULL || rules->above || strcmp(how, "accept") == 0
               ? ENT_OK
               : ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                          "`--at-reservation` is `accept` or `refuse`, not `%s`", how);
}

static ent_status seconds_asked(const ent_asking *asking, ent_clock_rules *clock)
{
    const char *cost = ent_asked_text(asking, "step-cost");
    const char *overtime = ent_asked_flag(asking, "overtime") ? "overtime" : NULL;
    clock->cost = (ent_turn_cost){ENT_CLOCK_USUAL_COST, ENT_CLOCK_USUAL_COST, true, false};
    clock->overtime = overtime != NULL;
    ent_status status =
        ent_asked_number(asking, "seconds", 1e-9, ENT_CLOCK_MOST, &clock->seconds);
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "step-limit", 1e-9, ENT_CLOCK_MOST, &clock->step_limit);
    }
    if (status == ENT_OK && cost != NULL && !ent_read_turn_cost(cost, false, &clock->cost)) {
        status = ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                          "a strategy from outside may be timed: `./mine.so:step-cost=real`",
                          "`--step-cost` takes seconds as 0.02 or 0.01-0.05, not `%s`", cost);
    }
    return status;
}

/* What nothing would heed without a clock; NULL where all is heeded. */
static const char *idle_option(const ent_asking *asking, const ent_haggle_rules *rules,
                               const ent_chosen_strategy *chosen, size_t count)
{
    const char *idle = NULL;
    for (size_t k = 0; k < count && !ent_has_clock(rules); k++) {
        idle = chosen[k].cost.stated ? chosen[k].text : idle;
    }
    if (!ent_has_clock(rules) && ent_asked_text(asking, "step-cost") != NULL) {
        idle = "--step-cost";
    }
    return rules->clock.overtime && rules->clock.seconds <= 0 ? "--overtime" : idle;
}

static bool any_real(const ent_chosen_strategy *chosen, size_t count)
{
    bool any = false;
    for (size_t k = 0; k < count; k++) {
        any = any || chosen[k].cost.real;
    }
    return any;
}

ent_status ent_asked_clock(const ent_asking *asking, const ent_chosen_strategy *chosen,
                           size_t count, ent_haggle_rules *rules)
{
    ent_work *work = asking->work;
    ent_status status = seconds_asked(asking, &rules->clock);
    if (status == ENT_OK) {
        status = reservation_asked(asking, rules);
    }
    const char *idle = status == ENT_OK ? idle_option(asking, rules, chosen, count) : NULL;
    if (idle != NULL) {
        status = ent_fail(work->diags, ENT_USAGE, ENT_U103_BAD_VALUE, NULL,
                          "`%s` says nothing without `--seconds`%s", idle,
                          rules->clock.overtime ? "" : " or `--step-limit`");
    }
    if (status != ENT_OK || !ent_has_clock(rules)) {
        return status;
    }
    if (rules->clock.seconds > 0 && ent_asked_text(asking, "rounds") == NULL) {
        rules->rounds = ent_clock_rounds(rules, chosen, count);
        rules->clock.open = rules->rounds < ENT_HAGGLE_ROUNDS;
    }
    if (any_real(chosen, count)) {
        ent_tell(work->diags, ENT_NOTE, ENT_H205_REAL_TIME, NULL, (ent_pos){0, 0, 0},
                 "state seconds, as `step-cost=0.02`, for runs that can be repeated",
                 "time is measured: the same call may come to something else");
    }
    return ENT_OK;
}

void ent_put_clock(ent_buffer *b, const ent_haggle_rules *rules)
{
    const ent_clock_rules *c = &rules->clock;
    char seconds[ENT_NUMBER_ROOM], limit[ENT_NUMBER_ROOM];
    char least[ENT_NUMBER_ROOM], most[ENT_NUMBER_ROOM];
    if (ent_has_clock(rules)) {
        ent_putf(b, "--seconds %s --step-limit %s --step-cost %s-%s%s%s\n",
                 ent_number_text(c->seconds, seconds), ent_number_text(c->step_limit, limit),
                 ent_number_text(c->cost.least, least), ent_number_text(c->cost.most, most),
                 c->overtime ? " --overtime" : "", c->open ? " open" : "");
    }
    if (rules->above) {
        ent_put(b, "--at-reservation refuse\n");
    }
}

void ent_tell_slow(ent_work *work, const ent_chosen_strategy *chosen, size_t count,
                   const uint32_t *slow)
{
    for (size_t k = 0; k < count; k++) {
        if (slow[k] > 0) {
            ent_tell(work->diags, ENT_WARNING, ENT_H203_MISBEHAVED, NULL, (ent_pos){0, 0, 0},
                     "such a run ends as too slow, without a deal",
                     "the strategy `%s` took longer for a turn than the limit, %u time%s",
                     chosen[k].text, slow[k], slow[k] == 1 ? "" : "s");
        }
    }
}

ent_status ent_tell_all_faults(ent_work *work, const ent_chosen_strategy *chosen, size_t count)
{
    ent_status status = ENT_OK;
    for (size_t k = 0; k < count && status == ENT_OK; k++) {
        ent_faults faults = ent_take_faults(chosen[k].strategy);
        status = ent_tell_faults(work, chosen[k].strategy, &faults);
    }
    return status;
}
