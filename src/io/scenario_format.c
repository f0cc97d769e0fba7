/* What the readers of scenario formats share. */
#include "io/scenario_format.h"

#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Most levels of all parties' tables together, and values of whole-outcome tables. */
static const double MOST_VALUES = 16e6;

enum { MESSAGE = 600 };

static void tell(ent_work *work, ent_severity severity, ent_code code, const ent_text *text,
                 ent_pos pos, const char *hint, const char *format, va_list list)
{
    char message[MESSAGE];
    vsnprintf(message, sizeof message, format, list);
    size_t length = strlen(message);
    message[ent_utf8_valid(message, length)] = '\0'; /* a cut may fall within a character */
    ent_tell(work->diags, severity, code, text, pos, hint, "%s", message);
}

ent_status ent_scenario_fault(ent_work *work, const ent_text *text, ent_pos pos, ent_code code,
                              const char *hint, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    tell(work, ENT_ERROR, code, text, pos, hint, format, list);
    va_end(list);
    return ENT_INVALID;
}

void ent_scenario_odd(ent_work *work, const ent_text *text, ent_pos pos, ent_code code,
                      const char *hint, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    tell(work, ENT_WARNING, code, text, pos, hint, format, list);
    va_end(list);
}

const char *ent_tidy(ent_arena *arena, const char *text)
{
    char *tidy = ent_copy(arena, text);
    size_t length = 0;
    for (const char *at = text; *at != '\0'; at++) {
        bool blank = strchr(" \t\r\n", *at) != NULL;
        if (!blank) {
            tidy[length++] = *at;
        } else if (length > 0 && tidy[length - 1] != ' ') {
            tidy[length++] = ' ';
        }
    }
    length -= length > 0 && tidy[length - 1] == ' ';
    tidy[length] = '\0';
    return tidy;
}

ent_status ent_scenario_room(ent_work *work, const ent_text *text, ent_pos pos, double levels,
                             double *sum)
{
    *sum += levels;
    if (*sum > MOST_VALUES) {
        return ent_scenario_fault(work, text, pos, ENT_S104_TOO_MUCH, NULL,
                                  "more than %.0f values for all parties together", MOST_VALUES);
    }
    return ENT_OK;
}

ent_status ent_integer_issue(ent_work *work, const ent_text *text, ent_pos pos, double lower,
                             double upper, ent_scenario_issue *issue)
{
    if (lower != floor(lower) || upper != floor(upper) || fabs(lower) > 1e15 ||
        fabs(upper) > 1e15) {
        return ent_scenario_fault(work, text, pos, ENT_S109_BAD_NUMBER, NULL,
                                  "the bounds of `%s` should be whole numbers", issue->name);
    }
    if (lower >= upper) {
        return ent_scenario_fault(work, text, pos, ENT_S110_BAD_RANGE, NULL,
                                  "`%s` has the range %.15g to %.15g", issue->name, lower, upper);
    }
    if (upper - lower >= ENT_SCENARIO_LEVELS) {
        return ent_scenario_fault(work, text, pos, ENT_S104_TOO_MUCH, NULL,
                                  "`%s` has more than %d values", issue->name,
                                  ENT_SCENARIO_LEVELS);
    }
    issue->kind = ENT_INTEGER;
    issue->lower = lower;
    issue->upper = upper;
    issue->step = 1;
    issue->levels = (uint64_t)(upper - lower) + 1;
    return ENT_OK;
}

ent_status ent_real_issue(ent_work *work, const ent_text *text, ent_pos pos, double lower,
                          double upper, ent_scenario_issue *issue)
{
    double step = (upper - lower) / (ENT_REAL_LEVELS - 1);
    if (!(lower < upper) || !isfinite(step) || !(lower + step > lower)) {
        return ent_scenario_fault(work, text, pos, ENT_S110_BAD_RANGE, NULL,
                                  "`%s` has the range %.15g to %.15g", issue->name, lower, upper);
    }
    issue->kind = ENT_REAL;
    issue->lower = lower;
    issue->upper = upper;
    issue->step = step;
    issue->levels = ENT_REAL_LEVELS;
    issue->discretised = true;
    ent_scenario_odd(work, text, pos, ENT_S207_DISCRETISED, NULL,
                     "`%s` is continuous and was cut into %d levels", issue->name,
                     ENT_REAL_LEVELS);
    return ENT_OK;
}
