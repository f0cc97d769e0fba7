/*
 * Genius constraint spaces (<utility_space type="constraint">): every ranked issue gives
 * rank / greatest rank of the issue, and u is their mean; a constraint of an issue makes that issue
 * give 0, and one of the outcome makes u 0. Meaning as in the 10.4 classes ConstraintUtilitySpace,
 * Rank, InclusiveZeroOutcomeConstraint, ConditionalZeroOutcomeConstraint, ZeroConstraint,
 * ConditionalZeroConstraint, SumZeroConstraint, SumZeroNotConstraint and SumZeroConstraintList.
 *
 * Such values are no sums over issues: they become a table of all outcomes.
 * O(outcomes * (issues + terms of all constraints)).
 */
#include "io/genius.h"

#include "base/number.h"
#include "model/decimal.h"

#include <math.h>
#include <string.h>

/* What an outcome's value of one issue must be: [levels]. */
typedef struct term {
    uint32_t issue;
    bool *holds;
} term;

/* Zeroes `issue`, or the whole outcome, where all terms hold and the sum is within its bounds. */
typedef struct constraint {
    uint32_t issue; /* ENT_NO_ISSUE: the outcome */
    struct {
        term *at;
        size_t count, room;
    } terms;
    struct {
        uint32_t *at; /* issues whose numbers are summed */
        size_t count, room;
    } summed;
    double least, most;
} constraint;

typedef struct space {
    ent_genius *g;
    const double **share; /* [issues][levels] rank / greatest rank; NULL where not ranked */
    double *greatest;     /* [issues] */
    uint32_t *ranked;     /* in the file's order */
    uint32_t ranked_count;
    double **number; /* [issues][levels] of issues whose numbers are summed; NULL: not needed */
    struct {
        constraint *at;
        size_t count, room;
    } constraints;
} space;

static ent_status issue_of(space *s, const ent_xml *element, uint32_t *issue)
{
    double number = 0;
    ent_status status = ent_genius_number(s->g, element, "index", &number);
    if (status != ENT_OK) {
        return status;
    }
    *issue = fabs(number) < 1e9 ? ent_genius_find(s->g, (long)number) : ENT_NO_ISSUE;
    if (*issue == ENT_NO_ISSUE) {
        return ent_scenario_fault(s->g->work, s->g->text, element->pos, ENT_S107_OTHER_DOMAIN,
                                  NULL, "<%s> is about issue %g, which the domain does not have",
                                  element->tag, number);
    }
    if (s->g->issues[*issue].kind == ENT_REAL) {
        return ent_scenario_fault(s->g->work, s->g->text, element->pos, ENT_S111_UNSUPPORTED,
                                  NULL, "a constraint on `%s`, which is continuous",
                                  s->g->issues[*issue].name);
    }
    return ENT_OK;
}

static const char *level_text(space *s, uint32_t issue, uint64_t level)
{
    return ent_scenario_value_text(s->g->work->arena, &s->g->issues[issue], level);
}

/* The whole number that a value is; Genius stops where one is none. */
static ent_status level_number(space *s, const ent_xml *where, uint32_t issue, uint64_t level,
                               double *x)
{
    const char *text = level_text(s, issue, level);
    if (!ent_parse_number(text, strlen(text), x) || *x != floor(*x) || fabs(*x) > 1e9) {
        return ent_scenario_fault(s->g->work, s->g->text, where->pos, ENT_S109_BAD_NUMBER, NULL,
                                  "the constraint needs whole numbers, and `%s` has the value `%s`",
                                  s->g->issues[issue].name, text);
    }
    return ENT_OK;
}

static ent_status attribute(space *s, const ent_xml *element, const char *name, const char **text)
{
    *text = ent_xml_get(element, name);
    return *text != NULL ? ENT_OK
                         : ent_scenario_fault(s->g->work, s->g->text, element->pos,
                                              ENT_S108_MISSING_PART, NULL, "<%s> has no `%s`",
                                              element->tag, name);
}

/* The term of the issue; of several in one constraint the last counts, as in a Java map. */
static term *term_of(space *s, constraint *c, uint32_t issue)
{
    for (size_t i = 0; i < c->terms.count; i++) {
        if (c->terms.at[i].issue == issue) {
            return &c->terms.at[i];
        }
    }
    term *t = ent_push(s->g->work->arena, &c->terms);
    *t = (term){issue, ent_alloc(s->g->work->arena, s->g->issues[issue].levels, bool)};
    return t;
}

