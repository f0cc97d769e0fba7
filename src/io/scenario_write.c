#include "io/scenario_write.h"

#include "base/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE = 400, LONGEST_NAME = 100 };

void ent_put_xml(ent_buffer *b, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            ent_put(b, "&amp;");
            break;
        case '<':
            ent_put(b, "&lt;");
            break;
        case '>':
            ent_put(b, "&gt;");
            break;
        case '"':
            ent_put(b, "&quot;");
            break;
        default:
            ent_put_char(b, (unsigned char)*text < 0x20 ? ' ' : *text);
        }
    }
}

void ent_put_quoted(ent_buffer *b, const char *text)
{
    ent_put_char(b, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            ent_put_char(b, '\\');
        }
        if ((unsigned char)*text < 0x20 || *text == 0x7F) {
            ent_putf(b, "\\u%04x", (unsigned)*text);
        } else {
            ent_put_char(b, *text);
        }
    }
    ent_put_char(b, '"');
}

void ent_put_number(ent_buffer *b, double value)
{
    char text[ENT_NUMBER_ROOM];
    ent_put(b, ent_number_text(value, text));
}

void ent_put_yaml_float(ent_buffer *b, double value)
{
    char text[ENT_NUMBER_ROOM];
    if (!isfinite(value)) {
        ent_put(b, isnan(value) ? ".nan" : value > 0 ? ".inf" : "-.inf");
        return;
    }
    ent_number_text(value, text);
    size_t whole = strcspn(text, ".e");
    ent_put_bytes(b, text, whole);
    ent_put(b, text[whole] == '.' ? "" : ".0");
    ent_put(b, text + whole);
}

void ent_put_yaml_number(ent_buffer *b, double value)
{
    char text[ENT_NUMBER_ROOM];
    ent_number_text(value, text);
    if (isfinite(value) && strchr(text, 'e') == NULL) {
        ent_put(b, text);
    } else {
        ent_put_yaml_float(b, value);
    }
}

ent_status ent_add_file(ent_work *work, ent_written_files *out, const char *name,
                        const ent_buffer *bytes)
{
    if (bytes->full) {
        return ent_fail(work->diags, ENT_LIMIT, ENT_S104_TOO_MUCH, NULL,
                        "the file would be larger than 1 GiB");
    }
    ent_written *file = ent_push(work->arena, &out->files);
    *file = (ent_written){name, ent_buffer_text(bytes), bytes->length};
    return ENT_OK;
}

const char *ent_safe_name(ent_arena *arena, const char *name)
{
    char *safe = ent_copy(arena, name);
    for (char *c = safe; *c != '\0'; c++) {
        bool odd = (unsigned char)*c < 0x20 || strchr("/\\:*?\"<>|", *c) != NULL;
        *c = odd || (c == safe && (*c == '.' || *c == '-' || *c == '_')) ? '_' : *c;
    }
    size_t length = strlen(safe);
    if (length > LONGEST_NAME) {
        safe[LONGEST_NAME] = '\0';
        safe[ent_utf8_valid(safe, LONGEST_NAME)] = '\0';
    }
    return *safe == '\0' ? "scenario" : safe;
}

void ent_tell_lost(ent_work *work, const char *format, ...)
{
    char message[MESSAGE];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    message[ent_utf8_valid(message, strlen(message))] = '\0';
    ent_tell(work->diags, ENT_WARNING, ENT_S208_LOST, NULL, (ent_pos){0}, NULL, "%s", message);
}

ent_status ent_cannot_hold(ent_work *work, const char *format, ...)
{
    char message[MESSAGE];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    message[ent_utf8_valid(message, strlen(message))] = '\0';
    return ent_fail(work->diags, ENT_INVALID, ENT_S113_CANNOT_HOLD, NULL, "%s", message);
}

ent_evaluator ent_evaluator_of(ent_arena *arena, const ent_scenario *s, uint32_t party,
                               uint32_t issue)
{
    const ent_utility *u = &s->utilities[party];
    if (u->evaluators != NULL) {
        return u->evaluators[issue];
    }
    if (u->part != NULL) {
        return (ent_evaluator){.raw = u->part[issue], .weight = 1, .divisor = 1};
    }
    double *zeros = ent_alloc(arena, s->issues[issue].levels, double);
    return (ent_evaluator){.raw = zeros, .weight = 1, .divisor = 1};
}

double ent_part_greatest(const ent_scenario *s, uint32_t party, uint32_t issue)
{
    const ent_utility *u = &s->utilities[party];
    double greatest = u->part == NULL ? 0 : -(double)INFINITY;
    for (uint64_t k = 0; u->part != NULL && k < s->issues[issue].levels; k++) {
        greatest = fmax(greatest, u->part[issue][k]);
    }
    return greatest;
}

double ent_part_least(const ent_scenario *s, uint32_t party, uint32_t issue)
{
    const ent_utility *u = &s->utilities[party];
    double least = u->part == NULL ? 0 : (double)INFINITY;
    for (uint64_t k = 0; u->part != NULL && k < s->issues[issue].levels; k++) {
        least = fmin(least, u->part[issue][k]);
    }
    return least;
}

double ent_greatest_sum(const ent_scenario *s, uint32_t party)
{
    double sum = 0;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        sum += ent_part_greatest(s, party, i);
    }
    return sum;
}

bool ent_is_straight(const ent_scenario_issue *issue, const ent_evaluator *e)
{
    if (e->curve != ENT_CURVE_AFFINE) {
        return false;
    }
    ent_evaluator uncut = *e;
    uncut.clamped = false;
    uncut.rounded = NULL;
    double dust = e->rounded != NULL ? 1e-12 : 0;
    for (uint64_t k = 0; (e->clamped || e->rounded != NULL) && k < issue->levels; k++) {
        if (fabs(ent_evaluate(issue, e, k) - ent_evaluate(issue, &uncut, k)) > dust) {
            return false;
        }
    }
    return true;
}

bool ent_is_additive(const ent_utility *u)
{
    return u->box_count == 0 && u->table == NULL && u->scale == 1;
}
