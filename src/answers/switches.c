#include "answers/switches.h"

#include "answers/variant.h"

#include <math.h>
#include <string.h>

typedef struct switching {
    ent_work *work;
    const ent_analysis *analysis;
    size_t account;
    const ent_picture *picture; /* of the account as it is */
    uint32_t worlds;
    ent_variant *base;
    ent_record_state record;
    ent_switched *list;
    size_t count, most;
} switching;

/* A limit that one answer reached does not keep the others from being given. */
static bool goes_on(ent_status status)
{
    return status == ENT_OK || status == ENT_LIMIT;
}

/* Its zone is headline and change, as everywhere, and not below its best package. */
static ent_status draw(switching *s, ent_variant *variant, ent_picture *picture)
{
    const ent_picture_request request = {.frontier = 60};
    const ent_tally *tally = NULL;
    ent_status status = ent_can_sweep(&variant->analysis)
                            ? ent_tally_of(s->work, &variant->analysis, s->account, &tally)
                            : ENT_OK;
    if (status == ENT_OK) {
        status = ent_make_picture(s->work, &variant->analysis, s->account, tally, &request,
                                  picture);
    }
    ent_status found = goes_on(status) ? ent_variant_zone(s->work, variant) : status;
    if (!goes_on(found)) {
        return found;
    }
    ent_shift shift = ent_zone_shift(&s->picture->deals.zone, s->base, variant);
    double best = picture->deals.count > 0 ? picture->deals.at[0].joint : 0;
    picture->deals.zone.share = fmax(shift.share, best);
    return status;
}

/* The account under the record as it now stands. */
static ent_status add(switching *s, ent_switch kind, uint32_t statement)
{
    ent_otherwise other = {
        .on = s->record.on, .forced = s->record.forced, .worlds = s->worlds};
    ent_variant *variant;
    ent_status status = ent_vary(s->work, s->analysis, s->account, &other, &variant);
    if (status != ENT_OK) {
        return status;
    }
    ent_switched *made = &s->list[s->count++];
    *made = (ent_switched){kind, statement, variant->consistent,
                           variant->analysis.accounts.at[s->account].in,
                           variant->same ? s->picture : NULL};
    if (variant->consistent && !variant->same) {
        ent_picture *picture = ent_alloc(s->work->arena, 1, ent_picture);
        status = draw(s, variant, picture);
        made->picture = picture;
    }
    return goes_on(status) && ent_tick(s->work, "switches", s->count, s->most)
               ? ENT_CANCELLED
               : status;
}

static ent_status switch_statement(switching *s, uint32_t statement)
{
    bool in = s->analysis->accounts.at[s->account].in[statement];
    ent_reset_record(s->analysis, &s->record);
    ent_switch_statement(&s->record, statement, in);
    return add(s, in ? ENT_SWITCH_WITHOUT : ENT_SWITCH_WITH, statement);
}

/* The record as it stood at the end of the day on which the statement was made. */
static ent_status go_back(switching *s, uint32_t statement, int64_t end)
{
    const ent_case *c = s->analysis->c;
    bool *then = ent_alloc(s->work->arena, (size_t)c->statement_count + 1, bool);
    ent_reset_record(s->analysis, &s->record);
    ent_view_as_of(c, end, then);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        s->record.on[i] = s->record.on[i] && then[i];
        s->record.forced[i] = s->record.forced[i] && then[i];
    }
    return add(s, ENT_SWITCH_AS_OF, statement);
}

static bool day_of(const ent_statement *s, char day[11], int64_t *end)
{
    int64_t start;
    if (s->date == NULL || strlen(s->date) < 10) {
        return false;
    }
    memcpy(day, s->date, 10);
    day[10] = '\0';
    return ent_parse_date(day, &start, end);
}

/* Days on which something was claimed, each once, the last one aside: then all is said. */
static size_t days_of(const ent_analysis *analysis, uint32_t statements[ENT_SWITCH_DAYS],
                      int64_t ends[ENT_SWITCH_DAYS])
{
    const ent_case *c = analysis->c;
    size_t count = 0;
    int64_t last = INT64_MIN;
    for (uint32_t s = 0; s < c->statement_count; s++) {
        char day[11];
        int64_t end;
        if (c->statements[s].claim_count == 0 || !analysis->on[s] ||
            !day_of(&c->statements[s], day, &end)) {
            continue;
        }
        last = end > last ? end : last;
        bool known = false;
        for (size_t i = 0; i < count; i++) {
            known = known || ends[i] == end;
        }
        if (!known && count < ENT_SWITCH_DAYS) {
            statements[count] = s;
            ends[count++] = end;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (ends[i] == last) {
            ends[i] = ends[--count];
            statements[i] = statements[count];
            break;
        }
    }
    return count;
}

ent_status ent_switch_each(ent_work *work, const ent_analysis *analysis, size_t account,
                           const ent_picture *picture, const ent_switched **list, size_t *count)
{
    const ent_case *c = analysis->c;
    uint32_t made_on[ENT_SWITCH_DAYS];
    int64_t ends[ENT_SWITCH_DAYS];
    switching s = {.work = work, .analysis = analysis, .account = account, .picture = picture};
    s.worlds = ent_budget_worlds(analysis, analysis->settings.budget.variants);
    s.record = ent_record_state_of(work->arena, analysis);
    s.list = ent_alloc(work->arena, (size_t)c->statement_count + ENT_SWITCH_DAYS + 1,
                       ent_switched);
    size_t days = days_of(analysis, made_on, ends);
    s.most = c->statement_count + days;
    ent_status status =
        ent_vary(work, analysis, account, &(ent_otherwise){.worlds = s.worlds}, &s.base);
    if (status == ENT_OK) {
        status = ent_variant_zone(work, s.base);
    }
    for (uint32_t i = 0; i < c->statement_count && goes_on(status); i++) {
        if (analysis->on[i] && c->statements[i].claim_count > 0) {
            status = switch_statement(&s, i);
        }
    }
    for (size_t d = 0; d < days && goes_on(status); d++) {
        status = go_back(&s, made_on[d], ends[d]);
    }
    *list = s.list;
    *count = s.count;
    return status;
}
