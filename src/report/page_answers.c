#include "report/doubts.h"
#include "report/exchange.h"
#include "report/page_parts.h"

#include <math.h>
#include <string.h>

static void put_big(ent_json *json, const char *key, uint64_t count, bool known)
{
    ent_json_text(json, key,
                  known ? ent_format(json->out->arena, "%llu", (unsigned long long)count) : NULL);
}

/* ---- Pictures ------------------------------------------------------------------------------- */

/* [outcome, flags, joint share, share of each voter ..., verdict letters] */
static void put_deal(ent_json *json, const char *key, ent_numbering *n,
                     const ent_picture *picture, const ent_deal *deal, bool described)
{
    char letters[ENT_MOST_VOTERS + 1] = "";
    ent_json_open_list(json, key);
    ent_json_count(json, NULL, ent_number_outcome(n, deal->levels));
    ent_json_count(json, NULL,
                   (deal->frontier ? 1U : 0) | (described ? 2U : 0) | (deal->available ? 4U : 0));
    ent_json_number(json, NULL, ent_round_share(deal->joint));
    for (size_t v = 0; v < picture->voter_count; v++) {
        uint32_t party = picture->voters[v];
        ent_json_number(json, NULL, ent_round_share(deal->shares[party]));
        if (deal->verdicts != NULL && v < ENT_MOST_VOTERS) {
            letters[v] = deal->verdicts[party] == ENT_NECESSARY    ? 'n'
                         : deal->verdicts[party] == ENT_IMPOSSIBLE ? 'i'
                                                                   : 'p';
        }
    }
    if (letters[0] != '\0') {
        ent_json_text(json, NULL, letters);
    }
    ent_json_close_list(json);
}

static void put_zone(ent_json *json, const char *key, const ent_zone *zone)
{
    ent_json_open_map(json, key);
    ent_json_number(json, "share", zone->share);
    ent_json_number(json, "error", zone->error);
    ent_json_number(json, "low", zone->ranged ? zone->low : zone->share);
    ent_json_number(json, "high", zone->ranged ? zone->high : zone->share);
    ent_json_bool(json, "impossible", zone->impossible);
    ent_json_close_map(json);
}

static void put_picture(ent_json *json, ent_numbering *n, const ent_page *page, size_t account,
                        const ent_picture *picture)
{
    if (picture == NULL) {
        ent_json_null(json, "picture");
        return;
    }
    const ent_deals *deals = &picture->deals;
    ent_json_open_map(json, "picture");
    ent_json_count(json, "worlds", picture->worlds);
    put_zone(json, "zone", &deals->zone);
    ent_json_number(json, "best", picture->count > 0 ? picture->at[0].deal.joint : 0);
    ent_json_text(json, "method", deals->method == ENT_BY_SWEEP ? "sweep" : "search");
    ent_json_bool(json, "proved", deals->proved);
    put_big(json, "outcomes", deals->outcomes, deals->outcomes != UINT64_MAX);
    put_big(json, "available", deals->available, deals->available > 0);
    ent_json_number(json, "effective", round(picture->effective));
    ent_json_bool(json, "poor", picture->poor);
    ent_doubts doubts =
        ent_doubts_of(json->out->arena, page->analysis, account, &deals->zone, false);
    ent_json_doubts(json, page->analysis, &doubts);
    ent_json_indices(json, "voters", picture->voters, picture->voter_count);
    ent_json_open_list(json, "deals");
    for (size_t i = 0; i < picture->count; i++) {
        put_deal(json, NULL, n, picture, &picture->at[i].deal, picture->at[i].described);
    }
    ent_json_close_list(json);
    ent_json_close_map(json);
}

/* ---- The answers ---------------------------------------------------------------------------- */

