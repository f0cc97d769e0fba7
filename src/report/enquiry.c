#include "report/enquiry.h"

#include "answers/whole.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

/* ---- Words -------------------------------------------------------------------------------- */

/* What the package has on issues of this sign for the party: "A: x, B: y"; NULL if nothing. */
static const char *part_text(ent_arena *arena, const ent_case *c, const uint64_t *levels,
                             uint32_t party, int8_t sign)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        const ent_issue *issue = &c->space.issues[i];
        if (levels[i] != 0 && issue->sign[party] == sign) {
            ent_putf(&b, "%s%s: %s", b.length > 0 ? "; " : "", issue->name,
                     ent_level_text(arena, issue, levels[i], true));
        }
    }
    return b.length == 0 ? NULL : ent_buffer_text(&b);
}

const char *ent_enquiry_text(ent_arena *arena, const ent_case *c, const ent_enquiry *e)
{
    const char *name = ent_party_phrase(arena, c, e->party);
    if (e->levels == NULL) {
        return ent_format(arena, "Does \"%s\" matter more to %s than \"%s\"?",
                          c->space.issues[e->more].name, name, c->space.issues[e->than].name);
    }
    const char *gets = part_text(arena, c, e->levels, e->party, 1);
    const char *gives = part_text(arena, c, e->levels, e->party, -1);
    const char *beside = part_text(arena, c, e->levels, e->party, 0);
    const char *with = beside == NULL ? "" : ent_format(arena, ", with %s", beside);
    if (gets == NULL) {
        return gives == NULL ? ent_format(arena, "Would %s agree to %s?", name, beside)
                             : ent_format(arena, "Would %s agree to %s and get nothing for it%s?",
                                          name, gives, with);
    }
    return gives == NULL
               ? ent_format(arena, "Would %s take %s and give nothing for it%s?", name, gets, with)
               : ent_format(arena, "Would %s take (%s) for (%s)%s?", name, gets, gives, with);
}

/* ---- JSON --------------------------------------------------------------------------------- */

static void put_tabled_json(ent_json *json, const char *key, const ent_space *space,
                            const ent_tabled *tabled)
{
    if (tabled->levels == NULL) {
        ent_json_null(json, key);
        return;
    }
    ent_json_open_map(json, key);
    ent_json_package(json, "package", space, tabled->levels);
    ent_json_number(json, "joint", tabled->joint);
    ent_json_close_map(json);
}

static void put_question_json(ent_json *json, const char *key, const ent_case *c,
                              const ent_enquiry *e)
{
    ent_json_open_map(json, key);
    ent_json_text(json, "party", c->parties[e->party].id);
    if (e->levels != NULL) {
        ent_json_package(json, "package", &c->space, e->levels);
    } else {
        ent_json_text(json, "more", c->space.issues[e->more].id);
        ent_json_text(json, "than", c->space.issues[e->than].id);
    }
    ent_json_text(json, "words", ent_enquiry_text(json->out->arena, c, e));
    ent_json_number(json, "yes", e->yes);
    ent_json_number(json, "expected", e->expected);
    put_tabled_json(json, "if_yes", &c->space, &e->if_yes);
    put_tabled_json(json, "if_no", &c->space, &e->if_no);
    ent_json_statements(json, "yes_contradicts", c, e->against_yes, e->against_yes_count);
    ent_json_statements(json, "no_contradicts", c, e->against_no, e->against_no_count);
    ent_json_count(json, "alike", e->alike);
    ent_json_close_map(json);
}

static void put_plan_json(ent_json *json, const char *key, const ent_case *c,
                          const ent_enquiry_plan *plan)
{
    ent_json_open_map(json, key);
    if (plan->question != NULL) {
        put_question_json(json, "question", c, plan->question);
        put_plan_json(json, "yes", c, plan->yes);
        put_plan_json(json, "no", c, plan->no);
    } else {
        put_tabled_json(json, "table", &c->space, &plan->table);
    }
    ent_json_close_map(json);
}

static void put_curve_json(ent_json *json, const ent_menus *menus, const ent_enquiries *e)
{
    ent_json_open_map(json, "curve");
    ent_json_number(json, "best", e->best.deal.levels == NULL ? 0 : e->best.deal.joint);
    ent_json_open_list(json, "menus");
    for (size_t k = 1; k < menus->count; k++) {
        ent_json_number(json, NULL, menus->at[k].share);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "questions");
    for (size_t t = 1; e->plan != NULL && t <= e->depth; t++) {
        ent_json_number(json, NULL, e->plan->expected[t]);
    }
    ent_json_close_list(json);
    ent_json_number(json, "zone", e->best.zone.share);
    ent_json_close_map(json);
}

