#include "report/brief.h"

#include "answers/footing.h"
#include "report/enquiry.h"
#include "report/summary_parts.h"

#include <string.h>

/* ---- Packages ------------------------------------------------------------------------------- */

/* What each giver gives, an item a line. */
static void put_package(ent_document *d, const ent_case *c, const uint64_t *levels)
{
    ent_arena *arena = d->out->arena;
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put_exchange(&b, &(ent_style){.width = 1000000}, c, levels, 0);
    ent_document_list(d, true);
    for (const char *line = ent_buffer_text(&b); *line != '\0';) {
        size_t length = strcspn(line, "\n");
        const char *text = ent_copy_text(arena, line, length);
        const char *what = strstr(text, "  "); /* between who gives and what */
        what = what == NULL ? text + length : what;
        ent_document_item(
            d, ent_format(arena, "%s%s",
                          ent_inline_strong(d, ent_copy_text(arena, text, (size_t)(what - text))),
                          ent_inline(d, *what == '\0' ? "" : ent_format(arena, ": %s", what + 2))));
        line += length + (line[length] == '\n');
    }
    ent_document_list(d, false);
}

/* Who has to accept, in which share of the worlds. */
static void put_takers(ent_document *d, const ent_case *c, const ent_deal *deal)
{
    ent_arena *arena = d->out->arena;
    const char **cells = ent_alloc(arena, 2 * ((size_t)c->party_count + 1), const char *);
    size_t rows = 1;
    cells[0] = ent_inline(d, "accepted by");
    cells[1] = ent_inline(d, "in");
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (deal->asked[p] && deal->shares[p] >= 0) {
            bool proved = deal->verdicts != NULL && deal->verdicts[p] != ENT_POSSIBLE;
            cells[2 * rows] = ent_inline(d, c->parties[p].name);
            cells[2 * rows + 1] =
                ent_inline(d, ent_format(arena, "%s%s", ent_percent(arena, deal->shares[p]),
                                         proved ? " (proved)" : ""));
            rows++;
        }
    }
    ent_document_table(d, cells, rows, 2, true);
}

/* Whose words the package stands on, with a footnote for each. */
static void put_grounds(ent_document *d, const ent_summary *s, size_t account,
                        const uint64_t *levels)
{
    const ent_case *c = s->analysis->c;
    ent_arena *arena = d->out->arena;
    ent_footing footing = ent_footing_of(arena, s->analysis, account, levels);
    bool *told = ent_alloc(arena, c->statement_count + (size_t)1, bool);
    uint32_t *said = ent_alloc(arena, footing.count + 1, uint32_t);
    size_t count = 0;
    ent_buffer never = ent_buffer_init(arena, 0);
    for (size_t i = 0; i < footing.count; i++) {
        const ent_element *e = &footing.elements[i];
        if (e->statement == ENT_NONE) {
            const ent_issue *issue = &c->space.issues[e->issue];
            ent_putf(&never, "%s%s: %s", never.length > 0 ? "; " : "", issue->name,
                     ent_level_text(arena, issue, e->level, true));
        } else if (!told[e->statement]) {
            told[e->statement] = true;
            said[count++] = e->statement;
        }
    }
    if (count > 0) {
        ent_document_paragraph(d, ent_format(arena, "Parts of it were spoken of by %s.",
                                             ent_brief_speakers(d, s, said, count)));
    }
    if (never.length > 0) {
        ent_document_paragraph(
            d, ent_inline(d, ent_format(arena, "Nobody ever spoke of it so far: %s.",
                                        ent_buffer_text(&never))));
    }
}

/* ---- Sections ------------------------------------------------------------------------------- */

