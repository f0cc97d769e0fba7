/*
 * Compatible statements and measure disputes by plain comparison; the definitions are in the
 * header. Shares are interval arithmetic: part/(part + rest) is least where the part is least and
 * the rest greatest.
 */
#include "worlds/measure.h"

#include <math.h>
#include <stdlib.h>

/* That a statement says something about a party and an issue; for packages also how much. */
typedef struct mention {
    uint32_t statement, party, issue;
    uint64_t level; /* 0 where it is not about a package */
} mention;

typedef struct mention_list {
    mention *at;
    size_t count, room;
} mention_list;

static void put_package(ent_arena *arena, mention_list *list, uint32_t statement, uint32_t party,
                        const ent_package *package)
{
    for (size_t i = 0; i < package->count; i++) {
        const ent_choice *choice = &package->choices[i];
        *ent_push(arena, list) = (mention){statement, party, choice->issue, choice->level};
    }
}

static void put_claim(ent_arena *arena, mention_list *list, uint32_t statement,
                      const ent_claim *claim)
{
    put_package(arena, list, statement, claim->party, &claim->package);
    put_package(arena, list, statement, claim->party, &claim->other);
    for (size_t i = 0; i < claim->ranked_count; i++) {
        *ent_push(arena, list) = (mention){statement, claim->party, claim->ranked[i], 0};
    }
    for (size_t i = 0; i < claim->weight_count; i++) {
        *ent_push(arena, list) = (mention){statement, claim->party, claim->weights[i].issue, 0};
    }
}

static int by_party_and_issue(const void *a, const void *b)
{
    const mention *x = a;
    const mention *y = b;
    if (x->party != y->party) {
        return x->party < y->party ? -1 : 1;
    }
    if (x->issue != y->issue) {
        return x->issue < y->issue ? -1 : 1;
    }
    return x->statement < y->statement ? -1 : x->statement > y->statement;
}

static int by_pair(const void *a, const void *b)
{
    const ent_compatible_pair *x = a;
    const ent_compatible_pair *y = b;
    if (x->one != y->one) {
        return x->one < y->one ? -1 : 1;
    }
    if (x->other != y->other) {
        return x->other < y->other ? -1 : 1;
    }
    if (x->party != y->party) {
        return x->party < y->party ? -1 : 1;
    }
    return x->issue < y->issue ? -1 : x->issue > y->issue;
}

typedef struct pair_list {
    ent_compatible_pair *at;
    size_t count, room;
} pair_list;

/* Believed by every consistent account, and said by a party's side. */
static bool is_common(const ent_case *c, const ent_accounts *accounts, uint32_t statement)
{
    bool common = c->statements[statement].side < c->party_count;
    bool any = false;
    for (size_t i = 0; common && i < accounts->count; i++) {
        if (accounts->at[i].consistent) {
            common = accounts->at[i].in[statement];
            any = true;
        }
    }
    return common && any;
}

/* All pairs of different sides among mentions of the same party and issue; false at the limit. */
static bool pair_up(ent_arena *arena, const ent_case *c, const mention *from, const mention *to,
                    pair_list *pairs)
{
    for (const mention *one = from; one < to; one++) {
        for (const mention *other = one + 1; other < to; other++) {
            if (c->statements[one->statement].side == c->statements[other->statement].side ||
                one->statement == other->statement) {
                continue;
            }
            /* The same pair may come back for every issue: room for some repetition. */
            if (pairs->count >= 8 * ENT_COMPATIBLE_MOST) {
                return false;
            }
            *ent_push(arena, pairs) = (ent_compatible_pair){one->statement, other->statement,
                                                            one->party, one->issue};
        }
    }
    return true;
}

