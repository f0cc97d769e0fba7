#include "answers/own_rows.h"

#include "answers/bits.h"
#include "answers/quiet.h"
#include "answers/search_levels.h"
#include "answers/sweep_kernels.h"
#include "base/kernel.h"
#include "base/pieces.h"

#include <math.h>
#include <string.h>

enum {
    LANES = ENT_SWEEP_BLOCK, /* worlds whose values are added up together */
    LANE_WORDS = LANES / 64,
    MOST_WORDS = 64,     /* of a block */
    ROOM = 1 << 21,      /* words for the rows of a block: 16 MB */
};

/* What is the same for all blocks. */
typedef struct field {
    const ent_work *work;
    const ent_own_walk *walk;
    const ent_own_plan *plan;
    size_t words;          /* of a block */
    uint32_t worlds;
    uint64_t **first;      /* [voters][own digits + 1] where its rows of that depth begin */
    uint64_t *answer;      /* [voters] where its own answers begin, asked or not */
    bool *apart;           /* [voters] these are kept beside its rows */
    ent_council *councils; /* those that bind, their members as bits of voters */
    size_t council_count;
    uint64_t rows;
    bool levels;           /* is a node's outcome needed, or what can yet be reached? */
    uint32_t **unknown;    /* [voters][components] */
} field;

/* What one thread works with. */
typedef struct bench {
    const field *f;
    uint64_t *rows;      /* [rows][words] */
    float *worth;        /* [values of one voter's digits][LANES] */
    float *need;         /* [digits + 1][LANES] */
    uint64_t *mask;      /* [digits + 1][words] worlds that may yet accept, all of them */
    uint64_t *found;     /* [words] */
    uint64_t *beginning; /* [voters] its own digits fixed so far */
    uint32_t **counts;
    ent_levels levels;
    uint64_t words_left;
    uint32_t world;      /* the block's first */
} bench;

/* ---- Room ----------------------------------------------------------------------------------- */

/* Members of a council that binds and that may be asked for themselves: answers beside rows. */
static bool needs_answers(const field *f, size_t v)
{
    bool member = false;
    for (size_t k = 0; k < f->council_count; k++) {
        member = member || (f->councils[k].members >> v & 1) != 0;
    }
    return member && f->plan->own[v].free != NULL;
}

static void lay_out(ent_arena *arena, field *f)
{
    size_t voters = f->plan->voters->count;
    f->first = ent_alloc(arena, voters + 1, uint64_t *);
    f->answer = ent_alloc(arena, voters + 1, uint64_t);
    f->apart = ent_alloc(arena, voters + 1, bool);
    for (size_t v = 0; v < voters; v++) {
        const ent_own *own = &f->plan->own[v];
        f->first[v] = ent_alloc(arena, own->count + 1, uint64_t);
        for (size_t j = 0; j <= own->count && !own->silent; j++) {
            f->first[v][j] = f->rows;
            f->rows += own->size[j];
        }
        f->answer[v] = f->first[v][own->count];
        f->apart[v] = needs_answers(f, v);
        if (f->apart[v]) {
            f->answer[v] = f->rows;
            f->rows += own->size[own->count];
        }
    }
    size_t words = ROOM / (f->rows + 1);
    size_t all = ((size_t)f->worlds + LANES - 1) / LANES * LANE_WORDS;
    words = words > MOST_WORDS ? MOST_WORDS : words / LANE_WORDS * LANE_WORDS;
    words = words > all ? all : words;
    f->words = words < LANE_WORDS ? LANE_WORDS : words;
}

static void map_unknowns(ent_arena *arena, field *f)
{
    const ent_voters *voters = f->plan->voters;
    f->unknown = ent_alloc(arena, voters->count + 1, uint32_t *);
    for (size_t v = 0; v < voters->count; v++) {
        const ent_stakes *stakes = voters->at[v].stakes;
        f->unknown[v] = ent_alloc(arena, f->plan->space->components + 1, uint32_t);
        memset(f->unknown[v], 0xFF, f->plan->space->components * sizeof **f->unknown);
        for (uint32_t u = 0; u < stakes->k; u++) {
            f->unknown[v][stakes->component[u]] = u;
        }
    }
}

static field make_field(ent_work *work, const ent_own_walk *walk)
{
    const ent_voters *voters = walk->plan->voters;
    field f = {.work = work, .walk = walk, .plan = walk->plan,
               .worlds = voters->at->set->worlds};
    f.councils = ent_binding_councils(work->arena, voters, &f.council_count);
    f.levels = walk->available == NULL || f.council_count > 0;
    lay_out(work->arena, &f);
    map_unknowns(work->arena, &f);
    return f;
}

