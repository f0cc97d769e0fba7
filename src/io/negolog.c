/*
 * NegoLog JSON (Doğru, Keskin, Jonker, Baarslag, Aydoğan, NegoLog: an integrated Python-based
 * automated negotiation framework, IJCAI 2024): a profile {reservationValue, issueWeights,
 * issues: {ISSUE: {VALUE: utility}}} for each party; the domain is what a profile repeats, in the
 * order of `issueWeights`. u = sum of weight * utility, neither divided nor cut. O(bytes).
 */
#include "base/number.h"
#include "base/text.h"
#include "io/scenario_format.h"
#include "io/scenario_write.h"

#include <math.h>
#include <string.h>

typedef struct log {
    ent_work *work;
    const ent_text *text;
    ent_scenario_issue *issues;
    ent_names *values; /* [issue_count] */
    ent_names names;
    uint32_t issue_count;
    double levels;
} log_reader;

static ent_status part_of(log_reader *r, const ent_node *root, const char *key,
                          const ent_node **map)
{
    *map = ent_node_get(root, key);
    if (*map == NULL || (*map)->kind != ENT_MAP || (*map)->count == 0) {
        return ent_scenario_fault(r->work, r->text, root->pos, ENT_S108_MISSING_PART, NULL,
                                  "`%s` is missing", key);
    }
    return ENT_OK;
}

static ent_status parse(log_reader *r, const ent_node **root)
{
    static const char *const known[] = {"reservationValue", "issueWeights", "issues", NULL};
    ent_status status = ent_read_json(r->work, r->text, root);
    if (status == ENT_OK && (*root)->kind != ENT_MAP) {
        return ent_scenario_fault(r->work, r->text, (*root)->pos, ENT_S101_BAD_SCENARIO, NULL,
                                  "a map should stand here");
    }
    for (size_t i = 0; status == ENT_OK && i < (*root)->count; i++) {
        const ent_node *key = (*root)->entries[i].key;
        const char *const *k = known;
        while (*k != NULL && strcmp(*k, key->text) != 0) {
            k++;
        }
        if (*k == NULL) {
            ent_scenario_odd(r->work, r->text, key->pos, ENT_S201_LEFT_OUT, NULL,
                             "`%s` means nothing to NegoLog, and is left out", key->text);
        }
    }
    return status;
}

/* The values of one issue are the keys of its map. */
static ent_status read_issue(log_reader *r, const ent_node *issues, uint32_t index,
                             const ent_node *key)
{
    ent_scenario_issue *issue = &r->issues[index];
    const ent_node *map = ent_node_get(issues, key->text);
    issue->name = ent_tidy(r->work->arena, key->text);
    if (map == NULL || map->kind != ENT_MAP || map->count == 0) {
        return ent_scenario_fault(r->work, r->text, key->pos, ENT_S108_MISSING_PART, NULL,
                                  "`issues` has no values of `%s`", issue->name);
    }
    const char **values = ent_alloc(r->work->arena, map->count, const char *);
    for (size_t k = 0; k < map->count; k++) {
        values[k] = ent_tidy(r->work->arena, map->entries[k].key->text);
        if (ent_names_add(r->work->arena, &r->values[index], values[k], (uint32_t)k) !=
            UINT32_MAX) {
            return ent_scenario_fault(r->work, r->text, map->entries[k].key->pos,
                                      ENT_S112_NAME_TWICE, NULL,
                                      "the value `%s` of `%s` appears twice", values[k],
                                      issue->name);
        }
    }
    issue->kind = ENT_DISCRETE;
    issue->values = values;
    issue->levels = map->count;
    return ent_names_add(r->work->arena, &r->names, issue->name, index) == UINT32_MAX
               ? ENT_OK
               : ent_scenario_fault(r->work, r->text, key->pos, ENT_S112_NAME_TWICE, NULL,
                                    "two issues are called `%s`", issue->name);
}

static ent_status read_domain(log_reader *r)
{
    const ent_node *root = NULL, *weights = NULL, *issues = NULL;
    ent_status status = parse(r, &root);
    status = status == ENT_OK ? part_of(r, root, "issueWeights", &weights) : status;
    status = status == ENT_OK ? part_of(r, root, "issues", &issues) : status;
    if (status != ENT_OK) {
        return status;
    }
    if (weights->count > ENT_SCENARIO_ISSUES) {
        return ent_scenario_fault(r->work, r->text, weights->pos, ENT_S104_TOO_MUCH, NULL,
                                  "more than %d issues", ENT_SCENARIO_ISSUES);
    }
    r->issue_count = (uint32_t)weights->count;
    r->issues = ent_alloc(r->work->arena, weights->count, ent_scenario_issue);
    r->values = ent_alloc(r->work->arena, weights->count, ent_names);
    for (uint32_t i = 0; i < r->issue_count && status == ENT_OK; i++) {
        status = read_issue(r, issues, i, weights->entries[i].key);
    }
    return status;
}