static void put_account_json(ent_json *json, const ent_case *c, const ent_menus *menus,
                             const ent_enquiries *e)
{
    ent_json_number(json, "best", e->best.deal.levels == NULL ? 0 : e->best.deal.joint);
    ent_json_number(json, "ceiling", e->best.zone.share);
    put_curve_json(json, menus, e);
    ent_json_count(json, "candidates", e->candidates);
    ent_json_bool(json, "complete", e->complete && !e->too_many);
    ent_json_bool(json, "too_many", e->too_many);
    ent_json_open_map(json, "left_out");
    ent_json_count(json, "of", e->looked);
    ent_json_count(json, "alike", e->alike);
    ent_json_count(json, "settled", e->settled);
    ent_json_count(json, "useless", e->useless);
    ent_json_close_map(json);
    ent_json_open_list(json, "questions");
    for (size_t i = 0; i < e->count; i++) {
        put_question_json(json, NULL, c, &e->at[i]);
    }
    ent_json_close_list(json);
    if (e->plan == NULL) {
        ent_json_null(json, "plan");
        return;
    }
    ent_json_open_map(json, "plan");
    ent_json_open_list(json, "expected");
    for (size_t t = 1; t <= e->depth; t++) {
        ent_json_number(json, NULL, e->plan->expected[t]);
    }
    ent_json_close_list(json);
    put_plan_json(json, "tree", c, e->plan);
    ent_json_close_map(json);
}

void ent_put_enquiry_json(ent_buffer *out, const ent_analysis *analysis, const ent_menus *menus,
                          const ent_enquiries *enquiries)
{
    ent_json json = ent_json_document(out, "ask");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL) {
            ent_json_open_map(&json, NULL);
            ent_json_text(&json, "name", analysis->accounts.at[i].id);
            put_account_json(&json, analysis->c, &menus[i], &enquiries[i]);
            ent_json_close_map(&json);
        }
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}

/* ---- Plain -------------------------------------------------------------------------------- */

void ent_put_enquiry_plain(ent_buffer *out, const ent_analysis *analysis,
                           const ent_enquiries *enquiries)
{
    const ent_case *c = analysis->c;
    char yes[ENT_NUMBER_ROOM], expected[ENT_NUMBER_ROOM];
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        for (size_t q = 0; analysis->worlds[i].account != NULL && q < enquiries[i].count; q++) {
            const ent_enquiry *e = &enquiries[i].at[q];
            const char *what = e->levels != NULL
                                   ? ent_outcome_text(out->arena, &c->space, e->levels, false)
                                   : ent_format(out->arena, "%s over %s",
                                                c->space.issues[e->more].id,
                                                c->space.issues[e->than].id);
            ent_putf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", e->levels != NULL ? "accepts" : "matters",
                     analysis->accounts.at[i].id, c->parties[e->party].id,
                     ent_number_text(e->yes, yes), ent_number_text(e->expected, expected), what);
        }
    }
}

/* ---- Text --------------------------------------------------------------------------------- */

enum { LABEL = 26, PERCENT = 5, NOTE = 12, SHOWN = 5 };

static void put_step(ent_buffer *out, const ent_style *style, const char *label, double share)
{
    unsigned before = 2 + LABEL + PERCENT + 2;
    unsigned cells = ent_bar_cells(style, before + NOTE, 30);
    ent_put(out, "  ");
    ent_put_cell(out, label, LABEL, false);
    ent_put_cell(out, ent_percent(out->arena, share), PERCENT, true);
    ent_put(out, "  ");
    ent_put_bar(out, share, cells);
    ent_put_char(out, '\n');
}

