/*
 * The best packages of a space of some millions, in all worlds, where all who are asked are asked
 * about everything: a sweep of those blocks of packages alone that may hold one of the best.
 *
 * A block is what is left when the digits that are worth least are open. A voter accepts a package
 * of it in no more worlds than those in which what is fixed and the best of what is open reach the
 * need, so that the joint share of these counts bounds that of every package of the block (branch
 * and bound: Land and Doig, Econometrica 28, 1960). The bound counts worlds, and so what it rules
 * out is ruled out by proof, also where some worlds were looked at and all others would accept.
 * First blocks of some groups of digits are bounded, then those of fewer, down to a digit of four
 * values, then packages are counted; each step goes through the worlds in lanes, as a sweep does.
 *
 * Cost: O(worlds * voters) comparisons for each package left, and for each block. Memory: the
 * counts of one task, some 2^18 packages, for each thread, and a byte for each package of all.
 */
#include "answers/quiet.h"
#include "answers/search_quest.h"
#include "answers/sweep_kernels.h"

#include "base/kernel.h"
#include "base/pieces.h"

#include <math.h>
#include <string.h>

enum {
    LANES = ENT_SWEEP_BLOCK,
    FIRST = 4,            /* values that the first digits are fused up to: open, they bound well */
    GROUP = 16,           /* others */
    DEPTHS = 5,           /* at which something is counted: 0, packages, and open groups */
    LOOK = 2560,          /* worlds between looks at what can be ruled out already */
    MOST_GROUPS = 64,
    LONGEST = 256,        /* values of a digit that is not fused */
    TASK = 1 << 18,       /* packages of a task, or one group of digits if that has more */
};
#define SLACK 2e-6F /* float32 sums in another order differ by less */
#define ROUNDING 1e-12

typedef struct group {
    const ent_digit *digits; /* of this group, one after another */
    size_t count;
    uint64_t radix;
    uint64_t *offset;        /* [radix] of the grid's index */
} group;

typedef struct field {
    ent_quest *q;
    ent_grid grid;
    const uint8_t *available;
    uint8_t **keeps;         /* [voters] -> [outcomes], or NULL */
    group groups[MOST_GROUPS]; /* [0] is worth least */
    size_t group_count;
    size_t inner;            /* groups of a task; those from here on number the tasks */
    uint64_t tasks;
    uint32_t worlds;
    size_t voters;
} field;

/* What one thread works with. */
typedef struct bench {
    const field *f;
    float **rows[MOST_GROUPS]; /* [groups][voters] -> [radix][LANES] */
    float *best[MOST_GROUPS];  /* [groups] -> [voters][LANES] the most that those before it bring */
    float *sums;                  /* [LONGEST][LANES] rows and the best of what is open */
    float *need[MOST_GROUPS + 1]; /* [groups + 1] -> [voters][LANES] */
    uint32_t **count[DEPTHS];  /* [depth][voters] -> [nodes there], 0: packages */
    uint8_t *live[DEPTHS];     /* [depth] -> [nodes] 0 where nothing below is wanted */
    size_t deepest;            /* the first depth that is bounded, at least 1 */
    ent_best_list list;
    uint64_t *levels;
    uint64_t base;             /* the task's index */
} bench;

/* ---- Digits --------------------------------------------------------------------------------- */

/* How much hangs on the digit: what its components are worth, over all voters and worlds. */
static double effect_of(const field *f, const ent_digit *d)
{
    const ent_quest *q = f->q;
    const ent_issue *issue = &q->space->issues[d->issue];
    double sum = 0;
    for (size_t v = 0; v < f->voters; v++) {
        const ent_world_set *set = q->voters.at[v].set;
        for (uint32_t c = 0; c < issue->components; c++) {
            uint32_t u = q->unknown[v][issue->first + c];
            bool mine = u != ENT_NONE && (d->component == ENT_NONE || d->component == c);
            for (uint32_t w = 0; mine && w < f->worlds; w++) {
                sum += (double)set->z[(size_t)u * set->stride + w];
            }
        }
    }
    return sum;
}

