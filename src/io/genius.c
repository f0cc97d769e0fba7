/*
 * Genius XML (Lin, Kraus, Baarslag, Tykhonov, Hindriks, Jonker 2014): a folder with one
 * <negotiation_template> and a <utility_space> for each party.
 *
 * The meaning is that of the Genius 10.4 classes. Issues are known by number (`index`), values by
 * name. An additive profile gives u = min(1, sum of weight * evaluation / greatest evaluation of
 * the issue), weights as they stand; where the greatest is below 1e-5 the issue gives 0. Integer
 * issues: slope*(x - lowerbound) + offset cut to 0..1; real ones: parameter1*x + parameter0 cut to
 * 0..1, or a triangle. Reservation values are undiscounted; a discount outside (0, 1] means none.
 * O(bytes of the files).
 */
#include "io/genius.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

ent_status ent_genius_number(ent_genius *g, const ent_xml *element, const char *name,
                             double *value)
{
    const char *text = ent_xml_get(element, name);
    if (text == NULL) {
        return ent_scenario_fault(g->work, g->text, element->pos, ENT_S108_MISSING_PART, NULL,
                                  "<%s> has no `%s`", element->tag, name);
    }
    text = ent_tidy(g->work->arena, text);
    text += *text == '+';
    if (!ent_parse_number(text, strlen(text), value)) {
        return ent_scenario_fault(g->work, g->text, element->pos, ENT_S109_BAD_NUMBER, NULL,
                                  "`%s` of <%s> is no number: `%s`", name, element->tag, text);
    }
    if (ent_is_too_large(*value)) {
        return ent_scenario_fault(g->work, g->text, element->pos, ENT_S104_TOO_MUCH, NULL,
                                  "`%s` of <%s> is beyond 1e100 in size", name, element->tag);
    }
    return ENT_OK;
}

uint32_t ent_genius_find(const ent_genius *g, long number)
{
    for (uint32_t i = 0; i < g->issue_count; i++) {
        if (g->about[i].number == number) {
            return i;
        }
    }
    return ENT_NO_ISSUE;
}

static ent_status number_of(ent_genius *g, const ent_xml *element, long *number)
{
    double value;
    ent_status status = ent_genius_number(g, element, "index", &value);
    if (status != ENT_OK) {
        return status;
    }
    if (value != floor(value) || fabs(value) > 1e9) {
        return ent_scenario_fault(g->work, g->text, element->pos, ENT_S109_BAD_NUMBER, NULL,
                                  "`index` should be a whole number");
    }
    *number = (long)value;
    return ENT_OK;
}

/* Give the weight to the issue with its number among leaves[from..); several: the last counts. */
static ent_status place_weight(ent_genius *g, const ent_xml *parent, const ent_xml *weight,
                               ent_genius_leaves *leaves, size_t from)
{
    long number = 0;
    ent_status status = number_of(g, weight, &number);
    if (status != ENT_OK) {
        return status;
    }
    bool placed = false;
    for (size_t i = from; i < leaves->count; i++) {
        if (leaves->at[i].number == number) {
            leaves->at[i].weight = weight;
            placed = true;
        }
    }
    for (const ent_xml *o = ent_xml_child(parent, "objective"); o != NULL && !placed;
         o = ent_xml_next(o, "objective")) {
        const char *index = ent_xml_get(o, "index"); /* objectives' weights count for nothing */
        placed = index != NULL && strtol(index, NULL, 10) == number;
    }
    if (!placed) {
        ent_scenario_odd(g->work, g->text, weight->pos, ENT_S204_ODD_WEIGHT, NULL,
                         "a weight for issue %ld, which is not here, was left out", number);
    }
    return ENT_OK;
}

ent_status ent_genius_collect(ent_genius *g, const ent_xml *top, ent_genius_leaves *leaves)
{
    ent_status status = ENT_OK;
    for (const ent_xml *o = ent_xml_child(top, "objective"); o != NULL && status == ENT_OK;
         o = ent_xml_next(o, "objective")) {
        status = ent_genius_collect(g, o, leaves);
    }
    size_t from = leaves->count;
    for (const ent_xml *e = ent_xml_child(top, "issue"); e != NULL && status == ENT_OK;
         e = ent_xml_next(e, "issue")) {
        if (leaves->count == ENT_SCENARIO_ISSUES) {
            return ent_scenario_fault(g->work, g->text, e->pos, ENT_S104_TOO_MUCH, NULL,
                                      "more than %d issues", ENT_SCENARIO_ISSUES);
        }
        ent_genius_leaf *leaf = ent_push(g->work->arena, leaves);
        leaf->element = e;
        status = number_of(g, e, &leaf->number);
    }
    for (const ent_xml *w = ent_xml_child(top, "weight"); w != NULL && status == ENT_OK;
         w = ent_xml_next(w, "weight")) {
        status = place_weight(g, top, w, leaves, from);
    }
    return status;
}

