/* The ways from the best single package towards the zone: questions first, packages together. */
#include "report/enquiry.h"
#include "report/menu.h"
#include "report/priorities.h"
#include "report/summary_parts.h"

#include <string.h>

const ent_menu *ent_summary_menu(const ent_summary *s, size_t account)
{
    const ent_menus *menus = &s->whole->menus[account];
    return ent_summary_has(s, account) && menus->count > 0 ? &menus->at[menus->count - 1] : NULL;
}

static bool same_levels(const ent_summary *s, const uint64_t *a, const uint64_t *b)
{
    return memcmp(a, b, s->analysis->c->space.issue_count * sizeof *a) == 0;
}

size_t ent_summary_place(const ent_summary *s, const ent_menu *menu, const uint64_t *levels)
{
    for (size_t i = 0; i < menu->size; i++) {
        if (same_levels(s, menu->items[i].deal.levels, levels)) {
            return i + 1;
        }
    }
    return 0;
}

/* "the best single package", "package 2 of the menu" or the package in words. */
static const char *package_text(ent_arena *arena, const ent_summary *s, size_t account,
                                const uint64_t *levels)
{
    const ent_menu *menu = ent_summary_menu(s, account);
    size_t place = menu != NULL ? ent_summary_place(s, menu, levels) : 0;
    return same_levels(s, levels, s->whole->deals[account].at[0].levels)
               ? "the best single package"
           : place > 0
               ? ent_format(arena, "package %zu of the menu", place)
               : ent_outcome_text(arena, &s->analysis->c->space, levels, true);
}

static const char *answer_text(ent_arena *arena, const ent_summary *s, size_t account,
                               const char *answer, const ent_tabled *tabled)
{
    return tabled->levels == NULL
               ? ent_format(arena, "After %s no package suits all.", answer)
               : ent_format(arena, "After %s table %s (all in %s).", answer,
                            package_text(arena, s, account, tabled->levels),
                            ent_percent(arena, tabled->joint));
}

static void put_line(ent_buffer *out, const ent_style *style, const char *text)
{
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 4, text);
}

static void put_first_question(ent_buffer *out, const ent_style *style, const ent_summary *s,
                               size_t account)
{
    ent_arena *arena = out->arena;
    const ent_enquiries *e = &s->whole->enquiries[account];
    if (e->too_many) {
        put_line(out, style, "What to ask first: there are too many packages to ask about here; "
                             "`entente ask` does.");
    } else if (e->count == 0) {
        put_line(out, style, "What to ask first: no one answer would help; whatever it is, the "
                             "same package is best.");
    } else {
        const ent_enquiry *q = &e->at[0];
        put_line(out, style,
                 ent_format(arena, "What to ask first: %s Yes in %s of its worlds. %s %s",
                            ent_enquiry_text(arena, s->analysis->c, q),
                            ent_percent(arena, q->yes),
                            answer_text(arena, s, account, "yes", &q->if_yes),
                            answer_text(arena, s, account, "no", &q->if_no)));
    }
}

static void put_menu(ent_buffer *out, const ent_style *style, const ent_summary *s, size_t account,
                     const ent_menu *menu)
{
    ent_arena *arena = out->arena;
    if (menu->size == 1) {
        put_line(out, style, "No package tabled beside the best one would add anything.");
        return;
    }
    put_line(out, style,
             ent_format(arena, "To table together%s:",
                        menu->proved ? " (no other choice does better)"
                                     : " (the best found, not proved)"));
    for (size_t i = 0; i < menu->size; i++) {
        const ent_menu_item *item = &menu->items[i];
        const uint64_t *levels = item->deal.levels;
        put_line(out, style, ent_format(arena, "%zu. %s %s", i + 1, i == 0 ? "all in" : "adds",
                                        ent_percent(arena, item->adds)));
        if (same_levels(s, levels, s->whole->deals[account].at[0].levels)) {
            ent_put(out, "     the best single package\n");
            continue;
        }
        ent_put_exchange(out, style, s->analysis->c, levels, 5);
        ent_footing footing = ent_footing_of(arena, s->analysis, account, levels);
        ent_put_footing(out, style, s->analysis, &footing, 7);
    }
}

void ent_put_summary_way(ent_buffer *out, const ent_style *style, const ent_summary *s,
                         size_t account)
{
    const ent_menu *menu = ent_summary_menu(s, account);
    if (menu != NULL) {
        put_menu(out, style, s, account, menu);
        put_first_question(out, style, s, account);
    }
}