/* Those that are worth least first; ties as they come. */
static const ent_digit *order_digits(ent_arena *arena, const field *f, size_t *count)
{
    ent_digit *all = ent_digits_of(arena, f->q->space, f->grid.stride, count);
    ent_digit *digits = ent_alloc(arena, *count + 1, ent_digit);
    double *effect = ent_alloc(arena, *count + 1, double);
    for (size_t i = 0; i < *count; i++) {
        double mine = effect_of(f, &all[i]);
        size_t at = i;
        for (; at > 0 && effect[at - 1] > mine; at--) {
            effect[at] = effect[at - 1];
            digits[at] = digits[at - 1];
        }
        effect[at] = mine;
        digits[at] = all[i];
    }
    return digits;
}

/* False where digits are too long, or too many. */
static bool make_groups(ent_arena *arena, field *f)
{
    size_t count, n = 0;
    const ent_digit *digits = order_digits(arena, f, &count);
    for (size_t i = 0; i < count; n++) {
        if (n == MOST_GROUPS || digits[i].radix > LONGEST) {
            return false;
        }
        group *g = &f->groups[n];
        *g = (group){.digits = digits + i, .radix = 1};
        do {
            g->radix *= digits[i++].radix;
            g->count++;
        } while (i < count && g->radix * digits[i].radix <= (n == 0 ? FIRST : GROUP));
        g->offset = ent_alloc(arena, g->radix, uint64_t);
        for (uint64_t value = 0; value < g->radix; value++) {
            uint64_t left = value;
            for (size_t d = 0; d < g->count; d++) {
                g->offset[value] += left % g->digits[d].radix * g->digits[d].stride;
                left /= g->digits[d].radix;
            }
        }
    }
    f->group_count = n;
    uint64_t packages = 1, most = f->q->task > 0 ? f->q->task : TASK;
    while (f->inner < n && (f->inner < 2 || packages * f->groups[f->inner].radix <= most)) {
        packages *= f->groups[f->inner++].radix;
    }
    f->tasks = 1;
    for (size_t g = f->inner; g < n; g++) {
        f->tasks *= f->groups[g].radix;
    }
    return f->inner >= 2;
}

/* Nodes of a task in which the groups before `depth` are open. */
static uint64_t nodes_at(const field *f, size_t depth)
{
    uint64_t nodes = 1;
    for (size_t g = depth; g < f->inner; g++) {
        nodes *= f->groups[g].radix;
    }
    return nodes;
}

static bench make_bench(ent_arena *arena, const field *f)
{
    const ent_quest *q = f->q;
    bench b = {.f = f, .list = ent_best_list_of(arena, q->space->issue_count, q->list.room),
               .levels = ent_alloc(arena, q->space->issue_count + 1, uint64_t),
               .deepest = f->inner < DEPTHS ? f->inner - 1 : DEPTHS - 1};
    b.sums = ent_alloc(arena, LONGEST * LANES, float);
    for (size_t g = 0; g <= f->group_count; g++) {
        b.need[g] = ent_alloc(arena, f->voters * LANES, float);
    }
    for (size_t g = 0; g < f->group_count; g++) {
        b.best[g] = ent_alloc(arena, f->voters * LANES, float);
        b.rows[g] = ent_alloc(arena, f->voters, float *);
        for (size_t v = 0; v < f->voters; v++) {
            b.rows[g][v] = ent_alloc(arena, (f->groups[g].radix + 3) * LANES, float);
        }
    }
    for (size_t depth = 0; depth <= b.deepest; depth++) {
        b.count[depth] = ent_alloc(arena, f->voters, uint32_t *);
        b.live[depth] = ent_alloc(arena, nodes_at(f, depth), uint8_t);
        for (size_t v = 0; v < f->voters; v++) {
            b.count[depth][v] = ent_alloc(arena, nodes_at(f, depth) + 3, uint32_t);
        }
    }
    return b;
}

/* ---- Worlds --------------------------------------------------------------------------------- */