static void put_accounts(ent_document *d, const ent_summary *s)
{
    ent_arena *arena = d->out->arena;
    size_t shown = ent_summary_shown(s), columns = shown + 1;
    ent_summary_notes notes = ent_summary_notes_of(arena, s);
    const char **cells =
        ent_alloc(arena, columns * (ENT_SUMMARY_ROWS + 1), const char *);
    cells[0] = ent_inline(d, "account of");
    for (size_t k = 0; k < shown; k++) {
        size_t i = ent_summary_at(s, k);
        cells[k + 1] = ent_inline(d, ent_summary_name(arena, s, i));
        for (size_t r = 0; r < ENT_SUMMARY_ROWS; r++) {
            const char *cell = ent_summary_rows[r].cell(arena, s, i);
            cells[(r + 1) * columns + k + 1] = ent_inline(
                d, r > 0 ? cell : ent_format(arena, "%s %s", cell, notes.marks[i]));
        }
    }
    for (size_t r = 0; r < ENT_SUMMARY_ROWS; r++) {
        cells[(r + 1) * columns] = ent_inline(d, ent_summary_rows[r].label);
    }
    ent_document_table(d, cells, ENT_SUMMARY_ROWS + 1, columns, true);
    for (size_t n = 0; n < notes.count; n++) {
        ent_document_paragraph(
            d, ent_inline(d, ent_format(arena, "[%zu] This share %s.", n + 1, notes.at[n])));
    }
    ent_document_paragraph(
        d, ent_inline(d, "Shares of the preference worlds that fit an account. They are not odds. "
                         "A mediator can table one package at a time, so the second line matters "
                         "as much as the first."));
}

static void put_curve(ent_document *d, const ent_summary *s, const ent_ranked *best)
{
    ent_arena *arena = d->out->arena;
    const ent_menu *menu = ent_summary_menu(s, best->account);
    const char *some = ent_zone_text(arena, &s->whole->deals[best->account].zone);
    const char *one = ent_percent(arena, best->deal->joint);
    ent_drawing drawing = ent_brief_curve(arena, s);
    ent_document_figure(
        d, &drawing,
        menu == NULL || menu->size < 2
            ? ent_format(arena, "On %s one package suits all in %s, some package in %s.",
                         ent_summary_phrase(arena, s, best->account, 60), one, some)
            : ent_format(arena,
                         "On %s one package suits all in %s, one of %zu tabled together in %s, "
                         "some package in %s.",
                         ent_summary_phrase(arena, s, best->account, 60), one, menu->size,
                         ent_percent(arena, menu->share), some));
}

static const char *who_text(ent_document *d, const ent_summary *s, const char *answer,
                            const uint32_t *statements, size_t count)
{
    return ent_format(d->out->arena, "%s: %s", ent_inline_strong(d, answer),
                      ent_brief_speakers(d, s, statements, count));
}

static void put_disputes(ent_document *d, const ent_summary *s)
{
    const ent_case *c = s->analysis->c;
    ent_arena *arena = d->out->arena;
    ent_told told = ent_told_nothing(arena, c);
    ent_document_heading(d, 2, "In dispute");
    for (size_t i = 0; i < s->disputes->question_count; i++) {
        const ent_question_in_dispute *q = &s->disputes->questions[i];
        if (q->live) {
            ent_answers answers = ent_question_answers(arena, c, q);
            ent_document_heading(d, 3, ent_question_text(arena, c, &told, q));
            ent_document_list(d, true);
            ent_document_item(d, who_text(d, s, q->b_count > 0 ? answers.a : "together", q->a,
                                          q->a_count));
            if (q->b_count > 0) {
                ent_document_item(d, who_text(d, s, answers.b, q->b, q->b_count));
            }
            ent_document_list(d, false);
        }
    }
    ent_document_paragraph(
        d, ent_inline(d, ent_summary_live(s) == 0
                             ? "Nothing that was said contradicts anything else that still holds."
                             : "That the statements of the two sides cannot both be true is "
                               "proved, and does not depend on how preferences are drawn."));
}

