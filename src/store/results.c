/*
 * A block of runs is one transaction, so that after a kill the file holds whole blocks. Blocks come
 * in any order. The ranking is made of the stored runs in the order of their numbers, and the
 * finished file is a packed copy: however often the tournament was stopped and whoever played it,
 * its bytes are the same.
 */
#include "store/results.h"

#include "base/hash.h"
#include "base/text.h"
#include "store/cells.h"
#include "store/ranking.h"

#include <math.h>
#include <string.h>

struct ent_results {
    ent_work *work;
    ent_database *db;
    const char *path, *fingerprint;
    ent_query *run, *seat, *has;
    const char *owner; /* what to select for the points as the scenario's owner has them */
    bool fresh;        /* begun by this call */
    bool first_form;
};

static ent_status not_these(const ent_results *r)
{
    return ent_fail(r->work->diags, ENT_INVALID, ENT_H107_OTHER_TOURNAMENT,
                    "give another file, or the options that it was begun with",
                    "`%s` holds the results of another tournament", r->path);
}

/* Is there a table `about`? A file of something else has others, or none that we know. */
static ent_status look_into(ent_results *r, bool *empty, uint64_t *done, bool *finished)
{
    int64_t tables, known, runs = 0, all = 0;
    const char *fingerprint;
    ent_status status = ent_database_number(r->db, "SELECT count(*) FROM sqlite_master", &tables);
    if (status == ENT_OK) {
        status = ent_database_number(
            r->db, "SELECT count(*) FROM sqlite_master WHERE name IN ('about', 'run', 'seat')",
            &known);
    }
    *empty = status == ENT_OK && tables == 0;
    if (status != ENT_OK || *empty) {
        return status;
    }
    if (known != 3) {
        return not_these(r);
    }
    status = ent_database_text(r->db, "SELECT value FROM about WHERE name = 'fingerprint'",
                               &fingerprint);
    if (status == ENT_OK && (fingerprint == NULL || strcmp(fingerprint, r->fingerprint) != 0)) {
        return not_these(r);
    }
    if (status == ENT_OK) {
        status = ent_database_number(r->db, "SELECT count(*) FROM run", &runs);
    }
    if (status == ENT_OK) {
        status = ent_database_number(
            r->db, "SELECT count(*) FROM about WHERE name = 'finished' AND value = '1'", &all);
    }
    *done = (uint64_t)runs;
    *finished = all > 0;
    return status;
}

static ent_status look_at_form(ent_results *r)
{
    int64_t form;
    ent_status status = ent_database_number(r->db, "PRAGMA user_version", &form);
    r->first_form = form == ENT_RESULTS_FIRST_FORM;
    return status == ENT_OK ? ent_owner_columns(r->db, &r->owner) : status;
}

ent_status ent_results_open(ent_work *work, const char *path, const char *fingerprint,
                            ent_results **results, uint64_t *done, bool *finished)
{
    ent_results *r = ent_alloc(work->arena, 1, ent_results);
    *r = (ent_results){.work = work, .path = path, .fingerprint = fingerprint};
    *results = r;
    *done = 0;
    *finished = false;
    bool empty = true;
    ent_status status = path == NULL ? ENT_OK : ent_database_hold(work, path);
    if (status == ENT_OK) {
        status = ent_database_open(work, path, &r->db);
    }
    if (status == ENT_OK) {
        status = look_into(r, &empty, done, finished);
    }
    r->fresh = empty;
    if (status == ENT_OK && empty) {
        status = ent_database_run(r->db, "BEGIN");
        status = status == ENT_OK ? ent_database_run(r->db, ent_results_schema) : status;
    }
    if (status == ENT_OK) {
        status = look_at_form(r);
    }
    if (status == ENT_OK) {
        status = ent_query_make(
            r->db,
            ent_format(work->arena,
                       "INSERT OR REPLACE INTO run VALUES (?,?,?,?,?,?,?,?,?,?,?%s)",
                       r->first_form ? "" : ",?,?"),
            &r->run);
    }
    if (status == ENT_OK) {
        status = ent_query_make(r->db, "SELECT count(*) FROM run WHERE job >= ? AND job < ?",
                                &r->has);
    }
    if (status == ENT_OK) {
        status = ent_query_make(r->db,
                                r->first_form
                                    ? "INSERT OR REPLACE INTO seat VALUES (?,?,?,?,?)"
                                    : "INSERT OR REPLACE INTO seat VALUES (?,?,?,?,?,?)",
                                &r->seat);
    }
    return status;
}

static ent_status add_fact(ent_query *about, const char *name, const char *value)
{
    ent_query_set_text(about, 1, name);
    ent_query_set_text(about, 2, value);
    return ent_query_run(about);
}

