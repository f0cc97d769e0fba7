#include "io/gmcr.h"

#include "base/number.h"
#include "io/node.h"

#include <string.h>

typedef struct reader {
    ent_work *work;
    const ent_text *text;
    ent_conflict conflict;
    bool bad;
} reader;

static void fault(reader *r, ent_code code, const ent_node *node, const char *message)
{
    ent_tell(r->work->diags, ENT_ERROR, code, r->text, node->pos, NULL, "%s", message);
    r->bad = true;
}

/* The node's items when it is a list; a missing one is an empty list. */
static size_t items(reader *r, const ent_node *owner, const char *key,
                    const ent_node *const **list)
{
    const ent_node *node = ent_node_get(owner, key);
    *list = NULL;
    if (node == NULL || ent_node_is_null(node)) {
        return 0;
    }
    if (node->kind != ENT_LIST) {
        fault(r, ENT_G101_BAD_GMCR, node,
              ent_format(r->work->arena, "`%s` must be a list", key));
        return 0;
    }
    *list = node->items;
    return node->count;
}

static const char *name_of(reader *r, const ent_node *node)
{
    const ent_node *name = ent_node_get(node, "name");
    if (name == NULL || name->kind != ENT_SCALAR) {
        fault(r, ENT_G101_BAD_GMCR, node, "this needs a `name`");
        return "?";
    }
    return ent_copy_text(r->work->arena, name->text, name->length);
}

static bool index_below(const ent_node *node, uint64_t limit, uint32_t *index)
{
    uint64_t number;
    if (node->kind != ENT_SCALAR || limit == 0 ||
        !ent_parse_count(node->text, node->length, limit - 1, &number)) {
        return false;
    }
    *index = (uint32_t)number;
    return true;
}

static void read_direction(reader *r, const ent_node *node, ent_conflict_option *option)
{
    static const char *const names[] = {"both", "fwd", "back"};
    const ent_node *way = ent_node_get(node, "permittedDirection");
    if (way == NULL) {
        return;
    }
    for (uint32_t k = 0; k < 3; k++) {
        if (way->kind == ENT_SCALAR && strcmp(way->text, names[k]) == 0) {
            option->direction = (ent_direction)k;
            return;
        }
    }
    fault(r, ENT_G101_BAD_GMCR, way, "`permittedDirection` is both, fwd or back");
}

static void read_options(reader *r, const ent_node *root)
{
    const ent_node *const *list;
    size_t count = items(r, root, "options", &list);
    if (count == 0 && !r->bad) {
        fault(r, ENT_G102_NO_ACTOR, root, "the conflict has no options");
    }
    if (r->bad || count > ENT_CONFLICT_OPTIONS) {
        return;
    }
    ent_conflict_option *options = ent_alloc(r->work->arena, count + 1, ent_conflict_option);
    for (size_t k = 0; k < count; k++) {
        options[k].name = name_of(r, list[k]);
        read_direction(r, list[k], &options[k]);
    }
    r->conflict.options = options;
    r->conflict.option_count = (uint32_t)count;
}

/* One [option, "Y" or "N"]. */
static bool read_pair(const reader *r, const ent_node *node, ent_pattern *pattern)
{
    uint32_t k;
    if (node->kind != ENT_LIST || node->count != 2 ||
        !index_below(node->items[0], r->conflict.option_count, &k) ||
        node->items[1]->kind != ENT_SCALAR || (pattern->mask >> k & 1) != 0) {
        return false;
    }
    bool yes = strcmp(node->items[1]->text, "Y") == 0;
    pattern->mask |= UINT32_C(1) << k;
    pattern->value |= (uint32_t)yes << k;
    return yes || strcmp(node->items[1]->text, "N") == 0;
}

static ent_pattern read_pattern(reader *r, const ent_node *node)
{
    ent_pattern pattern = {0, 0};
    if (node->kind != ENT_LIST || node->count == 0) {
        fault(r, ENT_G104_BAD_PATTERN, node,
              "a pattern is a list of pairs [option, \"Y\" or \"N\"]");
        return pattern;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (!read_pair(r, node->items[i], &pattern)) {
            fault(r, ENT_G104_BAD_PATTERN, node->items[i],
                  "not a pair of an option's number and \"Y\" or \"N\", or twice the option");
            break;
        }
    }
    return pattern;
}

static const ent_pattern *read_patterns(reader *r, const ent_node *const *list, size_t count)
{
    ent_pattern *patterns = ent_alloc(r->work->arena, count + 1, ent_pattern);
    for (size_t i = 0; i < count; i++) {
        patterns[i] = read_pattern(r, list[i]);
    }
    return patterns;
}

/* A pattern, or {"compound": true, "members": [pattern, ...]}: any of them. */
static ent_wish read_wish(reader *r, const ent_node *node)
{
    if (node->kind != ENT_MAP) {
        return (ent_wish){read_patterns(r, &node, 1), 1};
    }
    const ent_node *const *list;
    size_t count = items(r, node, "members", &list);
    if (count == 0) {
        fault(r, ENT_G104_BAD_PATTERN, node, "a compound statement needs `members`");
    }
    return (ent_wish){read_patterns(r, list, count), count};
}