static void put_packages(ent_document *d, const ent_summary *s, const ent_ranked *order,
                         size_t count)
{
    ent_arena *arena = d->out->arena;
    bool headed = count > 0 && !ent_summary_hopeless(order[0].deal->joint);
    if (!headed) {
        ent_document_heading(d, 2, "The best single package");
    }
    for (size_t k = 0; k < count; k++) {
        size_t first = 0;
        while (!ent_summary_same(s, order[first].deal->levels, order[k].deal->levels)) {
            first++;
        }
        bool hopeless = first == k && ent_summary_hopeless(order[k].deal->joint);
        const char *words = ent_format(arena, "%s %s%s %s%s",
                                       k == 0 && headed ? "The best single package, on" : "On",
                                       ent_summary_phrase(arena, s, order[k].account, 60),
                                       hopeless ? " no package comes near: the best suits all in"
                                                : ", all accept in",
                                       ent_percent(arena, order[k].deal->joint),
                                       first < k ? ": the package above" : "");
        if (first < k || hopeless) {
            ent_document_paragraph(d, ent_inline_strong(d, words));
        } else {
            ent_document_heading(d, k == 0 ? 2 : 3, words); /* stays with the package */
            put_package(d, s->analysis->c, order[k].deal->levels);
            put_takers(d, s->analysis->c, order[k].deal);
            put_grounds(d, s, order[k].account, order[k].deal->levels);
        }
    }
    if (count == 0) {
        ent_document_paragraph(
            d, ent_inline(d, "No package suits all in any world that was drawn."));
    }
}

static void put_menu(ent_document *d, const ent_summary *s, const ent_ranked *best)
{
    ent_arena *arena = d->out->arena;
    const ent_menu *menu = ent_summary_menu(s, best->account);
    if (menu == NULL || menu->size < 2) {
        return;
    }
    ent_document_heading(d, 2, ent_format(arena, "Tabled together, %s: all take one of %zu in %s",
                                          ent_summary_title(arena, s, best->account), menu->size,
                                          ent_percent(arena, menu->share)));
    for (size_t k = 0; k < menu->size; k++) {
        const uint64_t *levels = menu->items[k].deal.levels;
        bool told = ent_summary_same(s, levels, best->deal->levels);
        const char *words =
            ent_format(arena, "%s package: %s %s%s",
                       k == 0   ? "First"
                       : k == 1 ? "Second"
                       : k == 2 ? "Third"
                                : "Next",
                       k == 0 ? "all accept in" : "adds", ent_percent(arena, menu->items[k].adds),
                       told ? ", the best single package" : "");
        if (told) {
            ent_document_paragraph(d, ent_inline_strong(d, words));
        } else {
            ent_document_heading(d, 3, words);
            put_package(d, s->analysis->c, levels);
        }
    }
}

static double joint_of(const ent_tabled *tabled)
{
    return tabled->levels == NULL ? 0 : tabled->joint;
}

static void put_questions(ent_document *d, const ent_summary *s, const ent_ranked *order,
                          size_t count)
{
    ent_arena *arena = d->out->arena;
    ent_document_heading(d, 2, "What to ask first");
    for (size_t k = 0; k < count; k++) {
        const ent_enquiries *e = &s->whole->enquiries[order[k].account];
        const ent_enquiry *q = ent_summary_ask(e);
        const char *on = ent_summary_phrase(arena, s, order[k].account, 60);
        ent_document_paragraph(
            d, ent_inline(
                   d, q == NULL && e->too_many
                          ? ent_format(arena, "On %s there are too many packages to look for a "
                                              "question here.",
                                       on)
                      : q == NULL
                          ? ent_format(arena, "On %s no answer lifts the best package by a point.",
                                       on)
                          : ent_format(arena,
                                       "On %s: %s Yes in %s. The package tabled after yes then "
                                       "suits all in %s, after no in %s.",
                                       on, ent_enquiry_text(arena, s->analysis->c, q),
                                       ent_percent(arena, q->yes),
                                       ent_percent(arena, joint_of(&q->if_yes)),
                                       ent_percent(arena, joint_of(&q->if_no)))));
    }
    if (count == 0) {
        ent_document_paragraph(d, ent_inline(d, "Whatever the answer, no package suits all."));
    }
}

