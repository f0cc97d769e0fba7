/* Statements, assumptions, claims and accounts as YAML. O(output). */
#include "io/case_format.h"
#include "io/case_write.h"
#include "io/yaml_out.h"
#include "record/suppose.h"

static void put_ranked(ent_buffer *out, const ent_case *c, const ent_claim *claim)
{
    for (size_t i = 0; i < claim->ranked_count; i++) {
        ent_putf(out, "%s%s", i == 0 ? "[" : ", ", c->space.issues[claim->ranked[i]].id);
    }
    ent_put_char(out, ']');
}

static void put_weights(ent_buffer *out, const ent_case *c, const ent_claim *claim)
{
    ent_yaml_flow f = ent_yaml_open(out);
    for (size_t i = 0; i < claim->weight_count; i++) {
        ent_yaml_key(&f, c->space.issues[claim->weights[i].issue].id);
        ent_yaml_interval(out, claim->weights[i].value);
    }
    ent_put_char(out, '}');
}

/* `for: {}` and no `for` mean the same. */
static bool has_partner(const ent_claim *claim)
{
    return ent_verbs[claim->verb].partner_needed == ENT_YES || claim->other.count > 0 ||
           claim->other.name != NULL;
}

/* `rest`: the open issues one by one, or `open` where all that is not named is. */
static void put_rest(ent_yaml_flow *f, const ent_case *c, const ent_claim *claim)
{
    size_t open = 0;
    for (uint32_t i = 0; claim->open != NULL && i < c->space.issue_count; i++) {
        open += claim->open[i];
    }
    if (open == 0) {
        return;
    }
    ent_yaml_key(f, "rest");
    if (open + claim->package.count + claim->other.count == c->space.issue_count) {
        ent_put(f->out, "open");
        return;
    }
    const char *link = "[";
    for (uint32_t i = 0; i < c->space.issue_count; i++) {
        if (claim->open[i]) {
            ent_putf(f->out, "%s%s", link, c->space.issues[i].id);
            link = ", ";
        }
    }
    ent_put_char(f->out, ']');
}

static void put_object(ent_yaml_flow *f, const ent_case *c, const ent_claim *claim)
{
    const char *partner = ent_verbs[claim->verb].partner;
    switch (ent_verbs[claim->verb].object) {
    case ENT_OBJECT_ISSUES:
        put_ranked(f->out, c, claim);
        break;
    case ENT_OBJECT_WEIGHTS:
        put_weights(f->out, c, claim);
        break;
    case ENT_OBJECT_INTERVAL:
        ent_yaml_interval(f->out, claim->interval);
        break;
    case ENT_OBJECT_PARTY:
        ent_put(f->out, c->parties[claim->trusted].id);
        ent_yaml_key(f, partner);
        ent_yaml_interval(f->out, claim->interval);
        break;
    case ENT_OBJECT_PACKAGE:
    case ENT_OBJECT_COUNT:
        ent_write_package(f->out, c, &claim->package);
        if (partner[0] != '\0' && has_partner(claim)) {
            ent_yaml_key(f, partner);
            ent_write_package(f->out, c, &claim->other);
        }
        put_rest(f, c, claim);
        break;
    }
}

static void put_claims(ent_buffer *out, const ent_case *c, const ent_statement *statement)
{
    if (statement->claim_count == 0) {
        ent_put(out, statement->assumption ? "    claims: []\n" : "");
        return;
    }
    ent_put(out, "    claims:\n");
    for (size_t i = 0; i < statement->claim_count; i++) {
        const ent_claim *claim = &statement->claims[i];
        ent_put(out, "      - ");
        ent_yaml_flow f = ent_yaml_open(out);
        ent_yaml_raw(&f, "party", c->parties[claim->party].id);
        ent_yaml_key(&f, ent_verbs[claim->verb].name);
        put_object(&f, c, claim);
        ent_put(out, "}\n");
    }
}

static void put_line(ent_buffer *out, const char *key, const char *text)
{
    if (text != NULL) {
        ent_putf(out, "    %s: ", key);
        ent_yaml_text(out, text);
        ent_put_char(out, '\n');
    }
}

static void put_raw_line(ent_buffer *out, const char *key, const char *raw)
{
    if (raw != NULL) {
        ent_putf(out, "    %s: %s\n", key, raw);
    }
}

static void put_supersedes(ent_buffer *out, const ent_case *c, const ent_statement *s)
{
    for (size_t i = 0; i < s->supersedes_count; i++) {
        ent_putf(out, "%s%s", i == 0 ? "    supersedes: [" : ", ",
                 c->statements[s->supersedes[i]].id);
    }
    ent_put(out, s->supersedes_count > 0 ? "]\n" : "");
}

static void put_statement(ent_buffer *out, const ent_case *c, const ent_statement *s)
{
    static const char *const words[] = {NULL, "quote", "reported", "editorial"};
    ent_putf(out, "  - id: %s\n", s->id);
    put_line(out, "name", s->name);
    if (!s->assumption) {
        put_raw_line(out, "by", s->person != ENT_NONE       ? c->people[s->person].id
                                : s->side < c->party_count ? c->parties[s->side].id
                                                           : NULL);
    }
    put_raw_line(out, "date", s->date);
    put_raw_line(out, "date-basis", s->date_inferred ? "inferred" : NULL);
    put_raw_line(out, "about", s->about);
    put_raw_line(out, "source", s->source == ENT_NONE ? NULL : c->sources[s->source].id);
    if (s->kind != ENT_NO_WORDS) {
        put_line(out, words[s->kind], s->words);
    }
    put_line(out, "via", s->via);
    put_line(out, "because", s->because);
    if (s->credibility > 0) {
        ent_putf(out, "    credibility: %u\n", (unsigned)s->credibility);
    }
    put_raw_line(out, "private", s->is_private ? "true" : NULL);
    put_supersedes(out, c, s);
    put_claims(out, c, s);
}

void ent_write_statements(ent_buffer *out, const ent_case *c)
{
    for (int assumptions = 1; assumptions >= 0; assumptions--) {
        bool first = true;
        for (uint32_t i = 0; i < c->statement_count; i++) {
            if (c->statements[i].assumption != (assumptions == 1) ||
                ent_is_supposed(&c->statements[i])) {
                continue; /* a supposition is never written to a case */
            }
            if (first) {
                ent_put(out, assumptions == 1 ? "assumptions:\n" : "statements:\n");
                first = false;
            }
            put_statement(out, c, &c->statements[i]);
        }
    }
}

void ent_write_accounts(ent_buffer *out, const ent_case *c)
{
    ent_put(out, c->account_count > 0 ? "accounts:\n" : "");
    for (size_t i = 0; i < c->account_count; i++) {
        const ent_account_def *account = &c->accounts[i];
        ent_putf(out, "  %s: ", account->id);
        ent_yaml_flow f = ent_yaml_open(out);
        ent_yaml_entry(&f, "name", ent_other_name(account->name, account->id));
        ent_yaml_key(&f, "believes");
        ent_put_char(out, '[');
        for (size_t k = 0; k < account->count; k++) {
            const ent_believes *core = &account->believes[k];
            ent_putf(out, "%s%s", k > 0 ? ", " : "",
                     core->party != ENT_NONE ? c->parties[core->party].id
                                             : c->statements[core->statement].id);
        }
        ent_put(out, account->only ? "], only: true}\n" : "]}\n");
    }
}
