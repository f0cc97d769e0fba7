/* Of the brief: its figure, the footnotes of statements, and the annex of sources. */
#include "report/brief.h"

#include "record/suppose.h"
#include "report/summary_parts.h"

#include <string.h>

/* ---- The figure ----------------------------------------------------------------------------- */

enum { WIDE = 576, LEFT = 170, SCALE = 270, ROW = 34, BAR = 18, TOP = 8, MARKS = 5 };

static const uint32_t colors[ENT_SUMMARY_CURVE] = {0x003f66, 0x0072b2, 0x66aad1, 0xb8bcc0,
                                                   0xe0e2e4};
static const char *const meanings[ENT_SUMMARY_CURVE] = {
    "one package", "two together", "three", "some package", "with open votes for"};

static void draw_bar(ent_arena *arena, ent_drawing *drawing, const ent_summary *s, size_t i,
                     double y)
{
    double ends[ENT_SUMMARY_CURVE];
    double at = 0;
    const ent_zone *zone = &s->whole->deals[i].zone;
    ent_summary_curve(s, i, ends);
    ent_draw_label(arena, drawing, LEFT - 8, y + 13, ENT_ANCHOR_END, 0x111111,
                   ent_shorten(arena, ent_summary_name(arena, s, i), 26));
    ent_draw_rectangle(arena, drawing, LEFT, y, SCALE, BAR, 0xf4f4f4);
    for (size_t k = 0; k < ENT_SUMMARY_CURVE; k++) {
        if (ends[k] > at) {
            ent_draw_rectangle(arena, drawing, LEFT + SCALE * at, y, SCALE * (ends[k] - at), BAR,
                               colors[k]);
            at = ends[k];
        }
    }
    ent_draw_label(arena, drawing, LEFT + SCALE + 8, y + 13, ENT_ANCHOR_START, 0x111111,
                   ent_format(arena, "%s, %s", ent_percent(arena, ends[0]),
                              ent_zone_text(arena, zone)));
}

ent_drawing ent_brief_curve(ent_arena *arena, const ent_summary *s)
{
    size_t shown = ent_summary_shown(s);
    ent_drawing drawing = {.width = WIDE,
                           .title = "From one package to the zone of agreement, by account"};
    double y = TOP;
    bool ranged = false;
    for (size_t k = 0; k < shown; k++) {
        size_t i = ent_summary_at(s, k);
        if (ent_summary_has(s, i)) {
            ranged = ranged || s->whole->deals[i].zone.ranged;
            draw_bar(arena, &drawing, s, i, y);
            y += ROW;
        }
    }
    for (int mark = 0; mark <= MARKS; mark++) {
        double x = LEFT + (double)SCALE * mark / MARKS;
        ent_draw_rectangle(arena, &drawing, x - 0.5, y - 8, 1, 6, 0x555555);
        ent_draw_label(arena, &drawing, x, y + 12, ENT_ANCHOR_MIDDLE, 0x555555,
                       ent_format(arena, "%d%%", 100 * mark / MARKS));
    }
    double x = 8;
    for (size_t k = 0; k < ENT_SUMMARY_CURVE - (ranged ? 0u : 1u); k++) {
        ent_draw_rectangle(arena, &drawing, x, y + 26, 12, 12, colors[k]);
        ent_draw_label(arena, &drawing, x + 17, y + 36, ENT_ANCHOR_START, 0x111111, meanings[k]);
        x += 30 + 7.0 * (double)strlen(meanings[k]);
    }
    drawing.height = y + 46;
    return drawing;
}

/* ---- Words and sources ---------------------------------------------------------------------- */

static const char *date_text(ent_arena *arena, const ent_statement *s)
{
    return s->date == NULL ? "" : ent_format(arena, ", %.10s", s->date);
}

/* "Joint statement, UN Security Council, 2016-03-02, https://...", as far as it is known. */
static const char *source_text(const ent_document *d, const ent_source *source)
{
    ent_buffer b = ent_buffer_init(d->out->arena, 0);
    const char *parts[] = {source->title != NULL ? source->title : source->id, source->publisher,
                           source->date};
    for (int i = 0; i < 3; i++) {
        if (parts[i] != NULL) {
            ent_putf(&b, "%s%s", b.length > 0 ? ", " : "", ent_inline(d, parts[i]));
        }
    }
    if (source->url != NULL) {
        ent_putf(&b, ", %s", ent_inline_link(d, source->url));
    }
    return ent_buffer_text(&b);
}

static bool is_cited(const ent_summary *s, uint32_t source)
{
    const ent_case *c = s->analysis->c;
    for (uint32_t i = 0; i < ent_recorded(c); i++) {
        if (c->statements[i].source == source && s->analysis->on[i]) {
            return true;
        }
    }
    return false;
}

/* The number of a source in the annex, from 1. O(sources * statements). */
static unsigned annex_number(const ent_summary *s, uint32_t source)
{
    unsigned number = 1;
    for (uint32_t k = 0; k < source; k++) {
        number += is_cited(s, k);
    }
    return number;
}

