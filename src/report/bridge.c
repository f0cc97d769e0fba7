#include "report/bridge.h"

#include "report/doubts.h"
#include "base/number.h"

#include <math.h>

/* "Relief: from partial to full", "Relief: coal left out". */
static const char *move_text(ent_arena *arena, const ent_case *c, const ent_move *move)
{
    const ent_issue *issue = &c->space.issues[move->issue];
    if (move->item != ENT_NONE) {
        return ent_format(arena, "%s: %s %s", issue->name, issue->part_names[move->item],
                          move->to > move->from ? "added" : "left out");
    }
    return ent_format(arena, "%s: from %s to %s", issue->name,
                      ent_level_text(arena, issue, move->from, true),
                      ent_level_text(arena, issue, move->to, true));
}

static const char *mover_text(const ent_case *c, const ent_move *move)
{
    return move->mover == ENT_NONE ? "nobody" : c->parties[move->mover].name;
}

/* ---- JSON --------------------------------------------------------------------------------- */

static void put_level(ent_json *json, const char *key, const ent_case *c, const ent_move *move,
                      uint64_t level)
{
    const ent_issue *issue = &c->space.issues[move->issue];
    if (move->item != ENT_NONE) {
        ent_json_bool(json, key, level > 0);
    } else if (issue->kind == ENT_RANGE) {
        ent_json_number(json, key, ent_range_value(issue, level));
    } else {
        ent_json_text(json, key, ent_level_text(json->out->arena, issue, level, false));
    }
}

static void put_move_json(ent_json *json, const ent_case *c, const ent_move *move)
{
    const ent_issue *issue = &c->space.issues[move->issue];
    ent_json_open_map(json, NULL);
    ent_json_text(json, "issue", issue->id);
    ent_json_text(json, "item", move->item == ENT_NONE ? NULL : issue->part_ids[move->item]);
    put_level(json, "from", c, move, move->from);
    put_level(json, "to", c, move, move->to);
    ent_json_text(json, "mover", move->mover == ENT_NONE ? NULL : c->parties[move->mover].id);
    ent_json_number(json, "cost", move->cost);
    ent_json_text(json, "words", move_text(json->out->arena, c, move));
    ent_json_close_map(json);
}

static void put_crossings_json(ent_json *json, const char *key, const ent_case *c,
                               const ent_bridge *bridge, const ent_crossing *list, size_t count)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < count; i++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "from", c->parties[bridge->positions[list[i].from].party].id);
        ent_json_deal(json, c, &list[i].deal);
        ent_json_open_list(json, "moves");
        for (size_t m = 0; m < list[i].count; m++) {
            put_move_json(json, c, &list[i].moves[m]);
        }
        ent_json_close_list(json);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void put_position_json(ent_json *json, const ent_case *c, const ent_position *p)
{
    ent_json_open_map(json, NULL);
    ent_json_text(json, "party", c->parties[p->party].id);
    ent_json_text(json, "statement",
                  p->statement == ENT_NONE ? NULL : c->statements[p->statement].id);
    ent_json_bool(json, "own", p->own);
    ent_json_bool(json, "open", p->open);
    if (p->deal.levels != NULL) {
        ent_json_deal(json, c, &p->deal);
    }
    ent_json_close_map(json);
}

static void put_change_json(ent_json *json, const ent_case *c, const ent_record_change *change)
{
    ent_json_open_map(json, NULL);
    ent_json_open_list(json, "without");
    for (size_t i = 0; i < 2; i++) {
        if (change->without[i] != ENT_NONE) {
            ent_json_text(json, NULL, c->statements[change->without[i]].id);
        }
    }
    ent_json_close_list(json);
    ent_json_text(json, "with",
                  change->with == ENT_NONE ? NULL : c->statements[change->with].id);
    ent_json_text(json, "party", change->party == ENT_NONE ? NULL : c->parties[change->party].id);
    ent_json_number(json, "reservation", change->party == ENT_NONE ? (double)NAN
                                                                   : change->reservation);
    ent_json_number(json, "zone", change->zone);
    ent_json_bool(json, "opens", change->opens);
    if (change->deal.levels != NULL) {
        ent_json_deal(json, c, &change->deal);
    }
    ent_json_close_map(json);
}

