#include "report/diff.h"

#include "base/number.h"
#include "record/approval.h"
#include "record/exact.h"

#include <string.h>

/*
 * A kind of object: how many a case has, the id of each, and all that matters of it as words. What
 * `refers` to others by name is compared by their ids, so that a new name is one change and not one
 * for each statement that uses it.
 */
typedef struct kind {
    const char *what;
    bool refers;
    size_t (*count)(const ent_case *c);
    const char *(*id)(ent_arena *arena, const ent_case *c, size_t i);
    const char *(*words)(ent_arena *arena, const ent_case *c, size_t i);
} kind;

static const char *or_none(const char *text)
{
    return text == NULL ? "-" : text;
}

/* ---- The case itself ---------------------------------------------------------------------- */

static const char *const case_keys[] = {"title", "as-of", "summary"};

static size_t case_count(const ent_case *c)
{
    (void)c;
    return sizeof case_keys / sizeof *case_keys;
}

static const char *case_id(ent_arena *arena, const ent_case *c, size_t i)
{
    (void)arena;
    (void)c;
    return case_keys[i];
}

static const char *case_words(ent_arena *arena, const ent_case *c, size_t i)
{
    (void)arena;
    const char *const words[] = {c->title, c->as_of, c->summary};
    return or_none(words[i]);
}

/* ---- Parties, people, sources ------------------------------------------------------------- */

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

/* "; approves relief, by 9 of 15 votes, members us, china (veto), others 4" */
static void put_consent(ent_buffer *b, const ent_case *c, const ent_party *p)
{
    const char *between = "; approves ";
    for (uint32_t i = 0; p->approves != NULL && i < c->space.issue_count; i++) {
        if (p->approves[i]) {
            ent_putf(b, "%s%s", between, c->space.issues[i].id);
            between = ", ";
        }
    }
    const ent_approval *rule = p->approval;
    if (rule == NULL) {
        return;
    }
    ent_putf(b, "; by %u of %s, of", rule->votes, ent_counted(b->arena, rule->of, "votes"));
    for (uint32_t m = 0; m < rule->member_count; m++) {
        ent_putf(b, " %s%s", c->parties[rule->members[m]].id, rule->veto[m] ? " (veto)" : "");
    }
    ent_putf(b, ", %s for: %s", ent_counted(b->arena, rule->others, "others"),
             or_none(rule->because));
}

static const char *party_words(ent_arena *arena, const ent_case *c, size_t i)
{
    static const char *const roles[] = {"decider", "approver", "observer"};
    const ent_party *p = &c->parties[i];
    char low[ENT_NUMBER_ROOM], high[ENT_NUMBER_ROOM];
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_putf(&b, "%s, %s, reservation %s to %s%s", p->name, roles[p->role],
             ent_number_text(p->reservation.low, low), ent_number_text(p->reservation.high, high),
             worth_words(arena, c, p));
    put_consent(&b, c, p);
    return ent_buffer_text(&b);
}

static size_t person_count(const ent_case *c)
{
    return c->person_count;
}

static const char *person_id(ent_arena *arena, const ent_case *c, size_t i)
{
    (void)arena;
    return c->people[i].id;
}

static const char *person_words(ent_arena *arena, const ent_case *c, size_t i)
{
    const ent_person *p = &c->people[i];
    return ent_format(arena, "%s, %s, for %s", p->name, or_none(p->title),
                      p->party == ENT_NONE ? "nobody" : c->parties[p->party].id);
}

static size_t source_count(const ent_case *c)
{
    return c->source_count;
}

static const char *source_id(ent_arena *arena, const ent_case *c, size_t i)
{
    (void)arena;
    return c->sources[i].id;
}