/* The profile's value of <reservation> or <discount_factor>; the last one in the file counts. */
static ent_status find_value(ent_genius *g, const ent_xml *top, const char *tag, double *value,
                             const ent_xml **where)
{
    ent_status status = ENT_OK;
    for (const ent_xml *e = top->first; e != NULL && status == ENT_OK; e = e->next) {
        if (strcmp(e->tag, tag) == 0) {
            *where = e;
            status = ent_genius_number(g, e, "value", value);
        } else if (strcmp(e->tag, "objective") == 0) {
            status = find_value(g, e, tag, value, where);
        }
    }
    return status;
}

static ent_status read_reservation(ent_genius *g, const ent_xml *root, ent_utility *u)
{
    const ent_xml *where = NULL;
    u->reservation = 0;
    u->discount = 1;
    ent_status status = find_value(g, root, "reservation", &u->reservation, &where);
    if (status == ENT_OK && (u->reservation < 0 || u->reservation > 1)) {
        ent_scenario_odd(g->work, g->text, where->pos, ENT_S205_ODD_NUMBER, NULL,
                         "the reservation value %g is not within 0 to 1", u->reservation);
    }
    if (status == ENT_OK) {
        status = find_value(g, root, "discount_factor", &u->discount, &where);
    }
    if (status == ENT_OK && !(u->discount > 0 && u->discount <= 1)) {
        ent_scenario_odd(g->work, g->text, where->pos, ENT_S205_ODD_NUMBER, NULL,
                         "the discount factor %g means none", u->discount);
        u->discount = 1;
    }
    return status;
}

/* Could the leaf be that issue of the domain: a like kind, and a value in common? */
static bool fits(ent_genius *g, const ent_genius_leaf *leaf, uint32_t issue)
{
    const ent_xml *item = ent_xml_child(leaf->element, "item");
    if (g->issues[issue].kind != ENT_DISCRETE) {
        return item == NULL;
    }
    for (; item != NULL; item = ent_xml_next(item, "item")) {
        const char *value = ent_xml_get(item, "value");
        if (value != NULL && ent_names_find(&g->about[issue].values,
                                            ent_tidy(g->work->arena, value)) != UINT32_MAX) {
            return true;
        }
    }
    return false;
}

static uint32_t by_name(const ent_genius *g, const char *name)
{
    for (uint32_t i = 0; i < g->issue_count; i++) {
        if (strcmp(g->issues[i].name, name) == 0) {
            return i;
        }
    }
    return ENT_NO_ISSUE;
}

static const char *name_of(const ent_genius *g, const ent_genius_leaf *leaf)
{
    const char *name = ent_xml_get(leaf->element, "name");
    return name == NULL ? "" : ent_tidy(g->work->arena, name);
}

/* The domain's issue for each leaf, by number or by name; false where one has none. */
static bool match(ent_genius *g, const ent_genius_leaves *leaves, bool names, uint32_t *of,
                  const ent_xml **misfit)
{
    bool *taken = ent_alloc(g->work->arena, g->issue_count, bool);
    for (size_t i = 0; i < leaves->count; i++) {
        const ent_genius_leaf *leaf = &leaves->at[i];
        of[i] = names ? by_name(g, name_of(g, leaf)) : ent_genius_find(g, leaf->number);
        if (of[i] == ENT_NO_ISSUE || taken[of[i]] || !fits(g, leaf, of[i])) {
            *misfit = leaf->element;
            return false;
        }
        taken[of[i]] = true;
    }
    return leaves->count == g->issue_count;
}

static ent_status other_domain(ent_genius *g, const ent_genius_leaves *leaves,
                               const ent_xml *misfit)
{
    if (misfit == NULL) {
        ent_pos pos = leaves->count > 0 ? leaves->at[0].element->pos : (ent_pos){1, 1, 1};
        return ent_scenario_fault(g->work, g->text, pos, ENT_S107_OTHER_DOMAIN, NULL,
                                  "the profile has %s and the domain %u",
                                  ent_counted(g->work->arena, leaves->count, "issues"),
                                  g->issue_count);
    }
    const char *name = ent_xml_get(misfit, "name");
    return ent_scenario_fault(g->work, g->text, misfit->pos, ENT_S107_OTHER_DOMAIN, NULL,
                              "the domain has no issue like `%s`: this is a profile of another",
                              name == NULL ? "" : name);
}

