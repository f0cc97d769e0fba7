#include "answers/enquiry.h"

#include "answers/enquiry_panel.h"
#include "answers/enquiry_words.h"
#include "answers/scratch.h"
#include "answers/verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PACKAGES = 32768,           /* looked at */
    PANEL_BYTES = 512 << 20,    /* of rows */
    SHORT_LIST = 256,           /* questions of each party that later questions are chosen from */
    SPARE = 16,                 /* questions beyond those listed, for some turn out to be settled */
};
#define USEFUL 1e-9 /* expected shares below this above the best package are no gain */

typedef struct splits {
    ent_split *at;
    size_t count, room;
    size_t looked, alike, settled;
} splits;

/* ---- Which questions there are -------------------------------------------------------------- */

typedef struct hashed {
    uint64_t hash;
    size_t package;
    uint32_t yes;
} hashed;

/* FNV-1a over words: equal rows meet, and unequal ones that meet are told apart by comparing. */
static uint64_t hash_row(const uint64_t *row, size_t words)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t w = 0; w < words; w++) {
        hash = (hash ^ row[w]) * UINT64_C(1099511628211);
        hash ^= hash >> 29;
    }
    return hash;
}

static int by_hash(const void *left, const void *right)
{
    const hashed *a = left;
    const hashed *b = right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return (a->package > b->package) - (a->package < b->package);
}

static void push(ent_arena *arena, splits *s, const ent_split *split)
{
    ent_grow(arena, (void **)&s->at, &s->room, s->count + 1, sizeof *s->at);
    s->at[s->count++] = *split;
}

/*
 * Whether the voter would accept each package: one question for all packages that split its worlds
 * the same way, the one that is told most readily.
 */
static void add_packages(ent_arena *arena, const ent_panel *panel, const ent_state *state,
                         const ent_taste *taste, size_t voter, splits *s)
{
    size_t words = panel->bits.words;
    uint32_t issues = panel->bits.analysis->c->space.issue_count;
    const uint64_t *rows = panel->rows[voter];
    hashed *order = ent_alloc(arena, panel->count + 1, hashed);
    for (size_t d = 0; d < panel->count; d++) {
        order[d] = (hashed){hash_row(rows + d * words, words), d, state->counts[voter][d]};
    }
    qsort(order, panel->count, sizeof *order, by_hash);
    s->looked += panel->count;
    for (size_t i = 0; i < panel->count;) {
        const uint64_t *row = rows + order[i].package * words;
        size_t best = order[i].package;
        size_t end = i + 1;
        while (end < panel->count && order[end].hash == order[i].hash &&
               memcmp(rows + order[end].package * words, row, words * sizeof *row) == 0) {
            size_t other = order[end++].package;
            best = ent_tastes_better(taste, panel->levels + other * issues,
                                     panel->levels + best * issues)
                       ? other
                       : best;
        }
        if (order[i].yes == 0 || order[i].yes == state->worlds[voter]) {
            s->settled += end - i;
        } else {
            s->alike += end - i - 1;
            push(arena, s, &(ent_split){.voter = voter, .package = best, .more = ENT_NONE,
                                        .than = ENT_NONE, .row = row, .alike = end - i - 1});
        }
        i = end;
    }
}

/* importance of the group in the world. */
static double importance(const ent_stakes *stakes, const ent_world_set *set, uint32_t group,
                         uint32_t world)
{
    double sum = 0;
    for (uint32_t u = stakes->group_start[group]; u < stakes->group_start[group + 1]; u++) {
        sum += (double)set->z[(size_t)u * set->stride + world];
    }
    return sum;
}

/* Which of two issues matters more to the voter, for each two of its issues. */
static void add_comparisons(ent_arena *arena, const ent_panel *panel, size_t voter, splits *s)
{
    const ent_stakes *stakes = panel->bits.voters.at[voter].stakes;
    const ent_world_set *set = panel->bits.voters.at[voter].set;
    for (uint32_t i = 0; i < stakes->groups; i++) {
        for (uint32_t j = i + 1; j < stakes->groups; j++) {
            uint64_t *row = ent_alloc(arena, panel->bits.words, uint64_t);
            for (uint32_t w = 0; w < panel->bits.worlds; w++) {
                row[w / 64] |= (uint64_t)(importance(stakes, set, i, w) >
                                          importance(stakes, set, j, w))
                               << w % 64;
            }
            uint32_t yes = ent_count_row(row, panel->bits.words);
            s->looked++;
            if (yes == 0 || yes == panel->bits.worlds) {
                s->settled++;
                continue;
            }
            push(arena, s, &(ent_split){.voter = voter, .package = SIZE_MAX,
                                        .more = stakes->group_issue[i],
                                        .than = stakes->group_issue[j], .row = row});
        }
    }
}