/* The value contains (or is) the text, or the reverse of it. */
static void set_text(space *s, term *t, const char *text, bool whole, bool reverse)
{
    for (uint64_t k = 0; k < s->g->issues[t->issue].levels; k++) {
        const char *value = level_text(s, t->issue, k);
        bool found = whole ? strcmp(value, text) == 0 : strstr(value, text) != NULL;
        t->holds[k] = found != reverse;
    }
}

/* sign * value > least for every value of the issue. */
static ent_status set_sign(space *s, const ent_xml *where, term *t, double sign, double least)
{
    for (uint64_t k = 0; k < s->g->issues[t->issue].levels; k++) {
        double x = 0;
        ent_status status = level_number(s, where, t->issue, k, &x);
        if (status != ENT_OK) {
            return status;
        }
        t->holds[k] = sign * x > least;
    }
    return ENT_OK;
}

/* <checkassignment>s of an inclusive constraint: all must hold. */
static ent_status read_inclusive(space *s, const ent_xml *element, constraint *c)
{
    ent_status status = ENT_OK;
    for (const ent_xml *e = ent_xml_child(element, "checkassignment");
         e != NULL && status == ENT_OK; e = ent_xml_next(e, "checkassignment")) {
        const char *condition = NULL;
        uint32_t issue = 0;
        status = issue_of(s, e, &issue);
        status = status == ENT_OK ? attribute(s, e, "condition", &condition) : status;
        if (status != ENT_OK) {
            return status;
        }
        term *t = term_of(s, c, issue);
        if (strstr(condition, "numeric") == NULL) {
            set_text(s, t, condition, false, false);
        } else if (strstr(condition, "positive") != NULL) {
            status = set_sign(s, e, t, 1, -0.5); /* whole numbers: 0 or more */
        } else if (strstr(condition, "negative") != NULL) {
            status = set_sign(s, e, t, -1, -0.5);
        } else {
            set_text(s, t, "", false, false);
        }
    }
    return status;
}

/*
 * A sign of one issue's number without what the other should contain. Which of the two is asked
 * first is the order of Java's hash map: by number modulo 16, then as they stand.
 */
static ent_status read_conditional(space *s, const ent_xml *element, constraint *c)
{
    const ent_xml *pair[2] = {ent_xml_child(element, "checkassignment"), NULL};
    uint32_t issue[2] = {0, 0};
    const char *condition[2] = {NULL, NULL};
    pair[1] = pair[0] == NULL ? NULL : ent_xml_next(pair[0], "checkassignment");
    if (pair[1] == NULL || ent_xml_next(pair[1], "checkassignment") != NULL) {
        return ent_scenario_fault(s->g->work, s->g->text, element->pos, ENT_S108_MISSING_PART,
                                  NULL, "this constraint takes two <checkassignment>s");
    }
    for (int k = 0; k < 2; k++) {
        ent_status status = issue_of(s, pair[k], &issue[k]);
        status = status == ENT_OK ? attribute(s, pair[k], "condition", &condition[k]) : status;
        if (status != ENT_OK) {
            return status;
        }
    }
    const ent_genius_issue *about = s->g->about;
    int first = (about[issue[0]].number & 15) > (about[issue[1]].number & 15);
    term *sign = term_of(s, c, issue[first]);
    bool positive = strcmp(condition[first], "numeric=positive") == 0;
    if (issue[0] == issue[1] ||
        (!positive && strcmp(condition[first], "numeric=negative") != 0)) {
        ent_scenario_odd(s->g->work, s->g->text, element->pos, ENT_S203_ODD_VALUE, NULL,
                         "a constraint that never acts: its first condition is no sign");
        return ENT_OK;
    }
    ent_status status = set_sign(s, pair[first], sign, positive ? 1 : -1, 0);
    set_text(s, term_of(s, c, issue[1 - first]), condition[1 - first], false, true);
    return status;
}