/* The values of all digits of the voter that has most. */
static size_t most_values(const ent_own_plan *plan)
{
    size_t most = 1;
    for (size_t v = 0; v < plan->voters->count; v++) {
        size_t values = 0;
        for (size_t j = 0; j < plan->own[v].count; j++) {
            values += plan->digits[plan->own[v].digit[j]].radix;
        }
        most = values > most ? values : most;
    }
    return most;
}

static bench make_bench(ent_arena *arena, const field *f)
{
    const ent_own_plan *plan = f->plan;
    size_t voters = plan->voters->count;
    bench b = {.f = f,
               .rows = ent_alloc(arena, (f->rows + 1) * f->words, uint64_t),
               .worth = ent_alloc(arena, most_values(plan) * LANES, float),
               .need = ent_alloc(arena, (plan->digit_count + 1) * LANES, float),
               .mask = ent_alloc(arena, (plan->digit_count + 1) * f->words, uint64_t),
               .found = ent_alloc(arena, f->words, uint64_t),
               .beginning = ent_alloc(arena, voters + 1, uint64_t),
               .counts = ent_alloc(arena, voters + 1, uint32_t *)};
    b.levels = ent_levels_of(arena, plan->space, f->walk->bans);
    for (size_t v = 0; v < voters; v++) {
        b.counts[v] = ent_alloc(arena, plan->own[v].size[plan->own[v].count], uint32_t);
    }
    return b;
}

/* ---- Rows ----------------------------------------------------------------------------------- */

/* What each value of the digit is worth to the voter in LANES worlds from `first` on. */
static void weigh_digit(const field *f, size_t v, const ent_digit *digit, uint32_t first,
                        float *worth)
{
    const ent_voter *voter = &f->plan->voters->at[v];
    const ent_issue *issue = &f->plan->space->issues[digit->issue];
    memset(worth, 0, digit->radix * LANES * sizeof *worth);
    for (uint64_t value = 1; value < digit->radix; value++) {
        uint64_t level = ent_digit_level(digit, value);
        float *row = worth + value * LANES;
        for (uint32_t c = 0; c < issue->components; c++) {
            uint32_t u = f->unknown[v][issue->first + c];
            double on = u == ENT_NONE ? 0 : ent_on(issue, level, c);
            float factor = on > 0 ? (float)(voter->stakes->sign[u] * on) : 0;
            const float *z = on > 0 ? voter->set->z + (size_t)u * voter->set->stride : NULL;
            for (uint32_t w = 0; z != NULL && w < LANES && first + w < voter->set->stride; w++) {
                row[w] += factor * z[first + w];
            }
        }
    }
}

/* The answers of one own outcome in the lanes, counted and put into its row. */
static void take_answers(bench *b, size_t v, uint64_t outcome, size_t lane, const float *worth,
                         const float *need)
{
    const field *f = b->f;
    const ent_own *own = &f->plan->own[v];
    uint64_t row[LANE_WORDS] = {0};
    if (own->keeps == NULL || own->keeps[outcome] != 0) {
        b->counts[v][outcome] += ent_mark_row(worth, need, LANES, row);
    }
    bool free = own->free != NULL && own->free[outcome] != 0;
    size_t at = lane * LANE_WORDS;
    if (f->apart[v]) {
        memcpy(b->rows + (f->answer[v] + outcome) * f->words + at, row, sizeof row);
    }
    if (!own->silent) {
        uint64_t *to = b->rows + (f->first[v][own->count] + outcome) * f->words + at;
        for (size_t i = 0; i < LANE_WORDS; i++) {
            to[i] = free ? UINT64_MAX : row[i];
        }
    }
}

/* All own outcomes that begin so; worth: where the values of the next digit begin. */
static void fill(bench *b, size_t v, size_t depth, uint64_t beginning, size_t lane,
                 const float *worth)
{
    static const float nothing[LANES] = {0};
    const ent_own *own = &b->f->plan->own[v];
    const float *need = b->need + depth * LANES;
    if (depth == own->count) {
        take_answers(b, v, beginning, lane, nothing, need);
        return;
    }
    uint64_t radix = b->f->plan->digits[own->digit[depth]].radix;
    for (uint64_t value = 0; value < radix; value++) {
        uint64_t next = beginning * radix + value;
        if (depth + 1 == own->count) {
            take_answers(b, v, next, lane, worth + value * LANES, need);
        } else {
            ent_sweep_subtract(need, worth + value * LANES, b->need + (depth + 1) * LANES);
            fill(b, v, depth + 1, next, lane, worth + radix * LANES);
        }
    }
}

