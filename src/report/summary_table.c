/* The accounts side by side, and what is doubtful about their figures. */
#include "report/summary_parts.h"

#include <string.h>

enum { LABEL = 29, COLUMN = 22 };

/* ---- Cells ---------------------------------------------------------------------------------- */

static const char *zone_cell(ent_arena *arena, const ent_summary *s, size_t i)
{
    return ent_summary_has(s, i) ? ent_zone_text(arena, &s->whole->deals[i].zone)
                                 : "contradiction";
}

static const char *deal_cell(ent_arena *arena, const ent_summary *s, size_t i)
{
    const ent_deals *deals = &s->whole->deals[i];
    return !ent_summary_has(s, i) || deals->count == 0 ? "-"
                                                       : ent_percent(arena, deals->at[0].joint);
}

static const char *ask_cell(ent_arena *arena, const ent_summary *s, size_t account)
{
    const ent_enquiries *e = &s->whole->enquiries[account];
    return !ent_summary_has(s, account) || e->best.deal.levels == NULL || e->too_many ? "-"
           : e->plan == NULL ? ent_percent(arena, e->best.deal.joint)
                             : ent_percent(arena, e->plan->expected[1]);
}

static const char *menu_cell(ent_arena *arena, const ent_summary *s, size_t account)
{
    const ent_menu *menu = ent_summary_menu(s, account);
    return !ent_summary_has(s, account) ? "-"
                                        : ent_percent(arena, menu == NULL ? 0 : menu->share);
}

const ent_summary_row ent_summary_rows[ENT_SUMMARY_ROWS] = {
    {"some package suits all", zone_cell},
    {"best single package", deal_cell},
    {"after the best question", ask_cell},
    {"a menu of up to three", menu_cell},
};

/* The cell of the row, with the marks of what is doubtful beside the zone. */
static const char *cell_text(ent_arena *arena, const ent_summary *s, size_t row, size_t account,
                             const ent_summary_notes *notes)
{
    const char *text = ent_summary_rows[row].cell(arena, s, account);
    return row > 0 || notes == NULL || notes->marks[account][0] == '\0'
               ? text
               : ent_format(arena, "%s %s", text, notes->marks[account]);
}

/* ---- Three forms ---------------------------------------------------------------------------- */

static unsigned column_width(const ent_style *style, size_t columns)
{
    unsigned width = (style->width - LABEL) / (unsigned)(columns > 0 ? columns : 1);
    return width > COLUMN ? COLUMN : width;
}

/* Do the names and cells of the accounts fit over columns that stand side by side? */
static bool fits_beside(ent_arena *arena, const ent_style *style, const ent_summary *s,
                        const ent_summary_notes *notes)
{
    size_t shown = ent_summary_shown(s);
    unsigned width = column_width(style, shown);
    bool fits = true;
    for (size_t k = 0; k < shown; k++) {
        size_t i = ent_summary_at(s, k);
        fits = fits && ent_text_width(ent_summary_name(arena, s, i)) < width &&
               ent_text_width(cell_text(arena, s, 0, i, notes)) < width;
    }
    return fits;
}

static void put_beside(ent_buffer *out, const ent_style *style, const ent_summary *s,
                       const ent_summary_notes *notes)
{
    size_t shown = ent_summary_shown(s);
    unsigned width = column_width(style, shown);
    ent_put_cell(out, shown > 1 ? "account of" : "", LABEL, false);
    for (size_t k = 0; k < shown; k++) {
        ent_put_cell(out, ent_summary_name(out->arena, s, ent_summary_at(s, k)), width, true);
    }
    ent_put_char(out, '\n');
    for (size_t r = 0; r < ENT_SUMMARY_ROWS; r++) {
        ent_put_cell(out, ent_summary_rows[r].label, LABEL, false);
        for (size_t k = 0; k < shown; k++) {
            ent_put_cell(out, cell_text(out->arena, s, r, ent_summary_at(s, k), notes), width,
                         true);
        }
        ent_put_char(out, '\n');
    }
}

