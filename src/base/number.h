/* Checked arithmetic on sizes and counts, and numbers read from text. */
#ifndef ENT_BASE_NUMBER_H
#define ENT_BASE_NUMBER_H

#include "base/mem.h"

/* The sum or product, false (and *result untouched) when it does not fit. */
bool ent_add_size(size_t a, size_t b, size_t *result);
bool ent_mul_size(size_t a, size_t b, size_t *result);
bool ent_add_u64(uint64_t a, uint64_t b, uint64_t *result);
bool ent_mul_u64(uint64_t a, uint64_t b, uint64_t *result);

/*
 * The whole of text[0..length) as a finite decimal number (sign, digits, point, exponent), in the
 * C locale whatever the process's locale is. False for anything else: hexadecimal, inf, nan,
 * white space, numbers that overflow.
 */
bool ent_parse_number(const char *text, size_t length, double *result);
/* The whole of the text as a decimal integer from 0 to most. */
bool ent_parse_count(const char *text, size_t length, uint64_t most, uint64_t *result);

enum { ENT_NUMBER_ROOM = 40 };
/* The shortest decimal form that reads back as the same double ("0.1", "1e-09"); returns text. */
const char *ent_number_text(double value, char text[ENT_NUMBER_ROOM]);
/* A count with thousands separators: "1,944,000". */
const char *ent_count_text(uint64_t count, char text[ENT_NUMBER_ROOM]);
/* "1 package", "1,204 packages": many is the plural, regular. Of a number that is text: _text. */
const char *ent_counted(ent_arena *arena, uint64_t count, const char *many);
const char *ent_counted_text(ent_arena *arena, const char *count, const char *many);

#endif
