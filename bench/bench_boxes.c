/*
 * How fast are frontiers of boxes? Random domains as large as those of the 2014 competition (10 to
 * 50 issues of ten levels, 40 to 200 boxes of one to four bounds), each with its proof. Folders
 * given as arguments are solved too.
 */
#include "io/scenario.h"
#include "scenario_bench.h"

static int folder_count;
static char **folders;

static const ent_box *draw_boxes(ent_arena *arena, ent_stream *stream, uint32_t issues,
                                 uint32_t count)
{
    ent_box *boxes = ent_alloc(arena, count, ent_box);
    for (uint32_t k = 0; k < count; k++) {
        uint64_t *low = ent_alloc(arena, issues, uint64_t);
        uint64_t *high = ent_alloc(arena, issues, uint64_t);
        for (uint32_t i = 0; i < issues; i++) {
            high[i] = 9;
        }
        for (uint32_t bounds = 1 + ent_draw_below(stream, 4); bounds-- > 0;) {
            uint32_t i = ent_draw_below(stream, issues), width = 3 + ent_draw_below(stream, 4);
            low[i] = ent_draw_below(stream, 11 - width);
            high[i] = low[i] + width - 1;
        }
        boxes[k] = (ent_box){low, high, 1 + ent_draw_below(stream, 99), false};
    }
    return boxes;
}

static void print(ent_work *work, const char *name, const ent_scenario *s)
{
    ent_solution got;
    char outcomes[ENT_BIG_ROOM];
    double start = bench_cpu();
    (void)ent_solve_scenario(work, s, NULL, &got);
    double seconds = bench_cpu() - start;
    size_t boxes = 0;
    for (uint32_t p = 0; p < s->party_count; p++) {
        boxes += s->utilities[p].box_count;
    }
    printf("%-20s %u 10^%-4zu %5zu %8zu %10.1f ms  %s\n", name, s->party_count,
           strlen(ent_big_text(&got.outcomes, outcomes)) - 1, boxes, got.count, seconds * 1e3,
           got.proved ? got.method : "not proved");
}

static ent_status body(void *argument)
{
    ent_work *work = argument;
    static const uint32_t sizes[][3] = {{10, 20, 2}, {20, 40, 2}, {30, 60, 2}, {40, 80, 2},
                                        {50, 100, 2}, {10, 6, 3}, {10, 10, 3}, {15, 15, 3},
                                        {20, 20, 3}, {10, 6, 4}};
    printf("%-20s %s %-7s %5s %8s\n", "domain", "n", "outcomes", "boxes", "frontier");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        uint32_t issues = sizes[k][0], parties = sizes[k][2];
        ent_stream stream = ent_stream_of(1, k, 0);
        ent_scenario_issue *list = ent_alloc(work->arena, issues, ent_scenario_issue);
        ent_utility utilities[4];
        for (uint32_t i = 0; i < issues; i++) {
            list[i] = (ent_scenario_issue){.name = "issue", .kind = ENT_INTEGER, .levels = 10,
                                           .step = 1};
        }
        for (uint32_t p = 0; p < parties; p++) {
            utilities[p] = (ent_utility){
                .boxes = draw_boxes(work->arena, &stream, issues, sizes[k][1]),
                .box_count = sizes[k][1], .scale = 1};
        }
        ent_scenario s = {.name = "random", .issue_count = issues, .issues = list,
                          .party_count = parties, .utilities = utilities};
        print(work, "random", &s);
    }
    for (int i = 0; i < folder_count; i++) {
        ent_scenario *s;
        if (ent_read_scenario(work, &ent_disk, folders[i], NULL, 0, &s) != ENT_OK) {
            return ENT_INVALID;
        }
        const char *slash = strrchr(folders[i], '/');
        print(work, slash != NULL ? slash + 1 : folders[i], s);
    }
    return ENT_OK;
}

int main(int argc, char **argv)
{
    ent_work work;
    folder_count = argc - 1;
    folders = argv + 1;
    return bench_run(body, &work);
}