static const char *source_words(ent_arena *arena, const ent_case *c, size_t i)
{
    const ent_source *s = &c->sources[i];
    const char letter[] = {s->reliability == 0 ? '-' : s->reliability, '\0'};
    return ent_format(arena, "%s%s%s, %s, %s, reliability %s, %s, %s",
                      s->author == NULL ? "" : s->author, s->author == NULL ? "" : ": ",
                      or_none(s->title), or_none(s->publisher), or_none(s->date), letter,
                      or_none(s->url), or_none(s->file));
}

/* ---- Issues, rules, packages -------------------------------------------------------------- */

static size_t issue_count(const ent_case *c)
{
    return c->space.issue_count;
}

static const char *issue_id(ent_arena *arena, const ent_case *c, size_t i)
{
    (void)arena;
    return c->space.issues[i].id;
}

static void put_undo(ent_buffer *b, const ent_issue *issue)
{
    char number[ENT_NUMBER_ROOM];
    for (uint32_t j = 0; j < issue->components; j++) {
        if (issue->undo[j] > 0) {
            uint32_t at = j + (issue->kind == ENT_OPTIONS);
            const char *part = issue->kind == ENT_RANGE ? "all" : issue->part_ids[at];
            ent_putf(b, "; undo of %s %s", part, ent_number_text(issue->undo[j], number));
        }
    }
}

static void put_sizes(ent_buffer *b, const ent_case *c, const ent_issue *issue)
{
    char low[ENT_NUMBER_ROOM], high[ENT_NUMBER_ROOM];
    for (size_t j = 0; j < issue->size_count; j++) {
        const ent_size *size = &issue->sizes[j];
        ent_putf(b, "; %s of %s %s to %s (%s)", c->metrics[size->metric],
                 issue->part_ids[size->part], ent_number_text(size->value.low, low),
                 ent_number_text(size->value.high, high),
                 size->source == ENT_NONE ? "-" : c->sources[size->source].id);
    }
}

static const char *issue_words(ent_arena *arena, const ent_case *c, size_t i)
{
    const ent_issue *issue = &c->space.issues[i];
    ent_buffer b = ent_buffer_init(arena, 0);
    char from[ENT_NUMBER_ROOM], to[ENT_NUMBER_ROOM], step[ENT_NUMBER_ROOM];
    ent_putf(&b, "%s, in %s:", issue->name, or_none(issue->unit));
    for (uint32_t j = 0; j < issue->parts; j++) {
        bool named = strcmp(issue->part_ids[j], issue->part_names[j]) != 0;
        ent_putf(&b, " %s%s%s%s", issue->part_ids[j], named ? " (" : "",
                 named ? issue->part_names[j] : "", named ? ")" : "");
    }
    if (issue->kind == ENT_RANGE) {
        ent_putf(&b, " %s to %s by %s", ent_number_text(issue->from, from),
                 ent_number_text(issue->to, to), ent_number_text(issue->step, step));
    }
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (issue->sign[p] != 0) {
            bool stake = issue->staked != NULL && issue->staked[p];
            ent_putf(&b, "; %s %s%s", c->parties[p].id, issue->sign[p] < 0 ? "-" : "+",
                     stake ? " by its stakes" : "");
        }
    }
    put_undo(&b, issue);
    put_sizes(&b, c, issue);
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
    if (s->via != NULL) {
        ent_putf(&b, "; via %s", s->via);
    }
    ent_putf(&b, "%s%s", s->kind == ENT_EDITORIAL ? "; editorial" : "",
             s->date_inferred ? "; date inferred" : "");
    if (s->credibility != 0) {
        ent_putf(&b, "; credibility %u", s->credibility);
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

static size_t package_count(const ent_case *c)
{
    return c->package_count;
}

static const char *package_id(ent_arena *arena, const ent_case *c, size_t i)
{
    (void)arena;
    return c->packages[i].name;
}

static const char *package_words(ent_arena *arena, const ent_case *c, size_t i)
{
    return ent_package_text(arena, c, &c->packages[i]);
}

static size_t account_count(const ent_case *c)
{
    return c->account_count;
}

static const char *account_id(ent_arena *arena, const ent_case *c, size_t i)
{
    (void)arena;
    return c->accounts[i].id;
}

static const char *account_words(ent_arena *arena, const ent_case *c, size_t i)
{
    const ent_account_def *a = &c->accounts[i];
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_putf(&b, "%s, believes", or_none(a->name));
    for (size_t k = 0; k < a->count; k++) {
        const ent_believes *in = &a->believes[k];
        ent_putf(&b, " %s", in->party != ENT_NONE ? c->parties[in->party].id
                                                  : c->statements[in->statement].id);
    }
    return ent_buffer_text(&b);
}

static const kind kinds[] = {
    {"case", false, case_count, case_id, case_words},
    {"party", false, party_count, party_id, party_words},
    {"person", false, person_count, person_id, person_words},
    {"source", false, source_count, source_id, source_words},
    {"issue", false, issue_count, issue_id, issue_words},
    {"rule", true, rule_count, rule_words, rule_words},
    {"package", true, package_count, package_id, package_words},
    {"statement", true, statement_count, statement_id, statement_words},
    {"account", false, account_count, account_id, account_words},
};

/* The case with ids for names. */
static ent_case *by_ids(ent_arena *arena, const ent_case *c)
{
    ent_case *plain = ent_alloc(arena, 1, ent_case);
    ent_party *parties = ent_alloc(arena, c->party_count + 1, ent_party);
    ent_person *people = ent_alloc(arena, c->person_count + 1, ent_person);
    ent_issue *issues = ent_alloc(arena, c->space.issue_count + 1, ent_issue);
    for (uint32_t i = 0; i < c->party_count; i++) {
        parties[i] = c->parties[i];
        parties[i].name = parties[i].id;
    }
    for (uint32_t i = 0; i < c->person_count; i++) {
        people[i] = c->people[i];
        people[i].name = people[i].id;
    }
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        issues[i] = c->space.issues[i];
        issues[i].name = issues[i].id;
        issues[i].part_names = issues[i].part_ids;
        issues[i].unit = NULL;
    }
    *plain = *c;
    plain->parties = parties;
    plain->people = people;
    plain->space.issues = issues;
    return plain;
}

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

