/* Elements of XMCDA: numbers, names, what is declared. */
#include "io/xmcda_parts.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

/* ---- Elements ------------------------------------------------------------------------------- */

const char *ent_xmcda_tag(const ent_xml *e)
{
    const char *colon = strrchr(e->tag, ':');
    return colon == NULL ? e->tag : colon + 1;
}

const char *ent_xmcda_text(const ent_xmcda *r, const ent_xml *e)
{
    const ent_xml *piece = e == NULL ? NULL : e->first;
    while (piece != NULL && piece->text == NULL) {
        piece = piece->next;
    }
    return piece == NULL ? "" : ent_tidy(r->work->arena, piece->text);
}

const ent_xml *ent_xmcda_first(const ent_xml *e)
{
    const ent_xml *child = e->first;
    while (child != NULL && child->text != NULL) {
        child = child->next;
    }
    return child;
}

ent_status ent_xmcda_missing(const ent_xmcda *r, const ent_xml *e, const char *what)
{
    return ent_scenario_fault(r->work, r->text, e->pos, ENT_S108_MISSING_PART, NULL,
                              "<%s> has no <%s>", ent_xmcda_tag(e), what);
}

void ent_xmcda_left_out(const ent_xmcda *r, const ent_xml *e, const char *why)
{
    ent_scenario_odd(r->work, r->text, e->pos, ENT_S201_LEFT_OUT, NULL, "<%s> is left out: %s",
                     ent_xmcda_tag(e), why);
}

static ent_status parse(const ent_xmcda *r, const ent_xml *e, double *x)
{
    const char *word = ent_xmcda_text(r, e);
    if (ent_parse_number(word, strlen(word), x) && fabs(*x) <= 1e100) {
        return ENT_OK;
    }
    return ent_scenario_fault(r->work, r->text, e->pos, ENT_S109_BAD_NUMBER, NULL,
                              "`%s` is not a number", word);
}

static ent_status parse_rational(const ent_xmcda *r, const ent_xml *e, double *x)
{
    const ent_xml *top = ent_xml_child(e, "numerator"), *low = ent_xml_child(e, "denominator");
    double y = 1;
    if (top == NULL || low == NULL) {
        return ent_xmcda_missing(r, e, top == NULL ? "numerator" : "denominator");
    }
    ent_status status = parse(r, top, x);
    status = status == ENT_OK ? parse(r, low, &y) : status;
    if (status == ENT_OK && y == 0) {
        return ent_scenario_fault(r->work, r->text, low->pos, ENT_S109_BAD_NUMBER, NULL,
                                  "a denominator of 0");
    }
    *x /= y;
    return status;
}

ent_status ent_xmcda_number(const ent_xmcda *r, const ent_xml *e, double *x)
{
    const ent_xml *values = ent_xml_child(e, "values");
    const ent_xml *value = ent_xml_child(values == NULL ? e : values, "value");
    const ent_xml *kind = value == NULL ? NULL : ent_xmcda_first(value);
    if (value == NULL) {
        return ent_xmcda_missing(r, e, "value");
    }
    if (ent_xml_next(value, "value") != NULL) {
        return ent_scenario_fault(r->work, r->text, e->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "several values where one number should stand");
    }
    if (kind == NULL) {
        return ent_xmcda_missing(r, value, "real");
    }
    if (strcmp(kind->tag, "real") == 0 || strcmp(kind->tag, "integer") == 0) {
        return parse(r, kind, x);
    }
    return strcmp(kind->tag, "rational") == 0
               ? parse_rational(r, kind, x)
               : ent_scenario_fault(r->work, r->text, kind->pos, ENT_S111_UNSUPPORTED,
                                    "numbers are read: <real>, <integer>, <rational>",
                                    "<%s> is no number", kind->tag);
}

static bool is_active(const ent_xmcda *r, const ent_xml *e)
{
    const char *said = ent_xmcda_text(r, ent_xml_child(e, "active"));
    return strcmp(said, "false") != 0 && strcmp(said, "0") != 0;
}

/* ---- What is declared ----------------------------------------------------------------------- */

static ent_status add_criterion(ent_xmcda *r, const char *id, const char *name)
{
    *ent_push(r->work->arena, &r->criterion) =
        (ent_xmcda_criterion){.id = id, .name = name, .least = HUGE_VAL, .most = -HUGE_VAL};
    return ENT_OK;
}

