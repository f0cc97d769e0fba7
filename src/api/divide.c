#include "api/divide.h"

#include "api/asked_scenario.h"
#include "bargain/adjusted_winner.h"
#include "io/scenario.h"
#include "io/table.h"
#include "report/division.h"

#include <math.h>
#include <string.h>

enum { ITEM_BYTES = 1 << 20 };

/* A table as items: a name and two points a row. Cells of a name that commas cut are one again. */
typedef struct item_table {
    ent_table t;  /* of three columns */
    bool head;    /* the first row names the parties */
    bool uniform; /* each row had three cells */
} item_table;

static const char *joined(ent_arena *arena, const ent_table *t, size_t row, size_t end)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (size_t k = 0; k < end; k++) {
        ent_putf(&b, "%s%s", k > 0 ? ", " : "", ent_table_cell(t, row, k)->text);
    }
    return ent_buffer_text(&b);
}

static ent_status bad_row(const ent_table *t, size_t row)
{
    return ent_cell_fault(t, row, 0, ENT_S182_BAD_POINTS,
                          "write `item, points of the first party, points of the second`",
                          "this line holds no item with two numbers");
}

/* The two last cells of each row are points, what stands before them is the name. O(cells). */
static ent_status three_columns(const ent_table *t, item_table *items)
{
    ent_arena *arena = t->work->arena;
    ent_cell *cells = ent_alloc(arena, t->rows * 3 + 1, ent_cell);
    uint32_t *number = ent_alloc(arena, t->rows + 1, uint32_t);
    ent_reads reads;
    items->uniform = true;
    items->t = *t;
    items->t.rows = 0;
    for (size_t row = 0; row < t->rows; row++) {
        size_t end = t->columns;
        while (end > 0 && ent_cell_is_empty(ent_table_cell(t, row, end - 1))) {
            end--;
        }
        if (end == 0) {
            continue;
        }
        if (end < 3) {
            return bad_row(t, row);
        }
        ent_cell *cell = &cells[items->t.rows * 3];
        cell[0] = *ent_table_cell(t, row, 0);
        cell[0].text = joined(arena, t, row, end - 2);
        cell[1] = *ent_table_cell(t, row, end - 2);
        cell[2] = *ent_table_cell(t, row, end - 1);
        items->uniform = items->uniform && end == 3;
        number[items->t.rows++] = t->number[row];
    }
    items->t.columns = 3;
    items->t.cells = cells;
    items->t.number = number;
    items->head = items->t.rows > 0 &&
                  !(ent_cell_reads(&cells[1], &reads) && ent_cell_reads(&cells[2], &reads));
    return ENT_OK;
}

static ent_status items_of_rows(ent_asking *asking, const item_table *items, ent_division *d)
{
    const ent_table *t = &items->t;
    ent_arena *arena = asking->work->arena;
    const size_t columns[] = {1, 2};
    bool *counts = ent_alloc(arena, t->rows + 1, bool);
    ent_table_options options;
    char mark = '.';
    for (size_t row = items->head; row < t->rows; row++) {
        counts[row] = true;
    }
    for (size_t p = 0; p < 2 && items->head; p++) {
        d->party[p] = ent_table_cell(t, 0, columns[p])->text;
    }
    ent_status status = ent_asked_table(asking, &options);
    status = status == ENT_OK ? ent_table_decimal(t, counts, columns, 2, options.decimal, &mark)
                              : status;
    d->items = ent_alloc(arena, t->rows + 1, ent_division_item);
    for (size_t row = items->head; row < t->rows && status == ENT_OK; row++) {
        ent_division_item *item = &d->items[d->count++];
        item->name = ent_table_cell(t, row, 0)->text;
        for (size_t p = 0; p < 2 && status == ENT_OK; p++) {
            status = ent_table_number(t, row, columns[p], mark, d->party[p], &item->points[p]);
        }
    }
    return status;
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

static ent_status items_of_file(ent_asking *asking, ent_division *d)
{
    ent_scenario *scenario;
    const char *path = asking->request->inputs[0].path;
    ent_status status = ent_asked_scenario(asking, asking->files, path, 1, &scenario);
    d->read_as = status == ENT_OK ? scenario->read_as : NULL;
    if (status == ENT_OK && scenario->read_as != NULL && scenario->issue_count == 1) {
        return items_of_list(asking, scenario, d);
    }
    return status == ENT_OK ? items_of_scenario(asking, scenario, d) : status;
}

/*
 * A text table whose first row names the parties is read as any table is. Without such a row, or
 * where names hold commas, its rows are items.
 */
static ent_status read_division(ent_asking *asking, ent_division *d)
{
    const ent_input *input = &asking->request->inputs[0];
    ent_text text;
    ent_table table;
    item_table items;
    if (!is_table(input) && input->bytes == NULL) {
        return items_of_file(asking, d);
    }
    ent_status status = ent_asked_file(asking, 0, ITEM_BYTES, &text);
    status = status == ENT_OK ? ent_read_text_table(asking->work, &text, text.name, &table)
                              : status;
    if (status == ENT_OK && table.columns < 3) {
        return bad_row(&table, 0);
    }
    status = status == ENT_OK ? three_columns(&table, &items) : status;
    if (status == ENT_OK && input->bytes == NULL && items.head && items.uniform) {
        return items_of_file(asking, d);
    }
    return status == ENT_OK ? items_of_rows(asking, &items, d) : status;
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