/* Where a beginning may be accepted: where one of those is that are one digit longer. */
static void join_beginnings(bench *b, size_t v)
{
    const field *f = b->f;
    const ent_own *own = &f->plan->own[v];
    for (size_t j = own->count; j-- > 0 && !own->silent;) {
        uint64_t radix = f->plan->digits[own->digit[j]].radix;
        memset(b->rows + f->first[v][j] * f->words, 0, own->size[j] * f->words * sizeof *b->rows);
        for (uint64_t i = 0; i < own->size[j + 1]; i++) {
            const uint64_t *from = b->rows + (f->first[v][j + 1] + i) * f->words;
            uint64_t *to = b->rows + (f->first[v][j] + i / radix) * f->words;
            for (size_t w = 0; w < f->words; w++) {
                to[w] |= from[w];
            }
        }
    }
}

static void load_voter(bench *b, size_t v)
{
    const field *f = b->f;
    const ent_own *own = &f->plan->own[v];
    const ent_world_set *set = f->plan->voters->at[v].set;
    for (size_t lane = 0; lane * LANE_WORDS < f->words; lane++) {
        uint32_t first = b->world + (uint32_t)(lane * LANES);
        float *worth = b->worth;
        for (size_t j = 0; j < own->count; j++) {
            weigh_digit(f, v, &f->plan->digits[own->digit[j]], first, worth);
            worth += f->plan->digits[own->digit[j]].radix * LANES;
        }
        for (uint32_t w = 0; w < LANES; w++) {
            b->need[w] = first + w < set->worlds ? ent_needed(set->b[first + w]) : INFINITY;
        }
        fill(b, v, 0, 0, lane, b->worth);
    }
    join_beginnings(b, v);
}

/* ---- The walk ------------------------------------------------------------------------------- */

/* to &= row; is anything left? */
ENT_KERNEL
static uint64_t and_row(uint64_t *restrict to, const uint64_t *restrict row, size_t words)
{
    uint64_t any = 0;
    for (size_t w = 0; w < words; w++) {
        to[w] &= row[w];
        any |= to[w];
    }
    return any;
}

/* to = the worlds of the mask that have no deal yet; are there any? */
ENT_KERNEL
static uint64_t without_found(const uint64_t *restrict mask, const uint64_t *restrict found,
                              size_t words, uint64_t *restrict to)
{
    uint64_t any = 0;
    for (size_t w = 0; w < words; w++) {
        to[w] = mask[w] & ~found[w];
        any |= to[w];
    }
    return any;
}

/* Take out the worlds in which the council does not consent. */
static void ask_council(const bench *b, const ent_council *council, uint64_t *mask)
{
    const field *f = b->f;
    const uint64_t *members[ENT_MOST_VOTERS];
    size_t count = 0;
    for (size_t v = 0; v < f->plan->voters->count; v++) {
        const uint64_t *row = b->rows + (f->answer[v] + b->beginning[v]) * f->words;
        if ((council->members >> v & 1) != 0) {
            members[count++] = row;
        }
        if ((council->vetoes >> v & 1) != 0) {
            (void)and_row(mask, row, f->words);
        }
    }
    for (size_t w = 0; w < f->words; w++) {
        mask[w] &= mask[w] != 0 ? ent_enough_votes(members, count, council->votes, w) : 0;
    }
}

/* An outcome with everything fixed that suits all but perhaps the councils in the mask's worlds. */
static void take_outcome(bench *b, uint64_t index, uint64_t *mask)
{
    const field *f = b->f;
    const ent_own_walk *walk = f->walk;
    if (walk->available != NULL ? walk->available[index] == 0
                                : ent_outcome_is_status_quo(f->plan->space, b->levels.low)) {
        return;
    }
    for (size_t k = 0; k < f->council_count; k++) {
        const ent_council *council = &f->councils[k];
        if (ent_is_touched(council->asked, f->plan->space->issue_count, b->levels.low)) {
            ask_council(b, council, mask);
        }
    }
    for (size_t w = 0; w < f->words; w++) {
        b->found[w] |= mask[w];
    }
}

/* The worlds of the node in which the digit's value may be part of a deal. */
static bool enter(bench *b, size_t d, uint64_t value, uint64_t *next)
{
    const field *f = b->f;
    uint64_t any = without_found(b->mask + d * f->words, b->found, f->words, next);
    for (size_t t = f->plan->turn[d]; t < f->plan->turn[d + 1] && any != 0; t++) {
        const ent_own_turn *turn = &f->plan->turns[t];
        if (!f->plan->own[turn->voter].silent) {
            uint64_t row = f->first[turn->voter][turn->depth + 1] + b->beginning[turn->voter] +
                           value;
            any = and_row(next, b->rows + row * f->words, f->words);
        }
    }
    return any != 0;
}

/* One digit more, or less, in the beginnings of those to whom it matters. */
static void move_beginnings(bench *b, size_t d, bool longer)
{
    const ent_own_plan *plan = b->f->plan;
    uint64_t radix = plan->digits[d].radix;
    for (size_t t = plan->turn[d]; t < plan->turn[d + 1]; t++) {
        uint64_t *at = &b->beginning[plan->turns[t].voter];
        *at = longer ? *at * radix : *at / radix;
    }
}

