/*
 * The simplex method on the dual of a game, in the precision REAL. Deliberately without a guard:
 * game.c includes it once for each precision, with REAL, HOT (for loops that are to be built for
 * wider lanes), NAME(x), TOLERANCE, PIVOT and TIE defined.
 */

typedef struct NAME(tableau) {
    uint32_t n;
    int32_t *basis;
    REAL *inverse, *level, *price, *step, *scratch;
} NAME(tableau);

static REAL NAME(right)(const ent_game *game, uint32_t unknown)
{
    return unknown < game->simplex ? 1 : 0;
}

static REAL NAME(cost)(const ent_game *game, int32_t row)
{
    return row < 0 ? 0 : (REAL)game->weight[row];
}

/* The entry of the row's column at the unknown. */
static REAL NAME(entry)(const ent_game *game, int32_t row, uint32_t j)
{
    if (row < 0) {
        return (uint32_t)(-1 - row) == j ? 1 : 0;
    }
    REAL g = (REAL)game->g[j * game->room + (size_t)row];
    return j < game->simplex ? g + SHIFT * (REAL)game->weight[row] : g;
}

/* All columns less their share of the step; what is in row `at` becomes that share. */
HOT static void NAME(eliminate)(REAL *restrict matrix, uint32_t n, uint32_t at,
                                const REAL *restrict step, REAL *restrict price, REAL gain)
{
    for (uint32_t j = 0; j < n; j++) {
        REAL *restrict column = matrix + (size_t)j * n;
        REAL factor = column[at] / step[at];
        if (factor == 0) {
            continue;
        }
        price[j] += gain * factor;
        for (uint32_t i = 0; i < n; i++) {
            column[i] -= factor * step[i];
        }
        column[at] = factor;
    }
}

/* step = inverse * column of the row. */
static void NAME(transform)(const ent_game *game, NAME(tableau) * t, int32_t row)
{
    REAL *entries = t->scratch;
    for (uint32_t i = 0; i < t->n; i++) {
        t->step[i] = 0;
        entries[i] = NAME(entry)(game, row, i);
    }
    NAME(combine)(t->step, t->n, entries, t->n, t->inverse, t->n);
}

/* The column goes into the basis at the position; gain is its reduced cost. */
static void NAME(pivot)(NAME(tableau) * t, uint32_t at, int32_t row, REAL gain)
{
    uint32_t n = t->n;
    REAL ratio = t->level[at] / t->step[at];
    for (uint32_t i = 0; i < n; i++) {
        REAL level = t->level[i] - ratio * t->step[i];
        t->level[i] = level > 0 ? level : 0;
    }
    t->level[at] = ratio;
    NAME(eliminate)(t->inverse, n, at, t->step, t->price, gain);
    t->basis[at] = row;
}

/* Prices and levels anew from the inverse. */
static void NAME(refresh)(const ent_game *game, NAME(tableau) * t)
{
    uint32_t n = t->n;
    for (uint32_t i = 0; i < n; i++) {
        t->level[i] = 0;
    }
    for (uint32_t j = 0; j < n; j++) {
        const REAL *column = t->inverse + (size_t)j * n;
        REAL right = NAME(right)(game, j);
        REAL price = 0;
        for (uint32_t i = 0; i < n; i++) {
            t->level[i] += right * column[i];
            price += NAME(cost)(game, t->basis[i]) * column[i];
        }
        t->price[j] = price;
    }
    for (uint32_t i = 0; i < n; i++) {
        t->level[i] = t->level[i] > 0 ? t->level[i] : 0;
    }
}

/*
 * The inverse of the basis anew: each basic column is pivoted in, from the slack basis, at the
 * free position where it is greatest. What has no pivot left is replaced by the slack there.
 */