/* A row for each account, for long names and many accounts. */
static void put_rows(ent_buffer *out, const ent_style *style, const ent_summary *s,
                     const ent_summary_notes *notes)
{
    static const struct {
        const char *first, *second;
        unsigned width;
    } heads[ENT_SUMMARY_ROWS] = {{"some package", "suits all", 19},
                                 {"best", "single", 8},
                                 {"after the", "best question", 15},
                                 {"menu of", "three", 9}};
    unsigned name = style->width;
    for (size_t r = 0; r < ENT_SUMMARY_ROWS; r++) {
        name -= heads[r].width;
    }
    for (int line = 0; line < 2; line++) {
        ent_put_cell(out, line == 0 ? "account" : "", name, false);
        for (size_t r = 0; r < ENT_SUMMARY_ROWS; r++) {
            ent_put_cell(out, line == 0 ? heads[r].first : heads[r].second, heads[r].width, true);
        }
        ent_put_char(out, '\n');
    }
    for (size_t k = 0; k < ent_summary_shown(s); k++) {
        size_t i = ent_summary_at(s, k);
        ent_put_cell(out, ent_summary_name(out->arena, s, i), name, false);
        for (size_t r = 0; r < ENT_SUMMARY_ROWS; r++) {
            ent_put_cell(out, cell_text(out->arena, s, r, i, notes), heads[r].width, true);
        }
        ent_put_char(out, '\n');
    }
}

/* Account below account, for narrow terminals. */
static void put_below(ent_buffer *out, const ent_summary *s, const ent_summary_notes *notes)
{
    for (size_t k = 0; k < ent_summary_shown(s); k++) {
        size_t i = ent_summary_at(s, k);
        ent_putf(out, "%s\n", ent_summary_name(out->arena, s, i));
        for (size_t r = 0; r < ENT_SUMMARY_ROWS; r++) {
            ent_put(out, "  ");
            ent_put_cell(out, ent_summary_rows[r].label, LABEL - 5, false);
            ent_put_cell(out, cell_text(out->arena, s, r, i, notes), 14, true);
            ent_put_char(out, '\n');
        }
    }
}

void ent_put_summary_table(ent_buffer *out, const ent_style *style, const ent_summary *s,
                           const ent_summary_notes *notes)
{
    if (fits_beside(out->arena, style, s, notes)) {
        put_beside(out, style, s, notes);
    } else if (style->width >= 72) {
        put_rows(out, style, s, notes);
    } else {
        put_below(out, s, notes);
    }
}

/* ---- Notes ---------------------------------------------------------------------------------- */

static const char *note_text(const char *kind)
{
    static const struct {
        const char *kind, *text;
    } notes[] = {
        {"unnamed-votes", "depends on how council members vote whom the case does not model"},
        {"poor-sample", "drawn from few independent worlds: may be several points off (W101)"},
        {"few-worlds", "too few independent worlds to speak of a percent (W101)"},
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (strcmp(notes[i].kind, kind) == 0) {
            return notes[i].text;
        }
    }
    return NULL;
}

/* The number of the note, which is made where it is new. */
static size_t number_of(ent_arena *arena, ent_summary_notes *notes, const char *text)
{
    for (size_t n = 0; n < notes->count; n++) {
        if (strcmp(notes->at[n], text) == 0) {
            return n + 1;
        }
    }
    *ent_push(arena, notes) = text;
    return notes->count;
}

ent_summary_notes ent_summary_notes_of(ent_arena *arena, const ent_summary *s)
{
    ent_summary_notes notes = {
        .marks = ent_alloc(arena, s->analysis->accounts.count + 1, const char *)};
    for (size_t i = 0; i < s->analysis->accounts.count; i++) {
        notes.marks[i] = "";
        if (!ent_summary_has(s, i)) {
            continue;
        }
        ent_buffer b = ent_buffer_init(arena, 0);
        uint64_t marked = 0;
        ent_doubts doubts = ent_doubts_of(arena, s->analysis, i, &s->whole->deals[i].zone, false);
        for (size_t d = 0; d < doubts.count; d++) {
            const char *text = note_text(doubts.at[d].kind);
            size_t number = number_of(arena, &notes, text != NULL ? text : doubts.at[d].text);
            if (number < 64 && (marked >> number & 1) == 0) {
                marked |= UINT64_C(1) << number;
                ent_putf(&b, "%s%zu", b.length > 0 ? ", " : "[", number);
            }
        }
        notes.marks[i] = b.length > 0 ? ent_format(arena, "%s]", ent_buffer_text(&b)) : "";
    }
    return notes;
}