static void read_wishes(reader *r, const ent_node *node, ent_actor *actor)
{
    const ent_node *const *list;
    actor->wish_count = items(r, node, "preferences", &list);
    ent_wish *wishes = ent_alloc(r->work->arena, actor->wish_count + 1, ent_wish);
    for (size_t i = 0; i < actor->wish_count; i++) {
        wishes[i] = read_wish(r, list[i]);
    }
    actor->wishes = wishes;
}

typedef struct ranking {
    uint32_t *tiers;
    size_t states, ranked;
} ranking;

static bool rank_state(ranking *ranks, const ent_node *node, size_t tier)
{
    uint32_t number;
    if (!index_below(node, (uint64_t)ranks->states + 1, &number) || number == 0 ||
        ranks->tiers[number - 1] != UINT32_MAX) {
        return false;
    }
    ranks->tiers[number - 1] = (uint32_t)tier;
    ranks->ranked++;
    return true;
}

static bool rank_tier(ranking *ranks, const ent_node *node, size_t tier)
{
    if (node->kind != ENT_LIST) {
        return rank_state(ranks, node, tier);
    }
    for (size_t i = 0; i < node->count; i++) {
        if (!rank_state(ranks, node->items[i], tier)) {
            return false;
        }
    }
    return true;
}

static void read_ranking(reader *r, const ent_node *node, ent_actor *actor, size_t states)
{
    ranking ranks = {ent_alloc(r->work->arena, states + 1, uint32_t), states, 0};
    memset(ranks.tiers, 0xFF, states * sizeof *ranks.tiers);
    for (size_t i = 0; i < node->count; i++) {
        if (!rank_tier(&ranks, node->items[i], i)) {
            fault(r, ENT_G105_BAD_RANKING, node->items[i],
                  ent_format(r->work->arena,
                             "not the number of a state from 1 to %zu, or it stands here twice",
                             states));
            return;
        }
    }
    if (ranks.ranked != states) {
        fault(r, ENT_G105_BAD_RANKING, node,
              ent_format(r->work->arena, "ranks %zu of %zu states", ranks.ranked, states));
    }
    actor->tiers = ranks.tiers;
}

static bool is_true(const ent_node *root, const char *key)
{
    const ent_node *node = ent_node_get(root, key);
    return node != NULL && node->kind == ENT_SCALAR && strcmp(node->text, "true") == 0;
}

static void read_actor(reader *r, const ent_node *node, ent_actor *actor)
{
    const ent_node *const *list;
    actor->name = name_of(r, node);
    size_t count = items(r, node, "options", &list);
    for (size_t i = 0; i < count; i++) {
        uint32_t k;
        if (!index_below(list[i], r->conflict.option_count, &k)) {
            fault(r, ENT_G101_BAD_GMCR, list[i], "there is no option with this number");
            continue;
        }
        actor->options |= UINT32_C(1) << k;
    }
    read_wishes(r, node, actor);
    actor->unseen_count = items(r, node, "misperceptions", &list);
    actor->unseen = read_patterns(r, list, actor->unseen_count);
}

static void read_actors(reader *r, const ent_node *root)
{
    const ent_node *const *list;
    size_t count = items(r, root, "decisionMakers", &list);
    if (count == 0 && !r->bad) {
        fault(r, ENT_G102_NO_ACTOR, root, "the conflict has no decision maker");
    }
    if (r->bad || count > ENT_CONFLICT_ACTORS) {
        return;
    }
    ent_actor *actors = ent_alloc(r->work->arena, count, ent_actor);
    for (size_t a = 0; a < count; a++) {
        read_actor(r, list[a], &actors[a]);
        for (size_t b = 0; b < a; b++) {
            if (strcmp(actors[a].name, actors[b].name) == 0) {
                fault(r, ENT_G101_BAD_GMCR, list[a], "another decision maker has the same name");
            }
        }
    }
    r->conflict.actors = actors;
    r->conflict.actor_count = (uint32_t)count;
}

/* Rankings by hand speak of states, which need the options and the patterns first. */
static void read_rankings(reader *r, const ent_node *root, size_t states)
{
    bool by_hand = is_true(root, "useManualPreferenceVectors") ||
                   is_true(root, "useManualPreferenceRanking");
    const ent_node *const *list;
    size_t count = items(r, root, "decisionMakers", &list);
    ent_actor *actors = ent_alloc(r->work->arena, count + 1, ent_actor);
    memcpy(actors, r->conflict.actors, count * sizeof *actors);
    for (size_t a = 0; by_hand && a < count; a++) {
        const ent_node *ranks = ent_node_get(list[a], "preferenceRanking");
        ranks = ranks != NULL ? ranks : ent_node_get(list[a], "preferenceVector");
        if (ranks == NULL || ranks->kind != ENT_LIST) {
            fault(r, ENT_G105_BAD_RANKING, list[a],
                  "this decision maker has no ranking of the states");
            continue;
        }
        read_ranking(r, ranks, &actors[a], states);
    }
    r->conflict.actors = actors;
}

