/* The JSON Schema of case files, from the tables that check them. O(size of the tables). */
#include "base/number.h"
#include "io/case.h"
#include "io/case_format.h"

#include <math.h>
#include <string.h>

enum { MOST_DEFS = 64 };

typedef struct writer {
    ent_buffer *out;
    int indent;
    bool first; /* nothing stands in the innermost object or array yet */
    const ent_shape *defs[MOST_DEFS];
    size_t def_count;
} writer;

/* ---- JSON --------------------------------------------------------------------------------- */

static void put_string(ent_buffer *out, const char *text)
{
    ent_put_char(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            ent_put_char(out, '\\');
        }
        ent_put_char(out, *c);
    }
    ent_put_char(out, '"');
}

/* Begin the next member of an object (key) or element of an array (key NULL). */
static void next(writer *w, const char *key)
{
    ent_put(w->out, w->first ? "\n" : ",\n");
    ent_put_repeat(w->out, "  ", (size_t)w->indent);
    w->first = false;
    if (key != NULL) {
        put_string(w->out, key);
        ent_put(w->out, ": ");
    }
}

static void open_with(writer *w, char bracket)
{
    ent_put_char(w->out, bracket);
    w->indent++;
    w->first = true;
}

static void close_with(writer *w, char bracket)
{
    bool empty = w->first;
    w->indent--;
    w->first = false;
    if (!empty) {
        ent_put_char(w->out, '\n');
        ent_put_repeat(w->out, "  ", (size_t)w->indent);
    }
    ent_put_char(w->out, bracket);
}

static void put_text(writer *w, const char *key, const char *text)
{
    next(w, key);
    put_string(w->out, text);
}

/* A member whose value is JSON already. */
static void put_raw(writer *w, const char *key, const char *json)
{
    next(w, key);
    ent_put(w->out, json);
}

static void put_number(writer *w, const char *key, double value)
{
    char text[ENT_NUMBER_ROOM];
    if (isfinite(value)) {
        put_raw(w, key, ent_number_text(value, text));
    }
}

static void put_required(writer *w, const char *const *names, size_t count)
{
    next(w, "required");
    ent_put_char(w->out, '[');
    for (size_t i = 0; i < count; i++) {
        ent_put(w->out, i == 0 ? "" : ", ");
        put_string(w->out, names[i]);
    }
    ent_put_char(w->out, ']');
}

/* ---- Shapes ------------------------------------------------------------------------------- */

static void put_shape(writer *w, const ent_shape *shape, const char *help);
static void put_body(writer *w, const ent_shape *shape);

static void put_limits(writer *w, const ent_shape *shape, const char *least, const char *most)
{
    if (shape->least > 0) {
        put_number(w, least, (double)shape->least);
    }
    if (shape->most > 0) {
        put_number(w, most, (double)shape->most);
    }
}

static void put_number_body(writer *w, const ent_shape *shape, const char *type)
{
    put_text(w, "type", type);
    put_number(w, "minimum", shape->low);
    put_number(w, "maximum", shape->high);
}

/* In YAML a plain 1 is a number, and the readers take it for the word as well. */
static void put_words(writer *w, const ent_shape *shape)
{
    next(w, "enum");
    ent_put_char(w->out, '[');
    for (size_t i = 0; shape->words[i] != NULL; i++) {
        double number;
        const char *word = shape->words[i];
        ent_put(w->out, i == 0 ? "" : ", ");
        put_string(w->out, word);
        if (ent_parse_number(word, strlen(word), &number)) {
            ent_putf(w->out, ", %s", word);
        }
    }
    ent_put_char(w->out, ']');
}

static void put_interval(writer *w, const ent_shape *shape)
{
    next(w, "anyOf");
    open_with(w, '[');
    next(w, NULL);
    open_with(w, '{');
    put_number_body(w, shape, "number");
    close_with(w, '}');
    next(w, NULL);
    open_with(w, '{');
    put_text(w, "type", "array");
    next(w, "items");
    open_with(w, '{');
    put_number_body(w, shape, "number");
    close_with(w, '}');
    put_raw(w, "minItems", "2");
    put_raw(w, "maxItems", "2");
    close_with(w, '}');
    close_with(w, ']');
}