ent_compatible ent_find_compatible(ent_arena *arena, const ent_case *c,
                                   const ent_accounts *accounts)
{
    mention_list mentions = {0};
    pair_list pairs = {0};
    bool complete = true;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        for (size_t j = 0; is_common(c, accounts, i) && j < c->statements[i].claim_count; j++) {
            put_claim(arena, &mentions, i, &c->statements[i].claims[j]);
        }
    }
    if (mentions.count == 0) {
        return (ent_compatible){.complete = true};
    }
    qsort(mentions.at, mentions.count, sizeof *mentions.at, by_party_and_issue);
    for (size_t from = 0; from < mentions.count && complete;) {
        size_t to = from;
        while (to < mentions.count && mentions.at[to].party == mentions.at[from].party &&
               mentions.at[to].issue == mentions.at[from].issue) {
            to++;
        }
        complete = pair_up(arena, c, mentions.at + from, mentions.at + to, &pairs);
        from = to;
    }
    size_t count = 0;
    if (pairs.count > 0) {
        qsort(pairs.at, pairs.count, sizeof *pairs.at, by_pair);
    }
    for (size_t i = 0; i < pairs.count; i++) {
        const ent_compatible_pair *last = count > 0 ? &pairs.at[count - 1] : NULL;
        if (last == NULL || last->one != pairs.at[i].one || last->other != pairs.at[i].other) {
            pairs.at[count++] = pairs.at[i];
        }
    }
    complete = complete && count <= ENT_COMPATIBLE_MOST;
    return (ent_compatible){pairs.at, count < ENT_COMPATIBLE_MOST ? count : ENT_COMPATIBLE_MOST,
                            complete};
}

/* The figure of a part by the metric; NaN where it is missing. */
static ent_interval figure_of(const ent_issue *issue, uint32_t metric, uint64_t part)
{
    for (size_t i = 0; i < issue->size_count; i++) {
        if (issue->sizes[i].metric == metric && issue->sizes[i].part == part) {
            return issue->sizes[i].value;
        }
    }
    return (ent_interval){(double)NAN, (double)NAN};
}

static ent_interval share_of(ent_interval part, ent_interval rest)
{
    if (!(part.low >= 0 && rest.low >= 0 && part.low + rest.low > 0)) {
        return (ent_interval){(double)NAN, (double)NAN};
    }
    /* Both totals are positive: each is at least part.low + rest.low. */
    return (ent_interval){part.low / (part.low + rest.high), part.high / (part.high + rest.low)};
}

static ent_interval share_of_items(const ent_issue *issue, uint32_t metric, uint64_t level)
{
    ent_interval sums[2] = {{0, 0}, {0, 0}};
    for (uint32_t item = 0; item < issue->parts; item++) {
        ent_interval figure = figure_of(issue, metric, item);
        ent_interval *sum = &sums[(level >> item & 1) != 0 ? 0 : 1];
        sum->low += figure.low;
        sum->high += figure.high;
    }
    return share_of(sums[0], sums[1]);
}

static ent_interval share_of_options(const ent_issue *issue, uint32_t metric, uint64_t level)
{
    ent_interval part = level == 0 ? (ent_interval){0, 0} : figure_of(issue, metric, level);
    ent_interval all = figure_of(issue, metric, issue->levels - 1);
    if (level == issue->levels - 1 && all.low > 0) {
        return (ent_interval){1, 1};
    }
    if (!(part.low >= 0 && all.low > 0)) {
        return (ent_interval){(double)NAN, (double)NAN};
    }
    return (ent_interval){fmin(part.low / all.high, 1), fmin(part.high / all.low, 1)};
}

ent_interval ent_size_share(const ent_issue *issue, uint32_t metric, uint64_t level)
{
    switch (issue->kind) {
    case ENT_ITEMS:
        return share_of_items(issue, metric, level);
    case ENT_OPTIONS:
        return share_of_options(issue, metric, level);
    case ENT_RANGE:
        break;
    }
    return (ent_interval){(double)NAN, (double)NAN};
}

typedef struct measure_list {
    ent_measure_dispute *at;
    size_t count, room;
} measure_list;

