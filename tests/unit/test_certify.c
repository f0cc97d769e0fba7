/* What is certified of disputes, against all subsets of small random rows. */
#include "unit.h"

#include "base/random.h"
#include "worlds/consistency.h"
#include "worlds/explore.h"

enum { UNKNOWNS = 3, GROUPS = 9, SETS = 1 << GROUPS };

/* Groups of one or two strict rows over importances, of which more than half of them agree. */
static ent_party_rows random_rows(ent_work *work, const ent_stakes *stakes, ent_stream *s)
{
    ent_group *groups = ent_alloc(work->arena, GROUPS, ent_group);
    size_t all = 0;
    for (uint32_t g = 0; g < GROUPS; g++) {
        size_t count = 1 + ent_draw_below(s, 2);
        const ent_row **at = ent_alloc(work->arena, count, const ent_row *);
        for (size_t r = 0; r < count; r++) {
            ent_row *row = ent_alloc(work->arena, 1, ent_row);
            double *a = ent_alloc(work->arena, UNKNOWNS, double);
            for (uint32_t u = 0; u < UNKNOWNS; u++) {
                a[u] = ent_draw_unit(s) * 2 - 0.9;
            }
            *row = (ent_row){.a = a, .strict = true};
            at[r] = row;
        }
        groups[g] = (ent_group){g, at, count};
        all += count;
    }
    return (ent_party_rows){stakes, groups, GROUPS, all};
}

static bool is_consistent(ent_work *work, const ent_party_rows *party, uint32_t mask)
{
    const ent_row *rows[2 * GROUPS];
    size_t count = 0;
    for (uint32_t g = 0; g < GROUPS; g++) {
        for (size_t r = 0; (mask >> g & 1) != 0 && r < party->groups[g].count; r++) {
            rows[count++] = party->groups[g].rows[r];
        }
    }
    ent_oracle *oracle = ent_oracle_create(work->arena, party->stakes);
    return ent_oracle_decide(oracle, rows, count).consistent;
}

static bool is_minimal(const bool *good, uint32_t mask)
{
    bool minimal = !good[mask];
    for (uint32_t g = 0; minimal && g < GROUPS; g++) {
        minimal = (mask >> g & 1) == 0 || good[mask & ~(1u << g)];
    }
    return minimal;
}

static uint32_t mask_of(const ent_mus *mus)
{
    uint32_t mask = 0;
    for (size_t j = 0; j < mus->count; j++) {
        mask |= 1u << mus->groups[j];
    }
    return mask;
}

/*
 * Whatever the search before it was given time for: every dispute of at most the certified size is
 * found, and each that is found is one, listed once.
 */
static void check(ent_work *work, const ent_party_rows *party, const bool *good, uint64_t programs,
                  size_t *disputes)
{
    bool found[SETS] = {false};
    ent_exploration e = ent_explore_begin(work, party, 1000, programs);
    if (programs < UINT32_MAX) { /* it ends early, and is then given as many as it likes */
        assert_int_equal(ent_explore(&e), ENT_OK);
        e.programs = UINT32_MAX;
    }
    size_t size = e.complete ? GROUPS : ent_certify(&e);
    assert_true(size >= UNKNOWNS + 2 && e.complete); /* Helly: no dispute has more */
    for (size_t i = 0; i < e.found.count; i++) {
        uint32_t mask = mask_of(&e.found.at[i]);
        assert_true(is_minimal(good, mask) && !found[mask]);
        found[mask] = true;
    }
    for (uint32_t mask = 0; mask < SETS; mask++) {
        assert_int_equal(found[mask], is_minimal(good, mask));
    }
    *disputes += e.found.count;
}

UNIT(certified_disputes_are_all_that_there_are)
{
    size_t disputes = 0;
    for (uint64_t trial = 0; trial < 40; trial++) {
        static const ent_stakes stakes = {.k = UNKNOWNS};
        ent_stream s = ent_stream_of(trial, 31, 32);
        ent_party_rows party = random_rows(work, &stakes, &s);
        bool good[SETS];
        for (uint32_t mask = 0; mask < SETS; mask++) {
            good[mask] = is_consistent(work, &party, mask);
        }
        check(work, &party, good, UINT32_MAX, &disputes);
        check(work, &party, good, 1 + trial, &disputes);
    }
    assert_true(disputes > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certified_disputes_are_all_that_there_are),
    };
    return cmocka_run_group_tests_name("certify", tests, NULL, NULL);
}
