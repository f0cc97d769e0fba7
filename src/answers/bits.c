#include "answers/bits.h"

#include "base/kernel.h"
#include "base/pieces.h"

#include <string.h>

/* Whether a function can be built for one instruction set among others. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
#define ENT_WIDE 1
#include <immintrin.h>
#else
#define ENT_WIDE 0
#endif

enum {
    LANES = 512,      /* worlds of a block: a few kilobytes for each issue */
    TABLED = 64,      /* levels of an issue whose worths are kept for a block */
    LANE_WORDS = LANES / 64
};

/*
 * Counting loops, built three times: with vpopcntq (8 words at once), with popcnt, and plain. That
 * clones for one instruction set cannot be named to target_clones, so the choice is made here.
 */
#define COUNT_LOOP(name, word)                                                                     \
    static uint32_t name(const uint64_t *a, const uint64_t *b, size_t words)                       \
    {                                                                                              \
        uint64_t count = 0;                                                                        \
        for (size_t i = 0; i < words; i++) {                                                       \
            count += (uint64_t)__builtin_popcountll(word);                                         \
        }                                                                                          \
        return (uint32_t)count;                                                                    \
    }
#define BOTH a[i] & b[i]
#define BEYOND a[i] & ~b[i]

#if ENT_WIDE
__attribute__((target("avx512f,avx512vpopcntdq"))) COUNT_LOOP(both_wide, BOTH)
__attribute__((target("avx512f,avx512vpopcntdq"))) COUNT_LOOP(beyond_wide, BEYOND)
__attribute__((target("popcnt"))) COUNT_LOOP(both_narrow, BOTH)
__attribute__((target("popcnt"))) COUNT_LOOP(beyond_narrow, BEYOND)
#define CHOOSE(name)                                                                               \
    (__builtin_cpu_supports("avx512vpopcntdq") ? name##_wide                                       \
     : __builtin_cpu_supports("popcnt")        ? name##_narrow                                     \
                                               : name##_plain)
#else
#define CHOOSE(name) name##_plain
#endif
COUNT_LOOP(both_plain, BOTH)
COUNT_LOOP(beyond_plain, BEYOND)

uint32_t ent_count_both(const uint64_t *a, const uint64_t *b, size_t words)
{
    return CHOOSE(both)(a, b, words);
}

uint32_t ent_count_beyond(const uint64_t *row, const uint64_t *covered, size_t words)
{
    return CHOOSE(beyond)(row, covered, words);
}

uint32_t ent_count_row(const uint64_t *row, size_t words)
{
    return ent_count_both(row, row, words);
}

bool ent_row_within(const uint64_t *row, const uint64_t *other, size_t words)
{
    for (size_t i = 0; i < words; i++) {
        if ((row[i] & ~other[i]) != 0) {
            return false;
        }
    }
    return true;
}

ent_bits ent_bits_of(ent_arena *arena, const ent_analysis *analysis, size_t account)
{
    uint32_t worlds = analysis->settings.worlds;
    return (ent_bits){.analysis = analysis,
                      .account = account,
                      .worlds = worlds,
                      .words = ((size_t)worlds + 63) / 64,
                      .voters = ent_voters_of(arena, analysis, account)};
}

/* ---- One voter's rows --------------------------------------------------------------------- */

/* What one thread works with: all of it belongs to the block of worlds it is at. */
typedef struct bench {
    float **worth; /* [groups][levels][LANES] of issues with few levels; NULL for long ones */
    float *need;   /* [groups + 1][LANES] what is still needed after so many groups */
} bench;

/* What is the same for all blocks. */
typedef struct filling {
    const ent_bits *bits;
    const ent_space *space;
    const ent_voter *voter;
    const uint64_t *levels;
    size_t count;
    const bool *crossed; /* [count] across a line of the party */
    uint64_t *rows;
} filling;

ENT_KERNEL static void take(const float *restrict from, const float *restrict worth,
                            uint32_t lanes, float *restrict to)
{
    for (uint32_t w = 0; w < lanes; w++) {
        to[w] = from[w] - worth[w];
    }
}

ENT_KERNEL static void add_scaled(const float *restrict z, float factor, uint32_t lanes,
                                  float *restrict to)
{
    for (uint32_t w = 0; w < lanes; w++) {
        to[w] += factor * z[w];
    }
}

/*
 * Bit w of the row: is what is needed there met by the worth, need - worth <= 0? Without overflow
 * that is need <= worth, in IEEE arithmetic with its subnormal numbers exactly.
 */
ENT_KERNEL_COUNT static void mark_plain(const float *restrict need, const float *restrict worth,
                                        uint32_t lanes, uint64_t *restrict row)
{
    uint8_t met[LANES];
    for (uint32_t w = 0; w < lanes; w++) {
        met[w] = need[w] <= worth[w];
    }
    /*
     * Eight bytes of 0 or 1 to eight bits: the product puts byte i, which stands at bit 8i, at bit
     * 56 + i, and nothing else comes there. Bytes are read as little-endian machines have them.
     */
    for (uint32_t w = 0; w < lanes; w += 64) {
        uint64_t word = 0;
        for (uint32_t i = 0; i < 8; i++) {
            uint64_t bytes;
            memcpy(&bytes, met + w + (size_t)8 * i, sizeof bytes);
            word |= (bytes * UINT64_C(0x0102040810204080) >> 56) << 8 * i;
        }
        row[w / 64] = word;
    }
}

#if ENT_WIDE
/* A comparison of 16 worlds leaves 16 bits. */
__attribute__((target("avx512f"))) static void mark_wide(const float *restrict need,
                                                         const float *restrict worth,
                                                         uint32_t lanes, uint64_t *restrict row)
{
    for (uint32_t w = 0; w < lanes; w += 64) {
        uint64_t word = 0;
        for (uint32_t i = 0; i < 64; i += 16) {
            __mmask16 met = _mm512_cmp_ps_mask(_mm512_loadu_ps(need + w + i),
                                               _mm512_loadu_ps(worth + w + i), _CMP_LE_OQ);
            word |= (uint64_t)met << i;
        }
        row[w / 64] = word;
    }
}

static void mark_met(const float *need, const float *worth, uint32_t lanes, uint64_t *row)
{
    if (__builtin_cpu_supports("avx512f")) {
        mark_wide(need, worth, lanes, row);
    } else {
        mark_plain(need, worth, lanes, row);
    }
}
#else
static void mark_met(const float *need, const float *worth, uint32_t lanes, uint64_t *row)
{
    mark_plain(need, worth, lanes, row);
}
#endif

uint32_t ent_mark_row(const float *worth, const float *need, uint32_t lanes, uint64_t *row)
{
    mark_met(need, worth, lanes, row);
    return ent_count_row(row, lanes / 64);
}

/* worth = what the level of the group's issue is worth in the worlds from `first` on. */
static void weigh(const filling *f, uint32_t group, uint64_t level, uint32_t first, uint32_t lanes,
                  float *worth)
{
    const ent_stakes *stakes = f->voter->stakes;
    const ent_issue *issue = &f->space->issues[stakes->group_issue[group]];
    memset(worth, 0, lanes * sizeof *worth);
    for (uint32_t u = stakes->group_start[group]; u < stakes->group_start[group + 1]; u++) {
        double on = ent_on(issue, level, stakes->component[u] - issue->first);
        if (on > 0) {
            add_scaled(f->voter->set->z + (size_t)u * f->voter->set->stride + first,
                       (float)(stakes->sign[u] * on), lanes, worth);
        }
    }
}

static void load_block(const filling *f, uint32_t first, uint32_t lanes, bench *b)
{
    const ent_stakes *stakes = f->voter->stakes;
    for (uint32_t g = 0; g < stakes->groups; g++) {
        uint64_t levels = f->space->issues[stakes->group_issue[g]].levels;
        for (uint64_t level = 0; b->worth[g] != NULL && level < levels; level++) {
            weigh(f, g, level, first, lanes, b->worth[g] + level * LANES);
        }
    }
    for (uint32_t w = 0; w < lanes; w++) {
        b->need[w] = ent_needed(f->voter->set->b[first + w]);
    }
}

/* The first group in which the package differs from the one before it; `groups` if in none. */
static uint32_t first_changed(const filling *f, size_t package)
{
    const ent_stakes *stakes = f->voter->stakes;
    const uint64_t *now = f->levels + package * f->space->issue_count;
    const uint64_t *before = now - f->space->issue_count;
    uint32_t g = 0;
    while (g < stakes->groups && now[stakes->group_issue[g]] == before[stakes->group_issue[g]]) {
        g++;
    }
    return g;
}

static void fill_block(const filling *f, uint32_t first, uint32_t lanes, bench *b)
{
    const ent_stakes *stakes = f->voter->stakes;
    uint64_t row[LANE_WORDS] = {0};
    load_block(f, first, lanes, b);
    if (stakes->groups == 0) {
        mark_met(b->need, b->need + LANES, lanes, row); /* nothing is worth anything: 0 */
    }
    for (size_t i = 0; i < f->count; i++) {
        uint32_t g = i == 0 ? 0 : first_changed(f, i);
        uint32_t last = stakes->groups - 1;
        for (; g < stakes->groups; g++) {
            uint64_t level = f->levels[i * f->space->issue_count + stakes->group_issue[g]];
            float *to = b->need + (size_t)(g + 1) * LANES;
            float *worth = b->worth[g];
            if (worth == NULL) {
                worth = b->need + (size_t)(stakes->groups + 1) * LANES;
                weigh(f, g, level, first, lanes, worth);
                level = 0;
            }
            if (g < last) {
                take(b->need + (size_t)g * LANES, worth + level * LANES, lanes, to);
            } else {
                mark_met(b->need + (size_t)g * LANES, worth + level * LANES, lanes, row);
            }
        }
        uint64_t *to = f->rows + i * f->bits->words + first / 64;
        for (uint32_t w = 0; w < lanes / 64; w++) {
            to[w] = f->crossed[i] ? 0 : row[w];
        }
    }
}

static bench make_bench(ent_arena *arena, const filling *f)
{
    const ent_stakes *stakes = f->voter->stakes;
    bench b = {.worth = ent_alloc(arena, (size_t)stakes->groups + 1, float *),
               .need = ent_alloc(arena, ((size_t)stakes->groups + 2) * LANES, float)};
    for (uint32_t g = 0; g < stakes->groups; g++) {
        uint64_t levels = f->space->issues[stakes->group_issue[g]].levels;
        b.worth[g] = levels > TABLED ? NULL : ent_alloc(arena, levels * LANES, float);
    }
    return b;
}

static const bool *crossings(ent_arena *arena, const filling *f, uint32_t party)
{
    const ent_lines *lines = &f->voter->lines;
    bool *crossed = ent_alloc(arena, f->count + 1, bool);
    for (size_t i = 0; lines->count > 0 && i < f->count; i++) {
        crossed[i] = ent_line_crossed(f->space, lines, party,
                                      f->levels + i * f->space->issue_count) != NULL;
    }
    return crossed;
}

typedef struct turns {
    const filling *f;
    bench *benches; /* [threads] */
} turns;

static void fill_piece(void *user, int thread, uint64_t piece)
{
    const turns *t = user;
    uint32_t stride = (uint32_t)t->f->bits->words * 64, first = (uint32_t)piece * LANES;
    fill_block(t->f, first, stride - first < LANES ? stride - first : LANES, &t->benches[thread]);
}

void ent_fill_rows(ent_work *work, const ent_bits *bits, size_t voter, const uint64_t *levels,
                   size_t count, uint64_t *rows)
{
    ent_arena *scratch = work->arena;
    filling f = {bits, &bits->analysis->c->space, &bits->voters.at[voter], levels, count, NULL,
                 rows};
    f.crossed = crossings(scratch, &f, bits->voters.party[voter]);
    int threads = work->threads < 1 ? 1 : work->threads;
    bench *benches = ent_alloc(scratch, (size_t)threads, bench);
    for (int t = 0; t < threads; t++) {
        benches[t] = make_bench(scratch, &f);
    }
    turns all = {&f, benches};
    ent_run_team(threads, (bits->words * 64 + LANES - 1) / LANES, fill_piece, &all);
    uint64_t last = bits->worlds % 64 == 0 ? UINT64_MAX : (UINT64_C(1) << bits->worlds % 64) - 1;
    for (size_t i = 0; i < count; i++) {
        rows[i * bits->words + bits->words - 1] &= last;
    }
}

/* ---- All that are asked -------------------------------------------------------------------- */

static size_t voter_of(const ent_bits *bits, uint32_t party)
{
    size_t v = 0;
    while (bits->voters.party[v] != party) {
        v++;
    }
    return v;
}

/*
 * Members are added one by one to counters whose binary digits lie in seven words, one bit of each
 * a world.
 */
uint64_t ent_enough_votes(const uint64_t *const *members, size_t count, uint32_t votes,
                          size_t word)
{
    uint64_t digit[7] = {0};
    for (size_t m = 0; m < count; m++) {
        uint64_t carry = members[m][word];
        for (int i = 0; i < 7; i++) {
            uint64_t sum = digit[i] ^ carry;
            carry &= digit[i];
            digit[i] = sum;
        }
    }
    /* count >= votes: from the lowest digit up, a greater digit decides, an equal one passes on. */
    uint64_t at_least = UINT64_MAX;
    for (int i = 0; i < 7; i++) {
        at_least = (votes >> i & 1) != 0 ? digit[i] & at_least : digit[i] | at_least;
    }
    return votes > 127 ? 0 : at_least;
}

static void join_council(const ent_bits *bits, const ent_council *council,
                         const uint64_t *const *rows, uint64_t *joint)
{
    const uint64_t *members[64];
    size_t count = 0;
    for (uint64_t left = council->members; left != 0; left &= left - 1) {
        members[count++] = rows[voter_of(bits, (uint32_t)__builtin_ctzll(left))];
    }
    for (size_t w = 0; w < bits->words; w++) {
        for (uint64_t left = council->vetoes; left != 0 && joint[w] != 0; left &= left - 1) {
            joint[w] &= rows[voter_of(bits, (uint32_t)__builtin_ctzll(left))][w];
        }
        if (joint[w] != 0) {
            joint[w] &= ent_enough_votes(members, count, council->votes, w);
        }
    }
}

void ent_join_rows(const ent_bits *bits, const uint64_t *levels, const uint64_t *const *rows,
                   uint64_t *joint)
{
    const ent_case *c = bits->analysis->c;
    const ent_councils *councils = &bits->analysis->councils;
    uint64_t last = bits->worlds % 64 == 0 ? UINT64_MAX : (UINT64_C(1) << bits->worlds % 64) - 1;
    memset(joint, 0xFF, bits->words * sizeof *joint);
    joint[bits->words - 1] = last;
    for (size_t v = 0; v < bits->voters.count; v++) {
        const ent_party *party = &c->parties[bits->voters.party[v]];
        if (ent_party_votes(party, c->space.issue_count, levels)) {
            for (size_t w = 0; w < bits->words; w++) {
                joint[w] &= rows[v][w];
            }
        }
    }
    for (size_t k = 0; k < councils->count; k++) {
        if (!councils->at[k].implied &&
            ent_is_touched(councils->at[k].asked, c->space.issue_count, levels)) {
            join_council(bits, &councils->at[k], rows, joint);
        }
    }
}