/* most = before and the greatest of the rows. */
ENT_KERNEL static void add_greatest(const float *restrict before, const float *restrict rows,
                                    uint64_t count, float *restrict most)
{
    memcpy(most, rows, LANES * sizeof *most);
    for (uint64_t i = 1; i < count; i++) {
        for (size_t w = 0; w < LANES; w++) {
            most[w] = rows[i * LANES + w] > most[w] ? rows[i * LANES + w] : most[w];
        }
    }
    for (size_t w = 0; w < LANES; w++) {
        most[w] += before[w];
    }
}

/* The worth of a digit's value to the voter, added to the row. */
static void add_digit(const field *f, size_t v, const ent_digit *digit, uint64_t value,
                      uint32_t first, float *row)
{
    const ent_quest *q = f->q;
    const ent_voter *voter = &q->voters.at[v];
    const ent_issue *issue = &q->space->issues[digit->issue];
    uint64_t level = ent_digit_level(digit, value);
    for (uint32_t c = 0; level != 0 && c < issue->components; c++) {
        uint32_t u = q->unknown[v][issue->first + c];
        double on = u == ENT_NONE ? 0 : ent_on(issue, level, c);
        if (on > 0) {
            const float *z = voter->set->z + (size_t)u * voter->set->stride + first;
            float factor = (float)(voter->stakes->sign[u] * on);
            if (first + LANES <= voter->set->stride) {
                ent_sweep_add_scaled(z, factor, row);
            }
            for (uint32_t w = 0; first + LANES > voter->set->stride &&
                                 first + w < voter->set->stride; w++) {
                row[w] += factor * z[w];
            }
        }
    }
}

/* What each value of the group is worth to the voter in LANES worlds from `first` on. */
static void weigh(const field *f, size_t v, const group *g, uint32_t first, float *rows)
{
    memset(rows, 0, g->radix * LANES * sizeof *rows);
    for (uint64_t value = 0; value < g->radix; value++) {
        uint64_t left = value;
        for (size_t d = 0; d < g->count; d++) {
            add_digit(f, v, &g->digits[d], left % g->digits[d].radix, first,
                      rows + value * LANES);
            left /= g->digits[d].radix;
        }
    }
}

/* Rows of all groups, what the open ones bring at most, and the needs of the task's worlds. */
static void load(bench *b, size_t v, uint64_t task, uint32_t first)
{
    const field *f = b->f;
    const ent_world_set *set = f->q->voters.at[v].set;
    float *need = b->need[f->inner] + v * LANES;
    for (uint32_t w = 0; w < LANES; w++) {
        need[w] = first + w < set->worlds ? ent_needed(set->b[first + w]) : INFINITY;
        b->best[0][v * LANES + w] = SLACK;
    }
    uint64_t left = task;
    for (size_t g = 0; g < f->group_count; g++) {
        float *rows = b->rows[g][v];
        weigh(f, v, &f->groups[g], first, rows);
        if (g >= f->inner) {
            const float *row = rows + left % f->groups[g].radix * LANES;
            left /= f->groups[g].radix;
            ent_sweep_subtract(need, row, b->need[f->group_count] + v * LANES);
            memcpy(need, b->need[f->group_count] + v * LANES, LANES * sizeof *need);
        }
        if (g < b->deepest) {
            float *best = b->best[g + 1] + v * LANES;
            add_greatest(b->best[g] + v * LANES, rows, f->groups[g].radix, best);
        }
    }
}

/* The rows of the group at the depth, each with the most that those before it bring. */
static void add_best(bench *b, size_t v, size_t depth)
{
    const float *best = b->best[depth] + v * LANES;
    for (uint64_t value = 0; depth > 0 && value < b->f->groups[depth].radix; value++) {
        memcpy(b->sums + value * LANES, b->rows[depth][v] + value * LANES, LANES * sizeof *best);
        ent_sweep_add_scaled(best, 1, b->sums + value * LANES);
    }
}

/* ---- A step --------------------------------------------------------------------------------- */

