/*
 * A point inside a frame when the start lies on a face, by linear programs: all rows are made
 * strict and the least slack is made greatest. Where that is 0, the rows of the Farkas core
 * have slack 0 everywhere (complementary slackness): they are equalities that the rows imply, so
 * they are moved to the equalities and the question is asked again. At most n rounds.
 */
#include "worlds/consistency.h"
#include "worlds/sampler_parts.h"

#include <string.h>

static ent_row *push_row(ent_row **rows, size_t *count)
{
    ent_row *row = rows[(*count)++];
    row->statement = row->claim = ENT_NONE;
    return row;
}

/* The frame's bounds and rows, strict, then its equalities as opposite pairs. */
static size_t oracle_rows(ent_arena *arena, const ent_frame *f, ent_row **rows, size_t *strict)
{
    size_t count = 0;
    for (uint32_t c = 0; c < f->k; c++) {
        if (f->bounded[c]) {
            double *a = ent_alloc(arena, f->n, double);
            a[c] = 1;
            *push_row(rows, &count) = (ent_row){.a = a, .strict = true};
        }
    }
    for (uint32_t i = 0; i < f->rows; i++) {
        const double *a = f->row + (size_t)i * f->n;
        *push_row(rows, &count) =
            (ent_row){.a = a, .beta = a[f->k], .gamma = f->constant[i], .strict = true};
    }
    *strict = count;
    for (uint32_t i = 0; i < f->equals; i++) {
        const double *e = f->equal + (size_t)i * f->n;
        double *minus = ent_alloc(arena, f->n, double);
        for (uint32_t c = 0; c < f->n; c++) {
            minus[c] = -e[c];
        }
        *push_row(rows, &count) = (ent_row){.a = e, .beta = e[f->k], .gamma = -f->value[i]};
        *push_row(rows, &count) = (ent_row){.a = minus, .beta = minus[f->k], .gamma = f->value[i]};
    }
    return count;
}

/* Make equalities of the core's strict rows; false when there are none. */
static bool tighten(ent_arena *arena, ent_frame *f, const ent_feasibility *answer,
                    ent_row *const *rows, size_t strict)
{
    bool any = false;
    double *unit = ent_alloc(arena, f->n, double);
    for (size_t i = 0; i < answer->core_count; i++) {
        size_t at = answer->core[i];
        if (at >= strict) {
            continue;
        }
        memcpy(unit, rows[at]->a, f->k * sizeof *unit);
        unit[f->k] = rows[at]->beta;
        ent_frame_equate(f, unit, -rows[at]->gamma);
        any = true;
    }
    return any;
}

ent_status ent_frame_enter(ent_arena *arena, const ent_polytope *polytope, ent_frame *f)
{
    size_t room = f->k + f->rows + 2 * (size_t)f->n;
    ent_row *memory = ent_alloc(arena, room, ent_row);
    ent_row **rows = ent_alloc(arena, room, ent_row *);
    const ent_row **given = ent_alloc(arena, room, const ent_row *);
    for (size_t i = 0; i < room; i++) {
        given[i] = rows[i] = &memory[i];
    }
    for (uint32_t round = 0; round <= f->n; round++) {
        size_t strict, count = oracle_rows(arena, f, rows, &strict);
        ent_oracle *oracle = ent_oracle_create(arena, polytope->stakes);
        ent_feasibility answer = ent_oracle_decide(oracle, given, count);
        if (answer.consistent) {
            memcpy(f->center, answer.point, f->n * sizeof *f->center);
            ent_frame_project(f, f->center);
            return ent_frame_least_slack(f, f->center) > 0 ? ENT_OK : ENT_INVALID;
        }
        if (!tighten(arena, f, &answer, rows, strict)) {
            return ENT_INVALID;
        }
        ent_frame_free(arena, f);
        if (f->d == 0) {
            return ENT_OK;
        }
    }
    return ENT_INVALID;
}
