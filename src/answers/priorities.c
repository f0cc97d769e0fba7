#include "answers/priorities.h"

#include <stdlib.h>
#include <string.h>

/* An importance that differs by less is a tie: linear programs are solved to about 1e-9. */
#define SAME 1e-9

const bool *ent_unpriced_issues(ent_arena *arena, const ent_analysis *analysis, size_t account,
                                uint32_t party)
{
    const ent_case *c = analysis->c;
    const ent_stakes *stakes = analysis->stakes[party];
    const ent_polytope *polytope = &analysis->worlds[account].polytopes[party];
    bool *unpriced = ent_alloc(arena, c->space.issue_count + 1, bool);
    for (uint32_t g = 0; g < stakes->groups && stakes->exact == NULL; g++) {
        unpriced[stakes->group_issue[g]] = true;
    }
    for (size_t r = 0; r < polytope->row_count; r++) {
        const ent_row *row = &polytope->rows[r];
        /* A row that no claim of the case puts there (ENT_NONE) leaves nothing open. */
        const bool *open = row->statement >= c->statement_count
                               ? NULL
                               : c->statements[row->statement].claims[row->claim].open;
        for (uint32_t g = 0; g < stakes->groups; g++) {
            uint32_t issue = stakes->group_issue[g];
            bool touched = false;
            for (uint32_t u = stakes->group_start[g]; u < stakes->group_start[g + 1]; u++) {
                touched = touched || row->a[u] != 0;
            }
            if (touched && (open == NULL || !open[issue])) {
                unpriced[issue] = false;
            }
        }
    }
    return unpriced;
}

/* a[k]: importance of group `more` less that of group `less` (ENT_NONE: of nothing). */
static void difference(const ent_stakes *stakes, uint32_t more, uint32_t less, double *a)
{
    memset(a, 0, (stakes->k + 1) * sizeof *a);
    for (uint32_t u = stakes->group_start[more]; u < stakes->group_start[more + 1]; u++) {
        a[u] = 1;
    }
    for (uint32_t u = less == ENT_NONE ? 0 : stakes->group_start[less];
         less != ENT_NONE && u < stakes->group_start[less + 1]; u++) {
        a[u] = -1;
    }
}

static ent_interval range_of(const ent_account_worlds *worlds, const ent_stakes *stakes,
                             const double *a)
{
    ent_interval range;
    if (stakes->exact != NULL) {
        double sum = 0;
        for (uint32_t u = 0; u < stakes->k; u++) {
            sum += a[u] * stakes->exact[u];
        }
        range = (ent_interval){sum, sum};
    } else {
        range = ent_oracle_range(worlds->oracles[stakes->party], a, 0, 0);
    }
    return range;
}

static double within_unit(double value)
{
    return value < SAME ? 0 : value > 1 - SAME ? 1 : value;
}

static int ascending(const void *left, const void *right)
{
    float a = *(const float *)left;
    float b = *(const float *)right;
    return (a > b) - (a < b);
}

enum { BINS = 1024 };

/* The worlds' importances of one issue, and room to sort some of them. */
typedef struct sample {
    float *value;  /* [worlds] */
    float *sorted; /* [worlds] */
    uint32_t worlds;
    float low, high;
    uint32_t count[BINS];
} sample;

static uint32_t bin_of(const sample *s, float value)
{
    uint32_t bin = (uint32_t)((value - s->low) / (s->high - s->low) * BINS);
    return bin < BINS ? bin : BINS - 1;
}

/* The value at the place in ascending order: that of its bin which comes there. O(worlds). */
static double value_at(const sample *s, uint32_t place)
{
    uint32_t bin = 0, before = 0, n = 0;
    if (!(s->high > s->low)) {
        return (double)s->low;
    }
    while (before + s->count[bin] <= place) {
        before += s->count[bin++];
    }
    for (uint32_t w = 0; w < s->worlds; w++) {
        if (bin_of(s, s->value[w]) == bin) {
            s->sorted[n++] = s->value[w];
        }
    }
    qsort(s->sorted, n, sizeof *s->sorted, ascending);
    return (double)s->sorted[place - before];
}