/*
 * The voter's nodes of the depth below one node above them, four at a time where one of them is
 * live: what the open digits bring at most stands in the rows already.
 */
static void count_values(bench *b, size_t v, uint64_t node, size_t depth)
{
    uint64_t radix = b->f->groups[depth].radix;
    uint32_t *count = b->count[depth][v] + node * radix;
    const uint8_t *live = b->live[depth] + node * radix;
    const float *rows = depth > 0 ? b->sums : b->rows[0][v];
    const float *need = b->need[depth + 1] + v * LANES;
    uint64_t value = 0;
    for (; value + 4 <= radix; value += 4) {
        if ((live[value] | live[value + 1] | live[value + 2] | live[value + 3]) != 0) {
            ent_sweep_reach_four(rows + value * LANES, need, count + value);
        }
    }
    for (; value < radix; value++) {
        count[value] += ent_sweep_reach_one(rows + value * LANES, need);
    }
}

/* Count the voter at the live nodes of the depth: below `at`, which leaves those before it open. */
static void descend(bench *b, size_t v, size_t at, uint64_t node, size_t depth)
{
    if (at <= b->deepest && b->live[at][node] == 0) {
        return;
    }
    if (at == depth + 1) {
        count_values(b, v, node, depth);
        return;
    }
    uint64_t radix = b->f->groups[at - 1].radix;
    for (uint64_t value = 0; value < radix; value++) {
        uint64_t below = node * radix + value;
        if (at - 1 > b->deepest || b->live[at - 1][below] != 0) {
            ent_sweep_subtract(b->need[at] + v * LANES, b->rows[at - 1][v] + value * LANES,
                               b->need[at - 1] + v * LANES);
            descend(b, v, at - 1, below, depth);
        }
    }
}

/*
 * A bound on the node's joint share: voters from `counted` on are known one depth above at most,
 * and the last of those before them but for so many worlds.
 */
static double bound_of(const bench *b, size_t depth, uint64_t node, size_t counted, uint32_t rest)
{
    const field *f = b->f;
    double joint = 1;
    for (size_t v = 0; v < f->voters; v++) {
        uint32_t count = v < counted ? b->count[depth][v][node] + (v + 1 == counted ? rest : 0)
                         : depth + 1 <= b->deepest ? b->count[depth + 1][v]
                                                             [node / f->groups[depth].radix]
                                                  : f->worlds;
        joint *= (double)count / f->worlds;
    }
    return joint;
}

static bool is_wanted(const bench *b, double bound)
{
    const ent_best_list *list = &b->list;
    return list->count < list->room ||
           bound * (1 + ROUNDING) >= list->at[list->count - 1].joint;
}

/* Rule out what is not wanted, were all worlds that are not yet looked at to accept it. */
static void keep_wanted(bench *b, size_t depth, uint64_t nodes, size_t counted, uint32_t rest)
{
    for (uint64_t node = 0; node < nodes; node++) {
        b->live[depth][node] = b->live[depth][node] != 0 &&
                               is_wanted(b, bound_of(b, depth, node, counted, rest));
    }
}

/* Nodes of the depth, one voter after another, in all worlds. False when stopped. */
static bool run_step(bench *b, uint64_t task, size_t depth)
{
    const field *f = b->f;
    uint64_t nodes = nodes_at(f, depth);
    for (uint64_t node = 0; node < nodes; node++) {
        b->live[depth][node] =
            depth == b->deepest || b->live[depth + 1][node / f->groups[depth].radix] != 0;
    }
    for (size_t v = 0; v < f->voters; v++) {
        memset(b->count[depth][v], 0, nodes * sizeof **b->count[depth]);
        for (uint32_t first = 0; first < f->worlds && !ent_stopped(f->q->work); first += LANES) {
            uint32_t end = f->worlds - first < LANES ? f->worlds : first + LANES;
            load(b, v, task, first);
            add_best(b, v, depth);
            descend(b, v, f->inner, 0, depth);
            if (end == f->worlds || end / LOOK != first / LOOK) {
                keep_wanted(b, depth, nodes, v + 1, f->worlds - end);
            }
        }
    }
    return !ent_stopped(f->q->work);
}