/* Genius goes by number; where that cannot be meant, names tell which issue is which. */
static ent_status match_issues(ent_genius *g, const ent_xml *root, const ent_genius_leaves *leaves,
                               uint32_t *of)
{
    const ent_xml *misfit = root;
    bool numbers = match(g, leaves, false, of, &misfit);
    if (!numbers && !match(g, leaves, true, of, &misfit)) {
        return other_domain(g, leaves, misfit == root ? NULL : misfit);
    }
    for (size_t i = 0; i < leaves->count; i++) {
        const char *name = name_of(g, &leaves->at[i]);
        const ent_xml *e = leaves->at[i].element;
        if (numbers && strcmp(name, g->issues[of[i]].name) != 0) {
            ent_scenario_odd(g->work, g->text, e->pos, ENT_S202_ODD_ISSUE, NULL,
                             "issue %ld is called `%s` here and `%s` in the domain",
                             leaves->at[i].number, name, g->issues[of[i]].name);
        } else if (!numbers && leaves->at[i].number != g->about[of[i]].number) {
            ent_scenario_odd(g->work, g->text, e->pos, ENT_S202_ODD_ISSUE, NULL,
                             "`%s` has the number %ld here and %ld in the domain: taken by its "
                             "name", name, leaves->at[i].number, g->about[of[i]].number);
        }
    }
    return ENT_OK;
}

static const ent_xml *find_utility(const ent_xml *root)
{
    const ent_xml *objective = ent_xml_child(root, "objective");
    const ent_xml *found = objective == NULL ? NULL : ent_xml_child(objective, "utility");
    return found != NULL ? found : ent_xml_child(root, "utility");
}

/* Which of the owner's four kinds of space the profile is; S111 for any other. */
static ent_status kind_of_space(ent_genius *g, const ent_xml *root, ent_genius_space *kind)
{
    static const char *const names[] = {"linear", "nonlinear", "constraint", "uncertain"};
    static const char any[] = "any"; /* says nothing; older files have it */
    const char *type = ent_xml_get(root, "type");
    *kind = find_utility(root) != NULL ? ENT_GENIUS_NONLINEAR : ENT_GENIUS_LINEAR;
    for (int k = 0; type != NULL && k < 4; k++) {
        if (strcasecmp(type, names[k]) == 0) {
            bool boxes = *kind == ENT_GENIUS_NONLINEAR;
            *kind = (ent_genius_space)k;
            return boxes == (*kind == ENT_GENIUS_NONLINEAR)
                       ? ENT_OK
                       : ent_scenario_fault(g->work, g->text, root->pos, ENT_S108_MISSING_PART,
                                            NULL, boxes ? "a profile of type `%s` holds a <utility>"
                                                        : "a profile of type `%s` has no <utility>",
                                            type);
        }
    }
    return type == NULL || strcasecmp(type, any) == 0
               ? ENT_OK
                        : ent_scenario_fault(g->work, g->text, root->pos, ENT_S111_UNSUPPORTED,
                                             "Genius knows linear, nonlinear, constraint and "
                                             "uncertain",
                                             "no such type of profile: `%s`", type);
}

/* What is kept of an uncertain profile, and what is not. */
static void tell_uncertain(ent_genius *g, const ent_xml *root)
{
    const ent_xml *comparisons = ent_xml_child(root, "comparisons");
    const ent_xml *errors = ent_xml_child(root, "errors");
    const char *bids = comparisons == NULL ? "" : comparisons->word;
    const char *wrong = errors == NULL || errors->word[0] == '\0' ? "0" : errors->word;
    ent_scenario_odd(g->work, g->text, root->pos, ENT_S209_UNCERTAIN, NULL,
                     "an uncertain profile: in Genius its agent sees a ranking of %s with %s; here "
                     "the values under it are taken as known",
                     ent_counted_text(g->work->arena, *bids == '\0' ? "some" : bids, "outcomes"),
                     ent_counted_text(g->work->arena, wrong, "errors"));
}

static ent_status read_profile(ent_genius *g, ent_utility *u, ent_genius_space *kind)
{
    const ent_xml *root = NULL;
    ent_genius_leaves leaves = {0};
    ent_status status = ent_read_xml(g->work, g->text, &root);
    if (status == ENT_OK && strcmp(root->tag, "utility_space") != 0) {
        return ent_scenario_fault(g->work, g->text, root->pos, ENT_S106_NO_PROFILE, NULL,
                                  "this is no profile: its root is <%s>", root->tag);
    }
    *u = (ent_utility){.scale = 1};
    status = status == ENT_OK ? kind_of_space(g, root, kind) : status;
    status = status == ENT_OK ? read_reservation(g, root, u) : status;
    status = status == ENT_OK ? ent_genius_collect(g, root, &leaves) : status;
    if (status != ENT_OK) {
        return status;
    }
    ent_genius_tell_unknown(g, root);
    if (*kind == ENT_GENIUS_UNCERTAIN) {
        tell_uncertain(g, root);
    }
    const ent_xml *utility = find_utility(root);
    uint32_t *of = ent_alloc(g->work->arena, leaves.count, uint32_t);
    if (utility == NULL || leaves.count > 0) {
        status = match_issues(g, root, &leaves, of);
    }
    if (status != ENT_OK) {
        return status;
    }
    if (*kind == ENT_GENIUS_CONSTRAINT) {
        return ent_genius_constraints(g, root, u);
    }
    return utility != NULL ? ent_genius_boxes(g, utility, u)
                           : ent_genius_additive(g, &leaves, of, u);
}

