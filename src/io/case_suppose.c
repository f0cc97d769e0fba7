/*
 * Suppositions: claims from outside the file, decoded as the file's are. Linear in the case, whose
 * names are gathered anew, and in the texts.
 */
#include "io/case_decode.h"
#include "record/suppose.h"

#include <string.h>

static const ent_verb short_verbs[] = {ENT_ACCEPTS, ENT_REFUSES, ENT_NEVER, ENT_REQUIRES};
enum { SHORT_VERBS = sizeof short_verbs / sizeof *short_verbs };

/* ---- A decoder of a case that was read already -------------------------------------------- */

static void gather_names(ent_decoder *d, const ent_case *c)
{
    ent_arena *arena = d->work->arena;
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_names_add(arena, &d->party_index, c->parties[p].id, p);
    }
    d->part_index = ent_alloc(arena, c->space.issue_count + 1, ent_names);
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        const ent_issue *issue = &c->space.issues[i];
        ent_names_add(arena, &d->issue_names.exact, issue->id, i);
        for (uint32_t k = 0; k < issue->parts; k++) {
            ent_names_add(arena, &d->part_index[i], issue->part_ids[k], k);
        }
    }
    for (size_t i = 0; i < c->package_count; i++) {
        ent_names_add(arena, &d->package_names.exact, c->packages[i].name, (uint32_t)i);
    }
}

static ent_decoder *decoder_on(ent_work *work, const ent_case *c)
{
    ent_decoder *d = ent_alloc(work->arena, 1, ent_decoder);
    d->work = work;
    d->errors = ent_diags_count_of(work->diags, ENT_ERROR);
    d->c = ent_alloc(work->arena, 1, ent_case);
    *d->c = *c;
    d->parties = ent_alloc(work->arena, c->party_count + 1, ent_party);
    d->issues = ent_alloc(work->arena, c->space.issue_count + 1, ent_issue);
    d->packages = ent_alloc(work->arena, c->package_count + 1, ent_package);
    memcpy(d->parties, c->parties, c->party_count * sizeof *d->parties);
    memcpy(d->issues, c->space.issues, c->space.issue_count * sizeof *d->issues);
    if (c->package_count > 0) {
        memcpy(d->packages, c->packages, c->package_count * sizeof *d->packages);
    }
    gather_names(d, c);
    return d;
}

/* ---- PARTY VERB PACKAGE as the nodes that {PARTY, VERB: PACKAGE} would make --------------- */

static ent_pos place_of(const ent_decoder *d, ent_slice s)
{
    return ent_pos_at(d->text, (size_t)(s.at - d->text->at), s.length > 0 ? s.length : 1);
}

static const ent_node *scalar(ent_decoder *d, ent_slice s)
{
    ent_node *node = ent_alloc(d->work->arena, 1, ent_node);
    *node = (ent_node){.kind = ENT_SCALAR,
                       .plain = true,
                       .pos = place_of(d, s),
                       .text = ent_copy_text(d->work->arena, s.at, s.length),
                       .length = s.length};
    return node;
}

/* What stands before the separator; *rest becomes what follows it. */
static ent_slice cut(ent_slice *rest, char separator)
{
    const char *end = memchr(rest->at, separator, rest->length);
    ent_slice first = {rest->at, end == NULL ? rest->length : (size_t)(end - rest->at)};
    size_t passed = first.length + (end != NULL);
    *rest = (ent_slice){rest->at + passed, rest->length - passed};
    return first;
}

static ent_slice trimmed(ent_slice s)
{
    while (s.length > 0 && (*s.at == ' ' || *s.at == '\t')) {
        s = (ent_slice){s.at + 1, s.length - 1};
    }
    while (s.length > 0 && (s.at[s.length - 1] == ' ' || s.at[s.length - 1] == '\t')) {
        s.length--;
    }
    return s;
}

static size_t count_of(ent_slice s, char separator)
{
    size_t count = 1;
    for (size_t i = 0; i < s.length; i++) {
        count += s.at[i] == separator;
    }
    return count;
}

static const ent_node *level_node(ent_decoder *d, const ent_node *issue, ent_slice value)
{
    uint32_t found = ent_names_find(&d->issue_names.exact, issue->text);
    size_t count = count_of(value, '+');
    if (found == ENT_NONE || d->issues[found].kind != ENT_ITEMS || count == 1) {
        return scalar(d, value);
    }
    const ent_node **items = ent_alloc(d->work->arena, count, const ent_node *);
    ent_node *list = ent_alloc(d->work->arena, 1, ent_node);
    *list = (ent_node){.kind = ENT_LIST, .pos = place_of(d, value), .items = items};
    while (list->count < count) {
        items[list->count++] = scalar(d, trimmed(cut(&value, '+')));
    }
    return list;
}

static void not_a_package(ent_decoder *d, ent_slice part, bool twice)
{
    const char *words = ent_copy_text(d->work->arena, part.at, part.length);
    ent_error(d, ENT_C142_SUPPOSITION, place_of(d, part),
              "write issue=option,issue=item+item,issue=3.5, or the name of a package",
              twice ? "`%.100s` is named twice" : "`%.100s` does not say which issue is at what",
              words);
}

