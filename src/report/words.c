#include "report/words.h"

#include "base/number.h"
#include "record/redact.h"
#include "record/suppose.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* The giver of an issue that no party gives. */
#define NOBODY_ALONE "nobody alone"

const char *ent_speaker_text(const ent_case *c, const ent_statement *statement)
{
    const char *speaker = ent_speaker(c, statement);
    return speaker != NULL ? speaker : "a report";
}

const char *ent_words_text(ent_arena *arena, const ent_statement *statement)
{
    if (statement->assumption) {
        return statement->because == NULL ? NULL
                                          : ent_format(arena, "assumed: %s", statement->because);
    }
    if (statement->words == NULL) {
        return NULL;
    }
    return statement->kind == ENT_QUOTE
               ? ent_format(arena, "\xE2\x80\x9C%s\xE2\x80\x9D", statement->words)
               : statement->words;
}

const char *ent_account_text(ent_arena *arena, const ent_case *c, const ent_account *account)
{
    if (account->party != ENT_NONE && account->party < c->party_count) {
        return ent_format(arena, "%s account", c->parties[account->party].name);
    }
    return account->name != NULL ? account->name : account->id;
}

ent_told ent_told_nothing(ent_arena *arena, const ent_case *c)
{
    return (ent_told){ent_alloc(arena, c->package_count + 1, bool),
                      ent_alloc(arena, (size_t)c->statement_count + 1, bool)};
}

/* Has the text spelled the package out? From now on it has. */
static bool told_before(const ent_case *c, const ent_told *told, const ent_package *package)
{
    for (size_t i = 0; told != NULL && package->name != NULL && i < c->package_count; i++) {
        if (c->packages[i].name != NULL && strcmp(c->packages[i].name, package->name) == 0) {
            bool before = told->packages[i];
            told->packages[i] = true;
            return before;
        }
    }
    return false;
}

/* Does the name end in the word, as a word of its own, in whatever case? ASCII alone. */
static bool ends_in(const char *name, const char *word)
{
    size_t length = strlen(name);
    size_t tail = strlen(word);
    if (tail > length || (tail < length && name[length - tail - 1] != ' ')) {
        return false;
    }
    for (size_t i = 0; i < tail; i++) {
        if (tolower((unsigned char)name[length - tail + i]) != word[i]) {
            return false;
        }
    }
    return true;
}

const char *ent_party_phrase(ent_arena *arena, const ent_case *c, uint32_t party)
{
    static const char *const common[] = {
        "agency",     "alliance",   "assembly",   "association", "authority",   "board",
        "cabinet",    "city",       "coalition",  "commission",  "committee",   "company",
        "council",    "court",      "delegation", "emirates",    "federation",  "firm",
        "government", "kingdom",    "landlord",   "management",  "members",     "ministry",
        "nations",    "netherlands", "owners",    "parliament",  "party",       "philippines",
        "port",       "president",  "rebels",     "republic",    "senate",      "shop",
        "staff",      "state",      "states",     "tenant",      "tenants",     "town",
        "union",      "unions",     "village",    "workers"};
    const char *name = c->parties[party].name;
    if (strncmp(name, "The ", 4) == 0) {
        return ent_format(arena, "the %s", name + 4);
    }
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        if (ends_in(name, common[i]) && strncmp(name, "the ", 4) != 0) {
            return ent_format(arena, "the %s", name);
        }
    }
    return name;
}

static const char *title_of(ent_arena *arena, const ent_analysis *analysis, size_t account,
                            size_t (*first)(const ent_analysis *, size_t))
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (size_t i = account; i < analysis->accounts.count; i++) {
        if (first(analysis, i) == account) {
            ent_putf(&b, "%s%s", i > account ? ", and the same: " : "",
                     ent_account_text(arena, analysis->c, &analysis->accounts.at[i]));
        }
    }
    return ent_buffer_text(&b);
}

const char *ent_told_title(ent_arena *arena, const ent_analysis *analysis, size_t account)
{
    return title_of(arena, analysis, account, ent_first_told);
}

const char *ent_placed_title(ent_arena *arena, const ent_analysis *analysis, size_t account)
{
    return title_of(arena, analysis, account, ent_first_placed);
}

const char *ent_package_text_once(ent_arena *arena, const ent_case *c, const ent_told *told,
                                  const ent_package *package)
{
    uint64_t *outcome = ent_alloc(arena, c->space.issue_count + 1, uint64_t);
    if (told_before(c, told, package)) {
        return package->name;
    }
    ent_package_outcome(&c->space, package, outcome);
    const char *text = ent_outcome_text(arena, &c->space, outcome, true);
    return package->name == NULL ? text : ent_format(arena, "%s (%s)", package->name, text);
}

const char *ent_package_text(ent_arena *arena, const ent_case *c, const ent_package *package)
{
    return ent_package_text_once(arena, c, NULL, package);
}

