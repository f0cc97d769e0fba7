/*
 * B. P. Welford, "Note on a method for calculating corrected sums of squares and products",
 * Technometrics 4, 1962: equal values have no variance, whatever they are.
 */
#include "store/clusters.h"

#include "base/student.h"

#include <math.h>

static void add(ent_moments *m, double value)
{
    double distance = value - m->mean;
    m->count++;
    m->mean += distance / m->count;
    m->squares += distance * (value - m->mean);
}

void ent_clusters_add(ent_clusters *c, double value)
{
    if (!isnan(value)) {
        add(&c->here, value);
    }
}

void ent_clusters_close(ent_clusters *c)
{
    ent_moments here = c->here;
    if (here.count > 0) {
        double variance = here.count > 1 ? here.squares / (here.count - 1) : (double)NAN;
        add(&c->means, here.mean);
        c->within += variance / here.count;
        c->freedom += here.count - 1;
        c->values += here.count;
    }
    c->here = (ent_moments){0, 0, 0};
}

ent_estimate ent_clusters_estimate(const ent_clusters *c)
{
    double k = c->means.count;
    if (k == 0) {
        return (ent_estimate){.mean = (double)NAN, .error = (double)NAN};
    }
    bool over_scenarios = k >= ENT_FEW_SCENARIOS;
    double variance = over_scenarios ? c->means.squares / (k - 1) / k : c->within / (k * k);
    return (ent_estimate){.mean = c->means.mean,
                          .error = sqrt(variance),
                          .freedom = over_scenarios ? k - 1 : c->freedom,
                          .scenarios = k,
                          .values = c->values,
                          .over_scenarios = over_scenarios};
}

double ent_estimate_interval(const ent_estimate *e)
{
    return isnan(e->error) ? (double)NAN : e->error * ent_student_quantile(0.975, e->freedom);
}

double ent_estimate_tails(const ent_estimate *e)
{
    if (isnan(e->error)) {
        return 1;
    }
    if (e->error <= 1e-12) {
        return fabs(e->mean) <= 1e-12 ? 1 : 0;
    }
    return ent_student_tails(e->mean / e->error, e->freedom);
}