/* The utilities of one issue; NegoLog stops where a value of an outcome has none. */
static ent_status read_values(log_reader *r, const ent_node *map, uint32_t index,
                              ent_evaluator *e)
{
    const ent_scenario_issue *issue = &r->issues[index];
    double *raw = ent_alloc(r->work->arena, issue->levels, double);
    uint64_t given = 0;
    for (size_t k = 0; map->kind == ENT_MAP && k < map->count; k++) {
        const ent_entry *entry = &map->entries[k];
        const char *name = ent_tidy(r->work->arena, entry->key->text);
        uint32_t level = ent_names_find(&r->values[index], name);
        double x = 0;
        ent_status status = ent_scenario_number(r->work, r->text, map, entry->value, name, &x);
        if (status != ENT_OK) {
            return status;
        }
        if (level == UINT32_MAX) {
            return ent_scenario_fault(r->work, r->text, entry->key->pos, ENT_S107_OTHER_DOMAIN,
                                      NULL, "the other profiles' `%s` has no value `%s`",
                                      issue->name, name);
        }
        if (!(x >= 0 && x <= 1)) {
            ent_scenario_odd(r->work, r->text, entry->value->pos, ENT_S205_ODD_NUMBER, NULL,
                             "the utility %.9g of `%s` is not within 0 to 1 and is taken as it "
                             "stands", x, name);
        }
        raw[level] = x;
        given++;
    }
    if (given < issue->levels) {
        return ent_scenario_fault(r->work, r->text, map->pos, ENT_S107_OTHER_DOMAIN, NULL,
                                  "`%s` has %s here and %llu in the first profile", issue->name,
                                  ent_counted(r->work->arena, given, "values"),
                                  (unsigned long long)issue->levels);
    }
    e->raw = raw;
    e->divisor = 1;
    return ENT_OK;
}

static ent_status read_profile(log_reader *r, ent_utility *u)
{
    const ent_node *root = NULL, *weights = NULL, *issues = NULL;
    ent_evaluator *list = ent_alloc(r->work->arena, r->issue_count, ent_evaluator);
    double sum = 0;
    *u = (ent_utility){.scale = 1, .discount = 1, .evaluators = list};
    ent_status status = parse(r, &root);
    status = status == ENT_OK ? part_of(r, root, "issueWeights", &weights) : status;
    status = status == ENT_OK ? part_of(r, root, "issues", &issues) : status;
    status = status == ENT_OK ? ent_scenario_number(r->work, r->text, root,
                                                    ent_node_get(root, "reservationValue"),
                                                    "reservationValue", &u->reservation)
                              : status;
    if (status == ENT_OK && weights->count != r->issue_count) {
        return ent_scenario_fault(r->work, r->text, weights->pos, ENT_S107_OTHER_DOMAIN, NULL,
                                  "the profile has other issues than the first one");
    }
    for (uint32_t i = 0; i < r->issue_count && status == ENT_OK; i++) {
        const ent_entry *entry = &weights->entries[i];
        uint32_t index = ent_names_find(&r->names, ent_tidy(r->work->arena, entry->key->text));
        const ent_node *map = ent_node_get(issues, entry->key->text);
        if (index == UINT32_MAX || map == NULL || list[index].divisor == 1) {
            return ent_scenario_fault(r->work, r->text, entry->key->pos, ENT_S107_OTHER_DOMAIN,
                                      NULL, "the other profiles have no issue `%s`",
                                      entry->key->text);
        }
        status = ent_scenario_room(r->work, r->text, map->pos, (double)r->issues[index].levels,
                                   &r->levels);
        status = status == ENT_OK ? read_values(r, map, index, &list[index]) : status;
        status = status == ENT_OK ? ent_scenario_number(r->work, r->text, weights, entry->value,
                                                        entry->key->text, &list[index].weight)
                                  : status;
        sum += list[index].weight;
    }
    if (status == ENT_OK && fabs(sum - 1) > 1e-6) {
        ent_scenario_odd(r->work, r->text, weights->pos, ENT_S204_ODD_WEIGHT, NULL,
                         "the weights sum to %.9g and are taken as they stand", sum);
    }
    if (status == ENT_OK) {
        u->part = ent_evaluator_parts(r->work->arena, r->issues, r->issue_count, list);
    }
    return status;
}

