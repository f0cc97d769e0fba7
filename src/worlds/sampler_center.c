/* The analytic center of a frame and the round coordinates around it; see sampler_frame.c. */
#include "worlds/sampler_parts.h"

#include <math.h>
#include <string.h>

/* The bounds and rows in free coordinates, by columns: column[j][i], i < count. */
typedef struct barrier {
    uint32_t count, d;
    double *column; /* [d][count] row i along free direction j */
    double *slack;  /* [count] */
    double *q;      /* [d + 1][count] orthogonalised columns and the right side */
    double *r;      /* [d][d] upper triangle */
    double *step;   /* [d] */
    double *move;   /* [count] relative change of each slack in the step */
} barrier;

static barrier barrier_of(ent_arena *arena, const ent_frame *f)
{
    barrier b = {.d = f->d, .count = f->rows};
    for (uint32_t c = 0; c < f->k; c++) {
        b.count += f->bounded[c] ? 1 : 0;
    }
    b.column = ent_alloc(arena, (size_t)b.d * b.count, double);
    b.slack = ent_alloc(arena, b.count, double);
    b.q = ent_alloc(arena, (size_t)(b.d + 1) * b.count, double);
    b.r = ent_alloc(arena, (size_t)b.d * b.d, double);
    b.step = ent_alloc(arena, b.d, double);
    b.move = ent_alloc(arena, b.count, double);
    for (uint32_t j = 0; j < b.d; j++) {
        const double *free = f->free + (size_t)j * f->n;
        double *column = b.column + (size_t)j * b.count;
        uint32_t at = 0;
        for (uint32_t c = 0; c < f->k; c++) {
            if (f->bounded[c]) {
                column[at++] = free[c];
            }
        }
        for (uint32_t i = 0; i < f->rows; i++) {
            double sum = 0;
            for (uint32_t c = 0; c < f->n; c++) {
                sum += f->row[(size_t)i * f->n + c] * free[c];
            }
            column[at++] = sum;
        }
    }
    return b;
}

static void find_slacks(const ent_frame *f, barrier *b)
{
    uint32_t at = 0;
    for (uint32_t c = 0; c < f->k; c++) {
        if (f->bounded[c]) {
            b->slack[at++] = f->center[c];
        }
    }
    for (uint32_t i = 0; i < f->rows; i++) {
        double sum = f->constant[i];
        for (uint32_t c = 0; c < f->n; c++) {
            sum += f->row[(size_t)i * f->n + c] * f->center[c];
        }
        b->slack[at++] = sum;
    }
}

static double column_dot(const double *a, const double *b, uint32_t count)
{
    double sum[8] = {0}; /* eight sums, so that the compiler may use vectors */
    uint32_t i = 0;
    for (; i + 8 <= count; i += 8) {
        for (uint32_t l = 0; l < 8; l++) {
            sum[l] += a[i + l] * b[i + l];
        }
    }
    double total = ((sum[0] + sum[4]) + (sum[1] + sum[5])) +
                   ((sum[2] + sum[6]) + (sum[3] + sum[7]));
    for (; i < count; i++) {
        total += a[i] * b[i];
    }
    return total;
}

/*
 * W = column / slack, orthogonalised by modified Gram and Schmidt together with the right side 1;
 * r is its triangle, step the least-squares solution of W step = 1: the Newton step.
 */
