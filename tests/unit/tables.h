/* Small random tables to haggle over, and strategies by their names. */
#ifndef ENT_UNIT_TABLES_H
#define ENT_UNIT_TABLES_H

#include "unit.h"

#include "haggle/negotiation.h"

static inline ent_chosen_strategy chosen_of(ent_work *work, const char *text)
{
    ent_chosen_strategy c;
    assert_int_equal(ent_choose_strategy(work, text, &c), ENT_OK);
    return c;
}

static inline ent_haggle_table random_table(ent_work *work, uint32_t parties, uint32_t count,
                                            uint64_t seed)
{
    ent_haggle_table t;
    ent_haggle_scratch scratch = ent_haggle_scratch_make(work->arena, count);
    ent_stream draw = ent_stream_of(seed, 1, 2);
    ent_haggle_table_make(work->arena, count, parties, &t);
    for (uint32_t p = 0; p < parties; p++) {
        for (uint32_t k = 0; k < count; k++) {
            t.side[p].value[k] = ent_draw_unit(&draw) * 20 - 5;
        }
        t.side[p].reservation = ent_draw_below(&draw, 3) == 0 ? -HUGE_VAL : ent_draw_unit(&draw);
        ent_haggle_sort(&t.side[p], count, HUGE_VAL, &scratch);
    }
    return t;
}

/* Sort the side anew after a change of its values or its reservation value. */
static inline void sort_side(ent_work *work, ent_haggle_side *side, uint32_t count, double most)
{
    ent_haggle_scratch scratch = ent_haggle_scratch_make(work->arena, count);
    ent_haggle_sort(side, count, most, &scratch);
}

/* Values of one of several kinds: any, few with many ties, all the same. */
static inline void draw_values(ent_stream *draw, double *value, uint32_t count)
{
    uint32_t kind = ent_draw_below(draw, 8);
    for (uint32_t k = 0; k < count; k++) {
        value[k] = kind == 0 ? 2 : kind < 4 ? ent_draw_below(draw, 5) : ent_draw_unit(draw) * 4;
    }
}

/*
 * A table that is odd in one way or another: 1 to 30 outcomes over 1 to 3 issues, not always of
 * the whole space, interests that are opposed or not, ties, reservation values from none to more
 * than there is to have.
 */
static inline ent_haggle_table odd_table(ent_work *work, uint32_t parties, uint64_t seed)
{
    ent_haggle_table t;
    ent_stream draw = ent_stream_of(seed, 3, 4);
    uint32_t issues = 1 + ent_draw_below(&draw, 3), count = 1, skip = 1 + ent_draw_below(&draw, 2);
    uint64_t *levels = ent_alloc(work->arena, issues, uint64_t);
    for (uint32_t i = 0; i < issues; i++) {
        levels[i] = 1 + ent_draw_below(&draw, issues == 1 ? 30 : issues == 2 ? 5 : 3);
        count *= (uint32_t)levels[i];
    }
    count = (count + skip - 1) / skip;
    uint64_t *index = ent_alloc(work->arena, count, uint64_t);
    ent_haggle_table_make(work->arena, count, parties, &t);
    for (uint32_t k = 0; k < count; k++) {
        index[k] = (uint64_t)k * skip;
    }
    t.issues = issues;
    t.levels = levels;
    t.index = skip > 1 ? index : NULL;
    bool opposed = ent_draw_below(&draw, 2) == 0;
    for (uint32_t p = 0; p < parties; p++) {
        draw_values(&draw, t.side[p].value, count);
        for (uint32_t k = 0; k < count && opposed && p % 2 == 1; k++) {
            t.side[p].value[k] = 4 - t.side[0].value[k] + t.side[p].value[k] / 8;
        }
        double any = ent_draw_unit(&draw) * 5 - 0.5;
        t.side[p].reservation = ent_draw_below(&draw, 3) == 0 ? -HUGE_VAL : any;
        sort_side(work, &t.side[p], count, HUGE_VAL);
    }
    return t;
}

/* Party 0 of a table at which all play the same, before its first round. */
static inline ent_haggler *sit_down(ent_work *work, const ent_haggle_table *t,
                                    const char *text, uint32_t rounds)
{
    ent_negotiation *n = ent_alloc(work->arena, 1, ent_negotiation);
    ent_haggle_rules rules = {.rounds = rounds, .seed = 1};
    ent_chosen_strategy *c = ent_alloc(work->arena, t->parties, ent_chosen_strategy);
    for (uint32_t p = 0; p < t->parties; p++) {
        c[p] = chosen_of(work, text);
    }
    ent_negotiation_make(work->arena, t, &rules, c, n);
    n->haggler[0].random = ent_stream_of(1, 2, 3);
    n->haggler[0].offers = ent_alloc(work->arena, (size_t)rounds * t->parties + 1,
                                     ent_haggle_offer);
    if (n->haggler[0].strategy->begin != NULL) {
        n->haggler[0].strategy->begin(&n->haggler[0]);
    }
    return &n->haggler[0];
}

/* Another party's offer in the round. */
static inline void hear(ent_haggler *h, uint32_t round, uint32_t party, uint32_t entry)
{
    union {
        const ent_haggle_offer *seen;
        ent_haggle_offer *put;
    } offers = {h->offers};
    offers.put[h->offer_count++] = (ent_haggle_offer){round, party, entry};
}

static inline void come_to(ent_haggler *h, uint32_t round)
{
    h->round = round;
    h->time = (round + 1.0) / (h->rounds + 1.0);
    h->left = h->rounds - round;
}

#endif
