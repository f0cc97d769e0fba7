/*
 * What the cells of a tournament came to. A cell is a scenario with a tuple of strategies; it
 * counts as the mean of its repetitions.
 */
#ifndef ENT_STORE_CELLS_H
#define ENT_STORE_CELLS_H

#include "store/database.h"

/* Beside the advantage. */
enum {
    ENT_CELL_AGREED,
    ENT_CELL_WELFARE,
    ENT_CELL_PARETO,
    ENT_CELL_NASH,
    ENT_CELL_KALAI,
    ENT_CELL_ROUNDS,
    ENT_CELL_NASH_NEGMAS, /* these two are not in files of the first form */
    ENT_CELL_KALAI_NEGMAS,
    ENT_CELL_FIGURES
};

typedef struct ent_cell_seat {
    uint32_t strategy;
    double advantage, score; /* score: NaN where no run has any */
    uint32_t scored;         /* runs that have it */
} ent_cell_seat;

typedef struct ent_result_cell {
    uint64_t number;
    uint32_t scenario, parties, runs;
    size_t seats;                    /* where its seats begin */
    double figure[ENT_CELL_FIGURES]; /* NaN where no run has any */
    uint32_t counted[ENT_CELL_FIGURES]; /* runs that have it */
} ent_result_cell;

typedef struct ent_cells {
    ent_result_cell *at; /* [count] by number, so that those of a scenario lie together */
    size_t count;
    ent_cell_seat *seat; /* [sum of parties] cell by cell */
} ent_cells;

/* Read all runs. Sums are in the order of the runs' numbers. O(runs * parties). */
ent_status ent_cells_read(ent_work *work, ent_database *db, ent_cells *cells);

/* What a query selects for the two last figures of the file, whatever its form. */
ent_status ent_owner_columns(ent_database *db, const char **columns);
/* And for a seat's score, which in files of the first form is its advantage. */
ent_status ent_score_column(ent_database *db, const char **column);

#endif