static void NAME(invert)(const ent_game *game, NAME(tableau) * t)
{
    uint32_t n = t->n;
    int32_t *wanted = game->wanted;
    memcpy(wanted, t->basis, n * sizeof *wanted);
    memset(t->inverse, 0, (size_t)n * n * sizeof *t->inverse);
    for (uint32_t j = 0; j < n; j++) {
        t->inverse[(size_t)j * n + j] = 1;
        t->basis[j] = -1 - (int32_t)j;
        t->level[j] = t->price[j] = 0;
    }
    for (uint32_t k = 0; k < n; k++) {
        if (wanted[k] < 0) {
            t->price[-1 - wanted[k]] = 1; /* a slack that the basis wants keeps its place */
        }
    }
    for (uint32_t k = 0; k < n; k++) {
        if (wanted[k] < 0) {
            continue;
        }
        NAME(transform)(game, t, wanted[k]);
        uint32_t best = UINT32_MAX;
        for (uint32_t i = 0; i < n; i++) {
            if (t->basis[i] < 0 && t->price[i] == 0 &&
                (best == UINT32_MAX || FABS(t->step[i]) > FABS(t->step[best]))) {
                best = i;
            }
        }
        if (best != UINT32_MAX && FABS(t->step[best]) > PIVOT) {
            NAME(pivot)(t, best, wanted[k], 0);
        }
    }
    NAME(refresh)(game, t);
}

/* The reduced costs of all rows, and the one to enter; false where none gains. */
static bool NAME(enter)(const ent_game *game, const NAME(tableau) * t, size_t count, REAL *gains,
                        bool first, int32_t *row, REAL *gain)
{
    REAL sum = 0;
    for (uint32_t j = 0; j < game->simplex; j++) {
        sum += t->price[j];
    }
    for (size_t i = 0; i < count; i++) {
        gains[i] = (REAL)game->weight[i] * (1 - SHIFT * sum);
    }
    for (uint32_t j = 0; j < t->n; j++) {
        t->scratch[j] = -t->price[j];
    }
    NAME(combine_rows)(gains, count, t->scratch, t->n, game->g, game->room);
    *gain = TOLERANCE * (1 + FABS(sum));
    bool found = false;
    for (uint32_t j = 0; j < t->n && !(found && first); j++) {
        if (-t->price[j] > *gain) {
            *gain = -t->price[j];
            *row = -1 - (int32_t)j;
            found = true;
        }
    }
    for (size_t i = 0; i < count && !(found && first); i++) {
        if (gains[i] > *gain) {
            *gain = gains[i];
            *row = (int32_t)i;
            found = true;
        }
    }
    return found;
}

/* The position that leaves: least ratio; of ties the greatest pivot, or the lowest name. */
static uint32_t NAME(leave)(const NAME(tableau) * t, bool first)
{
    uint32_t best = UINT32_MAX;
    REAL least = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->step[i] <= PIVOT) {
            continue;
        }
        REAL ratio = t->level[i] / t->step[i];
        bool better = best == UINT32_MAX || ratio < least - TIE;
        bool tie = !better && ratio <= least + TIE;
        if (better || (tie && (first ? t->basis[i] < t->basis[best]
                                     : t->step[i] > t->step[best]))) {
            best = i;
            least = better ? ratio : (ratio < least ? ratio : least);
        }
    }
    return best;
}

/* Pivot until nothing gains (true) or a ray is found (false, with *entering). */
static bool NAME(climb)(ent_game *game, NAME(tableau) * t, size_t count, REAL *gains,
                        int32_t *entering)
{
    size_t still = 0;   /* pivots since the last that moved */
    size_t patience = 2 * t->n + 20;
    size_t most = 1000 + 20 * (t->n + count);
    for (size_t turn = 1; turn <= most; turn++) {
        REAL gain = 0;
        bool first = still > patience; /* Bland's rule, which cannot cycle */
        if (!NAME(enter)(game, t, count, gains, first, entering, &gain)) {
            return true;
        }
        NAME(transform)(game, t, *entering);
        uint32_t at = NAME(leave)(t, first);
        if (at == UINT32_MAX) {
            return false;
        }
        still = t->level[at] > TIE * t->step[at] ? 0 : still + 1;
        NAME(pivot)(t, at, *entering, gain);
        game->pivots++;
        if (turn % 100 == 0) {
            NAME(invert)(game, t);
        }
    }
    game->stuck = true;
    return true;
}
