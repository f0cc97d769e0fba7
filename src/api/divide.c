#include "api/divide.h"

#include "api/asked_scenario.h"
#include "base/number.h"
#include "bargain/adjusted_winner.h"
#include "io/scenario.h"
#include "report/division.h"

#include <math.h>
#include <string.h>

enum { ITEM_BYTES = 1 << 20 };

typedef struct items {
    ent_division_item *at;
    size_t count, room;
} items;

static ent_slice trim(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r')) {
        at++;
    }
    while (end > at && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')) {
        end--;
    }
    return (ent_slice){at, (size_t)(end - at)};
}

/* name, a, b from the end of the line, so that a name may hold commas. */
static bool cut_line(const char *at, const char *end, ent_slice field[3])
{
    const char *right = end;
    for (int k = 2; k > 0; k--) {
        const char *comma = right;
        while (comma > at && comma[-1] != ',' && comma[-1] != '\t') {
            comma--;
        }
        if (comma == at) {
            return false;
        }
        field[k] = trim(comma, right);
        right = comma - 1;
    }
    field[0] = trim(at, right);
    return field[0].length > 0;
}

static ent_status bad_line(const ent_asking *asking, const ent_text *text, const char *at)
{
    const char *end = strchr(at, '\n');
    size_t length = end == NULL ? strlen(at) : (size_t)(end - at);
    ent_tell(asking->work->diags, ENT_ERROR, ENT_S182_BAD_POINTS, text,
             ent_pos_at(text, (size_t)(at - text->at), length),
             "write `item, points of the first party, points of the second`",
             "this line holds no item with two numbers");
    return ENT_INVALID;
}

/* A table of items, one a line; a first line without numbers names the parties. */
static ent_status read_items(ent_asking *asking, const ent_text *text, ent_division *d)
{
    ent_arena *arena = asking->work->arena;
    items list = {0};
    const char *end = text->at + text->length;
    bool first = true;
    for (const char *at = text->at; at < end; first = false) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop == NULL ? end : stop;
        ent_slice field[3];
        double points[2];
        if (trim(at, stop).length == 0) {
            at = stop + 1;
            continue;
        }
        if (!cut_line(at, stop, field)) {
            return bad_line(asking, text, at);
        }
        bool numbers = ent_parse_number(field[1].at, field[1].length, &points[0]) &&
                       ent_parse_number(field[2].at, field[2].length, &points[1]);
        if (numbers) {
            *ent_push(arena, &list) = (ent_division_item){
                .name = ent_copy_text(arena, field[0].at, field[0].length),
                .points = {points[0], points[1]}};
        } else if (first) {
            d->party[0] = ent_copy_text(arena, field[1].at, field[1].length);
            d->party[1] = ent_copy_text(arena, field[2].at, field[2].length);
        } else {
            return bad_line(asking, text, at);
        }
        at = stop + 1;
    }
    d->items = list.at;
    d->count = list.count;
    return ENT_OK;
}

/* Each issue is an item; a party's points are what its best level is worth above its worst. */
static ent_status items_of_scenario(ent_asking *asking, const ent_scenario *s, ent_division *d)
{
    bool fits = s->party_count == 2;
    for (uint32_t p = 0; fits && p < 2; p++) {
        const ent_utility *u = &s->utilities[p];
        fits = u->part != NULL && u->box_count == 0 && u->table == NULL;
        d->party[p] = s->parties[p];
    }
    if (!fits) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_S180_METHOD_DOES_NOT_FIT, NULL,
                        "adjusted-winner divides between two parties whose values are sums over "
                        "the issues");
    }
    d->count = s->issue_count;
    d->items = ent_alloc(asking->work->arena, d->count, ent_division_item);
    for (uint32_t i = 0; i < s->issue_count; i++) {
        d->items[i].name = s->issues[i].name;
        for (uint32_t p = 0; p < 2; p++) {
            const double *part = s->utilities[p].part[i];
            double low = part[0], high = part[0];
            for (uint64_t l = 1; l < s->issues[i].levels; l++) {
                low = fmin(low, part[l]);
                high = fmax(high, part[l]);
            }
            d->items[i].points[p] = high - low;
        }
    }
    return ENT_OK;
}

/* A table of one list: its rows are the items, each worth its number to each party. */
static ent_status items_of_list(ent_asking *asking, const ent_scenario *s, ent_division *d)
{
    if (s->party_count != 2) {
        return ent_fail(asking->work->diags, ENT_USAGE, ENT_S180_METHOD_DOES_NOT_FIT, NULL,
                        "adjusted-winner divides between two parties, and the table has %u",
                        s->party_count);
    }
    d->count = s->issues[0].levels;
    d->items = ent_alloc(asking->work->arena, d->count, ent_division_item);
    for (uint64_t l = 0; l < d->count; l++) {
        d->items[l].name = ent_scenario_value_text(asking->work->arena, &s->issues[0], l);
        for (uint32_t p = 0; p < 2; p++) {
            d->party[p] = s->parties[p];
            d->items[l].points[p] = s->utilities[p].part[0][l];
        }
    }
    return ENT_OK;
}

/* A table is a file that ends in .csv, .tsv or .txt; anything else is a scenario. */
static bool is_table(const ent_input *input)
{
    size_t length = strlen(input->path);
    const char *end = input->path + (length > 4 ? length - 4 : 0);
    return strcmp(end, ".csv") == 0 || strcmp(end, ".tsv") == 0 || strcmp(end, ".txt") == 0;
}

/* Are cells parted by semicolons, as where the comma is the decimal mark? */
static bool has_semicolons(const ent_text *text)
{
    size_t first = strcspn(text->at, "\r\n");
    return memchr(text->at, ';', first) != NULL && memchr(text->at, ',', first) == NULL;
}

static ent_status read_division(ent_asking *asking, ent_division *d)
{
    const ent_input *input = &asking->request->inputs[0];
    ent_text text;
    ent_scenario *scenario;
    bool table = is_table(input) || input->bytes != NULL;
    ent_status status = table ? ent_asked_file(asking, 0, ITEM_BYTES, &text) : ENT_OK;
    if (table && (status != ENT_OK || input->bytes != NULL || !has_semicolons(&text))) {
        return status == ENT_OK ? read_items(asking, &text, d) : status;
    }
    status = ent_asked_scenario(asking, asking->files, input->path, 1, &scenario);
    d->read_as = status == ENT_OK ? scenario->read_as : NULL;
    if (status == ENT_OK && scenario->read_as != NULL && scenario->issue_count == 1) {
        return items_of_list(asking, scenario, d);
    }
    return status == ENT_OK ? items_of_scenario(asking, scenario, d) : status;
}

ent_status ent_answer_division(ent_asking *asking)
{
    ent_division division = {.party = {"first party", "second party"}};
    ent_status status = read_division(asking, &division);
    if (status == ENT_OK) {
        status = ent_adjusted_winner(asking->work, &division);
    }
    if (status != ENT_OK) {
        return status;
    }
    switch (asking->request->format) {
    case ENT_JSON:
        ent_put_division_json(asking->out, &division);
        break;
    case ENT_PLAIN:
        ent_put_division_plain(asking->out, &division);
        break;
    case ENT_TEXT:
    case ENT_SVG:
    case ENT_TYPED:
        ent_put_division_text(asking->out, &asking->style, &division);
        break;
    }
    return ENT_OK;
}
