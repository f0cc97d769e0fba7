/*
 * Every diagnostic code: one row ENT_CODE(NAME, X000, "title", "explanation"). The rows live in
 * one list per area (base/codes_*.h), sorted by code; a test checks order and completeness.
 *   C case files, R records and accounts, W worlds, A answers, S scenarios, G graph model,
 *   H haggling, F files, U usage.
 */
#ifndef ENT_BASE_CODES_H
#define ENT_BASE_CODES_H

typedef enum ent_code {
#define ENT_CODE(name, code, title, text) ENT_##code##_##name,
#include "base/codes_all.h"
#undef ENT_CODE
    ENT_CODE_COUNT
} ent_code;

typedef struct ent_code_row {
    const char *code, *title, *text;
} ent_code_row;

extern const ent_code_row ent_codes[ENT_CODE_COUNT];

#endif
