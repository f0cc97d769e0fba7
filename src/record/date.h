/* Dates and times of a record, as people and programs write them. */
#ifndef ENT_RECORD_DATE_H
#define ENT_RECORD_DATE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Seconds since 1970 UTC of the first and the last moment that "2019", "2019-02", "2019-02-28" or
 * "2019-02-28T14:00+07:00" (also with a space, seconds, their fraction, Z) may mean; a date without
 * a zone is taken as UTC. A fraction counts as its whole second. The leap second 23:59:60 UTC
 * counts as the second before it, so that it stays in the day that it names: POSIX time has no
 * other place for it. False if the text is none of these.
 */
bool ent_parse_date(const char *text, int64_t *first, int64_t *last);

/* Which part of the text is wrong, and what would be right; NULL where it is a date. */
const char *ent_date_fault(const char *text);

#endif