static void put_account_json(ent_json *json, const ent_case *c, const ent_bridge *bridge)
{
    ent_json_number(json, "threshold", bridge->threshold);
    ent_json_open_list(json, "positions");
    for (size_t i = 0; i < bridge->position_count; i++) {
        put_position_json(json, c, &bridge->positions[i]);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "targets");
    for (size_t i = 0; i < bridge->target_count; i++) {
        ent_json_open_map(json, NULL);
        ent_json_deal(json, c, &bridge->targets[i]);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    put_crossings_json(json, "crossings", c, bridge, bridge->crossings, bridge->crossing_count);
    put_crossings_json(json, "smallest", c, bridge, bridge->smallest, bridge->smallest_count);
    ent_json_open_list(json, "changes");
    for (size_t i = 0; i < bridge->change_count; i++) {
        put_change_json(json, c, &bridge->changes[i]);
    }
    ent_json_close_list(json);
    ent_json_count(json, "change_worlds", bridge->change_worlds);
}

void ent_put_bridge_json(ent_buffer *out, const ent_analysis *analysis, const ent_bridge *bridges,
                         const ent_third *thirds)
{
    ent_json json = ent_json_document(out, "bridge");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL) {
            ent_json_open_map(&json, NULL);
            ent_json_text(&json, "name", analysis->accounts.at[i].id);
            put_account_json(&json, analysis->c, &bridges[i]);
            ent_doubts doubts = ent_doubts_of(out->arena, analysis, i, NULL, true);
            ent_json_doubts(&json, analysis, &doubts);
            if (thirds != NULL) {
                ent_json_third(&json, analysis->c, &thirds[i]);
            }
            ent_json_close_map(&json);
        }
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

/* ---- Plain -------------------------------------------------------------------------------- */

void ent_put_bridge_plain(ent_buffer *out, const ent_analysis *analysis, const ent_bridge *bridges)
{
    const ent_case *c = analysis->c;
    char cost[ENT_NUMBER_ROOM], joint[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        const ent_bridge *bridge = &bridges[i];
        bool there = analysis->worlds[i].account != NULL;
        for (size_t k = 0; there && k < bridge->crossing_count; k++) {
            const ent_crossing *x = &bridge->crossings[k];
            for (size_t m = 0; m < x->count; m++) {
                ent_putf(out, "move\t%s\t%s\t%s\t%s\t%s\t%s\n", analysis->accounts.at[i].id,
                         c->parties[bridge->positions[x->from].party].id,
                         ent_number_text(x->deal.joint, joint), mover_text(c, &x->moves[m]),
                         ent_number_text(x->moves[m].cost, cost),
                         move_text(out->arena, c, &x->moves[m]));
            }
        }
    }
}

/* ---- Text --------------------------------------------------------------------------------- */

static void put_position(ent_buffer *out, const ent_style *style, const ent_case *c,
                         const ent_position *p)
{
    if (p->deal.levels == NULL) {
        ent_putf(out, "  %s: the account holds no position of it\n", c->parties[p->party].name);
        return;
    }
    const ent_statement *said = &c->statements[p->statement];
    const char *whose =
        p->own ? "" : ent_format(out->arena, ", as %s reports it", ent_speaker_text(c, said));
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 4,
                    ent_format(out->arena, "%s, last position%s (%s)%s:", c->parties[p->party].name,
                               whose, said->id,
                               p->open ? "; what it left open is taken as not asked and not offered"
                                       : ""));
    ent_put_exchange(out, style, c, p->deal.levels, 4);
    ent_put(out, "    accepted by ");
    ent_put_wrapped(out, style, 16, 6, ent_shares_text(out->arena, c, &p->deal));
}

static void put_moves(ent_buffer *out, const ent_style *style, const ent_case *c,
                      const ent_crossing *crossing, unsigned indent)
{
    if (crossing->count == 0) {
        ent_put_repeat(out, " ", indent);
        ent_put(out, "nobody has to move\n");
    }
    for (size_t m = 0; m < crossing->count; m++) {
        const ent_move *move = &crossing->moves[m];
        const char *cost =
            move->mover == ENT_NONE || !(move->cost >= 0.005)
                ? ""
                : ent_format(out->arena, " (costs it %.0f point%s)", 100 * move->cost,
                             100 * move->cost < 1.5 ? "" : "s");
        ent_put_repeat(out, " ", indent);
        ent_put_wrapped(out, style, indent, indent + 2,
                        move->mover == ENT_NONE
                            ? ent_format(out->arena, "%s: nobody gives up what it asked or offered",
                                         move_text(out->arena, c, move))
                            : ent_format(out->arena, "%s moves on %s%s", mover_text(c, move),
                                         move_text(out->arena, c, move), cost));
    }
}

const char *ent_change_text(ent_arena *arena, const ent_case *c, const ent_record_change *change)
{
    if (change->with != ENT_NONE) {
        return ent_format(arena, "believe %s", c->statements[change->with].id);
    }
    if (change->party != ENT_NONE) {
        return ent_format(arena, "%s needs at most %.2f over the status quo",
                          c->parties[change->party].name, change->reservation);
    }
    if (change->without[1] == ENT_NONE) {
        return ent_format(arena, "leave out %s", c->statements[change->without[0]].id);
    }
    return ent_format(arena, "leave out %s and %s", c->statements[change->without[0]].id,
                      c->statements[change->without[1]].id);
}

