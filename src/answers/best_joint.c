#include "answers/best_joint.h"

#include "answers/quiet.h"
#include "answers/search_levels.h"

#include <string.h>

enum {
    MESSAGE = 1 << 14, /* numbers of a table that several are put into */
    NODES = 1 << 21,
};
#define ROUNDING 1e-12 /* products in another order differ by so much of themselves */

/* ---- The list ------------------------------------------------------------------------------- */

ent_best_list ent_best_list_of(ent_arena *arena, uint32_t issues, size_t room)
{
    ent_best_list list = {.issues = issues, .room = room,
                          .at = ent_alloc(arena, room + 1, ent_joint_deal)};
    for (size_t i = 0; i <= room; i++) {
        list.at[i].levels = ent_alloc(arena, (size_t)issues + 1, uint64_t);
    }
    return list;
}

static int compare_levels(const ent_best_list *list, const uint64_t *a, const uint64_t *b)
{
    uint32_t i = 0;
    while (i < list->issues && a[i] == b[i]) {
        i++;
    }
    return i == list->issues ? 0 : a[i] < b[i] ? -1 : 1;
}

/* Is a deal of this joint share and these levels listed before the other? */
static bool comes_first(const ent_best_list *list, double joint, const uint64_t *levels,
                        const ent_joint_deal *other)
{
    return joint != other->joint ? joint > other->joint
                                 : compare_levels(list, levels, other->levels) < 0;
}

bool ent_best_list_wants(const ent_best_list *list, const uint64_t *levels, double joint)
{
    return list->count < list->room ||
           comes_first(list, joint, levels, &list->at[list->count - 1]);
}

void ent_best_list_keep(ent_best_list *list, const uint64_t *levels, double joint)
{
    for (size_t i = 0; i < list->count; i++) {
        if (compare_levels(list, list->at[i].levels, levels) == 0) {
            return;
        }
    }
    if (!ent_best_list_wants(list, levels, joint)) {
        return;
    }
    size_t at = list->count < list->room ? list->count++ : list->room - 1;
    uint64_t *storage = list->at[at].levels;
    for (; at > 0 && comes_first(list, joint, levels, &list->at[at - 1]); at--) {
        list->at[at] = list->at[at - 1];
    }
    memcpy(storage, levels, list->issues * sizeof *levels);
    list->at[at] = (ent_joint_deal){storage, joint};
}

/* ---- Tables --------------------------------------------------------------------------------- */

/* A factor of the joint share, or a bound on one, over some digits. */
typedef struct table {
    const size_t *digit; /* [count] ascending */
    size_t count;
    uint64_t size;
    double *value;       /* [size] the last digit fastest */
    size_t from;         /* the digit that was eliminated; the number of digits: none */
} table;

typedef struct quest {
    const ent_work *work;
    const ent_own_plan *plan;
    table *tables;
    size_t table_count, table_room;
    size_t **active;     /* [digits + 1] -> tables that bound what so many fixed digits come to */
    size_t *active_count;
    uint64_t *fixed;     /* [digits] values so far */
    double *bound;       /* [digits][values] of those of each digit */
    size_t *first_value; /* [digits + 1] */
    uint64_t *order;     /* the same: values, best bound first */
    ent_levels levels;
    ent_best_list *list;
    uint64_t nodes;
} quest;

static uint64_t radix_of(const quest *q, size_t digit)
{
    return q->plan->digits[digit].radix;
}

static table *add_table(ent_arena *arena, quest *q)
{
    ent_grow(arena, (void **)&q->tables, &q->table_room, q->table_count + 1, sizeof *q->tables);
    q->tables[q->table_count] = (table){.from = q->plan->digit_count};
    return &q->tables[q->table_count++];
}

/* The shares of each voter that may be asked; 1 where it is not. */
static void list_shares(ent_arena *arena, quest *q, uint32_t *const *counts, uint32_t worlds)
{
    for (size_t v = 0; v < q->plan->voters->count; v++) {
        const ent_own *own = &q->plan->own[v];
        if (own->silent) {
            continue;
        }
        table *t = add_table(arena, q);
        t->digit = own->digit;
        t->count = own->count;
        t->size = own->size[own->count];
        t->value = ent_alloc(arena, t->size, double);
        for (uint64_t i = 0; i < t->size; i++) {
            bool free = own->free != NULL && own->free[i] != 0;
            t->value[i] = free ? 1 : (double)counts[v][i] / worlds;
        }
    }
}

/* ---- Elimination ---------------------------------------------------------------------------- */

