/*
 * How fast is haggling? Boulware against conceder and MiCRO against MiCRO over spaces of several
 * sizes, 100 rounds; beside them the plain way, which looks through all outcomes for each offer.
 */
#include "haggle/negotiation.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct space {
    const char *form;
    uint32_t issues;
    uint64_t levels[8];
} space;

static const space spaces[] = {
    {"3^3", 3, {3, 3, 3}},
    {"7*6*6*4*3", 5, {7, 6, 6, 4, 3}},
    {"5^6", 6, {5, 5, 5, 5, 5, 5}},
    {"5^8", 8, {5, 5, 5, 5, 5, 5, 5, 5}},
};

static ent_scenario make(ent_arena *arena, const space *form)
{
    static const char *const names[] = {"a", "b"};
    ent_stream draw = ent_stream_of(1, 2, form->issues);
    ent_scenario_issue *issues = ent_alloc(arena, form->issues, ent_scenario_issue);
    ent_utility *u = ent_alloc(arena, 2, ent_utility);
    for (uint32_t p = 0; p < 2; p++) {
        const double **part = ent_alloc(arena, form->issues, const double *);
        for (uint32_t i = 0; i < form->issues; i++) {
            double *row = ent_alloc(arena, form->levels[i], double);
            for (uint64_t l = 0; l < form->levels[i]; l++) {
                row[l] = ent_draw_unit(&draw) / form->issues;
            }
            part[i] = row;
            issues[i] = (ent_scenario_issue){.name = "issue", .kind = ENT_INTEGER, .step = 1,
                                             .levels = form->levels[i]};
        }
        u[p] = (ent_utility){.part = part, .scale = 1, .discount = 1};
    }
    return (ent_scenario){.name = "bench", .issue_count = form->issues, .issues = issues,
                          .party_count = 2, .parties = names, .utilities = u};
}

/* The same negotiation with every offer looked for among all outcomes. */
static uint32_t plain(const ent_haggle_table *t, const double *e, uint32_t rounds)
{
    uint32_t last = ENT_NO_ENTRY;
    for (uint32_t k = 0; k < 2 * rounds; k++) {
        const ent_haggle_side *side = &t->side[k % 2];
        double time = (k / 2 + 1.0) / (rounds + 1.0);
        double low = (1 - pow(time, e[k % 2])) * (side->most - side->floor) + side->floor - 1e-4;
        if (last != ENT_NO_ENTRY && side->value[last] >= low) {
            return last;
        }
        double best = HUGE_VAL;
        for (uint32_t x = 0; x < t->count; x++) {
            if (side->value[x] >= low && side->value[x] < best) {
                best = side->value[x];
                last = x;
            }
        }
    }
    return ENT_NO_ENTRY;
}

static double rate(ent_negotiation *n, double seconds, double *offers)
{
    uint64_t runs = 0;
    double start = cpu(), spent;
    *offers = 0;
    do {
        for (int k = 0; k < 64; k++) {
            ent_negotiate(n, runs++);
            *offers += n->result.offers;
        }
        spent = cpu() - start;
    } while (spent < seconds);
    *offers /= (double)runs;
    return (double)runs / spent;
}

static double plain_rate(const ent_haggle_table *t, double seconds)
{
    static const double e[2] = {4, 0.25};
    uint64_t runs = 0;
    double start = cpu(), spent;
    volatile uint32_t kept;
    do {
        kept = plain(t, e, 100);
        runs++;
        spent = cpu() - start;
    } while (spent < seconds);
    (void)kept;
    return (double)runs / spent;
}

static ent_status bench(void *argument)
{
    ent_work *work = argument;
    static const char *const pairs[] = {"boulware,conceder", "micro,micro", "boa,boa"};
    for (size_t k = 0; k < sizeof spaces / sizeof *spaces; k++) {
        ent_scenario s = make(work->arena, &spaces[k]);
        ent_haggle_table t;
        double start = cpu();
        if (ent_haggle_tabulate(work, &s, 0, 1, &t) != ENT_OK) {
            return ENT_INVALID;
        }
        printf("%-10s %7u outcomes, tabulated and sorted in %.2f ms\n", spaces[k].form, t.count,
               1e3 * (cpu() - start));
        for (size_t j = 0; j < sizeof pairs / sizeof *pairs; j++) {
            const ent_chosen_strategy *chosen;
            size_t count;
            double offers, naive = j == 0 ? plain_rate(&t, 0.3) : 0;
            ent_haggle_rules rules = {.rounds = 100, .seed = 1};
            ent_negotiation n;
            if (ent_choose_strategies(work, pairs[j], &chosen, &count) != ENT_OK) {
                return ENT_INVALID;
            }
            ent_negotiation_make(work->arena, &t, &rules, chosen, &n);
            double fast = rate(&n, 0.5, &offers);
            printf("  %-18s %10.0f negotiations/s, %5.1f offers each", pairs[j], fast, offers);
            if (naive > 0) {
                printf(", %.0f times the plain way", fast / naive);
            }
            printf("\n");
        }
    }
    return ENT_OK;
}

int main(void)
{
    ent_work work = {.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1};
    ent_status status = ent_protect(work.arena, bench, &work);
    ent_arena_destroy(work.arena);
    ent_diags_destroy(work.diags);
    return ent_status_exit(status);
}
