#include "haggle/strategies.h"

#include "base/number.h"
#include "base/text.h"
#include "haggle/clock.h"
#include "haggle/plugin.h"
#include "haggle/together.h"

#include <math.h>
#include <string.h>

const ent_strategy *const ent_strategies[] = {
    &ent_strategy_aspiration,
    &ent_strategy_boa,
    &ent_strategy_boulware,
    &ent_strategy_conceder,
    &ent_strategy_exponential,
    &ent_strategy_hardliner,
    &ent_strategy_hybrid,
    &ent_strategy_last_minute,
    &ent_strategy_linear,
    &ent_strategy_micro,
    &ent_strategy_naive_tit_for_tat,
    &ent_strategy_nash,
    &ent_strategy_nice_tit_for_tat,
    &ent_strategy_random,
    &ent_strategy_war,
};
const size_t ent_strategy_count = sizeof ent_strategies / sizeof *ent_strategies;

static const ent_strategy *find(ent_work *work, const char *name)
{
    const char **names = ent_alloc(work->arena, ent_strategy_count, const char *);
    for (size_t i = 0; i < ent_strategy_count; i++) {
        names[i] = ent_strategies[i]->name;
        if (strcmp(names[i], name) == 0) {
            return ent_strategies[i];
        }
    }
    const char *near = ent_nearest(name, names, ent_strategy_count);
    ent_fail(work->diags, ENT_USAGE, ENT_H101_NO_STRATEGY,
             near == NULL ? "`entente haggle --help` lists them"
                          : ent_format(work->arena, "did you mean `%s`?", near),
             "there is no strategy `%s`", name);
    return NULL;
}

static ent_status no_parameter(ent_work *work, const ent_strategy *strategy, const char *name)
{
    ent_buffer list = ent_buffer_init(work->arena, 0);
    for (uint32_t k = 0; k < strategy->parameter_count; k++) {
        ent_putf(&list, "%s`%s`", k == 0 ? "it has " : ", ", strategy->parameters[k].name);
    }
    return ent_fail(work->diags, ENT_USAGE, ENT_H102_PARAMETER,
                    strategy->parameter_count == 0 ? "it takes none" : ent_buffer_text(&list),
                    "the strategy `%s` has no parameter `%s`", strategy->name, name);
}

static bool read_value(const ent_strategy_parameter *p, const char *text, double *value)
{
    for (uint32_t w = 0; p->words != NULL && w <= (uint32_t)p->most; w++) {
        if (strcmp(p->words[w], text) == 0) {
            *value = w;
            return true;
        }
    }
    return p->words == NULL && ent_parse_number(text, strlen(text), value) &&
           *value >= p->least && *value <= p->most;
}

static ent_status bad_value(ent_work *work, const ent_strategy_parameter *p, const char *text)
{
    ent_buffer hint = ent_buffer_init(work->arena, 0);
    char least[ENT_NUMBER_ROOM], most[ENT_NUMBER_ROOM];
    if (p->words == NULL) {
        ent_putf(&hint, "a number from %s to %s", ent_number_text(p->least, least),
                 ent_number_text(p->most, most));
    }
    for (uint32_t w = 0; p->words != NULL && w <= (uint32_t)p->most; w++) {
        ent_putf(&hint, "%s`%s`", w == 0 ? "one of " : ", ", p->words[w]);
    }
    return ent_fail(work->diags, ENT_USAGE, ENT_H102_PARAMETER, ent_buffer_text(&hint),
                    "the parameter `%s` cannot be `%s`", p->name, text);
}

/* What every strategy takes: seconds of the clock. */
static ent_status read_cost(ent_work *work, const char *text, ent_chosen_strategy *chosen)
{
    const ent_strategy *s = chosen->strategy;
    bool outside = s->plugin != NULL || s->caller != NULL;
    if (ent_read_turn_cost(text, outside, &chosen->cost)) {
        return ENT_OK;
    }
    const char *hint = outside ? "seconds as 0.02, 0.01-0.05 (drawn evenly) or `real`"
                               : "seconds as 0.02 or 0.01-0.05 (drawn evenly); `real` is for "
                                 "strategies from outside";
    return ent_fail(work->diags, ENT_USAGE, ENT_H102_PARAMETER, hint,
                    "the parameter `step-cost` cannot be `%s`", text);
}

