/* The document entente.page/1: docs/PAGE.md says what its members are. */
#include "report/page_parts.h"

#include "record/redact.h"
#include "record/suppose.h"

#include <math.h>
#include <string.h>

/* Counts past 2^53 are texts (docs/JSON.md). */
static void put_level(ent_json *json, uint64_t level)
{
    if (level < UINT64_C(1) << 53) {
        ent_json_count(json, NULL, level);
    } else {
        ent_json_text(json, NULL,
                      ent_format(json->out->arena, "%llu", (unsigned long long)level));
    }
}

/* ---- The case ------------------------------------------------------------------------------- */

static void put_case(ent_json *json, const ent_case *c)
{
    const char *slash = strrchr(c->text.name, '/');
    ent_json_open_map(json, "case");
    ent_json_text(json, "title", c->title);
    ent_json_text(json, "summary", c->summary);
    ent_json_text(json, "as_of", c->as_of);
    ent_json_text(json, "file", slash != NULL ? slash + 1 : c->text.name);
    ent_json_text(json, "hash", c->hash);
    ent_json_text(json, "text", ent_copy_text(json->out->arena, c->text.at, c->text.length));
    ent_json_close_map(json);
}

static void put_settings(ent_json *json, const ent_page *page)
{
    const ent_settings *s = &page->analysis->settings;
    ent_json_open_map(json, "settings");
    ent_json_count(json, "worlds", s->worlds);
    ent_json_count(json, "seed", s->seed);
    ent_json_text(json, "prior", s->prior == ENT_PRIOR_FLAT ? "flat" : "importance");
    ent_json_text(json, "as_of", page->as_of);
    ent_json_indices(json, "with", s->with, s->with_count);
    ent_json_indices(json, "without", s->without, s->without_count);
    ent_json_close_map(json);
}

static void put_approves(ent_json *json, const ent_case *c, const ent_party *party)
{
    ent_json_open_list(json, "approves");
    for (uint32_t i = 0; party->approves != NULL && i < c->space.issue_count; i++) {
        if (party->approves[i]) {
            ent_json_count(json, NULL, i);
        }
    }
    ent_json_close_list(json);
}

static void put_parties(ent_json *json, const ent_case *c)
{
    static const char *const roles[] = {"decider", "approver", "observer"};
    ent_json_open_list(json, "parties");
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "id", c->parties[p].id);
        ent_json_text(json, "name", c->parties[p].name);
        ent_json_text(json, "role", roles[c->parties[p].role]);
        put_approves(json, c, &c->parties[p]);
        ent_json_text(json, "color", c->parties[p].color);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "deciders");
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (c->parties[p].role == ENT_DECIDER) {
            ent_json_count(json, NULL, p);
        }
    }
    ent_json_close_list(json);
}

