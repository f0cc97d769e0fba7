/*
 * An exact scenario as a case file: parties with `utility`, issues of options or ranges. A case
 * names things by letters, digits, `_`, `.` and `-`, so that other names are changed; it has sums
 * over issues alone, and neither discounts nor a cut at 1. A party that loses as an issue goes from
 * its first value to its last gives it, the others get it.
 *
 * A case has a status quo, which is no deal, and a reservation value for every party; a scenario
 * need not. A single list of outcomes gets `no-deal` before it, so that none is lost; of several
 * issues the first values are taken. Whatever is made up is told.
 */
#include "base/number.h"
#include "io/case.h"
#include "io/scenario_write.h"
#include "io/table.h"
#include "record/exact.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 80, MOST_OPTIONS = 1000 };

typedef struct maker {
    ent_work *work;
    const ent_scenario *s;
    ent_case *c;
    ent_issue *issues;
    ent_party *parties;
    uint32_t *from; /* [issues of the case] the scenario's issue */
    bool renamed;
    bool no_deal; /* the single issue gets an option of that name as its status quo */
} maker;

/* The name as a case may have it, not among `taken`. */
static const char *id_of(maker *m, const char *name, const char *prefix, ent_names *taken)
{
    char id[LONGEST + 24];
    size_t length = 0;
    bool plain = isalnum((unsigned char)*name) != 0;
    if (!plain) {
        length = (size_t)snprintf(id, sizeof id, "%s", prefix);
    }
    for (; *name != '\0' && length < LONGEST; name++) {
        bool keep = isalnum((unsigned char)*name) || strchr("_.-", *name) != NULL;
        plain = plain && keep;
        if (((unsigned char)*name & 0xC0) != 0x80) { /* one `-` for a character of many bytes */
            id[length++] = keep ? *name : '-';
        }
    }
    id[length] = '\0';
    plain = plain && *name == '\0';
    for (unsigned k = 2; ent_names_find(taken, id) != UINT32_MAX; k++) {
        snprintf(id + length, sizeof id - length, "-%u", k);
        plain = false;
    }
    const char *copy = ent_copy(m->work->arena, id);
    (void)ent_names_add(m->work->arena, taken, copy, (uint32_t)taken->count);
    m->renamed |= !plain;
    return copy;
}

static ent_status check(maker *m)
{
    const ent_scenario *s = m->s;
    for (uint32_t p = 0; p < s->party_count; p++) {
        const ent_utility *u = &s->utilities[p];
        if (!ent_is_additive(u)) {
            return ent_cannot_hold(m->work, "a case has sums over issues alone, and the utilities "
                                            "of `%s` are none", s->parties[p]);
        }
        if (u->capped && ent_greatest_sum(s, p) > 1 + 1e-9) {
            ent_tell_lost(m->work, "a case does not cut the utilities of `%s` at 1",
                          s->parties[p]);
        }
        if (u->discount != 1) {
            ent_tell_lost(m->work, "a case has no discount: that of `%s` is left out",
                          s->parties[p]);
        }
    }
    if (s->party_count < 2) {
        return ent_cannot_hold(m->work, "a case has at least two parties");
    }
    return ENT_OK;
}

static bool is_range(maker *m, uint32_t i)
{
    const ent_scenario_issue *issue = &m->s->issues[i];
    bool straight = issue->kind != ENT_DISCRETE;
    for (uint32_t p = 0; p < m->s->party_count && straight; p++) {
        ent_evaluator e = ent_evaluator_of(m->work->arena, m->s, p, i);
        straight = ent_is_straight(issue, &e);
    }
    return straight;
}

