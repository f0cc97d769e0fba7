/*
 * What a tournament ranks by: a score for each seat of a run, by a league's definition. Each is one
 * row in score.c.
 */
#ifndef ENT_HAGGLE_SCORE_H
#define ENT_HAGGLE_SCORE_H

#include "haggle/negotiation.h"

/* A run as scores see it. All but the distances are known of every run. */
typedef struct ent_scored {
    const ent_haggle_table *table;
    const double *utility, *advantage; /* [parties] discounted, and the share of the gain */
    bool agreed;
    double welfare; /* mean normalised utility */
    /* Distances of what the parties got, in normalised utilities; NaN where there is no point. */
    double pareto, nash, kalai;
    const double *known; /* [2] how well each knew the other; NULL of more parties */
} ent_scored;

struct ent_score {
    const char *name, *summary, *source;
    double (*of)(const ent_scored *run, uint32_t party); /* NaN: it has none */
    bool asks_models; /* it goes by `known` */
};

/* Sorted by name. */
extern const ent_score ent_scores[];
extern const size_t ent_score_count;

/* By name; what `advantage` says where that is NULL. H114. */
ent_status ent_find_score(ent_work *work, const char *name, const ent_score **score);

#endif
