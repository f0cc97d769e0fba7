/*
 * Hyper-rectangles of Genius (ANAC 2014): <utility maxutility> holds a <ufun> whose boxes add up,
 * or of which the least or greatest counts; u is that divided by maxutility. Bounds are closed. A
 * box of INCLUDES counts inside, one of EXCLUDES outside; where both stand, Genius takes the
 * EXCLUDES alone. The outer <ufun>'s own weight counts for nothing in Genius, those of inner ones
 * multiply. O(boxes * issues).
 */
#include "io/genius.h"

#include <math.h>
#include <string.h>

enum { MOST_BOXES = 100000 };

typedef struct pile {
    ent_box *at;
    size_t count, room;
} pile;

static ent_status read_bound(ent_genius *g, const ent_xml *bound, uint64_t *low, uint64_t *high)
{
    double number = 0;
    double least = 0;
    double most = 0;
    ent_status status = ent_genius_number(g, bound, "index", &number);
    status = status == ENT_OK ? ent_genius_number(g, bound, "min", &least) : status;
    status = status == ENT_OK ? ent_genius_number(g, bound, "max", &most) : status;
    if (status != ENT_OK) {
        return status;
    }
    uint32_t index = fabs(number) < 1e9 ? ent_genius_find(g, (long)number) : ENT_NO_ISSUE;
    if (index == ENT_NO_ISSUE) {
        return ent_scenario_fault(g->work, g->text, bound->pos, ENT_S107_OTHER_DOMAIN, NULL,
                                  "a bound on issue %g, which the domain does not have", number);
    }
    const ent_scenario_issue *issue = &g->issues[index];
    if (issue->kind != ENT_INTEGER) {
        return ent_scenario_fault(g->work, g->text, bound->pos, ENT_S111_UNSUPPORTED, NULL,
                                  "a bound on `%s`, which is no integer issue", issue->name);
    }
    double from = ceil(fmax(least, issue->lower)) - issue->lower;
    double to = floor(fmin(most, issue->upper)) - issue->lower;
    if (from > to) {
        low[index] = 1; /* holds nothing */
        high[index] = 0;
        return ENT_OK;
    }
    low[index] = (uint64_t)from > low[index] ? (uint64_t)from : low[index];
    high[index] = (uint64_t)to < high[index] ? (uint64_t)to : high[index];
    return ENT_OK;
}

static bool is_empty(const ent_box *box, uint32_t issues)
{
    for (uint32_t i = 0; i < issues; i++) {
        if (box->low[i] > box->high[i]) {
            return true;
        }
    }
    return false;
}

static void widen(const ent_genius *g, uint64_t *low, uint64_t *high)
{
    for (uint32_t i = 0; i < g->issue_count; i++) {
        low[i] = 0;
        high[i] = g->issues[i].levels - 1;
    }
}

static ent_status read_box(ent_genius *g, const ent_xml *element, double scale, pile *boxes)
{
    const char *tag = ent_xml_child(element, "EXCLUDES") != NULL ? "EXCLUDES" : "INCLUDES";
    double weight = 1;
    double utility = 0;
    ent_status status = ent_genius_number(g, element, "utility", &utility);
    if (status == ENT_OK && ent_xml_get(element, "weight") != NULL) {
        status = ent_genius_number(g, element, "weight", &weight);
    }
    if (boxes->count == MOST_BOXES) {
        return ent_scenario_fault(g->work, g->text, element->pos, ENT_S104_TOO_MUCH, NULL,
                                  "more than %d boxes", MOST_BOXES);
    }
    status = status == ENT_OK ? ent_scenario_room(g->work, g->text, element->pos,
                                                  g->issue_count, &g->levels)
                              : status;
    if (status != ENT_OK) {
        return status;
    }
    if (strcmp(tag, "EXCLUDES") == 0 && ent_xml_child(element, "INCLUDES") != NULL) {
        ent_scenario_odd(g->work, g->text, element->pos, ENT_S203_ODD_VALUE, NULL,
                         "a box with INCLUDES and EXCLUDES: Genius reads the EXCLUDES alone");
    }
    uint64_t *low = ent_alloc(g->work->arena, g->issue_count, uint64_t);
    uint64_t *high = ent_alloc(g->work->arena, g->issue_count, uint64_t);
    widen(g, low, high);
    const ent_xml *bound = ent_xml_child(element, tag);
    bool bounded = bound != NULL;
    for (; bound != NULL && status == ENT_OK; bound = ent_xml_next(bound, tag)) {
        status = read_bound(g, bound, low, high);
    }
    ent_box box = {low, high, scale * (utility * weight), bounded && *tag == 'E'};
    if (status == ENT_OK && is_empty(&box, g->issue_count)) {
        ent_scenario_odd(g->work, g->text, element->pos, ENT_S203_ODD_VALUE, NULL,
                         "a box whose bounds no outcome keeps");
        widen(g, low, high); /* counts never, or always where it excludes nothing */
        box.utility = box.excludes ? box.utility : 0;
        box.excludes = false;
    }
    *ent_push(g->work->arena, boxes) = box;
    return status;
}