static void put_sources(ent_json *json, const ent_case *c)
{
    ent_json_open_list(json, "sources");
    for (uint32_t i = 0; i < c->source_count; i++) {
        const ent_source *s = &c->sources[i];
        const char letter[2] = {s->reliability, '\0'};
        ent_json_open_map(json, NULL);
        ent_json_text(json, "id", s->id);
        ent_json_text(json, "title", s->title);
        ent_json_text(json, "author", s->author);
        ent_json_text(json, "publisher", s->publisher);
        ent_json_text(json, "date", s->date);
        ent_json_text(json, "url", s->url);
        ent_json_text(json, "reliability", s->reliability != 0 ? letter : NULL);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void put_stakes(ent_json *json, const char *key, const ent_case *c, const ent_issue *issue,
                       int8_t sign)
{
    ent_json_open_list(json, key);
    for (uint32_t p = 0; p < c->party_count; p++) {
        if (issue->sign[p] == sign) {
            ent_json_count(json, NULL, p);
        }
    }
    ent_json_close_list(json);
}

static void put_issue(ent_json *json, const ent_case *c, const ent_issue *issue)
{
    static const char *const kinds[] = {"options", "items", "range"};
    ent_json_open_map(json, NULL);
    ent_json_text(json, "id", issue->id);
    ent_json_text(json, "name", issue->name);
    ent_json_text(json, "kind", kinds[issue->kind]);
    ent_json_text(json, "unit", issue->unit);
    put_stakes(json, "givers", c, issue, -1);
    put_stakes(json, "getters", c, issue, 1);
    ent_json_open_list(json, "parts");
    for (uint32_t j = 0; j < issue->parts; j++) {
        ent_json_open_map(json, NULL);
        ent_json_text(json, "id", issue->part_ids[j]);
        ent_json_text(json, "name", issue->part_names[j]);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    if (issue->kind == ENT_RANGE) {
        ent_json_open_map(json, "range");
        ent_json_number(json, "from", issue->from);
        ent_json_number(json, "to", issue->to);
        ent_json_number(json, "step", issue->step);
        ent_json_close_map(json);
    }
    ent_json_close_map(json);
}

static void put_claims(ent_json *json, const ent_case *c, const ent_statement *s)
{
    ent_json_open_list(json, "claims");
    for (size_t i = 0; i < s->claim_count; i++) {
        ent_json_open_map(json, NULL);
        ent_json_count(json, "party", s->claims[i].party);
        ent_json_text(json, "verb", ent_verbs[s->claims[i].verb].name);
        ent_json_text(json, "text", ent_claim_text(json->out->arena, c, &s->claims[i]));
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

static void put_side(ent_json *json, const ent_statement *s)
{
    if (s->side == ENT_SIDE_ASSUMPTION) {
        ent_json_text(json, "side", "assumption");
    } else {
        ent_json_index(json, "side", ent_is_supposed(s) ? ENT_NONE : s->side);
    }
}

static void put_statement(ent_json *json, const ent_case *c, uint32_t index, bool on)
{
    static const char *const kinds[] = {NULL, "quote", "reported", "editorial"};
    const ent_statement *s = &c->statements[index];
    ent_json_open_map(json, NULL);
    ent_json_text(json, "id", s->id);
    ent_json_count(json, "line", s->pos.line);
    ent_json_text(json, "speaker", ent_speaker_text(c, s));
    ent_json_text(json, "title", s->person == ENT_NONE ? NULL : c->people[s->person].title);
    put_side(json, s);
    ent_json_text(json, "date", s->date);
    ent_json_number(json, "time", s->said.first == INT64_MIN ? (double)NAN : (double)s->said.first);
    ent_json_bool(json, "inferred", s->date_inferred);
    ent_json_index(json, "source", s->source);
    ent_json_text(json, "kind", s->assumption ? "assumption" : kinds[s->kind]);
    ent_json_text(json, "words", s->words);
    ent_json_text(json, "via", s->via);
    ent_json_text(json, "because", s->because);
    if (s->credibility > 0) {
        ent_json_count(json, "credibility", s->credibility);
    } else {
        ent_json_null(json, "credibility");
    }
    ent_json_bool(json, "on", on);
    put_claims(json, c, s);
    ent_json_close_map(json);
}

static void put_record(ent_json *json, const ent_analysis *analysis)
{
    const ent_case *c = analysis->c;
    put_parties(json, c);
    put_sources(json, c);
    ent_json_open_list(json, "issues");
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        put_issue(json, c, &c->space.issues[i]);
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "statements");
    for (uint32_t i = 0; i < c->statement_count; i++) {
        put_statement(json, c, i, analysis->on[i]);
    }
    ent_json_close_list(json);
}

static void put_disputes(ent_json *json, const ent_page *page)
{
    ent_json_open_list(json, "disputes");
    for (size_t i = 0; i < page->disputes->count && i < 200; i++) {
        const ent_dispute *d = &page->disputes->at[i];
        ent_json_open_map(json, NULL);
        ent_json_indices(json, "statements", d->statements, d->count);
        ent_json_count(json, "party", d->party);
        ent_json_bool(json, "by_cannot", d->by == ENT_BY_CANNOT);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    ent_json_bool(json, "disputes_complete",
                  page->disputes->complete && page->disputes->count <= 200);
    ent_json_open_map(json, "both");
    ent_json_bool(json, "consistent", page->both_consistent);
    if (page->both_dispute != NULL) {
        ent_json_indices(json, "dispute", page->both_dispute->statements,
                         page->both_dispute->count);
    } else {
        ent_json_null(json, "dispute");
    }
    ent_json_close_map(json);
}

static void put_ids(ent_json *json, const ent_case *c, const ent_private *hidden)
{
    ent_json_open_list(json, "statements");
    for (uint32_t i = 0; i < ent_recorded(c); i++) {
        if (hidden->statements[i]) {
            ent_json_text(json, NULL, c->statements[i].id);
        }
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "packages");
    for (size_t i = 0; i < c->package_count; i++) {
        if (hidden->packages[i]) {
            ent_json_text(json, NULL, c->packages[i].name);
        }
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "accounts");
    for (size_t i = 0; i < c->account_count; i++) {
        if (hidden->accounts[i]) {
            ent_json_text(json, NULL, c->accounts[i].id);
        }
    }
    ent_json_close_list(json);
}

/* What `--redact` would take out, so that the page knows what may not leave it unasked. */
static void put_private(ent_json *json, const ent_case *c)
{
    ent_private hidden = ent_find_private(json->out->arena, c);
    if (ent_withheld_is_none(&hidden.count)) {
        return;
    }
    ent_json_open_map(json, "private");
    ent_json_text(json, "text", ent_withheld_text(json->out->arena, &hidden.count));
    put_ids(json, c, &hidden);
    ent_json_close_map(json);
}

/* ---- The document --------------------------------------------------------------------------- */

static void put_left_out(ent_json *json, const ent_account *account)
{
    ent_json_open_list(json, "left_out");
    for (size_t i = 0; i < account->left_out_count; i++) {
        const ent_left_out *l = &account->left_out[i];
        ent_json_open_map(json, NULL);
        ent_json_count(json, "statement", l->statement);
        ent_json_indices(json, "because", l->because, l->count);
        ent_json_index(json, "party", l->party);
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
    if (account->core_dispute != NULL) {
        ent_json_indices(json, "core_dispute", account->core_dispute->statements,
                    account->core_dispute->count);
    } else {
        ent_json_null(json, "core_dispute");
    }
}

static void put_account(ent_json *json, ent_numbering *n, const ent_page *page, size_t index)
{
    const ent_case *c = page->analysis->c;
    const ent_account *account = &page->analysis->accounts.at[index];
    ent_json_open_map(json, NULL);
    ent_json_text(json, "id", account->id);
    if (page->piece) {
        ent_put_page_answers(json, n, page, index);
        ent_json_close_map(json);
        return;
    }
    ent_json_text(json, "name", ent_account_text(json->out->arena, c, account));
    ent_json_index(json, "party", account->party);
    ent_json_bool(json, "consistent", account->consistent);
    ent_json_marked(json, "in", account->in, NULL, c->statement_count);
    ent_json_marked(json, "core", account->core, NULL, c->statement_count);
    put_left_out(json, account);
    ent_put_page_answers(json, n, page, index);
    ent_json_close_map(json);
}

static void put_packages(ent_json *json, ent_numbering *n, const ent_case *c)
{
    ent_json_open_list(json, "packages");
    for (size_t i = 0; i < c->package_count; i++) {
        uint64_t *levels = ent_alloc(n->arena, n->issues + 1, uint64_t);
        ent_package_outcome(&c->space, &c->packages[i], levels);
        ent_json_open_map(json, NULL);
        ent_json_text(json, "name", c->packages[i].name);
        ent_json_count(json, "outcome", ent_number_outcome(n, levels));
        ent_json_close_map(json);
    }
    ent_json_close_list(json);
}

void ent_put_page_json(ent_buffer *out, const ent_page *page)
{
    const ent_case *c = page->analysis->c;
    ent_numbering n = {.arena = out->arena, .issues = c->space.issue_count};
    ent_json json = ent_json_document(out, "page");
    if (!page->piece) {
        put_case(&json, c);
        ent_json_record_settings(&json, page->analysis);
        put_settings(&json, page);
        put_private(&json, c);
        put_record(&json, page->analysis);
        put_disputes(&json, page);
    }
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < page->analysis->accounts.count; i++) {
        if (!page->piece || page->analysis->worlds[i].account != NULL) {
            put_account(&json, &n, page, i);
        }
    }
    ent_json_close_list(&json);
    if (!page->piece) {
        put_packages(&json, &n, c);
    }
    ent_json_open_list(&json, "outcomes");
    for (size_t i = 0; i < n.count; i++) {
        ent_json_open_list(&json, NULL);
        for (uint32_t j = 0; j < n.issues; j++) {
            put_level(&json, n.at[i][j]);
        }
        ent_json_close_list(&json);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}