static ent_status make_issue(maker *m, uint32_t i, ent_names *taken)
{
    const ent_scenario_issue *from = &m->s->issues[i];
    ent_issue *issue = &m->issues[m->c->space.issue_count];
    *issue = (ent_issue){.id = id_of(m, from->name, "i", taken), .name = from->name,
                         .kind = is_range(m, i) ? ENT_RANGE : ENT_OPTIONS,
                         .levels = from->levels, .from = from->lower, .to = from->upper,
                         .step = from->step};
    issue->levels += m->no_deal;
    int8_t *sign = ent_alloc(m->work->arena, m->s->party_count, int8_t);
    for (uint32_t p = 0; p < m->s->party_count; p++) {
        const double *const *part = m->s->utilities[p].part;
        sign[p] = part != NULL && part[i][from->levels - 1] < part[i][0] ? -1 : 1;
    }
    issue->sign = sign;
    if (issue->kind == ENT_OPTIONS && from->levels > MOST_OPTIONS) {
        return ent_cannot_hold(m->work, "`%s` has more than %d options", from->name,
                               MOST_OPTIONS);
    }
    if (issue->kind == ENT_OPTIONS) {
        ent_names options = {.fold = true};
        issue->parts = (uint32_t)issue->levels;
        issue->part_ids = ent_alloc(m->work->arena, issue->parts, const char *);
        for (uint32_t k = 0; k < issue->parts; k++) {
            const char *name = m->no_deal && k == 0
                                   ? "no-deal"
                                   : ent_scenario_value_text(m->work->arena, from, k - m->no_deal);
            issue->part_ids[k] = id_of(m, name, "v", &options);
        }
        issue->part_names = issue->part_ids;
    }
    m->from[m->c->space.issue_count++] = i;
    return ENT_OK;
}

static ent_status make_issues(maker *m)
{
    ent_names taken = {.fold = true};
    ent_status status = ENT_OK;
    m->issues = ent_alloc(m->work->arena, m->s->issue_count, ent_issue);
    m->from = ent_alloc(m->work->arena, m->s->issue_count, uint32_t);
    m->c->space.issues = m->issues;
    for (uint32_t i = 0; i < m->s->issue_count && status == ENT_OK; i++) {
        if (m->s->issues[i].levels > 1) {
            status = make_issue(m, i, &taken);
        } else {
            ent_tell_lost(m->work, "`%s` has one value and is left out",
                          m->s->issues[i].name);
        }
    }
    if (status == ENT_OK && m->c->space.issue_count == 0) {
        return ent_cannot_hold(m->work, "there is nothing to choose");
    }
    return status;
}

/* What the issues of one value add whatever is chosen. */
static double constant_of(maker *m, uint32_t p)
{
    const ent_utility *u = &m->s->utilities[p];
    double sum = 0;
    for (uint32_t i = 0; u->part != NULL && i < m->s->issue_count; i++) {
        sum += m->s->issues[i].levels == 1 ? u->part[i][0] : 0;
    }
    return sum;
}

static void make_party(maker *m, uint32_t p, ent_names *taken)
{
    const ent_utility *u = &m->s->utilities[p];
    ent_party *party = &m->parties[p];
    double least = 0;
    double constant = constant_of(m, p);
    ent_evaluator *list = ent_alloc(m->work->arena, m->c->space.issue_count, ent_evaluator);
    for (uint32_t i = 0; i < m->c->space.issue_count; i++) {
        uint32_t from = m->from[i];
        uint64_t levels = m->s->issues[from].levels + m->no_deal;
        double *raw = ent_alloc(m->work->arena, levels, double);
        for (uint64_t k = m->no_deal; k < levels; k++) {
            raw[k] = (u->part == NULL ? 0 : u->part[from][k - m->no_deal]) +
                     (i == 0 ? constant : 0);
        }
        if (m->no_deal) {
            raw[0] = isinf(u->reservation) ? ent_part_least(m->s, p, from) + constant
                                           : u->reservation;
        }
        double width = m->issues[i].to - m->issues[i].from;
        list[i] = (ent_evaluator){.raw = raw, .weight = 1, .divisor = 1, .offset = raw[0],
                                  .origin = m->issues[i].from};
        list[i].slope = width > 0 ? (raw[levels - 1] - raw[0]) / width : 0;
        least += ent_part_least(m->s, p, from);
    }
    ent_utility *utility = ent_alloc(m->work->arena, 1, ent_utility);
    *utility = (ent_utility){.scale = 1, .discount = 1, .evaluators = list};
    double reservation = isinf(u->reservation) ? least + constant : u->reservation;
    *party = (ent_party){.id = id_of(m, m->s->parties[p], "p", taken), .name = m->s->parties[p],
                         .reservation = {reservation, reservation}, .utility = utility};
}

