#include "answers/history.h"

#include "answers/scratch.h"
#include "answers/zone.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * A party's worlds under the statements about it that an account believes; draws are those of the
 * first account that believed the same then.
 */
typedef struct drawn {
    size_t account;
    uint32_t party;
    const bool *key; /* [statements] */
    ent_polytope polytope;
    ent_oracle *oracle;
    ent_world_set set;
} drawn;

/* What an account came to, under what. */
typedef struct outcome {
    size_t account;
    const drawn **parties; /* [parties] */
    const bool *lines;     /* [statements] believed, of those that rule packages out */
    ent_then then;
} outcome;

typedef struct past {
    ent_work *work;
    ent_work quiet; /* without a warning about each date's samples */
    const ent_analysis *now;
    const drawn **drawn;
    size_t drawn_count, drawn_room;
    const outcome **outcomes;
    size_t outcome_count, outcome_room;
} past;

/* ---- The dates ------------------------------------------------------------------------------ */

typedef struct dated {
    int64_t time;
    uint32_t statement;
} dated;

static int by_time(const void *left, const void *right)
{
    const dated *a = left;
    const dated *b = right;
    if (a->time != b->time) {
        return a->time < b->time ? -1 : 1;
    }
    return (a->statement > b->statement) - (a->statement < b->statement);
}

static ent_history_date *find_dates(ent_arena *arena, const ent_analysis *now, size_t *count)
{
    const ent_case *c = now->c;
    const ent_settings *settings = &now->settings;
    dated *order = ent_alloc(arena, c->statement_count + 1, dated);
    uint32_t *sorted = ent_alloc(arena, c->statement_count + 1, uint32_t);
    size_t n = 0;
    for (uint32_t s = 0; s < c->statement_count; s++) {
        const ent_statement *statement = &c->statements[s];
        bool without = false;
        for (size_t i = 0; i < settings->without_count; i++) {
            without = without || settings->without[i] == s;
        }
        if (statement->date != NULL && statement->said.last != INT64_MIN &&
            statement->said.last <= settings->as_of && !without) {
            order[n++] = (dated){statement->said.last, s};
        }
    }
    qsort(order, n, sizeof *order, by_time);
    ent_history_date *dates = ent_alloc(arena, n + 1, ent_history_date);
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        sorted[i] = order[i].statement;
        if (i == 0 || order[i].time != order[i - 1].time) {
            dates[(*count)++] = (ent_history_date){.text = c->statements[sorted[i]].date,
                                                   .time = order[i].time,
                                                   .added = sorted + i};
        }
        dates[*count - 1].added_count++;
    }
    return dates;
}

/* ---- An account then ------------------------------------------------------------------------ */

/* Which believed statements put rows on the party (ENT_NONE: rule packages out). */
static const bool *key_of(ent_arena *arena, const ent_case *c, const bool *in, uint32_t party)
{
    bool *key = ent_alloc(arena, c->statement_count + 1, bool);
    for (uint32_t s = 0; s < c->statement_count; s++) {
        for (size_t i = 0; in[s] && i < c->statements[s].claim_count; i++) {
            const ent_claim *claim = &c->statements[s].claims[i];
            key[s] = key[s] || (party == ENT_NONE
                                    ? ent_verbs[claim->verb].line != ENT_LINE_NONE
                                    : claim->party == party && ent_verb_has_rows(claim->verb));
        }
    }
    return key;
}

static bool same_key(const ent_case *c, const bool *a, const bool *b)
{
    return memcmp(a, b, c->statement_count * sizeof *a) == 0;
}

/* Neither zone nor best package hangs on observers who sit on no council. */
static bool has_say(const ent_analysis *then, uint32_t party)
{
    return then->c->parties[party].role != ENT_OBSERVER ||
           (then->councils.members >> party & 1) != 0;
}

