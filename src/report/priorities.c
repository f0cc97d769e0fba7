#include "report/priorities.h"

#include "answers/whole.h"
#include "base/number.h"

#include <string.h>

/* ---- JSON --------------------------------------------------------------------------------- */

static void put_pair(ent_json *json, const char *key, double low, double high)
{
    ent_json_open_list(json, key);
    ent_json_number(json, NULL, low);
    ent_json_number(json, NULL, high);
    ent_json_close_list(json);
}

static void put_priority_json(ent_json *json, const ent_case *c, const ent_priority *p)
{
    ent_json_open_map(json, NULL);
    ent_json_text(json, "issue", c->space.issues[p->issue].id);
    put_pair(json, "importance", p->importance.low, p->importance.high);
    ent_json_number(json, "middle", p->middle);
    put_pair(json, "eight_of_ten", p->most.low, p->most.high);
    ent_json_open_list(json, "rank");
    ent_json_count(json, NULL, p->best_rank);
    ent_json_count(json, NULL, p->worst_rank);
    ent_json_close_list(json);
    ent_json_bool(json, "unpriced", p->unpriced);
    ent_json_close_map(json);
}

void ent_put_priorities_json(ent_buffer *out, const ent_analysis *analysis,
                             const ent_priorities *const *priorities)
{
    const ent_case *c = analysis->c;
    ent_json json = ent_json_document(out, "priorities");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (priorities[i] == NULL) {
            continue;
        }
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "name", analysis->accounts.at[i].id);
        ent_json_open_map(&json, "parties");
        for (uint32_t p = 0; p < c->party_count; p++) {
            ent_json_open_list(&json, c->parties[p].id);
            for (size_t k = 0; k < priorities[i][p].count; k++) {
                put_priority_json(&json, c, &priorities[i][p].at[k]);
            }
            ent_json_close_list(&json);
        }
        ent_json_close_map(&json);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

/* ---- Plain -------------------------------------------------------------------------------- */

void ent_put_priorities_plain(ent_buffer *out, const ent_analysis *analysis,
                              const ent_priorities *const *priorities)
{
    const ent_case *c = analysis->c;
    char text[5][ENT_NUMBER_ROOM];
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        for (uint32_t p = 0; priorities[i] != NULL && p < c->party_count; p++) {
            for (size_t k = 0; k < priorities[i][p].count; k++) {
                const ent_priority *at = &priorities[i][p].at[k];
                ent_putf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%u\t%u\t%s\n",
                         analysis->accounts.at[i].id, c->parties[p].id,
                         c->space.issues[at->issue].id,
                         ent_number_text(at->importance.low, text[0]),
                         ent_number_text(at->importance.high, text[1]),
                         ent_number_text(at->middle, text[2]),
                         ent_number_text(at->most.low, text[3]),
                         ent_number_text(at->most.high, text[4]), at->best_rank, at->worst_rank,
                         at->unpriced ? "unpriced" : "priced");
            }
        }
    }
}

/* ---- Text --------------------------------------------------------------------------------- */

enum { NAME = 26, RANGE = 12, RANK = 7, MOST_CELLS = 24, NOTE = 11 };

static unsigned cell_of(double value, unsigned cells)
{
    unsigned cell = (unsigned)(value * cells);
    return cell < cells ? cell : cells - 1;
}

/* " ..--==|==--... ": what is possible, where eight worlds of ten lie, and the middle. */
static void put_interval(ent_buffer *out, const ent_priority *p, unsigned cells)
{
    for (unsigned i = 0; i < cells; i++) {
        char c = i == cell_of(p->middle, cells) ? '|'
                 : i >= cell_of(p->most.low, cells) && i <= cell_of(p->most.high, cells) ? '='
                 : i >= cell_of(p->importance.low, cells) &&
                         i <= cell_of(p->importance.high, cells)
                     ? '-'
                     : '.';
        ent_put_char(out, c);
    }
}

static const char *ranks_text(ent_arena *arena, const ent_priority *p)
{
    return p->best_rank == p->worst_rank
               ? ent_format(arena, "%u", p->best_rank)
               : ent_format(arena, "%u to %u", p->best_rank, p->worst_rank);
}

static void put_priority(ent_buffer *out, const ent_style *style, const ent_case *c,
                         const ent_priority *p)
{
    ent_arena *arena = out->arena;
    unsigned before = 4 + NAME + RANGE + RANK + 2;
    unsigned cells = ent_bar_cells(style, before + NOTE, MOST_CELLS);
    ent_put(out, "    ");
    ent_put_cell(out, c->space.issues[p->issue].name, NAME, false);
    ent_put_cell(out,
                 ent_format(arena, "%s-%s", ent_percent(arena, p->importance.low),
                            ent_percent(arena, p->importance.high)),
                 RANGE, true);
    ent_put_cell(out, ranks_text(arena, p), RANK, true);
    ent_put(out, "  ");
    put_interval(out, p, cells);
    ent_put_note(out, style, before + cells, 6, p->unpriced ? "unpriced" : "");
}