/* Is it a list of outcomes, none of which is no agreement already? */
static bool wants_no_deal(const ent_scenario *s)
{
    uint32_t lists = 0;
    bool stands = strcmp(s->format, "case") == 0;
    for (uint32_t i = 0; i < s->issue_count; i++) {
        const ent_scenario_issue *issue = &s->issues[i];
        lists += issue->levels > 1 ? issue->kind == ENT_DISCRETE ? 1 : 2 : 0;
        stands |= issue->values != NULL && issue->levels > 1 &&
                  ent_label_is(issue->values[0], ENT_WORD_RESERVATION);
    }
    return lists == 1 && !stands;
}

/* What the case says that the scenario does not. */
static void tell_made_up(maker *m)
{
    ent_buffer first = ent_buffer_init(m->work->arena, 0);
    for (uint32_t i = 0; i < m->c->space.issue_count && i < 4; i++) {
        const ent_scenario_issue *from = &m->s->issues[m->from[i]];
        ent_putf(&first, "%s%s", i > 0 ? ", " : "",
                 ent_scenario_value_text(m->work->arena, from, 0));
    }
    ent_put(&first, m->c->space.issue_count > 4 ? " ..." : "");
    if (m->no_deal) {
        ent_tell_lost(m->work, "a case has a status quo: `no-deal` was added for it, worth the "
                               "reservation values");
    } else if (strcmp(m->s->format, "case") != 0) {
        ent_tell_lost(m->work, "a case has a status quo, which is no deal: the first value of each "
                               "issue was taken for it (%.200s)", ent_buffer_text(&first));
    }
    for (uint32_t p = 0; p < m->s->party_count; p++) {
        char number[ENT_NUMBER_ROOM];
        if (isinf(m->s->utilities[p].reservation)) {
            ent_tell_lost(m->work, "a case has reservation values: the least that `%s` can get, "
                                   "%s, was taken for one", m->s->parties[p],
                          ent_number_text(m->parties[p].reservation.low, number));
        }
    }
}

static ent_status write_case(ent_work *work, const ent_scenario *s, ent_written_files *out)
{
    maker m = {.work = work, .s = s};
    m.c = ent_alloc(work->arena, 1, ent_case);
    m.no_deal = wants_no_deal(s);
    m.parties = ent_alloc(work->arena, s->party_count, ent_party);
    *m.c = (ent_case){.title = s->name, .parties = m.parties, .party_count = s->party_count};
    ent_status status = check(&m);
    status = status == ENT_OK ? make_issues(&m) : status;
    if (status != ENT_OK) {
        return status;
    }
    ent_names taken = {.fold = true};
    for (uint32_t p = 0; p < s->party_count; p++) {
        make_party(&m, p, &taken);
    }
    tell_made_up(&m);
    if (m.renamed) {
        ent_tell_lost(work, "names that a case cannot have were changed");
    }
    ent_buffer b = ent_buffer_init(work->arena, 0);
    ent_put_case(&b, m.c);
    return ent_add_file(work, out, "", &b);
}

static const char *const extensions[] = {"yaml", "yml", NULL};

const ent_scenario_format ent_format_case = {
    .name = "case",
    .title = "a case",
    .extensions = extensions,
    .folder = false,
    .write = write_case,
};
