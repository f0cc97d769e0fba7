/*
 * Toy spaces, stakes and worlds for the tests and benches of answers: made by hand, without a case
 * file, a consistency check or the sampler.
 */
#ifndef ENT_TOY_H
#define ENT_TOY_H

#include "answers/sweep.h"
#include "base/random.h"

/* So many random red lines and must-haves of one party, each over one or two issues. */
static inline ent_lines toy_lines(ent_arena *arena, ent_stream *s, const ent_space *space,
                                  uint32_t party, size_t count)
{
    ent_line *at = ent_alloc(arena, count + 1, ent_line);
    for (size_t i = 0; i < count; i++) {
        ent_package *package = ent_alloc(arena, 1, ent_package);
        ent_choice *choices = ent_alloc(arena, 2, ent_choice);
        uint32_t first = ent_draw_below(s, space->issue_count);
        for (uint32_t j = 0; j < 1 + ent_draw_below(s, 2) && j < space->issue_count; j++) {
            uint32_t issue = (first + j) % space->issue_count;
            uint64_t most = space->issues[issue].levels - 1;
            uint64_t level = 1 + ent_draw_below(s, (uint32_t)(most < 7 ? most : 7));
            choices[package->count++] = (ent_choice){.issue = issue, .level = level};
        }
        package->choices = choices;
        at[i] = (ent_line){party, package, ent_draw_below(s, 3) == 0, (uint32_t)i, 0};
    }
    return (ent_lines){at, count};
}

/* Does the outcome keep to the party's lines? From what a line says. */
static inline bool toy_keeps(const ent_space *space, const ent_lines *lines, uint32_t party,
                             const uint64_t *outcome)
{
    for (size_t i = 0; i < lines->count; i++) {
        bool reached = true;
        for (size_t j = 0; j < lines->at[i].package->count; j++) {
            ent_choice choice = lines->at[i].package->choices[j];
            uint64_t level = outcome[choice.issue];
            reached = reached && (space->issues[choice.issue].kind == ENT_ITEMS
                                      ? (choice.level & ~level) == 0
                                      : level >= choice.level);
        }
        if (lines->at[i].party == party && reached != lines->at[i].required) {
            return false;
        }
    }
    return true;
}

/* Issues of the given kinds and sizes (options and range: levels; items: items). */
static inline ent_space *toy_space(ent_arena *arena, const ent_issue_kind *kinds,
                                   const uint64_t *sizes, uint32_t count)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
                                        "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"};
    ent_issue *issues = ent_alloc(arena, count, ent_issue);
    uint32_t first = 0;
    for (uint32_t i = 0; i < count; i++) {
        ent_issue *issue = &issues[i];
        issue->id = issue->name = names[i % 20];
        issue->kind = kinds[i];
        issue->levels = kinds[i] == ENT_ITEMS ? (uint64_t)1 << sizes[i] : sizes[i];
        issue->components = kinds[i] == ENT_RANGE   ? 1
                            : kinds[i] == ENT_ITEMS ? (uint32_t)sizes[i]
                                                    : (uint32_t)sizes[i] - 1;
        issue->first = first;
        first += issue->components;
    }
    ent_space *space = ent_alloc(arena, 1, ent_space);
    *space = (ent_space){issues, count, first, NULL, 0};
    return space;
}

/* Stakes with signs[issue] on each component of the issue; 0: no stake. */
static inline ent_stakes *toy_stakes(ent_arena *arena, const ent_space *space, const int8_t *signs)
{
    ent_stakes *stakes = ent_alloc(arena, 1, ent_stakes);
    uint32_t *component = ent_alloc(arena, space->components, uint32_t);
    int8_t *sign = ent_alloc(arena, space->components, int8_t);
    uint32_t *issue = ent_alloc(arena, space->issue_count, uint32_t);
    uint32_t *start = ent_alloc(arena, space->issue_count + 1, uint32_t);
    for (uint32_t i = 0; i < space->issue_count; i++) {
        for (uint32_t c = 0; signs[i] != 0 && c < space->issues[i].components; c++) {
            component[stakes->k] = space->issues[i].first + c;
            sign[stakes->k++] = signs[i];
        }
        if (signs[i] != 0) {
            issue[stakes->groups++] = i;
            start[stakes->groups] = stakes->k;
        }
    }
    stakes->component = component;
    stakes->sign = sign;
    stakes->group_issue = issue;
    stakes->group_start = start;
    return stakes;
}

/* Worlds uniform on the simplex, b uniform on [0, most]. */
static inline ent_world_set *toy_worlds(ent_arena *arena, const ent_stakes *stakes, uint32_t worlds,
                                        double most, uint64_t seed)
{
    ent_world_set *set = ent_alloc(arena, 1, ent_world_set);
    set->worlds = worlds;
    set->stride = (worlds + 63) / 64 * 64;
    set->k = stakes->k;
    set->effective = worlds;
    set->z = ent_alloc(arena, (size_t)set->k * set->stride, float);
    set->b = ent_alloc(arena, set->stride, float);
    ent_stream stream = ent_stream_of(seed, 7, 0);
    for (uint32_t w = 0; w < set->stride; w++) {
        uint32_t from = w < worlds ? w : 0;
        double sum = 0;
        for (uint32_t c = 0; c < set->k; c++) {
            double draw = ent_draw_exponential(&stream);
            set->z[(size_t)c * set->stride + w] = (float)draw;
            sum += draw;
        }
        for (uint32_t c = 0; c < set->k; c++) {
            float *z = set->z + (size_t)c * set->stride;
            z[w] = from == w ? (float)((double)z[w] / sum) : z[from];
        }
        double b = most * ent_draw_unit(&stream);
        set->b[w] = from == w ? (float)b : set->b[from];
    }
    return set;
}

#endif
