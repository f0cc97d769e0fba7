#include "report/walk.h"

#include "answers/positions.h"
#include "base/number.h"
#include "bargain/closed_forms.h"

#include <math.h>
#include <string.h>

/* ---- JSON --------------------------------------------------------------------------------- */

void ent_json_walk(ent_json *json, const ent_analysis *analysis, const ent_walked *walked)
{
    const ent_case *c = analysis->c;
    const ent_walk *walk = &walked->walk;
    ent_json_text(json, "account", analysis->accounts.at[walked->account].id);
    ent_json_text(json, "party", c->parties[walked->party].id);
    ent_json_number(json, "break_even", walk->median);
    ent_json_number(json, "break_even_low", walk->low);
    ent_json_number(json, "break_even_high", walk->high);
    ent_json_number(json, "staying_cannot_lose", walk->free);
    ent_json_number(json, "no_chance_is_enough", walk->never);
    ent_json_number(json, "no_deal", walk->no_deal);
    ent_json_number(json, "deal_value", walk->deal);
    ent_json_number(json, "gain", walk->gain);
    ent_json_number(json, "walk", walk->walk);
    ent_json_number(json, "later", walk->later);
    ent_json_number(json, "cost", walk->cost);
    ent_json_count(json, "worlds", walk->worlds);
    ent_json_number(json, "haggling", walk->haggled);
    if (!isnan(walk->haggled)) {
        ent_json_number(json, "haggling_error", walk->haggled_error);
        ent_json_count(json, "haggling_worlds", walk->haggled_worlds);
        ent_json_number(json, "staying_pays", walk->stays);
    }
    if (walk->common != NULL) {
        ent_json_package(json, "nash_deal", &c->space, walk->common);
        ent_json_number(json, "nash_deal_share", walk->common_share);
    }
    if (walked->influences != NULL) {
        ent_json_open_list(json, "influence");
        for (size_t i = 0; i < walked->influence_count; i++) {
            ent_json_open_map(json, NULL);
            ent_json_text(json, "statement", c->statements[walked->influences[i].statement].id);
            ent_json_number(json, "break_even", walked->influences[i].median);
            ent_json_close_map(json);
        }
        ent_json_close_list(json);
    }
}

void ent_put_walk_json(ent_buffer *out, const ent_analysis *analysis, const uint64_t *offer,
                       const ent_walked *walked, size_t count)
{
    ent_json json = ent_json_document(out, "walk");
    ent_json_provenance(&json, analysis);
    if (offer != NULL) {
        ent_json_package(&json, "offer", &analysis->c->space, offer);
    }
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < count; i++) {
        ent_json_open_map(&json, NULL);
        ent_json_walk(&json, analysis, &walked[i]);
        ent_doubts doubts = ent_doubts_of(out->arena, analysis, walked[i].account, NULL, true);
        ent_json_doubts(&json, analysis, &doubts);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

/* ---- Text --------------------------------------------------------------------------------- */

/* "63% or more"; "above 99%". */
static const char *at_least_text(ent_arena *arena, double chance)
{
    const char *text = ent_percent(arena, chance);
    return text[0] == '>' ? ent_format(arena, "above %s", text + 1)
                          : ent_format(arena, "%s or more", text);
}

/* A break-even chance in words: a percentage, or that none is enough. */
static const char *chance_text(ent_arena *arena, double chance)
{
    if (isnan(chance)) {
        return "unknown";
    }
    return chance >= 1 ? "no chance" : ent_percent(arena, chance);
}

static void put_verdict(ent_buffer *out, const ent_style *style, const ent_case *c,
                        const ent_walked *walked)
{
    const ent_walk *walk = &walked->walk;
    const char *name = c->parties[walked->party].name;
    ent_arena *arena = out->arena;
    const char *text;
    if (walk->no_deal >= 1) {
        text = ent_format(arena,
                          "For %s staying has nothing to lead to: in none of %s does a deal suit "
                          "all.",
                          name, ent_counted(arena, walk->worlds, "worlds"));
    } else if (walk->median >= 1) {
        text = ent_format(arena,
                          "For %s, in most worlds of this account, no chance of a later deal "
                          "makes staying better than leaving now.",
                          name);
    } else {
        text = ent_format(arena,
                          "For %s staying pays where a later deal has a chance of %s (%s to %s in "
                          "8 worlds of 10).",
                          name, at_least_text(arena, walk->median), chance_text(arena, walk->low),
                          walk->high >= 1 ? "never" : chance_text(arena, walk->high));
    }
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2, text);
}