/* <valueassignment>s: the values themselves. */
static ent_status read_assignments(space *s, const ent_xml *element, constraint *c)
{
    ent_status status = ENT_OK;
    for (const ent_xml *e = ent_xml_child(element, "valueassignment");
         e != NULL && status == ENT_OK; e = ent_xml_next(e, "valueassignment")) {
        const char *value = NULL;
        uint32_t issue = 0;
        status = issue_of(s, e, &issue);
        if (status == ENT_OK && (status = attribute(s, e, "value", &value)) == ENT_OK) {
            value = ent_tidy(s->g->work->arena, value);
            set_text(s, term_of(s, c, issue), value, true, false);
            if (ent_scenario_level(&s->g->issues[issue], &s->g->about[issue].values, value) ==
                UINT64_MAX) {
                ent_scenario_odd(s->g->work, s->g->text, e->pos, ENT_S203_ODD_VALUE, NULL,
                                 "the domain's `%s` has no value `%s`: the constraint never acts",
                                 s->g->issues[issue].name, value);
            }
        }
    }
    return status;
}

static ent_status take_numbers(space *s, const ent_xml *where, uint32_t issue)
{
    uint64_t levels = s->g->issues[issue].levels;
    ent_status status = ENT_OK;
    s->number[issue] = ent_alloc(s->g->work->arena, levels, double);
    for (uint64_t k = 0; k < levels && status == ENT_OK; k++) {
        status = level_number(s, where, issue, k, &s->number[issue][k]);
    }
    return status;
}

/* min, max and the <item>s whose numbers are summed. */
static ent_status read_sum(space *s, const ent_xml *element, constraint *c)
{
    ent_status status = ent_genius_number(s->g, element, "min", &c->least);
    status = status == ENT_OK ? ent_genius_number(s->g, element, "max", &c->most) : status;
    for (const ent_xml *e = ent_xml_child(element, "item"); e != NULL && status == ENT_OK;
         e = ent_xml_next(e, "item")) {
        uint32_t issue = 0;
        status = issue_of(s, e, &issue);
        if (status == ENT_OK) {
            status = take_numbers(s, e, issue);
            *ent_push(s->g->work->arena, &c->summed) = issue;
        }
    }
    return status;
}

/* The value of the constraint's own issue contains one of the <condition>s. */
static ent_status read_conditions(space *s, const ent_xml *element, constraint *c)
{
    term *t = term_of(s, c, c->issue);
    ent_status status = ENT_OK;
    for (const ent_xml *e = ent_xml_child(element, "condition"); e != NULL && status == ENT_OK;
         e = ent_xml_next(e, "condition")) {
        const char *value = NULL;
        status = attribute(s, e, "value", &value);
        for (uint64_t k = 0; status == ENT_OK && k < s->g->issues[c->issue].levels; k++) {
            t->holds[k] = t->holds[k] || strstr(level_text(s, c->issue, k), value) != NULL;
        }
    }
    return status;
}

/* One that zeroes an issue. */
static ent_status read_issue_constraint(space *s, const ent_xml *element, const char *type,
                                        constraint *c)
{
    const char *value = NULL;
    bool list = strcmp(type, "sumZeroConstraintList") == 0;
    bool sum = strncmp(type, "sum", 3) == 0;
    bool reverse = strcmp(type, "sumZeroNotConstraint") == 0 ||
                   strcmp(type, "conditionalZeroConstraint") == 0;
    ent_status status = issue_of(s, element, &c->issue);
    status = status != ENT_OK ? status
             : sum            ? read_sum(s, element, c)
                              : read_assignments(s, element, c);
    if (status != ENT_OK || strcmp(type, "zeroConstraint") == 0) {
        return status;
    }
    if (list) {
        return read_conditions(s, element, c);
    }
    status = attribute(s, element, "value", &value);
    if (status == ENT_OK) { /* a term of its own: the issue may also be among the values */
        term *t = ent_push(s->g->work->arena, &c->terms);
        *t = (term){c->issue,
                    ent_alloc(s->g->work->arena, s->g->issues[c->issue].levels, bool)};
        set_text(s, t, value, false, reverse);
    }
    return status;
}

