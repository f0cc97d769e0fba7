/*
 * The zone beside its best deal d: zone = joint(d) + the share of paired worlds in which d does not
 * suit all but another deal does (control variates: Lavenberg and Welch, Management Science 27,
 * 1981; here with the coefficient 1 and the control's mean known from the margins). The variance is
 * that of the sum's first-order terms in each world,
 *     sum over v of dJ/ds_v ([v accepts d] - s_v) + [another suits, d does not] - its share,
 * J being linear in each share s_v. Intervals are Wilson's (JASA 22, 1927) with that variance.
 */
#include "answers/zone.h"

#include "answers/variant.h"
#include "base/share.h"

#include <math.h>
#include <string.h>

/* ---- The estimate ------------------------------------------------------------------------- */

/* Is there only one world, so that nothing is sampled? */
static bool is_point(const ent_voter *voter)
{
    const ent_stakes *stakes = voter->stakes;
    return (stakes->exact != NULL || stakes->k <= 1) &&
           !(stakes->reservation.high > stakes->reservation.low);
}

double ent_effective_worlds(const ent_voters *voters, uint32_t worlds)
{
    double least = worlds;
    for (size_t v = 0; v < voters->count; v++) {
        double effective = voters->at[v].set->effective;
        least = effective > 0 && effective < least ? effective : least;
    }
    return least;
}

/* The least of those that are sampled at all; and whether any of them is poor. */
static double sampled_worlds(const ent_voters *voters, uint32_t worlds, bool *poor)
{
    double least = (double)INFINITY;
    *poor = false;
    for (size_t v = 0; v < voters->count; v++) {
        if (!is_point(&voters->at[v])) {
            const ent_world_set *set = voters->at[v].set;
            double effective = set->effective > 0 ? fmin(set->effective, worlds) : worlds;
            least = fmin(least, effective);
            *poor = *poor || set->poor;
        }
    }
    *poor = *poor || least < ENT_FEW_WORLDS;
    return least;
}

/* How fast the joint share of the deal grows with the party's share; 0 where that is proved. */
static double slope(const ent_case *c, const ent_councils *councils, const ent_deal *deal,
                    uint32_t party, double *share)
{
    if (deal->verdicts != NULL && deal->verdicts[party] != ENT_POSSIBLE) {
        return 0;
    }
    memcpy(share, deal->shares, c->party_count * sizeof *share);
    share[party] = 1;
    double high = ent_joint_share(c, councils, deal->levels, share);
    share[party] = 0;
    return high - ent_joint_share(c, councils, deal->levels, share);
}

/* Mean square of the first-order terms. */
static double variance_of(ent_arena *arena, const ent_case *c, const ent_voters *voters,
                          uint32_t worlds, const uint8_t *extra, double share,
                          const ent_deal *deal, const ent_suited *suited)
{
    double *term = ent_alloc(arena, (size_t)worlds + 1, double);
    double *scratch = ent_alloc(arena, (size_t)c->party_count + 1, double);
    for (uint32_t w = 0; w < worlds; w++) {
        term[w] = extra[w] - share;
    }
    for (size_t v = 0; deal != NULL && v < voters->count; v++) {
        uint32_t party = voters->party[v];
        double rate = slope(c, voters->councils, deal, party, scratch);
        for (uint32_t w = 0; rate != 0 && w < worlds; w++) {
            term[w] += rate * (suited->yes[v][w] - deal->shares[party]);
        }
    }
    double sum = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        sum += term[w] * term[w];
    }
    return worlds > 0 ? sum / worlds : 0;
}