static ent_status add_names(ent_results *r, const char *const *strategies, size_t count)
{
    ent_query *query;
    ent_status status = ent_query_make(r->db, "INSERT INTO strategy VALUES (?,?)", &query);
    for (size_t i = 0; i < count && status == ENT_OK; i++) {
        ent_query_set_int(query, 1, (int64_t)i);
        ent_query_set_text(query, 2, strategies[i]);
        status = ent_query_run(query);
    }
    return status;
}

static ent_status add_scenarios(ent_results *r, const ent_result_scenario *scenarios, size_t count)
{
    ent_query *query;
    ent_status status = ent_query_make(r->db, "INSERT INTO scenario VALUES (?,?,?,?,?)", &query);
    for (size_t i = 0; i < count && status == ENT_OK; i++) {
        ent_query_set_int(query, 1, (int64_t)i);
        ent_query_set_text(query, 2, scenarios[i].name);
        ent_query_set_int(query, 3, scenarios[i].parties);
        ent_query_set_int(query, 4, (int64_t)scenarios[i].outcomes);
        ent_query_set_text(query, 5, scenarios[i].tuples);
        status = ent_query_run(query);
    }
    return status;
}

ent_status ent_results_begin(ent_results *r, const ent_result_fact *facts, size_t fact_count,
                             const ent_result_scenario *scenarios, size_t scenario_count,
                             const char *const *strategies, size_t strategy_count)
{
    ent_query *about;
    if (!r->fresh) {
        return ENT_OK;
    }
    ent_status status = ent_query_make(r->db, "INSERT INTO about VALUES (?,?)", &about);
    for (size_t i = 0; i < fact_count && status == ENT_OK; i++) {
        status = add_fact(about, facts[i].name, facts[i].value);
    }
    if (status == ENT_OK) {
        status = add_fact(about, "fingerprint", r->fingerprint);
    }
    if (status == ENT_OK) {
        status = add_scenarios(r, scenarios, scenario_count);
    }
    if (status == ENT_OK) {
        status = add_names(r, strategies, strategy_count);
    }
    return status == ENT_OK ? ent_database_run(r->db, "COMMIT") : status;
}

ent_status ent_results_has(ent_results *r, uint64_t first, uint32_t count, bool *has)
{
    bool row;
    ent_query_set_int(r->has, 1, (int64_t)first);
    ent_query_set_int(r->has, 2, (int64_t)(first + count));
    ent_status status = ent_query_step(r->has, &row);
    if (status == ENT_OK) {
        *has = row && ent_query_int(r->has, 0) == count;
        status = ent_query_run(r->has);
    }
    return status;
}

static ent_status add_run(ent_results *r, const ent_result_run *run)
{
    ent_query *q = r->run;
    const double none = (double)NAN;
    ent_query_set_int(q, 1, (int64_t)run->job);
    ent_query_set_int(q, 2, (int64_t)run->cell);
    ent_query_set_int(q, 3, run->scenario);
    ent_query_set_text(q, 4, run->ending);
    ent_query_set_int(q, 5, run->round);
    ent_query_set_int(q, 6, run->offers);
    if (run->outcome <= INT64_MAX) {
        ent_query_set_int(q, 7, (int64_t)run->outcome);
    } else {
        ent_query_set_number(q, 7, none);
    }
    ent_query_set_number(q, 8, run->welfare);
    ent_query_set_number(q, 9, run->pareto);
    ent_query_set_number(q, 10, run->nash);
    ent_query_set_number(q, 11, run->kalai);
    if (!r->first_form) {
        ent_query_set_number(q, 12, run->nash_negmas);
        ent_query_set_number(q, 13, run->kalai_negmas);
    }
    ent_status status = ent_query_run(q);
    for (uint32_t p = 0; p < run->parties && status == ENT_OK; p++) {
        ent_query_set_int(r->seat, 1, (int64_t)run->job);
        ent_query_set_int(r->seat, 2, p);
        ent_query_set_int(r->seat, 3, run->seat[p].strategy);
        ent_query_set_number(r->seat, 4, run->seat[p].utility);
        ent_query_set_number(r->seat, 5, run->seat[p].advantage);
        if (!r->first_form) {
            ent_query_set_number(r->seat, 6, run->seat[p].score);
        }
        status = ent_query_run(r->seat);
    }
    return status;
}

ent_status ent_results_add(ent_results *r, const ent_result_run *runs, size_t count)
{
    ent_status status = ent_database_run(r->db, "BEGIN");
    for (size_t i = 0; i < count && status == ENT_OK; i++) {
        status = add_run(r, &runs[i]);
    }
    return status == ENT_OK ? ent_database_run(r->db, "COMMIT") : status;
}

/* A chain of hashes over pieces of the lines: what was read so far, and the hash up to there. */
typedef struct checksum {
    ent_buffer piece;
    char hex[ENT_HASH_ROOM];
} checksum;

