/*
 * Dominance queries in any dimension: k-d trees (Bentley 1975) whose nodes hold the upper corner of
 * their points, kept as a forest with sizes that double (Bentley and Saxe, "Decomposable searching
 * problems", J. Algorithms 1, 1980). A query leaves a node as soon as its corner is below the
 * vector anywhere. Adding n points costs O(n log^2 n) in all; a query is O(n) at worst and close to
 * logarithmic where dominating points are found early or corners are low.
 */
#include "bargain/maxima.h"

#include "base/kernel.h"

#include <math.h>
#include <string.h>

enum { LEAF = 32, MOST_TREES = 40 };

typedef struct node {
    uint32_t low, high; /* children, or low == high: the leaf's number */
} node;

typedef struct tree {
    size_t count;    /* points; 0 where there is no tree */
    uint32_t root;
    double *points;  /* [count][coordinates] */
    node *nodes;
    double *corners; /* [nodes][coordinates] */
    double *leaves;  /* [leaves][coordinates][LEAF] */
    uint32_t node_count, leaf_count;
} tree;

struct ent_forest {
    ent_arena *arena;
    uint32_t coordinates;
    uint32_t fresh_count; /* points in the block that is being filled */
    double *fresh;        /* [coordinates][LEAF] */
    tree trees[MOST_TREES];
};

ent_forest *ent_forest_create(ent_arena *arena, uint32_t coordinates)
{
    ent_forest *forest = ent_alloc(arena, 1, ent_forest);
    forest->arena = arena;
    forest->coordinates = coordinates;
    forest->fresh = ent_alloc(arena, (size_t)coordinates * LEAF, double);
    ent_forest_clear(forest);
    return forest;
}

void ent_forest_clear(ent_forest *forest)
{
    for (size_t i = 0; i < (size_t)forest->coordinates * LEAF; i++) {
        forest->fresh[i] = -HUGE_VAL;
    }
    forest->fresh_count = 0;
    for (size_t i = 0; i < MOST_TREES; i++) {
        forest->trees[i].count = 0;
    }
}

/* One pass over 32 points: becomes a compare and a mask-and for each coordinate in AVX-512. */
ENT_KERNEL static bool block_dominates(const double *block, const double *vector,
                                       uint32_t coordinates)
{
    unsigned char above[LEAF];
    memset(above, 1, sizeof above);
    for (uint32_t c = 0; c < coordinates; c++) {
        const double *column = block + (size_t)c * LEAF;
        double least = vector[c];
        for (size_t i = 0; i < LEAF; i++) {
            above[i] = (unsigned char)(above[i] & (column[i] >= least));
        }
    }
    unsigned char any = 0;
    for (size_t i = 0; i < LEAF; i++) {
        any |= above[i];
    }
    return any != 0;
}

static bool below(const double *corner, const double *vector, uint32_t coordinates)
{
    for (uint32_t c = 0; c < coordinates; c++) {
        if (corner[c] < vector[c]) {
            return true;
        }
    }
    return false;
}

static bool tree_dominates(const tree *t, const double *vector, uint32_t coordinates)
{
    uint32_t stack[128];
    size_t depth = 0;
    stack[depth++] = t->root;
    while (depth > 0) {
        uint32_t at = stack[--depth];
        if (below(t->corners + (size_t)at * coordinates, vector, coordinates)) {
            continue;
        }
        node n = t->nodes[at];
        if (n.low != n.high) {
            stack[depth++] = n.low;
            stack[depth++] = n.high;
        } else if (block_dominates(t->leaves + (size_t)n.low * coordinates * LEAF, vector,
                                   coordinates)) {
            return true;
        }
    }
    return false;
}

bool ent_forest_dominates(const ent_forest *forest, const double *vector)
{
    if (block_dominates(forest->fresh, vector, forest->coordinates)) {
        return true;
    }
    for (size_t i = MOST_TREES; i-- > 0;) {
        if (forest->trees[i].count > 0 &&
            tree_dominates(&forest->trees[i], vector, forest->coordinates)) {
            return true;
        }
    }
    return false;
}

static void swap_points(double *a, double *b, uint32_t coordinates)
{
    for (uint32_t c = 0; c < coordinates; c++) {
        double held = a[c];
        a[c] = b[c];
        b[c] = held;
    }
}