static double within(double share)
{
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

/* Standard error and the interval of 95 %; variance: of one world. */
static void measure(ent_zone *zone, double variance, double n)
{
    const double z = 1.96;
    double half = z / (1 + z * z / n) * sqrt(variance / n + z * z / (4 * n * n));
    double centre = (zone->share + z * z / (2 * n)) / (1 + z * z / n);
    zone->error = ent_error_of(variance, n);
    zone->interval = (ent_interval){within(fmin(centre - half, zone->share)),
                                    within(fmax(centre + half, zone->share))};
}

static void is_proved(ent_zone *zone, double share)
{
    zone->share = share;
    zone->error = 0;
    zone->interval = (ent_interval){share, share};
    zone->poor = false;
}

void ent_zone_is_empty(ent_zone *zone)
{
    is_proved(zone, 0);
    zone->impossible = true;
}

/* Is the deal proved to be accepted by all that it asks? */
static bool is_necessary(const ent_case *c, const ent_deal *deal)
{
    bool all = deal->verdicts != NULL && deal->joint >= 1;
    for (uint32_t p = 0; p < c->party_count && all; p++) {
        all = !deal->asked[p] || deal->verdicts[p] == ENT_NECESSARY;
    }
    return all;
}

ent_zone ent_zone_beside(ent_arena *arena, const ent_case *c, const ent_voters *voters,
                         uint32_t worlds, const uint8_t *in, const ent_deal *best)
{
    ent_zone zone = {.worlds = worlds};
    ent_suited suited = {0};
    uint8_t *extra = ent_alloc(arena, (size_t)worlds + 1, uint8_t);
    uint32_t count = 0;
    if (best != NULL) {
        suited = ent_mark_suited(arena, c, voters, worlds, best->levels);
    }
    for (uint32_t w = 0; in != NULL && w < worlds; w++) {
        extra[w] = in[w] != 0 && (best == NULL || suited.suits[w] == 0);
        count += extra[w];
    }
    double others = worlds > 0 ? (double)count / worlds : 0;
    zone.share = within((best == NULL ? 0 : best->joint) + others);
    zone.effective = sampled_worlds(voters, worlds, &zone.poor);
    measure(&zone, variance_of(arena, c, voters, worlds, extra, others, best, &suited),
            zone.effective);
    if (best != NULL && is_necessary(c, best)) {
        is_proved(&zone, 1);
    }
    zone.effective = fmin(zone.effective, worlds);
    return zone;
}

static uint32_t both(const uint8_t *restrict a, const uint8_t *restrict b, uint32_t worlds)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        count += a[w] & b[w];
    }
    return count;
}

void ent_count_together(ent_arena *arena, const ent_tally *tally, const uint64_t *levels,
                        uint32_t *count)
{
    size_t things = tally->voters.count + 1;
    const uint8_t **holds = ent_alloc(arena, things, const uint8_t *);
    uint8_t *extra = ent_alloc(arena, (size_t)tally->worlds + 1, uint8_t);
    if (tally->zone != NULL) {
        memcpy(extra, tally->zone, tally->worlds);
    } else { /* nobody has a say: every world has a deal, or none */
        memset(extra, tally->zone_count > 0, tally->worlds);
    }
    if (levels != NULL) {
        ent_suited suited = ent_mark_suited(arena, tally->analysis->c, &tally->voters,
                                            tally->worlds, levels);
        for (size_t v = 0; v + 1 < things; v++) {
            holds[v] = suited.yes[v];
        }
        for (uint32_t w = 0; w < tally->worlds; w++) {
            extra[w] = extra[w] != 0 && suited.suits[w] == 0;
        }
    }
    holds[things - 1] = extra;
    for (size_t i = 0; i < things; i++) {
        for (size_t j = 0; j < things; j++) {
            bool known = holds[i] != NULL && holds[j] != NULL;
            count[i * things + j] =
                j < i   ? count[j * things + i]
                : known ? both(holds[i], holds[j], tally->worlds)
                        : 0;
        }
    }
}

/*
 * Mean square of the first-order terms, from how often things held together: x_i is 1 where thing i
 * holds, E(sum a_i (x_i - c_i))^2 = sum a_i a_j (E x_i x_j - c_i E x_j - c_j E x_i + c_i c_j).
 */
