/* The answer of a report in a sentence: what is known first, shares second. */
#include "report/summary_parts.h"

#include "base/number.h"

#include <string.h>

/* So many accounts have a clause each; of more only the two ends are told. */
enum { TOLD = 3, NAME = 44 };

/* Shares in words; each is said of shares below its bound. */
static const struct {
    double below;
    const char *few, *whole; /* "most", "most preferences" */
} amounts[] = {{0.1, "hardly any", "hardly any preferences"},
               {0.35, "only some", "only some preferences"},
               {0.65, "about half", "about half the preferences"},
               {0.9, "most", "most preferences"},
               {1, "nearly all", "nearly all preferences"},
               {2, "all", "all preferences"}};

static size_t amount_of(double share)
{
    size_t i = 0;
    while (share >= amounts[i].below && i + 1 < sizeof amounts / sizeof *amounts) {
        i++;
    }
    return i;
}

/* "most preferences", "about half to most preferences" of a range; without the noun "most". */
static const char *amount_text(ent_arena *arena, const ent_zone *zone, bool noun)
{
    size_t low = amount_of(zone->ranged ? zone->low : zone->share);
    size_t high = amount_of(zone->ranged ? zone->high : zone->share);
    const char *last = noun ? amounts[high].whole : amounts[high].few;
    return low == high ? last : ent_format(arena, "%s to %s", amounts[low].few, last);
}

/* "each of 200 sampled worlds", "the one sampled world"; in another word than each: any. */
static const char *worlds_text(ent_arena *arena, const char *each, uint32_t worlds)
{
    char number[ENT_NUMBER_ROOM];
    return worlds == 1 ? "the one sampled world"
                       : ent_format(arena, "%s of %s sampled worlds", each,
                                    ent_count_text(worlds, number));
}

/* Who leaves room for a package: so many preferences; what no proof says, of the worlds alone. */
static const char *who_leaves_room(ent_arena *arena, const ent_zone *zone, bool after)
{
    if (zone->share < 1 || zone->error <= 0 || (zone->ranged && zone->low < 1)) {
        return ent_format(arena, "%s %s", amount_text(arena, zone, !after),
                          after ? "do" : "leave room for a package that suits all");
    }
    return ent_format(arena, "%s %s", worlds_text(arena, "each", zone->worlds),
                      after ? "does" : "leaves room for a package that suits all");
}

/* Is there room for a package at all, in a world that was drawn? */
static bool has_room(const ent_summary *s, size_t i)
{
    const ent_zone *zone = &s->whole->deals[i].zone;
    return ent_summary_has(s, i) && !zone->impossible &&
           (zone->share > 0 || (zone->ranged && zone->high > 0));
}

/* after: the clause before it has said what there is room for. */
static const char *clause_text(ent_arena *arena, const ent_summary *s, size_t i, bool after)
{
    const ent_deals *deals = &s->whole->deals[i];
    if (!ent_summary_has(s, i)) {
        return s->analysis->accounts.at[i].consistent
                   ? "nothing was asked"
                   : "nothing can be said, for its own statements collide";
    }
    if (!has_room(s, i)) {
        return deals->zone.impossible
                   ? "no package can suit all (proved)"
                   : ent_format(arena, "no package suits all in %s",
                                worlds_text(arena, "any", deals->zone.worlds));
    }
    const char *some = ent_zone_text(arena, &deals->zone);
    const char *best = ent_percent(arena, deals->count > 0 ? deals->at[0].joint : 0);
    return ent_format(arena, "%s (%s%s%s)", who_leaves_room(arena, &deals->zone, after), some,
                      strcmp(some, best) == 0 ? ", by one and the same package"
                                              : "; the best single one: ",
                      strcmp(some, best) == 0 ? "" : best);
}

/* The accounts that are told in a clause: all, or where they are many the two ends of the zone. */
static size_t told_accounts(const ent_summary *s, size_t told[TOLD])
{
    size_t shown = ent_summary_shown(s);
    size_t low = 0, high = 0;
    for (size_t k = 0; k < shown; k++) {
        size_t i = ent_summary_at(s, k);
        if (shown <= TOLD) {
            told[k] = i;
        }
        double share = ent_summary_has(s, i) ? s->whole->deals[i].zone.share : 0;
        size_t l = ent_summary_at(s, low), h = ent_summary_at(s, high);
        low = share < (ent_summary_has(s, l) ? s->whole->deals[l].zone.share : 0) ? k : low;
        high = share > (ent_summary_has(s, h) ? s->whole->deals[h].zone.share : 0) ? k : high;
    }
    if (shown > TOLD) {
        told[0] = ent_summary_at(s, low);
        told[1] = ent_summary_at(s, high);
        return low == high ? 1 : 2;
    }
    return shown;
}

static void put_conflict(ent_buffer *b, const ent_summary *s)
{
    size_t live = ent_summary_live(s);
    if (!ent_summary_conflict(s)) {
        ent_put(b, " The accounts do not contradict each other.");
        return;
    }
    ent_put(b, " The accounts cannot all be true");
    if (live > 0) {
        ent_putf(b, ": %zu question%s in dispute divide%s them", live, live == 1 ? "" : "s",
                 live == 1 ? "s" : "");
    }
    ent_put(b, ".");
}

const char *ent_summary_answer(ent_arena *arena, const ent_summary *s)
{
    size_t told[TOLD] = {0};
    size_t shown = ent_summary_shown(s);
    size_t count = told_accounts(s, told);
    ent_buffer b = ent_buffer_init(arena, 0);
    if (count < shown) {
        ent_putf(&b, "Of %zu accounts the two farthest apart: ", shown);
    }
    for (size_t k = 0; k < count; k++) {
        ent_putf(&b, "%s %s, %s", k > 0 ? "; on" : count < shown ? "on" : "On",
                 ent_summary_phrase(arena, s, told[k], NAME),
                 clause_text(arena, s, told[k], k > 0 && has_room(s, told[k - 1])));
    }
    ent_put(&b, ".");
    if (shown > 1) {
        put_conflict(&b, s);
    }
    return ent_buffer_text(&b);
}
