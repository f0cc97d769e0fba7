/* Published statistics beside a scenario, compared with what stands here. */
#include "report/frontier.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

static const double SAME = 1e-9; /* published numbers are doubles that were summed otherwise */

typedef enum kind { POINTS, ONE_POINT, NUMBER } kind;

/* One figure of a platform: what it is there and here. */
typedef struct figure {
    const char *key, *theirs, *here;
    kind kind;
} figure;

static const figure figures[] = {
    {"pareto_utils", "rational outcomes that no other beats, by 1e-12",
     "outcomes that no other beats; those at or above every reservation value are compared",
     POINTS},
    {"nash_utils", "the greatest product of gains over the reserved value, or over the least "
                   "utility where it is lower or missing", "the same (nash_negmas)", ONE_POINT},
    {"ks_utils", "the least spread of the shares of possible gains",
     "the same (kalai_smorodinsky_negmas); our kalai_smorodinsky maximises the smallest share",
     ONE_POINT},
    {"kalai_utils", "the greatest smallest gain, counted as for nash_utils", "the same", ONE_POINT},
    {"max_welfare_utils", "the greatest sum of utilities of rational outcomes", "the same",
     ONE_POINT},
    {"opposition", "the least distance of a rational outcome from everybody's best, utilities "
                   "divided by each party's greatest", "the same", NUMBER},
    {"rational_fraction", "the share of outcomes above every reserved value",
     "the share of outcomes at or above every reservation value", NUMBER},
    {"NumberOfBids", "all outcomes", "the same", NUMBER},
    {"Opposition", "the distance from (1, 1) of the outcome with the greatest sum",
     "the same (opposition_negolog); our opposition is the least distance", NUMBER},
    {"Nash Product", "the greatest product of utilities, reservation values aside",
     "the greatest product on the frontier", NUMBER},
    {"Social Welfare", "the greatest sum of utilities", "the same", NUMBER},
};

static bool near(double a, double b)
{
    return fabs(a - b) <= SAME * fmax(1, fmax(fabs(a), fabs(b)));
}

static bool same_vector(const double *a, const double *b, uint32_t n)
{
    for (uint32_t p = 0; p < n; p++) {
        if (!near(a[p], b[p])) {
            return false;
        }
    }
    return true;
}

static double greatest(const ent_solution *s, bool product)
{
    uint32_t n = s->scenario->party_count;
    double best = -HUGE_VAL;
    for (size_t i = 0; i < s->count; i++) {
        double x = product ? 1 : 0;
        for (uint32_t p = 0; p < n; p++) {
            double u = s->value[i * n + p];
            x = product ? x * u : x + u;
        }
        best = fmax(best, x);
    }
    return best;
}

/* Our number for the figure; NaN where there is none. */
static double number_of(const ent_solution *s, const char *key)
{
    double all = ent_big_double(&s->outcomes);
    if (strcmp(key, "opposition") == 0) {
        return s->owner.opposition;
    }
    if (strcmp(key, "rational_fraction") == 0) {
        return ent_big_order(&s->rational_low, &s->rational_high) == 0
                   ? ent_big_double(&s->rational_low) / all
                   : (double)NAN;
    }
    if (strcmp(key, "Opposition") == 0) {
        return ent_negolog_opposition(s->value, s->count, s->scenario->party_count);
    }
    return strcmp(key, "NumberOfBids") == 0 ? all : greatest(s, strcmp(key, "Nash Product") == 0);
}

static size_t point_of(const ent_solution *s, const char *key)
{
    return strcmp(key, "nash_utils") == 0    ? s->owner.nash
           : strcmp(key, "ks_utils") == 0    ? s->owner.kalai_smorodinsky
           : strcmp(key, "kalai_utils") == 0 ? s->owner.egalitarian
                                             : s->owner.utilitarian;
}

/* Our vectors for the figure, [*count][parties]. */
static const double *ours(ent_arena *arena, const ent_solution *s, const figure *f, size_t *count)
{
    uint32_t n = s->scenario->party_count;
    double *list = ent_alloc(arena, (s->count + 1) * n, double);
    double reservation[ENT_MOST_PARTIES];
    *count = 0;
    if (f->kind == NUMBER) {
        list[0] = number_of(s, f->key);
        *count = 1;
        return list;
    }
    for (uint32_t p = 0; p < n; p++) {
        reservation[p] = s->scenario->utilities[p].reservation;
    }
    for (size_t i = 0; i < s->count; i++) {
        const double *u = s->value + i * n;
        bool taken = f->kind == POINTS ? ent_is_rational(u, reservation, n)
                                       : i == point_of(s, f->key);
        if (taken) {
            memcpy(list + (*count)++ * n, u, n * sizeof *u);
        }
    }
    return list;
}