/*
 * Do the two give every value of every issue the same? Evaluations exactly; weights within 0.001,
 * as public pairs of the two kinds differ in their later digits.
 */
static bool same_parts(const ent_genius *g, const ent_utility *a, const ent_utility *b)
{
    for (uint32_t i = 0; a->part != NULL && b->part != NULL && i < g->issue_count; i++) {
        const ent_evaluator *e = &a->evaluators[i], *f = &b->evaluators[i];
        bool same = e->divisor == f->divisor && fabs(e->weight - f->weight) <= 1e-3;
        for (uint64_t l = 0; same && l < g->issues[i].levels; l++) {
            same = ent_evaluate(&g->issues[i], e, l) == ent_evaluate(&g->issues[i], f, l);
        }
        if (!same) {
            return false;
        }
    }
    return a->part != NULL && b->part != NULL;
}

/*
 * A folder that holds a party's certain profile and its uncertain one holds one party: the certain
 * one stands for it. Profiles that are named all take part.
 */
static void join_uncertain(ent_genius *g, const ent_scenario_files *files,
                           const ent_genius_space *kind, ent_scenario *s)
{
    ent_utility *kept = ent_alloc(g->work->arena, files->count, ent_utility);
    const char **names = ent_alloc(g->work->arena, files->count, const char *);
    uint32_t count = 0;
    for (size_t p = 0; p < files->count; p++) {
        size_t twin = SIZE_MAX;
        for (size_t q = 0; q < files->count && kind[p] == ENT_GENIUS_UNCERTAIN; q++) {
            bool certain = kind[q] == ENT_GENIUS_LINEAR && twin == SIZE_MAX;
            twin = certain && same_parts(g, &s->utilities[p], &s->utilities[q]) ? q : twin;
        }
        if (twin == SIZE_MAX || files->named) {
            names[count] = s->parties[p];
            kept[count++] = s->utilities[p];
            continue;
        }
        ent_scenario_odd(g->work, &files->profiles[p], (ent_pos){1, 1, 1}, ENT_S201_LEFT_OUT,
                         "name both for both to take part",
                         "`%s` is the uncertain form of `%s`: one party, with the reservation "
                         "value %.9g of the certain one (%.9g here)",
                         s->parties[p], s->parties[twin], s->utilities[twin].reservation,
                         s->utilities[p].reservation);
    }
    s->utilities = kept;
    s->parties = names;
    s->party_count = count;
}

static ent_file_role role(ent_arena *arena, const ent_text *text)
{
    const char *root = ent_xml_root_tag(arena, text);
    return strcmp(root, "negotiation_template") == 0 ? ENT_IS_DOMAIN
           : strcmp(root, "utility_space") == 0      ? ENT_IS_PROFILE
                                                     : ENT_NO_PART;
}

static ent_status read_genius(ent_work *work, const ent_scenario_files *files, ent_scenario *out)
{
    ent_genius g = {.work = work, .text = &files->domain};
    if (files->domain.at == NULL) {
        return ent_fail(work->diags, ENT_INVALID, ENT_S105_NO_DOMAIN, NULL,
                        "`%s` holds profiles but no <negotiation_template>", files->name);
    }
    ent_status status = ent_genius_domain(&g);
    ent_utility *utilities = ent_alloc(work->arena, files->count, ent_utility);
    ent_genius_space *kind = ent_alloc(work->arena, files->count, ent_genius_space);
    for (size_t p = 0; p < files->count && status == ENT_OK; p++) {
        g.text = &files->profiles[p];
        status = read_profile(&g, &utilities[p], &kind[p]);
    }
    *out = (ent_scenario){.name = files->name, .format = "genius", .doubles = true,
                          .issues = g.issues,
                          .issue_count = g.issue_count, .utilities = utilities,
                          .parties = files->profile_names,
                          .party_count = (uint32_t)files->count};
    if (status == ENT_OK) {
        join_uncertain(&g, files, kind, out);
    }
    return status;
}

static const char *const extensions[] = {"xml", NULL};

const ent_scenario_format ent_format_genius = {
    .name = "genius",
    .title = "Genius XML",
    .extensions = extensions,
    .folder = true,
    .role = role,
    .read = read_genius,
    .write = ent_genius_write,
};
