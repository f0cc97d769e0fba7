/*
 * An analysis: a case seen as of a date with statements switched on and off, its accounts, their
 * worlds, and the answers computed from them on demand. The answers are in zone.h, bridge.h, ...
 */
#ifndef ENT_ANSWERS_ANALYSIS_H
#define ENT_ANSWERS_ANALYSIS_H

#include "answers/council.h"
#include "worlds/dispute.h"
#include "worlds/sampler.h"

/* 20,000 worlds take about a minute there, and the counts 8 bytes an outcome. */
#define ENT_SWEEP_LIMIT UINT64_C(20000000)

/*
 * How many of an account's worlds the costlier answers look at: one budget for whoever asks, so
 * that a question has one number. See whole.h for what is done where packages are many.
 */
typedef struct ent_budget {
    uint32_t variants; /* wherever the record is otherwise; default 2,000 */
    uint32_t walk;     /* break-even chances; 1,000 */
    uint32_t haggle;   /* haggling beside them; 400 */
    uint32_t hold;     /* stability of an outcome; 1,000 */
} ent_budget;

typedef struct ent_settings {
    uint32_t worlds;      /* per account and party; default 20,000 */
    uint64_t seed;        /* default 1 */
    ent_prior prior;
    int64_t as_of;        /* statements dated later are off; INT64_MAX: all */
    const char *as_of_text; /* the same as it was written, or NULL */
    const uint32_t *with; /* statements believed before all others in every account */
    size_t with_count;
    const uint32_t *without; /* statements taken out */
    size_t without_count;
    const char *account;  /* only this one (its id), or NULL for all */
    double threshold;     /* of the joint share in bridge; default 0.5 */
    ent_unnamed unnamed;  /* how members of councils vote that the case does not name */
    ent_budget budget;
    uint64_t sweep_limit; /* spaces of more outcomes are searched; default ENT_SWEEP_LIMIT */
    bool by_blocks; /* only shares of worlds are asked for: many are drawn by block (blocks.h) */
} ent_settings;

ent_settings ent_settings_default(void);

/* One account with its polytopes and worlds, one for each party of the case. */
typedef struct ent_account_worlds {
    const ent_account *account;
    ent_polytope *polytopes;   /* [parties] */
    ent_oracle **oracles;      /* [parties], each having decided its polytope's rows */
    ent_world_set *sets;       /* [parties]; sets of parties without stakes have k = 0 */
    ent_bans bans;
    ent_lines lines;
} ent_account_worlds;

/*
 * What answers have worked out of an account and others ask for again. Each analysis has its own;
 * answers fill it in, which changes nothing that an analysis says.
 */
typedef struct ent_kept {
    const struct ent_tally *tally; /* the sweep of ent_tally_of, once it was asked */
    struct ent_variants *variants; /* likewise what ent_vary shares */
    const ent_arena *in;           /* whose memory both are */
} ent_kept;

typedef struct ent_analysis {
    const ent_case *c;
    ent_settings settings;
    const bool *on;           /* [statements] after as-of and without; withdrawn ones count here */
    const bool *later;        /* [statements] later than as-of, believed all the same or not */
    const ent_stakes **stakes; /* [parties] */
    ent_councils councils;     /* approvers with a voting rule */
    ent_accounts accounts;    /* all; settings.account filters what is drawn */
    ent_account_worlds *worlds; /* [accounts.count]; account NULL where inconsistent or not asked */
    ent_kept *kept;             /* [accounts.count] */
    uint32_t block;     /* of a sample that is drawn by blocks (blocks.h) */
    uint32_t all_worlds;  /* of all blocks; 0: the sample is drawn at once */
    uint32_t kept_worlds; /* of the first block, whose worlds are there */
    bool interrupted; /* accounts without worlds may be some that were not come to */
} ent_analysis;

/*
 * What would end for want of memory, or be ended by the system, ends before it begins: ENT_NOMEM,
 * told, where so many bytes are not to be had for that many things. Less than 256 MB is not asked
 * about.
 */
ent_status ent_check_memory(ent_work *work, double bytes, const char *things);
/* Everything up to the worlds. An inconsistent account is not an error here. */
ent_status ent_analyse(ent_work *work, const ent_case *c, const ent_settings *settings,
                       ent_analysis *analysis);
/*
 * Decide the party's polytope (worlds->polytopes[party], set by the caller) and draw its worlds
 * into worlds->oracles[party] and worlds->sets[party]. The draws depend on the settings, the
 * polytope, and the numbers of account (the first that believes the same) and party alone.
 */
ent_status ent_draw_party(ent_work *work, const ent_analysis *analysis, size_t account,
                          uint32_t party, ent_account_worlds *worlds);
/* So many of the worlds, or as many as there are. */
static inline uint32_t ent_budget_worlds(const ent_analysis *analysis, uint32_t budget)
{
    return budget < analysis->settings.worlds ? budget : analysis->settings.worlds;
}
/* The accounts alone, without worlds. */
ent_status ent_analyse_accounts(ent_work *work, const ent_case *c, const ent_settings *settings,
                                ent_analysis *analysis);

#endif