static void newton_step(barrier *b)
{
    uint32_t count = b->count, d = b->d;
    double *right = b->q + (size_t)d * count;
    for (uint32_t i = 0; i < count; i++) {
        double inverse = 1 / b->slack[i];
        for (uint32_t j = 0; j < d; j++) {
            b->q[(size_t)j * count + i] = b->column[(size_t)j * count + i] * inverse;
        }
        right[i] = 1;
    }
    for (uint32_t j = 0; j < d; j++) {
        double *qj = b->q + (size_t)j * count;
        double length = sqrt(column_dot(qj, qj, count));
        b->r[(size_t)j * d + j] = length;
        for (uint32_t i = 0; i < count; i++) {
            qj[i] /= length;
        }
        for (uint32_t l = j + 1; l <= d; l++) {
            double *ql = b->q + (size_t)l * count;
            double along = column_dot(qj, ql, count);
            for (uint32_t i = 0; i < count; i++) {
                ql[i] -= along * qj[i];
            }
            *(l < d ? &b->r[(size_t)j * d + l] : &b->step[j]) = along;
        }
    }
    for (uint32_t j = d; j-- > 0;) {
        for (uint32_t l = j + 1; l < d; l++) {
            b->step[j] -= b->r[(size_t)j * d + l] * b->step[l];
        }
        b->step[j] /= b->r[(size_t)j * d + j];
    }
}

/* How far to go along the step: the zero of the derivative of -sum log(1 + t move), by halving. */
static double line_search(const barrier *b)
{
    double most = 1e9, low = 0;
    for (uint32_t i = 0; i < b->count; i++) {
        most = b->move[i] < 0 ? fmin(most, -1 / b->move[i]) : most;
    }
    double high = most;
    for (int round = 0; round < 30; round++) {
        double t = 0.5 * (low + high), slope = 0;
        for (uint32_t i = 0; i < b->count; i++) {
            slope += b->move[i] / fmax(1 + t * b->move[i], 1e-300);
        }
        *(slope > 0 ? &low : &high) = t;
    }
    return low;
}

/* One step of the center; the length of the step in the local norm. */
static double improve_center(ent_frame *f, barrier *b)
{
    find_slacks(f, b);
    newton_step(b);
    double length = 0;
    for (uint32_t i = 0; i < b->count; i++) {
        b->move[i] = 0;
    }
    for (uint32_t j = 0; j < b->d; j++) {
        const double *column = b->column + (size_t)j * b->count;
        for (uint32_t i = 0; i < b->count; i++) {
            b->move[i] += column[i] * b->step[j];
        }
    }
    for (uint32_t i = 0; i < b->count; i++) {
        b->move[i] /= b->slack[i];
        length += b->move[i] * b->move[i];
    }
    double t = length < 0.01 ? 1 : line_search(b);
    for (uint32_t c = 0; c < f->n; c++) {
        double by = 0;
        for (uint32_t j = 0; j < b->d; j++) {
            by += f->free[(size_t)j * f->n + c] * b->step[j];
        }
        f->center[c] += t * by;
    }
    return sqrt(length);
}

/* to_x = free r^-1 and to_y = r free, from the triangle of the last step. */
static void set_coordinates(ent_arena *arena, ent_frame *f, const barrier *b)
{
    uint32_t n = f->n, d = f->d;
    f->to_x = ent_alloc(arena, (size_t)d * n, double);
    f->to_y = ent_alloc(arena, (size_t)d * n, double);
    for (uint32_t j = 0; j < d; j++) {
        double *x = f->to_x + (size_t)j * n, *y = f->to_y + (size_t)j * n;
        memcpy(x, f->free + (size_t)j * n, n * sizeof *x);
        for (uint32_t i = 0; i < j; i++) {
            for (uint32_t c = 0; c < n; c++) {
                x[c] -= f->to_x[(size_t)i * n + c] * b->r[(size_t)i * d + j];
            }
        }
        for (uint32_t c = 0; c < n; c++) {
            x[c] /= b->r[(size_t)j * d + j];
        }
        for (uint32_t i = j; i < d; i++) {
            for (uint32_t c = 0; c < n; c++) {
                y[c] += b->r[(size_t)j * d + i] * f->free[(size_t)i * n + c];
            }
        }
    }
}

void ent_frame_round(ent_arena *arena, ent_frame *f)
{
    barrier b = barrier_of(arena, f);
    for (int step = 0; step < 60; step++) {
        if (improve_center(f, &b) < 0.1) {
            break;
        }
    }
    ent_frame_project(f, f->center);
    find_slacks(f, &b);
    newton_step(&b);
    set_coordinates(arena, f, &b);
}
