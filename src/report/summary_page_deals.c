/* Of the page: the best package, what is tabled together, what to ask first. */
#include "report/enquiry.h"
#include "report/layout.h"
#include "report/priorities.h"
#include "report/summary_parts.h"

#include <string.h>

enum {
    HOPELESS = 10, /* percent: a package below has one line */
    WORDS = 3,     /* lines that a question may take */
    NAME = 40      /* columns of an account's name in a sentence */
};

/* "United States 66%, Town council 100% (proved)" for those asked; the others without a say. */
static const char *takers_text(ent_arena *arena, const ent_case *c, const ent_deal *deal)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (deal->asked[p] && deal->shares[p] >= 0) {
            bool proved = deal->verdicts != NULL && deal->verdicts[p] != ENT_POSSIBLE;
            ent_putf(&b, "%s%s in %s%s", b.length > 0 ? ", " : "accepted by ", c->parties[p].name,
                     ent_percent(arena, deal->shares[p]), proved ? " (proved)" : "");
        }
    }
    return ent_buffer_text(&b);
}

/* Whose words the package stands on: the statements, and what nobody spoke of or priced. */
static const char *grounds_text(ent_arena *arena, const ent_case *c, const ent_footing *footing)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    bool *named = ent_alloc(arena, c->statement_count + (size_t)1, bool);
    size_t never = 0;
    for (size_t i = 0; i < footing->count; i++) {
        uint32_t statement = footing->elements[i].statement;
        never += footing->elements[i].spoken == ENT_NEVER_SPOKEN;
        if (statement != ENT_NONE && !named[statement]) {
            named[statement] = true;
            ent_putf(&b, "%s%s", b.length > 0 ? ", " : "grounds: ",
                     c->statements[statement].id);
        }
    }
    if (never > 0) {
        ent_putf(&b, "%snobody ever spoke of %zu of its parts", b.length > 0 ? "; " : "", never);
    }
    if (footing->unpriced_count > 0) {
        ent_putf(&b, "%sno word on what it is worth to ", b.length > 0 ? "; " : "");
    }
    for (size_t i = 0; i < footing->unpriced_count; i++) {
        const ent_unpriced *u = &footing->unpriced[i];
        bool same = i > 0 && u->party == footing->unpriced[i - 1].party;
        ent_putf(&b, "%s%s%s", i == 0 ? "" : same ? ", " : "; ",
                 same ? "" : ent_format(arena, "%s: ", c->parties[u->party].name),
                 c->space.issues[u->issue].name);
    }
    return b.length > 0 ? ent_buffer_text(&b) : NULL;
}

bool ent_summary_hopeless(double share)
{
    return 100 * share < HOPELESS;
}

size_t ent_summary_ranked(ent_arena *arena, const ent_summary *s, ent_ranked **order)
{
    size_t shown = ent_summary_shown(s);
    size_t count = 0;
    ent_ranked *at = ent_alloc(arena, shown + 1, ent_ranked);
    for (size_t k = 0; k < shown; k++) {
        size_t i = ent_summary_at(s, k);
        const ent_deals *deals = &s->whole->deals[i];
        if (!ent_summary_has(s, i) || deals->count == 0 || deals->at[0].joint <= 0) {
            continue;
        }
        size_t place = count++;
        for (; place > 0 && at[place - 1].deal->joint < deals->at[0].joint; place--) {
            at[place] = at[place - 1];
        }
        at[place] = (ent_ranked){i, &deals->at[0]};
    }
    *order = at;
    return count;
}

/* Others that suit all in as many worlds: not to pass for the one answer. */
static bool has_ties(const ent_deals *deals)
{
    return deals->count > 1 && deals->at[1].joint >= deals->at[0].joint;
}

static const char *package_item(ent_arena *arena, const ent_style *style, const ent_summary *s,
                                size_t i, const char *lead)
{
    const ent_case *c = s->analysis->c;
    const ent_deals *deals = &s->whole->deals[i];
    const ent_deal *deal = &deals->at[0];
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put(&b, ent_lines_text(arena, style, 2, 4,
                           has_ties(deals) ? ent_format(arena, "%s; others do as well", lead)
                                           : lead));
    ent_put_exchange(&b, style, c, deal->levels, 4);
    ent_put(&b, ent_lines_text(arena, style, 4, 6, takers_text(arena, c, deal)));
    ent_footing footing = ent_footing_of(arena, s->analysis, i, deal->levels);
    const char *grounds = grounds_text(arena, c, &footing);
    if (grounds != NULL) {
        ent_put(&b, ent_few_lines(arena, style, 4, 6, 2, grounds));
    }
    return ent_buffer_text(&b);
}

bool ent_summary_same(const ent_summary *s, const uint64_t *a, const uint64_t *b)
{
    return memcmp(a, b, s->analysis->c->space.issue_count * sizeof *a) == 0;
}

static const char *best_item(ent_arena *arena, const ent_style *style, const ent_summary *s,
                             const ent_ranked *order, size_t k)
{
    size_t first = 0;
    while (first < k && !ent_summary_same(s, order[first].deal->levels, order[k].deal->levels)) {
        first++;
    }
    const char *title =
        ent_summary_phrase(arena, s, order[k].account, NAME);
    const char *share = ent_percent(arena, order[k].deal->joint);
    const char *lead = ent_format(arena, "On %s, all accept in %s", title, share);
    if (first == k && !ent_summary_hopeless(order[k].deal->joint)) {
        return package_item(arena, style, s, order[k].account, lead);
    }
    return ent_lines_text(arena, style, 2, 4,
                      first < k ? ent_format(arena, "%s: the same package", lead)
                                : ent_format(arena, "On %s no package comes near: the best suits "
                                                    "all in %s",
                                             title, share));
}

