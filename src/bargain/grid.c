/*
 * Counting by dynamic programming over sums on a grid. Each level's worth above the least of its
 * issue is rounded down for the lower count and up for the upper one, and the numbers of outcomes
 * with each sum (of one party, or of two at once) are added up issue by issue; sums beyond what is
 * needed are one cell. Where all worths are multiples of some unit (whole numbers, decimals) and
 * the grid can be that fine, the counts differ by no more than the outcomes within rounding of the
 * reservation value, and are usually equal. O(levels of all issues * cells), at most about 4
 * million cells.
 *
 * With three parties or more that can fail: at least N - sum_p (N - low_p), by Bonferroni's
 * inequality, and at most the least high_p.
 */
#include "bargain/grid.h"

#include "bargain/count.h"

#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

enum { CELLS_ALONE = 1 << 16, CELLS_PAIRED = 512 };
static const double MOST_CELLS = 4194304;

/* One party's sums in cells: the target and what each level adds. */
typedef struct axis {
    double unit;
    uint64_t target;     /* this many cells or more will do */
    uint32_t **add;      /* [issues][levels] */
} axis;

typedef struct range {
    double least, spread, scale; /* sum of least worths, of what may come on top, of magnitudes */
} range;

static range range_of(const ent_scenario *s, uint32_t p)
{
    range r = {0, 0, 1};
    for (uint32_t i = 0; s->utilities[p].part != NULL && i < s->issue_count; i++) {
        const double *part = s->utilities[p].part[i];
        double low = part[0], high = part[0];
        for (uint64_t l = 1; l < s->issues[i].levels; l++) {
            low = fmin(low, part[l]);
            high = fmax(high, part[l]);
        }
        r.least += low;
        r.spread += high - low;
        r.scale += fmax(fabs(low), fabs(high));
    }
    return r;
}

static double least_of(const ent_scenario *s, uint32_t p, uint32_t i)
{
    const double *part = s->utilities[p].part[i];
    double low = part[0];
    for (uint64_t l = 1; l < s->issues[i].levels; l++) {
        low = fmin(low, part[l]);
    }
    return low;
}

static bool is_unit(const ent_scenario *s, uint32_t p, double unit)
{
    for (uint32_t i = 0; i < s->issue_count; i++) {
        double low = least_of(s, p, i);
        for (uint64_t l = 0; l < s->issues[i].levels; l++) {
            double times = (s->utilities[p].part[i][l] - low) / unit;
            if (fabs(times - round(times)) > 1e-6) {
                return false;
            }
        }
    }
    return true;
}

/* Euclid on lengths that are known up to dust. */
static double common_measure(double a, double b, double dust)
{
    while (b > dust) {
        double rest = fmod(a, b);
        a = b;
        b = b - rest < dust ? 0 : rest;
    }
    return a;
}

/* What measures all worths, if the spread is not too many of it; else the spread in few cells. */
static double choose_unit(const ent_scenario *s, uint32_t p, double spread, double most)
{
    double unit = spread, dust = 1e-9 * spread;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        double low = least_of(s, p, i);
        for (uint64_t l = 0; l < s->issues[i].levels; l++) {
            double worth = s->utilities[p].part[i][l] - low;
            unit = worth > dust ? common_measure(unit, worth, dust) : unit;
        }
    }
    unit = spread / round(spread / unit);
    if (spread / unit <= most && is_unit(s, p, unit)) {
        return unit;
    }
    return spread / fmin(most, most > CELLS_ALONE ? CELLS_ALONE : CELLS_PAIRED);
}

/* Are all sums whole cells, and is the need met or missed for certain? */
static bool is_exact(const ent_scenario *s, uint32_t p, double unit)
{
    bool exact = ent_sums_are_exact(s, p);
    for (uint32_t i = 0; exact && i < s->issue_count; i++) {
        double low = least_of(s, p, i);
        for (uint64_t l = 0; exact && l < s->issues[i].levels; l++) {
            exact = fmod(s->utilities[p].part[i][l] - low, unit) == 0;
        }
    }
    return exact;
}

/* up: every worth and the target rounded in the outcome's favour; otherwise against it. */
static axis axis_of(ent_arena *arena, const ent_scenario *s, uint32_t p, double unit, bool up)
{
    axis a = {.unit = unit, .add = ent_alloc(arena, s->issue_count, uint32_t *)};
    range r = range_of(s, p);
    /* Rounding of sums, and what the tolerance of 1e-6 of a cell for exact multiples lets pass. */
    double margin = r.scale * (s->issue_count + 4) * 0x1p-50 + unit * s->issue_count * 1.1e-6;
    double need = ent_need_of(s, p) - r.least;
    double target = ceil((need + (up ? -margin : margin)) / unit);
    if (is_exact(s, p, unit)) {
        double over = need > 0 ? fmod(need, unit) : 0;
        target = (need - over) / unit + (over > 0 ? 1 : 0);
    }
    a.target = target < 0 ? 0 : (uint64_t)target;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        double low = least_of(s, p, i);
        a.add[i] = ent_alloc(arena, s->issues[i].levels, uint32_t);
        for (uint64_t l = 0; l < s->issues[i].levels; l++) {
            double cells = (s->utilities[p].part[i][l] - low) / unit;
            cells = up ? ceil(cells - 1e-6) : floor(cells + 1e-6);
            a.add[i][l] = cells < (double)a.target ? (uint32_t)cells : (uint32_t)a.target;
        }
    }
    return a;
}