static ent_status aggregation_of(ent_genius *g, const ent_xml *f, ent_aggregation *aggregation)
{
    const char *name = ent_xml_get(f, "aggregation");
    *aggregation = name == NULL                  ? ENT_SUM
                   : strcmp(name, "min") == 0 ? ENT_MIN
                   : strcmp(name, "max") == 0 ? ENT_MAX
                                                 : ENT_SUM;
    if (name == NULL || (*aggregation == ENT_SUM && strcmp(name, "sum") != 0)) {
        ent_scenario_odd(g->work, g->text, f->pos, ENT_S203_ODD_VALUE, NULL,
                         "`aggregation` should be sum, min or max; taken as sum");
    }
    return ENT_OK;
}

/* Boxes of the function and, where all of them add up, of those within it. */
static ent_status read_function(ent_genius *g, const ent_xml *f, double scale,
                                ent_aggregation *aggregation, pile *boxes)
{
    ent_status status = aggregation_of(g, f, aggregation);
    for (const ent_xml *e = ent_xml_child(f, "hyperRectangle"); e != NULL && status == ENT_OK;
         e = ent_xml_next(e, "hyperRectangle")) {
        status = read_box(g, e, scale, boxes);
    }
    for (const ent_xml *e = ent_xml_child(f, "ufun"); e != NULL && status == ENT_OK;
         e = ent_xml_next(e, "ufun")) {
        ent_aggregation inner = ENT_SUM;
        double weight = 1;
        if (ent_xml_get(e, "weight") != NULL) {
            status = ent_genius_number(g, e, "weight", &weight);
        }
        status = status == ENT_OK
                     ? read_function(g, e, scale * weight, &inner, boxes)
                     : status;
        if (status == ENT_OK && (*aggregation != ENT_SUM || inner != ENT_SUM)) {
            return ent_scenario_fault(g->work, g->text, e->pos, ENT_S111_UNSUPPORTED, NULL,
                                      "functions within functions are read only where all add up");
        }
    }
    return status;
}

ent_status ent_genius_boxes(ent_genius *g, const ent_xml *utility, ent_utility *u)
{
    pile boxes = {0};
    const ent_xml *f = ent_xml_child(utility, "ufun");
    ent_status status = ent_genius_number(g, utility, "maxutility", &u->scale);
    if (status == ENT_OK && !(u->scale > 0)) {
        return ent_scenario_fault(g->work, g->text, utility->pos, ENT_S109_BAD_NUMBER, NULL,
                                  "`maxutility` should be above 0");
    }
    if (status == ENT_OK && f == NULL) {
        return ent_scenario_fault(g->work, g->text, utility->pos, ENT_S108_MISSING_PART, NULL,
                                  "<utility> holds no <ufun>");
    }
    if (status == ENT_OK && ent_xml_next(f, "ufun") != NULL) {
        ent_scenario_odd(g->work, g->text, ent_xml_next(f, "ufun")->pos, ENT_S201_LEFT_OUT, NULL,
                         "a second <ufun>, which Genius leaves out");
    }
    status = status == ENT_OK ? read_function(g, f, 1, &u->aggregation, &boxes) : status;
    u->boxes = boxes.at;
    u->box_count = boxes.count;
    return status;
}
