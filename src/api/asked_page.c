#include "api/asked_page.h"

#include "answers/regrow.h"

#include <string.h>

/* A limit that one answer reached does not keep the others from being given. */
static bool goes_on(ent_status status)
{
    return status == ENT_OK || status == ENT_LIMIT;
}

/* ---- Exchange maps -------------------------------------------------------------------------- */

/* By importance, then by every metric of the case; by parts where there is no metric. */
static ent_status maps_of(ent_work *work, const ent_analysis *analysis, size_t account,
                          const ent_tally *tally, ent_page_account *here)
{
    const ent_case *c = analysis->c;
    ent_exchange_map *maps = ent_alloc(work->arena, c->metric_count + 2, ent_exchange_map);
    ent_status status = ENT_OK;
    for (uint32_t m = 0; m < c->metric_count + 2 && goes_on(status); m++) {
        ent_exchange_request request = {.a = ENT_NONE, .b = ENT_NONE};
        request.measure = m == 0                    ? (ent_measure){ENT_SCOPE_IMPORTANCE, 0}
                          : m <= c->metric_count ? (ent_measure){ENT_SCOPE_METRIC, m - 1}
                                                    : (ent_measure){ENT_SCOPE_PARTS, 0};
        ent_exchange_map *map = &maps[here->map_count];
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
    if (goes_on(status)) {
        ent_status later = ent_asked_steps(work, analysis, account, here);
        status = later != ENT_OK ? later : status;
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
    const ent_analysis *analysis;
    size_t account;
    ent_page_account *here;
    ent_page_toggle *toggles;
    ent_regrower *regrower;
    bool *on, *forced; /* [statements] */
    double base;       /* zone share on the regrower's worlds */
} toggling;

/* The regrown account as an analysis of its own, for the answers to work on. */
static ent_analysis analysis_of(const toggling *t, const ent_regrown *regrown)
{
    const ent_analysis *base = t->analysis;
    ent_arena *arena = t->work->arena;
    uint32_t parties = base->c->party_count;
    ent_account_worlds *worlds = ent_alloc(arena, base->accounts.count, ent_account_worlds);
    ent_account_worlds *here = &worlds[t->account];
    *here = (ent_account_worlds){.account = base->worlds[t->account].account,
                                 .polytopes = ent_alloc(arena, parties, ent_polytope),
                                 .oracles = ent_alloc(arena, parties, ent_oracle *),
                                 .sets = ent_alloc(arena, parties, ent_world_set),
                                 .bans = regrown->bans};
    for (uint32_t p = 0; p < parties; p++) {
        here->sets[p] = base->worlds[t->account].sets[p];
        here->sets[p].worlds = t->regrower->worlds;
    }
    for (size_t v = 0; v < regrown->voters.count; v++) {
        uint32_t p = regrown->voters.party[v];
        here->sets[p] = *regrown->voters.at[v].set;
        for (size_t i = 0; i < t->regrower->drawn_count; i++) {
            if (t->regrower->drawn[i]->set == regrown->voters.at[v].set) {
                here->polytopes[p] = *t->regrower->drawn[i]->polytope;
                here->oracles[p] = t->regrower->drawn[i]->oracle;
            }
        }
    }
    ent_analysis other = *base;
    other.settings.worlds = t->regrower->worlds;
    other.worlds = worlds;
    return other;
}

/* Is it the account as it was, with the same worlds and bans? */
static bool unchanged(const toggling *t, const ent_regrown *regrown)
{
    const ent_regrown *base = &t->regrower->base;
    bool same = regrown->bans.count == base->bans.count;
    for (size_t i = 0; same && i < base->bans.count; i++) {
        same = regrown->bans.statement[i] == base->bans.statement[i];
    }
    for (size_t v = 0; same && v < base->voters.count; v++) {
        same = regrown->voters.at[v].set == base->voters.at[v].set;
    }
    return same;
}

static ent_status draw_toggle(toggling *t, const ent_regrown *regrown, ent_page_toggle *toggle)
{
    if (unchanged(t, regrown)) {
        toggle->picture = t->here->picture;
        return ENT_OK;
    }
    const ent_picture_request request = {.frontier = 60};
    ent_analysis other = analysis_of(t, regrown);
    ent_picture *picture = ent_alloc(t->work->arena, 1, ent_picture);
    ent_tally swept;
    bool sweep = ent_can_sweep(&other);
    ent_status status =
        sweep ? ent_tally_account(t->work, &other, t->account, &swept) : ENT_OK;
    if (status == ENT_OK) {
        status = ent_make_picture(t->work, &other, t->account, sweep ? &swept : NULL, &request,
                                  picture);
    }
    if (goes_on(status) && picture->deals.zone.share > 0 && t->base > 0) {
        /*
         * The change is what few worlds tell well, since most of them are the same before and
         * after; the level is what the many worlds of the whole picture tell.
         */
        double share = t->here->picture->deals.zone.share + picture->deals.zone.share - t->base;
        picture->deals.zone.share = share < 0 ? 0 : share > 1 ? 1 : share;
    }
    toggle->picture = picture;
    return status;
}

/* The account under t->on and t->forced. */
static ent_status add_toggle(toggling *t, ent_switch kind, uint32_t statement)
{
    ent_regrown regrown;
    ent_status status = ent_regrow(t->regrower, t->on, t->forced, &regrown);
    if (status != ENT_OK) {
        return status;
    }
    ent_page_toggle *toggle = &t->toggles[t->here->toggle_count++];
    *toggle = (ent_page_toggle){kind, statement, regrown.consistent, regrown.in, NULL};
    if (regrown.consistent) {
        status = draw_toggle(t, &regrown, toggle);
    }
    return goes_on(status) && ent_tick(t->work, "switched statements", t->here->toggle_count,
                                       t->analysis->c->statement_count)
               ? ENT_CANCELLED
               : status;
}

static void as_it_is(toggling *t)
{
    size_t count = t->analysis->c->statement_count;
    memcpy(t->on, t->analysis->on, count * sizeof *t->on);
    memcpy(t->forced, t->regrower->forced, count * sizeof *t->forced);
}

static ent_status switch_statement(toggling *t, uint32_t statement)
{
    bool in = t->analysis->accounts.at[t->account].in[statement];
    as_it_is(t);
    if (in) {
        t->on[statement] = t->forced[statement] = false;
    } else {
        t->forced[statement] = true;
    }
    return add_toggle(t, in ? ENT_SWITCH_WITHOUT : ENT_SWITCH_WITH, statement);
}

/* The record as it stood at the end of the day on which the statement was made. */
static ent_status go_back(toggling *t, uint32_t statement, int64_t end)
{
    as_it_is(t);
    bool *then = ent_alloc(t->work->arena, t->analysis->c->statement_count + 1, bool);
    ent_view_as_of(t->analysis->c, end, then);
    for (uint32_t s = 0; s < t->analysis->c->statement_count; s++) {
        t->on[s] = t->on[s] && then[s];
        t->forced[s] = t->forced[s] && then[s];
    }
    return add_toggle(t, ENT_SWITCH_AS_OF, statement);
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

static ent_status toggle_account(ent_work *work, const ent_page *page, size_t account,
                                 ent_page_account *here)
{
    const ent_case *c = page->analysis->c;
    uint32_t days[MOST_DAYS];
    int64_t ends[MOST_DAYS];
    toggling t = {.work = work, .analysis = page->analysis, .account = account, .here = here};
    t.toggles = ent_alloc(work->arena, c->statement_count + MOST_DAYS + 1, ent_page_toggle);
    t.regrower = ent_regrower_of(work, page->analysis, account);
    t.on = ent_alloc(work->arena, c->statement_count + 1, bool);
    t.forced = ent_alloc(work->arena, c->statement_count + 1, bool);
    here->toggles = t.toggles;
    ent_regrown base = t.regrower->base;
    ent_status status = ent_regrown_zone(t.regrower, &base);
    t.base = (double)base.zone_count / t.regrower->worlds;
    for (uint32_t s = 0; s < c->statement_count && goes_on(status); s++) {
        if (page->analysis->on[s] && c->statements[s].claim_count > 0) {
            status = switch_statement(&t, s);
        }
    }
    size_t count = days_of(page, days, ends);
    for (size_t d = 0; d < count && goes_on(status); d++) {
        status = go_back(&t, days[d], ends[d]);
    }
    return status;
}

static ent_status toggle_all(ent_work *work, const ent_page *page, ent_page_account *accounts)
{
    ent_status status = ENT_OK;
    for (size_t i = 0; i < page->analysis->accounts.count && goes_on(status); i++) {
        if (accounts[i].picture != NULL) {
            status = toggle_account(work, page, i, &accounts[i]);
        }
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
    page->toggle_worlds = worlds < ENT_REGROWN_WORLDS ? worlds : ENT_REGROWN_WORLDS;
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