static uint64_t step(uint64_t from, uint32_t add, uint64_t target)
{
    return from + add < target ? from + add : target;
}

/* One level: every cell's count goes over to the cell that the level leads to. */
static void add_level(const wide *from, wide *to, const axis *a, const axis *b, uint32_t issue,
                      uint64_t level)
{
    uint64_t columns = b->target + 1;
    for (uint64_t x = 0; x <= a->target; x++) {
        wide *row = to + step(x, a->add[issue][level], a->target) * columns;
        for (uint64_t y = 0; y < columns; y++) {
            row[step(y, b->add[issue][level], b->target)] += from[x * columns + y];
        }
    }
}

static ent_big big_of(wide value)
{
    ent_big high = ent_big_of((uint64_t)(value >> 64)), low = ent_big_of((uint64_t)value);
    high = ent_big_times(ent_big_times(high, UINT64_C(1) << 32), UINT64_C(1) << 32);
    return ent_big_plus(high, &low);
}

/* Outcomes that reach both targets. */
static ent_big count_axes(ent_arena *arena, const ent_scenario *s, const axis *a, const axis *b)
{
    size_t cells = (size_t)((a->target + 1) * (b->target + 1));
    wide *from = ent_alloc(arena, cells, wide), *to = ent_alloc(arena, cells, wide);
    from[0] = 1;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        memset(to, 0, cells * sizeof *to);
        for (uint64_t l = 0; l < s->issues[i].levels; l++) {
            add_level(from, to, a, b, i, l);
        }
        wide *held = from;
        from = to;
        to = held;
    }
    return big_of(from[cells - 1]);
}

typedef struct bounds {
    ent_big low, high;
} bounds;

/* q may be p: then p alone. */
static bounds count_pair(ent_arena *arena, const ent_scenario *s, uint32_t p, uint32_t q)
{
    double most = p == q ? MOST_CELLS : sqrt(MOST_CELLS);
    double unit_p = choose_unit(s, p, range_of(s, p).spread, most);
    double unit_q = choose_unit(s, q, range_of(s, q).spread, most);
    bounds count;
    for (int up = 0; up < 2; up++) {
        axis a = axis_of(arena, s, p, unit_p, up != 0);
        axis b = axis_of(arena, s, q, unit_q, up != 0);
        if (p == q) { /* a second axis of one cell */
            b.target = 0;
            for (uint32_t i = 0; i < s->issue_count; i++) {
                memset(b.add[i], 0, s->issues[i].levels * sizeof *b.add[i]);
            }
        }
        *(up != 0 ? &count.high : &count.low) = count_axes(arena, s, &a, &b);
    }
    return count;
}

/* The parties whom some outcome might not suit. */
static uint32_t doubtful(const ent_scenario *s, uint32_t *parties)
{
    uint32_t count = 0;
    for (uint32_t p = 0; p < s->party_count; p++) {
        range r = range_of(s, p);
        double need = ent_need_of(s, p);
        if (need > r.least - r.scale * 1e-9) {
            parties[count++] = p;
        }
    }
    return count;
}

/* Of the doubtful: does some party value all outcomes the same, so that there is no grid? */
static bool any_flat(const ent_scenario *s, const uint32_t *parties, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        if (!(range_of(s, parties[k]).spread > 0)) {
            return true;
        }
    }
    return false;
}

static void narrow(bounds count, ent_big *low, ent_big *high)
{
    *low = ent_big_order(&count.low, low) > 0 ? count.low : *low;
    *high = ent_big_order(&count.high, high) < 0 ? count.high : *high;
}

void ent_count_on_grid(ent_work *work, const ent_scenario *s, ent_big *low, ent_big *high)
{
    uint32_t parties[ENT_GRID_PARTIES];
    ent_big all = ent_count_outcomes(s);
    if (s->party_count > ENT_GRID_PARTIES || ent_big_double(&all) > 0x1p126) {
        return;
    }
    uint32_t count = doubtful(s, parties);
    if (any_flat(s, parties, count)) {
        return;
    }
    if (count == 0) {
        narrow((bounds){all, all}, low, high);
        return;
    }
    if (count <= 2) {
        narrow(count_pair(work->arena, s, parties[0], parties[count - 1]), low, high);
        return;
    }
    bounds joint = {all, all};
    for (uint32_t k = 0; k < count; k++) {
        bounds alone = count_pair(work->arena, s, parties[k], parties[k]);
        ent_big lost = ent_big_minus(all, &alone.low);
        joint.low = ent_big_minus(joint.low, &lost);
        joint.high = ent_big_order(&alone.high, &joint.high) < 0 ? alone.high : joint.high;
    }
    narrow(joint, low, high);
}