static int by_package(const void *left, const void *right)
{
    const ent_split *a = left;
    const ent_split *b = right;
    return (a->package > b->package) - (a->package < b->package);
}

static splits splits_of(ent_arena *arena, const ent_panel *panel, const ent_state *state,
                        const ent_taste *taste, uint32_t party)
{
    splits s = {.count = 0};
    for (size_t v = 0; v < panel->bits.voters.count; v++) {
        const ent_stakes *stakes = panel->bits.voters.at[v].stakes;
        size_t first = s.count;
        if (party != ENT_NONE && panel->bits.voters.party[v] != party) {
            continue;
        }
        add_packages(arena, panel, state, taste, v, &s);
        /* Neighbours in the grid are much alike, which spares the scores some work. */
        if (s.count > first) {
            qsort(s.at + first, s.count - first, sizeof *s.at, by_package);
        }
        if (stakes->exact == NULL) {
            add_comparisons(arena, panel, v, &s);
        }
    }
    return s;
}

/* ---- The best of them ----------------------------------------------------------------------- */

/* What is known exactly first, which the best are. */
static int compare_splits(const void *left, const void *right)
{
    const ent_split *a = left;
    const ent_split *b = right;
    if (a->exact != b->exact) {
        return a->exact ? -1 : 1;
    }
    if (a->expected != b->expected) {
        return a->expected > b->expected ? -1 : 1;
    }
    if (a->voter != b->voter) {
        return a->voter > b->voter ? 1 : -1;
    }
    if (a->package != b->package) {
        return a->package > b->package ? 1 : -1;
    }
    return a->more != b->more ? (a->more > b->more) - (a->more < b->more)
                              : (a->than > b->than) - (a->than < b->than);
}

/* What an enquiry is made in. */
typedef struct desk {
    ent_work *work;    /* for what stays */
    ent_work *scratch; /* for rows, states and scores */
    const ent_panel *panel;
    ent_judge judge;
    ent_best best;
    splits *list; /* the short list, for the plan */
    const ent_split *first; /* of those that are listed; NULL: none is */
    size_t settled;         /* that would have been listed and are proved */
} desk;

/* What no package tabled after any answer can pass, in all worlds together. */
static double ceiling(const desk *d)
{
    return fmax(d->best.zone.share, d->best.deal.joint);
}

static ent_tabled tabled(const desk *d, size_t package, double joint)
{
    uint32_t issues = d->panel->bits.analysis->c->space.issue_count;
    return package == SIZE_MAX
               ? (ent_tabled){NULL, 0}
               : (ent_tabled){d->panel->levels + package * issues, fmin(joint, 1)};
}

/* Is the answer proved, though a world or two near the border say otherwise? */
static bool is_proved(const desk *d, const ent_split *split)
{
    uint32_t party = d->panel->bits.voters.party[split->voter];
    uint32_t worlds = d->panel->bits.worlds;
    if (split->package != SIZE_MAX) {
        const uint64_t *levels = tabled(d, split->package, 0).levels;
        uint32_t yes = ent_count_row(split->row, d->panel->bits.words);
        return ent_judge_party(&d->judge, party, levels, yes, worlds) != ENT_POSSIBLE;
    }
    return false;
}

/* The split as a question; `most` is what the expected share is cut at. */
static ent_enquiry *make_enquiry(const desk *d, const ent_split *split, double most)
{
    ent_enquiry *e = ent_alloc(d->work->arena, 1, ent_enquiry);
    *e = (ent_enquiry){.party = d->panel->bits.voters.party[split->voter],
                       .levels = tabled(d, split->package, 0).levels,
                       .more = split->more,
                       .than = split->than,
                       .yes = split->yes,
                       .expected = fmin(split->expected, most),
                       .alike = split->alike};
    e->if_yes = tabled(d, split->if_yes, split->yes_value / split->yes);
    e->if_no = tabled(d, split->if_no, split->no_value / (1 - split->yes));
    ent_find_contradicted(d->work, d->panel->bits.analysis, d->panel->bits.account, e);
    return e;
}

static double best_now(const ent_state *state)
{
    return state->best == SIZE_MAX ? 0 : state->joint[state->best];
}

/* ---- The plan ------------------------------------------------------------------------------- */

static ent_status plan_from(desk *d, const ent_state *state, size_t depth,
                            const ent_split *first, ent_enquiry_plan **made);