/* A case as it is shown, and with ids for names, as it is compared. */
typedef struct view {
    const ent_case *shown, *plain;
} view;

static const char *key_of(ent_arena *arena, const kind *k, const view *v, size_t i)
{
    return k->words(arena, k->refers ? v->plain : v->shown, i);
}

static void compare_kind(ent_arena *arena, const kind *k, const view *before, const view *after,
                         ent_changes *changes)
{
    size_t count = k->count(before->shown);
    for (size_t i = 0; i < count; i++) {
        const char *id = k->id(arena, before->plain, i);
        size_t j = find(arena, k, after->plain, id);
        if (j == SIZE_MAX ||
            strcmp(key_of(arena, k, before, i), key_of(arena, k, after, j)) != 0) {
            *ent_push(arena, changes) =
                (ent_change){j == SIZE_MAX ? ENT_REMOVED : ENT_CHANGED, k->what, id,
                             k->words(arena, before->shown, i),
                             j == SIZE_MAX ? NULL : k->words(arena, after->shown, j)};
        }
    }
    count = k->count(after->shown);
    for (size_t j = 0; j < count; j++) {
        const char *id = k->id(arena, after->plain, j);
        if (find(arena, k, before->plain, id) == SIZE_MAX) {
            *ent_push(arena, changes) =
                (ent_change){ENT_ADDED, k->what, id, NULL, k->words(arena, after->shown, j)};
        }
    }
}

ent_changes ent_compare_cases(ent_arena *arena, const ent_case *before, const ent_case *after)
{
    ent_changes changes = {0};
    view was = {before, by_ids(arena, before)};
    view is = {after, by_ids(arena, after)};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        compare_kind(arena, &kinds[i], &was, &is, &changes);
    }
    return changes;
}
