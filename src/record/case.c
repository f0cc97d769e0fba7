#include "record/case.h"

#include <stdio.h>
#include <string.h>

uint32_t ent_find_party(const ent_case *c, const char *id)
{
    for (uint32_t i = 0; i < c->party_count; i++) {
        if (strcmp(c->parties[i].id, id) == 0) {
            return i;
        }
    }
    return ENT_NONE;
}

uint32_t ent_find_statement(const ent_case *c, const char *id)
{
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (strcmp(c->statements[i].id, id) == 0) {
            return i;
        }
    }
    return ENT_NONE;
}

const char *ent_speaker(const ent_case *c, const ent_statement *statement)
{
    if (statement->assumption) {
        return "the analyst";
    }
    if (statement->side == ENT_SIDE_SUPPOSED) {
        return "a supposition";
    }
    if (statement->person != ENT_NONE) {
        return c->people[statement->person].name;
    }
    return statement->side < c->party_count ? c->parties[statement->side].name : NULL;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant's civil-from-days inverse). */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Exactly `count` digits at *at; moves past them. -1 if they are not there. */
static int fixed(const char **at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        char c = (*at)[i];
        if (c < '0' || c > '9') {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    *at += count;
    return value;
}

/* Seconds east of UTC of "Z", "+07:00", "+0700", "+07" or nothing; false on anything else. */
static bool zone(const char *at, int64_t *offset)
{
    *offset = 0;
    if (*at == ' ') {
        at++;
    }
    if (*at == '\0' || strcmp(at, "Z") == 0) {
        return true;
    }
    int sign = *at == '+' ? 1 : *at == '-' ? -1 : 0;
    if (sign == 0) {
        return false;
    }
    at++;
    int hours = fixed(&at, 2);
    int minutes = 0;
    if (*at != '\0') {
        at += *at == ':';
        minutes = fixed(&at, 2);
    }
    *offset = sign * (hours * 3600 + minutes * 60);
    return hours >= 0 && hours <= 14 && minutes >= 0 && minutes < 60 && *at == '\0';
}

static bool clock_part(const char *at, int64_t day, int64_t *first, int64_t *last)
{
    int hour = fixed(&at, 2);
    int minute = hour >= 0 && *at == ':' ? (at++, fixed(&at, 2)) : -1;
    int second = 0;
    bool with_seconds = minute >= 0 && *at == ':';
    if (with_seconds) {
        at++;
        second = fixed(&at, 2);
    }
    int64_t offset;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
        !zone(at, &offset)) {
        return false;
    }
    *first = day * 86400 + hour * 3600 + minute * 60 + second - offset;
    *last = *first + (with_seconds ? 0 : 59);
    return true;
}

bool ent_parse_date(const char *text, int64_t *first, int64_t *last)
{
    const char *at = text;
    int year = fixed(&at, 4);
    if (year < 1) {
        return false;
    }
    int month = 0;
    int day = 0;
    if (*at == '-') {
        at++;
        month = fixed(&at, 2);
        if (month < 1 || month > 12) {
            return false;
        }
        if (*at == '-') {
            at++;
            day = fixed(&at, 2);
            if (day < 1 || day > days_in_month(year, month)) {
                return false;
            }
        }
    }
    int64_t start = days_from_civil(year, month == 0 ? 1 : month, day == 0 ? 1 : day);
    if (day > 0 && (*at == 'T' || *at == ' ')) {
        return clock_part(at + 1, start, first, last);
    }
    int64_t end = day > 0     ? start + 1
                  : month > 0 ? start + days_in_month(year, month)
                              : days_from_civil(year + 1, 1, 1);
    *first = start * 86400;
    *last = end * 86400 - 1;
    return *at == '\0';
}

void ent_view_as_of(const ent_case *c, int64_t as_of, bool *on)
{
    for (uint32_t i = 0; i < c->statement_count; i++) {
        int64_t ended = c->statements[i].said.last;
        on[i] = ended == INT64_MIN || ended <= as_of;
    }
}

bool ent_periods_apart(ent_period a, ent_period b)
{
    return a.last != INT64_MIN && b.last != INT64_MIN && (a.last < b.first || b.last < a.first);
}

bool ent_is_newer(const ent_case *c, uint32_t a, uint32_t b)
{
    int64_t x = c->statements[a].meant.last;
    int64_t y = c->statements[b].meant.last;
    return x != y ? x > y : a < b;
}