/* Ask the split, and go on after both answers. */
static ent_status plan_after(desk *d, const ent_state *state, size_t depth, const ent_split *split,
                             ent_enquiry_plan *plan)
{
    ent_enquiry_plan *yes, *no;
    ent_state to = ent_state_after(d->scratch, d->panel, state, split->voter, split->row, true);
    ent_status status = plan_from(d, &to, depth - 1, NULL, &yes);
    if (status == ENT_OK) {
        to = ent_state_after(d->scratch, d->panel, state, split->voter, split->row, false);
        status = plan_from(d, &to, depth - 1, NULL, &no);
    }
    if (status != ENT_OK) {
        return status;
    }
    plan->question = make_enquiry(d, split, 1);
    plan->yes = yes;
    plan->no = no;
    for (size_t t = 1; t <= depth; t++) {
        plan->expected[t] =
            split->yes * yes->expected[t - 1] + (1 - split->yes) * no->expected[t - 1];
    }
    plan->expected[1] = split->expected;
    return ENT_OK;
}

/* The best plan of so many questions from the state on; `first` (or NULL) is asked first. */
static ent_status plan_from(desk *d, const ent_state *state, size_t depth,
                            const ent_split *first, ent_enquiry_plan **made)
{
    ent_enquiry_plan *plan = ent_alloc(d->work->arena, 1, ent_enquiry_plan);
    double now = best_now(state);
    plan->table = tabled(d, state->best, now);
    for (size_t t = 0; t <= ENT_ENQUIRY_DEPTH; t++) {
        plan->expected[t] = now;
    }
    *made = plan;
    ent_split found;
    if (depth > 0 && first == NULL) {
        const ent_score_wish wish = {.best = 1};
        ent_status status =
            ent_score_splits(d->scratch, d->panel, state, &wish, d->list->at, d->list->count);
        if (status != ENT_OK) {
            return status;
        }
        const ent_split *best = NULL;
        for (size_t i = 0; i < d->list->count; i++) {
            const ent_split *s = &d->list->at[i];
            if (best == NULL || compare_splits(s, best) < 0) {
                best = s;
            }
        }
        if (best != NULL && best->expected > now + USEFUL) {
            found = *best;
            first = &found;
        }
    }
    return depth > 0 && first != NULL ? plan_after(d, state, depth, first, plan) : ENT_OK;
}

/* The short list of later questions: the best of each voter, in the order of their scores. */
static splits short_list(ent_arena *arena, const ent_panel *panel, const splits *all)
{
    splits list = {.count = 0};
    size_t *taken = ent_alloc(arena, panel->bits.voters.count + 1, size_t);
    for (size_t i = 0; i < all->count; i++) {
        const ent_split *s = &all->at[i];
        if (s->package == SIZE_MAX || taken[s->voter]++ < SHORT_LIST) {
            push(arena, &list, s);
        }
    }
    return list;
}

static void cut_plan(ent_enquiry_plan *plan, double most, size_t depth)
{
    for (size_t t = 0; t <= ENT_ENQUIRY_DEPTH; t++) {
        plan->expected[t] = fmin(plan->expected[t < depth ? t : depth], most);
    }
}

/* ---- The answer ----------------------------------------------------------------------------- */

/* How many of each voter's questions must be scored exactly; 0: all. */
static size_t exact_ones(const ent_enquiry_request *request)
{
    size_t few = request->top + SPARE;
    return request->top == 0                         ? 0
           : request->depth > 1 && few < SHORT_LIST ? SHORT_LIST
                                                    : few;
}

/* Score the splits and put them in order; `best` as in ent_score_wish. */
static ent_status rank(const desk *d, const ent_state *state, size_t best, bool counted,
                       splits *all)
{
    ent_score_wish wish = {.best = best, .useful = counted, .now = best_now(state) + USEFUL};
    ent_status status =
        ent_score_splits(d->scratch, d->panel, state, &wish, all->at, all->count);
    if (status == ENT_OK && all->count > 0) {
        qsort(all->at, all->count, sizeof *all->at, compare_splits);
    }
    return status;
}

/*
 * List what helps most, of the first `best` (0: of all). False where these do not suffice, since
 * many of them turned out to be settled.
 */
