#define _DEFAULT_SOURCE /* flock */
#include "store/database.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct ent_database {
    ent_work *work;
    sqlite3 *handle;
    const char *path;
};

struct ent_query {
    ent_database *db;
    sqlite3_stmt *statement;
};

static void close_database(void *object)
{
    sqlite3_close_v2(object);
}

static void finish_query(void *object)
{
    sqlite3_finalize(object);
}

static ent_status failed(const ent_database *db, int code)
{
    ent_work *work = db->work;
    if (code == SQLITE_NOMEM) {
        ent_out_of_memory(work->arena);
    }
    const char *name = db->path == NULL ? "the results" : db->path;
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) {
        return ent_fail(work->diags, ENT_INVALID, ENT_H106_NOT_RESULTS,
                        "give another file, or remove this one",
                        "`%s` is not a file of results", name);
    }
    return ent_fail(work->diags, ENT_IO, ENT_F104_CANNOT_WRITE,
                    "what was written before is kept; the same call goes on from there",
                    "`%s`: %s", name, sqlite3_errmsg(db->handle));
}

static void let_go(void *object)
{
    close(*(const int *)object);
}

/* A finished file is put in place of the other: does the path still lead to the one in hand? */
static bool leads_to(const char *path, int file)
{
    struct stat named, held;
    return stat(path, &named) == 0 && fstat(file, &held) == 0 && named.st_dev == held.st_dev &&
           named.st_ino == held.st_ino;
}

/*
 * flock(), which knows nothing of SQLite's own locks. Closing the file would take those away, and
 * cleanups run last first, so that it is closed after the database.
 */
ent_status ent_database_hold(ent_work *work, const char *path)
{
    int *file = ent_alloc(work->arena, 1, int);
    *file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (*file < 0) {
        return ENT_OK; /* a file that cannot be opened is told by who opens it */
    }
    ent_defer(work->arena, let_go, file);
    bool held = flock(*file, LOCK_EX | LOCK_NB) == 0;
    if (held ? leads_to(path, *file) : errno != EWOULDBLOCK) {
        return ENT_OK; /* a file system without locks is used as it is */
    }
    return ent_fail(work->diags, ENT_IO, ENT_H110_RESULTS_IN_USE,
                    "wait for it, or give another file; the same call goes on from there",
                    "another tournament writes its results to `%s`", path);
}

ent_status ent_database_open(ent_work *work, const char *path, ent_database **out)
{
    ent_database *db = ent_alloc(work->arena, 1, ent_database);
    *db = (ent_database){.work = work, .path = path};
    *out = db;
    int code = sqlite3_open(path == NULL ? ":memory:" : path, &db->handle);
    if (db->handle == NULL) {
        ent_out_of_memory(work->arena);
    }
    ent_defer(work->arena, close_database, db->handle);
    sqlite3_busy_timeout(db->handle, 2000);
    return code == SQLITE_OK ? ENT_OK : failed(db, code);
}

ent_status ent_database_run(ent_database *db, const char *sql)
{
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? ENT_OK : failed(db, code);
}

ent_status ent_query_make(ent_database *db, const char *sql, ent_query **out)
{
    ent_query *query = ent_alloc(db->work->arena, 1, ent_query);
    query->db = db;
    *out = query;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &query->statement, NULL);
    if (code != SQLITE_OK) {
        return failed(db, code);
    }
    ent_defer(db->work->arena, finish_query, query->statement);
    return ENT_OK;
}

void ent_query_set_int(ent_query *query, int place, int64_t value)
{
    sqlite3_bind_int64(query->statement, place, value);
}

void ent_query_set_number(ent_query *query, int place, double value)
{
    if (isfinite(value)) {
        sqlite3_bind_double(query->statement, place, value);
    } else {
        sqlite3_bind_null(query->statement, place);
    }
}

void ent_query_set_text(ent_query *query, int place, const char *value)
{
    sqlite3_bind_text(query->statement, place, value, -1, SQLITE_TRANSIENT);
}

ent_status ent_query_step(ent_query *query, bool *row)
{
    int code = sqlite3_step(query->statement);
    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW) {
        return ENT_OK;
    }
    ent_status status = code == SQLITE_DONE ? ENT_OK : failed(query->db, code);
    sqlite3_reset(query->statement);
    return status;
}

ent_status ent_query_run(ent_query *query)
{
    bool row = true;
    ent_status status = ENT_OK;
    while (status == ENT_OK && row) {
        status = ent_query_step(query, &row);
    }
    return status;
}

int64_t ent_query_int(ent_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

double ent_query_number(ent_query *query, int column)
{
    bool missing = sqlite3_column_type(query->statement, column) == SQLITE_NULL;
    return missing ? (double)NAN : sqlite3_column_double(query->statement, column);
}

const char *ent_query_text(ent_query *query, int column)
{
    return (const char *)sqlite3_column_text(query->statement, column);
}

ent_status ent_database_text(ent_database *db, const char *sql, const char **text)
{
    ent_query *query;
    bool row;
    *text = NULL;
    ent_status status = ent_query_make(db, sql, &query);
    if (status == ENT_OK) {
        status = ent_query_step(query, &row);
    }
    if (status == ENT_OK && row) {
        const char *found = ent_query_text(query, 0);
        *text = found == NULL ? NULL : ent_copy(db->work->arena, found);
        sqlite3_reset(query->statement);
    }
    return status;
}

ent_status ent_database_number(ent_database *db, const char *sql, int64_t *number)
{
    ent_query *query;
    bool row;
    *number = 0;
    ent_status status = ent_query_make(db, sql, &query);
    if (status == ENT_OK) {
        status = ent_query_step(query, &row);
    }
    if (status == ENT_OK && row) {
        *number = ent_query_int(query, 0);
        sqlite3_reset(query->statement);
    }
    return status;
}

void ent_database_discard(const char *path)
{
    (void)unlink(path);
}

ent_status ent_database_copy(ent_database *db, const char *path, ent_database **copy)
{
    ent_query *query;
    (void)unlink(path);
    ent_status status = ent_query_make(db, "VACUUM INTO ?", &query);
    if (status == ENT_OK) {
        ent_query_set_text(query, 1, path);
        status = ent_query_run(query);
    }
    if (status == ENT_OK) {
        status = ent_database_open(db->work, path, copy);
    }
    return status == ENT_OK ? ent_database_run(*copy, "PRAGMA journal_mode = MEMORY") : status;
}

ent_status ent_database_place(ent_database *db, const char *path)
{
    if (rename(db->path, path) != 0) {
        return ent_fail(db->work->diags, ENT_IO, ENT_F104_CANNOT_WRITE, NULL,
                        "`%s` could not be put in place", path);
    }
    db->path = path;
    return ENT_OK;
}
