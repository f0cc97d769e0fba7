#include "record/redact.h"

#include "base/text.h"
#include "record/suppose.h"

#include <string.h>

const ent_withheld_name ent_withheld_names[ENT_WITHHELD_KINDS] = {
    {"account", "accounts", offsetof(ent_withheld, accounts)},
    {"assumption", "assumptions", offsetof(ent_withheld, assumptions)},
    {"figure", "figures", offsetof(ent_withheld, figures)},
    {"package", "packages", offsetof(ent_withheld, packages)},
    {"person", "people", offsetof(ent_withheld, people)},
    {"reservation", "reservations", offsetof(ent_withheld, reservations)},
    {"source", "sources", offsetof(ent_withheld, sources)},
    {"statement", "statements", offsetof(ent_withheld, statements)},
};

uint32_t ent_withheld_count(const ent_withheld *w, int kind)
{
    uint32_t count;
    memcpy(&count, (const char *)w + ent_withheld_names[kind].offset, sizeof count);
    return count;
}

bool ent_withheld_is_none(const ent_withheld *w)
{
    uint32_t all = 0;
    for (int k = 0; k < ENT_WITHHELD_KINDS; k++) {
        all |= ent_withheld_count(w, k);
    }
    return all == 0;
}

const char *ent_withheld_text(ent_arena *arena, const ent_withheld *w)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    int last = -1;
    for (int k = 0; k < ENT_WITHHELD_KINDS; k++) {
        last = ent_withheld_count(w, k) > 0 ? k : last;
    }
    for (int k = 0; k <= last; k++) {
        uint32_t count = ent_withheld_count(w, k);
        if (count > 0) {
            const ent_withheld_name *name = &ent_withheld_names[k];
            ent_putf(&b, "%s%u %s", b.length == 0 ? "" : k == last ? " and " : ", ", count,
                     count == 1 ? name->one : name->many);
        }
    }
    return last < 0 ? "nothing" : ent_buffer_text(&b);
}

/* Which things go; [..] by index. */
typedef struct redactor {
    ent_arena *arena;
    const ent_case *c;
    ent_case *out;
    bool all;
    bool *statements, *people, *sources, *packages, *accounts;
    uint32_t *statement_at, *person_at, *source_at; /* where the others are now, or ENT_NONE */
    unsigned names;                                 /* pseudonyms given */
} redactor;

static bool is_named(const ent_package *package, const char *name)
{
    return package->name != NULL && strcmp(package->name, name) == 0;
}

static bool names_package(const ent_statement *s, const char *name)
{
    for (size_t i = 0; i < s->claim_count; i++) {
        if (is_named(&s->claims[i].package, name) || is_named(&s->claims[i].other, name)) {
            return true;
        }
    }
    return false;
}

/* Does the named package appear in what goes, and nowhere else? */
static bool goes_with_words(const redactor *r, const char *name)
{
    const ent_case *c = r->c;
    bool hidden = false;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (names_package(&c->statements[i], name)) {
            if (!r->statements[i]) {
                return false;
            }
            hidden = true;
        }
    }
    for (size_t i = 0; i < c->space.rule_count; i++) {
        hidden = hidden && !is_named(&c->space.rules[i].when, name) &&
                 !is_named(&c->space.rules[i].then, name);
    }
    return hidden;
}

static void find_people(redactor *r)
{
    const ent_case *c = r->c;
    for (int visible = 0; visible <= 1; visible++) {
        for (uint32_t i = 0; i < c->statement_count; i++) {
            uint32_t person = c->statements[i].person;
            if (person != ENT_NONE && r->statements[i] == (visible == 0)) {
                r->people[person] = visible == 0;
            }
        }
    }
}

