/* Dates of references: 2019-02-28, 2019/02/28/, 28.2.2019, February 28, 2019, 2019~, 2019/2020. */
#include "io/reference.h"
#include "record/date.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { PARTS = 3 };

typedef struct pieces {
    unsigned number[PARTS];
    size_t digits[PARTS];
    size_t count;
    unsigned month; /* in letters; 0: none */
    char mark;      /* between the first two numbers */
} pieces;

static unsigned month_of(const char *word, size_t length)
{
    static const char *const names[] = {"january", "february", "march",     "april",
                                        "may",     "june",     "july",      "august",
                                        "september", "october", "november", "december"};
    for (unsigned i = 0; i < 12; i++) {
        if (length >= 3 && length <= strlen(names[i]) && strncasecmp(word, names[i], length) == 0) {
            return i + 1;
        }
    }
    return length == 4 && strncasecmp(word, "sept", 4) == 0 ? 9 : 0;
}

/* Numbers and a month's name up to what begins something else: a time, a range, a remark. */
static pieces take_apart(const char *text)
{
    pieces p = {0};
    while (*text != '\0' && p.count < PARTS) {
        if (isdigit((unsigned char)*text)) {
            size_t length = strspn(text, "0123456789");
            p.digits[p.count] = length;
            for (size_t i = 0; i < length && i < 6; i++) {
                p.number[p.count] = p.number[p.count] * 10 + (unsigned)(text[i] - '0');
            }
            p.mark = p.count == 0 ? text[length] : p.mark;
            bool range = p.count > 0 && p.mark == '-' && text[length] == '/';
            p.count++;
            text += length;
            if (range || strchr("T~?%", *text) != NULL) {
                break;
            }
        } else if (isalpha((unsigned char)*text)) {
            size_t length = 0;
            while (isalpha((unsigned char)text[length])) {
                length++;
            }
            p.month = p.month == 0 ? month_of(text, length) : p.month;
            text += length;
        } else {
            text++;
        }
    }
    return p;
}

/* The date, or as much of it as the calendar has; NULL where not even the year is one. */
static const char *written(ent_arena *arena, unsigned year, unsigned month, unsigned day)
{
    int64_t first, last;
    if (year == 0) {
        return NULL;
    }
    for (int parts = month == 0 ? 1 : day == 0 ? 2 : 3; parts > 0; parts--) {
        const char *date = parts == 3   ? ent_format(arena, "%04u-%02u-%02u", year, month, day)
                           : parts == 2 ? ent_format(arena, "%04u-%02u", year, month)
                                        : ent_format(arena, "%04u", year);
        if (ent_parse_date(date, &first, &last)) {
            return date;
        }
    }
    return NULL;
}

/* Two digits are of 2000 to 2029 or of 1930 to 1999, as spreadsheets have it; 0: no year. */
static unsigned full_year(const pieces *p, size_t at)
{
    unsigned n = p->number[at];
    return p->digits[at] == 4 ? n : p->digits[at] != 2 ? 0 : n < 30 ? 2000 + n : 1900 + n;
}

const char *ent_reference_date(ent_arena *arena, const char *text)
{
    pieces p = take_apart(text);
    const unsigned *n = p.number;
    if (p.count > 0 && p.digits[0] == 4) { /* the year first: 2019-02-28, 2019 Feb 28, 2019/1999 */
        bool years = p.month == 0 && p.count > 1 && p.digits[1] > 2;
        unsigned month = p.month != 0 ? p.month : p.count > 1 && !years ? n[1] : 0;
        unsigned day = p.month != 0 ? (p.count > 1 ? n[1] : 0) : p.count > 2 && !years ? n[2] : 0;
        return written(arena, n[0], month, day);
    }
    if (p.month != 0 && p.count == 2) { /* 28 February 2019, Feb. 28, 2019, 28-Feb-19 */
        return n[0] == 0 ? NULL : written(arena, full_year(&p, 1), p.month, n[0]);
    }
    if (p.count == 3 && p.mark == '.') { /* 28.2.2019, 28.02.19 */
        return written(arena, full_year(&p, 2), n[1], n[0]);
    }
    bool days = n[0] <= 31 && n[1] <= 31 && (n[0] > 12) != (n[1] > 12);
    if (p.count == 3 && p.digits[2] == 4 && days) { /* 28/2/2019, 2/28/2019 */
        return n[0] > 12 ? written(arena, n[2], n[1], n[0]) : written(arena, n[2], n[0], n[1]);
    }
    return NULL; /* 5/6/2019 is two days */
}
