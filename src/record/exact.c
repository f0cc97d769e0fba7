#include "record/exact.h"

#include <math.h>

static const char *const no_yes[] = {"no", "yes"};

uint32_t ent_exact_first(const ent_space *space, uint32_t issue)
{
    uint32_t first = 0;
    for (uint32_t i = 0; i < issue; i++) {
        first += space->issues[i].kind == ENT_ITEMS ? space->issues[i].parts : 1;
    }
    return first;
}

static ent_scenario_issue whole_issue(const ent_issue *issue)
{
    if (issue->kind == ENT_OPTIONS) {
        return (ent_scenario_issue){.name = issue->id, .levels = issue->levels,
                                    .values = issue->part_ids, .ordered = true};
    }
    bool integers = issue->step == 1 && issue->from == floor(issue->from);
    return (ent_scenario_issue){.name = issue->id, .kind = integers ? ENT_INTEGER : ENT_REAL,
                                .levels = issue->levels, .lower = issue->from,
                                .step = issue->step, .upper = issue->to};
}

const ent_scenario_issue *ent_exact_issues(ent_arena *arena, const ent_space *space,
                                           uint32_t *count)
{
    *count = ent_exact_first(space, space->issue_count);
    ent_scenario_issue *list = ent_alloc(arena, *count, ent_scenario_issue);
    uint32_t at = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        const ent_issue *issue = &space->issues[i];
        for (uint32_t k = 0; issue->kind == ENT_ITEMS && k < issue->parts; k++) {
            const char *name = ent_format(arena, "%s: %s", issue->id, issue->part_ids[k]);
            list[at++] = (ent_scenario_issue){.name = name, .levels = 2, .values = no_yes};
        }
        if (issue->kind != ENT_ITEMS) {
            list[at++] = whole_issue(issue);
        }
    }
    return list;
}

/* Options: one table of all; items: a table of no and yes for each; a range: a straight line. */
static double worths_of(const ent_issue *issue, const ent_evaluator *e, double *worth)
{
    if (issue->kind == ENT_RANGE) {
        worth[0] = e->slope * (issue->to - issue->from);
        return e->slope * (issue->from - e->origin) + e->offset;
    }
    double start = 0;
    for (uint32_t j = 0; j < issue->components; j++) {
        const double *raw = issue->kind == ENT_ITEMS ? e[j].raw : e->raw;
        uint32_t at = issue->kind == ENT_ITEMS ? 0 : j;
        worth[j] = raw == NULL ? 0 : raw[at + 1] - raw[at];
        start += raw != NULL && at == 0 && (j == 0 || issue->kind == ENT_ITEMS) ? raw[0] : 0;
    }
    return start;
}

double ent_exact_worths(const ent_space *space, const ent_utility *utility, double *worth)
{
    double start = 0;
    for (uint32_t i = 0; i < space->issue_count; i++) {
        const ent_issue *issue = &space->issues[i];
        const ent_evaluator *e = &utility->evaluators[ent_exact_first(space, i)];
        start += worths_of(issue, e, worth + issue->first);
    }
    return start;
}

bool ent_is_exact(const ent_case *c)
{
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (c->parties[p].utility != NULL) {
            return true;
        }
    }
    return false;
}

static ent_status fault(ent_work *work, const ent_case *c, ent_pos pos, ent_code code,
                        const char *name, const char *message)
{
    ent_tell(work->diags, ENT_ERROR, code, &c->text, pos, NULL, "%.100s %s", name, message);
    return ENT_INVALID;
}

static ent_status check(ent_work *work, const ent_case *c)
{
    if (c->space.rule_count > 0) {
        return fault(work, c, c->space.rules[0].pos, ENT_S111_UNSUPPORTED,
                     "exact scenarios", "have no rules");
    }
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        const ent_issue *issue = &c->space.issues[i];
        if (issue->kind == ENT_RANGE && issue->levels > ENT_SCENARIO_LEVELS) {
            return fault(work, c, issue->pos, ENT_S104_TOO_MUCH, issue->id,
                         "has too many steps for an exact scenario");
        }
    }
    for (uint32_t p = 0; p < c->party_count; p++) {
        const ent_party *party = &c->parties[p];
        if (party->utility == NULL && party->role == ENT_DECIDER) {
            return fault(work, c, party->pos, ENT_S106_NO_PROFILE,
                         party->id, "is a decider without `utility`: not every value is known");
        }
        if (party->utility != NULL && party->reservation.low != party->reservation.high) {
            return fault(work, c, party->pos, ENT_S111_UNSUPPORTED,
                         party->id, "has a range of reservations: not every value is known");
        }
    }
    return ENT_OK;
}

/* Lines are believed by accounts, and an exact scenario has none: what does not act is told. */
static void tell_lines(ent_work *work, const ent_case *c)
{
    for (uint32_t i = 0; i < c->statement_count; i++) {
        const ent_statement *s = &c->statements[i];
        for (size_t j = 0; j < s->claim_count; j++) {
            if (ent_verbs[s->claims[j].verb].line != ENT_LINE_NONE) {
                ent_tell(work->diags, ENT_WARNING, ENT_S211_LINES_ASIDE, &c->text,
                         s->claims[j].pos, "`entente deals` keeps to it where it is believed",
                         "the line of `%.100s` does not act here: an exact scenario holds what "
                         "outcomes are worth, and no statements",
                         s->id);
            }
        }
    }
}

ent_status ent_scenario_of_case(ent_work *work, const ent_case *c, ent_scenario **out)
{
    ent_scenario *s = ent_alloc(work->arena, 1, ent_scenario);
    ent_utility *utilities = ent_alloc(work->arena, c->party_count, ent_utility);
    const char **names = ent_alloc(work->arena, c->party_count, const char *);
    *out = s;
    ent_status status = check(work, c);
    if (status != ENT_OK) {
        return status;
    }
    *s = (ent_scenario){.name = c->title, .format = "case", .parties = names,
                        .utilities = utilities};
    tell_lines(work, c);
    s->issues = ent_exact_issues(work->arena, &c->space, &s->issue_count);
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (c->parties[p].utility != NULL) {
            utilities[s->party_count] = *c->parties[p].utility;
            utilities[s->party_count].reservation = c->parties[p].reservation.low;
            names[s->party_count++] = c->parties[p].id;
        }
    }
    return ENT_OK;
}
