/* SQLite behind a seam: a database, statements with places to fill in, rows. */
#ifndef ENT_STORE_DATABASE_H
#define ENT_STORE_DATABASE_H

#include "base/work.h"

typedef struct ent_database ent_database;
typedef struct ent_query ent_query;

/* Open or create; path NULL: in memory. Closed with the arena. */
ent_status ent_database_open(ent_work *work, const char *path, ent_database **db);
/*
 * Hold the file for this process alone until the arena goes, made where it is not there. Told
 * (H110) where another process holds it. Before it is opened.
 */
ent_status ent_database_hold(ent_work *work, const char *path);
/* Run statements that give no rows. */
ent_status ent_database_run(ent_database *db, const char *sql);
/* One text or number; *text NULL, *number 0 where the query gives no row. */
ent_status ent_database_text(ent_database *db, const char *sql, const char **text);
ent_status ent_database_number(ent_database *db, const char *sql, int64_t *number);
/*
 * Open a packed copy of the database at path, over what is there. A copy that is not finished is
 * worth nothing, so that no journal of changes to it is kept on disk.
 */
ent_status ent_database_copy(ent_database *db, const char *path, ent_database **copy);
/* Remove a copy that could not be finished. */
void ent_database_discard(const char *path);
/* Put the database's file in place of that at path. */
ent_status ent_database_place(ent_database *db, const char *path);

/* A statement that is used again and again. */
ent_status ent_query_make(ent_database *db, const char *sql, ent_query **query);
/* Fill in place 1, 2, ... A number that is not finite is NULL. */
void ent_query_set_int(ent_query *query, int place, int64_t value);
void ent_query_set_number(ent_query *query, int place, double value);
void ent_query_set_text(ent_query *query, int place, const char *value);
/* The next row (*row true), or the end, after which the statement is as new. */
ent_status ent_query_step(ent_query *query, bool *row);
/* Run a statement that gives no rows. */
ent_status ent_query_run(ent_query *query);
int64_t ent_query_int(ent_query *query, int column);
double ent_query_number(ent_query *query, int column); /* NaN where NULL */
const char *ent_query_text(ent_query *query, int column); /* until the next step */

#endif
