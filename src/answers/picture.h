/*
 * A picture of the deals: few enough to draw, chosen from all. The frontier, the packages that
 * somebody described, the best single deal, and a spread of the others.
 */
#ifndef ENT_ANSWERS_PICTURE_H
#define ENT_ANSWERS_PICTURE_H

#include "answers/tally.h"

/* One deal as it is drawn. */
typedef struct ent_shown_deal {
    ent_deal deal;  /* with verdicts where described or best, if these are asked */
    bool described; /* a named package of the case */
} ent_shown_deal;

typedef struct ent_picture {
    ent_deals deals;          /* zone and counts; its list is the best deal alone */
    const ent_shown_deal *at; /* best first; the first available one is the best single deal */
    size_t count;
    const uint32_t *voters;   /* parties with a say, in the order of the case */
    size_t voter_count;
    uint32_t worlds;
    double effective;         /* least effective sample size among the voters */
    bool poor;
} ent_picture;

typedef struct ent_picture_request {
    size_t frontier; /* at most so many deals of the frontier, spread evenly */
    size_t others;   /* about so many of the rest */
    bool verdicts;
    const ent_deals *known; /* the account's, where they are there already; or NULL */
} ent_picture_request;

/* What a picture says beside its deals. */
void ent_frame_picture(ent_work *work, const ent_analysis *analysis, size_t account,
                       ent_picture *picture);

/* tally: of the account, or NULL where the space is too large to sweep. O(outcomes). */
ent_status ent_make_picture(ent_work *work, const ent_analysis *analysis, size_t account,
                            const ent_tally *tally, const ent_picture_request *request,
                            ent_picture *picture);

#endif