/* NULL after telling. */
static const ent_node *package_node(ent_decoder *d, ent_slice s)
{
    if (memchr(s.at, '=', s.length) == NULL) {
        return scalar(d, s);
    }
    size_t count = count_of(s, ',');
    ent_entry *entries = ent_alloc(d->work->arena, count, ent_entry);
    ent_node *map = ent_alloc(d->work->arena, 1, ent_node);
    ent_names seen = {0};
    *map = (ent_node){.kind = ENT_MAP, .pos = place_of(d, s), .entries = entries};
    while (map->count < count) {
        ent_slice part = trimmed(cut(&s, ','));
        ent_slice value = part;
        ent_slice issue = trimmed(cut(&value, '='));
        value = trimmed(value);
        if (issue.length == 0 || value.length == 0) {
            not_a_package(d, part, false);
            return NULL;
        }
        const ent_node *key = scalar(d, issue);
        if (ent_names_add(d->work->arena, &seen, key->text, 0) != ENT_NONE) {
            not_a_package(d, issue, true);
            return NULL;
        }
        entries[map->count++] = (ent_entry){key, level_node(d, key, value)};
    }
    return map;
}

static const char *list_of_verbs(ent_arena *arena)
{
    const char *names[SHORT_VERBS];
    for (int i = 0; i < SHORT_VERBS; i++) {
        names[i] = ent_verbs[short_verbs[i]].name;
    }
    return ent_one_of(arena, names, SHORT_VERBS);
}

static bool is_short_verb(const ent_node *word)
{
    for (int i = 0; i < SHORT_VERBS; i++) {
        if (strcmp(ent_verbs[short_verbs[i]].name, word->text) == 0) {
            return true;
        }
    }
    return false;
}

/* NULL after telling. */
static const ent_node *node_of_words(ent_decoder *d)
{
    static const ent_node party_key = {.kind = ENT_SCALAR, .text = "party", .length = 5};
    ent_slice rest = trimmed((ent_slice){d->text->at, d->text->length});
    ent_slice party = cut(&rest, ' ');
    rest = trimmed(rest);
    ent_slice verb = cut(&rest, ' ');
    ent_slice package = trimmed(rest);
    if (party.length == 0 || verb.length == 0 || package.length == 0) {
        ent_error(d, ENT_C142_SUPPOSITION, (ent_pos){1, 1, 1},
                  "such as `us never relief=full`, or a claim as in the case in {...}",
                  "a supposition is a party, a verb and a package");
        return NULL;
    }
    const ent_node *word = scalar(d, verb);
    if (!is_short_verb(word)) {
        ent_error(d, ENT_C142_SUPPOSITION, word->pos,
                  ent_format(d->work->arena, "%s; other claims as in the case, in {...}",
                             list_of_verbs(d->work->arena)),
                  "`%.60s` is not a verb of a short supposition", word->text);
        return NULL;
    }
    const ent_node *object = package_node(d, package);
    if (object == NULL) {
        return NULL;
    }
    ent_entry *entries = ent_alloc(d->work->arena, 2, ent_entry);
    entries[0] = (ent_entry){&party_key, scalar(d, party)};
    entries[1] = (ent_entry){word, object};
    ent_node *map = ent_alloc(d->work->arena, 1, ent_node);
    *map = (ent_node){.kind = ENT_MAP, .pos = entries[0].value->pos, .entries = entries,
                      .count = 2};
    return map;
}

/* ---- The whole ---------------------------------------------------------------------------- */

static void read_one(ent_decoder *d, const char *words, ent_claim *claim)
{
    size_t errors = ent_diags_count_of(d->work->diags, ENT_ERROR);
    ent_text *text = ent_alloc(d->work->arena, 1, ent_text);
    size_t length = strlen(words);
    *text = (ent_text){"--suppose", ent_copy_text(d->work->arena, words, length), length};
    d->text = text;
    d->shaper = (ent_shaper){.work = d->work, .text = text};
    const ent_node *node = NULL;
    if (ent_utf8_valid(words, length) != length) {
        ent_error(d, ENT_C142_SUPPOSITION, (ent_pos){1, 1, 1}, NULL,
                  "a supposition is text in UTF-8");
    } else if (words[strspn(words, " \t")] != '{') {
        node = node_of_words(d);
    } else if (ent_read_yaml(d->work, text, &node) != ENT_OK) {
        node = NULL;
    }
    if (node != NULL) {
        ent_check_shape(&d->shaper, node, &ent_claim_shape, NULL);
    }
    if (node != NULL && ent_diags_count_of(d->work->diags, ENT_ERROR) == errors) {
        ent_decode_claim(d, node, claim);
    }
}

ent_status ent_read_suppositions(ent_work *work, const ent_case *c, const char *const *texts,
                                 size_t count, const ent_case **with)
{
    *with = c;
    if (count == 0) {
        return ENT_OK;
    }
    ent_decoder *d = decoder_on(work, c);
    ent_claim *claims = ent_alloc(work->arena, count, ent_claim);
    const char **kept = ent_alloc(work->arena, count, const char *);
    for (size_t i = 0; i < count; i++) {
        read_one(d, texts[i], &claims[i]);
        kept[i] = d->text->at;
    }
    if (ent_diags_count_of(work->diags, ENT_ERROR) > d->errors) {
        return ENT_INVALID;
    }
    *with = ent_case_suppose(work->arena, c, claims, kept, count);
    return ENT_OK;
}
