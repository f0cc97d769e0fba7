#include "report/menu.h"

#include "answers/whole.h"
#include "base/number.h"
#include "report/deals.h"
#include "report/priorities.h"
#include "report/svg.h"

/* ---- JSON --------------------------------------------------------------------------------- */

static void put_menu_json(ent_json *json, const ent_analysis *analysis, size_t account,
                          const ent_menu *menu)
{
    const ent_case *c = analysis->c;
    ent_json_open_map(json, NULL);
    ent_json_count(json, "size", menu->size);
    ent_json_number(json, "share", menu->share);
    ent_json_number(json, "error", menu->error);
    ent_json_bool(json, "proved", menu->proved);
    ent_json_open_list(json, "packages");
    for (size_t i = 0; i < menu->size; i++) {
        ent_json_package(json, NULL, &c->space, menu->items[i].deal.levels);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "items");
    for (size_t i = 0; i < menu->size; i++) {
        const ent_menu_item *item = &menu->items[i];
        ent_json_open_map(json, NULL);
        ent_json_deal(json, c, &item->deal);
        ent_json_number(json, "adds", item->adds);
        ent_json_text(json, "for", item->party == ENT_NONE ? NULL : c->parties[item->party].id);
        ent_json_number(json, "refuses_those_before",
                        item->party == ENT_NONE ? 0 : item->refuses);
        ent_footing footing =
            ent_footing_of(json->out->arena, analysis, account, item->deal.levels);
        ent_json_footing(json, analysis, &footing);
        ent_json_elements(json, analysis, &footing);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_close_map(json);
}

void ent_put_menu_json(ent_buffer *out, const ent_analysis *analysis, const ent_menus *menus)
{
    ent_json json = ent_json_document(out, "menu");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account == NULL) {
            continue;
        }
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "name", analysis->accounts.at[i].id);
        ent_json_open_map(&json, "zone");
        ent_json_number(&json, "share", menus[i].best.zone.share);
        ent_json_number(&json, "error", menus[i].best.zone.error);
        ent_json_close_map(&json);
        ent_json_count(&json, "candidates", menus[i].candidates);
        ent_json_bool(&json, "complete", menus[i].complete);
        ent_json_open_list(&json, "menus");
        for (size_t k = 0; k < menus[i].count; k++) {
            put_menu_json(&json, analysis, i, &menus[i].at[k]);
        }
        ent_json_close_list(&json);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

/* ---- Plain -------------------------------------------------------------------------------- */

void ent_put_menu_plain(ent_buffer *out, const ent_analysis *analysis, const ent_menus *menus)
{
    const ent_space *space = &analysis->c->space;
    char share[ENT_NUMBER_ROOM], error[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        for (size_t k = 0; analysis->worlds[i].account != NULL && k < menus[i].count; k++) {
            const ent_menu *menu = &menus[i].at[k];
            ent_putf(out, "menu\t%s\t%zu\t%s\t%s\t%s\n", analysis->accounts.at[i].id, menu->size,
                     ent_number_text(menu->share, share), ent_number_text(menu->error, error),
                     menu->proved ? "proved" : "found");
            for (size_t j = 0; j < menu->size; j++) {
                ent_putf(out, "package\t%s\t%zu\t%s\t%s\n", analysis->accounts.at[i].id,
                         menu->size, ent_number_text(menu->items[j].adds, share),
                         ent_outcome_text(out->arena, space, menu->items[j].deal.levels, false));
            }
        }
    }
}

/* ---- Text --------------------------------------------------------------------------------- */

static const char *added_text(ent_arena *arena, const ent_case *c, const ent_menu_item *item,
                              size_t place)
{
    if (place == 0) {
        return ent_format(arena, "1. all in %s", ent_percent(arena, item->adds));
    }
    const char *adds = ent_format(arena, "%zu. adds %s", place + 1,
                                  ent_percent(arena, item->adds));
    return item->party == ENT_NONE
               ? adds
               : ent_format(arena, "%s: in %s of these worlds %s would take none of those above",
                            adds, ent_percent(arena, item->refuses), c->parties[item->party].name);
}

void ent_put_menu_items(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        size_t account, const ent_menu *menu, unsigned indent)
{
    for (size_t i = 0; i < menu->size; i++) {
        ent_put_char(out, '\n');
        ent_put_repeat(out, " ", indent);
        ent_put_wrapped(out, style, indent, indent + 3,
                        added_text(out->arena, analysis->c, &menu->items[i], i));
        ent_put_deal(out, style, analysis->c, &menu->items[i].deal, indent + 3);
        ent_footing footing =
            ent_footing_of(out->arena, analysis, account, menu->items[i].deal.levels);
        ent_put_footing(out, style, analysis, &footing, indent + 5);
    }
}