/* From the best single package through menus and questions to the zone. */
static void put_curve(ent_buffer *out, const ent_style *style, const ent_menus *menus,
                      const ent_enquiries *e)
{
    static const char *const asked[] = {"after the best question", "after two questions",
                                        "after three questions"};
    put_step(out, style, "best single package", e->best.deal.joint);
    if (menus->count > 1) {
        put_step(out, style, menus->at[menus->count - 1].size == 2 ? "a menu of two"
                                                                    : "a menu of three",
                 menus->at[menus->count - 1].share);
    }
    for (size_t t = 1; e->plan != NULL && t <= e->depth; t++) {
        put_step(out, style, asked[t - 1], e->plan->expected[t]);
    }
    put_step(out, style, "some package", e->best.zone.share);
}

static void put_indented(ent_buffer *out, const ent_style *style, unsigned indent,
                         const char *text)
{
    ent_put_repeat(out, " ", indent);
    ent_put_wrapped(out, style, indent, indent + 2, text);
}

/* The packages that an answer speaks of, each told in full once and by a letter before that. */
typedef struct lettering {
    const ent_case *c;
    const uint64_t **at;
    size_t count, room;
} lettering;

static bool same_packages(const ent_space *space, const uint64_t *a, const uint64_t *b)
{
    return a == b || (a != NULL && b != NULL &&
                      memcmp(a, b, space->issue_count * sizeof *a) == 0);
}

/* "A" to "Z", then "A2" and so on. */
static const char *letter_at(ent_arena *arena, size_t i)
{
    return i < 26 ? ent_format(arena, "%c", (char)('A' + (int)i))
                  : ent_format(arena, "%c%zu", (char)('A' + (int)(i % 26)), i / 26 + 1);
}

static const char *letter_of(ent_arena *arena, lettering *l, const uint64_t *levels)
{
    size_t i = 0;
    while (i < l->count && !same_packages(&l->c->space, l->at[i], levels)) {
        i++;
    }
    if (i == l->count) {
        ent_grow(arena, (void **)&l->at, &l->room, l->count + 1, sizeof *l->at);
        l->at[l->count++] = levels;
    }
    return letter_at(arena, i);
}

static void put_packages(ent_buffer *out, const ent_style *style, const lettering *l)
{
    ent_put(out, "\n  The packages\n");
    for (size_t i = 0; i < l->count; i++) {
        ent_putf(out, "  %s\n", letter_at(out->arena, i));
        ent_put_exchange(out, style, l->c, l->at[i], 5);
    }
}

static const char *tabled_text(ent_arena *arena, lettering *l, const ent_tabled *tabled)
{
    return tabled->levels == NULL
               ? "no package suits all"
               : ent_format(arena, "table %s (all in %s)", letter_of(arena, l, tabled->levels),
                            ent_percent(arena, tabled->joint));
}

/* "a yes would contradict trump-entirety (Donald Trump)" */
static void put_contradicted(ent_buffer *out, const ent_style *style, const ent_case *c,
                             unsigned indent, const char *answer, const uint32_t *statements,
                             size_t count)
{
    ent_buffer b = ent_buffer_init(out->arena, 0);
    for (size_t i = 0; i < count; i++) {
        const ent_statement *s = &c->statements[statements[i]];
        ent_putf(&b, "%s%s (%s)", i == 0 ? "" : ", ", s->id, ent_speaker_text(c, s));
    }
    if (count > 0) {
        put_indented(out, style, indent,
                     ent_format(out->arena, "a %s would contradict %s", answer,
                                ent_buffer_text(&b)));
    }
}

/* Does an earlier question of the list lead to the same packages by asking the same party? */
static bool like_before(const ent_space *space, const ent_enquiries *e, size_t index)
{
    const ent_enquiry *this = &e->at[index];
    for (size_t i = 0; i < index; i++) {
        const ent_enquiry *other = &e->at[i];
        if (other->party == this->party &&
            same_packages(space, other->if_yes.levels, this->if_yes.levels) &&
            same_packages(space, other->if_no.levels, this->if_no.levels)) {
            return true;
        }
    }
    return false;
}

static void put_question(ent_buffer *out, const ent_style *style, lettering *l, size_t place,
                         const ent_enquiry *e)
{
    ent_arena *arena = out->arena;
    const ent_case *c = l->c;
    ent_put(out, "\n  ");
    ent_put_wrapped(out, style, 2, 5,
                    ent_format(arena, "%zu. %s", place, ent_enquiry_text(arena, c, e)));
    put_indented(out, style, 5,
                 ent_format(arena, "yes in %s of its worlds; all then accept in %s of all worlds",
                            ent_percent(arena, e->yes), ent_percent(arena, e->expected)));
    /* One after the other: arguments are evaluated in any order, and these take letters. */
    const char *yes = tabled_text(arena, l, &e->if_yes);
    const char *no = tabled_text(arena, l, &e->if_no);
    put_indented(out, style, 5, ent_format(arena, "after yes %s; after no %s", yes, no));
    put_contradicted(out, style, c, 5, "yes", e->against_yes, e->against_yes_count);
    put_contradicted(out, style, c, 5, "no", e->against_no, e->against_no_count);
}

