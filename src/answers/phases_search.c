/*
 * The first phase at a given trust, and plans for more steps than can be searched completely.
 *
 * Bound: a party's cost over all phases is the sum of its own steps' costs; a phase with a part of
 * its own that ends in m needs C(d)/(R - s(m)) of it, and R - s(m) is at most R + (the cost of all
 * own steps). So no plan of k phases needs less than cost / (k * (R + cost)), nor less than the
 * party's costliest step / (R + cost). And some step is in the last phase, which ends with
 * everything done: those who perform it need its cost / (R - s(everything)).
 */
#include "answers/phases.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

enum { LANES = ENT_PHASES_LANES };

static uint64_t everything(const ent_exchange *x)
{
    return x->steps == 64 ? UINT64_MAX : (UINT64_C(1) << x->steps) - 1;
}

static bool may_stand(const ent_exchange *x, uint64_t done)
{
    return done == 0 || done == everything(x) || x->allowed == NULL || x->allowed(x->user, done);
}

static bool trusted(const ent_exchange *x, const ent_exchange_values *values, const double *trust,
                    uint64_t phase)
{
    for (uint32_t p = 0; p < x->parties; p++) {
        if (ent_phase_trust(x, values, 0, p, 0, phase) > trust[p] + 1e-12) {
            return false;
        }
    }
    return true;
}

/* What the phase gives to those who do not perform it. */
static double scope(const ent_exchange *x, const ent_exchange_values *values, uint64_t phase)
{
    double sum = 0;
    for (uint32_t p = 0; p < x->parties; p++) {
        for (uint32_t c = 0; c < x->steps; c++) {
            if ((phase >> c & 1) != 0 && (x->own[p] >> c & 1) == 0) {
                sum += values->gain[ent_exchange_at(x, p, c)];
            }
        }
    }
    return sum;
}

static uint64_t build_up(const ent_exchange *x, const ent_exchange_values *values,
                         const double *trust)
{
    uint64_t phase = 0;
    for (bool grown = true; grown;) {
        grown = false;
        uint64_t best = phase;
        double most = -HUGE_VAL;
        for (uint32_t c = 0; c < x->steps; c++) {
            uint64_t more = phase | UINT64_C(1) << c;
            if (more != phase && may_stand(x, more) && trusted(x, values, trust, more) &&
                scope(x, values, more) > most) {
                most = scope(x, values, more);
                best = more;
            }
        }
        grown = best != phase;
        phase = best;
    }
    return phase;
}

uint64_t ent_largest_first_phase(const ent_exchange *x, const ent_exchange_values *values,
                                 const double *trust)
{
    if (x->steps > ENT_PHASES_EXACT) {
        return build_up(x, values, trust);
    }
    uint64_t best = 0;
    double most = 0;
    for (uint64_t phase = 1; phase <= everything(x); phase++) {
        double here = scope(x, values, phase);
        if (here > most && may_stand(x, phase) && trusted(x, values, trust, phase)) {
            most = here;
            best = phase;
        }
    }
    return best;
}

/* An order of the steps with what is needed to cut it: sums over its beginnings. */
typedef struct sequence {
    const ent_exchange *x;
    const ent_exchange_values *values;
    uint32_t most;
    uint32_t order[ENT_PHASES_STEPS];
    uint64_t done[ENT_PHASES_STEPS + 1]; /* the first i steps */
    double cost[ENT_PHASES_PARTIES][ENT_PHASES_STEPS + 1];
    double left[ENT_PHASES_PARTIES][ENT_PHASES_STEPS + 1]; /* R - s(first i) */
    bool stands[ENT_PHASES_STEPS + 1];
    double best[ENT_PHASES_STEPS + 1][ENT_PHASES_STEPS + 1]; /* [phases][first i] */
    uint8_t from[ENT_PHASES_STEPS + 1][ENT_PHASES_STEPS + 1];
} sequence;

static double sum_of(const ent_exchange *x, const double *values, uint32_t party)
{
    double sum = 0;
    for (uint32_t c = 0; c < x->steps; c++) {
        sum += values[ent_exchange_at(x, party, c)];
    }
    return sum;
}

static void measure(sequence *s)
{
    const ent_exchange *x = s->x;
    for (uint32_t i = 0; i < x->steps; i++) {
        s->done[i + 1] = s->done[i] | UINT64_C(1) << s->order[i];
    }
    for (uint32_t i = 0; i <= x->steps; i++) {
        s->stands[i] = may_stand(x, s->done[i]);
    }
    for (uint32_t p = 0; p < x->parties; p++) {
        s->cost[p][0] = 0;
        s->left[p][0] = sum_of(x, s->values->gain, p);
        for (uint32_t i = 0; i < x->steps; i++) {
            double kept = s->values->kept[ent_exchange_at(x, p, s->order[i])];
            bool mine = (x->own[p] >> s->order[i] & 1) != 0;
            s->cost[p][i + 1] = s->cost[p][i] - (mine ? kept : 0);
            s->left[p][i + 1] = s->left[p][i] - kept;
        }
    }
}

static double need_between(const sequence *s, uint32_t i, uint32_t j)
{
    double need = 0;
    for (uint32_t p = 0; p < s->x->parties; p++) {
        double left = s->left[p][j];
        double trust = (s->x->own[p] & (s->done[i] ^ s->done[j])) == 0 ? 0
                       : left <= 1e-12 ? 1
                                       : (s->cost[p][j] - s->cost[p][i]) / left;
        need = trust > need ? trust : need;
    }
    return need > 1 ? 1 : need;
}

