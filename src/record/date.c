#include "record/date.h"

#include <stddef.h>

/* A text while it is read, and the first part of it that is wrong. */
typedef struct reader {
    const char *at;
    const char *fault; /* NULL: none so far */
} reader;

static const char no_date[] = "a day is 2019-02-28; a time has its zone: 2019-02-28T14:15+07:00";
static const char bad_month[] = "the month is 01 to 12, with two digits";
static const char bad_day[] = "the month has no such day; a day has two digits";
static const char bad_hour[] = "the hour is 00 to 23, with two digits";
static const char bad_minute[] = "minutes are 00 to 59, with two digits, after a colon";
static const char bad_second[] = "seconds are 00 to 59, with two digits";
static const char bad_leap[] = "second 60, a leap second, is found at 23:59:60 UTC only";
static const char bad_fraction[] = "digits follow the point of the seconds: 14:15:00.250";
static const char bad_zone[] = "the zone is Z or from -14:00 to +14:00";
static const char bad_end[] = "a date ends or goes on in this form: 2019-02-28T14:15+07:00";

static int64_t fail(reader *r, const char *fault)
{
    r->fault = r->fault == NULL ? fault : r->fault;
    return 0;
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

static int64_t days_in_month(int64_t year, int64_t month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take(reader *r, char c)
{
    bool found = *r->at == c;
    r->at += found;
    return found;
}

/* Exactly `count` digits with a value from least to most; the fault where they are not there. */
static int64_t fixed(reader *r, int count, int64_t least, int64_t most, const char *fault)
{
    int64_t value = 0;
    for (int i = 0; i < count; i++) {
        if (r->fault != NULL || !is_digit(*r->at)) {
            return fail(r, fault);
        }
        value = value * 10 + (*r->at++ - '0');
    }
    return value < least || value > most ? fail(r, fault) : value;
}

/* Seconds east of UTC of "Z", "+07:00", "+0700", "+07" or nothing. */
static int64_t zone(reader *r)
{
    (void)take(r, ' ');
    if (*r->at == '\0' || take(r, 'Z') || take(r, 'z')) {
        return 0;
    }
    int64_t sign = take(r, '+') ? 1 : take(r, '-') ? -1 : fail(r, bad_zone);
    int64_t seconds = 3600 * fixed(r, 2, 0, 14, bad_zone);
    if (*r->at != '\0') {
        (void)take(r, ':');
        seconds += 60 * fixed(r, 2, 0, 59, bad_zone);
    }
    return seconds > 14 * 3600 ? fail(r, bad_zone) : sign * seconds;
}

/* RFC 3339 has a point here, ISO 8601 a comma too. No answer depends on less than a second. */
static void fraction(reader *r)
{
    if (take(r, '.') || take(r, ',')) {
        if (!is_digit(*r->at)) {
            (void)fail(r, bad_fraction);
        }
        while (is_digit(*r->at)) {
            r->at++;
        }
    }
}

static void clock_part(reader *r, int64_t day, int64_t *first, int64_t *last)
{
    int64_t hour = fixed(r, 2, 0, 23, bad_hour);
    int64_t minute = take(r, ':') ? fixed(r, 2, 0, 59, bad_minute) : fail(r, bad_minute);
    bool with_seconds = take(r, ':');
    int64_t second = with_seconds ? fixed(r, 2, 0, 60, bad_second) : 0;
    if (with_seconds) {
        fraction(r);
    }
    int64_t start = day * 86400 + hour * 3600 + minute * 60 - zone(r);
    if (second == 60) {
        second = 59;
        if ((start % 86400 + 86400) % 86400 != 86400 - 60) {
            (void)fail(r, bad_leap);
        }
    }
    *first = start + second;
    *last = start + (with_seconds ? second : 59);
}

static void date(reader *r, int64_t *first, int64_t *last)
{
    int64_t year = fixed(r, 4, 1, 9999, no_date);
    int64_t month = 0;
    int64_t day = 0;
    if (r->fault == NULL && take(r, '-')) {
        month = fixed(r, 2, 1, 12, bad_month);
    }
    if (month > 0 && take(r, '-')) {
        day = fixed(r, 2, 1, days_in_month(year, month), bad_day);
    }
    if (r->fault != NULL) {
        return;
    }
    int64_t start = days_from_civil(year, month == 0 ? 1 : month, day == 0 ? 1 : day);
    if (day > 0 && (take(r, 'T') || take(r, 't') || take(r, ' '))) {
        clock_part(r, start, first, last);
    } else {
        int64_t end = day > 0     ? start + 1
                      : month > 0 ? start + days_in_month(year, month)
                                  : days_from_civil(year + 1, 1, 1);
        *first = start * 86400;
        *last = end * 86400 - 1;
    }
}

static const char *read(const char *text, int64_t *first, int64_t *last)
{
    reader r = {text, NULL};
    date(&r, first, last);
    if (r.fault == NULL && *r.at != '\0') {
        (void)fail(&r, bad_end);
    }
    return r.fault;
}

bool ent_parse_date(const char *text, int64_t *first, int64_t *last)
{
    return read(text, first, last) == NULL;
}

const char *ent_date_fault(const char *text)
{
    int64_t first;
    int64_t last;
    return read(text, &first, &last);
}