static void put_map(writer *w, const ent_shape *shape)
{
    put_text(w, "type", "object");
    if (shape->defines) {
        next(w, "propertyNames");
        open_with(w, '{');
        put_text(w, "pattern", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$");
        close_with(w, '}');
    }
    next(w, "additionalProperties");
    put_shape(w, shape->of[0], NULL);
    put_limits(w, shape, "minProperties", "maxProperties");
}

static void put_keys(writer *w, const ent_shape *shape)
{
    const char *needed[40];
    size_t count = 0;
    put_text(w, "type", "object");
    next(w, "properties");
    open_with(w, '{');
    for (size_t i = 0; i < shape->key_count; i++) {
        next(w, shape->keys[i].name);
        put_shape(w, shape->keys[i].shape, shape->keys[i].help);
        if (shape->keys[i].needed && count < 40) {
            needed[count++] = shape->keys[i].name;
        }
    }
    close_with(w, '}');
    if (count > 0) {
        put_required(w, needed, count);
    }
    put_raw(w, "additionalProperties", "false");
    for (size_t i = 0; shape->one_of != NULL && shape->one_of[i] != NULL; i++) {
        if (i == 0) {
            next(w, "oneOf");
            open_with(w, '[');
        }
        next(w, NULL);
        open_with(w, '{');
        put_required(w, &shape->one_of[i], 1);
        close_with(w, '}');
        if (shape->one_of[i + 1] == NULL) {
            close_with(w, ']');
        }
    }
}

static void put_either(writer *w, const ent_shape *shape)
{
    next(w, "anyOf");
    open_with(w, '[');
    for (size_t i = 0; i < 3; i++) {
        bool again = i > 0 && shape->of[i] == shape->of[i - 1];
        if (shape->of[i] != NULL && !again) {
            next(w, NULL);
            put_shape(w, shape->of[i], NULL);
        }
    }
    close_with(w, ']');
}

static bool has_partner(const ent_verb_record *verb)
{
    return verb->partner[0] != '\0';
}

/* Opens `key: {anyOf: [{required: [verb]}, ...]}`: the key needs one of the verbs that follow. */
static void open_needs_verb(writer *w, const char *key)
{
    next(w, key);
    open_with(w, '{');
    next(w, "anyOf");
    open_with(w, '[');
}

static void put_needed(writer *w, const char *const *name)
{
    next(w, NULL);
    open_with(w, '{');
    put_required(w, name, 1);
    close_with(w, '}');
}

static void close_needs_verb(writer *w)
{
    close_with(w, ']');
    close_with(w, '}');
}

/* Which verbs a partner key goes with: at least one of them must be there. */
static void put_partner_rule(writer *w, const char *partner)
{
    open_needs_verb(w, partner);
    for (size_t i = 0; i < ENT_VERB_COUNT; i++) {
        if (strcmp(ent_verbs[i].partner, partner) == 0) {
            put_needed(w, &ent_verbs[i].name);
        }
    }
    close_needs_verb(w);
}

static void put_rest_rule(writer *w)
{
    open_needs_verb(w, "rest");
    for (size_t i = 0; i < ENT_VERB_COUNT; i++) {
        if (ent_verbs[i].rest == ENT_YES) {
            put_needed(w, &ent_verbs[i].name);
        }
    }
    close_needs_verb(w);
}

/* Is this the first verb with that partner? */
static bool first_with(size_t verb)
{
    for (size_t i = 0; i < verb; i++) {
        if (strcmp(ent_verbs[i].partner, ent_verbs[verb].partner) == 0) {
            return false;
        }
    }
    return has_partner(&ent_verbs[verb]);
}

static void put_claim_keys(writer *w, const ent_shape *claim)
{
    next(w, "properties");
    open_with(w, '{');
    next(w, "party");
    put_shape(w, claim->of[0], "Whose preferences the claim is about.");
    next(w, "rest");
    put_shape(w, claim->of[1],
              "What was not said: `open` for all that the claim does not name, or those issues.");
    for (size_t i = 0; i < ENT_VERB_COUNT; i++) {
        const ent_verb_record *verb = &ent_verbs[i];
        next(w, verb->name);
        put_shape(w, claim->objects[verb->object], verb->help);
        if (first_with(i)) {
            next(w, verb->partner);
            put_shape(w, claim->partners[verb->object], verb->partner_help);
        }
    }
    close_with(w, '}');
}

static void put_claim_rules(writer *w)
{
    next(w, "dependentSchemas");
    open_with(w, '{');
    put_rest_rule(w);
    for (size_t i = 0; i < ENT_VERB_COUNT; i++) {
        const ent_verb_record *verb = &ent_verbs[i];
        if (first_with(i)) {
            put_partner_rule(w, verb->partner);
        }
        if (verb->partner_needed == ENT_YES) {
            next(w, verb->name);
            open_with(w, '{');
            put_required(w, &verb->partner, 1);
            close_with(w, '}');
        }
    }
    close_with(w, '}');
    next(w, "oneOf");
    open_with(w, '[');
    for (size_t i = 0; i < ENT_VERB_COUNT; i++) {
        put_needed(w, &ent_verbs[i].name);
    }
    close_with(w, ']');
}

static void put_claim(writer *w, const ent_shape *shape)
{
    static const char *const party[] = {"party"};
    put_text(w, "type", "object");
    put_claim_keys(w, shape);
    put_required(w, party, 1);
    put_raw(w, "additionalProperties", "false");
    put_claim_rules(w);
}

/* Words may look like numbers or truth values to a YAML reader with types. */
static const char any_word[] = "[\"string\", \"number\", \"boolean\", \"null\"]";

static void put_body(writer *w, const ent_shape *shape)
{
    switch (shape->kind) {
    case ENT_SHAPE_TEXT:
    case ENT_SHAPE_REF:
        put_raw(w, "type", any_word);
        put_raw(w, "minLength", "1");
        break;
    case ENT_SHAPE_NAME:
        put_raw(w, "type", any_word);
        put_text(w, "pattern", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$");
        break;
    case ENT_SHAPE_WORD:
        put_words(w, shape);
        break;
    case ENT_SHAPE_NUMBER:
        put_number_body(w, shape, "number");
        break;
    case ENT_SHAPE_COUNT:
        put_number_body(w, shape, "integer");
        break;
    case ENT_SHAPE_INTERVAL:
        put_interval(w, shape);
        break;
    case ENT_SHAPE_DATE:
        put_raw(w, "type", "[\"string\", \"integer\"]");
        put_text(w, "pattern",
                 "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})? ?"
                 "(Z|[+-][0-9]{2}(:?[0-9]{2})?))?)?)?$");
        break;
    case ENT_SHAPE_COLOR:
        put_text(w, "type", "string");
        put_text(w, "pattern", "^#[0-9a-fA-F]{6}$");
        break;
    case ENT_SHAPE_URL:
        put_text(w, "type", "string");
        put_text(w, "pattern", "^https?://");
        break;
    case ENT_SHAPE_FILE:
        put_text(w, "type", "string");
        break;
    case ENT_SHAPE_LIST:
        put_text(w, "type", "array");
        next(w, "items");
        put_shape(w, shape->of[0], NULL);
        put_limits(w, shape, "minItems", "maxItems");
        break;
    case ENT_SHAPE_MAP:
        put_map(w, shape);
        break;
    case ENT_SHAPE_KEYS:
        put_keys(w, shape);
        break;
    case ENT_SHAPE_EITHER:
        put_either(w, shape);
        break;
    case ENT_SHAPE_CLAIM:
        put_claim(w, shape);
        break;
    }
}

/* The shape as a schema: by name where it has one, else written out. */
static void put_shape(writer *w, const ent_shape *shape, const char *help)
{
    open_with(w, '{');
    if (help != NULL) {
        put_text(w, "description", help);
    }
    if (shape->def == NULL) {
        put_body(w, shape);
    } else {
        next(w, "$ref");
        ent_putf(w->out, "\"#/$defs/%s\"", shape->def);
        bool known = false;
        for (size_t i = 0; i < w->def_count; i++) {
            known = known || w->defs[i] == shape;
        }
        if (!known && w->def_count < MOST_DEFS) {
            w->defs[w->def_count++] = shape;
        }
    }
    close_with(w, '}');
}

void ent_put_case_schema(ent_buffer *out)
{
    writer w = {.out = out};
    open_with(&w, '{');
    put_text(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
    put_text(&w, "$id", "entente.schema.json");
    put_text(&w, "title", "Entente case, format 1");
    put_text(&w, "description", "A negotiation: who is at the table, what could be exchanged, and "
                                "the record of what was said about it.");
    put_body(&w, &ent_case_shape);
    next(&w, "$defs");
    open_with(&w, '{');
    for (size_t i = 0; i < w.def_count; i++) { /* writing one may add others behind it */
        next(&w, w.defs[i]->def);
        open_with(&w, '{');
        put_body(&w, w.defs[i]);
        close_with(&w, '}');
    }
    close_with(&w, '}');
    close_with(&w, '}');
    ent_put(out, "\n");
}
