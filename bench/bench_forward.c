/*
 * Ways forward on a case: menus proved, all questions scored beside a plain loop over worlds,
 * priorities, and the history of all dates beside one zone and list of deals.
 *
 * usage: bench_forward [CASE [WORLDS [THREADS]]]
 */
#include "answers/enquiry_panel.h"
#include "answers/history.h"
#include "answers/menu.h"
#include "answers/priorities.h"
#include "io/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAMPLED = 3 }; /* questions that the plain loop scores */

static double wall(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Of all threads: what another load on the machine does not change much. */
static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct run {
    ent_work work;
    const char *path;
    ent_settings settings;
    ent_case *c;
    ent_analysis analysis;
} run;

static ent_status deals(run *r)
{
    ent_status status = ent_analyse(&r->work, r->c, &r->settings, &r->analysis);
    ent_deals_request request = {.top = 10, .verdicts = true};
    for (size_t a = 0; a < r->analysis.accounts.count && status == ENT_OK; a++) {
        ent_deals found;
        status = ent_answer_deals(&r->work, &r->analysis, a, &request, &found);
        if (status == ENT_OK) {
            status = ent_range_zone(&r->work, &r->analysis, a, &found.zone);
        }
    }
    return status;
}

static ent_status menus(run *r)
{
    for (size_t a = 0; a < r->analysis.accounts.count; a++) {
        ent_menus found;
        ent_status status = ent_answer_menu(&r->work, &r->analysis, a, 3, &found);
        if (status != ENT_OK || found.count == 0) {
            return status;
        }
        const ent_menu *last = &found.at[found.count - 1];
        printf("  %s: a menu of %zu in %.1f%%, best %.1f%%, zone %.1f%%; %s; %zu packages\n",
               r->analysis.accounts.at[a].id, last->size, 100 * last->share,
               100 * found.best.deal.joint, 100 * found.best.zone.share,
               last->proved ? "proved" : "not proved", found.candidates);
    }
    return ENT_OK;
}

/* Every accept question of every party that is asked; seconds of scoring them. */
static ent_status questions(run *r, size_t account, double *fast, double *plain, size_t *count)
{
    ent_arena *arena = r->work.arena;
    ent_best best;
    ent_candidates candidates;
    ent_bits bits = ent_bits_of(arena, &r->analysis, account);
    ent_status status = ent_best_of(&r->work, &r->analysis, account, &best);
    if (status == ENT_OK) {
        status = ent_candidates_of(&r->work, &bits, &best, false, 32768, &candidates);
    }
    if (status != ENT_OK) {
        return status;
    }
    double start = cpu();
    ent_panel panel = ent_panel_of(&r->work, &bits, &candidates, best.deal.levels);
    ent_state state = ent_state_before(&r->work, &panel);
    *count = panel.count * bits.voters.count;
    ent_split *splits = ent_alloc(arena, *count + 1, ent_split);
    for (size_t i = 0; i < *count; i++) {
        splits[i].voter = i / panel.count;
        splits[i].package = i % panel.count;
        splits[i].row = panel.rows[splits[i].voter] + splits[i].package * bits.words;
    }
    const ent_score_wish all = {.best = 0};
    status = ent_score_splits(&r->work, &panel, &state, &all, splits, *count);
    *fast = cpu() - start;
    start = cpu();
    double off = 0;
    for (size_t i = 0; i < SAMPLED && *count > 0; i++) {
        const ent_split *s = &splits[(i + 1) * (*count - 1) / (SAMPLED + 1)];
        double diff = ent_score_plainly(&panel, &state, s) - s->expected;
        off = diff * diff > off * off ? diff : off;
    }
    *plain = (cpu() - start) / SAMPLED;
    if (off > 1e-9 || off < -1e-9) {
        printf("  THE PLAIN LOOP DIFFERS by %g\n", off);
    }
    return status;
}

static ent_status ask(run *r)
{
    for (size_t a = 0; a < r->analysis.accounts.count; a++) {
        double fast, plain;
        size_t count;
        ent_status status = questions(r, a, &fast, &plain, &count);
        if (status != ENT_OK) {
            return status;
        }
        printf("  %s: %zu accept questions scored in %.3f s of processors; a plain loop needs "
               "%.3f s for each, "
               "%.0f times as long\n",
               r->analysis.accounts.at[a].id, count, fast, plain, plain * (double)count / fast);
    }
    return ENT_OK;
}

static ent_status priorities(run *r)
{
    for (size_t a = 0; a < r->analysis.accounts.count; a++) {
        (void)ent_answer_priorities(&r->work, &r->analysis, a);
    }
    return ENT_OK;
}

static ent_status history(run *r)
{
    ent_history found;
    ent_status status = ent_answer_history(&r->work, &r->analysis, &found);
    printf("  %zu dates\n", status == ENT_OK ? found.count : 0);
    return status;
}

static ent_status whole(void *argument)
{
    static const struct {
        const char *name;
        ent_status (*part)(run *r);
    } parts[] = {{"deals, with their worlds", deals}, {"menus of up to three", menus},
                 {"questions", ask},                  {"priorities", priorities},
                 {"history of all dates", history}};
    run *r = argument;
    ent_text text = {.name = r->path};
    ent_status status = ent_disk.read(ent_disk.user, &r->work, r->path, 1 << 24, &text);
    if (status == ENT_OK) {
        status = ent_read_case(&r->work, &ent_disk, &text,
                               ent_path_folder(r->work.arena, r->path), &r->c);
    }
    double one = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == ENT_OK; i++) {
        double start = wall(), spent = cpu();
        status = parts[i].part(r);
        double seconds = wall() - start;
        spent = cpu() - spent;
        one = i == 0 ? spent : one;
        printf("%-26s %8.3f s; processors %8.3f s, %.2f times the deals\n", parts[i].name, seconds,
               spent, spent / one);
    }
    return status;
}

int main(int count, char **words)
{
    run r = {.path = count > 1 ? words[1] : "examples/hanoi.yaml",
             .settings = ent_settings_default()};
    r.settings.worlds = count > 2 ? (uint32_t)strtoul(words[2], NULL, 10) : r.settings.worlds;
    r.work = (ent_work){.arena = ent_arena_create(NULL), .diags = ent_diags_create(),
                        .threads = count > 3 ? atoi(words[3]) : 2};
    printf("%s, %u worlds, %d threads\n", r.path, r.settings.worlds, r.work.threads);
    ent_status status = ent_protect(r.work.arena, whole, &r);
    ent_arena_destroy(r.work.arena);
    ent_diags_destroy(r.work.diags);
    return status == ENT_OK ? 0 : 1;
}