static ent_status read_constraint(space *s, const ent_xml *element)
{
    static const char *const kinds[] = {"zeroConstraint", "sumZeroConstraint",
                                        "sumZeroNotConstraint", "sumZeroConstraintList",
                                        "conditionalZeroConstraint"};
    const char *type = NULL;
    ent_status status = attribute(s, element, "type", &type);
    if (status != ENT_OK) {
        return status;
    }
    constraint *c = ent_push(s->g->work->arena, &s->constraints);
    *c = (constraint){.issue = ENT_NO_ISSUE, .most = HUGE_VAL};
    if (strcmp(type, "inclusiveZeroOutcomeConstraint") == 0) {
        return read_inclusive(s, element, c);
    }
    if (strcmp(type, "conditionalZeroOutcomeConstraint") == 0) {
        return read_conditional(s, element, c);
    }
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (strcmp(type, kinds[k]) == 0) {
            return read_issue_constraint(s, element, type, c);
        }
    }
    return ent_scenario_fault(s->g->work, s->g->text, element->pos, ENT_S111_UNSUPPORTED, NULL,
                              "no such constraint: `%s`", type);
}

/* The ranks of one issue; every value needs one, as the owner stops where it has none. */
static ent_status read_ranks_of(space *s, const ent_xml *element)
{
    uint32_t issue = 0;
    double greatest = 0;
    ent_status status = issue_of(s, element, &issue);
    if (status == ENT_OK && s->share[issue] != NULL) {
        return ent_scenario_fault(s->g->work, s->g->text, element->pos, ENT_S112_NAME_TWICE, NULL,
                                  "`%s` is ranked twice", s->g->issues[issue].name);
    }
    if (status != ENT_OK) {
        return status;
    }
    const ent_scenario_issue *about = &s->g->issues[issue];
    double *rank = ent_alloc(s->g->work->arena, about->levels, double);
    for (uint64_t k = 0; k < about->levels; k++) {
        rank[k] = (double)NAN;
    }
    for (const ent_xml *e = ent_xml_child(element, "item"); e != NULL;
         e = ent_xml_next(e, "item")) {
        const char *value = NULL;
        double x = 0;
        status = attribute(s, e, "value", &value);
        status = status == ENT_OK ? ent_genius_number(s->g, e, "rank", &x) : status;
        if (status != ENT_OK) {
            return status;
        }
        uint64_t level = ent_scenario_level(about, &s->g->about[issue].values,
                                            ent_tidy(s->g->work->arena, value));
        greatest = fmax(greatest, x);
        if (level == UINT64_MAX) {
            ent_scenario_odd(s->g->work, s->g->text, e->pos, ENT_S203_ODD_VALUE, NULL,
                             "the domain's `%s` has no value `%s`", about->name, value);
        } else {
            rank[level] = x;
        }
    }
    for (uint64_t k = 0; k < about->levels; k++) {
        if (isnan(rank[k]) || !(greatest > 0)) {
            return ent_scenario_fault(s->g->work, s->g->text, element->pos,
                                      greatest > 0 ? ENT_S108_MISSING_PART : ENT_S109_BAD_NUMBER,
                                      NULL, greatest > 0 ? "the value `%s` of `%s` has no rank"
                                                         : "no rank as high as 1: `%s` of `%s`",
                                      level_text(s, issue, k), about->name);
        }
        rank[k] /= greatest;
    }
    s->greatest[issue] = greatest;
    s->share[issue] = rank;
    s->ranked[s->ranked_count++] = issue;
    return ENT_OK;
}

static bool acts(const space *s, const constraint *c, const uint64_t *outcome)
{
    for (size_t i = 0; i < c->terms.count; i++) {
        if (!c->terms.at[i].holds[outcome[c->terms.at[i].issue]]) {
            return false;
        }
    }
    double sum = 0;
    for (size_t i = 0; i < c->summed.count; i++) {
        sum += s->number[c->summed.at[i]][outcome[c->summed.at[i]]];
    }
    return isinf(c->most) || (c->least <= sum && sum <= c->most);
}

/*
 * The sum of what the ranked issues give, in the file's order as the owner adds them. *whole is the
 * sum times `unit`, a whole number.
 */
static double sum_at(const space *s, const uint64_t *outcome, bool *zeroed, double unit,
                     double *whole)
{
    *whole = 0;
    memset(zeroed, 0, s->g->issue_count * sizeof *zeroed);
    for (size_t k = 0; k < s->constraints.count; k++) {
        const constraint *c = &s->constraints.at[k];
        if (c->issue != ENT_NO_ISSUE) {
            zeroed[c->issue] = zeroed[c->issue] || acts(s, c, outcome);
        } else if (acts(s, c, outcome)) {
            return 0;
        }
    }
    double sum = 0;
    for (uint32_t i = 0; i < s->ranked_count; i++) {
        uint32_t issue = s->ranked[i];
        double share = zeroed[issue] ? 0 : s->share[issue][outcome[issue]];
        sum += share;
        *whole += nearbyint(share * s->greatest[issue]) * (unit / s->greatest[issue]);
    }
    return sum;
}

