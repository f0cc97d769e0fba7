/* The accounts as JSON: docs/JSON.md. */
#include "report/accounts.h"
#include "report/measures.h"

#include "record/suppose.h"
#include "worlds/positions.h"

static const char *const kinds[ENT_DISPUTE_KINDS] = {
    [ENT_DISPUTE] = "dispute", [ENT_MOVE] = "move", [ENT_SILENCE] = "silence"};
static const char *const whys[ENT_LEFT_WHYS] = {[ENT_LEFT_LATER] = "later",
                                                [ENT_LEFT_WITHDRAWN] = "withdrawn",
                                                [ENT_LEFT_ONLY] = "only",
                                                [ENT_LEFT_MOVED] = "moved",
                                                [ENT_LEFT_CONTRADICTS] = "contradicts"};
static const char *const obstacles[] = {
    [ENT_BY_WORLDS] = "worlds", [ENT_BY_LINE] = "line", [ENT_BY_CANNOT] = "cannot"};

const char *ent_dispute_kind_name(ent_dispute_kind kind)
{
    return kinds[kind];
}

const char *ent_why_left_name(ent_why_left why)
{
    return whys[why];
}

static void put_dispute(ent_json *json, const ent_case *c, const ent_dispute *d)
{
    ent_json_open_map(json, NULL);
    ent_json_statements(json, "statements", c, d->statements, d->count);
    ent_json_text(json, "party", c->parties[d->party].id);
    ent_json_open_list(json, "parties");
    for (size_t i = 0; i < d->party_count; i++) {
        ent_json_text(json, NULL, c->parties[d->parties[i]].id);
    }
    ent_json_close_list(json);
    ent_json_text(json, "kind", kinds[d->kind]);
    ent_json_text(json, "by", obstacles[d->by]);
    ent_json_bool(json, "by_cannot", d->by == ENT_BY_CANNOT);
    ent_json_statements(json, "moved_from", c, d->moved_from, d->moved_count);
    ent_json_close_map(json);
}

static void put_question(ent_json *json, const ent_case *c, const ent_question_in_dispute *q,
                         const char *words)
{
    ent_json_open_map(json, NULL);
    ent_json_text(json, "party", c->parties[q->party].id);
    ent_json_text(json, "kind", kinds[q->kind]);
    ent_json_bool(json, "live", q->live);
    ent_json_statements(json, "a", c, q->a, q->a_count);
    ent_json_statements(json, "b", c, q->b, q->b_count);
    ent_json_text(json, "words", words);
    ent_json_close_map(json);
}

static void put_left_out(ent_json *json, const ent_case *c, const ent_left_out *l)
{
    ent_json_open_map(json, NULL);
    ent_json_text(json, "id", c->statements[l->statement].id);
    ent_json_text(json, "why", whys[l->why]);
    ent_json_statements(json, "because", c, l->because, l->count);
    ent_json_text(json, "party", l->party == ENT_NONE ? NULL : c->parties[l->party].id);
    if (l->claim == ENT_NONE) {
        ent_json_null(json, "claim");
    } else {
        ent_json_count(json, "claim", l->claim);
    }
    ent_json_close_map(json);
}

static void put_position(ent_json *json, const ent_case *c, uint32_t party, ent_stated last)
{
    uint64_t *levels = ent_alloc(json->out->arena, c->space.issue_count + 1, uint64_t);
    const ent_claim *claim = &c->statements[last.statement].claims[last.claim];
    ent_json_open_map(json, c->parties[party].id);
    ent_json_text(json, "statement", c->statements[last.statement].id);
    ent_json_bool(json, "own", last.own);
    ent_json_count(json, "claim", last.claim);
    ent_json_bool(json, "open", claim->open != NULL);
    ent_claim_outcome(c, claim, levels);
    ent_json_package(json, "package", &c->space, levels);
    ent_json_close_map(json);
}

static void put_positions(ent_json *json, const ent_case *c, const ent_account *a)
{
    ent_json_open_map(json, "positions");
    for (uint32_t p = 0; p < c->party_count; p++) {
        ent_stated last = ent_last_stated(c, a, p);
        if (last.statement != ENT_NONE) {
            put_position(json, c, p, last);
        }
    }
    ent_json_close_map(json);
}

