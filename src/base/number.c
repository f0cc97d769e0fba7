#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool ent_add_size(size_t a, size_t b, size_t *result)
{
    if (a > SIZE_MAX - b) {
        return false;
    }
    *result = a + b;
    return true;
}

bool ent_mul_size(size_t a, size_t b, size_t *result)
{
    if (b != 0 && a > SIZE_MAX / b) {
        return false;
    }
    *result = a * b;
    return true;
}

bool ent_add_u64(uint64_t a, uint64_t b, uint64_t *result)
{
    if (a > UINT64_MAX - b) {
        return false;
    }
    *result = a + b;
    return true;
}

bool ent_mul_u64(uint64_t a, uint64_t b, uint64_t *result)
{
    if (b != 0 && a > UINT64_MAX / b) {
        return false;
    }
    *result = a * b;
    return true;
}

static size_t digits(const char *text, size_t length, size_t at)
{
    size_t start = at;
    while (at < length && text[at] >= '0' && text[at] <= '9') {
        at++;
    }
    return at - start;
}

/* [+-] digits [. digits] [e [+-] digits], with at least one digit before the exponent. */
static bool has_number_form(const char *text, size_t length)
{
    size_t at = length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    size_t whole = digits(text, length, at);
    at += whole;
    size_t part = 0;
    if (at < length && text[at] == '.') {
        part = digits(text, length, ++at);
        at += part;
    }
    if (whole + part == 0) {
        return false;
    }
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
        at++;
        at += at < length && (text[at] == '-' || text[at] == '+') ? 1 : 0;
        size_t power = digits(text, length, at);
        if (power == 0) {
            return false;
        }
        at += power;
    }
    return at == length;
}

/* strtod follows the locale's decimal point; a process that set one still reads "0.5" here. */
static double read_double(char *text)
{
    char *end = NULL;
    double value = strtod(text, &end);
    char *point = strchr(text, '.');
    if (*end != '\0' && point != NULL) {
        char probe[8];
        snprintf(probe, sizeof probe, "%.1f", 0.5);
        *point = probe[1];
        value = strtod(text, &end);
    }
    return *end == '\0' ? value : (double)NAN;
}

bool ent_parse_number(const char *text, size_t length, double *result)
{
    char copy[320];
    if (length == 0 || length >= sizeof copy || !has_number_form(text, length)) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    double value = read_double(copy);
    if (!isfinite(value)) {
        return false;
    }
    *result = value;
    return true;
}

bool ent_parse_count(const char *text, size_t length, uint64_t most, uint64_t *result)
{
    if (length == 0 || digits(text, length, 0) != length) {
        return false;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        uint64_t digit = (uint64_t)(text[i] - '0');
        if (!ent_mul_u64(value, 10, &value) || !ent_add_u64(value, digit, &value)) {
            return false;
        }
    }
    if (value > most) {
        return false;
    }
    *result = value;
    return true;
}

/* Is it written with an exponent where plain digits read better: 1e+02 for 100? */
static bool is_awkward(const char *text, double value)
{
    return strchr(text, 'e') != NULL && fabs(value) >= 1 && fabs(value) < 1e15;
}

const char *ent_number_text(double value, char text[ENT_NUMBER_ROOM])
{
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(text, ENT_NUMBER_ROOM, "%.*g", precision, value);
        for (char *c = text; *c != '\0'; c++) {
            if (*c == ',') {
                *c = '.';
            }
        }
        double back;
        if (ent_parse_number(text, strlen(text), &back) && back == value &&
            !is_awkward(text, value)) {
            break;
        }
    }
    return text;
}

const char *ent_count_text(uint64_t count, char text[ENT_NUMBER_ROOM])
{
    char plain[ENT_NUMBER_ROOM];
    int length = snprintf(plain, sizeof plain, "%llu", (unsigned long long)count);
    int out = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            text[out++] = ',';
        }
        text[out++] = plain[i];
    }
    text[out] = '\0';
    return text;
}

const char *ent_counted_text(ent_arena *arena, const char *count, const char *many)
{
    size_t length = strlen(many);
    if (strcmp(count, "1") != 0) {
        return ent_format(arena, "%s %s", count, many);
    }
    bool party = length > 3 && strcmp(many + length - 3, "ies") == 0;
    return ent_format(arena, "1 %.*s%s", (int)(length - (party ? 3 : 1)), many, party ? "y" : "");
}

const char *ent_counted(ent_arena *arena, uint64_t count, const char *many)
{
    char text[ENT_NUMBER_ROOM];
    return ent_counted_text(arena, ent_count_text(count, text), many);
}