/* Who said it, when, the words, and the name that the case gives it. */
static const char *statement_text(const ent_document *d, const ent_case *c, uint32_t statement)
{
    ent_arena *arena = d->out->arena;
    const ent_statement *s = &c->statements[statement];
    const char *words = ent_words_text(arena, s);
    return ent_inline(d, ent_format(arena, "%s%s: %s (%s)",
                                    s->assumption ? "the analyst" : ent_speaker_text(c, s),
                                    date_text(arena, s), words == NULL ? "no words" : words,
                                    s->id));
}

static const char *where_text(ent_arena *arena, const ent_summary *summary, uint32_t source)
{
    if (source == ENT_NONE) {
        return "";
    }
    const char *publisher = summary->analysis->c->sources[source].publisher;
    return ent_format(arena, "; S%u%s%s", annex_number(summary, source),
                      publisher == NULL ? "" : ", ", publisher == NULL ? "" : publisher);
}

/*
 * Who said these, when and where, all of one speaker; their words stand in the annex, so that the
 * pages are the brief's. "Ri Yong Ho, 2019-03-01; S1, Al Jazeera (ri-partial, ri-tests)".
 */
static const char *note_of(ent_document *d, const ent_summary *summary, const uint32_t *statements,
                           size_t count)
{
    ent_arena *arena = d->out->arena;
    const ent_case *c = summary->analysis->c;
    const ent_statement *first = &c->statements[statements[0]], *before = NULL;
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_put(&b, first->assumption ? "the analyst" : ent_speaker_text(c, first));
    for (size_t i = 0; i < count; i++) {
        const ent_statement *s = &c->statements[statements[i]];
        const char *date = date_text(arena, s);
        bool same = before != NULL && before->source == s->source &&
                    strcmp(date, date_text(arena, before)) == 0;
        if (same) {
            ent_putf(&b, ", %s", s->id);
        } else {
            ent_putf(&b, "%s%s%s (%s", before == NULL ? "" : ")", date,
                     where_text(arena, summary, s->source), s->id);
        }
        before = s;
    }
    ent_put(&b, ")");
    return ent_inline_note(d, first, ent_inline(d, ent_buffer_text(&b)));
}

const char *ent_brief_speakers(ent_document *d, const ent_summary *s, const uint32_t *statements,
                               size_t count)
{
    const ent_case *c = s->analysis->c;
    ent_buffer b = ent_buffer_init(d->out->arena, 0);
    for (size_t i = 0, end; i < count; i = end) {
        const char *who = ent_speaker_text(c, &c->statements[statements[i]]);
        for (end = i + 1; end < count; end++) {
            if (strcmp(who, ent_speaker_text(c, &c->statements[statements[end]])) != 0) {
                break;
            }
        }
        ent_putf(&b, "%s%s%s", i == 0 ? "" : ", ", ent_inline(d, who),
                 note_of(d, s, &statements[i], end - i));
    }
    return ent_buffer_text(&b);
}

/* The scale of letters that intelligence and the format share (docs/FORMAT.md). */
static const char *reliability_text(char letter)
{
    static const char *const words[] = {
        "reliability: complete",        "reliability: usually reliable",
        "reliability: fairly reliable", "reliability: not usually reliable",
        "reliability: unreliable",      "reliability: cannot be judged"};
    return letter >= 'A' && letter <= 'F' ? words[letter - 'A'] : "reliability: not stated";
}

static void put_said(ent_document *d, const ent_summary *s, uint32_t source)
{
    const ent_case *c = s->analysis->c;
    size_t said = 0;
    for (uint32_t i = 0; i < ent_recorded(c); i++) {
        if (c->statements[i].source == source && s->analysis->on[i] &&
            !c->statements[i].assumption) {
            if (said == 0) {
                ent_document_list(d, true);
            }
            ent_document_item(d, statement_text(d, c, i));
            said++;
        }
    }
    if (said > 0) {
        ent_document_list(d, false);
    }
}

void ent_put_brief_annex(ent_document *d, const ent_summary *s)
{
    const ent_case *c = s->analysis->c;
    unsigned number = 0;
    /* Of the first level, for word processors begin a page with that. */
    ent_document_heading(d, d->form == ENT_DOCUMENT_HTML ? 2 : 1,
                         "Annex: sources with their words");
    for (uint32_t k = 0; k < c->source_count; k++) {
        if (is_cited(s, k)) {
            ent_document_paragraph(d, ent_format(d->out->arena, "S%u. %s (%s)", ++number,
                                                 source_text(d, &c->sources[k]),
                                                 reliability_text(c->sources[k].reliability)));
            put_said(d, s, k);
        }
    }
    bool loose = false;
    for (uint32_t i = 0; i < ent_recorded(c) && !loose; i++) {
        loose = c->statements[i].source == ENT_NONE && s->analysis->on[i] &&
                !c->statements[i].assumption;
    }
    if (loose) {
        ent_document_paragraph(d, ent_inline(d, "Without a source:"));
        put_said(d, s, ENT_NONE);
    }
}