enum { PIECE = 1 << 20 };

static void take_piece(checksum *c)
{
    ent_hash(ent_buffer_text(&c->piece), c->piece.length, c->hex);
    c->piece.length = 0;
    ent_put(&c->piece, c->hex);
}

static void sum_line(void *user, const char *text)
{
    checksum *c = user;
    ent_put(&c->piece, text);
    if (c->piece.length > PIECE) {
        take_piece(c);
    }
}

static ent_status sum_runs(ent_results *r, checksum *c)
{
    *c = (checksum){.piece = ent_buffer_init(r->work->arena, 0)};
    ent_status status = ent_results_lines(r, sum_line, c);
    take_piece(c);
    return status;
}

static ent_status write_checksum(ent_results *r)
{
    checksum sum;
    ent_query *about;
    ent_status status = sum_runs(r, &sum);
    if (status == ENT_OK) {
        status = ent_query_make(r->db, "INSERT INTO about VALUES (?,?)", &about);
    }
    return status == ENT_OK ? add_fact(about, "checksum", sum.hex) : status;
}

ent_status ent_results_check(ent_results *r)
{
    checksum sum;
    const char *written;
    ent_status status = sum_runs(r, &sum);
    if (status == ENT_OK) {
        status = ent_database_text(r->db, "SELECT value FROM about WHERE name = 'checksum'",
                                   &written);
    }
    return status != ENT_OK || (written != NULL && strcmp(written, sum.hex) == 0)
               ? status
               : ent_fail(r->work->diags, ENT_INVALID, ENT_H111_RESULTS_CHANGED,
                          "remove the file to start again",
                          "the runs in `%s` are not those that were written", r->path);
}

static ent_status mark_finished(ent_results *r)
{
    ent_status status = ent_database_run(r->db, "BEGIN");
    if (status == ENT_OK) {
        status = ent_ranking_write(r->work, r->db);
    }
    if (status == ENT_OK) {
        status = write_checksum(r);
    }
    if (status == ENT_OK) {
        status = ent_database_run(r->db, "INSERT INTO about VALUES ('finished', '1'); COMMIT");
    }
    return status;
}

/* The file is never finished and not packed: the copy is finished before it is put in place. */
ent_status ent_results_finish(ent_results *r)
{
    ent_database *copy;
    if (r->path == NULL) {
        return mark_finished(r);
    }
    const char *beside = ent_format(r->work->arena, "%s.new", r->path);
    ent_status status = ent_database_copy(r->db, beside, &copy);
    if (status == ENT_OK) {
        r->db = copy;
        status = mark_finished(r);
    }
    if (status == ENT_OK) {
        return ent_database_place(copy, r->path);
    }
    ent_database_discard(beside);
    return status;
}

ent_status ent_results_ranking(ent_results *r, const ent_result_rank **ranks, size_t *count)
{
    struct {
        ent_result_rank *at;
        size_t count, room;
    } list = {0};
    ent_query *query;
    bool row = true;
    ent_status status = ent_query_make(
        r->db,
        ent_format(r->work->arena,
                   "SELECT name, scenarios, cells, interval_over = 'scenarios', ahead, advantage,"
                   " advantage_error, agreed, welfare, pareto, nash, kalai, rounds, chance, %s, %s"
                   " FROM ranking JOIN strategy ON strategy = number ORDER BY place",
                   r->owner, r->first_form ? "advantage, advantage_error" : "score, score_error"),
        &query);
    while (status == ENT_OK && (status = ent_query_step(query, &row)) == ENT_OK && row) {
        ent_result_rank *rank = ent_push(r->work->arena, &list);
        rank->strategy = ent_copy(r->work->arena, ent_query_text(query, 0));
        rank->scenarios = (uint64_t)ent_query_int(query, 1);
        rank->cells = (uint64_t)ent_query_int(query, 2);
        rank->over_scenarios = ent_query_int(query, 3) != 0;
        double *figure[] = {&rank->advantage, &rank->error, &rank->agreed, &rank->welfare,
                            &rank->pareto, &rank->nash, &rank->kalai, &rank->rounds,
                            &rank->chance, &rank->nash_negmas, &rank->kalai_negmas,
                            &rank->score, &rank->score_error};
        for (int k = 0; k < 13; k++) {
            *figure[k] = ent_query_number(query, 5 + k);
        }
        rank->ahead = ent_query_int(query, 4) != 0;
    }
    *ranks = list.at;
    *count = list.count;
    return status;
}