static void put_moves(ent_json *json, const ent_case *c, const ent_account *a)
{
    ent_json_open_map(json, "moves");
    for (uint32_t p = 0; p < c->party_count; p++) {
        size_t count;
        const ent_stated *moves = ent_moves_of(json->out->arena, c, a, p, &count);
        if (count == 0) {
            continue;
        }
        ent_json_open_list(json, c->parties[p].id);
        for (size_t i = 0; i < count; i++) {
            const ent_statement *s = &c->statements[moves[i].statement];
            ent_json_open_map(json, NULL);
            ent_json_text(json, "date", s->about != NULL ? s->about : s->date);
            ent_json_text(json, "statement", s->id);
            ent_json_bool(json, "own", moves[i].own);
            ent_json_bool(json, "believed", moves[i].believed);
            ent_json_close_map(json);
        }
        ent_json_close_list(json);
    }
    ent_json_close_map(json);
}

static void put_account(ent_json *json, const ent_accounts *accounts, const ent_case *c,
                        const ent_account *a)
{
    ent_json_open_map(json, NULL);
    ent_json_text(json, "name", a->id);
    ent_json_text(json, "title", ent_account_text(json->out->arena, c, a));
    ent_json_text(json, "party", a->party == ENT_NONE ? NULL : c->parties[a->party].id);
    ent_json_bool(json, "consistent", a->consistent);
    ent_json_bool(json, "own_side_splits", a->splits);
    ent_json_text(json, "same_as", &accounts->at[a->same_as] == a
                                       ? NULL
                                       : accounts->at[a->same_as].id);
    ent_json_open_list(json, "statements");
    for (uint32_t i = 0; i < c->statement_count; i++) {
        if (a->in[i]) {
            ent_json_text(json, NULL, c->statements[i].id);
        }
    }
    ent_json_close_list(json);
    ent_json_open_list(json, "left_out");
    for (size_t i = 0; i < a->left_out_count; i++) {
        put_left_out(json, c, &a->left_out[i]);
    }
    ent_json_close_list(json);
    if (a->consistent) {
        put_positions(json, c, a);
        put_moves(json, c, a);
    }
    ent_json_close_map(json);
}

/* Statements that claim something and that no account believes. */
static void put_in_no_account(ent_json *json, const ent_analysis *analysis)
{
    const ent_case *c = analysis->c;
    ent_json_open_list(json, "in_no_account");
    for (uint32_t i = 0; i < c->statement_count; i++) {
        bool in = false;
        for (size_t a = 0; a < analysis->accounts.count; a++) {
            const ent_account *account = &analysis->accounts.at[a];
            in = in || (account->consistent && account->in[i]);
        }
        if (!in && c->statements[i].claim_count > 0 && !ent_is_supposed(&c->statements[i])) {
            ent_json_text(json, NULL, c->statements[i].id);
        }
    }
    ent_json_close_list(json);
}

void ent_put_accounts_json(ent_buffer *out, const ent_analysis *analysis,
                           const ent_disputes *disputes)
{
    const ent_case *c = analysis->c;
    ent_json json = ent_json_document(out, "accounts");
    ent_json_provenance(&json, analysis);
    ent_json_open_list(&json, "disputes");
    for (size_t i = 0; i < disputes->count; i++) {
        put_dispute(&json, c, &disputes->at[i]);
    }
    ent_json_close_list(&json);
    ent_json_bool(&json, "complete", disputes->complete);
    if (!disputes->complete) {
        ent_json_count(&json, "all_up_to", disputes->all_up_to);
        ent_json_statements(&json, "fewest_to_drop", c, disputes->drop, disputes->drop_count);
        ent_json_bool(&json, "fewest_proved", disputes->drop_proved);
    }
    ent_json_open_list(&json, "questions");
    for (size_t i = 0; i < disputes->question_count; i++) {
        const ent_question_in_dispute *q = &disputes->questions[i];
        put_question(&json, c, q, ent_question_text(out->arena, c, NULL, q));
    }
    ent_json_close_list(&json);
    put_in_no_account(&json, analysis);
    ent_json_count(&json, "linear_programs", disputes->programs);
    ent_json_measures(&json, analysis);
    ent_json_open_list(&json, "accounts");
    for (size_t i = 0; i < analysis->accounts.count; i++) {
        put_account(&json, &analysis->accounts, c, &analysis->accounts.at[i]);
    }
    ent_json_close_list(&json);
    ent_json_end_document(&json);
}