/* "North Korea: A?" once A has been put in words; else the question in full. */
static const char *short_text(ent_arena *arena, lettering *l, const ent_enquiry *e)
{
    return e->levels == NULL ? ent_enquiry_text(arena, l->c, e)
                             : ent_format(arena, "Would %s take %s?",
                                          ent_party_phrase(arena, l->c, e->party),
                                          letter_of(arena, l, e->levels));
}

static void put_plan(ent_buffer *out, const ent_style *style, lettering *l,
                     const ent_enquiry_plan *plan, unsigned indent, const char *answer)
{
    ent_arena *arena = out->arena;
    const char *text = plan->question == NULL ? tabled_text(arena, l, &plan->table)
                                              : short_text(arena, l, plan->question);
    put_indented(out, style, indent,
                 answer[0] == '\0' ? text : ent_format(arena, "%s: %s", answer, text));
    if (plan->question != NULL) {
        put_plan(out, style, l, plan->yes, indent + 3, "yes");
        put_plan(out, style, l, plan->no, indent + 3, "no");
    }
}

static void put_left_out(ent_buffer *out, const ent_style *style, const ent_enquiries *e)
{
    char alike[ENT_NUMBER_ROOM], settled[ENT_NUMBER_ROOM];
    char useless[ENT_NUMBER_ROOM];
    ent_put(out, "\n  ");
    ent_put_wrapped(
        out, style, 2, 2,
        ent_format(out->arena,
                   "%s looked at%s. Left out: settled by the account %s, splitting "
                   "the worlds like another one %s, leading to the same package whatever the "
                   "answer %s.",
                   ent_counted(out->arena, e->looked, "questions"),
                   e->complete ? "" : " (not about all available packages)",
                   ent_count_text(e->settled, settled), ent_count_text(e->alike, alike),
                   ent_count_text(e->useless, useless)));
}

static void put_account(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        size_t index, const ent_menus *menus, const ent_enquiries *e)
{
    const ent_case *c = analysis->c;
    ent_put_heading(out, style, ent_told_title(out->arena, analysis, index));
    if (e->best.deal.levels == NULL || e->best.zone.share <= 0) {
        ent_put(out, "  no package suits all in any of the worlds: no answer would change that\n");
        return;
    }
    put_curve(out, style, menus, e);
    lettering l = {.c = c};
    size_t shown = 0, like = 0;
    for (size_t i = 0; i < e->count; i++) {
        if (like_before(&c->space, e, i)) {
            like++;
        } else if (shown < SHOWN) {
            put_question(out, style, &l, ++shown, &e->at[i]);
        }
    }
    if (e->count == 0) {
        ent_put(out, "\n  no question would help: whatever the answer, the same package is best\n");
    } else if (like > 0) {
        put_indented(out, style, 2,
                     ent_format(out->arena, "%zu more question%s lead%s to the same packages",
                                like, like == 1 ? "" : "s", like == 1 ? "s" : ""));
    }
    if (e->plan != NULL && e->depth > 1) {
        ent_put(out, "\n  One after another\n");
        put_plan(out, style, &l, e->plan, 4, "");
    }
    if (l.count > 0) {
        put_packages(out, style, &l);
    }
    put_left_out(out, style, e);
}

void ent_put_enquiry_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                          const ent_menus *menus, const ent_enquiries *enquiries)
{
    ent_put_ink(out, style, ENT_INK_BOLD, analysis->c->title);
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0,
                    "What to ask before a package is tabled, and in which share of the preference "
                    "worlds that fit an account all would then accept it");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        if (analysis->worlds[i].account != NULL && ent_first_told(analysis, i) == i) {
            put_account(out, style, analysis, i, &menus[i], &enquiries[i]);
        }
    }
    ent_put_char(out, '\n');
    ent_put_wrapped(out, style, 0, 0, ent_provenance(out->arena, analysis));
}