static void find_accounts(redactor *r)
{
    const ent_case *c = r->c;
    for (size_t i = 0; i < c->account_count; i++) {
        const ent_account_def *account = &c->accounts[i];
        bool hidden = account->count > 0;
        for (size_t k = 0; k < account->count; k++) {
            uint32_t statement = account->believes[k].statement;
            hidden = hidden && statement != ENT_NONE && r->statements[statement];
        }
        r->accounts[i] = hidden;
    }
}

static void find_private(redactor *r)
{
    const ent_case *c = r->c;
    for (uint32_t i = 0; i < c->source_count; i++) {
        r->sources[i] = c->sources[i].is_private != 0;
    }
    for (uint32_t i = 0; i < c->statement_count; i++) {
        const ent_statement *s = &c->statements[i];
        r->statements[i] = s->is_private != 0 || (s->source != ENT_NONE && r->sources[s->source]);
    }
    find_people(r);
    for (size_t i = 0; i < c->package_count; i++) {
        r->packages[i] = goes_with_words(r, c->packages[i].name);
    }
    find_accounts(r);
}

/* ---- Pseudonyms, where what follows stays ------------------------------------------------- */

static bool is_taken(const ent_case *c, const char *id)
{
    bool taken = ent_find_statement(c, id) != ENT_NONE || ent_find_party(c, id) != ENT_NONE;
    for (uint32_t i = 0; i < c->person_count && !taken; i++) {
        taken = strcmp(c->people[i].id, id) == 0;
    }
    for (size_t i = 0; i < c->package_count && !taken; i++) {
        taken = strcmp(c->packages[i].name, id) == 0;
    }
    for (size_t i = 0; i < c->account_count && !taken; i++) {
        taken = strcmp(c->accounts[i].id, id) == 0;
    }
    return taken;
}

/* "withheld-3", which nothing in the case is called. */
static const char *pseudonym(redactor *r)
{
    const char *id;
    do {
        id = ent_format(r->arena, "withheld-%u", ++r->names);
    } while (is_taken(r->c, id));
    return id;
}

/* ---- The parts ---------------------------------------------------------------------------- */

static void put_sources(redactor *r)
{
    const ent_case *c = r->c;
    ent_source *sources = ent_alloc(r->arena, c->source_count + 1, ent_source);
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->source_count; i++) {
        r->source_at[i] = r->sources[i] ? ENT_NONE : count;
        if (r->sources[i]) {
            r->out->withheld.sources++;
        } else {
            sources[count++] = c->sources[i];
        }
    }
    r->out->sources = sources;
    r->out->source_count = count;
}

/*
 * A person with a side is replaced by its party; one without keeps a pseudonym where the claims
 * stay, since it matters whether two of them were one speaker's.
 */
static void put_people(redactor *r)
{
    const ent_case *c = r->c;
    ent_person *people = ent_alloc(r->arena, c->person_count + 1, ent_person);
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->person_count; i++) {
        bool gone = r->people[i] && (r->all || c->people[i].party != ENT_NONE);
        r->person_at[i] = gone ? ENT_NONE : count;
        r->out->withheld.people += r->people[i];
        if (gone) {
            continue;
        }
        people[count] = c->people[i];
        if (r->people[i]) {
            const char *id = pseudonym(r);
            people[count] = (ent_person){.id = id, .name = id, .party = ENT_NONE};
        }
        count++;
    }
    r->out->people = people;
    r->out->person_count = count;
}

static bool has_metric(const ent_case *c, uint32_t metric)
{
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        for (size_t k = 0; k < c->space.issues[i].size_count; k++) {
            if (c->space.issues[i].sizes[k].metric == metric) {
                return true;
            }
        }
    }
    return false;
}

static void put_sizes(redactor *r, const ent_issue *from, ent_issue *issue)
{
    ent_size *sizes = ent_alloc(r->arena, from->size_count + 1, ent_size);
    size_t count = 0;
    for (size_t k = 0; k < from->size_count; k++) {
        ent_size size = from->sizes[k];
        bool hidden = size.source != ENT_NONE && r->sources[size.source];
        size.source = size.source == ENT_NONE ? ENT_NONE : r->source_at[size.source];
        r->out->withheld.figures += hidden && r->all;
        if (!hidden || !r->all) {
            sizes[count++] = size;
        }
    }
    issue->sizes = sizes;
    issue->size_count = count;
}