static void put_party(ent_buffer *out, const ent_style *style, const ent_case *c,
                      const ent_priorities *of)
{
    size_t unpriced = 0;
    for (size_t k = 0; k < of->count; k++) {
        unpriced += of->at[k].unpriced;
    }
    if (of->count == 1) {
        ent_putf(out, "\n  %s: all that is at stake is %s\n", c->parties[of->party].name,
                 c->space.issues[of->at[0].issue].name);
        return;
    }
    if (unpriced == of->count) {
        ent_put(out, "\n  ");
        ent_put_wrapped(out, style, 2, 4,
                        ent_format(out->arena,
                                   "%s: nothing on record says which of its %s matters "
                                   "more; each may be all that is at stake, or nothing",
                                   c->parties[of->party].name,
                                   ent_counted(out->arena, of->count, "issues")));
        return;
    }
    ent_putf(out, "\n  %s\n", c->parties[of->party].name);
    for (size_t k = 0; k < of->count; k++) {
        put_priority(out, style, c, &of->at[k]);
    }
}

void ent_put_priorities_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                             const ent_priorities *const *priorities)
{
    const ent_case *c = analysis->c;
    ent_put_ink(out, style, ENT_INK_BOLD, c->title);
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0,
                    "What the record says of what matters to whom: of all that is at stake for a "
                    "party, the least and the most that an issue can be, and its rank. Bars: - "
                    "what is possible, = where eight worlds of ten lie, | the middle one.");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (priorities[i] == NULL || ent_first_told(analysis, i) != i) {
            continue;
        }
        ent_put_heading(out, style, ent_told_title(out->arena, analysis, i));
        for (uint32_t p = 0; p < c->party_count; p++) {
            if (priorities[i][p].count > 0) {
                put_party(out, style, c, &priorities[i][p]);
            }
        }
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}

/* ---- What a package stands on ---------------------------------------------------------------- */

static const char *element_text(ent_arena *arena, const ent_case *c, const ent_element *e,
                                bool names)
{
    const ent_issue *issue = &c->space.issues[e->issue];
    const char *name = names ? issue->name : issue->id;
    const char *join = names ? ": " : ".";
    return e->item == ENT_NONE && !names
               ? name
               : ent_format(arena, "%s%s%s", name, join,
                            ent_level_text(arena, issue, e->level, names));
}

/* "nothing on record says what A; B are worth to North Korea", for one party. */
static size_t put_unpriced_of(ent_buffer *out, const ent_style *style, const ent_case *c,
                              const ent_footing *f, size_t from, unsigned indent)
{
    ent_buffer b = ent_buffer_init(out->arena, 0);
    size_t end = from;
    for (; end < f->unpriced_count && f->unpriced[end].party == f->unpriced[from].party; end++) {
        ent_putf(&b, "%s%s", end > from ? "; " : "", c->space.issues[f->unpriced[end].issue].name);
    }
    ent_put_repeat(out, " ", indent);
    ent_put_wrapped(out, style, indent, indent + 2,
                    ent_format(out->arena, "nothing on record says what this is worth to %s: %s",
                               c->parties[f->unpriced[from].party].name, ent_buffer_text(&b)));
    return end;
}

void ent_put_footing(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                     const ent_footing *f, unsigned indent)
{
    const ent_case *c = analysis->c;
    for (size_t i = 0; i < f->unpriced_count;) {
        i = put_unpriced_of(out, style, c, f, i, indent);
    }
    ent_buffer b = ent_buffer_init(out->arena, 0);
    for (size_t i = 0; f->unspoken && i < f->count; i++) {
        if (f->elements[i].spoken == ENT_NEVER_SPOKEN) {
            ent_putf(&b, "%s%s", b.length > 0 ? "; " : "",
                     element_text(out->arena, c, &f->elements[i], true));
        }
    }
    if (b.length > 0) {
        ent_put_repeat(out, " ", indent);
        ent_put_wrapped(out, style, indent, indent + 2,
                        ent_format(out->arena, "nobody ever spoke of: %s", ent_buffer_text(&b)));
    }
}

void ent_json_footing(ent_json *json, const ent_analysis *analysis, const ent_footing *f)
{
    const ent_case *c = analysis->c;
    ent_json_open_map(json, "unpriced");
    for (size_t i = 0; i < f->unpriced_count;) {
        uint32_t party = f->unpriced[i].party;
        ent_json_open_list(json, c->parties[party].id);
        for (; i < f->unpriced_count && f->unpriced[i].party == party; i++) {
            ent_json_text(json, NULL, c->space.issues[f->unpriced[i].issue].id);
        }
        ent_json_close_list(json);
    }
    ent_json_close_map(json);
    ent_json_open_list(json, "never_spoken_of");
    for (size_t i = 0; i < f->count; i++) {
        if (f->elements[i].spoken == ENT_NEVER_SPOKEN) {
            ent_json_text(json, NULL, element_text(json->out->arena, c, &f->elements[i], false));
        }
    }
    ent_json_close_list(json);
}

void ent_json_elements(ent_json *json, const ent_analysis *analysis, const ent_footing *f)
{
    static const char *const words[] = {"never", "spoken-of", "refused", "accepted", "offered"};
    const ent_case *c = analysis->c;
    ent_json_open_list(json, "elements");
    for (size_t i = 0; i < f->count; i++) {
        const ent_element *e = &f->elements[i];
        ent_json_open_map(json, NULL);
        ent_json_text(json, "element", element_text(json->out->arena, c, e, false));
        ent_json_text(json, "giver", e->giver == ENT_NONE ? NULL : c->parties[e->giver].id);
        ent_json_text(json, "spoken", words[e->spoken]);
        ent_json_text(json, "statement",
                      e->statement == ENT_NONE ? NULL : c->statements[e->statement].id);
        ent_json_bool(json, "own", e->own);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}