/* How many vectors of a have no like in b. */
static size_t missing(const double *a, size_t a_count, const double *b, size_t b_count, uint32_t n)
{
    size_t alone = 0;
    for (size_t i = 0; i < a_count; i++) {
        bool found = false;
        for (size_t k = 0; k < b_count && !found; k++) {
            found = same_vector(a + i * n, b + k * n, n);
        }
        alone += !found;
    }
    return alone;
}

/* One point of ours is enough: platforms list all that tie. */
static bool agrees(const figure *f, const ent_published_row *row, const double *own, size_t count,
                   uint32_t n)
{
    size_t here_alone = missing(own, count, row->value, row->count, n);
    return here_alone == 0 && (f->kind != POINTS ||
                               missing(row->value, row->count, own, count, n) == 0);
}

static const figure *figure_of(const ent_published_row *row, uint32_t parties)
{
    for (size_t k = 0; k < sizeof figures / sizeof *figures; k++) {
        if (strcmp(figures[k].key, row->key) == 0 &&
            row->width == (figures[k].kind == NUMBER ? 1 : parties)) {
            return &figures[k];
        }
    }
    return NULL;
}

static void put_vectors(ent_buffer *out, const double *value, size_t count, uint32_t n)
{
    char number[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < count && i < 3; i++) {
        ent_put(out, i > 0 ? "; " : "");
        for (uint32_t p = 0; p < n; p++) {
            ent_putf(out, "%s%s", p > 0 ? " " : "", ent_number_text(value[i * n + p], number));
        }
    }
    ent_put(out, count == 0 ? "none" : count > 3 ? "; ..." : "");
}

void ent_put_published_text(ent_buffer *out, const ent_style *style, const ent_solution *s,
                            const ent_published *published)
{
    ent_put_heading(out, style, "Published statistics");
    for (size_t i = 0; i < published->rows.count; i++) {
        const ent_published_row *row = &published->rows.at[i];
        const figure *f = figure_of(row, s->scenario->party_count);
        size_t count = 0;
        if (f == NULL) {
            continue;
        }
        const double *own = ours(out->arena, s, f, &count);
        ent_buffer line = ent_buffer_init(out->arena, 0);
        if (agrees(f, row, own, count, row->width)) {
            ent_putf(&line, "%s of %s: the same here", row->key, published->file);
        } else {
            ent_putf(&line, "%s of %s differs: ", row->key, published->file);
            put_vectors(&line, row->value, row->count, row->width);
            ent_putf(&line, " (%s); here ", f->theirs);
            put_vectors(&line, own, count, row->width);
            ent_putf(&line, " (%s)", f->here);
        }
        ent_put_wrapped(out, style, 0, 2, ent_buffer_text(&line));
    }
}

static void json_vectors(ent_json *json, const char *key, const double *value, size_t count,
                         uint32_t n)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < count; i++) {
        ent_json_open_list(json, NULL);
        for (uint32_t p = 0; p < n; p++) {
            ent_json_number(json, NULL, value[i * n + p]);
        }
        ent_json_close_list(json);
    }
    ent_json_close_list(json);
}

void ent_put_published_json(ent_json *json, ent_arena *arena, const ent_solution *s,
                            const ent_published *published)
{
    ent_json_open_map(json, "published");
    ent_json_text(json, "file", published->file);
    ent_json_open_list(json, "checks");
    for (size_t i = 0; i < published->rows.count; i++) {
        const ent_published_row *row = &published->rows.at[i];
        const figure *f = figure_of(row, s->scenario->party_count);
        size_t count = 0;
        if (f == NULL) {
            continue;
        }
        const double *own = ours(arena, s, f, &count);
        ent_json_open_map(json, NULL);
        ent_json_text(json, "key", row->key);
        ent_json_bool(json, "same", agrees(f, row, own, count, row->width));
        json_vectors(json, "published", row->value, row->count, row->width);
        json_vectors(json, "ours", own, count, row->width);
        ent_json_text(json, "theirs", f->theirs);
        ent_json_text(json, "here", f->here);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_close_map(json);
}
