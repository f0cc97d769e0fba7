/*
 * What a search for the best deals of one account works with. Internal to the search.
 */
#ifndef ENT_ANSWERS_SEARCH_QUEST_H
#define ENT_ANSWERS_SEARCH_QUEST_H

#include "answers/best_joint.h"
#include "answers/search.h"

typedef struct ent_quest {
    const ent_work *work; /* asked whether to stop */
    const ent_analysis *analysis;
    const ent_account_worlds *worlds;
    const ent_space *space;
    ent_voters voters;
    ent_digit *digits;
    size_t digit_count;
    uint32_t **unknown;  /* [voters][components] */
    ent_best_list list;
    float ***rest;       /* [digits + 1][voters][stride] best of the digits from here on */
    float ***need;       /* [digits + 1][voters][stride] what is still needed */
    float *row;          /* [stride] */
    double *share;       /* [parties] scratch */
    uint64_t *low, *high;
    uint64_t nodes;
    uint8_t *in;         /* [worlds] which have a deal */
    uint64_t task;       /* packages that a bounded sweep takes at a time; 0: as many as are good */
    uint64_t available;  /* packages that can be had; 0: not counted */
    bool proved;         /* nothing better than what is listed */
} ent_quest;

/* Room for so many of the best. */
void ent_quest_of(ent_work *work, const ent_analysis *analysis, size_t account, size_t room,
                  ent_quest *quest);
/* Is the voter asked, or does it sit on a council that binds? */
bool ent_quest_matters(const ent_quest *quest, size_t voter, const uint64_t *levels);
/* The joint share over the first so many worlds; -1 where it cannot be had. O(worlds * k). */
double ent_quest_joint(const ent_quest *quest, const uint64_t *levels, uint32_t worlds);
/* Climb from the deal, and list what is met (search_climb.c). */
ent_status ent_climb_deals(ent_work *work, ent_quest *quest, const uint64_t *start);

/* May it be swept in blocks: few enough packages, and all are asked about everything? */
bool ent_bounds_help(const ent_quest *quest);
/*
 * The best there are into the list, which holds good ones (search_bounded.c): quest->proved. Not
 * where digits are too long.
 */
ent_status ent_bounded_sweep(ent_work *work, ent_quest *quest);

static inline uint64_t ent_digit_value(const ent_digit *d, const uint64_t *levels)
{
    return d->component == ENT_NONE ? levels[d->issue] : levels[d->issue] >> d->component & 1;
}

static inline void ent_set_digit(const ent_digit *d, uint64_t *levels, uint64_t value)
{
    if (d->component == ENT_NONE) {
        levels[d->issue] = value;
    } else {
        levels[d->issue] &= ~((uint64_t)1 << d->component);
        levels[d->issue] |= value << d->component;
    }
}

#endif