static ent_status read_negolog(ent_work *work, const ent_scenario_files *files, ent_scenario *out)
{
    log_reader r = {.work = work, .text = &files->profiles[0]};
    ent_utility *utilities = ent_alloc(work->arena, files->count, ent_utility);
    ent_status status = read_domain(&r);
    for (size_t p = 0; p < files->count && status == ENT_OK; p++) {
        r.text = &files->profiles[p];
        status = read_profile(&r, &utilities[p]);
    }
    *out = (ent_scenario){.name = files->name, .format = "negolog", .issues = r.issues,
                          .issue_count = r.issue_count, .utilities = utilities,
                          .parties = files->profile_names,
                          .party_count = (uint32_t)files->count};
    return status;
}

static ent_file_role role(ent_arena *arena, const ent_text *text)
{
    (void)arena;
    bool profile = strstr(text->at, "\"issueWeights\"") != NULL &&
                   strstr(text->at, "\"reservationValue\"") != NULL &&
                   strstr(text->at, "\"issues\"") != NULL &&
                   strstr(text->at, "UtilitySpace\"") == NULL;
    return profile ? ENT_IS_PROFILE : ENT_NO_PART;
}

static bool known(const char *name)
{
    return strcmp(name, "specs.json") == 0;
}

static void put_map(ent_work *work, ent_buffer *b, const ent_scenario *s, uint32_t i,
                    const ent_evaluator *e)
{
    ent_put(b, "    ");
    ent_put_quoted(b, s->issues[i].name);
    ent_put(b, ": {");
    for (uint64_t k = 0; k < s->issues[i].levels; k++) {
        ent_put(b, k > 0 ? ", " : "");
        ent_put_quoted(b, ent_scenario_value_text(work->arena, &s->issues[i], k));
        ent_put(b, ": ");
        ent_put_number(b, ent_evaluate(&s->issues[i], e, k) / e->divisor);
    }
    ent_put(b, "}");
}

static ent_status write_profile(ent_work *work, const ent_scenario *s, uint32_t p,
                                ent_written_files *out)
{
    const ent_utility *u = &s->utilities[p];
    ent_buffer b = ent_buffer_init(work->arena, 0);
    if (!ent_is_additive(u) || (u->capped && ent_greatest_sum(s, p) > 1 + 1e-9)) {
        return ent_cannot_hold(work, "NegoLog has sums over issues alone, and the utilities of "
                                     "`%s` are none", s->parties[p]);
    }
    if (!isfinite(u->reservation)) {
        ent_tell_lost(work, "NegoLog needs a reservation value: `%s` gets 0", s->parties[p]);
    }
    if (u->discount != 1) {
        ent_tell_lost(work, "NegoLog has no discount: that of `%s` is left out", s->parties[p]);
    }
    ent_put(&b, "{\n  \"reservationValue\": ");
    ent_put_number(&b, isfinite(u->reservation) ? u->reservation : 0);
    ent_put(&b, ",\n  \"issueWeights\": {\n");
    for (uint32_t i = 0; i < s->issue_count; i++) {
        ent_put(&b, "    ");
        ent_put_quoted(&b, s->issues[i].name);
        ent_put(&b, ": ");
        ent_put_number(&b, ent_evaluator_of(work->arena, s, p, i).weight);
        ent_put(&b, i + 1 < s->issue_count ? ",\n" : "\n");
    }
    ent_put(&b, "  },\n  \"issues\": {\n");
    for (uint32_t i = 0; i < s->issue_count; i++) {
        ent_evaluator e = ent_evaluator_of(work->arena, s, p, i);
        put_map(work, &b, s, i, &e);
        ent_put(&b, i + 1 < s->issue_count ? ",\n" : "\n");
    }
    ent_put(&b, "  }\n}\n");
    return ent_add_file(work, out,
                        ent_format(work->arena, "%s.json",
                                   ent_safe_name(work->arena, s->parties[p])), &b);
}

static ent_status write_negolog(ent_work *work, const ent_scenario *s, ent_written_files *out)
{
    ent_status status = ENT_OK;
    for (uint32_t p = 0; p < s->party_count && status == ENT_OK; p++) {
        status = write_profile(work, s, p, out);
    }
    return status;
}

static const char *const extensions[] = {"json", NULL};

const ent_scenario_format ent_format_negolog = {
    .name = "negolog",
    .title = "NegoLog",
    .extensions = extensions,
    .folder = true,
    .role = role,
    .known = known,
    .read = read_negolog,
    .write = write_negolog,
};