/* The index of the package, from the task's first. */
static uint64_t index_of(const field *f, uint64_t base, uint64_t package)
{
    for (size_t g = 0; g < f->inner; g++) {
        base += f->groups[g].offset[package % f->groups[g].radix];
        package /= f->groups[g].radix;
    }
    return base;
}

static void list_packages(bench *b)
{
    const field *f = b->f;
    for (uint64_t i = 0; i < nodes_at(f, 0); i++) {
        if (b->live[0][i] == 0 || !is_wanted(b, bound_of(b, 0, i, f->voters, 0))) {
            continue;
        }
        uint64_t index = index_of(f, b->base, i);
        for (size_t v = 0; v < f->voters; v++) {
            bool keeps = f->keeps[v] == NULL || f->keeps[v][index] != 0;
            b->count[0][v][i] = keeps ? b->count[0][v][i] : 0;
        }
        if (f->available[index] != 0) {
            ent_grid_outcome(&f->grid, index, b->levels);
            ent_best_list_keep(&b->list, b->levels, bound_of(b, 0, i, f->voters, 0));
        }
    }
}

static bool run_task(bench *b, uint64_t task)
{
    const field *f = b->f;
    uint64_t left = task;
    b->base = 0;
    for (size_t g = f->inner; g < f->group_count; g++) {
        b->base += f->groups[g].offset[left % f->groups[g].radix];
        left /= f->groups[g].radix;
    }
    for (size_t depth = b->deepest + 1; depth-- > 0;) {
        if (!run_step(b, task, depth)) {
            return false;
        }
    }
    list_packages(b);
    return true;
}

/* ---- All tasks ------------------------------------------------------------------------------ */

static void copy_list(const ent_best_list *from, ent_best_list *to)
{
    for (size_t i = 0; i < from->count; i++) {
        ent_best_list_keep(to, from->at[i].levels, from->at[i].joint);
    }
}

static bool run_piece(void *user, int thread, uint64_t piece)
{
    return run_task((bench *)user + thread, piece);
}

static ent_status sweep(ent_work *beside, void *argument)
{
    ent_quest *q = argument;
    ent_arena *arena = beside->arena;
    field f = {.q = q, .voters = q->voters.count, .worlds = q->analysis->settings.worlds};
    uint64_t available;
    bool fits = ent_grid_of(arena, q->space, NULL, &f.grid) && make_groups(arena, &f);
    if (!fits) {
        return ENT_OK;
    }
    f.available = ent_grid_available(beside, &f.grid, &q->worlds->bans, &available);
    f.keeps = ent_alloc(arena, f.voters + 1, uint8_t *);
    for (size_t v = 0; v < f.voters; v++) {
        f.keeps[v] = ent_grid_keeps(arena, &f.grid, &q->voters.at[v].lines);
    }
    int threads = beside->threads < 1 ? 1 : beside->threads;
    threads = (uint64_t)threads > f.tasks ? (int)f.tasks : threads;
    bench *benches = ent_alloc(arena, (size_t)threads, bench);
    for (int t = 0; t < threads; t++) {
        benches[t] = make_bench(arena, &f);
        copy_list(&q->list, &benches[t].list);
    }
    /* Each thread's list begins with what was listed before; together they hold the best of all. */
    ent_pieces pieces = {.count = f.tasks, .at_once = 1, .run = run_piece, .user = benches,
                         .what = "packages", .each = 1, .of = f.tasks, .tell_every = 1};
    q->proved = ent_run_pieces(beside, threads, &pieces);
    for (int t = 0; t < threads; t++) {
        copy_list(&benches[t].list, &q->list);
    }
    return q->proved ? ENT_OK : ENT_CANCELLED;
}

ent_status ent_bounded_sweep(ent_work *work, ent_quest *q)
{
    return ent_beside(work, sweep, q);
}