static void put_changes(ent_buffer *out, const ent_style *style, const ent_case *c,
                        const ent_bridge *bridge, size_t most)
{
    bool opens = bridge->change_count > 0 && bridge->changes[0].opens;
    if (bridge->target_count > 0 && bridge->targets[0].joint >= bridge->threshold) {
        ent_put(out, "  ");
        ent_put_wrapped(out, style, 2, 2,
                        ent_format(out->arena,
                                   "The best package reaches %s; no side's position is known from "
                                   "which moves to it could be counted.",
                                   ent_percent(out->arena, bridge->threshold)));
        return;
    }
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2,
                    ent_format(out->arena, "No package reaches %s. %s",
                               ent_percent(out->arena, bridge->threshold),
                               bridge->change_count == 0
                                   ? "No small change of the record that was tried lifts the best "
                                     "package."
                               : opens ? "What would have to change in the record:"
                                       : "Changes of the record that lift the best package most:"));
    for (size_t i = 0; i < bridge->change_count && i < most; i++) {
        const ent_record_change *change = &bridge->changes[i];
        ent_put(out, "    ");
        ent_put_wrapped(out, style, 4, 6,
                        ent_format(out->arena, "%s: the best package then reaches %s%s",
                                   ent_change_text(out->arena, c, change),
                                   ent_percent(out->arena, change->deal.joint),
                                   change->opens ? ", above the threshold" : ""));
    }
}

static void put_smallest(ent_buffer *out, const ent_style *style, const ent_case *c,
                         const ent_bridge *bridge, size_t most)
{
    const ent_crossing *first = &bridge->smallest[0];
    ent_putf(out, "  Fewest moves to a package that all accept in %s of worlds or more: %zu\n",
             ent_percent(out->arena, bridge->threshold), first->count);
    for (size_t i = 0; i < bridge->smallest_count && i < most; i++) {
        const ent_crossing *x = &bridge->smallest[i];
        ent_putf(out, "  from %s's position to %s (%s):\n",
                 c->parties[bridge->positions[x->from].party].name,
                 ent_percent(out->arena, x->deal.joint),
                 ent_shares_text(out->arena, c, &x->deal));
        put_moves(out, style, c, x, 4);
    }
}

/* How many sides have a position: as many crossings lead to each package. */
static size_t positions_held(const ent_bridge *bridge)
{
    size_t held = 0;
    for (size_t p = 0; p < bridge->position_count; p++) {
        held += bridge->positions[p].deal.levels != NULL;
    }
    return held;
}

void ent_put_bridge_brief(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                          const ent_bridge *bridge)
{
    const ent_case *c = analysis->c;
    for (size_t i = 0; i < bridge->position_count; i++) {
        put_position(out, style, c, &bridge->positions[i]);
    }
    if (bridge->smallest_count > 0) {
        put_smallest(out, style, c, bridge, 1);
        return;
    }
    if (bridge->target_count > 0) {
        ent_putf(out, "  To the best package (all in %s), ",
                 ent_percent(out->arena, bridge->targets[0].joint));
        ent_put(out, "who would have to move, and what it costs:\n");
        for (size_t i = 0; i < positions_held(bridge) && i < bridge->crossing_count; i++) {
            const ent_crossing *x = &bridge->crossings[i];
            ent_putf(out, "  from %s's position\n",
                     c->parties[bridge->positions[x->from].party].name);
            put_moves(out, style, c, x, 4);
        }
    }
    put_changes(out, style, c, bridge, 3);
}

static void put_account(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        size_t index, const ent_bridge *bridge)
{
    const ent_case *c = analysis->c;
    ent_put_heading(out, style, ent_placed_title(out->arena, analysis, index));
    ent_doubts doubts = ent_doubts_of(out->arena, analysis, index, NULL, false);
    ent_put_doubts(out, style, &doubts, 2);
    for (size_t i = 0; i < bridge->position_count; i++) {
        put_position(out, style, c, &bridge->positions[i]);
    }
    for (size_t i = 0; i < bridge->target_count; i++) {
        ent_putf(out, "\n  Package %zu, all in %s\n", i + 1,
                 ent_percent(out->arena, bridge->targets[i].joint));
        ent_put_deal(out, style, c, &bridge->targets[i], 4);
        size_t held = positions_held(bridge);
        for (size_t k = i * held; k < (i + 1) * held && k < bridge->crossing_count; k++) {
            const ent_crossing *x = &bridge->crossings[k];
            ent_putf(out, "    from %s's position:\n",
                     c->parties[bridge->positions[x->from].party].name);
            put_moves(out, style, c, x, 6);
        }
    }
    ent_put_char(out, '\n');
    if (bridge->smallest_count > 0) {
        put_smallest(out, style, c, bridge, 5);
    } else {
        put_changes(out, style, c, bridge, SIZE_MAX);
    }
}

void ent_put_bridge_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                         const ent_bridge *bridges)
{
    ent_put_ink(out, style, ENT_INK_BOLD, analysis->c->title);
    ent_put_char(out, '\n');
    ent_put_record(out, style, analysis);
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL && ent_first_placed(analysis, i) == i) {
            put_account(out, style, analysis, i, &bridges[i]);
        }
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0,
                    "Packages are the best that differ from each other in several moves; `entente "
                    "deals` lists them all. A cost is how many points of its share of worlds the "
                    "move alone takes from the mover.");
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}