/* Tables that are multiplied to eliminate a digit, which is the last of all of them. */
typedef struct bucket {
    size_t *tables;
    size_t count;
    size_t *digit;  /* [digits] what they name together, ascending */
    size_t digits;
    uint64_t size;
    uint64_t *at;   /* [count] where each is, while the digits are gone through */
    uint8_t *names; /* [digits][count] does it name the digit? */
} bucket;

/* The size of what the bucket and the table name together, up to a little more than MESSAGE. */
static double joined_size(const quest *q, const bucket *b, const table *t)
{
    double size = (double)b->size;
    for (size_t i = 0; i < t->count; i++) {
        bool in = false;
        for (size_t j = 0; j < b->digits; j++) {
            in = in || b->digit[j] == t->digit[i];
        }
        size *= in ? 1 : (double)radix_of(q, t->digit[i]);
    }
    return size;
}

static void put_in(const quest *q, bucket *b, size_t number)
{
    const table *t = &q->tables[number];
    b->size = (uint64_t)joined_size(q, b, t);
    b->tables[b->count++] = number;
    for (size_t i = 0; i < t->count; i++) {
        size_t at = 0;
        while (at < b->digits && b->digit[at] < t->digit[i]) {
            at++;
        }
        if (at == b->digits || b->digit[at] != t->digit[i]) {
            memmove(b->digit + at + 1, b->digit + at, (b->digits++ - at) * sizeof *b->digit);
            b->digit[at] = t->digit[i];
        }
    }
}

/* All values of the bucket's digits from the k-th on; the greatest products into the message. */
static void eliminate(const quest *q, bucket *b, size_t k, uint64_t index, double *message)
{
    if (k == b->digits) {
        double product = 1;
        for (size_t i = 0; i < b->count; i++) {
            product *= q->tables[b->tables[i]].value[b->at[i]];
        }
        message[index] = product > message[index] ? product : message[index];
        return;
    }
    uint64_t radix = radix_of(q, b->digit[k]);
    bool last = k + 1 == b->digits;
    const uint8_t *named = b->names + k * b->count;
    for (uint64_t value = 0; value < radix; value++) {
        for (size_t i = 0; i < b->count; i++) {
            if (named[i] != 0) {
                b->at[i] = value == 0 ? b->at[i] * radix : b->at[i] + 1;
            }
        }
        eliminate(q, b, k + 1, last ? index : index * radix + value, message);
    }
    for (size_t i = 0; i < b->count; i++) {
        if (named[i] != 0) {
            b->at[i] /= radix;
        }
    }
}

static void send(ent_arena *arena, quest *q, bucket *b, size_t digit)
{
    table message = {.digit = b->digit, .count = b->digits - 1, .from = digit,
                     .size = b->size / radix_of(q, digit)};
    message.value = ent_alloc(arena, message.size, double);
    b->at = ent_alloc(arena, b->count, uint64_t);
    b->names = ent_alloc(arena, b->count * b->digits, uint8_t);
    for (size_t i = 0; i < b->count; i++) {
        const table *t = &q->tables[b->tables[i]];
        for (size_t k = 0, j = 0; k < b->digits; k++) {
            bool named = j < t->count && t->digit[j] == b->digit[k];
            b->names[k * b->count + i] = named;
            j += named;
        }
    }
    eliminate(q, b, 0, 0, message.value);
    *add_table(arena, q) = message;
}

/* Everything that names the digit, and none after it, in as few parts as the room allows. */
static void eliminate_digit(ent_arena *arena, quest *q, size_t digit)
{
    size_t all = q->table_count;
    bool *taken = ent_alloc(arena, all + 1, bool);
    for (;;) {
        bucket b = {.tables = ent_alloc(arena, all + 1, size_t), .size = 1,
                    .digit = ent_alloc(arena, q->plan->digit_count + 1, size_t)};
        for (size_t i = 0; i < all; i++) {
            const table *t = &q->tables[i];
            bool mine = !taken[i] && t->count > 0 && t->digit[t->count - 1] == digit;
            if (mine && (b.count == 0 || joined_size(q, &b, t) <= MESSAGE)) {
                taken[i] = true;
                put_in(q, &b, i);
            }
        }
        if (b.count == 0) {
            return;
        }
        send(arena, q, &b, digit);
    }
}

/* Which tables bound the outcome with so many digits fixed: each digit once. */
static void list_active(ent_arena *arena, quest *q)
{
    size_t digits = q->plan->digit_count;
    q->active = ent_alloc(arena, digits + 1, size_t *);
    q->active_count = ent_alloc(arena, digits + 1, size_t);
    for (size_t d = 0; d <= digits; d++) {
        q->active[d] = ent_alloc(arena, q->table_count + 1, size_t);
        for (size_t i = 0; i < q->table_count; i++) {
            const table *t = &q->tables[i];
            if (t->from >= d && (t->count == 0 || t->digit[t->count - 1] < d)) {
                q->active[d][q->active_count[d]++] = i;
            }
        }
    }
}