/* Figures go with their source, and the unit of a metric with its last figure. */
static void put_issues(redactor *r)
{
    const ent_case *c = r->c;
    ent_issue *issues = ent_alloc(r->arena, c->space.issue_count + 1, ent_issue);
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        issues[i] = c->space.issues[i];
        put_sizes(r, &c->space.issues[i], &issues[i]);
    }
    r->out->space.issues = issues;
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        if (issues[i].metric_units == NULL) {
            continue;
        }
        const char **units = ent_alloc(r->arena, c->metric_count + 1, const char *);
        for (uint32_t k = 0; k < c->metric_count; k++) {
            units[k] = has_metric(r->out, k) ? issues[i].metric_units[k] : NULL;
        }
        issues[i].metric_units = units;
    }
}

static void put_parties(redactor *r)
{
    const ent_case *c = r->c;
    ent_party *parties = ent_alloc(r->arena, c->party_count + 1, ent_party);
    for (uint32_t p = 0; p < c->party_count; p++) {
        parties[p] = c->parties[p];
        bool hidden = parties[p].reservation_private && r->all;
        parties[p].reservation_private = false;
        parties[p].reservation_withheld = hidden;
        r->out->withheld.reservations += hidden;
    }
    r->out->parties = parties;
}

/* The package's new name, where it had one that goes. */
static void rename_package(const redactor *r, ent_package *package)
{
    for (size_t i = 0; i < r->c->package_count && package->name != NULL; i++) {
        if (r->packages[i] && is_named(package, r->c->packages[i].name)) {
            package->name = r->out->packages[i].name;
            return;
        }
    }
}

static void put_packages(redactor *r)
{
    const ent_case *c = r->c;
    ent_package *packages = ent_alloc(r->arena, c->package_count + 1, ent_package);
    size_t count = 0;
    for (size_t i = 0; i < c->package_count; i++) {
        r->out->withheld.packages += r->packages[i];
        if (r->packages[i] && r->all) {
            continue;
        }
        packages[count] = c->packages[i];
        packages[count].name = r->packages[i] ? pseudonym(r) : packages[count].name;
        count++;
    }
    r->out->packages = packages;
    r->out->package_count = count;
}

static void hide_words(redactor *r, ent_statement *s)
{
    ent_claim *claims = ent_alloc(r->arena, s->claim_count + 1, ent_claim);
    for (size_t k = 0; k < s->claim_count; k++) {
        claims[k] = s->claims[k];
        rename_package(r, &claims[k].package);
        rename_package(r, &claims[k].other);
    }
    s->claims = claims;
    s->id = pseudonym(r);
    s->name = s->via = NULL;
    s->is_private = 0;
    s->source = ENT_NONE;
    s->kind = s->assumption ? ENT_NO_WORDS : ENT_EDITORIAL;
    s->words = s->assumption ? NULL : "withheld";
    s->because = s->assumption ? "withheld" : NULL;
    if (s->side < r->c->party_count) {
        s->person = ENT_NONE;
    }
}

static void put_supersedes(redactor *r, ent_statement *s)
{
    uint32_t *named = ent_alloc(r->arena, s->supersedes_count + 1, uint32_t);
    size_t count = 0;
    for (size_t k = 0; k < s->supersedes_count; k++) {
        uint32_t at = r->statement_at[s->supersedes[k]];
        if (at != ENT_NONE) {
            named[count++] = at;
        }
    }
    s->supersedes = named;
    s->supersedes_count = count;
}