static double variance_together(ent_arena *arena, const ent_case *c, const ent_voters *voters,
                                uint32_t worlds, const ent_together *t, const ent_deal *deal)
{
    double *rate = ent_alloc(arena, t->things, double);
    double *mean = ent_alloc(arena, t->things, double);
    double *scratch = ent_alloc(arena, (size_t)c->party_count + 1, double);
    size_t extra = t->things - 1;
    for (size_t v = 0; v < extra && deal != NULL; v++) {
        rate[v] = slope(c, voters->councils, deal, voters->party[v], scratch);
        mean[v] = deal->shares[voters->party[v]];
    }
    rate[extra] = 1;
    mean[extra] = (double)t->count[t->things * t->things - 1] / worlds;
    double sum = 0;
    for (size_t i = 0; i < t->things; i++) {
        for (size_t j = 0; j < t->things && rate[i] != 0; j++) {
            double both = (double)t->count[i * t->things + j] / worlds;
            double one = (double)t->count[i * t->things + i] / worlds;
            double other = (double)t->count[j * t->things + j] / worlds;
            sum += rate[i] * rate[j] *
                   (both - mean[i] * other - mean[j] * one + mean[i] * mean[j]);
        }
    }
    return fmax(sum, 0);
}

/* As ent_zone_beside, beside the deal that was chosen before all worlds were counted. */
static ent_zone zone_together(ent_arena *arena, const ent_tally *tally, const ent_judge *judge)
{
    const ent_case *c = tally->analysis->c;
    const ent_together *t = tally->together;
    ent_zone zone = {.worlds = tally->worlds};
    ent_deal deal, *beside = NULL;
    if (t->levels != NULL) {
        uint32_t *counts = ent_alloc(arena, c->party_count + 1, uint32_t);
        for (uint32_t p = 0; p < c->party_count; p++) {
            counts[p] = tally->counts[p] == NULL ? 0 : ent_tally_count(tally, p, t->levels);
        }
        deal = ent_make_deal(arena, tally->analysis, judge, t->levels, counts);
        beside = &deal;
    }
    double others = (double)t->count[t->things * t->things - 1] / tally->worlds;
    zone.share = within((beside == NULL ? 0 : beside->joint) + others);
    zone.effective = sampled_worlds(&tally->voters, tally->worlds, &zone.poor);
    measure(&zone, variance_together(arena, c, &tally->voters, tally->worlds, t, beside),
            zone.effective);
    if (beside != NULL && is_necessary(c, beside)) {
        is_proved(&zone, 1);
    }
    zone.effective = fmin(zone.effective, tally->worlds);
    return zone;
}

/* ---- Is it empty? ------------------------------------------------------------------------- */

/* Is it proved that the party cannot accept? */
static bool cannot(const ent_tally *tally, const ent_judge *judge, uint32_t party,
                   const uint64_t *levels, uint64_t *programs)
{
    if (ent_tally_count(tally, party, levels) > 0) {
        return false;
    }
    ++*programs;
    return !ent_may(judge, party, levels, true, NULL);
}

/* Can some council that is asked not get its consent together? */
static bool council_refuses(const ent_tally *tally, const ent_judge *judge, const uint64_t *levels,
                            uint64_t *programs)
{
    const ent_case *c = tally->analysis->c;
    const ent_councils *councils = &tally->analysis->councils;
    for (size_t k = 0; k < councils->count && councils->binding > 0; k++) {
        const ent_council *council = &councils->at[k];
        uint64_t may = 0;
        if (council->implied || !ent_is_touched(council->asked, c->space.issue_count, levels)) {
            continue;
        }
        for (uint32_t p = 0; p < c->party_count; p++) {
            bool member = (council->members >> p & 1) != 0;
            may |= (uint64_t)(member && !cannot(tally, judge, p, levels, programs)) << p;
        }
        if (!ent_council_consents(council, may)) {
            return true;
        }
    }
    return false;
}