static void put_shares(ent_buffer *out, const ent_style *style, const ent_walk *walk)
{
    static const char *const labels[] = {"staying cannot lose", "no chance is enough",
                                         "no deal suits all"};
    const double shares[] = {walk->free, walk->never, walk->no_deal};
    const char *of = style->width < 62 ? "" : " of the worlds";
    for (int i = 0; i < 3; i++) {
        ent_putf(out, "    %-20s in %4s%s  ", labels[i], ent_percent(out->arena, shares[i]), of);
        ent_put_bar(out, shares[i], ent_bar_cells(style, 34 + (unsigned)strlen(of), 10));
        ent_put(out, "\n");
    }
}

/* The chance that haggling gives, beside the break-even one. */
static void put_haggled(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_walked *walked, unsigned indent)
{
    const ent_walk *walk = &walked->walk;
    if (isnan(walk->haggled)) {
        return;
    }
    ent_put_repeat(out, " ", indent);
    ent_put_wrapped(out, style, indent, indent,
                    ent_format(out->arena,
                               "Haggling from the last positions, all conceding late, ends in a "
                               "deal in %s of %s. If that is the chance, staying pays in %s of "
                               "the worlds.%s",
                               ent_percent(out->arena, walk->haggled),
                               ent_counted(out->arena, walk->haggled_worlds, "worlds"),
                               ent_percent(out->arena, walk->stays),
                               ent_any_open_position(analysis, walked->account)
                                   ? " What a position left open is taken as not asked and not "
                                     "offered."
                                   : ""));
}

void ent_put_walk(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                  const ent_walked *walked)
{
    const ent_walk *walk = &walked->walk;
    put_verdict(out, style, analysis->c, walked);
    put_shares(out, style, walk);
    put_haggled(out, style, analysis, walked, 4);
    if (walk->common != NULL) {
        ent_putf(out, "    The most frequent Nash deal (in %s of the worlds with one):\n",
                 ent_percent(out->arena, walk->common_share));
        ent_put_exchange(out, style, analysis->c, walk->common, 6);
    }
}

/* What haggling says of staying, for all parties of an account at once. */
static void put_haggled_brief(ent_buffer *out, const ent_style *style,
                              const ent_analysis *analysis, const ent_walked *walked, size_t count)
{
    char number[ENT_NUMBER_ROOM];
    ent_arena *arena = out->arena;
    const ent_walk *walk = &walked[0].walk;
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_putf(&b, "In %s no deal suits all.", ent_percent(arena, walk->no_deal));
    if (isnan(walk->haggled)) {
        ent_put(&b, " Packages are too many to haggle over here: `entente walk` does.");
    } else {
        ent_putf(&b,
                 " Haggling from the last positions, all conceding late, ends in a deal in %s of "
                 "%s worlds; if that is the chance, staying pays",
                 ent_percent(arena, walk->haggled), ent_count_text(walk->haggled_worlds, number));
        for (size_t i = 0; i < count; i++) {
            ent_putf(&b, "%s for %s in %s", i > 0 ? "," : "",
                     analysis->c->parties[walked[i].party].name,
                     ent_percent(arena, walked[i].walk.stays));
        }
        ent_put(&b, ".");
        ent_put(&b, ent_any_open_position(analysis, walked[0].account)
                        ? " What a position left open is taken as not asked and not offered."
                        : "");
    }
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2, ent_buffer_text(&b));
}

void ent_put_walk_brief(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        const ent_walked *walked, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put_verdict(out, style, analysis->c, &walked[i]);
        ent_put(out, "    ");
        ent_put_wrapped(out, style, 4, 4,
                        ent_format(out->arena, "No chance is enough in %s of the worlds.",
                                   ent_percent(out->arena, walked[i].walk.never)));
    }
    if (count > 0) {
        put_haggled_brief(out, style, analysis, walked, count);
    }
}