static uint32_t read_coalition(reader *r, const ent_node *node)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < node->count; i++) {
        uint32_t a;
        if (!index_below(node->items[i], r->conflict.actor_count, &a)) {
            fault(r, ENT_G101_BAD_GMCR, node->items[i],
                  "there is no decision maker with this number");
            return mask;
        }
        mask |= UINT32_C(1) << a;
    }
    return mask;
}

static void read_coalitions(reader *r, const ent_node *root)
{
    const ent_node *const *list;
    size_t count = items(r, root, "coalitions", &list);
    uint32_t *masks = ent_alloc(r->work->arena, count + 1, uint32_t);
    for (size_t i = 0; i < count; i++) {
        uint32_t mask = list[i]->kind == ENT_LIST ? read_coalition(r, list[i]) : 0;
        if ((mask & (mask - 1)) != 0) {
            masks[r->conflict.coalition_count++] = mask;
        }
    }
    r->conflict.coalitions = masks;
}

static ent_status too_large(ent_work *work, const ent_node *root)
{
    const ent_node *options = ent_node_get(root, "options");
    const ent_node *actors = ent_node_get(root, "decisionMakers");
    if (options != NULL && options->kind == ENT_LIST && options->count > ENT_CONFLICT_OPTIONS) {
        return ent_fail(work->diags, ENT_LIMIT, ENT_G103_TOO_MANY_OPTIONS, NULL,
                        "the conflict has %zu options; at most %d can be worked out",
                        options->count, ENT_CONFLICT_OPTIONS);
    }
    if (actors != NULL && actors->kind == ENT_LIST && actors->count > ENT_CONFLICT_ACTORS) {
        return ent_fail(work->diags, ENT_LIMIT, ENT_G103_TOO_MANY_OPTIONS, NULL,
                        "the conflict has %zu decision makers; at most %d can be worked out",
                        actors->count, ENT_CONFLICT_ACTORS);
    }
    return ENT_OK;
}

/* Looking up every pattern in every combination must stay within a few seconds. */
static bool too_many_patterns(const ent_conflict *conflict)
{
    uint64_t looks = conflict->infeasible_count;
    for (uint32_t a = 0; a < conflict->actor_count; a++) {
        const ent_actor *actor = &conflict->actors[a];
        looks += actor->unseen_count;
        for (size_t w = 0; w < actor->wish_count; w++) {
            looks += actor->wishes[w].count;
        }
    }
    return looks > UINT64_C(1) << (33 - conflict->option_count);
}

static size_t count_states(reader *r, const ent_node *root)
{
    const uint32_t *states;
    size_t count;
    ent_conflict_states(r->work->arena, &r->conflict, &states, &count);
    if (count == 0) {
        fault(r, ENT_G106_NO_STATE, root, "the patterns rule out every state");
    }
    return count;
}

ent_status ent_read_gmcr(ent_work *work, const ent_text *text, ent_conflict *conflict)
{
    const ent_node *root;
    const unsigned char *first = (const unsigned char *)text->at;
    if (text->length > 2 && first[0] == 0x80 && first[1] >= 2 && first[1] <= 5) {
        return ent_fail(work->diags, ENT_INVALID, ENT_G101_BAD_GMCR,
                        "open it in gmcr-py and save it again: its present form is JSON",
                        "`%s` is a Python pickle, as older versions of gmcr-py saved them, and no "
                        "JSON; pickles are programs and are not read", text->name);
    }
    ent_status status = ent_read_json(work, text, &root);
    if (status != ENT_OK) {
        return status;
    }
    reader r = {.work = work, .text = text};
    if (root->kind != ENT_MAP) {
        fault(&r, ENT_G101_BAD_GMCR, root, "a graph-model file is a JSON map");
        return ENT_INVALID;
    }
    status = too_large(work, root);
    if (status != ENT_OK) {
        return status;
    }
    const ent_node *title = ent_node_get(root, "title");
    if (title != NULL && title->kind == ENT_SCALAR) {
        r.conflict.title = ent_copy_text(work->arena, title->text, title->length);
    }
    read_options(&r, root);
    read_actors(&r, root);
    const ent_node *const *list;
    size_t count = items(&r, root, "infeasibles", &list);
    if (!r.bad) {
        r.conflict.infeasible = read_patterns(&r, list, count);
        r.conflict.infeasible_count = count;
        read_coalitions(&r, root);
    }
    if (!r.bad && too_many_patterns(&r.conflict)) {
        return ent_fail(work->diags, ENT_LIMIT, ENT_G103_TOO_MANY_OPTIONS, NULL,
                        "too many patterns for %s",
                        ent_counted(work->arena, r.conflict.option_count, "options"));
    }
    size_t states = r.bad ? 0 : count_states(&r, root);
    if (!r.bad) {
        read_rankings(&r, root, states);
    }
    *conflict = r.conflict;
    return r.bad ? ENT_INVALID : ENT_OK;
}
