/*
 * Value functions of NegMAS that are curves, as tables over the issue's levels:
 *   PolynomialFun    bias + sum_k c[k] x^(k+1), the c under `coefficients` or, older, `a`
 *   ExponentialFun   base^(tau x) + bias, base e where none is given
 *   LogFun           scale log_base(tau x) + bias, scale 1 and base e where none is given
 *   CosFun, SinFun   amplitude cos(multiplier x + phase) + bias, in radians; 1, 1, 0 and 0 where
 *                    none are given
 */
#include "io/negmas.h"

#include <math.h>
#include <string.h>

typedef struct curve {
    bool power, logarithm, cosine, sine; /* otherwise a polynomial */
    double bias, tau, base, scale, amplitude, multiplier, phase;
    double *c; /* [count] */
    size_t count;
} curve;

static ent_status read_coefficients(ent_negmas *n, const ent_node *node, curve *f)
{
    const ent_node *list = ent_node_get(node, "coefficients");
    list = list != NULL ? list : ent_node_get(node, "a");
    if (list == NULL || list->kind != ENT_LIST) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S108_MISSING_PART, NULL,
                                  "`coefficients` should be a list of numbers");
    }
    f->count = list->count;
    f->c = ent_alloc(n->work->arena, f->count + 1, double);
    ent_status status = ent_scenario_room(n->work, n->text, list->pos, (double)f->count,
                                          &n->levels);
    for (size_t k = 0; k < f->count && status == ENT_OK; k++) {
        status = ent_scenario_number(n->work, n->text, list, list->items[k], "coefficients",
                                     &f->c[k]);
    }
    return status;
}

static ent_status read_curve(ent_negmas *n, const ent_node *node, curve *f)
{
    ent_status status = ent_negmas_number(n, node, "bias", 0, &f->bias);
    if (f->cosine || f->sine) {
        status = status == ENT_OK ? ent_negmas_number(n, node, "amplitude", 1, &f->amplitude)
                                  : status;
        status = status == ENT_OK ? ent_negmas_number(n, node, "multiplier", 1, &f->multiplier)
                                  : status;
        return status == ENT_OK ? ent_negmas_number(n, node, "phase", 0, &f->phase) : status;
    }
    if (!f->power && !f->logarithm) {
        return status == ENT_OK ? read_coefficients(n, node, f) : status;
    }
    status = status == ENT_OK ? ent_negmas_number(n, node, "tau", (double)NAN, &f->tau) : status;
    status = status == ENT_OK ? ent_negmas_number(n, node, "base", exp(1), &f->base) : status;
    return status == ENT_OK ? ent_negmas_number(n, node, "scale", 1, &f->scale) : status;
}

static double value_at(const curve *f, double x)
{
    if (f->power) {
        return pow(f->base, f->tau * x) + f->bias;
    }
    if (f->cosine || f->sine) {
        double angle = f->multiplier * x + f->phase;
        return f->amplitude * (f->cosine ? cos(angle) : sin(angle)) + f->bias;
    }
    if (f->logarithm) {
        return f->scale * log(f->tau * x) / log(f->base) + f->bias;
    }
    double sum = 0;
    for (size_t k = f->count; k-- > 0;) {
        sum = (sum + f->c[k]) * x;
    }
    return sum + f->bias;
}

ent_status ent_negmas_curve(ent_negmas *n, const ent_node *node, uint32_t i, const char *type,
                            ent_evaluator *e)
{
    curve f = {.power = strcmp(type, "ExponentialFun") == 0,
               .logarithm = strcmp(type, "LogFun") == 0,
               .cosine = strcmp(type, "CosFun") == 0,
               .sine = strcmp(type, "SinFun") == 0};
    if (!f.power && !f.logarithm && !f.cosine && !f.sine && strcmp(type, "PolynomialFun") != 0) {
        return ent_scenario_fault(n->work, n->text, node->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "value functions of the kind `%s` are not read", type);
    }
    ent_status status = read_curve(n, node, &f);
    if (status != ENT_OK) {
        return status;
    }
    const ent_scenario_issue *issue = &n->issues[i];
    double *raw = ent_alloc(n->work->arena, issue->levels, double);
    for (uint64_t k = 0; k < issue->levels; k++) {
        double x = 0;
        bool number = ent_negmas_level_number(issue, k, &x);
        raw[k] = number ? value_at(&f, x) : (double)NAN;
        if (!isfinite(raw[k])) {
            return ent_scenario_fault(n->work, n->text, node->pos, ENT_S109_BAD_NUMBER, NULL,
                                      "the function has no finite value at level %llu of `%s`",
                                      (unsigned long long)k, issue->name);
        }
    }
    *e = (ent_evaluator){.raw = raw, .weight = 1, .divisor = 1};
    return ENT_OK;
}