static void put_moves(ent_json *json, const ent_crossing *crossing)
{
    ent_json_open_list(json, "moves");
    for (size_t i = 0; i < crossing->count; i++) {
        const ent_move *m = &crossing->moves[i];
        ent_json_open_map(json, NULL);
        ent_json_count(json, "issue", m->issue);
        ent_json_index(json, "item", m->item);
        ent_json_count(json, "from", m->from);
        ent_json_count(json, "to", m->to);
        ent_json_index(json, "mover", m->mover);
        ent_json_number(json, "cost", ent_round_share(m->cost));
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void put_deal_at(ent_json *json, const char *key, ent_numbering *n, const ent_page *page,
                        const ent_picture *picture, const ent_deal *deal)
{
    const ent_case *c = page->analysis->c;
    if (deal->levels == NULL) {
        ent_json_null(json, key);
        return;
    }
    bool described = false;
    uint64_t *levels = ent_alloc(n->arena, n->issues + 1, uint64_t);
    for (size_t i = 0; i < c->package_count && !described; i++) {
        ent_package_outcome(&c->space, &c->packages[i], levels);
        described = memcmp(levels, deal->levels, n->issues * sizeof *levels) == 0;
    }
    put_deal(json, key, n, picture, deal, described);
}

static void put_crossings(ent_json *json, const char *key, ent_numbering *n, const ent_page *page,
                          const ent_picture *picture, const ent_crossing *at, size_t count)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < count && i < 12; i++) {
        ent_json_open_map(json, NULL);
        ent_json_count(json, "from", at[i].from);
        put_deal_at(json, "deal", n, page, picture, &at[i].deal);
        put_moves(json, &at[i]);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void put_positions(ent_json *json, ent_numbering *n, const ent_page *page,
                          const ent_picture *picture, const ent_bridge *bridge)
{
    ent_json_open_list(json, "positions");
    for (size_t i = 0; i < bridge->position_count; i++) {
        const ent_position *p = &bridge->positions[i];
        ent_json_open_map(json, NULL);
        ent_json_count(json, "party", p->party);
        ent_json_index(json, "statement", p->statement);
        ent_json_index(json, "claim", p->claim);
        ent_json_bool(json, "own", p->own);
        put_deal_at(json, "deal", n, page, picture, &p->deal);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void put_change(ent_json *json, ent_numbering *n, const ent_page *page,
                       const ent_picture *picture, const ent_record_change *x)
{
    size_t without = 0;
    while (without < 2 && x->without[without] != ENT_NONE) {
        without++;
    }
    ent_json_open_map(json, NULL);
    ent_json_indices(json, "without", x->without, without);
    ent_json_index(json, "with", x->with);
    ent_json_index(json, "party", x->party);
    ent_json_number(json, "reservation",
                    x->party == ENT_NONE ? (double)NAN : ent_round_share(x->reservation));
    put_deal_at(json, "deal", n, page, picture, &x->deal);
    ent_json_number(json, "zone", ent_round_share(x->zone));
    ent_json_bool(json, "opens", x->opens);
    ent_json_close_map(json);
}

static void put_bridge(ent_json *json, ent_numbering *n, const ent_page *page,
                       const ent_picture *picture, const ent_bridge *bridge)
{
    ent_json_open_map(json, "bridge");
    ent_json_number(json, "threshold", bridge->threshold);
    put_positions(json, n, page, picture, bridge);
    put_crossings(json, "crossings", n, page, picture, bridge->crossings, bridge->crossing_count);
    put_crossings(json, "smallest", n, page, picture, bridge->smallest, bridge->smallest_count);
    ent_json_open_list(json, "changes");
    for (size_t i = 0; i < bridge->change_count && i < 8; i++) {
        put_change(json, n, page, picture, &bridge->changes[i]);
    }
    ent_json_close_list(json);
    ent_json_count(json, "change_worlds", bridge->change_worlds);
    ent_json_close_map(json);
}

/*
 * Changes are told by few worlds, the level by the many of the picture (see the toggles): so the
 * shares here are the picture's share and the change.
 */
static void put_effect(ent_json *json, const char *key, const ent_toggle *t, double base)
{
    if (!t->asked) {
        ent_json_null(json, key);
        return;
    }
    double share = t->share > 0 ? fmax(0, fmin(1, base + t->change)) : t->share;
    ent_json_open_map(json, key);
    ent_json_bool(json, "consistent", t->consistent);
    ent_json_number(json, "share", ent_round_share(share));
    ent_json_number(json, "change", ent_round_share(share - base));
    ent_json_number(json, "error", ent_round_share(t->error));
    ent_json_close_map(json);
}

static void put_influence(ent_json *json, const ent_influence *influence,
                          const ent_picture *picture)
{
    const ent_zone *zone = &picture->deals.zone;
    ent_json_open_map(json, "influence");
    ent_json_count(json, "worlds", influence->worlds);
    put_zone(json, "base", zone);
    ent_json_open_list(json, "rows");
    for (size_t i = 0; i < influence->row_count; i++) {
        const ent_influence_row *row = &influence->rows[i];
        ent_json_open_map(json, NULL);
        ent_json_count(json, "statement", row->statement);
        ent_json_bool(json, "in", row->in);
        put_effect(json, "without", &row->without, zone->share);
        put_effect(json, "with", &row->with, zone->share);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_close_map(json);
}

static void put_maps(ent_json *json, const ent_case *c, const ent_page_account *account)
{
    ent_json_open_list(json, "exchange");
    for (size_t i = 0; i < account->map_count; i++) {
        const ent_exchange_map *map = &account->maps[i];
        const ent_axis *axis = map->x.measure.scope == ENT_SCOPE_METRIC ? &map->x : &map->y;
        ent_json_open_map(json, NULL);
        ent_json_text(json, "measure", ent_measure_name(c, axis->measure));
        ent_json_exchange(json, c, map);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

void ent_put_page_answers(ent_json *json, ent_numbering *n, const ent_page *page, size_t account)
{
    const ent_case *c = page->analysis->c;
    const ent_page_account *here = &page->accounts[account];
    if (!page->piece) {
        put_picture(json, n, page, account, here->picture);
    }
    if (here->bridge != NULL && page->parts & ENT_PART_BRIDGE) {
        put_bridge(json, n, page, here->picture, here->bridge);
    }
    if (here->influence != NULL) {
        put_influence(json, here->influence, here->picture);
    }
    if (page->parts & ENT_PART_EXCHANGE) {
        put_maps(json, c, here);
    }
    ent_put_page_steps(json, n, page, account);
}