static void add_best(ent_layout *page, ent_arena *arena, const ent_style *style,
                     const ent_summary *s, const ent_ranked *order, size_t count)
{
    ent_layout_part *part =
        ent_layout_add(arena, page, "The best single package", "entente deals", 14, 6);
    for (size_t k = 0; k < count; k++) {
        ent_layout_item(arena, part, best_item(arena, style, s, order, k));
    }
    if (count == 0) {
        ent_layout_item(arena, part, "  No package suits all in any world that was drawn.\n");
    }
}

/* The packages of the menu of the account that has the best one, where they help. */
static void add_menu(ent_layout *page, ent_arena *arena, const ent_style *style,
                     const ent_summary *s, const ent_ranked *best)
{
    const ent_menu *menu = ent_summary_menu(s, best->account);
    if (menu == NULL || menu->size < 2 || ent_summary_hopeless(menu->share)) {
        return;
    }
    const char *title =
        ent_shorten(arena, ent_summary_title(arena, s, best->account), style->width - 48);
    ent_layout_part *part = ent_layout_add(
        arena, page,
        ent_format(arena, "Tabled together, %s: all take one of %zu in %s", title, menu->size,
                   ent_percent(arena, menu->share)),
        "entente menu", 0, 0);
    for (size_t k = 0; k < menu->size; k++) {
        const uint64_t *levels = menu->items[k].deal.levels;
        bool told = ent_summary_same(s, levels, best->deal->levels);
        ent_buffer b = ent_buffer_init(arena, 0);
        ent_putf(&b, "  %zu. %s %s%s\n", k + 1, k == 0 ? "all accept in" : "adds",
                 ent_percent(arena, menu->items[k].adds),
                 told ? ", the best single package" : "");
        if (!told) {
            ent_put_exchange(&b, style, s->analysis->c, levels, 5);
        }
        ent_layout_item(arena, part, ent_buffer_text(&b));
    }
}

/* ---- What to ask first, what is assumed ------------------------ */

const ent_enquiry *ent_summary_ask(const ent_enquiries *e)
{
    double best = e->best.deal.levels == NULL ? 0 : e->best.deal.joint;
    return e->count > 0 && !e->too_many && e->at[0].expected - best >= 0.01 ? &e->at[0] : NULL;
}

static double joint_of(const ent_tabled *tabled)
{
    return tabled->levels == NULL ? 0 : tabled->joint;
}

static const char *ask_item(ent_arena *arena, const ent_style *style, const ent_summary *s,
                            size_t i, const ent_enquiry *q)
{
    const char *title = ent_summary_phrase(arena, s, i, NAME);
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put(&b, ent_few_lines(arena, style, 2, 4, WORDS,
                          ent_enquiry_text(arena, s->analysis->c, q)));
    ent_put(&b, ent_lines_text(arena, style, 4, 4,
                           ent_format(arena,
                                      "on %s: yes in %s; the package tabled after it then suits "
                                      "all in %s, after no in %s",
                                      title, ent_percent(arena, q->yes),
                                      ent_percent(arena, joint_of(&q->if_yes)),
                                      ent_percent(arena, joint_of(&q->if_no)))));
    return ent_buffer_text(&b);
}

/* "On the North Korea account", "On 2 accounts": those that a line is about. */
static const char *which_text(ent_arena *arena, const ent_summary *s, size_t account,
                              size_t count)
{
    return count == 1 ? ent_format(arena, "On %s",
                                   ent_summary_phrase(arena, s, account, NAME))
                      : ent_format(arena, "On %zu accounts", count);
}

static void add_questions(ent_layout *page, ent_arena *arena, const ent_style *style,
                          const ent_summary *s, const ent_ranked *order, size_t count)
{
    ent_layout_part *part = ent_layout_add(arena, page, "Ask first", "entente ask", 8, 4);
    size_t many = 0, useless = 0, of_many = 0, of_useless = 0;
    for (size_t k = 0; k < count; k++) {
        size_t i = order[k].account;
        const ent_enquiry *q = ent_summary_ask(&s->whole->enquiries[i]);
        if (q != NULL) {
            ent_layout_item(arena, part, ask_item(arena, style, s, i, q));
        } else if (s->whole->enquiries[i].too_many) {
            of_many = many++ == 0 ? i : of_many;
        } else {
            of_useless = useless++ == 0 ? i : of_useless;
        }
    }
    if (many > 0) {
        ent_layout_item(arena, part,
                       ent_lines_text(arena, style, 2, 4,
                                  ent_format(arena, "%s there are too many packages to ask about "
                                                    "here: `entente ask`",
                                             which_text(arena, s, of_many, many))));
    }
    if (useless > 0) {
        ent_layout_item(arena, part,
                       ent_lines_text(arena, style, 2, 4,
                                  ent_format(arena, "%s no answer lifts the best package by a "
                                                    "point",
                                             which_text(arena, s, of_useless, useless))));
    }
    if (part->count == 0) {
        ent_layout_item(arena, part, "  Nothing: whatever the answer, no package suits all.\n");
    }
}

void ent_add_summary_deals(ent_layout *page, ent_arena *arena, const ent_style *style,
                           const ent_summary *s)
{
    ent_ranked *order;
    size_t count = ent_summary_ranked(arena, s, &order);
    add_best(page, arena, style, s, order, count);
    if (count > 0) {
        add_menu(page, arena, style, s, &order[0]);
    }
    add_questions(page, arena, style, s, order, count);
}
