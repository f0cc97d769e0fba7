/*
 * How fast are consistency, the first dispute and all disputes? Times of the oracle by size, from
 * scratch and with one row added; a record of 200 statements with 20 planted disputes; growing an
 * account on warm oracles beside the naive way, which decides every set afresh.
 */
#include "../tests/unit/planted.h"
#include "worlds/beliefs.h"
#include "worlds/dispute.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* m rows of packages' values, true or not of a hidden world, as statements are. */
static const ent_row **random_rows(ent_arena *arena, uint32_t k, size_t count, bool all_true)
{
    ent_stream random = ent_stream_of(3, k, count);
    const ent_row **at = ent_alloc(arena, count, const ent_row *);
    for (size_t i = 0; i < count; i++) {
        double *a = ent_alloc(arena, k, double);
        double value = 0;
        for (uint32_t j = 0; j < k; j++) {
            a[j] = ent_draw_below(&random, 2) == 0 ? 0 : j % 2 == 0 ? 1 : -1;
            value += a[j] / k;
        }
        bool accept = value > 0 || (!all_true && i % 50 == 49);
        ent_row *row = ent_alloc(arena, 1, ent_row);
        for (uint32_t j = 0; j < k; j++) {
            a[j] = accept ? a[j] : -a[j];
        }
        *row = (ent_row){.a = a, .strict = !accept};
        at[i] = row;
    }
    return at;
}

static void time_oracle(ent_arena *arena, uint32_t k, size_t count, bool all_true)
{
    ent_stakes stakes = {.k = k};
    const ent_row **rows = random_rows(arena, k, count, all_true);
    ent_oracle *o = ent_oracle_create(arena, &stakes);
    size_t turns = 0;
    double start = cpu();
    double cold;
    do {
        ent_oracle_decide(o, rows, count);
        turns++;
        cold = cpu() - start;
    } while (cold < 0.1);
    cold /= (double)turns;
    size_t asked = 0;
    ent_oracle_decide(o, rows, count - 1);
    start = cpu();
    double warm;
    do {
        ent_oracle_with(o, rows + count - 1, 1, NULL);
        asked++;
        warm = cpu() - start;
    } while (warm < 0.1);
    warm /= (double)asked;
    printf("  %3u unknowns %4zu rows, %-12s  %8.1f us   one row more %6.2f us   ratio %5.0f\n", k,
           count, all_true ? "consistent" : "inconsistent", 1e6 * cold, 1e6 * warm, cold / warm);
}

static ent_case *planted_case(ent_work *work, const planting *p)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    const char *yaml = planted_yaml(work->arena, p);
    *text = (ent_text){"planted", yaml, strlen(yaml)};
    ent_case *c = NULL;
    if (ent_read_case(work, NULL, text, "", &c) != ENT_OK) {
        printf("the planted case does not read\n");
        exit(1);
    }
    return c;
}

static void time_disputes(ent_work *work, const ent_case *c, const bool *on, const char *name)
{
    bool consistent;
    const ent_dispute *first;
    double start = cpu();
    (void)ent_consistent(work, c, on, &consistent, &first);
    double one = cpu() - start;
    ent_disputes all;
    start = cpu();
    (void)ent_find_disputes(work, c, on, (ent_dispute_limits){0}, &all);
    double rest = cpu() - start;
    char reach[40] = "all there are, proved";
    if (!all.complete) {
        snprintf(reach, sizeof reach, "all up to %zu statements, proved", all.all_up_to);
    }
    printf("  %-34s first %5.2f ms; %zu disputes in %.2f s (%s), %llu programs, %.0f a second\n",
           name, 1e3 * one, all.count, rest, reach, (unsigned long long)all.programs,
           (double)all.programs / rest);
}

/* The naive way: every statement is tried by deciding everything so far from scratch. */
static double grow_afresh(ent_work *work, const ent_case *c, const bool *on, size_t *taken)
{
    double start = cpu();
    ent_beliefs beliefs = ent_beliefs_of(work->arena, c, on);
    *taken = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_party_rows *rows = &beliefs.parties[p];
        ent_asker asker = ent_asker_of(work->arena, rows);
        uint32_t *groups = ent_alloc(work->arena, rows->count + 1, uint32_t);
        size_t count = 0;
        for (uint32_t g = 0; g < rows->count; g++) {
            groups[count] = g;
            count += ent_ask_groups(&asker, groups, count + 1).consistent;
        }
        *taken += count;
    }
    return cpu() - start;
}

static double grow_warm(ent_work *work, const ent_case *c, const bool *on)
{
    ent_accounts accounts;
    double start = cpu();
    (void)ent_grow_accounts(work, c, &(ent_view){on, NULL, NULL}, &accounts);
    return (cpu() - start) / (double)accounts.count;
}

static void bench_planted(ent_work *work)
{
    for (int form = 0; form < 3; form++) {
        planting p = {.statements = 200, .disputes = 20, .plain = form == 2 ? 24 : 12,
                      .one_party = form == 1, .seed = 1};
        ent_case *c = planted_case(work, &p);
        bool *on = ent_alloc(work->arena, c->statement_count, bool);
        memset(on, 1, c->statement_count);
        const char *names[] = {"20 planted, two parties", "20 planted, one party",
                               "20 planted, 74 components a party"};
        time_disputes(work, c, on, names[form]);
    }
}

static void bench_account(ent_work *work)
{
    planting p = {.statements = 200, .plain = 24, .seed = 2};
    ent_case *c = planted_case(work, &p);
    bool *on = ent_alloc(work->arena, c->statement_count, bool);
    memset(on, 1, c->statement_count);
    size_t taken;
    double naive = grow_afresh(work, c, on, &taken);
    double warm = grow_warm(work, c, on);
    printf("an account of %zu statements: %.2f ms; every set afresh %.2f ms; ratio %.1f\n", taken,
           1e3 * warm, 1e3 * naive, naive / warm);
}

static ent_status body(void *argument)
{
    ent_work *work = argument;
    printf("consistency: a set of rows decided, processor time\n");
    static const uint32_t sizes[][2] = {{10, 30}, {20, 60}, {20, 200}, {60, 300}};
    for (size_t i = 0; i < 4; i++) {
        time_oracle(work->arena, sizes[i][0], sizes[i][1], true);
        time_oracle(work->arena, sizes[i][0], sizes[i][1], false);
    }
    printf("disputes: 200 statements\n");
    bench_planted(work);
    bench_account(work);
    return ENT_OK;
}

int main(void)
{
    ent_work work = {.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1};
    ent_status status = ent_protect(work.arena, body, &work);
    ent_arena_destroy(work.arena);
    ent_diags_destroy(work.diags);
    return status == ENT_OK ? 0 : 1;
}