static const char *ranked_text(ent_arena *arena, const ent_case *c, const ent_claim *claim)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (size_t i = 0; i < claim->ranked_count; i++) {
        ent_putf(&b, "%s%s", i > 0 ? " over " : "", c->space.issues[claim->ranked[i]].name);
    }
    return ent_buffer_text(&b);
}

static const char *interval_text(ent_arena *arena, ent_interval interval)
{
    char low[ENT_NUMBER_ROOM], high[ENT_NUMBER_ROOM];
    ent_number_text(interval.low, low);
    ent_number_text(interval.high, high);
    return interval.low < interval.high ? ent_format(arena, "%s to %s", low, high)
                                        : ent_copy(arena, low);
}

static const char *weights_text(ent_arena *arena, const ent_case *c, const ent_claim *claim)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    for (size_t i = 0; i < claim->weight_count; i++) {
        const ent_weight *w = &claim->weights[i];
        ent_putf(&b, "%s%s at %s", i > 0 ? ", " : "", c->space.issues[w->issue].name,
                 interval_text(arena, w->value));
    }
    return ent_buffer_text(&b);
}

const char *ent_claim_package_text(ent_arena *arena, const ent_case *c, const ent_told *told,
                                   const ent_claim *claim)
{
    const char *first = ent_package_text_once(arena, c, told, &claim->package);
    return claim->other.count == 0
               ? first
               : ent_format(arena, "%s %s %s", first, ent_verbs[claim->verb].link,
                            ent_package_text_once(arena, c, told, &claim->other));
}

static const char *claim_predicate(ent_arena *arena, const ent_case *c, const ent_told *told,
                                   const ent_claim *claim)
{
    const ent_verb_record *verb = &ent_verbs[claim->verb];
    switch (verb->object) {
    case ENT_OBJECT_ISSUES:
        return ent_format(arena, "%s %s", verb->words, ranked_text(arena, c, claim));
    case ENT_OBJECT_WEIGHTS:
        return ent_format(arena, "%s %s", verb->words, weights_text(arena, c, claim));
    case ENT_OBJECT_INTERVAL:
        return ent_format(arena, "%s %s more than the status quo", verb->words,
                          interval_text(arena, claim->interval));
    case ENT_OBJECT_PARTY:
        return ent_format(arena, "%s %s %s %s", verb->words, c->parties[claim->trusted].name,
                          verb->link, interval_text(arena, claim->interval));
    case ENT_OBJECT_PACKAGE:
    case ENT_OBJECT_COUNT:
        break;
    }
    return ent_format(arena, "%s %s%s", verb->words,
                      ent_claim_package_text(arena, c, told, claim),
                      claim->open == NULL ? "" : ", with what else was not said");
}

const char *ent_claim_text_once(ent_arena *arena, const ent_case *c, const ent_told *told,
                                const ent_claim *claim)
{
    return ent_format(arena, "%s %s", c->parties[claim->party].name,
                      claim_predicate(arena, c, told, claim));
}

const char *ent_claim_text(ent_arena *arena, const ent_case *c, const ent_claim *claim)
{
    return ent_claim_text_once(arena, c, NULL, claim);
}

static const char *component_text(ent_arena *arena, const ent_case *c, uint32_t component)
{
    uint32_t i = 0;
    while (i + 1 < c->space.issue_count && c->space.issues[i + 1].first <= component) {
        i++;
    }
    const ent_issue *issue = &c->space.issues[i];
    uint32_t j = component - issue->first;
    return issue->kind == ENT_RANGE
               ? issue->id
               : ent_format(arena, "%s.%s", issue->id,
                            issue->part_ids[issue->kind == ENT_OPTIONS ? j + 1 : j]);
}

static void put_term(ent_buffer *b, double factor, const char *what)
{
    char number[ENT_NUMBER_ROOM];
    double size = fabs(factor);
    ent_put(b, b->length == 0 ? (factor < 0 ? "-" : "") : factor < 0 ? " - " : " + ");
    if (fabs(size - 1) > 1e-12 || what == NULL) {
        ent_putf(b, "%s%s", ent_number_text(round(size * 1e6) / 1e6, number),
                 what == NULL ? "" : " ");
    }
    ent_put(b, what == NULL ? "" : what);
}

const char *ent_row_text(ent_arena *arena, const ent_case *c, const ent_polytope *polytope,
                         const ent_row *row)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    const ent_stakes *stakes = polytope->stakes;
    for (uint32_t j = 0; j < stakes->k; j++) {
        if (row->a[j] != 0) {
            put_term(&b, row->a[j], component_text(arena, c, stakes->component[j]));
        }
    }
    if (row->beta != 0) {
        put_term(&b, row->beta, "b");
    }
    if (row->gamma != 0 || b.length == 0) {
        put_term(&b, row->gamma, NULL);
    }
    ent_put(&b, row->strict ? " > 0" : " >= 0");
    return ent_buffer_text(&b);
}