/* Cut the order at best into at most `most` phases; returns the least greatest trust. */
static double cut(sequence *s)
{
    uint32_t n = s->x->steps;
    measure(s);
    for (uint32_t i = 0; i <= n; i++) {
        s->best[0][i] = i == 0 ? 0 : HUGE_VAL;
    }
    for (uint32_t k = 1; k <= s->most; k++) {
        s->best[k][0] = 0;
        for (uint32_t j = 1; j <= n; j++) {
            s->best[k][j] = HUGE_VAL;
            for (uint32_t i = 0; i < j && s->stands[j]; i++) {
                double need = need_between(s, i, j);
                double worst = s->best[k - 1][i] > need ? s->best[k - 1][i] : need;
                if (worst < s->best[k][j]) {
                    s->best[k][j] = worst;
                    s->from[k][j] = (uint8_t)i;
                }
            }
        }
    }
    return s->best[s->most][n];
}

/* Take the step at i out and put it back at j. */
static void move_step(sequence *s, uint32_t i, uint32_t j)
{
    uint32_t step = s->order[i];
    if (i < j) {
        memmove(&s->order[i], &s->order[i + 1], (j - i) * sizeof *s->order);
    } else {
        memmove(&s->order[j + 1], &s->order[j], (i - j) * sizeof *s->order);
    }
    s->order[j] = step;
}

static double improve(sequence *s, ent_stream *draw)
{
    uint32_t n = s->x->steps;
    double now = cut(s);
    for (uint32_t tries = 0; tries < 20 * n && !ent_exchange_stopped(s->x); tries++) {
        uint32_t i = ent_draw_below(draw, n);
        uint32_t j = ent_draw_below(draw, n);
        move_step(s, i, j);
        double then = cut(s);
        if (then <= now) {
            now = then;
        } else {
            move_step(s, j, i);
        }
    }
    return cut(s);
}

static void shuffle(sequence *s, ent_stream *draw)
{
    for (uint32_t i = s->x->steps; i > 1; i--) {
        uint32_t j = ent_draw_below(draw, i);
        uint32_t step = s->order[i - 1];
        s->order[i - 1] = s->order[j];
        s->order[j] = step;
    }
}

/* The least that any step needs of those who perform it in the last phase. */
static double bound_of_last(const ent_exchange *x, const ent_exchange_values *values)
{
    double least = 1;
    for (uint32_t c = 0; c < x->steps; c++) {
        double need = 0;
        for (uint32_t p = 0; p < x->parties; p++) {
            double left = sum_of(x, values->gain, p) - sum_of(x, values->kept, p);
            double cost = -values->kept[ent_exchange_at(x, p, c)];
            double trust = left <= 1e-12 ? 1 : cost / left;
            need = (x->own[p] >> c & 1) != 0 && trust > need ? trust : need;
        }
        least = need < least ? need : least;
    }
    return least;
}

static double bound_of(const ent_exchange *x, const ent_exchange_values *values, uint32_t most)
{
    double bound = bound_of_last(x, values);
    for (uint32_t p = 0; p < x->parties; p++) {
        double cost = 0;
        double costliest = 0;
        for (uint32_t c = 0; c < x->steps; c++) {
            double kept = values->kept[ent_exchange_at(x, p, c)];
            double here = (x->own[p] >> c & 1) != 0 && kept < 0 ? -kept : 0;
            cost += here;
            costliest = here > costliest ? here : costliest;
        }
        if (x->own[p] == 0) {
            continue;
        }
        double room = sum_of(x, values->gain, p) + cost;
        double least = room <= 1e-12 ? 1 : fmax(cost / most, costliest) / room;
        bound = least > bound ? least : bound;
    }
    return bound > 1 ? 1 : bound;
}

static uint32_t read_plan(const sequence *s, uint32_t k, uint64_t *steps)
{
    uint32_t n = s->x->steps;
    double limit = s->best[k][n] + 1e-12;
    while (k > 1 && s->best[k - 1][n] <= limit) {
        k--;
    }
    uint32_t count = 0;
    uint64_t back[ENT_PHASES_STEPS];
    for (uint32_t j = n; j > 0; k--) {
        uint32_t i = s->from[k][j];
        back[count++] = s->done[j] ^ s->done[i];
        j = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        steps[i] = back[count - 1 - i];
    }
    return count;
}

uint32_t ent_phases_search(ent_arena *arena, const ent_exchange *x,
                           const ent_exchange_values *values, uint32_t most, uint64_t seed,
                           double *curve, uint64_t *steps, double *bound)
{
    enum { STARTS = 6 };
    sequence *s = ent_alloc(arena, 1, sequence);
    sequence *best = ent_alloc(arena, 1, sequence);
    double least = HUGE_VAL;
    *s = (sequence){.x = x, .values = values, .most = most};
    for (uint32_t c = 0; c < x->steps; c++) {
        s->order[c] = c;
    }
    for (uint32_t start = 0; start < STARTS; start++) {
        ent_stream draw = ent_stream_of(seed, 0x9e3779b9, start);
        if (start > 0) {
            shuffle(s, &draw);
        }
        double here = improve(s, &draw);
        if (here < least || start == 0) {
            least = here;
            *best = *s;
        }
    }
    for (uint32_t k = 1; k <= most; k++) {
        curve[k - 1] = best->best[k][x->steps] > 1 ? 1 : best->best[k][x->steps];
    }
    *bound = bound_of(x, values, most);
    return read_plan(best, most, steps);
}
