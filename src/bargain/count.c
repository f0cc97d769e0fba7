/*
 * Counting rational outcomes of additive parties without enumerating them all. The tree over the
 * leading issues is cut where the worst completion suits every party (all below count at once) and
 * where the best one leaves somebody out (none count); both bounds carry a margin for rounding, so
 * that only outcomes whose exact rounded value decides are evaluated, in blocks (block.c). Where
 * too many are left, sums over two halves of the issues are counted (count_halves.c), and where
 * these are too large, a count on a grid of sums gives an interval (grid.c).
 */
#include "bargain/count.h"

#include "base/kernel.h"
#include "bargain/block.h"
#include "model/exact.h"
#include "bargain/grid.h"
#include "bargain/count_halves.h"

#include <math.h>

typedef struct search {
    ent_work *work;
    const ent_scenario *scenario;
    ent_blocks *blocks;
    uint32_t leading, size, parties;
    double *least, *most; /* [issues + 1][parties] what the issues from i on add */
    double *sum;          /* [issues + 1][parties] of the levels so far */
    double *need;         /* [parties] the sum that is as good as no agreement */
    double *margin;       /* [parties] beyond which rounding cannot reach */
    ent_big *below;       /* [issues + 1] outcomes of the issues from i on */
    uint64_t *levels;
    ent_big count, left;
    uint64_t looked, limit;
    bool stopped;
} search;

ent_big ent_count_outcomes(const ent_scenario *scenario)
{
    ent_big count = ent_big_of(1);
    for (uint32_t i = 0; i < scenario->issue_count; i++) {
        count = ent_big_times(count, scenario->issues[i].levels);
    }
    return count;
}

/* Whole numbers whose sums stay below 2^52: what the division by the scale keeps apart. */
static bool are_whole(const ent_scenario *scenario, const ent_utility *u)
{
    double sum = 0;
    bool whole = u->scale > 0;
    for (uint32_t i = 0; u->part != NULL && i < scenario->issue_count && whole; i++) {
        double most = 0;
        for (uint64_t l = 0; l < scenario->issues[i].levels && whole; l++) {
            whole = u->part[i][l] == floor(u->part[i][l]);
            most = fmax(most, fabs(u->part[i][l]));
        }
        sum += most;
    }
    return whole && sum < 0x1p52 && !(fabs(u->reservation * u->scale) >= 0x1p52);
}

double ent_need_of(const ent_scenario *scenario, uint32_t party)
{
    const ent_utility *u = &scenario->utilities[party];
    return u->scale != 1 && are_whole(scenario, u) ? ent_whole_need(u)
                                                   : u->reservation * u->scale;
}

bool ent_sums_are_exact(const ent_scenario *scenario, uint32_t party)
{
    const ent_utility *u = &scenario->utilities[party];
    double sum = isfinite(u->reservation) ? fabs(u->reservation) : 0;
    if (u->scale != 1) {
        return are_whole(scenario, u);
    }
    bool exact = ldexp(sum, 20) == floor(ldexp(sum, 20));
    for (uint32_t i = 0; u->part != NULL && i < scenario->issue_count && exact; i++) {
        double most = 0;
        for (uint64_t l = 0; l < scenario->issues[i].levels && exact; l++) {
            double value = ldexp(u->part[i][l], 20);
            exact = value == floor(value);
            most = fmax(most, fabs(u->part[i][l]));
        }
        sum += most;
    }
    return exact && sum < 0x1p32;
}

static void bound_party(search *s, uint32_t p)
{
    const ent_scenario *scenario = s->scenario;
    const ent_utility *u = &scenario->utilities[p];
    double scale = 1;
    for (uint32_t i = scenario->issue_count; i-- > 0;) {
        double low = 0, high = 0;
        for (uint64_t l = 0; u->part != NULL && l < scenario->issues[i].levels; l++) {
            low = l == 0 ? u->part[i][l] : fmin(low, u->part[i][l]);
            high = l == 0 ? u->part[i][l] : fmax(high, u->part[i][l]);
        }
        s->least[i * s->parties + p] = s->least[(i + 1) * s->parties + p] + low;
        s->most[i * s->parties + p] = s->most[(i + 1) * s->parties + p] + high;
        scale += fmax(fabs(low), fabs(high));
    }
    /* n additions of numbers up to scale err by less than n * scale * 2^-52. */
    s->need[p] = ent_need_of(scenario, p);
    s->margin[p] = (scale + fabs(s->need[p])) * (scenario->issue_count + 4) * 0x1p-50;
    bool exact = !isfinite(s->need[p]) || ent_sums_are_exact(scenario, p);
    s->margin[p] = exact ? 0 : s->margin[p];
}