/*
 * A common multiple of all greatest ranks, so that every share times it is a whole number; 0 where
 * ranks are no whole numbers or it grows too large for exact sums.
 */
static double common_unit(const space *s)
{
    double unit = 1;
    for (uint32_t i = 0; i < s->ranked_count; i++) {
        double greatest = s->greatest[s->ranked[i]];
        if (greatest != floor(greatest) || greatest > 1e6) {
            return 0;
        }
        unit *= greatest / (double)ent_wide_gcd((ent_wide)unit, (ent_wide)greatest);
        if (unit * s->ranked_count > 1e15) {
            return 0;
        }
    }
    return unit;
}

static ent_status fill_table(space *s, const ent_xml *where, ent_utility *u)
{
    ent_scenario domain = {.issues = s->g->issues, .issue_count = s->g->issue_count};
    uint64_t outcomes = 0;
    bool fits = ent_scenario_outcomes(&domain, &outcomes);
    ent_status status = ent_scenario_room(s->g->work, s->g->text, where->pos,
                                          fits ? (double)outcomes : HUGE_VAL, &s->g->levels);
    if (status != ENT_OK) {
        return status;
    }
    double *table = ent_alloc(s->g->work->arena, outcomes, double);
    double unit = common_unit(s), exact = 0;
    double *whole = unit > 0 ? ent_alloc(s->g->work->arena, outcomes, double) : NULL;
    uint64_t *outcome = ent_alloc(s->g->work->arena, s->g->issue_count, uint64_t);
    bool *zeroed = ent_alloc(s->g->work->arena, s->g->issue_count, bool);
    for (uint64_t k = 0; k < outcomes; k++) {
        ent_scenario_outcome(&domain, k, outcome);
        table[k] = sum_at(s, outcome, zeroed, unit, &exact);
        if (whole != NULL) {
            whole[k] = exact;
        }
        if ((k & 0xffff) == 0 && ent_tick(s->g->work, "outcomes of constraints", k, outcomes)) {
            return ENT_CANCELLED;
        }
    }
    u->table = table;
    u->scale = s->ranked_count;
    u->whole = whole;
    u->whole_scale = unit * s->ranked_count;
    return ENT_OK;
}

ent_status ent_genius_constraints(ent_genius *g, const ent_xml *root, ent_utility *u)
{
    const ent_xml *objective = ent_xml_child(root, "objective");
    const ent_xml *rules = objective == NULL ? NULL : ent_xml_child(objective, "rules");
    const ent_xml *ranks = rules == NULL ? NULL : ent_xml_child(rules, "ranks");
    const ent_xml *list = rules == NULL ? NULL : ent_xml_child(rules, "constraints");
    space s = {.g = g, .share = ent_alloc(g->work->arena, g->issue_count, const double *),
               .ranked = ent_alloc(g->work->arena, g->issue_count, uint32_t),
               .greatest = ent_alloc(g->work->arena, g->issue_count, double),
               .number = ent_alloc(g->work->arena, g->issue_count, double *)};
    ent_status status = ENT_OK;
    if (ranks == NULL || list == NULL) {
        return ent_scenario_fault(g->work, g->text, root->pos, ENT_S108_MISSING_PART, NULL,
                                  "a constraint space needs <rules> with <ranks> and "
                                  "<constraints>");
    }
    for (const ent_xml *e = ent_xml_child(ranks, "issue"); e != NULL && status == ENT_OK;
         e = ent_xml_next(e, "issue")) {
        status = read_ranks_of(&s, e);
    }
    if (status == ENT_OK && s.ranked_count == 0) {
        return ent_scenario_fault(g->work, g->text, ranks->pos, ENT_S108_MISSING_PART, NULL,
                                  "<ranks> holds no issue");
    }
    for (const ent_xml *e = ent_xml_child(list, "constraint"); e != NULL && status == ENT_OK;
         e = ent_xml_next(e, "constraint")) {
        status = read_constraint(&s, e);
    }
    return status == ENT_OK ? fill_table(&s, root, u) : status;
}
