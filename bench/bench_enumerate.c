/*
 * How fast is enumeration? Outcomes a second on one core, beside the plain search and beside what
 * making the values alone costs, which no enumeration can go below.
 */
#include "bargain/block.h"
#include "scenario_bench.h"

/* Seconds to make all values of the scenario, nothing else. */
static double values_alone(ent_work *work, const ent_scenario *s)
{
    ent_blocks *blocks = ent_blocks_create(work->arena, s);
    uint32_t leading = ent_block_leading(blocks);
    uint64_t *levels = ent_alloc(work->arena, leading + 1, uint64_t);
    double start = bench_cpu();
    for (bool more = true; more;) {
        ent_block_fill(blocks, levels);
        more = false;
        for (uint32_t i = leading; i-- > 0 && !more;) {
            levels[i] = levels[i] + 1 < s->issues[i].levels ? levels[i] + 1 : 0;
            more = levels[i] != 0;
        }
    }
    return bench_cpu() - start;
}

static ent_status body(void *argument)
{
    ent_work *work = argument;
    static const uint32_t levels[] = {10, 10, 10, 10, 10, 10, 10};
    const ent_solve_options options = {.method = ENT_METHOD_ENUMERATION};
    printf("%8s %10s %14s %16s %16s %8s\n", "parties", "frontier", "M outcomes/s", "values alone",
           "plain M/s", "ratio");
    for (uint32_t parties = 2; parties <= 5; parties++) {
        uint32_t issues = parties <= 3 ? 7 : 6;
        ent_scenario s = bench_scenario(work->arena, parties, issues, levels, false, 3);
        ent_solution got;
        double outcomes = pow(10, issues), start = bench_cpu();
        if (ent_solve_scenario(work, &s, &options, &got) != ENT_OK) {
            return ENT_LIMIT;
        }
        double fast = bench_cpu() - start, values = values_alone(work, &s), slow = (double)NAN;
        if (got.count < 5000) {
            start = bench_cpu();
            bench_plain(work->arena, &s);
            slow = bench_cpu() - start;
        }
        printf("%8u %10zu %14.1f %16.1f %16.2f %8.1f\n", parties, got.count,
               outcomes / fast * 1e-6, outcomes / values * 1e-6, outcomes / slow * 1e-6,
               slow / fast);
    }
    return ENT_OK;
}

int main(void)
{
    ent_work work;
    return bench_run(body, &work);
}