static void prepare(search *s, ent_work *work, const ent_scenario *scenario, uint64_t limit)
{
    uint32_t n = scenario->issue_count, d = scenario->party_count;
    *s = (search){.work = work, .scenario = scenario, .parties = d, .limit = limit};
    s->blocks = ent_blocks_create(work->arena, scenario);
    s->leading = ent_block_leading(s->blocks);
    s->size = ent_block_size(s->blocks);
    s->least = ent_alloc(work->arena, (size_t)(n + 1) * d, double);
    s->most = ent_alloc(work->arena, (size_t)(n + 1) * d, double);
    s->sum = ent_alloc(work->arena, (size_t)(n + 1) * d, double);
    s->need = ent_alloc(work->arena, d, double);
    s->margin = ent_alloc(work->arena, d, double);
    s->levels = ent_alloc(work->arena, n + 1, uint64_t);
    s->below = ent_alloc(work->arena, n + 1, ent_big);
    s->below[n] = ent_big_of(1);
    for (uint32_t i = n; i-- > 0;) {
        s->below[i] = ent_big_times(s->below[i + 1], scenario->issues[i].levels);
    }
    for (uint32_t p = 0; p < d; p++) {
        bound_party(s, p);
    }
}

typedef enum verdict { NONE, SOME, ALL } verdict;

static verdict judge(const search *s, uint32_t depth)
{
    verdict v = ALL;
    for (uint32_t p = 0; p < s->parties; p++) {
        double sum = s->sum[depth * s->parties + p];
        double r = s->need[p];
        if (sum + s->most[depth * s->parties + p] < r - s->margin[p]) {
            return NONE;
        }
        if (sum + s->least[depth * s->parties + p] < r + s->margin[p]) {
            v = SOME;
        }
    }
    return v;
}

ENT_KERNEL static void mark_rational(unsigned char *restrict alive, const double *restrict x,
                                     double r, uint32_t count)
{
    for (uint32_t j = 0; j < count; j++) {
        alive[j] = (unsigned char)(alive[j] & (x[j] >= r));
    }
}

static uint64_t count_part(const search *s, uint32_t from, uint32_t count)
{
    unsigned char alive[ENT_BLOCK_MOST];
    for (uint32_t j = 0; j < count; j++) {
        alive[j] = 1;
    }
    for (uint32_t p = 0; p < s->parties; p++) {
        mark_rational(alive, ent_block_value(s->blocks, p) + from,
                      s->scenario->utilities[p].reservation, count);
    }
    uint32_t sum = 0;
    for (uint32_t j = 0; j < count; j++) {
        sum += alive[j];
    }
    return sum;
}

static void count_block(search *s)
{
    ent_block_fill(s->blocks, s->levels);
    uint64_t sum = 0;
    for (uint32_t from = 0; from < s->size; from += ENT_BLOCK_MOST) {
        uint32_t left = s->size - from;
        sum += count_part(s, from, left < ENT_BLOCK_MOST ? left : ENT_BLOCK_MOST);
    }
    ent_big found = ent_big_of(sum);
    s->count = ent_big_plus(s->count, &found);
    s->looked += s->size;
    s->stopped = s->stopped || ent_tick(s->work, "rational outcomes", s->looked, 0);
}

static void visit(search *s, uint32_t depth)
{
    verdict v = judge(s, depth);
    if (v == ALL) {
        s->count = ent_big_plus(s->count, &s->below[depth]);
        return;
    }
    if (v == NONE) {
        return;
    }
    if (s->looked >= s->limit || s->stopped) {
        s->left = ent_big_plus(s->left, &s->below[depth]);
        return;
    }
    if (depth == s->leading) {
        count_block(s);
        return;
    }
    s->looked++;
    for (uint64_t l = 0; l < s->scenario->issues[depth].levels; l++) {
        s->levels[depth] = l;
        for (uint32_t p = 0; p < s->parties; p++) {
            const ent_utility *u = &s->scenario->utilities[p];
            s->sum[(depth + 1) * s->parties + p] =
                s->sum[depth * s->parties + p] + (u->part != NULL ? u->part[depth][l] : 0);
        }
        visit(s, depth + 1);
    }
}

ent_status ent_count_rational(ent_work *work, const ent_scenario *scenario, uint64_t most,
                              ent_big *low, ent_big *high)
{
    for (uint32_t p = 0; p < scenario->party_count; p++) {
        if (scenario->utilities[p].capped && scenario->utilities[p].reservation > 1) {
            *low = *high = ent_big_of(0);
            return ENT_OK;
        }
    }
    search s;
    prepare(&s, work, scenario, most);
    visit(&s, 0);
    *low = s.count;
    *high = ent_big_plus(s.count, &s.left);
    if (s.stopped) {
        return ENT_CANCELLED;
    }
    if (ent_big_order(low, high) != 0) {
        ent_count_by_halves(work, scenario, s.need, s.margin, low, high);
    }
    if (ent_big_order(low, high) != 0) {
        ent_count_on_grid(work, scenario, low, high);
    }
    return ENT_OK;
}