enum { LABEL = 22, PERCENT = 5, NOTE = 20 };

/* "a menu of three       55%  ###########.........  proved" */
static void put_step(ent_buffer *out, const ent_style *style, const char *label, double share,
                     const char *note)
{
    unsigned before = 2 + LABEL + PERCENT + 2;
    unsigned cells = ent_bar_cells(style, before + NOTE, 30);
    ent_put(out, "  ");
    ent_put_cell(out, label, LABEL, false);
    ent_put_cell(out, ent_percent(out->arena, share), PERCENT, true);
    ent_put(out, "  ");
    ent_put_bar(out, share, cells);
    ent_put_note(out, style, before + cells, 4, note);
}

static const char *size_text(ent_arena *arena, size_t size)
{
    static const char *const words[] = {"none", "one", "two", "three", "four", "five"};
    return size == 1 ? "best single package"
                     : ent_format(arena, "a menu of %s", words[size <= 5 ? size : 0]);
}

static void put_account(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        size_t index, const ent_menus *menus, size_t most)
{
    ent_arena *arena = out->arena;
    ent_put_heading(out, style, ent_told_title(arena, analysis, index));
    if (menus->count == 0) {
        ent_put(out, "  no package suits all in any of the worlds: there is nothing to table\n");
        return;
    }
    for (size_t k = 0; k < menus->count; k++) {
        put_step(out, style, size_text(arena, menus->at[k].size), menus->at[k].share,
                 menus->at[k].proved ? "" : "best found, not proved");
    }
    put_step(out, style, "some package", menus->best.zone.share, "no menu can pass this");
    ent_put(out, "  ");
    ent_put_wrapped(out, style, 2, 2,
                    ent_format(arena, "Chosen from %s%s.%s",
                               ent_counted(arena, menus->candidates, "packages"),
                               menus->complete ? ", all that suit all in some world"
                                               : ", not all that suit all in some world",
                               menus->count < most
                                   ? " Another package would add nothing in any world."
                                   : ""));
    const ent_menu *last = &menus->at[menus->count - 1];
    if (last->size > 1) {
        ent_putf(out, "\n  %s\n", last->size == 2 ? "The two" : size_text(arena, last->size));
    }
    ent_put_menu_items(out, style, analysis, index, last, 2);
}

void ent_put_menu_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                       const ent_menus *menus, size_t most)
{
    ent_put_ink(out, style, ENT_INK_BOLD, analysis->c->title);
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0,
                    "Packages to table together, and in which share of the preference worlds "
                    "that fit an account all accept at least one of them");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL && ent_first_told(analysis, i) == i) {
            put_account(out, style, analysis, i, &menus[i], most);
        }
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}

/* ---- Drawing ------------------------------------------------------------------------------ */

enum { LEFT = 170, WIDE = 420, ROW = 24 };

static double put_bar(ent_buffer *out, double y, const char *label, double share, const char *fill)
{
    ent_svg_label(out, LEFT - 10, y + 14, "end", label);
    ent_putf(out, "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"16\" fill=\"#eee\"/>\n"
                  "<rect x=\"%d\" y=\"%.1f\" width=\"%.2f\" height=\"16\" fill=\"%s\"/>\n",
             LEFT, y + 2, WIDE, LEFT, y + 2, WIDE * share, fill);
    ent_svg_label(out, LEFT + WIDE + 8, y + 14, "start", ent_percent(out->arena, share));
    return y + ROW;
}

void ent_put_menu_svg(ent_buffer *out, const ent_analysis *analysis, const ent_menus *menus)
{
    size_t rows = 1;
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        rows += analysis->worlds[i].account != NULL ? menus[i].count + 3 : 0;
    }
    ent_svg_open(out, LEFT + WIDE + 60, (double)(rows * ROW),
                 ent_format(out->arena, "%s: packages to table together", analysis->c->title));
    double y = 4;
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account == NULL) {
            continue;
        }
        ent_svg_label(out, LEFT, y + 14, "start",
                      ent_account_text(out->arena, analysis->c, &analysis->accounts.at[i]));
        y += ROW;
        for (size_t k = 0; k < menus[i].count; k++) {
            y = put_bar(out, y, size_text(out->arena, menus[i].at[k].size), menus[i].at[k].share,
                        "#0072B2");
        }
        y = put_bar(out, y, "some package", menus[i].best.zone.share, "#555") + ROW / 2.0;
    }
    ent_put(out, "</svg>\n");
}