static void put_influences(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                           const ent_walked *walked)
{
    const ent_case *c = analysis->c;
    bool headed = false;
    for (size_t i = 0; i < walked->influence_count; i++) {
        const ent_walk_influence *row = &walked->influences[i];
        double now = walked->walk.median;
        bool moves = (row->median >= 1) != (now >= 1) ||
                     (now < 1 && fabs(row->median - now) > 0.01);
        if (moves) {
            ent_put(out, headed ? "" : "    Without this statement the chance would be\n");
            headed = true;
            ent_putf(out, "      %-9s  ", chance_text(out->arena, row->median));
            ent_put_wrapped(out, style, 17, 17, c->statements[row->statement].id);
        }
    }
}

/* What leaving now is worth: one figure, or the least and greatest of the parties and accounts. */
static const char *leaving_text(ent_arena *arena, const ent_walked *walked, size_t count)
{
    double low = walked[0].walk.walk;
    double high = low;
    for (size_t i = 1; i < count; i++) {
        low = fmin(low, walked[i].walk.walk);
        high = fmax(high, walked[i].walk.walk);
    }
    return high - low < 0.005 ? ent_format(arena, "%.2f", low)
                              : ent_format(arena, "%.2f to %.2f by party and account", low, high);
}

static void put_assumptions(ent_buffer *out, const ent_style *style, const uint64_t *offer,
                            const ent_walked *walked, size_t count)
{
    ent_arena *arena = out->arena;
    const ent_walk *walk = &walked[0].walk;
    ent_put_wrapped(
        out, style, 0, 0,
        ent_format(arena,
                   "Assumed, in shares of all that a party has at stake: leaving now is worth %s "
                   "(means over the worlds), a breakdown later %.2f, another round costs %.2f; "
                   "staying leads to %s. --walk-value, --later-value, --cost and --offer change "
                   "this.",
                   leaving_text(arena, walked, count), walk->later, walk->cost,
                   offer == NULL ? "each world's Nash deal" : "the package that was named"));
    if (!isnan(walk->haggled)) {
        ent_put(out, "\n");
        ent_put_wrapped(out, style, 0, 0,
                        "Haggling is simulated: alternating offers over 100 rounds from the last "
                        "positions, each party conceding late (the strategy boulware). The deal "
                        "that it is weighed with stays the one named above, not the one haggled.");
    }
    ent_put(out, "\n");
    ent_put_wrapped(
        out, style, 0, 0,
        ent_format(arena,
                   "On paper: where talks break down with a chance of 10%% after each refusal, the "
                   "first to propose gets %.0f%% of what there is to gain, and half of it as the "
                   "risk vanishes (Binmore, Rubinstein and Wolinsky 1986).",
                   100 * ent_breakdown(0.1, 0, 0).proposer));
}

void ent_put_walk_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                       const uint64_t *offer, const ent_walked *walked, size_t count)
{
    ent_put_ink(out, style, ENT_INK_BOLD, analysis->c->title);
    ent_put(out, "\nStay or walk: how likely must a later deal be for staying to pay?\n");
    ent_put_record(out, style, analysis);
    size_t shown = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        if (ent_first_told(analysis, walked[i].account) != walked[i].account) {
            continue;
        }
        if (walked[i].account != shown) {
            shown = walked[i].account;
            ent_put_heading(out, style, ent_told_title(out->arena, analysis, shown));
            ent_doubts doubts = ent_doubts_of(out->arena, analysis, shown, NULL, true);
            ent_put_doubts(out, style, &doubts, 2);
        }
        ent_put_walk(out, style, analysis, &walked[i]);
        put_influences(out, style, analysis, &walked[i]);
    }
    ent_put(out, "\n");
    if (count > 0) {
        put_assumptions(out, style, offer, walked, count);
        ent_put(out, "\n");
    }
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}

void ent_put_walk_plain(ent_buffer *out, const ent_analysis *analysis, const ent_walked *walked,
                        size_t count)
{
    char number[3][ENT_NUMBER_ROOM];
    for (size_t i = 0; i < count; i++) {
        const ent_walk *walk = &walked[i].walk;
        ent_putf(out, "%s\t%s\t%s\t%s\t%s\n", analysis->accounts.at[walked[i].account].id,
                 analysis->c->parties[walked[i].party].id,
                 ent_number_text(walk->median, number[0]), ent_number_text(walk->low, number[1]),
                 ent_number_text(walk->high, number[2]));
    }
}