void ent_put_statement(ent_buffer *out, const ent_style *style, const ent_case *c,
                       uint32_t statement, unsigned indent, bool claims)
{
    ent_put_statement_once(out, style, c, NULL, statement, indent, claims);
}

void ent_put_statement_once(ent_buffer *out, const ent_style *style, const ent_case *c,
                            const ent_told *told, uint32_t statement, unsigned indent,
                            bool claims)
{
    const ent_statement *s = &c->statements[statement];
    ent_put_repeat(out, " ", indent);
    ent_put_ink(out, style, ENT_INK_BOLD, s->id);
    const char *speaker = ent_speaker_text(c, s);
    const char *words = ent_words_text(out->arena, s);
    const char *text = s->assumption ? (words == NULL ? "assumed" : words)
                       : words == NULL ? speaker
                                       : ent_format(out->arena, "%s: %s", speaker, words);
    ent_put(out, "  ");
    unsigned at = indent + (unsigned)ent_text_width(s->id) + 2;
    ent_put_wrapped(out, style, at, indent + 4, text);
    for (size_t i = 0; claims && i < s->claim_count; i++) {
        ent_put_repeat(out, " ", indent + 4);
        ent_put(out, "-> ");
        ent_put_wrapped(out, style, indent + 7, indent + 7,
                        ent_claim_text_once(out->arena, c, told, &s->claims[i]));
    }
}

static uint32_t count_givers(const ent_case *c, const ent_issue *issue)
{
    uint32_t count = 0;
    for (uint32_t p = 0; p < c->party_count; p++) {
        count += ent_gives(issue, p);
    }
    return count;
}

static bool same_givers(const ent_case *c, const ent_issue *a, const ent_issue *b)
{
    bool same = true;
    for (uint32_t p = 0; p < c->party_count && same; p++) {
        same = ent_gives(a, p) == ent_gives(b, p);
    }
    return same;
}

const char *ent_givers_text(ent_arena *arena, const ent_case *c, const ent_issue *issue)
{
    ent_buffer b = ent_buffer_init(arena, 0);
    uint32_t left = count_givers(c, issue);
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (ent_gives(issue, p)) {
            left--;
            ent_putf(&b, "%s%s", c->parties[p].name, left > 1 ? ", " : left == 1 ? " and " : "");
        }
    }
    return b.length == 0 ? NOBODY_ALONE : ent_buffer_text(&b);
}

/* What the outcome asks of those who give this issue, on all that they give together. */
static void put_given(ent_buffer *out, const ent_style *style, const ent_case *c,
                      const uint64_t *outcome, const ent_issue *first, unsigned indent)
{
    ent_buffer what = ent_buffer_init(out->arena, 0);
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        const ent_issue *issue = &c->space.issues[i];
        if (outcome[i] != 0 && same_givers(c, issue, first)) {
            ent_putf(&what, "%s%s: %s", what.length > 0 ? "; " : "", issue->name,
                     ent_level_text(out->arena, issue, outcome[i], true));
        }
    }
    uint32_t givers = count_givers(c, first);
    const char *label = givers == 0 ? "all together  "
                                    : ent_format(out->arena, "%s %s  ",
                                                 ent_givers_text(out->arena, c, first),
                                                 givers == 1 ? "gives" : "give");
    ent_put_repeat(out, " ", indent);
    ent_put(out, label);
    unsigned at = indent + (unsigned)ent_text_width(label);
    ent_put_wrapped(out, style, at, indent + 4, what.length == 0 ? "nothing" : what.at);
}

void ent_put_exchange(ent_buffer *out, const ent_style *style, const ent_case *c,
                      const uint64_t *outcome, unsigned indent)
{
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        const ent_issue *issue = &c->space.issues[i];
        bool told = false;
        bool moved = false;
        for (uint32_t j = 0; j < c->space.issue_count; j++) {
            bool same = same_givers(c, issue, &c->space.issues[j]);
            told = told || (same && j < i);
            moved = moved || (same && outcome[j] != 0);
        }
        /* What nobody gives alone is told only where it moves. */
        if (!told && (moved || count_givers(c, issue) > 0)) {
            put_given(out, style, c, outcome, issue, indent);
        }
    }
}