/* Seats of the run, of those that the query is at; both are read in the order of their keys. */
static ent_status read_seats(ent_query *seats, ent_result_run *run, ent_result_seat *seat,
                             bool *more)
{
    ent_status status = ENT_OK;
    run->parties = 0;
    while (status == ENT_OK && *more && (uint64_t)ent_query_int(seats, 0) <= run->job) {
        bool own = (uint64_t)ent_query_int(seats, 0) == run->job;
        if (own && run->parties < ENT_RESULT_SEATS) {
            seat[run->parties++] = (ent_result_seat){(uint32_t)ent_query_int(seats, 1),
                                                     ent_query_number(seats, 2),
                                                     ent_query_number(seats, 3),
                                                     ent_query_number(seats, 4)};
        }
        status = ent_query_step(seats, more);
    }
    return status;
}

static ent_result_run run_of(ent_query *q)
{
    bool indexed = !isnan(ent_query_number(q, 6));
    return (ent_result_run){.job = (uint64_t)ent_query_int(q, 0),
                            .cell = (uint64_t)ent_query_int(q, 1),
                            .scenario = (uint32_t)ent_query_int(q, 2),
                            .ending = ent_query_text(q, 3),
                            .round = (uint32_t)ent_query_int(q, 4),
                            .offers = (uint32_t)ent_query_int(q, 5),
                            .outcome = indexed ? (uint64_t)ent_query_int(q, 6) : UINT64_MAX,
                            .welfare = ent_query_number(q, 7),
                            .pareto = ent_query_number(q, 8),
                            .nash = ent_query_number(q, 9),
                            .kalai = ent_query_number(q, 10),
                            .nash_negmas = ent_query_number(q, 11),
                            .kalai_negmas = ent_query_number(q, 12)};
}

ent_status ent_results_each(ent_results *r, void (*take)(void *user, const ent_result_run *run),
                            void *user)
{
    ent_query *runs, *seats;
    ent_result_seat seat[ENT_RESULT_SEATS];
    bool row = true, more = false;
    ent_status status = ent_query_make(
        r->db,
        ent_format(r->work->arena,
                   "SELECT job, cell, scenario, ending, round, offers, outcome, welfare, pareto,"
                   " nash, kalai, %s FROM run ORDER BY job",
                   r->owner),
        &runs);
    if (status == ENT_OK) {
        status = ent_query_make(
            r->db,
            ent_format(r->work->arena,
                       "SELECT job, strategy, utility, advantage, %s FROM seat"
                       " ORDER BY job, party",
                       r->first_form ? "advantage" : "score"),
            &seats);
    }
    status = status == ENT_OK ? ent_query_step(seats, &more) : status;
    while (status == ENT_OK && (status = ent_query_step(runs, &row)) == ENT_OK && row) {
        ent_result_run run = run_of(runs);
        run.seat = seat;
        status = read_seats(seats, &run, seat, &more);
        if (status == ENT_OK && run.ending != NULL) {
            take(user, &run);
        }
    }
    return status;
}

/* A field of CSV (RFC 4180): quoted where it must be. */
static void put_field(ent_buffer *b, const char *text)
{
    bool plain = text == NULL || strpbrk(text, ",\"\r\n") == NULL;
    ent_put(b, plain ? "" : "\"");
    for (const char *at = text; at != NULL && *at != '\0'; at++) {
        ent_put(b, *at == '"' ? "\"" : "");
        ent_put_char(b, *at);
    }
    ent_put(b, plain ? "" : "\"");
}

ent_status ent_results_lines(ent_results *r, void (*line)(void *user, const char *text),
                             void *user)
{
    ent_query *query;
    bool row = true;
    ent_buffer b = ent_buffer_init(r->work->arena, 0);
    ent_status status = ent_query_make(
        r->db,
        ent_format(r->work->arena,
                   "SELECT job, scenario.name, party, strategy.name, ending, round, offers,"
                   " outcome, utility, advantage, welfare, pareto, nash, kalai, %s%s"
                   " FROM run JOIN seat USING (job)"
                   " JOIN scenario ON scenario.number = run.scenario"
                   " JOIN strategy ON strategy.number = seat.strategy ORDER BY job, party",
                   r->owner, r->first_form ? "" : ", score"),
        &query);
    line(user, ent_format(r->work->arena,
                          "job,scenario,party,strategy,ending,round,offers,outcome,utility,"
                          "advantage,welfare,pareto,nash,kalai%s\n",
                          r->first_form ? "" : ",nash_negmas,kalai_smorodinsky_negmas,score"));
    while (status == ENT_OK && (status = ent_query_step(query, &row)) == ENT_OK && row) {
        b.length = 0;
        for (int k = 0; k < (r->first_form ? 14 : 17); k++) {
            ent_put(&b, k > 0 ? "," : "");
            put_field(&b, ent_query_text(query, k));
        }
        ent_put_char(&b, '\n');
        line(user, ent_buffer_text(&b));
    }
    return status;
}
