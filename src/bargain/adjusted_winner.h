/* Adjusted Winner: a fair division of items between two parties who spread points over them. */
#ifndef ENT_BARGAIN_ADJUSTED_WINNER_H
#define ENT_BARGAIN_ADJUSTED_WINNER_H

#include "base/work.h"

typedef struct ent_division_item {
    const char *name;
    double points[2];  /* at least 0, as given */
    double share;      /* of the first party, 0..1: what the method finds */
    uint32_t order;    /* 1, 2, ... where part of it moved from the leader; 0 where not */
} ent_division_item;

typedef struct ent_division {
    const char *party[2];
    const char *read_as;  /* how the table of items was read; NULL: there was nothing to say */
    ent_division_item *items;
    size_t count;
    double total[2];      /* points given in all; the results below are per 100 of them */
    double first[2];      /* points after everyone got what they value more */
    double points[2];     /* points in the end, equal */
    size_t split;         /* the item that is divided, SIZE_MAX where none is */
    double moved[2];      /* numerator and denominator of the part of it that moved */
} ent_division;

/*
 * Fill in shares and results from party, items, count. ENT_INVALID with S182 where a party gives
 * no points or a number is negative or not finite.
 */
ent_status ent_adjusted_winner(ent_work *work, ent_division *division);

#endif