static ent_status draw(past *p, const ent_analysis *then, size_t account, uint32_t party,
                       const drawn **found)
{
    const ent_case *c = then->c;
    ent_arena *arena = p->work->arena;
    const bool *in = then->accounts.at[account].in;
    size_t first = then->accounts.at[account].same_as; /* whose draws these are */
    const bool *key = key_of(arena, c, in, party);
    for (size_t i = 0; i < p->drawn_count; i++) {
        *found = p->drawn[i];
        if ((*found)->account == first && (*found)->party == party &&
            same_key(c, (*found)->key, key)) {
            return ENT_OK;
        }
    }
    drawn *d = ent_alloc(arena, 1, drawn);
    *found = d;
    ent_grow(arena, (void **)&p->drawn, &p->drawn_room, p->drawn_count + 1, sizeof *p->drawn);
    p->drawn[p->drawn_count++] = d;
    ent_account_worlds worlds = {.polytopes = ent_alloc(arena, c->party_count, ent_polytope),
                                 .oracles = ent_alloc(arena, c->party_count, ent_oracle *),
                                 .sets = ent_alloc(arena, c->party_count, ent_world_set)};
    worlds.polytopes[party] = ent_polytope_of(arena, c, then->stakes[party], in);
    ent_status status = ENT_OK;
    if (has_say(then, party)) {
        status = ent_draw_party(&p->quiet, then, account, party, &worlds);
    } else {
        worlds.oracles[party] = ent_oracle_of(arena, &worlds.polytopes[party], NULL);
    }
    *d = (drawn){first, party, key, worlds.polytopes[party], worlds.oracles[party],
                 worlds.sets[party]};
    return status;
}

/* The account's worlds then: those at hand, or new ones. */
static ent_status set_worlds(past *p, const ent_analysis *then, size_t account,
                             ent_account_worlds *worlds, outcome *o)
{
    const ent_case *c = then->c;
    ent_arena *arena = p->work->arena;
    const bool *in = then->accounts.at[account].in;
    *worlds = (ent_account_worlds){.account = &then->accounts.at[account],
                                   .polytopes = ent_alloc(arena, c->party_count, ent_polytope),
                                   .oracles = ent_alloc(arena, c->party_count, ent_oracle *),
                                   .sets = ent_alloc(arena, c->party_count, ent_world_set),
                                   .bans = ent_bans_of(arena, c, in),
                                   .lines = ent_lines_of(arena, c, in)};
    o->account = then->accounts.at[account].same_as;
    o->parties = ent_alloc(arena, c->party_count, const drawn *);
    o->lines = key_of(arena, c, in, ENT_NONE);
    for (uint32_t q = 0; q < c->party_count; q++) {
        ent_status status = draw(p, then, account, q, &o->parties[q]);
        if (status != ENT_OK) {
            return status;
        }
        worlds->polytopes[q] = o->parties[q]->polytope;
        worlds->oracles[q] = o->parties[q]->oracle;
        worlds->sets[q] = o->parties[q]->set;
    }
    return ENT_OK;
}

static const outcome *known_outcome(const past *p, const outcome *o)
{
    const ent_case *c = p->now->c;
    for (size_t i = 0; i < p->outcome_count; i++) {
        const outcome *other = p->outcomes[i];
        if (other->account == o->account && same_key(c, other->lines, o->lines) &&
            memcmp(other->parties, o->parties, c->party_count * sizeof(void *)) == 0) {
            return other;
        }
    }
    return NULL;
}

/* The zone and best package in memory that goes when they are known. */
typedef struct look {
    const ent_analysis *then;
    size_t account;
    uint64_t *levels; /* [issues] room for the best package */
    ent_then *found;
} look;

static ent_status look_up(ent_work *work, void *argument)
{
    look *l = argument;
    ent_best best = {.method = ENT_BY_SWEEP};
    ent_status status;
    const ent_deal *deal;
    if (ent_can_sweep(l->then)) {
        ent_tally tally;
        status = ent_tally_zone(work, l->then, l->account, &tally);
        ent_judge judge = ent_judge_of(work->arena, l->then, l->account);
        deal = status == ENT_OK ? ent_best_deal(work, &tally) : NULL;
        best.zone = status == ENT_OK ? ent_zone_of_tally(work->arena, &tally, deal, &judge)
                                     : best.zone;
    } else {
        status = ent_best_of(work, l->then, l->account, &best);
        deal = &best.deal;
    }
    if (status != ENT_OK) {
        return status;
    }
    l->found->zone = best.zone.share;
    l->found->error = best.zone.error;
    if (deal != NULL && deal->levels != NULL && deal->joint > 0) {
        memcpy(l->levels, deal->levels, l->then->c->space.issue_count * sizeof *l->levels);
        l->found->levels = l->levels;
        l->found->best = deal->joint;
    }
    return ENT_OK;
}

