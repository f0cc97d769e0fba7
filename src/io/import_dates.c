/* Dates as people and spreadsheets write them, as a case has them. */
#include "base/number.h"
#include "io/import_parts.h"
#include "io/reference.h"
#include "record/date.h"

#include <stdio.h>
#include <string.h>

size_t ent_import_clock(const char *text, bool *midnight)
{
    unsigned hour = 0, minute = 0, second = 0;
    int end = 0;
    size_t day = strspn(text, "0123456789-");
    bool is = day == 10 && (text[day] == ' ' || text[day] == 'T') &&
              sscanf(text + day + 1, "%2u:%2u%n", &hour, &minute, &end) == 2;
    size_t at = is ? day + 1 + (size_t)end : 0;
    if (is && text[at] == ':' && sscanf(text + at, ":%2u%n", &second, &end) == 1) {
        at += (size_t)end;
    }
    if (is && text[at] == '.') {
        at += 1 + strspn(text + at + 1, "0123456789");
    }
    *midnight = hour == 0 && minute == 0 && second == 0;
    return is && text[at] == '\0' ? day : 0;
}

/*
 * The text as a case has it, or as it is: 28.02.2019 with the day first as everywhere where points
 * are written; 31/12/2019, 28-Feb-19, May 31, 2024, of which each is one day; and a day at
 * midnight, which is how programs save a day without a time. A time without a zone names no moment:
 * its day is taken.
 */
const char *ent_import_iso(const ent_importer *m, const char *text)
{
    bool midnight;
    size_t day = ent_import_clock(text, &midnight);
    int64_t first, last;
    if (day > 0) {
        return ent_copy_text(m->work->arena, text, day);
    }
    const char *date = ent_parse_date(text, &first, &last)
                           ? NULL
                           : ent_reference_date(m->work->arena, text);
    return date != NULL && strlen(date) == 10 ? date : text;
}

const char *ent_import_date(const ent_importer *m, size_t row, ent_import_part part)
{
    return ent_import_iso(m, ent_import_text(m, row, part));
}

/* 45443 is the number by which spreadsheets keep 2024-05-31: days since the end of 1899. */
const char *ent_import_date_hint(const ent_importer *m, const char *text)
{
    uint64_t days = 0;
    bool number = strlen(text) == 5 && ent_parse_count(text, 5, 99999, &days) && days > 20000;
    if (!number) {
        return "write it as 2024-05-31";
    }
    /* The civil date of a day count (H. Hinnant, chrono-compatible low-level date algorithms). */
    int64_t z = (int64_t)days - 25569 + 719468;
    int64_t era = z / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;
    int64_t year = yoe + era * 400 + (month <= 2);
    return ent_format(m->work->arena,
                      "a spreadsheet's number for a day? Then it is %04d-%02d-%02d", (int)year,
                      (int)month, (int)(doy - (153 * mp + 2) / 5 + 1));
}