static void add_to_beginnings(bench *b, size_t d, uint64_t value)
{
    const ent_own_plan *plan = b->f->plan;
    for (size_t t = plan->turn[d]; t < plan->turn[d + 1]; t++) {
        b->beginning[plan->turns[t].voter] += value;
    }
}

/* The mask of depth d holds the worlds that may yet have a deal with what is fixed. */
static void descend(bench *b, size_t d, uint64_t index)
{
    const field *f = b->f;
    const ent_own_plan *plan = f->plan;
    if (d == plan->digit_count) {
        take_outcome(b, index, b->mask + d * f->words);
        return;
    }
    const ent_digit *digit = &plan->digits[d];
    move_beginnings(b, d, true);
    for (uint64_t value = digit->radix; value-- > 0;) {
        if (b->words_left < f->words || ent_stopped(f->work)) {
            b->words_left = 0;
            break;
        }
        b->words_left -= f->words;
        if (!enter(b, d, value, b->mask + (d + 1) * f->words)) {
            continue;
        }
        uint64_t high = f->levels ? ent_levels_fix(&b->levels, digit, value) : 0;
        if (f->walk->available != NULL || ent_levels_may_be_had(&b->levels)) {
            add_to_beginnings(b, d, value);
            descend(b, d + 1, index + value * digit->stride);
            for (size_t t = plan->turn[d]; t < plan->turn[d + 1]; t++) {
                b->beginning[plan->turns[t].voter] -= value;
            }
        }
        if (f->levels) {
            ent_levels_unfix(&b->levels, digit, high);
        }
    }
    move_beginnings(b, d, false);
}

/* ---- A block -------------------------------------------------------------------------------- */

static void walk_block(bench *b, uint32_t world)
{
    const field *f = b->f;
    b->world = world;
    b->words_left = f->walk->words;
    memset(b->found, 0, f->words * sizeof *b->found);
    for (size_t w = 0; w < f->words; w++) {
        uint32_t first = world + (uint32_t)w * 64;
        uint32_t left = first < f->worlds ? f->worlds - first : 0;
        b->mask[w] = left >= 64 ? UINT64_MAX : ((uint64_t)1 << left) - 1;
    }
    for (size_t v = 0; v < f->plan->voters->count; v++) {
        load_voter(b, v);
        b->beginning[v] = 0;
        if (!f->plan->own[v].silent) {
            (void)and_row(b->mask, b->rows + f->first[v][0] * f->words, f->words);
        }
    }
    descend(b, 0, 0);
    bool whole = b->words_left > 0;
    for (uint32_t i = 0; i < f->words * 64 && world + i < f->worlds; i++) {
        bool found = (b->found[i / 64] >> i % 64 & 1) != 0;
        f->walk->zone[world + i] = found   ? ENT_WORLD_HAS_DEAL
                                   : whole ? ENT_WORLD_EMPTY
                                           : ENT_WORLD_OPEN;
    }
}

static bool walk_piece(void *user, int thread, uint64_t piece)
{
    bench *b = (bench *)user + thread;
    walk_block(b, (uint32_t)(piece * b->f->words * 64));
    return true;
}

static ent_status walk_all(ent_work *beside, void *argument)
{
    const ent_own_walk *walk = argument;
    field f = make_field(beside, walk);
    uint64_t size = (uint64_t)f.words * 64, blocks = (f.worlds + size - 1) / size;
    int threads = beside->threads < 1 ? 1 : beside->threads;
    threads = (uint64_t)threads > blocks ? (int)blocks : threads;
    bench *benches = ent_alloc(beside->arena, (size_t)threads, bench);
    for (int t = 0; t < threads; t++) {
        benches[t] = make_bench(beside->arena, &f);
    }
    memset(f.walk->zone, ENT_WORLD_OPEN, f.worlds);
    ent_pieces pieces = {.count = blocks, .at_once = 1, .run = walk_piece, .user = benches,
                         .what = "worlds", .each = size, .of = f.worlds, .tell_every = 1};
    bool stopped = !ent_run_pieces(f.work, threads, &pieces) || ent_stopped(f.work);
    for (int t = 0; t < threads; t++) {
        for (size_t v = 0; v < f.plan->voters->count; v++) {
            for (uint64_t i = 0; i < f.plan->own[v].size[f.plan->own[v].count]; i++) {
                walk->counts[v][i] += benches[t].counts[v][i];
            }
        }
    }
    return stopped ? ENT_CANCELLED : ENT_OK;
}

ent_status ent_own_rows(ent_work *work, const ent_own_walk *walk)
{
    ent_own_walk mine = *walk;
    return ent_beside(work, walk_all, &mine);
}
