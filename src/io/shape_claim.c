/* The shape of claims: one verb, its object, its partner, and what was not said. */
#include "io/shape_value.h"

#include <string.h>

static const ent_verb_record *verb_of(const char *key)
{
    for (size_t i = 0; i < ENT_VERB_COUNT; i++) {
        if (strcmp(ent_verbs[i].name, key) == 0) {
            return &ent_verbs[i];
        }
    }
    return NULL;
}

static bool has_partner(const ent_verb_record *verb)
{
    return verb->partner[0] != '\0';
}

static bool is_partner(const char *key)
{
    for (size_t i = 0; i < ENT_VERB_COUNT; i++) {
        if (has_partner(&ent_verbs[i]) && strcmp(ent_verbs[i].partner, key) == 0) {
            return true;
        }
    }
    return false;
}

static void check_partner(ent_shaper *s, const ent_entry *entry, const ent_shape *shape,
                          const ent_verb_record *verb)
{
    if (verb == NULL) {
        return; /* without a verb nothing can be said about it */
    }
    if (strcmp(verb->partner, entry->key->text) == 0) {
        ent_check_shape(s, entry->value, shape->partners[verb->object], entry->key);
        return;
    }
    const char *hint =
        has_partner(verb)
            ? ent_format(s->work->arena, "`%s` takes `%s`", verb->name, verb->partner)
            : NULL;
    ent_tell(s->work->diags, ENT_ERROR, ENT_C133_STRAY_KEY, s->text, entry->key->pos, hint,
             "`%s` takes no `%s`", verb->name, entry->key->text);
}

static void check_rest(ent_shaper *s, const ent_entry *entry, const ent_shape *shape,
                       const ent_verb_record *verb)
{
    if (verb != NULL && verb->rest != ENT_YES) {
        ent_tell(s->work->diags, ENT_ERROR, ENT_C133_STRAY_KEY, s->text, entry->key->pos,
                 "`rest` goes with a package that somebody takes or refuses as a whole",
                 "`%s` takes no `rest`", verb->name);
        return;
    }
    ent_check_shape(s, entry->value, shape->of[1], entry->key);
}

/* What people write who do not know the words: what they most probably mean. */
static const struct {
    const char *said, *meant;
} near[] = {
    {"agrees", "accepts"},       {"agrees-to", "accepts"},    {"asks", "demands"},
    {"asks-for", "demands"},     {"at-least", "requires"},    {"at-most", "will-not-exceed"},
    {"believes", "trusts"},      {"condition", "for"},        {"conditional", "for"},
    {"declines", "refuses"},     {"exchange", "for"},         {"gets", "demands"},
    {"gives", "offers"},         {"if", "for"},               {"in-exchange", "for"},
    {"insists", "requires"},     {"insists-on", "requires"},  {"limit", "will-not-exceed"},
    {"must", "requires"},        {"must-have", "requires"},   {"needs", "requires"},
    {"not", "refuses"},          {"opposes", "refuses"},      {"red-line", "never"},
    {"rejects", "refuses"},      {"rules-out", "never"},      {"seeks", "demands"},
    {"supports", "accepts"},     {"takes", "accepts"},        {"than", "over"},
    {"unless", "requires"},      {"wants", "demands"},        {"will", "offers"},
    {"will-not", "never"},       {"would-accept", "accepts"}, {"would-give", "offers"},
};

/* The names of verbs, of partner keys and of what else a claim holds, to find the nearest. */
static size_t claim_keys(const char **known, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < ENT_VERB_COUNT && count + 4 < room; i++) {
        known[count++] = ent_verbs[i].name;
        if (has_partner(&ent_verbs[i])) {
            known[count++] = ent_verbs[i].partner;
        }
    }
    known[count++] = "party";
    known[count++] = "rest";
    return count;
}

static const char *list_of_verbs(ent_arena *arena)
{
    ent_buffer b = ent_buffer_init(arena, 300);
    for (size_t i = 0; i < ENT_VERB_COUNT; i++) {
        ent_putf(&b, "%s`%s`", i == 0 ? "" : ", ", ent_verbs[i].name);
    }
    return ent_buffer_text(&b);
}

/* A key that no claim has: what was probably meant; all verbs, but where it is a slip of one. */
static void tell_unknown(ent_shaper *s, const ent_node *key, bool verb)
{
    const char *known[64];
    const char *hint = ent_did_you_mean(s, key->text, known, claim_keys(known, 64));
    const char *meant = NULL;
    for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
        if (strcmp(near[i].said, key->text) == 0) {
            meant = near[i].meant;
        }
    }
    if (meant != NULL) {
        hint = ent_format(s->work->arena, "did you mean `%s`?", meant);
    }
    if (!verb && (meant != NULL || hint == NULL)) {
        hint = ent_format(s->work->arena, "%s%sverbs are %s", hint == NULL ? "" : hint,
                          hint == NULL ? "the " : " The ", list_of_verbs(s->work->arena));
    }
    ent_tell(s->work->diags, ENT_ERROR, ENT_C104_UNKNOWN_KEY, s->text, key->pos, hint,
             "a claim has no key `%.60s`", key->text);
}

/* The claim's verb; a second one is told. */
static const ent_verb_record *the_verb(ent_shaper *s, const ent_node *node)
{
    const ent_verb_record *verb = NULL;
    for (size_t i = 0; i < node->count; i++) {
        const ent_node *key = node->entries[i].key;
        const ent_verb_record *found = verb_of(key->text);
        if (found != NULL && verb != NULL) {
            ent_tell(s->work->diags, ENT_ERROR, ENT_C132_TWO_VERBS, s->text, key->pos,
                     "write two claims", "a claim has one verb, and `%s` stands here already",
                     verb->name);
        } else if (found != NULL) {
            verb = found;
        }
    }
    return verb;
}

void ent_check_claim(ent_shaper *s, const ent_node *node, const ent_shape *shape)
{
    const ent_verb_record *verb = the_verb(s, node);
    bool unknown = false;
    for (size_t i = 0; i < node->count && !s->stopped; i++) {
        const ent_entry *entry = &node->entries[i];
        const char *key = entry->key->text;
        const ent_verb_record *row = verb_of(key);
        if (strcmp(key, "party") == 0) {
            ent_check_shape(s, entry->value, shape->of[0], entry->key);
        } else if (strcmp(key, "rest") == 0) {
            check_rest(s, entry, shape, verb);
        } else if (row != NULL) {
            ent_check_shape(s, entry->value, shape->objects[row->object], entry->key);
        } else if (is_partner(key)) {
            check_partner(s, entry, shape, verb);
        } else {
            unknown = true;
            tell_unknown(s, entry->key, verb != NULL);
        }
    }
    if (ent_node_get(node, "party") == NULL) {
        ent_tell_missing(s, node, "party", shape->what, "whose preferences is it about?");
    }
    if (verb == NULL && !unknown) {
        ent_tell(s->work->diags, ENT_ERROR, ENT_C131_NO_VERB, s->text, node->pos,
                 ent_format(s->work->arena, "the verbs are %s", list_of_verbs(s->work->arena)),
                 "this claim has no verb");
    } else if (verb != NULL && verb->partner_needed == ENT_YES &&
               ent_node_get(node, verb->partner) == NULL) {
        ent_tell(s->work->diags, ENT_ERROR, ENT_C106_MISSING_KEY, s->text, node->pos,
                 verb->partner_help, "`%s` needs `%s`", verb->name, verb->partner);
    }
}
