/*
 * A strategy's figures are means over the scenarios of means over the seats it had there (a cell
 * counts once for each of its seats): a scenario with many parties, and so with many cells, weighs
 * no more than another. Where it has no figure it is left out: missing is never zero.
 */
#include "store/ranking.h"

#include "base/text.h"
#include "store/cells.h"
#include "store/clusters.h"
#include "store/compare.h"
#include "store/results.h"

#include <stdlib.h>

typedef struct place {
    uint32_t strategy;
    ent_clusters score, advantage, figure[ENT_CELL_FIGURES];
    ent_estimate estimate;
} place;

static void close_scenario(place *places, size_t count)
{
    for (size_t s = 0; s < count; s++) {
        ent_clusters_close(&places[s].score);
        ent_clusters_close(&places[s].advantage);
        for (int k = 0; k < ENT_CELL_FIGURES; k++) {
            ent_clusters_close(&places[s].figure[k]);
        }
    }
}

static void add_cell(const ent_cells *cells, const ent_result_cell *cell, place *places,
                     size_t count)
{
    for (uint32_t p = 0; p < cell->parties; p++) {
        const ent_cell_seat *seat = &cells->seat[cell->seats + p];
        if (seat->strategy >= count) {
            continue; /* a file that somebody wrote in */
        }
        place *at = &places[seat->strategy];
        ent_clusters_add(&at->score, seat->score);
        ent_clusters_add(&at->advantage, seat->advantage);
        for (int k = 0; k < ENT_CELL_FIGURES; k++) {
            ent_clusters_add(&at->figure[k], cell->figure[k]);
        }
    }
}

static int by_place(const void *a, const void *b)
{
    const place *x = a, *y = b;
    double difference = y->estimate.mean - x->estimate.mean;
    return difference != 0 ? (difference > 0) - (difference < 0)
                           : (x->strategy > y->strategy) - (x->strategy < y->strategy);
}

/* Those that played, best first; how many there are. */
static size_t sort(place *places, size_t count)
{
    size_t played = 0;
    for (size_t s = 0; s < count; s++) {
        places[s].estimate = ent_clusters_estimate(&places[s].score);
        if (places[s].estimate.scenarios > 0) {
            places[played++] = places[s];
        }
    }
    qsort(places, played, sizeof *places, by_place);
    return played;
}

static size_t rank(const ent_cells *cells, place *places, size_t count)
{
    for (size_t s = 0; s < count; s++) {
        places[s].strategy = (uint32_t)s;
    }
    for (size_t i = 0; i < cells->count; i++) {
        add_cell(cells, &cells->at[i], places, count);
        if (i + 1 == cells->count || cells->at[i + 1].scenario != cells->at[i].scenario) {
            close_scenario(places, count);
        }
    }
    return sort(places, count);
}

/* The first so many figures: all that the file's form has. */
static ent_status write_place(ent_query *query, size_t at, const place *p, double chance,
                              bool ahead, int figures)
{
    const ent_estimate *e = &p->estimate;
    ent_query_set_int(query, 1, (int64_t)at + 1);
    ent_query_set_int(query, 2, p->strategy);
    ent_query_set_int(query, 3, (int64_t)e->scenarios);
    ent_query_set_int(query, 4, (int64_t)e->values);
    ent_estimate advantage = ent_clusters_estimate(&p->advantage);
    ent_query_set_number(query, 5, advantage.mean);
    ent_query_set_number(query, 6, ent_estimate_interval(&advantage));
    ent_query_set_text(query, 7, e->over_scenarios ? "scenarios" : "cells");
    ent_query_set_number(query, 8, chance);
    ent_query_set_int(query, 9, ahead);
    for (int k = 0; k < figures; k++) {
        ent_query_set_number(query, 10 + k, ent_clusters_estimate(&p->figure[k]).mean);
    }
    if (figures == ENT_CELL_FIGURES) {
        ent_query_set_number(query, 10 + figures, e->mean);
        ent_query_set_number(query, 11 + figures, ent_estimate_interval(e));
    }
    return ent_query_run(query);
}

static ent_status write_places(ent_work *work, ent_database *db, const ent_cells *cells,
                               const place *places, size_t count)
{
    ent_query *query;
    uint32_t *strategy = ent_alloc(work->arena, count + 1, uint32_t);
    double *chance = ent_alloc(work->arena, count + 1, double);
    bool *ahead = ent_alloc(work->arena, count + 1, bool);
    for (size_t i = 0; i < count; i++) {
        strategy[i] = places[i].strategy;
    }
    ent_compare_places(work, cells, strategy, count, chance, ahead);
    int64_t form;
    ent_status status = ent_database_number(db, "PRAGMA user_version", &form);
    bool first = form == ENT_RESULTS_FIRST_FORM;
    int figures = first ? ENT_CELL_NASH_NEGMAS : ENT_CELL_FIGURES;
    if (status == ENT_OK) {
        status = ent_query_make(
            db,
            ent_format(work->arena,
                       "INSERT INTO ranking (place, strategy, scenarios, cells, advantage,"
                       " advantage_error, interval_over, chance, ahead, agreed, welfare, pareto,"
                       " nash, kalai, rounds%s) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?%s)",
                       first ? "" : ", nash_negmas, kalai_smorodinsky_negmas, score, score_error",
                       first ? "" : ",?,?,?,?"),
            &query);
    }
    for (size_t i = 0; i < count && status == ENT_OK; i++) {
        status = write_place(query, i, &places[i], chance[i], ahead[i], figures);
    }
    return status;
}

ent_status ent_ranking_write(ent_work *work, ent_database *db)
{
    ent_cells cells;
    int64_t count;
    ent_status status = ent_database_number(db, "SELECT count(*) FROM strategy", &count);
    if (status == ENT_OK) {
        status = ent_cells_read(work, db, &cells);
    }
    if (status != ENT_OK) {
        return status;
    }
    place *places = ent_alloc(work->arena, (size_t)count + 1, place);
    size_t played = rank(&cells, places, (size_t)count);
    return write_places(work, db, &cells, places, played);
}
