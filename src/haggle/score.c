/*
 * The leagues' definitions are those of their own code: NegMAS 0.16.0, make_scores() and
 * calc_outcome_optimality(); anl 0.1.13, DEFAULT2024SETTINGS (the mean of `advantage`).
 */
#include "haggle/score.h"

#include <math.h>
#include <string.h>

static double advantage(const ent_scored *run, uint32_t party)
{
    return run->advantage[party];
}

static double agreement(const ent_scored *run, uint32_t party)
{
    (void)party;
    return run->agreed;
}

/*
 * NegMAS's advantage. Without a reservation value it is what was gained over the worst outcome,
 * undivided; one above the best outcome divides by a negative number.
 */
static double anl2024(const ent_scored *run, uint32_t party)
{
    const ent_haggle_side *side = &run->table->side[party];
    double utility = run->utility[party];
    if (!isfinite(side->reservation)) {
        return utility - side->least;
    }
    double best = side->sorted[run->table->count - 1];
    return best != side->reservation ? (utility - side->reservation) / (best - side->reservation)
                                     : 0;
}

/* (tau + 1) / 2 of what the party thinks the other's values are. */
static double kendall(const ent_scored *run, uint32_t party)
{
    return run->known == NULL ? (double)NAN : run->known[party];
}

/* NegMAS's advantage, and the party's share of what both know of each other. */
static double anl2026(const ent_scored *run, uint32_t party)
{
    if (run->known == NULL) {
        return (double)NAN;
    }
    double total = run->known[0] + run->known[1];
    return anl2024(run, party) + (total > 0 ? run->known[party] / total : 0);
}

/* From 1 at the point to 0 at the greatest distance that normalised utilities can have. */
static double nearness(const ent_scored *run, double distance)
{
    return fmax(0, 1 - distance / sqrt(run->table->parties));
}

static double kalai(const ent_scored *run, uint32_t party)
{
    (void)party;
    return nearness(run, run->kalai);
}

static double nash(const ent_scored *run, uint32_t party)
{
    (void)party;
    return nearness(run, run->nash);
}

static double pareto(const ent_scored *run, uint32_t party)
{
    (void)party;
    return nearness(run, run->pareto);
}

static double partners(const ent_scored *run, uint32_t party)
{
    double sum = 0;
    for (uint32_t p = 0; p < run->table->parties; p++) {
        sum += p == party ? 0 : run->utility[p];
    }
    return sum / (run->table->parties - 1);
}

static double utility(const ent_scored *run, uint32_t party)
{
    return run->utility[party];
}

static double welfare(const ent_scored *run, uint32_t party)
{
    (void)party;
    return run->welfare;
}

static const char negmas[] = "NegMAS 0.16.0, make_scores()";

const ent_score ent_scores[] = {
    {"advantage", "share of what the party could gain over its reservation value", NULL,
     advantage, false},
    {"agreement", "1 with a deal, 0 without", NULL, agreement, false},
    {"anl2024", "NegMAS's advantage, by which ANL 2024 ranked", negmas, anl2024, false},
    {"anl2026", "NegMAS's advantage and a share of how well both knew each other",
     "NegMAS 0.16.0, _make_record()", anl2026, true},
    {"kalai", "nearness of what was reached to the Kalai-Smorodinsky point",
     "NegMAS 0.16.0, ks_optimality", kalai, false},
    {"kendall", "how well the party knew the other's values",
     "NegMAS 0.16.0, kendall_optimality", kendall, true},
    {"nash", "nearness of what was reached to the Nash point", "NegMAS 0.16.0, nash_optimality",
     nash, false},
    {"pareto", "nearness of what was reached to the frontier", "NegMAS 0.16.0, pareto_optimality",
     pareto, false},
    {"partners", "mean utility of the other parties", "NegMAS 0.16.0, partner_welfare", partners,
     false},
    {"utility", "what the party got, in the scenario's own scale", negmas, utility, false},
    {"welfare", "mean of all parties' normalised utilities", NULL, welfare, false},
};
const size_t ent_score_count = sizeof ent_scores / sizeof *ent_scores;

ent_status ent_find_score(ent_work *work, const char *name, const ent_score **score)
{
    for (size_t k = 0; k < ent_score_count; k++) {
        *score = &ent_scores[k];
        if (strcmp(name == NULL ? "advantage" : name, (*score)->name) == 0) {
            return ENT_OK;
        }
    }
    return ent_fail(work->diags, ENT_USAGE, ENT_H114_NO_SCORE,
                    "advantage, agreement, anl2024, anl2026, kalai, kendall, nash, pareto, "
                    "partners, utility or welfare",
                    "there is no score `%s`", name);
}