static ent_status read_parameter(ent_work *work, char *text, ent_chosen_strategy *chosen)
{
    const ent_strategy *strategy = chosen->strategy;
    char *value = strchr(text, '=');
    if (value == NULL) {
        return ent_fail(work->diags, ENT_USAGE, ENT_H102_PARAMETER,
                        "write name:key=value:key=value", "`%s` has no `=`", text);
    }
    *value++ = '\0';
    if (strcmp(text, "step-cost") == 0) {
        return read_cost(work, value, chosen);
    }
    for (uint32_t k = 0; k < strategy->parameter_count; k++) {
        const ent_strategy_parameter *p = &strategy->parameters[k];
        if (strcmp(p->name, text) == 0) {
            return read_value(p, value, &chosen->parameter[k]) ? ENT_OK
                                                               : bad_value(work, p, value);
        }
    }
    return no_parameter(work, strategy, text);
}

/* The calling program's strategy of that name, or NULL. */
static const ent_strategy *of_caller(ent_work *work, const char *name)
{
    for (size_t i = 0; i < work->caller_count; i++) {
        const ent_caller_strategy *caller = &work->callers[i];
        if (strcmp(caller->name, name) == 0) {
            ent_strategy *record = ent_alloc(work->arena, 1, ent_strategy);
            *record = (ent_strategy){.name = caller->name,
                                     .summary = "a strategy of the calling program",
                                     .caller = caller};
            return record;
        }
    }
    return NULL;
}

static ent_status choose(ent_work *work, const char *text, const ent_apart *apart,
                         ent_chosen_strategy *chosen)
{
    char *rest, *copy = ent_copy(work->arena, text);
    char *name = strtok_r(copy, ":", &rest);
    *chosen = (ent_chosen_strategy){.text = ent_copy(work->arena, text)};
    if (name != NULL && strchr(name, '/') != NULL) {
        ent_status loaded = ent_load_strategy(work, name, apart, &chosen->strategy);
        if (loaded != ENT_OK) {
            return loaded;
        }
    } else {
        chosen->strategy = of_caller(work, name == NULL ? "" : name);
        if (chosen->strategy == NULL) {
            chosen->strategy = find(work, name == NULL ? "" : name);
        }
    }
    if (chosen->strategy == NULL) {
        return ENT_USAGE;
    }
    for (uint32_t k = 0; k < chosen->strategy->parameter_count; k++) {
        chosen->parameter[k] = chosen->strategy->parameters[k].usual;
    }
    ent_status status = ENT_OK;
    for (char *part; status == ENT_OK && (part = strtok_r(NULL, ":", &rest)) != NULL;) {
        status = read_parameter(work, part, chosen);
    }
    return status;
}

ent_status ent_choose_strategy(ent_work *work, const char *text, ent_chosen_strategy *chosen)
{
    return choose(work, text, NULL, chosen);
}

ent_status ent_choose_apart(ent_work *work, const char *text, const ent_apart *apart,
                            const ent_chosen_strategy **chosen, size_t *count)
{
    char *rest, *copy = ent_copy(work->arena, text);
    ent_chosen_strategy *list = ent_alloc(work->arena, strlen(text) / 2 + 2, ent_chosen_strategy);
    ent_status status = ENT_OK;
    *count = 0;
    *chosen = list;
    for (char *part = strtok_r(copy, ",", &rest); part != NULL && status == ENT_OK;
         part = strtok_r(NULL, ",", &rest)) {
        status = choose(work, part, apart, &list[(*count)++]);
    }
    if (status == ENT_OK && apart != NULL) {
        status = ent_refuse_callers(work, list, *count, "a process apart");
    }
    return status;
}

ent_status ent_choose_strategies(ent_work *work, const char *text,
                                 const ent_chosen_strategy **chosen, size_t *count)
{
    return ent_choose_apart(work, text, NULL, chosen, count);
}

uint32_t ent_haggle_worst_of(const ent_haggler *h, uint32_t first, double want)
{
    const ent_haggle_side *side = h->side;
    uint32_t k = ent_haggle_position(side, side->top, want);
    k = k < first ? first : k;
    bool lower = k > first && want - side->sorted[k - 1] <= 1e-6 &&
                 (k == side->top || want - side->sorted[k - 1] < side->sorted[k] - want);
    k -= lower ? 1 : 0;
    return k < side->top ? side->order[k] : ENT_NO_ENTRY;
}

double ent_haggle_target(const ent_haggle_side *side, double aspiration)
{
    return aspiration * (side->most - side->floor) + side->floor;
}

const ent_haggle_offer *ent_haggle_last(const ent_haggler *h, bool own)
{
    for (uint32_t k = h->offer_count; k-- > 0;) {
        if ((h->offers[k].party == h->party) == own) {
            return &h->offers[k];
        }
    }
    return NULL;
}
