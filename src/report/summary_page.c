/*
 * One page: the question, the answer, the accounts and the way from one package to the zone, what
 * is in dispute, the best package, what to ask first, what is assumed. Each part says what is
 * essential in few lines; the page gives the lines out (report/layout.h).
 */
#include "report/layout.h"
#include "report/measures.h"
#include "report/summary_parts.h"

#include <string.h>

enum {
    PAGE_LINES = 66, /* of PAGE_WIDTH columns; a narrower page is longer */
    PAGE_WIDTH = 80,
    WORDS = 3 /* lines that a question may take */
};

/* ---- Head ----------------------------------------------------------------------------------- */

/* Was something said later than what is looked at? */
static bool has_later(const ent_analysis *analysis)
{
    bool later = false;
    for (uint32_t i = 0; i < analysis->c->statement_count; i++) {
        later = later || (analysis->later[i] && !analysis->on[i]);
    }
    return analysis->settings.as_of_text != NULL && later;
}

static void add_head(ent_layout *page, ent_arena *arena, const ent_style *style,
                     const ent_summary *s, const ent_summary_notes *notes)
{
    ent_layout_part *part = ent_layout_add(arena, page, NULL, NULL, SIZE_MAX, SIZE_MAX);
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put_ink(&b, style, ENT_INK_BOLD,
                ent_shorten(arena, ent_summary_question(arena, s), 2 * style->width - 12));
    ent_put_char(&b, '\n');
    ent_fold(&b, style);
    ent_buffer record = ent_buffer_init(arena, 0);
    ent_put_record(&record, &(ent_style){.width = 10000}, s->analysis);
    if (has_later(s->analysis)) {
        ent_put(&b, ent_few_lines(arena, style, 0, 2, 2, ent_buffer_text(&record)));
    }
    ent_put(&b, ent_few_lines(arena, style, 0, 2, 2, ent_summary_counts(arena, s)));
    ent_put_char(&b, '\n');
    ent_put_wrapped(&b, style, 0, 0, ent_summary_answer(arena, s));
    ent_put_char(&b, '\n');
    ent_put_summary_table(&b, style, s, notes);
    for (size_t n = 0; n < notes->count; n++) {
        ent_put_wrapped(&b, style, 0, 4, ent_format(arena, "[%zu] %s", n + 1, notes->at[n]));
    }
    ent_put_wrapped(&b, style, 0, 0,
                    "Shares of the preference worlds that fit an account. They are not odds.");
    ent_layout_item(arena, part, ent_buffer_text(&b));
}

/* ---- From one package to any ------------------------ */

static unsigned cells_of(double share, unsigned cells)
{
    unsigned whole = (unsigned)(share * cells + 0.5);
    return share > 0 && whole == 0 ? 1 : whole;
}

void ent_summary_curve(const ent_summary *s, size_t i, double ends[ENT_SUMMARY_CURVE])
{
    const ent_menus *menus = &s->whole->menus[i];
    const ent_zone *zone = &s->whole->deals[i].zone;
    for (size_t size = 1; size <= 3; size++) {
        ends[size - 1] = menus->count >= size ? menus->at[size - 1].share
                         : size > 1           ? ends[size - 2]
                                              : 0;
    }
    ends[3] = zone->ranged ? zone->low : zone->share;
    ends[4] = zone->ranged ? zone->high : zone->share;
}

/* The bar of an account: each mark begins where the one before it ends. */
static const char *curve_text(ent_arena *arena, const ent_summary *s, size_t i, unsigned cells)
{
    double ends[ENT_SUMMARY_CURVE];
    ent_summary_curve(s, i, ends);
    ent_buffer b = ent_buffer_init(arena, 0);
    unsigned at = 0;
    for (size_t k = 0; k < ENT_SUMMARY_CURVE; k++) {
        unsigned end = cells_of(ends[k], cells);
        ent_put_repeat(&b, (const char *[]){"#", "=", "+", "-", ":"}[k], end > at ? end - at : 0);
        at = end > at ? end : at;
    }
    ent_put_repeat(&b, ".", cells - at);
    return ent_buffer_text(&b);
}

