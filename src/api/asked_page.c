#include "api/asked_page.h"

#include <string.h>

enum { TOGGLE_WORLDS = 4000 };

/* A limit that one answer reached does not keep the others from being given. */
static bool goes_on(ent_status status)
{
    return status == ENT_OK || status == ENT_LIMIT;
}

static ent_status picture_of(ent_work *work, const ent_analysis *analysis, size_t account,
                             const ent_picture_request *request, const ent_picture **picture)
{
    ent_picture *made = ent_alloc(work->arena, 1, ent_picture);
    ent_tally tally;
    bool sweep = ent_can_sweep(analysis);
    ent_status status =
        sweep ? ent_tally_account(work, analysis, account, &tally) : ENT_OK;
    if (status == ENT_OK) {
        status = ent_make_picture(work, analysis, account, sweep ? &tally : NULL, request, made);
        *picture = made;
    }
    return status;
}

/* ---- Exchange maps -------------------------------------------------------------------------- */

/* By importance, then by every metric of the case; by parts where there is no metric. */
static ent_status maps_of(ent_work *work, const ent_analysis *analysis, size_t account,
                          const ent_tally *tally, ent_page_account *here)
{
    const ent_case *c = analysis->c;
    ent_exchange *maps = ent_alloc(work->arena, c->metric_count + 2, ent_exchange);
    ent_status status = ENT_OK;
    for (uint32_t m = 0; m < c->metric_count + 2 && goes_on(status); m++) {
        ent_exchange_request request = {.a = ENT_NONE, .b = ENT_NONE};
        request.measure = m == 0                    ? (ent_measure){ENT_SCOPE_IMPORTANCE, 0}
                          : m <= c->metric_count ? (ent_measure){ENT_SCOPE_METRIC, m - 1}
                                                    : (ent_measure){ENT_SCOPE_PARTS, 0};
        ent_exchange *map = &maps[here->map_count];
        status = ent_answer_exchange(work, analysis, account, tally, &request, map);
        bool says = map->x.measure.scope == request.measure.scope ||
                    map->y.measure.scope == request.measure.scope;
        here->map_count += goes_on(status) && says;
    }
    here->maps = maps;
    return status;
}

/* ---- One account ---------------------------------------------------------------------------- */

static ent_status answer_rest(ent_work *work, const ent_analysis *analysis, size_t account,
                              const ent_disputes *disputes, const ent_tally *tally,
                              ent_page_account *here)
{
    ent_bridge *bridge = ent_alloc(work->arena, 1, ent_bridge);
    ent_influence *influence = ent_alloc(work->arena, 1, ent_influence);
    ent_status status = maps_of(work, analysis, account, tally, here);
    if (goes_on(status)) {
        status = ent_answer_bridge(work, analysis, account, bridge);
        here->bridge = bridge;
    }
    if (goes_on(status)) {
        status = ent_answer_influence(work, analysis, account, disputes, influence);
        here->influence = influence;
    }
    return status;
}

static ent_status answer_account(ent_work *work, const ent_analysis *analysis, size_t account,
                                 const ent_disputes *disputes, bool light, ent_page_account *here)
{
    const ent_picture_request request = {.frontier = 200, .others = 160, .verdicts = true};
    ent_picture *picture = ent_alloc(work->arena, 1, ent_picture);
    ent_tally swept;
    const ent_tally *tally = NULL;
    if (ent_can_sweep(analysis)) {
        ent_status status = ent_tally_account(work, analysis, account, &swept);
        if (status != ENT_OK) {
            return status;
        }
        tally = &swept;
    }
    ent_status status = ent_make_picture(work, analysis, account, tally, &request, picture);
    here->picture = picture;
    return goes_on(status) && !light
               ? answer_rest(work, analysis, account, disputes, tally, here)
               : status;
}

/* ---- Toggles -------------------------------------------------------------------------------- */

typedef struct toggling {
    ent_work *work;
    const ent_page *page;
    ent_page_account *accounts;
    ent_page_toggle **toggles; /* [accounts] */
    size_t done, all;
} toggling;

/* The account under the switched record, if it is asked about. */
static ent_status add_toggle(toggling *t, const ent_analysis *other, size_t account,
                             ent_switch kind, uint32_t statement)
{
    const ent_picture_request request = {.frontier = 60};
    const ent_account *grown = &other->accounts.at[account];
    ent_page_account *here = &t->accounts[account];
    ent_page_toggle *toggle = &t->toggles[account][here->toggle_count];
    *toggle = (ent_page_toggle){kind, statement, grown->consistent, grown->in, NULL};
    ent_status status = ENT_OK;
    if (grown->consistent) {
        status = picture_of(t->work, other, account, &request, &toggle->picture);
    }
    here->toggle_count += goes_on(status);
    return status;
}

/* Analyse the switched record once for all accounts that are asked about. */
static ent_status switch_record(toggling *t, const ent_settings *settings, ent_switch kind,
                                uint32_t statement, const bool *asked)
{
    const ent_analysis *base = t->page->analysis;
    ent_analysis other;
    ent_status status = ent_analyse(t->work, base->c, settings, &other);
    for (size_t i = 0; i < other.accounts.count && goes_on(status); i++) {
        if (asked[i]) {
            status = add_toggle(t, &other, i, kind, statement);
        }
    }
    if (goes_on(status) && ent_tick(t->work, "switched records", ++t->done, t->all)) {
        status = ENT_CANCELLED;
    }
    return status;
}