static void put_changes(ent_document *d, const ent_summary *s)
{
    enum { MOST = 3 };
    ent_arena *arena = d->out->arena;
    bool headed = false;
    for (size_t k = 0; k < ent_summary_shown(s); k++) {
        size_t i = ent_summary_at(s, k), rows = 1;
        const ent_bridge *bridge = &s->whole->bridges[i];
        const char *cells[2 * (MOST + 1)];
        if (!ent_summary_has(s, i) || bridge->change_count == 0) {
            continue;
        }
        if (!headed) {
            ent_document_heading(d, 2, "What would have to change in the record");
            headed = true;
        }
        cells[0] = ent_inline(d, ent_summary_title(arena, s, i));
        cells[1] = ent_inline(d, "the best package then reaches");
        for (size_t n = 0; n < bridge->change_count && n < MOST; n++, rows++) {
            const ent_record_change *change = &bridge->changes[n];
            cells[2 * rows] = ent_inline(d, ent_change_text(arena, s->analysis->c, change));
            cells[2 * rows + 1] = ent_inline(d, ent_percent(arena, change->deal.joint));
        }
        ent_document_table(d, cells, rows, 2, true);
    }
}

static void put_assumed(ent_document *d, const ent_summary *s)
{
    const ent_case *c = s->analysis->c;
    ent_arena *arena = d->out->arena;
    size_t shown = 0;
    ent_document_heading(d, 2, "What is assumed");
    ent_document_list(d, true);
    for (uint32_t i = 0; i < c->statement_count; i++) {
        const ent_statement *statement = &c->statements[i];
        if (statement->assumption && s->analysis->on[i]) {
            ent_document_item(
                d, ent_inline(d, ent_format(arena, "%s: %s", statement->id,
                                            statement->because == NULL ? "no reason is given"
                                                                       : statement->because)));
            shown++;
        }
    }
    for (size_t k = 0; k < s->analysis->councils.count; k++, shown++) {
        ent_document_item(d, ent_inline(d, ent_council_text(arena, c,
                                                            s->analysis->councils.at[k].party)));
    }
    if (shown == 0) {
        ent_document_item(d, ent_inline(d, "Nothing."));
    }
    ent_document_list(d, false);
}

static void put_method(ent_document *d, const ent_summary *s)
{
    ent_document_heading(d, 2, "How this was worked out");
    ent_document_paragraph(
        d, ent_inline(d, "No side's preferences are known. Each statement on record is taken as a "
                         "condition on what a party may prefer, and the shares above are of all "
                         "the preferences that satisfy the conditions of an account, drawn evenly. "
                         "What was said in rooms without a record, and what is not an issue of "
                         "this case, is not in these numbers."));
    ent_document_paragraph(d, ent_inline(d, ent_format(d->out->arena, "%s; %s.",
                                                       ent_summary_counts(d->out->arena, s),
                                                       ent_provenance(d->out->arena,
                                                                      s->analysis))));
}

void ent_put_brief(ent_buffer *out, ent_document_form form, const ent_summary *s)
{
    ent_ranked *order;
    size_t count = ent_summary_ranked(out->arena, s, &order);
    ent_document d = ent_document_open(out, form, ent_summary_question(out->arena, s));
    ent_document_paragraph(&d, ent_inline_strong(&d, ent_summary_answer(out->arena, s)));
    put_accounts(&d, s);
    if (count > 0) {
        put_curve(&d, s, &order[0]);
    }
    put_disputes(&d, s);
    put_packages(&d, s, order, count);
    if (count > 0) {
        put_menu(&d, s, &order[0]);
    }
    put_questions(&d, s, order, count);
    put_changes(&d, s);
    put_assumed(&d, s);
    put_method(&d, s);
    ent_put_brief_annex(&d, s);
    ent_document_close(&d);
}