static void add_curve(ent_layout *page, ent_arena *arena, const ent_style *style,
                      const ent_summary *s)
{
    bool ranged = false, rises = false;
    size_t shown = ent_summary_shown(s);
    ent_buffer b = ent_buffer_init(arena, 0);
    unsigned name = style->width >= 72 ? 24 : 12;
    for (size_t k = 0; k < shown; k++) {
        size_t i = ent_summary_at(s, k);
        const ent_zone *zone = &s->whole->deals[i].zone;
        if (!ent_summary_has(s, i) || (zone->share <= 0 && !zone->ranged)) {
            continue;
        }
        ranged = ranged || (zone->ranged && zone->high > zone->low);
        rises = rises || zone->share > s->whole->deals[i].at[0].joint;
        ent_put(&b, "  ");
        ent_put_cell(&b, ent_summary_name(arena, s, i), name, false);
        ent_putf(&b, "  %s\n", curve_text(arena, s, i, style->width - name - 6));
    }
    if (ranged || rises) { /* else one package does as well as any */
        ent_put(&b, "  ");
        ent_put_wrapped(&b, style, 2, 2,
                        ranged ? "# one package, = two tabled together, + three, - some package, "
                                 ": open votes"
                               : "# one package, = two tabled together, + three, - some package");
        ent_layout_part *part =
            ent_layout_add(arena, page, "From one package to the zone of agreement", NULL,
                          SIZE_MAX, SIZE_MAX);
        ent_layout_item(arena, part, ent_buffer_text(&b));
    }
}

/* ---- In dispute ------ */

static const char *question_item(ent_arena *arena, const ent_style *style, const ent_case *c,
                                 const ent_told *told, const ent_question_in_dispute *q)
{
    enum { LABEL = 8 };
    ent_answers answers = ent_question_answers(arena, c, q);
    const struct {
        const char *label;
        const uint32_t *statements;
        size_t count;
    } sides[] = {{q->b_count > 0 ? answers.a : "together", q->a, q->a_count},
                 {answers.b, q->b, q->b_count}};
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put(&b, ent_few_lines(arena, style, 2, 4, WORDS, ent_question_text(arena, c, told, q)));
    for (int k = 0; k < 2; k++) {
        if (sides[k].count > 0) {
            const char *who = ent_speakers_text(arena, c, sides[k].statements, sides[k].count);
            ent_put(&b, "    ");
            ent_put_cell(&b, sides[k].label, LABEL, false);
            ent_put_wrapped(&b, style, 4 + LABEL, 4 + LABEL,
                            ent_shorten(arena, who, 2 * (style->width - 4 - LABEL - 6)));
        }
    }
    return ent_buffer_text(&b);
}

static void count_text(ent_buffer *b, size_t count, const char *one, const char *many)
{
    if (count > 0) {
        ent_putf(b, "%s%zu %s", b->length > 0 ? "; " : "", count, count == 1 ? one : many);
    }
}

/* What is not open now, in a line. */
static const char *quiet_text(ent_arena *arena, const ent_summary *s)
{
    size_t moved = 0, given_up = 0, silent = 0;
    for (size_t i = 0; i < s->disputes->question_count; i++) {
        const ent_question_in_dispute *q = &s->disputes->questions[i];
        moved += q->kind == ENT_MOVE;
        silent += q->kind == ENT_SILENCE;
        given_up += q->kind != ENT_MOVE && q->kind != ENT_SILENCE && !q->live;
    }
    size_t measures =
        ent_find_measure_disputes(arena, s->analysis->c, s->analysis->on).count;
    ent_buffer b = ent_buffer_init(arena, 0);
    count_text(&b, measures, "in dispute by the measure alone", "in dispute by the measure alone");
    count_text(&b, given_up, "over a position given up since", "over positions given up since");
    count_text(&b, silent, "only if silence means no", "only if silence means no");
    count_text(&b, moved, "position that moved", "positions that moved");
    if (!s->disputes->complete) {
        ent_putf(&b, "%sthe search stopped at its limit: there may be more",
                 b.length > 0 ? "; " : "");
    }
    return b.length > 0 ? ent_format(arena, "%s (`entente accounts`)", ent_buffer_text(&b)) : NULL;
}

