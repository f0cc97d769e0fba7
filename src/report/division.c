#include "report/division.h"

#include "base/number.h"

static void json_pair(ent_json *json, const char *key, double a, double b)
{
    ent_json_open_list(json, key);
    ent_json_number(json, NULL, a);
    ent_json_number(json, NULL, b);
    ent_json_close_list(json);
}

void ent_put_division_json(ent_buffer *out, const ent_division *d)
{
    ent_json json = ent_json_document(out, "division");
    ent_json_text(&json, "method", "adjusted-winner");
    if (d->read_as != NULL) {
        ent_json_text(&json, "read_as", d->read_as);
    }
    ent_json_open_list(&json, "parties");
    ent_json_text(&json, NULL, d->party[0]);
    ent_json_text(&json, NULL, d->party[1]);
    ent_json_close_list(&json);
    json_pair(&json, "points", d->points[0], d->points[1]);
    json_pair(&json, "first_points", d->first[0], d->first[1]);
    ent_json_open_list(&json, "items");
    for (size_t i = 0; i < d->count; i++) {
        ent_json_open_map(&json, NULL);
        ent_json_text(&json, "name", d->items[i].name);
        json_pair(&json, "points", d->items[i].points[0], d->items[i].points[1]);
        json_pair(&json, "shares", d->items[i].share, 1 - d->items[i].share);
        ent_json_count(&json, "moved", d->items[i].order);
        ent_json_close_map(&json);
    }
    ent_json_close_list(&json);
    if (d->split == SIZE_MAX) {
        ent_json_null(&json, "split");
    } else {
        ent_json_open_map(&json, "split");
        ent_json_text(&json, "item", d->items[d->split].name);
        json_pair(&json, "moved", d->moved[0], d->moved[1]);
        ent_json_close_map(&json);
    }
    ent_json_end_document(&json);
}

void ent_put_division_plain(ent_buffer *out, const ent_division *d)
{
    char a[ENT_NUMBER_ROOM], b[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < d->count; i++) {
        ent_putf(out, "%s\t%s\t%s\n", d->items[i].name, ent_number_text(d->items[i].share, a),
                 ent_number_text(1 - d->items[i].share, b));
    }
}

/* "2/15" where the points are whole numbers, "13%" otherwise. */
static const char *share_text(ent_arena *arena, const ent_division *d, size_t item, int party)
{
    double share = party == 0 ? d->items[item].share : 1 - d->items[item].share;
    if (share <= 0 || share >= 1) {
        return share <= 0 ? "" : "all";
    }
    double over = d->moved[1];
    if (over > 100000 || over != (double)(long)over) {
        return ent_percent(arena, share);
    }
    bool moved = (d->first[0] >= d->first[1] ? 0 : 1) != party;
    double part = moved ? d->moved[0] : over - d->moved[0];
    return ent_format(arena, "%.0f/%.0f", part, over);
}

void ent_put_division_text(ent_buffer *out, const ent_style *style, const ent_division *d)
{
    ent_arena *arena = out->arena;
    int leader = d->first[0] >= d->first[1] ? 0 : 1;
    unsigned width = style->width > 90 ? 40 : 28;
    ent_put_read_as(out, style, d->read_as);
    ent_putf(out, "Adjusted Winner: each gets %.4g of 100 points\n", d->points[0]);
    ent_putf(out, "Everyone gets what they value more: %s %.4g, %s %.4g\n", d->party[0],
             d->first[0], d->party[1], d->first[1]);
    if (d->split != SIZE_MAX) {
        ent_putf(out, "Then from %s to %s, the last in part: ", d->party[leader],
                 d->party[1 - leader]);
        for (uint32_t step = 1, more = 1; more; step++) {
            more = 0;
            for (size_t i = 0; i < d->count; i++) {
                if (d->items[i].order == step) {
                    ent_putf(out, "%s%s", step > 1 ? ", " : "", d->items[i].name);
                    more = 1;
                }
            }
        }
        ent_put_char(out, '\n');
    }
    ent_put_heading(out, style, "Items");
    ent_put_cell(out, "", width, false);
    ent_put_cell(out, d->party[0], 21, true);
    ent_put_cell(out, d->party[1], 21, true);
    ent_put_char(out, '\n');
    for (size_t i = 0; i < d->count; i++) {
        ent_put_cell(out, d->items[i].name, width, false);
        for (int p = 0; p < 2; p++) {
            ent_put_cell(out, ent_format(arena, "%.4g", d->items[i].points[p]), 12, true);
            ent_put_cell(out, share_text(arena, d, i, p), 9, true);
        }
        ent_put_char(out, '\n');
    }
}
