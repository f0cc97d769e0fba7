/*
 * The packages that suit all somewhere, as one voter's answers bear on them, with what bounds their
 * worth after any answer. Internal to answers/enquiry*.c.
 */
#ifndef ENT_ANSWERS_ENQUIRY_OFFERS_H
#define ENT_ANSWERS_ENQUIRY_OFFERS_H

#include "answers/enquiry_panel.h"

/*
 * Counts over stretches of worlds say how much two rows can have in common: in each stretch at most
 * the lesser of the two counts. Offers lie in lanes, so that a question costs two minima and two
 * sums for each offer and stretch, which the compiler makes sixteen at a time.
 */
enum { ENT_STRETCHES = 16, ENT_OFFER_LANES = 64 };

/*
 * A package to one voter, whose share s makes its joint share slope * s + fixed: the joint share is
 * linear in each party's share, parties being independent and each asked once.
 */
typedef struct ent_offer {
    double joint, slope, fixed;
    uint32_t count; /* of the voter's worlds that are left accept it */
    size_t package;
} ent_offer;

typedef struct ent_offers {
    const ent_offer *at; /* by joint share, highest first */
    size_t count;
    size_t lanes;   /* count, up to whole blocks; what is beyond has slope and fixed 0 */
    uint32_t unit;  /* worlds that counts in stretches are told in, up to whole units */
    uint16_t *in;   /* [lanes / ENT_OFFER_LANES][ENT_STRETCHES][ENT_OFFER_LANES] */
    float *slope;   /* [lanes] times the unit, and a little more than in the offer */
    float *fixed;   /* [lanes] a little more */
} ent_offers;

/* What the voter's offers come to after either answer of a question at most, in worlds. */
typedef struct ent_offer_bounds {
    float *yes, *no; /* [lanes] */
    size_t best_yes, best_no; /* the offers of which most can be hoped for; SIZE_MAX: none */
} ent_offer_bounds;

ent_offers ent_offers_to(ent_work *work, const ent_panel *panel, const ent_state *state,
                         size_t voter);
/*
 * Bounds for a question that the worlds of the row, `yes` of them, answer with yes, and `no` of
 * those that are left with no. O(offers * ENT_STRETCHES).
 */
void ent_bound_offers(const ent_panel *panel, const ent_offers *offers, const uint64_t *yes_row,
                      const uint64_t *no_row, uint32_t yes, uint32_t no, ent_offer_bounds *bounds);

#endif