void ent_json_package(ent_json *json, const char *key, const ent_space *space,
                      const uint64_t *outcome)
{
    ent_json_open_map(json, key);
    for (uint32_t i = 0; i < space->issue_count; i++) {
        const ent_issue *issue = &space->issues[i];
        if (outcome[i] == 0) {
            continue;
        }
        if (issue->kind == ENT_OPTIONS) {
            ent_json_text(json, issue->id, issue->part_ids[outcome[i]]);
        } else if (issue->kind == ENT_RANGE) {
            ent_json_number(json, issue->id, ent_range_value(issue, outcome[i]));
        } else {
            ent_json_open_list(json, issue->id);
            for (uint32_t j = 0; j < issue->parts; j++) {
                if ((outcome[i] >> j & 1) != 0) {
                    ent_json_text(json, NULL, issue->part_ids[j]);
                }
            }
            ent_json_close_list(json);
        }
    }
    ent_json_close_map(json);
}

void ent_json_statements(ent_json *json, const char *key, const ent_case *c,
                         const uint32_t *statements, size_t count)
{
    ent_json_open_list(json, key);
    for (size_t i = 0; i < count; i++) {
        ent_json_text(json, NULL, c->statements[statements[i]].id);
    }
    ent_json_close_list(json);
}

static const char *prior_name(const ent_analysis *analysis)
{
    return analysis->settings.prior == ENT_PRIOR_FLAT ? "flat" : "importance";
}

static const char *unnamed_name(const ent_settings *settings)
{
    return settings->unnamed == ENT_UNNAMED_FOR ? "for" : "against";
}

const char *ent_provenance(ent_arena *arena, const ent_analysis *analysis)
{
    const ent_settings *s = &analysis->settings;
    ent_buffer b = ent_buffer_init(arena, 0);
    ent_putf(&b, "case %.7s, seed %llu, %s per account, prior %s, entente %s",
             analysis->c->hash, (unsigned long long)s->seed,
             ent_counted(arena, s->worlds, "worlds"), prior_name(analysis), ENT_VERSION);
    for (size_t i = 0; i < s->with_count; i++) {
        ent_putf(&b, ", with %s", analysis->c->statements[s->with[i]].id);
    }
    for (size_t i = 0; i < s->without_count; i++) {
        ent_putf(&b, ", without %s", analysis->c->statements[s->without[i]].id);
    }
    if (s->as_of_text != NULL) { /* a bare day ends in UTC */
        ent_putf(&b, ", as of %s%s", s->as_of_text, strlen(s->as_of_text) > 10 ? "" : " (UTC)");
    }
    if (s->unnamed != ENT_UNNAMED_STATED) {
        ent_putf(&b, ", unnamed votes %s", unnamed_name(s));
    }
    for (uint32_t i = 0; i < analysis->c->statement_count; i++) {
        if (ent_is_supposed(&analysis->c->statements[i])) {
            ent_putf(&b, ", supposing %s", analysis->c->statements[i].words);
        }
    }
    if (analysis->c->withheld.told) {
        ent_putf(&b, ", withheld: %s", ent_withheld_text(arena, &analysis->c->withheld));
    }
    return ent_buffer_text(&b);
}

void ent_json_withheld(ent_json *json, const ent_case *c)
{
    if (c == NULL || !c->withheld.told) {
        return;
    }
    ent_json_open_map(json, "withheld");
    ent_json_text(json, "effects", c->withheld.effects ? "kept" : "left-out");
    for (int k = 0; k < ENT_WITHHELD_KINDS; k++) {
        ent_json_count(json, ent_withheld_names[k].many, ent_withheld_count(&c->withheld, k));
    }
    ent_json_close_map(json);
}

void ent_json_record_settings(ent_json *json, const ent_analysis *analysis)
{
    const ent_settings *s = &analysis->settings;
    const ent_case *c = analysis->c;
    ent_json_text(json, "as_of", s->as_of_text);
    ent_json_statements(json, "with", c, s->with, s->with_count);
    ent_json_statements(json, "without", c, s->without, s->without_count);
    ent_json_open_list(json, "supposed");
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (ent_is_supposed(&c->statements[i])) {
            ent_json_text(json, NULL, c->statements[i].words);
        }
    }
    ent_json_close_list(json);
    ent_json_withheld(json, c);
}

void ent_json_provenance(ent_json *json, const ent_analysis *analysis)
{
    const ent_settings *s = &analysis->settings;
    const ent_case *c = analysis->c;
    ent_json_text(json, "case", c->hash);
    ent_json_text(json, "title", c->title);
    if (analysis->interrupted) {
        ent_json_bool(json, "interrupted", true);
    }
    ent_json_count(json, "worlds", s->worlds);
    ent_json_count(json, "seed", s->seed);
    ent_json_text(json, "prior", prior_name(analysis));
    if (s->unnamed != ENT_UNNAMED_STATED) {
        ent_json_text(json, "unnamed", unnamed_name(s));
    }
    ent_json_open_list(json, "on");
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (analysis->on[i]) {
            ent_json_text(json, NULL, c->statements[i].id);
        }
    }
    ent_json_close_list(json);
    ent_json_record_settings(json, analysis);
}