static bool list_best(desk *d, const splits *all, const ent_enquiry_request *request, double now,
                      size_t best, ent_enquiries *enquiries)
{
    size_t top = request->top == 0 ? SIZE_MAX : request->top;
    size_t room = top < all->count ? top : all->count;
    ent_enquiry *at = ent_alloc(d->work->arena, room + 1, ent_enquiry);
    enquiries->at = at;
    enquiries->count = d->settled = 0;
    d->first = NULL;
    for (size_t i = 0; i < all->count && enquiries->count < top; i++) {
        const ent_split *split = &all->at[i];
        if (best > 0 && i >= best) {
            return false;
        }
        if (!(split->expected > now + USEFUL)) {
            return true;
        }
        if (is_proved(d, split)) {
            d->settled++;
            continue;
        }
        d->first = d->first == NULL ? split : d->first;
        at[enquiries->count++] = *make_enquiry(d, split, ceiling(d));
    }
    return true;
}

static ent_status plan_on(desk *d, const ent_state *state, const splits *all,
                          const ent_enquiry_request *request, ent_enquiries *enquiries)
{
    splits list = {.count = 0};
    if (request->depth > 1) {
        list = short_list(d->scratch->arena, d->panel, all);
    }
    ent_split root = *d->first;
    ent_enquiry_plan *plan = NULL;
    d->list = &list;
    ent_status status = plan_from(d, state, request->depth, &root, &plan);
    if (status == ENT_OK) {
        plan->question = &enquiries->at[0];
        cut_plan(plan, ceiling(d), request->depth);
        enquiries->plan = plan;
    }
    return status;
}

static ent_status list_enquiries(desk *d, const ent_state *state, splits *all,
                                 const ent_enquiry_request *request, ent_enquiries *enquiries)
{
    double now = best_now(state);
    size_t best = exact_ones(request);
    ent_status status = rank(d, state, best, request->counted, all);
    if (status == ENT_OK && !list_best(d, all, request, now, best, enquiries)) {
        status = rank(d, state, 0, request->counted, all);
        (void)list_best(d, all, request, now, 0, enquiries);
    }
    if (status != ENT_OK) {
        return status;
    }
    enquiries->settled += d->settled;
    for (size_t i = 0; request->counted && i < all->count; i++) {
        enquiries->useless += !(all->at[i].expected > now + USEFUL);
    }
    return d->first == NULL ? ENT_OK : plan_on(d, state, all, request, enquiries);
}

/* What one account is asked for. */
typedef struct order_of {
    ent_work *work;
    const ent_analysis *analysis;
    size_t account;
    const ent_enquiry_request *request;
    ent_enquiries *enquiries;
} order_of;

static ent_status make_enquiries(ent_work *scratch, void *argument)
{
    const order_of *o = argument;
    ent_enquiries *enquiries = o->enquiries;
    const ent_best *best = &enquiries->best;
    ent_bits bits = ent_bits_of(o->work->arena, o->analysis, o->account);
    size_t most = PANEL_BYTES / ((bits.voters.count + 1) * bits.words * sizeof(uint64_t));
    most = most > PACKAGES ? PACKAGES : most + 1;
    ent_candidates candidates;
    ent_status status =
        ent_candidates_of(o->work, &bits, best, false, most, &candidates);
    if (status != ENT_OK) {
        return status;
    }
    enquiries->candidates = candidates.count;
    enquiries->complete = candidates.complete;
    uint64_t each = (uint64_t)candidates.count * candidates.count;
    if (o->request->most > 0 && each > o->request->most / (bits.voters.count + 1)) {
        enquiries->too_many = true;
        return ENT_OK;
    }
    status = ent_check_panel(o->work, &bits, candidates.count);
    if (status != ENT_OK) {
        return status;
    }
    ent_panel panel = ent_panel_of(scratch, &bits, &candidates, best->deal.levels);
    ent_state state = ent_state_before(scratch, &panel);
    ent_taste taste = ent_taste_of(o->work, o->analysis, o->account);
    splits all = splits_of(scratch->arena, &panel, &state, &taste, o->request->party);
    enquiries->looked = all.looked;
    enquiries->alike = all.alike;
    enquiries->settled = all.settled;
    desk d = {.work = o->work,
              .scratch = scratch,
              .panel = &panel,
              .judge = ent_judge_of(o->work->arena, o->analysis, o->account),
              .best = *best};
    return list_enquiries(&d, &state, &all, o->request, enquiries);
}

ent_status ent_answer_enquiry(ent_work *work, const ent_analysis *analysis, size_t account,
                              const ent_enquiry_request *request, ent_enquiries *enquiries)
{
    *enquiries = (ent_enquiries){.depth = request->depth, .complete = true};
    ent_status status = ent_best_of(work, analysis, account, &enquiries->best);
    const ent_best *best = &enquiries->best;
    if (status != ENT_OK || best->deal.levels == NULL || best->zone.share <= 0) {
        return status;
    }
    order_of o = {work, analysis, account, request, enquiries};
    return ent_with_scratch(work, make_enquiries, &o);
}