static uint64_t common_level(const ent_issue *issue, uint64_t one, uint64_t other)
{
    return issue->kind == ENT_ITEMS ? one & other : one < other ? one : other;
}

/* Two metrics that part ways on the level; false if there are none. */
static bool find_metrics(const ent_case *c, ent_measure_dispute *d)
{
    const ent_issue *issue = &c->space.issues[d->issue];
    bool partial = false;
    bool nearly = false;
    for (uint32_t m = 0; m < c->metric_count; m++) {
        ent_interval share = ent_size_share(issue, m, d->level);
        if (!partial && share.high <= ENT_PARTIAL_MOST) {
            partial = true;
            d->partial_metric = m;
            d->partial_share = share;
        }
        if (!nearly && share.low >= ENT_NEARLY_LEAST) {
            nearly = true;
            d->nearly_metric = m;
            d->nearly_share = share;
        }
    }
    return partial && nearly;
}

/* The statements that name the level or more on the issue, each once. */
static void find_speakers(ent_arena *arena, const ent_case *c, const mention_list *mentions,
                          ent_measure_dispute *d)
{
    uint32_t *statements = ent_alloc(arena, mentions->count + 1, uint32_t);
    const ent_issue *issue = &c->space.issues[d->issue];
    for (size_t i = 0; i < mentions->count; i++) {
        const mention *m = &mentions->at[i];
        if (m->issue == d->issue && ent_reaches(issue, m->level, d->level) &&
            (d->count == 0 || statements[d->count - 1] != m->statement)) {
            statements[d->count++] = m->statement;
        }
    }
    d->statements = statements;
}

static bool is_known(const measure_list *list, uint32_t issue, uint64_t level)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->at[i].issue == issue && list->at[i].level == level) {
            return true;
        }
    }
    return false;
}

static int by_issue_and_level(const void *a, const void *b)
{
    const ent_measure_dispute *x = a;
    const ent_measure_dispute *y = b;
    if (x->issue != y->issue) {
        return x->issue < y->issue ? -1 : 1;
    }
    return x->level < y->level ? -1 : x->level > y->level;
}

static void compare(ent_arena *arena, const ent_case *c, const mention_list *mentions,
                    const mention *one, const mention *other, measure_list *list)
{
    const ent_issue *issue = &c->space.issues[one->issue];
    ent_measure_dispute d = {.issue = one->issue,
                             .level = common_level(issue, one->level, other->level)};
    if (d.level != 0 && !is_known(list, d.issue, d.level) && find_metrics(c, &d)) {
        find_speakers(arena, c, mentions, &d);
        *ent_push(arena, list) = d;
    }
}

ent_measure_disputes ent_find_measure_disputes(ent_arena *arena, const ent_case *c, const bool *on)
{
    mention_list mentions = {0};
    measure_list list = {0};
    for (uint32_t i = 0; i < c->statement_count; i++) {
        const ent_statement *s = &c->statements[i];
        for (size_t j = 0; on[i] && s->side < c->party_count && j < s->claim_count; j++) {
            put_package(arena, &mentions, i, s->claims[j].party, &s->claims[j].package);
            put_package(arena, &mentions, i, s->claims[j].party, &s->claims[j].other);
        }
    }
    for (size_t i = 0; i < mentions.count; i++) {
        const mention *one = &mentions.at[i];
        for (size_t j = i + 1; j < mentions.count; j++) {
            const mention *other = &mentions.at[j];
            if (one->issue == other->issue && c->space.issues[one->issue].size_count > 0 &&
                c->statements[one->statement].side != c->statements[other->statement].side) {
                compare(arena, c, &mentions, one, other, &list);
            }
        }
    }
    if (list.count > 0) {
        qsort(list.at, list.count, sizeof *list.at, by_issue_and_level);
    }
    return (ent_measure_disputes){list.at, list.count};
}