static void add_disputes(ent_layout *page, ent_arena *arena, const ent_style *style,
                         const ent_summary *s)
{
    const ent_case *c = s->analysis->c;
    ent_told told = ent_told_nothing(arena, c);
    ent_layout_part *part =
        ent_layout_add(arena, page, "In dispute (proved)", "entente accounts", 12, 5);
    const char *quiet = quiet_text(arena, s);
    for (size_t i = 0; i < s->disputes->question_count; i++) {
        if (s->disputes->questions[i].live) {
            ent_layout_item(arena, part,
                           question_item(arena, style, c, &told, &s->disputes->questions[i]));
        }
    }
    if (part->count == 0) {
        ent_layout_item(arena, part,
                       s->disputes->count == 0
                           ? "  Nothing that was said contradicts anything else.\n"
                           : "  Nothing now.\n");
    }
    if (quiet != NULL) {
        part = ent_layout_add(arena, page, NULL, NULL, SIZE_MAX, SIZE_MAX);
        ent_layout_item(arena, part, ent_few_lines(arena, style, 2, 4, 2, quiet));
    }
}

/* ---- What is assumed, foot ------------------------ */

static void add_assumed(ent_layout *page, ent_arena *arena, const ent_style *style,
                        const ent_summary *s)
{
    const ent_case *c = s->analysis->c;
    ent_buffer b = ent_buffer_init(arena, 0);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (c->statements[i].assumption && s->analysis->on[i]) {
            ent_putf(&b, "%s%s", b.length > 0 ? ", " : "", c->statements[i].id);
        }
    }
    for (size_t k = 0; k < s->analysis->councils.count; k++) {
        const ent_party *council = &c->parties[s->analysis->councils.at[k].party];
        if (council->approval->of > council->approval->member_count) {
            ent_putf(&b, "%s%u of the %u open votes of %s are for", b.length > 0 ? "; " : "",
                     council->approval->others,
                     council->approval->of - council->approval->member_count,
                     ent_party_phrase(arena, c, s->analysis->councils.at[k].party));
        }
    }
    ent_layout_part *part =
        ent_layout_add(arena, page, "Assumed by the analyst (--without ID leaves one out)",
                      "entente report --full", 4, 3);
    ent_layout_item(arena, part,
                   b.length == 0 ? "  Nothing.\n"
                                 : ent_few_lines(arena, style, 2, 4, 2, ent_buffer_text(&b)));
}

static void add_foot(ent_layout *page, ent_arena *arena, const ent_style *style,
                     const ent_summary *s)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put_char(&b, '\n');
    ent_put_wrapped(&b, style, 0, 6,
                    ent_format(arena, "More: entente report %s --full; entente menu, ask, bridge, "
                                      "walk, why",
                               s->command_case));
    ent_put_wrapped(&b, style, 0, 0, ent_provenance(arena, s->analysis));
    ent_layout_part *part = ent_layout_add(arena, page, NULL, NULL, SIZE_MAX, SIZE_MAX);
    ent_layout_item(arena, part, ent_buffer_text(&b));
}

void ent_put_summary_page(ent_buffer *out, const ent_style *style, const ent_summary *s)
{
    ent_arena *arena = out->arena;
    ent_layout page = {0};
    ent_summary_notes notes = ent_summary_notes_of(arena, s);
    add_head(&page, arena, style, s, &notes);
    add_curve(&page, arena, style, s);
    add_disputes(&page, arena, style, s);
    ent_add_summary_deals(&page, arena, style, s);
    add_assumed(&page, arena, style, s);
    add_foot(&page, arena, style, s);
    size_t lines = style->width >= PAGE_WIDTH ? PAGE_LINES
                                              : (size_t)PAGE_LINES * PAGE_WIDTH / style->width;
    ent_put_layout(out, style, &page, lines);
}