/* Hoare's selection: the k-th point by coordinate c comes to stand at its place. */
static void select_point(double *points, size_t count, size_t k, uint32_t c, uint32_t n)
{
    size_t low = 0, high = count - 1;
    while (low < high) {
        double pivot = points[(low + high) / 2 * n + c];
        size_t i = low, j = high;
        for (;;) {
            while (points[i * n + c] < pivot) {
                i++;
            }
            while (points[j * n + c] > pivot) {
                j--;
            }
            if (i >= j) {
                break;
            }
            swap_points(&points[i++ * n], &points[j-- * n], n);
        }
        if (k <= j) {
            high = j;
        } else {
            low = j + 1;
        }
    }
}

static uint32_t widest(const double *points, size_t count, uint32_t n)
{
    uint32_t best = 0;
    double spread = -1;
    for (uint32_t c = 0; c < n; c++) {
        double least = HUGE_VAL, most = -HUGE_VAL;
        for (size_t i = 0; i < count; i++) {
            least = fmin(least, points[i * n + c]);
            most = fmax(most, points[i * n + c]);
        }
        if (most - least > spread) {
            spread = most - least;
            best = c;
        }
    }
    return best;
}

static uint32_t build_leaf(tree *t, const double *points, size_t count, uint32_t n)
{
    uint32_t at = t->node_count++, leaf = t->leaf_count++;
    t->nodes[at] = (node){leaf, leaf};
    double *corner = t->corners + (size_t)at * n, *block = t->leaves + (size_t)leaf * n * LEAF;
    for (uint32_t c = 0; c < n; c++) {
        corner[c] = -HUGE_VAL;
        for (size_t i = 0; i < LEAF; i++) {
            block[c * LEAF + i] = i < count ? points[i * n + c] : -HUGE_VAL;
            corner[c] = fmax(corner[c], block[c * LEAF + i]);
        }
    }
    return at;
}

static uint32_t build(tree *t, double *points, size_t count, uint32_t n)
{
    if (count <= LEAF) {
        return build_leaf(t, points, count, n);
    }
    size_t half = count / 2 / LEAF * LEAF;
    if (half == 0) {
        half = LEAF;
    }
    select_point(points, count, half, widest(points, count, n), n);
    uint32_t at = t->node_count++;
    uint32_t low = build(t, points, half, n);
    uint32_t high = build(t, points + half * n, count - half, n);
    t->nodes[at] = (node){low, high};
    for (uint32_t c = 0; c < n; c++) {
        t->corners[(size_t)at * n + c] =
            fmax(t->corners[(size_t)low * n + c], t->corners[(size_t)high * n + c]);
    }
    return at;
}

/* Room for a tree of 2^size blocks; kept when the tree is emptied. */
static void make_room(ent_forest *forest, tree *t, size_t points)
{
    if (t->points == NULL) {
        size_t n = forest->coordinates, leaves = points / LEAF + 1;
        t->points = ent_alloc(forest->arena, points * n, double);
        t->leaves = ent_alloc(forest->arena, leaves * n * LEAF, double);
        t->nodes = ent_alloc(forest->arena, 2 * leaves, node);
        t->corners = ent_alloc(forest->arena, 2 * leaves * n, double);
    }
}

static void plant(ent_forest *forest)
{
    uint32_t n = forest->coordinates;
    size_t size = 0, count = LEAF;
    while (forest->trees[size].count > 0) {
        count += forest->trees[size++].count;
    }
    tree *t = &forest->trees[size];
    make_room(forest, t, count);
    for (size_t i = 0; i < LEAF; i++) {
        for (uint32_t c = 0; c < n; c++) {
            t->points[i * n + c] = forest->fresh[c * LEAF + i];
        }
    }
    size_t filled = LEAF;
    for (size_t k = 0; k < size; k++) {
        memcpy(t->points + filled * n, forest->trees[k].points,
               forest->trees[k].count * n * sizeof(double));
        filled += forest->trees[k].count;
        forest->trees[k].count = 0;
    }
    t->count = count;
    t->node_count = t->leaf_count = 0;
    t->root = build(t, t->points, count, n);
    for (size_t i = 0; i < (size_t)n * LEAF; i++) {
        forest->fresh[i] = -HUGE_VAL;
    }
    forest->fresh_count = 0;
}

void ent_forest_add(ent_forest *forest, const double *vector)
{
    for (uint32_t c = 0; c < forest->coordinates; c++) {
        forest->fresh[c * LEAF + forest->fresh_count] = vector[c];
    }
    if (++forest->fresh_count == LEAF) {
        plant(forest);
    }
}