static void put_statements(redactor *r)
{
    const ent_case *c = r->c;
    ent_statement *statements = ent_alloc(r->arena, c->statement_count + 1, ent_statement);
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->statement_count; i++) {
        bool assumption = c->statements[i].assumption;
        r->out->withheld.assumptions += r->statements[i] && assumption;
        r->out->withheld.statements += r->statements[i] && !assumption;
        r->statement_at[i] = r->statements[i] && r->all ? ENT_NONE : count++;
    }
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (r->statement_at[i] == ENT_NONE) {
            continue;
        }
        ent_statement *s = &statements[r->statement_at[i]];
        *s = c->statements[i];
        if (r->statements[i]) {
            hide_words(r, s);
        }
        s->source = s->source == ENT_NONE ? ENT_NONE : r->source_at[s->source];
        s->person = s->person == ENT_NONE ? ENT_NONE : r->person_at[s->person];
        put_supersedes(r, s);
    }
    r->out->statements = statements;
    r->out->statement_count = count;
}

static void put_believes(redactor *r, const ent_account_def *from, ent_account_def *account)
{
    ent_believes *believes = ent_alloc(r->arena, from->count + 1, ent_believes);
    size_t count = 0;
    for (size_t k = 0; k < from->count; k++) {
        ent_believes core = from->believes[k];
        if (core.statement != ENT_NONE) {
            core.statement = r->statement_at[core.statement];
        }
        if (core.statement != ENT_NONE || core.party != ENT_NONE) {
            believes[count++] = core;
        }
    }
    account->believes = believes;
    account->count = count;
}

static void put_accounts(redactor *r)
{
    const ent_case *c = r->c;
    ent_account_def *accounts = ent_alloc(r->arena, c->account_count + 1, ent_account_def);
    size_t count = 0;
    for (size_t i = 0; i < c->account_count; i++) {
        r->out->withheld.accounts += r->accounts[i];
        if (r->accounts[i] && r->all) {
            continue;
        }
        accounts[count] = c->accounts[i];
        if (r->accounts[i]) {
            accounts[count].id = pseudonym(r);
            accounts[count].name = accounts[count].id;
        }
        put_believes(r, &c->accounts[i], &accounts[count]);
        count++;
    }
    r->out->accounts = accounts;
    r->out->account_count = count;
}

static redactor redact(ent_arena *arena, const ent_case *c, ent_redaction how)
{
    redactor r = {.arena = arena, .c = c, .all = how == ENT_REDACT_ALL};
    r.statements = ent_alloc(arena, c->statement_count + 1, bool);
    r.people = ent_alloc(arena, c->person_count + 1, bool);
    r.sources = ent_alloc(arena, c->source_count + 1, bool);
    r.packages = ent_alloc(arena, c->package_count + 1, bool);
    r.accounts = ent_alloc(arena, c->account_count + 1, bool);
    r.statement_at = ent_alloc(arena, c->statement_count + 1, uint32_t);
    r.person_at = ent_alloc(arena, c->person_count + 1, uint32_t);
    r.source_at = ent_alloc(arena, c->source_count + 1, uint32_t);
    r.out = ent_alloc(arena, 1, ent_case);
    *r.out = *c;
    r.out->withheld.told = true;
    r.out->withheld.effects = c->withheld.effects || !r.all;
    find_private(&r);
    put_sources(&r);
    put_people(&r);
    put_issues(&r);
    put_parties(&r);
    put_packages(&r);
    put_statements(&r);
    put_accounts(&r);
    return r;
}

ent_case *ent_redact(ent_arena *arena, const ent_case *c, ent_redaction how)
{
    return redact(arena, c, how).out;
}

ent_private ent_find_private(ent_arena *arena, const ent_case *c)
{
    ent_case said = *c;
    said.withheld = (ent_withheld){0};
    said.statement_count = ent_recorded(c);
    redactor r = redact(arena, &said, ENT_REDACT_ALL);
    return (ent_private){r.statements, r.packages, r.accounts, r.out->withheld};
}