static ent_status add(ent_xmcda *r, int what, const ent_xml *e, const char *id, bool active)
{
    ent_names *names = what == ENT_XMCDA_CRITERIA ? &r->criteria : &r->alternatives;
    size_t index = what == ENT_XMCDA_CRITERIA ? r->criterion.count : r->alternative.count;
    const char *name = ent_xml_get(e, "name");
    name = name == NULL || strcmp(ent_xmcda_tag(e), "alternativeID") == 0 ? "" : name;
    name = ent_tidy(r->work->arena, name);
    if (*id == '\0') {
        return ent_scenario_fault(r->work, r->text, e->pos, ENT_S108_MISSING_PART, NULL,
                                  "<%s> has no id", ent_xmcda_tag(e));
    }
    uint32_t number = active ? (uint32_t)index : ENT_XMCDA_IDLE;
    if (ent_names_add(r->work->arena, names, id, number) != UINT32_MAX) {
        return ent_scenario_fault(r->work, r->text, e->pos, ENT_S112_NAME_TWICE, NULL,
                                  "`%s` is declared twice", id);
    }
    if (active && what == ENT_XMCDA_CRITERIA) {
        return add_criterion(r, id, *name == '\0' ? id : name);
    }
    if (active) {
        *ent_push(r->work->arena, &r->alternative) = id;
    }
    return ENT_OK;
}

static const char *id_of(const ent_xmcda *r, const ent_xml *e)
{
    const char *id = ent_xml_get(e, "id");
    return id == NULL ? "" : ent_tidy(r->work->arena, id);
}

static ent_status direction_of(ent_xmcda *r, const ent_xml *scale, uint32_t index)
{
    const ent_xml *kind = scale == NULL ? NULL : ent_xmcda_first(scale);
    const ent_xml *direction = kind == NULL ? NULL : ent_xml_child(kind, "preferenceDirection");
    const char *said = ent_xmcda_text(r, direction);
    if (direction == NULL || index >= r->criterion.count) {
        return ENT_OK;
    }
    if (strcmp(said, "max") != 0 && strcmp(said, "min") != 0) {
        return ent_scenario_fault(r->work, r->text, direction->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "a preference direction is max or min, not `%s`", said);
    }
    r->criterion.at[index].less = strcmp(said, "min") == 0;
    return ENT_OK;
}

ent_status ent_xmcda_declare(ent_xmcda *r, const ent_xml *list, int what)
{
    const char *tag = what == ENT_XMCDA_CRITERIA ? "criterion" : "alternative";
    ent_status status = ENT_OK;
    r->closed[what] = true;
    for (const ent_xml *e = ent_xml_child(list, tag); e != NULL && status == ENT_OK;
         e = ent_xml_next(e, tag)) {
        status = add(r, what, e, id_of(r, e), is_active(r, e));
        if (status == ENT_OK && what == ENT_XMCDA_CRITERIA) {
            status = direction_of(r, ent_xml_child(e, "scale"),
                                  ent_names_find(&r->criteria, id_of(r, e)));
        }
        const ent_xml *weight = ent_xml_child(e, "criterionValue");
        const ent_xml *thresholds = ent_xml_child(e, "thresholds");
        if (what == ENT_XMCDA_CRITERIA && weight != NULL) {
            ent_xmcda_left_out(r, weight, "weights are read of <criteriaValues>");
        }
        if (what == ENT_XMCDA_CRITERIA && thresholds != NULL) {
            ent_xmcda_left_out(r, thresholds, "values are compared as they stand");
        }
    }
    return status;
}

ent_status ent_xmcda_named(ent_xmcda *r, const ent_xml *e, int what, uint32_t *index)
{
    const char *tag = what == ENT_XMCDA_CRITERIA ? "criterionID" : "alternativeID";
    const ent_xml *ref = ent_xml_child(e, tag);
    ent_names *names = what == ENT_XMCDA_CRITERIA ? &r->criteria : &r->alternatives;
    const char *id = ent_xmcda_text(r, ref);
    if (ref == NULL || *id == '\0') {
        return ent_xmcda_missing(r, e, tag);
    }
    *index = ent_names_find(names, id);
    if (*index == UINT32_MAX && !r->closed[what]) {
        ent_status status = add(r, what, ref, id, true);
        *index = ent_names_find(names, id);
        return status;
    }
    return *index != UINT32_MAX
               ? ENT_OK
               : ent_scenario_fault(r->work, r->text, ref->pos, ENT_S107_OTHER_DOMAIN, NULL,
                                    "`%s` is not declared", id);
}

ent_status ent_xmcda_scales(ent_xmcda *r, const ent_xml *list)
{
    ent_status status = ENT_OK;
    for (const ent_xml *e = ent_xmcda_first(list); e != NULL && status == ENT_OK; e = e->next) {
        uint32_t index = ENT_XMCDA_IDLE;
        if (e->text != NULL || strncmp(e->tag, "criterionScale", 14) != 0) {
            continue;
        }
        const ent_xml *scales = ent_xml_child(e, "scales");
        status = ent_xmcda_named(r, e, ENT_XMCDA_CRITERIA, &index);
        if (status == ENT_OK) {
            status = direction_of(r, ent_xml_child(scales == NULL ? e : scales, "scale"), index);
        }
    }
    return status;
}