static ent_status find_outcome(past *p, const ent_analysis *then, size_t account, outcome *o)
{
    ent_arena *arena = p->work->arena;
    look l = {then, account, ent_alloc(arena, then->c->space.issue_count + 1, uint64_t), &o->then};
    ent_grow(arena, (void **)&p->outcomes, &p->outcome_room, p->outcome_count + 1,
             sizeof *p->outcomes);
    ent_status status = ent_with_scratch(&p->quiet, look_up, &l);
    p->outcomes[p->outcome_count++] = o;
    return status;
}

static ent_status account_then(past *p, const ent_analysis *then, size_t account, ent_then *result)
{
    const char *asked = then->settings.account;
    const ent_account *of = &then->accounts.at[account];
    *result = (ent_then){.asked = asked == NULL || strcmp(asked, of->id) == 0,
                         .consistent = of->consistent, .zone = (double)NAN,
                         .error = (double)NAN, .best = (double)NAN};
    if (!result->asked || !result->consistent) {
        return ENT_OK;
    }
    outcome *o = ent_alloc(p->work->arena, 1, outcome);
    o->then = *result;
    o->then.best = 0;
    ent_status status = set_worlds(p, then, account, &then->worlds[account], o);
    const outcome *known = status == ENT_OK ? known_outcome(p, o) : NULL;
    if (known != NULL) {
        *result = known->then;
        return ENT_OK;
    }
    if (status == ENT_OK) {
        status = find_outcome(p, then, account, o);
    }
    *result = o->then;
    return status;
}

/* Statements that are in the one and not in the other; before NULL: nothing was believed. */
static const uint32_t *gained(ent_arena *arena, const ent_case *c, const bool *now,
                              const bool *before, size_t *count)
{
    uint32_t *at = ent_alloc(arena, c->statement_count + 1, uint32_t);
    *count = 0;
    for (uint32_t s = 0; now != NULL && s < c->statement_count; s++) {
        if (now[s] && (before == NULL || !before[s])) {
            at[(*count)++] = s;
        }
    }
    return at;
}

/* One date: every account then, and what it believes that it did not before. */
static ent_status find_date(past *p, ent_history_date *date, const bool **before)
{
    const ent_case *c = p->now->c;
    ent_arena *arena = p->work->arena;
    ent_settings settings = p->now->settings;
    ent_analysis *then = ent_alloc(arena, 1, ent_analysis);
    settings.as_of = date->time;
    ent_status status = ent_analyse_accounts(&p->quiet, c, &settings, then);
    if (status != ENT_OK) {
        return status;
    }
    then->worlds = ent_alloc(arena, then->accounts.count + 1, ent_account_worlds);
    then->kept = ent_alloc(arena, then->accounts.count + 1, ent_kept);
    ent_then *accounts = ent_alloc(arena, then->accounts.count + 1, ent_then);
    for (size_t i = 0; i < then->accounts.count && status == ENT_OK; i++) {
        status = account_then(p, then, i, &accounts[i]);
        const bool *in = then->accounts.at[i].in;
        accounts[i].joined = gained(arena, c, in, before[i], &accounts[i].joined_count);
        accounts[i].left = gained(arena, c, before[i], in, &accounts[i].left_count);
        before[i] = in;
    }
    date->accounts = accounts;
    return status;
}

static void destroy_diags(void *diags)
{
    ent_diags_destroy(diags);
}

ent_status ent_answer_history(ent_work *work, const ent_analysis *analysis, ent_history *history)
{
    past p = {.work = work, .quiet = *work, .now = analysis};
    p.quiet.diags = ent_diags_create();
    if (p.quiet.diags == NULL) {
        ent_out_of_memory(work->arena);
    }
    ent_defer(work->arena, destroy_diags, p.quiet.diags);
    ent_history_date *dates = find_dates(work->arena, analysis, &history->count);
    const bool **before = ent_alloc(work->arena, analysis->accounts.count + 1, const bool *);
    history->dates = dates;
    for (size_t i = 0; i < history->count; i++) {
        ent_status status = find_date(&p, &dates[i], before);
        if (status == ENT_OK && ent_tick(work, "dates", i + 1, history->count)) {
            status = ENT_CANCELLED;
        }
        if (status != ENT_OK) {
            history->count = i;
            return status;
        }
    }
    return ENT_OK;
}
