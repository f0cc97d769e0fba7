/*
 * What a Genius file may hold: the elements and attributes that the 10.4 classes read, and those of
 * older programs that change no value. Whatever else stands there may mean something to whoever
 * wrote it, so it is told, once for each name.
 */
#include "io/genius.h"

#include <string.h>

typedef struct known_element {
    const char *tag;
    const char *const attributes[9]; /* ends in NULL */
} known_element;

static const known_element known[] = {
    {"EXCLUDES", {"index", "min", "max"}},
    {"INCLUDES", {"index", "min", "max"}},
    {"checkassignment", {"index", "condition"}},
    {"comparisons", {NULL}},
    {"condition", {"value"}},
    {"constraint", {"type", "index", "value", "min", "max"}},
    {"constraints", {NULL}},
    {"discount_factor", {"value"}},
    {"errors", {NULL}},
    {"evaluator", {"ftype", "slope", "offset", "parameter0", "parameter1", "parameter2",
                   "parameter3", "index"}},
    {"experimental", {NULL}},
    {"fixed_seed", {NULL}},
    {"hyperRectangle", {"utility", "weight"}},
    {"issue", {"index", "name", "type", "vtype", "etype", "lowerbound", "upperbound",
               "description"}},
    {"item", {"index", "value", "evaluation", "cost", "description", "rank"}},
    {"negotiation_template", {"number_of_sessions"}},
    {"objective", {"index", "name", "description", "type", "etype"}},
    {"range", {"lowerbound", "upperbound"}},
    {"ranks", {NULL}},
    {"reservation", {"value"}},
    {"rules", {NULL}},
    {"ufun", {"type", "weight", "aggregation"}},
    {"utility", {"maxutility"}},
    {"utility_space", {"type", "number_of_issues"}},
    {"valueassignment", {"index", "value"}},
    {"weight", {"index", "value"}},
};

enum { MOST_TOLD = 20 }; /* different names */

typedef struct told {
    const char *tag[MOST_TOLD], *attribute[MOST_TOLD]; /* attribute NULL: the element itself */
    size_t count;
} told;

static const known_element *find(const char *tag)
{
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        if (strcmp(known[k].tag, tag) == 0) {
            return &known[k];
        }
    }
    return NULL;
}

static bool has_attribute(const known_element *element, const char *name)
{
    for (const char *const *a = element->attributes; *a != NULL; a++) {
        if (strcmp(*a, name) == 0) {
            return true;
        }
    }
    return strncmp(name, "xml", 3) == 0; /* namespaces and the like are XML's own */
}

/* Once for each name; beyond some twenty names the file is something else altogether. */
static bool is_new(told *t, const char *tag, const char *attribute)
{
    for (size_t k = 0; k < t->count; k++) {
        bool same = attribute == NULL ? t->attribute[k] == NULL
                                      : t->attribute[k] != NULL &&
                                            strcmp(t->attribute[k], attribute) == 0;
        if (same && strcmp(t->tag[k], tag) == 0) {
            return false;
        }
    }
    if (t->count == MOST_TOLD) {
        return false;
    }
    t->tag[t->count] = tag;
    t->attribute[t->count++] = attribute;
    return true;
}

static void look_at(ent_genius *g, const ent_xml *element, told *t)
{
    const known_element *row = find(element->tag);
    if (row == NULL) {
        if (is_new(t, element->tag, NULL)) {
            ent_scenario_odd(g->work, g->text, element->pos, ENT_S201_LEFT_OUT, NULL,
                             "<%s> means nothing to Genius, and is left out", element->tag);
        }
        return;
    }
    for (size_t i = 0; i < element->attribute_count; i++) {
        const char *name = element->attributes[i].name;
        if (!has_attribute(row, name) && is_new(t, element->tag, name)) {
            ent_scenario_odd(g->work, g->text, element->pos, ENT_S201_LEFT_OUT, NULL,
                             "`%s` of <%s> means nothing to Genius, and is left out", name,
                             element->tag);
        }
    }
    for (const ent_xml *e = element->first; e != NULL; e = e->next) {
        look_at(g, e, t);
    }
}

void ent_genius_tell_unknown(ent_genius *g, const ent_xml *root)
{
    told t = {.count = 0};
    look_at(g, root, &t);
}