/* ---- The search ----------------------------------------------------------------------------- */

/* No completion of the first d fixed digits has a greater joint share; with all, it is that. */
static double bound_of(const quest *q, size_t d)
{
    double product = 1;
    for (size_t i = 0; i < q->active_count[d]; i++) {
        const table *t = &q->tables[q->active[d][i]];
        uint64_t at = 0;
        for (size_t k = 0; k < t->count; k++) {
            at = at * radix_of(q, t->digit[k]) + q->fixed[t->digit[k]];
        }
        product *= t->value[at];
    }
    return product;
}

/* May something of this bound, of which low is the first in order, still be listed? */
static bool is_wanted(const quest *q, double bound)
{
    const ent_best_list *list = q->list;
    if (list->count < list->room) {
        return true;
    }
    double least = list->at[list->count - 1].joint;
    if (bound * (1 + ROUNDING) < least) {
        return false;
    }
    return bound > least * (1 + ROUNDING) ||
           compare_levels(list, q->levels.low, list->at[list->count - 1].levels) < 0;
}

/* The digit's values by their bounds, of equals the lower first. */
static const uint64_t *order_values(quest *q, size_t d)
{
    double *bound = q->bound + q->first_value[d];
    uint64_t *order = q->order + q->first_value[d];
    for (uint64_t value = 0; value < radix_of(q, d); value++) {
        q->fixed[d] = value;
        bound[value] = bound_of(q, d + 1);
        uint64_t at = value;
        for (; at > 0 && bound[order[at - 1]] < bound[value]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = value;
    }
    return order;
}

static bool branch(quest *q, size_t d, double bound)
{
    if (++q->nodes > NODES || (q->nodes % 1024 == 0 && ent_stopped(q->work))) {
        return false;
    }
    if (d == q->plan->digit_count) {
        if (!ent_outcome_is_status_quo(q->plan->space, q->levels.low)) {
            ent_best_list_keep(q->list, q->levels.low, bound);
        }
        return true;
    }
    const ent_digit *digit = &q->plan->digits[d];
    const uint64_t *order = order_values(q, d);
    bool whole = true;
    for (uint64_t i = 0; i < digit->radix && whole; i++) {
        double next = q->bound[q->first_value[d] + order[i]];
        uint64_t undo = ent_levels_fix(&q->levels, digit, order[i]);
        q->fixed[d] = order[i];
        if (is_wanted(q, next) && ent_levels_may_be_had(&q->levels)) {
            whole = branch(q, d + 1, next);
        }
        ent_levels_unfix(&q->levels, digit, undo);
    }
    return whole;
}

typedef struct asking {
    const ent_own_plan *plan;
    const ent_bans *bans;
    uint32_t *const *counts;
    uint32_t worlds;
    ent_best_list *list;
    bool whole;
} asking;

static ent_status search(ent_work *beside, void *argument)
{
    asking *a = argument;
    ent_arena *arena = beside->arena;
    ent_climb_joint(beside, a->plan, a->bans, a->counts, a->worlds, a->list);
    quest q = {.work = beside, .plan = a->plan, .list = a->list};
    size_t digits = a->plan->digit_count;
    list_shares(arena, &q, a->counts, a->worlds);
    for (size_t d = digits; d-- > 0 && !ent_stopped(beside);) {
        eliminate_digit(arena, &q, d);
    }
    list_active(arena, &q);
    q.fixed = ent_alloc(arena, digits + 1, uint64_t);
    q.first_value = ent_alloc(arena, digits + 1, size_t);
    for (size_t d = 0; d < digits; d++) {
        q.first_value[d + 1] = q.first_value[d] + radix_of(&q, d);
    }
    q.bound = ent_alloc(arena, q.first_value[digits] + 1, double);
    q.order = ent_alloc(arena, q.first_value[digits] + 1, uint64_t);
    q.levels = ent_levels_of(arena, a->plan->space, a->bans);
    a->whole = !ent_stopped(beside) && branch(&q, 0, bound_of(&q, 0));
    return ENT_OK;
}

bool ent_best_joint(const ent_work *work, const ent_own_plan *plan, const ent_bans *bans,
                    uint32_t *const *counts, uint32_t worlds, ent_best_list *list)
{
    asking a = {plan, bans, counts, worlds, list, false};
    (void)ent_beside(work, search, &a);
    return a.whole;
}