/* Is some asked party proved to refuse the outcome? */
static bool refused(const ent_tally *tally, const ent_judge *judge, const uint64_t *levels,
                    uint64_t *programs)
{
    const ent_case *c = tally->analysis->c;
    for (size_t v = 0; v < tally->voters.count; v++) {
        uint32_t p = tally->voters.party[v];
        if (ent_party_asked(&c->parties[p], c->space.issue_count, levels) &&
            cannot(tally, judge, p, levels, programs)) {
            return true;
        }
    }
    return council_refuses(tally, judge, levels, programs);
}

/* Where no world has a deal: is that proved? Given up after PROGRAMS linear programs. */
static bool prove_empty(ent_arena *arena, const ent_tally *tally, const ent_judge *judge)
{
    enum { PROGRAMS = 50000 };
    uint64_t programs = 0;
    uint64_t *levels = ent_alloc(arena, tally->grid.space->issue_count + 1, uint64_t);
    for (uint64_t i = 0; i < tally->grid.outcomes; i++) {
        if (tally->available[i] != 0) {
            ent_grid_outcome(&tally->grid, i, levels);
            if (programs > PROGRAMS || !refused(tally, judge, levels, &programs)) {
                return false;
            }
        }
    }
    return true;
}

ent_zone ent_zone_of_tally(ent_arena *arena, const ent_tally *tally, const ent_deal *best,
                           const ent_judge *judge)
{
    ent_zone zone = tally->together != NULL
                        ? zone_together(arena, tally, judge)
                        : ent_zone_beside(arena, tally->analysis->c, &tally->voters, tally->worlds,
                                          tally->zone, best);
    if (zone.share <= 0 && judge != NULL && prove_empty(arena, tally, judge)) {
        ent_zone_is_empty(&zone);
    }
    return zone;
}

/* ---- Council members that the case does not name --------------------------------------------- */

/* The zone's share where those vote so that are not named. */
static ent_status zone_share(ent_work *work, const ent_analysis *analysis, size_t account,
                             ent_unnamed unnamed, const ent_zone *zone, double *share)
{
    ent_variant *other;
    ent_status status =
        ent_vary(work, analysis, account, &(ent_otherwise){.unnamed = &unnamed}, &other);
    bool same = true;
    for (size_t k = 0; k < analysis->councils.count; k++) {
        const ent_council *a = &other->analysis.councils.at[k];
        const ent_council *b = &analysis->councils.at[k];
        same = same && (a->votes == b->votes || (a->implied && b->implied));
    }
    *share = zone->share;
    if (same || status != ENT_OK) {
        return status;
    }
    if (ent_can_sweep(analysis)) {
        ent_tally tally;
        status = ent_tally_zone(work, &other->analysis, account, &tally);
        if (status == ENT_OK) {
            const ent_deal *best = ent_best_deal(work, &tally);
            *share = ent_zone_of_tally(work->arena, &tally, best, NULL).share;
        }
        return status;
    }
    ent_deals deals;
    ent_deals_request request = {.top = 1};
    status = ent_answer_deals(work, &other->analysis, account, &request, &deals);
    *share = deals.zone.share;
    return status;
}

ent_status ent_range_zone(ent_work *work, const ent_analysis *analysis, size_t account,
                          ent_zone *zone)
{
    ent_status status = ENT_OK;
    for (size_t k = 0; k < analysis->councils.count; k++) {
        zone->ranged = zone->ranged || analysis->councils.at[k].unmodelled > 0;
    }
    if (zone->ranged) {
        status = zone_share(work, analysis, account, ENT_UNNAMED_AGAINST, zone, &zone->low);
    }
    if (zone->ranged && status == ENT_OK) {
        status = zone_share(work, analysis, account, ENT_UNNAMED_FOR, zone, &zone->high);
        /* More votes never make fewer deals; estimates beside other deals may differ by noise. */
        zone->low = fmin(zone->low, zone->share);
        zone->high = fmax(zone->high, zone->share);
    }
    return status;
}
