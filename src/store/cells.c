/* Runs and seats are both read in the order of their keys, side by side: no join, no sorting. */
#include "store/cells.h"

#include "base/text.h"
#include "store/results.h"

#include <math.h>

typedef struct reader {
    ent_work *work;
    ent_query *run, *seat;
    bool more; /* a row of `seat` is there that was not taken yet */
    struct {
        ent_result_cell *at;
        size_t count, room;
    } cells;
    struct {
        ent_cell_seat *at;
        size_t count, room;
    } seats;
} reader;

ent_status ent_owner_columns(ent_database *db, const char **columns)
{
    int64_t form;
    ent_status status = ent_database_number(db, "PRAGMA user_version", &form);
    *columns = form == ENT_RESULTS_FIRST_FORM ? "NULL, NULL"
                                              : "nash_negmas, kalai_smorodinsky_negmas";
    return status;
}

ent_status ent_score_column(ent_database *db, const char **column)
{
    int64_t form;
    ent_status status = ent_database_number(db, "PRAGMA user_version", &form);
    *column = form == ENT_RESULTS_FIRST_FORM ? "advantage" : "score";
    return status;
}

static ent_status begin(reader *r, ent_database *db)
{
    const char *owner, *score;
    ent_status status = ent_owner_columns(db, &owner);
    if (status == ENT_OK) {
        status = ent_score_column(db, &score);
    }
    if (status == ENT_OK) {
        status = ent_query_make(
            db,
            ent_format(r->work->arena,
                       "SELECT job, cell, scenario, ending = 'agreed', welfare, pareto, nash,"
                       " kalai, round + (ending <> 'deadline'), %s FROM run ORDER BY job",
                       owner),
            &r->run);
    }
    if (status == ENT_OK) {
        status = ent_query_make(db,
                                ent_format(r->work->arena,
                                           "SELECT job, strategy, advantage, %s FROM seat"
                                           " ORDER BY job, party",
                                           score),
                                &r->seat);
    }
    return status == ENT_OK ? ent_query_step(r->seat, &r->more) : status;
}

static void add_figures(reader *r, ent_result_cell *cell)
{
    cell->runs++;
    for (int k = 0; k < ENT_CELL_FIGURES; k++) {
        double value = ent_query_number(r->run, 3 + k);
        if (!isnan(value)) {
            cell->figure[k] += value;
            cell->counted[k]++;
        }
    }
}

/* The seats of the run at hand. */
static ent_status add_seats(reader *r, ent_result_cell *cell)
{
    int64_t job = ent_query_int(r->run, 0);
    ent_status status = ENT_OK;
    for (uint32_t p = 0; status == ENT_OK && r->more && ent_query_int(r->seat, 0) == job; p++) {
        if (cell->runs == 1) {
            *ent_push(r->work->arena, &r->seats) =
                (ent_cell_seat){.strategy = (uint32_t)ent_query_int(r->seat, 1)};
            cell->parties++;
        }
        if (p < cell->parties) {
            ent_cell_seat *seat = &r->seats.at[cell->seats + p];
            double score = ent_query_number(r->seat, 3);
            seat->advantage += ent_query_number(r->seat, 2);
            seat->score += isnan(score) ? 0 : score;
            seat->scored += isnan(score) ? 0 : 1;
        }
        status = ent_query_step(r->seat, &r->more);
    }
    return status;
}

static ent_status add_run(reader *r)
{
    uint64_t number = (uint64_t)ent_query_int(r->run, 1);
    if (r->cells.count == 0 || r->cells.at[r->cells.count - 1].number != number) {
        *ent_push(r->work->arena, &r->cells) =
            (ent_result_cell){.number = number,
                       .scenario = (uint32_t)ent_query_int(r->run, 2),
                       .seats = r->seats.count};
    }
    ent_result_cell *cell = &r->cells.at[r->cells.count - 1];
    add_figures(r, cell);
    return add_seats(r, cell);
}

/* From sums to means. */
static void divide(reader *r)
{
    for (size_t i = 0; i < r->cells.count; i++) {
        ent_result_cell *cell = &r->cells.at[i];
        for (int k = 0; k < ENT_CELL_FIGURES; k++) {
            cell->figure[k] =
                cell->counted[k] > 0 ? cell->figure[k] / cell->counted[k] : (double)NAN;
        }
        for (uint32_t p = 0; p < cell->parties; p++) {
            ent_cell_seat *seat = &r->seats.at[cell->seats + p];
            seat->advantage /= cell->runs;
            seat->score = seat->scored > 0 ? seat->score / seat->scored : (double)NAN;
        }
    }
}

ent_status ent_cells_read(ent_work *work, ent_database *db, ent_cells *cells)
{
    reader r = {.work = work};
    bool row = true;
    ent_status status = begin(&r, db);
    while (status == ENT_OK && (status = ent_query_step(r.run, &row)) == ENT_OK && row) {
        status = add_run(&r);
    }
    divide(&r);
    *cells = (ent_cells){r.cells.at, r.cells.count, r.seats.at};
    return status;
}
