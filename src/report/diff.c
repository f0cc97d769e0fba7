#include "report/diff.h"

#include "base/number.h"
#include "record/exact.h"

#include <string.h>

/* A kind of object: how many a case has, the id of each, and all that matters of it as words. */
typedef struct kind {
    const char *what;
    size_t (*count)(const ent_case *c);
    const char *(*id)(ent_arena *arena, const ent_case *c, size_t i);
    const char *(*words)(ent_arena *arena, const ent_case *c, size_t i);
} kind;

static size_t party_count(const ent_case *c)
{
    return c->party_count;
}

static const char *party_id(ent_arena *arena, const ent_case *c, size_t i)
{
    (void)arena;
    return c->parties[i].id;
}

/* What the steps of each issue add to the party's utility; "" for a party without one. */
static const char *worth_words(ent_arena *arena, const ent_case *c, const ent_party *party)
{
    if (party->utility == NULL) {
        return "";
    }
    ent_buffer b = ent_buffer_init(arena, 0);
    char number[ENT_NUMBER_ROOM];
    double *worth = ent_alloc(arena, c->space.components + 1, double);
    double status_quo = ent_exact_worths(&c->space, party->utility, worth);
    ent_putf(&b, ", utility %s", ent_number_text(status_quo, number));
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        const ent_issue *issue = &c->space.issues[i];
        ent_putf(&b, "; %s", issue->id);
        for (uint32_t j = 0; j < issue->components; j++) {
            double step = worth[issue->first + j];
            ent_putf(&b, " %s%s", step >= 0 ? "+" : "", ent_number_text(step, number));
        }
    }
    return ent_buffer_text(&b);
}

static const char *party_words(ent_arena *arena, const ent_case *c, size_t i)
{
    static const char *const roles[] = {"decider", "approver", "observer"};
    const ent_party *p = &c->parties[i];
    char low[ENT_NUMBER_ROOM], high[ENT_NUMBER_ROOM];
    return ent_format(arena, "%s, %s, reservation %s to %s%s", p->name, roles[p->role],
                      ent_number_text(p->reservation.low, low),
                      ent_number_text(p->reservation.high, high), worth_words(arena, c, p));
}

static size_t issue_count(const ent_case *c)
{
    return c->space.issue_count;
}

static const char *issue_id(ent_arena *arena, const ent_case *c, size_t i)
{
    (void)arena;
    return c->space.issues[i].id;
}

static const char *issue_words(ent_arena *arena, const ent_case *c, size_t i)
{
    const ent_issue *issue = &c->space.issues[i];
    ent_buffer b = ent_buffer_init(arena, 0);
    char from[ENT_NUMBER_ROOM], to[ENT_NUMBER_ROOM], step[ENT_NUMBER_ROOM];
    ent_putf(&b, "%s:", issue->name);
    for (uint32_t j = 0; j < issue->parts; j++) {
        ent_putf(&b, " %s", issue->part_ids[j]);
    }
    if (issue->kind == ENT_RANGE) {
        ent_putf(&b, " %s to %s by %s", ent_number_text(issue->from, from),
                 ent_number_text(issue->to, to), ent_number_text(issue->step, step));
    }
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (issue->sign[p] != 0) {
            ent_putf(&b, "; %s %s", c->parties[p].id, issue->sign[p] < 0 ? "-" : "+");
        }
    }
    return ent_buffer_text(&b);
}

static size_t statement_count(const ent_case *c)
{
    return c->statement_count;
}

static const char *statement_id(ent_arena *arena, const ent_case *c, size_t i)
{
    (void)arena;
    return c->statements[i].id;
}

static const char *statement_words(ent_arena *arena, const ent_case *c, size_t i)
{
    const ent_statement *s = &c->statements[i];
    const char *words = ent_words_text(arena, s);
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_putf(&b, "%s%s%s: %s", ent_speaker_text(c, s), s->date == NULL ? "" : ", ",
             s->date == NULL ? "" : s->date, words == NULL ? "" : words);
    if (s->source != ENT_NONE) {
        ent_putf(&b, " (%s)", c->sources[s->source].id);
    }
    for (size_t j = 0; j < s->claim_count; j++) {
        ent_putf(&b, "; claims: %s", ent_claim_text(arena, c, &s->claims[j]));
    }
    return ent_buffer_text(&b);
}

static size_t rule_count(const ent_case *c)
{
    return c->space.rule_count;
}

static const char *rule_words(ent_arena *arena, const ent_case *c, size_t i)
{
    const ent_rule *rule = &c->space.rules[i];
    return ent_format(arena, "if %s then %s", ent_package_text(arena, c, &rule->when),
                      ent_package_text(arena, c, &rule->then));
}

static const kind kinds[] = {
    {"party", party_count, party_id, party_words},
    {"issue", issue_count, issue_id, issue_words},
    {"rule", rule_count, rule_words, rule_words},
    {"statement", statement_count, statement_id, statement_words},
};

static size_t find(ent_arena *arena, const kind *k, const ent_case *c, const char *id)
{
    size_t count = k->count(c);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(k->id(arena, c, i), id) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void compare_kind(ent_arena *arena, const kind *k, const ent_case *before,
                         const ent_case *after, ent_changes *changes)
{
    size_t count = k->count(before);
    for (size_t i = 0; i < count; i++) {
        const char *id = k->id(arena, before, i);
        size_t j = find(arena, k, after, id);
        const char *was = k->words(arena, before, i);
        const char *is = j == SIZE_MAX ? NULL : k->words(arena, after, j);
        if (is == NULL || strcmp(was, is) != 0) {
            *ent_push(arena, changes) =
                (ent_change){is == NULL ? ENT_REMOVED : ENT_CHANGED, k->what, id, was, is};
        }
    }
    count = k->count(after);
    for (size_t j = 0; j < count; j++) {
        const char *id = k->id(arena, after, j);
        if (find(arena, k, before, id) == SIZE_MAX) {
            *ent_push(arena, changes) =
                (ent_change){ENT_ADDED, k->what, id, NULL, k->words(arena, after, j)};
        }
    }
}

ent_changes ent_compare_cases(ent_arena *arena, const ent_case *before, const ent_case *after)
{
    ent_changes changes = {0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        compare_kind(arena, &kinds[i], before, after, &changes);
    }
    return changes;
}
