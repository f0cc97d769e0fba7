/* What the readers of scenario formats share. */
#include "io/scenario_format.h"

#include "base/number.h"
#include "base/text.h"
#include "io/scenario.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Most levels of all parties' tables together, and values of whole-outcome tables. */
static const double MOST_VALUES = 16e6;

enum { MESSAGE = 600 };

ENT_PRINTF(7, 0)
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
    if (lower > upper) {
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

bool ent_is_too_large(double value)
{
    return isfinite(value) && fabs(value) > 1e100;
}

ent_status ent_scenario_number(ent_work *work, const ent_text *text, const ent_node *parent,
                               const ent_node *node, const char *what, double *value)
{
    if (node == NULL) {
        return ent_scenario_fault(work, text, parent->pos, ENT_S108_MISSING_PART, NULL,
                                  "`%s` is missing", what);
    }
    if (node->kind != ENT_SCALAR || !ent_parse_number(node->text, node->length, value)) {
        return ent_scenario_fault(work, text, node->pos, ENT_S109_BAD_NUMBER, NULL,
                                  "`%s` should be a number", what);
    }
    if (ent_is_too_large(*value)) {
        return ent_scenario_fault(work, text, node->pos, ENT_S104_TOO_MUCH, NULL,
                                  "`%s` is beyond 1e100 in size", what);
    }
    return ENT_OK;
}

uint64_t ent_scenario_level(const ent_scenario_issue *issue, const ent_names *names,
                            const char *text)
{
    if (issue->kind != ENT_DISCRETE) {
        return ent_find_level(issue, text);
    }
    uint32_t level = ent_names_find(names, text);
    return level == UINT32_MAX ? UINT64_MAX : level;
}

ent_status ent_discrete_issue(ent_work *work, const ent_text *text, const ent_node *list,
                              ent_names *names, ent_scenario_issue *issue)
{
    if (list->kind != ENT_LIST || list->count == 0) {
        return ent_scenario_fault(work, text, list->pos, ENT_S108_MISSING_PART, NULL,
                                  "the issue `%s` has no values", issue->name);
    }
    if (list->count > ENT_SCENARIO_LEVELS) {
        return ent_scenario_fault(work, text, list->pos, ENT_S104_TOO_MUCH, NULL,
                                  "`%s` has more than %d values", issue->name,
                                  ENT_SCENARIO_LEVELS);
    }
    const char **values = ent_alloc(work->arena, list->count, const char *);
    for (size_t k = 0; k < list->count; k++) {
        const ent_node *item = list->items[k];
        if (item->kind != ENT_SCALAR) {
            return ent_scenario_fault(work, text, item->pos, ENT_S111_UNSUPPORTED, NULL,
                                      "a value of `%s` should be a text or a number",
                                      issue->name);
        }
        values[k] = ent_tidy(work->arena, item->text);
        if (ent_names_add(work->arena, names, values[k], (uint32_t)k) != UINT32_MAX) {
            return ent_scenario_fault(work, text, item->pos, ENT_S112_NAME_TWICE, NULL,
                                      "the value `%s` of `%s` appears twice", values[k],
                                      issue->name);
        }
    }
    issue->kind = ENT_DISCRETE;
    issue->values = values;
    issue->levels = list->count;
    return ENT_OK;
}

bool ent_has_extension(const char *name, const ent_scenario_format *format)
{
    const char *dot = strrchr(name, '.');
    for (const char *const *e = format->extensions; dot != NULL && *e != NULL; e++) {
        if (strcmp(dot + 1, *e) == 0) {
            return true;
        }
    }
    return false;
}

static void forget(void *diags)
{
    ent_diags_destroy(diags);
}

bool ent_is_profile(ent_work *work, const ent_files *files, const char *path)
{
    ent_work quiet = *work;
    ent_text text;
    quiet.diags = ent_diags_create();
    if (quiet.diags == NULL) {
        ent_out_of_memory(work->arena);
    }
    ent_defer(work->arena, forget, quiet.diags);
    for (size_t f = 0; ent_scenario_formats[f] != NULL; f++) {
        const ent_scenario_format *format = ent_scenario_formats[f];
        if (format->folder && ent_has_extension(path, format) &&
            files->read(files->user, &quiet, path, ENT_NODE_BYTES, &text) == ENT_OK &&
            format->role(work->arena, &text) == ENT_IS_PROFILE) {
            return true;
        }
    }
    return false;
}

/* Another format's files end so too, and lie in folders. */
static bool is_shared(const char *path)
{
    bool shared = false;
    for (size_t f = 0; ent_scenario_formats[f] != NULL; f++) {
        const ent_scenario_format *format = ent_scenario_formats[f];
        shared = shared || (format->folder && ent_has_extension(path, format));
    }
    return shared;
}

const ent_scenario_format *ent_format_of_file(ent_work *work, const ent_files *files,
                                              const char *path)
{
    ent_work quiet = *work;
    for (size_t f = 0; ent_scenario_formats[f] != NULL; f++) {
        const ent_scenario_format *format = ent_scenario_formats[f];
        ent_text text;
        if (format->folder || !ent_has_extension(path, format)) {
            continue;
        }
        if (!is_shared(path)) {
            return format;
        }
        quiet.diags = ent_diags_create();
        if (quiet.diags == NULL) {
            ent_out_of_memory(work->arena);
        }
        ent_defer(work->arena, forget, quiet.diags);
        if (files->read(files->user, &quiet, path, ENT_NODE_BYTES, &text) == ENT_OK &&
            format->role(work->arena, &text) == ENT_IS_DOMAIN) {
            return format;
        }
    }
    return NULL;
}