/* Median and the limits of the middle eight tenths: order statistics of the worlds. */
static void sample_group(const ent_stakes *stakes, const ent_world_set *set, uint32_t group,
                         sample *s, ent_priority *p)
{
    memset(s->value, 0, s->worlds * sizeof *s->value);
    for (uint32_t u = stakes->group_start[group]; u < stakes->group_start[group + 1]; u++) {
        for (uint32_t w = 0; w < s->worlds; w++) {
            s->value[w] += set->z[(size_t)u * set->stride + w];
        }
    }
    s->low = s->high = s->value[0];
    for (uint32_t w = 1; w < s->worlds; w++) {
        s->low = s->value[w] < s->low ? s->value[w] : s->low;
        s->high = s->value[w] > s->high ? s->value[w] : s->high;
    }
    memset(s->count, 0, sizeof s->count);
    for (uint32_t w = 0; w < s->worlds && s->high > s->low; w++) {
        s->count[bin_of(s, s->value[w])]++;
    }
    uint32_t last = s->worlds - 1;
    p->middle = value_at(s, last / 2);
    p->most = (ent_interval){value_at(s, last / 10), value_at(s, last - last / 10)};
}

static void rank(ent_arena *arena, const ent_account_worlds *worlds, const ent_stakes *stakes,
                 ent_priority *at)
{
    double *a = ent_alloc(arena, stakes->k + 1, double);
    for (uint32_t g = 0; g < stakes->groups; g++) {
        at[g].best_rank = 1;
        at[g].worst_rank = stakes->groups;
    }
    for (uint32_t i = 0; i < stakes->groups; i++) {
        for (uint32_t j = i + 1; j < stakes->groups; j++) {
            difference(stakes, i, j, a);
            ent_interval range = range_of(worlds, stakes, a);
            bool above = range.low >= -SAME && range.high > SAME;
            bool below = range.high <= SAME && range.low < -SAME;
            at[j].best_rank += above;
            at[i].worst_rank -= above;
            at[i].best_rank += below;
            at[j].worst_rank -= below;
        }
    }
}

static ent_priorities priorities_of(ent_arena *arena, const ent_analysis *analysis, size_t account,
                                    uint32_t party, sample *s)
{
    const ent_stakes *stakes = analysis->stakes[party];
    const ent_account_worlds *worlds = &analysis->worlds[account];
    ent_priority *at = ent_alloc(arena, (size_t)stakes->groups + 1, ent_priority);
    const bool *unpriced = ent_unpriced_issues(arena, analysis, account, party);
    double *a = ent_alloc(arena, stakes->k + 1, double);
    for (uint32_t g = 0; g < stakes->groups; g++) {
        at[g].issue = stakes->group_issue[g];
        at[g].unpriced = unpriced[at[g].issue];
        difference(stakes, g, ENT_NONE, a);
        ent_interval range = range_of(worlds, stakes, a);
        at[g].importance = (ent_interval){within_unit(range.low), within_unit(range.high)};
        sample_group(stakes, &worlds->sets[party], g, s, &at[g]);
    }
    rank(arena, worlds, stakes, at);
    return (ent_priorities){party, at, stakes->groups};
}

const ent_priorities *ent_answer_priorities(ent_work *work, const ent_analysis *analysis,
                                            size_t account)
{
    const ent_case *c = analysis->c;
    ent_priorities *parties = ent_alloc(work->arena, c->party_count + 1, ent_priorities);
    sample *s = ent_alloc(work->arena, 1, sample);
    s->worlds = analysis->settings.worlds;
    s->value = ent_alloc(work->arena, (size_t)s->worlds + 1, float);
    s->sorted = ent_alloc(work->arena, (size_t)s->worlds + 1, float);
    for (uint32_t p = 0; p < c->party_count; p++) {
        parties[p] = priorities_of(work->arena, analysis, account, p, s);
    }
    return parties;
}