/* The settings with one more statement with or without; asked about by which accounts. */
static ent_status switch_statement(toggling *t, uint32_t statement, ent_switch kind)
{
    const ent_analysis *base = t->page->analysis;
    size_t count = base->accounts.count;
    bool *asked = ent_alloc(t->work->arena, count + 1, bool);
    ent_settings settings = base->settings;
    size_t asking = 0;
    for (size_t i = 0; i < count; i++) {
        const ent_account *account = &base->accounts.at[i];
        bool in = account->in[statement];
        asked[i] = t->accounts[i].picture != NULL && in == (kind == ENT_SWITCH_WITHOUT);
        settings.account = asked[i] ? account->id : settings.account;
        asking += asked[i];
    }
    if (asking == 0) {
        return ENT_OK;
    }
    settings.account = asking > 1 ? base->settings.account : settings.account;
    settings.worlds = t->page->toggle_worlds;
    size_t *had = kind == ENT_SWITCH_WITH ? &settings.with_count : &settings.without_count;
    const uint32_t **list = kind == ENT_SWITCH_WITH ? &settings.with : &settings.without;
    uint32_t *longer = ent_alloc(t->work->arena, *had + 1, uint32_t);
    if (*had > 0) {
        memcpy(longer, *list, *had * sizeof *longer);
    }
    longer[(*had)++] = statement;
    *list = longer;
    return switch_record(t, &settings, kind, statement, asked);
}

/* The record as it stood at the end of the day on which the statement was made. */
static ent_status go_back(toggling *t, uint32_t statement, int64_t end)
{
    const ent_analysis *base = t->page->analysis;
    ent_settings settings = base->settings;
    settings.as_of = end;
    settings.worlds = t->page->toggle_worlds;
    bool *asked = ent_alloc(t->work->arena, base->accounts.count + 1, bool);
    for (size_t i = 0; i < base->accounts.count; i++) {
        asked[i] = t->accounts[i].picture != NULL;
    }
    return switch_record(t, &settings, ENT_SWITCH_AS_OF, statement, asked);
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

enum { MOST_DAYS = 12 };

/* Days on which something was claimed, each once, the last one aside: then all is said. */
static size_t days_of(const ent_page *page, uint32_t statements[MOST_DAYS],
                      int64_t ends[MOST_DAYS])
{
    const ent_case *c = page->analysis->c;
    size_t count = 0;
    int64_t last = INT64_MIN;
    for (uint32_t s = 0; s < c->statement_count; s++) {
        char day[11];
        int64_t end;
        if (c->statements[s].claim_count == 0 || !page->analysis->on[s] ||
            !day_of(&c->statements[s], day, &end)) {
            continue;
        }
        last = end > last ? end : last;
        bool known = false;
        for (size_t i = 0; i < count; i++) {
            known = known || ends[i] == end;
        }
        if (!known && count < MOST_DAYS) {
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

static ent_status toggle_all(ent_work *work, const ent_page *page, ent_page_account *accounts)
{
    const ent_analysis *analysis = page->analysis;
    const ent_case *c = analysis->c;
    uint32_t days[MOST_DAYS];
    int64_t ends[MOST_DAYS];
    toggling t = {.work = work, .page = page, .accounts = accounts};
    t.toggles = ent_alloc(work->arena, analysis->accounts.count + 1, ent_page_toggle *);
    t.all = c->statement_count;
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        t.toggles[i] =
            ent_alloc(work->arena, c->statement_count + MOST_DAYS + 1, ent_page_toggle);
        accounts[i].toggles = t.toggles[i];
    }
    ent_status status = ENT_OK;
    for (uint32_t s = 0; s < c->statement_count && goes_on(status); s++) {
        if (analysis->on[s] && c->statements[s].claim_count > 0) {
            status = switch_statement(&t, s, ENT_SWITCH_WITHOUT);
            status = goes_on(status) ? switch_statement(&t, s, ENT_SWITCH_WITH) : status;
        }
    }
    size_t count = days_of(page, days, ends);
    for (size_t d = 0; d < count && goes_on(status); d++) {
        status = go_back(&t, days[d], ends[d]);
    }
    return status;
}

/* ---- The page ------------------------------------------------------------------------------- */

ent_status ent_asked_page(ent_asking *asking, ent_page_wish wish, ent_page *page)
{
    ent_work *work = asking->work;
    ent_analysis *analysis = ent_alloc(work->arena, 1, ent_analysis);
    ent_disputes *disputes = ent_alloc(work->arena, 1, ent_disputes);
    *page = (ent_page){.analysis = analysis, .disputes = disputes};
    ent_status status = ent_asked_analysis(asking, analysis);
    if (status == ENT_OK) {
        status = ent_find_disputes(work, analysis->c, analysis->on,
                                   (ent_dispute_limits){.disputes = 200}, disputes);
    }
    if (goes_on(status)) {
        status = ent_consistent(work, analysis->c, analysis->on, &page->both_consistent,
                                &page->both_dispute);
    }
    uint32_t worlds = analysis->settings.worlds;
    page->toggle_worlds = worlds < TOGGLE_WORLDS ? worlds : TOGGLE_WORLDS;
    ent_page_account *accounts =
        ent_alloc(work->arena, analysis->accounts.count + 1, ent_page_account);
    page->accounts = accounts;
    for (size_t i = 0; i < analysis->accounts.count && goes_on(status); i++) {
        if (analysis->worlds[i].account != NULL) {
            status = answer_account(work, analysis, i, disputes, wish.light, &accounts[i]);
        }
    }
    return goes_on(status) && wish.toggles ? toggle_all(work, page, accounts) : status;
}
