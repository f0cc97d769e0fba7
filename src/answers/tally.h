/*
 * The tally: one account swept. Which parties have a say, which outcomes can be had, and how many
 * worlds of each party accept each outcome.
 */
#ifndef ENT_ANSWERS_TALLY_H
#define ENT_ANSWERS_TALLY_H

#include "answers/deals.h"
#include "answers/sweep.h"

/*
 * What is known of worlds that were counted and dropped: how often things held in one world
 * together, things being that each voter accepts one chosen deal, and last that another deal suits
 * all where this one does not.
 */
typedef struct ent_together {
    const uint64_t *levels; /* [issues] the chosen deal; NULL: none, "another" is any */
    size_t things;          /* voters + 1 */
    const uint32_t *count;  /* [things][things] worlds in which both hold */
} ent_together;

typedef struct ent_tally {
    const ent_analysis *analysis;
    size_t account;
    uint32_t worlds;
    ent_voters voters;
    ent_grid grid; /* of all issues */
    uint8_t *available; /* [outcomes] 1 where it can be had */
    uint64_t available_count;
    uint32_t zone_count; /* paired worlds that have a deal: the zone's share is another (zone.h) */
    const uint8_t *zone;     /* [worlds]; NULL where `together` stands for it */
    const ent_together *together; /* counted by blocks; NULL: all worlds are there */
    uint32_t **counts;       /* [parties][outcomes of its grid] */
    ent_grid *party_grid;    /* [parties] observers: only the issues in which they have a stake */
} ent_tally;

/* So many of the best are judged before one of them is the best, however many are listed. */
enum { ENT_DEAL_POOL = 64 };

/* What is kept of the account, without what another arena than this one holds: that may be gone. */
ent_kept *ent_kept_in(const ent_analysis *analysis, size_t account, const ent_arena *arena);
/* The account's tally: swept the first time it is asked for, kept with the analysis after. */
ent_status ent_tally_of(ent_work *work, const ent_analysis *analysis, size_t account,
                        const ent_tally **tally);
/* Sweep the account. The space must not be larger than the settings' limit. */
ent_status ent_tally_account(ent_work *work, const ent_analysis *analysis, size_t account,
                             ent_tally *tally);
/*
 * Those with a say alone, and without the deals that a council cannot consent to: the zone, at less
 * than a whole tally. counts[observer] is NULL.
 */
ent_status ent_tally_zone(ent_work *work, const ent_analysis *analysis, size_t account,
                          ent_tally *tally);
/* The available outcome of the highest joint share as a deal with verdicts, or NULL. */
const ent_deal *ent_best_deal(ent_work *work, const ent_tally *tally);
/* Worlds in which the party accepts the outcome. O(issues). */
uint32_t ent_tally_count(const ent_tally *tally, uint32_t party, const uint64_t *levels);
/* The joint share of every outcome, -1 where it cannot be had: [outcomes]. */
double *ent_tally_joint(ent_arena *arena, const ent_tally *tally);

/* May the space be swept under the settings? */
bool ent_can_sweep(const ent_analysis *analysis);
/* The answer of ent_answer_deals from a tally that is there. */
ent_status ent_deals_of_tally(ent_work *work, const ent_tally *tally,
                              const ent_deals_request *request, ent_deals *deals);
/* Least effective sample size among the voters' sets, at most `worlds`. */
double ent_effective_worlds(const ent_voters *voters, uint32_t worlds);

#endif
